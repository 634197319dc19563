//! Numbers of quarters, terms of office and congresses, which are written both ways: *quý II*, *quý 2*; *Đại hội XIII*,
//! *Đại hội 13*.
//!
//! Only after a word that such numbers follow: elsewhere `v` and `x` are letters, and `13` is thirteen of something.
//! Source: how offices and newspapers write them, in either numerals.

/// Words that such a number follows, folded (the *y* of *quý* and *kỳ* as *i*): quý, khóa, thứ, kỳ or (thế) kỷ, (đại)
/// hội, (đại hội) đảng, chương, hạng, loại, cấp, (giai) đoạn, đợt, phần.
const BEFORE: [&str; 13] =
    ["qui", "khoa", "thu", "ki", "hoi", "dang", "chuong", "hang", "loai", "cap", "doan", "dot", "phan"];
/// The largest number that is looked for both ways. Greater ones are not written in Roman numerals here.
const MOST: usize = 39;
const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/// The number in the other numerals, in small letters; `None` when it is none from 1 to 39, or does not follow a word
/// (folded) that is numbered so.
///
/// ```
/// use timdoc::analysis::numerals::other;
/// assert_eq!(other(b"qui", b"2").as_deref(), Some("ii"));
/// assert_eq!(other(b"hoi", b"xiii").as_deref(), Some("13"));
/// assert_eq!(other(b"bai", b"2"), None);
/// ```
#[must_use]
pub fn other(before: &[u8], word: &[u8]) -> Option<String> {
    if word.len() > 7 || !BEFORE.iter().any(|known| known.as_bytes() == before) {
        return None;
    }
    (1..=MOST).find_map(|number| {
        let (arabic, roman) = (number.to_string(), "x".repeat(number / 10) + ONES[number % 10]);
        match word {
            _ if word == arabic.as_bytes() => Some(roman),
            _ if word == roman.as_bytes() => Some(arabic),
            _ => None,
        }
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn every_number_leads_to_the_other_numeral_and_back() {
        for number in 1..=MOST {
            let arabic = number.to_string();
            let roman = other(b"khoa", arabic.as_bytes()).unwrap();
            assert_eq!(other(b"khoa", roman.as_bytes()), Some(arabic));
        }
        assert_eq!(other(b"khoa", b"14").as_deref(), Some("xiv"));
        assert_eq!(other(b"ki", b"39").as_deref(), Some("xxxix"));
    }

    #[test]
    fn what_is_no_such_number_has_no_other() {
        for word in ["0", "40", "02", "iiii", "vx", "", "hoi", "xxxxxxxxxxxx"] {
            assert_eq!(other(b"qui", word.as_bytes()), None, "{word}");
        }
    }
}
