//! BM25 with fields: Robertson and Zaragoza 2009, *The Probabilistic Relevance Framework: BM25 and Beyond*.
//!
//! Occurrences in the title and the lead count as several (BM25F with one length), then saturate together.

use super::Weights;
use crate::index::columns::Lengths;
use crate::index::postings::Frequency;

/// How much a term tells: the fewer articles have it, the more. Never negative.
///
/// ```
/// assert!(timdoc::rank::bm25::idf(1.0, 1000) > timdoc::rank::bm25::idf(900.0, 1000));
/// ```
#[must_use]
pub fn idf(with_term: f32, articles: usize) -> f32 {
    let articles = articles as f32;
    let with_term = with_term.min(articles);
    (1.0 + (articles - with_term + 0.5) / (with_term + 0.5)).ln()
}

/// The part of BM25 that depends on the article: 0 to k1 + 1.
#[derive(Debug, Clone)]
pub struct Saturation {
    /// By level of length, by symbol of frequency.
    table: [[f32; 32]; 8],
}

impl Saturation {
    /// For articles of these lengths; `average` in words over the whole library.
    #[must_use]
    pub fn new(weights: &Weights, lengths: &Lengths, average: f32) -> Self {
        let mut table = [[0.0; 32]; 8];
        for (row, words) in table.iter_mut().zip(lengths.levels()) {
            let norm = weights.k1 * (1.0 - weights.b + weights.b * *words as f32 / average.max(1.0));
            for (symbol, cell) in (0u8..).zip(row.iter_mut()) {
                let Some(frequency) = Frequency::from_symbol(symbol) else { continue };
                let mut count = frequency.count();
                count += if frequency.in_title() { weights.title } else { 0.0 };
                count += if frequency.in_lead() { weights.lead } else { 0.0 };
                *cell = count * (weights.k1 + 1.0) / (count + norm);
            }
        }
        Saturation { table }
    }

    /// For an article of a level of length and a frequency.
    #[must_use]
    pub fn of(&self, level: usize, frequency: Frequency) -> f32 {
        self.table[level & 7][usize::from(frequency.symbol() & 31)]
    }
}
