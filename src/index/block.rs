//! Blocks of the term dictionary.
//!
//! The dictionary is cut into blocks of about 4 KB. A block holds consecutive keys, front-coded, and, in their order,
//! what belongs to each key:
//!
//! ```text
//! block  = varint first-list-offset   where the first long list of this block begins in the space of postings
//!          varint keys                how many
//!          varint keys-length         bytes of the keys
//!          keys                       each: a byte shared << 4 | rest, then the letters that are not shared with the
//!                                     key before; 15 in either half: a varint follows with what is beyond 15
//!          entries                    bits, one entry per key
//!          crc32                      of all before it, with its place
//! entry  = gamma articles, then
//!          articles <= INLINE:        the list itself (see postings)
//!          else:                      gamma length of the list in bytes; lists lie in the order of their keys
//!          a common list:             the same of its titles, then gamma length of its members, which lie behind them
//! ```
//!
//! A short list lies in the block, so that reading a rare term costs one request. Entries have no byte borders: to find
//! one, those before it are passed over, once for each block.
//!
//! Keys as an FST in each block were tried first: 9.8 bytes a pair and 6.9 a word on 10,000 news articles, against 5.9
//! and 4.2 front-coded. An FST shares endings as well as beginnings, but some hundred keys have few endings in common,
//! and it stores a number with each key, which the order gives for nothing. Over the blocks' last keys, the root, it
//! stays: it is searched as it lies in memory.

use std::rc::Rc;

use super::bits::BitReader;
use super::postings::{Postings, Scheme};
use super::varint::{self, Reader};
use crate::analysis::tokenize::split_key;
use crate::collections::sort_by;
use crate::{Error, Result};

/// Lists of up to this many articles lie in the block.
pub const INLINE: usize = 64;
/// The bytes of a checksum.
pub const CHECKSUM: usize = 4;
/// Most keys a block may state; a guard against lying counts.
pub(super) const MAX_KEYS: usize = 1 << 16;
/// Most bytes of a key beyond the first 15.
const MAX_KEY: usize = 1 << 16;
/// Most bytes of all keys of a block: what they share takes none, so few bytes can spell gigabytes.
const MAX_KEYS_BYTES: usize = 16 << 20;

/// A term as its block describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The key, with its field's byte.
    pub key: Vec<u8>,
    /// How many articles hold it.
    pub articles: usize,
    /// Where its postings are.
    pub list: List,
    /// Of a pair, the word whose list its own holds numbers of: see [`pair_block`](super::pair_block).
    pub base: Option<Rc<Term>>,
}

impl Term {
    /// Whether its list comes in two parts: see [`Scheme::is_common`].
    #[must_use]
    pub fn is_common(&self) -> bool {
        matches!(self.list, List::Common(..))
    }
}

/// Where a term's postings are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// In a block, by its number, from a bit of its entries.
    Inline(usize, usize),
    /// In the space of postings: offset and length in bytes, with the checksum.
    Long(u64, usize),
    /// A common one, there too: offset, bytes of its titles and of its members, each with a checksum.
    Common(u64, usize, usize),
}

/// A block whose checksum was right, opened for lookups.
pub struct Block {
    /// All keys, one after the other.
    keys: Vec<u8>,
    /// Where each key ends.
    ends: Vec<u32>,
    entries: Vec<u8>,
    /// For each key: how many articles, and where its list is.
    lists: Vec<(usize, List)>,
    /// Of a block of words, the first key of each group: those of the same letters.
    groups: Vec<u32>,
}

const PLACE: &str = "a block of terms";
/// The greatest length that half a byte holds; from here on a varint follows.
const LONG: usize = 15;

/// Appends a key after the key before it.
pub fn write_key(before: &[u8], key: &[u8], out: &mut Vec<u8>) {
    let shared = before.iter().zip(key).take_while(|(a, b)| a == b).count();
    let rest = key.len() - shared;
    out.push((shared.min(LONG) << 4 | rest.min(LONG)) as u8);
    for length in [shared, rest] {
        if length >= LONG {
            varint::write((length - LONG) as u64, out);
        }
    }
    out.extend_from_slice(&key[shared..]);
}

/// Reads keys into one buffer.
fn read_keys(bytes: &[u8], count: usize) -> Result<(Vec<u8>, Vec<u32>)> {
    let mut reader = Reader::new(bytes, PLACE);
    let mut keys: Vec<u8> = Vec::with_capacity(bytes.len() * 2);
    let mut ends = Vec::with_capacity(count);
    let mut start = 0;
    for _ in 0..count {
        let halves = usize::from(reader.bytes(1)?[0]);
        let mut length = |half: usize| match half {
            LONG => Ok(LONG + reader.bounded(MAX_KEY)?),
            _ => Ok(half),
        };
        let (shared, rest) = (length(halves >> 4)?, length(halves & 15)?);
        let end = keys.len();
        if shared > end - start {
            return Err(Error::damaged(PLACE, "a key shares more than there is"));
        }
        if end + shared + rest > MAX_KEYS_BYTES {
            return Err(Error::damaged(PLACE, "its keys are too long"));
        }
        keys.extend_from_within(start..start + shared);
        keys.extend_from_slice(reader.bytes(rest)?);
        start = end;
        ends.push(keys.len() as u32);
    }
    if reader.is_done() { Ok((keys, ends)) } else { Err(Error::damaged(PLACE, "its keys have another length")) }
}

