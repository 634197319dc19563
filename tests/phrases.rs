//! Phrases of three words and more, which the index alone cannot tell from pairs that lie apart.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;

use memory::{Host, counts, request};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::engine::Request;

fn notes(texts: &[(&str, &str)]) -> Host<'static> {
    let article = |(id, text): &(&str, &str)| Article {
        id: (*id).to_owned(),
        title: format!("Tin {id}"),
        source: Some("Nguồn".into()),
        blocks: vec![Block::new(BlockKind::Paragraph, *text)],
        ..Article::default()
    };
    Host::of(texts.iter().map(article).collect())
}

#[test]
fn an_alternative_needs_no_phrase_of_another() {
    let mut host =
        notes(&[("a", "bão lũ miền núi về đêm"), ("b", "gió mùa đông bắc"), ("c", "bão lũ về, lũ miền tây")]);
    assert_eq!(host.ids("\"bão lũ miền\""), ["a"]);
    let mut found = host.ids("\"bão lũ miền\" | gió");
    found.sort();
    assert_eq!(found, ["a", "b"]);
}

#[test]
fn an_excluded_phrase_excludes_only_articles_that_have_it() {
    let mut host =
        notes(&[("a", "bão lũ miền núi về đêm"), ("b", "gió mùa đông bắc"), ("c", "bão lũ về, lũ miền tây")]);
    let mut found = host.ids("tin -\"bão lũ miền\"");
    found.sort();
    assert_eq!(found, ["b", "c"]);
}

#[test]
fn the_total_of_a_phrase_does_not_depend_on_the_page() {
    let mut host =
        notes(&[("a", "bão lũ miền núi về đêm"), ("b", "bão lũ miền xuôi"), ("c", "bão lũ về, lũ miền tây")]);
    let totals: Vec<usize> = [0, 1, 2, 10]
        .map(|limit| host.search(&Request { limit: Some(limit), ..request("\"bão lũ miền\"") }).unwrap().total)
        .to_vec();
    assert_eq!(totals, [2; 4]);
}

#[test]
fn facets_of_a_phrase_count_only_articles_that_have_it() {
    let mut host =
        notes(&[("a", "bão lũ miền núi về đêm"), ("b", "bão lũ miền xuôi"), ("c", "bão lũ về, lũ miền tây")]);
    let asked = Request { facets: vec!["source".into()], limit: Some(1), ..request("\"bão lũ miền\"") };
    assert_eq!(counts(&host.search(&asked).unwrap(), "source"), [("Nguồn".to_owned(), 2)]);
}
