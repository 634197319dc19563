//! Which small letters of TCVN3 stand for capitals.
//!
//! TCVN3 has no capitals with tones: a headline in capitals writes "HéI NGHÞ" and its font shows HỘI NGHỊ. Read letter
//! by letter that is "HộI NGHị". A letter with a tone is a capital where the rest of its word is in capitals, which is
//! sure when a capital follows it or two stand before it, and taken from the word beside it otherwise ("BÀ").

/// Raises the letters with tones in words that are written in capitals.
pub(super) fn raise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Words that may be of either kind wait for the words beside them.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut after_raised = false;
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphabetic) {
        let (between, tail) = rest.split_at(start);
        let end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let (word, tail) = tail.split_at(end);
        if !between.chars().all(|c| c == ' ' || c == '\u{a0}') {
            open.clear();
            after_raised = false;
        }
        out.push_str(between);
        let from = out.len();
        match judge(word) {
            Case::Small => {
                out.push_str(word);
                open.clear();
                after_raised = false;
            }
            Case::Capital => {
                for (from, to) in open.drain(..).rev() {
                    let raised = upper(out.get(from..to).unwrap_or_default());
                    out.replace_range(from..to, &raised);
                }
                // What was raised may be longer or shorter than before, so this word's place is not kept.
                out.push_str(&upper(word));
                after_raised = true;
            }
            Case::Open if after_raised => out.push_str(&upper(word)),
            Case::Open => {
                out.push_str(word);
                open.push((from, out.len()));
            }
            Case::Plain => out.push_str(word),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

enum Case {
    /// With a small letter that is one for sure.
    Small,
    /// With letters that must be raised.
    Capital,
    /// Letters with tones, and no more than one capital before them.
    Open,
    /// Capitals alone: an acronym, or a word without tone in a headline.
    Plain,
}

fn judge(word: &str) -> Case {
    // Of the small letters of TCVN3 only those with a tone may stand for capitals: ă â ê ô ơ ư đ have their own.
    if word.chars().any(|c| c.is_lowercase() && (c.is_ascii() || "ăâêôơưđ".contains(c))) {
        return Case::Small;
    }
    let Some(first) = word.find(char::is_lowercase) else { return Case::Plain };
    let (before, after) = word.split_at(first);
    let capital_after = after.contains(char::is_uppercase);
    if capital_after || before.chars().count() >= 2 { Case::Capital } else { Case::Open }
}

fn upper(word: &str) -> String {
    word.chars().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_headline_in_capitals_has_capitals_with_tones() {
        assert_eq!(raise("HộI NGHị Sơ KếT"), "HỘI NGHỊ Sơ KẾT");
        assert_eq!(raise("ủY BAN NHÂN DÂN Xã"), "ỦY BAN NHÂN DÂN XÃ");
        assert_eq!(raise("Bà Mẹ VIệT NAM"), "BÀ MẸ VIỆT NAM");
    }

    #[test]
    fn words_in_small_letters_stay() {
        for text in ["Bộ Y tế và UBND xã họp", "Hội nghị ở Sở", "ủy ban", "Mỹ, Ý. Bỉ", "đồng chí Vũ Thị Ơn"]
        {
            assert_eq!(raise(text), text);
        }
    }
}
