//! A small library in pieces: one is replaced by what is fuzzed, and every length, checksum and name around it is put
//! right again. Else fuzzing would only ever meet the checksums.
#![allow(dead_code)] // each target uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::collections::BTreeMap;
use std::sync::LazyLock;

use timdoc::bundle::deflate::{deflate_alone, deflate_head, inflate, inflate_dictionary, inflate_head, primer};
use timdoc::bundle::files::{Files, Space, file_name};
use timdoc::bundle::manifest::{FileEntry, Manifest, SegmentEntry};
use timdoc::bundle::pages::{Writer, checksum};
use timdoc::bundle::ranges::Ranges;
use timdoc::bundle::segment::Segment;
use timdoc::bundle::write::hash;
use timdoc::index::crc::{crc32, crc32_at};
use timdoc::index::postings::{Scheme, SymbolRanks};
use timdoc::index::varint::{self, Reader};

use crate::kit::{file, repository};

const FOLDER: &str = "tests/fixtures/bundle-v1";
const BLOCKS: u32 = 3;
const FILES: u32 = 4;
const PAGES: u32 = 7;
/// Sections of a head.
pub const SECTIONS: usize = 8;

/// The one file of the fixture's kind.
fn fixture(kind: &str) -> Vec<u8> {
    let names = std::fs::read_dir(repository().join(FOLDER)).unwrap();
    let name = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).find(|name| name.starts_with(kind));
    file(&format!("{FOLDER}/{}", name.unwrap()))
}

/// How postings are written in a segment of few, some, many or very many articles.
pub fn scheme(size: usize) -> Scheme {
    Scheme { articles: [6, 300, 1500, 25_000][size % 4], ranks: SymbolRanks::from_counts(&[0; 32]) }
}

/// The sections of a head, by their numbers.
#[derive(Clone)]
pub struct Sections(BTreeMap<u32, Vec<u8>>);

impl Sections {
    /// Those of a good head.
    pub fn of(head: &[u8]) -> Self {
        let word = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
        let section = |entry: usize| {
            let (start, length) = (word(entry + 4) as usize, word(entry + 8) as usize);
            (word(entry), head[start..start + length].to_vec())
        };
        Sections((0..word(12) as usize).map(|number| section(16 + number * 16)).collect())
    }

    /// The bytes of a section.
    pub fn get(&self, number: u32) -> &[u8] {
        &self.0[&number]
    }

    /// Replaces a section.
    pub fn set(&mut self, number: u32, bytes: Vec<u8>) {
        self.0.insert(number, bytes);
    }

    /// The head, its checksums right.
    pub fn head(&self) -> Vec<u8> {
        let mut out = b"timdoc\0\x01".to_vec();
        out.extend(1u32.to_le_bytes());
        out.extend((self.0.len() as u32).to_le_bytes());
        let mut offset = 16 + self.0.len() * 16 + 4;
        for (number, bytes) in &self.0 {
            for word in [*number, offset as u32, bytes.len() as u32, crc32_at(b'H', offset as u64, bytes)] {
                out.extend(word.to_le_bytes());
            }
            offset += bytes.len();
        }
        out.extend(crc32(&out).to_le_bytes());
        self.0.values().for_each(|bytes| out.extend(bytes));
        out
    }
}

/// A library of one segment, in pieces: manifest, sections of the head, dictionary, blocks of terms, articles.
#[derive(Clone)]
pub struct Library {
    pub sections: Sections,
    pub blocks: Vec<Vec<u8>>,
    dictionary: Vec<u8>,
    articles: Vec<Vec<u8>>,
    replaced: Option<(usize, Vec<u8>)>,
}

