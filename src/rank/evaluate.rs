//! Terms to matching articles with scores.
//!
//! Each segment is worked through term by term into one score per article. Statistics (articles, lengths, how many
//! articles have a term) are those of all segments together.

use std::rc::Rc;

use super::Weights;
use super::bm25::{Saturation, idf};
use super::tiers::form_weights;
use crate::Result;
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::index::postings::Postings;
use crate::query::expand::{Expanded, ExpandedGroup, Run, Slot};

/// An article that matches, by segment and number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The segment.
    pub segment: usize,
    /// The article's number in it.
    pub doc: u32,
    /// How well it answers; 0 when nothing was asked.
    pub score: f32,
}

/// What a query matches.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    /// Articles that have all of an alternative, by segment and number.
    pub full: Vec<Match>,
    /// Articles that have a good part of one, only sought when few have all.
    pub partial: Vec<Match>,
}

/// Fewer full matches than this are followed by partial ones.
pub const FEW: usize = 10;
/// A partial match has at least this part of what was asked, by weight.
const PARTIAL: f32 = 0.5;

/// Evaluates a query. `None` when bytes are missing. No groups: every article matches.
///
/// # Errors
/// `damaged` when a list is.
pub fn evaluate(
    groups: &[ExpandedGroup],
    weights: &Weights,
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<Option<Matches>> {
    if !load(groups, segments, ranges)? {
        return Ok(None);
    }
    let articles: usize = segments.iter().map(|segment| segment.head().articles()).sum();
    let words: u64 = segments.iter().map(|segment| segment.head().statistics.words).sum();
    let average = words as f32 / articles.max(1) as f32;
    let mut matches = Matches::default();
    for (at, segment) in segments.iter_mut().enumerate() {
        let saturation = Saturation::new(weights, &segment.head().lengths, average);
        let mut evaluation = Evaluation { at, articles, weights, saturation, segment, ranges };
        evaluation.run(groups, &mut matches)?;
    }
    if matches.full.len() >= FEW {
        matches.partial.clear();
    }
    Ok(Some(matches))
}

/// Reads all postings the groups name; false when bytes are missing.
fn load(groups: &[ExpandedGroup], segments: &mut [Segment], ranges: &mut Ranges) -> Result<bool> {
    let mut complete = true;
    for slot in groups.iter().flat_map(slots) {
        for (at, segment) in segments.iter_mut().enumerate() {
            let forms = slot.forms.get(at).into_iter().flatten().map(|form| &form.term);
            for term in forms.chain(slot.beginnings.get(at).into_iter().flatten()) {
                complete &= segment.postings(term, ranges)?.is_some();
            }
        }
    }
    Ok(complete)
}

fn slots(group: &ExpandedGroup) -> impl Iterator<Item = &Slot> {
    let clauses = group.clauses.iter().map(|(clause, _)| clause).chain(&group.excluded);
    clauses.flat_map(clause_slots).chain(&group.pairs)
}

fn clause_slots(clause: &Expanded) -> Vec<&Slot> {
    match clause {
        Expanded::Word(slot) | Expanded::Number(slot) => vec![slot],
        Expanded::Compound(slot, run) => std::iter::once(slot).chain(run.words.iter().chain(&run.pairs)).collect(),
        Expanded::Phrase(run) => run.words.iter().chain(&run.pairs).collect(),
    }
}

/// Articles with what a clause gives each, ascending.
type Scores = Vec<(u32, Part)>;

/// What a clause gives one article.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    score: f32,
    title: bool,
}

impl Part {
    fn max(self, other: Part) -> Part {
        Part { score: self.score.max(other.score), title: self.title | other.title }
    }

    fn plus(self, other: Part) -> Part {
        Part { score: self.score + other.score, title: self.title & other.title }
    }
}

struct Evaluation<'a> {
    at: usize,
    articles: usize,
    weights: &'a Weights,
    saturation: Saturation,
    segment: &'a mut Segment,
    ranges: &'a mut Ranges,
}

