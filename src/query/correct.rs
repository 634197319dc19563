//! What a query meant where it was mistyped.
//!
//! | typed | read as | when |
//! | --- | --- | --- |
//! | `hocj taapj`, `hoc5 tap65` | học tập | keystrokes of an input method that was off |
//! | `hochiminh` | ho chi minh | words glued together |
//! | `hcọ tập` | học tập | a slip of the fingers, or a sound written as it is spoken |
//!
//! A word is only doubted when no article has it as typed, or when it stands beside none of its neighbours in any
//! article: in a query without a complete answer, or in one whose other words all stand together. What it becomes is
//! decided by the neighbours: a folded syllable has some twenty others one letter away, but few of them stand there.
//! Quoted words are never doubted. Rules: VIETNAMESE.md, section 3.

use std::ops::Range;

use super::expand::{Expanded, ExpandedGroup, Lookup, Pairs, Slot};
use super::parse::Word;
use crate::Result;
use crate::analysis::glued::cuttings;
use crate::analysis::marks::{OPEN, SEPARATOR, WRITTEN_Y};
use crate::analysis::near::{Slip, distance, near};
use crate::analysis::telex::decode;
use crate::analysis::tokenize::split_key;
use crate::analysis::written::written;
use crate::analysis::{Tier, term_key};
use crate::bundle::ranges::Ranges;
use crate::bundle::segment::Segment;
use crate::collections::sort_by;

/// A word of at least this many letters, in at most this many articles or this part of all, may be several glued together.
const GLUED: usize = 6;
const FEW: usize = 3;
const SELDOM: usize = 200;
/// Names are looked for among words with these first letters; from that many letters on with two slips.
const BEGINNING: usize = 3;
const LONG: usize = 9;
/// Most words of one alternative that are mended: each costs lookups.
const MENDED: usize = 8;
/// Most readings that are tried.
const READINGS: usize = 3;
/// A word of a query that has answers is only doubted beside so many pairs of words that stand together, or more.
const TOGETHER: usize = 2;
/// What a slip takes from a candidate's score, which is the logarithm of articles.
const LETTER: f32 = 2.0;
const SOUND: f32 = 1.0;
/// What gluing takes.
const GLUE: f32 = 2.0;
/// What is left of a pair whose other word has not the marks that were typed.
const OTHER: f32 = 0.05;
/// What a slip takes for each mark that is not as typed.
const MARK: f32 = 0.7;

/// How a query could be read, the likeliest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readings {
    /// With the words mended that no article has.
    pub certain: Vec<String>,
    /// With those mended too that make no sense where they stand: right only if its words then stand together.
    pub daring: Vec<String>,
}

/// A piece of the query's text and what it may become, the likeliest first.
struct Edit {
    span: Range<usize>,
    texts: Vec<(f32, String)>,
    certain: bool,
}

/// Reads a query anew. `answered`: it has a complete answer as typed. `None` when bytes are missing.
///
/// # Errors
/// `damaged` when a block is.
pub fn correct(
    text: &str,
    groups: &[ExpandedGroup],
    answered: bool,
    segments: &mut [Segment],
    ranges: &mut Ranges,
) -> Result<Option<Readings>> {
    let mut correct = Correct { lookup: Lookup { segments, ranges, complete: true }, answered, edits: Vec::new() };
    for group in groups.iter().filter(|group| !group.widened) {
        correct.group(group)?;
    }
    let (lookup, mut edits) = (correct.lookup, correct.edits);
    if !lookup.complete {
        return Ok(None);
    }
    if edits.is_empty() {
        return Ok(Some(Readings::default()));
    }
    let has_daring = edits.iter().any(|edit| !edit.certain);
    let daring = if has_daring { readings(text, &edits) } else { Vec::new() };
    edits.retain(|edit| edit.certain);
    let certain = if edits.is_empty() { Vec::new() } else { readings(text, &edits) };
    Ok(Some(Readings { certain, daring }))
}

/// The text with every edit at its likeliest, then with one of them at its next.
#[inline(never)]
fn readings(text: &str, edits: &[Edit]) -> Vec<String> {
    let mut others: Vec<(f32, usize, usize)> = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        let best = edit.texts.first().map_or(0.0, |(score, _)| *score);
        others.extend((1..).zip(edit.texts.iter().skip(1)).map(|(which, (score, _))| (best - score, at, which)));
    }
    sort_by(&mut others, |a, b| a.0.total_cmp(&b.0));
    let mut made = vec![apply(text, edits, None)];
    made.extend(others.iter().take(READINGS - 1).map(|(_, at, which)| apply(text, edits, Some((*at, *which)))));
    made
}

