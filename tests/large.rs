//! What only libraries of thousands of articles have: pairs of one article that are in no list, lists of their own,
//! a dictionary, several files of a kind.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/many.rs"]
mod many;
#[path = "support/memory.rs"]
mod memory;
#[path = "support/plain.rs"]
mod plain;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use memory::{Files, Host, ROUNDS, build, exact, files, request, whole};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::engine::Request;

const COUNT: usize = 2100;

/// Every article has `bờ` and `suối`, only one has them side by side; `cầu` and `mới` stand side by side in every
/// other one.
fn articles() -> Vec<Article> {
    let mut articles = many::articles(COUNT, 40);
    for (number, article) in articles.iter_mut().enumerate() {
        let text = if number == 1234 { "ra tận bờ suối mà xem" } else { "bờ này trông sang suối kia" };
        article.blocks.push(Block::new(BlockKind::Paragraph, text));
        let bridge = if number % 2 == 0 { "thông xe cầu mới" } else { "mới sửa xong cầu" };
        article.blocks.push(Block::new(BlockKind::Paragraph, bridge));
    }
    articles
}

fn bundle() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| files(&build(articles())))
}

fn host() -> Host<'static> {
    Host::open(bundle().clone()).unwrap()
}

#[test]
fn a_phrase_that_one_article_has_finds_that_one() {
    let result = host().search(&Request { limit: Some(10), ..request("\"bờ suối\"") }).unwrap();
    let ids: Vec<&str> = result.hits.iter().filter(|hit| hit.missing.is_empty()).map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["bai-01234"]);
    assert_eq!((result.total, result.partial), (1, false));
}

#[test]
fn a_phrase_that_no_article_has_finds_none() {
    let result = host().search(&Request { limit: Some(10), ..request("\"suối bờ\"") }).unwrap();
    assert!(result.total == 0 || result.partial, "{} found", result.total);
}

#[test]
fn passages_are_found_word_by_word_with_and_without_marks() {
    let plain = plain::Plain::new(articles());
    let mut host = host();
    let mut wrong = Vec::new();
    for (number, article) in articles().iter().enumerate().step_by(151) {
        let words: Vec<&str> = article.blocks[0].text.split(' ').collect();
        for length in [2, 3, 5] {
            let passage = words[number % 9..][..length].join(" ");
            for typed in [passage.clone(), plain::unmarked(&passage)] {
                let found = host.ids(&format!("\"{typed}\""));
                let bad = plain.phrase(&typed).wrong(&found);
                if !bad.is_empty() || !found.contains(&article.id) {
                    wrong.push(format!("\"{typed}\" of {}: {bad}", article.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_phrase_is_found_while_it_is_typed() {
    let mut host = host();
    for typed in ["\"bờ s", "\"bờ suố", "\"bờ suối", "\"bờ suối\"", "\"bo suo", "\"bo suoi"] {
        let found = host.ids_of(&Request { prefix: true, ..request(typed) });
        assert!(found.contains(&"bai-01234".to_owned()), "{typed}");
    }
}

#[test]
fn an_excluded_phrase_that_one_article_has_excludes_that_one() {
    let result = host().search(&Request { limit: Some(0), ..request("suối -\"bờ suối\"") }).unwrap();
    assert_eq!(result.total, COUNT - 1);
}

#[test]
fn a_phrase_that_half_of_the_articles_have_finds_them_all() {
    let mut host = host();
    for query in ["\"cầu mới\"", "\"cau moi\"", "\"thông xe cầu mới\""] {
        let result = host.search(&Request { limit: Some(0), ..request(query) }).unwrap();
        assert_eq!(result.total, COUNT / 2, "{query}");
    }
}

#[test]
fn words_of_every_article_find_every_article() {
    let mut host = host();
    for query in ["suối", "suoi", "bờ suối", "suoi bo"] {
        assert_eq!(host.search(&Request { limit: Some(0), ..request(query) }).unwrap().total, COUNT, "{query}");
    }
    assert_eq!(host.search(&Request { limit: Some(0), ..request("") }).unwrap().total, COUNT);
}

#[test]
fn all_articles_are_listed_page_by_page_and_read_back() {
    let mut host = host();
    let mut ids = BTreeSet::new();
    for offset in (0..COUNT).step_by(1000) {
        ids.extend(host.ids_of(&Request { offset, ..request("") }));
    }
    assert_eq!(ids.len(), COUNT);
    for article in articles().iter().step_by(97) {
        assert_eq!(host.article(&article.id).unwrap().blocks, article.blocks, "{}", article.id);
    }
}

#[test]
fn a_host_that_ignores_ranges_gets_the_same_answers() {
    let mut whole_files = Host::open_with(bundle().clone(), Box::new(whole)).unwrap();
    let mut ranges = Host::open_with(bundle().clone(), Box::new(exact)).unwrap();
    for query in ["", "suối", "\"cầu mới\"", "bờ kia", "b", "thẻ riêng 77"] {
        let asked =
            Request { limit: Some(10), prefix: true, facets: vec!["category".into(), "year".into()], ..request(query) };
        assert_eq!(whole_files.search(&asked), ranges.search(&asked), "{query}");
    }
}

#[test]
fn no_answer_needs_more_rounds_than_the_page_gives_it() {
    let facets = ["category", "source", "year", "document", "tag"].map(str::to_owned).to_vec();
    let queries = ["", "s", "su", "b", "th", "ba", "suối bờ cầu mới", "\"thông xe cầu mới\"", "ba ca da ga ha la ma"];
    for query in queries {
        let mut host = host();
        host.search(&Request { limit: Some(10), prefix: true, facets: facets.clone(), ..request(query) }).unwrap();
        assert!(host.rounds < ROUNDS, "{query:?} with all facets takes {} rounds", host.rounds);
        let mut host = self::host();
        host.search(&Request { limit: Some(10), prefix: true, ..request(query) }).unwrap();
        assert!(host.rounds < ROUNDS, "{query:?} takes {} rounds", host.rounds);
    }
}
