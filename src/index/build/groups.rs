//! Words as numbers: the group of those with the same letters, and the form within it.

use super::words::Words;
use crate::analysis::tokenize::split_key;
use crate::index::pair_block::PairKey;

/// Group and form of every word, by its number.
#[derive(Debug)]
pub struct Numbering {
    groups: Vec<u32>,
    forms: Vec<u32>,
}

impl Numbering {
    /// Numbers terms, which ascend.
    #[must_use]
    pub fn of(terms: &[Vec<u8>], words: &Words) -> Self {
        let mut numbering = Numbering { groups: Vec::with_capacity(terms.len()), forms: vec![0; terms.len()] };
        let same = |a: &Vec<u8>, b: &Vec<u8>| split_key(a).0 == split_key(b).0;
        let mut from = 0;
        for (group, members) in (0u32..).zip(terms.chunk_by(same)) {
            numbering.groups.extend(members.iter().map(|_| group));
            let mut order: Vec<usize> = (from..from + members.len()).collect();
            order.sort_by_key(|term| std::cmp::Reverse(words.of(*term).0.len()));
            for (form, term) in (0u32..).zip(order) {
                numbering.forms[term] = form;
            }
            from += members.len();
        }
        numbering
    }

    /// How many groups there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.groups.last().map_or(0, |last| *last as usize + 1)
    }

    /// A pair of words as numbers.
    #[must_use]
    pub fn pair(&self, words: (u32, u32)) -> PairKey {
        let (first, second) = (words.0 as usize, words.1 as usize);
        PairKey { groups: (self.groups[first], self.groups[second]), forms: (self.forms[first], self.forms[second]) }
    }
}
