//! An article as timdoc keeps it: plain text in blocks, never HTML, with what is known about it and where that
//! came from. This is what ingest gives, the bundle stores and the reader shows.

use serde::{Deserialize, Serialize};

/// One article.
///
/// All text is NFC without zero-width characters. The text itself is never rewritten: typing errors of the source
/// stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The identity across builds and in addresses: the input's `id`, else the file name without its ending.
    pub id: String,
    /// The headline; made from the lead when the source has none, see [`Article::title_derived`].
    pub title: String,
    /// True when the source states no title and [`Article::title`] was taken from the text.
    pub title_derived: bool,
    /// When it was published, if the source says so.
    pub published: Option<Date>,
    /// When the event it reports took place, if the text says so.
    pub event: Option<Date>,
    /// The opening paragraph (sa-pô). It is not repeated in [`Article::blocks`].
    pub lead: Option<String>,
    /// Who wrote it, as signed: `Lê An`, `PV`.
    pub byline: Option<String>,
    /// The agency or site that published it: `Thanhuytphcm.vn`.
    pub source: Option<String>,
    /// The rubric (chuyên mục).
    pub category: Option<String>,
    /// Key words given by the source.
    pub tags: Vec<String>,
    /// Where it was published, an `http` or `https` address.
    pub url: Option<String>,
    /// The body after the lead.
    pub blocks: Vec<Block>,
    /// Files the article links to.
    pub attachments: Vec<Attachment>,
    /// Its pictures, in reading order.
    pub images: Vec<Image>,
}

impl Article {
    /// Keeps the blocks that `keep` says; the pictures stay between the blocks between which they stood.
    pub fn retain_blocks(&mut self, keep: impl Fn(&Block) -> bool) {
        retain_blocks(&mut self.blocks, &mut self.images, keep);
    }
}

/// The same of blocks and pictures that are no article yet.
pub fn retain_blocks(blocks: &mut Vec<Block>, images: &mut [Image], keep: impl Fn(&Block) -> bool) {
    if blocks.iter().all(&keep) {
        return;
    }
    for image in images {
        image.before = blocks.iter().take(image.before).filter(|block| keep(block)).count();
    }
    blocks.retain(keep);
}

/// A block of body text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text; line breaks inside a block are `\n`.
    pub text: String,
}

impl Block {
    /// A block of a kind.
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Block { kind, text: text.into() }
    }
}

/// The kinds of [`Block`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading inside the body.
    Heading,
    /// A picture's caption.
    Caption,
    /// One item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// One row of a table, cells separated by tab characters.
    TableRow,
}

impl BlockKind {
    /// All kinds, in the order of their numbers in the bundle.
    pub const ALL: [BlockKind; 6] = [
        BlockKind::Paragraph,
        BlockKind::Heading,
        BlockKind::Caption,
        BlockKind::ListItem,
        BlockKind::Quote,
        BlockKind::TableRow,
    ];
}

/// A file that an article links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What the link says.
    pub name: String,
    /// Its address.
    pub url: String,
}

/// A picture of an article. Only its address is kept, never the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Image {
    /// Its address.
    pub url: String,
    /// What it shows, where the block it stands before is no [`BlockKind::Caption`] that says so.
    pub caption: Option<String>,
    /// The number of the block in [`Article::blocks`] before which it stands; their count for one after the last.
    pub before: usize,
}

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// The day and the time.
    Minute,
}

/// A date as the source states it, and what it means.
///
/// Serialized as `{text, date, precision, inferred}`; `date` is ISO 8601, as long as the precision allows
/// (`2024`, `2024-05`, `2024-05-19`, `2024-05-19T10:47+07:00`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "DateRecord", try_from = "DateRecord")]
pub struct Date {
    /// The words of the source: `Sáng 16/5`, `21:53 19/05/2023`.
    pub text: String,
    /// The day it means; the first of the year or month when no more is known.
    pub day: Day,
    /// Minutes after midnight in Vietnam (UTC+7), 0 to 1439, when the time is stated.
    pub minute: Option<u16>,
    /// How much is known.
    pub precision: Precision,
    /// True when a part (the year, mostly) was worked out from context or estimated by the source, not stated.
    pub inferred: bool,
}

impl Date {
    /// A date known to the day, stated by the source.
    pub fn of_day(text: impl Into<String>, day: Day) -> Self {
        Date { text: text.into(), day, minute: None, precision: Precision::Day, inferred: false }
    }

