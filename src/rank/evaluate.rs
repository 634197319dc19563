//! Terms to matching articles with scores.
//!
//! Each segment is worked through term by term into one score per article. Statistics (articles, lengths, how many
//! articles have a term) are those of all segments together. `explain` says what the score of one is made of.
//! Not all lists of large segments are read: see `common`.

mod explain;
mod judge;

use std::rc::Rc;

use super::Weights;
use super::bm25::{Saturation, idf};
use super::common::{Common, Reading, TOLD_BY_PAIRS, forms, readings};
use super::scores::{Board, Part, Scores, intersect, union};
use super::tiers::likely_articles;
use crate::Result;
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::index::block::Term;
use crate::index::postings::Postings;
use crate::query::expand::{Expanded, ExpandedGroup, Run, Slot};

pub use explain::{Reason, explain};
use judge::{Sum, Whole, typed_clauses};

/// An article that matches, by segment and number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The segment.
    pub segment: usize,
    /// The article's number in it.
    pub doc: u32,
    /// How well it answers; 0 when nothing was asked.
    pub score: f32,
    /// Which part of the neighbours asked for stand together in it, 0 to 1; 1 when there are none.
    pub together: f32,
    /// Which alternatives of the query it has all of, a bit each; none when it has a part only.
    pub groups: u16,
    /// Only its text tells whether it has a phrase side by side, or one that is excluded.
    pub doubtful: bool,
}

/// What a query matches.
#[derive(Debug, Clone)]
pub struct Matches {
    /// Articles that have all of an alternative, by segment and number.
    pub full: Vec<Match>,
    /// Articles that have a good part of one.
    pub partial: Vec<Match>,
    /// Whether something was taken for granted: then how many they are is an estimate.
    pub common: Common,
}

impl Matches {
    /// How many of the neighbours asked for stand together in one article, at most: 0 to 1.
    #[must_use]
    pub fn together(&self) -> f32 {
        self.full.iter().map(|found| found.together).fold(0.0, f32::max)
    }
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
    let matches = evaluate_with(Common::Granted, groups, weights, segments, ranges)?;
    match matches {
        Some(matches) if matches.common == Common::Granted && matches.together() < TOLD_BY_PAIRS => {
            evaluate_with(Common::Whole, groups, weights, segments, ranges)
        }
        matches => Ok(matches),
    }
}

