//! What is shown of an article: in a list of results, and when it is read.

use serde::{Deserialize, Serialize};

use super::Piece;
use super::highlight::{Found, Meant, cut};
use super::snippet::{snippet, texts};
use crate::article::{Article, Attachment, Block, Date, Image};
use crate::bundle::stored::Stored;
use crate::rank::evaluate::Reason;

/// An article in a list of results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The title in pieces.
    pub title_segments: Vec<Piece>,
    /// The source has no title; this one was taken from the text.
    pub title_derived: bool,
    /// When it was published.
    pub published: Option<Date>,
    /// Who published it.
    pub source: Option<String>,
    /// The rubric.
    pub category: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// How well it answers.
    pub score: f32,
    /// It has all that was asked; else a part of it.
    pub complete: bool,
    /// The passage that shows why.
    pub snippet: Vec<Piece>,
    /// Words asked for that it does not have.
    pub missing: Vec<String>,
    /// What its score is made of, if asked for.
    pub reasons: Vec<Reason>,
}

/// What a query meant in the texts of an article.
pub struct Reading {
    title: Vec<Found>,
    texts: Vec<Vec<Found>>,
    /// All words of the query stand somewhere one after the other.
    pub in_sequence: bool,
    complete: bool,
    missing: Vec<String>,
}

impl Reading {
    /// Reads an article. `full`: it has all words, as far as the index was asked; `certain`: it was asked about all.
    #[must_use]
    pub fn new(article: &Article, full: bool, certain: bool, meant: &mut Meant) -> Self {
        meant.begin_article();
        let title = meant.find(&article.title);
        let read: Vec<Vec<Found>> = texts(article).map(|text| meant.find(text)).collect();
        let in_sequence = meant.in_sequence(&article.title, &title)
            || texts(article).zip(&read).any(|(text, found)| meant.in_sequence(text, found));
        let missing = if full && certain {
            Vec::new()
        } else {
            about(article).for_each(|text| drop(meant.find(text)));
            let words = meant.missing();
            // It has all words, but not side by side.
            if words.is_empty() { meant.missing_phrases(&all_texts(article).collect::<Vec<_>>()) } else { words }
        };
        let complete = full && missing.is_empty();
        Reading { title, texts: read, in_sequence, complete, missing }
    }
}

impl Hit {
    /// What is shown of a stored article.
    #[must_use]
    pub fn new(stored: &Stored, score: f32, reading: Reading, meant: &Meant) -> Self {
        let article = &stored.article;
        Hit {
            id: article.id.clone(),
            title: article.title.clone(),
            title_segments: cut(&article.title, 0..article.title.len(), &reading.title),
            title_derived: article.title_derived,
            published: article.published.clone(),
            source: article.source.clone(),
            category: article.category.clone(),
            url: article.url.clone(),
            score,
            complete: reading.complete,
            snippet: snippet(article, &reading.texts, meant),
            missing: reading.missing,
            reasons: Vec::new(),
        }
    }
}

/// Every text of an article that is searched.
pub fn all_texts(article: &Article) -> impl Iterator<Item = &str> {
    std::iter::once(article.title.as_str()).chain(texts(article)).chain(about(article))
}

/// What is searched beside title, lead and body.
fn about(article: &Article) -> impl Iterator<Item = &str> {
    let about = [&article.byline, &article.source, &article.category].into_iter().flatten();
    about.chain(&article.tags).map(String::as_str)
}

/// A link to another article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedArticle {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published: Option<Date>,
}

impl RelatedArticle {
    /// A link to a stored article.
    #[must_use]
    pub fn new(stored: &Stored) -> Self {
        let article = &stored.article;
        RelatedArticle { id: article.id.clone(), title: article.title.clone(), published: article.published.clone() }
    }
}

/// An article as the reader shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The source has no title; this one was taken from the text.
    pub title_derived: bool,
    /// When it was published.
    pub published: Option<Date>,
    /// When the event it reports took place.
    pub event: Option<Date>,
    /// The opening paragraph.
    pub lead: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// The rubric.
    pub category: Option<String>,
    /// Key words.
    pub tags: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// Files it links to.
    pub attachments: Vec<Attachment>,
    /// Its pictures, in reading order.
    pub images: Vec<Image>,
    /// What it states, as `facts::compact` writes it; empty when it states nothing.
    pub facts: String,
    /// Articles like it, the nearest first.
    pub related: Vec<RelatedArticle>,
    /// The article published next.
    pub newer: Option<RelatedArticle>,
    /// The article published before.
    pub older: Option<RelatedArticle>,
}

impl ArticleView {
    /// A stored article with links to others.
    #[must_use]
    pub fn new(
        stored: &Stored,
        related: Vec<RelatedArticle>,
        newer: Option<RelatedArticle>,
        older: Option<RelatedArticle>,
    ) -> Self {
        let article = stored.article.clone();
        ArticleView {
            id: article.id,
            title: article.title,
            title_derived: article.title_derived,
            published: article.published,
            event: article.event,
            lead: article.lead,
            byline: article.byline,
            source: article.source,
            category: article.category,
            tags: article.tags,
            url: article.url,
            blocks: article.blocks,
            attachments: article.attachments,
            images: article.images,
            facts: stored.facts.clone(),
            related,
            newer,
            older,
        }
    }
}
