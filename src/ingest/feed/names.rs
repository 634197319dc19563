//! Which field of an article is an element of a feed?
//!
//! Sources: RSS 2.0 (RSS Advisory Board), RSS 1.0 with its modules content and Dublin Core, RFC 4287 (Atom) and Atom
//! 0.3, WordPress's export format (WXR 1.2), Media RSS.

use std::collections::HashMap;

/// A field of a feed or of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// An item begins.
    Item,
    Title,
    Link,
    Id,
    /// The whole text.
    Content,
    /// What may be the whole text or a summary.
    Description,
    /// A summary and nothing else.
    Summary,
    Published,
    Created,
    Updated,
    Author,
    Category,
    /// A key word.
    Tag,
    Source,
    Enclosure,
    /// A picture or a film, Media RSS.
    Media,
    /// WordPress: published, a draft, in the bin.
    Status,
    /// WordPress: an article, a page, a picture.
    PostType,
    /// The address behind a counting service's.
    OriginalLink,
}

/// The vocabularies, by their address's beginning, with the prefix by which they are called here.
const VOCABULARIES: [(&str, &str); 12] = [
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/dc/elements/", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/ns", "atom"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://wordpress.org/export/1.0/excerpt", "excerpt"),
    ("http://wordpress.org/export/1.1/excerpt", "excerpt"),
    ("http://wordpress.org/export/1.2/excerpt", "excerpt"),
    ("http://wordpress.org/export/", "wp"),
    ("http://rssnamespace.org/feedburner", "feedburner"),
    ("http://purl.org/rss/1.0/", ""),
];

/// The prefixes a document declares.
#[derive(Debug, Default)]
pub(super) struct Names {
    prefixes: HashMap<String, &'static str>,
    /// The prefix of the feed's own elements.
    own: String,
}

impl Names {
    /// Takes in the root: its prefix is that of the feed's own elements.
    pub(super) fn root(&mut self, name: &str) {
        self.own = name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned();
    }

    /// Takes in an attribute, if it declares a vocabulary.
    pub(super) fn declare(&mut self, attribute: &str, value: &str) {
        let Some(prefix) = attribute.strip_prefix("xmlns:") else { return };
        let value = value.trim().to_ascii_lowercase();
        if let Some((_, name)) = VOCABULARIES.iter().find(|(address, _)| value.starts_with(address)) {
            // A hostile document declares without end; a right one has some twenty.
            if self.prefixes.len() < 256 {
                self.prefixes.insert(prefix.to_owned(), name);
            }
        }
    }

    /// True for an element that only holds others of the item together: `media:group`.
    pub(super) fn is_group(&self, name: &str) -> bool {
        name.split_once(':').is_some_and(|(prefix, local)| {
            local == "group" && self.prefixes.get(prefix).copied().unwrap_or(prefix) == "media"
        })
    }

    /// The field an element is.
    pub(super) fn field(&self, name: &str) -> Option<Field> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let vocabulary = if prefix == self.own || prefix.is_empty() {
            ""
        } else {
            self.prefixes.get(prefix).copied().unwrap_or(prefix)
        };
        Some(match (vocabulary, local) {
            ("", "item" | "entry") | ("atom", "entry") => Field::Item,
            ("" | "dc" | "dcterms" | "atom", "title") => Field::Title,
            ("" | "atom", "link") => Field::Link,
            ("", "guid" | "id") | ("atom", "id") => Field::Id,
            ("content", "encoded") | ("" | "atom", "content") => Field::Content,
            ("" | "dc", "description") => Field::Description,
            ("excerpt", "encoded") | ("" | "atom", "summary") => Field::Summary,
            ("", "pubDate" | "published" | "issued") | ("atom", "published") => Field::Published,
            ("dc", "date") | ("dcterms", "issued" | "created" | "available") | ("", "created") => Field::Created,
            ("", "updated" | "modified" | "lastBuildDate") | ("atom", "updated") | ("dcterms", "modified") => {
                Field::Updated
            }
            ("" | "atom", "author") | ("dc", "creator") => Field::Author,
            ("", "category") | ("atom", "category") => Field::Category,
            ("dc", "subject") | ("media", "keywords") | ("", "keywords") => Field::Tag,
            ("" | "atom", "source") => Field::Source,
            ("", "enclosure") => Field::Enclosure,
            ("media", "content" | "thumbnail") => Field::Media,
            ("wp", "status") => Field::Status,
            ("wp", "post_type") => Field::PostType,
            ("feedburner", "origLink") => Field::OriginalLink,
            _ => return None,
        })
    }
}

/// The name of an element without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}
