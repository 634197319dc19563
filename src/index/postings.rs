//! Postings: which articles hold a term, and how.
//!
//! ```text
//! ids          gaps in Rice code; k from the count and the number of articles. A list of more than half of the
//!              articles holds the articles that do NOT have the term.
//! frequencies  one symbol per posting: the rank of (how often, in title?, in lead?) among all symbols of the segment,
//!              the most frequent first, in Rice code. A list of more than half of the articles of a segment of 1,000
//!              or more has none: such a term tells articles apart by presence at most. In segments of 20,000 articles
//!              or more, a list of more than an eighth of them tells only where: the numbers within it of articles with
//!              the term in the title, then in the lead: gamma 1 + how many, then as ids.
//! ```
//!
//! In such a segment, a list of more than a quarter of the articles is *common* and comes in two parts, so that a query
//! with rarer words need not fetch what weighs most and tells least:
//!
//! ```text
//! titles       articles with the term in the title: gamma 1 + how many, then ids
//! members      ids of all articles that have it; numbers within them of those with the term in the lead, as above
//! ```

use super::bits::{BitReader, BitWriter, rice_parameter};
use crate::{Error, Result};

/// How often a term occurs in an article, and whether in its title and its lead.
///
/// One number of 0 to 31: `bucket * 4 + in_lead * 2 + in_title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Frequency(u8);

/// How many different [`Frequency`] values there are.
pub const SYMBOLS: usize = 32;
/// Upper ends of the buckets of occurrences, and what each stands for.
const BUCKETS: [(u32, f32); 8] =
    [(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0), (6, 5.0), (9, 7.5), (14, 11.5), (u32::MAX, 18.0)];

impl Frequency {
    /// From a count of occurrences in the whole article (1 or more).
    #[must_use]
    pub fn new(count: u32, in_title: bool, in_lead: bool) -> Self {
        let bucket = BUCKETS.iter().position(|(upper, _)| count <= *upper).unwrap_or(BUCKETS.len() - 1) as u8;
        Frequency(bucket * 4 + u8::from(in_lead) * 2 + u8::from(in_title))
    }

    /// From its number; `None` from 32 on.
    #[must_use]
    pub fn from_symbol(symbol: u8) -> Option<Self> {
        (usize::from(symbol) < SYMBOLS).then_some(Frequency(symbol))
    }

    /// Its number, 0 to 31.
    #[must_use]
    pub fn symbol(self) -> u8 {
        self.0
    }

    /// Occurrences in the whole article, roughly above 4.
    #[must_use]
    pub fn count(self) -> f32 {
        BUCKETS[usize::from(self.0 >> 2 & 7)].1
    }

    /// Whether it occurs in the title.
    #[must_use]
    pub fn in_title(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether it occurs in the lead.
    #[must_use]
    pub fn in_lead(self) -> bool {
        self.0 & 2 != 0
    }
}

/// The symbols of a segment by descending frequency, so that common ones get short codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SymbolRanks {
    by_rank: [u8; SYMBOLS],
    ranks: [u8; SYMBOLS],
}

impl SymbolRanks {
    /// From how often each symbol occurs; ties in the order of the symbols.
    #[must_use]
    pub fn from_counts(counts: &[u64; SYMBOLS]) -> Self {
        let mut order: Vec<u8> = (0..SYMBOLS as u8).collect();
        order.sort_by_key(|symbol| std::cmp::Reverse(counts[usize::from(*symbol)]));
        let mut by_rank = [0; SYMBOLS];
        by_rank.copy_from_slice(&order);
        Self::from_order(by_rank).unwrap_or(SymbolRanks { by_rank, ranks: by_rank })
    }

    /// From the symbols in order; `None` when one is missing.
    #[must_use]
    pub fn from_order(by_rank: [u8; SYMBOLS]) -> Option<Self> {
        let mut ranks = [u8::MAX; SYMBOLS];
        for (rank, symbol) in by_rank.iter().enumerate() {
            *ranks.get_mut(usize::from(*symbol))? = rank as u8;
        }
        (!ranks.contains(&u8::MAX)).then_some(SymbolRanks { by_rank, ranks })
    }

