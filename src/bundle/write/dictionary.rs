//! Terms in key order to blocks, long lists and the root.

use std::mem;
use std::ops::Range;

use fst::MapBuilder;

use crate::analysis::tokenize::split_key;
use crate::bundle::files::{FILE_SIZE, Space};
use crate::index::bits::BitWriter;
use crate::index::block::{CHECKSUM, INLINE, write_key};
use crate::index::crc::crc32_at;
use crate::index::field::{PAIR, WORD};
use crate::index::groups::Groups;
use crate::index::pair_block::{Classes, PairKey, write_keys, write_short};
use crate::index::postings::{Frequency, Scheme, write_numbers};
use crate::index::varint;
use crate::{Error, Result};

/// A block is closed when it is about this long.
const BLOCK: usize = 4096;

/// A pair's key takes about so many bits in its block.
const PAIR_BITS: usize = 13;

/// Writes the term dictionary. Keys must come in ascending order.
pub struct DictionaryWriter<'a> {
    scheme: &'a Scheme,
    /// How many groups of words there are.
    groups: usize,
    /// The keys of the open block, front-coded.
    keys: Vec<u8>,
    /// The keys of the open block of pairs.
    pairs: Vec<PairKey>,
    /// What the open block of pairs said of its words.
    classes: Classes,
    /// How many keys the open block has.
    count: u64,
    /// The last of them, spelled.
    last: Vec<u8>,
    entries: BitWriter,
    /// Where the first long list of the open block begins.
    lists_from: u64,
    lists: Pieces,
    blocks: Pieces,
    lengths: Vec<usize>,
    root: Vec<(Vec<u8>, u64)>,
    terms: u64,
    /// The blocks of pairs.
    pair_blocks: Range<usize>,
    /// The first block of words, and the groups of each.
    words_from: usize,
    word_groups: Vec<usize>,
    /// Groups in the open block.
    open_groups: usize,
}

/// A pair of words to write.
pub struct PairTerm<'a> {
    /// Its words as numbers.
    pub key: PairKey,
    /// The bounds of numbers within the lists of its words: see [`Scheme::bound`].
    pub bounds: (usize, usize),
    /// Its articles, as numbers within those of its base, or their own where that is common.
    pub numbers: &'a [u32],
    /// The base is the second word.
    pub base_is_second: bool,
}

/// Bytes cut into files, none of which a piece crosses.
#[derive(Debug, Default)]
pub struct Pieces {
    files: Vec<Vec<u8>>,
    length: u64,
}

impl Pieces {
    /// Appends a piece; gives its offset.
    fn push(&mut self, piece: &[u8]) -> u64 {
        let offset = self.length;
        match self.files.last_mut() {
            Some(file) if file.len() + piece.len() <= FILE_SIZE => file.extend_from_slice(piece),
            _ => self.files.push(piece.to_vec()),
        }
        self.length += piece.len() as u64;
        offset
    }

    /// The files.
    #[must_use]
    pub fn into_files(self) -> Vec<Vec<u8>> {
        self.files
    }
}

/// What the writer gives.
pub struct Dictionary {
    /// Files of blocks.
    pub blocks: Vec<Vec<u8>>,
    /// Files of long lists.
    pub lists: Vec<Vec<u8>>,
    /// The length of each block.
    pub lengths: Vec<usize>,
    /// The root FST.
    pub root: Vec<u8>,
    /// How many terms there are.
    pub terms: u64,
    /// Where words and pairs are.
    pub groups: Groups,
}

impl<'a> DictionaryWriter<'a> {
    /// An empty dictionary, for words of so many groups.
    #[must_use]
    pub fn new(scheme: &'a Scheme, groups: usize) -> Self {
        DictionaryWriter {
            scheme,
            groups,
            keys: Vec::new(),
            pairs: Vec::new(),
            classes: Classes::default(),
            count: 0,
            last: Vec::new(),
            entries: BitWriter::default(),
            lists_from: 0,
            lists: Pieces::default(),
            blocks: Pieces::default(),
            lengths: Vec::new(),
            root: Vec::new(),
            terms: 0,
            pair_blocks: 0..0,
            words_from: 0,
            word_groups: Vec::new(),
            open_groups: 0,
        }
    }

    /// Appends a term that is no pair. `docs` ascend and are not empty; `frequencies` has one for each or is empty.
    pub fn push(&mut self, key: &[u8], docs: &[u32], frequencies: &[Frequency]) {
        self.begin(key);
        write_key(&self.last, key, &mut self.keys);
        self.follow(key);
        self.entries.gamma(docs.len() as u32);
        if docs.len() <= INLINE {
            self.scheme.write(docs, frequencies, &mut self.entries);
        } else if self.scheme.is_common(docs.len()) {
            let (mut titles, mut members) = (BitWriter::default(), BitWriter::default());
            self.scheme.write_titles(docs, frequencies, &mut titles);
            self.scheme.write_members(docs, frequencies, &mut members);
            self.push_long(titles);
            self.push_long(members);
        } else {
            let mut bits = BitWriter::default();
            self.scheme.write(docs, frequencies, &mut bits);
            self.push_long(bits);
        }
    }

