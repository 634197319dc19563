//! The day of the event an article reports: "Sáng 16/5, …" at the opening, the year from context.

use crate::analysis::document_number;
use crate::analysis::fold::fold;
use crate::article::{Article, BlockKind, Date, Day};
use crate::facts::dates::{self, DateFound, Form};

use super::finish::{opening, source_prefix};

/// How much of an opening is looked at, in bytes; articles in one paragraph are openings as a whole.
const OPENING: usize = 600;

/// Words before a date that make it a limit, a span or a name, not a day something happened on.
const NOT_AFTER: [&str; 15] =
    ["tu", "den", "truoc", "sau", "het", "toi", "ke", "qua", "dot", "nam", "la", "vao", "khoang", "han", "muon"];

/// The event's day, if the opening names one.
pub(super) fn find(article: &Article) -> Option<Date> {
    let whole = opening(article)?;
    let lead = head(whole);
    let first = dates::find(lead).into_iter().find(|date| is_event(lead, date)).map(|date| (lead, date));
    // "* Sáng 16/5, …": the first paragraph after the lead, when it begins with the day.
    let (text, date) = first.or_else(|| {
        let paragraph = article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph).filter(|_| article.lead.is_some())?;
        let text = head(&paragraph.text);
        let date = dates::find(text).into_iter().next()?;
        (is_event(text, &date) && begins_with(text, &date)).then_some((text, date))
    })?;
    let reference = match (&article.published, date.year) {
        (Some(published), _) => Some(published.day),
        (None, Some(_)) => None,
        (None, None) => Some(middle_of(year_of_text(article)?)),
    };
    date.date(text, reference)
}

/// The first bytes of a text, whole characters.
fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(OPENING)).unwrap_or(text)
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
    document_number::find(text).iter().any(|number| {
        let between = text.get(number.span.end..date.span.start);
        between.is_some_and(|between| between.trim_matches([' ', ',', '(']).is_empty())
    })
}

/// The year an undated article was written in, by what it says.
fn year_of_text(article: &Article) -> Option<i32> {
    let texts = || {
        let blocks = article.blocks.iter().map(|block| block.text.as_str());
        article.lead.as_deref().into_iter().chain(blocks)
    };
    let reviewed = texts().find_map(reviewed_year);
    reviewed.or_else(|| most_frequent(texts().flat_map(years_named)))
}

/// Party documents whose execution is reviewed year by year, and the years they were issued in.
// 01-KL/TW is of 18/5/2021, 05-CT/TW of 15/5/2016: articles rarely repeat it.
const WELL_KNOWN: [(&str, i32); 2] = [("1-kl-tw", 2021), ("5-ct-tw", 2016)];

/// "02 năm thực hiện Kết luận số 21-KL/TW ngày 18/5/2021" was written in 2023.
fn reviewed_year(text: &str) -> Option<i32> {
    let days = dates::find(text);
    document_number::find(text).iter().find_map(|number| {
        let before = fold(text.get(..number.named_span.start)?);
        let years = before.strip_suffix(" thuc hien")?.strip_suffix(" nam")?.rsplit(' ').next().and_then(count)?;
        let stated = days.iter().find(|date| {
            let between = text.get(number.span.end..date.span.start);
            between.is_some_and(|between| between.trim_matches([' ', ',', '(']).is_empty())
        });
        let known = || WELL_KNOWN.iter().find(|(key, _)| *key == number.key).map(|(_, year)| *year);
        Some(stated.and_then(|date| date.year).or_else(known)? + years)
    })
}

/// A small number in figures or words.
fn count(word: &str) -> Option<i32> {
    let words = ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"];
    let named = words.iter().position(|w| *w == word).and_then(|at| i32::try_from(at + 1).ok());
    named.or_else(|| word.parse().ok()).filter(|n| (1..=50).contains(n))
}

/// Years a text speaks of as its own: "năm 2023", "giai đoạn 2022 - 2023" (the last), full dates. Not "từ năm 2014",
/// "đến năm 2030", "nhiệm kỳ 2020 - 2025".
fn years_named(text: &str) -> Vec<i32> {
    let mut years: Vec<i32> = dates::find(text).iter().filter(|d| !dates_a_document(text, d)).filter_map(|d| d.year).collect();
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let back = |n: usize| at.checked_sub(n).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let year = |word: &str| word.parse().ok().filter(|y| (1990..=2100).contains(y) && word.len() == 4);
        let Some(found) = year(word) else { continue };
        let plain = back(1) == "nam" && !NOT_AFTER.contains(&back(2)) && !matches!(back(2), "voi" | "ky");
        let phase = year(back(1)).is_some() && back(2) == "doan";
        if plain || phase {
            years.push(found);
        }
    }
    years
}

/// The most frequent value; the latest of equals.
fn most_frequent(values: impl Iterator<Item = i32>) -> Option<i32> {
    let values: Vec<i32> = values.collect();
    values.iter().copied().max_by_key(|year| (values.iter().filter(|other| *other == year).count(), *year))
}

#[cfg(test)]
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
        let blocks = vec![Block::new(BlockKind::Paragraph, "* Sáng 16/5, phường họp.")];
        let article = Article { lead: Some("Nhiều cách làm hay.".into()), blocks, ..Article::default() };
        let dated = Article { published: Date::from_iso("2023-05-19"), ..article };
        assert_eq!(find(&dated).map(|d| d.iso()).as_deref(), Some("2023-05-16"));
    }

    #[test]
    fn an_undated_article_says_its_year_itself() {
        let year = |text| event(text, None).map(|f| f.0);
        assert_eq!(year("Sáng 2/5, xã tổng kết phong trào năm 2022, đề ra việc đến năm 2030.").as_deref(), Some("2022-05-02"));
        assert_eq!(year("Sáng 2/5, xã khen thưởng giai đoạn 2019 - 2021.").as_deref(), Some("2021-05-02"));
        let lead = "Sáng 2/5, xã sơ kết hai năm thực hiện Kết luận số 77-KL/HU ngày 1/5/2019.";
        assert_eq!(year(lead).as_deref(), Some("2021-05-02"));
        assert_eq!(year("Sáng 2/5, xã sơ kết 3 năm thực hiện Kết luận 01-KL/TW.").as_deref(), Some("2024-05-02"));
        assert_eq!(year("Sáng 2/5, xã họp về nhiệm kỳ 2020 - 2025."), None);
    }
}
