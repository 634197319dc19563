//! Postings of pairs of neighbouring words.

use rayon::prelude::*;

use super::analyse::{Analysed, BREAK, Sequence};
use super::words::group;
use crate::analysis::tokenize::split_key;
use crate::index::postings::Frequency;

/// A pair and its articles.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The numbers of its words.
    pub words: (u32, u32),
    /// Its articles, ascending.
    pub docs: Vec<u32>,
    /// One for each article.
    pub frequencies: Vec<Frequency>,
}

/// Words of sequences that are inverted together: bounds the memory of a build.
const PASS: usize = 8 << 20;

/// Calls `take` for every pair, in the order of the pairs' keys.
pub fn for_each_pair(analysed: &Analysed, take: &mut dyn FnMut(&Pair)) {
    let letters = letter_ranks(&analysed.terms);
    let mut counts = vec![0usize; letters.last().map_or(0, |last| *last as usize + 1)];
    let mut total = 0;
    for term in analysed.sequences.iter().flat_map(|sequence| &sequence.terms).filter(|term| **term != BREAK) {
        counts[letters[*term as usize] as usize] += 1;
        total += 1;
    }
    let passes = (total / PASS + 1).max(1);
    let mut from = 0;
    for bounds in cut(&counts, passes) {
        pass(analysed, &letters, from..bounds, take);
        from = bounds;
    }
}

/// The rank of each term's letters among all letters; equal for terms that differ in marks only.
fn letter_ranks(terms: &[Vec<u8>]) -> Vec<u32> {
    let mut rank = 0;
    let mut ranks = Vec::with_capacity(terms.len());
    for (at, key) in terms.iter().enumerate() {
        if at > 0 && split_key(&terms[at - 1]).0 != split_key(key).0 {
            rank += 1;
        }
        ranks.push(rank);
    }
    ranks
}

/// Ends of about equal parts of a list of counts.
fn cut(counts: &[usize], parts: usize) -> Vec<u32> {
    let total: usize = counts.iter().sum();
    let mut ends = Vec::new();
    let mut sum = 0;
    for (at, count) in counts.iter().enumerate() {
        sum += count;
        if sum * parts >= total * (ends.len() + 1) {
            ends.push(at as u32 + 1);
        }
    }
    if ends.last().is_none_or(|end| (*end as usize) < counts.len()) {
        ends.push(counts.len() as u32);
    }
    ends
}

/// All pairs whose first word's letters have a rank in the range.
fn pass(analysed: &Analysed, letters: &[u32], range: std::ops::Range<u32>, take: &mut dyn FnMut(&Pair)) {
    let mut postings: Vec<(u64, u32, Frequency)> = analysed
        .sequences
        .par_iter()
        .enumerate()
        .flat_map_iter(|(doc, sequence)| {
            let pairs = sequence_pairs(sequence, |first| range.contains(&letters[first as usize]));
            pairs.into_iter().map(move |(pair, frequency)| (pair, doc as u32, frequency))
        })
        .collect();
    postings.par_sort_unstable_by_key(|(pair, doc, _)| (*pair, *doc));
    let mut groups: Vec<_> = postings
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            let (first, second) = words_of(same[0].0);
            (letters[first as usize], letters[second as usize], same[0].0, same)
        })
        .collect();
    groups.par_sort_unstable_by_key(|(first, second, pair, _)| (*first, *second, *pair));
    let mut pair = Pair { words: (0, 0), docs: Vec::new(), frequencies: Vec::new() };
    for (_, _, words, same) in groups {
        pair.words = words_of(words);
        pair.docs.clear();
        pair.docs.extend(same.iter().map(|posting| posting.1));
        pair.frequencies.clear();
        pair.frequencies.extend(same.iter().map(|posting| posting.2));
        take(&pair);
    }
}

fn words_of(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// The pairs of an article whose first word is wanted, ascending.
fn sequence_pairs(sequence: &Sequence, wanted: impl Fn(u32) -> bool) -> Vec<(u64, Frequency)> {
    let mut all: Vec<(u64, bool, bool)> = Vec::new();
    for (at, words) in sequence.terms.windows(2).enumerate() {
        let (first, second) = (words[0], words[1]);
        if first == BREAK || second == BREAK || !wanted(first) {
            continue;
        }
        let pair = u64::from(first) << 32 | u64::from(second);
        all.push((pair, at < sequence.title, at >= sequence.title && at < sequence.lead));
    }
    group(&mut all)
}
