//! The hashes of a file: of its chunks, in pages; of those pages; of them all. A page of hashes proves itself against
//! the file's root, so a range needs one page, whose place is known from the lengths of the files.

use sha2::{Digest, Sha256};

use crate::bundle::files::file_name;
use crate::bundle::write::hash;
use crate::{Error, Result};

/// Bytes of a chunk; the last one of a file may be shorter. Pages of articles have this size too.
pub const CHUNK: usize = 1024;
/// Bytes of a hash: the first ones of a SHA-256. 128 bits suffice against a second content for the same hash.
pub const HASH: usize = 16;
/// Hashes of chunks in a page; the last one of a file may have fewer.
pub const FANOUT: usize = 64;
/// Bytes of a file's entry in the statement.
pub const ENTRY: usize = 8 + 4 + HASH;

/// A hash.
pub type Short = [u8; HASH];

/// What is signed of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The hash in its name.
    pub name: [u8; 8],
    /// Its bytes.
    pub length: u32,
    /// The hash of the hashes of its pages.
    pub root: Short,
}

/// The hashes of a file.
pub struct Tree {
    /// What is signed of it.
    pub entry: Entry,
    /// Its pages: the hashes of up to 64 chunks, then those of all pages of the file.
    pub pages: Vec<u8>,
}

impl Tree {
    /// The hashes of a file with this name.
    ///
    /// # Errors
    /// `damaged` when its content is not what its name says; `too_large` past 4 GB.
    pub fn of(name: &str, content: &[u8]) -> Result<Self> {
        let own = hash(content);
        let kind = name.split('-').next().unwrap_or_default();
        if file_name(kind, own) != name {
            return Err(Error::damaged(name, "its content is not what its name says, so it was not signed"));
        }
        let length = u32::try_from(content.len())
            .map_err(|_| Error::TooLarge { what: name.to_owned(), limit: "4 GB".to_owned() })?;
        let chunks: Vec<Short> = content.chunks(CHUNK).map(short).collect();
        let pages: Vec<&[Short]> = chunks.chunks(FANOUT).collect();
        let above: Vec<u8> = pages.iter().flat_map(|page| short(page.as_flattened())).collect();
        let stored = pages.iter().flat_map(|page| [page.as_flattened(), above.as_slice()]).flatten().copied().collect();
        Ok(Tree { entry: Entry { name: own, length, root: short(&above) }, pages: stored })
    }
}

/// The first 128 bits of a SHA-256.
fn short(bytes: &[u8]) -> Short {
    let mut out = [0; HASH];
    out.copy_from_slice(&Sha256::digest(bytes)[..HASH]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_64_hashes_and_those_of_all_pages() {
        let content = vec![7; CHUNK * FANOUT + 1];
        let tree = Tree::of(&file_name("terms", hash(&content)), &content).unwrap();
        assert_eq!(tree.pages.len(), (FANOUT + 2) * HASH + (1 + 2) * HASH);
        let (first, above) = tree.pages[..(FANOUT + 2) * HASH].split_at(FANOUT * HASH);
        assert_eq!(first[..HASH], short(&content[..CHUNK]));
        assert_eq!(above[..HASH], short(first));
        assert_eq!(tree.entry.root, short(above));
    }

    #[test]
    fn a_file_with_another_name_is_not_signed() {
        assert_eq!(Tree::of("terms-0000000000000000.bin", b"x").err().map(|error| error.code()), Some("damaged"));
    }

    #[test]
    fn an_empty_file_has_no_pages() {
        let tree = Tree::of(&file_name("dictionary", hash(b"")), b"").unwrap();
        assert!(tree.pages.is_empty());
        assert_eq!(tree.entry.root, short(b""));
    }
}
