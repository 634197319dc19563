//! What a form of a word counts, by how its marks answer the query's.

use super::Weights;
use crate::analysis::Tier;
use crate::query::expand::{Form, Slot};

/// The weight of each form of a slot in a segment, 0 to 1.
///
/// A query typed without marks means the form most articles have, more likely than a rare one; so where marks are left
/// open, forms count by how frequent they are beside the most frequent one.
#[must_use]
pub fn form_weights(slot: &Slot, segment: usize, query_is_marked: bool, weights: &Weights) -> Vec<f32> {
    let forms = slot.forms.get(segment).map_or(&[][..], Vec::as_slice);
    let most = slot.forms.iter().flatten().map(|form| form.term.articles).max().unwrap_or(1) as f32;
    let exact = slot.forms.iter().flatten().any(|form| form.tier == Tier::Exact && form.whole);
    let weight = |form: &Form| {
        let share = (form.term.articles as f32 / most).powf(weights.rare_form);
        let tier = match form.tier {
            Tier::Exact => 1.0,
            Tier::QueryOpen if query_is_marked && exact => weights.query_open * share,
            Tier::QueryOpen => share,
            Tier::ArticleOpen => weights.article_open,
        };
        if form.whole { tier } else { tier * weights.unfinished }
    };
    forms.iter().map(weight).collect()
}