static FIXTURE: LazyLock<Library> = LazyLock::new(|| {
    let head = inflate_head(&fixture("head-")).unwrap();
    let sections = Sections::of(&head);
    let (terms, mut at) = (fixture("terms-"), 0);
    let mut lengths = Reader::new(sections.get(BLOCKS), "the fixture");
    let mut blocks = Vec::new();
    while !lengths.is_done() {
        let end = at + lengths.varint().unwrap() as usize;
        blocks.push(terms[at..end - 4].to_vec());
        at = end;
    }
    let dictionary = fixture("dictionary-");
    let primer = primer(&inflate_dictionary(&dictionary).unwrap());
    let segment = Segment::open(&head).unwrap();
    let mut ranges = Ranges::default();
    let pages = segment.head().files.of(Space::Articles).next().unwrap();
    ranges.supply(&pages.name, 0, fixture("articles-"));
    let article = |doc: usize| {
        let record = segment.record(doc as u32, &mut ranges).unwrap().unwrap();
        inflate(&record.deflated, &primer, record.length).unwrap()
    };
    let articles = (0..segment.head().articles()).map(article).collect();
    Library { sections, blocks, dictionary, articles, replaced: None }
});

impl Library {
    /// The library of `tests/fixtures`.
    pub fn fixture() -> Self {
        FIXTURE.clone()
    }

    /// How many pieces it has.
    pub fn pieces(&self) -> usize {
        2 + SECTIONS + self.blocks.len() + self.articles.len()
    }

    /// The bytes of a piece.
    pub fn piece(&self, number: usize) -> Vec<u8> {
        let block = number.wrapping_sub(2 + SECTIONS);
        match number {
            0 => self.files()["manifest.json"].clone(),
            1..=SECTIONS => self.sections.get(number as u32).to_vec(),
            _ if number == SECTIONS + 1 => self.dictionary.clone(),
            _ => self.blocks.iter().chain(&self.articles).nth(block).unwrap().clone(),
        }
    }

    /// Replaces a piece.
    pub fn replace(&mut self, number: usize, bytes: Vec<u8>) {
        let block = number.wrapping_sub(2 + SECTIONS);
        match number {
            0..=SECTIONS => self.replaced = Some((number, bytes)),
            _ if number == SECTIONS + 1 => self.dictionary = bytes,
            _ => *self.blocks.iter_mut().chain(&mut self.articles).nth(block).unwrap() = bytes,
        }
    }

    /// Its files by name.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let (mut terms, mut lengths) = (Vec::new(), Vec::new());
        for block in &self.blocks {
            let check = crc32_at(Space::Terms.tag(), terms.len() as u64, block);
            terms.extend_from_slice(block);
            terms.extend(check.to_le_bytes());
            varint::write(block.len() as u64 + 4, &mut lengths);
        }
        let mut writer = Writer::default();
        for (doc, article) in self.articles.iter().enumerate() {
            writer.push(&deflate_alone(article).unwrap(), article.len(), checksum(doc as u32, article));
        }
        let (articles, table) = writer.finish();
        let mut list = Files::default();
        list.push(Space::Terms, hash(&terms), terms.len() as u32);
        list.push(Space::Articles, hash(&articles), articles.len() as u32);
        let listed = terms.len() + articles.len();

        let mut sections = self.sections.clone();
        let (mut files, mut pages) = (Vec::new(), Vec::new());
        list.write(&mut files);
        table.write(&mut pages);
        [(BLOCKS, lengths), (FILES, files), (PAGES, pages)].into_iter().for_each(|(at, bytes)| sections.set(at, bytes));
        if let Some((number @ 1.., bytes)) = &self.replaced {
            sections.set(*number as u32, bytes.clone());
        }
        let head = deflate_head(&sections.head()).unwrap();
        let entry =
            |kind: &str, bytes: &[u8]| FileEntry { file: file_name(kind, hash(bytes)), bytes: bytes.len() as u64 };
        let segment = SegmentEntry {
            head: entry("head", &head),
            dictionary: entry("dictionary", &self.dictionary),
            articles: self.articles.len() as u64,
            bytes: (head.len() + listed) as u64,
            deleted: Vec::new(),
        };
        let manifest = match &self.replaced {
            Some((0, bytes)) => bytes.clone(),
            _ => serde_json::to_vec(&Manifest::new(vec![segment.clone()])).unwrap(),
        };
        let named = |kind: &str, bytes: Vec<u8>| (file_name(kind, hash(&bytes)), bytes);
        [
            ("manifest.json".to_owned(), manifest),
            (segment.head.file, head),
            (segment.dictionary.file, self.dictionary.clone()),
            named("terms", terms),
            named("articles", articles),
        ]
        .into()
    }
}
