//! How do the bytes of a file become articles? A format's own reader, then the rules that hold for all.
//!
//! ```text
//! bytes ──open──► text ──text | markdown | json | html | feed | warc──► Article ──finish──► title, source, event filled in where open
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | [`Format`] | what is this file, by its name? |
//! | `open` | how is it unpacked and decoded, and how much of it is read at once? |
//! | `encoding` | which encoding yields valid Vietnamese? |
//! | `clean` | which characters are text, and in which form? |
//! | `text` | what is what in the lines a portal's page gives when copied? |
//! | `markdown` | front matter and body |
//! | [`html`] | which part of a web page is its article? |
//! | [`site`] | what does a webmaster say of a site, in `timdoc.toml`? |
//! | `json` | objects, arrays, one object a line |
//! | `feed` | RSS, Atom, JSON Feed |
//! | [`Sitemap`] | what a sitemap says of the pages beside it |
//! | `warc` | pages in archives of the web |
//! | `finish` | what can be worked out of the article itself: a title, the source, the day of the event? |
//!
//! One bad file or line is one [`Error::Input`] to the caller; the rest goes on.

mod clean;
mod encoding;
mod event;
mod feed;
mod finish;
mod format;
pub mod html;
mod json;
mod markdown;
mod open;
pub mod site;
mod sitemap;
mod text;
mod warc;

use std::io::Read;

use crate::article::Article;
use crate::error::{Error, Result};
use site::Site;

pub use format::Format;
pub use html::address::page_key;
pub use json::{line as json_line, record_of_line as json_record};
pub use sitemap::{About, Sitemap};

/// The most bytes of one text, Markdown or JSON file, and of one line of a JSONL file, after unpacking.
pub const MOST_BYTES: usize = 32 << 20;

/// The most bytes an article's id has.
pub const MOST_ID_BYTES: usize = 200;

/// An article of a file, and what of it could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingested {
    /// The article.
    pub article: Article,
    /// What the file says of it and could not be read: a date that is none. The article is whole without it.
    pub remarks: Vec<Error>,
    /// True for a page of the web and for an item of a feed, which stands for one: another of the same address is the
    /// same article.
    pub is_page: bool,
}

impl From<Article> for Ingested {
    fn from(article: Article) -> Self {
        Ingested { article, remarks: Vec::new(), is_page: false }
    }
}

/// Reads all articles of one file in memory. `name` is its path or name: it says the format, gives the id of articles
/// that have none of their own, and the place in errors.
///
/// `sink` is called once for each article and each error, in the order of the file.
///
/// ```
/// let mut titles = Vec::new();
/// timdoc::ingest::read("tin/cau-moi.md", "# Cầu mới thông xe\n\nXe qua từ sáng.".as_bytes(), &mut |article| {
///     titles.extend(article.map(|a| (a.id, a.title)));
/// });
/// assert_eq!(titles, [("cau-moi".to_string(), "Cầu mới thông xe".to_string())]);
/// ```
pub fn read(name: &str, bytes: &[u8], sink: &mut dyn FnMut(Result<Article>)) {
    read_stream(name, bytes, sink);
}

/// Reads all articles of one file from a stream, as [`read`] does. A JSONL file is held in memory one line at a time,
/// a feed one item, an archive of the web some pages, any other file as a whole, up to [`MOST_BYTES`].
pub fn read_stream(name: &str, reader: impl Read, sink: &mut dyn FnMut(Result<Article>)) {
    let mut articles = |found: Result<Ingested>| sink(found.map(|found| found.article));
    read_file(name, reader, &Site::default(), &mut articles, &mut |_, _| ());
}

