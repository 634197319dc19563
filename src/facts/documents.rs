//! The official documents an article cites.

#[cfg(feature = "native")]
pub(super) mod details;

use crate::analysis::document_number::{DocumentNumber, find, find_short};
use crate::article::Article;

use super::stated::parts;
use super::{Document, Mention};

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
/// assert_eq!((cited[0].number.as_str(), cited[0].mentions.len()), ("21-KL/TW", 2));
/// ```
#[must_use]
pub fn documents(article: &Article) -> Vec<Document> {
    let mut cited: Vec<Document> = Vec::new();
    let mut short_keys: Vec<Vec<String>> = Vec::new();
    for (part, text) in parts(article) {
        for number in find(text) {
            let mention = Mention { part, span: number.named_span.clone() };
            if let Some(at) = cited.iter().position(|known| known.key == number.key) {
                if let (Some(known), Some(keys)) = (cited.get_mut(at), short_keys.get_mut(at)) {
                    known.mentions.push(mention);
                    keys.extend(number.short_keys);
                }
                continue;
            }
            if cited.len() == MOST_DOCUMENTS {
                continue;
            }
            let DocumentNumber { named_span, number, key, short_keys: short, .. } = number;
            let text = text.get(named_span).unwrap_or(&number).to_owned();
            cited.push(Document { number, text, key, mentions: vec![mention], ..Document::default() });
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
                known.mentions.push(Mention { part, span: form.span });
            }
        }
    }
    for known in &mut cited {
        known.mentions.sort_by_key(|mention| (mention.part, mention.span.start));
    }
    cited
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind};
    use crate::facts::Part;

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
        assert_eq!(cited[0].mentions.iter().map(|m| m.part).collect::<Vec<_>>(), [Part::Lead, Part::Block(0)]);
    }

    #[test]
    fn numbers_of_different_bodies_are_both_kept() {
        let article = article("Quyết định 77-QĐ/HU", &["Quyết định 77-QĐ/TU", "Quyết định 77"]);
        assert_eq!(numbers(&article), ["77-QĐ/HU", "77-QĐ/TU"]);
        assert!(documents(&article).iter().all(|d| d.mentions.len() == 1));
    }

    #[test]
    fn a_short_form_before_the_full_number_is_resolved_too() {
        let article = article("KL 21 đi vào cuộc sống", &["Kết luận số 21-KL/TW"]);
        let cited = documents(&article);
        assert_eq!(cited[0].text, "Kết luận số 21-KL/TW");
        assert_eq!(cited[0].mentions[0].part, Part::Lead);
    }

    #[test]
    fn a_short_form_without_its_full_number_stays_open() {
        assert!(numbers(&article("Chỉ thị 09 đã đi được năm năm", &[])).is_empty());
    }
}
