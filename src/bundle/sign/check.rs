//! Is a library what the owner of a key signed? As a page with the public key checks it, but all of it.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::keys::PublicKey;
use super::tree::{Entry, Tree};
use super::{HASHES, Statement, signature_name};
use crate::bundle::files::file_name;
use crate::bundle::manifest::{MANIFEST, Manifest};
use crate::bundle::publish::files_of;
use crate::{Error, Result};

/// Holds a folder against its signature by a key. Gives what is wrong, each as one line.
///
/// # Errors
/// Only when there is no manifest that can be read, so that nothing can be said.
pub fn check(folder: &Path, key: &PublicKey) -> Result<Vec<String>> {
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).map_err(|error| Error::io("read", path.display(), &error))?;
    let name = signature_name(&bytes, key.id());
    let Ok(content) = fs::read(folder.join(&name)) else {
        return Ok(vec![format!("{MANIFEST}: this key has not signed it; run timdoc sign with the private key")]);
    };
    let statement = match Statement::read(&content, key) {
        Ok(statement) => statement,
        Err(error) => return Ok(vec![format!("{name}: {error}")]),
    };
    if statement.manifest[..] != Sha256::digest(&bytes)[..] {
        return Ok(vec![format!("{MANIFEST}: it is not the one that was signed")]);
    }
    Ok(files(folder, &bytes, &statement).err().unwrap_or_default())
}

/// Every file of the library, against the statement.
fn files(folder: &Path, manifest: &[u8], statement: &Statement) -> std::result::Result<(), Vec<String>> {
    let line = |error: Error| vec![error.to_string()];
    let read = |name: &str| fs::read(folder.join(name)).map_err(|error| Error::io("read", name, &error));
    let manifest: Manifest =
        serde_json::from_slice(manifest).map_err(|_| line(Error::damaged(MANIFEST, "it is no manifest")))?;
    let mut wrong = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut hashes = Vec::new();
    let mut trees = Vec::new();
    for name in files_of(&manifest, read).map_err(line)? {
        match read(&name).and_then(|content| Tree::of(&name, &content)) {
            Ok(tree) => trees.push(tree),
            Err(error) => wrong.push(format!("{name}: it is not what was signed ({error})")),
        }
    }
    trees.sort_by_key(|tree| tree.entry.name);
    trees.dedup_by_key(|tree| tree.entry.name);
    for tree in trees {
        hashes.extend(tree.pages);
        entries.push(tree.entry);
    }
    if wrong.is_empty() && entries != statement.files {
        wrong.push("the files are not those that were signed".to_owned());
    }
    let name = file_name(HASHES, statement.hashes);
    if wrong.is_empty() && read(&name).map_err(line)? != hashes {
        wrong.push(format!("{name}: it is not what was signed"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
