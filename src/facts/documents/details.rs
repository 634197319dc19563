//! What does an article say of a document it cites: its day, who issued it, what it is about?
//!
//! Read from what follows a number: `, ngày 18/5/2021`, `của Bộ Chính trị`, `về …` or `ban hành …`, in this order or with
//! the day after the body. What it is about goes on to the closing quotation mark, where it is quoted or ends in a
//! quotation, else to the end of the clause.

use std::ops::Range;

use crate::article::{Article, Date};
use crate::facts::people::heads::end_of_body;
use crate::facts::people::one_spaced;
use crate::facts::words::{Case, Gap, Words};
use crate::facts::{Document, Part, dates};

/// The most words of what a document is about.
const LONGEST: usize = 60;

/// Words that begin a new clause after a comma.
const CLAUSES: &str = " đến qua trong thời sau từ các ngày đã tại khi nhằm do theo đồng nhận là cùng hội trên sáng chiều để với mà bên \
    quận huyện tỉnh thành phường xã sở bộ ubnd hđnd ban ";

/// Fills in day, issuer and title of documents, links those that are possibly the same; gives, for each text, the words
/// of bodies that issued them.
pub(in crate::facts) fn details(
    documents: &mut [Document],
    article: &Article,
    texts: &[Words<'_>],
    names: &[Vec<Range<usize>>],
) -> Vec<Vec<Range<usize>>> {
    let mut issuers = vec![Vec::new(); texts.len()];
    for document in documents.iter_mut() {
        for mention in document.mentions.clone() {
            let Some(at) = text_of(texts, mention.part) else { continue };
            let Some(words) = texts.get(at) else { continue };
            let said = read(words, mention.span.end, article, names.get(at).map_or(&[], Vec::as_slice));
            document.date = document.date.take().or(said.date);
            if let Some(issuer) = said.issuer {
                document.issuer = document.issuer.take().or_else(|| Some(one_spaced(words.slice(issuer.clone()))));
                if let Some(list) = issuers.get_mut(at) {
                    list.push(issuer);
                }
            }
            // The longest is the whole one: later citations shorten.
            if said.title.as_ref().map_or(0, String::len) > document.title.as_ref().map_or(0, String::len) {
                document.title = said.title;
            }
        }
    }
    link(documents);
    issuers
}

/// The number of the text that a part is.
fn text_of(texts: &[Words<'_>], part: Part) -> Option<usize> {
    texts.binary_search_by_key(&part, |words| words.part).ok()
}

#[derive(Default)]
struct Said {
    date: Option<Date>,
    issuer: Option<Range<usize>>,
    title: Option<String>,
}

/// What stands after a number that ends at a byte.
fn read(words: &Words<'_>, end: usize, article: &Article, names: &[Range<usize>]) -> Said {
    let mut said = Said::default();
    let mut at = words.list.partition_point(|word| word.span.start < end);
    // "số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị", "của Bộ Chính trị ngày 18/5/2021"
    for _ in 0..3 {
        let from =
            if matches!(words.low(at), "ký" | "ban") { at + 1 + usize::from(words.low(at) == "ban") } else { at };
        if said.date.is_none()
            && let Some((date, next)) = date_at(words, from, article)
        {
            (said.date, at) = (Some(date), next);
        } else if said.issuer.is_none()
            && words.low(at) == "của"
            && matches!(words.gap(at), Gap::Space | Gap::Close | Gap::Comma)
            && words.is_capital(at + 1)
            && let Some(end) = end_of_body(words, at + 1, names)
        {
            // "Ban Thường vụ ban hành": the verb is no body.
            let end = end - usize::from(words.low(end - 1) == "ban" && words.low(end) == "hành");
            (said.issuer, at) = (Some(at + 1..end), end);
        }
    }
    said.title = title_at(words, at);
    said
}

/// The day that begins at a word, and the word after it.
fn date_at(words: &Words<'_>, at: usize, article: &Article) -> Option<(Date, usize)> {
    if !matches!(words.gap(at), Gap::Space | Gap::Comma | Gap::Open) || words.between(at).contains(['“', '"']) {
        return None;
    }
    let start = words.list.get(at)?.span.start;
    let mut end = (start + 40).min(words.text.len());
    while !words.text.is_char_boundary(end) {
        end += 1;
    }
    let head = words.text.get(start..end)?;
    let found = dates::find(head).into_iter().next().filter(|found| found.span.start == 0 && found.year.is_some())?;
    let date = found.date(head, article.published.as_ref().map(|date| date.day))?;
    let next = words.list.partition_point(|word| word.span.start < start + found.span.end);
    Some((date, next))
}

/// What the document is about.
fn title_at(words: &Words<'_>, at: usize) -> Option<String> {
    let quoted = words.gap(at) == Gap::Open && words.between(at).contains(['“', '"']);
    let joined = quoted || matches!(words.gap(at), Gap::Space | Gap::Comma | Gap::Open | Gap::Close);
    let mut start = match words.low(at) {
        "về" if joined => at + 1,
        "ban" if joined && words.low(at + 1) == "hành" => at + 2,
        "v" if words.low(at + 1) == "v" && words.gap(at + 1) == Gap::Slash => at + 2,
        _ if quoted => at,
        _ => return None,
    };
    if words.low(start) == "việc" && start > at {
        start += 1;
    }
    let mut open = quoted || words.gap(start) == Gap::Open;
    let mut bracket = false;
    let most = words.len().min(start + LONGEST);
    let mut end = start;
    while end < most {
        if end > start {
            match words.gap(end) {
                Gap::Stop | Gap::Semicolon => break,
                // "(viết tắt)" inside goes on.
                Gap::Close if words.between(end).contains(')') && bracket => bracket = false,
                Gap::Close if open || words.between(end).contains(')') => break,
                Gap::Open if words.between(end).contains('(') => bracket = true,
                Gap::Open => open = words.between(end).contains(['“', '"']),
                Gap::Comma if !open && (listed(words.low(end)) || words.case(end) != Case::Lower) => break,
                Gap::Space if !open && matches!(words.low(end), "đã" | "sẽ" | "vẫn") => break,
                _ => {}
            }
        }
        end += 1;
    }
    let text = one_spaced(words.slice(start..end));
    // A quotation inside ends with its mark.
    let text =
        if bracket { text.rsplit_once(" (").map_or(text.clone(), |(before, _)| before.to_owned()) } else { text };
    let closes = if text.contains('“') && !text.contains('”') { "”" } else { "" };
    (end >= start + 2).then(|| text + closes)
}

fn listed(low: &str) -> bool {
    CLAUSES.contains(&format!(" {low} "))
}

/// Links documents of one number and type, and no different day, whose bodies differ.
fn link(documents: &mut [Document]) {
    let stem = |document: &Document| document.key.rsplit_once('-').map(|(stem, _)| stem.to_owned());
    let stems: Vec<(Option<String>, Option<Date>, String)> =
        documents.iter().map(|document| (stem(document), document.date.clone(), document.number.clone())).collect();
    for (at, document) in documents.iter_mut().enumerate() {
        let Some((Some(own), own_date, _)) = stems.get(at) else { continue };
        if !own.contains('-') {
            continue; // 30/2020 alone
        }
        for (other, (stem, date, number)) in stems.iter().enumerate() {
            let apart = matches!((own_date, date), (Some(a), Some(b)) if a.day != b.day);
            if other != at && stem.as_ref() == Some(own) && !apart {
                document.possibly_same.push(number.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::facts::{Document, facts};

    fn documents(lead: &str) -> Vec<Document> {
        facts(&Article { lead: Some(lead.to_owned()), ..Article::default() }).documents
    }

    #[test]
    fn day_issuer_and_title_are_read_in_either_order() {
        for text in [
            "Nghị quyết số 08-NQ/TU ngày 4/3/2020 của Ban Thường vụ Tỉnh ủy về phát triển rừng ven biển.",
            "Nghị quyết số 08-NQ/TU của Ban Thường vụ Tỉnh ủy, ngày 4/3/2020 về việc phát triển rừng ven biển; xã đã làm.",
        ] {
            let found = &documents(text)[0];
            assert_eq!(found.date.as_ref().map(|date| date.iso()).as_deref(), Some("2020-03-04"), "{text}");
            assert_eq!(found.issuer.as_deref(), Some("Ban Thường vụ Tỉnh ủy"), "{text}");
            assert_eq!(found.title.as_deref(), Some("phát triển rừng ven biển"), "{text}");
        }
    }

    #[test]
    fn a_quoted_title_ends_with_its_mark() {
        let found = documents("Kế hoạch số 12-KH/HU “về nuôi tôm, giữ rừng” được giao các xã.");
        assert_eq!(found[0].title.as_deref(), Some("nuôi tôm, giữ rừng"));
    }

    #[test]
    fn numbers_that_contradict_each_other_are_linked_and_both_kept() {
        let found = documents("Quyết định 77-QĐ/HU ngày 1/2/2020; Quyết định 77-QĐ/TU; Quyết định 78-QĐ/TU.");
        let linked: Vec<_> = found.iter().map(|d| (d.number.as_str(), d.possibly_same.len())).collect();
        assert_eq!(linked, [("77-QĐ/HU", 1), ("77-QĐ/TU", 1), ("78-QĐ/TU", 0)]);
        let apart = documents("Quyết định 77-QĐ/HU ngày 1/2/2020; Quyết định 77-QĐ/TU ngày 3/2/2020.");
        assert!(apart.iter().all(|document| document.possibly_same.is_empty()));
    }
}
