//! Damage that the names of files do not show.
#![allow(clippy::unwrap_used)] // a test may: this is not compiled into anything else

use timdoc::bundle::deflate::{deflate_head, inflate_head};
use timdoc::bundle::files::file_name;
use timdoc::bundle::write::hash;
use timdoc::index::crc::{crc32, crc32_at};

use crate::memory::{Files, MANIFEST};

/// Changes a file and names everything after its new content, up to the manifest: only the checksums inside can tell.
pub fn disguised(bundle: &Files, kind: &str, change: impl Fn(&mut Vec<u8>)) -> Files {
    let find = |files: &Files, kind: &str| files.keys().find(|name| name.starts_with(kind)).unwrap().clone();
    let name = |kind: &str, content: &[u8]| file_name(kind.trim_end_matches('-'), hash(content));
    let mut files = bundle.clone();
    let mut content = files.remove(&find(bundle, kind)).unwrap();
    let before = hash(&content);
    change(&mut content);
    let after = hash(&content);
    files.insert(name(kind, &content), content);

    let old_head = find(bundle, "head-");
    let mut head = inflate_head(&files.remove(&old_head).unwrap()).unwrap();
    let at = head.windows(8).position(|bytes| bytes == before).unwrap();
    head[at..at + 8].copy_from_slice(&after);
    let number = |head: &[u8], at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
    let table = 16 + number(&head, 12) as usize * 16;
    for entry in (16..table).step_by(16) {
        let (start, length) = (number(&head, entry + 4) as usize, number(&head, entry + 8) as usize);
        let check = crc32_at(b'H', start as u64, &head[start..start + length]);
        head[entry + 12..entry + 16].copy_from_slice(&check.to_le_bytes());
    }
    let check = crc32(&head[..table]);
    head[table..table + 4].copy_from_slice(&check.to_le_bytes());
    let head = deflate_head(&head).unwrap();
    let new_head = name("head-", &head);
    files.insert(new_head.clone(), head);
    let manifest = String::from_utf8(files.remove(MANIFEST).unwrap()).unwrap();
    files.insert(MANIFEST.into(), manifest.replace(&old_head, &new_head).into_bytes());
    files
}
