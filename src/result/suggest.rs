//! Queries to offer for a half-typed one, with marks, from the words and pairs of the library.

use serde::{Deserialize, Serialize};

use super::Piece;
use crate::analysis::fold::{Shape, Tone};
use crate::analysis::marks::{SEPARATOR, WRITTEN_Y};
use crate::analysis::syllable::compose;
use crate::analysis::tokenize::split_key;
use crate::collections::sort_by;
use crate::query::expand::{Expanded, ExpandedGroup, Form, Slot};

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
/// The last two words are completed as a pair where the library has one; the marks of each word before are those of the
/// most frequent pair it forms with the word after it.
#[must_use]
pub fn suggestions(text: &str, group: &ExpandedGroup, limit: usize) -> Vec<Suggestion> {
    let Some((Expanded::Word(last), words)) = group.clauses.last() else { return Vec::new() };
    let Some(typed) = words.last().filter(|word| word.prefix) else { return Vec::new() };
    let pair = group.pairs.last().filter(|pair| !pair.is_empty());
    let slot = pair.unwrap_or(last);
    let mut made: Vec<Suggestion> = Vec::new();
    for (form, _) in frequent(slot).into_iter().take(limit * 2) {
        let mut spelled = vec![written(&form.term.key)];
        let mut start = typed.span.start;
        if pair.is_some() {
            let before = words_before(group, &form.term.key);
            start = before.iter().map(|(start, _)| *start).min().unwrap_or(start);
            // The pair itself has its first word; what comes before that is spelled from the pairs before.
            spelled.extend(before.into_iter().skip(1).map(|(_, word)| word));
        }
        spelled.reverse();
        let kept = text.get(..start).unwrap_or_default();
        let whole = format!("{kept}{}", spelled.join(" "));
        if made.len() < limit && !made.iter().any(|known| known.text == whole) {
            made.push(Suggestion { segments: pieces(text, &whole), text: whole });
        }
    }
    made
}

/// The words before the last one, the nearest first: where each begins in the query, and how it is written.
fn words_before(group: &ExpandedGroup, last_pair: &[u8]) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut first_marks = marks_of_first(last_pair);
    let clauses = group.clauses.iter().rev().skip(1);
    // Only an unbroken run of words has a pair for each neighbour.
    if group.pairs.len() + 1 != group.clauses.len() {
        return clauses.take(1).filter_map(|(_, words)| Some((words.first()?.span.start, String::new()))).collect();
    }
    let mut pairs = group.pairs.iter().rev().skip(1);
    for (number, (clause, words)) in clauses.enumerate() {
        let (Expanded::Word(_), Some(word)) = (clause, words.first()) else { return found };
        if number == 0 {
            found.push((word.span.start, String::new()));
            continue;
        }
        let forms = pairs.next().map(frequent).unwrap_or_default();
        let Some((form, _)) = forms.into_iter().find(|(form, _)| marks_of_second(&form.term.key) == first_marks) else {
            return found;
        };
        first_marks = marks_of_first(&form.term.key);
        let spelled = written(&form.term.key);
        let first = spelled.split(' ').next().unwrap_or_default().to_owned();
        found.push((word.span.start, first));
    }
    found
}

fn marks_of_first(pair: &[u8]) -> Vec<u8> {
    let marks = split_key(pair).1;
    marks.split(|b| *b == SEPARATOR).next().unwrap_or_default().to_vec()
}

fn marks_of_second(pair: &[u8]) -> Vec<u8> {
    let marks = split_key(pair).1;
    marks.split(|b| *b == SEPARATOR).nth(1).unwrap_or_default().to_vec()
}

/// What was typed of a suggestion, letter for letter, and what is new.
fn pieces(text: &str, whole: &str) -> Vec<Piece> {
    let at = whole.char_indices().nth(text.trim_start().chars().count()).map_or(whole.len(), |(at, _)| at);
    let (typed, new) = whole.split_at(at);
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
    let letters = String::from_utf8_lossy(letters);
    let mut marks = marks.split(|b| *b == SEPARATOR);
    letters.split(' ').map(|word| written_word(word, marks.next().unwrap_or(&[]))).collect::<Vec<_>>().join(" ")
}

fn written_word(letters: &str, marks: &[u8]) -> String {
    const SHAPES: [Shape; 4] = [Shape::Circumflex, Shape::Breve, Shape::Horn, Shape::Stroke];
    const TONES: [Tone; 5] = [Tone::Grave, Tone::Acute, Tone::Hook, Tone::Tilde, Tone::Dot];
    let shape = |b: &u8| (*b >= 0x80).then(|| (usize::from(b >> 2 & 31), SHAPES[usize::from(b & 3)]));
    let shapes: Vec<(usize, Shape)> = marks.iter().filter_map(shape).collect();
    let tone = marks.iter().find_map(|b| TONES.get(usize::from(*b).wrapping_sub(1))).copied();
    let mut letters = letters.to_owned();
    if marks.contains(&WRITTEN_Y) && letters.ends_with('i') {
        letters.pop();
        letters.push('y');
    }
    compose(&letters, &shapes, tone)
}
