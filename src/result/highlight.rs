//! Which words of a text the query meant: the same analyser and the same tiers as the index.

use std::ops::Range;

use super::Piece;
use crate::analysis::fold::{Glyph, glyph};
use crate::analysis::marks::compare;
use crate::analysis::tokenize::{Token, Tokens, Wanted, split_key};
use crate::collections::sort_by;
use crate::query::parse::{Clause, Group, Query, Word};

/// The words a query means, ready to be found in texts.
#[derive(Debug, Default)]
pub struct Meant {
    words: Vec<MeantWord>,
    /// For each alternative of single words, three or more, which of the words they are, in order.
    sequences: Vec<Vec<usize>>,
    phrases: Vec<Phrase>,
    /// Keys of documents' numbers, and as typed.
    numbers: Vec<(String, String)>,
    /// Most words of a text are passed over by it.
    wanted: Wanted,
    /// Which words were found since [`Meant::begin_article`].
    seen: Vec<bool>,
    tokens: Tokens,
}

/// Words side by side that an article must have, or must not, to answer an alternative of the query.
#[derive(Debug)]
struct Phrase {
    words: Vec<Word>,
    group: usize,
    excluded: bool,
}

#[derive(Debug)]
struct MeantWord {
    word: Word,
    /// How much it tells; decides between passages.
    weight: f32,
}

/// A word of a text that the query meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub span: Range<usize>,
    /// Which of the query's words it is; numbers of documents come after the words.
    pub word: usize,
}

impl Meant {
    /// The words of a query. `weight` tells how much each tells.
    #[must_use]
    pub fn new(query: &Query, weight: impl Fn(&Word) -> f32) -> Self {
        let mut meant = Meant::default();
        for (group, clause) in query
            .groups
            .iter()
            .enumerate()
            .flat_map(|(at, group)| group.excluded.iter().map(move |clause| (at, clause)))
        {
            if let Clause::Phrase(words) = clause {
                meant.phrases.push(Phrase { words: words.clone(), group, excluded: true });
            }
        }
        for (group, clause) in
            query.groups.iter().enumerate().flat_map(|(at, group)| group.clauses.iter().map(move |clause| (at, clause)))
        {
            match clause {
                Clause::Number(key, words) => {
                    let typed: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
                    meant.numbers.push((key.clone(), typed.join(" ")));
                }
                Clause::Phrase(words) => {
                    meant.phrases.push(Phrase { words: words.clone(), group, excluded: false });
                    words.iter().for_each(|word| meant.add(word, weight(word)));
                }
                Clause::Compound(joined, parts) => {
                    meant.add(joined, weight(joined));
                    parts.iter().for_each(|word| meant.add(word, weight(word)));
                }
                Clause::Word(word) => meant.add(word, weight(word)),
            }
        }
        // Of two words, a pair says all.
        let sequences = query.groups.iter().filter_map(|group| meant.words_of(group));
        meant.sequences = sequences.filter(|sequence| sequence.len() > 2).collect();
        meant.begin_article();
        meant
    }

    /// The words of an alternative by number, if it has nothing else.
    fn words_of(&self, group: &Group) -> Option<Vec<usize>> {
        let number = |clause: &Clause| match clause {
            Clause::Word(word) => self.words.iter().position(|meant| same(&meant.word, word)),
            _ => None,
        };
        group.clauses.iter().map(number).collect()
    }

    /// Whether an alternative has words that could stand one after the other.
    #[must_use]
    pub fn has_sequences(&self) -> bool {
        !self.sequences.is_empty()
    }

    /// Where words found in a text are all of an alternative of single words, one after the other: from the first word to
    /// the last.
    #[must_use]
    pub fn run(&self, query: &Query, text: &str, found: &[Found]) -> Option<Range<usize>> {
        let sequence = query.groups.iter().find_map(|group| self.words_of(group))?;
        let window = found.windows(sequence.len().max(1)).find(|window| follows(text, window, &sequence))?;
        Some(window.first()?.span.start..window.last()?.span.end)
    }

    /// Whether words found in a text are all of an alternative, one after the other.
    #[must_use]
    pub fn in_sequence(&self, text: &str, found: &[Found]) -> bool {
        let stands = |sequence: &Vec<usize>| found.windows(sequence.len()).any(|w| follows(text, w, sequence));
        self.sequences.iter().any(stands)
    }

