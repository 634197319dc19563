//! The files of a segment. Each kind of content is one space of bytes, cut into files of at most 256 KB.

use crate::index::varint::{self, Reader};
use crate::{Error, Result};

/// Content is cut into files of at most this many bytes. One block or list that is larger gets a file of its own.
pub const FILE_SIZE: usize = 256 * 1024;

/// The kinds of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// Blocks of the term dictionary.
    Terms,
    /// Long lists of postings.
    Postings,
    /// Pages of articles.
    Articles,
}

impl Space {
    /// All, in the order of their numbers.
    pub const ALL: [Space; 3] = [Space::Terms, Space::Postings, Space::Articles];

    /// The beginning of its files' names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Space::Terms => "terms",
            Space::Postings => "postings",
            Space::Articles => "articles",
        }
    }

    /// The byte that stands for it in checksums.
    #[must_use]
    pub fn tag(self) -> u8 {
        self.name().as_bytes()[0]
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name: kind and the first 64 bits of its SHA-256 in hexadecimal, `terms-0f3a….bin`.
    pub name: String,
    /// Its length in bytes.
    pub length: u32,
}

/// All files of a segment but its head, by space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    spaces: [Vec<(u64, File)>; 3],
}

impl Files {
    /// Appends a file to a space.
    pub fn push(&mut self, space: Space, hash: [u8; 8], length: u32) {
        let start = self.length(space);
        self.spaces[space as usize].push((start, File { name: file_name(space.name(), hash), length }));
    }

    /// How many bytes a space has.
    #[must_use]
    pub fn length(&self, space: Space) -> u64 {
        self.spaces[space as usize].last().map_or(0, |(start, file)| start + u64::from(file.length))
    }

    /// The files of a space in order.
    pub fn of(&self, space: Space) -> impl Iterator<Item = &File> {
        self.spaces[space as usize].iter().map(|(_, file)| file)
    }

    /// All files.
    pub fn all(&self) -> impl Iterator<Item = &File> {
        Space::ALL.into_iter().flat_map(|space| self.of(space))
    }

    /// The file that holds `length` bytes of a space from `offset`, and where in it they begin. `None` when they lie
    /// outside or cross into the next file.
    #[must_use]
    pub fn locate(&self, space: Space, offset: u64, length: usize) -> Option<(&File, u32)> {
        let files = &self.spaces[space as usize];
        let at = files.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (start, file) = files.get(at)?;
        let from = offset - start;
        let inside = from.checked_add(length as u64)? <= u64::from(file.length);
        if inside { Some((file, u32::try_from(from).ok()?)) } else { None }
    }

    /// Appends them: for each space varint files, then for each 8 bytes of hash and varint length.
    pub fn write(&self, out: &mut Vec<u8>) {
        for space in &self.spaces {
            varint::write(space.len() as u64, out);
            for (_, file) in space {
                out.extend_from_slice(&hash_of(&file.name));
                varint::write(u64::from(file.length), out);
            }
        }
    }

    /// Reads what [`Files::write`] wrote.
    ///
    /// # Errors
    /// `damaged` when it is cut or a count is impossible.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes, "the list of files");
        let mut files = Files::default();
        for space in Space::ALL {
            for _ in 0..reader.bounded(bytes.len())? {
                let mut hash = [0; 8];
                hash.copy_from_slice(reader.bytes(8)?);
                files.push(space, hash, reader.u32()?);
            }
        }
        if reader.is_done() { Ok(files) } else { Err(Error::damaged("the list of files", "it has the wrong length")) }
    }
}

/// `terms-0f3a….bin` from a kind and a hash.
#[must_use]
pub fn file_name(kind: &str, hash: [u8; 8]) -> String {
    let mut name = String::with_capacity(kind.len() + 21);
    name.push_str(kind);
    name.push('-');
    for byte in hash {
        for digit in [byte >> 4, byte & 15] {
            name.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    name.push_str(".bin");
    name
}

/// The hash in a name that [`file_name`] made; zeros for any other.
fn hash_of(name: &str) -> [u8; 8] {
    let digits = name.rsplit('-').next().and_then(|rest| rest.get(..16)).unwrap_or("");
    u64::from_str_radix(digits, 16).unwrap_or(0).to_be_bytes()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn files() -> Files {
        let mut files = Files::default();
        files.push(Space::Terms, [1; 8], 100);
        files.push(Space::Terms, [2; 8], 50);
        files.push(Space::Articles, [0xab; 8], 7);
        files
    }

    #[test]
    fn files_round_trip() {
        let mut bytes = Vec::new();
        files().write(&mut bytes);
        assert_eq!(Files::read(&bytes), Ok(files()));
        assert!(Files::read(&bytes[..bytes.len() - 1]).is_err());
    }

    #[test]
    fn bytes_are_found_in_the_file_that_holds_them() {
        let files = files();
        let found = files.locate(Space::Terms, 120, 30).unwrap();
        assert_eq!((found.0.name.as_str(), found.1), ("terms-0202020202020202.bin", 20));
        assert!(files.locate(Space::Terms, 90, 20).is_none());
        assert!(files.locate(Space::Terms, 150, 1).is_none());
        assert!(files.locate(Space::Postings, 0, 1).is_none());
        assert!(files.locate(Space::Terms, u64::MAX, 2).is_none());
    }
}