    /// The symbols in order.
    #[must_use]
    pub fn order(&self) -> &[u8; SYMBOLS] {
        &self.by_rank
    }
}

/// What postings are written against: known to reader and writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Articles of the segment.
    pub articles: usize,
    /// Codes of the frequencies.
    pub ranks: SymbolRanks,
}

/// A term's articles, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    /// Article numbers of the segment, ascending, each below [`Scheme::articles`].
    pub docs: Vec<u32>,
    /// One for each article; empty when the list is so common that none are kept.
    pub frequencies: Vec<Frequency>,
}

impl Postings {
    /// Articles of which some have the term in the title; `titles` ascend.
    #[must_use]
    pub fn with_titles(docs: Vec<u32>, titles: &[u32]) -> Self {
        let mut titles = titles.iter().peekable();
        let frequency = |doc: &u32| {
            while titles.next_if(|title| *title < doc).is_some() {}
            Frequency::new(USUAL, titles.next_if_eq(&doc).is_some(), false)
        };
        Postings { frequencies: docs.iter().map(frequency).collect(), docs }
    }
}

/// Appends where in a list a term stands in the title, or in the lead.
fn write_places(frequencies: &[Frequency], is_there: fn(Frequency) -> bool, out: &mut BitWriter) {
    let there = (0u32..).zip(frequencies).filter(|(_, frequency)| is_there(**frequency));
    let numbers: Vec<u32> = there.map(|(at, _)| at).collect();
    out.gamma(1 + numbers.len() as u32);
    write_numbers(&numbers, frequencies.len(), out);
}

/// For each article of a list, whether the term stands there.
fn read_places(count: usize, bits: &mut BitReader<'_>) -> Result<Vec<bool>> {
    let mut places = vec![false; count];
    let there = bits.gamma()? as usize - 1;
    for number in read_numbers(there, count, bits)? {
        places[number as usize] = true;
    }
    Ok(places)
}

/// In segments of this many articles or more, lists of more than half of them keep no frequencies.
const SMALL_SEGMENT: usize = 1000;
/// In segments of this many articles or more, what most articles have is not counted.
const LARGE_SEGMENT: usize = 20_000;
/// There, a list tells only titles and leads that has more than one article in so many,
const FREQUENT: usize = 8;
/// and comes in two parts when it has more than one in so many.
const COMMON: usize = 4;
/// One is heavy that has more than one in so many.
const HEAVY: usize = 64;
/// How often a common word is taken to occur in an article that has it.
const USUAL: u32 = 2;

/// What a list says of each of its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// How often the term occurs, and whether in the title and in the lead.
    All,
    /// Whether in the title and in the lead.
    Places,
    /// That it has the term.
    None,
}

