//! Where are the words of a text, how are they written, and what stands between them? The rules of people, places,
//! awards and models read texts through this.

use std::ops::Range;
use std::sync::LazyLock;

use super::Part;
use super::signs::signs_of;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// `tỉnh`
    Lower,
    /// `Tỉnh`, also a single capital
    Title,
    /// `UBND`
    Upper,
    /// `11`, `05`
    Digits,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Spaces alone, or nothing.
    Space,
    /// A hyphen without spaces: `Tây-Nam`.
    Hyphen,
    /// A dash with spaces: `Bà Rịa - Vũng Tàu`.
    Dash,
    /// A full stop without a space: `TP.HCM`.
    Dot,
    /// A slash.
    Slash,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// An opening quotation mark or bracket, whatever stands before it.
    Open,
    /// A closing quotation mark or bracket.
    Close,
    /// The end of a sentence, or the beginning of the text.
    Stop,
    /// Any other sign.
    Other,
}

/// A word: letters with apostrophes, or figures with points and commas inside.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Its bytes in [`Words::lower`].
    low: Range<usize>,
    /// How it is written.
    pub case: Case,
    /// What stands before it.
    pub gap: Gap,
    /// What may begin with it.
    signs: u8,
}

/// A text in words.
pub(super) struct Words<'a> {
    /// Which text of the article.
    pub part: Part,
    /// The text.
    pub text: &'a str,
    /// All words in small letters, tone marks in their old places (hòa, thủy), end to end.
    lower: String,
    /// The words in order.
    pub list: Vec<Word>,
    /// For each word the first word of its sentence.
    begins: Vec<usize>,
}

impl<'a> Words<'a> {
    /// Reads a text.
    pub(super) fn new(part: Part, text: &'a str) -> Self {
        let about = text.len() / 5; // a syllable has four letters and some marks
        let mut words = Words {
            part,
            text,
            lower: String::with_capacity(text.len() + 8),
            list: Vec::with_capacity(about),
            begins: Vec::with_capacity(about),
        };
        let mut chars = text.char_indices().peekable();
        let mut last_end = 0;
        while let Some((start, first)) = chars.next() {
            if !is_letter(first) && !first.is_ascii_digit() {
                continue;
            }
            let digits = first.is_ascii_digit();
            let mut end = start + first.len_utf8();
            let mut small_before = is_small(first);
            while let Some(&(at, c)) = chars.peek() {
                let next = || text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                let inside = match digits {
                    true => {
                        c.is_ascii_digit() || (matches!(c, '.' | ',') && next().is_some_and(|n| n.is_ascii_digit()))
                    }
                    false => {
                        is_letter(c)
                            || (matches!(c, '\'' | '’') && next().is_some_and(is_letter) && joins(text, start, at))
                    }
                };
                // "HồngBàng" is two words.
                if !inside || (!digits && small_before && is_large(c) && at - start > 1) {
                    break;
                }
                small_before = is_small(c);
                end = at + c.len_utf8();
                chars.next();
            }
            let between = text.get(last_end..start).unwrap_or_default();
            words.push(start..end, digits, between);
            last_end = end;
        }
        words
    }

    fn push(&mut self, span: Range<usize>, digits: bool, between: &str) {
        let written = self.text.get(span.clone()).unwrap_or_default();
        let from = self.lower.len();
        written.chars().for_each(|c| match c {
            '’' => self.lower.push('\''),
            _ if c.is_ascii() => self.lower.push(c.to_ascii_lowercase()),
            _ => match letter(c) {
                Some(letter) => self.lower.push(letter.lower),
                None => self.lower.extend(c.to_lowercase()),
            },
        });
        old_tone_place(&mut self.lower, from);
        let mut chars = written.chars();
        let case = match (digits, chars.next().is_some_and(is_large)) {
            (true, _) => Case::Digits,
            (_, false) => Case::Lower,
            (_, true) if written.chars().nth(1).is_some() && chars.all(|c| !is_small(c)) => Case::Upper,
            _ => Case::Title,
        };
        let mut gap = if self.list.is_empty() { Gap::Stop } else { gap(between) };
        if gap == Gap::Dot && case == Case::Title && self.list.last().is_some_and(|w| w.case == Case::Lower) {
            gap = Gap::Stop; // "tích cực.Trách nhiệm"
        }
        if gap == Gap::Stop && case == Case::Lower && !between.contains('\n') && !self.list.is_empty() {
            gap = Gap::Other; // "v.v. và"
        }
        let abbreviated = |w: &Word| w.case != Case::Lower && between.trim() == "." && is_abbreviation(self.low_of(w));
        if gap == Gap::Stop && !between.contains('\n') && self.list.last().is_some_and(abbreviated) {
            gap = Gap::Dot; // "TP. Hồ Chí Minh"
        }
        let begins = if gap == Gap::Stop { self.list.len() } else { self.begins.last().copied().unwrap_or(0) };
        self.begins.push(begins);
        let signs = self.lower.get(from..).map_or(0, signs_of);
        self.list.push(Word { span, low: from..self.lower.len(), case, gap, signs });
    }

