//! Numbers in running text. The grammar is strict: what could be a date, a score, a house or a product is left out.

use super::kinds::{
    LONGEST_NAME, code_of_name, ends_a_name, is_assembly, is_body, known_kind, split_glued, usual_kind,
};
use super::scan::{Gap, Token, fold_char, is_silent, is_space, plain_separator, to_upper, tokens, with_terms_joined};
use super::{DocumentNumber, ShortForm, join_key};

/// The most digits a number has.
const MOST_DIGITS: usize = 6;
/// The most codes after a number: joint circulars name up to five ministries.
const MOST_CODES: usize = 6;
/// How far back the words before a number are looked at, in bytes.
const LOOK_BACK: usize = 56;

/// All full numbers in a text, in order.
///
/// Dashes and slashes may be of any kind and have spaces around them. Codes in small letters count only after a
/// type's name or "số". Dates, years, fractions and telephone numbers are no numbers of documents.
///
/// ```
/// use timdoc::analysis::document_number::find;
/// let numbers = |text| find(text).into_iter().map(|n| n.number).collect::<Vec<_>>();
/// assert_eq!(numbers("Quyết định 215 - QĐ/TWĐTN-VP, ngày 18-5-2021"), ["215-QĐ/TWĐTN-VP"]);
/// assert!(numbers("trực 24/7 từ 30/4/2022 - 1/5/2023, đạt 1/2").is_empty());
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<DocumentNumber> {
    let mut found: Vec<DocumentNumber> = Vec::new();
    for start in number_starts(text) {
        if found.last().is_some_and(|last| start < last.span.end) {
            continue;
        }
        if let Some(number) = parse_at(text, start) {
            found.push(number);
        }
    }
    found
}

/// All places where a text names a document by type and number only, in order: "Kết luận 01", "KL 01",
/// "Nghị định 30/2020". Full numbers are not among them.
///
/// What a short form means is decided by the full numbers around it; see [`ShortForm::key`].
#[must_use]
pub fn find_short(text: &str) -> Vec<ShortForm> {
    let mut found = Vec::new();
    for start in number_starts(text) {
        let words = words_before(text, start);
        let Some(kind) = words.kind else { continue };
        if parse_at(text, start).is_some() {
            continue;
        }
        let tokens = tokens(text, start, 3);
        let Some(number) = tokens.first().filter(|t| t.text.len() <= MOST_DIGITS) else { continue };
        let second = tokens.get(1);
        // A date, a range or a part of a longer number is no short form: "Thông báo 12/5", "Kế hoạch 2-3".
        let year = second.filter(|t| t.gap == Gap::Tight('/') && t.is_year());
        let next = if year.is_some() { tokens.get(2) } else { second };
        let goes_on =
            next.is_some_and(|t| matches!(t.gap, Gap::Tight(_) | Gap::None)) || decimals_follow(text, number.end);
        if !goes_on {
            let key = join_key(&number.folded, year.map(|t| t.folded.as_str()), [kind]);
            found.push(ShortForm { span: words.start..year.map_or(number.end, |t| t.end), key });
        }
    }
    found
}

/// Byte offsets of digit runs that could begin a number.
fn number_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(move |&at| {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
        if !byte(at).is_ascii_digit() {
            return false;
        }
        let Some(before) = at.checked_sub(1).map(byte) else { return true };
        // 16.204 or 1,5 is one amount; 5/2021 goes on from its left; in 1080p/A4 no number begins.
        let inside = before.is_ascii_digit() || matches!(before, b'/' | b'-' | b'&' | b'_' | b'#' | b'@');
        let decimal = matches!(before, b'.' | b',') && at >= 2 && byte(at - 2).is_ascii_digit();
        !inside && !decimal
    })
}

/// "7" before ".5" or ",5".
fn decimals_follow(text: &str, end: usize) -> bool {
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    matches!(rest, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) || matches!(rest, [b'%', ..])
}