fn apply(text: &str, edits: &[Edit], other: Option<(usize, usize)>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut end = 0;
    for (at, edit) in edits.iter().enumerate() {
        let which = other.filter(|(other, _)| *other == at).map_or(0, |(_, which)| which);
        out.push_str(text.get(end..edit.span.start).unwrap_or_default());
        out.push_str(edit.texts.get(which).map_or("", |(_, text)| text));
        end = edit.span.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// A word of the query that may be doubted, and its neighbours.
struct Place<'g> {
    word: &'g Word,
    slot: &'g Slot,
    before: Option<(&'g Word, bool)>,
    after: Option<(&'g Word, bool)>,
    /// For each neighbour, whether it stands beside it in some article.
    fits: [Option<bool>; 2],
}

impl Place<'_> {
    /// Whether it could be mended at all.
    fn is_readable(&self) -> bool {
        let letters = &self.word.letters;
        !self.word.verbatim && letters.len() > 1 && letters.iter().all(u8::is_ascii_lowercase)
    }

    /// The neighbours that some article has, which may tell what it was meant to be.
    fn known(&self) -> (Option<&Word>, Option<&Word>) {
        let known = |neighbour: Option<(_, bool)>| neighbour.filter(|(_, known)| *known).map(|(word, _)| word);
        (known(self.before), known(self.after))
    }

    fn is_alone(&self) -> bool {
        !self.fits.contains(&Some(true)) && self.fits.iter().any(Option::is_some)
    }

    /// Whether it is in so few articles, and so long, that it may be words glued together.
    fn may_be_glued(&self, articles: usize) -> bool {
        self.slot.articles() <= FEW.max(articles / SELDOM) && self.word.letters.len() >= GLUED
    }
}

struct Correct<'a> {
    lookup: Lookup<'a>,
    answered: bool,
    edits: Vec<Edit>,
}

impl Correct<'_> {
    fn group(&mut self, group: &ExpandedGroup) -> Result<()> {
        let places = places(group, self.answered, self.lookup.least(Pairs::Proof));
        let is_absent = |place: &Place<'_>| place.slot.is_empty();
        if places.iter().any(is_absent) && self.keystrokes(&places)? {
            return Ok(());
        }
        let alone = places.iter().filter(|place| place.is_alone()).count();
        // Each pair is seen from both its words, but from the first as what comes after.
        let pairs: Vec<bool> = places.iter().filter_map(|place| place.fits[1]).collect();
        let together = pairs.iter().filter(|fits| **fits).count();
        let doubts = |place: &Place<'_>| match self.answered {
            // Where all words stand alone, that is how they were meant.
            false => place.is_alone() && (alone < places.len() || places.len() == 2),
            // Scattered words have an answer; here all others must stand together, and it with none.
            true => {
                place.is_alone()
                    && together >= TOGETHER
                    && place.fits.iter().flatten().count() + together == pairs.len()
            }
        };
        let doubted: Vec<bool> = places.iter().map(doubts).collect();
        let articles = self.lookup.segments.iter().map(|segment| segment.head().articles()).sum();
        let mut found: Vec<(usize, f32, Edit)> = Vec::new();
        for (at, place) in places.iter().enumerate().filter(|(_, place)| place.is_readable()) {
            if found.len() >= MENDED {
                break;
            }
            let certain = place.slot.is_empty();
            let mut texts = Vec::new();
            // Without a neighbour that some article has, anything could be meant.
            let placed = place.known() != (None, None) || places.len() == 1;
            if placed && (certain || !place.slot.is_known() || doubted[at]) {
                texts = self.slips(place, group)?;
            }
            if certain {
                texts.extend(self.names(place)?);
            }
            if certain || place.may_be_glued(articles) {
                texts.extend(self.glued(place)?);
            }
            sort_by(&mut texts, |a, b| b.0.total_cmp(&a.0));
            texts.truncate(READINGS);
            if let Some((score, _)) = texts.first() {
                found.push((at, *score, Edit { span: place.word.span.clone(), texts, certain }));
            }
        }
        // A slip leaves the words beside it alone too: the better supported explains both.
        sort_by(&mut found, |a, b| b.2.certain.cmp(&a.2.certain).then(b.1.total_cmp(&a.1)));
        let mut taken: Vec<usize> = Vec::new();
        for (at, _, edit) in found {
            if edit.certain || !taken.iter().any(|other| other.abs_diff(at) < 2) {
                taken.push(at);
                self.edits.push(edit);
            }
        }
        sort_by(&mut self.edits, |a, b| a.span.start.cmp(&b.span.start));
        Ok(())
    }

    /// Reads keystrokes of an input method: when one word is nothing else and no article has it, others are too.
    #[inline(never)]
    fn keystrokes(&mut self, places: &[Place<'_>]) -> Result<bool> {
        let decoded = |place: &Place<'_>| if place.word.verbatim { None } else { decode(&place.word.text) };
        let all: Vec<_> = places.iter().map(|place| (place, decoded(place))).collect();
        let absent =
            || all.iter().filter(|(place, _)| place.slot.is_empty()).filter_map(|(_, decoded)| decoded.as_ref());
        let strong = absent().any(|decoded| decoded.strong);
        let weak = absent().count() > 1;
        if !strong && !weak {
            return Ok(false);
        }
        let mut read = false;
        for (place, decoded) in all {
            let Some(decoded) = decoded else { continue };
            if decoded.strong || place.slot.is_empty() || strong {
                let known = !self.lookup.word(&word(&decoded.text))?.is_empty();
                if known {
                    read = true;
                    let texts = vec![(0.0, decoded.text)];
                    self.edits.push(Edit { span: place.word.span.clone(), texts, certain: true });
                }
            }
        }
        Ok(read)
    }

    /// The words one slip away that stand best beside the neighbours; without neighbours the most frequent.
    #[inline(never)]
    fn slips(&mut self, place: &Place<'_>, group: &ExpandedGroup) -> Result<Vec<(f32, String)>> {
        let typed = place.word;
        let Ok(letters) = std::str::from_utf8(&typed.letters) else { return Ok(Vec::new()) };
        let marked = group.is_marked();
        let (before, after) = place.known();
        let mut found: Vec<(f32, String)> = Vec::new();
        for (candidate, slip) in near(letters) {
            if slip == Slip::Marks && !typed.is_marked() {
                continue;
            }
            let candidate = word(&candidate);
            let mut forms = Forms::default();
            if let Some(before) = before {
                forms.count(&self.lookup.pair(before, &candidate, Pairs::Proof)?, 1, marked);
            }
            if let Some(after) = after {
                forms.count(&self.lookup.pair(&candidate, after, Pairs::Proof)?, 0, marked);
            }
            if before.is_none() && after.is_none() {
                forms.count(&self.lookup.word(&candidate)?, 0, false);
            }
            let cost = match slip {
                Slip::Marks => 0.0,
                Slip::Sound => SOUND,
                Slip::Letter => LETTER,
            };
            for (marks, support) in forms.0 {
                if slip == Slip::Marks && same_marks(&typed.marks, &marks) {
                    continue;
                }
                let others = if typed.is_marked() { MARK * differing(&typed.marks, &marks) } else { 0.0 };
                let marks = if marked { &marks[..] } else { only_y(&marks) };
                let text = written(&candidate.letters, marks);
                match found.iter_mut().find(|(_, known)| *known == text) {
                    Some((score, _)) => *score = score.max(support - cost - others),
                    None => found.push((support - cost - others, text)),
                }
            }
        }
        Ok(found)
    }

    /// Long words that are no syllables and begin alike, a letter or two away: names and foreign words.
    #[inline(never)]
    fn names(&mut self, place: &Place<'_>) -> Result<Vec<(f32, String)>> {
        let letters = &place.word.letters;
        let Some(beginning) = letters.get(..BEGINNING).filter(|_| letters.len() >= GLUED) else {
            return Ok(Vec::new());
        };
        let most = if letters.len() >= LONG { 2 } else { 1 };
        let mut found = Vec::new();
        for (form, articles) in self.lookup.words(beginning)? {
            let distance = distance(letters, split_key(&form).0, most);
            if distance <= most {
                let (letters, marks) = split_key(&form);
                found.push(((1.0 + articles as f32).ln() - LETTER * distance as f32, written(letters, marks)));
            }
        }
        Ok(found)
    }

    /// The cuttings of a glued word whose pieces stand together.
    #[inline(never)]
    fn glued(&mut self, place: &Place<'_>) -> Result<Vec<(f32, String)>> {
        let Ok(letters) = std::str::from_utf8(&place.word.letters) else { return Ok(Vec::new()) };
        let chars: Vec<char> = place.word.text.chars().collect();
        let mut found = Vec::new();
        for pieces in cuttings(letters) {
            let mut sum = 0.0;
            for pair in pieces.windows(2) {
                let (first, second) = (letters.get(pair[0].clone()), letters.get(pair[1].clone()));
                let (first, second) = (word(first.unwrap_or_default()), word(second.unwrap_or_default()));
                let pair = self.lookup.pair(&first, &second, Pairs::Proof)?;
                sum += (1.0 + pair.articles() as f32).ln();
            }
            // Two sides of a slip are added too, so that both can be compared.
            let single = pieces.iter().filter(|piece| piece.len() == 1).count();
            let score = 2.0 * sum / (pieces.len() - 1) as f32 - GLUE - LETTER * single as f32;
            if sum > 0.0 {
                // As typed, with marks if it has some, where each letter is a character.
                let piece = |piece: &Range<usize>| match chars.get(piece.clone()) {
                    Some(piece) if place.word.letters.len() == chars.len() => piece.iter().collect(),
                    _ => letters.get(piece.clone()).unwrap_or_default().to_owned(),
                };
                found.push((score, pieces.iter().map(piece).collect::<Vec<String>>().join(" ")));
            }
        }
        Ok(found)
    }
}

