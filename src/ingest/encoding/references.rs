//! Letters of Latin-1 that HTML writes as references: `&copy;`, `&#251;`, `&#xfb;`. Old pages write the bytes of TCVN3
//! and VNI so.

use std::borrow::Cow;

/// The names of U+00A0 to U+00FF (HTML 4.01, section 24.2).
const NAMES: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// A text with the references to U+00A0 to U+00FF as letters. All others stay, so markup stays markup.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (plain, mut rest) = text.split_at(first);
    out.push_str(plain);
    while !rest.is_empty() {
        let (name, tail) = match rest.strip_prefix('&').and_then(|tail| tail.split_once(';')) {
            Some((name, tail)) if name.len() <= 8 => (name, tail),
            _ => ("", rest),
        };
        rest = match latin(name) {
            Some(letter) => {
                out.push(letter);
                tail
            }
            None => {
                out.push('&');
                rest.get(1..).unwrap_or_default()
            }
        };
        let end = rest.find('&').unwrap_or(rest.len());
        let (plain, next) = rest.split_at(end);
        out.push_str(plain);
        rest = next;
    }
    Cow::Owned(out)
}

/// The letter of a reference, without its `&` and `;`.
fn latin(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u8::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => u8::try_from(NAMES.iter().position(|known| *known == name)? + 0xa0).ok()?,
    };
    (code >= 0xa0).then(|| char::from(code))
}

/// Whether a text holds a reference to a character above U+00FF, as right pages write them: `&#7897;`.
pub(super) fn holds_higher(text: &str) -> bool {
    text.split("&#").skip(1).any(|part| {
        let number = part.split(';').next().unwrap_or_default();
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        code.is_ok_and(|code| code > 0xff)
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn references_to_latin_letters_become_letters_and_others_stay() {
        assert_eq!(
            resolve("U&#251; ban nh&copy;n &#xE9; &amp; &lt;b&gt; &#7897; & &; &copy"),
            "Uû ban nh©n é &amp; &lt;b&gt; &#7897; & &; &copy"
        );
        assert_eq!(resolve("&yuml;&nbsp;&szlig;&"), "ÿ\u{a0}ß&");
    }

    #[test]
    fn higher_references_are_seen() {
        assert!(holds_higher("H&#7897;i") && holds_higher("&#x1ED9;"));
        assert!(!holds_higher("&#251; &#; &#99999999999;"));
    }
}