fn evaluate_with(
    common: Common,
    groups: &[ExpandedGroup],
    weights: &Weights,
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<Option<Matches>> {
    if !load(common, groups, weights, segments, ranges)? {
        return Ok(None);
    }
    let library = Totals::of(segments);
    let mut matches = Matches { full: Vec::new(), partial: Vec::new(), common: Common::Whole };
    for (at, segment) in segments.iter_mut().enumerate() {
        Evaluation::new(at, library, weights, common, segment, ranges).run(groups, &mut matches)?;
    }
    Ok(Some(matches))
}

/// What an article counts that has the words of a document's number, against one that cites it.
const OWN_WORDS: f32 = 0.2;
/// What an article scores that has a word which begins with the few letters that are typed of one.
const BEGINS: f32 = 0.1;
/// What an article counts that has the acronym for a term or the term for an acronym, against one with what was typed.
const WIDENED: f32 = 0.9;

/// What an article counts for a word that it is taken to have, against one that has it in the body.
const GRANTED: f32 = 0.5;

/// Reads all postings the groups name; false when bytes are missing.
fn load(
    common: Common,
    groups: &[ExpandedGroup],
    weights: &Weights,
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<bool> {
    let mut complete = true;
    for (at, segment) in segments.iter_mut().enumerate() {
        let scheme = segment.head().statistics.scheme.clone();
        for group in groups {
            let marked = group.is_marked();
            let readings = readings(common, group, &scheme, at);
            let clauses = group.clauses.iter().zip(readings).map(|((clause, _), reading)| (clause, reading));
            let excluded = group.excluded.iter().map(|clause| (clause, Reading::All));
            let slots = clauses
                .chain(excluded)
                .flat_map(|(clause, reading)| clause_slots(clause).into_iter().map(move |slot| (slot, reading)));
            for (slot, reading) in slots.chain(group.pairs.iter().map(|(_, pair)| (pair, Reading::All))) {
                for (term, _) in forms(slot, reading, &scheme, at, marked, weights) {
                    complete &= list(segment, term, reading, ranges)?.is_some();
                }
                if let Some(Some(beginning)) = slot.beginnings.get(at) {
                    complete &= segment.postings(beginning, ranges)?.is_some();
                }
            }
        }
    }
    Ok(complete)
}

/// What is read of a term.
fn list(segment: &mut Segment, term: &Term, reading: Reading, ranges: &mut Ranges) -> Result<Option<Rc<Postings>>> {
    if reading == Reading::Titles { segment.titles(term, ranges) } else { segment.postings(term, ranges) }
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

/// Whether the index alone cannot tell if a phrase is there: three words may be two pairs apart.
fn is_uncertain(clause: &Expanded) -> bool {
    match clause {
        Expanded::Phrase(run) => run.words.len() > 2,
        _ => false,
    }
}

/// Statistics of all segments together.
#[derive(Clone, Copy)]
struct Totals {
    articles: usize,
    /// Words of an article on average.
    average: f32,
}

impl Totals {
    fn of(segments: &[Segment]) -> Self {
        let articles: usize = segments.iter().map(|segment| segment.head().articles()).sum();
        let words: u64 = segments.iter().map(|segment| segment.head().statistics.words).sum();
        Totals { articles, average: words as f32 / articles.max(1) as f32 }
    }
}

struct Evaluation<'a> {
    at: usize,
    articles: usize,
    weights: &'a Weights,
    common: Common,
    saturation: Saturation,
    segment: &'a mut Segment,
    ranges: &'a mut Ranges,
    board: Board,
}

impl<'a> Evaluation<'a> {
    fn new(
        at: usize,
        library: Totals,
        weights: &'a Weights,
        common: Common,
        segment: &'a mut Segment,
        ranges: &'a mut Ranges,
    ) -> Self {
        let saturation = Saturation::new(weights, &segment.head().lengths, library.average);
        let board = Board::new(segment.head().articles());
        Evaluation { at, articles: library.articles, weights, common, saturation, segment, ranges, board }
    }

    /// What the scores of a group are multiplied by: one that widens another counts no more than that, though it has
    /// more words.
    fn scale(&self, groups: &[ExpandedGroup], group: &ExpandedGroup) -> f32 {
        let most = |group: &ExpandedGroup| {
            let marked = group.is_marked();
            let words: f32 = group.clauses.iter().map(|(clause, _)| self.clause_weight(clause, marked)).sum();
            words * if group.pairs.is_empty() { 1.0 } else { 1.0 + self.weights.pair + self.weights.phrase }
        };
        match groups.first() {
            Some(typed) if group.widened => WIDENED * (most(typed) / most(group).max(f32::MIN_POSITIVE)).min(1.0),
            _ => 1.0,
        }
    }

    /// What being new multiplies a score by.
    fn recency(&self, doc: u32) -> f32 {
        1.0 + self.weights.recency * self.segment.place(doc) as f32 / self.articles.max(1) as f32
    }

    fn run(&mut self, groups: &[ExpandedGroup], matches: &mut Matches) -> Result<()> {
        let count = self.segment.head().articles();
        let mut full = vec![f32::NEG_INFINITY; count];
        let mut answered = vec![0u16; count];
        let mut doubtful = vec![false; count];
        let mut partial = vec![f32::NEG_INFINITY; count];
        let mut together = vec![0f32; count];
        for (number, group) in groups.iter().enumerate() {
            let typed = typed_clauses(groups, group);
            if self.passes_over(group) {
                matches.common = Common::Granted;
            }
            let scores = self.group(group, typed, &mut doubtful, &mut together)?;
            let scale = self.scale(groups, group);
            for (doc, (score, whole)) in scores.into_iter().enumerate() {
                let score = score * scale;
                let best = if whole { &mut full } else { &mut partial };
                best[doc] = best[doc].max(score);
                answered[doc] |= u16::from(whole) << (number % 16);
            }
        }
        if groups.is_empty() {
            full.fill(0.0);
            answered.fill(1);
        }
        for doc in (0..count).filter(|doc| self.segment.is_live(*doc as u32)) {
            let recency = self.recency(doc as u32);
            let found = |score: f32| Match {
                segment: self.at,
                doc: doc as u32,
                score: score * recency,
                together: together[doc],
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
    fn group(
        &mut self,
        group: &ExpandedGroup,
        typed: usize,
        doubtful: &mut [bool],
        together: &mut [f32],
    ) -> Result<Vec<(f32, bool)>> {
        let marked = group.is_marked();
        let count = self.segment.head().articles();
        let mut sums = vec![Sum::default(); count];
        let mut total = 0.0;
        let readings = self.readings(group);
        let (granted, others): (Vec<_>, Vec<_>) =
            group.clauses.iter().zip(readings).partition(|(_, reading)| *reading == Reading::Titles);
        for ((clause, _), reading) in others {
            let weight = self.clause_weight(clause, marked);
            total += weight;
            let uncertain = is_uncertain(clause);
            if let Expanded::Word(slot) = clause {
                self.gather(slot, marked, reading)?;
                self.board.take(|doc, part| sums[doc as usize].add(part, weight));
                continue;
            }
            for (doc, part) in self.clause(clause, marked)? {
                doubtful[doc as usize] |= uncertain;
                sums[doc as usize].add(part, weight);
            }
        }
        for ((clause, _), reading) in granted {
            let Expanded::Word(slot) = clause else { continue };
            let weight = self.clause_weight(clause, marked);
            total += weight;
            self.gather(slot, marked, reading)?;
            let otherwise = self.granted_part(slot, marked);
            for (doc, sum) in (0u32..).zip(&mut sums).filter(|(_, sum)| sum.clauses > 0) {
                sum.add(self.board.of(doc).unwrap_or(otherwise), weight);
            }
            self.board.take(|_, _| ());
        }
        let mut pairs = 0.0;
        for (_, pair) in &group.pairs {
            let weight = self.pair_weight(pair, marked);
            pairs += weight;
            self.gather(pair, marked, Reading::All)?;
            let of_pair = self.weights.pair;
            self.board.take(|doc, part| {
                let sum = &mut sums[doc as usize];
                sum.score += part.score * of_pair;
                sum.pairs += weight;
            });
        }
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
        let whole = Whole { clauses: group.clauses.len() as u16, typed, weight: total, pairs };
        let judge = |(sum, excluded): (&Sum, &bool)| {
            let found = if *excluded { None } else { whole.judge(sum, self.weights) };
            found.map_or((f32::NEG_INFINITY, false), |(score, whole)| (score, whole))
        };
        together.iter_mut().zip(&sums).for_each(|(best, sum)| *best = best.max(whole.together(sum)));
        Ok(sums.iter().zip(&excluded).map(judge).collect())
    }

    /// What a clause tells: its words' rarity. What no article has cannot be missed.
    fn clause_weight(&self, clause: &Expanded, marked: bool) -> f32 {
        match clause {
            Expanded::Word(slot) | Expanded::Number(slot, _) | Expanded::Compound(slot, _) => self.rarity(slot, marked),
            Expanded::Phrase(run) => run.words.iter().map(|slot| self.rarity(slot, marked)).sum(),
        }
    }

    /// What neighbours tell that stand together. Where they do in no article, none has all of a phrase.
    fn pair_weight(&self, pair: &Slot, marked: bool) -> f32 {
        if pair.is_empty() { idf(1.0, self.articles) } else { self.rarity(pair, marked) }
    }

    fn rarity(&self, slot: &Slot, marked: bool) -> f32 {
        if slot.is_empty() { 0.0 } else { idf(likely_articles(slot, marked, self.weights), self.articles) }
    }

    fn clause(&mut self, clause: &Expanded, marked: bool) -> Result<Scores> {
        Ok(match clause {
            Expanded::Word(slot) => self.slot(slot, marked)?,
            Expanded::Compound(joined, run) => union(self.slot(joined, marked)?, self.phrase(run, marked)?),
            Expanded::Number(number, run) => {
                // Who cites the document comes before who has its words.
                let mut words = self.phrase(run, marked)?;
                words.iter_mut().for_each(|(_, part)| part.score *= OWN_WORDS);
                union(self.slot(number, marked)?, words)
            }
            Expanded::Phrase(run) => self.phrase(run, marked)?,
        })
    }

    /// Articles that have all pairs of a run; where they are more than one, the text must confirm.
    fn phrase(&mut self, run: &Run, marked: bool) -> Result<Scores> {
        let mut found: Option<Scores> = None;
        for pair in &run.pairs {
            let scores = self.slot(pair, marked)?;
            found = Some(intersect(found, scores));
        }
        if let ([], [word]) = (&run.pairs[..], &run.words[..]) {
            found = Some(self.slot(word, marked)?);
        }
        Ok(found.unwrap_or_default())
    }

    /// Articles that have a form of a slot, ascending; the best form counts.
    fn slot(&mut self, slot: &Slot, marked: bool) -> Result<Scores> {
        self.gather(slot, marked, Reading::All)?;
        Ok(self.board.take_sorted())
    }

    fn readings(&self, group: &ExpandedGroup) -> Vec<Reading> {
        readings(self.common, group, &self.segment.head().statistics.scheme, self.at)
    }

    /// Whether a list of a group is not read.
    fn passes_over(&self, group: &ExpandedGroup) -> bool {
        let (scheme, marked) = (&self.segment.head().statistics.scheme, group.is_marked());
        group.clauses.iter().zip(self.readings(group)).any(|((clause, _), reading)| match clause {
            Expanded::Word(slot) => {
                let read = forms(slot, reading, scheme, self.at, marked, self.weights).len();
                reading == Reading::Titles || slot.forms.get(self.at).is_some_and(|all| read < all.len())
            }
            _ => false,
        })
    }

    /// What a common word that is taken for granted gives an article that has it not in the title.
    fn granted_part(&self, slot: &Slot, marked: bool) -> Part {
        Part { score: GRANTED * self.rarity(slot, marked), title: false }
    }

    /// Notes on the board what a slot gives each article that has a form of it, or a word that begins as it.
    fn gather(&mut self, slot: &Slot, marked: bool, reading: Reading) -> Result<()> {
        let idf = self.rarity(slot, marked);
        let scheme = &self.segment.head().statistics.scheme;
        for (term, weight) in forms(slot, reading, scheme, self.at, marked, self.weights) {
            let postings = list(self.segment, term, reading, self.ranges)?;
            if let Some(postings) = postings {
                for (at, doc) in postings.docs.iter().enumerate() {
                    let part = self.part(&postings, at, *doc, idf * weight);
                    self.board.note(*doc, part);
                }
            }
        }
        if let Some(Some(term)) = slot.beginnings.get(self.at)
            && let Some(postings) = self.segment.postings(term, self.ranges)?
        {
            postings.docs.iter().for_each(|doc| self.board.note(*doc, Part { score: BEGINS, title: false }));
        }
        Ok(())
    }

    /// What the posting at a place gives its article.
    fn part(&self, postings: &Postings, at: usize, doc: u32, weight: f32) -> Part {
        match postings.frequencies.get(at) {
            Some(frequency) => {
                let level = self.segment.head().lengths.level(doc);
                Part { score: weight * self.saturation.of(level, *frequency), title: frequency.in_title() }
            }
            None => Part { score: weight, title: false },
        }
    }
}
