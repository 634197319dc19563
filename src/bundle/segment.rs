//! Reading a segment: terms, postings and articles, as far as their bytes are here.
//!
//! Every call answers `Ok(None)` when bytes are missing; they are then wanted from [`Ranges`], and the call is made
//! again when they came. Nothing is parsed before its checksum was right.

use std::rc::Rc;

use super::files::Space;
use super::head::Head;
use super::pages::{PAGE, Record, record};
use super::ranges::Ranges;
use super::stored::Stored;
use crate::article::Day;
use crate::collections::SortedMap;
use crate::index::block::{Block, CHECKSUM, List, Term};
use crate::index::columns::Dates;
use crate::index::crc::crc32_at;
use crate::index::postings::Postings;
use crate::{Error, Result};

/// Opened blocks are kept up to this many bytes.
const BLOCKS: usize = 8 << 20;
/// Decoded postings are kept up to this many articles.
const POSTINGS: usize = 4 << 20;
/// Blocks that are wanted at once for one prefix, beyond the first.
const AHEAD: usize = 63;
/// Articles are kept up to this many bytes of text.
const ARTICLES: usize = 16 << 20;

/// A segment with what was read of it.
pub struct Segment {
    head: Head,
    blocks: SortedMap<usize, Rc<Block>>,
    block_bytes: usize,
    postings: SortedMap<Vec<u8>, Rc<Postings>>,
    posting_count: usize,
    articles: SortedMap<u32, Rc<Stored>>,
    article_bytes: usize,
    /// Numbers of deleted articles, ascending.
    deleted: Vec<u32>,
    /// Where articles of other segments stand before its own: number after the last article of a day, and how many.
    others: Vec<(u32, u32)>,
}

/// A damaged piece: which file to fetch again, and the error.
fn checked<'a>(space: Space, offset: u64, bytes: &'a [u8], file: &str) -> Result<&'a [u8]> {
    let wrong = || Error::damaged(file, "a checksum is wrong");
    let at = bytes.len().checked_sub(CHECKSUM).ok_or_else(wrong)?;
    let (content, check) = bytes.split_at(at);
    let stated = check.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte));
    if crc32_at(space.tag(), offset, content) == stated { Ok(content) } else { Err(wrong()) }
}

impl Segment {
    /// A segment from the bytes of its head.
    ///
    /// # Errors
    /// As [`Head::read`].
    pub fn open(head: &[u8]) -> Result<Self> {
        Ok(Segment {
            head: Head::read(head)?,
            blocks: SortedMap::default(),
            block_bytes: 0,
            postings: SortedMap::default(),
            posting_count: 0,
            articles: SortedMap::default(),
            article_bytes: 0,
            deleted: Vec::new(),
            others: Vec::new(),
        })
    }

    /// Leaves out articles that are deleted, or changed and now in a later segment. `deleted`: their numbers, ascending.
    pub fn delete(&mut self, deleted: &[u32]) {
        self.deleted = deleted.to_vec();
    }

    /// Whether an article is not deleted.
    #[must_use]
    pub fn is_live(&self, doc: u32) -> bool {
        self.deleted.is_empty() || self.deleted.binary_search(&doc).is_err()
    }

    /// How many articles are not deleted.
    #[must_use]
    pub fn live(&self) -> usize {
        self.head.articles() - self.deleted.len()
    }

    /// Learns which articles of other segments were published before its own; see [`Segment::place`].
    pub fn stand_among(&mut self, others: &[Dates]) {
        let before = |day: Day| others.iter().map(|dates| dates.before(day)).sum();
        self.others = self.head.dates.runs().map(|(day, range)| (range.end, before(day))).collect();
    }

    /// How many articles of the library were published before an article, roughly: on its own day, those of its segment.
    #[must_use]
    pub fn place(&self, doc: u32) -> u32 {
        let at = self.others.partition_point(|(end, _)| *end <= doc);
        doc + self.others.get(at).filter(|_| doc >= self.head.dates.undated).map_or(0, |(_, others)| *others)
    }

    /// Its head.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Drops what is kept beyond its limits.
    pub fn trim(&mut self) {
        if self.block_bytes > BLOCKS {
            self.blocks.clear();
            self.block_bytes = 0;
        }
        if self.posting_count > POSTINGS {
            self.postings.clear();
            self.posting_count = 0;
        }
        if self.article_bytes > ARTICLES {
            self.articles.clear();
            self.article_bytes = 0;
        }
    }

    /// All terms whose key begins with `prefix`, ascending, at most `limit`.
    ///
    /// # Errors
    /// `damaged` when a block is.
    pub fn terms(&mut self, prefix: &[u8], limit: usize, ranges: &mut Ranges) -> Result<Option<Vec<Term>>> {
        let mut found = Vec::new();
        let mut next = self.head.block_of(prefix);
        if let Some(first) = next
            && !self.have_blocks(first, prefix, ranges)?
        {
            return Ok(None);
        }
        while let Some(number) = next.filter(|number| *number < self.head.blocks()) {
            let Some(block) = self.block(number, ranges)? else { return Ok(None) };
            let goes_on = block.scan(prefix, prefix, &mut |term| {
                found.push(term);
                found.len() < limit
            });
            next = goes_on.then_some(number + 1);
        }
        Ok(Some(found))
    }

    /// The term of exactly this key.
    ///
    /// # Errors
    /// `damaged` when its block is.
    pub fn term(&mut self, key: &[u8], ranges: &mut Ranges) -> Result<Option<Option<Term>>> {
        let terms = self.terms(key, 1, ranges)?;
        Ok(terms.map(|terms| terms.into_iter().find(|term| term.key == key)))
    }

