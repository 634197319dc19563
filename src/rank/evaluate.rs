//! Terms to matching articles with scores.
//!
//! Each segment is worked through term by term into one score per article. Statistics (articles, lengths, how many
//! articles have a term) are those of all segments together.

use std::rc::Rc;

use super::Weights;
use super::bm25::{Saturation, idf};
use super::tiers::{form_weights, likely_articles};
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
    /// Which alternatives of the query it has all of, a bit each; none when it has a part only.
    pub groups: u16,
    /// Only its text tells whether it has a phrase side by side, or one that is excluded.
    pub doubtful: bool,
}

/// What a query matches.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    /// Articles that have all of an alternative, by segment and number.
    pub full: Vec<Match>,
    /// Articles that have a good part of one.
    pub partial: Vec<Match>,
}

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
    Ok(Some(matches))
}

/// Reads all postings the groups name; false when bytes are missing.
fn load(groups: &[ExpandedGroup], segments: &mut [Segment], ranges: &mut Ranges) -> Result<bool> {
    let mut complete = true;
    for slot in groups.iter().flat_map(slots) {
        for (at, segment) in segments.iter_mut().enumerate() {
            let forms = slot.forms.get(at).into_iter().flatten().map(|form| &form.term);
            let others = [&slot.beginnings, &slot.rare].into_iter().filter_map(|terms| terms.get(at)?.as_ref());
            for term in forms.chain(others) {
                complete &= segment.postings(term, ranges)?.is_some();
            }
        }
    }
    Ok(complete)
}

fn slots(group: &ExpandedGroup) -> impl Iterator<Item = &Slot> {
    let clauses = group.clauses.iter().map(|(clause, _)| clause).chain(&group.excluded);
    clauses.flat_map(clause_slots).chain(group.pairs.iter().map(|(_, pair)| pair))
}

