//! Web pages.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use crate::kit::{files, ingest};

pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = files("tests/fixtures/html", "html");
    seeds.extend(files("tests/fixtures/html/alone", "html"));
    seeds
}

pub fn run(input: &[u8]) {
    ingest("tin.html", input);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("html", &seeds()), |input: &[u8]| run(input));
