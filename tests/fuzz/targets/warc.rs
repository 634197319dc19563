//! Archives of the web, and files that are packed.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use std::io::Write;

use crate::kit::{Input, chosen, file, ingest};

const NAMES: [&str; 4] = ["a.warc", "a.warc.gz", "tin.jsonl.gz", "tin.md.zst"];

fn record(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://xa.example/tin/1.html\r\nWARC-Date: 2024-05-19T10:47:00Z\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn seeds() -> Vec<Vec<u8>> {
    let page = file("tests/fixtures/html/alone/div.html");
    let answer = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", &page[..]].concat();
    let zipped =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n", &packed(&page)[..]].concat();
    let chunked = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n",
        &page[..0x400],
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let mut seeds = Vec::new();
    for body in [answer, zipped, chunked] {
        let archive = [record("warcinfo", b"software: a\r\n"), record("response", &body)].concat();
        seeds.extend([chosen(0, &archive), chosen(1, &packed(&archive))]);
    }
    seeds.push(chosen(0, &record("revisit", b"")));
    seeds.push(chosen(2, &packed(&file("tests/fixtures/tiny.jsonl"))));
    seeds
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    ingest(NAMES[input.choice(NAMES.len())], input.0);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("warc", &seeds()), |input: &[u8]| run(input));
