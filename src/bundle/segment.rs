//! Reading a segment: terms, postings and articles, as far as their bytes are here.
//!
//! Every call answers `Ok(None)` when bytes are missing; they are then wanted from [`Ranges`], and the call is made
//! again when they came. Nothing is parsed before its checksum was right. Pairs of words are in `pairs`.

mod pairs;

use std::ops::RangeInclusive;
use std::rc::Rc;

use super::files::Space;
use super::head::Head;
use super::pages::{MAX_ARTICLE, PAGE, Record, record};
use super::ranges::Ranges;
use super::stored::Stored;
use crate::article::Day;
use crate::collections::SortedMap;
use crate::index::bits::BitReader;
use crate::index::block::{Block, CHECKSUM, List, Term};
use crate::index::columns::Dates;
use crate::index::crc::crc32_at;
use crate::index::field::PAIR;
use crate::index::pair_block::PairBlock;
use crate::index::postings::Postings;
use crate::{Error, Result};

/// Opened blocks are kept up to this many bytes.
const BLOCKS: usize = 8 << 20;
/// Decoded postings are kept up to this many articles.
const POSTINGS: usize = 4 << 20;
/// Blocks that are wanted at once for one prefix, beyond the first.
const AHEAD: usize = 63;
/// Most pages of one article.
const MAX_PAGES: usize = MAX_ARTICLE / PAGE * 2;
/// Articles are kept up to this many bytes of text.
const ARTICLES: usize = 16 << 20;

