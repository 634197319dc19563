//! A bundle in memory, and a host that searches and reads it there: what a browser does, without a browser.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;
use timdoc::article::Article;
use timdoc::bundle::deflate::{inflate, inflate_head, primer};
use timdoc::bundle::manifest::{Manifest, SegmentEntry};
use timdoc::bundle::write::{Bundle, write};
use timdoc::engine::{Engine, Outcome, Request};
use timdoc::result::{ArticleView, SearchResult};
use timdoc::{Error, Result};

/// Name and content of every file of a bundle, `manifest.json` included.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The manifest's name.
pub const MANIFEST: &str = "manifest.json";

/// Rounds after which a host gives an answer up, as the page does.
pub const ROUNDS: usize = 24;

/// Builds a bundle.
pub fn build(articles: Vec<Article>) -> Bundle {
    write(articles, &mut |_| ()).unwrap()
}

/// All files of a bundle as they are published.
pub fn files(bundle: &Bundle) -> Files {
    let folder = tempfile::tempdir().unwrap();
    timdoc::bundle::publish::publish(bundle, folder.path()).unwrap();
    read_folder(folder.path())
}

/// The files of a folder, without those in its folders.
pub fn read_folder(folder: &Path) -> Files {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let plain = entries.filter(|entry| entry.file_type().unwrap().is_file());
    plain.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect()
}

/// Writes files into a folder.
pub fn write_folder(files: &Files, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
}

/// A request for all results of a query.
pub fn request(text: &str) -> Request {
    Request { text: text.to_owned(), limit: Some(1000), ..Request::default() }
}

/// What a host answers when it is asked for bytes of a file: where they begin, and the bytes.
pub type Fetch<'f> = Box<dyn Fn(&Files, &str, Range<u32>) -> Option<(u32, Vec<u8>)> + 'f>;

/// The bytes of a range, as a host that answers range requests gives them.
pub fn exact(files: &Files, file: &str, range: Range<u32>) -> Option<(u32, Vec<u8>)> {
    let bytes = files.get(file)?.get(range.start as usize..range.end as usize)?;
    Some((range.start, bytes.to_vec()))
}

/// The whole file, as a host that ignores range requests gives it.
pub fn whole(files: &Files, file: &str, _: Range<u32>) -> Option<(u32, Vec<u8>)> {
    Some((0, files.get(file)?.clone()))
}

/// An open bundle with its host.
pub struct Host<'f> {
    /// The engine.
    pub engine: Engine,
    /// The files it is asked for; may be changed between calls.
    pub files: Files,
    /// Rounds of fetching that the last call took.
    pub rounds: usize,
    fetch: Fetch<'f>,
    /// For each segment, what its articles are inflated behind.
    primers: Vec<Vec<u8>>,
}

impl<'f> Host<'f> {
    /// Opens a bundle from its files.
    pub fn open(files: Files) -> Result<Self> {
        Self::open_with(files, Box::new(exact))
    }

    /// Opens a bundle whose ranges are fetched in another way.
    pub fn open_with(files: Files, fetch: Fetch<'f>) -> Result<Self> {
        let manifest = manifest(&files)?;
        manifest.check()?;
        Self::open_parts(manifest, files, fetch)
    }

    /// Opens a bundle that was just built.
    pub fn of(articles: Vec<Article>) -> Self {
        let bundle = build(articles);
        let files = bundle.files.iter().cloned().collect();
        Self::open_parts(bundle.manifest, files, Box::new(exact)).unwrap()
    }

