//! What the score of an article is made of, by the same arithmetic that made it.

use serde::{Deserialize, Serialize};

use super::judge::{Sum, Whole, typed_clauses};
use super::{Evaluation, Match, Totals};
use crate::Result;
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::query::expand::{Expanded, ExpandedGroup};
use crate::query::parse::Word;
use crate::rank::Weights;
use crate::rank::common::{Common, Reading};
use crate::rank::scores::{Part, Scores};

/// One thing that an article's score is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// `word`, `pair` and `phrase` are added; then `complete`, `title`, `coverage`, `recency`, `acronym` and
    /// `sequence` multiply.
    pub kind: String,
    /// The words it is about; empty for what is about all.
    pub text: String,
    /// What is added, or multiplied by.
    pub value: f32,
}

/// What the score of a match is made of, by the alternative of the query that it answers best. All postings are here, as
/// [`evaluate`](super::evaluate) has found it. `in_sequence`: its text has the whole query word by word.
///
/// # Errors
/// `damaged` when a list is.
pub fn explain(
    found: &Match,
    common: Common,
    groups: &[ExpandedGroup],
    weights: &Weights,
    in_sequence: bool,
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<Vec<Reason>> {
    let library = Totals::of(segments);
    let Some(segment) = segments.get_mut(found.segment) else { return Ok(Vec::new()) };
    let mut evaluation = Evaluation::new(found.segment, library, weights, common, segment, ranges);
    let mut best: Option<(f32, Vec<Reason>)> = None;
    for group in groups {
        let (score, mut reasons) = evaluation.reasons(group, typed_clauses(groups, group), found.doc)?;
        let scale = evaluation.scale(groups, group);
        if group.widened {
            reasons.push(Reason { kind: "acronym".to_owned(), text: String::new(), value: scale });
        }
        let score = score * scale;
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, reasons));
        }
    }
    let mut reasons = best.map_or_else(Vec::new, |(_, reasons)| reasons);
    if in_sequence {
        reasons.push(Reason { kind: "sequence".to_owned(), text: String::new(), value: 1.0 + weights.sequence });
    }
    Ok(reasons)
}

fn find(scores: &Scores, doc: u32) -> Option<Part> {
    scores.iter().find(|(found, _)| *found == doc).map(|(_, part)| *part)
}

impl Evaluation<'_> {
    /// The score of one article by a group, with all that it is made of.
    fn reasons(&mut self, group: &ExpandedGroup, typed: usize, doc: u32) -> Result<(f32, Vec<Reason>)> {
        let mut reasons = Vec::new();
        let mut reason = |kind: &str, text: String, value: f32| {
            reasons.push(Reason { kind: kind.to_owned(), text, value });
        };
        let text = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let marked = group.is_marked();
        let mut sum = Sum::default();
        let mut whole = Whole { clauses: group.clauses.len() as u16, typed, weight: 0.0, pairs: 0.0 };
        for ((clause, words), reading) in group.clauses.iter().zip(self.readings(group)) {
            let weight = self.clause_weight(clause, marked);
            whole.weight += weight;
            let part = match clause {
                Expanded::Word(slot) => {
                    self.gather(slot, marked, reading)?;
                    let otherwise = (reading == Reading::Titles).then(|| self.granted_part(slot, marked));
                    find(&self.board.take_sorted(), doc).or(otherwise)
                }
                _ => find(&self.clause(clause, marked)?, doc),
            };
            if let Some(part) = part {
                sum.add(part, weight);
                reason("word", text(words), part.score);
            }
        }
        for (at, pair) in &group.pairs {
            let weight = self.pair_weight(pair, marked);
            whole.pairs += weight;
            if let Some(part) = find(&self.slot(pair, marked)?, doc) {
                sum.pairs += weight;
                sum.score += part.score * self.weights.pair;
                let words: Vec<Word> = [*at, at + 1]
                    .iter()
                    .filter_map(|at| group.clauses.get(*at))
                    .flat_map(|(_, words)| words.clone())
                    .collect();
                reason("pair", text(&words), part.score * self.weights.pair);
            }
        }
        reason("phrase", String::new(), whole.phrase(&sum, self.weights));
        let [complete, title, coverage] = whole.factors(&sum, self.weights);
        reason("complete", String::new(), complete);
        reason("title", String::new(), title);
        reason("coverage", String::new(), coverage);
        reason("recency", String::new(), self.recency(doc));
        reasons.retain(|reason| !(reason.value == 1.0 && reason.text.is_empty()) && reason.value != 0.0);
        Ok((whole.judge(&sum, self.weights).map_or(0.0, |(score, _)| score), reasons))
    }
}
