//! `timdoc inspect --article`: each field of a web page's article, and what it was read from.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use timdoc::article::Article;
use timdoc::ingest::html::{LeftOut, Outcome, Reading};
use timdoc::{Error, Result};

use crate::input::{self, Found, pages::Pages};
use crate::out;

#[derive(Serialize)]
struct Report<'r> {
    /// `article`, or why it is none: `listing`, `empty`, `left_out`.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'r str>,
    fields: Vec<Field>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'r Article>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct Field {
    field: &'static str,
    value: String,
    origin: String,
}

/// Prints how a page is read. The other pages of its folder, or of `folder`, tell what the site's pages share.
pub fn show(file: &Path, folder: Option<&Path>, config: Option<&Path>, json: bool) -> Result<ExitCode> {
    if !input::pages::is_page(file) && !input::pages::begins_as_page(file) {
        let reason = "not a web page; name an .html file".to_owned();
        return Err(Error::BadRequest { option: "--article".to_owned(), reason });
    }
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.unwrap_or(parent);
    let siblings = input::pages_below(folder)?;
    let found = Found { path: file.to_owned(), folder: folder.to_owned(), page: true };
    let pages = Pages::look(&siblings, config)?;
    match pages.read(&found)? {
        Outcome::LeftOut(left_out) => show_left_out(&left_out, json)?,
        Outcome::Article(reading) => show_article(&reading, json)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn show_left_out(left_out: &LeftOut, json: bool) -> Result<()> {
    let kind = left_out.kind.name();
    if json {
        return out::json(&Report {
            kind,
            reason: Some(&left_out.reason),
            fields: Vec::new(),
            article: None,
            remarks: Vec::new(),
        });
    }
    out::write(&format!("{kind}: {}\n", left_out.reason))
}

fn show_article(reading: &Reading, json: bool) -> Result<()> {
    let article = &reading.article;
    let fields: Vec<Field> = FIELDS.iter().filter_map(|field| of(reading, field)).collect();
    if json {
        let remarks = reading.remarks.iter().map(ToString::to_string).collect();
        return out::json(&Report { kind: "article", reason: None, fields, article: Some(article), remarks });
    }
    let mut text = String::new();
    for field in fields {
        text += &format!("{:12} {}\n{:12} ← {}\n", field.field, field.value, "", field.origin);
    }
    for block in &article.blocks {
        text += &format!("  {:?}: {}\n", block.kind, block.text.replace('\n', " / "));
    }
    for file in &article.attachments {
        text += &format!("  file: {} {}\n", file.name, file.url);
    }
    for image in &article.images {
        let caption = image.caption.as_deref().map(|caption| format!(" ({caption})")).unwrap_or_default();
        text += &format!("  picture before block {}: {}{caption}\n", image.before + 1, image.url);
    }
    for remark in &reading.remarks {
        text += &format!("remark: {remark}\n");
    }
    out::write(&text)
}

const FIELDS: [&str; 13] = [
    "id",
    "title",
    "published",
    "event",
    "lead",
    "byline",
    "source",
    "category",
    "tags",
    "url",
    "body",
    "attachments",
    "images",
];

fn of(reading: &Reading, field: &'static str) -> Option<Field> {
    let article = &reading.article;
    let date = |date: &timdoc::article::Date| format!("{} ({})", date.iso(), date.text);
    let value = match field {
        "id" => Some(article.id.clone()),
        "title" => Some(article.title.clone()),
        "published" => article.published.as_ref().map(date),
        "event" => article.event.as_ref().map(date),
        "lead" => article.lead.clone(),
        "byline" => article.byline.clone(),
        "source" => article.source.clone(),
        "category" => article.category.clone(),
        "tags" => Some(article.tags.join(", ")).filter(|tags| !tags.is_empty()),
        "url" => article.url.clone(),
        "body" => Some(format!("{} blocks", article.blocks.len())),
        "attachments" => {
            Some(format!("{} files", article.attachments.len())).filter(|_| !article.attachments.is_empty())
        }
        _ => Some(format!("{} pictures", article.images.len())).filter(|_| !article.images.is_empty()),
    }?;
    let stated = reading.origins.iter().rfind(|(of, _)| *of == field).map(|(_, origin)| origin.clone());
    let origin = stated.unwrap_or_else(|| match field {
        "id" => "the file's path".to_owned(),
        "title" => "derived from the first sentence".to_owned(),
        _ => "read from the text".to_owned(),
    });
    Some(Field { field, value, origin })
}
