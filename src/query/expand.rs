//! Words of a query to terms of the index: which forms of each word the articles use, and how well each answers.
//!
//! All lookups of a query are made in one go, so that the blocks it needs are fetched side by side.

use super::parse::{Clause, Group, Query, Word};
use crate::Result;
use crate::analysis::Tier;
use crate::analysis::marks::{SEPARATOR, WRITTEN_Y, compare, compare_pair};
use crate::analysis::syllable::{Spelling, spelling};
use crate::analysis::tokenize::split_key;
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::index::block::Term;
use crate::index::field::{BEGINNING, DOCUMENT_NUMBER, WORD, key, pair_prefix};

/// Most forms of one word or pair in one segment.
const MAX_FORMS: usize = 4096;

/// Most forms of a pair whose second word is unfinished, the most frequent ones: they only say that words stand together.
const UNFINISHED: usize = 64;
/// The same while only one or two letters of it are typed: their words lie in many blocks.
const BEGUN: usize = 16;

/// A form that the index has of a word or pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The term.
    pub term: Term,
    /// How its marks answer the query's.
    pub tier: Tier,
    /// False when it goes on after what was typed.
    pub whole: bool,
    /// How likely it is what was meant, 0 to 1 for the likeliest: see [`tiers`](crate::rank::tiers).
    pub share: f32,
}

/// All forms of a word or pair.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slot {
    /// By segment.
    pub forms: Vec<Vec<Form>>,
    /// By segment, for the first letters of a word: all articles with a word that begins so.
    pub beginnings: Vec<Option<Term>>,
    /// What was typed has marks.
    pub marked: bool,
}

impl Slot {
    /// Articles that have any form, over all segments; forms that share articles count each.
    #[must_use]
    pub fn articles(&self) -> usize {
        let forms = self.forms.iter().flatten().map(|form| form.term.articles).sum::<usize>();
        let beginnings = self.beginnings.iter().flatten().map(|term| term.articles).sum::<usize>();
        forms.max(beginnings)
    }

    /// Articles that have one form, over all segments.
    #[must_use]
    pub fn articles_of(&self, key: &[u8]) -> usize {
        let same = self.forms.iter().flatten().filter(|form| form.term.key == key);
        same.map(|form| form.term.articles).sum()
    }

    /// Whether some article has it with the marks that were typed, not only where a source dropped its marks.
    #[must_use]
    pub fn is_known(&self) -> bool {
        let marked = self.forms.iter().flatten().any(|form| form.tier != Tier::ArticleOpen);
        marked || self.beginnings.iter().any(Option::is_some)
    }

    /// Whether no article has it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles() == 0
    }
}

/// A clause with its terms.
#[derive(Debug, Clone, PartialEq)]
pub enum Expanded {
    /// A word.
    Word(Slot),
    /// A joined word, or its parts side by side.
    Compound(Slot, Run),
    /// Words side by side.
    Phrase(Run),
    /// A document's number, or the words it was typed with side by side.
    Number(Slot, Run),
}

/// Words side by side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    /// Its words.
    pub words: Vec<Slot>,
    /// The pairs of its neighbours: one fewer.
    pub pairs: Vec<Slot>,
    /// Its words as parsed, to confirm them in the text.
    pub parsed: Vec<Word>,
}

impl Run {
    /// Whether its last word may go on.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.parsed.last().is_some_and(|word| word.prefix)
    }
}

/// An alternative of the query with its terms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExpandedGroup {
    /// What is asked for, with the words it was typed with.
    pub clauses: Vec<(Expanded, Vec<Word>)>,
    /// Neighbouring words of different clauses: they count more when they stand together. With the number of the
    /// clause that the first belongs to.
    pub pairs: Vec<(usize, Slot)>,
    /// What must not be there.
    pub excluded: Vec<Expanded>,
    /// Nobody typed it: see [`Group::widened`].
    pub widened: bool,
}

impl ExpandedGroup {
    /// The pair of a clause's last word and the next one's first, if both are single words.
    #[must_use]
    pub fn pair_after(&self, clause: usize) -> Option<&Slot> {
        self.pairs.iter().find(|(first, _)| *first == clause).map(|(_, pair)| pair)
    }

    /// Whether some word has marks: then those without are meant so, more likely than not.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.clauses.iter().flat_map(|(_, words)| words).any(Word::is_marked)
    }
}

/// Looks up everything a query names. `None` when bytes are missing.
///
/// # Errors
/// `damaged` when a block is.
pub fn expand(query: &Query, segments: &mut [Segment], ranges: &mut Ranges) -> Result<Option<Vec<ExpandedGroup>>> {
    let mut lookup = Lookup { segments, ranges, complete: true };
    let mut groups = Vec::with_capacity(query.groups.len());
    for group in &query.groups {
        groups.push(lookup.group(group)?);
    }
    Ok(lookup.complete.then_some(groups))
}

