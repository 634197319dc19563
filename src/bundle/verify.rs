//! Is a bundle whole? Every file against its name, every block, list and article against its checksum, and every
//! article against its id.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::deflate::{inflate, inflate_dictionary, inflate_head, primer};
use super::files::Space;
use super::manifest::{MANIFEST, Manifest};
use super::ranges::Ranges;
use super::segment::Segment;
use super::write::hash;
use crate::analysis::tokenize::split_key;
use crate::index::block::Term;
use crate::index::field::{ID, PAIR, WORD};
use crate::{Error, Result};

/// What was verified.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Files, the manifest included.
    pub files: usize,
    /// Bytes of them.
    pub bytes: u64,
    /// Articles that were inflated and read and are not deleted.
    pub articles: u64,
    /// Terms whose postings were read.
    pub terms: u64,
    /// Everything that is wrong, each as one line.
    pub wrong: Vec<String>,
}

/// Verifies the bundle in a folder. What is wrong is in [`Verified::wrong`].
///
/// # Errors
/// Only when there is no manifest that can be read, so that nothing can be said.
pub fn verify(folder: &Path) -> Result<Verified> {
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).map_err(|error| Error::io("read", path.display(), &error))?;
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|_| Error::damaged(MANIFEST, "it is no manifest"))?;
    manifest.check()?;
    let mut verified = Verified { files: 1, bytes: bytes.len() as u64, ..Verified::default() };
    let mut dictionaries: HashMap<&str, Option<Vec<u8>>> = HashMap::new();
    for entry in manifest.dictionaries() {
        let deflated = verified.file(folder, &entry.file, entry.bytes);
        dictionaries.insert(&entry.file, deflated.and_then(|deflated| inflate_dictionary(&deflated).ok()));
    }
    for entry in &manifest.segments {
        let dictionary = dictionaries.get(entry.dictionary.file.as_str()).and_then(Option::as_deref);
        let Some(head) = verified.file(folder, &entry.head.file, entry.head.bytes) else { continue };
        match inflate_head(&head).and_then(|head| Segment::open(&head)) {
            Ok(mut segment) => {
                let listed: u64 = segment.head().files.all().map(|file| u64::from(file.length)).sum();
                if entry.bytes != entry.head.bytes + listed {
                    verified.wrong.push(format!("{MANIFEST}: it states another number of bytes for a segment"));
                }
                segment.delete(&entry.deleted);
                if segment.head().articles() as u64 != entry.articles {
                    verified.wrong.push(format!("{MANIFEST}: it states another number of articles for a segment"));
                }
                verified.segment(folder, &mut segment, dictionary);
            }
            Err(error) => verified.wrong.push(format!("{}: {error}", entry.head.file)),
        }
    }
    if verified.articles != manifest.articles() && verified.wrong.is_empty() {
        let stated = manifest.articles();
        verified.wrong.push(format!("{MANIFEST}: it states {stated} articles, {} are there", verified.articles));
    }
    Ok(verified)
}

impl Verified {
    /// Reads a file and holds it against its name and length.
    fn file(&mut self, folder: &Path, name: &str, length: u64) -> Option<Vec<u8>> {
        let content = match fs::read(folder.join(name)) {
            Ok(content) => content,
            Err(error) => {
                self.wrong.push(format!("{name}: cannot be read ({error}); copy or build the bundle again"));
                return None;
            }
        };
        self.files += 1;
        self.bytes += content.len() as u64;
        let kind = name.split('-').next().unwrap_or_default();
        if content.len() as u64 != length || super::files::file_name(kind, hash(&content)) != name {
            self.wrong.push(format!("{name}: its content is not what was written; copy or build the bundle again"));
            return None;
        }
        Some(content)
    }

    fn segment(&mut self, folder: &Path, segment: &mut Segment, dictionary: Option<&[u8]>) {
        let mut ranges = Ranges::default();
        let files: Vec<_> = segment.head().files.all().map(|file| (file.name.clone(), file.length)).collect();
        let mut whole = true;
        for (name, length) in files {
            match self.file(folder, &name, u64::from(length)) {
                Some(content) => ranges.supply(&name, 0, content),
                None => whole = false,
            }
        }
        if !whole {
            return;
        }
        if let Err(error) = self.terms(segment, &mut ranges) {
            self.wrong.push(error.to_string());
        }
        let Some(dictionary) = dictionary else { return };
        let primer = primer(dictionary);
        let ids = ids(segment, &mut ranges).unwrap_or_default(); // damaged ones were told above
        for doc in 0..segment.head().articles() as u32 {
            match read_article(segment, doc, &primer, &ids, &mut ranges) {
                Ok(()) => self.articles += u64::from(segment.is_live(doc)),
                Err(error) => self.wrong.push(format!("article number {doc}: {error}")),
            }
            segment.trim();
        }
    }

    fn terms(&mut self, segment: &mut Segment, ranges: &mut Ranges) -> Result<()> {
        let from = self.terms;
        let mut words: Vec<Vec<Term>> = Vec::new();
        for first in (0..=u8::MAX).filter(|first| *first != PAIR) {
            let terms = segment.terms(&[first], usize::MAX, ranges)?.unwrap_or_default();
            self.lists(&terms, segment, ranges)?;
            if first == WORD {
                words =
                    terms.chunk_by(|a, b| split_key(&a.key).0 == split_key(&b.key).0).map(<[Term]>::to_vec).collect();
                words.iter_mut().for_each(|group| group.sort_by_key(|term| std::cmp::Reverse(term.articles)));
            }
        }
        for block in segment.head().groups.pairs.clone() {
            let terms = segment.pairs_of_block(block, &words, ranges)?.unwrap_or_default();
            self.lists(&terms, segment, ranges)?;
        }
        if self.terms - from < segment.head().statistics.terms {
            return Err(Error::damaged(Space::Terms.name(), "terms are missing"));
        }
        Ok(())
    }

    /// Reads the lists of terms.
    fn lists(&mut self, terms: &[Term], segment: &mut Segment, ranges: &mut Ranges) -> Result<()> {
        for term in terms {
            let postings = segment.postings(term, ranges)?.unwrap_or_default();
            if postings.docs.len() != term.articles {
                return Err(Error::damaged(Space::Postings.name(), "a list has another number of articles"));
            }
            self.terms += 1;
            segment.trim();
        }
        Ok(())
    }
}

fn read_article(
    segment: &mut Segment,
    doc: u32,
    primer: &[u8],
    ids: &HashMap<u32, Term>,
    ranges: &mut Ranges,
) -> Result<()> {
    let missing = || Error::damaged("an article", "its pages are not there");
    let record = segment.record(doc, ranges)?.ok_or_else(missing)?;
    let inflated = inflate(&record.deflated, primer, record.length)?;
    segment.supply_article(doc, &inflated, ranges)?;
    let is_its_id = |term: &Term| term.key.get(1..) == segment.article(doc).as_ref().map(|a| a.article.id.as_bytes());
    if ids.get(&doc).is_some_and(is_its_id) { Ok(()) } else { Err(Error::damaged("an article", "its id is another's")) }
}

/// The term of each article's id.
fn ids(segment: &mut Segment, ranges: &mut Ranges) -> Result<HashMap<u32, Term>> {
    let mut ids = HashMap::new();
    for term in segment.terms(&[ID], usize::MAX, ranges)?.unwrap_or_default() {
        let postings = segment.postings(&term, ranges)?.unwrap_or_default();
        ids.extend(postings.docs.iter().map(|doc| (*doc, term.clone())));
    }
    Ok(ids)
}
