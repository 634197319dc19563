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
    value.as_object_mut().unwrap().remove("dates");
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
            people.chain(documents).chain(places).chain(awards).collect()
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
        }
    }
}
