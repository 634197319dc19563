//! Dates in Vietnamese text, always day before month, Vietnamese time. VIETNAMESE.md, section 6.
//!
//! | form | example |
//! | --- | --- |
//! | [`Form::Stamp`] | `07:40 02/06/2023`, `Thứ Tư, 12/06/2024, 08:15 (GMT+7)` |
//! | [`Form::Banner`] | `Thứ Ba, ngày 9 tháng 4 năm 2024` |
//! | [`Form::Long`] | `ngày 9 tháng 4 năm 2024` |
//! | [`Form::Numeric`] | `18-5-2021`, `17/8/ 2022` |
//! | [`Form::DayMonth`] | `Sáng 7/6`, `ngày 12 tháng 9` |
//! | [`Form::Month`] | `tháng 5/2024`, `tháng 9 năm 2023` |
//!
//! No dates are: ranges of years (`2022 - 2023`), amounts (`16.204`), fractions (`22/22`), scores, and what belongs to
//! the number of a document (`30/2020/NĐ-CP`).

mod cursor;

use std::ops::Range;

use crate::article::{Date, Day, Precision};
use cursor::{Cursor, Word, words_before};

/// How a date is written, which says what it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Day, month, year and the time of day: what a portal prints beside an article.
    Stamp,
    /// A weekday and the full date without a time: what a portal prints at the top of every page.
    Banner,
    /// In words: `ngày 9 tháng 4 năm 2024`.
    Long,
    /// In figures with the year.
    Numeric,
    /// Day and month; the year is to be inferred.
    DayMonth,
    /// Month and year.
    Month,
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFound {
    /// The bytes it covers, with the words that belong to it: "Sáng ngày 16/5".
    pub span: Range<usize>,
    /// How it is written.
    pub form: Form,
    /// The year, unless the form is [`Form::DayMonth`].
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month, unless the form is [`Form::Month`]. With the year it makes a real day.
    pub day: Option<u32>,
    /// Minutes after midnight, of a [`Form::Stamp`].
    pub minute: Option<u16>,
    /// True when a part of the day stands before it ("Sáng", "Chiều nay", "Hôm qua"): something happened then.
    pub has_day_part: bool,
}

impl DateFound {
    /// The date it states. A missing year is the one that brings the day nearest to `reference`, and then the date is
    /// marked inferred; without a reference a date without a year is `None`. `text` is the text it was found in.
    #[must_use]
    pub fn date(&self, text: &str, reference: Option<Day>) -> Option<Date> {
        let (day, inferred) = match self.year {
            Some(year) => (Day::from_ymd(year, self.month, self.day.unwrap_or(1))?, false),
            None => (nearest(self.month, self.day?, reference?)?, true),
        };
        let precision = match (self.minute, self.day) {
            (Some(_), _) => Precision::Minute,
            (_, Some(_)) => Precision::Day,
            _ => Precision::Month,
        };
        let text = text.get(self.span.clone())?.to_owned();
        Some(Date { text, day, minute: self.minute, precision, inferred })
    }
}

/// The day of that month and day of month nearest to a reference day.
pub(super) fn nearest(month: u32, day: u32, reference: Day) -> Option<Day> {
    let (year, _, _) = reference.ymd();
    (year - 1..=year + 1).filter_map(|y| Day::from_ymd(y, month, day)).min_by_key(|d| d.0.abs_diff(reference.0))
}

/// All dates in a text, in order, none overlapping another.
///
/// ```
/// use timdoc::facts::dates::{Form, find};
/// let text = "Sáng 7/6, hội nghị sơ kết giai đoạn 2022 - 2023 theo Kết luận số 21-KL/TW ngày 18-5-2021";
/// let found = find(text);
/// assert_eq!(found.iter().map(|d| d.form).collect::<Vec<_>>(), [Form::DayMonth, Form::Numeric]);
/// assert_eq!(text.get(found[0].span.clone()), Some("Sáng 7/6"));
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<DateFound> {
    let mut found: Vec<DateFound> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(skip) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + skip;
        let digits = bytes.iter().skip(start).take_while(|b| b.is_ascii_digit()).count();
        at = start + digits;
        let free = found.last().map_or(0, |last| last.span.end);
        if digits > 2 || start < free || goes_on_from_left(bytes, start) {
            continue;
        }
        // The last day of a range of days, whose first was taken.
        let range = found
            .last()
            .is_some_and(|last| last.day.is_some() && matches!(text.get(last.span.end..start), Some("-" | "–")));
        if range && let Some(date) = end_of_range(text, start) {
            at = date.span.end.max(at);
            found.push(date);
            continue;
        }
        if let Some(date) = date_at(text, start, free) {
            at = date.span.end.max(at);
            found.push(date);
        }
    }
    found
}

/// "5/2" of "4-5/2".
fn end_of_range(text: &str, start: usize) -> Option<DateFound> {
    let Figures { year, month, day, form, end } = figures_at(text, start).filter(|figures| figures.day.is_some())?;
    Some(DateFound { span: start..end, form, year, month, day, minute: None, has_day_part: false })
}

