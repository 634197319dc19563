//! Facts of whole articles against what a careful reader takes from them.

use std::path::Path;

use serde_json::Value;
use timdoc::facts::{Award, DateKind, Facts, PlaceRole};
use timdoc::{Error, Result};

use super::Read;
use super::tally::Tally;

/// Compares every article that the file names. A field that an article lacks in it is not compared.
pub fn compare(file: &Path, all: &[Read]) -> Result<Tally> {
    let place = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| Error::io("read", &place, &error))?;
    let golden: Value = serde_json::from_str(&text).map_err(|error| Error::input(&place, error.to_string()))?;
    let Some(articles) = golden["articles"].as_object() else {
        return Err(Error::input(&place, "holds no \"articles\"; write {\"articles\": {file: {…}}}"));
    };
    let mut tally = Tally::default();
    for (name, want) in articles {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        match all.iter().find(|read| read.article.id == *name || read.article.id == stem) {
            Some(read) => article(stem.get(..3).unwrap_or(stem), &read.facts, want, &mut tally),
            None => return Err(Error::input(&place, format!("names {name}, which is not among the articles"))),
        }
    }
    Ok(tally)
}

fn article(name: &str, facts: &Facts, want: &Value, tally: &mut Tally) {
    let mut field = |field: &str, found: Vec<String>| {
        if let Some(expected) = want.get(field) {
            tally.compare(field, name, found, values(expected));
        }
    };
    field("documents", facts.documents.iter().map(|document| document.number.clone()).collect());
    field("people", facts.people.iter().map(|person| person.name.clone()).collect());
    let subjects = facts.places.iter().filter(|place| place.role == PlaceRole::Subject);
    field("places", subjects.map(|place| place.name.clone()).collect());
    field("models", facts.models.iter().map(|model| model.name.clone()).collect());
    let day =
        |document: &timdoc::facts::Document| Some(format!("{} {}", document.number, document.date.as_ref()?.iso()));
    field("document_dates", facts.documents.iter().filter_map(day).collect());
    let event = facts.dates.iter().filter(|date| date.kind == DateKind::Event);
    field("event", event.map(|date| date.date.iso()).collect());
    let roles = |person: &timdoc::facts::Person| {
        person.roles.iter().map(|role| format!("{}: {role}", person.name)).collect::<Vec<_>>()
    };
    if let Some(people) = want["people"].as_object() {
        let expected =
            people.iter().flat_map(|(name, roles)| values(roles).into_iter().map(move |r| format!("{name}: {r}")));
        tally.compare("roles", name, facts.people.iter().flat_map(roles).collect(), expected.collect());
    }
    let awarded = want["awards"].as_array().into_iter().flatten();
    awards(name, facts, &awarded.collect::<Vec<_>>(), tally);
    // What is no award: none may hold its words.
    let others = values(&want["not_awards"]).into_iter().chain(values(&want["other_prizes"]));
    let taken =
        |other: &String| facts.awards.iter().any(|award| other.contains(&award.text) || award.text.contains(other));
    tally.compare("not_awards", name, others.filter(taken).collect(), Vec::new());
}

/// Numbers, and of those that agree the giver, form and place where they are expected.
fn awards(name: &str, facts: &Facts, expected: &[&Value], tally: &mut Tally) {
    let numbers = |value: &Value| {
        let number = |field: &str| value[field].as_u64().map_or("-".to_owned(), |number| number.to_string());
        format!("{}/{}/{}", number("collectives"), number("individuals"), number("collectives_and_individuals"))
    };
    let found = facts.awards.iter().map(figures).collect();
    tally.compare("awards", name, found, expected.iter().map(|want| numbers(want)).collect());
    for want in expected {
        let award = facts.awards.iter().find(|award| figures(award) == numbers(want));
        for (field, found) in [
            ("giver", award.and_then(|award| award.giver.clone())),
            ("form", award.and_then(|award| award.form.clone())),
            ("place", award.and_then(|award| award.place.clone())),
        ] {
            if let Some(expected) = want[field].as_str() {
                tally.compare(&format!("award {field}"), name, found.into_iter().collect(), vec![expected.to_owned()]);
            }
        }
    }
}

/// Collectives, individuals and both together, `-` for what is open: `56/87/-`.
pub fn figures(award: &Award) -> String {
    let number = |number: Option<u32>| number.map_or("-".to_owned(), |number| number.to_string());
    format!("{}/{}/{}", number(award.collectives), number(award.individuals), number(award.together))
}

/// The texts of a list; the keys of an object, with their texts; the date of an event.
fn values(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::Object(fields) => match fields.get("date").and_then(Value::as_str) {
            Some(date) => vec![date.to_owned()],
            None => fields
                .iter()
                .map(|(key, text)| text.as_str().map_or(key.clone(), |text| format!("{key} {text}")))
                .collect(),
        },
        _ => Vec::new(),
    }
}
