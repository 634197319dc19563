//! Blocks of the term dictionary that hold pairs of neighbouring words.
//!
//! Half of a library's terms are pairs of two articles or fewer, so a pair's key must take few bits: not its letters and
//! marks but the numbers of its words. A *group* is all words of the same letters; groups are numbered in the order of
//! their letters, the forms of a group from the one that most articles have. The blocks of words tell both.
//!
//! ```text
//! block  = varint first-list-offset · varint pairs · varint keys-length · keys · entries · crc32    as blocks of words
//! keys   bits, for each first word:
//!          gamma 1 + its group, less that of the first word before
//!          gamma pairs
//!          for each: Rice code of the second word's group, less that of the pair before; gamma 1 + form of the first,
//!          gamma 1 + form of the second
//! entry  = gamma articles
//!          [5 bits     class of the first word's articles, where its form is the first of its kind in the block]
//!          1 bit       which word is the base: 1 the second
//!          [gamma      1 + class of the first word's articles − class of the second's, if that is the base]
//!          articles <= INLINE: numbers within the base's list, in Rice code by the class; of one article: class bits
//!          else:               gamma bytes of the long list
//! class  = the bits that numbers below the articles of a word take; of a common word, below those of the segment
//! ```
//!
//! A pair's articles are among those of either word, so its list holds numbers within the list of the rarer word, its
//! *base*; where that is common, so that nobody wants to fetch it, numbers of articles. The classes are what is needed
//! to pass over a list without knowing the words.
//!
//! | 10,000 news articles, 882,000 pairs | spelled, own numbers | so |
//! | --- | --- | --- |
//! | keys | 3.0 MB, with those of one article by a hash of three bytes | 1.3 MB, all exact |
//! | lists | 5.5 MB, and 0.95 MB of frequencies | 3.9 MB; frequencies are those of the base |

use super::bits::{BitReader, BitWriter, rice_parameter};
use super::block::{INLINE, List, MAX_KEYS};
use super::varint::Reader;
use crate::{Error, Result};

const PLACE: &str = "a block of pairs";
/// The bits of a class.
const CLASS: u32 = 5;

/// A pair's words as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairKey {
    /// Group of the first word and of the second.
    pub groups: (u32, u32),
    /// Their forms within the groups.
    pub forms: (u32, u32),
}

/// A pair as its block describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairEntry {
    /// Which pair.
    pub key: PairKey,
    /// How many articles have it.
    pub articles: usize,
    /// Its list holds numbers within the list of its second word, else of its first.
    pub base_is_second: bool,
    /// Where its list is.
    pub list: List,
}

/// A block whose checksum was right, opened for lookups.
pub struct PairBlock {
    /// By key's groups.
    pub pairs: Vec<PairEntry>,
    entries: Vec<u8>,
}

/// The bits that numbers below a bound take.
#[must_use]
pub fn class(bound: usize) -> u32 {
    usize::BITS - bound.saturating_sub(1).leading_zeros()
}

/// Classes of the articles of a run's first word, by form.
#[derive(Default)]
pub struct Classes {
    group: Option<u32>,
    known: Vec<(u32, u32)>,
}

impl Classes {
    /// The class of a first word's form, if it was stated in this block.
    fn of(&mut self, key: &PairKey) -> Option<u32> {
        if self.group != Some(key.groups.0) {
            self.group = Some(key.groups.0);
            self.known.clear();
        }
        self.known.iter().find(|(form, _)| *form == key.forms.0).map(|(_, class)| *class)
    }

    /// Appends what an entry says of its base; `bounds` of numbers within the first word's list and the second's. Gives
    /// the base's class.
    pub fn write(&mut self, key: &PairKey, bounds: (usize, usize), base_is_second: bool, out: &mut BitWriter) -> u32 {
        let first = class(bounds.0);
        if self.of(key).is_none() {
            out.bits(u64::from(first), CLASS);
            self.known.push((key.forms.0, first));
        }
        out.bits(u64::from(base_is_second), 1);
        if !base_is_second {
            return first;
        }
        let second = class(bounds.1);
        out.gamma(1 + first.saturating_sub(second));
        second
    }

    /// Reads it: the base's class, and whether it is the second word.
    fn read(&mut self, key: &PairKey, bits: &mut BitReader<'_>) -> Result<(u32, bool)> {
        let first = match self.of(key) {
            Some(class) => class,
            None => {
                let class = bits.bits(CLASS)? as u32;
                self.known.push((key.forms.0, class));
                class
            }
        };
        if bits.bits(1)? == 0 {
            return Ok((first, false));
        }
        let second = (first + 1).checked_sub(bits.gamma()?);
        Ok((second.ok_or_else(|| Error::damaged(PLACE, "a class is out of range"))?, true))
    }
}

/// Appends a short list: ascending numbers below a bound of a class.
pub fn write_short(numbers: &[u32], class: u32, out: &mut BitWriter) {
    if let [number] = numbers {
        out.bits(u64::from(*number), class);
        return;
    }
    let k = rice_parameter(numbers.len(), 1 << class);
    let mut next = 0;
    for number in numbers {
        out.rice(u64::from(number - next), k);
        next = number + 1;
    }
}

/// Reads a short list, or passes over it.
fn read_short(count: usize, class: u32, bits: &mut BitReader<'_>, take: &mut dyn FnMut(u64)) -> Result<()> {
    if count == 1 {
        take(bits.bits(class)?);
        return Ok(());
    }
    let k = rice_parameter(count, 1 << class);
    let mut next = 0;
    for _ in 0..count {
        let number = bits.rice(k)?.saturating_add(next);
        take(number);
        next = number.saturating_add(1);
    }
    Ok(())
}