/// A segment with what was read of it.
pub struct Segment {
    head: Head,
    blocks: SortedMap<usize, Rc<Block>>,
    pair_blocks: SortedMap<usize, Rc<PairBlock>>,
    block_bytes: usize,
    postings: SortedMap<Vec<u8>, Rc<Postings>>,
    /// Of common terms, where they stand in titles.
    titles: SortedMap<Vec<u8>, Rc<Postings>>,
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
            pair_blocks: SortedMap::default(),
            block_bytes: 0,
            postings: SortedMap::default(),
            titles: SortedMap::default(),
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
            self.pair_blocks.clear();
            self.block_bytes = 0;
        }
        if self.posting_count > POSTINGS {
            self.postings.clear();
            self.titles.clear();
            self.posting_count = 0;
        }
        if self.article_bytes > ARTICLES {
            self.articles.clear();
            self.article_bytes = 0;
        }
    }

    /// All terms whose key begins with `prefix`, ascending, at most `limit`; of pairs, whose prefix must hold the whole
    /// first word, those that most articles have.
    ///
    /// # Errors
    /// `damaged` when a block is.
    pub fn terms(&mut self, prefix: &[u8], limit: usize, ranges: &mut Ranges) -> Result<Option<Vec<Term>>> {
        if prefix.first() == Some(&PAIR) {
            return self.pairs(prefix, limit, ranges);
        }
        let mut found = Vec::new();
        let mut next = self.head.block_of(prefix);
        if let Some(first) = next {
            let mut complete = true;
            for number in self.blocks_of(first, prefix) {
                complete &= self.head.groups.is_of_pairs(number) || self.block(number, ranges)?.is_some();
            }
            if !complete {
                return Ok(None);
            }
        }
        while let Some(number) = next.filter(|number| *number < self.head.blocks()) {
            if self.head.groups.is_of_pairs(number) {
                // What is asked for ended before the pairs, or begins behind them.
                next = (prefix.first() > Some(&PAIR)).then_some(self.head.groups.pairs.end);
                continue;
            }
            let Some(block) = self.block(number, ranges)? else { return Ok(None) };
            let goes_on = block.scan(prefix, prefix, &mut |term| {
                found.push(term);
                found.len() < limit
            });
            next = goes_on.then_some(number + 1);
        }
        Ok(Some(found))
    }

    /// The term of exactly this key, which is no pair's.
    ///
    /// # Errors
    /// `damaged` when its block is.
    pub fn term(&mut self, key: &[u8], ranges: &mut Ranges) -> Result<Option<Option<Term>>> {
        let terms = self.terms(key, 1, ranges)?;
        Ok(terms.map(|terms| terms.into_iter().find(|term| term.key == key)))
    }

    /// The blocks from the first that may hold keys of a prefix to the last, not too many: they are wanted all at once.
    fn blocks_of(&self, first: usize, prefix: &[u8]) -> RangeInclusive<usize> {
        let last = self.head.block_of(&after(prefix)).unwrap_or(self.head.blocks().saturating_sub(1));
        first..=last.min(first + AHEAD)
    }

    /// The bytes of a block whose checksum is right, and the file they are in.
    fn block_bytes(&self, number: usize, ranges: &mut Ranges) -> Result<Option<(Vec<u8>, String)>> {
        let outside = || Error::damaged("the head of a segment", "a block lies outside its files");
        let (offset, length) = self.head.block_range(number).ok_or_else(outside)?;
        let (file, from) = self.head.files.locate(Space::Terms, offset, length).ok_or_else(outside)?;
        let Some(bytes) = ranges.get(&file.name, from..from + length as u32) else { return Ok(None) };
        let content = checked(Space::Terms, offset, bytes, &file.name).map(<[u8]>::to_vec);
        let content = content.inspect_err(|_| ranges.forget(&file.name))?;
        Ok(Some((content, file.name.clone())))
    }

    fn block(&mut self, number: usize, ranges: &mut Ranges) -> Result<Option<Rc<Block>>> {
        if let Some(block) = self.blocks.get(&number) {
            return Ok(Some(Rc::clone(block)));
        }
        let Some((content, file)) = self.block_bytes(number, ranges)? else { return Ok(None) };
        let block = Block::open(&content, number, &self.head.statistics.scheme);
        let block = Rc::new(block.inspect_err(|_| ranges.forget(&file))?);
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
        let postings = match &term.base {
            Some(base) => self.pair_list(term, base, ranges)?,
            None => self.list(term, ranges)?,
        };
        let Some(postings) = postings else { return Ok(None) };
        let postings = Rc::new(postings);
        self.posting_count += postings.docs.len();
        self.postings.insert(term.key.clone(), Rc::clone(&postings));
        Ok(Some(postings))
    }

    /// The list of a term that has no base.
    fn list(&mut self, term: &Term, ranges: &mut Ranges) -> Result<Option<Postings>> {
        match term.list {
            List::Inline(number, bit) => {
                let Some(block) = self.block(number, ranges)? else { return Ok(None) };
                block.inline(term.articles, bit, &self.head.statistics.scheme).map(Some)
            }
            List::Long(offset, length) => {
                let scheme = &self.head.statistics.scheme;
                self.long(offset, length, ranges, |bits| scheme.read(term.articles, bits))
            }
            List::Common(offset, titles, members) => {
                let known = self.titles(term, ranges)?;
                let from = offset.saturating_add(titles as u64);
                let scheme = &self.head.statistics.scheme;
                let titles = known.as_ref().map_or(&[][..], |titles| &titles.docs);
                let members =
                    self.long(from, members, ranges, |bits| scheme.read_members(term.articles, titles, bits))?;
                Ok(members.filter(|_| known.is_some()))
            }
        }
    }

    /// Of a common term, the articles that have it in the title; of others, all that have it.
    ///
    /// # Errors
    /// As [`Segment::postings`].
    pub fn titles(&mut self, term: &Term, ranges: &mut Ranges) -> Result<Option<Rc<Postings>>> {
        let List::Common(offset, length, _) = term.list else { return self.postings(term, ranges) };
        if let Some(titles) = self.titles.get(&term.key) {
            return Ok(Some(Rc::clone(titles)));
        }
        let scheme = &self.head.statistics.scheme;
        let Some(docs) = self.long(offset, length, ranges, |bits| scheme.read_titles(bits))? else { return Ok(None) };
        let titles = Rc::new(Postings::with_titles(docs.clone(), &docs));
        self.posting_count += docs.len();
        self.titles.insert(term.key.clone(), Rc::clone(&titles));
        Ok(Some(titles))
    }

    /// Reads a list that is not in a block.
    fn long<T>(
        &self,
        offset: u64,
        length: usize,
        ranges: &mut Ranges,
        read: impl Fn(&mut BitReader<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let outside = || Error::damaged("a block of terms", "a list lies outside its files");
        let (file, from) = self.head.files.locate(Space::Postings, offset, length).ok_or_else(outside)?;
        let Some(bytes) = ranges.get(&file.name, from..from + length as u32) else { return Ok(None) };
        let read = checked(Space::Postings, offset, bytes, &file.name)
            .and_then(|content| read(&mut BitReader::new(content, 0)));
        read.map(Some).inspect_err(|_| ranges.forget(&file.name))
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
        // A table that lies could want gigabytes for one article.
        if pages.len() > MAX_PAGES {
            return Err(missing());
        }
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
        for page in pages.take(MAX_PAGES) {
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

/// The first key after all that begin with a prefix.
fn after(prefix: &[u8]) -> Vec<u8> {
    let mut after = prefix.to_vec();
    while after.last() == Some(&u8::MAX) {
        after.pop();
    }
    if let Some(last) = after.last_mut() {
        *last += 1;
    }
    after
}