/// What pairs are looked up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairs {
    /// Words that must stand side by side: no form may be missed.
    Phrase,
    /// Words that count more side by side.
    Neighbours,
    /// A proof that words belong together: what one article of a large library has may be its author's slip.
    Proof,
}

/// Libraries of so many articles are large.
const LARGE: usize = 2000;

/// Looks up words and pairs.
pub(super) struct Lookup<'a> {
    pub segments: &'a mut [Segment],
    pub ranges: &'a mut Ranges,
    /// No bytes were missing so far.
    pub complete: bool,
}

impl Lookup<'_> {
    fn group(&mut self, group: &Group) -> Result<ExpandedGroup> {
        let mut expanded = ExpandedGroup { widened: group.widened, ..ExpandedGroup::default() };
        for clause in &group.clauses {
            match clause {
                Clause::Number(number, words) => {
                    let slot = self.exact(&key(DOCUMENT_NUMBER, number.as_bytes()))?;
                    // No article cites it, as far as is known: it is words.
                    if slot.is_empty() && self.complete {
                        for word in &apart(number, words) {
                            expanded.clauses.push((Expanded::Word(self.word(word)?), vec![word.clone()]));
                        }
                    } else {
                        let run = self.run(words)?;
                        expanded.clauses.push((Expanded::Number(slot, run), words.clone()));
                    }
                }
                _ => expanded.clauses.push((self.clause(clause)?, clause.words().to_vec())),
            }
        }
        for (at, neighbours) in expanded.clauses.windows(2).enumerate() {
            if let [
                (Expanded::Word(_) | Expanded::Compound(..), first),
                (Expanded::Word(_) | Expanded::Compound(..), second),
            ] = neighbours
                && let (Some(first), Some(second)) = (first.last(), second.first())
            {
                expanded.pairs.push((at, self.pair(first, second, Pairs::Neighbours)?));
            }
        }
        for clause in &group.excluded {
            expanded.excluded.push(self.clause(clause)?);
        }
        Ok(expanded)
    }

    fn clause(&mut self, clause: &Clause) -> Result<Expanded> {
        Ok(match clause {
            Clause::Word(word) => Expanded::Word(self.word(word)?),
            Clause::Compound(joined, parts) => Expanded::Compound(self.word(joined)?, self.run(parts)?),
            Clause::Phrase(words) => Expanded::Phrase(self.run(words)?),
            Clause::Number(number, _) => {
                Expanded::Number(self.exact(&key(DOCUMENT_NUMBER, number.as_bytes()))?, Run::default())
            }
        })
    }

    fn run(&mut self, words: &[Word]) -> Result<Run> {
        let slots = words.iter().map(|word| self.word(word)).collect::<Result<_>>()?;
        let pairs = words.windows(2).map(|pair| self.pair(&pair[0], &pair[1], Pairs::Phrase)).collect::<Result<_>>()?;
        Ok(Run { words: slots, pairs, parsed: words.to_vec() })
    }

    pub(super) fn word(&mut self, word: &Word) -> Result<Slot> {
        let mut slot = Slot { marked: word.is_marked(), ..Slot::default() };
        let letters = key(WORD, &word.letters);
        for at in 0..self.segments.len() {
            let mut forms = Vec::new();
            let mut beginning = None;
            // A tenth of all words begin with đ; while only that is typed, those with d may be among them.
            let short = word.letters.is_ascii() && (word.letters.len() == 1 || word.letters.len() == 2 && !slot.marked);
            for (prefix, whole) in scans(&letters, word, word.prefix && !short) {
                for term in self.terms(at, &prefix, MAX_FORMS)? {
                    let (term_letters, marks) = split_key(&term.key);
                    if let Some(tier) = compare(&word.marks, marks) {
                        let whole = whole || term_letters == letters;
                        forms.push(Form { tier, whole, term, share: 1.0 });
                    }
                }
            }
            if word.prefix && short {
                beginning = self.term(at, &key(BEGINNING, &typed_letters(word)))?;
            }
            slot.forms.push(forms);
            slot.beginnings.push(beginning);
        }
        Ok(slot)
    }

    /// The words that begin with folded letters: their keys, without the field's byte, and in how many articles each is.
    pub(super) fn words(&mut self, letters: &[u8]) -> Result<Vec<(Vec<u8>, usize)>> {
        let mut found: Vec<(Vec<u8>, usize)> = Vec::new();
        for at in 0..self.segments.len() {
            for term in self.terms(at, &key(WORD, letters), MAX_FORMS)? {
                let word = term.key.get(1..).unwrap_or_default();
                match found.iter_mut().find(|(known, _)| known == word) {
                    Some((_, articles)) => *articles += term.articles,
                    None => found.push((word.to_vec(), term.articles)),
                }
            }
        }
        Ok(found)
    }

    pub(super) fn pair(&mut self, first: &Word, second: &Word, wanted: Pairs) -> Result<Slot> {
        let mut slot = Slot { marked: first.is_marked() && second.is_marked(), ..Slot::default() };
        let letters = pair_prefix(&first.letters, &second.letters);
        let limit = match second.letters.len() {
            _ if !second.prefix || wanted == Pairs::Phrase => MAX_FORMS,
            0..=2 => BEGUN,
            _ => UNFINISHED,
        };
        let least = self.least(wanted);
        for at in 0..self.segments.len() {
            let mut forms = Vec::new();
            for (prefix, whole) in scans(&letters, second, second.prefix) {
                for term in self.terms(at, &prefix, limit)? {
                    let (term_letters, marks) = split_key(&term.key);
                    if let Some(tier) = compare_pair((&first.marks, &second.marks), marks) {
                        let whole = whole || term_letters == letters;
                        forms.push(Form { tier, whole, term, share: 1.0 });
                    }
                }
            }
            if wanted != Pairs::Proof && !second.prefix && (is_foreign(first) || is_foreign(second)) {
                // What one writes apart another writes together: `VP Bank`, `VPBank`.
                let together = key(WORD, &[&first.letters[..], &second.letters, &[SEPARATOR]].concat());
                let written = self.terms(at, &together, MAX_FORMS)?.into_iter();
                forms.extend(written.map(|term| Form { tier: Tier::Exact, whole: true, term, share: 1.0 }));
            }
            slot.forms.push(forms);
        }
        if least > 1 {
            let all = slot.clone();
            slot.forms.iter_mut().for_each(|forms| forms.retain(|form| all.articles_of(&form.term.key) >= least));
        }
        Ok(slot)
    }

    /// In how many articles a pair must be.
    pub(super) fn least(&self, wanted: Pairs) -> usize {
        let articles: usize = self.segments.iter().map(|segment| segment.head().articles()).sum();
        if wanted == Pairs::Proof && articles >= LARGE { 2 } else { 1 }
    }

    fn exact(&mut self, key: &[u8]) -> Result<Slot> {
        let mut slot = Slot::default();
        for at in 0..self.segments.len() {
            let term = self.term(at, key)?;
            slot.forms
                .push(term.map(|term| Form { term, tier: Tier::Exact, whole: true, share: 1.0 }).into_iter().collect());
            slot.beginnings.push(None);
        }
        Ok(slot)
    }

    fn terms(&mut self, at: usize, prefix: &[u8], limit: usize) -> Result<Vec<Term>> {
        let terms = self.segments[at].terms(prefix, limit, self.ranges)?;
        self.complete &= terms.is_some();
        Ok(terms.unwrap_or_default())
    }

    fn term(&mut self, at: usize, key: &[u8]) -> Result<Option<Term>> {
        let term = self.segments[at].term(key, self.ranges)?;
        self.complete &= term.is_some();
        Ok(term.flatten())
    }
}

