//! Raw keystrokes of Vietnamese input methods to the syllable they spell: `hocj` and `hoc5` are học.
//!
//! Whoever types with the input method off, or in a field it cannot reach, leaves its keystrokes in the query. Source
//! of the rules: VIETNAMESE.md, section 3; Telex and VNI as UniKey types them.
//!
//! | | Telex | VNI |
//! | --- | --- | --- |
//! | sắc huyền hỏi ngã nặng | `s f r x j` after the first vowel; `z` takes the tone away | `1 2 3 4 5` |
//! | â ê ô | the letter again: `aa`, `tapa` | `6` |
//! | ơ ư ươ | `ow` `uw` `uow` `uwow` `uwo`; `w` where no a, o, u is before it is ư | `7` |
//! | ă | `aw` | `8` |
//! | đ | `dd`, `dangd` | `9` |
//!
//! A mark may stand anywhere after its letter, so also at the end. A syllable is typed in one method: with a digit it
//! is VNI, whose letters are all literal. Every key must be used, and a `z` needs a tone to take away. A mark typed
//! again undoes it in an input method; here it refuses the word (`class`, `www`), and so do a second tone (`u23`) and
//! VNI's 0 (`u20`).
//!
//! # Strong and weak
//!
//! English words and names can be keystrokes too: `rooms` is rốm, `thu2` (Monday) is thù. A decoding is strong when
//! keys rarely struck in any other language add up to 3 points, and the syllable has three letters:
//!
//! | key | points |
//! | --- | --- |
//! | tone `j`; `w` right after `u` | 3 |
//! | `dd` at the start; any shape of VNI | 2 |
//! | another tone or shape; in Telex, two vowels or more | 1 |
//! | `w` alone for ư; the second of two equal vowels apart from the first (`pieces`) | 0 |
//!
//! A shape or a vowel struck after the tone makes any decoding weak (`these`, `u17`, `taxi`): most type them first.
//!
//! Not written by these rules: xoong, boong and the like, whose `oo` is ô here.

use super::fold::{Shape, Tone};
use super::syllable::{Spelling, compose, spelling};

/// Longest input in keys.
const MAX_KEYS: usize = 12;
/// Points of a strong decoding.
const STRONG: u8 = 3;
const VOWELS: u32 = set(b"aeiouy");
/// In the order of the keys `f s r x j`, which is that of `2 1 3 4 5`.
const TONES: [Tone; 5] = [Tone::Grave, Tone::Acute, Tone::Hook, Tone::Tilde, Tone::Dot];

/// What keystrokes spell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The syllable in lower case, composed, with the tone where [`compose`] puts it.
    pub text: String,
    /// Whether the keystrokes are hardly a word of another language, or a word and a number. What is weak should be
    /// believed only among neighbours that are keystrokes too.
    pub strong: bool,
}

/// The syllable that keystrokes spell in Telex or VNI; `None` when they are not keystrokes of a Vietnamese syllable,
/// or when no key is a mark. Takes 2 to 12 ASCII letters and digits of any case.
///
/// ```
/// use timdoc::analysis::telex::decode;
/// let text = |typed| decode(typed).map(|decoded| decoded.text);
/// assert_eq!(text("dduwowngf").as_deref(), Some("đường"));
/// assert_eq!(text("tap65").as_deref(), Some("tập"));
/// assert_eq!(text("facebook"), None);
/// ```
#[must_use]
pub fn decode(typed: &str) -> Option<Decoded> {
    if !(2..=MAX_KEYS).contains(&typed.len()) || !typed.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let vni = typed.bytes().any(|b| b.is_ascii_digit());
    let mut keys = Keys::default();
    for key in typed.bytes() {
        keys.strike(key.to_ascii_lowercase(), vni)?;
    }
    keys.finish(vni)
}

/// A set of letters, a bit for each.
const fn set(mut letters: &[u8]) -> u32 {
    let mut bits = 0;
    while let [letter, rest @ ..] = letters {
        bits |= 1 << (*letter & 31);
        letters = rest;
    }
    bits
}

fn has(letters: u32, letter: u8) -> bool {
    letters >> (letter & 31) & 1 == 1
}

/// The keys struck so far.
#[derive(Default)]
struct Keys {
    letters: [u8; MAX_KEYS],
    length: usize,
    shapes: [Option<Shape>; MAX_KEYS],
    tone: Option<Tone>,
    /// Whether a shape or a vowel came after the tone.
    late: bool,
    points: u8,
}

