//! A library on disk changed without being built anew: what is new goes into a segment of its own, what was changed or
//! removed is marked as deleted where it was. Old files keep their bytes, so that what readers have of them stays good.
//!
//! So that segments stay few, those that are no larger than a few times the new one are folded into it: of n articles
//! that come one by one, each is rewritten about log n times, and at most about log n segments stand side by side (a
//! log-structured merge: O'Neil et al. 1996, *The log-structured merge-tree*).

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::Library;
use crate::article::Article;
use crate::bundle::deflate::inflate_dictionary;
use crate::bundle::manifest::{Manifest, SegmentEntry};
use crate::bundle::publish::Publisher;
use crate::bundle::sign::keys::Signer;
use crate::bundle::write::{Bundle, NewSegment, Primer, Step, write_segment};
use crate::{Error, Result};

/// A segment is folded into a new one that has at least a part of its articles: one in so many.
const FOLD: u64 = 4;

/// What is to be changed.
#[derive(Default)]
pub struct Change {
    /// Articles to have: new ones, and new versions of those with the same id.
    pub articles: Vec<Article>,
    /// Ids of articles to remove.
    pub remove: Vec<String>,
    /// Remove every article that is not among [`Change::articles`].
    pub mirror: bool,
    /// Fail when an id to remove is of no article.
    pub strict: bool,
    /// Who signs the changed library. Without any it has no signature.
    pub sign: Vec<Signer>,
}

/// What was changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// Articles that were not there.
    pub added: usize,
    /// Articles that were there with the same id and another content.
    pub changed: usize,
    /// Articles that were there already, just so.
    pub unchanged: usize,
    /// Articles that were removed.
    pub removed: usize,
    /// Ids that were to be removed and are of no article.
    pub not_found: Vec<String>,
    /// Articles there are now.
    pub articles: u64,
    /// Segments there are now.
    pub segments: usize,
    /// Bytes of the files that were written, the manifest not counted.
    pub written_bytes: u64,
}

/// Changes the library in a folder. `progress` is told how far it is. When nothing has to be changed, nothing is
/// written.
///
/// # Errors
/// `io` when the system refuses or another process is changing it, `damaged` when it is not whole, `no_articles` when
/// none would be left; then the library is as it was.
pub fn update(folder: &Path, change: Change, progress: &mut dyn FnMut(Step)) -> Result<Changed> {
    let publisher = Publisher::existing(folder)?.signed_by(&change.sign);
    let mut library = Library::open(folder)?;
    let mut changed = Changed::default();
    let mut deleted = Deleted::of(library.engine().manifest());
    let mut given: HashSet<String> = HashSet::new();
    let mut fresh = Vec::new();
    for article in change.articles {
        if change.mirror {
            given.insert(article.id.clone());
        }
        match library.drive(|engine| engine.place(&article.id))? {
            None => changed.added += 1,
            Some((at, doc)) => {
                if library.drive(|engine| engine.stored_article(at, doc))?.article == article {
                    changed.unchanged += 1;
                    continue;
                }
                changed.changed += 1;
                deleted.insert(at, doc);
            }
        }
        fresh.push(article);
    }
    for id in change.remove {
        match library.drive(|engine| engine.place(&id))? {
            Some((at, doc)) if deleted.insert(at, doc) => changed.removed += 1,
            _ if change.strict => return Err(Error::NotFound { id }),
            _ => changed.not_found.push(id),
        }
    }
    if change.mirror {
        for at in 0..library.engine().segments().len() {
            for (id, doc) in library.drive(|engine| engine.ids(at))? {
                changed.removed += usize::from(!given.contains(&id) && deleted.insert(at, doc));
            }
        }
    }
    if changed.added + changed.changed + changed.removed > 0 {
        let bundle = rewrite(folder, &mut library, fresh, &deleted, progress)?;
        changed.written_bytes = bundle.files.iter().map(|(_, content)| content.len() as u64).sum();
        publisher.publish(&bundle)?;
        (changed.articles, changed.segments) = (bundle.manifest.articles(), bundle.manifest.segments.len());
    } else {
        let manifest = library.engine().manifest();
        (changed.articles, changed.segments) = (manifest.articles(), manifest.segments.len());
    }
    Ok(changed)
}

/// By segment, the numbers of deleted articles.
struct Deleted(Vec<BTreeSet<u32>>);

impl Deleted {
    fn of(manifest: &Manifest) -> Self {
        Deleted(manifest.segments.iter().map(|segment| segment.deleted.iter().copied().collect()).collect())
    }

    /// Marks an article as deleted; false when it was.
    fn insert(&mut self, segment: usize, doc: u32) -> bool {
        self.0[segment].insert(doc)
    }
}