/// The words a number was typed with; of one typed together (`01kltw`) its parts.
fn apart(number: &str, words: &[Word]) -> Vec<Word> {
    let [typed] = words else { return words.to_vec() };
    let part = |part: &str| Word { letters: part.as_bytes().to_vec(), marks: Vec::new(), ..typed.clone() };
    number.split('-').map(part).collect()
}

/// Whether a word is no Vietnamese syllable: a name, an abbreviation, a number.
fn is_foreign(word: &Word) -> bool {
    std::str::from_utf8(&word.letters).is_ok_and(|letters| spelling(letters, &[], &[]) == Spelling::Foreign)
}

/// The prefixes to scan for a word that ends a key's letters, and whether they give whole words only.
fn scans(letters: &[u8], last: &Word, unfinished: bool) -> Vec<(Vec<u8>, bool)> {
    let whole = [letters, &[SEPARATOR]].concat();
    if !unfinished {
        return vec![(whole, true)];
    }
    if last.marks.contains(&WRITTEN_Y) {
        // `ky` is kept as `ki`, but what goes on after it is kept as written.
        let mut written = letters.to_vec();
        written.pop();
        written.push(b'y');
        return vec![(whole, true), (written, false)];
    }
    vec![(letters.to_vec(), false)]
}

/// The letters as typed, `ky` as such.
fn typed_letters(word: &Word) -> Vec<u8> {
    let mut letters = word.letters.clone();
    if word.marks.contains(&WRITTEN_Y)
        && let Some(last) = letters.last_mut()
    {
        *last = b'y';
    }
    letters
}
