//! Postings of words, and of their first letters.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::analyse::{Analysed, BREAK, Sequence};
use crate::analysis::tokenize::split_key;
use crate::index::postings::{Frequency, SYMBOLS};

/// Postings of all words, by the number of the word.
#[derive(Debug, Default)]
pub struct Words {
    starts: Vec<usize>,
    docs: Vec<u32>,
    frequencies: Vec<Frequency>,
}

impl Words {
    /// Inverts sequences.
    #[must_use]
    pub fn invert(analysed: &Analysed) -> Self {
        let forward: Vec<Vec<(u32, Frequency)>> = analysed.sequences.par_iter().map(word_frequencies).collect();
        let mut starts = vec![0usize; analysed.terms.len() + 1];
        for (term, _) in forward.iter().flatten() {
            starts[*term as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let total = starts.last().copied().unwrap_or(0);
        let (mut docs, mut frequencies) = (vec![0; total], vec![Frequency::default(); total]);
        let mut next = starts.clone();
        for (doc, terms) in forward.iter().enumerate() {
            for (term, frequency) in terms {
                let at = &mut next[*term as usize];
                docs[*at] = doc as u32;
                frequencies[*at] = *frequency;
                *at += 1;
            }
        }
        Words { starts, docs, frequencies }
    }

    /// The postings of a word.
    #[must_use]
    pub fn of(&self, term: usize) -> (&[u32], &[Frequency]) {
        let range = self.starts[term]..self.starts[term + 1];
        (&self.docs[range.clone()], &self.frequencies[range])
    }

    /// How often each frequency occurs.
    #[must_use]
    pub fn symbol_counts(&self) -> [u64; SYMBOLS] {
        let mut counts = [0; SYMBOLS];
        for frequency in &self.frequencies {
            counts[usize::from(frequency.symbol())] += 1;
        }
        counts
    }

    /// For each beginning of one or two ASCII letters or digits, the articles with a word that begins so.
    #[must_use]
    pub fn beginnings(&self, terms: &[Vec<u8>], articles: usize) -> BTreeMap<Vec<u8>, Vec<u32>> {
        let mut ranges: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for (term, key) in terms.iter().enumerate() {
            let (letters, _) = split_key(key);
            for length in 1..=2 {
                if let Some(beginning) = letters.get(..length).filter(|letters| letters.is_ascii()) {
                    ranges.entry(beginning.to_vec()).or_default().push(term);
                }
            }
        }
        let collect = |terms: Vec<usize>| {
            let mut has = vec![false; articles];
            for term in terms {
                self.of(term).0.iter().for_each(|doc| has[*doc as usize] = true);
            }
            (0..articles as u32).filter(|doc| has[*doc as usize]).collect::<Vec<u32>>()
        };
        ranges.into_par_iter().map(|(beginning, terms)| (beginning, collect(terms))).collect()
    }
}

/// The words of an article, ascending, with their frequencies.
fn word_frequencies(sequence: &Sequence) -> Vec<(u32, Frequency)> {
    let mut all: Vec<(u32, bool, bool)> = Vec::with_capacity(sequence.terms.len() + sequence.joined.len());
    for (at, term) in sequence.terms.iter().enumerate().filter(|(_, term)| **term != BREAK) {
        all.push((*term, at < sequence.title, at >= sequence.title && at < sequence.lead));
    }
    all.extend_from_slice(&sequence.joined);
    group(&mut all)
}

/// Sorts occurrences and counts equal ones.
pub(super) fn group<T: Ord + Copy>(all: &mut [(T, bool, bool)]) -> Vec<(T, Frequency)> {
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            let count = u32::try_from(same.len()).unwrap_or(u32::MAX);
            let frequency = Frequency::new(count, same.iter().any(|s| s.1), same.iter().any(|s| s.2));
            (same[0].0, frequency)
        })
        .collect()
}
