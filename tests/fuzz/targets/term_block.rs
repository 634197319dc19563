//! Blocks of terms and of pairs, and the lists that lie in them.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;
#[cfg(fuzzing)]
#[path = "../library.rs"]
mod library;

use timdoc::index::block::{Block, List};
use timdoc::index::pair_block::PairBlock;

use crate::kit::{Input, chosen};
use crate::library::{Library, scheme};

/// The number of articles, 1 for pairs, then the block.
pub fn seeds() -> Vec<Vec<u8>> {
    let blocks = Library::fixture().blocks;
    blocks.iter().flat_map(|block| (0..4).map(|kind| chosen(kind % 2, &chosen(kind / 2, block)))).collect()
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    let scheme = scheme(input.byte());
    if input.choice(2) == 1 {
        let Ok(block) = PairBlock::open(input.0, 3, 700, scheme.articles) else { return };
        for pair in &block.pairs {
            if let List::Inline(number, bit) = pair.list {
                assert_eq!(number, 3);
                if let Ok(numbers) = block.inline(pair.articles, bit, scheme.articles) {
                    assert!(numbers.iter().all(|number| (*number as usize) < scheme.articles));
                }
            }
        }
        let _ = (block.of(0, &(0..9)).len(), block.of(u32::MAX, &(0..0)).len(), block.memory());
        return;
    }
    let Ok(block) = Block::open(input.0, 3, &scheme) else { return };
    let mut terms = Vec::new();
    block.scan(b"", b"", &mut |term| {
        terms.push(term);
        true
    });
    for term in &terms {
        if let List::Inline(_, bit) = term.list
            && let Ok(postings) = block.inline(term.articles, bit, &scheme)
        {
            assert_eq!(postings.docs.len(), term.articles);
            assert!(postings.docs.iter().all(|doc| (*doc as usize) < scheme.articles));
        }
    }
    let grouped: usize = (0..block.groups()).map(|group| block.group(group).len()).sum();
    assert_eq!(grouped, terms.len(), "a term is in no group");
    let _ = block.group_of(b"whoc");
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("term_block", &seeds()), |input: &[u8]| run(input));
