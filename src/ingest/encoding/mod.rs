//! In which encoding is a text written? The one that yields valid Vietnamese, whatever the file declares.
//!
//! ```text
//! bytes ── byte order mark? ── UTF-8? ──────────────► text ── mend: letters of an old encoding kept as UTF-8?
//!                                └─ no: as Latin letters ── which table yields syllables? ──► text
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | `tables` | what do the bytes of windows-1258, TCVN3, VNI and VISCII mean? |
//! | `capitals` | which small letters of TCVN3 stand for capitals? |
//! | `score` | how much of a text is valid Vietnamese? |
//! | `mend` | is this right UTF-8 the letters of an old encoding ("Uû ban nh©n d©n")? |
//! | `declared` | what does the file itself say? |
//! | `references` | which letters are written as `&copy;` or `&#251;`? |
//!
//! A declared encoding is only a hint: of old portals many declare one and write another. Bytes of an encoding by which
//! nothing becomes Vietnamese, and which the file does not declare, are an error: never is text guessed letter by letter.

mod capitals;
mod declared;
mod mend;
mod references;
mod score;
mod tables;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::error::{Error, Result};

pub(super) use mend::{Mend, mend};
use score::tally;
pub(super) use tables::Legacy;

/// Bytes of text that are judged; more would not change the answer.
const SAMPLE: usize = 1 << 16;

/// What kind of text is decoded, and what is said of it from outside.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hint<'a> {
    /// HTML or XML: it may declare an encoding and write letters as `&#251;`.
    pub(super) markup: bool,
    /// The encoding that a header outside of the text declares.
    pub(super) declared: Option<&'a str>,
}

/// Bytes as text: UTF-8 (or UTF-16 with a byte order mark), else the encoding that yields valid Vietnamese, else the
/// declared one. Letters of an old encoding that were stored as if they were Latin ones are mended.
///
/// # Errors
/// [`Error::Input`] when no encoding gives text: it names the first byte that is not UTF-8.
pub(super) fn decode(place: &str, bytes: Vec<u8>, hint: Hint<'_>) -> Result<String> {
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(place, rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(place, rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => of_bytes(place, rest.to_vec(), hint)?,
        _ => of_bytes(place, bytes, hint)?,
    };
    Ok(match mend(&text, hint.markup) {
        Some(mended) => mended,
        None => text,
    })
}

fn of_bytes(place: &str, bytes: Vec<u8>, hint: Hint<'_>) -> Result<String> {
    let (bytes, at) = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (error.into_bytes(), at)
        }
    };
    let said = hint.declared.map(str::as_bytes).or_else(|| declared::find(&bytes).filter(|_| hint.markup));
    let said = said.and_then(Encoding::for_label);
    // As browsers do: one cut letter, in a summary mostly, does not make a page unreadable.
    if hint.markup && is_nearly_utf8(&bytes) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let latin = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
    if !bytes.contains(&0) {
        if let Some(legacy) = detect(&latin, hint.markup) {
            return Ok(legacy.decode(&readable(&latin, legacy, hint.markup)));
        }
        if latin.chars().all(|c| c.is_ascii() || is_sign(c)) {
            return Ok(latin.into_owned());
        }
    }
    let other = said.filter(|encoding| *encoding != UTF_8);
    match other.and_then(|encoding| encoding.decode_without_bom_handling_and_without_replacement(&bytes)) {
        Some(text) => Ok(text.into_owned()),
        // Some stray bytes in a page are no reason to lose it either.
        None if hint.markup && broken(&bytes) <= 4 + bytes.len() / 2000 => {
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        None => Err(not_utf8(place, at)),
    }
}

/// What an encoding's table reads: letters written as references are letters too, but not in windows-1258, where
/// `&atilde;` is ã and the byte is ă.
fn readable(latin: &str, legacy: Legacy, markup: bool) -> Cow<'_, str> {
    if markup && legacy != Legacy::Windows1258 { references::resolve(latin) } else { Cow::Borrowed(latin) }
}

/// The old encoding by which Latin letters become valid Vietnamese; `None` when there is none.
fn detect(latin: &str, markup: bool) -> Option<Legacy> {
    let sample = sample(latin);
    let judged = Legacy::OF_BYTES.map(|legacy| (legacy, tally(&legacy.decode(&readable(&sample, legacy, markup)))));
    // Of equals the first: `max_by` would give the last.
    let (legacy, tally) = judged.into_iter().rev().max_by(|a, b| a.1.share().total_cmp(&b.1.share()))?;
    (tally.valid > 0 && tally.share() >= 0.8).then_some(legacy)
}

/// The parts of a text that hold other than ASCII letters, up to the size of a sample.
fn sample(latin: &str) -> String {
    let mut sample = String::new();
    for part in latin.split_inclusive(mend::ENDS).filter(|part| !part.is_ascii()) {
        if sample.len() + part.len() > SAMPLE && !sample.is_empty() {
            break;
        }
        let end = part.char_indices().map(|(at, _)| at).find(|at| *at >= SAMPLE).unwrap_or(part.len());
        sample.push_str(part.get(..end).unwrap_or(part));
    }
    sample
}

/// UTF-8 but for a few bytes: of the sequences of several bytes, at most one in 20 is broken.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let right: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    right >= broken(bytes) * 20
}

/// How many sequences are no UTF-8.
fn broken(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
}

/// Quotation marks, dashes and the like of windows-1252, which are no letters in it.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a0}' | '«' | '»' | '°' | '·' | '§' | '\u{2010}'..='\u{2027}' | '\u{2030}' | '€' | '™' | '‹' | '›')
}

/// Bytes as UTF-8.
///
/// # Errors
/// [`Error::Input`] with the first byte that is not.
pub(super) fn utf8<'a>(place: &str, bytes: &'a [u8]) -> Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|e| not_utf8(place, e.valid_up_to()))
}

fn not_utf8(place: &str, at: usize) -> Error {
    let reason = "is not UTF-8, nor is the text Vietnamese in windows-1258, TCVN3, VNI or VISCII; save it as UTF-8";
    Error::input(place, format!("byte {at} (from 0) {reason}"))
}

fn utf16(place: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String> {
    let pairs = bytes.chunks_exact(2);
    let whole = pairs.remainder().is_empty();
    let units = pairs.filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    let text: std::result::Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| whole).ok_or_else(|| Error::input(place, "is UTF-16 but cut or damaged; save it as UTF-8"))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
