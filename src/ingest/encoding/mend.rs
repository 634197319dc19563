//! Letters of an old encoding that were stored as UTF-8: "Uû ban nh©n d©n".
//!
//! Portals that moved to new software often copied the bytes of TCVN3 or VNI texts as if they were Latin letters; some
//! read UTF-8 as windows-1252 and stored that ("Há»™i"). It is mended only when it is unmistakable: the words are no
//! Vietnamese as they stand, and nearly all are when read by one of the tables. A part of a text (a line, or what
//! stands between two tags) that has a letter only right Vietnamese has (ệ, ơ, đ) is never touched, so an old body in a
//! new page is mended and the page is not.

use std::borrow::Cow;

use super::score::{Tally, tally};
use super::tables::Legacy;
use super::{SAMPLE, references};

/// Where parts of a text end.
pub(super) const ENDS: [char; 3] = ['\n', '<', '>'];

/// Words by which it must be sure, in a text without and with right parts.
const SURE: [usize; 2] = [4, 8];

/// What a text has to be read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Mend {
    legacy: Legacy,
    markup: bool,
    /// Whether parts of the text are right.
    mixed: bool,
}

/// Mends a text; `None` when there is nothing to mend, which is nearly always and found fast. `markup` when it is HTML
/// or XML, where letters may be written as `&#251;`.
pub(in crate::ingest) fn mend(text: &str, markup: bool) -> Option<String> {
    let mend = Mend::find(&[text], markup)?;
    Some(mend.apply(text).into_owned())
}

impl Mend {
    /// Judges texts that belong together, as the title and the body of an article.
    pub(in crate::ingest) fn find(texts: &[&str], markup: bool) -> Option<Self> {
        let mut mixed = false;
        let mut parts: Vec<Cow<'_, str>> = Vec::new();
        let mut as_written = Tally::default();
        let mut size = 0;
        // One sign after the other, as that is how splitting is fast: every article's text goes through here.
        let lines = texts.iter().flat_map(|text| text.split('\n'));
        for part in lines.flat_map(|line| line.split('<')).flat_map(|part| part.split('>')) {
            match Part::of(part, markup) {
                Part::Right => mixed = true,
                Part::Plain => {}
                Part::Latin(latin) => {
                    size += latin.len();
                    if size <= SAMPLE {
                        as_written.add(tally(&latin));
                        parts.push(latin);
                    }
                }
            }
        }
        if as_written.invalid == 0 || as_written.share() > 0.5 {
            return None;
        }
        let latin = parts.join("\n");
        let judged = Legacy::OF_LETTERS.map(|legacy| (legacy, tally(&legacy.decode(&latin))));
        let (legacy, read) = judged.into_iter().rev().max_by(|a, b| a.1.share().total_cmp(&b.1.share()))?;
        let sure = read.valid + as_written.odd >= SURE[usize::from(mixed)];
        (sure && read.share() >= 0.9).then_some(Mend { legacy, markup, mixed })
    }

    /// Mends one of the texts. What is right stays.
    pub(in crate::ingest) fn apply(self, text: &str) -> Cow<'_, str> {
        let mut out = String::with_capacity(text.len());
        let mut changed = false;
        for piece in text.split_inclusive(ENDS) {
            let (part, end) = match piece.strip_suffix(ENDS) {
                Some(part) => piece.split_at(part.len()),
                None => (piece, ""),
            };
            match Part::of(part, self.markup) {
                Part::Latin(latin) => match self.part(&latin) {
                    Some(mended) => {
                        changed = true;
                        out.push_str(&mended);
                    }
                    None => out.push_str(part),
                },
                _ => out.push_str(part),
            }
            out.push_str(end);
        }
        if changed { Cow::Owned(out) } else { Cow::Borrowed(text) }
    }

    /// One part, unless reading it so makes it worse. Beside right parts it must make it better.
    fn part(self, latin: &str) -> Option<String> {
        let mended = self.legacy.decode(latin);
        let (before, after) = (tally(latin), tally(&mended));
        let better = after.valid > before.valid && after.invalid <= before.invalid;
        let same = !self.mixed && after == before && !mended.contains('\u{fffd}');
        (better || same).then_some(mended)
    }
}

/// A part of a text.
enum Part<'t> {
    /// With a letter that only right Vietnamese (or another language's right text) has.
    Right,
    /// ASCII alone.
    Plain,
    /// With letters or signs of Latin-1; references to them are resolved.
    Latin(Cow<'t, str>),
}

impl<'t> Part<'t> {
    fn of(part: &'t str, markup: bool) -> Self {
        let referred = markup && part.contains('&');
        if part.is_ascii() && !referred {
            return Part::Plain;
        }
        if part.chars().any(is_right) || (referred && references::holds_higher(part)) {
            return Part::Right;
        }
        let latin = if referred { references::resolve(part) } else { Cow::Borrowed(part) };
        if latin.is_ascii() { Part::Plain } else { Part::Latin(latin) }
    }
}

/// A letter above Latin-1, but for those that windows-1252 shows for bytes.
fn is_right(c: char) -> bool {
    c > '\u{ff}' && c.is_alphanumeric() && !matches!(c, 'Š' | 'š' | 'Œ' | 'œ' | 'Ž' | 'ž' | 'Ÿ' | 'ƒ' | 'ˆ')
        || matches!(c, '\u{300}'..='\u{36f}')
}