impl Block {
    /// Opens a block from its number and its bytes without the checksum, which the caller has verified.
    ///
    /// # Errors
    /// `damaged` when counts and lengths do not fit together.
    pub fn open(bytes: &[u8], number: usize, scheme: &Scheme) -> Result<Self> {
        let mut reader = Reader::new(bytes, PLACE);
        let mut offset = reader.varint()?;
        let count = reader.bounded(MAX_KEYS)?;
        let length = reader.bounded(bytes.len())?;
        let (keys, ends) = read_keys(reader.bytes(length)?, count)?;
        let entries = reader.rest().to_vec();
        let mut lists = Vec::with_capacity(count);
        let mut bits = BitReader::new(&entries, 0);
        for _ in 0..count {
            let articles = bits.gamma()? as usize;
            if articles > scheme.articles {
                return Err(Error::damaged(PLACE, "a term has more articles than there are"));
            }
            if articles <= INLINE {
                lists.push((articles, List::Inline(number, bits.position())));
                scheme.skip(articles, &mut bits)?;
            } else {
                let length = bits.gamma()? as usize;
                let (members, list) = if scheme.is_common(articles) {
                    let members = bits.gamma()? as usize;
                    (members, List::Common(offset, length, members))
                } else {
                    (0, List::Long(offset, length))
                };
                lists.push((articles, list));
                offset = offset.saturating_add(length as u64).saturating_add(members as u64);
            }
        }
        let mut block = Block { keys, ends, entries, lists, groups: Vec::new() };
        block.groups = (0..count)
            .filter(|at| *at == 0 || split_key(block.key(at - 1)).0 != split_key(block.key(*at)).0)
            .map(|at| at as u32)
            .collect();
        Ok(block)
    }

    /// How many groups a block of words has.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The number within the block of the first group whose letters, with the field's byte, are not before others.
    #[must_use]
    pub fn group_of(&self, letters: &[u8]) -> usize {
        self.groups.partition_point(|at| split_key(self.key(*at as usize)).0 < letters)
    }

    /// The terms of a group, from the one that most articles have; none when there is no such group.
    #[must_use]
    pub fn group(&self, number: usize) -> Vec<Term> {
        let Some(from) = self.groups.get(number) else { return Vec::new() };
        let to = self.groups.get(number + 1).map_or(self.lists.len(), |to| *to as usize);
        let mut terms: Vec<Term> = (*from as usize..to).map(|at| self.term(at)).collect();
        sort_by(&mut terms, |a, b| b.articles.cmp(&a.articles).then_with(|| a.key.cmp(&b.key)));
        terms
    }

    fn term(&self, number: usize) -> Term {
        let (articles, list) = self.lists[number].clone();
        Term { key: self.key(number).to_vec(), articles, list, base: None }
    }

    fn key(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.keys[start..self.ends[number] as usize]
    }

    /// Calls `visit` for every term whose key is at least `from` and begins with `prefix`, ascending, until it
    /// answers false. True when the block's keys ended before another prefix began: the next block may hold more.
    pub fn scan(&self, from: &[u8], prefix: &[u8], visit: &mut dyn FnMut(Term) -> bool) -> bool {
        let (mut low, mut high) = (0, self.lists.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.key(middle) < from {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for number in low..self.lists.len() {
            if !self.key(number).starts_with(prefix) || !visit(self.term(number)) {
                return false;
            }
        }
        true
    }

    /// The postings of an inline list.
    ///
    /// # Errors
    /// `damaged` when the bits do not hold them.
    pub fn inline(&self, articles: usize, bit: usize, scheme: &Scheme) -> Result<Postings> {
        scheme.read(articles, &mut BitReader::new(&self.entries, bit))
    }

    /// About how many bytes it takes in memory.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.keys.len() + self.ends.len() * 4 + self.entries.len() + self.lists.len() * size_of::<(usize, List)>()
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_that_share_gigabytes_are_damage() {
        let long = vec![b'a'; MAX_KEY];
        let mut bytes = Vec::new();
        write_key(b"", &long, &mut bytes);
        (0..1000).for_each(|_| write_key(&long, &long, &mut bytes));
        assert!(read_keys(&bytes, 1001).is_err());
    }

    proptest! {
        #[test]
        fn keys_round_trip(keys in proptest::collection::btree_set("[a-c]{0,40}", 0..60)) {
            let keys: Vec<Vec<u8>> = keys.into_iter().map(String::into_bytes).collect();
            let mut bytes = Vec::new();
            let mut before: &[u8] = &[];
            for key in &keys {
                write_key(before, key, &mut bytes);
                before = key;
            }
            let (all, ends) = read_keys(&bytes, keys.len()).unwrap();
            prop_assert_eq!(all, keys.concat());
            prop_assert_eq!(ends.len(), keys.len());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80), count in 0usize..20) {
            let _ = read_keys(&bytes, count);
        }
    }
}
