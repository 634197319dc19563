//! JSON and JSON lines, of articles and of feeds.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use crate::kit::{Input, chosen, file, ingest};

const NAMES: [&str; 2] = ["tin.jsonl", "tin.json"];
const FEED: &[u8] = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Báo Xã","items":[{"id":"1",
"url":"https://xa.example/1","content_html":"<p>Cầu mới <b>thông</b> xe</p>","date_published":"2024-05-19T10:47:00+07:00"}]}"#
    .as_bytes();

pub fn seeds() -> Vec<Vec<u8>> {
    let lines = file("tests/fixtures/tiny.jsonl");
    let mut seeds: Vec<Vec<u8>> = lines.split(|byte| *byte == b'\n').map(|line| chosen(1, line)).collect();
    seeds.extend([chosen(0, &lines), chosen(1, FEED)]);
    seeds
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    ingest(NAMES[input.choice(NAMES.len())], input.0);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("json", &seeds()), |input: &[u8]| run(input));
