//! Characters to folded letters and marks.
//!
//! Vietnamese writes a syllable's sound with three layers: the letter, the letter's shape (ă â ê ô ơ ư đ) and one
//! tone per syllable. Folding takes the layers apart, so that each can be compared on its own. It reads composed
//! (NFC) and decomposed (NFD) text alike, so the browser's engine needs no normalization tables.

/// The mark that changes a letter's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// â ê ô
    Circumflex = 1,
    /// ă
    Breve = 2,
    /// ơ ư
    Horn = 3,
    /// đ
    Stroke = 4,
}

/// A syllable's tone, other than the level tone (ngang), which has no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Tone {
    /// huyền: à
    Grave = 1,
    /// sắc: á
    Acute = 2,
    /// hỏi: ả
    Hook = 3,
    /// ngã: ã
    Tilde = 4,
    /// nặng: ạ
    Dot = 5,
}

/// What one character is to the analyser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// A letter, folded to lower case without marks; not always ASCII (`я`, `漢`).
    Letter {
        /// The folded letter.
        base: char,
        /// The mark of shape that was on it.
        shape: Option<Shape>,
        /// The tone mark that was on it.
        tone: Option<Tone>,
        /// Whether it was a capital.
        upper: bool,
    },
    /// A combining mark that belongs to the letter before it.
    Combining {
        /// The mark of shape it stands for.
        shape: Option<Shape>,
        /// The tone it stands for.
        tone: Option<Tone>,
    },
    /// An ASCII digit.
    Digit,
    /// Not text: soft hyphen, zero-width characters, byte order mark.
    Ignored,
    /// Anything else: space, punctuation, symbols.
    Other,
}

const C: Option<Shape> = Some(Shape::Circumflex);
const B: Option<Shape> = Some(Shape::Breve);
const H: Option<Shape> = Some(Shape::Horn);

/// U+1EA0 to U+1EF9 in pairs of capital and small: letter, shape, tone (Unicode, Latin Extended Additional).
const ADDITIONAL: [(u8, Option<Shape>, Tone); 45] = [
    (b'a', None, Tone::Dot),
    (b'a', None, Tone::Hook),
    (b'a', C, Tone::Acute),
    (b'a', C, Tone::Grave),
    (b'a', C, Tone::Hook),
    (b'a', C, Tone::Tilde),
    (b'a', C, Tone::Dot),
    (b'a', B, Tone::Acute),
    (b'a', B, Tone::Grave),
    (b'a', B, Tone::Hook),
    (b'a', B, Tone::Tilde),
    (b'a', B, Tone::Dot),
    (b'e', None, Tone::Dot),
    (b'e', None, Tone::Hook),
    (b'e', None, Tone::Tilde),
    (b'e', C, Tone::Acute),
    (b'e', C, Tone::Grave),
    (b'e', C, Tone::Hook),
    (b'e', C, Tone::Tilde),
    (b'e', C, Tone::Dot),
    (b'i', None, Tone::Hook),
    (b'i', None, Tone::Dot),
    (b'o', None, Tone::Dot),
    (b'o', None, Tone::Hook),
    (b'o', C, Tone::Acute),
    (b'o', C, Tone::Grave),
    (b'o', C, Tone::Hook),
    (b'o', C, Tone::Tilde),
    (b'o', C, Tone::Dot),
    (b'o', H, Tone::Acute),
    (b'o', H, Tone::Grave),
    (b'o', H, Tone::Hook),
    (b'o', H, Tone::Tilde),
    (b'o', H, Tone::Dot),
    (b'u', None, Tone::Dot),
    (b'u', None, Tone::Hook),
    (b'u', H, Tone::Acute),
    (b'u', H, Tone::Grave),
    (b'u', H, Tone::Hook),
    (b'u', H, Tone::Tilde),
    (b'u', H, Tone::Dot),
    (b'y', None, Tone::Grave),
    (b'y', None, Tone::Dot),
    (b'y', None, Tone::Hook),
    (b'y', None, Tone::Tilde),
];

