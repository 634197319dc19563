//! The official documents an article cites.

use std::ops::Range;

use serde::Serialize;

use crate::analysis::document_number::{DocumentNumber, find, find_short};
use crate::article::Article;

/// A document that an article cites. Serialized as `{number, text}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentCited {
    /// The number to show: `01-KL/TW`.
    pub number: String,
    /// As the article first writes it, with the type's name: "Kết luận số 01-KL/TW".
    pub text: String,
    /// The full key, see [`crate::analysis::document_number`]. Two citations are one document when their keys are
    /// equal; numbers that differ in the body (500-QĐ/QU, 500-QĐ/TU) stay two, even if the article means one.
    #[serde(skip)]
    pub key: String,
    /// Where it is cited, in reading order, short forms ("Kết luận 01") included.
    #[serde(skip)]
    pub places: Vec<Place>,
}

/// A place in an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text it is in.
    pub part: Part,
    /// The bytes of that text.
    pub span: Range<usize>,
}

/// The texts of an article, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// [`Article::title`]
    Title,
    /// [`Article::lead`]
    Lead,
    /// The block of this index in [`Article::blocks`].
    Block(usize),
}

/// The most documents that are told apart in one article; further ones are left out.
const MOST_DOCUMENTS: usize = 1000;

/// The documents an article cites, in the order it first names them in full.
///
/// A short form counts as a citation of the one document of the article that has its type and number; where there is
/// none, or more than one, it stays open and is left out.
///
/// ```
/// use timdoc::article::Article;
/// use timdoc::facts::documents::documents;
/// let lead = Some("Kết luận số 21-KL/TW có hiệu lực. Theo Kết luận 21, mỗi chi bộ họp một lần.".into());
/// let cited = documents(&Article { lead, ..Article::default() });
/// assert_eq!((cited[0].number.as_str(), cited[0].places.len()), ("21-KL/TW", 2));
/// ```
#[must_use]
pub fn documents(article: &Article) -> Vec<DocumentCited> {
    let mut cited: Vec<DocumentCited> = Vec::new();
    let mut short_keys: Vec<Vec<String>> = Vec::new();
    for (part, text) in parts(article) {
        for number in find(text) {
            let place = Place { part, span: number.named_span.clone() };
            if let Some(at) = cited.iter().position(|known| known.key == number.key) {
                if let (Some(known), Some(keys)) = (cited.get_mut(at), short_keys.get_mut(at)) {
                    known.places.push(place);
                    keys.extend(number.short_keys);
                }
                continue;
            }
            if cited.len() == MOST_DOCUMENTS {
                continue;
            }
            let DocumentNumber { named_span, number, key, short_keys: short, .. } = number;
            let text = text.get(named_span).unwrap_or(&number).to_owned();
            cited.push(DocumentCited { number, text, key, places: vec![place] });
            short_keys.push(short);
        }
    }
    if cited.is_empty() {
        return cited;
    }
    for (part, text) in parts(article) {
        for form in find_short(text) {
            let mut meant = (0..cited.len()).filter(|&at| short_keys.get(at).is_some_and(|k| k.contains(&form.key)));
            if let (Some(at), None) = (meant.next(), meant.next())
                && let Some(known) = cited.get_mut(at)
            {
                known.places.push(Place { part, span: form.span });
            }
        }
    }
    for known in &mut cited {
        known.places.sort_by_key(|place| (place.part, place.span.start));
    }
    cited
}

/// The texts of an article, in reading order. A derived title repeats the lead and is left out.
fn parts(article: &Article) -> impl Iterator<Item = (Part, &str)> {
    let title = Some((Part::Title, article.title.as_str())).filter(|_| !article.title_derived);
    let lead = article.lead.as_deref().map(|lead| (Part::Lead, lead));
    let blocks = article.blocks.iter().enumerate().map(|(at, block)| (Part::Block(at), block.text.as_str()));
    title.into_iter().chain(lead).chain(blocks)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind};

    fn article(lead: &str, body: &[&str]) -> Article {
        let blocks = body.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
        Article { lead: Some(lead.to_owned()), blocks, ..Article::default() }
    }

    fn numbers(article: &Article) -> Vec<String> {
        documents(article).into_iter().map(|d| d.number).collect()
    }

    #[test]
    fn the_same_number_written_twice_is_one_document() {
        let article = article("Chỉ thị số 09-CT/TU", &["chỉ thị 9 – CT/TU được quán triệt"]);
        let cited = documents(&article);
        assert_eq!(cited.len(), 1);
        assert_eq!(cited[0].text, "Chỉ thị số 09-CT/TU");
        assert_eq!(cited[0].places.iter().map(|p| p.part).collect::<Vec<_>>(), [Part::Lead, Part::Block(0)]);
    }

    #[test]
    fn numbers_of_different_bodies_are_both_kept() {
        let article = article("Quyết định 77-QĐ/HU", &["Quyết định 77-QĐ/TU", "Quyết định 77"]);
        assert_eq!(numbers(&article), ["77-QĐ/HU", "77-QĐ/TU"]);
        assert!(documents(&article).iter().all(|d| d.places.len() == 1));
    }

    #[test]
    fn a_short_form_before_the_full_number_is_resolved_too() {
        let article = article("KL 21 đi vào cuộc sống", &["Kết luận số 21-KL/TW"]);
        let cited = documents(&article);
        assert_eq!(cited[0].text, "Kết luận số 21-KL/TW");
        assert_eq!(cited[0].places[0].part, Part::Lead);
    }

    #[test]
    fn a_short_form_without_its_full_number_stays_open() {
        assert!(numbers(&article("Chỉ thị 09 đã đi được năm năm", &[])).is_empty());
    }

    // serde_json is no dependency of the wasm tests.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn it_is_serialized_as_number_and_text() {
        let cited = documents(&article("Công văn 45/UBND-KT", &[]));
        let json = serde_json::to_string(&cited).unwrap();
        assert_eq!(json, r#"[{"number":"45/UBND-KT","text":"Công văn 45/UBND-KT"}]"#);
    }
}
