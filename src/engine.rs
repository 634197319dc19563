//! The engine: what everything before adds up to. It does no I/O and has no clock.
//!
//! A call answers [`Outcome::Ready`], or [`Outcome::Needs`] with the byte ranges and articles it lacks; the host
//! fetches and inflates them, hands them in with [`Engine::supply`] and [`Engine::supply_article`], and makes the same
//! call again. A range that cannot be had is the host's to report: the engine never takes it for "no results".
//!
//! ```text
//! search ──► Needs(ranges) ──host: fetch──► supply ──► search ──► … ──► Needs(inflate) ──► … ──► Ready(result)
//! ```
//!
//! | file | does |
//! | --- | --- |
//! | `request` | says what can be asked |
//! | `answer` | finds what a query matches, read anew where it was mistyped |
//! | `order` | puts matches in the order they are shown |
//! | `page` | makes a page of them |
//! | `beside` | finds the articles published before and after one |

mod answer;
mod beside;
mod order;
mod page;
mod request;

use crate::analysis::Tokens;
use crate::analysis::fold::fold;
use crate::article::Day;
use crate::bundle::manifest::{FileEntry, Manifest};
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::bundle::stored::Stored;
use crate::collections::{SortedMap, first_by};
use crate::index::columns::Dates;
use crate::index::field::{Facet, ID, key};
use crate::query::expand::{Expanded, ExpandedGroup};
use crate::query::filter::allowed;
use crate::query::parse::{Query, Word};
use crate::rank::Weights;
use crate::rank::bm25::idf;
use crate::result::highlight::Meant;
use crate::result::suggest::{self, Suggestion};
use crate::result::{ArticleView, FacetValue, RelatedArticle, SearchResult, facet_counts};
use crate::{Error, Result};
use page::Asked;
pub use request::{Inflate, Info, MAX_LIMIT, Needs, Outcome, Request, Sort};
use request::{facet, filters, weights};

/// So many titles are looked at for suggestions: those of the first page of results, which is read anyway.
const FROM_TITLES: usize = 10;

/// A library opened for searching and reading.
pub struct Engine {
    manifest: Manifest,
    segments: Vec<Segment>,
    ranges: Ranges,
    weights: Weights,
    /// Articles that are to be inflated for the current call.
    inflate: Vec<Inflate>,
    /// Reads texts for snippets.
    tokens: Tokens,
}

impl Engine {
    /// Opens a library from its manifest and the heads of its segments, in the manifest's order.
    ///
    /// # Errors
    /// `version` when a newer timdoc wrote it; `damaged` when a checksum or count is wrong.
    pub fn open(manifest: Manifest, heads: &[Vec<u8>]) -> Result<Self> {
        manifest.check()?;
        if heads.len() != manifest.segments.len() {
            return Err(Error::damaged("manifest.json", "the heads are not those it lists"));
        }
        let mut segments = heads.iter().map(|head| Segment::open(head)).collect::<Result<Vec<_>>>()?;
        for (entry, segment) in manifest.segments.iter().zip(&mut segments) {
            if entry.articles != segment.head().articles() as u64 {
                return Err(Error::damaged("manifest.json", "a segment has another number of articles"));
            }
            segment.delete(&entry.deleted);
        }
        for at in 0..segments.len() {
            let others = segments.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<Dates> = others.map(|(_, segment)| segment.head().dates.clone()).collect();
            segments[at].stand_among(&others);
        }
        Ok(Engine {
            manifest,
            segments,
            ranges: Ranges::default(),
            weights: Weights::default(),
            inflate: Vec::new(),
            tokens: Tokens::default(),
        })
    }

    /// Replaces the weights of the ranking.
    pub fn set_weights(&mut self, weights: Weights) {
        self.weights = weights;
    }

    /// The manifest it was opened with.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its segments.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Every file of the library but the manifest: name and length in bytes.
    #[must_use]
    pub fn files(&self) -> Vec<(String, u64)> {
        let entry = |entry: &FileEntry| (entry.file.clone(), entry.bytes);
        let mut files: Vec<(String, u64)> = self.manifest.dictionaries().into_iter().map(entry).collect();
        for (listed, segment) in self.manifest.segments.iter().zip(&self.segments) {
            files.push(entry(&listed.head));
            files.extend(segment.head().files.all().map(|file| (file.name.clone(), u64::from(file.length))));
        }
        files
    }

