//! Numbers as readers type them: `01kltw`, `01 kl tw`, `ket luan so 1`, `qd 500`, `30/2020/nđ-cp`.

use super::kinds::{LONGEST_NAME, code_of_name, is_also_a_word, is_assembly, is_body, known_kind, split_glued};
use super::scan::{Gap, Token, tokens, with_terms_joined};
use super::{QueryNumber, join_key};

/// The most tokens of a query that are looked at.
const MOST_TOKENS: usize = 64;
/// The most digits a number has.
const MOST_DIGITS: usize = 6;
/// The most codes after a number.
const MOST_CODES: usize = 6;

/// The first document number in what a reader typed, with or without marks, capitals and separators.
///
/// ```
/// use timdoc::analysis::document_number::parse_query;
/// let key = |text| parse_query(text).map(|n| (n.key, n.exact));
/// assert_eq!(key("01KLTW"), Some(("1-kl-tw".into(), true)));
/// assert_eq!(key("kết luận số 1"), Some(("1-kl".into(), false)));
/// assert_eq!(key("nghị định 30/2020"), Some(("30-2020-nd".into(), false)));
/// assert_eq!(key("ngày 30/4"), None);
/// ```
#[must_use]
pub fn parse_query(text: &str) -> Option<QueryNumber> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    numbers(text)
}

/// [`parse_query`] of a text with digits.
#[inline(never)] // What searches seldom run is kept out of those they always run: see tests/tools/split.mjs.
fn numbers(text: &str) -> Option<QueryNumber> {
    let mut tokens = with_terms_joined(text, tokens(text, 0, MOST_TOKENS));
    // "08-NQ/TƯ", not the word of "thông tư".
    let parts = tokens.iter_mut().skip(1).filter(|t| t.gap.separator().is_some() || t.gap == Gap::None);
    parts.for_each(|token| token.folded = token.code());
    (0..tokens.len()).find_map(|at| {
        if let Some(key) = tokens.get(at).and_then(|t| glued_short_key(&t.folded)) {
            return tokens.get(at).map(|t| QueryNumber { span: t.start..t.end, key, exact: false });
        }
        let (name, after_name) = match kind_at(&tokens, at) {
            Some((kind, count)) => (Some(kind), at + count),
            None => (None, at),
        };
        let with_so = tokens.get(after_name).is_some_and(|t| t.folded == "so");
        let number_at = after_name + usize::from(with_so && (name.is_some() || after_name == at));
        let (number, next) = number_with_codes(&tokens, number_at, name, with_so)?;
        let start = tokens.get(at)?.start;
        let end = tokens.get(next.checked_sub(1)?)?.end;
        Some(QueryNumber { span: start..end, key: number.key, exact: number.exact })
    })
}

/// `kl01` as its short key.
fn glued_short_key(word: &str) -> Option<String> {
    let (kind, number) = word.split_at_checked(word.find(|c: char| c.is_ascii_digit())?)?;
    let kind = known_kind(kind).filter(|kind| !is_also_a_word(kind))?;
    let right = number.len() <= MOST_DIGITS && number.bytes().all(|b| b.is_ascii_digit());
    right.then(|| join_key(number, None, [kind]))
}

struct Parsed {
    key: String,
    exact: bool,
}

