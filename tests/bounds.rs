//! Sizes and counts that lie, and requests without measure: an end within the bounds that `src/bundle/FORMAT.md` lists.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/damage.rs"]
mod damage;
#[path = "support/many.rs"]
mod many;
#[path = "support/memory.rs"]
mod memory;

use memory::{Host, build, files, request};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::bundle::deflate::{deflate_alone, inflate, inflate_dictionary, inflate_head};
use timdoc::engine::Request;
use timdoc::index::bits::BitReader;
use timdoc::index::postings::{SYMBOLS, Scheme, SymbolRanks, read_numbers};

/// Numbers as varints that no section means: the largest of 32, 63 and 64 bits, 2^31, one too long, and zeros.
const NUMBERS: [&[u8]; 6] = [
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    &[0x80, 0x80, 0x80, 0x80, 0x08],
    &[0x80; 10],
    &[0; 4],
];
/// Most memory of this whole process, in KiB.
const MEMORY: u64 = 512 << 10;

/// The most memory this process ever had, in KiB; where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

#[test]
fn a_number_that_lies_anywhere_in_the_head_takes_little_memory() {
    let bundle = files(&build(many::articles(12, 24)));
    let (_, usual) = damage::ask_any(&bundle);
    let head = bundle.iter().find(|(name, _)| name.starts_with("head-")).unwrap().1;
    let mut lost = Vec::new();
    for at in 0..inflate_head(head).unwrap().len() {
        for number in NUMBERS {
            let lying = damage::lie(&bundle, |head| {
                let end = head.len().min(at + number.len());
                head[at..end].copy_from_slice(&number[..end - at]);
            });
            lost.extend(damage::lost_to_a_liar(usual, &lying).map(|lost| format!("{number:x?} at {at}: {lost}")));
        }
    }
    assert!(lost.is_empty(), "{} lost, such as {:?}", lost.len(), &lost[..lost.len().min(5)]);
    assert!(peak().is_none_or(|peak| peak < MEMORY), "{:?} KiB", peak());
}

#[test]
fn what_inflates_a_thousandfold_is_cut_at_its_bound() {
    let bomb = deflate_alone(&vec![0; 64 << 20]).unwrap();
    assert!(bomb.len() < 128 << 10);
    assert_eq!(inflate_dictionary(&bomb).unwrap_err().code(), "damaged");
    assert_eq!(inflate(&bomb, &[], 1000).unwrap_err().code(), "damaged");
    let head = |length: u32| [&length.to_le_bytes()[..], &bomb].concat();
    assert_eq!(inflate_head(&head(1000)).unwrap_err().code(), "damaged");
    assert_eq!(inflate_head(&head(u32::MAX)).unwrap_err().code(), "damaged");
}

#[test]
fn a_request_without_measure_is_refused_or_answered() {
    let mut host = Host::of(many::articles(300, 30));
    for long in ["a".repeat(1 << 20), "ba ".repeat(10_000), "\"".repeat(1 << 20)] {
        assert_eq!(host.search(&request(&long)).unwrap_err().code(), "query_too_long");
    }
    let values = (0..10_000).map(|at| format!("Mục {at}")).collect();
    let filters = [("category".to_owned(), values)].into_iter().collect();
    let error = host.search(&Request { filters, ..request("ba") }).unwrap_err();
    assert_eq!(error.code(), "bad_request");
    let quotes = format!("{}ba{}", "\"(".repeat(300), "\"".repeat(301));
    let slips = "bba cca mma ".repeat(10);
    for text in ["a", "n", "th", "*", "\"", "\"ba", "\"ba \"ca\" ta\"", "| | |", "- - -", &quotes, &slips] {
        let asked = Request { prefix: true, limit: Some(10), ..request(text) };
        let answer = host.search(&asked);
        assert!(answer.is_ok(), "{text}: {:?}", answer.err());
    }
}

#[test]
fn a_list_of_four_billion_articles_is_refused_before_any_is_read() {
    let four_billion = u32::MAX as usize;
    let bytes = [0x5a; 64];
    for articles in [1, 12, 1 << 15, 1 << 24] {
        let scheme = Scheme { articles, ranks: SymbolRanks::from_counts(&[1; SYMBOLS]) };
        let read = scheme.read(four_billion, &mut BitReader::new(&bytes, 0)).map(|_| ());
        let members = scheme.read_members(four_billion, &[], &mut BitReader::new(&bytes, 0)).map(|_| ());
        let numbers = read_numbers(four_billion, articles, &mut BitReader::new(&bytes, 0)).map(|_| ());
        let skip = scheme.skip(four_billion, &mut BitReader::new(&bytes, 0));
        for refused in [read, members, numbers, skip] {
            assert_eq!(refused.unwrap_err().code(), "damaged", "of {articles}");
        }
    }
    assert!(peak().is_none_or(|peak| peak < MEMORY), "{:?} KiB", peak());
}

#[test]
fn thousands_of_words_near_a_mistyped_one_end_in_an_answer_within_bounds() {
    // 26 × 26 × 26 words, each a letter or two from "ninhthuan", in 26 articles.
    let letters = || (b'a'..=b'z').map(char::from);
    let article = |first: char| {
        let words = letters().flat_map(|second| letters().map(move |third| format!("{first}in{second}thua{third}")));
        Article {
            id: format!("bai-{first}"),
            title: format!("Bài {first}"),
            blocks: vec![Block::new(BlockKind::Paragraph, words.collect::<Vec<_>>().join(" "))],
            ..Article::default()
        }
    };
    let mut host = Host::of(letters().map(article).collect());
    for typed in ["nixhthuan", "ninhthua", "nihnthuan", "ninhthuanx", "xinhthuan ninxthuan ninhxhuan nnihthuan"] {
        for prefix in [false, true] {
            let answer = host.search(&Request { prefix, limit: Some(10), ..request(typed) }).unwrap();
            assert!(answer.total <= 26, "{typed}: {}", answer.total);
        }
    }
    assert_eq!(host.search(&request("ninhthuan")).unwrap().total, 1);
    assert!(peak().is_none_or(|peak| peak < MEMORY), "{:?} KiB", peak());
}