    /// Reads texts with a tokenizer that has read others: it knows their spellings.
    #[must_use]
    pub fn with_tokens(mut self, tokens: Tokens) -> Self {
        self.tokens = tokens;
        self
    }

    /// The tokenizer, for the next query.
    #[must_use]
    pub fn into_tokens(self) -> Tokens {
        self.tokens
    }

    /// Begins with the texts of another article.
    pub fn begin_article(&mut self) {
        self.seen = vec![false; self.len()];
    }

    fn add(&mut self, word: &Word, weight: f32) {
        if !self.words.iter().any(|meant| same(&meant.word, word)) {
            self.wanted.add(&word.letters, word.prefix);
            self.words.push(MeantWord { word: word.clone(), weight });
        }
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty()
    }

    /// How much a found word tells.
    #[must_use]
    pub fn weight(&self, word: usize) -> f32 {
        self.words.get(word).map_or(8.0, |meant| meant.weight)
    }

    /// How many different words can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len() + self.numbers.len()
    }

    /// The words of a text that were meant, in order.
    pub fn find(&mut self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        if self.numbers.is_empty() {
            self.tokens.read_wanted(text, &self.wanted);
        } else {
            self.tokens.read(text);
        }
        for token in self.tokens.iter() {
            let (letters, marks) = split_key(token.key);
            let word = self.words.iter().position(|meant| answers(&meant.word, letters, marks));
            found.extend(word.map(|word| Found { span: token.span, word }));
        }
        for at in 0..self.numbers.len() {
            let word = self.words.len() + at;
            found.extend(self.find_number(&self.numbers[at].0, text).into_iter().map(|span| Found { span, word }));
        }
        found.iter().for_each(|found| self.seen[found.word] = true);
        sort_by(&mut found, |a: &Found, b| (a.span.start, a.span.end).cmp(&(b.span.start, b.span.end)));
        found
    }

    /// Where the tokens just read spell a document's number, to the end of what is written without a space.
    fn find_number(&self, key: &str, text: &str) -> Vec<Range<usize>> {
        let tokens: Vec<_> = self.tokens.iter().filter(|token| !token.joined).collect();
        let parts: Vec<&[u8]> = key.split('-').map(str::as_bytes).collect();
        let spells = |window: &&[Token<'_>]| window.iter().zip(&parts).all(|(token, part)| token.letters() == *part);
        let span = |window: &[Token<'_>]| {
            let (start, end) = (window.first()?.span.start, window.last()?.span.end);
            let more = text.get(end..)?.find(|c: char| c.is_whitespace() || ",.;:)”\"".contains(c));
            Some(start..more.map_or(text.len(), |more| end + more))
        };
        tokens.windows(parts.len()).filter(spells).filter_map(span).collect()
    }

    /// Words asked for that were in no text since [`Meant::begin_article`].
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let has = &self.seen;
        let words = self.words.iter().zip(has).filter(|(_, has)| !**has);
        let numbers = self.numbers.iter().zip(has.iter().skip(self.words.len())).filter(|(_, has)| !**has);
        words.map(|(meant, _)| meant.word.text.clone()).chain(numbers.map(|((_, typed), _)| typed.clone())).collect()
    }

    /// Phrases asked for that stand in none of an article's texts.
    pub fn missing_phrases(&mut self, texts: &[&str]) -> Vec<String> {
        let phrases = std::mem::take(&mut self.phrases);
        let lacks = |meant: &mut Meant, phrase: &Phrase| {
            !phrase.excluded && !texts.iter().any(|text| meant.has_phrase(&phrase.words, text))
        };
        let missing = phrases.iter().filter(|phrase| lacks(self, phrase));
        let typed = |phrase: &Phrase| phrase.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let missing = missing.map(typed).collect();
        self.phrases = phrases;
        missing
    }

    /// Whether an article with these texts has every phrase, and none that is excluded, of one of the alternatives
    /// whose other clauses it has: a bit each in `groups`.
    pub fn confirms(&mut self, texts: &[&str], groups: u16) -> bool {
        let phrases = std::mem::take(&mut self.phrases);
        let right = |meant: &mut Meant, phrase: &Phrase| {
            texts.iter().any(|text| meant.has_phrase(&phrase.words, text)) != phrase.excluded
        };
        let confirmed = (0..16usize)
            .filter(|group| groups >> group & 1 == 1)
            .any(|group| phrases.iter().filter(|phrase| phrase.group % 16 == group).all(|phrase| right(self, phrase)));
        self.phrases = phrases;
        confirmed
    }

    fn has_phrase(&mut self, phrase: &[Word], text: &str) -> bool {
        self.tokens.read(text);
        let tokens: Vec<_> = self.tokens.iter().filter(|token| !token.joined).collect();
        tokens
            .windows(phrase.len().max(1))
            .any(|window| window.iter().zip(phrase).all(|(token, word)| answers(word, token.letters(), token.marks())))
    }
}

