//! Facts of sentences of 10,000 articles, judged by hand, when the articles lie beside the project.
//!
//! `tests/facts/judged.jsonl`: the sentences that the rules were mended by. `tests/facts/judged_once.jsonl`: those drawn
//! and judged when the rules stood; all awards of these articles are in the first, so that further ones are judged in
//! `judged_awards.jsonl`, of 100,000 articles. They hold places and hashes of sentences, not their texts.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a test may: this is not compiled into anything else

#[path = "support/measured.rs"]
mod measured;

use std::path::Path;

use measured::measure;

#[test]
fn facts_of_judged_sentences_are_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let articles = root.join("../shared/corpora/news_10k.jsonl.zst");
    if !articles.is_file() {
        println!("skipped: {} is not there", articles.display());
        return;
    }
    for file in ["judged.jsonl", "judged_once.jsonl"] {
        let judged = root.join("tests/facts").join(file);
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
