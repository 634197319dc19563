//! Which words were written without their marks: by their spelling, or by standing among words that have none.

use super::Word;
use crate::analysis::fold::Shape;
use crate::analysis::syllable::Spelling;

/// This many words without marks in a row were not written with marks.
const UNMARKED_RUN: usize = 5;

/// Spellings judged before, by the hash of the key: a text repeats its words, and a judgement takes a microsecond.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    known: Vec<(u64, bool)>,
    /// How many were judged; short texts are read without keeping anything.
    judged: usize,
}

/// So many are judged before any is kept.
const SHORT: usize = 64;

/// How many are kept; a power of two.
const SPELLINGS: usize = 4096;

impl Spellings {
    /// Whether marks were dropped from a word with this key.
    pub(super) fn dropped(&mut self, key: &[u8], word: &Word) -> bool {
        // A tone and a shaped vowel: nobody drops some marks and types these.
        if !word.tones.is_empty() && word.shapes.iter().any(|(_, shape)| *shape != Shape::Stroke) {
            return false;
        }
        if self.judged < SHORT {
            self.judged += 1;
            return word.spelling() == Spelling::MarksDropped;
        }
        // FNV-1a; 64 bits make a mistake less likely than a broken machine.
        let hash = key
            .iter()
            .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        if self.known.is_empty() {
            self.known.resize(SPELLINGS, (0, false));
        }
        let known = &mut self.known[(hash >> 20) as usize % SPELLINGS];
        if known.0 != hash {
            *known = (hash, word.spelling() == Spelling::MarksDropped);
        }
        known.1
    }
}

/// Words without marks in a row.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// How many.
    pub length: usize,
    /// Those that are tokens.
    pub items: Vec<usize>,
    /// Words of the whole text so far.
    words: usize,
}

impl Run {
    pub(super) fn clear(&mut self) {
        self.length = 0;
        self.items.clear();
        self.words = 0;
    }

    /// Goes on with a word. True when a long run ended before it: its items are then to be opened; those of a short one
    /// are forgotten.
    pub(super) fn word(&mut self, word: &Word) -> bool {
        self.words += 1;
        let marked = !word.tones.is_empty() || !word.shapes.is_empty();
        if !marked {
            self.length += usize::from(word.alphabetic > 0);
            return false;
        }
        let long = self.length >= UNMARKED_RUN;
        if !long {
            self.items.clear();
        }
        self.length = 0;
        long
    }

    /// The text ends. A short text is a run if all of it is.
    pub(super) fn end(&mut self) -> bool {
        let least = if self.words < UNMARKED_RUN { self.words.max(2) } else { UNMARKED_RUN };
        self.length >= least
    }
}