    fn open_parts(manifest: Manifest, files: Files, fetch: Fetch<'f>) -> Result<Self> {
        let heads = manifest.segments.iter().map(|segment| whole_file(&files, &segment.head.file, segment.head.bytes));
        let heads = heads.map(|file| inflate_head(&file?)).collect::<Result<Vec<_>>>()?;
        let primer_of = |segment: &SegmentEntry| {
            let deflated = whole_file(&files, &segment.dictionary.file, segment.dictionary.bytes)?;
            let mut dictionary = Vec::new();
            flate2::read::DeflateDecoder::new(&deflated[..])
                .take(1 << 16)
                .read_to_end(&mut dictionary)
                .map_err(|error| Error::input("the dictionary", error.to_string()))?;
            Ok(primer(&dictionary))
        };
        let primers = manifest.segments.iter().map(primer_of).collect::<Result<_>>()?;
        let engine = Engine::open(manifest, &heads)?;
        Ok(Host { engine, files, rounds: 0, fetch, primers })
    }

    /// Searches.
    pub fn search(&mut self, request: &Request) -> Result<SearchResult> {
        self.drive(|engine| engine.search(request))
    }

    /// Reads an article.
    pub fn article(&mut self, id: &str) -> Result<ArticleView> {
        self.drive(|engine| engine.article(id))
    }

    /// Calls the engine until it has all it needs. It may ask for the same bytes again, but not for ever.
    pub fn drive<T>(&mut self, call: impl Fn(&mut Engine) -> Result<Outcome<T>>) -> Result<T> {
        self.engine.begin();
        for round in 0..200 {
            self.rounds = round;
            let needs = match call(&mut self.engine)? {
                Outcome::Ready(answer) => return Ok(answer),
                Outcome::Needs(needs) => needs,
            };
            assert!(!needs.ranges.is_empty() || !needs.inflate.is_empty(), "it needs nothing and is not ready");
            for wanted in needs.ranges {
                let found = (self.fetch)(&self.files, &wanted.file, wanted.range.clone());
                let missing = || Error::Missing { file: wanted.file.clone(), reason: "not there".into() };
                let (start, bytes) = found.ok_or_else(missing)?;
                if start as usize + bytes.len() < wanted.range.end as usize {
                    return Err(missing());
                }
                self.engine.supply(&wanted.file, start, bytes);
            }
            for article in needs.inflate {
                let inflated = inflate(&article.deflated, &self.primers[article.segment], article.length)?;
                self.engine.supply_article(article.segment, article.doc, &inflated)?;
            }
        }
        panic!("it asks for ever");
    }

    /// The ids of a query's articles in their order: only those that have all of it.
    pub fn ids(&mut self, text: &str) -> Vec<String> {
        self.ids_of(&request(text))
    }

    /// The ids of a request's articles in their order: only those that have all of it.
    pub fn ids_of(&mut self, request: &Request) -> Vec<String> {
        full_ids(&self.search(request).unwrap())
    }
}

/// The ids of the articles that have all that was asked.
pub fn full_ids(result: &SearchResult) -> Vec<String> {
    // Answers to another query than was typed are none.
    if result.partial || result.corrected.is_some() {
        return Vec::new();
    }
    result.hits.iter().filter(|hit| hit.complete).map(|hit| hit.id.clone()).collect()
}

/// The values of a field with their counts.
pub fn counts(result: &SearchResult, field: &str) -> Vec<(String, usize)> {
    let result = serde_json::to_value(result).unwrap();
    let values = result["facets"][field].as_array().cloned().unwrap_or_default();
    let count = |value: &Value| value["count"].as_u64().unwrap() as usize;
    values.iter().map(|value| (value["value"].as_str().unwrap().to_owned(), count(value))).collect()
}

/// The manifest among files.
pub fn manifest(files: &Files) -> Result<Manifest> {
    let bytes = files.get(MANIFEST).ok_or_else(|| Error::NotFound { id: MANIFEST.into() })?;
    serde_json::from_slice(bytes).map_err(|error| Error::input(MANIFEST, error.to_string()))
}

fn whole_file(files: &Files, name: &str, bytes: u64) -> Result<Vec<u8>> {
    let missing = |reason: &str| Error::Missing { file: name.to_owned(), reason: reason.into() };
    let content = files.get(name).ok_or_else(|| missing("not there"))?;
    if content.len() as u64 == bytes { Ok(content.clone()) } else { Err(missing("it has another length")) }
}
