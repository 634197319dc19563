//! A place in a text that moves over figures and words.

use crate::analysis::fold::{Glyph, glyph};

/// Years that dates in articles have.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;

/// Reads forward from `at`. Each method moves only when it succeeds.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// Byte offset of what is read next.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Cursor { text, at }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, is: impl Fn(char) -> bool) -> bool {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(is).len();
        self.at += length;
        length > 0
    }

    /// Spaces of one line; true when there was one.
    pub(super) fn spaces(&mut self) -> bool {
        self.skip(is_space)
    }

    /// One to `most` figures that no further figure follows.
    pub(super) fn number(&mut self, most: usize) -> Option<u32> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if length == 0 || length > most {
            return None;
        }
        self.at += length;
        rest.get(..length)?.parse().ok()
    }

    /// Four figures that make a year.
    pub(super) fn year(&mut self) -> Option<i32> {
        let mut ahead = self.clone();
        let year = ahead.number(4).filter(|year| YEARS.contains(year))?;
        self.at = ahead.at;
        i32::try_from(year).ok()
    }

    /// " năm 2024", "/2024" or ", năm 2024" after a month.
    pub(super) fn year_after_month(&mut self) -> Option<i32> {
        let mut ahead = self.clone();
        ahead.skip(|c| c == ',');
        if ahead.spaces() {
            if !ahead.word("nam") {
                return None;
            }
            ahead.spaces();
        } else {
            ahead.separator().filter(|c| *c == '/')?;
        }
        let year = ahead.year()?;
        self.at = ahead.at;
        Some(year)
    }

    /// The separator between figures.
    pub(super) fn separator(&mut self) -> Option<char> {
        let c = self.rest().chars().next().filter(|c| matches!(c, '/' | '-' | '.' | '–'))?;
        self.at += c.len_utf8();
        Some(if c == '–' { '-' } else { c })
    }

    /// A whole word, given without marks in small letters.
    pub(super) fn word(&mut self, folded: &str) -> bool {
        let mut expected = folded.chars();
        let mut end = self.at;
        for c in self.rest().chars() {
            match glyph(c) {
                Glyph::Letter { base, .. } => {
                    if expected.next() != Some(base) {
                        return false;
                    }
                }
                Glyph::Combining { .. } | Glyph::Ignored => {}
                _ => break,
            }
            end += c.len_utf8();
        }
        let whole = expected.next().is_none();
        if whole {
            self.at = end;
        }
        whole
    }

    /// A time of day: `21:53`, `08:15:30`, `8h15`, `8 giờ 15`; minutes after midnight.
    pub(super) fn clock(&mut self) -> Option<u16> {
        let mut ahead = self.clone();
        let hour = ahead.number(2).filter(|hour| *hour < 24)?;
        let after_hour = ahead.at;
        if !ahead.skip(|c| c == ':') && !ahead.skip(|c| matches!(c, 'h' | 'H' | 'g')) {
            ahead.spaces();
            if !ahead.word("gio") {
                return None;
            }
            ahead.spaces();
        }
        let minute = match ahead.number(2) {
            Some(minute) => minute,
            // "8h"
            None if ahead.at > after_hour => 0,
            None => return None,
        };
        let before_seconds = ahead.clone();
        if !(ahead.skip(|c| c == ':') && ahead.number(2).is_some()) {
            ahead = before_seconds;
        }
        if minute > 59 || ahead.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.at = ahead.at;
        u16::try_from(hour * 60 + minute).ok()
    }

    /// What may stand between a time and its date: spaces, `,` `-` `|` `–`, "ngày".
    pub(super) fn between_time_and_date(&mut self) {
        self.skip(|c| is_space(c) || matches!(c, ',' | '-' | '|' | '–' | '•'));
        let mut ahead = self.clone();
        if ahead.word("ngay") || ahead.word("luc") {
            ahead.spaces();
            self.at = ahead.at;
        }
    }

    /// The end of a zone after a time, ` (GMT+7)` or ` GMT+7`, else of the time.
    pub(super) fn zone(&self) -> usize {
        let mut ahead = self.clone();
        ahead.spaces();
        for zone in ["(GMT+7)", "(GMT +7)", "GMT+7", "(UTC+7)", "UTC+7"] {
            if ahead.rest().starts_with(zone) {
                return ahead.at + zone.len();
            }
        }
        self.at
    }
}

/// A word before a date.
pub(super) struct Word {
    /// Byte offset of its first letter.
    pub start: usize,
    /// Without marks, in small letters.
    pub folded: String,
}

/// The last words before byte `end`, at most six and none before `from`, in reading order. Only spaces and commas
/// stand between them and before `end`.
pub(super) fn words_before(text: &str, end: usize, from: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let Some(before) = text.get(from..end) else { return words };
    let mut end = before.len();
    while words.len() < 6 {
        let Some(rest) = before.get(..end) else { break };
        let rest = rest.trim_end_matches(|c| is_space(c) || c == ',');
        let is_letter = |c: char| matches!(glyph(c), Glyph::Letter { .. } | Glyph::Digit | Glyph::Combining { .. });
        let start = rest.trim_end_matches(is_letter).len();
        let Some(word) = rest.get(start..).filter(|word| !word.is_empty()) else { break };
        words.push(Word { start: from + start, folded: crate::analysis::fold::fold(word) });
        end = start;
    }
    words.reverse();
    words
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}')
}
