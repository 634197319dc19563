//! Which file a path means: always one of the folder.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use tower_http::services::fs::{Backend, TokioBackend, TokioFile};

/// The files of a folder, and none that a link leads to outside of it.
#[derive(Clone)]
pub struct Inside {
    /// Without links.
    root: PathBuf,
}

type Answer<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

impl Inside {
    /// # Errors
    /// When there is no such folder.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Ok(Inside { root: folder.canonicalize()? })
    }

    /// The folder without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a path leads, when that is a file or folder in this folder. Who can change links in the folder at the same
    /// time could have had any file served by copying it.
    async fn resolve(self, path: PathBuf) -> io::Result<PathBuf> {
        let path = tokio::fs::canonicalize(path).await?;
        let found = tokio::fs::metadata(&path).await?;
        // A pipe would be waited for without end.
        let plain = found.is_file() || found.is_dir();
        if plain && path.starts_with(&self.root) { Ok(path) } else { Err(io::ErrorKind::NotFound.into()) }
    }
}

impl Backend for Inside {
    type File = TokioFile;
    type Metadata = std::fs::Metadata;
    type OpenFuture = Answer<TokioFile>;
    type MetadataFuture = Answer<std::fs::Metadata>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let inside = self.clone();
        Box::pin(async move { TokioBackend.open(inside.resolve(path).await?).await })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let inside = self.clone();
        Box::pin(async move { TokioBackend.metadata(inside.resolve(path).await?).await })
    }
}

/// Whether a path of a request, still with its `%`, is one that every system takes for the same file: no `..`, no
/// backslash, no NUL, nothing that Windows takes for a drive, a stream or a device.
pub fn is_plain(path: &str) -> bool {
    let Some(path) = decoded(path) else { return false };
    path.split('/').all(|name| {
        let stem = name.split('.').next().unwrap_or("").trim_end();
        let device = ["con", "prn", "aux", "nul", "conin$", "conout$"]
            .iter()
            .any(|device| stem.eq_ignore_ascii_case(device))
            || stem.len() == 4
                && stem.get(..3).is_some_and(|kind| ["com", "lpt"].iter().any(|one| kind.eq_ignore_ascii_case(one)))
                && stem.ends_with(|digit: char| digit.is_ascii_digit());
        !device
            && !name.ends_with(['.', ' '])
            && !name.contains(|letter: char| letter.is_control() || "\\:*?\"<>|".contains(letter))
    })
}

/// A path without its `%`; `None` when it is no UTF-8 or a `%` has no two digits.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let digit = |at: usize| tail.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        bytes.push((digit(0)? * 16 + digit(1)?) as u8);
        rest = tail.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_some_system_takes_for_another_file_are_not_plain() {
        for path in [
            "/../a",
            "/%2e%2e/a",
            "/..%2fa",
            "/a/..",
            "/a%5cb",
            "/..\\a",
            "/C:/a",
            "/c%3a/a",
            "/a.txt::$DATA",
            "/aux",
            "/NUL.txt",
            "/com1",
            "/LPT9.bin",
            "/a%00.txt",
            "/a.",
            "/a%20",
            "/%ff",
            "/%",
            "/%2",
            "/%zz",
            "/a%0d%0ab",
            "/./a",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn ordinary_paths_are_plain_in_every_language() {
        for path in [
            "/",
            "/a/b.html",
            "/.well-known/x",
            "/T%C3%ACm%20%C4%91%E1%BB%8Dc/b%C3%A0i.html",
            "/%252e%252e/a",
            "/console.js",
            "/a..b",
        ] {
            assert!(is_plain(path), "{path}");
        }
    }
}
