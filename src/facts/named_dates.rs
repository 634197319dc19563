//! Which days does an article name, and what are they the days of?
//!
//! The forms are those of [`super::dates`]; a missing year is that of a full date not far before it, else the one nearest
//! to the publication or the event, and the date is marked inferred. Stamps and weekday banners of the page are left out.

use crate::article::{Article, Date, Day};

use super::dates::{self, Form};
use super::words::{Gap, Words};
use super::{DateKind, DateNamed, Document, Mention};

/// What follows a date that is none of this calendar, or of every year.
const NO_DAY: [&str; 9] =
    ["hàng năm", "hằng năm", "âm lịch", "mỗi năm", "al", "cách đây", "năm ngoái", "năm trước", "năm sau"];

/// Whether what follows a date makes it a day of every year or of the lunar calendar.
fn is_no_day(words: &Words<'_>, end: usize) -> bool {
    let next = words.list.partition_point(|word| word.span.start < end);
    NO_DAY.iter().any(|phrase| words.has(next, phrase) && matches!(words.gap(next), Gap::Space | Gap::Open))
}

/// How far before a day without a year one with it may stand, in bytes.
const NEAR_BYTES: usize = 400;

/// How many days apart they may be.
const NEAR_DAYS: u32 = 45;

/// The most days that are told apart in one article.
const MOST_DATES: usize = 500;

/// Whether the words of a date state its year: four figures in a row.
pub(super) fn states_a_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// What a date is the date of.
pub(super) fn kind(date: &Date, article: &Article, documents: &[Document]) -> DateKind {
    let same = |other: &Date| other.day == date.day && other.precision == date.precision;
    let issued = documents.iter().any(|document| document.date.as_ref().is_some_and(same));
    match (issued, article.event.as_ref().is_some_and(same)) {
        (true, _) => DateKind::Document,
        (_, true) => DateKind::Event,
        _ => DateKind::Other,
    }
}

/// The days and months an article names.
pub(super) fn dates(article: &Article, texts: &[Words<'_>], documents: &[Document]) -> Vec<DateNamed> {
    let reference = article.published.as_ref().or(article.event.as_ref()).map(|date| date.day);
    let mut named: Vec<DateNamed> = Vec::new();
    for words in texts {
        let mut full: Option<(Day, usize)> = None;
        for found in dates::find(words.text) {
            if matches!(found.form, Form::Stamp | Form::Banner) {
                continue;
            }
            if is_no_day(words, found.span.end) {
                continue;
            }
            // "Ngày 17/11/2017 …, từ ngày 15/11": the year of a full date not far before, when the days are near.
            let near = full.filter(|(_, end)| found.year.is_none() && found.span.start < end + NEAR_BYTES);
            let by_near = near.and_then(|(day, _)| Some((found.date(words.text, Some(day))?, day)));
            let by_near = by_near.filter(|(date, day)| date.day.0.abs_diff(day.0) <= NEAR_DAYS).map(|(date, _)| date);
            let Some(mut date) = by_near.or_else(|| found.date(words.text, reference)) else { continue };
            date.inferred = !states_a_year(&date.text); // "4" of "4-5/2/2022" has its year from the last of the range
            if found.year.is_some() && found.day.is_some() {
                full = Some((date.day, found.span.end));
            }
            let mention = Mention { part: words.part, span: found.span };
            let same = |known: &&mut DateNamed| known.date.day == date.day && known.date.precision == date.precision;
            let room = named.len() < MOST_DATES;
            match named.iter_mut().find(same) {
                Some(known) => known.mentions.push(mention),
                None if room => {
                    named.push(DateNamed { kind: kind(&date, article, documents), date, mentions: vec![mention] })
                }
                None => {}
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Date};
    use crate::facts::facts;

    fn dates(lead: &str, published: Option<&str>) -> Vec<String> {
        let published = published.and_then(Date::from_iso);
        let found = facts(&Article { lead: Some(lead.to_owned()), published, ..Article::default() }).dates;
        found.iter().map(|date| format!("{} {:?}", date.date.iso(), date.kind)).collect()
    }

    #[test]
    fn days_of_documents_are_told_apart() {
        let text = "Theo Kết luận số 21-KL/TW ngày 18/5/2021, xã họp ngày 3/6/2022.";
        assert_eq!(dates(text, None), ["2021-05-18 Document", "2022-06-03 Other"]);
    }

    #[test]
    fn a_day_takes_the_year_of_a_full_date_near_it() {
        let text = "Ngày 17/11/2017, tàu báo tin; từ ngày 15/11 không ai nghe gì.";
        assert_eq!(dates(text, Some("2020-10-01")), ["2017-11-17 Other", "2017-11-15 Other"]);
    }

    #[test]
    fn days_of_ranges_are_both_named() {
        let found = dates("Hội thi diễn ra từ ngày 4-5/2, sau đó 24–26/7.", Some("2022-03-01"));
        assert_eq!(found, ["2022-02-04 Other", "2022-02-05 Other", "2022-07-24 Other", "2022-07-26 Other"]);
    }

    #[test]
    fn days_of_every_year_lunar_days_and_amounts_are_none() {
        for text in [
            "Lễ vào ngày 11/11 hằng năm.",
            "Giỗ ngày mồng 9 tháng 5 âm lịch.",
            "Giá tới 3-4 triệu.",
            "ngày 5/6 năm ngoái",
        ] {
            assert!(dates(text, Some("2022-03-01")).is_empty(), "{text}: {:?}", dates(text, Some("2022-03-01")));
        }
        assert!(dates("Sau ngày 5/6, xã họp.", None).is_empty(), "a year that nothing says");
    }
}
