//! From what was typed to what it matches, read anew where it was mistyped.

use super::{Engine, Request};
use crate::Result;
use crate::query::correct::correct;
use crate::query::expand::{ExpandedGroup, expand};
use crate::query::parse::Query;
use crate::rank::Weights;
use crate::rank::evaluate::{Matches, evaluate};
use crate::rank::tiers::weigh;

/// Words that stand together in some article to this part are what was meant.
pub(super) const TOGETHER: f32 = 0.99;
/// A doubtful correction is right when it has this many times the complete answers.
const MANY_MORE: usize = 4;

/// What a query matches.
pub(super) struct Answer {
    pub query: Query,
    pub groups: Vec<ExpandedGroup>,
    pub matches: Matches,
    /// The query's text if it is not the one that was typed.
    pub corrected: Option<String>,
}

impl Engine {
    /// What a query matches, read anew where it was mistyped; `None` when bytes are missing.
    pub(super) fn answer(&mut self, typed: Query, request: &Request, weights: &Weights) -> Result<Option<Answer>> {
        let Some(answer) = self.matches(typed, weights)? else { return Ok(None) };
        let before = answer.matches.full.len();
        let (segments, ranges) = (&mut self.segments, &mut self.ranges);
        let Some(readings) = correct(&request.text, &answer.groups, before > 0, segments, ranges)? else {
            return Ok(None);
        };
        let (Some(certain), Some(daring)) =
            (self.best(&readings.certain, request, weights)?, self.best(&readings.daring, request, weights)?)
        else {
            return Ok(None);
        };
        let count = |answer: &Option<Answer>| answer.as_ref().map_or(0, |answer| answer.matches.full.len());
        // Another alternative has an answer: what is absent from this one is left as it is.
        let certain = certain.filter(|_| before == 0);
        if count(&certain) > 0 {
            return Ok(certain);
        }
        let together = daring.as_ref().is_some_and(|answer| answer.matches.together() > TOGETHER);
        if together && count(&daring) > before * MANY_MORE {
            return Ok(daring);
        }
        if certain.is_some() {
            return Ok(certain);
        }
        Ok(Some(answer))
    }

    /// The reading with an article in which most of its words stand together; `None` when bytes are missing.
    fn best(&mut self, readings: &[String], request: &Request, weights: &Weights) -> Result<Option<Option<Answer>>> {
        let mut best: Option<Answer> = None;
        for text in readings {
            if best.as_ref().is_some_and(|best| best.matches.together() > TOGETHER) {
                break;
            }
            let Some(anew) = self.matches(Query::parse(text, request.prefix)?, weights)? else { return Ok(None) };
            if best.as_ref().is_none_or(|best| anew.matches.together() > best.matches.together()) {
                best = Some(Answer { corrected: Some(text.clone()), ..anew });
            }
        }
        Ok(Some(best))
    }

    /// What a query matches as it stands; `None` when bytes are missing.
    pub(super) fn matches(&mut self, query: Query, weights: &Weights) -> Result<Option<Answer>> {
        let Some(mut groups) = expand(&query, &mut self.segments, &mut self.ranges)? else { return Ok(None) };
        groups.iter_mut().for_each(|group| weigh(group, weights));
        let matches = evaluate(&groups, weights, &mut self.segments, &mut self.ranges)?;
        Ok(matches.map(|matches| Answer { query, groups, matches, corrected: None }))
    }
}
