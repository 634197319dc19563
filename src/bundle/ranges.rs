//! Which bytes of the bundle's files are here, and which are still wanted.
//!
//! The engine does no I/O. It asks this store for ranges; what is not here is noted as wanted; the host fetches it and
//! hands it in, and the engine is asked again. Whole files and ranges are treated alike.

use std::ops::Range;

use crate::collections::{SortedMap, sort_by};

/// Wanted ranges of one file with at most this many bytes between them are fetched as one.
const GAP: u32 = 4096;
/// Bytes that may stay here between searches.
const LIMIT: usize = 24 << 20;

/// A range of a file that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The file's name.
    pub file: String,
    /// The bytes.
    pub range: Range<u32>,
}

struct Piece {
    bytes: Vec<u8>,
    used: u64,
}

/// Bytes of files, by file and offset.
#[derive(Default)]
pub struct Ranges {
    pieces: SortedMap<String, SortedMap<u32, Piece>>,
    wanted: Vec<Wanted>,
    bytes: usize,
    clock: u64,
}

impl Ranges {
    /// Hands in bytes that begin at `start` of a file.
    pub fn supply(&mut self, file: &str, start: u32, bytes: Vec<u8>) {
        self.wanted.retain(|wanted| wanted.file != file);
        self.bytes += bytes.len();
        if self.pieces.get(file).is_none() {
            self.pieces.insert(file.to_owned(), SortedMap::default());
        }
        let Some(pieces) = self.pieces.get_mut(file) else { return };
        let replaced = pieces.insert(start, Piece { bytes, used: self.clock });
        self.bytes -= replaced.map_or(0, |piece| piece.bytes.len());
    }

    /// The bytes of a range if they are here; else `None`, and the range is wanted.
    pub fn get(&mut self, file: &str, range: Range<u32>) -> Option<&[u8]> {
        let clock = self.clock;
        let found = self.pieces.get_mut(file).and_then(|pieces| {
            pieces.up_to_mut(&range.start).find(|(start, piece)| {
                let end = u64::from(**start) + piece.bytes.len() as u64;
                end >= u64::from(range.end)
            })
        });
        match found {
            Some((start, piece)) => {
                piece.used = clock;
                let from = (range.start - start) as usize;
                piece.bytes.get(from..from + range.len())
            }
            None => {
                self.wanted.push(Wanted { file: file.to_owned(), range });
                None
            }
        }
    }

    /// What is wanted, in order, neighbours joined; nothing is wanted afterwards.
    pub fn take_wanted(&mut self) -> Vec<Wanted> {
        let mut wanted = std::mem::take(&mut self.wanted);
        sort_by(&mut wanted, |a, b| (&a.file, a.range.start).cmp(&(&b.file, b.range.start)));
        let mut joined: Vec<Wanted> = Vec::new();
        for next in wanted {
            match joined.last_mut() {
                Some(last) if last.file == next.file && next.range.start <= last.range.end.saturating_add(GAP) => {
                    last.range.end = last.range.end.max(next.range.end);
                }
                _ => joined.push(next),
            }
        }
        joined
    }

    /// Whether something is wanted.
    #[must_use]
    pub fn has_wanted(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Forgets a range that turned out to be damaged, so that it can be fetched again.
    pub fn forget(&mut self, file: &str) {
        if let Some(pieces) = self.pieces.remove(file) {
            self.bytes -= pieces.values().map(|piece| piece.bytes.len()).sum::<usize>();
        }
    }

    /// Begins a search: what the searches before did not use may be dropped.
    pub fn next_search(&mut self) {
        self.wanted.clear();
        if self.bytes > LIMIT {
            let clock = self.clock;
            for pieces in self.pieces.values_mut() {
                pieces.retain(|_, piece| piece.used >= clock);
            }
            self.bytes = self.pieces.values().flat_map(SortedMap::values).map(|piece| piece.bytes.len()).sum();
        }
        self.clock += 1;
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_here_is_wanted_once_and_joined_with_its_neighbours() {
        let mut ranges = Ranges::default();
        for range in [10..20, 5000..5010, 20..40, 10..20] {
            assert!(ranges.get("a", range).is_none());
        }
        let wanted = ranges.take_wanted();
        assert_eq!(wanted.iter().map(|w| w.range.clone()).collect::<Vec<_>>(), [10..40, 5000..5010]);
        assert!(!ranges.has_wanted());
    }

    #[test]
    fn a_whole_file_answers_every_range() {
        let mut ranges = Ranges::default();
        ranges.supply("a", 0, (0..100).collect());
        assert_eq!(ranges.get("a", 40..43), Some(&[40, 41, 42][..]));
        assert!(ranges.get("a", 90..101).is_none());
    }

    #[test]
    fn a_shorter_piece_does_not_hide_a_longer_one() {
        let mut ranges = Ranges::default();
        ranges.supply("a", 0, (0..100).collect());
        ranges.supply("a", 40, vec![40]);
        assert_eq!(ranges.get("a", 40..42), Some(&[40, 41][..]));
    }

    #[test]
    fn unused_bytes_are_dropped_when_there_are_too_many() {
        let mut ranges = Ranges::default();
        ranges.supply("old", 0, vec![0; LIMIT]);
        ranges.next_search();
        ranges.supply("new", 0, vec![0; 10]);
        ranges.next_search();
        assert!(ranges.get("old", 0..1).is_none());
        assert!(ranges.get("new", 0..1).is_some());
    }
}
