//! A page of what a query matches: which articles, in which order, with what is shown of each.

use super::answer::{Answer, TOGETHER};
use super::order::Ordered;
use super::{Engine, Outcome, Request, Sort};
use crate::Result;
use crate::collections::{SortedMap, sort_by};
use crate::index::field::Facet;
use crate::query::filter::Allowed;
use crate::rank::Weights;
use crate::rank::common::Common;
use crate::rank::evaluate::{Match, explain};
use crate::result::highlight::Meant;
use crate::result::hit::{Reading, all_texts};
use crate::result::{Bar, Correction, FacetValue, Hit, Period, SearchResult, facet_counts, histogram};

/// So many of the best matches are read to see which have the whole query word by word: a page and a few more (20 find
/// no more known items; 10 lose a hundredth of those whose last word is cut).
const READ_BEST: usize = 13;
/// Most articles that are read to confirm phrases.
const MAX_CONFIRMED: usize = 1000;

/// Articles that were read, by segment and number.
type Read = SortedMap<(usize, u32), Reading>;

/// What was asked of a search, read.
pub(super) struct Asked<'a> {
    pub request: &'a Request,
    pub sort: Sort,
    pub limit: usize,
    pub facets: Vec<Facet>,
    pub allowed: Vec<Allowed>,
    pub weights: Weights,
}

impl Engine {
    /// A page of what a query matches.
    pub(super) fn page(
        &mut self,
        asked: &Asked<'_>,
        answer: &Answer,
        meant: &mut Meant,
    ) -> Result<Outcome<SearchResult>> {
        let request = asked.request;
        let mut wanted = request.offset.saturating_add(asked.limit);
        if reads_best(asked, meant) {
            // Whichever page is asked for, the best are put in order by their texts, or pages would overlap.
            wanted = wanted.max(READ_BEST);
        }
        let mut order = Ordered::new(&self.segments, &answer.matches, &asked.allowed, asked.sort, wanted);
        let is_doubtful = order.full.iter().any(|found| found.doubtful);
        if is_doubtful && !self.confirm(&mut order, meant, wanted)? {
            return Ok(self.needs());
        }
        let only_partial = order.total == 0 && order.partial_total > 0;
        let counted = if only_partial { &answer.matches.partial } else { &answer.matches.full };
        let matching = self.masks(counted, &order.dropped);
        let facets = match asked.facets[..] {
            [] => SortedMap::default(),
            _ => self.count(&asked.facets, &matching, &asked.allowed)?,
        };
        let histogram = request.histogram.map_or_else(Vec::new, |period| self.bars(period, &matching, &asked.allowed));
        let certain = answer.matches.common == Common::Whole;
        let (total, exact) = if only_partial { (order.partial_total, true) } else { (order.total, order.exact) };
        let listed = if asked.sort == Sort::Relevance { order.total + order.partial_total } else { total };
        let mut list = order.merged(asked.sort);
        let mut read = self.read_best(&mut list, certain, asked, meant)?;
        let mut hits = Vec::with_capacity(asked.limit.min(listed));
        for found in list.into_iter().skip(request.offset).take(asked.limit) {
            let Some(stored) = self.stored(found.segment, found.doc)? else { continue };
            let place = (found.segment, found.doc);
            let reading = read.remove(&place);
            let reading = reading.unwrap_or_else(|| Reading::new(&stored.article, found.groups > 0, certain, meant));
            let in_sequence = reading.in_sequence;
            let mut hit = Hit::new(&stored, found.score, reading, meant);
            if request.explain {
                let (segments, ranges) = (&mut self.segments, &mut self.ranges);
                hit.reasons = explain(
                    &found,
                    answer.matches.common,
                    &answer.groups,
                    &asked.weights,
                    in_sequence,
                    segments,
                    ranges,
                )?;
            }
            hits.push(hit);
        }
        if self.is_wanting() {
            return Ok(self.needs());
        }
        let original = || request.text.clone();
        Ok(Outcome::Ready(SearchResult {
            query: original(),
            total,
            total_exact: exact && certain,
            listed,
            partial: only_partial,
            corrected: answer.corrected.clone().map(|query| Correction { query, original: original() }),
            hits,
            facets,
            histogram,
            took_us: 0,
        }))
    }

