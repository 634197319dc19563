//! What does the path of a page in a mirrored folder say: which site, which id, which address?

use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

use crate::ingest::{MOST_ID_BYTES, clean};

/// Endings of files that are web pages.
const PAGES: [&str; 9] = ["html", "htm", "xhtml", "shtml", "mhtml", "aspx", "asp", "php", "jsp"];

/// True for the ending of a web page's file, in small letters.
pub(in crate::ingest) fn is_page_ending(ending: &str) -> bool {
    PAGES.contains(&ending) && ending != "mhtml"
}

/// The host that the first folder of a path is named after, as `wget` and HTTrack do: `xa.example/tin/a.html`.
///
/// ```
/// use timdoc::ingest::html;
/// assert_eq!(html::host_of("xa.example/tin/a.html"), Some("xa.example"));
/// assert_eq!(html::host_of("tin/a.html"), None);
/// ```
#[must_use]
pub fn host_of(path: &str) -> Option<&str> {
    let (first, _) = path.split_once('/')?;
    let is_host = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let (name, top) = first.rsplit_once('.')?;
    let top = top.split_once(':').map_or(top, |(top, _)| top);
    let right = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()) && name.split('.').all(is_host);
    right.then_some(first)
}

/// The address of a page by its path in a folder that is named after its host.
#[must_use]
pub fn address_of(path: &str) -> Option<String> {
    host_of(path)?;
    let folder = path.strip_suffix("/index.html").map(|folder| format!("{folder}/"));
    Some(format!("http://{}", folder.as_deref().unwrap_or(path).replace(' ', "%20")))
}

/// The id of a page by its path in its folder: the path without the file's ending and without `index`. It is the same in
/// every build of the same folder, and no two pages have the same.
///
/// ```
/// use timdoc::ingest::html;
/// assert_eq!(html::id_of("tin/cau-moi.html"), "tin/cau-moi");
/// assert_eq!(html::id_of("tin/cau-moi/index.html"), "tin/cau-moi");
/// assert_eq!(html::id_of("tin.aspx?id=3.html.gz"), "tin.aspx?id=3");
/// ```
#[must_use]
pub fn id_of(path: &str) -> String {
    let path = clean::line(path);
    let mut bare = path.as_ref();
    for ending in [".gz", ".zst"] {
        bare = bare.strip_suffix(ending).unwrap_or(bare);
    }
    if let Some((stem, ending)) = bare.rsplit_once('.')
        && is_page_ending(&ending.to_ascii_lowercase())
        && !stem.is_empty()
    {
        bare = stem;
    }
    bare = bare.strip_suffix("/index").unwrap_or(bare);
    if bare.len() <= MOST_ID_BYTES {
        return bare.to_owned();
    }
    // Long paths keep their end, where the name is, and a number made of the whole.
    let keep = (bare.len() - MOST_ID_BYTES + 20..bare.len()).find(|&at| bare.is_char_boundary(at));
    let end = keep.and_then(|at| bare.get(at..)).unwrap_or_default();
    format!("{:016x}-{end}", FxBuildHasher.hash_one(bare))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn folders_named_after_hosts_give_addresses() {
        assert_eq!(address_of("xa.example/tin/index.html").as_deref(), Some("http://xa.example/tin/"));
        assert_eq!(address_of("xa.example/tin/a b.html").as_deref(), Some("http://xa.example/tin/a%20b.html"));
        for path in ["a.html", "v1.2/a.html", "../a.html", "tin.cu moi/a.html", ".git/a.html"] {
            assert_eq!(host_of(path), None, "{path}");
        }
    }

    #[test]
    fn long_paths_give_short_ids_that_differ() {
        let long = |n: u32| id_of(&format!("{}/{}{n}/{}.html", "ạ".repeat(90), "x".repeat(20), "y".repeat(150)));
        assert!(long(1).len() <= MOST_ID_BYTES && long(1) != long(2));
    }
}
