//! Facts: of any text, each stated where it says; stored, and read back the same; and stored facts that are anything.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::facts::{compact, facts};

use crate::kit::{Input, article, chosen, sample_texts};

/// 0: an article; 1: stored facts, a zero byte, an article. Zero bytes stand between the texts.
pub fn seeds() -> Vec<Vec<u8>> {
    let texts = sample_texts(12);
    let stored = texts.iter().map(|text| {
        let article = article(&Input(text).texts());
        let stored = compact::write(&facts(&article), &article);
        chosen(1, &[stored.as_bytes(), b"\0", text].concat())
    });
    stored.chain(texts.iter().map(|text| chosen(0, text))).collect()
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    let is_stored = input.choice(2) == 1;
    let texts = input.texts();
    if is_stored {
        let article = article(texts.get(1..).unwrap_or(&[]));
        let Ok(read) = compact::read(&texts[0], &article) else { return };
        let _ = compact::write(&read, &article);
        return;
    }
    let article = article(&texts);
    let found = facts(&article);
    let mentions = found.documents.iter().flat_map(|fact| &fact.mentions);
    let mentions = mentions.chain(found.people.iter().flat_map(|fact| &fact.mentions));
    for mention in mentions.chain(found.places.iter().flat_map(|fact| &fact.mentions)) {
        let text = mention.part.text(&article).unwrap_or_default();
        assert!(text.get(mention.span.clone()).is_some(), "stated outside the article: {mention:?}");
    }
    let stored = compact::write(&found, &article);
    let read = compact::read(&stored, &article).unwrap();
    assert_eq!(compact::write(&read, &article), stored, "stored, read and stored again is something else");
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("facts", &seeds()), |input: &[u8]| run(input));
