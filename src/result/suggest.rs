//! Queries to offer for a half-typed one, with marks, from the words and pairs of the library and from titles.

use serde::{Deserialize, Serialize};

use super::Piece;
use super::highlight::Meant;
use crate::analysis::marks::SEPARATOR;
use crate::analysis::tokenize::split_key;
use crate::analysis::written::written as written_word;
use crate::collections::sort_by;
use crate::index::field::PAIR;
use crate::query::expand::{Expanded, ExpandedGroup, Form, Slot};
use crate::query::parse::Query;

/// A query to offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The whole query.
    pub text: String,
    /// In pieces: `hit` is what was typed.
    pub segments: Vec<Piece>,
}

/// Completions of a query's last word, the words before it written as the library writes them beside each other.
///
/// A run of words is spelled by the chain of pairs that most articles have: each pair's forms must begin with the form
/// the pair before ended with (Viterbi's search, with the logarithm of the articles as the score of a pair).
#[must_use]
pub fn suggestions(text: &str, group: &ExpandedGroup, limit: usize) -> Vec<Suggestion> {
    let Some((Expanded::Word(last), words)) = group.clauses.last() else { return Vec::new() };
    let Some(typed) = words.last().filter(|word| word.prefix) else { return Vec::new() };
    let mut chains = match group.pairs.last() {
        Some((_, pair)) if !pair.is_empty() => chains(group),
        _ => {
            let chain = |(form, articles): (&Form, usize)| Chain {
                start: typed.span.start,
                spelled: written(&form.term.key),
                ends_with: Vec::new(),
                score: articles as f32,
            };
            frequent(last).into_iter().map(chain).collect()
        }
    };
    sort_by(&mut chains, |a, b| b.score.total_cmp(&a.score));
    let mut made: Vec<Suggestion> = Vec::new();
    for chain in chains {
        let whole = format!("{}{}", text.get(..chain.start).unwrap_or_default(), chain.spelled);
        if made.len() < limit && !made.iter().any(|known| known.text == whole) {
            made.push(Suggestion { segments: pieces(text, &whole), text: whole });
        }
    }
    made
}

/// How a title goes on after what was typed of it: to the end of the phrase, at most so many words more.
const GOES_ON: usize = 6;

/// What a title makes of a query that stands in it word by word: as written there, and how it goes on.
#[must_use]
pub fn from_title(text: &str, query: &Query, title: &str, meant: &mut Meant) -> Option<Suggestion> {
    let found = meant.find(title);
    let run = meant.run(query, title, &found)?;
    let rest = title.get(run.end..)?;
    let phrase = rest.find([',', '.', ':', ';', '?', '!', '"', '“', '”', '(', '|']).unwrap_or(rest.len());
    let end = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]).nth(GOES_ON).unwrap_or(rest.len());
    let whole = title.get(run.start..run.end + end.min(phrase))?.trim().to_owned();
    Some(Suggestion { segments: pieces(text, &whole), text: whole })
}

/// Words spelled side by side.
struct Chain {
    /// Where the first of them begins in the query.
    start: usize,
    spelled: String,
    /// The marks of the last of them.
    ends_with: Vec<u8>,
    score: f32,
}

/// Forms of one pair that are looked at.
const FORMS: usize = 48;

/// The best chain for each form of the last pair.
fn chains(group: &ExpandedGroup) -> Vec<Chain> {
    // Only an unbroken run of words has a pair for each neighbour; else the last pair stands alone.
    let whole = group.pairs.len() + 1 == group.clauses.len();
    let first = if whole { 0 } else { group.pairs.len().saturating_sub(1) };
    let mut before: Vec<Chain> = Vec::new();
    for (clause, pair) in group.pairs.iter().skip(first) {
        let start = group.clauses.get(*clause).and_then(|(_, words)| words.last()).map_or(0, |word| word.span.start);
        let next = frequent(pair)
            .into_iter()
            .filter(|(form, _)| form.term.key.first() == Some(&PAIR))
            .take(FORMS)
            .map(|(form, articles)| longer(&before, form, articles, start));
        before = next.collect();
    }
    before
}

/// A form of a pair after the best chain that ends as it begins, or alone.
fn longer(before: &[Chain], form: &Form, articles: usize, start: usize) -> Chain {
    let marks = split_key(&form.term.key).1;
    let mut marks = marks.split(|b| *b == SEPARATOR);
    let begins_with = marks.next().unwrap_or_default();
    let ends_with = marks.next().unwrap_or_default().to_vec();
    let score = (1.0 + articles as f32).ln();
    let spelled = written(&form.term.key);
    let fits = before.iter().filter(|chain| chain.ends_with == begins_with);
    match fits.max_by(|a, b| a.score.total_cmp(&b.score)) {
        Some(best) => {
            let second = spelled.split(' ').next_back().unwrap_or_default();
            let spelled = format!("{} {second}", best.spelled);
            Chain { start: best.start, spelled, ends_with, score: best.score + score }
        }
        None => Chain { start, spelled, ends_with, score },
    }
}

/// What was typed of a suggestion, letter for letter, and what is new.
fn pieces(text: &str, whole: &str) -> Vec<Piece> {
    let at = whole.char_indices().nth(text.trim_start().chars().count()).map_or(whole.len(), |(at, _)| at);
    let (typed, new) = whole.split_at_checked(at).unwrap_or((whole, ""));
    [(typed, true), (new, false)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, hit)| Piece { text: text.to_owned(), hit })
        .collect()
}

/// Forms of all segments with the articles of each, the most frequent first.
#[must_use]
pub fn frequent(slot: &Slot) -> Vec<(&Form, usize)> {
    let mut forms: Vec<(&Form, usize)> = Vec::new();
    for form in slot.forms.iter().flatten() {
        match forms.iter_mut().find(|(known, _)| known.term.key == form.term.key) {
            Some((_, articles)) => *articles += form.term.articles,
            None => forms.push((form, form.term.articles)),
        }
    }
    sort_by(&mut forms, |a, b| b.1.cmp(&a.1).then_with(|| a.0.term.key.cmp(&b.0.term.key)));
    forms
}

/// A word or pair as it is written, from its key in the term dictionary (with the field's byte).
///
/// ```
/// use timdoc::analysis::term_key;
/// use timdoc::index::field::{WORD, key, pair_key};
/// use timdoc::result::suggest::written;
/// assert_eq!(written(&key(WORD, &term_key("đường").unwrap())), "đường");
/// assert_eq!(written(&pair_key(&term_key("kỹ").unwrap(), &term_key("thuật").unwrap())), "kỹ thuật");
/// ```
#[must_use]
pub fn written(key: &[u8]) -> String {
    let (letters, marks) = split_key(key.get(1..).unwrap_or(&[]));
    let mut marks = marks.split(|b| *b == SEPARATOR);
    let word = |letters: &[u8]| written_word(letters, marks.next().unwrap_or(&[]));
    letters.split(|b| *b == b' ').map(word).collect::<Vec<_>>().join(" ")
}