    /// What the library is.
    #[must_use]
    pub fn info(&self) -> Info {
        let bounds = || self.segments.iter().filter_map(|segment| segment.head().dates.bounds());
        let has = |facet: &Facet| match facet.tag() {
            None => bounds().next().is_some(),
            Some(tag) => self.segments.iter().any(|s| s.head().statistics.facets.iter().any(|(t, _)| *t == tag)),
        };
        Info {
            version: self.manifest.segments.iter().map(|segment| segment.head.file.as_str()).collect(),
            articles: self.manifest.articles(),
            bytes: self.manifest.bytes(),
            from: bounds().map(|(first, _)| first).min().map(Day::iso),
            to: bounds().map(|(_, last)| last).max().map(Day::iso),
            fields: Facet::ALL.iter().filter(|facet| has(facet)).map(|facet| facet.name().to_owned()).collect(),
        }
    }

    /// Hands in bytes of a file, from `start`.
    pub fn supply(&mut self, file: &str, start: u32, bytes: Vec<u8>) {
        self.ranges.supply(file, start, bytes);
    }

    /// Hands in an inflated article.
    ///
    /// # Errors
    /// `damaged` when it is not what was written; `bad_request` for a segment that is not there.
    pub fn supply_article(&mut self, segment: usize, doc: u32, inflated: &[u8]) -> Result<()> {
        let segment = self.segments.get_mut(segment);
        let segment = segment.ok_or_else(|| Error::bad_request("segment", "there is no such segment"))?;
        segment.supply_article(doc, inflated, &mut self.ranges)
    }

    /// Begins a new call: what earlier ones wanted is forgotten, what they left may be dropped.
    pub fn begin(&mut self) {
        self.ranges.next_search();
        self.inflate.clear();
        self.segments.iter_mut().for_each(Segment::trim);
    }

    /// Searches.
    ///
    /// # Errors
    /// `query_too_long`, `bad_request` for options that are not known, `damaged` for bytes that are not right.
    pub fn search(&mut self, request: &Request) -> Result<Outcome<SearchResult>> {
        let typed = Query::parse(&request.text, request.prefix)?;
        let filters = filters(request)?;
        let limit = request.limit.unwrap_or(10);
        if limit > MAX_LIMIT {
            return Err(Error::bad_request("limit", &format!("at most {MAX_LIMIT} results at once")));
        }
        let facets = request.facets.iter().map(|name| facet(name)).collect::<Result<Vec<_>>>()?;
        let weights = weights(request, self.weights)?;
        let allowed = allowed(&filters, &mut self.segments, &mut self.ranges)?;
        let answer = self.answer(typed, request, &weights)?;
        let (Some(answer), Some(allowed)) = (answer, allowed) else { return Ok(self.needs()) };
        let by_score = request.sort == Sort::Relevance && !answer.query.is_empty();
        let sort = if by_score || request.sort != Sort::Relevance { request.sort } else { Sort::Newest };
        let asked = Asked { request, sort, limit, facets, allowed, weights };
        let articles = self.segments.iter().map(|segment| segment.head().articles()).sum();
        let weight = |word: &Word| idf(frequency(&answer.groups, word) as f32, articles);
        let mut meant = Meant::new(&answer.query, weight).with_tokens(std::mem::take(&mut self.tokens));
        let result = self.page(&asked, &answer, &mut meant);
        self.tokens = meant.into_tokens();
        result
    }

    /// Reads an article by its id.
    ///
    /// # Errors
    /// `not_found` when no article has it; `damaged` for bytes that are not right.
    pub fn article(&mut self, id: &str) -> Result<Outcome<ArticleView>> {
        let Some(place) = self.find(id)? else { return Ok(self.needs()) };
        let (at, doc) = place.ok_or_else(|| Error::NotFound { id: id.to_owned() })?;
        let Some(stored) = self.stored(at, doc)? else { return Ok(self.needs()) };
        let mut related = Vec::new();
        for other in &stored.related {
            related.extend(self.link(Some((at, *other)))?);
        }
        let newer = self.link(beside::newer(&self.segments, (at, doc)))?;
        let older = self.link(beside::older(&self.segments, (at, doc)))?;
        if self.is_wanting() {
            return Ok(self.needs());
        }
        Ok(Outcome::Ready(ArticleView::new(&stored, related, newer, older)))
    }