/// Letters of U+00C0 to U+00FF, small and capital alike (offset 0 to 31). A space marks what is no letter here.
const LATIN_1: &[u8; 32] = b"aaaaaaaceeeeiiiidnooooo ouuuuypy";

/// Letters of U+0100 to U+017F, one for each pair or single.
const LATIN_A: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// What a character is to the analyser.
///
/// ```
/// use timdoc::analysis::fold::{Glyph, Shape, Tone, glyph};
/// let expected = Glyph::Letter { base: 'o', shape: Some(Shape::Circumflex), tone: Some(Tone::Grave), upper: true };
/// assert_eq!(glyph('Ồ'), expected);
/// ```
#[must_use]
pub fn glyph(c: char) -> Glyph {
    let letter = |base: u8, shape, tone, upper| Glyph::Letter { base: char::from(base), shape, tone, upper };
    match c {
        'a'..='z' => Glyph::Letter { base: c, shape: None, tone: None, upper: false },
        'A'..='Z' => Glyph::Letter { base: c.to_ascii_lowercase(), shape: None, tone: None, upper: true },
        '0'..='9' => Glyph::Digit,
        '\0'..='\u{7f}' => Glyph::Other,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Glyph::Ignored
        }
        // Ð and ð (Icelandic eth) are often typed for Đ and đ.
        'Đ' | 'Ð' | 'đ' | 'ð' | 'Ɖ' | 'ɖ' => {
            letter(b'd', Some(Shape::Stroke), None, matches!(c, 'Đ' | 'Ð' | 'Ɖ'))
        }
        '\u{c0}'..='\u{ff}' => latin_1(c),
        'Ă' | 'ă' => letter(b'a', B, None, c == 'Ă'),
        'Ĩ' | 'ĩ' => letter(b'i', None, Some(Tone::Tilde), c == 'Ĩ'),
        'Ũ' | 'ũ' => letter(b'u', None, Some(Tone::Tilde), c == 'Ũ'),
        '\u{100}'..='\u{17f}' => {
            let at = c as usize - 0x100;
            let shifted = matches!(at, 0x39..=0x48 | 0x79..=0x7e);
            letter(LATIN_A[at], None, None, at.is_multiple_of(2) != shifted)
        }
        'Ơ' | 'ơ' => letter(b'o', H, None, c == 'Ơ'),
        'Ư' | 'ư' => letter(b'u', H, None, c == 'Ư'),
        '\u{1ea0}'..='\u{1ef9}' => {
            let at = c as usize - 0x1ea0;
            let (base, shape, tone) = ADDITIONAL[at / 2];
            letter(base, shape, Some(tone), at.is_multiple_of(2))
        }
        '\u{300}'..='\u{36f}' => combining(c),
        _ if is_foreign_letter(c) => Glyph::Letter { base: lower_foreign(c), shape: None, tone: None, upper: false },
        _ => Glyph::Other,
    }
}

fn latin_1(c: char) -> Glyph {
    let at = c as usize - 0xc0;
    let base = LATIN_1[at % 32];
    // × and ÷
    if base == b' ' || c == '×' || c == '÷' {
        return Glyph::Other;
    }
    let shape = if matches!(at % 32, 2 | 10 | 20) { C } else { None };
    let tone = match at % 32 {
        0 | 8 | 12 | 18 | 25 => Some(Tone::Grave),
        1 | 9 | 13 | 19 | 26 | 29 => Some(Tone::Acute),
        3 | 17 | 21 => Some(Tone::Tilde),
        _ => None,
    };
    Glyph::Letter { base: char::from(base), shape, tone, upper: at < 32 }
}

