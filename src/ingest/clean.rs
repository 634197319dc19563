//! Which characters are text, and in which form they are stored: NFC, one kind of space, nothing invisible.
//!
//! Words are never changed: what is removed or unified here cannot be seen by a reader.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What happens to a character.
enum Class {
    /// It stays.
    Text,
    /// It becomes one space, together with its neighbours of the kind.
    Space,
    /// It ends the line.
    Break,
    /// It goes: controls, zero-width characters, byte order marks, soft hyphens, overrides of direction.
    Nothing,
}

fn class(c: char) -> Class {
    match c {
        '!'..='~' => Class::Text,
        ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Class::Space
        }
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' => Class::Nothing,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{180e}' => Class::Nothing,
        _ => Class::Text,
    }
}

/// A text of several lines. Lines are trimmed, runs of spaces are one space, line ends are `\n`; empty lines stay, but
/// not at the start and end.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match class(c) {
            Class::Text => {
                if space && !out.is_empty() && !out.ends_with('\n') {
                    out.push(' ');
                }
                space = false;
                out.push(c);
            }
            Class::Space => space = true,
            Class::Break => {
                space = false;
                if c == '\r' && chars.peek() == Some(&'\n') {
                    continue;
                }
                if !out.is_empty() {
                    out.push('\n');
                }
            }
            Class::Nothing => {}
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(if is_nfc(&out) { out } else { out.nfc().collect() })
}

/// A text of one line: as [`text`], with line ends as spaces.
pub(super) fn line(line: &str) -> Cow<'_, str> {
    let clean = text(line);
    if clean.contains('\n') {
        return Cow::Owned(clean.split('\n').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "));
    }
    clean
}

/// True when [`text`] would change nothing. Most texts end here, in one pass.
fn is_clean(text: &str) -> bool {
    let mut before = '\n';
    for c in text.chars() {
        let stays = match c {
            '!'..='~' => true,
            ' ' => !matches!(before, ' ' | '\n'),
            '\n' => before != ' ',
            '\u{a1}'..='\u{2ff}' => c != '\u{ad}',
            // Vietnamese letters, dashes, quotation marks and the ellipsis
            '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}' => true,
            _ => false,
        };
        if !stays {
            return is_clean_slowly(text);
        }
        before = c;
    }
    !text.starts_with('\n') && !matches!(before, ' ' | '\n') || text.is_empty()
}

fn is_clean_slowly(text: &str) -> bool {
    let mut before = '\n';
    for c in text.chars() {
        match class(c) {
            Class::Text => {}
            Class::Space if c == ' ' && !matches!(before, ' ' | '\n') => {}
            Class::Break if c == '\n' && before != ' ' => {}
            _ => return false,
        }
        before = c;
    }
    !text.starts_with('\n') && !matches!(before, ' ' | '\n') && is_nfc(text)
}

fn is_nfc(text: &str) -> bool {
    text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_spaces_become_one() {
        assert_eq!(text("a\u{200b}b\u{ad}c \u{a0}\u{2003} d\u{202e}e\u{0}"), "abc de");
        assert_eq!(text(" a \r\n\r\n b\t\rc\u{2028}d "), "a\n\nb\nc\nd");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(text("hoa\u{300} tâ\u{323}p"), "hoà tập");
        assert_eq!(text("Đươ\u{300}ng"), "Đường");
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(text("Đường về “xã”\n\nxa – 1.000 đ…"), Cow::Borrowed(_)));
        assert!(matches!(text("漢字 ok"), Cow::Borrowed(_)));
        assert!(matches!(text(" a"), Cow::Owned(_)));
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for dirty in [
            "a\u{300}  b",
            "\u{feff}\n x \n\n\n",
            "\u{2126}\u{212b}",
            "\u{300}a",
            "e\u{301}\u{200d}\u{323}",
            " \u{300}",
        ] {
            let once = text(dirty).into_owned();
            assert_eq!(text(&once), once, "{dirty:?}");
        }
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(line("a\n\n b\r\nc"), "a b c");
    }
}
