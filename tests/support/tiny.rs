//! Six small articles, and what is asked of them: one of each kind of query, filter and order.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used)] // a test may: this is not compiled into anything else

use serde_json::Value;
use timdoc::Result;
use timdoc::article::Article;
use timdoc::engine::{Engine, Outcome, Request, Sort};
use timdoc::result::Period;

use crate::memory::Host;

/// As a webmaster would export them.
pub const JSONL: &str = include_str!("../fixtures/tiny.jsonl");

/// Their ids, in the order of the file.
pub const IDS: [&str; 6] =
    ["hop-to-dan-pho", "duong-bo-ke", "ket-luan-kiem-tra", "lop-hoc-tinh-thuong", "chua-dat-ngay", "nuoc-sach"];

/// The articles.
pub fn articles() -> Vec<Article> {
    let mut articles = Vec::new();
    timdoc::ingest::read("tiny.jsonl", JSONL.as_bytes(), &mut |article| articles.push(article.unwrap()));
    articles
}

/// Requests that touch every kind of term, list and file.
pub fn requests() -> Vec<Request> {
    let all = ["category", "source", "year", "document", "tag"].map(str::to_owned).to_vec();
    let text = |text: &str| Request { text: text.to_owned(), ..Request::default() };
    let mut requests: Vec<Request> =
        ["học", "hoc tap", "\"đồng chí\"", "sach", "12-KL/ĐU", "rác -đường", "kè | bơm", "học zzz đường"]
            .map(text)
            .to_vec();
    requests.push(Request { sort: Sort::Oldest, facets: all, histogram: Some(Period::Month), ..text("") });
    requests.push(Request { prefix: true, ..text("th") });
    let filters = [("source".to_owned(), vec!["Báo Bãi Giữa".to_owned()])].into_iter().collect();
    requests.push(Request { filters, from: Some("1/1/2022".into()), to: Some("2024-12-31".into()), ..text("") });
    requests
}

/// One call of the engine, with its answer as JSON.
pub type Call = Box<dyn Fn(&mut Engine) -> Result<Outcome<Value>>>;

/// All calls: the requests, every article, suggestions and facets.
pub fn calls() -> Vec<Call> {
    fn json<T: serde::Serialize>(outcome: Outcome<T>) -> Outcome<Value> {
        match outcome {
            Outcome::Ready(answer) => Outcome::Ready(serde_json::to_value(&answer).unwrap()),
            Outcome::Needs(needs) => Outcome::Needs(needs),
        }
    }
    let mut calls: Vec<Call> = Vec::new();
    for request in requests() {
        calls.push(Box::new(move |engine| engine.search(&request).map(json)));
    }
    for id in IDS {
        calls.push(Box::new(move |engine| engine.article(id).map(json)));
    }
    calls.push(Box::new(|engine| engine.suggest("đồng c", 5).map(json)));
    calls.push(Box::new(|engine| engine.facets(&["tag".to_owned(), "document".to_owned()]).map(json)));
    calls
}

/// A few calls that touch every block and every article.
pub fn few_calls() -> Vec<Call> {
    let of_each_kind = [1, 2, 4, 8, 13];
    calls().into_iter().enumerate().filter(|(at, _)| of_each_kind.contains(at)).map(|(_, call)| call).collect()
}

/// The answer of every call, or the code of its error.
pub fn answers(host: &mut Host<'_>, calls: &[Call]) -> Vec<std::result::Result<Value, &'static str>> {
    calls.iter().map(|call| host.drive(call).map_err(|error| error.code())).collect()
}