/// The same, with what could not be read of each article. `left_out` is told what the file holds beside articles,
/// rightly, and how much of each: revisits and pictures of an archive of the web, drafts of an export. `site` is what is
/// said of the pages of an archive.
pub fn read_file(
    name: &str,
    reader: impl Read,
    site: &Site,
    sink: &mut dyn FnMut(Result<Ingested>),
    left_out: &mut dyn FnMut(&'static str, usize),
) {
    if let Err(error) = read_parts(name, reader, site, sink, left_out) {
        sink(Err(error));
    }
}

/// Reads articles from JSON lines that are in no file, but piped in. Each needs an id of its own: one made of the number
/// of its line would be the same in every pipe. `name` is only what they are called in errors.
pub fn read_pipe(name: &str, reader: impl Read, sink: &mut dyn FnMut(Result<Ingested>)) {
    json_lines(name, reader, &mut |place, text| {
        sink(text.and_then(|text| json::line_with_id(place, text)));
    });
}

/// Reads the lines of a JSONL file without parsing them: `each` is called with the place (`news.jsonl:17`) and the text
/// of every line that is not empty, for [`json_line`] or [`json_record`]. One line is held in memory at a time.
pub fn json_lines(name: &str, reader: impl Read, each: &mut dyn FnMut(&str, Result<&str>)) {
    let read = open::unpack(name, reader).and_then(|mut unpacked| json::lines(name, &mut unpacked, each));
    if let Err(error) = read {
        each(name, Err(error));
    }
}

fn read_parts(
    name: &str,
    reader: impl Read,
    site: &Site,
    sink: &mut dyn FnMut(Result<Ingested>),
    left_out: &mut dyn FnMut(&'static str, usize),
) -> Result<()> {
    let format = Format::of(name)?;
    if format == Format::Warc {
        return warc::read(name, reader, site, sink, left_out);
    }
    let mut unpacked = open::unpack(name, reader)?;
    if format == Format::JsonLines {
        return json::lines(name, &mut unpacked, &mut |place, text| {
            sink(text.and_then(|text| json::record_of_line(place, text)));
        });
    }
    let text = match format {
        Format::Xml => return feed::read(name, &mut unpacked, sink, left_out),
        Format::Html => open::markup(name, &mut unpacked, None)?,
        _ => open::text(name, &mut unpacked)?,
    };
    match format {
        Format::Text => sink(id_of_name(name).and_then(|id| text::article(name, id, &text)).map(Ingested::from)),
        Format::Markdown => sink(id_of_name(name).and_then(|id| markdown::article(name, id, &text))),
        Format::Html => sink(page_alone(name, &text)),
        _ => json::file(name, &text, sink)?,
    }
    Ok(())
}

/// The text of a web page's file, unpacked and decoded, up to [`MOST_BYTES`], for [`html::article`].
///
/// # Errors
/// [`Error::Io`] when it cannot be read, [`Error::Input`] when it is too large, empty or in no known encoding.
pub fn page_text(name: &str, reader: impl Read) -> Result<String> {
    open::markup(name, &mut open::unpack(name, reader)?, None)
}

/// The article of a page of which no other page of its site is known. What is none is an error.
fn page_alone(name: &str, text: &str) -> Result<Ingested> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let page = html::Page { place: name, id: check_id(name, &html::id_of(file))?, path: file, address: None };
    match html::article(&page, text, &html::Shared::default(), &Site::default())? {
        html::Outcome::Article(found) => Ok(found.into()),
        html::Outcome::LeftOut(left_out) => Err(Error::input(name, left_out.reason)),
    }
}

/// The id a file's name gives: without folders, without its ending and that of its packing.
fn id_of_name(name: &str) -> Result<String> {
    check_id(name, &clean::line(format::stem(name)))
}

/// An id, trimmed, if it is a valid one.
fn check_id(place: &str, id: &str) -> Result<String> {
    let id = id.trim();
    if id.is_empty() {
        return Err(Error::input(place, "the id is empty; give the article an id or the file a name"));
    }
    if id.len() > MOST_ID_BYTES {
        let reason = format!("the id has {} bytes; shorten it to {MOST_ID_BYTES} or fewer", id.len());
        return Err(Error::input(place, reason));
    }
    if id.chars().any(char::is_control) {
        return Err(Error::input(place, "the id holds a control character (a tab or line break, perhaps); remove it"));
    }
    Ok(id.to_owned())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