fn parse_at(text: &str, start: usize) -> Option<DocumentNumber> {
    // Nearly all digits fail here, before anything is allocated.
    let digits = text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
    let after = text.get(start + digits..)?.trim_start_matches(is_space);
    let separated = after.starts_with(|c| plain_separator(c).is_some_and(|plain| plain != '&'));
    // "Kết luận số 21 KL/TW"
    let spaced = || after.starts_with(char::is_uppercase) && a_name_may_end_at(text, start);
    if digits > MOST_DIGITS || !separated && !spaced() {
        return None;
    }
    let tokens = with_terms_joined(text, tokens(text, start, MOST_CODES + 3));
    let (number, rest) = tokens.split_first()?;
    let (year, rest) = match rest.split_first() {
        Some((year, rest)) if year.is_year() && year.gap.separator().is_some() => (Some(year), rest),
        Some((part, rest)) if rest.first().is_some_and(|kind| is_part(part, kind)) => (Some(part), rest),
        _ => (None, rest),
    };
    let kind = rest.first().filter(|t| t.upper + t.lower > 0)?;
    let words = words_before(text, start);
    if !words.so && words.kind.is_none() && starts_inside_word(text, start) {
        return None;
    }
    let named = words.so || words.kind.is_some();
    // "công ty số 1 - CTCP" is no number.
    let may_be_glued = words.kind.is_some() || year.is_some() && kind.gap == Gap::Tight('/');
    let glued = may_be_glued && split_glued(&kind.folded).is_some_and(|(_, body)| body.is_some());
    let known = known_kind(&kind.folded).is_some() || glued;
    let looks_right = is_code(kind) && (kind.upper > 0 || named) || kind.is_unit() && words.kind.is_some();
    if !looks_right || (kind.upper == 0 && !known && !is_assembly(&kind.folded)) {
        return None;
    }
    let codes = take_codes(text, rest, named, known);
    let next = codes.get(1);
    if kind.gap.separator().is_none() {
        let like = kind.gap == Gap::Space && kind.upper > 0 && known_kind(&kind.folded).is_some();
        let right = like && words.kind.is_some() && next.is_some_and(|next| matches!(next.gap, Gap::Tight(_)));
        return right.then(|| build(number, year, codes, &words));
    }
    let accepted = match (known, codes.len() > 1) {
        // 01-KL/TW, 1234/QĐ-UBND, 30/2020/NĐ-CP
        (true, true) => true,
        // 123/QĐ, 30/2020/NĐ, 30/2020/NĐCP
        (true, false) => named,
        // 12/2022/QH15
        (false, _) if is_assembly(&kind.folded) => year.is_some() || named,
        // 2231/SNV-CCHC&PC
        (false, body) if kind.gap == Gap::Tight('/') => named && (body || words.kind.is_some() || kind.upper >= 3),
        // 63/2014-BGTVT
        (false, false) => year.is_some() && words.kind.is_some() && (is_body(&kind.folded) || kind.upper >= 3),
        // 12-TBKL/HU
        (false, true) => words.kind.is_some() && next.is_some_and(|next| next.gap == Gap::Tight('/')),
    };
    accepted.then(|| build(number, year, codes, &words))
}

/// "1" of `3010-1/TB-ĐHHV`: one of several of a number.
fn is_part(part: &Token<'_>, kind: &Token<'_>) -> bool {
    part.is_number()
        && part.folded.len() <= 2
        && part.gap == Gap::Tight('-')
        && kind.gap == Gap::Tight('/')
        && kind.upper > 0
        && known_kind(&kind.folded).is_some()
}

/// The codes that belong to a number: as many as separators join and as look like codes.
fn take_codes<'a, 'b>(text: &str, rest: &'b [Token<'a>], named: bool, known: bool) -> &'b [Token<'a>] {
    let mut count = 1;
    while let Some(token) = rest.get(count).filter(|_| count < MOST_CODES) {
        let before = rest.get(..count).unwrap_or_default();
        let small = token.upper == 0 && named && token.folded.len() <= 10 && before.iter().all(|t| t.upper == 0);
        let code = token.upper > 0 && is_code(token);
        let fits = match token.gap {
            Gap::Tight(_) => code || small || named && token.is_unit(),
            // "QĐ - TTg": spaces only before the first body.
            Gap::Loose(_) if count == 1 && known && code => true,
            // "2066/QHKT - HTKT", "BTC- BGDĐT", "BC - HPN - CSLP"
            Gap::Loose(_) => named && is_section(text, before, token, rest.get(count + 1)),
            _ => false,
        };
        if !fits || token.is_number() {
            break;
        }
        count += 1;
    }
    rest.get(..count).unwrap_or(rest)
}

