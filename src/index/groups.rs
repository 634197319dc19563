//! Where the words and pairs of a term dictionary are: numbers of groups to blocks.
//!
//! A *group* is all words of the same letters; groups are numbered in the order of their letters. No group lies in two
//! blocks.

use std::ops::Range;

use super::varint::{self, Reader};
use crate::{Error, Result};

const PLACE: &str = "the groups of words";

/// Which blocks hold pairs and words, and which groups each block of words has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// The blocks of pairs.
    pub pairs: Range<usize>,
    /// The first block of words.
    words_from: usize,
    /// The first group of each block of words; one more for the end.
    starts: Vec<u32>,
}

impl Groups {
    /// From the blocks of pairs, the first block of words, and how many groups each block of words has.
    #[must_use]
    pub fn new(pairs: Range<usize>, words_from: usize, groups: &[usize]) -> Self {
        let mut starts = vec![0];
        let mut sum = 0;
        for count in groups {
            sum += *count as u32;
            starts.push(sum);
        }
        Groups { pairs, words_from, starts }
    }

    /// How many groups there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }

    /// Whether a block holds pairs.
    #[must_use]
    pub fn is_of_pairs(&self, block: usize) -> bool {
        self.pairs.contains(&block)
    }

    /// The first group of a block; of one before the words, none; of one after them, the number of all groups.
    #[must_use]
    pub fn first_of(&self, block: usize) -> u32 {
        let at = block.saturating_sub(self.words_from).min(self.starts.len().saturating_sub(1));
        self.starts.get(at).copied().unwrap_or(0)
    }

    /// The block of a group, and the group's number within it.
    #[must_use]
    pub fn block_of(&self, group: u32) -> Option<(usize, usize)> {
        let at = self.starts.partition_point(|start| *start <= group).checked_sub(1)?;
        let inside = (group as usize) < self.count();
        inside.then(|| (self.words_from + at, (group - self.starts[at]) as usize))
    }

    /// Whether a block holds words.
    #[must_use]
    pub fn is_of_words(&self, block: usize) -> bool {
        (self.words_from..self.words_from + self.starts.len().saturating_sub(1)).contains(&block)
    }

    /// Appends them: varints: first block of pairs, blocks of pairs, first block of words, blocks of words, then the
    /// groups of each.
    pub fn write(&self, out: &mut Vec<u8>) {
        let blocks = self.starts.len().saturating_sub(1);
        for number in [self.pairs.start, self.pairs.len(), self.words_from, blocks] {
            varint::write(number as u64, out);
        }
        self.starts.windows(2).for_each(|two| varint::write(u64::from(two[1] - two[0]), out));
    }

    /// Reads what [`Groups::write`] wrote, for so many blocks.
    ///
    /// # Errors
    /// `damaged` when it is cut or names blocks that are not there.
    pub fn read(bytes: &[u8], blocks: usize) -> Result<Self> {
        let wrong = || Error::damaged(PLACE, "they do not fit the blocks");
        let mut reader = Reader::new(bytes, PLACE);
        let (pairs, pair_blocks) = (reader.bounded(blocks)?, reader.bounded(blocks)?);
        let (words_from, word_blocks) = (reader.bounded(blocks)?, reader.bounded(blocks)?);
        let mut starts = vec![0u32];
        for _ in 0..word_blocks {
            let next = starts.last().copied().unwrap_or(0).checked_add(reader.u32()?).ok_or_else(wrong)?;
            starts.push(next);
        }
        let fits = pairs + pair_blocks <= blocks && words_from + word_blocks <= blocks && reader.is_done();
        fits.then(|| Groups { pairs: pairs..pairs + pair_blocks, words_from, starts }).ok_or_else(wrong)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn groups_are_found_in_their_blocks_and_round_trip() {
        let groups = Groups::new(2..5, 7, &[3, 2, 4]);
        assert_eq!((groups.count(), groups.first_of(8), groups.first_of(10)), (9, 3, 9));
        assert_eq!((groups.block_of(2), groups.block_of(3), groups.block_of(9)), (Some((7, 2)), Some((8, 0)), None));
        assert!(groups.is_of_words(9) && !groups.is_of_words(10) && groups.is_of_pairs(4) && !groups.is_of_pairs(5));
        let mut bytes = Vec::new();
        groups.write(&mut bytes);
        assert_eq!(Groups::read(&bytes, 11), Ok(groups));
        assert!(Groups::read(&bytes, 9).is_err());
        assert!(Groups::read(&bytes[..bytes.len() - 1], 11).is_err());
    }
}
