//! Queries to offer for a half-typed one, with marks, from the words and pairs of the library.

use serde::{Deserialize, Serialize};

use super::Piece;
use crate::analysis::fold::{Shape, Tone};
use crate::analysis::marks::{SEPARATOR, WRITTEN_Y};
use crate::analysis::syllable::compose;
use crate::analysis::tokenize::split_key;
use crate::collections::sort_by;
use crate::query::expand::{Form, Slot};

/// A query to offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The whole query.
    pub text: String,
    /// In pieces: `hit` is what was typed.
    pub segments: Vec<Piece>,
}

/// Forms of all segments with the articles of each, the most frequent first.
#[must_use]
pub fn frequent(slot: &Slot) -> Vec<(&Form, usize)> {
    let mut forms: Vec<(&Form, usize)> = Vec::new();
    for form in slot.forms.iter().flatten() {
        match forms.iter_mut().find(|(known, _)| known.term.key == form.term.key) {
            Some((_, articles)) => *articles += form.term.articles,
            None => forms.push((form, form.term.articles)),
        }
    }
    sort_by(&mut forms, |a, b| b.1.cmp(&a.1).then_with(|| a.0.term.key.cmp(&b.0.term.key)));
    forms
}

/// A word or pair as it is written, from its key in the term dictionary (with the field's byte).
///
/// ```
/// use timdoc::analysis::term_key;
/// use timdoc::index::field::{WORD, key, pair_key};
/// use timdoc::result::suggest::written;
/// assert_eq!(written(&key(WORD, &term_key("đường").unwrap())), "đường");
/// assert_eq!(written(&pair_key(&term_key("kỹ").unwrap(), &term_key("thuật").unwrap())), "kỹ thuật");
/// ```
#[must_use]
pub fn written(key: &[u8]) -> String {
    let (letters, marks) = split_key(key.get(1..).unwrap_or(&[]));
    let letters = String::from_utf8_lossy(letters);
    let mut marks = marks.split(|b| *b == SEPARATOR);
    letters.split(' ').map(|word| written_word(word, marks.next().unwrap_or(&[]))).collect::<Vec<_>>().join(" ")
}

fn written_word(letters: &str, marks: &[u8]) -> String {
    const SHAPES: [Shape; 4] = [Shape::Circumflex, Shape::Breve, Shape::Horn, Shape::Stroke];
    const TONES: [Tone; 5] = [Tone::Grave, Tone::Acute, Tone::Hook, Tone::Tilde, Tone::Dot];
    let shape = |b: &u8| (*b >= 0x80).then(|| (usize::from(b >> 2 & 31), SHAPES[usize::from(b & 3)]));
    let shapes: Vec<(usize, Shape)> = marks.iter().filter_map(shape).collect();
    let tone = marks.iter().find_map(|b| TONES.get(usize::from(*b).wrapping_sub(1))).copied();
    let mut letters = letters.to_owned();
    if marks.contains(&WRITTEN_Y) && letters.ends_with('i') {
        letters.pop();
        letters.push('y');
    }
    compose(&letters, &shapes, tone)
}
