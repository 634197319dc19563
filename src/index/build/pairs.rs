//! Postings of pairs of neighbouring words.
//!
//! ```text
//! sequences ──a range of first words──► occurrences, by first letters ──sort──► pairs in key order, with postings
//! ```
//!
//! All occurrences at once would take more memory than the texts, so they are made for one range of first words after
//! the other. While the pairs of one range are taken, the next is made.

use std::ops::Range;

use rayon::prelude::*;

use super::analyse::{Analysed, BREAK, Sequence};
use crate::analysis::tokenize::split_key;
use crate::index::postings::Frequency;

/// A pair and its articles.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// The numbers of its words.
    pub words: (u32, u32),
    /// Its articles, ascending.
    pub docs: Vec<u32>,
    /// One for each article.
    pub frequencies: Vec<Frequency>,
}

/// About how many occurrences are in memory at once, of 16 bytes each.
const PASS: usize = 1 << 20;

/// One that takes pairs.
pub type Taker<'a> = &'a mut (dyn FnMut(&Pair) + Send);

/// Gives every pair to each of `takers`, in the order of the pairs' keys, and now and then tells `progress` how many of
/// how many ranges of words are done. The takers do not wait for one another, but from one range to the next.
pub fn for_each_pair(analysed: &Analysed, takers: &mut [Taker<'_>], progress: &mut dyn FnMut(usize, usize)) {
    let letters = Letters::of(&analysed.terms);
    let counts = count_first(analysed, &letters);
    // While pairs are taken, the next are made.
    let together = (rayon::current_num_threads() - 1).max(1);
    let ranges = cut(&counts, PASS / together);
    let make = |ranges: &[Range<usize>]| -> Vec<Vec<Occurrence>> {
        ranges.par_iter().map(|range| occurrences(analysed, &letters, &counts, range)).collect()
    };
    let (mut done, all) = (0, ranges.len());
    let mut ranges = ranges.chunks(together);
    let mut made = ranges.next().map(make).unwrap_or_default();
    while !made.is_empty() {
        let next = || ranges.next().map(make).unwrap_or_default();
        done += made.len();
        let take = || takers.par_iter_mut().for_each(|take| made.iter().for_each(|pass| take_pairs(pass, take)));
        (_, made) = rayon::join(take, next);
        progress(done, all);
    }
}

/// The letters of terms: words that differ in marks only have the same, and stand side by side.
struct Letters {
    /// The rank of each term's letters among all letters.
    ranks: Vec<u32>,
    /// The first term with letters of each rank; one more at the end.
    starts: Vec<u32>,
}

impl Letters {
    fn of(terms: &[Vec<u8>]) -> Self {
        let mut letters = Letters { ranks: Vec::with_capacity(terms.len()), starts: Vec::new() };
        for (at, key) in terms.iter().enumerate() {
            if at == 0 || split_key(&terms[at - 1]).0 != split_key(key).0 {
                letters.starts.push(at as u32);
            }
            letters.ranks.push(letters.starts.len() as u32 - 1);
        }
        letters.starts.push(terms.len() as u32);
        letters
    }
}

/// For each rank of letters, how many pairs begin with them.
fn count_first(analysed: &Analysed, letters: &Letters) -> Vec<usize> {
    let mut counts = vec![0; letters.starts.len() - 1];
    for (_, first, _) in analysed.sequences.iter().flat_map(neighbours) {
        counts[letters.ranks[first as usize] as usize] += 1;
    }
    counts
}

/// Two words that stand side by side, and where.
fn neighbours(sequence: &Sequence) -> impl Iterator<Item = (usize, u32, u32)> {
    let pairs = sequence.terms.windows(2).enumerate().map(|(at, words)| (at, words[0], words[1]));
    pairs.filter(|(_, first, second)| *first != BREAK && *second != BREAK)
}

/// Ranges that sum up to about `most` each.
fn cut(counts: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (at, count) in counts.iter().enumerate() {
        if sum > 0 && sum + count > most {
            ranges.push(start..at);
            (start, sum) = (at, 0);
        }
        sum += count;
    }
    ranges.push(start..counts.len());
    ranges
}

/// A pair at one place of an article, such that occurrences sort as the keys of their pairs do, then by article: 32
/// bits each for the rank of the second word's letters, the first word, the second word, and article · 4 + in lead · 2
/// + in title. The first word's letters are those of the bucket it is sorted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Occurrence(u128);

impl Occurrence {
    fn new(second_letters: u32, words: (u32, u32), place: u32) -> Self {
        let words = u128::from(words.0) << 64 | u128::from(words.1) << 32;
        Occurrence(u128::from(second_letters) << 96 | words | u128::from(place))
    }

    fn words(self) -> (u32, u32) {
        ((self.0 >> 64) as u32, (self.0 >> 32) as u32)
    }

    fn doc(self) -> u32 {
        self.0 as u32 >> 2
    }

    /// In the title? In the lead?
    fn parts(self) -> (bool, bool) {
        (self.0 & 1 != 0, self.0 & 2 != 0)
    }

    fn is_same_pair(&self, other: &Self) -> bool {
        self.0 >> 32 == other.0 >> 32
    }
}

/// All occurrences of pairs whose first word's letters have a rank in the range, in order.
fn occurrences(analysed: &Analysed, letters: &Letters, counts: &[usize], range: &Range<usize>) -> Vec<Occurrence> {
    let counts = &counts[range.clone()];
    let terms = letters.starts[range.start]..letters.starts[range.end];
    let mut next = Vec::with_capacity(counts.len());
    let mut total = 0;
    for count in counts {
        next.push(total);
        total += count;
    }
    let mut all = vec![Occurrence::default(); total];
    for (doc, sequence) in analysed.sequences.iter().enumerate() {
        for (at, words) in sequence.terms.windows(2).enumerate() {
            let (first, second) = (words[0], words[1]);
            // Most words are of another range; that a first word is none need not be asked then.
            if !terms.contains(&first) || second == BREAK {
                continue;
            }
            let (title, lead) = (at < sequence.title, at >= sequence.title && at < sequence.lead);
            let place = (doc as u32) << 2 | u32::from(lead) << 1 | u32::from(title);
            let slot = &mut next[letters.ranks[first as usize] as usize - range.start];
            all[*slot] = Occurrence::new(letters.ranks[second as usize], (first, second), place);
            *slot += 1;
        }
    }
    let mut buckets = Vec::with_capacity(counts.len());
    let mut rest = all.as_mut_slice();
    for count in counts {
        let (bucket, after) = rest.split_at_mut(*count);
        buckets.push(bucket);
        rest = after;
    }
    buckets.into_par_iter().with_min_len(64).for_each(<[Occurrence]>::sort_unstable);
    all
}

/// Calls `take` for the pairs of ordered occurrences.
fn take_pairs(occurrences: &[Occurrence], take: &mut Taker<'_>) {
    let mut pair = Pair::default();
    for same in occurrences.chunk_by(Occurrence::is_same_pair) {
        pair.words = same[0].words();
        pair.docs.clear();
        pair.frequencies.clear();
        for in_article in same.chunk_by(|a, b| a.doc() == b.doc()) {
            let (title, lead) = in_article.iter().fold((false, false), |(title, lead), occurrence| {
                let parts = occurrence.parts();
                (title | parts.0, lead | parts.1)
            });
            pair.docs.push(in_article[0].doc());
            pair.frequencies.push(Frequency::new(in_article.len() as u32, title, lead));
        }
        take(&pair);
    }
}
