//! The head of a segment: the one file of it that is read whole, before anything else.
//!
//! ```text
//! 0    8  "timdoc" 0 1
//! 8    4  format version
//! 12   4  number of sections
//! 16   16 for each: kind, offset, length, crc32            all u32, the lowest byte first
//! ..   4  crc32 of all before it
//! ..      the sections
//! ```

use super::files::{Files, Space};
use crate::index::columns::{Dates, Lengths, PageTable};
use crate::index::crc::{crc32, crc32_at};
use crate::index::groups::Groups;
use crate::index::postings::{SYMBOLS, Scheme, SymbolRanks};
use crate::index::root::Root;
use crate::index::varint::{self, Reader};
use crate::{Error, Result};

/// The format this code writes, and the newest it reads.
pub const VERSION: u32 = 1;
/// The first bytes of a head.
pub const MAGIC: [u8; 8] = *b"timdoc\0\x01";
/// Most articles of a segment.
pub const MAX_ARTICLES: usize = 1 << 24;

const PLACE: &str = "the head of a segment";
const FIXED: usize = 16;
const ENTRY: usize = 16;
const KIND: u8 = b'H';

/// The kinds of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Section {
    /// Counts and codes: see [`Statistics`].
    Statistics = 1,
    /// An FST from the last key of each block (or a shorter key before the next block) to the block's number.
    Root = 2,
    /// Lengths of the blocks as varints, in their order, their checksums included.
    Blocks = 3,
    /// The files: see [`Files`].
    Files = 4,
    /// See [`Dates`].
    Dates = 5,
    /// See [`Lengths`].
    Lengths = 6,
    /// See [`PageTable`].
    Pages = 7,
    /// See [`Groups`].
    Groups = 8,
}

const SECTIONS: [Section; 8] = [
    Section::Statistics,
    Section::Root,
    Section::Blocks,
    Section::Files,
    Section::Dates,
    Section::Lengths,
    Section::Pages,
    Section::Groups,
];

/// What a segment counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// How many articles it has, and how frequencies are coded.
    pub scheme: Scheme,
    /// Words of all articles together.
    pub words: u64,
    /// Terms, of all kinds.
    pub terms: u64,
    /// How many values each facet has: its byte and the count.
    pub facets: Vec<(u8, u64)>,
}

impl Statistics {
    fn write(&self, out: &mut Vec<u8>) {
        for number in [self.scheme.articles as u64, self.words, self.terms] {
            varint::write(number, out);
        }
        out.extend_from_slice(self.scheme.ranks.order());
        varint::write(self.facets.len() as u64, out);
        for (tag, values) in &self.facets {
            out.push(*tag);
            varint::write(*values, out);
        }
    }

    fn read(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes, PLACE);
        let articles = reader.bounded(MAX_ARTICLES)?;
        let words = reader.varint()?;
        let terms = reader.varint()?;
        let mut order = [0; SYMBOLS];
        order.copy_from_slice(reader.bytes(SYMBOLS)?);
        let ranks = SymbolRanks::from_order(order).ok_or_else(|| Error::damaged(PLACE, "its codes are incomplete"))?;
        let facets = reader.bounded(256)?;
        let facets = (0..facets).map(|_| Ok((reader.bytes(1)?[0], reader.varint()?))).collect::<Result<_>>()?;
        Ok(Statistics { scheme: Scheme { articles, ranks }, words, terms, facets })
    }
}

/// A segment's head, verified and opened.
pub struct Head {
    /// What it counts.
    pub statistics: Statistics,
    /// Its files.
    pub files: Files,
    /// Publication days.
    pub dates: Dates,
    /// Lengths in words.
    pub lengths: Lengths,
    /// Where articles begin.
    pub pages: PageTable,
    /// Where words and pairs are.
    pub groups: Groups,
    root: Root,
    /// Where each block begins in the space of terms; one more for the end.
    blocks: Vec<u64>,
}

/// What [`write`](fn@write) puts into a head.
pub struct Parts<'a> {
    /// What the segment counts.
    pub statistics: &'a Statistics,
    /// The root FST.
    pub root: &'a [u8],
    /// The length of each block.
    pub blocks: &'a [usize],
    /// Its files.
    pub files: &'a Files,
    /// Publication days.
    pub dates: &'a Dates,
    /// Lengths in words.
    pub lengths: &'a Lengths,
    /// Where articles begin.
    pub pages: &'a PageTable,
    /// Where words and pairs are.
    pub groups: &'a Groups,
}

