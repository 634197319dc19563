//! Queries, and which articles are relevant to them.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use timdoc::{Error, Result};

/// A query with what is relevant to it.
pub struct Query {
    /// Its file and line.
    pub place: String,
    /// As typed.
    pub text: String,
    /// Ids of relevant articles, and their scores: all above 0.
    pub gains: HashMap<String, f64>,
}

/// All queries that can be measured.
pub struct Judged {
    /// In the order of their file.
    pub queries: Vec<Query>,
    /// Queries without a relevant article.
    pub left_out: usize,
}

impl Judged {
    /// Reads both files.
    ///
    /// # Errors
    /// `io` when one cannot be read; `input` for a line that is wrong, and when no query has a relevant article.
    pub fn read(queries: &Path, qrels: &Path) -> Result<Self> {
        let mut relevant = read_qrels(qrels)?;
        let mut known = HashMap::new();
        let mut judged = Judged { queries: Vec::new(), left_out: 0 };
        for (place, line) in lines(queries, &read(queries)?) {
            let (id, text) = read_query(&place, line)?;
            if let Some(first) = known.insert(id.clone(), place.clone()) {
                return Err(Error::input(place, format!("the id \"{id}\" is already that of {first}")));
            }
            match relevant.remove(&id) {
                Some(gains) => judged.queries.push(Query { place, text, gains }),
                None => judged.left_out += 1,
            }
        }
        if judged.queries.is_empty() {
            let reason = format!("no query has a relevant article in {}; do the ids agree?", qrels.display());
            return Err(Error::input(queries.display(), reason));
        }
        Ok(judged)
    }
}

#[derive(Deserialize)]
struct Line {
    id: Id,
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

fn read_query(place: &str, line: &str) -> Result<(String, String)> {
    let Line { id, text } = serde_json::from_str(line).map_err(|error| {
        let example = r#"write {"id": "q1", "text": "học tập"}"#;
        Error::input(place, format!("it is no query ({error}); {example}"))
    })?;
    let id = match id {
        Id::Text(id) => id,
        Id::Number(id) => id.to_string(),
    };
    Ok((id, text))
}

/// By query, the scores of its relevant articles.
fn read_qrels(file: &Path) -> Result<HashMap<String, HashMap<String, f64>>> {
    let mut judged: HashMap<String, HashMap<String, f64>> = HashMap::new();
    for (at, (place, line)) in lines(file, &read(file)?).enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [query, article, score] = columns[..] else {
            let reason = format!("it has {} columns; write query, tab, article, tab, score", columns.len());
            return Err(Error::input(place, reason));
        };
        match score.trim().parse::<f64>() {
            Ok(score) if score.is_finite() => {
                if judged.entry(query.to_owned()).or_default().insert(article.to_owned(), score).is_some() {
                    let reason = format!("the article \"{article}\" is already judged for the query \"{query}\"");
                    return Err(Error::input(place, reason));
                }
            }
            Err(_) if at == 0 => {} // names of the columns
            _ => return Err(Error::input(place, format!("the score \"{score}\" is no number"))),
        }
    }
    judged.values_mut().for_each(|scores| scores.retain(|_, score| *score > 0.0));
    judged.retain(|_, scores| !scores.is_empty());
    Ok(judged)
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| Error::io("read", file.display(), &error))
}

/// The lines that are not empty, each with its place.
fn lines<'a>(file: &Path, text: &'a str) -> impl Iterator<Item = (String, &'a str)> {
    let numbered = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    numbered.map(move |(number, line)| (format!("{}:{number}", file.display()), line))
}
