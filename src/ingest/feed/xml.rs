//! Elements and texts of a feed to items.
//!
//! Feeds of portals are often not well-formed: HTML stands in them as it is, tags stay open, an ampersand stands alone.
//! So an element ends where its own end tag stands, an item where it or the next one does, and what is nested in a
//! field is part of its text.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use rayon::prelude::*;

use crate::article::Attachment;
use crate::error::{Error, Result};
use crate::ingest::html::images;
use crate::ingest::{Ingested, MOST_BYTES, clean};

use super::item::{About, Item, Written};
use super::names::{Field, Names, local};
use super::source::Source;

/// Items that become articles side by side.
const MOST_READY: usize = 256;

/// Reads the items of a feed; nothing of a sitemap.
pub(super) fn read(
    name: &str,
    source: Source<'_>,
    sink: &mut dyn FnMut(Result<Ingested>),
    left_out: &mut dyn FnMut(&'static str, usize),
) -> Result<()> {
    let mut feed = Feed { name, ..Feed::default() };
    let read = events(source, &mut feed, sink);
    feed.give(sink);
    read.and_then(|()| feed.eof(left_out))
}

fn events(source: Source<'_>, feed: &mut Feed<'_>, sink: &mut dyn FnMut(Result<Ingested>)) -> Result<()> {
    let name = feed.name;
    let meter = source.meter();
    let mut reader = Reader::from_reader(source.text);
    lenient(&mut reader);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(_) if meter.is_used_up() => {
                let reason = "an item is larger than 32 MiB, so reading ended there; split it";
                return Err(Error::input(format_args!("{name} item {}", feed.number.max(1)), reason));
            }
            Err(error) => {
                let reason = format!("cannot be read on from byte {at} ({error}); it is cut or damaged, copy it again");
                return Err(Error::input(name, reason));
            }
        };
        match event {
            Event::Eof => return Ok(()),
            // Of a sitemap no more is read here than whether it is whole.
            Event::End(tag) if feed.is_sitemap => {
                feed.is_closed |= matches!(tag.local_name().as_ref(), "urlset" | "sitemapindex")
            }
            Event::DocType(text) => no_entities(name, &text.into_inner())?,
            _ if feed.is_sitemap => {}
            Event::Start(tag) => feed.start(&tag, false, sink)?,
            Event::Empty(tag) => feed.start(&tag, true, sink)?,
            Event::End(tag) => feed.end(tag.name().as_ref(), sink),
            Event::Text(text) => feed.text(&text.into_inner()),
            Event::CData(text) => feed.text(&text.into_inner()),
            Event::GeneralRef(reference) => feed.reference(&reference),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if feed.is_sitemap || std::mem::take(&mut feed.begins) {
            meter.item_begins();
        }
    }
}

/// A reader that goes on where a feed is not well-formed.
pub(in crate::ingest) fn lenient<R: BufRead>(reader: &mut Reader<R>) {
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
}

/// Refuses a document that declares entities: they are how a small file becomes a large one, or reads others.
pub(in crate::ingest) fn no_entities(name: &str, declaration: &str) -> Result<()> {
    if declaration.contains("<!ENTITY") {
        return Err(Error::input(name, "declares entities, which are never expanded; export it without a DOCTYPE"));
    }
    Ok(())
}

/// An attribute's value, whatever its prefix.
pub(in crate::ingest) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = tag.html_attributes();
    let found = attributes.with_checks(false).flatten().find(|found| local(found.key.as_ref()) == wanted)?;
    Some(unescaped(&found.value))
}

/// A text with XML's own five references and numbers resolved; others stay.
fn unescaped(text: &str) -> String {
    let resolve = |name: &str| quick_xml::escape::resolve_predefined_entity(name);
    quick_xml::escape::unescape_with(text, resolve).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[derive(Default)]
struct Feed<'n> {
    name: &'n str,
    names: Names,
    about: About,
    has_root: bool,
    is_sitemap: bool,
    /// Whether the end of a sitemap was read.
    is_closed: bool,
    item: Option<Item>,
    /// Items whose ends were read, with their numbers, and how much text they have.
    ready: Vec<(Item, usize)>,
    ready_bytes: usize,
    /// The number of the item that is read, or was last.
    number: usize,
    /// Set when an item begins.
    begins: bool,
    /// The field whose text is read.
    open: Option<Open>,
    /// An element that is passed over, and how many of its name are open in it.
    passed: Option<(String, usize)>,
    no_articles: usize,
    unpublished: usize,
}