/// The bytes of a head.
#[must_use]
pub fn write(parts: &Parts<'_>) -> Vec<u8> {
    let sections: Vec<(Section, Vec<u8>)> = SECTIONS
        .into_iter()
        .map(|section| {
            let mut bytes = Vec::new();
            match section {
                Section::Statistics => parts.statistics.write(&mut bytes),
                Section::Root => bytes.extend_from_slice(parts.root),
                Section::Blocks => parts.blocks.iter().for_each(|length| varint::write(*length as u64, &mut bytes)),
                Section::Files => parts.files.write(&mut bytes),
                Section::Dates => parts.dates.write(&mut bytes),
                Section::Lengths => parts.lengths.write(&mut bytes),
                Section::Pages => parts.pages.write(&mut bytes),
                Section::Groups => parts.groups.write(&mut bytes),
            }
            (section, bytes)
        })
        .collect();
    let mut out = MAGIC.to_vec();
    let word = |value: u32, out: &mut Vec<u8>| out.extend_from_slice(&value.to_le_bytes());
    word(VERSION, &mut out);
    word(sections.len() as u32, &mut out);
    let mut offset = FIXED + sections.len() * ENTRY + 4;
    for (section, bytes) in &sections {
        word(*section as u32, &mut out);
        word(offset as u32, &mut out);
        word(bytes.len() as u32, &mut out);
        word(crc32_at(KIND, offset as u64, bytes), &mut out);
        offset += bytes.len();
    }
    let check = crc32(&out);
    word(check, &mut out);
    sections.iter().for_each(|(_, bytes)| out.extend_from_slice(bytes));
    out
}

impl Head {
    /// Verifies and opens a head.
    ///
    /// # Errors
    /// `damaged` when a checksum, a length or a count is wrong; `version` when a newer timdoc wrote it.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let sections = sections(bytes)?;
        let section = |kind: Section| {
            let found = sections.iter().find(|(found, _)| *found == kind as u32);
            found.map(|(_, bytes)| *bytes).ok_or_else(|| Error::damaged(PLACE, "a section is missing"))
        };
        let statistics = Statistics::read(section(Section::Statistics)?)?;
        let articles = statistics.scheme.articles;
        // Each block's length takes a byte or more, so there are no more blocks than bytes.
        let root = Root::read(section(Section::Root)?, section(Section::Blocks)?.len())?;
        let files = Files::read(section(Section::Files)?)?;
        let blocks = read_blocks(section(Section::Blocks)?, root.len(), files.length(Space::Terms))?;
        Ok(Head {
            dates: Dates::read(section(Section::Dates)?, articles)?,
            lengths: Lengths::read(section(Section::Lengths)?, articles)?,
            pages: PageTable::read(section(Section::Pages)?, articles)?,
            groups: Groups::read(section(Section::Groups)?, root.len())?,
            statistics,
            files,
            root,
            blocks,
        })
    }

    /// How many articles the segment has.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.statistics.scheme.articles
    }

    /// The first block that may hold `key` or a key after it; `None` when all keys are before it.
    #[must_use]
    pub fn block_of(&self, key: &[u8]) -> Option<usize> {
        self.root.first_from(key)
    }

    /// How many blocks the term dictionary has.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.blocks.len() - 1
    }

    /// The bytes of a block in the space of terms: offset and length, its checksum included.
    #[must_use]
    pub fn block_range(&self, number: usize) -> Option<(u64, usize)> {
        let (start, end) = (*self.blocks.get(number)?, *self.blocks.get(number + 1)?);
        Some((start, usize::try_from(end - start).ok()?))
    }

    /// The root dictionary's size in bytes.
    #[must_use]
    pub fn root_size(&self) -> usize {
        self.root.size()
    }
}

fn read_blocks(bytes: &[u8], count: usize, space: u64) -> Result<Vec<u64>> {
    let mut reader = Reader::new(bytes, PLACE);
    let mut blocks = Vec::with_capacity(count + 1);
    let mut end = 0u64;
    blocks.push(end);
    for _ in 0..count {
        end = end.saturating_add(reader.varint()?);
        blocks.push(end);
    }
    if end == space && reader.is_done() {
        Ok(blocks)
    } else {
        Err(Error::damaged(PLACE, "its blocks do not fill their files"))
    }
}

/// Checks the frame and every section; gives kind and bytes of each.
fn sections(bytes: &[u8]) -> Result<Vec<(u32, &[u8])>> {
    if bytes.get(..8) != Some(&MAGIC[..]) {
        return Err(Error::damaged(PLACE, "it is no timdoc segment"));
    }
    let mut reader = Reader::new(&bytes[8..], PLACE);
    let version = reader.fixed_u32()?;
    if version != VERSION {
        return Err(Error::Version { found: version, supported: VERSION });
    }
    let count = reader.fixed_u32()? as usize;
    if count > 64 {
        return Err(Error::damaged(PLACE, "it states too many sections"));
    }
    let frame = FIXED + count * ENTRY;
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        entries.push((reader.fixed_u32()?, reader.fixed_u32()?, reader.fixed_u32()?, reader.fixed_u32()?));
    }
    let check = reader.fixed_u32()?;
    if bytes.get(..frame).map(crc32) != Some(check) {
        return Err(Error::damaged(PLACE, "its table's checksum is wrong"));
    }
    let mut sections = Vec::with_capacity(count);
    let mut end = frame + 4;
    for (kind, offset, length, check) in entries {
        let start = offset as usize;
        let slice = start.checked_add(length as usize).and_then(|end| bytes.get(start..end));
        match slice {
            Some(slice) if start == end && crc32_at(KIND, u64::from(offset), slice) == check => {
                end += slice.len();
                sections.push((kind, slice));
            }
            _ => return Err(Error::damaged(PLACE, "a section's checksum is wrong")),
        }
    }
    if end == bytes.len() { Ok(sections) } else { Err(Error::damaged(PLACE, "it has the wrong length")) }
}
