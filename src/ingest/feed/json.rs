//! JSON Feed 1.0 and 1.1 (jsonfeed.org).

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::article::Attachment;
use crate::error::{Error, Result};
use crate::ingest::Ingested;

use super::item::{About, Item, Written};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    id: Value,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
    author: Option<Author>,
    authors: Vec<Author>,
    tags: Vec<String>,
    attachments: Vec<File>,
    image: Option<String>,
    banner_image: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Author {
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    url: String,
    title: Option<String>,
    mime_type: String,
}

/// Whether an object is a JSON Feed, by its version.
pub(in crate::ingest) fn is_feed(object: &Map<String, Value>) -> bool {
    let version = object.get("version").and_then(Value::as_str).unwrap_or_default();
    let address = version.split_once("://").map_or(version, |(_, address)| address);
    address.trim_start_matches("www.").starts_with("jsonfeed.org/version/")
}

/// Hands on the articles of a JSON Feed.
///
/// # Errors
/// [`Error::Input`] when it has no items.
pub(in crate::ingest) fn read(
    name: &str,
    mut object: Map<String, Value>,
    sink: &mut dyn FnMut(Result<Ingested>),
) -> Result<()> {
    let text = |field: &str| object.get(field).and_then(Value::as_str).map(str::to_owned);
    let about = About { title: text("title").filter(|title| !title.is_empty()), link: text("home_page_url") };
    let items = match object.remove("items") {
        Some(Value::Array(items)) if !items.is_empty() => items,
        _ => return Err(Error::input(name, "the feed holds no item; remove it or export it again")),
    };
    for (at, item) in items.into_iter().enumerate() {
        let number = at + 1;
        let entry: std::result::Result<Entry, _> = serde_json::from_value(item);
        sink(match entry {
            Ok(entry) => entry.item().article(name, number, &about),
            Err(error) => {
                let reason = format!("a field is not as JSON Feed has it ({error}); correct it");
                Err(Error::input(format_args!("{name} item {number}"), reason))
            }
        });
    }
    Ok(())
}

impl Entry {
    fn item(self) -> Item {
        let plain = |text: Option<String>| text.map(|text| Written { text, html: false });
        let html = self.content_html.map(|text| Written { text, html: true });
        let is_picture = |file: &File| file.mime_type.starts_with("image/");
        let (pictures, files): (Vec<File>, Vec<File>) = self.attachments.into_iter().partition(is_picture);
        let own = [self.image, self.banner_image].into_iter().flatten().map(|url| (url, None));
        Item {
            id: match self.id {
                Value::String(id) => Some(id),
                Value::Number(id) => Some(id.to_string()),
                _ => None,
            },
            id_is_link: true,
            link: self.url.or(self.external_url),
            title: plain(self.title),
            content: html.or_else(|| plain(self.content_text)),
            summary: plain(self.summary),
            published: self.date_published,
            updated: self.date_modified,
            authors: self.authors.into_iter().chain(self.author).filter_map(|author| author.name).collect(),
            tags: self.tags,
            pictures: own.chain(pictures.into_iter().map(|file| (file.url, file.title))).collect(),
            enclosures: files
                .into_iter()
                .map(|f| Attachment { name: f.title.unwrap_or_default(), url: f.url })
                .collect(),
            ..Item::default()
        }
    }
}