/// Whether a code after a dash with spaces goes on with the codes before it. After a dash that has a space on both sides
/// most often something else begins: "12/UBND - MTTQ xã".
fn is_section(text: &str, before: &[Token<'_>], token: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    let Some(last) = before.last() else { return false };
    let dash = text.get(last.end..token.start).unwrap_or_default();
    let half = !dash.starts_with(is_space) || !dash.ends_with(is_space);
    let all_spaced = match before {
        [only] => only.gap == Gap::Tight('/'),
        _ => matches!(last.gap, Gap::Loose(_)),
    };
    let begins_a_name = next.is_some_and(|next| {
        let unit = ["tinh", "thanh", "quan", "huyen", "xa", "phuong", "thi"].contains(&next.folded.as_str());
        next.gap == Gap::Space && (unit || next.upper > 0)
    });
    let again = before.iter().any(|code| code.folded == token.folded);
    let office = matches!(token.folded.as_str(), "ubnd" | "hdnd" | "tp" | "tx");
    let code = token.upper >= 2 && is_code(token) && !again;
    code && (half || all_spaced && !begins_a_name && !office)
}

/// Codes are capitals with at most two small letters (TTr, QyĐ, ThU), or known ones (Ttg, l).
fn is_code(token: &Token<'_>) -> bool {
    let known = known_kind(&token.folded).is_some() || is_body(&token.folded);
    known || (token.upper >= 2 && token.lower <= 2 && token.folded.len() <= 14)
}

fn build(number: &Token<'_>, year: Option<&Token<'_>>, codes: &[Token<'_>], words: &WordsBefore) -> DocumentNumber {
    let mut shown = String::from(number.text);
    for token in year.into_iter().chain(codes) {
        shown.push(token.gap.separator().unwrap_or('-'));
        if is_assembly(&token.folded) {
            shown += &token.folded.to_ascii_uppercase();
            continue;
        }
        match token.upper {
            0 => shown.extend(token.text.chars().filter(|c| !is_silent(*c)).map(to_upper)),
            // Ð (Icelandic eth) is often typed for Đ.
            _ => shown.extend(token.text.chars().filter(|c| !is_silent(*c)).map(|c| if c == 'Ð' { 'Đ' } else { c })),
        }
    }
    let year_text = year.map(|t| t.folded.as_str());
    let written: Vec<String> = codes.iter().map(Token::code).collect();
    // "30/2020/NĐCP"
    let glued = written.first().and_then(|first| split_glued(first)).and_then(|(kind, body)| Some([kind, body?]));
    let parts = || written.iter().map(String::as_str);
    let key = match glued {
        Some(glued) => join_key(&number.folded, year_text, glued.into_iter().chain(parts().skip(1))),
        None => join_key(&number.folded, year_text, parts()),
    };
    let mut short_keys: Vec<String> = Vec::new();
    let own = glued.map(|[kind, _]| kind).or_else(|| parts().next());
    // A letter of an office (2231/SNV-CCHC) and a law (12/2022/QH15) go by the name written before them.
    let by_name = words.kind.filter(|_| own.is_none_or(|code| known_kind(code).is_none()));
    for kind in own.into_iter().chain(own.and_then(usual_kind)).chain(by_name) {
        for year in [None, year_text] {
            let short = join_key(&number.folded, year, [kind]);
            if short != key && !short_keys.contains(&short) {
                short_keys.push(short);
            }
        }
    }
    let end = codes.last().map_or(number.end, |t| t.end);
    DocumentNumber { span: number.start..end, named_span: words.start..end, number: shown, key, short_keys }
}

/// What stands before a number.
struct WordsBefore {
    /// Where the type's name begins, else "số", else the number itself: a byte offset.
    start: usize,
    /// The code of the type's name.
    kind: Option<&'static str>,
    /// True after "số".
    so: bool,
}

fn words_before(text: &str, number: usize) -> WordsBefore {
    let mut result = WordsBefore { start: number, kind: None, so: false };
    if !a_name_may_end_at(text, number) {
        return result;
    }
    let mut floor = number.saturating_sub(LOOK_BACK);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let Some(window) = text.get(floor..number) else { return result };
    let line = window.rfind('\n').map_or(0, |at| at + 1);
    let Some(line_text) = window.get(line..) else { return result };
    let joined = line_text.trim_end_matches(may_follow_name);
    let mut words = tokens(joined, 0, LOOK_BACK);
    if floor > 0 && line == 0 && !words.is_empty() {
        // The first word may be cut.
        words.remove(0);
    }
    // Only closing words directly before the number count: no other sign may stand between.
    if words.last().is_none_or(|word| word.end != joined.len()) {
        return result;
    }
    let offset = floor + line;
    if let Some(so) = words.pop_if(|word| word.folded == "so") {
        result.so = true;
        result.start = offset + so.start;
    }
    let is_abbreviation = |t: &Token<'_>| t.upper >= 2 && t.folded.len() >= 2;
    if let Some(kind) = words.last().filter(|t| is_abbreviation(t)).and_then(|t| known_kind(&t.folded)) {
        result.kind = Some(kind);
        result.start = offset + words.last().map_or(0, |t| t.start);
        return result;
    }
    for count in (1..=LONGEST_NAME.min(words.len())).rev() {
        let Some(name) = words.get(words.len() - count..) else { break };
        let together = name.iter().skip(1).all(|t| t.gap == Gap::Space);
        let joined = name.iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ");
        if let Some(kind) = code_of_name(&joined).filter(|_| together) {
            result.kind = Some(kind);
            result.start = offset + name.first().map_or(0, |t| t.start);
            break;
        }
    }
    result
}

/// What may stand between a name and its number: "số: 45", "Kết luận “01-KL/TW”".
fn may_follow_name(c: char) -> bool {
    is_space(c) || matches!(c, ':' | '.' | '“' | '"' | '(')
}

/// A quick look at the one word before a number, without allocating: most numbers are amounts and end here.
fn a_name_may_end_at(text: &str, number: usize) -> bool {
    let Some(before) = text.get(..number) else { return false };
    let mut word = [0u8; 8];
    let mut from = word.len();
    for c in before.trim_end_matches(may_follow_name).chars().rev() {
        let Some(folded) = fold_char(c).and_then(|c| u8::try_from(c).ok()) else {
            if is_silent(c) {
                continue;
            }
            break;
        };
        let Some(next) = from.checked_sub(1) else { return false };
        from = next;
        word[from] = folded;
    }
    str::from_utf8(word.get(from..).unwrap_or_default()).is_ok_and(|word| word == "so" || ends_a_name(word))
}

/// True when a letter stands right before the number, as in `A4` or `Covid19`.
fn starts_inside_word(text: &str, start: usize) -> bool {
    text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(|c| fold_char(c).is_some())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        find(text).into_iter().map(|n| n.number).collect()
    }

    fn short(text: &str) -> Vec<String> {
        find_short(text).into_iter().map(|s| s.key).collect()
    }

    #[test]
    fn party_and_state_numbers_are_found() {
        let text = "Kết luận số 21-KL/TW; Nghị định 15/2021/NĐ-CP, Luật số 31/2024/QH15 và Quyết định 06/QĐ-TTg.";
        assert_eq!(numbers(text), ["21-KL/TW", "15/2021/NĐ-CP", "31/2024/QH15", "06/QĐ-TTg"]);
    }

    #[test]
    fn spaces_and_dashes_are_unified() {
        assert_eq!(numbers("12 - KL/TW"), ["12-KL/TW"]);
        assert_eq!(numbers("số 70/2014/QĐ –TTg"), ["70/2014/QĐ-TTg"]);
        assert_eq!(numbers("quyết định 215\u{a0}– QĐ/TWĐTN-VP."), ["215-QĐ/TWĐTN-VP"]);
    }

    #[test]
    fn eth_is_shown_as_d_with_stroke() {
        assert_eq!(numbers("Nghị định 15/2021/N\u{d0}-CP"), ["15/2021/NĐ-CP"]);
    }

    #[test]
    fn the_span_covers_the_number_and_the_named_span_its_name_too() {
        let text = "Chỉ thị số 09 - CT/TU.";
        assert_eq!(text.get(find(text)[0].span.clone()), Some("09 - CT/TU"));
        assert_eq!(text.get(find(text)[0].named_span.clone()), Some("Chỉ thị số 09 - CT/TU"));
    }

    #[test]
    fn letters_of_offices_are_found_after_their_name() {
        assert_eq!(numbers("Công văn số 2231/SNV-CCHC&PC gửi các sở"), ["2231/SNV-CCHC&PC"]);
        assert_eq!(numbers("văn bản số 45/UBND-KT"), ["45/UBND-KT"]);
        assert!(numbers("khu vực 45/UBND-KT").is_empty());
    }

    #[test]
    fn small_letters_count_only_after_a_name() {
        assert_eq!(numbers("theo kết luận số 01-kl/tw và"), ["01-KL/TW"]);
        assert_eq!(numbers("theo quyet dinh so 06/qd-ttg"), ["06/QD-TTG"]);
        assert!(numbers("khoảng 01-kl/tw").is_empty());
    }

    #[test]
    fn what_is_no_number_is_left_out() {
        for text in [
            "ngày 18-5-2021 và 19/5/2023",
            "giai đoạn 2022 - 2023, 2025-2030",
            "trực 24/7, đạt 1/2, nghỉ 30/4",
            "16.204 lượt, 0210 399 9990",
            "số nhà 27/12 phố Huế",
            "Toyota 86, iPhone 15-Pro Max, A4-QĐ/TW",
            "thắng 3-1, hạng 5-Series, năm 2560 - Dương lịch",
            "áo số 10 - MU, phòng 2 - TT Vân Đình",
            "QCVN 10-MT:2015",
        ] {
            assert!(numbers(text).is_empty(), "{text}: {:?}", numbers(text));
        }
    }

    #[test]
    fn a_type_alone_needs_its_name_before() {
        assert_eq!(numbers("Quyết định số 123/QĐ ngày 5/6"), ["123/QĐ"]);
        assert!(numbers("phòng 123/QĐ").is_empty());
    }

    #[test]
    fn joint_circulars_keep_all_bodies() {
        let text = "Thông tư liên tịch 01/2016/TTLT-BCA-BQP-TANDTC-VKSNDTC quy định";
        assert_eq!(numbers(text), ["01/2016/TTLT-BCA-BQP-TANDTC-VKSNDTC"]);
    }

    #[test]
    fn parts_of_a_number_and_ministries_after_a_year_are_found() {
        assert_eq!(numbers("Thông báo 3010-1/TB-ĐHHV về tuyển sinh"), ["3010-1/TB-ĐHHV"]);
        assert_eq!(find("3010-1/TB-ĐHHV")[0].keys().collect::<Vec<_>>(), ["3010-1-tb-dhhv", "3010-tb", "3010-1-tb"]);
        assert_eq!(numbers("Thông tư 63/2014-BGTVT"), ["63/2014-BGTVT"]);
        assert_eq!(find("Thông tư 63/2014-BGTVT")[0].short_keys[1..], ["63-tt", "63-2014-tt"]);
        assert!(numbers("mùa giải 63/2014-MUFC, tỷ số 12-1/Cup").is_empty());
    }

    #[test]
    fn what_is_glued_or_parted_is_the_same_number() {
        let key = |text| find(text).first().map(|found| found.key.clone());
        for text in ["Nghị định 30/2020/NĐCP", "Nghị định số 30 /2020/NĐ-CP", "NĐ 30/2020/NĐ - CP", "30／2020／NĐ－CP"]
        {
            assert_eq!(key(text).as_deref(), Some("30-2020-nd-cp"), "{text}");
        }
        assert_eq!(key("Luật số 30/2009/QH 12").as_deref(), Some("30-2009-qh12"));
        assert_eq!(numbers("Luật số 30/2009/QH 12"), ["30/2009/QH12"]);
        assert_eq!(numbers("Kết luận số 21 KL/TW và nghị quyết 19-NQTW"), ["21-KL/TW", "19-NQTW"]);
        assert_eq!(key("nghị quyết 19-NQTW").as_deref(), Some("19-nq-tw"));
        assert_eq!(numbers("Thông báo kết luận số 12-TBKL/HU"), ["12-TBKL/HU"]);
        assert!(numbers("kế hoạch 12 KH của huyện, số 5 CT hội, xây lắp số 1 - CTCP").is_empty());
    }

    #[test]
    fn the_central_committee_is_tw_in_either_spelling() {
        assert_eq!(find("Nghị quyết số 08-NQ/TƯ")[0].key, "8-nq-tw");
        assert_eq!(find("Nghị quyết số 08-NQ/TƯ")[0].number, "08-NQ/TƯ");
        assert_eq!(find("Nghị quyết số 08-NQ/TU")[0].key, "8-nq-tu");
    }

    #[test]
    fn sections_after_a_spaced_dash_belong_to_a_letter_s_number() {
        assert_eq!(numbers("văn bản số 2066/QHKT - HTKT ngày 5/6"), ["2066/QHKT-HTKT"]);
        assert_eq!(numbers("Báo cáo số 72/BC - HPN - CSLP của hội"), ["72/BC-HPN-CSLP"]);
        assert_eq!(numbers("Thông tư 19/2009/TTLT/BTC- BGDĐT"), ["19/2009/TTLT/BTC-BGDĐT"]);
        assert_eq!(numbers("Quyết định số 32/C46, công văn 257/C46-P12"), ["32/C46", "257/C46-P12"]);
        assert_eq!(numbers("Công văn số 15/UBND - UBND tỉnh yêu cầu"), ["15/UBND"]);
        assert_eq!(numbers("Công văn số 15/UBND - MTTQ Việt Nam xã yêu cầu"), ["15/UBND"]);
    }

    #[test]
    fn a_dash_between_sentences_does_not_join() {
        assert_eq!(numbers("Nghị định 30/2020/NĐ-CP - Quy định mới"), ["30/2020/NĐ-CP"]);
        assert_eq!(numbers("Quyết định 12/QĐ-UBND - UBND tỉnh"), ["12/QĐ-UBND"]);
    }

    #[test]
    fn laws_are_also_findable_by_name_and_number() {
        let found = find("Luật số 31/2024/QH15");
        assert_eq!(found[0].key, "31-2024-qh15");
        assert_eq!(found[0].short_keys, ["31-qh15", "31-l", "31-2024-l"]);
    }

    #[test]
    fn regulations_are_findable_as_qd() {
        let found = find("Quy định số 08-QĐi/TW");
        assert_eq!(found[0].keys().collect::<Vec<_>>(), ["8-qdi-tw", "8-qdi", "8-qd"]);
    }

    #[test]
    fn short_forms_are_found_with_their_name() {
        let text = "thực hiện Kết luận 01, Chỉ thị số 05 và KL 21.";
        assert_eq!(short(text), ["1-kl", "5-ct", "21-kl"]);
        assert_eq!(text.get(find_short(text)[0].span.clone()), Some("Kết luận 01"));
        assert_eq!(short("Nghị định 30/2020"), ["30-2020-nd"]);
    }

    #[test]
    fn full_numbers_days_and_amounts_are_no_short_forms() {
        assert!(short("Kết luận số 01-KL/TW").is_empty());
        assert!(short("thông báo 12/5, kế hoạch 2-3 năm, báo cáo 1.250 vụ").is_empty());
    }

    #[test]
    fn any_text_is_read_without_panic() {
        for text in ["", "0", "1-", "1/2020/", "số 1-Đ\u{300}", "9\u{a0}-\u{200b}KL/ТW", "ậ1-KL/TW", "00000-KL/TW"]
        {
            let _ = (find(text), find_short(text));
        }
    }
}