    fn low_of(&self, word: &Word) -> &str {
        self.lower.get(word.low.clone()).unwrap_or_default()
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// A word in small letters; empty beyond the end.
    pub(super) fn low(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| self.low_of(word))
    }

    /// Whether any of some things may begin with a word: bits of [`super::signs`].
    pub(super) fn may_begin(&self, at: usize, signs: u8) -> bool {
        self.list.get(at).is_some_and(|word| word.signs & signs != 0)
    }

    /// How a word is written; small beyond the end.
    pub(super) fn case(&self, at: usize) -> Case {
        self.list.get(at).map_or(Case::Lower, |word| word.case)
    }

    /// What stands before a word; the end of a sentence beyond the end.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.list.get(at).map_or(Gap::Stop, |word| word.gap)
    }

    /// True for a word that begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        matches!(self.case(at), Case::Title | Case::Upper)
    }

    /// The characters between the word before and this one.
    pub(super) fn between(&self, at: usize) -> &'a str {
        let start = at.checked_sub(1).and_then(|before| self.list.get(before)).map_or(0, |word| word.span.end);
        let end = self.list.get(at).map_or(self.text.len(), |word| word.span.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The bytes from a word to before another.
    pub(super) fn span(&self, words: Range<usize>) -> Range<usize> {
        let start = self.list.get(words.start).map_or(self.text.len(), |word| word.span.start);
        let end = words.end.checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |word| word.span.end);
        start..end.max(start)
    }

    /// The text of some words.
    pub(super) fn slice(&self, words: Range<usize>) -> &'a str {
        self.text.get(self.span(words)).unwrap_or_default()
    }

    /// The first word of a word's sentence.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        self.begins.get(at).copied().unwrap_or(0)
    }

    /// The word after the last of a word's sentence, or `most`, if that comes first.
    pub(super) fn sentence_end(&self, at: usize, most: usize) -> usize {
        let most = most.min(self.list.len());
        let start = self.begins.get(at);
        (at..most).find(|next| self.begins.get(*next) != start).unwrap_or(most)
    }

    /// Whether these words, in small letters, stand at a place, with spaces alone between them.
    pub(super) fn has(&self, at: usize, phrase: &str) -> bool {
        self.phrase_end(at, phrase).is_some()
    }

    /// Where a phrase in small letters ends that begins at a word.
    pub(super) fn phrase_end(&self, at: usize, phrase: &str) -> Option<usize> {
        if !phrase.starts_with(self.low(at)) {
            return None; // most, before the phrase is taken apart
        }
        let mut next = at;
        for word in phrase.split(' ') {
            if self.low(next) != word || (next > at && self.gap(next) != Gap::Space) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The words that a span of bytes covers.
    pub(super) fn words_of(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.list.partition_point(|word| word.span.end <= span.start);
        let end = self.list.partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    match letter(c) {
        Some(letter) => letter.is_letter,
        None => c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c),
    }
}

fn is_small(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_lowercase();
    }
    letter(c).map_or_else(|| c.is_lowercase(), |letter| letter.small)
}

fn is_large(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_uppercase();
    }
    letter(c).map_or_else(|| c.is_uppercase(), |letter| letter.large)
}

/// What the standard library's tables say of a character, which take long to search.
#[derive(Clone, Copy)]
struct Letter {
    lower: char,
    is_letter: bool,
    small: bool,
    large: bool,
}

/// The characters that Vietnamese is written with and their neighbours: U+0000 to U+024F, U+1E00 to U+1EFF. `None` where
/// the small letter is more than one character.
static LETTERS: LazyLock<Vec<Option<Letter>>> = LazyLock::new(|| {
    let read = |c: char| {
        let mut lower = c.to_lowercase();
        let only = lower.next().filter(|_| lower.next().is_none());
        only.map(|lower| Letter {
            lower,
            is_letter: c.is_alphabetic(),
            small: c.is_lowercase(),
            large: c.is_uppercase(),
        })
    };
    ('\0'..FIRST_END).chain(SECOND..SECOND_END).map(read).collect()
});
const FIRST_END: char = '\u{250}';
const SECOND: char = '\u{1e00}';
const SECOND_END: char = '\u{1f00}';

/// What is known of a character that Vietnamese is written with.
fn letter(c: char) -> Option<Letter> {
    let at = match c {
        _ if c < FIRST_END => c as usize,
        SECOND..SECOND_END => FIRST_END as usize + (c as usize - SECOND as usize),
        _ => return None,
    };
    LETTERS.get(at).copied().flatten()
}

/// Whether an apostrophe is part of a word: `H'Bơ`, `D’Artagnan`, not a quotation mark at a word's end.
fn joins(text: &str, start: usize, at: usize) -> bool {
    text.get(start..at).is_some_and(|before| before.chars().count() <= 3)
}

