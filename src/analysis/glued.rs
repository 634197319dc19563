//! Words written together (`hochiminh`) cut into syllables.

use std::ops::Range;

use super::syllable::{Spelling, spelling};

/// Most cuttings of one word.
const CUTTINGS: usize = 48;
/// Longest word that is cut, in letters.
const LONGEST: usize = 40;
/// Longest syllable.
const SYLLABLE: usize = 7;

/// All ways to cut folded letters into folded syllables, two or more, the long ones first. When there is none,
/// one piece at the beginning or end may be something else (`dongkg`).
///
/// ```
/// use timdoc::analysis::glued::cuttings;
/// assert!(cuttings("hochiminh").contains(&vec![0..2, 2..5, 5..9]));
/// assert!(cuttings("hoc").is_empty());
/// ```
#[must_use]
pub fn cuttings(letters: &str) -> Vec<Vec<Range<usize>>> {
    if letters.len() < 4 || letters.len() > LONGEST || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut cut = Cut { letters, ends: vec![None; letters.len() + 1], found: Vec::new() };
    cut.from(0, letters.len(), &mut Vec::new());
    if cut.found.is_empty() {
        for at in 2..=letters.len() - 2 {
            if !is_syllable(letters.get(..at)) {
                cut.from(at, letters.len(), &mut std::iter::once(0..at).collect());
            }
        }
        for at in 2..=letters.len() - 2 {
            if !is_syllable(letters.get(at..)) {
                cut.ends.fill(None);
                let known = cut.found.len();
                cut.from(0, at, &mut Vec::new());
                cut.found[known..].iter_mut().for_each(|pieces| pieces.push(at..letters.len()));
            }
        }
    }
    cut.found.retain(|pieces| pieces.len() > 1);
    cut.found
}

fn is_syllable(letters: Option<&str>) -> bool {
    letters.is_some_and(|letters| spelling(letters, &[], &[]) != Spelling::Foreign)
}

struct Cut<'l> {
    letters: &'l str,
    /// Whether what follows a position can be cut, as far as it is known.
    ends: Vec<Option<bool>>,
    found: Vec<Vec<Range<usize>>>,
}

impl Cut<'_> {
    /// Cuts from a position to an end, after the pieces before; whether it can be done.
    fn from(&mut self, at: usize, end: usize, before: &mut Vec<Range<usize>>) -> bool {
        if at == end {
            if self.found.len() < CUTTINGS {
                self.found.push(before.clone());
            }
            return true;
        }
        if self.ends[at] == Some(false) || self.found.len() >= CUTTINGS {
            return false;
        }
        let mut can = false;
        for next in (at + 1..=end.min(at + SYLLABLE)).rev() {
            if is_syllable(self.letters.get(at..next)) {
                before.push(at..next);
                can |= self.from(next, end, before);
                before.pop();
            }
        }
        if self.found.len() < CUTTINGS {
            self.ends[at] = Some(can);
        }
        can
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(letters: &str) -> Vec<String> {
        let join = |pieces: &Vec<Range<usize>>| {
            pieces.iter().map(|piece| &letters[piece.clone()]).collect::<Vec<_>>().join(" ")
        };
        cuttings(letters).iter().map(join).collect()
    }

    #[test]
    fn the_right_cutting_is_among_them() {
        for (glued, right) in [
            ("hochiminh", "ho chi minh"),
            ("hoctap", "hoc tap"),
            ("dongnam", "dong nam"),
            ("uybannhandan", "uy ban nhan dan"),
        ] {
            assert!(cut(glued).contains(&right.to_owned()), "{glued}: {:?}", cut(glued));
        }
    }

    #[test]
    fn one_end_may_be_no_syllable() {
        assert!(cut("dongkg").contains(&"dong kg".to_owned()));
        assert!(cut("shishathuoc").contains(&"shisha thuoc".to_owned()));
    }

    #[test]
    fn what_is_one_word_is_not_cut() {
        assert!(cut("xyz").is_empty() && cut("covid19").is_empty());
    }

    proptest! {
        #[test]
        fn pieces_are_the_word_again(word in "[a-y]{0,44}") {
            for pieces in cuttings(&word) {
                let glued: String = pieces.iter().map(|piece| &word[piece.clone()]).collect();
                prop_assert_eq!(&glued, &word);
            }
        }
    }
}