impl Scheme {
    /// Whether some lists come in two parts.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.articles >= LARGE_SEGMENT
    }

    /// Whether a list of that many articles takes kilobytes.
    #[must_use]
    pub fn is_heavy(&self, count: usize) -> bool {
        self.is_large() && count * HEAVY > self.articles
    }

    /// Whether a list of that many articles comes in two parts.
    #[must_use]
    pub fn is_common(&self, count: usize) -> bool {
        self.is_large() && count * COMMON > self.articles
    }

    /// What a list of that many articles, which is not common, says of each.
    fn detail(&self, count: usize) -> Detail {
        match self.articles {
            LARGE_SEGMENT.. if count * FREQUENT > self.articles => Detail::Places,
            SMALL_SEGMENT..LARGE_SEGMENT if is_complement(count, self.articles) => Detail::None,
            _ => Detail::All,
        }
    }

    /// The bound of the numbers in a pair's list, whose base has so many articles: they are numbers within the base's
    /// list, or of articles where that is common.
    #[must_use]
    pub fn bound(&self, base: usize) -> usize {
        if self.is_common(base) { self.articles } else { base }
    }

    /// Appends a list that is not common. `docs` ascend; `frequencies` has one for each or is empty (a list without).
    pub fn write(&self, docs: &[u32], frequencies: &[Frequency], out: &mut BitWriter) {
        write_numbers(docs, self.articles, out);
        let detail = if frequencies.is_empty() { Detail::None } else { self.detail(docs.len()) };
        out.bits(u64::from(detail != Detail::None), 1);
        match detail {
            Detail::None => {}
            Detail::Places => {
                write_places(frequencies, Frequency::in_title, out);
                write_places(frequencies, Frequency::in_lead, out);
            }
            Detail::All => {
                let k = self.frequency_parameter(frequencies);
                if docs.len() >= LONG_LIST {
                    out.bits(u64::from(k), 2);
                }
                for frequency in frequencies {
                    out.rice(u64::from(self.ranks.ranks[usize::from(frequency.0)]), k);
                }
            }
        }
    }

    /// Appends the titles of a common list.
    pub fn write_titles(&self, docs: &[u32], frequencies: &[Frequency], out: &mut BitWriter) {
        let titles = docs.iter().zip(frequencies).filter(|(_, frequency)| frequency.in_title());
        let titles: Vec<u32> = titles.map(|(doc, _)| *doc).collect();
        out.gamma(1 + titles.len() as u32);
        write_numbers(&titles, self.articles, out);
    }

    /// Appends the members of a common list.
    pub fn write_members(&self, docs: &[u32], frequencies: &[Frequency], out: &mut BitWriter) {
        write_numbers(docs, self.articles, out);
        write_places(frequencies, Frequency::in_lead, out);
    }

    /// Reads the titles of a common list.
    ///
    /// # Errors
    /// As [`Scheme::read`].
    pub fn read_titles(&self, bits: &mut BitReader<'_>) -> Result<Vec<u32>> {
        let count = bits.gamma()? as usize - 1;
        read_numbers(count, self.articles, bits)
    }

    /// Reads the members of a common list of `count` articles, of which these are the titles.
    ///
    /// # Errors
    /// As [`Scheme::read`].
    pub fn read_members(&self, count: usize, titles: &[u32], bits: &mut BitReader<'_>) -> Result<Postings> {
        let docs = read_numbers(count, self.articles, bits)?;
        let in_lead = read_places(count, bits)?;
        let mut postings = Postings::with_titles(docs, titles);
        for (frequency, in_lead) in postings.frequencies.iter_mut().zip(in_lead) {
            *frequency = Frequency::new(USUAL, frequency.in_title(), in_lead);
        }
        Ok(postings)
    }

    /// The shortest of k = 0 to 3 for long lists; short lists use 0.
    fn frequency_parameter(&self, frequencies: &[Frequency]) -> u32 {
        if frequencies.len() < LONG_LIST {
            return 0;
        }
        let rank = |f: &Frequency| u32::from(self.ranks.ranks[usize::from(f.0)]);
        (0..4).min_by_key(|k| frequencies.iter().map(|f| (rank(f) >> k) + k).sum::<u32>()).unwrap_or(0)
    }

    /// Reads a list of `count` articles, which is not common.
    ///
    /// # Errors
    /// `damaged` when the bits end or an article number is out of range.
    pub fn read(&self, count: usize, bits: &mut BitReader<'_>) -> Result<Postings> {
        let docs = read_numbers(count, self.articles, bits)?;
        let mut frequencies = Vec::new();
        let follow = bits.bits(1)? == 1;
        match self.detail(count) {
            Detail::Places if follow => {
                let places = read_places(count, bits)?.into_iter().zip(read_places(count, bits)?);
                frequencies = places.map(|(title, lead)| Frequency::new(USUAL, title, lead)).collect();
            }
            Detail::All if follow => {
                let k = if count >= LONG_LIST { bits.bits(2)? as u32 } else { 0 };
                frequencies.reserve(count);
                for _ in 0..count {
                    let rank = bits.rice(k)? as usize;
                    let symbol = self.ranks.by_rank.get(rank);
                    let symbol = symbol.ok_or_else(|| Error::damaged("postings", "a frequency is unknown"))?;
                    frequencies.push(Frequency(*symbol));
                }
            }
            _ => {}
        }
        Ok(Postings { docs, frequencies })
    }

    /// Passes over a list without keeping it.
    ///
    /// # Errors
    /// As [`Scheme::read`].
    pub fn skip(&self, count: usize, bits: &mut BitReader<'_>) -> Result<()> {
        let stored = stored(count, self.articles)?;
        let k = rice_parameter(stored, self.articles);
        for _ in 0..stored {
            bits.rice(k)?;
        }
        if bits.bits(1)? == 1 {
            let k = if count >= LONG_LIST { bits.bits(2)? as u32 } else { 0 };
            for _ in 0..count {
                bits.rice(k)?;
            }
        }
        Ok(())
    }
}

