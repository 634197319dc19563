//! What do many articles state together? Tables in which everything counts once, however many articles tell it.
//!
//! ```text
//! articles with their facts ──► commendations · documents · models, each with the articles that tell it, and totals
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | `awards` | which reports are of one commendation? |
//! | `same` | which names, places and numbers are the same? |
//! | [`csv`] | how does a table reach a spreadsheet? |
//!
//! Pages make the same tables by `www/lib/facts-table.js`, so that the wasm need not; the tests of both read
//! `tests/fixtures/facts_table.json`. What is equal is put in order by its text, byte by byte: the tables do not depend
//! on the order of the articles, nor on a locale.

mod awards;
pub mod csv;
mod same;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{Document, Facts, Model};
use crate::article::{Date, Precision};
use same::{document_key, model_key, most};

/// An article with what it states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// What it states.
    pub facts: Facts,
}

impl Stated {
    /// The day it was published, in ISO 8601, when it is known to the day.
    fn day(&self) -> Option<String> {
        let date = self.published.as_ref().filter(|date| date.precision >= Precision::Day)?;
        Some(date.iso().chars().take(10).collect())
    }
}

/// Tables of what articles state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Commendations, newest first, undated ones last.
    pub awards: Rows<AwardRow, AwardTotals>,
    /// Documents, the most cited first.
    pub documents: Rows<DocumentRow, DocumentTotals>,
    /// Models, the most named first.
    pub models: Rows<ModelRow, ModelTotals>,
}

/// Rows and what they add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rows<R, T> {
    /// One a fact.
    pub rows: Vec<R>,
    /// Their sums.
    pub totals: T,
}

/// That an article tells a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The article's id.
    pub article: String,
    /// Which of the article's facts of that kind it is, from 0; the first, if several are the same.
    pub at: usize,
    /// The day it was published, `YYYY-MM-DD`, when it is known to the day.
    pub day: Option<String>,
}

/// A commendation, told by one article or several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AwardRow {
    /// Collectives (tập thể).
    pub collectives: Option<u32>,
    /// Individuals (cá nhân).
    pub individuals: Option<u32>,
    /// Both together, where no article splits the number.
    pub together: Option<u32>,
    /// Who gives it, in the fullest words.
    pub giver: Option<String>,
    /// What is given.
    pub form: Option<String>,
    /// Whose collectives and individuals they are.
    pub place: Option<String>,
    /// The words of the first article that states these numbers.
    pub text: String,
    /// The day of the first report.
    pub day: Option<String>,
    /// The articles that tell it, the first one first, undated ones last.
    pub reports: Vec<Report>,
}

/// What commendations add up to, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct AwardTotals {
    /// Commendations.
    pub commendations: usize,
    /// Collectives.
    pub collectives: u64,
    /// Individuals.
    pub individuals: u64,
    /// Collectives and individuals whose number is not split.
    pub together: u64,
}

/// A document, cited by one article or several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Its number as most write it.
    pub number: String,
    /// What it is about, as most say.
    pub title: Option<String>,
    /// The day it was issued, as most say: ISO 8601, as long as it is known.
    pub date: Option<String>,
    /// Who issued it, as most say.
    pub issuer: Option<String>,
    /// Numbers that an article possibly wrote for the same document.
    pub possibly_same: Vec<String>,
    /// The articles that cite it, the first one first, undated ones last.
    pub reports: Vec<Report>,
}

/// How many documents there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DocumentTotals {
    /// Documents.
    pub documents: usize,
    /// Articles that cite them, added up over the documents.
    pub citations: usize,
}

/// A model, named by one article or several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ModelRow {
    /// Its name as most write it.
    pub name: String,
    /// What most call it: "mô hình".
    pub kind: String,
    /// The articles that name it, the first one first, undated ones last.
    pub reports: Vec<Report>,
}

/// How many models there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ModelTotals {
    /// Models.
    pub models: usize,
    /// Articles that name them, added up over the models.
    pub citations: usize,
}

/// The tables of what articles state. They may come in any order; a second one of the same id is passed over.
///
/// ```
/// use timdoc::facts::{Award, Facts, table::{Stated, table}};
/// let award = Award { collectives: Some(9), individuals: Some(4), giver: Some("UBND xã".into()), ..Award::default() };
/// let article = |id: &str| Stated {
///     id: id.into(),
///     published: timdoc::article::Date::from_iso("2024-05-19"),
///     facts: Facts { awards: vec![award.clone()], ..Facts::default() },
///     ..Stated::default()
/// };
/// let table = table(&[article("bao"), article("cong")]);
/// assert_eq!((table.awards.totals.commendations, table.awards.totals.collectives), (1, 9));
/// ```
#[must_use]
pub fn table(articles: &[Stated]) -> Table {
    let mut once: BTreeMap<&str, &Stated> = BTreeMap::new();
    for article in articles {
        once.entry(&article.id).or_insert(article);
    }
    let articles: Vec<&Stated> = once.into_values().collect();
    Table { awards: awards::awards(&articles), documents: documents(&articles), models: models(&articles) }
}

