//! Who vouches for a library? A signature (Ed25519) of its manifest and, by a tree of hashes, of every byte of its files,
//! so that a page that has the public key can check each range it fetches. FORMAT.md draws both files.
//!
//! ```text
//! signature-<manifest>-<key>.bin ──► SHA-256 of manifest.json
//!                                ──► of each file: length, root ──► hashes of pages ──► hashes of chunks
//!                                                                   └──── hashes-<hash>.bin ────┘
//! ```
//!
//! The signature is named by the manifest's hash, so it is published before the manifest's one rename: whoever has a
//! manifest finds the signature that is its own, at every moment.

pub mod check;
pub mod keys;
pub mod tree;

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use self::keys::{PublicKey, Signer, hex};
use self::tree::{ENTRY, Entry, Tree};
use super::files::file_name;
use super::manifest::{MANIFEST, Manifest};
use super::publish::{Publisher, files_of};
use super::write::hash;
use crate::{Error, Result};

/// What the signed bytes begin with: they are of this purpose and version and of no other.
pub const DOMAIN: &[u8; 16] = b"timdoc-signed-1\n";
/// The beginning of the name of a signature's file.
pub const SIGNATURE: &str = "signature";
/// The beginning of the name of the file with the hashes.
pub const HASHES: &str = "hashes";
/// Bytes of a statement before its list of files.
pub const STATED: usize = 76;
/// Bytes of an Ed25519 signature.
pub const SIGNED: usize = 64;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Of the public key that is to check it.
    pub key: [u8; 8],
    /// Seconds since 1970 when it was signed; greater than in any earlier signature of the folder by this key.
    pub time: u64,
    /// SHA-256 of `manifest.json`.
    pub manifest: [u8; 32],
    /// The hash in the name of the file with the hashes.
    pub hashes: [u8; 8],
    /// Every file of the library, by the hash in its name, ascending.
    pub files: Vec<Entry>,
}

impl Statement {
    /// The bytes that are signed: the table in FORMAT.md.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(STATED + ENTRY * self.files.len() + SIGNED);
        out.extend_from_slice(DOMAIN);
        out.extend_from_slice(&self.key);
        out.extend_from_slice(&self.time.to_le_bytes());
        out.extend_from_slice(&self.manifest);
        out.extend_from_slice(&self.hashes);
        out.extend_from_slice(&(self.files.len() as u32).to_le_bytes());
        for file in &self.files {
            out.extend_from_slice(&file.name);
            out.extend_from_slice(&file.length.to_le_bytes());
            out.extend_from_slice(&file.root);
        }
        out
    }

    /// Reads a signature's file, whose signature by `key` must be right.
    ///
    /// # Errors
    /// `damaged` when it is cut, of another kind or another key, or its signature is not right.
    pub fn read(bytes: &[u8], key: &PublicKey) -> Result<Self> {
        let wrong = |reason| Error::damaged("the signature", reason);
        let (stated, signed) =
            bytes.len().checked_sub(SIGNED).map(|at| bytes.split_at(at)).ok_or_else(|| wrong("it is cut"))?;
        if !stated.starts_with(DOMAIN) || stated.len() < STATED {
            return Err(wrong("it is no signature, or of another version of timdoc"));
        }
        key.check(stated, signed)?;
        let number = |at: usize| u32::from_le_bytes(array(&stated[at..]));
        let (files, rest) = stated[STATED..].as_chunks::<ENTRY>();
        if !rest.is_empty() || files.len() != number(72) as usize {
            return Err(wrong("it is cut"));
        }
        let entry = |file: &[u8; ENTRY]| Entry {
            name: array(file),
            length: u32::from_le_bytes(array(&file[8..])),
            root: array(&file[12..]),
        };
        let statement = Statement {
            key: array(&stated[16..]),
            time: u64::from_le_bytes(array(&stated[24..])),
            manifest: array(&stated[32..]),
            hashes: array(&stated[64..]),
            files: files.iter().map(entry).collect(),
        };
        if statement.key != key.id() {
            return Err(wrong("it is of another key"));
        }
        Ok(statement)
    }
}

/// The first bytes of a slice that is long enough.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[..N]);
    out
}

/// The name of the signature of a manifest by a key.
#[must_use]
pub fn signature_name(manifest: &[u8], key: [u8; 8]) -> String {
    format!("{SIGNATURE}-{}-{}.bin", hex(&hash(manifest)), hex(&key))
}

