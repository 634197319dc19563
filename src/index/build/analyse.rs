//! Articles to sequences of term numbers.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::analysis::Tokens;
use crate::article::Article;

/// Between blocks of text in a sequence: no pair reaches over it.
pub const BREAK: u32 = u32::MAX;
/// An article as numbers of terms.
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    /// Terms in the order of the text: title, lead, body, then byline, source and tags; [`BREAK`] between blocks.
    pub terms: Vec<u32>,
    /// The title is `terms[..title]`.
    pub title: usize,
    /// The lead is `terms[title..lead]`.
    pub lead: usize,
    /// Joined words (`pa-nô` → panô) and whether they stand in the title and in the lead.
    pub joined: Vec<(u32, bool, bool)>,
}

impl Sequence {
    /// How many words it has, without breaks and joined words.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.terms.iter().filter(|term| **term != BREAK).count() as u32
    }
}

/// All articles as sequences of numbers of `terms`, which are in key order.
#[derive(Debug, Default)]
pub struct Analysed {
    /// The keys (letters, `0`, marks), ascending.
    pub terms: Vec<Vec<u8>>,
    /// One for each article.
    pub sequences: Vec<Sequence>,
}

/// Analyses articles, some at a time, on any number of threads.
///
/// Each thread numbers terms in the order it meets them; at the end all get the numbers of their keys' order, so that
/// nothing shows which thread read what.
#[derive(Debug, Default)]
pub struct Analyser {
    /// Those at rest: a thread takes one and brings it back.
    readers: Mutex<Vec<Reader>>,
    /// How many there are.
    made: AtomicUsize,
}

/// What was read of some articles.
#[derive(Debug)]
pub struct Part {
    /// Which reader's numbers the sequences have.
    reader: usize,
    sequences: Vec<Sequence>,
}

impl Analyser {
    /// Reads articles.
    #[must_use]
    pub fn read(&self, articles: &[Article]) -> Part {
        let resting = self.readers().pop();
        let mut reader =
            resting.unwrap_or_else(|| Reader { number: self.made.fetch_add(1, Relaxed), ..Reader::default() });
        let sequences = articles.iter().map(|article| reader.sequence(article)).collect();
        let part = Part { reader: reader.number, sequences };
        self.readers().push(reader);
        part
    }

    /// Joins what was read, in the order of the articles.
    #[must_use]
    pub fn finish(self, parts: Vec<Part>) -> Analysed {
        let mut readers = self.readers.into_inner().unwrap_or_else(PoisonError::into_inner);
        readers.sort_unstable_by_key(|reader| reader.number);
        let mut terms: Vec<&Vec<u8>> = readers.iter().flat_map(|reader| &reader.terms).collect();
        terms.par_sort_unstable();
        terms.dedup();
        let rank = |term: &Vec<u8>| terms.partition_point(|other| *other < term) as u32;
        let ranks: Vec<Vec<u32>> = readers.par_iter().map(|reader| reader.terms.iter().map(rank).collect()).collect();
        let terms = terms.into_iter().cloned().collect();
        let sequences = parts.into_par_iter().flat_map_iter(|part| {
            let ranks = &ranks[part.reader];
            part.sequences.into_iter().map(|mut sequence| {
                for term in sequence.terms.iter_mut().filter(|term| **term != BREAK) {
                    *term = ranks[*term as usize];
                }
                for joined in &mut sequence.joined {
                    joined.0 = ranks[joined.0 as usize];
                }
                sequence
            })
        });
        Analysed { terms, sequences: sequences.collect() }
    }

    fn readers(&self) -> MutexGuard<'_, Vec<Reader>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
struct Reader {
    /// Which reader it is.
    number: usize,
    tokens: Tokens,
    numbers: FxHashMap<Vec<u8>, u32>,
    terms: Vec<Vec<u8>>,
    /// The terms of the article at hand; kept, so that a sequence takes no more memory than it needs.
    read: Vec<u32>,
}

impl Reader {
    fn sequence(&mut self, article: &Article) -> Sequence {
        let mut sequence = Sequence::default();
        self.read.clear();
        self.text(&article.title, &mut sequence, true, false);
        sequence.title = self.read.len();
        if let Some(lead) = &article.lead {
            self.text(lead, &mut sequence, false, true);
        }
        sequence.lead = self.read.len();
        let body = article.blocks.iter().map(|block| &block.text);
        let about = [&article.byline, &article.source, &article.category].into_iter().flatten();
        for text in body.chain(about).chain(&article.tags) {
            self.text(text, &mut sequence, false, false);
        }
        sequence.terms = self.read.as_slice().to_vec();
        sequence
    }

    fn text(&mut self, text: &str, sequence: &mut Sequence, title: bool, lead: bool) {
        self.tokens.read(text);
        for token in self.tokens.iter() {
            let number = match self.numbers.get(token.key) {
                Some(number) => *number,
                None => {
                    let next = self.terms.len() as u32;
                    self.numbers.insert(token.key.to_vec(), next);
                    self.terms.push(token.key.to_vec());
                    next
                }
            };
            if token.joined {
                sequence.joined.push((number, title, lead));
            } else {
                self.read.push(number);
            }
        }
        self.read.push(BREAK);
    }
}