/// Whether a list holds the numbers that are not in it instead.
fn is_complement(count: usize, bound: usize) -> bool {
    count * 2 > bound
}

/// Appends ascending numbers below a bound.
pub fn write_numbers(numbers: &[u32], bound: usize, out: &mut BitWriter) {
    if is_complement(numbers.len(), bound) {
        let mut have = numbers.iter().copied().peekable();
        let others = (0..bound as u32).filter(|number| have.next_if_eq(number).is_none());
        write_gaps(others, bound - numbers.len(), bound, out);
    } else {
        write_gaps(numbers.iter().copied(), numbers.len(), bound, out);
    }
}

fn write_gaps(numbers: impl Iterator<Item = u32>, count: usize, bound: usize, out: &mut BitWriter) {
    let k = rice_parameter(count, bound);
    let mut next = 0;
    for number in numbers {
        out.rice(u64::from(number - next), k);
        next = number + 1;
    }
}

/// Reads so many ascending numbers below a bound.
///
/// # Errors
/// `damaged` when the bits end or a number is out of range.
pub fn read_numbers(count: usize, bound: usize, bits: &mut BitReader<'_>) -> Result<Vec<u32>> {
    let stored = read_gaps(stored(count, bound)?, bound, bits)?;
    if is_complement(count, bound) {
        let mut others = stored.into_iter().peekable();
        Ok((0..bound as u32).filter(|number| others.next_if_eq(number).is_none()).collect())
    } else {
        Ok(stored)
    }
}

/// How many numbers stand for a list of `count` below a bound: its own, or those that are not in it.
fn stored(count: usize, bound: usize) -> Result<usize> {
    let others = bound.checked_sub(count).ok_or_else(|| Error::damaged("postings", "more articles than there are"))?;
    Ok(if is_complement(count, bound) { others } else { count })
}

fn read_gaps(count: usize, bound: usize, bits: &mut BitReader<'_>) -> Result<Vec<u32>> {
    let k = rice_parameter(count, bound);
    let mut numbers = Vec::with_capacity(count);
    let mut next = 0u64;
    for _ in 0..count {
        let number = next + bits.rice(k)?;
        if number >= bound as u64 {
            return Err(Error::damaged("postings", "an article number is out of range"));
        }
        numbers.push(number as u32);
        next = number + 1;
    }
    Ok(numbers)
}

