//! Query text to words, phrases, exclusions and alternatives.
//!
//! | typed | means |
//! | --- | --- |
//! | `học tập` | both words, best when they stand together |
//! | `"học tập"` | these words in this order, side by side |
//! | `-bóng` `-"bóng đá"` | not with this word, not with this phrase |
//! | `bão lũ \| cháy rừng` | the words before the bar, or those after it |
//! | `01-KL/TW`, `kết luận 01` | articles that cite the document |
//!
//! Anything is a query; what cannot be read as one of these is words.

use std::ops::Range;

use crate::analysis::acronyms::acronyms;
use crate::analysis::document_number;
use crate::analysis::marks::{compare, is_marked};
use crate::analysis::numerals;
use crate::analysis::tokenize::{Token, Tokens};
use crate::{Error, Result};

/// Most characters of a query.
pub const MAX_CHARS: usize = 2000;
/// Most words of a query.
pub const MAX_WORDS: usize = 128;
/// Most alternatives of a query.
const MAX_GROUPS: usize = 16;

/// A query: alternatives, of which an article must answer one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The alternatives; none when nothing was asked.
    pub groups: Vec<Group>,
}

/// Clauses of which an article must answer all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// What is asked for.
    pub clauses: Vec<Clause>,
    /// What must not be there.
    pub excluded: Vec<Clause>,
    /// It is another alternative with acronyms for terms, terms for acronyms, and numbers in the other numerals: nobody
    /// typed it.
    pub widened: bool,
}

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// A word.
    Word(Word),
    /// A word of joined parts: the joined form, or the parts side by side.
    Compound(Word, Vec<Word>),
    /// Words side by side.
    Phrase(Vec<Word>),
    /// A document, by the key of its number; the words it was typed with if no article cites it.
    Number(String, Vec<Word>),
}

/// A word that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub text: String,
    /// Folded letters.
    pub letters: Vec<u8>,
    /// Marks as typed.
    pub marks: Vec<u8>,
    /// Its bytes in the query.
    pub span: Range<usize>,
    /// It may be unfinished.
    pub prefix: bool,
    /// It was quoted: it is meant as typed, and never corrected.
    pub verbatim: bool,
}

impl Word {
    fn new(token: &Token<'_>, text: &str) -> Self {
        Word {
            text: text.get(token.span.clone()).unwrap_or_default().to_owned(),
            letters: token.letters().to_vec(),
            marks: token.marks().to_vec(),
            span: token.span.clone(),
            prefix: false,
            verbatim: false,
        }
    }

    /// Whether marks were typed on it.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        is_marked(&self.marks)
    }
}

impl Clause {
    /// Its words as typed.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        match self {
            Clause::Word(word) => std::slice::from_ref(word),
            Clause::Compound(_, words) | Clause::Phrase(words) | Clause::Number(_, words) => words,
        }
    }
}

impl Query {
    /// Reads a query. `prefix`: its last word may be unfinished.
    ///
    /// # Errors
    /// `query_too_long` beyond [`MAX_CHARS`] characters or [`MAX_WORDS`] words.
    ///
    /// ```
    /// use timdoc::query::parse::{Clause, Query};
    /// let query = Query::parse("\"học tập\" bác -bóng", false)?;
    /// assert!(matches!(query.groups[0].clauses[0], Clause::Phrase(_)));
    /// assert_eq!(query.groups[0].excluded.len(), 1);
    /// # Ok::<(), timdoc::Error>(())
    /// ```
    pub fn parse(text: &str, prefix: bool) -> Result<Self> {
        // Counting stops early: a text of many megabytes is refused at once.
        let chars = text.chars().take(MAX_CHARS * 100).count();
        if chars > MAX_CHARS {
            return Err(Error::QueryTooLong { chars, limit: MAX_CHARS });
        }
        let mut parser = Parser { text, tokens: Tokens::default(), group: Group::default(), groups: Vec::new() };
        parser.read();
        let mut groups = parser.groups;
        groups.truncate(MAX_GROUPS / 2);
        let words: usize = groups.iter().flat_map(|group| &group.clauses).map(|clause| clause.words().len()).sum();
        if words > MAX_WORDS {
            return Err(Error::QueryTooLong { chars, limit: MAX_CHARS });
        }
        if prefix && let Some(clause) = groups.last_mut().and_then(|group| group.clauses.last_mut()) {
            let end = text.trim_end_matches('"').len();
            let last = match clause {
                Clause::Word(word) => Some(word),
                // A closed phrase is finished; a document number is looked up as typed.
                Clause::Phrase(words) if end == text.len() => words.last_mut(),
                _ => None,
            };
            if let Some(word) = last.filter(|word| word.span.end == end) {
                word.prefix = true;
            }
        }
        let widened: Vec<Group> = groups.iter().filter_map(widened).collect();
        groups.extend(widened);
        Ok(Query { groups })
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.clauses.is_empty() && group.excluded.is_empty())
    }

    /// All words that are asked for, in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.groups.iter().flat_map(|group| &group.clauses).flat_map(Clause::words)
    }
}

