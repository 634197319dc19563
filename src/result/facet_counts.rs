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
    let mut complete = true;
    let mut values: Vec<FacetValue> = Vec::new();
    for (segment, matching) in segments.iter_mut().zip(matching) {
        let Some(mut terms) = segment.terms(&[tag], MAX_SCANNED, ranges)? else {
            complete = false;
            continue;
        };
        terms = first_by(terms, MAX_VALUES, |a, b| b.articles.cmp(&a.articles).then_with(|| a.key.cmp(&b.key)));
        for term in terms {
            match count_term(segment, &term, matching, ranges)? {
                None => complete = false,
                Some(count) => add(&mut values, label_of(&term.key).unwrap_or_default(), count),
            }
        }
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
