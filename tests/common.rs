//! What only libraries of tens of thousands of articles do: common words beside rarer ones are taken for granted.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/many.rs"]
mod many;
#[path = "support/memory.rs"]
mod memory;

use std::sync::OnceLock;

use memory::{Files, Host, build, files, request};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::engine::Request;
use timdoc::result::SearchResult;

const COUNT: usize = 20_000;
/// One article in so many has the brook, with and without the village.
const RARE: usize = 500;

/// `của` and `làng` are in three articles of five. `bờ suối` is in one of them in a hundred, beside `của làng`, and in
/// as many of the others.
fn articles() -> Vec<Article> {
    let mut articles = many::articles(COUNT, 22);
    for (number, article) in articles.iter_mut().enumerate() {
        let text = match number % RARE {
            7 => "đắp bờ suối của làng",
            9 => "đắp bờ suối nhỏ",
            _ if number % 5 < 3 => "việc của làng",
            _ => continue,
        };
        article.blocks.push(Block::new(BlockKind::Paragraph, text));
    }
    articles
}

fn search(text: &str) -> SearchResult {
    static FILES: OnceLock<Files> = OnceLock::new();
    let files = FILES.get_or_init(|| files(&build(articles()))).clone();
    Host::open(files).unwrap().search(&Request { limit: Some(100), ..request(text) }).unwrap()
}

fn is_of(result: &SearchResult, at: usize, rest: usize) -> bool {
    result.hits[at].id.trim_start_matches("bai-").parse::<usize>().unwrap() % RARE == rest
}

#[test]
fn articles_with_the_common_words_come_first_and_the_total_is_an_estimate() {
    for typed in ["bờ suối của làng", "bo suoi cua lang"] {
        let result = search(typed);
        assert!(!result.total_exact && result.total >= COUNT / RARE, "{}", result.total);
        assert!((0..COUNT / RARE).all(|at| is_of(&result, at, 7)), "{typed}");
        assert!(result.hits[..COUNT / RARE].iter().all(|hit| hit.complete && hit.missing.is_empty()), "{typed}");
    }
}

#[test]
fn a_common_word_that_an_article_lacks_is_said() {
    let result = search("bờ suối của làng");
    let without = result.hits.iter().enumerate().find(|(at, _)| is_of(&result, *at, 9)).unwrap().1;
    assert_eq!((without.complete, &without.missing[..]), (false, &["của".to_owned(), "làng".to_owned()][..]));
}

#[test]
fn words_that_stand_nowhere_together_are_all_asked_for() {
    let result = search("của bờ");
    assert_eq!((result.total, result.total_exact, result.partial), (COUNT / RARE, true, false));
}

#[test]
fn common_words_alone_are_counted_exactly() {
    let result = search("của làng");
    assert_eq!((result.total, result.total_exact), (COUNT * 3 / 5, true));
}

#[test]
fn a_common_word_is_excluded_exactly() {
    let result = search("bờ suối -của");
    assert_eq!((result.total, result.total_exact), (COUNT / RARE, true));
    assert!((0..COUNT / RARE).all(|at| is_of(&result, at, 9) && result.hits[at].complete));
}

#[test]
fn a_phrase_with_a_common_word_is_exact() {
    let result = search("\"suối của\"");
    assert_eq!((result.total, result.total_exact), (COUNT / RARE, true));
}
