//! What the engine is asked, and what it answers when bytes are missing.

use serde::{Deserialize, Serialize};

use crate::article::Day;
use crate::bundle::ranges::Wanted;
use crate::collections::SortedMap;
use crate::index::field::Facet;
use crate::query::filter::Filters;
use crate::rank::Weights;
use crate::result::Period;
use crate::{Error, Result};

/// Most results of one page.
pub const MAX_LIMIT: usize = 1000;
/// Most values of all filters.
const MAX_FILTER_VALUES: usize = 1000;

/// What is asked of a search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The query text; empty for all articles.
    pub text: String,
    /// Field → values; values of a field are alternatives, fields all apply.
    pub filters: SortedMap<String, Vec<String>>,
    /// First publication day, `YYYY-MM-DD` or `dd/mm/yyyy`.
    pub from: Option<String>,
    /// Last publication day.
    pub to: Option<String>,
    /// The order of the results.
    pub sort: Sort,
    /// How many results, at most [`MAX_LIMIT`]; 10 when absent.
    pub limit: Option<usize>,
    /// How many results to pass over.
    pub offset: usize,
    /// The last word may be unfinished.
    pub prefix: bool,
    /// Fields whose values are counted.
    pub facets: Vec<String>,
    /// The period of the histogram; none when absent.
    pub histogram: Option<Period>,
    /// Each hit says what its score is made of.
    pub explain: bool,
    /// Weights of the ranking that are not to be as usual, by name: see [`Weights`](crate::rank::Weights).
    pub weights: SortedMap<String, f32>,
}

/// The order of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The best answer first; without query text the newest.
    #[default]
    Relevance,
    /// The newest first, undated ones last.
    Newest,
    /// The oldest first, undated ones last.
    Oldest,
}

/// An answer, or what it still needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<T> {
    /// The answer.
    Ready(T),
    /// What is missing for it.
    Needs(Needs),
}

/// Bytes an answer still needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Ranges to fetch.
    pub ranges: Vec<Wanted>,
    /// Articles to inflate.
    pub inflate: Vec<Inflate>,
}

/// An article to inflate: raw deflate, against the bundle's dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inflate {
    /// Its segment.
    pub segment: usize,
    /// Its number in the segment.
    pub doc: u32,
    /// The deflated bytes.
    pub deflated: Vec<u8>,
    /// How many bytes it must give.
    pub length: usize,
}

/// What a library is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// Changes when the content does.
    pub version: String,
    /// Articles.
    pub articles: u64,
    /// All bytes of the bundle.
    pub bytes: u64,
    /// First publication day, ISO 8601.
    pub from: Option<String>,
    /// Last publication day.
    pub to: Option<String>,
    /// Facet fields that have values, in display order.
    pub fields: Vec<String>,
}

pub(super) fn filters(request: &Request) -> Result<Filters> {
    let mut fields = Vec::new();
    let values: usize = request.filters.values().map(Vec::len).sum();
    if values > MAX_FILTER_VALUES {
        return Err(Error::bad_request("filters", &format!("at most {MAX_FILTER_VALUES} values together")));
    }
    for (name, values) in request.filters.iter().filter(|(_, values)| !values.is_empty()) {
        fields.push((facet(name)?, values.clone()));
    }
    let from = request.from.as_deref().map(|text| day("from", text)).transpose()?;
    let to = request.to.as_deref().map(|text| day("to", text)).transpose()?;
    Ok(Filters { fields, from, to })
}

/// The weights with those changed that a request names.
#[inline(never)]
pub(super) fn weights(request: &Request, mut weights: Weights) -> Result<Weights> {
    for (name, value) in request.weights.iter() {
        weights.set(name, *value)?;
    }
    Ok(weights)
}

pub(super) fn facet(name: &str) -> Result<Facet> {
    let known = || Facet::ALL.map(Facet::name).join(", ");
    Facet::of_name(name)
        .ok_or_else(|| Error::bad_request(name, &format!("there is no such field; use one of {}", known())))
}

fn day(option: &str, text: &str) -> Result<Day> {
    Day::parse(text)
        .ok_or_else(|| Error::bad_request(option, &format!("\"{text}\" is no day; write 2024-05-19 or 19/5/2024")))
}
