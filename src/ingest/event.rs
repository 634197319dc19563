//! The day of the event an article reports: "Sáng 7/6, …" at the opening, the year from context.

use crate::analysis::document_number;
use crate::analysis::fold::fold;
use crate::article::{Article, BlockKind, Date, Day};
use crate::facts::dates::{self, DateFound, Form};

use super::finish::{opening, source_prefix};

/// How much of an opening is looked at, in bytes; articles in one paragraph are openings as a whole.
const OPENING: usize = 600;

/// How far back the words before a date or a number are looked at, in bytes.
const WINDOW: usize = 120;

/// Words before a date that make it a limit, a span or a name, not a day something happened on.
const NOT_AFTER: [&str; 15] =
    ["tu", "den", "truoc", "sau", "het", "toi", "ke", "qua", "dot", "nam", "la", "vao", "khoang", "han", "muon"];

/// The event's day, if the opening names one.
pub(super) fn find(article: &Article) -> Option<Date> {
    let whole = opening(article)?;
    let lead = head(whole);
    let first = dates::find(lead).into_iter().find(|date| is_event(lead, date)).map(|date| (lead, date));
    // "* Sáng 7/6, …": the first paragraph after the lead, when it begins with the day.
    let (text, date) = first.or_else(|| {
        let paragraph =
            article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph).filter(|_| article.lead.is_some())?;
        let text = head(&paragraph.text);
        let date = dates::find(text).into_iter().next()?;
        (is_event(text, &date) && begins_with(text, &date)).then_some((text, date))
    })?;
    let reference = match (&article.published, date.year) {
        (Some(published), _) => Some(published.day),
        (None, Some(_)) => None,
        (None, None) => Some(day_of_writing(article)?),
    };
    date.date(text, reference)
}

