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

/// Articles whose words are counted before they are put in their places: bounds the memory for what is counted.
const BLOCK: usize = 4096;
/// Articles that are counted by one thread.
const PART: usize = 64;

impl Words {
    /// Inverts sequences.
    #[must_use]
    pub fn invert(analysed: &Analysed) -> Self {
        let terms = analysed.terms.len();
        let starts = starts(analysed);
        let total = starts.last().copied().unwrap_or(0);
        let (mut docs, mut frequencies) = (vec![0; total], vec![Frequency::default(); total]);
        let mut next = starts.clone();
        for (block, sequences) in analysed.sequences.chunks(BLOCK).enumerate() {
            let parts = sequences.par_chunks(PART).map_init(
                || Counter::new(terms),
                |counter, part| part.iter().map(|sequence| counter.count(sequence)).collect::<Vec<_>>(),
            );
            let parts: Vec<Vec<Vec<(u32, Frequency)>>> = parts.collect();
            for (at, words) in parts.iter().flatten().enumerate() {
                for (term, frequency) in words {
                    let next = &mut next[*term as usize];
                    docs[*next] = (block * BLOCK + at) as u32;
                    frequencies[*next] = *frequency;
                    *next += 1;
                }
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

/// How often each frequency of words occurs. Told apart from [`Words`], which take memory, so that they can be made later.
#[must_use]
pub fn symbol_counts(analysed: &Analysed) -> [u64; SYMBOLS] {
    let count_part = |counter: &mut Counter, part: &[Sequence]| {
        let mut counts = [0; SYMBOLS];
        for (_, frequency) in part.iter().flat_map(|sequence| counter.count(sequence)) {
            counts[usize::from(frequency.symbol())] += 1;
        }
        counts
    };
    let parts = analysed.sequences.par_chunks(BLOCK).map_init(|| Counter::new(analysed.terms.len()), count_part);
    parts.reduce(|| [0; SYMBOLS], |a, b| std::array::from_fn(|symbol| a[symbol] + b[symbol]))
}

/// Where the postings of each term begin; one more at the end.
fn starts(analysed: &Analysed) -> Vec<usize> {
    let mut starts = vec![0usize; analysed.terms.len() + 1];
    let mut last_seen = vec![u32::MAX; analysed.terms.len()];
    for (doc, sequence) in analysed.sequences.iter().enumerate() {
        let doc = doc as u32;
        let joined = sequence.joined.iter().map(|joined| joined.0);
        for term in sequence.terms.iter().copied().filter(|term| *term != BREAK).chain(joined) {
            if last_seen[term as usize] != doc {
                last_seen[term as usize] = doc;
                starts[term as usize + 1] += 1;
            }
        }
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

/// Counts the words of one article after the other, without sorting them.
struct Counter {
    /// For each term, what is known of it in the article at hand; zero between articles.
    counts: Vec<Count>,
    /// The terms of the article at hand.
    terms: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    count: u32,
    in_title: bool,
    in_lead: bool,
}

impl Counter {
    fn new(terms: usize) -> Self {
        Counter { counts: vec![Count::default(); terms], terms: Vec::new() }
    }

    /// The words of an article with their frequencies, in the order they first stand in.
    fn count(&mut self, sequence: &Sequence) -> Vec<(u32, Frequency)> {
        for (at, term) in sequence.terms.iter().enumerate().filter(|(_, term)| **term != BREAK) {
            self.add(*term, at < sequence.title, at >= sequence.title && at < sequence.lead);
        }
        for (term, in_title, in_lead) in &sequence.joined {
            self.add(*term, *in_title, *in_lead);
        }
        let counts = &mut self.counts;
        let take = |term: u32| {
            let Count { count, in_title, in_lead } = std::mem::take(&mut counts[term as usize]);
            (term, Frequency::new(count, in_title, in_lead))
        };
        self.terms.drain(..).map(take).collect()
    }

    fn add(&mut self, term: u32, in_title: bool, in_lead: bool) {
        let count = &mut self.counts[term as usize];
        if count.count == 0 {
            self.terms.push(term);
        }
        count.count = count.count.saturating_add(1);
        count.in_title |= in_title;
        count.in_lead |= in_lead;
    }
}