/// The alternative with acronyms for terms, terms for acronyms and numbers in the other numerals; `None` when it has
/// none of them.
fn widened(group: &Group) -> Option<Group> {
    let mut clauses = group.clauses.clone();
    let mut changed = false;
    let letters = |clause: &Clause| clause.words().first().map(|word| word.letters.clone());
    let joined = group.clauses.iter().filter_map(|clause| match clause {
        Clause::Compound(joined, _) => Some(joined.letters.clone()),
        _ => None,
    });
    let words: Vec<Vec<u8>> = group.clauses.iter().filter_map(letters).chain(joined).collect();
    let words: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
    for (acronym, term) in acronyms(&words) {
        let (short, long) = (plain_words(acronym), plain_words(term));
        for (from, to) in [(&short, &long), (&long, &short)] {
            if let Some(at) = clauses.windows(from.len()).position(|window| spells(window, from)) {
                let span = clauses[at].words().first().map_or(0, |word| word.span.start)
                    ..clauses[at + from.len() - 1].words().last().map_or(0, |word| word.span.end);
                let words = to.iter().map(|word| Clause::Word(Word { span: span.clone(), ..word.clone() }));
                clauses.splice(at..at + from.len(), words);
                changed = true;
            }
        }
    }
    let mut before: Vec<u8> = Vec::new();
    for clause in &mut clauses {
        let number = other_number(&before, clause);
        before.clear();
        before.extend(clause.words().last().map_or(&[][..], |word| &word.letters));
        if let Some(number) = number {
            *clause = Clause::Word(number);
            changed = true;
        }
    }
    (changed && clauses.len() <= MAX_WORDS).then(|| Group { clauses, excluded: group.excluded.clone(), widened: true })
}

/// A number after the letters of a word that is numbered, in the other numerals: see [`numerals`]. One small letter may be
/// the beginning of a word.
fn other_number(before: &[u8], clause: &Clause) -> Option<Word> {
    let Clause::Word(typed) = clause else { return None };
    let begun = typed.prefix && matches!(typed.text.as_bytes(), [letter] if letter.is_ascii_lowercase());
    if typed.verbatim || begun {
        return None;
    }
    let letters = numerals::other(before, &typed.letters)?.to_vec();
    let text = letters.iter().map(|letter| char::from(*letter)).collect();
    Some(Word { text, letters, marks: Vec::new(), span: typed.span.clone(), prefix: false, verbatim: true })
}

/// The words of a text that is not the reader's.
fn plain_words(text: &str) -> Vec<Word> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let words = tokens.iter().filter(|token| !token.joined).map(|token| Word::new(&token, text));
    words.map(|word| Word { verbatim: true, ..word }).collect()
}

/// Whether clauses are these words, with their marks or some of them.
fn spells(clauses: &[Clause], words: &[Word]) -> bool {
    clauses.iter().zip(words).all(|(clause, word)| match clause {
        Clause::Word(typed) | Clause::Compound(typed, _) => {
            typed.letters == word.letters && !typed.verbatim && compare(&typed.marks, &word.marks).is_some()
        }
        _ => false,
    })
}

