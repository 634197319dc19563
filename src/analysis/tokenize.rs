//! Text to tokens: what a word is, where it stands, and its key.
//!
//! Rules, the same for articles and queries:
//!
//! * A run of letters and digits is a token (`covid19`, `QH15`). Marks may be composed or not; invisible characters
//!   are skipped inside it.
//! * A number with groups of three digits is one token (`18.377` → `18377`); leading zeros go (`01` = `1`).
//! * A small letter followed by a capital splits the word, as bad HTML glues words (`HồngBàng`). Unless both parts
//!   are Vietnamese syllables, the joined word is a token too (`YouTube`).
//! * Parts joined by hyphens, apostrophes or `&` are tokens, and so is the joined word (`pa-nô`, `R'lấp`, `GD&ĐT`);
//!   capitals joined by full stops likewise (`TP.HCM` → `tp`, `hcm`, `tphcm`).
//! * Words without marks are marked as *open* (see [`marks`]) when their spelling shows that marks were
//!   dropped, or when they stand among words without any.

mod open;
mod wanted;

use std::ops::Range;

use super::fold::{Glyph, Shape, Tone, glyph};
use super::marks::{self, OPEN, SEPARATOR, WRITTEN_Y};
use super::syllable::{Spelling, spelling, y_means_i};
use open::{Run, Spellings};
pub use wanted::Wanted;

/// Letters and digits of one token beyond this are not in its key; the token's span still covers them.
pub const MAX_LETTERS: usize = 40;
/// Most parts that are joined into one more token.
const MAX_PARTS: usize = 4;

/// One token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Folded letters, `0x00`, marks: see [`marks`].
    pub key: &'a [u8],
    /// True for a word that joins the parts that follow it: it has no place in the sequence of words.
    pub joined: bool,
}

impl Token<'_> {
    /// The folded letters.
    #[must_use]
    pub fn letters(&self) -> &[u8] {
        split_key(self.key).0
    }

    /// The marks.
    #[must_use]
    pub fn marks(&self) -> &[u8] {
        split_key(self.key).1
    }
}

/// The letters and the marks of a key.
#[must_use]
pub fn split_key(key: &[u8]) -> (&[u8], &[u8]) {
    let at = key.iter().position(|b| *b == SEPARATOR).unwrap_or(key.len());
    (&key[..at], key.get(at + 1..).unwrap_or(&[]))
}

/// A word taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Folded letters and digits.
    pub letters: String,
    /// Position (in letters) and shape of each shaped letter.
    pub shapes: Vec<(usize, Shape)>,
    /// All tone marks in order.
    pub tones: Vec<Tone>,
    /// How many letters, not counting digits.
    alphabetic: usize,
    count: usize,
}

impl Word {
    fn clear(&mut self) {
        self.letters.clear();
        self.shapes.clear();
        self.tones.clear();
        self.alphabetic = 0;
        self.count = 0;
    }

    fn push(&mut self, base: char, shape: Option<Shape>, tone: Option<Tone>) {
        if self.count >= MAX_LETTERS {
            return;
        }
        self.letters.push(base);
        self.alphabetic += usize::from(!base.is_ascii_digit());
        self.mark(self.count, shape, tone);
        self.count += 1;
    }

    fn mark(&mut self, position: usize, shape: Option<Shape>, tone: Option<Tone>) {
        if let Some(shape) = shape
            && self.shapes.last().is_none_or(|(at, _)| *at != position)
        {
            self.shapes.push((position, shape));
        }
        self.tones.extend(tone);
    }

    fn append(&mut self, other: &Word) {
        for (at, base) in other.letters.chars().enumerate() {
            let shape = other.shapes.iter().find(|(position, _)| *position == at).map(|(_, shape)| *shape);
            self.push(base, shape, None);
        }
        self.tones.extend(&other.tones);
    }

    /// Appends the key to a buffer.
    fn write_key(&self, out: &mut Vec<u8>) {
        let start = out.len();
        let digits_only = self.alphabetic == 0;
        let letters = if digits_only { strip_zeros(&self.letters) } else { &self.letters };
        out.extend_from_slice(letters.as_bytes());
        let y = y_means_i(letters);
        if y && let Some(last) = out.last_mut() {
            *last = b'i';
        }
        out.push(SEPARATOR);
        for (position, shape) in &self.shapes {
            out.extend(marks::shape_byte(*position, *shape));
        }
        out.extend(self.tones.iter().map(|tone| *tone as u8));
        if y {
            out.push(WRITTEN_Y);
        }
        debug_assert!(out[start..].iter().filter(|b| **b == SEPARATOR).count() == 1);
    }

    fn spelling(&self) -> Spelling {
        spelling(&self.letters, &self.shapes, &self.tones)
    }
}

fn strip_zeros(digits: &str) -> &str {
    let stripped = digits.trim_start_matches('0');
    if stripped.is_empty() { digits.get(digits.len().saturating_sub(1)..).unwrap_or("") } else { stripped }
}

