//! What the fuzz targets share: fixtures as seeds, fields of an input, and what must hold of every article that is read.
//!
//! A target is a file of `targets/` with `seeds()`, from which fuzzing begins, and `run(input)`, which panics when
//! something is wrong. Fuzzing compiles each as a program of its own, with this file beside it; `tests/fuzz_replay.rs`
//! compiles all of them into one test, which runs what once failed.
#![allow(dead_code)] // each target uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::path::{Path, PathBuf};

use timdoc::article::{Article, Block, BlockKind};
use timdoc::bundle::stored::Stored;

/// The repository.
pub fn repository() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    if cfg!(fuzzing) { crate_folder.join("../..") } else { crate_folder.to_owned() }
}

/// A file of the repository.
pub fn file(path: &str) -> Vec<u8> {
    let path = repository().join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder of the repository that have an ending, in the order of their names.
pub fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(repository().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Puts seeds where `cargo fuzz` keeps the inputs of a target, if that folder is there.
pub fn sow(target: &str, seeds: &[Vec<u8>]) {
    let folder = repository().join("tests/fuzz/corpus").join(target);
    if folder.is_dir() {
        for (number, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number:03}")), seed).unwrap();
        }
    }
}

/// An input in parts: bytes that choose, and the rest.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    /// The next byte, 0 at the end.
    pub fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    /// The next byte, as one of so many choices.
    pub fn choice(&mut self, of: usize) -> usize {
        self.byte() % of
    }

    /// The rest as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.0).into_owned()
    }

    /// The rest as texts between zero bytes.
    pub fn texts(&self) -> Vec<String> {
        self.0.split(|byte| *byte == 0).map(|text| String::from_utf8_lossy(text).into_owned()).collect()
    }
}

/// An input of a chosen number and what follows.
pub fn chosen(number: usize, rest: &[u8]) -> Vec<u8> {
    let mut input = vec![number as u8];
    input.extend_from_slice(rest);
    input
}

/// An article of a title, a lead and paragraphs.
pub fn article(texts: &[String]) -> Article {
    let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
    let block = |text: &String| Block::new(BlockKind::Paragraph, text.clone());
    Article {
        id: "bai".into(),
        title: text(0),
        lead: texts.get(1).cloned(),
        blocks: texts.iter().skip(2).map(block).collect(),
        published: timdoc::article::Date::from_iso("2024-05-19"),
        ..Article::default()
    }
}

/// Texts of articles of the sample library, each with zero bytes between its paragraphs.
pub fn sample_texts(count: usize) -> Vec<Vec<u8>> {
    let zeros = |text: Vec<u8>| String::from_utf8(text).unwrap().replace("\n\n", "\0").into_bytes();
    files("www/sample", "txt").into_iter().take(count).map(zeros).collect()
}

/// What must hold of every article that a reader of files gives: it can be stored and read back unchanged.
pub fn check_article(article: &Article) {
    assert!(!article.id.trim().is_empty(), "an article without an id");
    let stored = Stored { article: article.clone(), ..Stored::default() };
    assert_eq!(Stored::read(&stored.write()).as_ref(), Ok(&stored), "it is stored as something else");
}

/// Reads a file of this name and holds every article to [`check_article`].
pub fn ingest(name: &str, bytes: &[u8]) {
    timdoc::ingest::read(name, bytes, &mut |found| match found {
        Ok(article) => check_article(&article),
        Err(error) => assert!(!error.to_string().contains('\n'), "more than a line: {error}"),
    });
}
