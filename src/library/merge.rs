//! Libraries made one: as one segment, built anew from all their articles, or as a list of their segments.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Library;
use crate::article::Article;
use crate::bundle::manifest::{Manifest, SegmentEntry};
use crate::bundle::publish::Publisher;
use crate::bundle::sign::keys::Signer;
use crate::bundle::write::{Bundle, Step, write};
use crate::{Error, Result};

/// What was merged.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Merged {
    /// Articles there are now.
    pub articles: u64,
    /// Segments there were.
    pub segments_before: usize,
    /// Segments there are now.
    pub segments: usize,
    /// Articles left out because a later library has one with the same id.
    pub replaced: usize,
    /// All bytes but the manifest.
    pub bytes: u64,
}

/// Where an article is: library, segment, number.
type Place = (usize, usize, u32);

/// Makes libraries one segment in a folder, which may be one of them: the same bytes as a build of all their articles
/// gives. Of articles with the same id, that of the last library stays. `sign`: who signs the result. `progress` is told
/// how far it is.
///
/// # Errors
/// `io` when the system refuses or another process is changing a library, `damaged` when one is not whole; then what is
/// in the folder is as it was.
pub fn merge(libraries: &[PathBuf], out: &Path, sign: &[Signer], progress: &mut dyn FnMut(Step)) -> Result<Merged> {
    let publisher = Publisher::open(out)?.signed_by(sign);
    let mut opened = libraries.iter().map(|folder| Library::open(folder)).collect::<Result<Vec<_>>>()?;
    let (places, replaced) = places(&mut opened)?;
    let mut articles: Vec<Article> = Vec::with_capacity(places.len());
    for (library, segment, doc) in places {
        articles.push(opened[library].drive(|engine| engine.stored_article(segment, doc))?.article);
    }
    let segments_before = opened.iter().map(|library| library.engine().segments().len()).sum();
    drop(opened);
    if articles.is_empty() {
        return Err(Error::NoArticles { place: "the libraries".into() });
    }
    let bundle = write(articles, progress)?;
    publisher.publish(&bundle)?;
    Ok(merged(&bundle, segments_before, replaced))
}

/// Lists the segments of libraries as one library in a folder, their files copied as they are. Of articles with the same
/// id, that of the last library stays.
///
/// # Errors
/// As [`merge`].
pub fn list(libraries: &[PathBuf], out: &Path, sign: &[Signer]) -> Result<Merged> {
    let publisher = Publisher::open(out)?.signed_by(sign);
    let mut opened = libraries.iter().map(|folder| Library::open(folder)).collect::<Result<Vec<_>>>()?;
    let (places, replaced) = places(&mut opened)?;
    let mut live: HashMap<(usize, usize), Vec<u32>> = HashMap::new();
    for (library, segment, doc) in places {
        live.entry((library, segment)).or_default().push(doc);
    }
    let mut entries: Vec<SegmentEntry> = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    for (at, (folder, library)) in libraries.iter().zip(&opened).enumerate() {
        for (number, entry) in library.engine().manifest().segments.iter().enumerate() {
            let Some(mut docs) = live.remove(&(at, number)) else { continue };
            docs.sort_unstable();
            let deleted = (0..entry.articles as u32).filter(|doc| docs.binary_search(doc).is_err()).collect();
            let files = library.engine().segments()[number].head().files.all().map(|file| file.name.clone());
            let names: Vec<String> = files.chain([entry.head.file.clone(), entry.dictionary.file.clone()]).collect();
            for name in names {
                publisher.copy(folder, &name)?;
                kept.push(name);
            }
            entries.push(SegmentEntry { deleted, ..entry.clone() });
        }
    }
    if entries.is_empty() {
        return Err(Error::NoArticles { place: "the libraries".into() });
    }
    let segments_before = opened.iter().map(|library| library.engine().segments().len()).sum();
    let bundle = Bundle { manifest: Manifest::new(entries), files: Vec::new(), kept };
    publisher.publish(&bundle)?;
    Ok(merged(&bundle, segments_before, replaced))
}

fn merged(bundle: &Bundle, segments_before: usize, replaced: usize) -> Merged {
    Merged {
        articles: bundle.manifest.articles(),
        segments_before,
        segments: bundle.manifest.segments.len(),
        replaced,
        bytes: bundle.manifest.bytes(),
    }
}

/// Where the article of every id is, the last one of each, and how many others there are.
fn places(libraries: &mut [Library]) -> Result<(Vec<Place>, usize)> {
    let mut last: HashMap<String, Place> = HashMap::new();
    let mut live = 0;
    for (number, library) in libraries.iter_mut().enumerate() {
        for at in 0..library.engine().segments().len() {
            for (id, doc) in library.drive(|engine| engine.ids(at))? {
                if library.engine().segments()[at].is_live(doc) {
                    live += 1;
                    last.insert(id, (number, at, doc));
                }
            }
        }
    }
    let replaced = live - last.len();
    let mut places: Vec<Place> = last.into_values().collect();
    places.sort_unstable();
    Ok((places, replaced))
}
