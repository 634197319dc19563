//! A bundle to a folder, so that what is published there is at every moment the old library or the new one.
//!
//! Files have names made of their content, so new ones never replace old ones. They are written first, each under a
//! temporary name and then renamed; the manifest comes last, by one rename; only then are files removed that no
//! manifest names any more. Files of others in the folder stay. A signature is named by the manifest it is of, so it is
//! written before: at no moment is there a manifest without the one it was published with.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::MANIFEST;
use super::sign::keys::Signer;
use super::sign::{HASHES, SIGNATURE, sign, signatures_of};
use super::write::Bundle;
use crate::{Error, Result};

/// Kinds of files whose names this program makes.
const KINDS: [&str; 7] = ["terms-", "postings-", "articles-", "head-", "dictionary-", "hashes-", "signature-"];
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
    signers: Vec<Signer>,
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
        Ok(Publisher { folder: folder.to_owned(), signers: Vec::new(), _lock: lock })
    }

    /// Who signs what is published.
    #[must_use]
    pub fn signed_by(mut self, signers: &[Signer]) -> Self {
        self.signers = signers.to_vec();
        self
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
        let signed = self.sign(bundle, &manifest)?;
        signed.iter().try_for_each(|(name, content)| self.write_new(name, content))?;
        sync_folder(&self.folder);
        write_whole(&self.folder.join(MANIFEST), &manifest)?;
        sync_folder(&self.folder);
        let named: HashSet<&String> =
            bundle.files.iter().chain(&signed).map(|(name, _)| name).chain(&bundle.kept).collect();
        remove_unnamed(&self.folder, &KINDS, |name| named.contains(name))
    }

    /// The files that sign a bundle; none when nobody signs.
    fn sign(&self, bundle: &Bundle, manifest: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
        if self.signers.is_empty() {
            return Ok(Vec::new());
        }
        let new: HashMap<&String, &Vec<u8>> = bundle.files.iter().map(|(name, content)| (name, content)).collect();
        let mut names: Vec<String> = new.keys().copied().chain(&bundle.kept).cloned().collect();
        names.sort();
        names.dedup();
        let read = |name: &str| {
            let path = self.folder.join(name);
            let kept = || fs::read(&path).map_err(|error| Error::io("read", path.display(), &error));
            new.get(&name.to_owned()).map_or_else(kept, |content| Ok((*content).clone()))
        };
        sign(&self.folder, manifest, &names, &self.signers, read)
    }

    /// Writes what signs the manifest that is there, and removes what signed an earlier one.
    pub(super) fn write_signatures(&self, manifest: &[u8], files: &[(String, Vec<u8>)]) -> Result<()> {
        // The hashes before the signature that names them.
        files.iter().rev().try_for_each(|(name, content)| self.write_new(name, content))?;
        sync_folder(&self.folder);
        let mut named = signatures_of(&self.folder, manifest);
        named.extend(files.iter().map(|(name, _)| name.clone()));
        remove_unnamed(&self.folder, &[HASHES, SIGNATURE], |name| named.contains(name))
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

/// Removes files of some kinds that are not among those that stay, and what an interrupted run has left.
fn remove_unnamed(folder: &Path, kinds: &[&str], stays: impl Fn(&String) -> bool) -> Result<()> {
    let wrong = |error| Error::io("list", folder.display(), &error);
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let ours = kinds.iter().any(|kind| name.starts_with(kind)) && name.ends_with(".bin") || name.ends_with(PARTIAL);
        if ours && !stays(&name) {
            fs::remove_file(entry.path()).map_err(|error| Error::io("remove", entry.path().display(), &error))?;
        }
    }
    Ok(())
}
