//! How text is read: words, folding, keystrokes, numbers of documents, dates. Every span lies in the text.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::analysis::document_number::{find, find_short, parse_query};
use timdoc::analysis::fold::fold;
use timdoc::analysis::tokenize::word;
use timdoc::analysis::{Tokens, compare_marks, glued, near, telex, written};

use crate::kit::{Input, sample_texts};

pub fn seeds() -> Vec<Vec<u8>> {
    let short =
        ["hocj taapj", "ho5c ta65p", "Kết luận số 01-KL/TW ngày 18/5/2021", "NĐ 30/2020/NĐ-CP", "hoctap", "T.P H.C.M"];
    let mut seeds: Vec<Vec<u8>> = short.iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.extend(sample_texts(8));
    seeds
}

pub fn run(input: &[u8]) {
    let text = Input(input).text();
    let mut tokens = Tokens::default();
    tokens.read(&text);
    for token in tokens.iter() {
        assert!(text.get(token.span.clone()).is_some_and(|word| !word.is_empty()), "a word outside: {:?}", token.span);
        assert!(compare_marks(token.marks(), token.marks()).is_some(), "a word that does not answer itself");
        let _ = written::written(token.letters(), token.marks());
    }
    for part in text.split_whitespace() {
        let folded = fold(part);
        assert_eq!(fold(&folded), folded, "folded twice is something else");
        let _ = (word(part), telex::decode(part), near::near(&folded), glued::cuttings(&folded), parse_query(part));
    }
    for number in find(&text) {
        assert!(text.get(number.span.clone()).is_some() && text.get(number.named_span.clone()).is_some());
        assert!(!number.key.is_empty(), "a document without a key");
    }
    let _ = (find_short(&text), parse_query(&text));
    for date in timdoc::facts::dates::find(&text) {
        assert!(text.get(date.span.clone()).is_some() && (1..=12).contains(&date.month), "{date:?}");
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("analysis", &seeds()), |input: &[u8]| run(input));
