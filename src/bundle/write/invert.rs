//! Sequences of words to postings: of facets, pairs of neighbours, words and their first letters, in the order of keys.

use super::dictionary::{Dictionary, DictionaryWriter, PairTerm};
use super::thousandths;
use crate::Result;
use crate::index::build::analyse::Analysed;
use crate::index::build::facets::Terms;
use crate::index::build::groups::Numbering;
use crate::index::build::pairs::{Pair, for_each_pair};
use crate::index::build::related::Related;
use crate::index::build::words::Words;
use crate::index::field::{BEGINNING, PAIR, WORD, key, pair_key};
use crate::index::postings::{Scheme, SymbolRanks};

/// What was read of articles, turned round.
pub struct Inverted {
    /// The term dictionary with its postings.
    pub dictionary: Dictionary,
    /// How its postings are written.
    pub scheme: Scheme,
    /// For each article those most like it.
    pub related: Vec<Vec<u32>>,
}

/// Sequences of words to the term dictionary with its postings. `progress` is told now and then how many thousandths are
/// done.
///
/// # Errors
/// When the FST refuses the keys.
pub fn invert(analysed: Analysed, facet_terms: Terms, progress: &mut dyn FnMut(usize)) -> Result<Inverted> {
    let count = analysed.sequences.len();
    let words = Words::invert(&analysed);
    let scheme = Scheme { articles: count, ranks: SymbolRanks::from_counts(&words.symbol_counts()) };
    let mut related = Related::new(count);
    let numbering = Numbering::of(&analysed.terms, &words);
    let mut writer = DictionaryWriter::new(&scheme, numbering.count());
    let mut facet_terms = facet_terms.into_iter().peekable();
    while let Some((key, docs)) = facet_terms.next_if(|(key, _)| key.first() < Some(&PAIR)) {
        writer.push(&key, &docs, &[]);
    }
    let mut numbers = Vec::new();
    let mut write = |pair: &Pair| {
        let (first, second) = (pair.words.0 as usize, pair.words.1 as usize);
        let of_words = (words.of(first).0, words.of(second).0);
        let base_is_second = of_words.1.len() < of_words.0.len();
        let base = if base_is_second { of_words.1 } else { of_words.0 };
        let is_common = scheme.is_common(base.len());
        if !is_common {
            numbers_within(&pair.docs, base, count, &mut numbers);
        }
        let term = PairTerm {
            key: numbering.pair(pair.words),
            bounds: (scheme.bound(of_words.0.len()), scheme.bound(of_words.1.len())),
            numbers: if is_common { &pair.docs } else { &numbers },
            base_is_second,
        };
        writer.push_pair(&pair_key(&analysed.terms[first], &analysed.terms[second]), &term);
    };
    let mut relate = |pair: &Pair| related.add(pair);
    for_each_pair(&analysed, &mut [&mut write, &mut relate], &mut |done, all| progress(thousandths(done, all)));
    let Analysed { terms, sequences } = analysed;
    drop(sequences); // a quarter of the memory of a build
    let finish = || {
        for (key, docs) in facet_terms {
            writer.push(&key, &docs, &[]);
        }
        for (number, term) in terms.iter().enumerate() {
            let (docs, frequencies) = words.of(number);
            writer.push(&key(WORD, term), docs, frequencies);
        }
        for (beginning, docs) in words.beginnings(&terms, count) {
            writer.push(&key(BEGINNING, &beginning), &docs, &[]);
        }
        writer.finish()
    };
    let (dictionary, related) = rayon::join(finish, || related.finish());
    Ok(Inverted { dictionary: dictionary?, scheme, related })
}

/// Where the articles of a pair stand in the list of one of its words; both ascend, and are below `articles`.
fn numbers_within(docs: &[u32], base: &[u32], articles: usize, numbers: &mut Vec<u32>) {
    numbers.clear();
    let (mut from, mut passed) = (0, 0);
    for doc in docs {
        // A word is about as frequent in all articles of a library: few steps from where it should stand then.
        let guess = (*doc as usize - passed) * (base.len() - from) / (articles - passed);
        from += place_of(*doc, &base[from..], guess);
        numbers.push(from as u32);
        (from, passed) = (from + 1, *doc as usize + 1);
    }
}

/// Where `doc` stands in a list that has it, near `guess`.
fn place_of(doc: u32, list: &[u32], guess: usize) -> usize {
    let (mut low, mut high, mut step) = (guess, guess, 1);
    while list.get(high).is_some_and(|other| *other < doc) {
        (low, high, step) = (high + 1, high + step, step * 2);
    }
    while low > 0 && list[low - 1] >= doc {
        (low, high, step) = (low.saturating_sub(step), low - 1, step * 2);
    }
    let high = high.min(list.len());
    low + list[low..high].partition_point(|other| *other < doc)
}
