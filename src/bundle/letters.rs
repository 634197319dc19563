//! Text with one byte for each Vietnamese letter, as articles are stored. UTF-8 gives them two or three, and deflate, which
//! sees bytes, then finds less: articles take 7 % more, and the dictionary holds a quarter less of text.
//!
//! ```text
//! text = varint bytes · for each character a byte; for one that has none 0x1b and its UTF-8
//! ```
//!
//! | bytes | characters |
//! | --- | --- |
//! | 0x20 to 0x7f, tab, line feed | as in ASCII |
//! | 0x80 to 0xff, then those below 0x20 | [`LETTERS`], in its order |

use crate::index::varint::{self, Reader};
use crate::{Error, Result};

/// Stands before a character that has no byte of its own.
const ESCAPE: u8 = 0x1b;

/// The characters of the bytes 0x80 to 0xff, then 0 to 0x1f: the letters of Vietnamese beside ASCII, small and capital,
/// and the signs that its editors set. The escape stands for itself, so that no place is empty.
#[rustfmt::skip]
const LETTERS: [char; 160] = [
    'à', 'á', 'ả', 'ã', 'ạ', 'ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ', 'â', 'ầ', 'ấ', 'ẩ', 'ẫ',
    'ậ', 'đ', 'è', 'é', 'ẻ', 'ẽ', 'ẹ', 'ê', 'ề', 'ế', 'ể', 'ễ', 'ệ', 'ì', 'í', 'ỉ',
    'ĩ', 'ị', 'ò', 'ó', 'ỏ', 'õ', 'ọ', 'ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ', 'ơ', 'ờ', 'ớ',
    'ở', 'ỡ', 'ợ', 'ù', 'ú', 'ủ', 'ũ', 'ụ', 'ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự', 'ỳ', 'ý',
    'ỷ', 'ỹ', 'ỵ', 'À', 'Á', 'Ả', 'Ã', 'Ạ', 'Ă', 'Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ', 'Â', 'Ầ',
    'Ấ', 'Ẩ', 'Ẫ', 'Ậ', 'Đ', 'È', 'É', 'Ẻ', 'Ẽ', 'Ẹ', 'Ê', 'Ề', 'Ế', 'Ể', 'Ễ', 'Ệ',
    'Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị', 'Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ', 'Ô', 'Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ',
    'Ơ', 'Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ', 'Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ', 'Ư', 'Ừ', 'Ứ', 'Ử', 'Ữ',
    'Ự', 'Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ', '“', '”', '‘', '\t', '\n', '’', '–', '—', '…', '•',
    '·', '°', '²', '³', '±', '×', '÷', '½', '«', '»', '€', '\u{1b}', '→', '\u{a0}', '−', 'º',
];

/// Appends a text.
pub fn write(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    for letter in text.chars() {
        match byte(letter) {
            Some(byte) => out.push(byte),
            None => {
                out.push(ESCAPE);
                out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    // Moving bytes is faster than reading the text twice to know how many they are.
    let length = out.len() - start;
    varint::write(length as u64, out);
    out[start..].rotate_left(length);
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// `damaged` when it is cut, or holds an escape without a character.
pub fn read(reader: &mut Reader<'_>) -> Result<String> {
    let length = reader.bounded(reader.rest().len())?;
    let mut bytes = reader.bytes(length)?;
    let mut text = String::with_capacity(length + length / 3);
    while let Some((&byte, rest)) = bytes.split_first() {
        bytes = rest;
        let letter = match byte {
            ESCAPE => {
                let letter = escaped(rest).ok_or_else(|| Error::damaged("an article", "a letter is cut"))?;
                bytes = rest.get(letter.len_utf8()..).unwrap_or(&[]);
                letter
            }
            0x20..0x80 => char::from(byte),
            _ => LETTERS[usize::from(byte.wrapping_add(0x80)) % LETTERS.len()],
        };
        text.push(letter);
    }
    Ok(text)
}

/// The character that UTF-8 begins with.
fn escaped(bytes: &[u8]) -> Option<char> {
    (1..=4).find_map(|length| std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next())
}

/// The byte of a character, if it has one.
fn byte(letter: char) -> Option<u8> {
    match letter {
        ' '..='\x7f' => Some(letter as u8),
        _ => BYTES.get(letter as usize).copied().filter(|byte| *byte != NONE),
    }
}

/// No letter's byte: the space is told by ASCII.
const NONE: u8 = b' ';

/// For each character up to the last of [`LETTERS`] its byte, or [`NONE`]. Only writing needs it.
static BYTES: [u8; 0x2213] = {
    let mut bytes = [NONE; 0x2213];
    let mut at = 0;
    while at < LETTERS.len() {
        if LETTERS[at] as u32 != ESCAPE as u32 {
            bytes[LETTERS[at] as usize] = (at as u8).wrapping_add(0x80);
        }
        at += 1;
    }
    bytes
};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(text, &mut bytes);
        bytes
    }

    #[test]
    fn a_vietnamese_letter_takes_one_byte() {
        let text = "“Đường Nguyễn Huệ” – 21 °C…\n\tỴ, đỹ";
        assert_eq!(written(text).len(), 1 + text.chars().count());
    }

    #[test]
    fn each_letter_has_a_byte_of_its_own() {
        let bytes: std::collections::HashSet<_> = LETTERS.iter().filter_map(|letter| byte(*letter)).collect();
        assert_eq!(bytes.len(), LETTERS.len() - 1);
        assert!(!bytes.contains(&ESCAPE) && bytes.iter().all(|byte| !(0x20..0x80).contains(byte)));
    }

    #[test]
    fn a_cut_escape_is_an_error() {
        for bytes in [&[1, ESCAPE][..], &[2, ESCAPE, 0xe4], &[3, ESCAPE, 0xff, 0xff], &[3, b'a']] {
            assert!(read(&mut Reader::new(bytes, "test")).is_err(), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), control in "[\\x00-\\x1f中đ]{0,9}") {
            for text in [text, control] {
                prop_assert_eq!(read(&mut Reader::new(&written(&text), "test")), Ok(text));
            }
        }
    }
}
