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

/// Many articles with all pairs of a phrase apart, more often and in shorter texts than the few that have the phrase.
fn decoys() -> Host<'static> {
    let decoy = "bão lũ, lũ miền; bão lũ, lũ miền; bão lũ, lũ miền";
    let real = "Tin dài về nhiều chuyện của xã trong tuần, cuối cùng mới nhắc đến bão lũ miền núi về đêm";
    let texts: Vec<(String, &str)> =
        (0..150).map(|at| (format!("{at:03}"), if at % 50 == 7 { real } else { decoy })).collect();
    notes(&texts.iter().map(|(id, text)| (id.as_str(), *text)).collect::<Vec<_>>())
}

#[test]
fn a_phrase_is_found_behind_many_articles_that_have_its_words_apart() {
    let mut host = decoys();
    for limit in [1000, 10, 3] {
        let result = host.search(&Request { limit: Some(limit), ..request("\"bão lũ miền\"") }).unwrap();
        let mut ids: Vec<&str> = result.hits.iter().map(|hit| hit.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["007", "057", "107"], "with a limit of {limit}");
    }
}

#[test]
fn a_total_that_only_texts_would_tell_is_an_upper_bound_and_says_so() {
    let mut host = decoys();
    let totals = [0, 1, 10, 1000].map(|limit| {
        let result = host.search(&Request { limit: Some(limit), ..request("\"bão lũ miền\"") }).unwrap();
        (result.total, result.total_exact)
    });
    for (total, exact) in totals {
        assert!(if exact { total == 3 } else { total >= 3 }, "{totals:?}");
    }
    assert_eq!(totals[3], (3, true), "all texts were read");
}

#[test]
fn an_excluded_phrase_leaves_many_articles_that_have_its_words_apart() {
    let mut host = decoys();
    assert_eq!(host.ids("bão -\"bão lũ miền\"").len(), 147);
    let page = host.search(&Request { limit: Some(10), ..request("bão -\"bão lũ miền\"") }).unwrap();
    assert_eq!(page.hits.len(), 10);
    assert!(page.total == 147 || page.total > 147 && !page.total_exact);
}

#[test]
fn pages_of_a_phrase_put_together_are_all_articles_that_have_it() {
    let texts: Vec<(String, &str)> = (0..120)
        .map(|at| {
            (format!("{at:03}"), if at % 3 == 0 { "bão lũ miền núi" } else { "bão lũ, lũ miền, bão lũ, lũ miền" })
        })
        .collect();
    let mut host = notes(&texts.iter().map(|(id, text)| (id.as_str(), *text)).collect::<Vec<_>>());
    let mut found = Vec::new();
    for offset in (0..60).step_by(10) {
        let page = host.search(&Request { limit: Some(10), offset, ..request("\"bão lũ miền\"") }).unwrap();
        found.extend(page.hits.into_iter().map(|hit| hit.id));
    }
    found.sort();
    assert_eq!(found, (0..40).map(|at| format!("{:03}", at * 3)).collect::<Vec<_>>());
}

#[test]
fn pages_do_not_overlap_where_the_whole_query_word_by_word_comes_first() {
    let texts: Vec<(String, &str)> = (0..30)
        .map(|at| {
            (format!("{at:02}"), if at % 2 == 0 { "bão lũ miền núi" } else { "bão lũ, lũ miền, bão lũ, lũ miền" })
        })
        .collect();
    let mut host = notes(&texts.iter().map(|(id, text)| (id.as_str(), *text)).collect::<Vec<_>>());
    let whole = host.ids_of(&Request { limit: Some(30), ..request("bão lũ miền") });
    let pages: Vec<String> = (0..30)
        .step_by(5)
        .flat_map(|offset| host.ids_of(&Request { limit: Some(5), offset, ..request("bão lũ miền") }))
        .collect();
    assert_eq!(pages, whole);
}