/// True inside an amount, a number of a document or a longer row of figures.
fn goes_on_from_left(bytes: &[u8], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    match before(1) {
        b'.' | b',' | b'/' => before(2).is_ascii_digit(),
        // 1/4/2022-1/4/2023 is a range of two dates; A-12 is a name.
        b'-' => before(2).is_ascii_alphabetic(),
        b'_' | b'#' | b'@' => true,
        other => other.is_ascii_alphabetic(),
    }
}

/// The figures of a date and where they end.
struct Figures {
    year: Option<i32>,
    month: u32,
    day: Option<u32>,
    form: Form,
    end: usize,
}

/// The date whose first figures, day or time of day, begin at `start`; words before it may begin at `free`.
fn date_at(text: &str, start: usize, free: usize) -> Option<DateFound> {
    let mut cursor = Cursor::new(text, start);
    // "07:40 02/06/2023"
    if let Some(minute) = cursor.clock() {
        cursor.between_time_and_date();
        let figures = figures_at(text, cursor.at).filter(|f| matches!(f.form, Form::Numeric | Form::Long))?;
        return Some(finish(text, start, free, figures, Some(minute)));
    }
    let mut figures = figures_at(text, start)?;
    let mut minute = None;
    if matches!(figures.form, Form::Numeric | Form::Long) {
        // "19/05/2023 21:53", "12/06/2024, 08:15 (GMT+7)"
        let mut after = Cursor::new(text, figures.end);
        after.between_time_and_date();
        if after.at > figures.end
            && let Some(time) = after.clock()
        {
            minute = Some(time);
            figures.end = after.zone();
        }
    }
    Some(finish(text, start, free, figures, minute)).filter(|date| stands_alone(text, date))
}

/// The figures and words from a day (or month) on, without what stands before.
fn figures_at(text: &str, start: usize) -> Option<Figures> {
    let mut cursor = Cursor::new(text, start);
    let first = cursor.number(2)?;
    let after_first = cursor.clone();
    // "9 tháng 4 năm 2024", "12 tháng 9"
    if cursor.spaces() && cursor.word("thang") {
        cursor.spaces();
        let month = cursor.number(2).filter(|m| (1..=12).contains(m))?;
        let mut end = cursor.at;
        let year = cursor.year_after_month();
        if year.is_some() {
            end = cursor.at;
        }
        let form = if year.is_some() { Form::Long } else { Form::DayMonth };
        return real(Figures { year, month, day: Some(first), form, end });
    }
    cursor = after_first.clone();
    if let Some(separator) = cursor.separator() {
        let spaced = cursor.spaces();
        // "4-5/2": the first day of a range has the month of the last.
        if separator == '-'
            && let Some(last) = last_of_range(text, cursor.at, first)
        {
            return real(Figures { day: Some(first), end: after_first.at, ..last });
        }
        // "tháng 5/2024"
        if let Some(year) = cursor.clone().year().filter(|_| separator != '-' || !spaced) {
            cursor.year();
            return real(Figures { year: Some(year), month: first, day: None, form: Form::Month, end: cursor.at });
        }
        // "ngày 30/ 3"
        let apart = spaced && !(separator == '/' && a_day_is_named(text, start));
        let month = cursor.number(2).filter(|m| (1..=12).contains(m) && !apart)?;
        let end = cursor.at;
        if cursor.separator() == Some(separator) {
            cursor.spaces();
            match cursor.year() {
                Some(year) => {
                    let end = cursor.at;
                    return real(Figures { year: Some(year), month, day: Some(first), form: Form::Numeric, end });
                }
                // "phiên ngày 27.6." ends a sentence.
                None if separator == '.' && !cursor.rest().starts_with(|c: char| c.is_ascii_digit()) => {}
                None => return None,
            }
        }
        // "3-5", "7.5" are ranges and amounts, unless a word says that they are a day: "ngày 22-10", "sáng 28.6".
        let form = Form::DayMonth;
        let said = separator == '/'
            || (a_day_is_named(text, start) || follows_today(text, start))
                && !matches!(cursor.rest().chars().next(), Some('%'));
        return if said { real(Figures { year: None, month, day: Some(first), form, end }) } else { None };
    }
    // "tháng 9 năm 2023"
    cursor = after_first;
    let year = cursor.year_after_month()?;
    real(Figures { year: Some(year), month: first, day: None, form: Form::Month, end: cursor.at })
}

/// The last day of a range of days in one month, `5/2` of "4-5/2".
fn last_of_range(text: &str, start: usize, first: u32) -> Option<Figures> {
    let mut cursor = Cursor::new(text, start);
    let last = cursor.number(2).filter(|last| *last > first)?;
    let slash = cursor.separator() == Some('/');
    let month = cursor.number(2).filter(|month| slash && (1..=12).contains(month))?;
    let mut end = cursor.at;
    let year = if cursor.separator() == Some('/') { cursor.year() } else { None };
    if year.is_some() {
        end = cursor.at;
    }
    let form = if year.is_some() { Form::Numeric } else { Form::DayMonth };
    Some(Figures { year, month, day: Some(last), form, end })
}