/// The files that sign a bundle: the hashes, and a signature for each signer. `read` gives the content of a file; every
/// file is held against the hash in its name first.
///
/// # Errors
/// `damaged` when a file is not what its name says; those of `read`.
pub(super) fn sign(
    folder: &Path,
    manifest: &[u8],
    names: &[String],
    signers: &[Signer],
    read: impl Fn(&str) -> Result<Vec<u8>> + Sync,
) -> Result<Vec<(String, Vec<u8>)>> {
    let mut trees: Vec<Tree> = names.par_iter().map(|name| Tree::of(name, &read(name)?)).collect::<Result<Vec<_>>>()?;
    trees.sort_by_key(|tree| tree.entry.name);
    trees.dedup_by_key(|tree| tree.entry.name);
    let hashes: Vec<u8> = trees.iter().flat_map(|tree| tree.pages.iter().copied()).collect();
    let entries: Vec<Entry> = trees.into_iter().map(|tree| tree.entry).collect();
    let mut files = Vec::new();
    for signer in signers {
        let key = signer.public().id();
        let statement = Statement {
            key,
            time: now().max(last_time(folder, &signer.public()).map_or(0, |last| last.saturating_add(1))),
            manifest: Sha256::digest(manifest).into(),
            hashes: hash(&hashes),
            files: entries.clone(),
        };
        let mut content = statement.bytes();
        let signed = signer.sign(&content);
        content.extend_from_slice(&signed);
        files.push((signature_name(manifest, key), content));
    }
    files.push((file_name(HASHES, hash(&hashes)), hashes));
    Ok(files)
}

/// The newest time of a signature by this key in a folder.
fn last_time(folder: &Path, key: &PublicKey) -> Option<u64> {
    let ending = format!("-{}.bin", hex(&key.id()));
    let entries = fs::read_dir(folder).ok()?.flatten();
    let signatures = entries.filter(|entry| {
        entry.file_name().to_str().is_some_and(|name| name.starts_with(SIGNATURE) && name.ends_with(&ending))
    });
    signatures.filter_map(|entry| Some(Statement::read(&fs::read(entry.path()).ok()?, key).ok()?.time)).max()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Whether the manifest in a folder has a signature beside it, by whatever key.
#[must_use]
pub fn is_signed(folder: &Path) -> bool {
    let Ok(manifest) = fs::read(folder.join(MANIFEST)) else { return false };
    !signatures_of(folder, &manifest).is_empty()
}

/// Names of the signatures of a manifest, by whatever keys.
pub(super) fn signatures_of(folder: &Path, manifest: &[u8]) -> Vec<String> {
    let beginning = format!("{SIGNATURE}-{}-", hex(&hash(manifest)));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with(&beginning))
        .collect()
}

/// Names of what signs a manifest, by whatever keys: the signatures and the hashes that they name.
pub(super) fn signed_files(folder: &Path, manifest: &[u8]) -> Vec<String> {
    let mut names = signatures_of(folder, manifest);
    let hashes = |name: &String| {
        let content = fs::read(folder.join(name)).ok()?;
        Some(file_name(HASHES, array(content.get(64..72)?)))
    };
    names.extend(names.iter().filter_map(hashes).collect::<Vec<_>>());
    names
}

/// What was signed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Signed {
    /// Files whose bytes are vouched for, the manifest included.
    pub files: usize,
    /// Names of the signatures that were there already and are still right.
    pub kept: Vec<String>,
    /// Names of the signatures that were written.
    pub written: Vec<String>,
}

/// Signs the library in a folder as it is. A signature by the same key that is right stays as it is, unless a new date is
/// wanted (`renew`), as after an older version was put back. Signatures by other keys stay.
///
/// # Errors
/// `io` when the system refuses or another process is changing the library; `damaged` when a file is not what its name
/// says; then nothing was changed.
pub fn sign_folder(folder: &Path, signers: &[Signer], renew: bool) -> Result<Signed> {
    let publisher = Publisher::existing(folder)?;
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|error| Error::io("read", path.display(), &error))
    };
    let bytes = read(MANIFEST)?;
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|_| Error::damaged(MANIFEST, "it is no manifest"))?;
    manifest.check()?;
    let names = files_of(&manifest, read)?;
    let right = |signer: &&Signer| !renew && check::check(folder, &signer.public()).is_ok_and(|wrong| wrong.is_empty());
    let (kept, missing): (Vec<&Signer>, Vec<&Signer>) = signers.iter().partition(right);
    let name = |signer: &Signer| signature_name(&bytes, signer.public().id());
    let written = missing.iter().map(|signer| name(signer)).collect();
    if !missing.is_empty() {
        let missing: Vec<Signer> = missing.into_iter().cloned().collect();
        publisher.write_signatures(&sign(folder, &bytes, &names, &missing, read)?)?;
    }
    Ok(Signed { files: names.len() + 1, kept: kept.into_iter().map(name).collect(), written })
}
