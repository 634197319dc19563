//! What the bytes of the old encodings mean.
//!
//! Every table reads *Latin letters*: the bytes as windows-1252 shows them. So the same tables read files of bytes, and
//! texts that were stored as UTF-8 by someone who took their bytes for windows-1252.
//!
//! Sources: windows-1258 the Encoding Standard (WHATWG), index windows-1258. TCVN3 the Vietnamese standard TCVN
//! 5712:1993, its third set VN3, that of the fonts .VnTime ("ABC"). VNI the code table of the VNI-Win fonts: a vowel,
//! then a sign for its marks. VISCII RFC 1456.

use encoding_rs::WINDOWS_1252;
use unicode_normalization::UnicodeNormalization;

use super::capitals;

/// An encoding from before Unicode, or a wrong reading of UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Legacy {
    /// Microsoft's code page, with combining tones.
    Windows1258,
    /// TCVN 5712:1993 VN3, called ABC.
    Tcvn3,
    /// VNI-Win, two letters for one.
    Vni,
    /// VISCII 1.1.
    Viscii,
    /// UTF-8 that was read as windows-1252 and stored as UTF-8 once more ("Há»™i").
    Utf8Twice,
}

impl Legacy {
    /// Those that a file of bytes may be in.
    pub(super) const OF_BYTES: [Legacy; 4] = [Legacy::Windows1258, Legacy::Tcvn3, Legacy::Vni, Legacy::Viscii];
    /// Those whose letters may have been stored as Latin ones.
    pub(super) const OF_LETTERS: [Legacy; 5] =
        [Legacy::Tcvn3, Legacy::Vni, Legacy::Utf8Twice, Legacy::Windows1258, Legacy::Viscii];

    /// The text that Latin letters stand for, NFC. What the encoding has no meaning for becomes U+FFFD; characters
    /// that are no bytes of windows-1252 stay.
    pub(super) fn decode(self, latin: &str) -> String {
        match self {
            Legacy::Windows1258 => latin.chars().map(windows_1258).nfc().collect(),
            Legacy::Tcvn3 => capitals::raise(&tcvn3(latin)),
            Legacy::Vni => vni(latin),
            Legacy::Viscii => latin.chars().map(viscii).collect(),
            Legacy::Utf8Twice => utf8_twice(latin),
        }
    }
}

/// windows-1258 where it differs from windows-1252.
fn windows_1258(c: char) -> char {
    match c {
        'Š' | 'Ž' | 'š' | 'ž' => '\u{fffd}',
        'Ã' => 'Ă',
        'Ì' => '\u{300}',
        'Ð' => 'Đ',
        'Ò' => '\u{309}',
        'Õ' => 'Ơ',
        'Ý' => 'Ư',
        'Þ' => '\u{303}',
        'ã' => 'ă',
        'ì' => '\u{301}',
        'ð' => 'đ',
        'ò' => '\u{323}',
        'õ' => 'ơ',
        'ý' => 'ư',
        'þ' => '₫',
        _ => c,
    }
}

/// TCVN3 from 0xA0 on; `?` marks what has no meaning. Below it is ASCII, and the quotation marks of windows-1252.
const TCVN3: &str = "\u{a0}ĂÂÊÔƠƯĐăâêôơưđ?\
                     ?????àảãáạ?ằẳẵắ?\
                     ??????ặầẩẫấậè?ẻẽ\
                     éẹềểễếệìỉ???ĩíịò\
                     ?ỏõóọồổỗốộờởỡớợù\
                     ?ủũúụừửữứựỳỷỹýỵ?";

fn tcvn3(latin: &str) -> String {
    let table: Vec<char> = TCVN3.chars().collect();
    let mut out = String::with_capacity(latin.len() + latin.len() / 4);
    let mut before = ' ';
    let mut chars = latin.chars().peekable();
    while let Some(c) = chars.next() {
        let near = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '\u{a1}'..='\u{ff}'));
        out.push(match c {
            // The sign of copyright keeps its meaning where it is no letter of a word.
            '©' if !near(Some(&before)) && !near(chars.peek()) => c,
            '\u{a0}'..='\u{ff}' => match table.get(c as usize - 0xa0) {
                Some('?') | None => '\u{fffd}',
                Some(letter) => *letter,
            },
            _ => c,
        });
        before = c;
    }
    out
}

/// The vowels that take VNI's signs, each with what it becomes: the columns are the signs ø ù û õ ï, then ê è é ú ü ë
/// for ă and its tones, â à á å ã ä for â, ê or ô and theirs. A `?` marks what there is not.
const VNI_VOWELS: [(char, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
    ('e', "èéẻẽẹ??????êềếểễệ"),
    ('o', "òóỏõọ??????ôồốổỗộ"),
    ('u', "ùúủũụ????????????"),
    ('y', "ỳýỷỹ?????????????"),
    ('ô', "ờớởỡợ????????????"),
    ('ö', "ừứửữự????????????"),
];
const VNI_SIGNS: &str = "øùûõïêèéúüëâàáåãä";

fn vni(latin: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut chars = latin.chars().peekable();
    while let Some(c) = chars.next() {
        let joined = chars.peek().and_then(|sign| vni_vowel(c, *sign));
        if let Some(letter) = joined {
            chars.next();
            out.push(letter);
            continue;
        }
        let alone = match lower(c) {
            'ô' => 'ơ',
            'ö' => 'ư',
            'ñ' => 'đ',
            'ì' => 'ì',
            'í' => 'í',
            'æ' => 'ỉ',
            'ó' => 'ĩ',
            'ò' => 'ị',
            'î' => 'ỵ',
            '\u{c0}'..='\u{ff}' => '\u{fffd}',
            _ => c,
        };
        out.push(if c == lower(c) { alone } else { upper(alone) });
    }
    out
}

/// A vowel and its sign; the case is that of the vowel, as some programs write capitals with small signs.
fn vni_vowel(vowel: char, sign: char) -> Option<char> {
    let (_, row) = VNI_VOWELS.iter().find(|(base, _)| *base == lower(vowel))?;
    let column = VNI_SIGNS.chars().position(|known| known == lower(sign))?;
    let letter = row.chars().nth(column).filter(|letter| *letter != '?')?;
    Some(if vowel == lower(vowel) { letter } else { upper(letter) })
}

/// VISCII from 0x80 on.
const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ\
                      ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

fn viscii(c: char) -> char {
    match c {
        '\u{2}' => 'Ẳ',
        '\u{5}' => 'Ẵ',
        '\u{6}' => 'Ẫ',
        '\u{14}' => 'Ỷ',
        '\u{19}' => 'Ỹ',
        '\u{1e}' => 'Ỵ',
        '\0'..='\u{7f}' => c,
        _ => byte(c).and_then(|byte| VISCII.chars().nth(usize::from(byte).checked_sub(0x80)?)).unwrap_or(c),
    }
}

/// Reads the letters as bytes of UTF-8, as far as they are; what is none stays.
fn utf8_twice(latin: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    for run in latin.split_inclusive(|c| byte(c).is_none()) {
        let bytes: Vec<u8> = run.chars().filter_map(byte).collect();
        for chunk in bytes.utf8_chunks() {
            out.push_str(chunk.valid());
            out.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
        out.extend(run.chars().next_back().filter(|c| byte(*c).is_none()));
    }
    out
}

/// The byte that windows-1252 shows as this character.
fn byte(c: char) -> Option<u8> {
    if let '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' = c {
        return u8::try_from(c).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|_| !unknown)
}

fn lower(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{c0}'..='\u{de}' if c != '×' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ => c,
    }
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}
