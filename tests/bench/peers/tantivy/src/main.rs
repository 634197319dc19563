//! `tantivy-peer ARTICLES FOLDER`: indexes articles with tantivy as timdoc does, on one thread, and prints as JSON how
//! long that took and what the files of the index weigh.
//!
//! Title, lead and body are indexed with positions, as tantivy's default tokenizer takes words apart: small letters,
//! marks kept, no second field with the marks folded. The id is kept, the date is a column of whole numbers. The
//! articles themselves are not kept, for their compression is left out on timdoc's side too. Reading and decoding the
//! file comes before the clock starts.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{FAST, Field, STORED, STRING, Schema, TEXT};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Enough for all postings of the largest corpus, so that one segment is written and none is merged.
const MEMORY: usize = 3_000_000_000;

#[derive(Deserialize)]
struct Article {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    date: String,
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    articles: usize,
    segments: usize,
    /// From the first article to the written index.
    seconds: f64,
    /// Bytes of files, by their ending: term, idx, pos, fieldnorm, fast, store.
    files: BTreeMap<String, u64>,
}

struct Fields {
    id: Field,
    title: Field,
    lead: Field,
    body: Field,
    date: Field,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [articles, folder] = arguments.as_slice() else {
        return Err("usage: tantivy-peer ARTICLES FOLDER".into());
    };
    let articles = read(Path::new(articles))?;
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;

    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        title: schema.add_text_field("title", TEXT),
        lead: schema.add_text_field("lead", TEXT),
        body: schema.add_text_field("body", TEXT),
        date: schema.add_i64_field("date", FAST),
    };
    let index = Index::create_in_dir(folder, schema.build())?;

    let start = Instant::now();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for article in &articles {
        writer.add_document(document(&fields, article))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    writer.wait_merging_threads()?;
    let seconds = start.elapsed().as_secs_f64();

    let report = Report {
        version: tantivy::version_string(),
        articles: articles.len(),
        segments: segments.len(),
        seconds,
        files: weigh(folder)?,
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        if !line.is_empty() {
            articles.push(serde_json::from_str(&line)?);
        }
    }
    Ok(articles)
}

fn document(fields: &Fields, article: &Article) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.id, &article.id);
    document.add_text(fields.title, &article.title);
    document.add_text(fields.lead, &article.lead);
    document.add_text(fields.body, &article.body);
    let digits: String = article.date.chars().filter(char::is_ascii_digit).take(8).collect();
    if let Ok(day) = digits.parse() {
        document.add_i64(fields.date, day);
    }
    document
}

fn weigh(folder: &Path) -> Result<BTreeMap<String, u64>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("other");
        *files.entry(ending.to_owned()).or_default() += entry.metadata()?.len();
    }
    Ok(files)
}
