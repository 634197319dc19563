//! Facets, dates and their postings: which articles may be in a result.

use std::ops::Range;

use crate::analysis::Tokens;
use crate::analysis::marks::{OPEN, SEPARATOR, compare};
use crate::analysis::tokenize::Token;
use crate::article::Day;
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::index::block::Term;
use crate::index::field::{Facet, label_of};
use crate::{Error, Result};

/// What a search is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Fields with the values wanted of each; an article needs one of each field's.
    pub fields: Vec<(Facet, Vec<String>)>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

/// Filters as they fall on one segment.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Article numbers within the dates.
    pub dates: Range<u32>,
    /// For each field of the filters, which articles have a wanted value.
    pub fields: Vec<(Facet, Vec<bool>)>,
}

impl Allowed {
    /// Whether dates and all fields allow an article.
    #[must_use]
    pub fn all(&self, doc: u32) -> bool {
        self.dates.contains(&doc) && self.fields.iter().all(|(_, has)| has.get(doc as usize) == Some(&true))
    }

    /// Whether dates and all fields but one allow an article.
    #[must_use]
    pub fn all_but(&self, facet: Facet, doc: u32) -> bool {
        let others = self.fields.iter().filter(|(field, _)| *field != facet);
        self.dates.contains(&doc) && others.into_iter().all(|(_, has)| has.get(doc as usize) == Some(&true))
    }
}

/// The year of a facet value.
fn year_range(value: &str) -> Option<(Day, Day)> {
    let year = value.parse().ok().filter(|_| value.len() == 4)?;
    Some((Day::from_ymd(year, 1, 1)?, Day::from_ymd(year, 12, 31)?))
}

/// Most values of a field that are spelled alike but for marks.
const ALIKE: usize = 64;

/// The values of a field that a filter names: the one written so, else those that it leaves marks of open.
fn values_of(facet: Facet, value: &str, segment: &mut Segment, ranges: &mut Ranges) -> Result<Option<Vec<Term>>> {
    let Some(key) = facet.key(value) else { return Ok(Some(Vec::new())) };
    let beginning = key.iter().position(|b| *b == SEPARATOR).map_or(key.len(), |at| at + 1);
    let Some(mut terms) = segment.terms(&key[..beginning], ALIKE, ranges)? else { return Ok(None) };
    if terms.iter().any(|term| term.key == key) {
        terms.retain(|term| term.key == key);
    } else {
        terms.retain(|term| {
            facet == Facet::Document || label_of(&term.key).is_some_and(|label| leaves_open(value, label))
        });
    }
    Ok(Some(terms))
}

/// Whether a text has the words of another, with its marks or fewer.
fn leaves_open(text: &str, label: &str) -> bool {
    let (mut typed, mut written) = (Tokens::default(), Tokens::default());
    typed.read(text);
    written.read(label);
    let agree = |(typed, written): (Token<'_>, Token<'_>)| {
        let marks: Vec<u8> = typed.marks().iter().copied().filter(|mark| *mark != OPEN).collect();
        typed.letters() == written.letters() && compare(&marks, written.marks()).is_some()
    };
    typed.words() == written.words() && typed.iter().zip(written.iter()).all(agree)
}

/// Looks filters up in every segment. `None` when bytes are missing.
///
/// # Errors
/// `bad_request` for a year that is none; `damaged` when a block or list is.
pub fn allowed(filters: &Filters, segments: &mut [Segment], ranges: &mut Ranges) -> Result<Option<Vec<Allowed>>> {
    let mut complete = true;
    let mut all = Vec::with_capacity(segments.len());
    for segment in segments {
        let articles = segment.head().articles();
        let dates = match (filters.from, filters.to) {
            (None, None) => 0..articles as u32,
            (from, to) => segment.head().dates.range(from, to),
        };
        let mut fields = Vec::with_capacity(filters.fields.len());
        for (facet, values) in &filters.fields {
            match having(*facet, values, segment, ranges)? {
                None => complete = false,
                Some(has) => fields.push((*facet, has)),
            }
        }
        all.push(Allowed { dates, fields });
    }
    Ok(complete.then_some(all))
}

/// Which articles of a segment have one of the values. `None` when bytes are missing.
#[inline(never)]
fn having(facet: Facet, values: &[String], segment: &mut Segment, ranges: &mut Ranges) -> Result<Option<Vec<bool>>> {
    let mut complete = true;
    let mut has = vec![false; segment.head().articles()];
    for value in values {
        if facet == Facet::Year {
            let wrong = || Error::bad_request("year", "a year has four digits, such as 2024");
            let (first, last) = year_range(value).ok_or_else(wrong)?;
            let range = segment.head().dates.range(Some(first), Some(last));
            range.for_each(|doc| has[doc as usize] = true);
            continue;
        }
        let Some(terms) = values_of(facet, value, segment, ranges)? else {
            complete = false;
            continue;
        };
        for term in terms {
            match segment.postings(&term, ranges)? {
                None => complete = false,
                Some(postings) => postings.docs.iter().for_each(|doc| has[*doc as usize] = true),
            }
        }
    }
    Ok(complete.then_some(has))
}
