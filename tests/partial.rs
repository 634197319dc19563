//! Articles that have only a part of what was asked: they are found when nothing has all, and say what they lack.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;
#[path = "support/sample.rs"]
mod sample;

use std::collections::BTreeSet;

use memory::{Host, counts, request};
use timdoc::article::{Article, Date};
use timdoc::engine::Request;

fn host() -> Host<'static> {
    Host::of(sample::sample())
}

#[test]
fn partial_matches_say_what_is_missing() {
    let mut host = host();
    for (query, lacking) in
        [("học tập zzyzx", "zzyzx"), ("zzyzx hoc tap", "zzyzx"), ("đồng chí bí thư kwyjibo", "kwyjibo")]
    {
        let result = host.search(&request(query)).unwrap();
        assert!(result.partial && result.total > 0, "{query}");
        assert!(result.hits.iter().all(|hit| hit.missing.iter().any(|word| word == lacking)), "{query}");
        assert_eq!(result.hits.len(), result.total);
    }
}

#[test]
fn what_stands_among_few_full_matches_says_what_it_lacks_whatever_was_asked_for() {
    let mut host = host();
    for query in [
        "vắc xin tiêm chủng trẻ em",
        "học tập 01-KL/TW bóng",
        "tỉnh 118/2025/NĐ-CP",
        "xã \"nông thôn mới\" sạch",
        "\"chi bộ\" hoa",
    ] {
        let result = host.search(&request(query)).unwrap();
        let full = if result.partial { 0 } else { result.total };
        assert_eq!(result.hits.iter().filter(|hit| hit.complete).count(), full, "{query}");
        for hit in &result.hits {
            assert_eq!(hit.missing.is_empty(), hit.complete, "{query}: {}", hit.id);
        }
    }
}

#[test]
fn filters_that_leave_only_partial_matches_say_so() {
    let article = |id: &str, title: &str, day: &str| Article {
        id: id.to_owned(),
        title: title.to_owned(),
        source: Some("Trạm y tế".into()),
        published: Date::from_iso(day),
        ..Article::default()
    };
    let mut host = Host::of(vec![
        article("all", "Lịch tiêm vắc xin cho trẻ", "2023-05-01"),
        article("part", "Vắc xin về đủ, chưa có lịch", "2024-05-01"),
        article("other", "Đường mới", "2024-06-01"),
    ]);
    let facets = vec!["source".to_owned()];
    let asked = Request { from: Some("2024-01-01".into()), facets, ..request("lịch tiêm vắc xin") };
    let result = host.search(&asked).unwrap();
    let ids: Vec<&str> = result.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!((ids, result.total, result.partial), (vec!["part"], 1, true));
    assert_eq!(result.hits[0].missing, ["tiêm"]);
    assert_eq!(counts(&result, "source"), [("Trạm y tế".to_owned(), 1)], "what is counted is what is shown");
}

#[test]
fn a_word_that_no_article_has_does_not_hide_the_others() {
    // However rare the unknown word is, the other words are what can be found.
    let mut host = host();
    for known in ["xã", "học tập", "đồng chí", "nông thôn mới", "vắc xin"] {
        let found: BTreeSet<String> = host.ids(known).into_iter().collect();
        let result = host.search(&request(&format!("{known} zzyzx"))).unwrap();
        let partial: BTreeSet<String> = result.hits.iter().map(|hit| hit.id.clone()).collect();
        assert!(result.partial && found.is_subset(&partial), "{known}: {} of {}", partial.len(), found.len());
    }
}

#[test]
fn what_no_article_has_finds_nothing() {
    let mut host = host();
    for query in ["zzyzx", "zzyzx kwyjibo", "\"zzyzx kwyjibo\"", "zzyzx | kwyjibo", "học -học"] {
        let result = host.search(&request(query)).unwrap();
        assert_eq!((result.total, result.hits.len(), result.partial), (0, 0, false), "{query}");
    }
}
