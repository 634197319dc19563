//! How much of a text is valid Vietnamese: its words that have other than ASCII letters, judged as syllables.

use crate::analysis::syllable::{Spelling, spelling};
use crate::analysis::tokenize::word;

/// The words of a text that have two letters or more, one at least outside ASCII.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Syllables as written.
    pub(super) valid: usize,
    /// All others.
    pub(super) invalid: usize,
    /// Words with a sign among their letters (`nh©n`), which no right text has.
    pub(super) odd: usize,
}

impl Tally {
    /// The share of valid words, 0 when there is none.
    pub(super) fn share(self) -> f64 {
        let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
        share(self.valid, self.valid + self.invalid)
    }

    pub(super) fn add(&mut self, other: Tally) {
        self.valid += other.valid;
        self.invalid += other.invalid;
        self.odd += other.odd;
    }
}

/// Judges the words of a text.
pub(super) fn tally(text: &str) -> Tally {
    let mut tally = Tally::default();
    for word in text.split(|c| !is_of_word(c)).filter(|word| !word.is_ascii()) {
        if word.chars().nth(1).is_none() {
            continue;
        }
        if is_syllable(word) {
            tally.valid += 1;
        } else {
            tally.invalid += 1;
            tally.odd += usize::from(word.contains(is_latin_sign) && word.contains(|c: char| c.is_ascii_alphabetic()));
        }
    }
    tally
}

/// Letters, digits, marks; and signs that are letters in an old encoding, so that a wrong reading is seen as one.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_latin_sign(c) || matches!(c, '\u{80}'..='\u{9f}' | '\u{300}'..='\u{36f}' | '\u{fffd}')
}

fn is_latin_sign(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '×' | '÷') && !c.is_alphabetic()
}

/// A syllable as written: of Vietnamese letters only, with no capital after a small letter.
fn is_syllable(text: &str) -> bool {
    let mut small = false;
    for c in text.chars() {
        if !is_vietnamese(c) || (small && c.is_uppercase()) {
            return false;
        }
        small = c.is_lowercase();
    }
    word(text).is_some_and(|word| spelling(&word.letters, &word.shapes, &word.tones) == Spelling::Syllable)
}

/// The letters of Vietnamese. Ð and ð are often typed for Đ and đ.
fn is_vietnamese(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '\u{1ea0}'..='\u{1ef9}'
        | 'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ð' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
        | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ð' | 'ò'..='õ' | 'ù' | 'ú' | 'ý'
        | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư')
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn words_of_ascii_and_single_letters_say_nothing() {
        assert_eq!(tally("UBND xa hop, chi ra 5 ý; © 2024"), Tally::default());
    }

    #[test]
    fn right_words_are_valid_and_wrong_readings_are_not() {
        assert_eq!(tally("Ủy ban nhân dân XÃ ĐÔNG HẢI"), Tally { valid: 6, invalid: 0, odd: 0 });
        assert_eq!(tally("Uû ban nh©n d©n"), Tally { valid: 0, invalid: 3, odd: 2 });
        assert_eq!(tally("hoïp ñaïi hoäi vÒ café"), Tally { valid: 0, invalid: 5, odd: 0 });
    }
}