/// Whether found words are these, with nothing but spaces and punctuation between them.
fn follows(text: &str, found: &[Found], words: &[usize]) -> bool {
    let beside = |pair: &[Found]| {
        let between = text.get(pair[0].span.end..pair[1].span.start).unwrap_or("a");
        !between.chars().any(|c| matches!(glyph(c), Glyph::Letter { .. } | Glyph::Digit))
    };
    found.iter().map(|found| found.word).eq(words.iter().copied()) && found.windows(2).all(beside)
}

fn same(a: &Word, b: &Word) -> bool {
    a.letters == b.letters && a.marks == b.marks
}

/// Whether a word of a text answers a word of the query.
fn answers(word: &Word, letters: &[u8], marks: &[u8]) -> bool {
    let same = if word.prefix { letters.starts_with(&word.letters) } else { letters == word.letters };
    same && compare(&word.marks, marks).is_some()
}

/// A range of a text in pieces; found words with only spaces between them are one piece.
#[must_use]
pub fn cut(text: &str, range: Range<usize>, found: &[Found]) -> Vec<Piece> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for found in found.iter().filter(|found| found.span.start >= range.start && found.span.end <= range.end) {
        match spans.last_mut() {
            Some(last) if found.span.start <= last.end => last.end = last.end.max(found.span.end),
            Some(last) if text.get(last.end..found.span.start).is_some_and(|gap| gap.trim().is_empty()) => {
                last.end = found.span.end;
            }
            _ => spans.push(found.span.clone()),
        }
    }
    let mut pieces = Vec::with_capacity(spans.len() * 2 + 1);
    let mut at = range.start;
    let mut push = |range: Range<usize>, hit: bool| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), hit });
        }
    };
    for span in spans {
        push(at..span.start, false);
        at = span.end;
        push(span, true);
    }
    push(at..range.end, false);
    pieces
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn show(query: &str, text: &str) -> String {
        let query = Query::parse(query, false).unwrap();
        let mut meant = Meant::new(&query, |_| 1.0);
        let piece = |piece: Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text };
        cut(text, 0..text.len(), &meant.find(text)).into_iter().map(piece).collect()
    }

    #[test]
    fn words_are_found_by_tier_not_by_letters() {
        assert_eq!(show("hoc tap", "Phong trào học tập, Hóc Tạp"), "Phong trào [học tập], [Hóc Tạp]");
        assert_eq!(show("học tập", "Phong trào học tập, Hóc Tạp"), "Phong trào [học tập], Hóc Tạp");
        assert_eq!(show("đường", "con đường, đương nhiên"), "con [đường], đương nhiên");
    }

    #[test]
    fn numbers_of_documents_are_found_whole() {
        assert_eq!(show("01-KL/TW", "theo Kết luận số 01-KL/TW và 01/5"), "theo Kết luận số [01-KL/TW] và 01/5");
        assert_eq!(show("kết luận 01", "theo Kết luận 01-KL/TW, ngày 1/5"), "theo Kết luận [01-KL/TW], ngày 1/5");
    }

    #[test]
    fn decomposed_text_is_cut_at_its_letters() {
        assert_eq!(show("hoc", "ho\u{323}c"), "[ho\u{323}c]");
    }

    #[test]
    fn missing_words_are_told_as_typed() {
        let query = Query::parse("học Toán", false).unwrap();
        let mut meant = Meant::new(&query, |_| 1.0);
        meant.find("học tập");
        assert_eq!(meant.missing(), ["Toán"]);
    }

    #[test]
    fn a_phrase_is_exact_to_the_word() {
        let query = Query::parse("\"học tập suốt đời\"", false).unwrap();
        let mut meant = Meant::new(&query, |_| 1.0);
        assert!(meant.confirms(&["phong trào học tập suốt đời"], 1));
        assert!(!meant.confirms(&["học tập suốt ngày, tập suốt đời"], 1));
    }
}
