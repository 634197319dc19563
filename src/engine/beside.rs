//! The articles published before and after one, over all segments.
//!
//! Articles stand in the order of (day, segment, number); undated ones come before all. Within one segment that is the
//! order of the numbers.

use std::cmp::Ordering;
use std::ops::Range;

use crate::article::Day;
use crate::bundle::segment::Segment;

/// An article by segment and number.
type Place = (usize, u32);

/// The article after another.
pub(super) fn newer(segments: &[Segment], from: Place) -> Option<Place> {
    let day = segments.get(from.0)?.head().dates.day(from.1);
    let after = |at: usize, segment: &Segment| match at.cmp(&from.0) {
        Ordering::Less => of_day(segment, day).end,
        Ordering::Equal => from.1 + 1,
        Ordering::Greater => of_day(segment, day).start,
    };
    let next = segments.iter().enumerate().filter_map(|(at, segment)| {
        let doc = (after(at, segment)..segment.head().articles() as u32).find(|doc| segment.is_live(*doc))?;
        Some((segment.head().dates.day(doc), at, doc))
    });
    next.min().map(|(_, at, doc)| (at, doc))
}

/// The article before another.
pub(super) fn older(segments: &[Segment], from: Place) -> Option<Place> {
    let day = segments.get(from.0)?.head().dates.day(from.1);
    let before = |at: usize, segment: &Segment| match at.cmp(&from.0) {
        Ordering::Less => of_day(segment, day).end,
        Ordering::Equal => from.1,
        Ordering::Greater => of_day(segment, day).start,
    };
    let next = segments.iter().enumerate().filter_map(|(at, segment)| {
        let doc = (0..before(at, segment)).rev().find(|doc| segment.is_live(*doc))?;
        Some((segment.head().dates.day(doc), at, doc))
    });
    next.max().map(|(_, at, doc)| (at, doc))
}

/// The articles of a day in a segment; an empty range where they would stand when it has none.
fn of_day(segment: &Segment, day: Option<Day>) -> Range<u32> {
    match day {
        None => 0..segment.head().dates.undated,
        Some(_) => segment.head().dates.range(day, day),
    }
}
