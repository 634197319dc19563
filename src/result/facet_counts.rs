//! How many of the matches have each value of a field.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::collections::{first_by, sort_by};
use crate::index::block::Term;
use crate::index::field::{Facet, label_of};

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// What to pass as a filter.
    pub value: String,
    /// What to show.
    pub label: String,
    /// Articles that have it.
    pub count: usize,
}

/// Values of a field that are counted: the most frequent of the library.
const MAX_VALUES: usize = 100;
/// Values of a field that are looked at to find those.
const MAX_SCANNED: usize = 20_000;

/// Counts the values of a field over articles, given by segment as a mask. `None` when bytes are missing.
///
/// Values that no article has are left out.
///
/// # Errors
/// `damaged` when a block or list is.
pub fn count(
    facet: Facet,
    matching: &[Vec<bool>],
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<Option<Vec<FacetValue>>> {
    let mut values = match facet.tag() {
        None => years(matching, segments),
        Some(tag) => match terms(tag, matching, segments, ranges)? {
            Some(values) => values,
            None => return Ok(None),
        },
    };
    values.retain(|value| value.count > 0);
    match facet {
        Facet::Year => sort_by(&mut values, |a, b| b.value.cmp(&a.value)),
        _ => sort_by(&mut values, |a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label))),
    }
    Ok(Some(values))
}

fn terms(
    tag: u8,
    matching: &[Vec<bool>],
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<Option<Vec<FacetValue>>> {
    let mut all: Vec<(Term, usize)> = Vec::new();
    let mut complete = true;
    for (at, segment) in segments.iter_mut().enumerate() {
        match segment.terms(&[tag], MAX_SCANNED, ranges)? {
            Some(terms) => all.extend(terms.into_iter().map(|term| (term, at))),
            None => complete = false,
        }
    }
    if !complete {
        return Ok(None);
    }
    // Each value with its terms of all segments.
    sort_by(&mut all, |a, b| a.0.key.cmp(&b.0.key));
    let by_value = all.chunk_by(|a, b| a.0.key == b.0.key).map(|terms| {
        let articles: usize = terms.iter().map(|(term, _)| term.articles).sum();
        (articles, terms)
    });
    let most =
        first_by(by_value.collect(), MAX_VALUES, |a, b| b.0.cmp(&a.0).then_with(|| a.1[0].0.key.cmp(&b.1[0].0.key)));
    let mut values = Vec::with_capacity(most.len());
    for (_, terms) in most {
        let mut count = 0;
        for (term, at) in terms {
            match count_term(&mut segments[*at], term, &matching[*at], ranges)? {
                None => complete = false,
                Some(more) => count += more,
            }
        }
        let label = label_of(&terms[0].0.key).unwrap_or_default().to_owned();
        values.push(FacetValue { value: label.clone(), label, count });
    }
    Ok(complete.then_some(values))
}

fn count_term(segment: &mut Segment, term: &Term, matching: &[bool], ranges: &mut Ranges) -> Result<Option<usize>> {
    let postings = segment.postings(term, ranges)?;
    let counted = |docs: &[u32]| docs.iter().filter(|doc| matching.get(**doc as usize) == Some(&true)).count();
    Ok(postings.map(|postings| counted(&postings.docs)))
}

fn years(matching: &[Vec<bool>], segments: &[Segment]) -> Vec<FacetValue> {
    let mut values = Vec::new();
    for (segment, matching) in segments.iter().zip(matching) {
        for (day, range) in segment.head().dates.runs() {
            let count = range.filter(|doc| matching.get(*doc as usize) == Some(&true)).count();
            if count > 0 {
                add(&mut values, &format!("{:04}", day.ymd().0), count);
            }
        }
    }
    values
}

fn add(values: &mut Vec<FacetValue>, label: &str, count: usize) {
    match values.iter_mut().find(|value| value.value == label) {
        Some(value) => value.count += count,
        None => values.push(FacetValue { value: label.to_owned(), label: label.to_owned(), count }),
    }
}