/// How well forms of a word are supported: marks, with the logarithm of articles.
#[derive(Default)]
struct Forms(Vec<(Vec<u8>, f32)>);

impl Forms {
    /// Adds the forms of a word, or of the first (0) or second (1) word of a pair. `marked`: the query's marks are meant,
    /// so a neighbour with other marks is not the one that was typed.
    fn count(&mut self, slot: &Slot, which: usize, marked: bool) {
        let mut counts: Vec<(Vec<u8>, f32)> = Vec::new();
        for form in slot.forms.iter().flatten() {
            let marks = split_key(&form.term.key).1;
            let own = marks.split(|b| *b == SEPARATOR).nth(which).unwrap_or_default();
            let articles = form.term.articles as f32 * if marked && form.tier != Tier::Exact { OTHER } else { 1.0 };
            match counts.iter_mut().find(|(known, _)| known == own) {
                Some((_, sum)) => *sum += articles,
                None => counts.push((own.to_vec(), articles)),
            }
        }
        for (marks, articles) in counts {
            let support = (1.0 + articles).ln();
            match self.0.iter_mut().find(|(known, _)| *known == marks) {
                Some((_, sum)) => *sum += support,
                None => self.0.push((marks, support)),
            }
        }
    }
}

/// The single words of a group with what stands beside them. `least`: in how many articles a pair is a proof.
fn places(group: &ExpandedGroup, answered: bool, least: usize) -> Vec<Place<'_>> {
    let single = |at: usize| match group.clauses.get(at) {
        Some((Expanded::Word(slot), words)) => words.first().map(|word| (word, slot)),
        _ => None,
    };
    // A pair that at most one article has may be that author's slip; it is no proof where the query has no answer.
    let fits = |pair: &Slot| {
        pair.is_known()
            && (answered || pair.forms.iter().flatten().any(|form| pair.articles_of(&form.term.key) >= least))
    };
    let neighbour = |at: Option<usize>| at.and_then(single).map(|(word, slot)| (word, slot.is_known()));
    let place = |at: usize| {
        let (word, slot) = single(at)?;
        let pairs = [at.checked_sub(1).and_then(|at| group.pair_after(at)), group.pair_after(at)];
        Some(Place {
            word,
            slot,
            before: neighbour(at.checked_sub(1)),
            after: neighbour(Some(at + 1)),
            fits: pairs.map(|pair| pair.map(fits)),
        })
    };
    (0..group.clauses.len()).filter_map(place).collect()
}