/// Sums over the clauses of a group, by article.
#[derive(Clone, Copy, Default)]
struct Sum {
    score: f32,
    /// The share of the clauses' weight it has.
    weight: f32,
    clauses: u16,
    in_title: u16,
}

impl Evaluation<'_> {
    fn run(&mut self, groups: &[ExpandedGroup], matches: &mut Matches) -> Result<()> {
        let count = self.segment.head().articles();
        let mut full = vec![f32::NEG_INFINITY; count];
        let mut partial = vec![f32::NEG_INFINITY; count];
        for group in groups {
            self.group(group, &mut full, &mut partial)?;
        }
        if groups.is_empty() {
            full.fill(0.0);
        }
        let newest = count.max(1) as f32;
        for doc in 0..count {
            let recency = 1.0 + self.weights.recency * doc as f32 / newest;
            let found = |score: f32| Match { segment: self.at, doc: doc as u32, score: score * recency };
            if full[doc] > f32::NEG_INFINITY {
                matches.full.push(found(full[doc]));
            } else if partial[doc] > f32::NEG_INFINITY {
                matches.partial.push(found(partial[doc]));
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &ExpandedGroup, full: &mut [f32], partial: &mut [f32]) -> Result<()> {
        let marked = group.clauses.iter().flat_map(|(_, words)| words).any(|word| word.is_marked());
        let mut sums = vec![Sum::default(); full.len()];
        let mut total = 0.0;
        for (clause, _) in &group.clauses {
            let weight = self.clause_weight(clause);
            total += weight;
            for (doc, part) in self.clause(clause, marked)? {
                let sum = &mut sums[doc as usize];
                sum.score += part.score;
                sum.weight += weight;
                sum.clauses += 1;
                sum.in_title += u16::from(part.title);
            }
        }
        for pair in &group.pairs {
            for (doc, part) in self.slot(pair, marked)? {
                sums[doc as usize].score += part.score * self.weights.pair;
            }
        }
        let clauses = group.clauses.len() as u16;
        let mut excluded = vec![false; full.len()];
        for clause in &group.excluded {
            for (doc, _) in self.clause(clause, marked)? {
                excluded[doc as usize] = true;
            }
        }
        for (doc, sum) in sums.iter().enumerate().filter(|(doc, _)| !excluded[*doc]) {
            if sum.clauses == clauses {
                let title = if clauses > 0 && sum.in_title == clauses { self.weights.title_whole } else { 0.0 };
                full[doc] = full[doc].max(sum.score * (1.0 + title));
            } else if sum.weight >= total * PARTIAL && clauses > 1 {
                let share = sum.weight / total;
                partial[doc] = partial[doc].max(sum.score * share);
            }
        }
        Ok(())
    }

    /// What a clause tells: its words' rarity.
    fn clause_weight(&self, clause: &Expanded) -> f32 {
        match clause {
            Expanded::Word(slot) | Expanded::Number(slot) | Expanded::Compound(slot, _) => {
                idf(slot.articles(), self.articles)
            }
            Expanded::Phrase(run) => run.words.iter().map(|slot| idf(slot.articles(), self.articles)).sum(),
        }
    }

    fn clause(&mut self, clause: &Expanded, marked: bool) -> Result<Scores> {
        Ok(match clause {
            Expanded::Word(slot) | Expanded::Number(slot) => self.slot(slot, marked)?,
            Expanded::Compound(joined, run) => union(self.slot(joined, marked)?, self.phrase(run, marked)?),
            Expanded::Phrase(run) => self.phrase(run, marked)?,
        })
    }

    /// Articles that have all pairs of a run. Where a pair is in no list although segments leave out pairs of one
    /// article, its words decide, and the text must confirm it.
    fn phrase(&mut self, run: &Run, marked: bool) -> Result<Scores> {
        let leaves_out = self.segment.head().statistics.pair_minimum > 1;
        let mut found: Option<Scores> = None;
        for pair in &run.pairs {
            let scores = self.slot(pair, marked)?;
            if scores.is_empty() && leaves_out {
                continue;
            }
            found = Some(intersect(found, scores));
        }
        if found.is_none() || run.pairs.iter().any(|pair| pair.forms.get(self.at).is_none_or(Vec::is_empty)) {
            for word in &run.words {
                let scores = self.slot(word, marked)?;
                found = Some(intersect(found, scores));
            }
        }
        Ok(found.unwrap_or_default())
    }

    /// Articles that have a form of a slot; the best form counts.
    fn slot(&mut self, slot: &Slot, marked: bool) -> Result<Scores> {
        let idf = idf(slot.articles(), self.articles);
        let form_weights = form_weights(slot, self.at, marked, self.weights);
        let forms = slot.forms.get(self.at).map_or(&[][..], Vec::as_slice);
        let mut lists: Vec<Scores> = Vec::with_capacity(forms.len() + 1);
        for (form, weight) in forms.iter().zip(form_weights) {
            if let Some(postings) = self.segment.postings(&form.term, self.ranges)? {
                lists.push(self.scores(&postings, idf * weight));
            }
        }
        if let Some(Some(term)) = slot.beginnings.get(self.at)
            && let Some(postings) = self.segment.postings(term, self.ranges)?
        {
            lists.push(postings.docs.iter().map(|doc| (*doc, Part { score: 0.1, title: false })).collect());
        }
        Ok(union_all(lists, self.segment.head().articles()))
    }

    fn scores(&self, postings: &Rc<Postings>, weight: f32) -> Scores {
        let lengths = &self.segment.head().lengths;
        let part = |at: usize, doc: u32| match postings.frequencies.get(at) {
            Some(frequency) => {
                Part { score: weight * self.saturation.of(lengths.level(doc), *frequency), title: frequency.in_title() }
            }
            None => Part { score: weight, title: false },
        };
        postings.docs.iter().enumerate().map(|(at, doc)| (*doc, part(at, *doc))).collect()
    }
}

/// Articles of both lists, their scores added.
fn intersect(found: Option<Scores>, other: Scores) -> Scores {
    let Some(found) = found else { return other };
    let mut other = other.into_iter().peekable();
    let mut both = Vec::new();
    for (doc, part) in found {
        while other.next_if(|(next, _)| *next < doc).is_some() {}
        if let Some((_, more)) = other.next_if(|(next, _)| *next == doc) {
            both.push((doc, part.plus(more)));
        }
    }
    both
}

/// Articles of either list, the better score of each.
fn union(first: Scores, second: Scores) -> Scores {
    let mut both = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    loop {
        let next = match (first.peek(), second.peek()) {
            (Some(a), Some(b)) if a.0 == b.0 => {
                let (doc, part) = *a;
                let part = part.max(b.1);
                first.next();
                second.next();
                Some((doc, part))
            }
            (Some(a), Some(b)) if b.0 < a.0 => second.next(),
            (Some(_), _) => first.next(),
            (None, _) => second.next(),
        };
        match next {
            Some(next) => both.push(next),
            None => return both,
        }
    }
}

/// Articles of any list, the best score of each.
fn union_all(mut lists: Vec<Scores>, articles: usize) -> Scores {
    let total: usize = lists.iter().map(Vec::len).sum();
    match lists.len() {
        0 => Vec::new(),
        1 => lists.pop().unwrap_or_default(),
        2 => lists.pop().into_iter().fold(lists.pop().unwrap_or_default(), union),
        _ if total * 8 < articles => lists.into_iter().fold(Scores::new(), union),
        _ => {
            let mut best: Vec<Option<Part>> = vec![None; articles];
            for (doc, part) in lists.into_iter().flatten() {
                if let Some(slot) = best.get_mut(doc as usize) {
                    *slot = Some(slot.map_or(part, |before| before.max(part)));
                }
            }
            (0u32..).zip(best).filter_map(|(doc, part)| part.map(|part| (doc, part))).collect()
        }
    }
}
