//! A library on disk, searched natively: the host of the engine that the command line and the tests use. `update` adds
//! to one and removes from it, `merge` makes several one.

pub mod merge;
pub mod update;

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Instant;

use crate::article::Article;
use crate::bundle::deflate::{inflate, inflate_dictionary, inflate_head, primer};
use crate::bundle::manifest::{FileEntry, MANIFEST, Manifest, SegmentEntry};
use crate::engine::{Engine, Needs, Outcome, Request};
use crate::facts::{Facts, compact};
use crate::result::{ArticleView, SearchResult};
use crate::{Error, Result};

/// How often a library may be replaced while one question is asked of it.
const REPLACED: usize = 20;

/// A bundle in a folder.
pub struct Library {
    folder: PathBuf,
    engine: Engine,
    /// For each segment, what its articles are inflated behind.
    primers: Vec<Rc<[u8]>>,
    /// Bytes and ranges read since it was opened.
    traffic: Traffic,
}

/// What was read of a library, as a browser would have fetched it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Ranges.
    pub requests: usize,
    /// Bytes.
    pub bytes: usize,
    /// Times that ranges had to be waited for.
    pub round_trips: usize,
}

impl Library {
    /// Opens the bundle in a folder.
    ///
    /// # Errors
    /// `io` when a file cannot be read; `damaged` or `version` when it is not a bundle this code reads.
    pub fn open(folder: &Path) -> Result<Self> {
        let manifest = read_manifest(folder)?;
        manifest.check()?;
        let heads: Vec<Vec<u8>> =
            manifest.segments.iter().map(|segment| read_entry(folder, &segment.head)).collect::<Result<_>>()?;
        let mut traffic =
            Traffic { requests: heads.len(), bytes: heads.iter().map(Vec::len).sum::<usize>(), round_trips: 1 };
        let mut dictionaries = HashMap::new();
        for entry in manifest.dictionaries() {
            let deflated = read_entry(folder, entry)?;
            traffic.requests += 1;
            traffic.bytes += deflated.len();
            dictionaries.insert(entry.file.clone(), Rc::from(primer(&inflate_dictionary(&deflated)?)));
        }
        let of = |segment: &SegmentEntry| Rc::clone(&dictionaries[&segment.dictionary.file]);
        let primers = manifest.segments.iter().map(of).collect();
        let heads = heads.iter().map(|file| inflate_head(file)).collect::<Result<Vec<_>>>()?;
        let engine = Engine::open(manifest, &heads)?;
        Ok(Library { folder: folder.to_owned(), engine, primers, traffic })
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The engine, to change its weights.
    pub fn engine_mut(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// What was read since it was opened, the head and dictionary included.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// Searches.
    ///
    /// # Errors
    /// As [`Engine::search`], and `missing` when a file of the bundle cannot be read.
    pub fn search(&mut self, request: &Request) -> Result<SearchResult> {
        let start = Instant::now();
        let mut result = self.drive(|engine| engine.search(request))?;
        result.took_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        Ok(result)
    }

    /// Reads an article.
    ///
    /// # Errors
    /// As [`Engine::article`], and `missing` when a file of the bundle cannot be read.
    pub fn article(&mut self, id: &str) -> Result<ArticleView> {
        self.drive(|engine| engine.article(id))
    }

    /// Reads an article without its links to others.
    ///
    /// # Errors
    /// As [`Library::article`].
    pub fn article_alone(&mut self, id: &str) -> Result<ArticleView> {
        self.drive(|engine| engine.article_alone(id))
    }

    /// What an article states.
    ///
    /// # Errors
    /// `damaged` when its facts are not what a build writes.
    pub fn facts(article: &ArticleView) -> Result<Facts> {
        let ArticleView { title, lead, blocks, published, event, .. } = article.clone();
        compact::read(&article.facts, &Article { title, lead, blocks, published, event, ..Article::default() })
    }

    /// Calls the engine until it has all it needs.
    ///
    /// # Errors
    /// Those of the call, and `missing` when a file of the bundle cannot be read.
    pub fn drive<T>(&mut self, call: impl Fn(&mut Engine) -> Result<Outcome<T>>) -> Result<T> {
        self.engine.begin();
        loop {
            match call(&mut self.engine)? {
                Outcome::Ready(answer) => return Ok(answer),
                Outcome::Needs(needs) => self.supply(needs)?,
            }
        }
    }

    fn supply(&mut self, needs: Needs) -> Result<()> {
        self.traffic.round_trips += usize::from(!needs.ranges.is_empty());
        for wanted in needs.ranges {
            let length = (wanted.range.end - wanted.range.start) as usize;
            let bytes = read_range(&self.folder.join(&wanted.file), wanted.range.start, length)
                .map_err(|error| Error::Missing { file: wanted.file.clone(), reason: error.to_string() })?;
            self.traffic.requests += 1;
            self.traffic.bytes += bytes.len();
            self.engine.supply(&wanted.file, wanted.range.start, bytes);
        }
        for article in needs.inflate {
            let inflated = inflate(&article.deflated, &self.primers[article.segment], article.length)?;
            self.engine.supply_article(article.segment, article.doc, &inflated)?;
        }
        Ok(())
    }
}

/// Asks a library in a folder, and asks again when another one was put in its place meanwhile, so that files it needed
/// were gone: an answer is of one library, the old or the new.
///
/// # Errors
/// Those of [`Library::open`] and of the question.
pub fn ask<T>(folder: &Path, question: impl Fn(&mut Library) -> Result<T>) -> Result<T> {
    let manifest = || std::fs::read(folder.join(MANIFEST)).ok();
    let mut before = manifest();
    for _ in 0..REPLACED {
        let answer = Library::open(folder).and_then(|mut library| question(&mut library));
        let Err(Error::Missing { .. }) = answer else { return answer };
        let now = manifest();
        if now == before {
            return answer;
        }
        before = now;
    }
    question(&mut Library::open(folder)?)
}

/// Reads a bundle's manifest.
///
/// # Errors
/// `io` when there is none; `damaged` when it is no manifest.
pub fn read_manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let bytes = std::fs::read(&path).map_err(|error| Error::io("read", path.display(), &error))?;
    serde_json::from_slice(&bytes).map_err(|_| Error::damaged(&path.display().to_string(), "it is no manifest"))
}

/// Reads a whole file that a manifest lists.
///
/// # Errors
/// `missing` when it cannot be read; `damaged` when it has another length.
pub fn read_entry(folder: &Path, entry: &FileEntry) -> Result<Vec<u8>> {
    let missing = |error: std::io::Error| Error::Missing { file: entry.file.clone(), reason: error.to_string() };
    let bytes = std::fs::read(folder.join(&entry.file)).map_err(missing)?;
    if bytes.len() as u64 == entry.bytes {
        Ok(bytes)
    } else {
        Err(Error::damaged(&entry.file, "it has the wrong length"))
    }
}

fn read_range(path: &Path, start: u32, length: usize) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(u64::from(start)))?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
