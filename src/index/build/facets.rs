//! Terms that are no words: ids, numbers of documents, values of facets.

use std::collections::BTreeMap;

use crate::analysis::document_number::DocumentNumber;
use crate::article::Article;
use crate::facts::documents::DocumentCited;
use crate::index::field::{DOCUMENT_NUMBER, Facet, ID, key};

/// Keys with their articles, ascending.
pub type Terms = BTreeMap<Vec<u8>, Vec<u32>>;

/// The terms of all articles, and how many values each facet has (its byte and the count).
#[must_use]
pub fn terms(articles: &[Article], documents: &[Vec<DocumentCited>]) -> (Terms, Vec<(u8, u64)>) {
    let mut terms = Terms::new();
    for (doc, article) in articles.iter().enumerate() {
        let doc = doc as u32;
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
        for cited in documents.get(doc as usize).into_iter().flatten() {
            add(Facet::Document.key(&cited.number));
            number_keys(cited).into_iter().for_each(|number| add(Some(key(DOCUMENT_NUMBER, number.as_bytes()))));
        }
    }
    let count = |facet: Facet| {
        let tag = facet.tag()?;
        let values = terms.range(vec![tag]..vec![tag + 1]).count() as u64;
        (values > 0).then_some((tag, values))
    };
    let counts = Facet::ALL.into_iter().filter_map(count).collect();
    (terms, counts)
}

fn number_keys(cited: &DocumentCited) -> Vec<String> {
    crate::analysis::document_number::find(&cited.text)
        .iter()
        .flat_map(DocumentNumber::keys)
        .map(str::to_owned)
        .chain(std::iter::once(cited.key.clone()))
        .collect()
}
