//! Facts of single sentences against judgements.

use std::collections::HashMap;
use std::path::Path;

use timdoc::{Error, Result};

use super::Read;
use super::sentences::{Sentence, hash, read_from, sentences, texts};
use super::tally::Tally;

/// The sentences of a file, each with its place in it.
pub fn read(file: &Path) -> Result<Vec<(String, Sentence)>> {
    let place = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| Error::io("read", &place, &error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parsed = lines.map(|(number, line)| {
        let place = format!("{place}:{}", number + 1);
        let sentence = serde_json::from_str(line).map_err(|error| Error::input(&place, error.to_string()))?;
        Ok((place, sentence))
    });
    parsed.collect()
}

/// Compares every judged sentence.
pub fn compare(judged: &[(String, Sentence)], all: &[Read]) -> Result<Tally> {
    let by_id: HashMap<&str, &Read> = all.iter().map(|read| (read.article.id.as_str(), read)).collect();
    let mut tally = Tally::default();
    for (place, want) in judged {
        let lacks = || Error::input(place, format!("judges a sentence of {} that is not there; draw it anew", want.id));
        let read = by_id.get(want.id.as_str()).ok_or_else(lacks)?;
        let (part, _, text) = texts(read).into_iter().find(|(_, name, _)| *name == want.part).ok_or_else(lacks)?;
        let span = sentences(text).into_iter().nth(want.sentence).ok_or_else(lacks)?;
        if text.get(span.clone()).map(hash).as_ref() != Some(&want.hash) {
            return Err(lacks());
        }
        let found = read_from(&read.facts, part, &span);
        let place = format!("{}:{}:{}", want.id, want.part, want.sentence);
        for (kind, found, expected) in [
            ("documents", found.documents, &want.documents),
            ("dates", found.dates, &want.dates),
            ("people", found.people, &want.people),
            ("places", found.places, &want.places),
            ("awards", found.awards.into_iter().map(|award| as_told(award, &want.awards)).collect(), &want.awards),
        ] {
            if want.kinds.is_empty() || want.kinds.iter().any(|judged| judged == kind) {
                tally.compare(kind, &place, found, expected.clone());
            }
        }
    }
    Ok(tally)
}

/// An award that the article splits elsewhere, as a sentence tells it that gives the sum: `12/18/-` for `-/-/30`.
fn as_told(award: String, expected: &[String]) -> String {
    let numbers: Vec<u32> = award.split('/').filter_map(|number| number.parse().ok()).collect();
    let told = match numbers.as_slice() {
        [collectives, individuals] => format!("-/-/{}", u64::from(*collectives) + u64::from(*individuals)),
        _ => return award,
    };
    if !expected.contains(&award) && expected.contains(&told) { told } else { award }
}
