//! Facts as they are stored are the facts that were found. The page reads the same fixture by other code:
//! tests/browser/facts.test.mjs.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::facts::{Facts, Mention, compact, facts};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Facts with the words of each mention instead of where they stand, as both sides number those their own way.
fn in_words(facts: &Facts, article: &Article) -> Value {
    let words = |mentions: &[Mention]| -> Value {
        let of = |mention: &Mention| json!(mention.part.text(article).unwrap()[mention.span.clone()]);
        Value::Array(mentions.iter().map(of).collect())
    };
    let mut value = serde_json::to_value(facts).unwrap();
    let mentions: [Vec<Value>; 5] = [
        facts.documents.iter().map(|fact| words(&fact.mentions)).collect(),
        facts.people.iter().map(|fact| words(&fact.mentions)).collect(),
        facts.places.iter().map(|fact| words(&fact.mentions)).collect(),
        facts.awards.iter().map(|fact| words(&fact.mentions)).collect(),
        facts.models.iter().map(|fact| words(&fact.mentions)).collect(),
    ];
    for (kind, mentions) in ["documents", "people", "places", "awards", "models"].into_iter().zip(mentions) {
        for (fact, words) in value[kind].as_array_mut().unwrap().iter_mut().zip(mentions) {
            fact["mentions"] = words;
            if let Some(date) = fact.get("date").and_then(|date| date.get("date")).cloned() {
                fact["date"] = date;
            }
        }
    }
    // Of the words of a day only the figures are kept.
    let dates = facts.dates.iter().map(|named| {
        let date = &named.date;
        let text = date.text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let mention: Vec<String> = named.mentions.iter().take(1).map(|_| text.to_owned()).collect();
        json!({ "date": date.iso(), "text": text, "kind": named.kind, "inferred": date.inferred, "mentions": mention })
    });
    value["dates"] = dates.collect();
    value
}

#[test]
fn the_fixture_is_written_and_read() {
    let path = root().join("tests/fixtures/facts_compact.json");
    let fixture: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let article: Article = serde_json::from_value(fixture["article"].clone()).unwrap();
    let found = facts(&article);
    let stored = compact::write(&found, &article);
    let read = in_words(&compact::read(&stored, &article).unwrap(), &article);
    if std::env::var_os("TIMDOC_FREEZE").is_some() {
        let fixture = json!({ "article": fixture["article"], "stored": stored, "facts": read });
        std::fs::write(&path, serde_json::to_string_pretty(&fixture).unwrap() + "\n").unwrap();
        return;
    }
    assert_eq!(read, fixture["facts"]);
    assert_eq!(json!(stored), fixture["stored"]);
    assert_eq!(in_words(&found, &article), fixture["facts"]);
}

#[test]
fn facts_of_the_sample_are_kept_as_found() {
    let mut articles = Vec::new();
    for entry in std::fs::read_dir(root().join("www/sample")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        timdoc::ingest::read(&path.to_string_lossy(), &bytes, &mut |article| articles.extend(article));
    }
    let mut kept = 0;
    for article in articles {
        let found = facts(&article);
        let read = compact::read(&compact::write(&found, &article), &article).unwrap();
        let names = |facts: &Facts| -> Vec<String> {
            let people = facts.people.iter().map(|fact| format!("{} {:?}", fact.name, fact.roles));
            let documents = facts.documents.iter().map(|fact| format!("{} {:?}", fact.text, fact.title));
            let places = facts.places.iter().map(|fact| format!("{} {:?}", fact.name, fact.role));
            let awards =
                facts.awards.iter().map(|fact| format!("{} {:?} {:?}", fact.text, fact.giver, fact.individuals));
            let dates =
                facts.dates.iter().map(|fact| format!("{} {:?} {}", fact.date.iso(), fact.kind, fact.date.inferred));
            people.chain(documents).chain(places).chain(awards).chain(dates).collect()
        };
        assert_eq!(names(&read), names(&found), "{}", article.id);
        kept += names(&read).len();
    }
    assert!(kept > 100, "{kept}");
}

proptest! {
    #[test]
    fn any_text_is_refused_or_read(stored in "[\\[\\]0-9,\"a-z{}:]{0,60}", text in "\\PC{0,40}") {
        let blocks = vec![Block::new(BlockKind::Paragraph, text.clone())];
        let article = Article { title: text, blocks, ..Article::default() };
        if let Ok(facts) = compact::read(&stored, &article) {
            for fact in &facts.people {
                for mention in &fact.mentions {
                    prop_assert!(mention.part.text(&article).unwrap().get(mention.span.clone()).is_some());
                }
            }
            for fact in &facts.dates {
                prop_assert!(fact.mentions[0].part.text(&article).unwrap().get(fact.mentions[0].span.clone()).is_some());
            }
        }
    }
}

#[test]
fn days_are_kept_whatever_tells_their_year() {
    let text = "Ngày 17/11/2017 tàu báo tin, từ ngày 15/11 không ai nghe gì. Thứ 3, ngày 20/6, xã họp; lớp 12 học từ ngày 4-5/2. \
        Đến tháng 9 năm 2024, và tháng 5/2023, sáng 9 tháng 4 năm 2024 và ngày 29/2, 45 hộ đã nhận 16.204 đồng.";
    let published = timdoc::article::Date::from_iso("2024-06-22T08:00+07:00");
    let blocks = vec![Block::new(BlockKind::Caption, "Ảnh chụp ngày 1/1/2024"), Block::new(BlockKind::Paragraph, text)];
    let article = Article { title: "Kỷ niệm 20 năm".into(), published, blocks, ..Article::default() };
    let found = facts(&article);
    let read = compact::read(&compact::write(&found, &article), &article).unwrap();
    let shown = |facts: &Facts| -> Vec<String> {
        facts.dates.iter().map(|fact| format!("{} {:?} {}", fact.date.iso(), fact.kind, fact.date.inferred)).collect()
    };
    assert_eq!(shown(&read), shown(&found));
    assert_eq!(read.dates.len(), 10, "{:?}", shown(&found));
    let words: Vec<&str> = read.dates.iter().map(|fact| fact.date.text.as_str()).collect();
    assert_eq!(words[..5], ["1/1/2024", "17/11/2017", "15/11", "20/6", "4"]);
    assert_eq!(words[6..], ["9 năm 2024", "5/2023", "9 tháng 4 năm 2024", "29/2"]);
}

#[test]
fn days_that_are_not_in_the_article_are_refused() {
    let article = Article { title: "Ngày 5/6/2024".into(), ..Article::default() };
    for stored in [
        "[[],[],[],[],[],[4]]",
        "[[],[],[],[],[],[7]]",
        "[[],[],[],[],[],[1]]",
        "[[],[],[],[],[],[-1]]",
        "[[],[],[],[],[],[0,9223372036854775807]]",
    ] {
        assert!(compact::read(stored, &article).is_err(), "{stored}");
    }
    assert_eq!(compact::read("[[],[],[],[],[],[3]]", &article).unwrap().dates[0].date.iso(), "2024-06-05");
}
