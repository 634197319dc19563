//! Matching articles to what a reader sees.
//!
//! | file | answers |
//! | --- | --- |
//! | [`highlight`] | which words of a text did the query mean? |
//! | [`snippet`] | which passage shows best why an article answers? |
//! | [`hit`] | what is shown of an article in a list, and of the article itself? |
//! | [`facet_counts`] | how many of the matches have each value of a field? |
//! | [`suggest`] | what could a half-typed query become? |
//! | [`histogram`] | how many were published in each year or month? |

pub mod facet_counts;
pub mod highlight;
pub mod histogram;
pub mod hit;
pub mod snippet;
pub mod suggest;

use serde::{Deserialize, Serialize};

use crate::collections::SortedMap;

pub use facet_counts::FacetValue;
pub use histogram::{Bar, Period};
pub use hit::{ArticleView, Hit, RelatedArticle};
pub use suggest::Suggestion;

/// A piece of text; `hit` pieces are what the query meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Plain text.
    pub text: String,
    /// Whether the query meant it.
    pub hit: bool,
}

/// How the query was read where that is not as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The query as answered.
    pub query: String,
    /// The query as typed.
    pub original: String,
}

/// What a search gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchResult {
    /// The query as typed.
    pub query: String,
    /// Articles found.
    pub total: usize,
    /// False when [`SearchResult::total`] is an estimate from above: only texts that are not read yet tell whether an
    /// article has a phrase word by word, or common words of a large segment were taken for granted.
    pub total_exact: bool,
    /// Articles in the list: by relevance also those that have a part of what was asked, mostly after the others.
    pub listed: usize,
    /// True when no article has all that was asked, and these are the best that have a part.
    pub partial: bool,
    /// How the query was read, if not as typed.
    pub corrected: Option<Correction>,
    /// The articles of this page of results.
    pub hits: Vec<Hit>,
    /// Values and counts of the fields asked for, the most frequent first.
    pub facets: SortedMap<String, Vec<FacetValue>>,
    /// Counts by period, if asked for.
    pub histogram: Vec<Bar>,
    /// Microseconds it took, without waiting for bytes; set by who has a clock.
    pub took_us: u64,
}