/// A word that is looked up with its marks left open, unless it has some.
fn word(text: &str) -> Word {
    let key = term_key(text).unwrap_or_default();
    let (letters, marks) = split_key(&key);
    let marks = marks.iter().copied().filter(|mark| *mark != OPEN).collect();
    Word { text: text.to_owned(), letters: letters.to_vec(), marks, span: 0..0, prefix: false, verbatim: false }
}

/// What a mark is, wherever it stands.
fn kind(mark: u8) -> u8 {
    if mark >= 0x80 { mark & 0x83 } else { mark }
}

fn is_mark(mark: &&u8) -> bool {
    !matches!(**mark, WRITTEN_Y | OPEN)
}

fn same_marks(a: &[u8], b: &[u8]) -> bool {
    a.iter().filter(is_mark).eq(b.iter().filter(is_mark))
}

/// How many marks one has and the other has not, whatever letter they stand on.
fn differing(a: &[u8], b: &[u8]) -> f32 {
    let lacking = |a: &[u8], b: &[u8]| {
        let mut b: Vec<u8> = b.iter().filter(is_mark).map(|mark| kind(*mark)).collect();
        let lacks = |mark: &&u8| match b.iter().position(|other| *other == kind(**mark)) {
            Some(at) => {
                b.swap_remove(at);
                false
            }
            None => true,
        };
        a.iter().filter(is_mark).filter(lacks).count()
    };
    (lacking(a, b) + lacking(b, a)) as f32
}

/// Of marks, only how i is written.
fn only_y(marks: &[u8]) -> &[u8] {
    let at = marks.iter().position(|mark| *mark == WRITTEN_Y);
    at.and_then(|at| marks.get(at..=at)).unwrap_or_default()
}
