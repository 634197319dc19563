//! Numbers of quarters, terms of office and congresses, which are written both ways: *quý II*, *quý 2*; *Đại hội XIII*,
//! *Đại hội 13*.
//!
//! Only after a word that such numbers follow: elsewhere `v` and `x` are letters, and `13` is thirteen of something.
//! Source: how offices and newspapers write them, in either numerals.

/// Words that such a number follows, folded (the *y* of *quý* and *kỳ* as *i*): quý, khóa, thứ, kỳ or (thế) kỷ, (đại)
/// hội, (đại hội) đảng, chương, hạng, loại, cấp, (giai) đoạn, đợt, phần.
const BEFORE: &[u8] = b"qui khoa thu ki hoi dang chuong hang loai cap doan dot phan";
/// The numbers that are looked for both ways: each as it is written in one numeral and in the other.
const NUMBERS: &[u8] =
    b"1 i 2 ii 3 iii 4 iv 5 v 6 vi 7 vii 8 viii 9 ix 10 x 11 xi 12 xii 13 xiii 14 xiv 15 xv 16 xvi 17 xvii \
    18 xviii 19 xix 20 xx 21 xxi 22 xxii 23 xxiii 24 xxiv 25 xxv 26 xxvi 27 xxvii 28 xxviii 29 xxix 30 xxx";

/// The number in the other numerals, in small letters; `None` when it is none from 1 to 30, or does not follow a word
/// (folded) that is numbered so.
///
/// ```
/// use timdoc::analysis::numerals::other;
/// assert_eq!(other(b"qui", b"2"), Some(&b"ii"[..]));
/// assert_eq!(other(b"hoi", b"xiii"), Some(&b"13"[..]));
/// assert_eq!(other(b"bai", b"2"), None);
/// ```
#[must_use]
pub fn other(before: &[u8], word: &[u8]) -> Option<&'static [u8]> {
    let at = words(NUMBERS).position(|number| number == word)?;
    let numbered = words(BEFORE).any(|known| known == before);
    // They stand in pairs.
    if numbered { words(NUMBERS).nth(at ^ 1) } else { None }
}

fn words(text: &'static [u8]) -> impl Iterator<Item = &'static [u8]> {
    text.split(|byte| *byte == b' ')
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn every_number_leads_to_the_other_numeral_and_back() {
        for number in 1..=30 {
            let arabic = number.to_string();
            let roman = other(b"khoa", arabic.as_bytes()).unwrap();
            assert_eq!(other(b"khoa", roman), Some(arabic.as_bytes()));
        }
        assert_eq!(other(b"khoa", b"14"), Some(&b"xiv"[..]));
        assert_eq!(other(b"ki", b"30"), Some(&b"xxx"[..]));
    }

    #[test]
    fn what_is_no_such_number_has_no_other() {
        for word in ["0", "31", "02", "iiii", "vx", "", "hoi", "xxxxxxxxxxxx"] {
            assert_eq!(other(b"qui", word.as_bytes()), None, "{word}");
        }
    }
}
