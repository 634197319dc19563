//! The days that an article names, as they are stored beside it: a number or two a day, as most of it stands in the text.
//!
//! ```text
//! dates = one after the other, in reading order, where each is first named: 4 × gap + form, then perhaps when
//! gap   = runs of figures between it and the one before, over title, lead and blocks
//! form  = 3: the three runs are day, month, year · 2: the two are month and year, or day and month of the year nearest
//!         to when the article was published (else to its event) · 1, 0: two runs, one, and when it is
//! when  = 2 × days since the article was published (else since its event, else since 1970-01-01), + 1 for a month
//! ```
//!
//! What a date is the date of follows from the article's event and from its documents; that its year was not stated, from
//! its figures. Words before them ("sáng ngày") are not kept.

use std::ops::Range;

use serde_json::{Value, json};

use super::{MOST_FACTS, damaged};
use crate::Result;
use crate::article::{Article, Date, Day, Precision};
use crate::facts::dates::nearest;
use crate::facts::named_dates::{kind, states_a_year};
use crate::facts::{DateNamed, Document, Mention, Part};

/// The numbers of some dates.
pub(super) fn write(article: &Article, dates: &[DateNamed]) -> Value {
    let runs = if dates.is_empty() { Vec::new() } else { runs(article) };
    let mut numbers = Vec::new();
    let mut free = 0;
    for named in dates.iter().take(MOST_FACTS) {
        let Some(mention) = named.mentions.first() else { continue };
        let before = |run: &Run<'_>, at: usize| (run.part, run.span.end) <= (mention.part, at);
        let first = runs.partition_point(|run| before(run, mention.span.start));
        let end = runs.partition_point(|run| before(run, mention.span.end));
        let stated = |count: usize| {
            let from = end.checked_sub(count).filter(|from| *from >= first.max(free))?;
            let said = read_figures(runs.get(from..end)?, article)?;
            (said == (named.date.day, named.date.precision)).then_some((from, count))
        };
        let (from, count, form) = match stated(3).or_else(|| stated(2)) {
            Some((from, count)) => (from, count, count),
            None => (first, 1 + usize::from(end > first + 1), usize::from(end > first + 1)),
        };
        if from < free || from + count > end {
            continue;
        }
        numbers.push(json!((from - free) * 4 + form));
        if form < 2 {
            let days = i64::from(named.date.day.0) - i64::from(reference(article).unwrap_or(Day(0)).0);
            numbers.push(json!(days * 2 + i64::from(named.date.precision == Precision::Month)));
        }
        free = from + count;
    }
    Value::Array(numbers)
}

/// Reads what [`write()`] wrote.
///
/// # Errors
/// `damaged` when it leads out of the article, or to no day.
pub(super) fn read(numbers: &[Value], article: &Article, documents: &[Document]) -> Result<Vec<DateNamed>> {
    let wrong = || damaged("a day is not in the article");
    let runs = if numbers.is_empty() { Vec::new() } else { runs(article) };
    let mut numbers = numbers.iter();
    let mut dates = Vec::new();
    let mut at = 0usize;
    while let Some(number) = numbers.next() {
        let number = number.as_u64().ok_or_else(wrong)? as usize;
        let form = number % 4;
        let count = if form == 3 { 3 } else { 1 + usize::from(form > 0) };
        at = at.checked_add(number / 4).ok_or_else(wrong)?;
        let figures = at.checked_add(count).and_then(|end| runs.get(at..end)).ok_or_else(wrong)?;
        at += count;
        let (day, precision) = match form {
            2 | 3 => read_figures(figures, article),
            _ => numbers.next().and_then(Value::as_i64).and_then(|when| day_of(when, article)),
        }
        .ok_or_else(wrong)?;
        let (Some(first), Some(last)) = (figures.first(), figures.last()) else { return Err(wrong()) };
        let span = first.span.start..last.span.end;
        let text = first.part.text(article).and_then(|text| text.get(span.clone()));
        let text = text.filter(|_| first.part == last.part).ok_or_else(wrong)?.to_owned();
        let inferred = !states_a_year(&text);
        let date = Date { text, day, minute: None, precision, inferred };
        let mentions = vec![Mention { part: first.part, span }];
        dates.push(DateNamed { kind: kind(&date, article, documents), date, mentions });
    }
    Ok(dates)
}

/// A run of figures in an article.
struct Run<'a> {
    part: Part,
    span: Range<usize>,
    text: &'a str,
}

/// All runs of figures, in reading order.
fn runs(article: &Article) -> Vec<Run<'_>> {
    let title = (Part::Title, article.title.as_str());
    let lead = (Part::Lead, article.lead.as_deref().unwrap_or_default());
    let blocks = article.blocks.iter().enumerate().map(|(at, block)| (Part::Block(at), block.text.as_str()));
    let mut runs = Vec::new();
    for (part, text) in [title, lead].into_iter().chain(blocks) {
        let bytes = text.as_bytes();
        let mut end = 0;
        while let Some(skip) = bytes.get(end..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
            let start = end + skip;
            end = start + bytes.iter().skip(start).take_while(|byte| byte.is_ascii_digit()).count();
            runs.push(Run { part, span: start..end, text: text.get(start..end).unwrap_or_default() });
        }
    }
    runs
}

/// The day or month that some figures state alone.
fn read_figures(runs: &[Run<'_>], article: &Article) -> Option<(Day, Precision)> {
    let number = |run: &Run<'_>| run.text.parse::<u32>().ok();
    let year = |run: &Run<'_>| run.text.parse::<i32>().ok().filter(|_| run.text.len() == 4);
    match runs {
        [day, month, of] => Some((Day::from_ymd(year(of)?, number(month)?, number(day)?)?, Precision::Day)),
        [month, of] if of.text.len() == 4 => Some((Day::from_ymd(year(of)?, number(month)?, 1)?, Precision::Month)),
        [day, month] => Some((nearest(number(month)?, number(day)?, reference(article)?)?, Precision::Day)),
        _ => None,
    }
}

/// The day or month that is so far away.
fn day_of(when: i64, article: &Article) -> Option<(Day, Precision)> {
    let from = reference(article).unwrap_or(Day(0));
    let day = Day(i32::try_from(when.div_euclid(2).checked_add(i64::from(from.0))?).ok()?);
    let (year, month, of_month) = day.ymd();
    let precision = if when.rem_euclid(2) == 1 { Precision::Month } else { Precision::Day };
    (Day::from_ymd(year, month, of_month) == Some(day)).then_some((day, precision))
}

/// The day that days are counted from.
fn reference(article: &Article) -> Option<Day> {
    article.published.as_ref().or(article.event.as_ref()).map(|date| date.day)
}
