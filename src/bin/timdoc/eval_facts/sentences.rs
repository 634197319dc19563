//! Sentences of articles: which there are, what is read from each, and a fair draw of those that may state something.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use timdoc::facts::{Facts, Mention, Part};

use super::Read;
use super::golden::figures;

/// A sentence and what it states, as drawn and as judged.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sentence {
    /// The article.
    pub id: String,
    /// `title`, `lead` or the number of the block.
    pub part: String,
    /// Its number in that text, from 0.
    pub sentence: usize,
    /// [`hash`] of its text, so that a changed text is noticed.
    pub hash: String,
    /// Its text, when drawn; not kept with judgements.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The kinds that are judged; all when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Numbers of documents.
    pub documents: Vec<String>,
    /// Days and months, ISO 8601.
    pub dates: Vec<String>,
    /// Names of people, in full where the article gives them.
    pub people: Vec<String>,
    /// Units of administration by their official names.
    pub places: Vec<String>,
    /// Collectives, individuals, both together: `56/87/-`.
    pub awards: Vec<String>,
}

/// How many sentences of a kind are drawn, if there are so many.
const OF_A_KIND: usize = 44;

/// The texts of an article with their names.
pub fn texts(read: &Read) -> Vec<(Part, String, &str)> {
    let article = &read.article;
    let title = Some((Part::Title, "title".to_owned(), article.title.as_str())).filter(|_| !article.title_derived);
    let lead = article.lead.as_deref().map(|lead| (Part::Lead, "lead".to_owned(), lead));
    let blocks =
        article.blocks.iter().enumerate().map(|(at, block)| (Part::Block(at), at.to_string(), block.text.as_str()));
    title.into_iter().chain(lead).chain(blocks).collect()
}

/// The sentences of a text: they end at a line break, or at `.`, `!`, `?` or `…` with a space and a capital, figure or
/// opening mark after it.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let ends = match c {
            '\n' => true,
            '.' | '!' | '?' | '…' => {
                let rest = text.get(after..).unwrap_or_default();
                let next = rest.trim_start();
                next.len() < rest.len()
                    && next.chars().next().is_some_and(|n| !n.is_lowercase() && !matches!(n, '-' | '–' | ','))
            }
            _ => false,
        };
        if ends {
            found.push(start..after);
            start = after;
        }
    }
    found.push(start..text.len());
    found.retain(|span| text.get(span.clone()).is_some_and(|text| !text.trim().is_empty()));
    found
}

/// What is read from a sentence: the facts with a mention in it.
pub fn read_from(facts: &Facts, part: Part, span: &Range<usize>) -> Sentence {
    let here = |mentions: &[Mention]| {
        mentions.iter().any(|m| m.part == part && m.span.start >= span.start && m.span.start < span.end)
    };
    let documents = facts.documents.iter().filter(|fact| here(&fact.mentions)).map(|fact| fact.number.clone());
    let dates = facts.dates.iter().filter(|fact| here(&fact.mentions)).map(|fact| fact.date.iso());
    let people = facts.people.iter().filter(|fact| here(&fact.mentions)).map(|fact| fact.name.clone());
    let places = facts.places.iter().filter(|fact| here(&fact.mentions)).map(|fact| fact.unit.clone());
    let awards = facts.awards.iter().filter(|fact| here(&fact.mentions)).map(figures);
    Sentence {
        documents: documents.collect(),
        dates: dates.collect(),
        people: people.collect(),
        places: places.collect(),
        awards: awards.collect(),
        ..Sentence::default()
    }
}

/// FNV-1a, 64 bits, in hexadecimal digits.
pub fn hash(text: &str) -> String {
    format!(
        "{:016x}",
        text.bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
    )
}

/// So many sentences of each of five kinds: those whose hash with the seed is smallest, whatever is read from them.
pub fn draw(all: &[Read], seed: u64) -> Vec<Sentence> {
    let mut kinds: Vec<Vec<(String, Sentence)>> = (0..5).map(|_| Vec::new()).collect();
    for read in all {
        for (part, name, text) in texts(read) {
            for (number, span) in sentences(text).into_iter().enumerate() {
                let sentence = text.get(span.clone()).unwrap_or_default();
                if sentence.len() > 1200 {
                    continue;
                }
                for (kind, list) in kinds.iter_mut().enumerate().filter(|(kind, _)| may_state(*kind, sentence)) {
                    let rank = hash(&format!("{seed} {kind} {} {name} {number}", read.article.id));
                    if list.len() == OF_A_KIND && list.last().is_some_and(|(last, _)| *last <= rank) {
                        continue;
                    }
                    let found = Sentence {
                        id: read.article.id.clone(),
                        part: name.clone(),
                        sentence: number,
                        hash: hash(sentence),
                        text: sentence.trim().to_owned(),
                        ..read_from(&read.facts, part, &span)
                    };
                    let at = list.partition_point(|(known, _)| *known < rank);
                    list.insert(at, (rank, found));
                    list.truncate(OF_A_KIND);
                }
            }
        }
    }
    kinds.into_iter().flatten().map(|(_, sentence)| sentence).collect()
}

/// Whether a sentence may state a document, a day, an award, a person or a place: rough signs, none of the rules.
fn may_state(kind: usize, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.trim_start_matches(['(', '“', '"']).chars().next().is_some_and(char::is_uppercase);
    let pair = || words.windows(2).skip(1).any(|pair| capital(&pair[0]) && capital(&pair[1]));
    let low = text.to_lowercase();
    let any = |list: &[&str]| list.iter().any(|word| low.contains(word));
    let digits = |mark: char| {
        text.char_indices().any(|(at, c)| c == mark && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()))
    };
    match kind {
        0 => {
            (digits('/') || digits('-'))
                && any(&[
                    "nghị định",
                    "thông tư",
                    "quyết định",
                    "chỉ thị",
                    "nghị quyết",
                    "luật",
                    "công văn",
                    "kế hoạch",
                    "kết luận",
                    "thông báo",
                    "văn bản",
                ])
        }
        1 => {
            digits('/')
                || digits('-') && any(&["ngày"])
                || any(&[" tháng "]) && text.contains(|c: char| c.is_ascii_digit())
        }
        2 => {
            counted(&low)
                && any(&["khen", "dương", "tôn vinh", "vinh danh", "danh hiệu", "huân chương", "tặng", "trao"])
        }
        3 => pair(),
        _ => {
            pair()
                && any(&[
                    "tỉnh",
                    "huyện",
                    "quận",
                    "xã",
                    "phường",
                    "thành phố",
                    "tp",
                    "thị trấn",
                    "hà nội",
                    "đà nẵng",
                    "nghệ an",
                    "đồng nai",
                    "hải phòng",
                ])
        }
    }
}

/// Whether a number stands before "tập thể" or "cá nhân", with a word or two between perhaps.
fn counted(low: &str) -> bool {
    const NUMBERS: [&str; 9] = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let words: Vec<&str> =
        low.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let number = |word: &&str| NUMBERS.contains(word) || word.starts_with(|c: char| c.is_ascii_digit());
    words.windows(2).enumerate().any(|(at, pair)| {
        matches!(pair, ["tập", "thể"] | ["cá", "nhân"]) && words[at.saturating_sub(2)..at].iter().any(number)
    })
}