fn clause_slots(clause: &Expanded) -> Vec<&Slot> {
    match clause {
        Expanded::Word(slot) => vec![slot],
        Expanded::Compound(slot, run) | Expanded::Number(slot, run) => {
            std::iter::once(slot).chain(run.words.iter().chain(&run.pairs)).collect()
        }
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

/// Whether the index alone cannot tell if a phrase is there: three words may be two pairs apart, and a pair that is kept
/// by a hash may be another.
fn is_uncertain(clause: &Expanded) -> bool {
    match clause {
        Expanded::Phrase(run) => run.words.len() > 2 || run.is_unfinished() || run.pairs.iter().any(Slot::is_uncertain),
        _ => false,
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
    /// The weight of the neighbours that stand together in it.
    pairs: f32,
    clauses: u16,
    in_title: u16,
}

impl Evaluation<'_> {
    fn run(&mut self, groups: &[ExpandedGroup], matches: &mut Matches) -> Result<()> {
        let count = self.segment.head().articles();
        let mut full = vec![f32::NEG_INFINITY; count];
        let mut answered = vec![0u16; count];
        let mut doubtful = vec![false; count];
        let mut partial = vec![f32::NEG_INFINITY; count];
        for (number, group) in groups.iter().enumerate() {
            let scores = self.group(group, &mut doubtful)?;
            for (doc, (score, whole)) in scores.into_iter().enumerate() {
                let best = if whole { &mut full } else { &mut partial };
                best[doc] = best[doc].max(score);
                answered[doc] |= u16::from(whole) << (number % 16);
            }
        }
        if groups.is_empty() {
            full.fill(0.0);
        }
        let newest = count.max(1) as f32;
        for doc in 0..count {
            let recency = 1.0 + self.weights.recency * doc as f32 / newest;
            let found = |score: f32| Match {
                segment: self.at,
                doc: doc as u32,
                score: score * recency,
                groups: answered[doc],
                doubtful: doubtful[doc],
            };
            if full[doc] > f32::NEG_INFINITY {
                matches.full.push(found(full[doc]));
            } else if partial[doc] > f32::NEG_INFINITY {
                matches.partial.push(found(partial[doc]));
            }
        }
        Ok(())
    }

    /// What a group gives each article, and whether the article has all of it; minus infinity for nothing.
    /// Marks articles whose text must confirm a phrase.
    fn group(&mut self, group: &ExpandedGroup, doubtful: &mut [bool]) -> Result<Vec<(f32, bool)>> {
        let marked = group.clauses.iter().flat_map(|(_, words)| words).any(|word| word.is_marked());
        let count = self.segment.head().articles();
        let mut sums = vec![Sum::default(); count];
        let mut total = 0.0;
        for (clause, _) in &group.clauses {
            let weight = self.clause_weight(clause, marked);
            total += weight;
            let uncertain = is_uncertain(clause);
            for (doc, part) in self.clause(clause, marked)? {
                doubtful[doc as usize] |= uncertain;
                let sum = &mut sums[doc as usize];
                sum.score += part.score;
                sum.weight += weight;
                sum.clauses += 1;
                sum.in_title += u16::from(part.title);
            }
        }
        let mut pairs = 0.0;
        for (_, pair) in &group.pairs {
            let weight = self.rarity(pair, marked);
            pairs += weight;
            for (doc, part) in self.slot(pair, marked)? {
                let sum = &mut sums[doc as usize];
                sum.score += part.score * self.weights.pair;
                sum.pairs += weight;
            }
        }
        let clauses = group.clauses.len() as u16;
        let complete = self.weights.complete * (4.0 / f32::from(clauses.max(1))).powi(3);
        let phrase = if pairs > 0.0 { self.weights.phrase * total / (pairs * pairs) } else { 0.0 };
        let mut excluded = vec![false; count];
        for clause in &group.excluded {
            let certain = !is_uncertain(clause);
            for (doc, _) in self.clause(clause, marked)? {
                if certain {
                    excluded[doc as usize] = true;
                } else {
                    doubtful[doc as usize] = true;
                }
            }
        }
        let judge = |(sum, excluded): (&Sum, &bool)| {
            let score = sum.score + phrase * sum.pairs * sum.pairs;
            if *excluded {
                (f32::NEG_INFINITY, false)
            } else if sum.clauses == clauses {
                let title = if clauses > 0 && sum.in_title == clauses { self.weights.title_whole } else { 0.0 };
                (score * (1.0 + title) * (1.0 + complete), true)
            } else if sum.clauses > 0 && sum.weight >= total * self.weights.partial {
                (score * (sum.weight / total.max(f32::MIN_POSITIVE)).powf(self.weights.coverage), false)
            } else {
                (f32::NEG_INFINITY, false)
            }
        };
        Ok(sums.iter().zip(&excluded).map(judge).collect())
    }

    /// What a clause tells: its words' rarity. What no article has cannot be missed.
    fn clause_weight(&self, clause: &Expanded, marked: bool) -> f32 {
        match clause {
            Expanded::Word(slot) | Expanded::Number(slot, _) | Expanded::Compound(slot, _) => self.rarity(slot, marked),
            Expanded::Phrase(run) => run.words.iter().map(|slot| self.rarity(slot, marked)).sum(),
        }
    }

    fn rarity(&self, slot: &Slot, marked: bool) -> f32 {
        if slot.is_empty() { 0.0 } else { idf(likely_articles(slot, marked, self.weights), self.articles) }
    }

    fn clause(&mut self, clause: &Expanded, marked: bool) -> Result<Scores> {
        Ok(match clause {
            Expanded::Word(slot) => self.slot(slot, marked)?,
            Expanded::Compound(joined, run) | Expanded::Number(joined, run) => {
                union(self.slot(joined, marked)?, self.phrase(run, marked)?)
            }
            Expanded::Phrase(run) => self.phrase(run, marked)?,
        })
    }

    /// Articles that have all pairs of a run; where they come from a hash or are more than one, the text must confirm.
    fn phrase(&mut self, run: &Run, marked: bool) -> Result<Scores> {
        let mut found: Option<Scores> = None;
        for (at, pair) in run.pairs.iter().enumerate() {
            let mut scores = self.slot(pair, marked)?;
            let last = at + 1 == run.pairs.len();
            if last && run.is_unfinished() && self.segment.head().statistics.pair_minimum > 1 {
                // No hash tells what a word is the beginning of: both words, and the text decides.
                let both = intersect(Some(self.slot(&run.words[at], marked)?), self.slot(&run.words[at + 1], marked)?);
                scores = union(
                    scores,
                    both.into_iter().map(|(doc, part)| (doc, Part { score: part.score * 0.1, ..part })).collect(),
                );
            }
            found = Some(intersect(found, scores));
        }
        if let ([], [word]) = (&run.pairs[..], &run.words[..]) {
            found = Some(self.slot(word, marked)?);
        }
        Ok(found.unwrap_or_default())
    }

    /// Articles that have a form of a slot; the best form counts. Those of a hash are among them.
    fn slot(&mut self, slot: &Slot, marked: bool) -> Result<Scores> {
        let forms = self.forms(slot, marked)?;
        let Some(Some(term)) = slot.rare.get(self.at) else { return Ok(forms) };
        let Some(postings) = self.segment.postings(term, self.ranges)? else { return Ok(forms) };
        let score = self.rarity(slot, marked);
        Ok(union(forms, postings.docs.iter().map(|doc| (*doc, Part { score, title: false })).collect()))
    }

    /// Articles that have a form of a slot by its key.
    fn forms(&mut self, slot: &Slot, marked: bool) -> Result<Scores> {
        let idf = self.rarity(slot, marked);
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
