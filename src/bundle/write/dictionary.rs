//! Terms in key order to blocks, long lists and the root.

use std::mem;

use fst::MapBuilder;

use crate::bundle::files::{FILE_SIZE, Space};
use crate::index::bits::BitWriter;
use crate::index::block::{CHECKSUM, INLINE, write_key};
use crate::index::crc::crc32_at;
use crate::index::postings::{Frequency, Scheme};
use crate::index::varint;
use crate::{Error, Result};

/// A block is closed when it is about this long.
const BLOCK: usize = 4096;

/// Writes the term dictionary. Keys must come in ascending order.
pub struct DictionaryWriter<'a> {
    scheme: &'a Scheme,
    /// The keys of the open block, front-coded.
    keys: Vec<u8>,
    /// How many they are.
    count: u64,
    /// The last of them.
    last: Vec<u8>,
    entries: BitWriter,
    /// Where the first long list of the open block begins.
    lists_from: u64,
    lists: Pieces,
    blocks: Pieces,
    lengths: Vec<usize>,
    root: Vec<(Vec<u8>, u64)>,
    terms: u64,
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
}

impl<'a> DictionaryWriter<'a> {
    /// An empty dictionary.
    #[must_use]
    pub fn new(scheme: &'a Scheme) -> Self {
        DictionaryWriter {
            scheme,
            keys: Vec::new(),
            count: 0,
            last: Vec::new(),
            entries: BitWriter::default(),
            lists_from: 0,
            lists: Pieces::default(),
            blocks: Pieces::default(),
            lengths: Vec::new(),
            root: Vec::new(),
            terms: 0,
        }
    }

    /// Appends a term. `docs` ascend and are not empty; `frequencies` has one for each or is empty.
    pub fn push(&mut self, key: &[u8], docs: &[u32], frequencies: &[Frequency]) {
        if self.keys.len() + self.entries.len() / 8 >= BLOCK {
            self.close(Some(key));
        }
        write_key(&self.last, key, &mut self.keys);
        self.last.clear();
        self.last.extend_from_slice(key);
        self.count += 1;
        self.entries.gamma(docs.len() as u32);
        if docs.len() <= INLINE {
            self.scheme.write(docs, frequencies, &mut self.entries);
        } else {
            let mut bits = BitWriter::default();
            self.scheme.write(docs, frequencies, &mut bits);
            let mut list = bits.finish();
            let check = crc32_at(Space::Postings.tag(), self.lists.length, &list);
            list.extend_from_slice(&check.to_le_bytes());
            self.entries.gamma(list.len() as u32);
            self.lists.push(&list);
        }
        self.terms += 1;
    }

    fn close(&mut self, next: Option<&[u8]>) {
        if self.count == 0 {
            return;
        }
        self.root.push((separator(&self.last, next), self.root.len() as u64));
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
