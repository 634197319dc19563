//! A bundle to a folder, so that what is published there is at every moment the old library or the new one.
//!
//! Files have names made of their content, so new ones never replace old ones. They are written first, each under a
//! temporary name, synced and then renamed; the folder is synced; the manifest comes last, by one rename, and the folder
//! is synced again; only then are files removed that no manifest names any more. What a run that failed or was killed
//! has left is removed by the next, or by itself when it still can. Files of others in the folder stay. A signature is
//! named by the manifest it is of, so it is written before: at no moment is there a manifest without the one it was
//! published with.
//!
//! After a fall of the power it is the old library or the new one too, as far as the file system and the disk keep what
//! they say of a sync; a run that has said it is done is there. Where a system cannot open folders (Windows) names are
//! not synced and there is no lock.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::deflate::inflate_head;
use super::head::Head;
use super::manifest::{MANIFEST, Manifest};
use super::sign::keys::Signer;
use super::sign::{SIGNATURE, sign, signed_files};
use super::write::Bundle;
use crate::{Error, Result};

/// Kinds of files whose names this program makes.
const KINDS: [&str; 7] = ["terms-", "postings-", "articles-", "head-", "dictionary-", "hashes-", "signature-"];
/// The ending of a file that is still being written.
pub const PARTIAL: &str = ".timdoc-partial";

/// Writes a bundle into a folder, which is made if it is not there.
///
/// # Errors
/// `io` when the system refuses, or another timdoc is changing the library; then what was published before is untouched.
pub fn publish(bundle: &Bundle, folder: &Path) -> Result<()> {
    Publisher::open(folder)?.publish(bundle)
}

/// The folder of a library, held by one process at a time: who reads a manifest to change it must be the next to write
/// one. When it is dropped, nothing that the manifest does not name is left there, whatever went wrong.
pub struct Publisher {
    folder: PathBuf,
    /// Whether the folder was made for this, and goes when nothing comes into it.
    made: bool,
    /// Whether nothing is left to be cleared away.
    clear: AtomicBool,
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
        let made = make_folder(folder).map_err(|error| refused("create", folder, &error, 0))?;
        let lock = File::open(folder).ok();
        if let Some(Err(TryLockError::WouldBlock)) = lock.as_ref().map(File::try_lock) {
            let reason = "another timdoc is changing this library; wait until it has ended".to_owned();
            return Err(Error::Io { action: "change", path: folder.display().to_string(), reason });
        }
        Ok(Publisher {
            folder: folder.to_owned(),
            made,
            clear: AtomicBool::new(false),
            signers: Vec::new(),
            _lock: lock,
        })
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
        self.write_new(name, &content, content.len() as u64)
    }

    /// Writes a file unless it is there already with this content. `wanted`: bytes of all that is being written.
    fn write_new(&self, name: &str, content: &[u8], wanted: u64) -> Result<()> {
        let path = self.folder.join(name);
        let same = fs::metadata(&path).is_ok_and(|found| found.len() == content.len() as u64)
            && fs::read(&path).is_ok_and(|found| found == content);
        if same { Ok(()) } else { write_whole(&path, content, wanted) }
    }

    /// Writes a bundle.
    ///
    /// # Errors
    /// `io` when the system refuses; then what was published before is untouched, but for one case, which is told: the
    /// new library is published and an old file cannot be removed.
    pub fn publish(&self, bundle: &Bundle) -> Result<()> {
        // What a killed run has left may be the room that this one wants.
        if let Some(mut names) = named(&self.folder) {
            names.extend(bundle.files.iter().map(|(name, _)| name.clone()).chain(bundle.kept.iter().cloned()));
            let _ = remove_unnamed(&self.folder, &names);
        }
        let mut manifest =
            serde_json::to_vec_pretty(&bundle.manifest).map_err(|error| Error::input(MANIFEST, error.to_string()))?;
        manifest.push(b'\n');
        let wanted = bundle.files.iter().map(|(_, content)| content.len()).sum::<usize>() + manifest.len();
        // Side by side, as each waits for the disk.
        bundle.files.par_iter().try_for_each(|(name, content)| self.write_new(name, content, wanted as u64))?;
        let signed = self.sign(bundle, &manifest)?;
        signed.iter().try_for_each(|(name, content)| self.write_new(name, content, wanted as u64))?;
        sync_folder(&self.folder);
        write_whole(&self.folder.join(MANIFEST), &manifest, wanted as u64)?;
        sync_folder(&self.folder);
        self.clear.store(true, Ordering::Relaxed);
        let files = bundle.files.iter().chain(&signed).map(|(name, _)| name);
        self.clear_away(&files.chain(&bundle.kept).cloned().collect(), "the new library is published")
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
    pub(super) fn write_signatures(&self, files: &[(String, Vec<u8>)]) -> Result<()> {
        let wanted = files.iter().map(|(_, content)| content.len() as u64).sum();
        // The hashes before the signature that names them.
        files.iter().rev().try_for_each(|(name, content)| self.write_new(name, content, wanted))?;
        sync_folder(&self.folder);
        self.clear.store(true, Ordering::Relaxed);
        let names = named(&self.folder).ok_or_else(|| Error::damaged(MANIFEST, "it is no manifest"))?;
        self.clear_away(&names, "the library is signed")
    }

    /// Removes the files of libraries that are not among these names.
    fn clear_away(&self, names: &HashSet<String>, done: &str) -> Result<()> {
        remove_unnamed(&self.folder, names).map_err(|(path, error)| {
            if error.kind() == ErrorKind::NotFound {
                return refused("write", &path, &error, 0); // the folder: nothing is published either
            }
            let reason = format!(
                "{error}; {done}, but this file of the old one is still there: allow timdoc to change the folder and run \
                 it again"
            );
            Error::Io { action: "remove", path: path.display().to_string(), reason }
        })
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        if self.clear.load(Ordering::Relaxed) {
            return;
        }
        // Of a library that cannot be read nobody knows which files are its own.
        if let Some(names) = named(&self.folder) {
            let _ = remove_unnamed(&self.folder, &names);
        }
        if self.made {
            // It goes when it is empty.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// The files that the library of a folder consists of, but for the manifest: none where there is no library, `None`
/// where it cannot be read.
fn named(folder: &Path) -> Option<HashSet<String>> {
    let mut names = HashSet::new();
    let manifest = match fs::read(folder.join(MANIFEST)) {
        Ok(manifest) => manifest,
        Err(error) if error.kind() == ErrorKind::NotFound => return Some(names),
        Err(_) => return None,
    };
    names.extend(signed_files(folder, &manifest));
    let manifest: Manifest = serde_json::from_slice(&manifest).ok()?;
    manifest.check().ok()?;
    let read = |name: &str| fs::read(folder.join(name)).map_err(|error| Error::io("read", name, &error));
    names.extend(files_of(&manifest, read).ok()?);
    Some(names)
}

/// Names of all files of a bundle but the manifest.
///
/// # Errors
/// `damaged` or `version` when a head cannot be read; those of `read`.
pub(super) fn files_of(manifest: &Manifest, read: impl Fn(&str) -> Result<Vec<u8>>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for segment in &manifest.segments {
        let head = Head::read(&inflate_head(&read(&segment.head.file)?)?)?;
        names.push(segment.head.file.clone());
        names.push(segment.dictionary.file.clone());
        names.extend(head.files.all().map(|file| file.name.clone()));
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// Makes a folder with those it lies in; false when it was there.
fn make_folder(folder: &Path) -> io::Result<bool> {
    if folder.is_dir() {
        return Ok(false);
    }
    let new = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).count();
    fs::create_dir_all(folder)?;
    for parent in folder.ancestors().skip(1).take(new) {
        sync_folder(if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    }
    Ok(true)
}

/// Waits until the names of a folder's files are on the disk, where a system can: a manifest must not name what a fall
/// of the power undoes.
pub fn sync_folder(folder: &Path) {
    // Some systems open no folders; there is nothing to be done about it.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// An error of writing that says how to mend it. `wanted`: bytes there must be room for, 0 where it is not known.
#[must_use]
pub fn refused(action: &'static str, path: &Path, error: &io::Error, wanted: u64) -> Error {
    let advice = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => match wanted {
            0 => "; free some room there, or name a place on another disk".to_owned(),
            wanted => format!(
                "; {:.1} MB are to be written in all: free so much there, or name a place on another disk",
                (wanted as f64 / 1e6).max(0.1)
            ),
        },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "; allow this user to write there, or name another place".to_owned()
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "; a file stands where a folder is to be: name another place".to_owned()
        }
        ErrorKind::NotFound => "; its folder is not there (any more)".to_owned(),
        _ => String::new(),
    };
    Error::Io { action, path: path.display().to_string(), reason: format!("{error}{advice}") }
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, content: &[u8], wanted: u64) -> Result<()> {
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
        refused("write", path, &error, wanted)
    })
}

/// Removes the files of libraries that are not among these names, all that can be; the first that cannot is the error.
fn remove_unnamed(folder: &Path, names: &HashSet<String>) -> std::result::Result<(), (PathBuf, io::Error)> {
    let wrong = |error| (folder.to_owned(), error);
    let mut first = Ok(());
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if is_ours(name) && !names.contains(name) {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => first = first.and(Err((entry.path(), error))),
                _ => {}
            }
        }
    }
    first
}