/// A type's name ("ket luan") or abbreviation ("KL") at a token: its code and how many tokens it takes.
fn kind_at(tokens: &[Token<'_>], at: usize) -> Option<(&'static str, usize)> {
    for count in (1..=LONGEST_NAME).rev() {
        let Some(name) = tokens.get(at..at + count) else { continue };
        if name.iter().skip(1).all(|t| t.gap == Gap::Space) {
            let joined = name.iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ");
            if let Some(kind) = code_of_name(&joined) {
                return Some((kind, count));
            }
        }
    }
    let kind = known_kind(&tokens.get(at)?.folded)?;
    (!is_also_a_word(kind)).then_some((kind, 1))
}

/// The number at a token with its year and codes, and the index of the token after it.
fn number_with_codes(tokens: &[Token<'_>], at: usize, name: Option<&str>, so: bool) -> Option<(Parsed, usize)> {
    let number = tokens.get(at).filter(|t| t.is_number() && t.folded.len() <= MOST_DIGITS)?;
    let mut next = at + 1;
    let mut year = None;
    if let Some(token) = tokens.get(next).filter(|t| t.is_year() && t.gap.separator().is_some()) {
        year = Some(token.folded.as_str());
        next += 1;
    } else if let Some([part, kind]) = tokens.get(next..next + 2)
        && is_part(part, kind)
    {
        year = Some(part.folded.as_str());
        next += 1;
    } else if name.is_some()
        && tokens.get(next).is_some_and(|t| t.folded == "nam")
        && let Some(token) = tokens.get(next + 1).filter(|t| t.is_year())
    {
        year = Some(token.folded.as_str());
        next += 2;
    }
    let codes_from = next;
    let mut codes: Vec<&str> = Vec::new();
    if let Some(first) = tokens.get(next).filter(|t| !t.is_number()) {
        codes = first_codes(first, year.is_some(), name.is_some() || so, tokens.get(next + 1));
        next += usize::from(!codes.is_empty());
    }
    while let Some(token) = tokens.get(next).filter(|_| !codes.is_empty() && codes.len() < MOST_CODES) {
        let joined = match token.gap {
            Gap::Tight(_) => !token.is_number(),
            Gap::Loose(_) | Gap::Space => codes.len() == 1 && is_body(&token.folded),
            _ => false,
        };
        if !joined {
            break;
        }
        codes.push(&token.folded);
        next += 1;
    }
    if codes.is_empty() {
        next = codes_from;
        // "Thông báo 12/5" is a day, "kết luận 1.5" an amount.
        let goes_on = tokens.get(next).is_some_and(|t| t.is_number() && t.gap != Gap::Space && t.gap != Gap::None);
        codes.push(name.filter(|_| !goes_on)?);
        return Some((Parsed { key: join_key(&number.folded, year, codes), exact: false }, next));
    }
    let exact = codes.len() > 1 || codes.first().is_some_and(|code| is_assembly(code) && year.is_some());
    Some((Parsed { key: join_key(&number.folded, year, codes), exact }, next))
}

/// "1" of `3010-1/tb-đhhv`: one of several of a number.
fn is_part(part: &Token<'_>, kind: &Token<'_>) -> bool {
    let right = part.is_number() && part.folded.len() <= 2 && part.gap == Gap::Tight('-');
    right && kind.gap == Gap::Tight('/') && (known_kind(&kind.folded).is_some() || split_glued(&kind.folded).is_some())
}

/// The codes a token after a number stands for: none, a type, or a type and a body glued together.
fn first_codes<'t>(token: &'t Token<'_>, has_year: bool, named: bool, next: Option<&Token<'_>>) -> Vec<&'t str> {
    let code = token.folded.as_str();
    let set_apart = token.gap.separator().is_some();
    if let Some((kind, body)) = split_glued(code) {
        // "5 da", "3l" are words; "5-da/tu" is not.
        if set_apart || body.is_some() || !is_also_a_word(kind) {
            return std::iter::once(kind).chain(body).collect();
        }
    }
    if is_assembly(code) && (has_year || named || set_apart) {
        return vec![code];
    }
    // 2231/snv-cchc: a letter's number names no type, so its form must be plain.
    let slashed = token.gap == Gap::Tight('/') && code.len() >= 2;
    let body_follows = next.is_some_and(|t| matches!(t.gap, Gap::Tight(_)) && !t.is_number());
    if slashed && (named || body_follows) { vec![code] } else { Vec::new() }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<(String, bool)> {
        parse_query(text).map(|n| (n.key, n.exact))
    }

    #[test]
    fn every_way_of_typing_a_full_number_gives_its_key() {
        for text in
            ["01-KL/TW", "01kl/tw", "01KLTW", "01 kl tw", "1-kl/tw", "kết luận 01-KL/TW", "01 – KL / TW", "1kl tw"]
        {
            assert_eq!(key(text), Some(("1-kl-tw".into(), true)), "{text}");
        }
        assert_eq!(key("500-QĐ/QU"), Some(("500-qd-qu".into(), true)));
        assert_eq!(key("30/2020/nđ-cp"), Some(("30-2020-nd-cp".into(), true)));
        assert_eq!(key("30/2020/NDCP"), Some(("30-2020-nd-cp".into(), true)));
        assert_eq!(key("12/2022/qh15"), Some(("12-2022-qh15".into(), true)));
        assert_eq!(key("2231/snv-cchc&pc"), Some(("2231-snv-cchc-pc".into(), true)));
        assert_eq!(key("3010-1/tb-đhhv"), Some(("3010-1-tb-dhhv".into(), true)));
        assert_eq!(key("30/2009/qh 12"), Some(("30-2009-qh12".into(), true)));
    }

    #[test]
    fn the_central_committee_is_tw_and_a_province_s_tu() {
        for text in ["08-NQ/TƯ", "08-nq/tư", "08NQTƯ", "nghị quyết 08-NQ/TW"] {
            assert_eq!(key(text), Some(("8-nq-tw".into(), true)), "{text}");
        }
        assert_eq!(key("08-nq/tu"), Some(("8-nq-tu".into(), true)));
        assert_eq!(key("thông tư 30"), Some(("30-tt".into(), false)));
    }

    #[test]
    fn a_number_and_a_type_give_the_short_key() {
        for text in ["01-kl", "kết luận 01", "ket luan 01", "ket luan so 1", "KL 01", "kl01", "Kết luận số: 01"]
        {
            assert_eq!(key(text), Some(("1-kl".into(), false)), "{text}");
        }
        assert_eq!(key("chỉ thị 05"), Some(("5-ct".into(), false)));
        assert_eq!(key("qd 500"), Some(("500-qd".into(), false)));
        assert_eq!(key("nghi dinh 30"), Some(("30-nd".into(), false)));
        assert_eq!(key("nghị định 30/2020"), Some(("30-2020-nd".into(), false)));
        assert_eq!(key("nghị định 30 năm 2020"), Some(("30-2020-nd".into(), false)));
        assert_eq!(key("luật 31/2024"), Some(("31-2024-l".into(), false)));
    }

    #[test]
    fn the_rest_of_the_query_stays_outside_the_span() {
        let text = "sơ kết kết luận số 01 ở huyện";
        assert_eq!(parse_query(text).and_then(|n| text.get(n.span)), Some("kết luận số 01"));
        let text = "học tập 01-KL/TW ở xã";
        assert_eq!(parse_query(text).and_then(|n| text.get(n.span)), Some("01-KL/TW"));
    }

    #[test]
    fn plain_words_dates_and_amounts_are_no_documents() {
        for text in [
            "",
            "học tập",
            "30/4",
            "19/5/2023",
            "2022 - 2023",
            "24/7",
            "covid 19",
            "da 10",
            "lớp 12",
            "top 10",
            "thông báo 12/5",
            "5 la",
        ] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn what_find_indexes_is_what_a_query_looks_up() {
        for text in ["36-HD/VPTW", "1365/NQ-UBTVQH15", "1494/TTr-SNV", "Luật số 12/2022/QH15", "01-ĐA/TU"] {
            let stored = crate::analysis::document_number::find(text);
            assert_eq!(key(text).map(|k| k.0), stored.first().map(|n| n.key.clone()), "{text}");
        }
    }
}
