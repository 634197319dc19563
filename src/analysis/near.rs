//! Syllables one slip away from a word: a letter too many, too few, wrong or swapped with its neighbour, or one of the
//! sounds that speakers of a region write alike.
//!
//! Distance alone is noise in Vietnamese: a folded syllable has about 19 others one letter away. So this only lists them;
//! the words beside it choose (`query::correct`). Source of the confusions: VIETNAMESE.md, section 3.

use super::syllable::{Spelling, spelling};

/// How a syllable differs from what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// In its marks only.
    Marks,
    /// In a sound that is often written as another.
    Sound,
    /// In one letter.
    Letter,
}

/// Letters of syllables; `j`, `f`, `w` and `z` are none.
const LETTERS: &[u8; 22] = b"abcdeghiklmnopqrstuvxy";
/// Sounds at the beginning that are written for each other.
const INITIALS: [(&str, &str); 9] = [
    ("n", "l"),
    ("ch", "tr"),
    ("s", "x"),
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("c", "k"),
    ("ng", "ngh"),
    ("g", "gh"),
];
/// Sounds at the end.
const FINALS: [(&str, &str); 3] = [("n", "ng"), ("c", "t"), ("i", "y")];
/// Longest word that is looked at: a syllable of 7 letters and one too many.
const LONGEST: usize = 8;

/// Folded syllables one slip away from folded letters, with the letters themselves if they are one; each once.
///
/// ```
/// use timdoc::analysis::near::{Slip, near};
/// let found = near("hcoc");
/// assert!(found.contains(&("hoc".into(), Slip::Letter)) && found.iter().all(|(syllable, _)| syllable != "hcoc"));
/// assert!(near("chang").contains(&("trang".into(), Slip::Sound)));
/// ```
#[must_use]
pub fn near(letters: &str) -> Vec<(String, Slip)> {
    let bytes = letters.as_bytes();
    let mut found = Vec::new();
    if bytes.is_empty() || bytes.len() > LONGEST || !bytes.iter().all(u8::is_ascii_lowercase) {
        return found;
    }
    add(&mut found, bytes, Slip::Marks);
    for (a, b) in INITIALS {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(rest) = letters.strip_prefix(from) {
                add(&mut found, &[to.as_bytes(), rest.as_bytes()].concat(), Slip::Sound);
            }
        }
    }
    for (a, b) in FINALS {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(rest) = letters.strip_suffix(from) {
                add(&mut found, &[rest.as_bytes(), to.as_bytes()].concat(), Slip::Sound);
            }
        }
    }
    for at in 0..=bytes.len() {
        let (before, after) = bytes.split_at(at);
        for letter in LETTERS {
            add(&mut found, &[before, &[*letter], after].concat(), Slip::Letter);
            if let Some((_, rest)) = after.split_first() {
                add(&mut found, &[before, &[*letter], rest].concat(), Slip::Letter);
            }
        }
        if let [first, second, rest @ ..] = after {
            add(&mut found, &[before, &[*second, *first], rest].concat(), Slip::Letter);
        }
        if let Some((_, rest)) = after.split_first() {
            add(&mut found, &[before, rest].concat(), Slip::Letter);
        }
    }
    found
}

/// How many letters differ: wrong, too many, too few, or swapped with their neighbour; beyond `most` some larger number.
/// Source: Damerau's distance, restricted to swaps of neighbours (optimal string alignment).
///
/// ```
/// assert_eq!(timdoc::analysis::near::distance(b"wawrinca", b"wawrinka", 2), 1);
/// ```
#[must_use]
pub fn distance(a: &[u8], b: &[u8], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let changed = last[column] + usize::from(letter != other);
            let mut best = changed.min(last[column + 1] + 1).min(next[column] + 1);
            let swapped = row > 0 && column > 0 && a[row - 1] == *other && b[column - 1] == *letter;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

fn add(found: &mut Vec<(String, Slip)>, letters: &[u8], slip: Slip) {
    let Ok(letters) = std::str::from_utf8(letters) else { return };
    if spelling(letters, &[], &[]) != Spelling::Foreign && !found.iter().any(|(known, _)| known == letters) {
        found.push((letters.to_owned(), slip));
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn has(typed: &str, meant: &str) -> bool {
        near(typed).iter().any(|(syllable, _)| syllable == meant)
    }

    #[test]
    fn one_letter_is_mended_wherever_it_is() {
        for typed in ["truong", "trruong", "trung", "truogn", "teuong", "truongh"] {
            assert!(has(typed, "truong"), "{typed}");
        }
    }

    #[test]
    fn sounds_written_alike_are_near_though_two_letters_differ() {
        for (typed, meant) in [("che", "tre"), ("giao", "rao"), ("dao", "giao"), ("nang", "lang"), ("mac", "mat")] {
            assert!(near(typed).contains(&(meant.into(), Slip::Sound)), "{typed} {meant}");
        }
    }

    #[test]
    fn distance_counts_a_swap_once() {
        assert_eq!(distance(b"messi", b"mesis", 2), 1);
        assert_eq!(distance(b"", b"abc", 3), 3);
        assert_eq!(distance(b"abc", b"abc", 1), 0);
        assert!(distance(b"a", b"abcdef", 2) > 2);
    }

    #[test]
    fn only_syllables_are_listed() {
        assert!(near("facebook").is_empty() && near("covid19").is_empty() && near("").is_empty());
        assert!(!has("hoc", "hoq"));
    }

    proptest! {
        #[test]
        fn any_word_is_taken(word in "\\PC{0,12}") {
            let _ = near(&word);
        }

        #[test]
        fn near_words_are_near_both_ways(word in "[a-y]{2,6}") {
            for (other, _) in near(&word) {
                if spelling(&word, &[], &[]) != Spelling::Foreign {
                    prop_assert!(has(&other, &word), "{word} {other}");
                }
            }
        }
    }
}