/// Whether a name is one that this program gives to a file of a library: a kind, 16 hexadecimal digits, `.bin`, those of
/// a signature twice; or one that it has while it is written.
fn is_ours(name: &str) -> bool {
    if let Some(whole) = name.strip_suffix(PARTIAL) {
        return whole == MANIFEST || is_ours(whole);
    }
    let hashes = |kind: &&str| name.strip_prefix(*kind).and_then(|rest| rest.strip_suffix(".bin"));
    let Some(hashes) = KINDS.iter().find_map(hashes) else { return false };
    let is_hash = |hash: &str| hash.len() == 16 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match hashes.split_once('-') {
        Some((manifest, key)) => name.starts_with(SIGNATURE) && is_hash(manifest) && is_hash(key),
        None => is_hash(hashes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_vanished_after_the_last_file_is_not_told_as_an_old_file_that_stays() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("bundle");
        let publisher = Publisher::open(&folder).unwrap();
        fs::remove_dir(&folder).unwrap();
        let line = publisher.clear_away(&HashSet::new(), "the new library is published").unwrap_err().to_string();
        assert!(line.contains("its folder is not there") && !line.contains("is published"), "{line}");
    }

    #[test]
    fn files_of_others_are_not_taken_for_ours() {
        for ours in
            ["terms-0f77d925e82fbbb0.bin", "head-0f77d925e82fbbb0.bin.timdoc-partial", "manifest.json.timdoc-partial"]
        {
            assert!(is_ours(ours), "{ours}");
        }
        for theirs in
            ["articles-2024.bin", "terms-.bin", "manifest.json", "trang.html.timdoc-partial", "head-0f77d925e82fbbb0"]
        {
            assert!(!is_ours(theirs), "{theirs}");
        }
    }
}
