//! What is known of every article by its number: date, length, place in the article files.
//!
//! Articles are numbered by publication: undated ones first, then the oldest to the newest. So a range of dates is a
//! range of numbers, and sorting by date is free.

use std::ops::Range;

use super::bits::{BitReader, BitWriter};
use super::varint::{self, Reader};
use crate::article::Day;
use crate::{Error, Result};

/// The publication days of a segment: how many articles are undated, then runs of (day, articles).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// Articles without a date; they come first.
    pub undated: u32,
    /// Day and the number after its last article, both ascending.
    runs: Vec<(Day, u32)>,
}

impl Dates {
    /// From the days of articles in the order of their numbers.
    #[must_use]
    pub fn from_days(days: impl IntoIterator<Item = Option<Day>>) -> Self {
        let mut dates = Dates::default();
        for (number, day) in days.into_iter().enumerate() {
            let end = number as u32 + 1;
            match (day, dates.runs.last_mut()) {
                (None, _) => dates.undated = end,
                (Some(day), Some(run)) if run.0 == day => run.1 = end,
                (Some(day), _) => dates.runs.push((day, end)),
            }
        }
        dates
    }

    /// Appends them: varint undated, varint runs, then for each the days since the run before (the first since
    /// 0001-01-01) and its articles.
    pub fn write(&self, out: &mut Vec<u8>) {
        varint::write(u64::from(self.undated), out);
        varint::write(self.runs.len() as u64, out);
        let (mut day, mut end) = (FIRST_DAY, self.undated);
        for (next, next_end) in &self.runs {
            varint::write((i64::from(next.0) - day).unsigned_abs(), out);
            varint::write(u64::from(next_end - end), out);
            (day, end) = (i64::from(next.0), *next_end);
        }
    }

    /// Reads what [`Dates::write`] wrote, for that many articles.
    ///
    /// # Errors
    /// `damaged` when it is cut or does not add up to the articles.
    pub fn read(bytes: &[u8], articles: usize) -> Result<Self> {
        let wrong = || Error::damaged("the dates", "they do not fit the articles");
        let mut reader = Reader::new(bytes, "the dates");
        let undated = reader.bounded(articles)? as u32;
        let count = reader.bounded(articles)?;
        let mut runs = Vec::with_capacity(count);
        let (mut day, mut end) = (FIRST_DAY, undated);
        for _ in 0..count {
            day = i64::try_from(reader.varint()?).ok().and_then(|delta| day.checked_add(delta)).ok_or_else(wrong)?;
            end = end.checked_add(reader.u32()?).ok_or_else(wrong)?;
            runs.push((Day(i32::try_from(day).ok().filter(|day| *day <= LAST_DAY).ok_or_else(wrong)?), end));
        }
        if end as usize == articles { Ok(Dates { undated, runs }) } else { Err(wrong()) }
    }

    /// The day of an article; `None` when it is undated.
    #[must_use]
    pub fn day(&self, doc: u32) -> Option<Day> {
        if doc < self.undated {
            return None;
        }
        let at = self.runs.partition_point(|(_, end)| *end <= doc);
        self.runs.get(at).map(|(day, _)| *day)
    }

    /// The numbers of the articles from one day to another, both included; undated ones are never in it.
    #[must_use]
    pub fn range(&self, from: Option<Day>, to: Option<Day>) -> Range<u32> {
        let before = |at: usize| at.checked_sub(1).and_then(|at| self.runs.get(at)).map_or(self.undated, |run| run.1);
        let start = from.map_or(self.undated, |from| before(self.runs.partition_point(|(day, _)| *day < from)));
        let end = to.map_or(before(self.runs.len()), |to| before(self.runs.partition_point(|(day, _)| *day <= to)));
        start..end.max(start)
    }

    /// How many articles come before those of a day, undated ones included.
    #[must_use]
    pub fn before(&self, day: Day) -> u32 {
        self.range(Some(day), None).start
    }

    /// The first and the last day.
    #[must_use]
    pub fn bounds(&self) -> Option<(Day, Day)> {
        Some((self.runs.first()?.0, self.runs.last()?.0))
    }

