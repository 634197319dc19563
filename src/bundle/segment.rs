//! Reading a segment: terms, postings and articles, as far as their bytes are here.
//!
//! Every call answers `Ok(None)` when bytes are missing; they are then wanted from [`Ranges`], and the call is made
//! again when they came. Nothing is parsed before its checksum was right.

use std::ops::RangeInclusive;
use std::rc::Rc;

use super::files::Space;
use super::head::Head;
use super::pages::{PAGE, Record, record};
use super::ranges::Ranges;
use super::stored::Stored;
use crate::analysis::marks::SEPARATOR;
use crate::analysis::tokenize::split_key;
use crate::article::Day;
use crate::collections::{SortedMap, first_by, sort_by};
use crate::index::bits::BitReader;
use crate::index::block::{Block, CHECKSUM, List, Term};
use crate::index::columns::Dates;
use crate::index::crc::crc32_at;
use crate::index::field::{PAIR, WORD, key, pair_key};
use crate::index::pair_block::{PairBlock, PairEntry};
use crate::index::postings::{Frequency, Postings, read_numbers};
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
    pair_blocks: SortedMap<usize, Rc<PairBlock>>,
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
            pair_blocks: SortedMap::default(),
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
            self.pair_blocks.clear();
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

    /// Pairs whose key begins with a prefix: see [`Segment::terms`].
    fn pairs(&mut self, prefix: &[u8], limit: usize, ranges: &mut Ranges) -> Result<Option<Vec<Term>>> {
        let Some(at) = prefix.iter().position(|b| *b == b' ') else { return Ok(Some(Vec::new())) };
        let rest = &prefix[at + 1..];
        let (second, is_whole) = match rest.iter().position(|b| *b == SEPARATOR) {
            Some(end) => (&rest[..end], true),
            None => (rest, false),
        };
        // All lookups are made before the first gives up, so that their bytes are fetched side by side.
        let first = self.group(&prefix[1..at], ranges)?;
        let from = self.group_from(&key(WORD, second), ranges)?;
        let to = if is_whole { None } else { self.group_from(&after(&key(WORD, second)), ranges)? };
        let mut blocks = Some(Vec::new());
        if let Some(start) = self.head.block_of(prefix) {
            for number in self.blocks_of(start, prefix) {
                if !self.head.groups.is_of_pairs(number) {
                    continue;
                }
                match (self.pair_block(number, ranges)?, &mut blocks) {
                    (Some(block), Some(blocks)) => blocks.push(block),
                    _ => blocks = None,
                }
            }
        }
        let (Some(first), Some(from), Some(blocks)) = (first, from, blocks) else { return Ok(None) };
        let seconds = match (is_whole, to) {
            (true, _) => from..from + 1,
            (false, Some(to)) => from..to,
            (false, None) => return Ok(None),
        };
        let Some(first) = first else { return Ok(Some(Vec::new())) };
        let found: Vec<PairEntry> = blocks.iter().flat_map(|block| block.of(first.number, &seconds)).cloned().collect();
        let found = first_by(found, limit, |a, b| b.articles.cmp(&a.articles).then_with(|| a.key.cmp(&b.key)));
        let mut terms = Some(Vec::with_capacity(found.len()));
        for pair in found {
            match (self.group_at(pair.key.groups.1, ranges)?, &mut terms) {
                (Some(second), Some(terms)) => {
                    let term = spelled(&first, &second, &pair)?;
                    if term.key.starts_with(prefix) {
                        terms.push(term);
                    }
                }
                _ => terms = None,
            }
        }
        if let Some(terms) = &mut terms {
            sort_by(terms, |a, b| a.key.cmp(&b.key));
        }
        Ok(terms)
    }

    /// All pairs of a block, for a check of everything. `words`: the terms of every group, by its number.
    ///
    /// # Errors
    /// `damaged` when the block is.
    pub fn pairs_of_block(
        &mut self,
        number: usize,
        words: &[Vec<Term>],
        ranges: &mut Ranges,
    ) -> Result<Option<Vec<Term>>> {
        let Some(block) = self.pair_block(number, ranges)? else { return Ok(None) };
        let group = |number: u32| Group { number, terms: words.get(number as usize).cloned().unwrap_or_default() };
        let term = |pair: &PairEntry| spelled(&group(pair.key.groups.0), &group(pair.key.groups.1), pair);
        block.pairs.iter().map(term).collect::<Result<Vec<Term>>>().map(Some)
    }

    /// The words of these letters; `None` inside when there are none.
    fn group(&mut self, letters: &[u8], ranges: &mut Ranges) -> Result<Option<Option<Group>>> {
        let letters = key(WORD, letters);
        let Some(number) = self.group_from(&letters, ranges)? else { return Ok(None) };
        if number as usize >= self.head.groups.count() {
            return Ok(Some(None));
        }
        let group = self.group_at(number, ranges)?;
        Ok(group
            .map(|group| Some(group).filter(|group| group.terms.iter().all(|term| split_key(&term.key).0 == letters))))
    }

    /// The number of the first group whose letters, with the field's byte, are not before others.
    fn group_from(&mut self, letters: &[u8], ranges: &mut Ranges) -> Result<Option<u32>> {
        let whole = [letters, &[SEPARATOR]].concat();
        let Some(number) = self.head.block_of(&whole) else { return Ok(Some(self.head.groups.count() as u32)) };
        let first = self.head.groups.first_of(number);
        if !self.head.groups.is_of_words(number) {
            return Ok(Some(first));
        }
        Ok(self.block(number, ranges)?.map(|block| first + block.group_of(letters) as u32))
    }

    /// The words of a group.
    fn group_at(&mut self, number: u32, ranges: &mut Ranges) -> Result<Option<Group>> {
        let missing = || Error::damaged("a block of pairs", "a pair is of words that are not there");
        let (block, at) = self.head.groups.block_of(number).ok_or_else(missing)?;
        Ok(self.block(block, ranges)?.map(|block| Group { number, terms: block.group(at) }))
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

    fn pair_block(&mut self, number: usize, ranges: &mut Ranges) -> Result<Option<Rc<PairBlock>>> {
        if let Some(block) = self.pair_blocks.get(&number) {
            return Ok(Some(Rc::clone(block)));
        }
        let Some((content, file)) = self.block_bytes(number, ranges)? else { return Ok(None) };
        let block = PairBlock::open(&content, number, self.head.groups.count(), self.head.articles());
        let block = Rc::new(block.inspect_err(|_| ranges.forget(&file))?);
        self.block_bytes += block.memory();
        self.pair_blocks.insert(number, Rc::clone(&block));
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
            Some(base) => {
                let numbers = self.numbers(term, base.articles, ranges)?;
                let (Some(base), Some(numbers)) = (self.postings(base, ranges)?, numbers) else { return Ok(None) };
                within(&base, &numbers)?
            }
            None => match self.list(term, ranges)? {
                Some(postings) => postings,
                None => return Ok(None),
            },
        };
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
        }
    }

    /// The list of a pair: numbers within that of its base.
    fn numbers(&mut self, term: &Term, base: usize, ranges: &mut Ranges) -> Result<Option<Vec<u32>>> {
        match term.list {
            List::Inline(number, bit) => {
                let Some(block) = self.pair_block(number, ranges)? else { return Ok(None) };
                block.inline(term.articles, bit, base).map(Some)
            }
            List::Long(offset, length) => {
                self.long(offset, length, ranges, |bits| read_numbers(term.articles, base, bits))
            }
        }
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

/// The words of the same letters, from the one that most articles have.
struct Group {
    number: u32,
    terms: Vec<Term>,
}

/// A pair as a term.
fn spelled(first: &Group, second: &Group, pair: &PairEntry) -> Result<Term> {
    let word = |group: &Group, form: u32| group.terms.get(form as usize).cloned();
    let (Some(first), Some(second)) = (word(first, pair.key.forms.0), word(second, pair.key.forms.1)) else {
        return Err(Error::damaged("a block of pairs", "a pair is of words that are not there"));
    };
    let key = pair_key(first.key.get(1..).unwrap_or(&[]), second.key.get(1..).unwrap_or(&[]));
    let base = if pair.base_is_second { second } else { first };
    if pair.articles > base.articles {
        return Err(Error::damaged("a block of pairs", "a pair has more articles than its word"));
    }
    Ok(Term { key, articles: pair.articles, list: pair.list.clone(), base: Some(Rc::new(base)) })
}

/// A pair is taken to occur as often as its base, but no more than so often: which of all the base's occurrences are the
/// pair's, its list does not say. (nDCG@10 of 1,154 headlines at 1, 2, 4 and without limit: .846, .858, .862, .861.)
const USUAL: f32 = 4.0;

/// The postings of a pair, from where they stand in those of its base.
fn within(base: &Postings, numbers: &[u32]) -> Result<Postings> {
    let mut postings = Postings::default();
    for number in numbers {
        let at = *number as usize;
        let doc = base.docs.get(at).ok_or_else(|| Error::damaged("a pair", "it has articles that its word has not"))?;
        postings.docs.push(*doc);
        let frequency = base.frequencies.get(at);
        let count = |base: &Frequency| base.count().min(USUAL) as u32;
        postings.frequencies.extend(frequency.map(|base| Frequency::new(count(base), base.in_title(), base.in_lead())));
    }
    Ok(postings)
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