/// Lists of this many articles or more choose their own code for frequencies.
const LONG_LIST: usize = 32;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scheme(articles: usize) -> Scheme {
        let mut counts = [0; SYMBOLS];
        counts[0] = 100;
        counts[4] = 50;
        Scheme { articles, ranks: SymbolRanks::from_counts(&counts) }
    }

    proptest! {
        #[test]
        fn lists_round_trip(articles in 1usize..3000, seed in any::<u64>(), share in 1u64..100) {
            let mut state = seed | 1;
            let mut random = move || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
            let docs: Vec<u32> = (0..articles as u32).filter(|_| random() % 100 < share).collect();
            let frequencies: Vec<Frequency> = docs.iter().map(|_| Frequency((random() % 32) as u8)).collect();
            let scheme = scheme(articles);
            let mut bits = BitWriter::default();
            scheme.write(&docs, &frequencies, &mut bits);
            let length = bits.len();
            let bytes = bits.finish();
            let read = scheme.read(docs.len(), &mut BitReader::new(&bytes, 0)).unwrap();
            prop_assert_eq!(&read.docs, &docs);
            if scheme.detail(docs.len()) == Detail::All {
                prop_assert_eq!(read.frequencies, frequencies);
            }
            let mut reader = BitReader::new(&bytes, 0);
            scheme.skip(docs.len(), &mut reader).unwrap();
            prop_assert_eq!(reader.position(), length);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80), count in 0usize..200) {
            let scheme = scheme(150);
            let read = scheme.read(count, &mut BitReader::new(&bytes, 0));
            let common = scheme.read_members(count, &[3, 90], &mut BitReader::new(&bytes, 0));
            for postings in read.into_iter().chain(common) {
                prop_assert!(postings.docs.iter().all(|doc| *doc < 150));
                prop_assert!(postings.docs.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }

    #[test]
    fn common_lists_of_large_segments_cost_little() {
        let scheme = scheme(10_000);
        let docs: Vec<u32> = (0..10_000).filter(|doc| doc % 50 != 0).collect();
        let mut bits = BitWriter::default();
        scheme.write(&docs, &vec![Frequency(4); docs.len()], &mut bits);
        assert!(bits.len() < 200 * 9);
    }

    /// Articles of a segment of 40,000, and where each has the term.
    fn one_in(many: u32) -> (Scheme, Vec<u32>, Vec<Frequency>) {
        let docs: Vec<u32> = (0..40_000).filter(|doc| doc % many == 0).collect();
        let frequency = |doc: &u32| Frequency::new(1 + doc % 12, doc.is_multiple_of(42), doc.is_multiple_of(30));
        let frequencies = docs.iter().map(frequency).collect();
        (scheme(40_000), docs, frequencies)
    }

    fn places(list: &[Frequency]) -> Vec<(bool, bool)> {
        list.iter().map(|f| (f.in_title(), f.in_lead())).collect()
    }

    #[test]
    fn frequent_lists_of_very_large_segments_tell_titles_and_leads() {
        let (scheme, docs, frequencies) = one_in(6);
        let mut bits = BitWriter::default();
        scheme.write(&docs, &frequencies, &mut bits);
        let bytes = bits.finish();
        let read = scheme.read(docs.len(), &mut BitReader::new(&bytes, 0)).unwrap();
        assert_eq!((read.docs, places(&read.frequencies)), (docs, places(&frequencies)));
        assert!(scheme.detail(5_000) == Detail::All && scheme.detail(5_001) == Detail::Places);
    }

    #[test]
    fn common_lists_of_very_large_segments_come_in_two_parts() {
        let (scheme, docs, frequencies) = one_in(3);
        let [mut titles, mut members] = [BitWriter::default(), BitWriter::default()];
        scheme.write_titles(&docs, &frequencies, &mut titles);
        scheme.write_members(&docs, &frequencies, &mut members);
        let (titles, members) = (titles.finish(), members.finish());
        assert!(titles.len() * 5 < members.len(), "{} {}", titles.len(), members.len());
        let titles = scheme.read_titles(&mut BitReader::new(&titles, 0)).unwrap();
        let read = scheme.read_members(docs.len(), &titles, &mut BitReader::new(&members, 0)).unwrap();
        assert_eq!((read.docs, places(&read.frequencies)), (docs, places(&frequencies)));
        assert!(!scheme.is_common(10_000) && scheme.is_common(10_001));
    }

    #[test]
    fn a_frequency_says_how_often_and_where() {
        let frequency = Frequency::new(3, true, false);
        assert!(frequency.in_title() && !frequency.in_lead());
        assert!((frequency.count() - 3.0).abs() < f32::EPSILON);
        assert_eq!(Frequency::from_symbol(frequency.symbol()), Some(frequency));
        assert_eq!(Frequency::from_symbol(32), None);
    }
}
