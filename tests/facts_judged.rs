//! Facts of sentences of 10,000 articles, judged by hand, when the articles lie beside the project.
//!
//! `tests/facts/judged.jsonl`: the sentences that the rules were mended by. `tests/facts/judged_once.jsonl`: those drawn
//! and judged when the rules stood; all awards of these articles are in the first, so that further ones are judged in
//! `judged_awards.jsonl` and, drawn later, `judged_awards_once.jsonl`, of 100,000 articles; `judged_documents.jsonl` are sentences
//! of these with figures that could be a document's. They hold places and hashes of sentences, not their texts.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/measured.rs"]
mod measured;

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use measured::measure;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Articles beside the project, if they are there.
fn articles(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/corpora").join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[test]
fn facts_of_judged_sentences_are_right() {
    let Some(articles) = articles("news_10k.jsonl.zst") else { return };
    for file in ["judged.jsonl", "judged_once.jsonl"] {
        let judged = root().join("tests/facts").join(file);
        let fields = measure(&[articles.as_path()], "--judged", &judged);
        for (name, least) in [("documents", 0.95), ("dates", 0.95), ("awards", 0.95), ("people", 0.9), ("places", 0.9)]
        {
            let field = fields.iter().find(|field| field.field == name).unwrap();
            println!("{file} {name}: precision {:.3}, recall {:.3}", field.precision, field.recall);
            let none_left = name == "awards" && file == "judged_once.jsonl";
            assert!(field.expected >= 10 || none_left, "{file}: {name} expects {}", field.expected);
            assert!(field.precision >= least && field.recall >= 0.8, "{file} {name}: {field:?}");
        }
    }
}

#[test]
fn awards_and_documents_of_judged_sentences_of_many_articles_are_right() {
    let Some(all) = articles("news_100k.jsonl.zst") else { return };
    let files = ["judged_awards.jsonl", "judged_awards_once.jsonl", "judged_documents.jsonl"];
    let files = files.map(|file| root().join("tests/facts").join(file));
    // Only the articles that are judged: reading all of them takes long.
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let id = |line: &str| line.split('"').nth(3).unwrap_or_default().to_owned();
    let judged: HashSet<String> = text.lines().map(id).collect();
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles.jsonl");
    let mut kept = String::new();
    for line in BufReader::new(zstd::Decoder::new(std::fs::File::open(all).unwrap()).unwrap()).lines() {
        let line = line.unwrap();
        if judged.contains(&id(&line)) {
            kept += &(line + "\n");
        }
    }
    std::fs::write(&articles, kept).unwrap();
    for file in files {
        let fields = measure(&[articles.as_path()], "--judged", &file);
        let [field] = &fields[..] else { panic!("{fields:?}") };
        println!("{}: precision {:.3}, recall {:.3}", file.display(), field.precision, field.recall);
        assert!(field.expected >= 25 && field.precision >= 0.95 && field.recall >= 0.9, "{field:?}");
    }
}
