//! Holds the articles of a folder against what a careful reader takes from them.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::fs;
use std::path::Path;

use serde_json::Value;
use timdoc::article::{Article, BlockKind};
use timdoc::facts::documents::documents;

/// Reads every file the expectations name and lists what is not as expected, a line each.
///
/// `expected` is `{"articles": {file: {title, published, event, source, byline, documents, captions_start,
/// boilerplate, lead_starts, glued_words, glued_sentences, typos_to_keep}}}`; a field that is not there is not
/// compared, `null` means that the text does not say.
pub fn differences(folder: &Path, expected: &Path) -> (usize, Vec<String>) {
    let expected: Value = serde_json::from_str(&fs::read_to_string(expected).unwrap()).unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for (file, want) in expected["articles"].as_object().unwrap() {
        let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut found = Vec::new();
        timdoc::ingest::read(file, &bytes, &mut |article| found.push(article));
        match found.as_slice() {
            [Ok(article)] => compare(article, want, &mut |field, right, got| {
                compared += 1;
                if !right {
                    wrong.push(format!("{file} {field}: {got}"));
                }
            }),
            other => wrong.push(format!("{file}: {other:?}")),
        }
    }
    (compared, wrong)
}

fn compare(article: &Article, want: &Value, check: &mut dyn FnMut(&str, bool, String)) {
    let texts = |field: &str| -> Vec<String> {
        let list = want[field].as_array().into_iter().flatten();
        list.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    };
    let whole: String =
        article.lead.iter().chain(article.blocks.iter().map(|b| &b.text)).fold(String::new(), |all, t| all + t + "\n");

    match want["title"].as_str() {
        Some(title) => check("title", article.title == title && !article.title_derived, article.title.clone()),
        None => check("title_derived", article.title_derived && !article.title.is_empty(), article.title.clone()),
    }
    let published = article.published.as_ref().map(|date| date.iso());
    check("published", published.as_deref() == want["published"].as_str(), format!("{published:?}"));
    check("source", article.source.as_deref() == want["source"].as_str(), format!("{:?}", article.source));
    check("byline", article.byline.as_deref() == want["byline"].as_str(), format!("{:?}", article.byline));

    let event = article.event.as_ref();
    let same = |field: &str, got: Option<String>| want["event"][field].as_str().map(str::to_owned) == got;
    let right = same("text", event.map(|date| date.text.clone())) && same("date", event.map(|date| date.iso()));
    let inferred =
        want["event"]["year_inferred"].as_bool().is_none_or(|inferred| event.is_some_and(|e| e.inferred == inferred));
    check("event", right && inferred, format!("{event:?}"));

    if let Some(start) = want["lead_starts"].as_str() {
        let lead = article.lead.clone().unwrap_or_default();
        check("lead", lead.starts_with(start), lead);
    }
    for start in texts("captions_start") {
        let captions =
            article.blocks.iter().filter(|block| block.kind == BlockKind::Caption && block.text.starts_with(&start));
        let once =
            captions.clone().count() == 1 && captions.clone().all(|c| c.text.matches(start.as_str()).count() == 1);
        check("caption once", once, start);
    }
    for line in texts("boilerplate") {
        check("boilerplate", !whole.lines().any(|text| text.trim() == line), line);
    }
    for kept in ["glued_words", "glued_sentences", "typos_to_keep"].into_iter().flat_map(texts) {
        check("kept", whole.contains(&kept), kept);
    }
    let mut cited: Vec<String> = documents(article).into_iter().map(|document| document.number).collect();
    let mut listed = texts("documents");
    cited.sort();
    listed.sort();
    check("documents", cited == listed, format!("{cited:?}"));
}
