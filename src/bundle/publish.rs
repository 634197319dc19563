//! A bundle to a folder, so that what is published there is at every moment the old library or the new one.
//!
//! Files have names made of their content, so new ones never replace old ones. They are written first, each under a
//! temporary name and then renamed; the manifest comes last, by one rename; only then are files removed that no
//! manifest names any more. Files of others in the folder stay.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::MANIFEST;
use super::write::Bundle;
use crate::{Error, Result};

/// Kinds of files whose names this program makes.
const KINDS: [&str; 5] = ["terms-", "postings-", "articles-", "head-", "dictionary-"];
/// The ending of a file that is still being written.
const PARTIAL: &str = ".timdoc-partial";

/// Writes a bundle into a folder, which is made if it is not there.
///
/// # Errors
/// `io` when the system refuses, or another timdoc is changing the library; then what was published before is untouched.
pub fn publish(bundle: &Bundle, folder: &Path) -> Result<()> {
    Publisher::open(folder)?.publish(bundle)
}

/// The folder of a library, held by one process at a time: who reads a manifest to change it must be the next to write
/// one.
pub struct Publisher {
    folder: PathBuf,
    /// Locked while this lives. Where a system cannot lock folders there is no lock.
    _lock: Option<File>,
}

impl Publisher {
    /// Makes the folder if it is not there, and holds it.
    ///
    /// # Errors
    /// `io` when the system refuses, or another process holds it.
    pub fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| Error::io("create", folder.display(), &error))?;
        let lock = File::open(folder).ok();
        if let Some(Err(TryLockError::WouldBlock)) = lock.as_ref().map(File::try_lock) {
            let reason = "another timdoc is changing this library; wait until it has ended".to_owned();
            return Err(Error::Io { action: "change", path: folder.display().to_string(), reason });
        }
        Ok(Publisher { folder: folder.to_owned(), _lock: lock })
    }

    /// Holds the folder of a library that is there.
    ///
    /// # Errors
    /// `io` when there is none, the system refuses, or another process holds it.
    pub fn existing(folder: &Path) -> Result<Self> {
        let manifest = folder.join(MANIFEST);
        fs::metadata(&manifest).map_err(|error| Error::io("read", manifest.display(), &error))?;
        Self::open(folder)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Copies a file of another library, so that a bundle may keep it.
    ///
    /// # Errors
    /// `io` when the system refuses.
    pub fn copy(&self, from: &Path, name: &str) -> Result<()> {
        let source = from.join(name);
        let content = fs::read(&source).map_err(|error| Error::io("read", source.display(), &error))?;
        self.write_new(name, &content)
    }

    /// Writes a file unless it is there already with this content.
    fn write_new(&self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        let same = fs::metadata(&path).is_ok_and(|found| found.len() == content.len() as u64)
            && fs::read(&path).is_ok_and(|found| found == content);
        if same { Ok(()) } else { write_whole(&path, content) }
    }

    /// Writes a bundle.
    ///
    /// # Errors
    /// `io` when the system refuses; then what was published before is untouched.
    pub fn publish(&self, bundle: &Bundle) -> Result<()> {
        // Side by side, as each waits for the disk.
        bundle.files.par_iter().try_for_each(|(name, content)| self.write_new(name, content))?;
        sync_folder(&self.folder);
        let mut manifest =
            serde_json::to_vec_pretty(&bundle.manifest).map_err(|error| Error::input(MANIFEST, error.to_string()))?;
        manifest.push(b'\n');
        write_whole(&self.folder.join(MANIFEST), &manifest)?;
        sync_folder(&self.folder);
        remove_unnamed(bundle, &self.folder)
    }
}

/// Waits until the names of a folder's files are on the disk, where a system can: a manifest must not name what a fall
/// of the power undoes.
fn sync_folder(folder: &Path) {
    // Some systems open no folders; there is nothing to be done about it.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(PARTIAL);
    let partial = Path::new(&partial);
    let written = File::create(partial).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(partial, path)).map_err(|error| {
        // It may not be there; the first error is what matters.
        let _ = fs::remove_file(partial);
        Error::io("write", path.display(), &error)
    })
}

fn remove_unnamed(bundle: &Bundle, folder: &Path) -> Result<()> {
    let wrong = |error| Error::io("list", folder.display(), &error);
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let ours = KINDS.iter().any(|kind| name.starts_with(kind)) && name.ends_with(".bin") || name.ends_with(PARTIAL);
        let named = || bundle.files.iter().map(|(new, _)| new).chain(&bundle.kept).any(|kept| kept == name);
        if ours && !named() {
            fs::remove_file(entry.path()).map_err(|error| Error::io("remove", entry.path().display(), &error))?;
        }
    }
    Ok(())
}
