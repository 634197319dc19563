//! `manifest.json`: the one file of a bundle whose name never changes and whose content does.

use serde::{Deserialize, Serialize};

use super::head::VERSION;
use crate::{Error, Result};

/// The manifest's file name.
pub const MANIFEST: &str = "manifest.json";

/// More bytes than any file or segment has, and more articles: a sum of them does not overflow.
const TOO_MANY: u64 = 1 << 40;

/// What a bundle consists of. Everything else hangs on the content-hashed names in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `timdoc`.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// The segments, in the order in which they were added.
    pub segments: Vec<SegmentEntry>,
}

/// A file and its length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name, beside the manifest.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// One segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentEntry {
    /// The file of its head.
    pub head: FileEntry,
    /// The dictionary that its articles are deflated against, itself deflated. Segments may share one.
    pub dictionary: FileEntry,
    /// Articles in it, deleted ones included.
    pub articles: u64,
    /// All bytes of it: the head and the files the head lists.
    pub bytes: u64,
    /// Numbers of articles in it that were deleted, or changed and are now in a later segment; ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<u32>,
}

impl Manifest {
    /// A manifest of this version.
    #[must_use]
    pub fn new(segments: Vec<SegmentEntry>) -> Self {
        Manifest { format: "timdoc".into(), version: VERSION, segments }
    }

    /// Checks that it is one this code reads.
    ///
    /// # Errors
    /// `damaged` when it is another format or names files outside the bundle; `version` when it is newer.
    pub fn check(&self) -> Result<()> {
        if self.format != "timdoc" {
            return Err(Error::damaged(MANIFEST, "it is no timdoc manifest"));
        }
        if self.version != VERSION {
            return Err(Error::Version { found: self.version, supported: VERSION });
        }
        let plain =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        for segment in &self.segments {
            if !plain(&segment.head.file) || !plain(&segment.dictionary.file) {
                return Err(Error::damaged(MANIFEST, "it names a file outside the bundle"));
            }
            let numbers = [segment.head.bytes, segment.dictionary.bytes, segment.bytes, segment.articles];
            if numbers.iter().any(|number| *number >= TOO_MANY) {
                return Err(Error::damaged(MANIFEST, "it states an impossible size"));
            }
            let ascend = segment.deleted.windows(2).all(|two| two[0] < two[1]);
            if !ascend || segment.deleted.last().is_some_and(|last| u64::from(*last) >= segment.articles) {
                return Err(Error::damaged(MANIFEST, "it deletes articles that are not there"));
            }
        }
        Ok(())
    }

    /// The dictionaries, each once, in the order of the segments.
    #[must_use]
    pub fn dictionaries(&self) -> Vec<&FileEntry> {
        let mut all: Vec<&FileEntry> = Vec::new();
        for segment in &self.segments {
            if !all.contains(&&segment.dictionary) {
                all.push(&segment.dictionary);
            }
        }
        all
    }

    /// All bytes of the bundle but the manifest itself.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let dictionaries = self.dictionaries().into_iter().map(|entry| entry.bytes);
        dictionaries.chain(self.segments.iter().map(|segment| segment.bytes)).sum()
    }

    /// All articles that are not deleted.
    #[must_use]
    pub fn articles(&self) -> u64 {
        self.segments.iter().map(SegmentEntry::live).sum()
    }
}

impl SegmentEntry {
    /// Articles in it that are not deleted.
    #[must_use]
    pub fn live(&self) -> u64 {
        self.articles - self.deleted.len() as u64
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn sizes_whose_sum_overflows_are_damage() {
        let file = |bytes| FileEntry { file: "a.bin".into(), bytes };
        let entry =
            |bytes| SegmentEntry { head: file(1), dictionary: file(1), articles: 1, bytes, deleted: Vec::new() };
        assert_eq!(Manifest::new(vec![entry(9), entry(9)]).check(), Ok(()));
        assert!(Manifest::new(vec![entry(u64::MAX), entry(9)]).check().is_err());
    }
}
