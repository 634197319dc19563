//! `manifest.json`: the one file of a bundle whose name never changes and whose content does.

use serde::{Deserialize, Serialize};

use super::head::VERSION;
use crate::{Error, Result};

/// The manifest's file name.
pub const MANIFEST: &str = "manifest.json";

/// What a bundle consists of. Everything else hangs on the content-hashed names in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `timdoc`.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// The dictionary that articles are deflated against, itself deflated.
    pub dictionary: FileEntry,
    /// The segments, oldest first.
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
    /// Articles in it.
    pub articles: u64,
    /// All bytes of it: the head and the files the head lists.
    pub bytes: u64,
}

impl Manifest {
    /// A manifest of this version.
    #[must_use]
    pub fn new(dictionary: FileEntry, segments: Vec<SegmentEntry>) -> Self {
        Manifest { format: "timdoc".into(), version: VERSION, dictionary, segments }
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
        let heads = self.segments.iter().map(|segment| &segment.head);
        let plain =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        if std::iter::once(&self.dictionary).chain(heads).all(|entry| plain(&entry.file)) {
            Ok(())
        } else {
            Err(Error::damaged(MANIFEST, "it names a file outside the bundle"))
        }
    }

    /// All bytes of the bundle but the manifest itself.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.dictionary.bytes + self.segments.iter().map(|segment| segment.bytes).sum::<u64>()
    }

    /// All articles.
    #[must_use]
    pub fn articles(&self) -> u64 {
        self.segments.iter().map(|segment| segment.articles).sum()
    }
}
