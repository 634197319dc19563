//! Which articles are like this one? Worked out at build time, from the rarer pairs of words they share.
//!
//! Each article keeps its strongest pairs (rare, often, in the title); the articles that share them score the sum of
//! the pairs' weights. Pairs rather than single words, as a Vietnamese word is mostly two syllables.

use rayon::prelude::*;

use super::pairs::Pair;

/// Pairs of more articles than this tell nothing about likeness.
const COMMON: usize = 64;
/// Pairs an article is known by.
const KEPT: usize = 24;
/// Related articles that are kept.
pub const RELATED: usize = 5;
/// An article must share this part of the weight of the article's own pairs.
const LEAST: f32 = 0.06;

/// Collects pairs, then tells related articles.
#[derive(Debug)]
pub struct Related {
    articles: usize,
    /// The articles of each pair that was once among the strongest of one.
    starts: Vec<usize>,
    docs: Vec<u32>,
    /// The strongest pairs of each article: weight and number, weakest first.
    strongest: Vec<Vec<(f32, u32)>>,
    /// What a pair must weigh more than, to be one of these: asked so often that it must lie near.
    least: Vec<f32>,
}

impl Related {
    /// Nothing yet.
    #[must_use]
    pub fn new(articles: usize) -> Self {
        let (strongest, least) = (vec![Vec::new(); articles], vec![f32::NEG_INFINITY; articles]);
        Related { articles, starts: vec![0], docs: Vec::new(), strongest, least }
    }

    /// Takes a pair into account.
    pub fn add(&mut self, pair: &Pair) {
        let count = pair.docs.len();
        if !(2..=COMMON).contains(&count) || count * 2 > self.articles {
            return;
        }
        let idf = (self.articles as f32 / count as f32).ln();
        let number = self.starts.len() as u32 - 1;
        let mut is_kept = false;
        for (doc, frequency) in pair.docs.iter().zip(&pair.frequencies) {
            let weight = idf * (1.0 + frequency.count().ln()) * if frequency.in_title() { 2.0 } else { 1.0 };
            let least = &mut self.least[*doc as usize];
            if weight <= *least {
                continue;
            }
            is_kept = true;
            let strongest = &mut self.strongest[*doc as usize];
            let at = strongest.partition_point(|(other, _)| *other < weight);
            strongest.insert(at, (weight, number));
            if strongest.len() > KEPT {
                strongest.remove(0);
            }
            if strongest.len() == KEPT {
                *least = strongest[0].0;
            }
        }
        if is_kept {
            self.docs.extend_from_slice(&pair.docs);
            self.starts.push(self.docs.len());
        }
    }

    /// The related articles of each article, the nearest first.
    #[must_use]
    pub fn finish(self) -> Vec<Vec<u32>> {
        let scores = || vec![0.0; self.articles];
        (0..self.articles as u32).into_par_iter().map_init(scores, |scores, doc| self.of(doc, scores)).collect()
    }

    /// Those of one article. `scores` are zero, and are left so.
    fn of(&self, doc: u32, scores: &mut [f32]) -> Vec<u32> {
        let strongest = &self.strongest[doc as usize];
        let own: f32 = strongest.iter().map(|(weight, _)| weight).sum();
        let mut found = Vec::new();
        for (weight, number) in strongest {
            let range = self.starts[*number as usize]..self.starts[*number as usize + 1];
            for other in self.docs[range].iter().filter(|other| **other != doc) {
                let score = &mut scores[*other as usize];
                if *score == 0.0 {
                    found.push(*other);
                }
                *score += weight;
            }
        }
        let scored = found.into_iter().map(|other| (other, std::mem::take(&mut scores[other as usize])));
        let mut scores: Vec<(u32, f32)> = scored.filter(|(_, score)| *score >= own * LEAST).collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
        scores.into_iter().take(RELATED).map(|(other, _)| other).collect()
    }
}
