//! Terms that are no words: ids, numbers of documents, values of facets.

use std::collections::BTreeMap;

use crate::analysis::document_number::{DocumentNumber, find};
use crate::article::Article;
use crate::facts::{Document, Facts, Place, PlaceKind, PlaceRole, compact, facts};
use crate::index::field::{DOCUMENT_NUMBER, Facet, ID, key};

/// Keys with their articles, ascending.
pub type Terms = BTreeMap<Vec<u8>, Vec<u32>>;

/// What an article states, as far as a segment keeps it.
pub struct Stated {
    /// All of it, as it is stored beside the article.
    pub compact: String,
    /// Keys of the documents' numbers.
    numbers: Vec<String>,
    /// Values of facets.
    labels: Vec<(Facet, String)>,
}

impl Stated {
    /// Finds the facts of an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let facts = facts(article);
        let mut labels: Vec<(Facet, String)> = kinds(&facts).map(|kind| (Facet::Fact, kind.to_owned())).collect();
        // TƯ and TW are one body in two spellings, and a number with it one value.
        let number = |document: &Document| document.number.replace("TƯ", "TW");
        labels.extend(facts.documents.iter().map(|document| (Facet::Document, number(document))));
        let with_post = facts.people.iter().filter(|person| !person.roles.is_empty());
        labels.extend(with_post.map(|person| (Facet::Person, person.name.clone())));
        let reported = facts.places.iter().filter(|place| place.role == PlaceRole::Subject);
        labels.extend(reported.flat_map(place_labels).map(|label| (Facet::Place, label)));
        let numbers = facts.documents.iter().flat_map(number_keys).collect();
        Stated { compact: compact::write(&facts, article), numbers, labels }
    }
}

/// Kinds of facts that a table over many articles can be made of.
fn kinds(facts: &Facts) -> impl Iterator<Item = &'static str> {
    let kinds = [
        ("award", facts.awards.is_empty()),
        ("document", facts.documents.is_empty()),
        ("model", facts.models.is_empty()),
    ];
    kinds.into_iter().filter(|(_, none)| !none).map(|(kind, _)| kind)
}

/// A unit by its official name, with its province as names repeat; and the unit it is today, if it became one.
fn place_labels(place: &Place) -> Vec<String> {
    let province = place.province.as_deref().map(|name| {
        let bare = name.strip_prefix("tỉnh ").or_else(|| name.strip_prefix("thành phố ")).unwrap_or(name);
        format!(", {bare}")
    });
    let label = match place.kind {
        PlaceKind::Province => place.unit.clone(),
        _ => format!("{}{}", place.unit, province.unwrap_or_default()),
    };
    let today = if let [today] = &place.today[..] { Some(today.clone()) } else { None };
    let mut labels = vec![label];
    labels.extend(today.filter(|today| *today != place.unit && !labels[0].starts_with(today.as_str())));
    labels
}

fn number_keys(cited: &Document) -> Vec<String> {
    let found = find(&cited.text);
    let keys = found.iter().flat_map(DocumentNumber::keys).map(str::to_owned);
    keys.chain(std::iter::once(cited.key.clone())).collect()
}

/// The terms of all articles, and how many values each facet has (its byte and the count).
#[must_use]
pub fn terms(articles: &[Article], stated: &[Stated]) -> (Terms, Vec<(u8, u64)>) {
    let mut terms = Terms::new();
    for (doc, (article, stated)) in (0u32..).zip(articles.iter().zip(stated)) {
        let mut add = |key: Option<Vec<u8>>| {
            let Some(key) = key else { return };
            let docs = terms.entry(key).or_default();
            if docs.last() != Some(&doc) {
                docs.push(doc);
            }
        };
        add(Some(key(ID, article.id.as_bytes())));
        for (facet, label) in [(Facet::Category, &article.category), (Facet::Source, &article.source)] {
            add(label.as_deref().and_then(|label| facet.key(label)));
        }
        article.tags.iter().for_each(|tag| add(Facet::Tag.key(tag)));
        stated.labels.iter().for_each(|(facet, label)| add(facet.key(label)));
        stated.numbers.iter().for_each(|number| add(Some(key(DOCUMENT_NUMBER, number.as_bytes()))));
    }
    let count = |facet: Facet| {
        let tag = facet.tag()?;
        let values = terms.range(vec![tag]..vec![tag + 1]).count() as u64;
        (values > 0).then_some((tag, values))
    };
    let counts = Facet::ALL.into_iter().filter_map(count).collect();
    (terms, counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(lead: &str) -> Vec<(Facet, String)> {
        Stated::of(&Article { lead: Some(lead.to_owned()), ..Article::default() }).labels
    }

    #[test]
    fn people_are_values_when_they_have_a_post() {
        let found = labels("Ông Nguyễn Văn Sáu, Chủ tịch UBND xã, và bà Trần Thị Bảy cùng dự.");
        let people: Vec<&str> = found.iter().filter(|(f, _)| *f == Facet::Person).map(|(_, l)| l.as_str()).collect();
        assert_eq!(people, ["Nguyễn Văn Sáu"]);
    }

    #[test]
    fn a_district_is_named_with_its_province() {
        let found = labels("Sáng 14/5/2023, quận Bình Tân, thành phố Hồ Chí Minh tổ chức hội nghị.");
        assert!(found.contains(&(Facet::Place, "quận Bình Tân, Hồ Chí Minh".to_owned())), "{found:?}");
    }

    #[test]
    fn the_central_committee_in_either_spelling_is_one_value_and_a_province_s_another() {
        let found = labels("Nghị quyết số 08-NQ/TƯ, Nghị quyết số 08-NQ/TU.");
        let documents: Vec<&str> =
            found.iter().filter(|(f, _)| *f == Facet::Document).map(|(_, l)| l.as_str()).collect();
        assert_eq!(documents, ["08-NQ/TW", "08-NQ/TU"]);
    }

    #[test]
    fn kinds_of_facts_are_values() {
        let found = labels("Hội nghị sơ kết Chỉ thị số 21-CT/TU đã khen thưởng 3 tập thể, 12 cá nhân.");
        let kinds: Vec<&str> = found.iter().filter(|(f, _)| *f == Facet::Fact).map(|(_, l)| l.as_str()).collect();
        assert_eq!(kinds, ["award", "document"]);
    }
}
