//! What a reader would say a word is, worked out in another way than timdoc's analyser does: through Unicode's own
//! decomposition. Answers of the engine are held against it.
#![allow(dead_code)] // each file of tests uses its part

use std::collections::BTreeSet;

use timdoc::article::Article;
use unicode_normalization::UnicodeNormalization;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Lower case letters without marks; `đ` is `d`.
    pub letters: String,
    /// For each letter its mark of shape, `-` for none.
    pub shapes: Vec<char>,
    /// The tone mark.
    pub tone: Option<char>,
    /// As written, in lower case.
    pub text: String,
}

impl Word {
    /// Whether it is of letters alone.
    pub fn is_alphabetic(&self) -> bool {
        self.letters.bytes().all(|b| b.is_ascii_lowercase())
    }

    fn is_marked(&self) -> bool {
        self.tone.is_some() || self.shapes.iter().any(|shape| *shape != '-')
    }

    /// Whether an article's word surely answers this one: the same letters, and every mark typed here.
    pub fn must_find(&self, article: &Word) -> bool {
        let shapes = || self.shapes.iter().zip(&article.shapes).all(|(typed, has)| *typed == '-' || typed == has);
        self.letters == article.letters && shapes() && (self.tone.is_none() || self.tone == article.tone)
    }

    /// Whether an article's word may answer this one: as [`Word::must_find`], with `y` for `i`, or when the article
    /// does not have the marks it should (`duong`, `hoc`).
    pub fn may_find(&self, article: &Word) -> bool {
        let same = |a: &str, b: &str| a.replace('y', "i") == b.replace('y', "i");
        let dropped = !article.is_marked()
            || article.tone.is_none() && ["c", "ch", "p", "t"].iter().any(|end| article.letters.ends_with(end));
        let y = |word: &Word| Word { letters: word.letters.replace('y', "i"), ..word.clone() };
        y(self).must_find(&y(article)) || dropped && same(&self.letters, &article.letters)
    }
}

/// The words of a text: runs of letters and ASCII digits, apart where a capital follows a small letter.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut small = false;
    for c in text.nfc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')) {
        if !c.is_alphabetic() && !c.is_ascii_digit() {
            open = false;
            continue;
        }
        if !open || small && c.is_uppercase() {
            words.push(Word { letters: String::new(), shapes: Vec::new(), tone: None, text: String::new() });
        }
        open = true;
        small = c.is_lowercase();
        let Some(word) = words.last_mut() else { continue };
        for c in c.to_lowercase().nfd() {
            match c {
                'đ' => {
                    word.letters.push('d');
                    word.shapes.push('/');
                }
                '\u{302}' | '\u{306}' | '\u{31b}' => {
                    word.shapes.pop();
                    word.shapes.push(c);
                }
                '\u{300}'..='\u{36f}' => word.tone = Some(c),
                _ => {
                    word.letters.push(c);
                    word.shapes.push('-');
                }
            }
        }
        word.text.extend(c.to_lowercase());
    }
    words
}

/// Letters without marks, in lower case; everything else stays.
pub fn unmarked(text: &str) -> String {
    let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}');
    text.nfd().filter(marks).collect::<String>().to_lowercase().replace('đ', "d")
}

/// Every text of an article that is searched, one by one.
pub fn texts(article: &Article) -> Vec<&str> {
    let mut texts = vec![article.title.as_str()];
    texts.extend(article.lead.as_deref());
    texts.extend(article.blocks.iter().map(|block| block.text.as_str()));
    texts.extend([&article.byline, &article.source, &article.category].into_iter().flatten().map(String::as_str));
    texts.extend(article.tags.iter().map(String::as_str));
    texts
}

/// Articles with their words, by text.
pub struct Plain {
    /// The articles.
    pub articles: Vec<Article>,
    texts: Vec<Vec<Vec<Word>>>,
}

impl Plain {
    /// Reads the words of articles.
    pub fn new(articles: Vec<Article>) -> Self {
        let texts = articles.iter().map(|article| texts(article).into_iter().map(words).collect()).collect();
        Plain { articles, texts }
    }

    /// Every word of every article, each once.
    pub fn vocabulary(&self) -> Vec<Word> {
        self.texts.iter().flatten().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The ids of the articles that must, and those that may, be found for words that all have to be there.
    pub fn all_of(&self, query: &str) -> Bounds {
        let query = words(query);
        self.bounds(|texts, answers| query.iter().all(|word| texts.iter().flatten().any(|has| answers(word, has))))
    }

    /// The same for words side by side.
    pub fn phrase(&self, query: &str) -> Bounds {
        let query = words(query);
        let stands = |text: &[Word], answers: fn(&Word, &Word) -> bool| {
            text.windows(query.len()).any(|window| query.iter().zip(window).all(|(word, has)| answers(word, has)))
        };
        self.bounds(|texts, answers| texts.iter().any(|text| stands(text, answers)))
    }

    fn bounds(&self, holds: impl Fn(&[Vec<Word>], fn(&Word, &Word) -> bool) -> bool) -> Bounds {
        let ids = |answers: fn(&Word, &Word) -> bool| {
            let found = self.articles.iter().zip(&self.texts).filter(|(_, texts)| holds(texts, answers));
            found.map(|(article, _)| article.id.clone()).collect()
        };
        Bounds { must: ids(Word::must_find), may: ids(Word::may_find) }
    }
}

/// The articles that have to be found, and all that may be.
#[derive(Debug)]
pub struct Bounds {
    /// Have to be found.
    pub must: BTreeSet<String>,
    /// May be found.
    pub may: BTreeSet<String>,
}

impl Bounds {
    /// What is wrong with an answer; empty when nothing is.
    pub fn wrong(&self, found: &[String]) -> String {
        let found: BTreeSet<String> = found.iter().cloned().collect();
        let missed: Vec<_> = self.must.difference(&found).collect();
        let extra: Vec<_> = found.difference(&self.may).collect();
        let mut wrong = String::new();
        if !missed.is_empty() {
            wrong += &format!("not found: {missed:?} ");
        }
        if !extra.is_empty() {
            wrong += &format!("found though it has it not: {extra:?}");
        }
        wrong
    }
}