    /// Whether the blocks are here that may hold keys of a prefix; those that are not are wanted all at once.
    fn have_blocks(&mut self, first: usize, prefix: &[u8], ranges: &mut Ranges) -> Result<bool> {
        let mut after = prefix.to_vec();
        while after.last() == Some(&u8::MAX) {
            after.pop();
        }
        if let Some(last) = after.last_mut() {
            *last += 1;
        }
        let last = self.head.block_of(&after).unwrap_or(self.head.blocks().saturating_sub(1));
        let mut complete = true;
        for number in first..=last.min(first + AHEAD) {
            complete &= self.block(number, ranges)?.is_some();
        }
        Ok(complete)
    }

    fn block(&mut self, number: usize, ranges: &mut Ranges) -> Result<Option<Rc<Block>>> {
        if let Some(block) = self.blocks.get(&number) {
            return Ok(Some(Rc::clone(block)));
        }
        let outside = || Error::damaged("the head of a segment", "a block lies outside its files");
        let (offset, length) = self.head.block_range(number).ok_or_else(outside)?;
        let (file, from) = self.head.files.locate(Space::Terms, offset, length).ok_or_else(outside)?;
        let Some(bytes) = ranges.get(&file.name, from..from + length as u32) else { return Ok(None) };
        let block = checked(Space::Terms, offset, bytes, &file.name)
            .and_then(|content| Block::open(content, &self.head.statistics.scheme));
        let block = Rc::new(block.inspect_err(|_| ranges.forget(&file.name))?);
        self.block_bytes += block.memory();
        self.blocks.insert(number, Rc::clone(&block));
        Ok(Some(block))
    }

    /// The postings of a term that [`Segment::terms`] gave.
    ///
    /// # Errors
    /// `damaged` when the list is.
    pub fn postings(&mut self, term: &Term, ranges: &mut Ranges) -> Result<Option<Rc<Postings>>> {
        if let Some(postings) = self.postings.get(&term.key) {
            return Ok(Some(Rc::clone(postings)));
        }
        let postings = match term.list {
            List::Inline(bit) => {
                let Some(number) = self.head.block_of(&term.key) else { return Ok(Some(Rc::default())) };
                let Some(block) = self.block(number, ranges)? else { return Ok(None) };
                block.inline(term.articles, bit, &self.head.statistics.scheme)?
            }
            List::Long(offset, length) => {
                let outside = || Error::damaged("a block of terms", "a list lies outside its files");
                let (file, from) = self.head.files.locate(Space::Postings, offset, length).ok_or_else(outside)?;
                let Some(bytes) = ranges.get(&file.name, from..from + length as u32) else { return Ok(None) };
                let scheme = &self.head.statistics.scheme;
                let read = checked(Space::Postings, offset, bytes, &file.name).and_then(|content| {
                    scheme.read(term.articles, &mut crate::index::bits::BitReader::new(content, 0))
                });
                read.inspect_err(|_| ranges.forget(&file.name))?
            }
        };
        let postings = Rc::new(postings);
        self.posting_count += postings.docs.len();
        self.postings.insert(term.key.clone(), Rc::clone(&postings));
        Ok(Some(postings))
    }

    /// An article if it was handed in inflated.
    #[must_use]
    pub fn article(&self, doc: u32) -> Option<Rc<Stored>> {
        self.articles.get(&doc).map(Rc::clone)
    }

    /// The deflated record of an article.
    ///
    /// # Errors
    /// `not_found` when there is no such number; `damaged` when the pages do not hold it.
    pub fn record(&self, doc: u32, ranges: &mut Ranges) -> Result<Option<Record>> {
        let missing = || Error::damaged("the page table", "an article has no page");
        let (pages, before) = self.head.pages.pages_of(doc).ok_or_else(missing)?;
        let mut bytes = Vec::new();
        let mut complete = true;
        for page in pages {
            let offset = u64::from(page) * PAGE as u64;
            let length =
                PAGE.min(usize::try_from(self.head.files.length(Space::Articles).saturating_sub(offset)).unwrap_or(0));
            let (file, from) = self.head.files.locate(Space::Articles, offset, length).ok_or_else(missing)?;
            match ranges.get(&file.name, from..from + length as u32) {
                Some(found) => bytes.extend_from_slice(found),
                None => complete = false,
            }
        }
        if !complete {
            return Ok(None);
        }
        record(&bytes, before).map(Some).inspect_err(|_| self.forget_article(doc, ranges))
    }

    /// Forgets the bytes of an article's pages, so that they can be fetched again.
    fn forget_article(&self, doc: u32, ranges: &mut Ranges) {
        let Some((pages, _)) = self.head.pages.pages_of(doc) else { return };
        for page in pages {
            let located = self.head.files.locate(Space::Articles, u64::from(page) * PAGE as u64, 1);
            located.into_iter().for_each(|(file, _)| ranges.forget(&file.name));
        }
    }

    /// Hands in an article's inflated bytes.
    ///
    /// # Errors
    /// `damaged` when they are not what was written.
    pub fn supply_article(&mut self, doc: u32, inflated: &[u8], ranges: &mut Ranges) -> Result<()> {
        let Some(record) = self.record(doc, ranges)? else { return Ok(()) };
        if !record.matches(doc, inflated) {
            self.forget_article(doc, ranges);
            return Err(Error::damaged("an article", "its checksum is wrong"));
        }
        self.articles.insert(doc, Rc::new(Stored::read(inflated)?));
        self.article_bytes += inflated.len();
        Ok(())
    }
}
