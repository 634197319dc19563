//! Which lists of a large segment need not be read?
//!
//! In a large segment, words that a good part of all articles have are most of what a query's lists weigh and tell
//! least; and so are, where marks are left open, the forms that hardly anybody means. Where pairs of neighbours tell
//! which articles are meant, a query does without both:
//!
//! | a word beside others | is read |
//! | --- | --- |
//! | has a common form ([`Scheme::is_common`]), others of the query have none | the titles it stands in; that the other articles have it is taken for granted |
//! | other words | its forms that are likely by their neighbours, and those with short lists |
//!
//! Totals are estimates then. Where no article has a good part of the query side by side, words scattered over the text
//! are what is asked for, and all lists are read after all.
//!
//! | 100,000 news articles, 250 queries each, MRR@10 | all lists | so |
//! | --- | --- | --- |
//! | titles, without marks | .982 | .982 |
//! | spans of 4 to 7 syllables; without marks | .743; .737 | .740; .734 |
//! | five words from anywhere in a text; without marks | .176; .077 | .176; .077 |

use super::Weights;
use super::tiers::form_weights;
use crate::index::block::Term;
use crate::index::postings::Scheme;
use crate::query::expand::{Expanded, ExpandedGroup, Slot};

/// Whether a query's lists are all read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Common {
    /// What is common is taken for granted, what is unlikely passed over.
    Granted,
    /// All lists are read.
    Whole,
}

/// What is read of a word in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The lists of all forms.
    All,
    /// Those of forms that are likely, or short.
    Likely,
    /// Of the likely forms, the articles that have them in the title.
    Titles,
}

/// A form is likely when it counts so much: see [`form_weights`].
const LIKELY: f32 = 0.5;

/// Common words are taken for granted when so much of the neighbours asked for stands together in some article.
pub(super) const TOLD_BY_PAIRS: f32 = 0.5;

/// What is read of each clause of a group in a segment.
pub(super) fn readings(common: Common, group: &ExpandedGroup, scheme: &Scheme, at: usize) -> Vec<Reading> {
    if common == Common::Whole || !scheme.is_large() || group.pairs.is_empty() {
        return vec![Reading::All; group.clauses.len()];
    }
    let is_common = |clause: &Expanded| match clause {
        Expanded::Word(slot) => slot.forms.get(at).into_iter().flatten().any(|form| form.term.is_common()),
        _ => false,
    };
    let has = |clause: &Expanded| match clause {
        Expanded::Word(slot) => slot.forms.get(at).is_some_and(|forms| !forms.is_empty()),
        _ => true,
    };
    let has_rarer = group.clauses.iter().any(|(clause, _)| has(clause) && !is_common(clause));
    let reading = |clause: &Expanded| match clause {
        Expanded::Word(_) if has_rarer && is_common(clause) => Reading::Titles,
        Expanded::Word(_) => Reading::Likely,
        _ => Reading::All,
    };
    group.clauses.iter().map(|(clause, _)| reading(clause)).collect()
}

/// The forms of a slot whose lists are read, with what each counts.
pub(super) fn forms<'s>(
    slot: &'s Slot,
    reading: Reading,
    scheme: &Scheme,
    at: usize,
    marked: bool,
    weights: &Weights,
) -> Vec<(&'s Term, f32)> {
    let terms = slot.forms.get(at).into_iter().flatten().map(|form| &form.term);
    let weighed = terms.zip(form_weights(slot, at, marked, weights));
    let is_read =
        |(term, weight): &(&Term, f32)| reading == Reading::All || *weight >= LIKELY || !scheme.is_heavy(term.articles);
    weighed.filter(is_read).collect()
}