/// The first word of a text taken apart; `None` when it has none.
#[must_use]
pub fn word(text: &str) -> Option<Word> {
    let mut word = Word::default();
    for c in text.chars() {
        match glyph(c) {
            Glyph::Letter { base, shape, tone, .. } => word.push(base, shape, tone),
            Glyph::Digit => word.push(c, None, None),
            Glyph::Combining { shape, tone } if word.count > 0 => word.mark(word.count - 1, shape, tone),
            Glyph::Ignored | Glyph::Combining { .. } => {}
            Glyph::Other if word.count > 0 => break,
            Glyph::Other => {}
        }
    }
    (word.count > 0).then_some(word)
}

/// The tokens of one text; kept and reused between texts to save allocations.
///
/// ```
/// use timdoc::analysis::Tokens;
/// let mut tokens = Tokens::default();
/// tokens.read("Học tập, 18.377 lượt");
/// let letters: Vec<_> = tokens.iter().map(|t| String::from_utf8_lossy(t.letters()).into_owned()).collect();
/// assert_eq!(letters, ["hoc", "tap", "18377", "luot"]);
/// ```
#[derive(Debug, Default)]
pub struct Tokens {
    keys: Vec<u8>,
    items: Vec<Item>,
    /// The word that is read, or the first part of a compound.
    first: Word,
    run: Run,
    parts: Vec<Part>,
    spare: Vec<Word>,
    spellings: Spellings,
}

#[derive(Debug, Clone)]
struct Item {
    span: Range<usize>,
    key: Range<usize>,
    joined: bool,
}

/// A piece of a compound: what lies between two joints.
#[derive(Debug)]
struct Part {
    span: Range<usize>,
    word: Word,
    /// How it hangs on the part before it.
    joint: Joint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// It is the first.
    None,
    /// A capital after a small letter.
    Case,
    /// A hyphen, apostrophe or `&`.
    Hyphen,
    /// A full stop between capitals.
    Stop,
}

impl Tokens {
    /// Reads a text, replacing what was read before.
    pub fn read(&mut self, text: &str) {
        self.read_some(text, None);
    }

    /// The same, but words that are not wanted may be left out: three times as fast where few are.
    pub fn read_wanted(&mut self, text: &str, wanted: &Wanted) {
        self.read_some(text, Some(wanted));
    }

    fn read_some(&mut self, text: &str, wanted: Option<&Wanted>) {
        self.keys.clear();
        self.items.clear();
        self.run.clear();
        let mut scan = Scan { text, at: 0 };
        let mut first = std::mem::take(&mut self.first);
        while scan.skip_to_word() {
            first.clear();
            let (span, capitals, split) = scan.word(&mut first);
            let joint = if split { Some(Joint::Case) } else { scan.joint(capitals) };
            match joint {
                // Most words have one part, and most of a text are not wanted.
                None if wanted.is_some_and(|wanted| !wanted.has(&first.letters)) => {
                    let at = self.run.word(&first);
                    self.open_run(at);
                }
                None => self.push_item(span, &first, false),
                Some(joint) => {
                    let word = std::mem::replace(&mut first, self.spare.pop().unwrap_or_default());
                    self.parts.push(Part { span, word, joint: Joint::None });
                    self.read_compound(&mut scan, joint);
                    self.emit_compound();
                }
            }
        }
        self.first = first;
        let at = self.run.end();
        self.open_run(at);
    }