    /// Reads an article by its id without its links to others, for which others would have to be read.
    ///
    /// # Errors
    /// As [`Engine::article`].
    pub fn article_alone(&mut self, id: &str) -> Result<Outcome<ArticleView>> {
        let Some(place) = self.find(id)? else { return Ok(self.needs()) };
        let (at, doc) = place.ok_or_else(|| Error::NotFound { id: id.to_owned() })?;
        let stored = self.stored(at, doc)?;
        Ok(stored
            .map_or_else(|| self.needs(), |stored| Outcome::Ready(ArticleView::new(&stored, Vec::new(), None, None))))
    }

    /// All values of fields, counted over the whole library.
    ///
    /// # Errors
    /// `bad_request` for a field that is not known; `damaged` for bytes that are not right.
    pub fn facets(&mut self, fields: &[String]) -> Result<Outcome<SortedMap<String, Vec<FacetValue>>>> {
        let facets = fields.iter().map(|name| facet(name)).collect::<Result<Vec<_>>>()?;
        let live = |segment: &Segment| (0..segment.head().articles() as u32).map(|doc| segment.is_live(doc)).collect();
        let all: Vec<Vec<bool>> = self.segments.iter().map(live).collect();
        let mut counts = SortedMap::default();
        for facet in facets {
            let values = facet_counts::count(facet, &all, &mut self.segments, &mut self.ranges)?;
            counts.insert(facet.name().to_owned(), values.unwrap_or_default());
        }
        if self.is_wanting() { Ok(self.needs()) } else { Ok(Outcome::Ready(counts)) }
    }

    /// Queries to offer for a half-typed one, at most `limit`: as the library writes it and goes on, from the words that
    /// stand beside each other and from titles.
    ///
    /// # Errors
    /// `query_too_long`; `damaged` for bytes that are not right.
    pub fn suggest(&mut self, text: &str, limit: usize) -> Result<Outcome<Vec<Suggestion>>> {
        let weights = self.weights;
        let Some(answer) = self.matches(Query::parse(text, true)?, &weights)? else { return Ok(self.needs()) };
        let Some(group) = answer.groups.iter().rfind(|group| !group.widened) else {
            return Ok(Outcome::Ready(Vec::new()));
        };
        let mut suggestions = suggest::suggestions(text, group, limit);
        let best = first_by(answer.matches.full.clone(), FROM_TITLES, |a, b| b.score.total_cmp(&a.score));
        let mut meant = Meant::new(&answer.query, |_| 1.0);
        let mut titles: Vec<Suggestion> = Vec::new();
        for found in best {
            if let Some(stored) = self.stored(found.segment, found.doc)? {
                titles.extend(suggest::from_title(text, &answer.query, &stored.article.title, &mut meant));
            }
        }
        if self.is_wanting() {
            return Ok(self.needs());
        }
        let lower = |suggestion: &Suggestion| fold(&suggestion.text);
        titles.retain(|title| suggestions.iter().all(|known| lower(known) != lower(title)));
        titles.dedup_by(|a, b| lower(a) == lower(b));
        titles.truncate(limit / 2);
        suggestions.truncate(limit - titles.len());
        suggestions.append(&mut titles);
        Ok(Outcome::Ready(suggestions))
    }

    /// Where the article with an id is: segment and number. `None` inside when there is none.
    ///
    /// # Errors
    /// `damaged` for bytes that are not right.
    pub fn place(&mut self, id: &str) -> Result<Outcome<Option<(usize, u32)>>> {
        let place = self.find(id)?;
        Ok(place.map_or_else(|| self.needs(), Outcome::Ready))
    }

