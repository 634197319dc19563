//! Articles to the files of a bundle, in memory. The same articles give the same bytes, in whatever order they come
//! and on however many threads.

mod articles;
mod dictionary;
mod invert;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use articles::take_in;
pub use dictionary::{Dictionary, DictionaryWriter, PairTerm};
use invert::{Inverted, invert};

use super::deflate::{deflate_alone, deflate_head};
use super::files::{FILE_SIZE, File, Files, Space, file_name};
use super::head::{self, MAX_ARTICLES, Parts, Statistics};
use super::manifest::{FileEntry, Manifest, SegmentEntry};
use crate::article::Article;
use crate::index::build::facets::{self, Stated};
use crate::index::columns::{Dates, Lengths};
use crate::{Error, Result};

/// A bundle as it will be on disk.
pub struct Bundle {
    /// What it consists of.
    pub manifest: Manifest,
    /// Name and content of every file that is written, but the manifest.
    pub files: Vec<(String, Vec<u8>)>,
    /// Names of files that are on disk already and stay.
    pub kept: Vec<String>,
}

/// A segment as it will be on disk.
pub struct NewSegment {
    /// As the manifest lists it.
    pub entry: SegmentEntry,
    /// Name and content of its files: those of the head, the head, and the dictionary if it is a new one.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What articles are deflated against.
pub enum Primer<'a> {
    /// A dictionary that is made for them.
    Trained,
    /// That of another segment: its file and its content, inflated.
    Shared(&'a FileEntry, &'a [u8]),
}

/// What is done, and how many thousandths of it are, for a progress display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Finding facts.
    Facts(usize),
    /// Reading words and packing articles.
    Analyse(usize),
    /// Inverting words and pairs.
    Index(usize),
    /// Compressing articles.
    Compress(usize),
    /// Writing files.
    Write,
}

/// Articles after which it is told how far a step is.
const TOLD: usize = 4096;

/// How many thousandths `done` is of `all`.
fn thousandths(done: usize, all: usize) -> usize {
    1000 * done / all.max(1)
}

/// Builds a bundle of one segment. `progress` is told when a step begins and now and then how far it is.
///
/// # Errors
/// `no_articles` when there is none; `too_large` when there are more than the format holds or one is too long;
/// `input` when two have the same id.
pub fn write(articles: Vec<Article>, progress: &mut dyn FnMut(Step)) -> Result<Bundle> {
    let segment = write_segment(articles, &Primer::Trained, progress)?;
    Ok(Bundle { manifest: Manifest::new(vec![segment.entry]), files: segment.files, kept: Vec::new() })
}

/// Builds a segment. `progress` is told when a step begins and now and then how far it is.
///
/// # Errors
/// As [`write()`].
pub fn write_segment(
    articles: Vec<Article>,
    primer: &Primer<'_>,
    progress: &mut dyn FnMut(Step),
) -> Result<NewSegment> {
    let articles = in_order(articles)?;
    progress(Step::Facts(0));
    let mut stated: Vec<Stated> = Vec::with_capacity(articles.len());
    for some in articles.chunks(TOLD) {
        stated.par_extend(some.par_iter().map(Stated::of));
        progress(Step::Facts(thousandths(stated.len(), articles.len())));
    }
    let (facet_terms, facet_counts) = facets::terms(&articles, &stated);
    let facts = stated.into_iter().map(|stated| stated.compact).collect();
    let dates = Dates::from_days(articles.iter().map(|article| article.published.as_ref().map(|date| date.day)));
    progress(Step::Analyse(0));
    let (analysed, packed) = take_in(articles, facts, &mut |done| progress(Step::Analyse(done)))?;
    let lengths: Vec<u32> = analysed.sequences.iter().map(|sequence| sequence.words()).collect();

    progress(Step::Index(0));
    let train = || match primer {
        Primer::Trained => packed.train(),
        Primer::Shared(_, content) => Ok(content.to_vec()),
    };
    // Terms are written one after the other, which leaves other threads idle; training needs one.
    let mut trained = Ok(None);
    let Inverted { dictionary, scheme, related } = rayon::in_place_scope(|scope| {
        if rayon::current_num_threads() > 1 {
            scope.spawn(|_| trained = train().map(Some));
        }
        invert(analysed, facet_terms, &mut |done| progress(Step::Index(done)))
    })?;
    let total_words = lengths.iter().map(|words| u64::from(*words)).sum();

    progress(Step::Compress(0));
    let trained = match trained? {
        Some(trained) => trained,
        None => train()?,
    };
    let (article_bytes, page_table) =
        packed.compress(&related, &trained, &mut |done| progress(Step::Compress(done)))?;

    progress(Step::Write);
    let mut out = Output::default();
    let mut files = Files::default();
    for (space, contents) in [
        (Space::Terms, dictionary.blocks),
        (Space::Postings, dictionary.lists),
        (Space::Articles, article_bytes.chunks(FILE_SIZE).map(<[u8]>::to_vec).collect()),
    ] {
        for content in contents {
            let (hash, length) = (hash(&content), content.len() as u32);
            files.push(space, hash, length);
            out.add(file_name(space.name(), hash), content);
        }
    }
    let statistics =
        Statistics { words: total_words, terms: dictionary.terms, facets: facet_counts, scheme: scheme.clone() };
    let head = deflate_head(&head::write(&Parts {
        statistics: &statistics,
        root: &dictionary.root,
        blocks: &dictionary.lengths,
        files: &files,
        dates: &dates,
        lengths: &Lengths::from_words(&lengths),
        pages: &page_table,
        groups: &dictionary.groups,
    }))?;
    let bytes = head.len() as u64 + files.all().map(|file: &File| u64::from(file.length)).sum::<u64>();
    let head = out.add_hashed("head", head);
    let dictionary = match primer {
        Primer::Trained => out.add_hashed("dictionary", deflate_alone(&trained)?),
        Primer::Shared(entry, _) => (*entry).clone(),
    };
    let entry = SegmentEntry { head, dictionary, articles: scheme.articles as u64, bytes, deleted: Vec::new() };
    Ok(NewSegment { entry, files: out.files })
}

/// Undated articles first, then the oldest to the newest; the id decides between equals.
fn in_order(mut articles: Vec<Article>) -> Result<Vec<Article>> {
    if articles.is_empty() {
        return Err(Error::NoArticles { place: "the input".into() });
    }
    if articles.len() > MAX_ARTICLES {
        return Err(Error::TooLarge { what: "a segment".into(), limit: format!("{MAX_ARTICLES} articles") });
    }
    articles.par_sort_by(|a, b| {
        let date = |article: &Article| article.published.as_ref().map(|date| (date.day, date.minute));
        date(a).cmp(&date(b)).then_with(|| a.id.cmp(&b.id))
    });
    let mut ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::input(pair[0], "two articles have this id; give each its own")),
        None => Ok(articles),
    }
}

#[derive(Default)]
struct Output {
    files: Vec<(String, Vec<u8>)>,
}

impl Output {
    fn add(&mut self, name: String, content: Vec<u8>) {
        self.files.push((name, content));
    }

    fn add_hashed(&mut self, kind: &str, content: Vec<u8>) -> FileEntry {
        let entry = FileEntry { file: file_name(kind, hash(&content)), bytes: content.len() as u64 };
        self.add(entry.file.clone(), content);
        entry
    }
}

/// The first 64 bits of the SHA-256 of a file.
#[must_use]
pub fn hash(content: &[u8]) -> [u8; 8] {
    let digest = Sha256::digest(content);
    let mut hash = [0; 8];
    hash.copy_from_slice(&digest[..8]);
    hash
}