/// What some characters between words mean.
fn gap(between: &str) -> Gap {
    match between {
        " " | "" => return Gap::Space,
        ", " => return Gap::Comma,
        ". " => return Gap::Stop,
        _ => {}
    }
    let has = |signs: &[char]| between.contains(signs);
    let trimmed = between.trim();
    match trimmed {
        _ if between.contains('\n') => Gap::Stop,
        "" => Gap::Space,
        "." | "…" | "..." if trimmed.len() == between.len() => Gap::Dot,
        _ if has(&['!', '?', '…']) || has_stop(between) => Gap::Stop,
        _ if has(&['“', '"', '«', '‘', '(', '[']) && opens(between) => Gap::Open,
        _ if has(&['”', '"', '»', '’', ')', ']']) => Gap::Close,
        _ if has(&[';']) => Gap::Semicolon,
        _ if has(&[':']) => Gap::Colon,
        _ if has(&[',']) => Gap::Comma,
        "-" | "–" | "—" | "‑" => {
            if between == trimmed {
                Gap::Hyphen
            } else {
                Gap::Dash
            }
        }
        "/" => Gap::Slash,
        "&" if between == trimmed => Gap::Hyphen,
        _ => Gap::Other,
    }
}

/// A full stop with a space or a closing sign after it.
fn has_stop(between: &str) -> bool {
    between.match_indices('.').any(|(at, _)| {
        let after = between.get(at + 1..).and_then(|rest| rest.chars().next());
        after.is_some_and(|c| c.is_whitespace() || matches!(c, '”' | '"' | ')' | '’'))
    })
}

/// Whether the last sign opens rather than closes: straight marks open after a space.
fn opens(between: &str) -> bool {
    let Some(last) = between.trim_end().chars().next_back() else { return false };
    match last {
        '“' | '«' | '‘' | '(' | '[' => true,
        '"' => !between.ends_with(char::is_whitespace),
        _ => false,
    }
}

/// Abbreviations that a full stop belongs to.
fn is_abbreviation(low: &str) -> bool {
    matches!(
        low,
        "tp" | "tx"
            | "tt"
            | "q"
            | "h"
            | "p"
            | "x"
            | "ths"
            | "ts"
            | "gs"
            | "pgs"
            | "bs"
            | "ks"
            | "ts.bs"
            | "mr"
            | "mrs"
            | "dr"
            | "đ"
    )
}

/// Moves a tone mark at a word's end to the old place: hoà → hòa, thuỷ → thủy; quỳ stays.
fn old_tone_place(lower: &mut String, from: usize) {
    const ENDS: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let Some(word) = lower.get(from..) else { return };
    if word.as_bytes().last().is_none_or(u8::is_ascii) {
        return;
    }
    if !word.ends_with(|c| "àáảãạèéẻẽẹỳýỷỹỵ".contains(c)) {
        return;
    }
    let Some((new, old)) = ENDS.iter().find(|(new, _)| word.ends_with(new)) else { return };
    if new.starts_with('u') && word.strip_suffix(new).is_some_and(|start| start.ends_with('q')) {
        return;
    }
    let keep = lower.len() - new.len();
    lower.truncate(keep);
    lower.push_str(old);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let words = Words::new(Part::Lead, text);
        (0..words.len()).map(|at| format!("{:?} {}", words.gap(at), words.low(at))).collect()
    }

    #[test]
    fn tone_marks_have_one_place() {
        assert_eq!(words("Khánh Hoà quý"), ["Stop khánh", "Space hòa", "Space quý"]);
        assert_eq!(words("Thuỷ"), ["Stop thủy"]);
    }

    #[test]
    fn glued_words_and_sentences_are_split() {
        assert_eq!(words("người HồngBàng"), ["Stop người", "Space hồng", "Space bàng"]);
        assert_eq!(words("tích cực.Trách nhiệm")[2], "Stop trách");
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        assert_eq!(words("tại TP. Hồ")[2], "Dot hồ");
        assert_eq!(words("TP.HCM"), ["Stop tp", "Dot hcm"]);
        assert_eq!(words("xong. Hồ")[1], "Stop hồ");
    }

    #[test]
    fn signs_between_words_are_told_apart() {
        assert_eq!(
            words("a, b; c: d - e-f “g” h"),
            ["Stop a", "Comma b", "Semicolon c", "Colon d", "Dash e", "Hyphen f", "Open g", "Close h"]
        );
        assert_eq!(words("H'Bơ 18.377"), ["Stop h'bơ", "Space 18.377"]);
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "'", "ạ\u{300}", "1.", "…A", "a'", "\u{feff}ǅ"] {
            let read = Words::new(Part::Lead, text);
            assert!(read.sentence_end(0, usize::MAX) <= read.len());
        }
    }
}