    /// Appends a pair; `key` is spelled.
    pub fn push_pair(&mut self, key: &[u8], pair: &PairTerm<'_>) {
        self.begin(key);
        self.pairs.push(pair.key);
        self.follow(key);
        self.entries.gamma(pair.numbers.len() as u32);
        let class = self.classes.write(&pair.key, pair.bounds, pair.base_is_second, &mut self.entries);
        if pair.numbers.len() <= INLINE {
            write_short(pair.numbers, class, &mut self.entries);
        } else {
            let mut bits = BitWriter::default();
            let bound = if pair.base_is_second { pair.bounds.1 } else { pair.bounds.0 };
            write_numbers(pair.numbers, bound, &mut bits);
            self.push_long(bits);
        }
    }

    /// Closes the open block if the next key belongs into another.
    fn begin(&mut self, key: &[u8]) {
        let field = |key: &[u8]| key.first().copied().unwrap_or(0);
        let apart =
            field(key) != field(&self.last) && [key, &self.last].iter().any(|key| [PAIR, WORD].contains(&field(key)));
        let same_group = field(key) == WORD && split_key(key).0 == split_key(&self.last).0;
        let length = self.keys.len() + self.entries.len() / 8 + self.pairs.len() * PAIR_BITS / 8;
        if apart || length >= BLOCK && !same_group {
            self.close(Some(key));
        }
        self.open_groups += usize::from(!same_group || self.count == 0);
    }

    fn follow(&mut self, key: &[u8]) {
        self.last.clear();
        self.last.extend_from_slice(key);
        self.count += 1;
        self.terms += 1;
    }

    fn push_long(&mut self, bits: BitWriter) {
        let mut list = bits.finish();
        let check = crc32_at(Space::Postings.tag(), self.lists.length, &list);
        list.extend_from_slice(&check.to_le_bytes());
        self.entries.gamma(list.len() as u32);
        self.lists.push(&list);
    }

    fn close(&mut self, next: Option<&[u8]>) {
        if self.count == 0 {
            return;
        }
        let number = self.root.len();
        self.root.push((separator(&self.last, next), number as u64));
        match self.last.first() {
            Some(&PAIR) => {
                let start = if self.pair_blocks.is_empty() { number } else { self.pair_blocks.start };
                self.pair_blocks = start..number + 1;
                self.keys = write_keys(&self.pairs, self.groups);
                self.pairs.clear();
                self.classes = Classes::default();
            }
            Some(&WORD) => {
                self.words_from = if self.word_groups.is_empty() { number } else { self.words_from };
                self.word_groups.push(self.open_groups);
            }
            _ => {}
        }
        let mut block = Vec::with_capacity(BLOCK + BLOCK / 2);
        varint::write(self.lists_from, &mut block);
        varint::write(self.count, &mut block);
        varint::write(self.keys.len() as u64, &mut block);
        block.append(&mut self.keys);
        block.extend(mem::take(&mut self.entries).finish());
        let check = crc32_at(Space::Terms.tag(), self.blocks.length, &block);
        block.extend_from_slice(&check.to_le_bytes());
        debug_assert!(block.len() > CHECKSUM);
        self.blocks.push(&block);
        self.lengths.push(block.len());
        self.lists_from = self.lists.length;
        self.count = 0;
        self.open_groups = 0;
        self.last.clear();
    }

    /// Closes the last block and builds the root.
    ///
    /// # Errors
    /// When the FST refuses the keys.
    pub fn finish(mut self) -> Result<Dictionary> {
        self.close(None);
        Ok(Dictionary {
            root: build_fst(self.root.iter().map(|(key, number)| (key, *number)))?,
            blocks: self.blocks.into_files(),
            lists: self.lists.into_files(),
            lengths: self.lengths,
            terms: self.terms,
            groups: Groups::new(self.pair_blocks, self.words_from, &self.word_groups),
        })
    }
}

fn build_fst<K: AsRef<[u8]>>(keys: impl Iterator<Item = (K, u64)>) -> Result<Vec<u8>> {
    let wrong = |error: fst::Error| Error::input("the term dictionary", error.to_string());
    let mut builder = MapBuilder::memory();
    for (key, value) in keys {
        builder.insert(key, value).map_err(wrong)?;
    }
    builder.into_inner().map_err(wrong)
}

/// The shortest key that is not before `last` and before `next`.
fn separator(last: &[u8], next: Option<&[u8]>) -> Vec<u8> {
    let Some(next) = next else { return last.to_vec() };
    let shared = last.iter().zip(next).take_while(|(a, b)| a == b).count();
    // One letter more of `next` lies between, unless it is `next` itself.
    if shared + 1 < next.len() { next[..=shared].to_vec() } else { last.to_vec() }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_separator_lies_between_two_blocks() {
        let cases: [(&[u8], &[u8]); 4] =
            [(b"whoc", b"whop dong"), (b"w", b"wa"), (b"wan\0", b"wan\0\x01"), (b"ca", b"wb")];
        for (last, next) in cases {
            let separator = separator(last, Some(next));
            assert!(separator.as_slice() >= last && separator.as_slice() < next, "{last:?} {next:?} {separator:?}");
        }
    }
}
