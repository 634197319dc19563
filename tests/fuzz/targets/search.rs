//! A query and its options, on a small library: an answer, or an error that says what is wrong with the request.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

#[cfg(fuzzing)]
#[path = "../../support/memory.rs"]
mod memory;

use std::cell::RefCell;

use timdoc::engine::{Request, Sort};
use timdoc::result::Period;

use crate::kit::{Input, chosen, file, files};
use crate::memory::Host;

thread_local! {
    static HOST: RefCell<Host<'static>> = RefCell::new(Host::of(articles()));
}

fn articles() -> Vec<timdoc::article::Article> {
    let mut articles = Vec::new();
    let mut read = |name: &str, bytes: &[u8]| timdoc::ingest::read(name, bytes, &mut |found| articles.extend(found));
    read("tiny.jsonl", &file("tests/fixtures/tiny.jsonl"));
    for (number, text) in files("www/sample", "txt").iter().enumerate() {
        read(&format!("{number}.txt"), text);
    }
    articles
}

/// Zero bytes stand between the query, the first day, the last day, and fields with their values.
pub fn seeds() -> Vec<Vec<u8>> {
    let requests = [
        "học",
        "hoc tap",
        "\"đồng chí\"",
        "12-KL/ĐU",
        "rác -đường",
        "kè | bơm",
        "học zzz đường",
        "hocj taapj",
        "th",
        "\0001/1/2022\0002024-12-31\0source\0Báo Bãi Giữa",
        "nuoc\0\0\0tag\0môi trường\0category\0Hạ tầng",
        "ubnd tinh",
    ];
    let mut seeds: Vec<Vec<u8>> = requests.iter().map(|request| chosen(0, request.as_bytes())).collect();
    seeds.extend((0..=255).step_by(9).map(|options| chosen(options, b"hoc tap")));
    seeds
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    let options = input.byte();
    let texts = input.texts();
    let text = |at: usize| texts.get(at).filter(|text| !text.is_empty()).cloned();
    let mut request = Request {
        text: text(0).unwrap_or_default(),
        from: text(1),
        to: text(2),
        sort: [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Relevance][options & 3],
        prefix: options & 4 != 0,
        explain: options & 8 != 0,
        histogram: [None, None, Some(Period::Year), Some(Period::Month)][options >> 4 & 3],
        offset: options >> 6,
        ..Request::default()
    };
    if options & 64 != 0 {
        request.facets =
            ["category", "source", "year", "document", "tag", "place", "person"].map(str::to_owned).to_vec();
    }
    let filters = texts.get(3..).unwrap_or(&[]).chunks_exact(2);
    request.filters = filters.map(|two| (two[0].clone(), vec![two[1].clone()])).collect();
    HOST.with_borrow_mut(|host| {
        match host.search(&request) {
            Ok(result) => {
                assert!(result.hits.len() <= 10 && result.hits.len() <= result.listed, "{} hits", result.hits.len());
                assert_eq!(result.query, request.text);
                for piece in result.hits.iter().flat_map(|hit| &hit.snippet) {
                    assert!(!piece.text.is_empty(), "an empty piece of a snippet");
                }
            }
            Err(error) => assert!(["bad_request", "query_too_long"].contains(&error.code()), "{error}"),
        }
        let suggested = host.drive(|engine| engine.suggest(&request.text, 5));
        assert!(suggested.as_ref().map_or_else(|e| e.code() == "query_too_long", |s| s.len() <= 5), "{suggested:?}");
        let found = host.article(&request.text);
        assert!(found.as_ref().map_or_else(|e| e.code() == "not_found", |a| a.id == request.text), "{found:?}");
    });
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("search", &seeds()), |input: &[u8]| run(input));