struct Parser<'t> {
    text: &'t str,
    tokens: Tokens,
    group: Group,
    groups: Vec<Group>,
}

impl Parser<'_> {
    fn read(&mut self) {
        let mut from = 0;
        let mut at = 0;
        let mut excluded = false;
        let mut boundary = true;
        while let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            match c {
                '"' | '“' | '”' | '„' | '«' => {
                    self.words(from..at, excluded);
                    let rest = self.text.get(next..).unwrap_or("");
                    let length = rest.find(['"', '”', '“', '»']).unwrap_or(rest.len());
                    self.phrase(next..next + length, excluded);
                    at = next + length;
                    at += self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                    (from, excluded, boundary) = (at, false, true);
                    continue;
                }
                '|' => {
                    self.words(from..at, excluded);
                    self.close_group();
                    (from, excluded, boundary) = (next, false, true);
                }
                '-' | '−' if boundary && self.starts_exclusion(next) => {
                    self.words(from..at, excluded);
                    (from, excluded, boundary) = (next, true, false);
                }
                _ if c.is_whitespace() => {
                    if excluded {
                        self.words(from..at, true);
                        (from, excluded) = (next, false);
                    }
                    boundary = true;
                }
                _ => boundary = false,
            }
            at = next;
        }
        self.words(from..self.text.len(), excluded);
        self.close_group();
    }

    /// A hyphen excludes when a word or a quotation follows at once, not in `2022 - 2023` or `- a`.
    fn starts_exclusion(&self, next: usize) -> bool {
        let follows = self.text.get(next..).and_then(|rest| rest.chars().next());
        follows.is_some_and(|c| !c.is_whitespace() && c != '-')
    }

    fn close_group(&mut self) {
        let group = std::mem::take(&mut self.group);
        if !group.clauses.is_empty() || !group.excluded.is_empty() {
            self.groups.push(group);
        }
    }

    fn phrase(&mut self, range: Range<usize>, excluded: bool) {
        let mut words: Vec<Word> = self.clauses(range).iter().flat_map(Clause::words).cloned().collect();
        words.iter_mut().for_each(|word| word.verbatim = true);
        let clause = match words.len() {
            0 => return,
            1 => words.into_iter().next().map(Clause::Word),
            _ => Some(Clause::Phrase(words)),
        };
        let into = if excluded { &mut self.group.excluded } else { &mut self.group.clauses };
        into.extend(clause);
    }

    /// Words, and the document number among them if there is one.
    fn words(&mut self, range: Range<usize>, excluded: bool) {
        let text = self.text.get(range.clone()).unwrap_or("");
        if excluded {
            let clauses = self.clauses(range);
            self.group.excluded.extend(clauses);
            return;
        }
        let Some(number) = document_number::parse_query(text) else {
            let clauses = self.clauses(range);
            self.group.clauses.extend(clauses);
            return;
        };
        let span = range.start + number.span.start..range.start + number.span.end;
        let before = self.clauses(range.start..span.start);
        let typed = self.clauses(span.clone()).iter().flat_map(Clause::words).cloned().collect();
        let after = self.clauses(span.end..range.end);
        self.group.clauses.extend(before);
        self.group.clauses.push(Clause::Number(number.key, typed));
        self.group.clauses.extend(after);
    }

    fn clauses(&mut self, range: Range<usize>) -> Vec<Clause> {
        let offset = range.start;
        let text = self.text.get(range).unwrap_or("");
        self.tokens.read(text);
        let mut clauses: Vec<Clause> = Vec::new();
        let mut compound: Option<(Word, Vec<Word>)> = None;
        for token in self.tokens.iter() {
            let mut word = Word::new(&token, text);
            // In a query nothing is left open by a careless source.
            word.marks.retain(|mark| *mark != crate::analysis::marks::OPEN);
            let whole = word.span.clone();
            word.span = whole.start + offset..whole.end + offset;
            if token.joined {
                clauses.extend(compound.take().map(|(joined, parts)| Clause::Compound(joined, parts)));
                compound = Some((word, Vec::new()));
                continue;
            }
            match &mut compound {
                Some((joined, parts)) if word.span.end <= joined.span.end => parts.push(word),
                _ => {
                    clauses.extend(compound.take().map(|(joined, parts)| Clause::Compound(joined, parts)));
                    clauses.push(Clause::Word(word));
                }
            }
        }
        clauses.extend(compound.take().map(|(joined, parts)| Clause::Compound(joined, parts)));
        clauses
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(text: &str) -> String {
        let query = Query::parse(text, true).unwrap();
        let word = |word: &Word| format!("{}{}", word.text, if word.prefix { "*" } else { "" });
        let words = |words: &[Word]| words.iter().map(word).collect::<Vec<_>>().join(" ");
        let clause = |clause: &Clause| match clause {
            Clause::Word(one) => word(one),
            Clause::Compound(joined, parts) => format!("{}=({})", joined.text, words(parts)),
            Clause::Phrase(phrase) => format!("\"{}\"", words(phrase)),
            Clause::Number(key, _) => format!("#{key}"),
        };
        let group = |group: &Group| {
            let asked = group.clauses.iter().map(clause);
            asked.chain(group.excluded.iter().map(|c| format!("-{}", clause(c)))).collect::<Vec<_>>().join(" ")
        };
        query.groups.iter().map(group).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_last_word_may_be_unfinished() {
        assert_eq!(show("học t"), "học t*");
        assert_eq!(show("học t "), "học t");
        assert_eq!(show("\"học tập\""), "\"học tập\"");
        assert_eq!(show("\"học tậ"), "\"học tậ*\"");
    }

    #[test]
    fn quotation_marks_of_all_kinds_make_phrases() {
        assert_eq!(show("“dong chi” bác "), "\"dong chi\" bác");
        assert_eq!(show("\"\" a "), "a");
    }

    #[test]
    fn a_hyphen_before_a_word_excludes_it() {
        assert_eq!(show("bão -lũ -\"cháy rừng\" "), "bão -lũ -\"cháy rừng\"");
        assert_eq!(show("2022 - 2023 "), "2022 2023");
        assert_eq!(show("pa-nô "), "pa-nô=(pa nô)");
    }

    #[test]
    fn a_bar_separates_alternatives() {
        assert_eq!(show("bão lũ | cháy rừng "), "bão lũ | cháy rừng");
        assert_eq!(show("| |"), "");
    }

    #[test]
    fn document_numbers_are_seen_among_words() {
        assert_eq!(show("01-KL/TW"), "#1-kl-tw");
        assert_eq!(show("sơ kết 01-KL/TW "), "sơ kết #1-kl-tw");
    }

    #[test]
    fn a_number_after_what_is_numbered_is_looked_for_in_both_numerals() {
        assert_eq!(show("quý 2 "), "quý 2 | quý ii");
        assert_eq!(show("Đại hội XIII"), "Đại hội XIII* | Đại hội 13");
        assert_eq!(show("hội nghị lần thứ 10 khóa xiv "), "hội nghị lần thứ 10 khóa xiv | hội nghị lần thứ x khóa 14");
        assert_eq!(show("bài 2 "), "bài 2");
        assert_eq!(show("\"quý 2\""), "\"quý 2\"");
        assert_eq!(show("khóa v"), "khóa v*");
        let number = Query::parse("quý 2", false).unwrap().groups[1].clauses[1].words()[0].clone();
        assert_eq!(Word { span: 0..2, ..number }, plain_words("ii")[0]);
    }

    #[test]
    fn a_very_long_query_is_refused() {
        let error = Query::parse(&"a ".repeat(50_000), true).unwrap_err();
        assert_eq!(error.code(), "query_too_long");
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,80}", prefix in any::<bool>()) {
            prop_assert!(Query::parse(&text, prefix).is_ok());
        }

        #[test]
        fn any_syntax_is_a_query(text in "[a-c \"“”|\\-0-9/Đđ]{0,40}") {
            prop_assert!(Query::parse(&text, true).is_ok());
        }
    }
}