    /// The tokens in the order of the text. A joined word comes before its parts.
    pub fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        self.items.iter().map(|item| Token {
            span: item.span.clone(),
            key: &self.keys[item.key.clone()],
            joined: item.joined,
        })
    }

    /// How many words stand in a row, joined words not counted.
    #[must_use]
    pub fn words(&self) -> usize {
        self.items.iter().filter(|item| !item.joined).count()
    }

    /// Reads the parts that hang on the first.
    fn read_compound(&mut self, scan: &mut Scan<'_>, mut joint: Joint) {
        loop {
            let mut word = self.spare.pop().unwrap_or_default();
            word.clear();
            let (span, capitals, split) = scan.word(&mut word);
            self.parts.push(Part { span, word, joint });
            joint = if split {
                Joint::Case
            } else {
                match scan.joint(capitals) {
                    Some(joint) => joint,
                    None => return,
                }
            };
        }
    }

    fn emit_compound(&mut self) {
        if self.wants_joined() {
            let mut joined = self.spare.pop().unwrap_or_default();
            joined.clear();
            for part in &self.parts {
                joined.append(&part.word);
            }
            let start = self.parts.first().map_or(0, |part| part.span.start);
            let end = self.parts.last().map_or(0, |part| part.span.end);
            self.push_item(start..end, &joined, true);
            self.spare.push(joined);
        }
        let mut parts = std::mem::take(&mut self.parts);
        for part in parts.drain(..) {
            self.push_item(part.span, &part.word, false);
            self.spare.push(part.word);
        }
        self.parts = parts;
    }

    fn push_item(&mut self, span: Range<usize>, word: &Word, joined: bool) {
        let over = !joined && self.run.word(word);
        self.open_run(over);
        let start = self.keys.len();
        word.write_key(&mut self.keys);
        if word.alphabetic > 0 && self.spellings.dropped(&self.keys[start..], word) {
            self.keys.push(OPEN);
        }
        if !joined && self.run.length > 0 && word.alphabetic > 0 {
            self.run.items.push(self.items.len());
        }
        self.items.push(Item { span, key: start..self.keys.len(), joined });
    }

    fn wants_joined(&self) -> bool {
        let [first, rest @ ..] = &self.parts[..] else { return false };
        if rest.is_empty() || self.parts.len() > MAX_PARTS || first.word.alphabetic == 0 {
            return false;
        }
        // Glued by bad HTML: two words that were never one.
        let glued = rest.iter().all(|part| part.joint == Joint::Case)
            && self.parts.iter().all(|part| part.word.spelling() == Spelling::Syllable);
        !glued
    }

    /// Marks as open the words that stand in a run of words without marks, if the run is over and long enough.
    fn open_run(&mut self, over: bool) {
        if !over {
            return;
        }
        for at in std::mem::take(&mut self.run.items) {
            let key = self.items[at].key.clone();
            if !self.keys[key.clone()].contains(&OPEN) {
                let start = self.keys.len();
                self.keys.extend_from_within(key);
                self.keys.push(OPEN);
                self.items[at].key = start..self.keys.len();
            }
        }
    }
}

/// A cursor over a text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        match *self.text.as_bytes().get(self.at)? {
            ascii @ 0..=0x7f => Some(char::from(ascii)),
            _ => self.text.get(self.at..)?.chars().next(),
        }
    }

    /// Moves to the next letter or digit; false at the end.
    fn skip_to_word(&mut self) -> bool {
        while let Some(c) = self.peek() {
            if matches!(glyph(c), Glyph::Letter { .. } | Glyph::Digit) {
                return true;
            }
            self.at += c.len_utf8();
        }
        false
    }

    /// Reads one word part: its span, whether all letters are capitals, and whether a capital splits what follows.
    fn word(&mut self, word: &mut Word) -> (Range<usize>, bool, bool) {
        let start = self.at;
        let mut end = start;
        let (mut capitals, mut small_before) = (true, false);
        while let Some(c) = self.peek() {
            if c.is_ascii_lowercase() {
                (capitals, small_before) = (false, true);
                word.push(c, None, None);
                self.at += 1;
                end = self.at;
                continue;
            }
            match glyph(c) {
                Glyph::Letter { base, shape, tone, upper } => {
                    if upper && small_before {
                        return (start..end, capitals, true);
                    }
                    capitals &= upper;
                    small_before = !upper;
                    word.push(base, shape, tone);
                    end = self.at + c.len_utf8();
                }
                Glyph::Digit => {
                    small_before = false;
                    word.push(c, None, None);
                    end = self.at + c.len_utf8();
                }
                Glyph::Combining { shape, tone } => {
                    word.mark(word.count.saturating_sub(1), shape, tone);
                    end = self.at + c.len_utf8();
                }
                Glyph::Ignored => {}
                Glyph::Other if word.alphabetic == 0 && self.digit_group(word) => {
                    self.at += c.len_utf8();
                    continue;
                }
                Glyph::Other => break,
            }
            self.at += c.len_utf8();
        }
        (start..end, capitals && word.alphabetic > 0, false)
    }

    /// Whether a separator of thousands stands here: up to three digits before it, exactly three after.
    fn digit_group(&self, word: &Word) -> bool {
        let bytes = self.text.as_bytes();
        let three = |from: usize| (from..from + 3).all(|at| bytes.get(at).is_some_and(u8::is_ascii_digit));
        let before = bytes[..self.at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let grouped = word.count <= 3 && before == word.count || word.count > 3 && before == 3;
        grouped
            && matches!(bytes.get(self.at), Some(b'.' | b','))
            && three(self.at + 1)
            && !bytes.get(self.at + 4).is_some_and(u8::is_ascii_digit)
    }

    /// Takes a joint (hyphen, apostrophe, full stop between capitals) if a word follows it at once.
    fn joint(&mut self, capitals: bool) -> Option<Joint> {
        let c = self.peek()?;
        if !matches!(c, '-' | '&' | '.' | '\'' | '\u{2010}' | '\u{2011}' | '\u{2019}') {
            return None;
        }
        let after = self.at + c.len_utf8();
        let next = self.text.get(after..)?.chars().next()?;
        let joint = match (c, glyph(next)) {
            ('-' | '&' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}', Glyph::Letter { .. } | Glyph::Digit) => {
                Joint::Hyphen
            }
            ('.', Glyph::Letter { upper: true, .. }) if capitals => Joint::Stop,
            _ => return None,
        };
        self.at = after;
        Some(joint)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