    /// An article as it is stored, by segment and number.
    ///
    /// # Errors
    /// `damaged` for bytes that are not right.
    pub fn stored_article(&mut self, segment: usize, doc: u32) -> Result<Outcome<Stored>> {
        let stored = self.stored(segment, doc)?;
        Ok(stored.map_or_else(|| self.needs(), |stored| Outcome::Ready((*stored).clone())))
    }

    /// The ids of a segment's articles with their numbers, deleted ones included, by id.
    ///
    /// # Errors
    /// `damaged` for bytes that are not right.
    pub fn ids(&mut self, segment: usize) -> Result<Outcome<Vec<(String, u32)>>> {
        let Some(segment) = self.segments.get_mut(segment) else { return Ok(Outcome::Ready(Vec::new())) };
        let mut ids = Vec::new();
        let Some(terms) = segment.terms(&[ID], usize::MAX, &mut self.ranges)? else { return Ok(self.needs()) };
        for term in terms {
            let Some(postings) = segment.postings(&term, &mut self.ranges)? else { return Ok(self.needs()) };
            let id = String::from_utf8_lossy(&term.key[1..]).into_owned();
            ids.extend(postings.docs.iter().map(|doc| (id.clone(), *doc)));
        }
        Ok(Outcome::Ready(ids))
    }

    /// Where the article with an id is; `None` after noting what is missing.
    fn find(&mut self, id: &str) -> Result<Option<Option<(usize, u32)>>> {
        let key = key(ID, id.as_bytes());
        let mut complete = true;
        for (at, segment) in self.segments.iter_mut().enumerate() {
            let term = segment.term(&key, &mut self.ranges)?;
            let postings = match term {
                Some(Some(term)) => segment.postings(&term, &mut self.ranges)?,
                Some(None) => continue,
                None => None,
            };
            complete &= postings.is_some();
            let mut docs = postings.iter().flat_map(|postings| &postings.docs);
            if let Some(doc) = docs.find(|doc| segment.is_live(**doc)) {
                return Ok(Some(Some((at, *doc))));
            }
        }
        Ok(complete.then_some(None))
    }

    fn is_wanting(&self) -> bool {
        self.ranges.has_wanted() || !self.inflate.is_empty()
    }

    fn needs<T>(&mut self) -> Outcome<T> {
        let inflate = std::mem::take(&mut self.inflate);
        Outcome::Needs(Needs { ranges: self.ranges.take_wanted(), inflate })
    }

    /// An article, or `None` after noting what is missing for it.
    fn stored(&mut self, at: usize, doc: u32) -> Result<Option<std::rc::Rc<Stored>>> {
        let Some(segment) = self.segments.get(at) else { return Ok(None) };
        if let Some(stored) = segment.article(doc) {
            return Ok(Some(stored));
        }
        if let Some(record) = segment.record(doc, &mut self.ranges)? {
            let noted = self.inflate.iter().any(|inflate| inflate.segment == at && inflate.doc == doc);
            if !noted {
                let (deflated, length) = (record.deflated, record.length);
                self.inflate.push(Inflate { segment: at, doc, deflated, length });
            }
        }
        Ok(None)
    }

    /// A link to an article, if there is one; after noting what is missing, none.
    fn link(&mut self, place: Option<(usize, u32)>) -> Result<Option<RelatedArticle>> {
        let Some((at, doc)) = place else { return Ok(None) };
        let is_live = self
            .segments
            .get(at)
            .is_some_and(|segment| (doc as usize) < segment.head().articles() && segment.is_live(doc));
        if !is_live {
            return Ok(None);
        }
        Ok(self.stored(at, doc)?.map(|stored| RelatedArticle::new(&stored)))
    }
}

/// How many articles have a word of the query.
fn frequency(groups: &[ExpandedGroup], word: &Word) -> usize {
    for (clause, words) in groups.iter().flat_map(|group| &group.clauses) {
        let at = words.iter().position(|known| known.span == word.span);
        match (clause, at) {
            (Expanded::Word(slot), Some(_)) => return slot.articles(),
            (Expanded::Phrase(run) | Expanded::Compound(_, run), Some(at)) => {
                return run.words.get(at).map_or(0, |slot| slot.articles());
            }
            _ => {}
        }
    }
    0
}
