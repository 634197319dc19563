//! Matches in the order they are shown.

use super::request::Sort;
use crate::bundle::segment::Segment;
use crate::collections::{first_by, sort_by};
use crate::query::filter::Allowed;
use crate::rank::evaluate::{Match, Matches};

/// Up to this many articles are all read when only their texts tell whether they have a phrase; of more, as many as a
/// page needs.
const FEW_DOUBTFUL: usize = 48;

/// Matches in the order they are shown.
pub(super) struct Ordered {
    /// Those that have all of an alternative, the first of them.
    pub full: Vec<Match>,
    /// Those that have a part of one, the first of them.
    pub partial: Vec<Match>,
    /// How many have all.
    pub total: usize,
    /// How many have a part.
    pub partial_total: usize,
    /// Few are only decided by their texts: all of them will be.
    pub few_doubtful: bool,
    /// [`Ordered::total`] is no upper bound.
    pub exact: bool,
    /// Those whose text has not what the index promised.
    pub dropped: Vec<Match>,
}

impl Ordered {
    /// Keeps what filters allow, in the order asked for. All of it is counted; the first `wanted` are in order.
    pub fn new(segments: &[Segment], matches: &Matches, allowed: &[Allowed], order: Sort, wanted: usize) -> Self {
        let keep = |found: &[Match]| {
            found.iter().filter(|found| allowed[found.segment].all(found.doc)).copied().collect::<Vec<Match>>()
        };
        let in_order = |mut found: Vec<Match>, wanted: usize| match order {
            Sort::Relevance => {
                let better = |a: &Match, b: &Match| {
                    b.score.total_cmp(&a.score).then((b.segment, b.doc).cmp(&(a.segment, a.doc)))
                };
                if wanted < found.len() {
                    return first_by(found, wanted, better);
                }
                sort_by(&mut found, better);
                found
            }
            _ => by_date(segments, found, order),
        };
        let (full, partial) = (keep(&matches.full), keep(&matches.partial));
        let (total, partial_total) = (full.len(), partial.len());
        let partial = if full.is_empty() || order == Sort::Relevance { in_order(partial, wanted) } else { Vec::new() };
        let doubtful = full.iter().filter(|found| found.doubtful).count();
        // Some may be dropped, and others take their places: then all are put in order.
        let full = in_order(full, if doubtful > 0 { usize::MAX } else { wanted });
        Ordered {
            full,
            partial,
            total,
            partial_total,
            few_doubtful: doubtful <= FEW_DOUBTFUL,
            exact: true,
            dropped: Vec::new(),
        }
    }
}

impl Ordered {
    /// The list that is shown: by score those that have all and those that have a part together, else the former.
    pub fn merged(self, order: Sort) -> Vec<Match> {
        let mut list = self.full;
        if order == Sort::Relevance || list.is_empty() {
            let mut partial = self.partial.into_iter().peekable();
            let mut merged = Vec::with_capacity(list.len() + partial.len());
            for found in list {
                while let Some(better) = partial.next_if(|partial| partial.score > found.score) {
                    merged.push(better);
                }
                merged.push(found);
            }
            merged.extend(partial);
            list = merged;
        }
        list
    }
}

/// Newest or oldest first. Matches come by segment and number, which is by date within a segment.
#[inline(never)]
fn by_date(segments: &[Segment], mut found: Vec<Match>, order: Sort) -> Vec<Match> {
    let day = |found: &Match| segments[found.segment].head().dates.day(found.doc);
    if segments.len() > 1 {
        sort_by(&mut found, |a, b| (day(a), a.segment, a.doc).cmp(&(day(b), b.segment, b.doc)));
    }
    match order {
        Sort::Oldest => {
            let undated = found.iter().take_while(|found| day(found).is_none()).count();
            found.rotate_left(undated);
        }
        _ => found.reverse(),
    }
    found
}
