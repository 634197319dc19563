//! Which days does an article name, and what are they the days of?
//!
//! The forms are those of [`super::dates`]; a missing year is that of a full date not far before it, else the one nearest
//! to the publication or the event, and the date is marked inferred. Stamps and weekday banners of the page are left out.

use crate::article::{Article, Day};

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

/// The days and months an article names.
pub(super) fn dates(article: &Article, texts: &[Words<'_>], documents: &[Document]) -> Vec<DateNamed> {
    let reference = article.published.as_ref().or(article.event.as_ref()).map(|date| date.day);
    let issued: Vec<Day> =
        documents.iter().filter_map(|document| document.date.as_ref()).map(|date| date.day).collect();
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
            let Some(date) = by_near.or_else(|| found.date(words.text, reference)) else { continue };
            if found.year.is_some() && found.day.is_some() {
                full = Some((date.day, found.span.end));
            }
            let is_event =
                article.event.as_ref().is_some_and(|event| event.day == date.day && event.precision == date.precision);
            let kind = match (issued.contains(&date.day), is_event) {
                (true, _) => DateKind::Document,
                (_, true) => DateKind::Event,
                _ => DateKind::Other,
            };
            let mention = Mention { part: words.part, span: found.span };
            let same = |known: &&mut DateNamed| known.date.day == date.day && known.date.precision == date.precision;
            let room = named.len() < MOST_DATES;
            match named.iter_mut().find(same) {
                Some(known) => known.mentions.push(mention),
                None if room => named.push(DateNamed { date, kind, mentions: vec![mention] }),
                None => {}
            }
        }
    }
    named
}