/// A field while its text is read.
struct Open {
    field: Field,
    /// The element's name.
    name: String,
    /// How many elements of that name are open inside.
    inside: usize,
    written: Written,
    /// Whether markup stands in it as it is, so that references in its text stay references.
    xhtml: bool,
    /// Nothing of it is kept: a picture, or Atom content of another kind.
    ignored: bool,
    tag: Attributes,
}

/// What attributes say of a field.
#[derive(Default)]
struct Attributes {
    href: Option<String>,
    rel: Option<String>,
    term: Option<String>,
    title: Option<String>,
    domain: Option<String>,
    /// The type of a file, or `image` where that alone is said.
    kind: String,
    is_permalink: bool,
}

impl Feed<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool, sink: &mut dyn FnMut(Result<Ingested>)) -> Result<()> {
        let name = tag.name().as_ref().to_owned();
        if !self.has_root {
            self.root(&name)?;
        }
        if let Some(open) = &mut self.open {
            open.nested(&name, tag, empty);
            return Ok(());
        }
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            self.names.declare(attribute.key.as_ref(), &attribute.value);
        }
        let field = self.names.field(&name);
        if field == Some(Field::Item) {
            self.passed = None;
            self.end_item(sink);
            self.number += 1;
            self.begins = true;
            // RSS 1.0 names the page in the element itself.
            let item = Item { link: attribute(tag, "about"), ..Item::default() };
            self.item = Some(item);
            if empty {
                self.end_item(sink);
            }
            return Ok(());
        }
        if let Some((passed, inside)) = &mut self.passed {
            *inside += usize::from(*passed == name && !empty);
            return Ok(());
        }
        match field {
            Some(field) => {
                self.open = Some(Open::new(field, &name, tag));
                if empty {
                    self.close();
                }
            }
            // Feeds nest their items in the root or in `channel`; all else has no fields for us.
            None if self.item.is_none() && matches!(local(&name), "rss" | "RDF" | "feed" | "channel") => {}
            None if empty || self.names.is_group(&name) => {}
            None => self.passed = Some((name, 0)),
        }
        Ok(())
    }

    fn root(&mut self, name: &str) -> Result<()> {
        self.has_root = true;
        self.names.root(name);
        match local(name) {
            "rss" | "RDF" | "feed" | "channel" => Ok(()),
            "urlset" | "sitemapindex" => {
                self.is_sitemap = true;
                Ok(())
            }
            "html" | "HTML" => Err(Error::input(self.name, "holds a page of HTML; name it .html")),
            other => {
                let other: String = other.chars().take(40).collect();
                let reason = format!("is XML of another kind (it begins with <{other}>); give RSS, Atom or a sitemap");
                Err(Error::input(self.name, reason))
            }
        }
    }

    fn end(&mut self, name: &str, sink: &mut dyn FnMut(Result<Ingested>)) {
        let ends_item = self.item.is_some() && self.names.field(name) == Some(Field::Item);
        if let Some(open) = &mut self.open {
            if open.name == name {
                if open.inside == 0 {
                    self.close();
                    return;
                }
                open.inside -= 1;
            }
            if !ends_item {
                open.push_end(name);
                return;
            }
            self.close();
        }
        match &mut self.passed {
            Some((passed, inside)) if passed == name => match inside.checked_sub(1) {
                Some(fewer) => *inside = fewer,
                None => self.passed = None,
            },
            Some(_) if !ends_item => {}
            _ if ends_item => {
                self.passed = None;
                self.end_item(sink);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.as_mut().filter(|open| !open.ignored) {
            open.written.text.push_str(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let Some(open) = self.open.as_mut().filter(|open| !open.ignored) else { return };
        let name: &str = reference;
        let known = quick_xml::escape::resolve_predefined_entity(name);
        let text = &mut open.written.text;
        match (open.xhtml, known, reference.resolve_char_ref()) {
            (false, Some(known), _) => text.push_str(known),
            (false, None, Ok(Some(c))) => text.push(c),
            // HTML's own names (`&nbsp;`) are for the reader of HTML.
            _ => {
                text.push('&');
                text.push_str(name);
                text.push(';');
            }
        }
    }

    /// Takes a field in whose end is read.
    fn close(&mut self) {
        let Some(Open { field, written, tag, ignored, .. }) = self.open.take() else { return };
        let text = || clean::line(&written.text).into_owned();
        let link = || tag.href.clone().or_else(|| Some(text())).filter(|link| !link.is_empty());
        let is_page = matches!(tag.rel.as_deref(), None | Some("alternate"));
        let Some(item) = &mut self.item else {
            match field {
                Field::Title if self.about.title.is_none() => self.about.title = Some(text()).filter(|t| !t.is_empty()),
                Field::Link if is_page && self.about.link.is_none() => self.about.link = link(),
                _ => {}
            }
            return;
        };
        let is_set = |field: &Option<Written>| field.as_ref().is_some_and(|field| !field.text.trim().is_empty());
        match field {
            Field::Title if !is_set(&item.title) => item.title = Some(written),
            Field::Content if !ignored && !is_set(&item.content) => item.content = Some(written),
            Field::Description if !is_set(&item.description) => item.description = Some(written),
            Field::Summary if !is_set(&item.summary) => {
                item.summary = Some(written).filter(|w| is_set(&Some(w.clone())))
            }
            Field::Link if tag.rel.as_deref() == Some("enclosure") => tag.beside(item, &written.text),
            Field::Link if is_page => item.link = link().or(item.link.take()),
            Field::Enclosure | Field::Media => tag.beside(item, &written.text),
            Field::OriginalLink => item.original_link = link(),
            Field::Id => {
                item.id_is_link = tag.is_permalink;
                item.id = Some(text());
            }
            Field::Published if item.published.is_none() => item.published = Some(text()),
            Field::Created if item.created.is_none() => item.created = Some(text()),
            Field::Updated if item.updated.is_none() => item.updated = Some(text()),
            Field::Author => item.authors.push(part(&written.text, "name").unwrap_or(&written.text).to_owned()),
            Field::Category => {
                let name = tag.title.or(tag.term).unwrap_or(written.text);
                let is_tag = tag.domain.as_deref().is_some_and(|domain| domain.contains("tag"));
                if is_tag { item.tags.push(name) } else { item.categories.push(name) }
            }
            Field::Tag => item.tags.extend(written.text.split([',', ';']).map(str::to_owned)),
            Field::Source => item.source = Some(part(&written.text, "title").unwrap_or(&written.text).to_owned()),
            Field::Status => item.status = Some(text()),
            Field::PostType => item.post_type = Some(text()),
            _ => {}
        }
    }

    fn end_item(&mut self, sink: &mut dyn FnMut(Result<Ingested>)) {
        match self.item.take() {
            Some(item) if item.is_no_article() => self.no_articles += 1,
            Some(item) if item.is_unpublished() => self.unpublished += 1,
            Some(item) => {
                self.ready_bytes += item.size();
                self.ready.push((item, self.number));
                if self.ready.len() >= MOST_READY || self.ready_bytes >= MOST_BYTES {
                    self.give(sink);
                }
            }
            None => {}
        }
    }

    /// Hands on the articles of the items whose ends were read; they are made side by side.
    fn give(&mut self, sink: &mut dyn FnMut(Result<Ingested>)) {
        self.ready_bytes = 0;
        let ready = std::mem::take(&mut self.ready);
        let (name, about) = (self.name, &self.about);
        let article = |(item, number): (Item, usize)| item.article(name, number, about);
        let articles: Vec<Result<Ingested>> = ready.into_par_iter().map(article).collect();
        articles.into_iter().for_each(sink);
    }

    /// What is to be said at the end.
    fn eof(&mut self, left_out: &mut dyn FnMut(&'static str, usize)) -> Result<()> {
        if self.item.is_some() {
            let place = format!("{} item {}", self.name, self.number);
            return Err(Error::input(place, "the feed ends inside this item; it is cut, copy it again"));
        }
        for (what, count) in [("pictures, menus and settings", self.no_articles), ("drafts", self.unpublished)] {
            if count > 0 {
                left_out(what, count);
            }
        }
        match (self.has_root, self.number) {
            _ if self.is_sitemap && self.is_closed => Ok(()),
            _ if self.is_sitemap => Err(Error::input(self.name, "the sitemap is cut; copy it again")),
            (false, _) => Err(Error::input(self.name, "holds no XML; give RSS, Atom or a sitemap")),
            (true, 0) => Err(Error::input(self.name, "the feed holds no item; remove it or export it again")),
            _ => Ok(()),
        }
    }
}

impl Open {
    fn new(field: Field, name: &str, tag: &BytesStart<'_>) -> Self {
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        let mode = attribute(tag, "mode").unwrap_or_default();
        let (xhtml, html) = match kind.as_str() {
            "xhtml" | "application/xhtml+xml" => (true, true),
            "html" | "text/html" => (false, true),
            // RSS says nothing and means HTML, in titles too. Atom means plain text then, but few feeds know.
            "" => (false, true),
            _ => (false, false),
        };
        let other =
            field == Field::Content && (kind.contains('/') && !html && kind != "text/plain" || mode == "base64");
        let tag = Attributes {
            href: attribute(tag, "href").or_else(|| attribute(tag, "url")),
            rel: attribute(tag, "rel"),
            term: attribute(tag, "term"),
            title: attribute(tag, "title").or_else(|| attribute(tag, "label")),
            domain: attribute(tag, "domain"),
            kind: if field == Field::Media { medium(tag, name, kind) } else { kind },
            is_permalink: attribute(tag, "isPermaLink").is_none_or(|value| value.trim() != "false"),
        };
        let written = Written { text: String::new(), html };
        Open { field, name: name.to_owned(), inside: 0, written, xhtml, ignored: other, tag }
    }

    /// An element inside: its tag is part of the text.
    fn nested(&mut self, name: &str, tag: &BytesStart<'_>, empty: bool) {
        self.inside += usize::from(self.name == name && !empty);
        if self.ignored {
            return;
        }
        self.written.html = true;
        let text = &mut self.written.text;
        text.push('<');
        text.push_str(local(name));
        text.push_str(tag.attributes_raw().trim_end_matches('/'));
        text.push('>');
        let is_void = matches!(local(name), "br" | "img" | "hr" | "wbr" | "col" | "input" | "link" | "meta" | "source");
        if empty && !is_void {
            self.push_end(name);
        }
    }

    fn push_end(&mut self, name: &str) {
        if !self.ignored {
            self.written.text.push_str("</");
            self.written.text.push_str(local(name));
            self.written.text.push('>');
        }
    }
}

impl Attributes {
    /// Takes in a file or a picture that an item has beside its text. `inside` is what stands in the element.
    fn beside(self, item: &mut Item, inside: &str) {
        let Some(url) = self.href else { return };
        let said =
            self.title.or_else(|| part(inside, "description").or_else(|| part(inside, "title")).map(str::to_owned));
        if self.kind.starts_with("image") || self.kind.is_empty() && images::is_named(&url) {
            item.pictures.push((url, said));
        } else {
            item.enclosures.push(Attachment { name: said.unwrap_or_default(), url });
        }
    }
}

/// What a `media:content` holds: its type, else its medium; a `media:thumbnail` is a picture.
fn medium(tag: &BytesStart<'_>, name: &str, kind: String) -> String {
    match attribute(tag, "medium") {
        _ if local(name) == "thumbnail" => "image".to_owned(),
        Some(medium) if kind.is_empty() => medium.to_ascii_lowercase(),
        _ => kind,
    }
}

/// What stands between the tags of an element in a text.
fn part<'t>(text: &'t str, element: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{element}"))?;
    let (_, rest) = rest.split_once('>')?;
    Some(rest.split("</").next().unwrap_or(rest))
}
