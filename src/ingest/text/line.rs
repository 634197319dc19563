//! The lines of a text and what each looks like on its own.

use crate::article::BlockKind;

use super::byline::{self, Signature};
use super::caption;
use super::chrome::{self, Chrome, Field};
use super::stamp::{self, Stamp};

/// Lines shorter than this, in characters, may be entries of a menu.
pub(in crate::ingest) const SHORT: usize = 20;
/// A line of this many characters is prose whatever it ends with.
const LONG: usize = 160;
/// A sentence shorter than this is not enough to say that the body has begun.
const SENTENCE: usize = 40;
/// The longest line that is a caption for being written twice, in characters.
const LONGEST_CAPTION: usize = 400;
/// The longest title, in characters.
const LONGEST_TITLE: usize = 250;

/// What a line is for the page.
#[derive(Debug, Clone)]
pub(in crate::ingest) enum Kind<'a> {
    /// Text of the article, as far as it can be told alone.
    Text,
    /// A date and time by itself.
    Stamp(Stamp),
    /// A word of the page: a button, a menu, the head of a list.
    Chrome(Chrome),
    /// A named value: "Nguồn: …".
    Field(Field, &'a str),
}

/// One line that is not empty.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Line<'a> {
    /// Its text; the half of a line that says everything twice.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
    /// Its length in characters.
    pub chars: usize,
    /// True when it was written twice, on one line or on two: captions are, as text and as a tooltip.
    pub repeated: bool,
}

/// The lines of a cleaned text, repeated ones once.
pub(in crate::ingest) fn read(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for whole in text.split('\n').filter(|line| !line.is_empty()) {
        let half = caption::half(whole);
        let text = half.unwrap_or(whole);
        if let Some(last) = lines.last_mut().filter(|last| last.text == text && matches!(last.kind, Kind::Text)) {
            last.repeated = true;
            continue;
        }
        lines.push(Line { text, kind: kind(text), chars: text.chars().count(), repeated: half.is_some() });
    }
    lines
}

pub(in crate::ingest) fn kind(text: &str) -> Kind<'_> {
    if let Some(stamp) = stamp::read(text) {
        return Kind::Stamp(stamp);
    }
    if let Some((field, value)) = chrome::field(text) {
        return Kind::Field(field, value);
    }
    chrome::chrome(text).map_or(Kind::Text, Kind::Chrome)
}

impl Line<'_> {
    pub(in crate::ingest) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text)
    }

    pub(in crate::ingest) fn is_chrome(&self, which: Chrome) -> bool {
        matches!(self.kind, Kind::Chrome(chrome) if chrome == which)
    }

    /// True for a line that only a lead or a paragraph can be.
    pub(in crate::ingest) fn is_prose(&self) -> bool {
        let sentence = self.chars >= SENTENCE && ends_sentence(self.text);
        let opens = crate::ingest::finish::source_prefix(self.text).is_some() && self.chars >= SENTENCE;
        self.is_text() && !self.is_caption() && (sentence || opens || self.chars >= LONG)
    }

    /// The bytes of prose it holds.
    pub(in crate::ingest) fn prose_bytes(&self) -> usize {
        if self.is_prose() { self.text.len() } else { 0 }
    }

    fn is_caption(&self) -> bool {
        (self.repeated && self.chars < LONGEST_CAPTION) || caption::shows_a_picture(self.text)
    }

    /// True for a line that looks like a headline.
    pub(in crate::ingest) fn could_be_title(&self) -> bool {
        let ends = self.text.ends_with(['.', ',', ';', ':']) && !self.text.ends_with("...");
        self.is_text() && !self.repeated && !ends && self.chars <= LONGEST_TITLE && !caption::shows_a_picture(self.text)
    }

    /// The kind of block it makes in the body.
    pub(in crate::ingest) fn block_kind(&self) -> BlockKind {
        if self.is_caption() {
            return BlockKind::Caption;
        }
        if let Some(('-' | '•' | '+' | '–', rest)) = first_char(self.text)
            && rest.starts_with(' ')
        {
            return BlockKind::ListItem;
        }
        if self.chars >= LONG || ends_sentence(self.text) || self.text.ends_with([',', ';', ':']) {
            return BlockKind::Paragraph;
        }
        if caption::reads_like_a_caption(self.text, self.chars) { BlockKind::Caption } else { BlockKind::Heading }
    }

    /// The signature it is, if it stands at the end of the text.
    pub(in crate::ingest) fn signature(&self) -> Option<Signature> {
        if self.is_text() && !self.repeated && !self.is_prose() { byline::read(self.text) } else { None }
    }
}

fn first_char(text: &str) -> Option<(char, &str)> {
    let first = text.chars().next()?;
    Some((first, text.get(first.len_utf8()..)?))
}

/// True when the line ends like a sentence, with or without closing quotation marks or brackets after it.
pub(in crate::ingest) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', ' ']);
    text.ends_with(['.', '!', '?', '…']) || text.ends_with("./")
}
