//! A bundle to a folder, so that what is published there is at every moment the old library or the new one.
//!
//! Files have names made of their content, so new ones never replace old ones. They are written first, each under a
//! temporary name and then renamed; the manifest comes last, by one rename; only then are files removed that no
//! manifest names any more. Files of others in the folder stay.

use std::fs;
use std::io::Write;
use std::path::Path;

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
/// `io` when the system refuses; then the library published before is untouched.
pub fn publish(bundle: &Bundle, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::io("create", folder.display(), &error))?;
    for (name, content) in &bundle.files {
        let path = folder.join(name);
        let same = fs::metadata(&path).is_ok_and(|found| found.len() == content.len() as u64)
            && fs::read(&path).is_ok_and(|found| found == *content);
        if !same {
            write_whole(&path, content)?;
        }
    }
    let mut manifest =
        serde_json::to_vec_pretty(&bundle.manifest).map_err(|error| Error::input(MANIFEST, error.to_string()))?;
    manifest.push(b'\n');
    write_whole(&folder.join(MANIFEST), &manifest)?;
    remove_unnamed(bundle, folder)
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(PARTIAL);
    let partial = Path::new(&partial);
    let written = fs::File::create(partial).and_then(|mut file| {
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
        if ours && !bundle.files.iter().any(|(kept, _)| kept == name) {
            fs::remove_file(entry.path()).map_err(|error| Error::io("remove", entry.path().display(), &error))?;
        }
    }
    Ok(())
}