/// Whether "ngày" or a part of the day stands right before some figures.
fn a_day_is_named(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end_matches([' ', '\u{a0}']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // With marks: "tới 3-4 triệu" is no evening.
    matches!(word.to_lowercase().as_str(), "ngày" | "sáng" | "chiều" | "tối" | "trưa" | "đêm" | "hôm")
}

/// "hôm nay (28.6)", "chiều qua, 3/4": whether a day counted from today stands right before some figures.
fn follows_today(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let bracket = before.strip_suffix('(');
    let mut words = bracket.unwrap_or_default().trim_end().rsplit(' ').map(crate::analysis::fold::fold);
    let (now, part) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    bracket.is_some()
        && matches!(now.as_str(), "nay" | "qua" | "mai")
        && matches!(part.as_str(), "hom" | "ngay" | "sang" | "chieu" | "toi" | "trua" | "dem")
}

/// Keeps what is a real day or month.
fn real(figures: Figures) -> Option<Figures> {
    // A leap year stands in for a year not stated.
    let year = figures.year.unwrap_or(2024);
    Day::from_ymd(year, figures.month, figures.day.unwrap_or(1)).map(|_| figures)
}

/// Adds the words before the figures, and what they say about the form.
fn finish(text: &str, start: usize, free: usize, figures: Figures, minute: Option<u16>) -> DateFound {
    let words = words_before(text, start, free);
    let mut rest = words.as_slice();
    let mut span = start..figures.end;
    let mut take = |rest: &mut &[Word], is: &dyn Fn(&str) -> bool| -> bool {
        match rest.split_last() {
            Some((word, before)) if is(&word.folded) => {
                span.start = word.start;
                *rest = before;
                true
            }
            _ => false,
        }
    };
    let month_word = figures.day.is_none() && take(&mut rest, &|w| w == "thang");
    let day_word = take(&mut rest, &|w| matches!(w, "ngay" | "mung" | "mong" | "hom"));
    let weekday = match rest {
        [.., thu, day] if is_weekday(&thu.folded, &day.folded) => {
            take(&mut rest, &|_| true);
            take(&mut rest, &|_| true)
        }
        _ => false,
    };
    // "sáng nay, 01/7", "hôm qua 3/4"
    let today = matches!(rest, [.., part, now] if (is_day_part(&part.folded) || part.folded == "hom") && is_now(&now.folded))
        && take(&mut rest, &is_now);
    let has_day_part = !month_word && take(&mut rest, &|w| is_day_part(w) || today && w == "hom");
    if has_day_part {
        take(&mut rest, &|w| w == "rang");
    }
    let form = match (minute, weekday, figures.form) {
        (Some(_), _, _) => Form::Stamp,
        (None, true, Form::Numeric | Form::Long) if !has_day_part => Form::Banner,
        (_, _, form) => form,
    };
    // "24-26/7", "từ ngày 29 đến 31/5"
    let last = text.get(figures.end..).and_then(|rest| rest.strip_prefix(['-', '–']));
    let range = last
        .is_some_and(|last| last.len() > 3 && last.starts_with(['1', '2', '3']) && last.as_bytes()[1].is_ascii_digit())
        || matches!(rest, [.., ngay, first, den] if den.folded == "den" && ngay.folded == "ngay" && first.folded.bytes().all(|b| b.is_ascii_digit()));
    let named = match form {
        // 22/22 and 5/2024 mean a date only after a word that says so.
        Form::DayMonth => {
            range
                || day_word
                || has_day_part
                || weekday
                || follows_today(text, start)
                || text.get(span.clone()).is_some_and(|t| t.contains(' '))
        }
        Form::Month => month_word,
        _ => true,
    };
    if !named {
        span.end = span.start;
    }
    let Figures { year, month, day, .. } = figures;
    DateFound { span, form, year, month, day, minute, has_day_part }
}

/// False for what [`finish`] emptied and for figures that go on: `12/5/2020/QĐ`, `5/2024-NQ`.
fn stands_alone(text: &str, date: &DateFound) -> bool {
    let mut after = text.get(date.span.end..).unwrap_or_default().chars();
    let goes_on = match (after.next(), after.next()) {
        (Some('/'), Some(c)) => c.is_ascii_alphanumeric() || c == 'Đ',
        (Some('-'), Some(c)) => c.is_ascii_uppercase() || c == 'Đ',
        (Some('.' | ','), Some(c)) => c.is_ascii_digit() && date.form == Form::DayMonth,
        (Some(c), _) => c.is_ascii_alphanumeric() || c == '%',
        _ => false,
    };
    !date.span.is_empty() && !goes_on
}

fn is_weekday(first: &str, second: &str) -> bool {
    match first {
        "thu" => matches!(second, "hai" | "ba" | "tu" | "nam" | "sau" | "bay" | "2" | "3" | "4" | "5" | "6" | "7"),
        "chu" => second == "nhat",
        _ => false,
    }
}

fn is_now(word: &str) -> bool {
    matches!(word, "nay" | "qua")
}

fn is_day_part(word: &str) -> bool {
    matches!(word, "sang" | "trua" | "chieu" | "toi" | "dem" | "khuya")
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
