//! A query and the texts of an article: what is found lies in the text, and a snippet is made of it.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::query::parse::Query;
use timdoc::result::highlight::{Meant, cut};
use timdoc::result::snippet::{snippet, texts};

use crate::kit::{Input, article, sample_texts};

/// The query, then the texts, with zero bytes between them.
pub fn seeds() -> Vec<Vec<u8>> {
    let queries = ["hoc tap", "\"đồng chí\"", "th", "12-KL/ĐU ubnd", "phuong | xa -thon"];
    queries.iter().zip(sample_texts(5)).map(|(query, text)| [query.as_bytes(), b"\0", &text].concat()).collect()
}

pub fn run(input: &[u8]) {
    let given = Input(input).texts();
    let Ok(query) = Query::parse(&given[0], given.len() % 2 == 0) else { return };
    for word in query.words() {
        assert!(given[0].get(word.span.clone()).is_some(), "a word outside the query: {:?}", word.span);
    }
    let article = article(given.get(1..).unwrap_or(&[]));
    let mut meant = Meant::new(&query, |_| 1.0);
    meant.begin_article();
    let found: Vec<_> = texts(&article).map(|text| meant.find(text)).collect();
    for (text, found) in texts(&article).zip(&found) {
        for found in found {
            assert!(text.get(found.span.clone()).is_some_and(|word| !word.is_empty()) && found.word < meant.len());
        }
        let pieces = cut(text, 0..text.len(), found);
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text, "cutting loses text");
    }
    let pieces = snippet(&article, &found, &meant);
    let length: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    let longest = found.iter().flatten().map(|found| found.span.len()).max().unwrap_or(0);
    assert!(length <= 1200 + 8 * longest, "a snippet of {length} bytes");
    assert!(pieces.iter().all(|piece| !piece.text.is_empty()), "an empty piece: {pieces:?}");
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("snippet", &seeds()), |input: &[u8]| run(input));