    /// Day and articles of each run, ascending.
    pub fn runs(&self) -> impl Iterator<Item = (Day, Range<u32>)> + '_ {
        let starts = std::iter::once(self.undated).chain(self.runs.iter().map(|run| run.1));
        self.runs.iter().zip(starts).map(|((day, end), start)| (*day, start..*end))
    }
}

/// 0001-01-01.
const FIRST_DAY: i64 = -719_162;
/// 9999-12-31: a histogram has a bar for each month up to the last day.
const LAST_DAY: i32 = 2_932_896;

/// The lengths of articles, in words, to one of eight levels: for BM25.
///
/// Eight levels at the octiles of the segment lose little against exact lengths and cost 3 bits an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lengths {
    levels: [u32; 8],
    of: Vec<u8>,
}

impl Lengths {
    /// From the words of each article.
    #[must_use]
    pub fn from_words(words: &[u32]) -> Self {
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        let mut levels = [0; 8];
        for (at, level) in levels.iter_mut().enumerate() {
            // The middle of each octile.
            *level = sorted.get((sorted.len() * (2 * at + 1)) / 16).copied().unwrap_or(0);
        }
        let nearest = |words: u32| (0..8u8).min_by_key(|at| levels[usize::from(*at)].abs_diff(words)).unwrap_or(0);
        Lengths { levels, of: words.iter().map(|words| nearest(*words)).collect() }
    }

    /// Appends them: eight varints, then 3 bits an article.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.levels.iter().for_each(|level| varint::write(u64::from(*level), out));
        let mut bits = BitWriter::default();
        self.of.iter().for_each(|at| bits.bits(u64::from(*at), 3));
        out.extend(bits.finish());
    }

    /// Reads what [`Lengths::write`] wrote.
    ///
    /// # Errors
    /// `damaged` when it is cut.
    pub fn read(bytes: &[u8], articles: usize) -> Result<Self> {
        let mut reader = Reader::new(bytes, "the lengths");
        let mut levels = [0; 8];
        for level in &mut levels {
            *level = reader.u32()?;
        }
        let mut bits = BitReader::new(reader.rest(), 0);
        let of = (0..articles).map(|_| Ok(bits.bits(3)? as u8)).collect::<Result<_>>()?;
        Ok(Lengths { levels, of })
    }

    /// The words of an article, roughly.
    #[must_use]
    pub fn words(&self, doc: u32) -> u32 {
        self.of.get(doc as usize).map_or(0, |at| self.levels[usize::from(*at) & 7])
    }

    /// What [`Lengths::level`] stands for, in words.
    #[must_use]
    pub fn levels(&self) -> &[u32; 8] {
        &self.levels
    }

    /// The level of an article, 0 to 7.
    #[must_use]
    pub fn level(&self, doc: u32) -> usize {
        self.of.get(doc as usize).map_or(0, |at| usize::from(*at) & 7)
    }
}

/// In which page of the article files each article begins: see [`pages`](crate::bundle::pages).
///
/// As bits: for each article as many zeros as pages lie between its page and that of the article before, then a one.
/// (The upper half of an Elias-Fano code; the lower half is in the pages themselves.)
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageTable {
    first: Vec<u32>,
    pages: u32,
}

impl PageTable {
    /// From the first page of each article, ascending, and the number of all pages.
    #[must_use]
    pub fn from_pages(first: Vec<u32>, pages: u32) -> Self {
        PageTable { first, pages }
    }

    /// Appends it: varint pages, then the bits.
    pub fn write(&self, out: &mut Vec<u8>) {
        varint::write(u64::from(self.pages), out);
        let mut bits = BitWriter::default();
        let mut before = 0;
        for page in &self.first {
            bits.unary(u64::from(page - before));
            before = *page;
        }
        out.extend(bits.finish());
    }

