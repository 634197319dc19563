//! The head of a segment: its file, its frame, and each of its sections behind right checksums.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;
#[cfg(fuzzing)]
#[path = "../library.rs"]
mod library;

use timdoc::article::Day;
use timdoc::bundle::deflate::{deflate_head, inflate_head};
use timdoc::bundle::files::Space;
use timdoc::bundle::head::Head;
use timdoc::index::columns::{Dates, Lengths, PageTable};
use timdoc::index::groups::Groups;

use crate::kit::{Input, chosen};
use crate::library::{Library, SECTIONS};

/// 0: a file; 1 to 8: a section of a good head; 9: a head that is not deflated.
pub fn seeds() -> Vec<Vec<u8>> {
    let sections = Library::fixture().sections;
    let head = sections.head();
    let mut seeds = vec![chosen(0, &deflate_head(&head).unwrap()), chosen(SECTIONS + 1, &head)];
    seeds.extend((1..=SECTIONS).map(|number| chosen(number, sections.get(number as u32))));
    seeds
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    let number = input.choice(SECTIONS + 2);
    let bytes = match number {
        0 => inflate_head(input.0),
        1..=SECTIONS => {
            let mut sections = Library::fixture().sections;
            sections.set(number as u32, input.0.to_vec());
            Ok(sections.head())
        }
        _ => Ok(input.0.to_vec()),
    };
    if let Ok(head) = bytes.and_then(|bytes| Head::read(&bytes)) {
        look(&head);
    }
}

/// Everything that is asked of a head, and that what was read is written and read the same.
fn look(head: &Head) {
    let articles = head.articles();
    for key in [&b""[..], b"whoc", b"p", b"\xff\xff"] {
        assert!(head.block_of(key).is_none_or(|block| block < head.blocks()));
    }
    for block in 0..head.blocks() {
        let (offset, length) = head.block_range(block).unwrap();
        let _ = head.files.locate(Space::Terms, offset, length);
        let _ = (head.groups.first_of(block), head.groups.is_of_words(block), head.groups.is_of_pairs(block));
    }
    for doc in 0..articles.min(64) as u32 {
        let _ = (head.dates.day(doc), head.lengths.words(doc), head.pages.pages_of(doc));
    }
    let _ = (head.dates.bounds(), head.dates.range(Some(Day(0)), Some(Day(20_000))), head.dates.runs().count());
    let _ = (head.groups.block_of(0), head.groups.block_of(u32::MAX), head.files.length(Space::Articles));

    let mut bytes = Vec::new();
    head.dates.write(&mut bytes);
    assert_eq!(Dates::read(&bytes, articles).as_ref(), Ok(&head.dates));
    bytes.clear();
    head.lengths.write(&mut bytes);
    assert_eq!(Lengths::read(&bytes, articles).as_ref(), Ok(&head.lengths));
    bytes.clear();
    head.pages.write(&mut bytes);
    assert_eq!(PageTable::read(&bytes, articles).as_ref(), Ok(&head.pages));
    bytes.clear();
    head.groups.write(&mut bytes);
    assert_eq!(Groups::read(&bytes, head.blocks()).as_ref(), Ok(&head.groups));
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("head", &seeds()), |input: &[u8]| run(input));