    /// ISO 8601, as long as the precision allows.
    ///
    /// ```
    /// use timdoc::article::{Date, Day};
    /// let date = Date::of_day("19/5/2023", Day::from_ymd(2023, 5, 19).unwrap());
    /// assert_eq!(date.iso(), "2023-05-19");
    /// ```
    #[must_use]
    pub fn iso(&self) -> String {
        // Every hit has a date: without `format!`, whose code a first search would have to wait for.
        let mut iso = self.day.iso();
        match (self.precision, self.minute) {
            (Precision::Year, _) => iso.truncate(4),
            (Precision::Month, _) => iso.truncate(7),
            (Precision::Minute, Some(minute)) => {
                iso.push('T');
                push_two(&mut iso, u32::from(minute / 60));
                iso.push(':');
                push_two(&mut iso, u32::from(minute % 60));
                iso.push_str("+07:00");
            }
            _ => {}
        }
        iso
    }

    /// Reads what [`Date::iso`] writes, and the common longer forms (`2024-05-19 10:47:00`, `2024-05-19T10:47:33Z`).
    /// A time with the zone `Z` or another offset is converted to UTC+7. `None` when it is no such date.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut parts = text.splitn(2, ['T', ' ']);
        let (date, time) = (parts.next()?, parts.next());
        let mut fields = date.split('-');
        let year = digits(fields.next()?, 4)?;
        let (month, day) = (fields.next(), fields.next());
        if fields.next().is_some() {
            return None;
        }
        let mut precision = match (month, day) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        };
        let month = month.map_or(Some(1), |m| digits(m, 2))?;
        let day = day.map_or(Some(1), |d| digits(d, 2))?;
        let mut day = Day::from_ymd(i32::try_from(year).ok()?, month, day)?;
        let mut minute = None;
        if let (Precision::Day, Some(time)) = (precision, time)
            && let Some(minutes) = minutes_in_vietnam(time)
        {
            let total = i64::from(day.0) * 1440 + i64::from(minutes);
            day = Day(i32::try_from(total.div_euclid(1440)).ok()?);
            minute = u16::try_from(total.rem_euclid(1440)).ok();
            precision = Precision::Minute;
        }
        Some(Date { text: text.to_owned(), day, minute, precision, inferred: false })
    }
}

/// `HH:MM[:SS[.fff]][Z|±HH:MM]` as minutes after midnight in Vietnam; it may lie outside 0..1440.
fn minutes_in_vietnam(time: &str) -> Option<i32> {
    let (clock, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (&time[..at], &time[at..]),
        None => (time, ""),
    };
    let mut fields = clock.trim().split(':');
    let hour = digits(fields.next()?, 2)?;
    let minute = digits(fields.next()?, 2)?;
    if hour > 23 || minute > 59 {
        return None;
    }
    let local = i32::try_from(hour * 60 + minute).ok()?;
    let shift = match offset.as_bytes().first() {
        None => 0,
        Some(b'Z' | b'z') => 7 * 60,
        Some(sign) => {
            let rest = offset[1..].replace(':', "");
            let hours = digits(rest.get(..2)?, 2)?;
            let minutes = rest.get(2..4).map_or(Some(0), |m| digits(m, 2))?;
            let east = i32::try_from(hours * 60 + minutes).ok()?;
            7 * 60 - if *sign == b'-' { -east } else { east }
        }
    };
    Some(local + shift)
}

/// A year that no calendar shows: only damaged bytes have it.
#[cold]
#[inline(never)]
fn far_iso(year: i32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// A number below 100 in two digits.
fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        text.extend(char::from_digit(digit, 10));
    }
}