    /// Reads what [`PageTable::write`] wrote.
    ///
    /// # Errors
    /// `damaged` when it is cut or states a page that is not there.
    pub fn read(bytes: &[u8], articles: usize) -> Result<Self> {
        let mut reader = Reader::new(bytes, "the page table");
        let pages = reader.u32()?;
        let mut bits = BitReader::new(reader.rest(), 0);
        let mut page = 0u64;
        let mut first = Vec::with_capacity(articles);
        for _ in 0..articles {
            page += bits.unary()?;
            if page >= u64::from(pages) {
                return Err(Error::damaged("the page table", "a page is out of range"));
            }
            first.push(page as u32);
        }
        Ok(PageTable { first, pages })
    }

    /// The pages that hold an article, and how many articles begin in its first page before it.
    #[must_use]
    pub fn pages_of(&self, doc: u32) -> Option<(Range<u32>, usize)> {
        let at = doc as usize;
        let first = *self.first.get(at)?;
        // It ends at the latest where the next one begins, which may be later in that same page.
        let last = self.first.get(at + 1).map_or(self.pages, |next| next + 1);
        let before = self.first[..at].iter().rev().take_while(|page| **page == first).count();
        Some((first..last.max(first + 1).min(self.pages), before))
    }

    /// All pages.
    #[must_use]
    pub fn pages(&self) -> u32 {
        self.pages
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn dates() -> Dates {
        let day = |text| Day::parse(text);
        Dates::from_days([None, None, day("2021-05-18"), day("2023-05-19"), day("2023-05-19"), day("2024-01-01")])
    }

    #[test]
    fn dates_round_trip() {
        let mut bytes = Vec::new();
        dates().write(&mut bytes);
        assert_eq!(Dates::read(&bytes, 6), Ok(dates()));
        assert!(Dates::read(&bytes, 7).is_err());
        assert!(Dates::read(&bytes[..3], 6).is_err());
    }

    #[test]
    fn a_day_after_the_year_9999_is_damage() {
        let bytes_of = |day: i32| {
            let mut bytes = Vec::new();
            Dates::from_days([Some(Day(day))]).write(&mut bytes);
            bytes
        };
        assert!(Dates::read(&bytes_of(LAST_DAY), 1).is_ok());
        assert!(Dates::read(&bytes_of(LAST_DAY + 1), 1).is_err());
    }

    #[test]
    fn a_range_of_days_is_a_range_of_numbers() {
        let range = |from: &str, to: &str| dates().range(Day::parse(from), Day::parse(to));
        assert_eq!(range("2023-01-01", "2023-12-31"), 3..5);
        assert_eq!(range("2023-05-19", ""), 3..6);
        assert_eq!(range("", "2021-05-18"), 2..3);
        assert_eq!(range("2025-01-01", ""), 6..6);
        assert!(range("2024-06-01", "2022-01-01").is_empty());
    }

    #[test]
    fn an_article_has_its_day_or_none() {
        assert_eq!(dates().day(1), None);
        assert_eq!(dates().day(4), Day::parse("2023-05-19"));
        assert_eq!(dates().day(6), None);
        assert_eq!(dates().bounds(), Day::parse("2021-05-18").zip(Day::parse("2024-01-01")));
    }

    #[test]
    fn lengths_keep_their_order() {
        let words: Vec<u32> = (0..400).map(|n| n * n % 977).collect();
        let lengths = Lengths::from_words(&words);
        let mut bytes = Vec::new();
        lengths.write(&mut bytes);
        assert_eq!(Lengths::read(&bytes, 400), Ok(lengths.clone()));
        assert!(lengths.words(10) <= lengths.words(31));
        assert!(Lengths::read(&bytes[..20], 400).is_err());
    }

    #[test]
    fn the_page_table_finds_neighbours_in_a_page() {
        let table = PageTable::from_pages(vec![0, 0, 0, 2, 3], 5);
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let table = PageTable::read(&bytes, 5).unwrap();
        assert_eq!(table.pages_of(1), Some((0..1, 1)));
        assert_eq!(table.pages_of(2), Some((0..3, 2)));
        assert_eq!(table.pages_of(4), Some((3..5, 0)));
        assert_eq!(table.pages_of(5), None);
    }
}
