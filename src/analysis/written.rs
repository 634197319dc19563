//! Keys back to words as they are written.

use super::fold::{Shape, Tone};
use super::marks::WRITTEN_Y;
use super::syllable::compose;

/// A word from its folded letters and marks.
///
/// ```
/// use timdoc::analysis::{term_key, tokenize::split_key, written::written};
/// let key = term_key("Đường").unwrap();
/// let (letters, marks) = split_key(&key);
/// assert_eq!(written(letters, marks), "đường");
/// ```
#[must_use]
pub fn written(letters: &[u8], marks: &[u8]) -> String {
    const SHAPES: [Shape; 4] = [Shape::Circumflex, Shape::Breve, Shape::Horn, Shape::Stroke];
    const TONES: [Tone; 5] = [Tone::Grave, Tone::Acute, Tone::Hook, Tone::Tilde, Tone::Dot];
    let shape = |b: &u8| (*b >= 0x80).then(|| (usize::from(b >> 2 & 31), SHAPES[usize::from(b & 3)]));
    let shapes: Vec<(usize, Shape)> = marks.iter().filter_map(shape).collect();
    let tone = marks.iter().find_map(|b| TONES.get(usize::from(*b).wrapping_sub(1))).copied();
    let mut letters = String::from_utf8_lossy(letters).into_owned();
    if marks.contains(&WRITTEN_Y) && letters.ends_with('i') {
        letters.pop();
        letters.push('y');
    }
    compose(&letters, &shapes, tone)
}