/// One to `most` ASCII digits as a number.
fn digits(text: &str, most: usize) -> Option<u32> {
    let right = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// The serialized form of [`Date`].
#[derive(Serialize, Deserialize)]
struct DateRecord {
    text: String,
    date: String,
    precision: Precision,
    #[serde(default)]
    inferred: bool,
}

impl From<Date> for DateRecord {
    fn from(date: Date) -> Self {
        DateRecord { date: date.iso(), text: date.text, precision: date.precision, inferred: date.inferred }
    }
}

impl TryFrom<DateRecord> for Date {
    type Error = String;

    fn try_from(record: DateRecord) -> Result<Self, String> {
        let date = Date::from_iso(&record.date).ok_or_else(|| format!("\"{}\" is no ISO 8601 date", record.date))?;
        Ok(Date { text: record.text, precision: record.precision, inferred: record.inferred, ..date })
    }
}

/// A day of the Gregorian calendar, as days since 1970-01-01 (negative before).
///
/// Days are calendar days in Vietnam (UTC+7, no summer time). Years 1 to 9999 are valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// The day of a year (1 to 9999), month (1 to 12) and day of month; `None` when there is no such day.
    ///
    /// ```
    /// use timdoc::article::Day;
    /// assert_eq!(Day::from_ymd(1970, 1, 2), Some(Day(1)));
    /// assert_eq!(Day::from_ymd(2023, 2, 29), None);
    /// ```
    // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        let (month, day) = (i32::try_from(month).ok()?, i32::try_from(day).ok()?);
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Day(era * 146_097 + day_of_era - 719_468))
    }

    /// The day as `2024-05-19`.
    ///
    /// ```
    /// use timdoc::article::Day;
    /// assert_eq!(Day::from_ymd(2024, 5, 19).unwrap().iso(), "2024-05-19");
    /// ```
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.ymd();
        let Some(year) = u32::try_from(year).ok().filter(|year| *year <= 9999) else {
            return far_iso(year, month, day);
        };
        let mut iso = String::with_capacity(10);
        push_two(&mut iso, year / 100);
        push_two(&mut iso, year % 100);
        iso.push('-');
        push_two(&mut iso, month);
        iso.push('-');
        push_two(&mut iso, day);
        iso
    }

    /// Year, month (1 to 12) and day of month (1 to 31).
    // The same source: civil_from_days.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = i64::from(self.0) + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (i32::try_from(year).unwrap_or(0), u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
    }

    /// Reads `YYYY-MM-DD`, or the Vietnamese `dd/mm/yyyy` (also with `-` or `.`). `None` for anything else.
    ///
    /// ```
    /// use timdoc::article::Day;
    /// assert_eq!(Day::parse("19/5/2023"), Day::parse("2023-05-19"));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut fields = text.trim().split(['-', '/', '.']);
        let (a, b, c) = (fields.next()?, fields.next()?, fields.next()?);
        if fields.next().is_some() {
            return None;
        }
        let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
        if year.len() != 4 {
            return None;
        }
        Day::from_ymd(i32::try_from(digits(year, 4)?).ok()?, digits(month, 2)?, digits(day, 2)?)
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_round_trips() {
        let first = Day::from_ymd(1800, 1, 1).unwrap();
        let last = Day::from_ymd(2200, 12, 31).unwrap();
        for number in first.0..=last.0 {
            let (year, month, day) = Day(number).ymd();
            assert_eq!(Day::from_ymd(year, month, day), Some(Day(number)));
        }
    }

    #[test]
    fn impossible_days_are_refused() {
        assert_eq!(Day::from_ymd(2023, 2, 29), None);
        assert_eq!(Day::from_ymd(2023, 13, 1), None);
        assert_eq!(Day::from_ymd(0, 1, 1), None);
        assert_eq!(Day::parse("31/4/2024"), None);
        assert_eq!(Day::parse("1/2/3/2024"), None);
    }

    #[test]
    fn iso_round_trips_at_every_precision() {
        for text in ["2024", "2024-05", "2024-05-19", "2024-05-19T10:47+07:00"] {
            assert_eq!(Date::from_iso(text).unwrap().iso(), text);
        }
    }

    #[test]
    fn a_time_in_another_zone_becomes_vietnamese_time() {
        assert_eq!(Date::from_iso("2024-05-19T20:30:00Z").unwrap().iso(), "2024-05-20T03:30+07:00");
        assert_eq!(Date::from_iso("2024-05-19T20:30:00-05:00").unwrap().iso(), "2024-05-20T08:30+07:00");
    }

    #[test]
    fn pictures_stay_between_their_blocks_when_others_go() {
        let block = |text: &str| Block::new(BlockKind::Paragraph, text);
        let image = |before| Image { before, ..Image::default() };
        let mut article = Article {
            blocks: ["một", "", "hai"].map(block).to_vec(),
            images: [0, 1, 2, 3].map(image).to_vec(),
            ..Article::default()
        };
        article.retain_blocks(|block| !block.text.is_empty());
        let places: Vec<usize> = article.images.iter().map(|image| image.before).collect();
        assert_eq!((article.blocks.len(), places), (2, vec![0, 1, 1, 2]));
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic() {
        for text in ["", "-", "T", "2024-", "2024-05-19T", "2024-05-19T99:99", "2024-05-19T10:47+é", "٢٠٢٤"] {
            let _ = (Date::from_iso(text), Day::parse(text));
        }
    }
}
