//! What a form of a word counts, by how its marks answer the query's.
//!
//! A query typed without marks means one form of each word, and which one is told by its neighbours: `ban an` is *bản
//! án*, `ban hang` is *bán hàng*. So where marks are left open, a form counts by its *share*: how often it stands beside
//! the forms of the neighbouring words, from the postings' lengths of the pairs that were looked up anyway.

use super::Weights;
use crate::analysis::Tier;
use crate::analysis::marks::SEPARATOR;
use crate::analysis::tokenize::split_key;
use crate::query::expand::{Expanded, ExpandedGroup, Form, Run, Slot};

/// Gives every form of a group's words and pairs its share.
pub fn weigh(group: &mut ExpandedGroup, weights: &Weights) {
    for (clause, _) in &mut group.clauses {
        match clause {
            Expanded::Phrase(run) | Expanded::Compound(_, run) | Expanded::Number(_, run) => weigh_run(run, weights),
            Expanded::Word(_) => {}
        }
    }
    for at in 0..group.clauses.len() {
        let before = at.checked_sub(1).and_then(|at| group.pair_after(at)).map(|pair| by_word(pair, 1));
        let after = group.pair_after(at).map(|pair| by_word(pair, 0));
        if let Some((Expanded::Word(slot), _)) = group.clauses.get_mut(at) {
            weigh_word(slot, &[before, after], weights);
        }
    }
    let words: Vec<Option<Counts>> = group
        .clauses
        .iter()
        .map(|(clause, _)| if let Expanded::Word(slot) = clause { Some(shares(slot)) } else { None })
        .collect();
    for (at, pair) in &mut group.pairs {
        weigh_pair(pair, [words.get(*at), words.get(*at + 1)].map(|words| words.and_then(Option::as_ref)));
    }
}

fn weigh_run(run: &mut Run, weights: &Weights) {
    for at in 0..run.words.len() {
        let before = at.checked_sub(1).and_then(|at| run.pairs.get(at)).map(|pair| by_word(pair, 1));
        let after = run.pairs.get(at).map(|pair| by_word(pair, 0));
        weigh_word(&mut run.words[at], &[before, after], weights);
    }
    let words: Vec<Counts> = run.words.iter().map(shares).collect();
    for (at, pair) in run.pairs.iter_mut().enumerate() {
        weigh_pair(pair, [words.get(at), words.get(at + 1)]);
    }
}

/// Keys of words (without the field's byte) with a count each.
type Counts = Vec<(Vec<u8>, f32)>;

fn add(counts: &mut Counts, key: Vec<u8>, count: f32) {
    match counts.iter_mut().find(|(known, _)| *known == key) {
        Some((_, sum)) => *sum += count,
        None => counts.push((key, count)),
    }
}

fn of(counts: &Counts, key: &[u8]) -> f32 {
    counts.iter().find(|(known, _)| known == key).map_or(0.0, |(_, count)| *count)
}

fn greatest(counts: &Counts) -> f32 {
    counts.iter().map(|(_, count)| *count).fold(0.0, f32::max)
}

fn word_key(term: &[u8]) -> &[u8] {
    term.get(1..).unwrap_or(&[])
}

/// The key of the first (0) or second (1) word of a pair.
fn pair_word(term: &[u8], which: usize) -> Vec<u8> {
    let (letters, marks) = split_key(word_key(term));
    let letters = letters.split(|b| *b == b' ').nth(which).unwrap_or(&[]);
    let marks = marks.split(|b| *b == SEPARATOR).nth(which).unwrap_or(&[]);
    [letters, &[SEPARATOR], marks].concat()
}

/// How many articles have a pair's forms, by one of its words.
fn by_word(pair: &Slot, which: usize) -> Counts {
    let mut counts = Counts::new();
    for form in pair.forms.iter().flatten() {
        add(&mut counts, pair_word(&form.term.key, which), form.term.articles as f32);
    }
    counts
}

/// How many articles have each form, over all segments.
fn by_form(slot: &Slot) -> Counts {
    let mut counts = Counts::new();
    for form in slot.forms.iter().flatten() {
        add(&mut counts, word_key(&form.term.key).to_vec(), form.term.articles as f32);
    }
    counts
}

/// The shares of a word's forms.
fn shares(slot: &Slot) -> Counts {
    let mut shares = Counts::new();
    for form in slot.forms.iter().flatten() {
        let key = word_key(&form.term.key);
        if of(&shares, key) == 0.0 {
            shares.push((key.to_vec(), form.share));
        }
    }
    shares
}

fn weigh_word(slot: &mut Slot, beside: &[Option<Counts>], weights: &Weights) {
    let mut counts = by_form(slot);
    if counts.len() < 2 {
        return;
    }
    let most = greatest(&counts).max(1.0);
    for (key, count) in &mut counts {
        *count = (*count / most).powf(weights.alone);
        for beside in beside.iter().flatten().filter(|beside| !beside.is_empty()) {
            *count *= (of(beside, key) + weights.doubt) / (greatest(beside) + weights.doubt);
        }
    }
    normalise(slot, &counts);
}

fn weigh_pair(pair: &mut Slot, words: [Option<&Counts>; 2]) {
    let mut counts = by_form(pair);
    if counts.len() < 2 {
        return;
    }
    for (key, count) in &mut counts {
        let term = [&[0], &key[..]].concat();
        if pair_word(&term, 1).len() < 2 {
            // Both words written as one.
            continue;
        }
        for (which, words) in words.iter().enumerate() {
            *count *= words.map_or(1.0, |words| of(words, &pair_word(&term, which)));
        }
    }
    normalise(pair, &counts);
}

/// Shares from counts: the greatest becomes 1.
fn normalise(slot: &mut Slot, counts: &Counts) {
    let most = greatest(counts).max(f32::MIN_POSITIVE);
    for form in slot.forms.iter_mut().flatten() {
        form.share = of(counts, word_key(&form.term.key)) / most;
    }
}

/// The weight of each form of a slot in a segment, 0 to 1.
#[must_use]
pub fn form_weights(slot: &Slot, segment: usize, query_is_marked: bool, weights: &Weights) -> Vec<f32> {
    let exact = query_is_marked && has_exact(slot);
    let forms = slot.forms.get(segment).map_or(&[][..], Vec::as_slice);
    forms.iter().map(|form| form_weight(form, exact, weights)).collect()
}

fn has_exact(slot: &Slot) -> bool {
    slot.forms.iter().flatten().any(|form| form.tier == Tier::Exact && form.whole)
}

fn form_weight(form: &Form, exact: bool, weights: &Weights) -> f32 {
    let share = if form.share < 1.0 { form.share.powf(weights.rare_form) } else { 1.0 };
    let tier = match form.tier {
        Tier::Exact if exact => 1.0,
        Tier::QueryOpen if exact => weights.query_open * share,
        Tier::Exact | Tier::QueryOpen => share,
        Tier::ArticleOpen => weights.article_open,
    };
    if form.whole { tier } else { tier * weights.unfinished }
}

/// How many articles have a slot, each form by its weight: what the rarity of an open word is judged by.
#[must_use]
pub fn likely_articles(slot: &Slot, query_is_marked: bool, weights: &Weights) -> f32 {
    let exact = query_is_marked && has_exact(slot);
    let weighed = |form: &Form| form.term.articles as f32 * form_weight(form, exact, weights);
    let forms = slot.forms.iter().flatten().map(weighed).sum::<f32>();
    let others = slot.beginnings.iter().flatten().map(|term| term.articles as f32).sum::<f32>();
    forms + others
}