    /// Reads the texts of the best matches whose neighbours all stand together somewhere: those in which the whole query
    /// stands word by word come before those that have its pairs apart. Gives what was read.
    fn read_best(
        &mut self,
        list: &mut Vec<Match>,
        certain: bool,
        asked: &Asked<'_>,
        meant: &mut Meant,
    ) -> Result<Read> {
        let mut read = Read::default();
        if !reads_best(asked, meant) {
            return Ok(read);
        }
        for found in list.iter_mut().take(READ_BEST).filter(|found| found.together > TOGETHER) {
            let Some(stored) = self.stored(found.segment, found.doc)? else { continue };
            let reading = Reading::new(&stored.article, found.groups > 0, certain, meant);
            if reading.in_sequence {
                found.score *= 1.0 + asked.weights.sequence;
            }
            read.insert((found.segment, found.doc), reading);
        }
        sort_by(list, |a, b| b.score.total_cmp(&a.score));
        Ok(read)
    }

    /// By segment, which articles match.
    fn masks(&self, matches: &[Match], dropped: &[Match]) -> Vec<Vec<bool>> {
        let mut masks: Vec<Vec<bool>> = self.segments.iter().map(|s| vec![false; s.head().articles()]).collect();
        for (found, has) in matches.iter().map(|found| (found, true)).chain(dropped.iter().map(|found| (found, false)))
        {
            masks[found.segment][found.doc as usize] = has;
        }
        masks
    }

    #[inline(never)] // As all that a first search does not ask for: see tests/tools/split.mjs.
    fn count(
        &mut self,
        facets: &[Facet],
        matching: &[Vec<bool>],
        allowed: &[Allowed],
    ) -> Result<SortedMap<String, Vec<FacetValue>>> {
        let mut counts = SortedMap::default();
        for facet in facets {
            let masked = mask(matching, |at, doc| allowed[at].all_but(*facet, doc));
            let values = facet_counts::count(*facet, &masked, &mut self.segments, &mut self.ranges)?;
            counts.insert(facet.name().to_owned(), values.unwrap_or_default());
        }
        Ok(counts)
    }

    /// The histogram is not narrowed by the dates it is used to choose.
    #[inline(never)]
    fn bars(&self, period: Period, matching: &[Vec<bool>], allowed: &[Allowed]) -> Vec<Bar> {
        let without_dates: Vec<Allowed> = allowed.iter().map(|a| Allowed { dates: 0..u32::MAX, ..a.clone() }).collect();
        let masked = mask(matching, |at, doc| without_dates[at].all_but(Facet::Year, doc));
        histogram::histogram(period, &masked, &self.segments)
    }

    /// Reads the texts of doubtful matches and drops those that do not have the phrases word by word, or have an
    /// excluded one: all of them when they are few, else in the order of the results until a page is full. False when
    /// texts are missing.
    #[inline(never)]
    fn confirm(&mut self, order: &mut Ordered, meant: &mut Meant, wanted: usize) -> Result<bool> {
        let mut complete = true;
        let mut kept = Vec::new();
        let mut read = 0;
        let mut matches = std::mem::take(&mut order.full).into_iter();
        while (order.few_doubtful || kept.len() < wanted)
            && let Some(found) = matches.next()
        {
            if found.doubtful {
                read += 1;
                if read > MAX_CONFIRMED {
                    break;
                }
                match self.confirms(&found, meant)? {
                    Some(false) => {
                        order.dropped.push(found);
                        continue;
                    }
                    Some(true) => {}
                    None => complete = false,
                }
            }
            kept.push(found);
        }
        order.exact = order.few_doubtful || read <= MAX_CONFIRMED && matches.next().is_none();
        order.full = kept;
        order.total = order.total.saturating_sub(order.dropped.len());
        Ok(complete)
    }

    /// Whether the text of a match has what the index promised; `None` when it is not here.
    fn confirms(&mut self, found: &Match, meant: &mut Meant) -> Result<Option<bool>> {
        let stored = self.stored(found.segment, found.doc)?;
        Ok(stored.map(|stored| {
            let texts: Vec<&str> = all_texts(&stored.article).collect();
            meant.confirms(&texts, found.groups)
        }))
    }
}

/// Whether the best matches are read before they are put in order.
fn reads_best(asked: &Asked<'_>, meant: &Meant) -> bool {
    asked.sort == Sort::Relevance && meant.has_sequences()
}

fn mask(matching: &[Vec<bool>], allows: impl Fn(usize, u32) -> bool) -> Vec<Vec<bool>> {
    let segment = |(at, mask): (usize, &Vec<bool>)| {
        (0u32..).zip(mask).map(|(doc, has)| *has && allows(at, doc)).collect::<Vec<bool>>()
    };
    matching.iter().enumerate().map(segment).collect()
}