/// The first bytes of a text, whole characters.
fn head(text: &str) -> &str {
    let end = (0..=OPENING.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// 1 July: every day of a year lies nearest to it in that year.
fn middle_of(year: i32) -> Day {
    Day::from_ymd(year, 7, 1).unwrap_or(Day(0))
}

fn is_event(text: &str, date: &DateFound) -> bool {
    if !matches!(date.form, Form::DayMonth | Form::Numeric | Form::Long) {
        return false;
    }
    let before = text.get(..date.span.start).unwrap_or_default();
    let word = fold(before.rsplit([' ', '\u{a0}']).find(|w| !w.is_empty()).unwrap_or_default());
    if NOT_AFTER.contains(&word.as_str()) || dates_a_document(text, date) {
        return false;
    }
    // "ngày 20/02", not bare figures.
    date.has_day_part || begins_with(text, date) || text.get(date.span.clone()).is_some_and(|t| t.contains(' '))
}

fn begins_with(text: &str, date: &DateFound) -> bool {
    let rest = source_prefix(text).map_or(text, |(_, rest)| rest);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.len() - rest.len() == date.span.start
}

/// "Kết luận số 21-KL/TW, ngày 18/5/2021": the day of the document.
fn dates_a_document(text: &str, date: &DateFound) -> bool {
    let before = tail(text, date.span.start);
    document_number::find(before).last().is_some_and(|number| is_joined(before.get(number.span.end..)))
}

/// True when nothing but a comma or bracket stands between a number and its date.
fn is_joined(between: Option<&str>) -> bool {
    between.is_some_and(|between| between.trim_matches([' ', ',', '(']).is_empty())
}

/// The bytes before a place that are enough for a number and a few words, whole characters.
fn tail(text: &str, end: usize) -> &str {
    let start = (end.saturating_sub(WINDOW)..=end).find(|at| text.is_char_boundary(*at));
    start.and_then(|start| text.get(start..end)).unwrap_or_default()
}

/// A day near which an undated article was written, by what it says: years since a document it reviews, else the
/// latest day it states in full, documents' own days aside. Years alone ("năm 2014") say too little.
fn day_of_writing(article: &Article) -> Option<Day> {
    let texts = || {
        let blocks = article.blocks.iter().map(|block| block.text.as_str());
        article.lead.as_deref().into_iter().chain(blocks)
    };
    let stated = |text| {
        let days = dates::find(text).into_iter().filter(|date| date.day.is_some() && !dates_a_document(text, date));
        days.filter_map(|date| date.year.and_then(|_| date.date(text, None))).map(|date| date.day).max()
    };
    texts().find_map(reviewed_year).map(middle_of).or_else(|| texts().filter_map(stated).max())
}

/// Party documents whose execution is reviewed year by year, and the years they were issued in.
// 01-KL/TW is of 18/5/2021, 05-CT/TW of 15/5/2016: articles rarely repeat it.
const WELL_KNOWN: [(&str, i32); 2] = [("1-kl-tw", 2021), ("5-ct-tw", 2016)];

/// "02 năm thực hiện Kết luận số 21-KL/TW ngày 18/5/2021" was written in 2023.
fn reviewed_year(text: &str) -> Option<i32> {
    document_number::find(text).iter().find_map(|number| {
        let before = fold(tail(text, number.named_span.start));
        let years = before.strip_suffix(" thuc hien")?.strip_suffix(" nam")?.rsplit(' ').next().and_then(count)?;
        let after = head(text.get(number.span.end..)?);
        let date = dates::find(after).into_iter().next().filter(|date| is_joined(after.get(..date.span.start)));
        let known = || WELL_KNOWN.iter().find(|(key, _)| *key == number.key).map(|(_, year)| *year);
        Some(date.and_then(|date| date.year).or_else(known)? + years)
    })
}

/// A small number in figures or words.
fn count(word: &str) -> Option<i32> {
    let words = ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"];
    let named = words.iter().position(|w| *w == word).and_then(|at| i32::try_from(at + 1).ok());
    named.or_else(|| word.parse().ok()).filter(|n| (1..=50).contains(n))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::article::Block;

    fn event(lead: &str, published: Option<&str>) -> Option<(String, String, bool)> {
        let published = published.and_then(Date::from_iso);
        let found = find(&Article { lead: Some(lead.to_owned()), published, ..Article::default() });
        found.map(|date| (date.iso(), date.text, date.inferred))
    }

    #[test]
    fn a_day_at_the_opening_takes_its_year_from_the_publication() {
        let found = event("(Báo Xã) – Chiều 30/12, xã họp.", Some("2024-01-02"));
        assert_eq!(found, Some(("2023-12-30".into(), "Chiều 30/12".into(), true)));
        let found = event("Sau mưa, sáng 5/9, trường khai giảng.", Some("2023-09-05"));
        assert_eq!(found.map(|f| f.1), Some("sáng 5/9".into()));
    }

    #[test]
    fn a_stated_year_is_not_inferred() {
        let found = event("Xã báo cắt nước, ngày 16/7/2023, như sau:", None);
        assert_eq!(found, Some(("2023-07-16".into(), "ngày 16/7/2023".into(), false)));
    }

    #[test]
    fn limits_spans_and_days_of_documents_are_no_events() {
        for lead in [
            "Nước rút từ trưa 12/9 để lại bùn.",
            "Phải xong trước ngày 30/6 hằng năm.",
            "Áp dụng kể từ ngày 01/3/2023.",
            "Từ ngày 12/9 đến ngày 11/10, khách đăng ký.",
            "Xã triển khai Kết luận số 21-KL/TW, ngày 18/5/2021 của Trung ương.",
            "Giai đoạn 2022 - 2023 có nhiều đổi mới.",
        ] {
            assert_eq!(event(lead, Some("2023-05-20")), None, "{lead}");
        }
    }

    #[test]
    fn the_first_paragraph_counts_when_it_begins_with_the_day() {
        let blocks = vec![Block::new(BlockKind::Paragraph, "* Sáng 7/6, phường họp.")];
        let article = Article { lead: Some("Nhiều cách làm hay.".into()), blocks, ..Article::default() };
        let dated = Article { published: Date::from_iso("2023-06-08"), ..article };
        assert_eq!(find(&dated).map(|d| d.iso()).as_deref(), Some("2023-06-07"));
    }

    #[test]
    fn an_undated_article_says_its_year_itself() {
        let year = |text| event(text, None).map(|f| f.0);
        let lead = "Sáng 2/12, phường phát thùng rác; hạn chót là ngày 31/12/2024, luật có từ ngày 1/1/2022.";
        assert_eq!(year(lead).as_deref(), Some("2024-12-02"));
        let lead = "Sáng 2/5, xã sơ kết hai năm thực hiện Kết luận số 77-KL/HU ngày 1/5/2019.";
        assert_eq!(year(lead).as_deref(), Some("2021-05-02"));
        assert_eq!(year("Sáng 2/5, xã sơ kết 3 năm thực hiện Kết luận 01-KL/TW.").as_deref(), Some("2024-05-02"));
        assert_eq!(year("Sáng 2/5, xã họp về nhiệm kỳ 2020 - 2025, tổng kết từ năm 2014."), None);
        assert_eq!(year("Sáng 2/5, xã bàn Nghị định 15/2021/NĐ-CP ngày 3/3/2021."), None);
    }
}
