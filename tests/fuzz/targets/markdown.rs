//! Text and Markdown with front matter.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use crate::kit::{Input, chosen, files, ingest};

const NAMES: [&str; 2] = ["tin.md", "tin.txt"];

pub fn seeds() -> Vec<Vec<u8>> {
    let of = |at: usize, ending| files("www/sample", ending).into_iter().map(move |text| chosen(at, &text));
    of(0, "md").chain(of(1, "txt")).collect()
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    ingest(NAMES[input.choice(NAMES.len())], input.0);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("markdown", &seeds()), |input: &[u8]| run(input));