fn combining(c: char) -> Glyph {
    let (shape, tone) = match c {
        '\u{300}' | '\u{340}' => (None, Some(Tone::Grave)),
        '\u{301}' | '\u{341}' => (None, Some(Tone::Acute)),
        '\u{303}' => (None, Some(Tone::Tilde)),
        '\u{309}' => (None, Some(Tone::Hook)),
        '\u{323}' => (None, Some(Tone::Dot)),
        '\u{302}' => (C, None),
        '\u{306}' => (B, None),
        '\u{31b}' => (H, None),
        _ => (None, None),
    };
    Glyph::Combining { shape, tone }
}

/// Letters of other scripts, by their blocks: enough to index a name, cheap enough for the browser.
fn is_foreign_letter(c: char) -> bool {
    matches!(c,
        '\u{180}'..='\u{2af}' | '\u{370}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{3040}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10000}'..='\u{1bfff}' | '\u{20000}'..='\u{3ffff}')
}

/// Lower case of Greek and Cyrillic capitals; other scripts stay.
fn lower_foreign(c: char) -> char {
    let shift = match c {
        '\u{391}'..='\u{3a9}' | '\u{410}'..='\u{42f}' => 32,
        '\u{400}'..='\u{40f}' => 80,
        _ => 0,
    };
    char::from_u32(c as u32 + shift).unwrap_or(c)
}

/// A text without marks and in lower case, for keys: runs of anything but letters and digits become one space.
///
/// ```
/// assert_eq!(timdoc::analysis::fold::fold("Đường  LÊ-LỢI"), "duong le loi");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let base = match glyph(c) {
            Glyph::Letter { base, .. } => base,
            Glyph::Digit => c,
            Glyph::Combining { .. } | Glyph::Ignored => continue,
            Glyph::Other => {
                gap = true;
                continue;
            }
        };
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(base);
    }
    out
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_the_same_composed_and_decomposed() {
        let pairs = [("ậ", "a\u{302}\u{323}"), ("Ữ", "U\u{31b}\u{303}"), ("ẻ", "e\u{309}"), ("ỳ", "y\u{300}")];
        for (composed, decomposed) in pairs {
            assert_eq!(fold(composed), fold(decomposed));
        }
    }

    #[test]
    fn letters_with_marks_come_apart() {
        let cases = [
            ('ế', 'e', C, Some(Tone::Acute)),
            ('ặ', 'a', B, Some(Tone::Dot)),
            ('ợ', 'o', H, Some(Tone::Dot)),
            ('õ', 'o', None, Some(Tone::Tilde)),
            ('ý', 'y', None, Some(Tone::Acute)),
            ('ũ', 'u', None, Some(Tone::Tilde)),
            ('ê', 'e', C, None),
            ('ỹ', 'y', None, Some(Tone::Tilde)),
            ('ù', 'u', None, Some(Tone::Grave)),
        ];
        for (c, base, shape, tone) in cases {
            assert_eq!(glyph(c), Glyph::Letter { base, shape, tone, upper: false }, "{c}");
        }
    }

    #[test]
    fn capitals_are_known_as_such() {
        for c in "AĐĂÂÊÔƠƯÁỲỸẠÕ".chars() {
            assert!(matches!(glyph(c), Glyph::Letter { upper: true, .. }), "{c}");
        }
    }

    #[test]
    fn eth_is_read_as_d_with_stroke() {
        assert_eq!(glyph('ð'), glyph('đ'));
        assert_eq!(glyph('Ð'), glyph('Đ'));
    }

    #[test]
    fn invisible_characters_are_no_text() {
        for c in ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{feff}', '\u{202e}'] {
            assert_eq!(glyph(c), Glyph::Ignored);
        }
        assert_eq!(glyph('\u{a0}'), Glyph::Other);
    }

    #[test]
    fn latin_tables_fold_foreign_names() {
        assert_eq!(fold("Škoda Gürtel Łódź çà Ångström São×2"), "skoda gurtel lodz ca angstrom sao 2");
    }

    #[test]
    fn every_character_has_a_glyph() {
        for code in 0..=0x10_ffff {
            if let Some(c) = char::from_u32(code) {
                let _ = glyph(c);
            }
        }
    }
}
