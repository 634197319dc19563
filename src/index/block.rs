//! Blocks of the term dictionary.
//!
//! The dictionary is cut into blocks of about 4 KB. A block holds consecutive keys as an FST and, in their order, what
//! belongs to each key:
//!
//! ```text
//! block  = varint first-list-offset   where the first long list of this block begins in the space of postings
//!          varint keys                how many
//!          varint fst-length
//!          fst                        key → its number in this block
//!          entries                    bits, one entry per key
//!          crc32                      of all before it, with its place
//! entry  = gamma articles, then
//!          articles <= INLINE:        the list itself (see postings)
//!          else:                      gamma length of the list in bytes; lists lie in the order of their keys
//! ```
//!
//! A short list lies in the block, so that reading a rare term costs one request. Entries have no byte borders: to find
//! one, those before it are passed over, once for each block.

use fst::{IntoStreamer, Map, Streamer};

use super::bits::BitReader;
use super::postings::{Postings, Scheme};
use super::varint::Reader;
use crate::{Error, Result};

/// Lists of up to this many articles lie in the block.
pub const INLINE: usize = 24;
/// The bytes of a checksum.
pub const CHECKSUM: usize = 4;
/// Most keys a block may state; a guard against lying counts.
const MAX_KEYS: usize = 1 << 16;

/// A term as its block describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The key, with its field's byte.
    pub key: Vec<u8>,
    /// How many articles hold it.
    pub articles: usize,
    /// Where its postings are.
    pub list: List,
}

/// Where a term's postings are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// In the block, from this bit of its entries.
    Inline(usize),
    /// In the space of postings: offset and length in bytes, with the checksum.
    Long(u64, usize),
}

/// A block whose checksum was right, opened for lookups.
pub struct Block {
    map: Map<Vec<u8>>,
    entries: Vec<u8>,
    /// For each key: how many articles, and where its list is.
    lists: Vec<(usize, List)>,
}

impl Block {
    /// Opens a block from its bytes without the checksum, which the caller has verified.
    ///
    /// # Errors
    /// `damaged` when counts, lengths or the FST do not fit together.
    pub fn open(bytes: &[u8], scheme: &Scheme) -> Result<Self> {
        let mut reader = Reader::new(bytes, "a block of terms");
        let mut offset = reader.varint()?;
        let keys = reader.bounded(MAX_KEYS)?;
        let length = reader.bounded(bytes.len())?;
        let map = Map::new(reader.bytes(length)?.to_vec())
            .map_err(|_| Error::damaged("a block of terms", "its dictionary cannot be read"))?;
        if map.len() != keys {
            return Err(Error::damaged("a block of terms", "its dictionary has another number of keys"));
        }
        let entries = reader.rest().to_vec();
        let mut lists = Vec::with_capacity(keys);
        let mut bits = BitReader::new(&entries, 0);
        for _ in 0..keys {
            let articles = bits.gamma()? as usize;
            if articles > scheme.articles {
                return Err(Error::damaged("a block of terms", "a term has more articles than there are"));
            }
            if articles <= INLINE {
                lists.push((articles, List::Inline(bits.position())));
                scheme.skip(articles, &mut bits)?;
            } else {
                let length = bits.gamma()? as usize;
                lists.push((articles, List::Long(offset, length)));
                offset = offset.saturating_add(length as u64);
            }
        }
        Ok(Block { map, entries, lists })
    }

    /// Calls `visit` for every term whose key is at least `from` and begins with `prefix`, ascending, until it
    /// answers false. True when the block's keys ended before another prefix began: the next block may hold more.
    pub fn scan(&self, from: &[u8], prefix: &[u8], visit: &mut dyn FnMut(Term) -> bool) -> bool {
        let mut stream = self.map.range().ge(from).into_stream();
        while let Some((key, number)) = stream.next() {
            if !key.starts_with(prefix) {
                return false;
            }
            let Some((articles, list)) = usize::try_from(number).ok().and_then(|n| self.lists.get(n)) else {
                return false;
            };
            if !visit(Term { key: key.to_vec(), articles: *articles, list: list.clone() }) {
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
        self.map.as_fst().as_bytes().len() + self.entries.len() + self.lists.len() * size_of::<(usize, List)>()
    }
}
