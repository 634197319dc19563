//! Which articles does a feed hold? RSS 0.9x, 1.0 and 2.0, WordPress exports, Atom and JSON Feed.
//!
//! ```text
//! bytes ──source──► UTF-8 ──events──► fields of one item ──item──► Article
//!                                names: which element is which field?
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | `source` | how is a feed read without ever holding more than one item? |
//! | `names` | which field is an element, whatever prefix its vocabulary has? |
//! | `xml` | what do elements and texts add up to, also in a feed that is not well-formed? |
//! | `item` | what does an item become? |
//! | `date` | which moment is "Tue, 19 Nov 2024 10:47:00 GMT+7"? |
//! | `identity` | which id has an item? |
//! | `wordpress` | what is the text among the codes of an export? |
//! | `json` | JSON Feed |
//!
//! Entities that a document declares itself are never expanded: a file that declares any is refused. Elements may be
//! nested as deep as they like, nothing here is recursive. What a feed's item links to is not fetched.

pub(super) mod date;
pub(super) mod identity;
mod item;
mod json;
mod names;
mod source;
mod wordpress;
mod xml;

use std::io::Read;

use crate::error::Result;
use crate::ingest::Ingested;

pub(super) use json::{is_feed, read as read_json};
pub(super) use source::Source;
pub(super) use xml::{lenient, no_entities};

/// Hands on the articles of an XML file: those of a feed, none of a sitemap. `left_out` is told what else an export of
/// WordPress holds, and how much of each.
///
/// # Errors
/// [`crate::Error::Input`] for a file that is neither, and where a feed ends or breaks; items before that are handed on.
pub(super) fn read(
    name: &str,
    reader: &mut dyn Read,
    sink: &mut dyn FnMut(Result<Ingested>),
    left_out: &mut dyn FnMut(&'static str, usize),
) -> Result<()> {
    xml::read(name, Source::open(name, reader)?, sink, left_out)
}