impl Keys {
    /// Takes one key; `None` when it fits nothing. Digits come in VNI only, and letters are marks in Telex only.
    fn strike(&mut self, key: u8, vni: bool) -> Option<()> {
        if vni && key.is_ascii_lowercase() {
            return self.push(key);
        }
        // Before a vowel, s, r and x are letters.
        if self.find(VOWELS).is_some()
            && let Some(at) = b"fsrxj21345".iter().position(|b| *b == key)
        {
            self.points += if key == b'j' { 3 } else { 1 };
            return self.tone.replace(TONES[at % TONES.len()]).is_none().then_some(());
        }
        let last = self.letters().last().copied().unwrap_or_default();
        let mut points = 1 + u8::from(vni);
        let (at, shape) = match key {
            b'z' => return self.tone.take().map(drop),
            b'd' | b'9' if self.letters[0] == b'd' => {
                points = if self.length == 1 { 2 } else { points };
                (0, Shape::Stroke)
            }
            b'6' => (self.find(const { set(b"aeo") })?, Shape::Circumflex),
            b'8' => (self.find(const { set(b"a") })?, Shape::Breve),
            b'w' | b'7' => {
                let mut at = self.find(if vni { const { set(b"ou") } } else { const { set(b"aou") } });
                if last == b'u' && !vni {
                    points = 3;
                }
                if at.is_none() && !vni {
                    points = 0;
                    at = Some(self.length);
                    self.push(b'u')?;
                }
                self.horn(at?)
            }
            b'0'..=b'9' => return None,
            b'a' | b'e' | b'o' => {
                let at = self.find(1 << (key & 31));
                // ngoao and ngoeo have the same vowel twice; there is no ôa or ôe.
                let apart = key == b'o' && self.after(at).is_some_and(|b| has(const { set(b"ae") }, b));
                match at {
                    Some(at) if !apart => {
                        points = u8::from(last == key);
                        (at, Shape::Circumflex)
                    }
                    _ => return self.push(key),
                }
            }
            _ => return self.push(key),
        };
        self.late |= self.tone.is_some();
        self.points += points;
        self.shapes.get_mut(at)?.replace(shape).is_none().then_some(())
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or(&[])
    }

    fn push(&mut self, key: u8) -> Option<()> {
        *self.letters.get_mut(self.length)? = key;
        self.length += 1;
        self.late |= self.tone.is_some() && has(VOWELS, key);
        Some(())
    }

    /// The first letter of a set; the u of `qu` is no vowel.
    fn find(&self, letters: u32) -> Option<usize> {
        let start = if self.letters.starts_with(b"qu") { 2 } else { 0 };
        (start..self.length).find(|at| self.letters.get(*at).is_some_and(|b| has(letters, *b)))
    }

    /// The letter after one of the letters.
    fn after(&self, at: Option<usize>) -> Option<u8> {
        self.letters().get(at? + 1).copied()
    }

    /// What the key `w` or `7` marks, given the first letter it may: a horn, or the breve of ă; both horns of ươ.
    fn horn(&mut self, mut at: usize) -> (usize, Shape) {
        match (self.letters.get(at), self.after(Some(at))) {
            (Some(b'u'), Some(b'o')) => {
                self.shapes[at] = Some(Shape::Horn);
                at += 1;
            }
            (Some(b'o'), Some(b'a')) => at += 1,
            _ => {}
        }
        (at, if self.letters.get(at) == Some(&b'a') { Shape::Breve } else { Shape::Horn })
    }

    fn finish(mut self, vni: bool) -> Option<Decoded> {
        // ươ has both horns or, at the end (thuở), one.
        if let Some(at) = self.find(const { set(b"u") })
            && let [b'u', b'o', after @ ..] = self.letters.get(at..self.length)?
            && let [u @ Some(_), o, ..] = self.shapes.get_mut(at..)?
            && *o != Some(Shape::Circumflex)
        {
            *o = *u;
            if after.is_empty() {
                *u = None;
            }
        }
        let mut shapes = [(0, Shape::Stroke); 3];
        let mut count = 0;
        for (at, shape) in self.shapes.iter().enumerate() {
            if let Some(shape) = shape {
                *shapes.get_mut(count)? = (at, *shape);
                count += 1;
            }
        }
        let shapes = shapes.get(..count)?;
        let letters = str::from_utf8(self.letters()).ok()?;
        let marked = count > 0 || self.points > 0;
        if !marked || spelling(letters, shapes, self.tone.as_slice()) != Spelling::Syllable {
            return None;
        }
        let two = !vni && self.after(self.find(VOWELS)).is_some_and(|b| has(VOWELS, b));
        Some(Decoded {
            strong: self.points + u8::from(two) >= STRONG && !self.late && letters.len() > 2,
            text: compose(letters, shapes, self.tone),
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
