//! Does an article have all of what is asked, or enough of it, and what is its score?

use crate::query::expand::ExpandedGroup;
use crate::rank::Weights;
use crate::rank::scores::Part;

/// Sums over the clauses of a group, by article.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    pub score: f32,
    /// The share of the clauses' weight it has.
    pub weight: f32,
    /// The weight of the neighbours that stand together in it.
    pub pairs: f32,
    pub clauses: u16,
    pub in_title: u16,
}

impl Sum {
    /// Adds what a clause gives.
    pub fn add(&mut self, part: Part, weight: f32) {
        self.score += part.score;
        self.weight += weight;
        self.clauses += 1;
        self.in_title += u16::from(part.title);
    }
}

/// A share to a power; most shares are 0 or 1.
fn power(share: f32, exponent: f32) -> f32 {
    if share <= 0.0 || share >= 1.0 { share } else { share.powf(exponent) }
}

/// How many clauses were typed for a group.
pub(super) fn typed_clauses(groups: &[ExpandedGroup], group: &ExpandedGroup) -> usize {
    let typed = if group.widened { groups.first().unwrap_or(group) } else { group };
    typed.clauses.len()
}

/// What an article could have at most of a group.
pub(super) struct Whole {
    pub clauses: u16,
    /// Clauses of what was typed: those of the first alternative if this one widens it.
    pub typed: usize,
    pub weight: f32,
    pub pairs: f32,
}

impl Whole {
    /// The score of an article, and whether it has all of the group; `None` when it has too little.
    pub fn judge(&self, sum: &Sum, weights: &Weights) -> Option<(f32, bool)> {
        let score = sum.score + self.phrase(sum, weights);
        let whole = sum.clauses == self.clauses;
        let enough = whole || sum.clauses > 0 && sum.weight >= self.weight * weights.partial;
        enough.then(|| (self.factors(sum, weights).iter().fold(score, |score, factor| score * factor), whole))
    }

    /// What neighbours that stand together add.
    pub fn phrase(&self, sum: &Sum, weights: &Weights) -> f32 {
        if sum.pairs > 0.0 { weights.phrase * self.weight * power(self.together(sum), weights.sharp) } else { 0.0 }
    }

    /// The share of neighbours that stand together, by weight.
    pub fn together(&self, sum: &Sum) -> f32 {
        if self.pairs > 0.0 { sum.pairs / self.pairs } else { 1.0 }
    }

    /// What the score is multiplied by: for all words, for all words in the title, for the share of words.
    pub fn factors(&self, sum: &Sum, weights: &Weights) -> [f32; 3] {
        if sum.clauses < self.clauses {
            let share = sum.weight / self.weight.max(f32::MIN_POSITIVE);
            return [1.0, 1.0, power(share, weights.coverage)];
        }
        let shorter = 4.0 / self.typed.max(1) as f32;
        let title = if self.clauses > 0 && sum.in_title == self.clauses { weights.title_whole } else { 0.0 };
        [1.0 + weights.complete * shorter * shorter * shorter, 1.0 + title, 1.0]
    }
}