/// Keys to bits; they ascend by their groups.
#[must_use]
pub fn write_keys(keys: &[PairKey], groups: usize) -> Vec<u8> {
    let mut out = BitWriter::default();
    let mut before = 0;
    for run in keys.chunk_by(|a, b| a.groups.0 == b.groups.0) {
        out.gamma(1 + run[0].groups.0 - before);
        before = run[0].groups.0;
        out.gamma(run.len() as u32);
        let k = rice_parameter(run.len(), groups);
        let mut second = 0;
        for key in run {
            out.rice(u64::from(key.groups.1 - second), k);
            second = key.groups.1;
            out.gamma(1 + key.forms.0);
            out.gamma(1 + key.forms.1);
        }
    }
    out.finish()
}

fn read_keys(bytes: &[u8], count: usize, groups: usize) -> Result<Vec<PairKey>> {
    let wrong = || Error::damaged(PLACE, "a pair is of words that are not there");
    let mut bits = BitReader::new(bytes, 0);
    let mut keys = Vec::with_capacity(count);
    let mut first = 0u32;
    while keys.len() < count {
        first = first.checked_add(bits.gamma()? - 1).filter(|first| (*first as usize) < groups).ok_or_else(wrong)?;
        let run = bits.gamma()? as usize;
        if run > count - keys.len() {
            return Err(wrong());
        }
        let k = rice_parameter(run, groups);
        let mut second = 0u64;
        for _ in 0..run {
            second = second.saturating_add(bits.rice(k)?);
            if second >= groups as u64 {
                return Err(wrong());
            }
            keys.push(PairKey { groups: (first, second as u32), forms: (bits.gamma()? - 1, bits.gamma()? - 1) });
        }
    }
    Ok(keys)
}

impl PairBlock {
    /// Opens a block from its bytes without the checksum, which the caller has verified. `groups`: how many there are.
    ///
    /// # Errors
    /// `damaged` when counts and lengths do not fit together.
    pub fn open(bytes: &[u8], number: usize, groups: usize, articles: usize) -> Result<Self> {
        let mut reader = Reader::new(bytes, PLACE);
        let mut offset = reader.varint()?;
        let count = reader.bounded(MAX_KEYS)?;
        let length = reader.bounded(bytes.len())?;
        let keys = read_keys(reader.bytes(length)?, count, groups)?;
        let entries = reader.rest().to_vec();
        let mut pairs = Vec::with_capacity(count);
        let mut bits = BitReader::new(&entries, 0);
        let mut classes = Classes::default();
        for key in keys {
            let count = bits.gamma()? as usize;
            if count > articles {
                return Err(Error::damaged(PLACE, "a pair has more articles than there are"));
            }
            let (class, base_is_second) = classes.read(&key, &mut bits)?;
            let list = if count <= INLINE {
                let at = bits.position();
                read_short(count, class, &mut bits, &mut |_| ())?;
                List::Inline(number, at)
            } else {
                let length = bits.gamma()? as usize;
                let list = List::Long(offset, length);
                offset = offset.saturating_add(length as u64);
                list
            };
            pairs.push(PairEntry { key, articles: count, base_is_second, list });
        }
        Ok(PairBlock { pairs, entries })
    }

    /// The pairs of a first word with second words of a range of groups.
    pub fn of(&self, first: u32, seconds: &std::ops::Range<u32>) -> &[PairEntry] {
        let from = self.pairs.partition_point(|pair| pair.key.groups < (first, seconds.start));
        let to = self.pairs.partition_point(|pair| pair.key.groups < (first, seconds.end));
        self.pairs.get(from..to).unwrap_or(&[])
    }

    /// The numbers of a short list, below the bound of its base.
    ///
    /// # Errors
    /// `damaged` when the bits do not hold them.
    pub fn inline(&self, count: usize, bit: usize, bound: usize) -> Result<Vec<u32>> {
        let mut numbers = Vec::with_capacity(count);
        let mut inside = true;
        read_short(count, class(bound), &mut BitReader::new(&self.entries, bit), &mut |number| {
            inside &= number < bound as u64;
            numbers.push(number as u32);
        })?;
        if inside { Ok(numbers) } else { Err(Error::damaged(PLACE, "an article is not one of its word")) }
    }

    /// About how many bytes it takes in memory.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.entries.len() + self.pairs.len() * size_of::<PairEntry>()
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_round_trip(keys in proptest::collection::btree_set((0u32..50, 0u32..400, 0u32..9, 0u32..9), 0..200)) {
            let keys: Vec<PairKey> =
                keys.into_iter().map(|(a, b, c, d)| PairKey { groups: (a, b), forms: (c, d) }).collect();
            prop_assert_eq!(read_keys(&write_keys(&keys, 400), keys.len(), 400).unwrap(), keys);
        }

        #[test]
        fn short_lists_round_trip(numbers in proptest::collection::btree_set(0u32..700, 1..INLINE), bound in 700usize..5000) {
            let numbers: Vec<u32> = numbers.into_iter().collect();
            let mut out = BitWriter::default();
            write_short(&numbers, class(bound), &mut out);
            let block = PairBlock { pairs: Vec::new(), entries: out.finish() };
            prop_assert_eq!(block.inline(numbers.len(), 0, bound).unwrap(), numbers);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..120), bit in 0usize..300) {
            if let Ok(block) = PairBlock::open(&bytes, 0, 500, 100) {
                prop_assert!(block.pairs.iter().all(|pair| pair.key.groups.1 < 500 && pair.articles <= 100));
                let _ = block.inline(3, bit, 20);
            }
        }
    }

    #[test]
    fn a_class_is_the_bits_of_the_greatest_number() {
        assert_eq!([1, 2, 3, 4, 5, 1000].map(class), [0, 1, 2, 2, 3, 10]);
    }
}