fn documents(articles: &[&Stated]) -> Rows<DocumentRow, DocumentTotals> {
    let cited = by_key(articles, |article| &article.facts.documents, |fact: &Document| document_key(&fact.number));
    let number = |told: &[Told<'_, Document>]| {
        most(told.iter().map(|told| told.facts[0].number.clone()), document_key).unwrap_or_default()
    };
    let shown: HashMap<&str, String> = cited.iter().map(|(key, told)| (key.as_str(), number(told))).collect();
    let row = |(key, told): (&String, &Vec<Told<'_, Document>>)| {
        let each = |of: fn(&Document) -> Option<String>| {
            let values: Vec<String> =
                told.iter().filter_map(|told| told.facts.iter().find_map(|fact| of(fact))).collect();
            values.into_iter()
        };
        let others = told.iter().flat_map(|told| &told.facts).flat_map(|fact| &fact.possibly_same);
        let same: BTreeSet<String> = others
            .filter(|number| document_key(number) != *key)
            .map(|number| shown.get(document_key(number).as_str()).unwrap_or(number).clone())
            .collect();
        DocumentRow {
            number: shown.get(key.as_str()).cloned().unwrap_or_default(),
            title: most(each(|fact| fact.title.clone()), crate::analysis::fold::fold),
            date: most(each(|fact| fact.date.as_ref().map(Date::iso)), str::to_owned),
            issuer: most(each(|fact| fact.issuer.clone()), same::body),
            possibly_same: same.into_iter().collect(),
            reports: by_day(told.iter().map(|told| told.report.clone()).collect()),
        }
    };
    let mut rows: Vec<(&String, DocumentRow)> = cited.iter().map(|entry| (entry.0, row(entry))).collect();
    rows.sort_by_cached_key(|(key, row)| (usize::MAX - row.reports.len(), same::leading_number(key), (*key).clone()));
    let rows: Vec<DocumentRow> = rows.into_iter().map(|(_, row)| row).collect();
    let citations = rows.iter().map(|row| row.reports.len()).sum();
    Rows { totals: DocumentTotals { documents: rows.len(), citations }, rows }
}

fn models(articles: &[&Stated]) -> Rows<ModelRow, ModelTotals> {
    let named = by_key(articles, |article| &article.facts.models, |fact: &Model| model_key(&fact.name));
    let row = |told: Vec<Told<'_, Model>>| {
        let kinds =
            told.iter().filter_map(|told| told.facts.iter().map(|fact| &fact.kind).find(|kind| !kind.is_empty()));
        ModelRow {
            name: most(told.iter().map(|told| told.facts[0].name.clone()), model_key).unwrap_or_default(),
            kind: most(kinds.cloned(), crate::analysis::fold::fold).unwrap_or_default(),
            reports: by_day(told.iter().map(|told| told.report.clone()).collect()),
        }
    };
    // They come in the order of their keys, and stay so among those named as often.
    let mut rows: Vec<ModelRow> = named.into_values().map(row).collect();
    rows.sort_by_key(|row| usize::MAX - row.reports.len());
    let citations = rows.iter().map(|row| row.reports.len()).sum();
    Rows { totals: ModelTotals { models: rows.len(), citations }, rows }
}

/// An article's facts of one key; at least one.
struct Told<'a, T> {
    report: Report,
    facts: Vec<&'a T>,
}

/// Facts by key and article. Those with an empty key are left out.
fn by_key<'a, T>(
    articles: &[&'a Stated],
    facts: impl Fn(&'a Stated) -> &'a Vec<T>,
    key: impl Fn(&T) -> String,
) -> BTreeMap<String, Vec<Told<'a, T>>> {
    let mut found: BTreeMap<String, Vec<Told<'a, T>>> = BTreeMap::new();
    for article in articles {
        for (at, fact) in facts(article).iter().enumerate() {
            let key = key(fact);
            if key.is_empty() {
                continue;
            }
            let told = found.entry(key).or_default();
            match told.last_mut().filter(|told| told.report.article == article.id) {
                Some(told) => told.facts.push(fact),
                None => {
                    let report = Report { article: article.id.clone(), at, day: article.day() };
                    told.push(Told { report, facts: vec![fact] });
                }
            }
        }
    }
    found
}

/// Reports by day, undated ones last.
fn by_day(mut reports: Vec<Report>) -> Vec<Report> {
    reports.sort_by(|a, b| {
        let key = |report: &'_ Report| (report.day.is_none(), report.day.clone(), report.article.clone(), report.at);
        key(a).cmp(&key(b))
    });
    reports
}