/// The library with new articles and without deleted ones.
fn rewrite(
    folder: &Path,
    library: &mut Library,
    mut fresh: Vec<Article>,
    deleted: &Deleted,
    progress: &mut dyn FnMut(Step),
) -> Result<Bundle> {
    let mut segments: Vec<SegmentEntry> = library.engine().manifest().segments.clone();
    for (segment, deleted) in segments.iter_mut().zip(&deleted.0) {
        segment.deleted = deleted.iter().copied().collect();
    }
    let folded = folded(&segments, fresh.len() as u64);
    for at in &folded {
        for doc in (0..segments[*at].articles as u32).filter(|doc| !deleted.0[*at].contains(doc)) {
            fresh.push(library.drive(|engine| engine.stored_article(*at, doc))?.article);
        }
    }
    let stays = |at: &usize| !folded.contains(at) && segments[*at].live() > 0;
    let kept: Vec<usize> = (0..segments.len()).filter(stays).collect();
    let new = if fresh.is_empty() { None } else { Some(new_segment(folder, fresh, &segments, &kept, progress)?) };
    let mut entries: Vec<SegmentEntry> = kept.iter().map(|at| segments[*at].clone()).collect();
    let mut names: Vec<String> = entries.iter().map(|entry| entry.head.file.clone()).collect();
    let files = kept.iter().flat_map(|at| library.engine().segments()[*at].head().files.all());
    names.extend(files.map(|file| file.name.clone()));
    let mut files = Vec::new();
    if let Some(new) = new {
        entries.push(new.entry);
        files = new.files;
    }
    if entries.is_empty() {
        return Err(Error::NoArticles { place: folder.display().to_string() });
    }
    names.extend(entries.iter().map(|entry| entry.dictionary.file.clone()));
    Ok(Bundle { manifest: Manifest::new(entries), files, kept: names })
}

/// Which segments are folded into a new one of so many articles: from the smallest, those it has a good part of, and
/// those of which more than half is deleted.
fn folded(segments: &[SegmentEntry], mut articles: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..segments.len()).filter(|at| segments[*at].live() > 0).collect();
    order.sort_by_key(|at| segments[*at].live());
    let mut folded = Vec::new();
    for at in order {
        let segment = &segments[at];
        if segment.live() <= articles * FOLD || segment.live() * 2 < segment.articles {
            articles += segment.live();
            folded.push(at);
        }
    }
    folded
}

/// A segment of new articles, deflated against the dictionary of the largest that stays.
fn new_segment(
    folder: &Path,
    articles: Vec<Article>,
    segments: &[SegmentEntry],
    kept: &[usize],
    progress: &mut dyn FnMut(Step),
) -> Result<NewSegment> {
    let largest = kept.iter().map(|at| &segments[*at]).max_by_key(|segment| segment.live());
    let Some(largest) = largest else { return write_segment(articles, &Primer::Trained, progress) };
    let dictionary = inflate_dictionary(&super::read_entry(folder, &largest.dictionary)?)?;
    write_segment(articles, &Primer::Shared(&largest.dictionary, &dictionary), progress)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::manifest::FileEntry;

    fn segments(counts: &[(u64, u32)]) -> Vec<SegmentEntry> {
        let file = || FileEntry { file: "x".into(), bytes: 1 };
        let entry = |(articles, deleted): &(u64, u32)| SegmentEntry {
            head: file(),
            dictionary: file(),
            articles: *articles,
            bytes: 1,
            deleted: (0..*deleted).collect(),
        };
        counts.iter().map(entry).collect()
    }

    #[test]
    fn a_large_segment_stays_and_small_ones_are_folded() {
        assert_eq!(folded(&segments(&[(10_000, 0), (30, 0), (4, 0)]), 1), [2]);
        assert_eq!(folded(&segments(&[(10_000, 0), (30, 0), (4, 0)]), 5), [2, 1]);
        assert_eq!(folded(&segments(&[(10_000, 0)]), 2_500), [0]);
    }

    #[test]
    fn a_segment_that_is_mostly_deleted_is_folded_and_an_empty_one_is_not_read() {
        assert_eq!(folded(&segments(&[(10_000, 5_001), (50, 50)]), 0), [0]);
        assert!(folded(&segments(&[(10_000, 4_999), (50, 50)]), 0).is_empty());
    }

    #[test]
    fn segments_stay_few_when_articles_come_one_by_one() {
        let mut counts = vec![(10_000u64, 0u32)];
        for _ in 0..1_000 {
            let fold = folded(&segments(&counts), 1);
            let folded: u64 = fold.iter().map(|at| counts[*at].0).sum();
            counts = (0..counts.len()).filter(|at| !fold.contains(at)).map(|at| counts[at]).collect();
            counts.push((folded + 1, 0));
            assert!(counts.len() <= 7, "{counts:?}");
        }
    }
}
