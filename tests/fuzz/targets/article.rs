//! Articles as they are stored: pages, records, what a record inflates to, and the dictionary before it.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::bundle::deflate::{deflate_alone, inflate, inflate_dictionary, primer};
use timdoc::bundle::pages::record;
use timdoc::bundle::stored::Stored;

use crate::kit::{Input, article, chosen, file, sample_texts};

/// 0: an article's bytes, 1: pages, 2: a deflated article, 3: a deflated dictionary.
pub fn seeds() -> Vec<Vec<u8>> {
    let pages = file("tests/fixtures/bundle-v1/articles-969e988f148fe531.bin");
    let mut seeds = vec![chosen(1, &chosen(0, &pages)), chosen(1, &chosen(2, &pages))];
    for texts in sample_texts(5) {
        let texts: Vec<String> = Input(&texts).texts();
        let stored = Stored { article: article(&texts), facts: "[[]]".into(), related: vec![1, 300] }.write();
        let deflated = deflate_alone(&stored).unwrap();
        seeds.extend([chosen(0, &stored), chosen(2, &deflated), chosen(3, &deflated)]);
    }
    seeds
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    match input.choice(4) {
        0 => {
            let Ok(stored) = Stored::read(input.0) else { return };
            assert_eq!(Stored::read(&stored.write()).as_ref(), Ok(&stored));
            let facts = timdoc::facts::compact::read(&stored.facts, &stored.article);
            let _ = facts.map(|facts| timdoc::facts::compact::write(&facts, &stored.article));
        }
        1 => {
            let before = input.choice(8);
            let Ok(record) = record(input.0, before) else { return };
            assert!(record.deflated.len() <= input.0.len());
        }
        2 => {
            let length = input.byte() << 8 | input.byte();
            let dictionary: Vec<u8> = (0..300u32).map(|at| at as u8).collect();
            for primer in [Vec::new(), primer(&dictionary)] {
                let inflated = inflate(input.0, &primer, length).unwrap_or(vec![0; length]);
                assert_eq!(inflated.len(), length);
            }
        }
        _ => drop(inflate_dictionary(input.0).map(|dictionary| primer(&dictionary))),
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("article", &seeds()), |input: &[u8]| run(input));
