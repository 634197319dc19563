//! What is the article of a web page, and what is the page around it?
//!
//! ```text
//! html ─tree─► elements ─pieces─► lines ─view─► text | stamp | button | shared by the site | around the article
//!                  │                               │
//!                  └─hints: names of templates     ├─body───► the element with the page's own prose
//!                    stated: JSON-LD, og:, meta    ├─title, date─► beside it, agreeing with what is stated
//!                                                  └─listing─► or no article at all, and why
//! ```
//!
//! A page is parsed once, by a parser of our own, and read by rules of our own, because of what was measured on a
//! provincial portal's 288 pages (90 with the right answer, one thread, the same machine) and on hostile ones:
//!
//! | | title | date | body F1 | pages/s | 20,000 nested `div` | 2,000 `<p><font color=…>` |
//! | --- | --- | --- | --- | --- | --- | --- |
//! | dom_smoothie 0.19 (dom_query, html5ever) | 0.00 | 0.00 | 0.974 | 280 | 89 s | 4 s |
//! | this, with the first look at the site | 1.00 | 1.00 | 0.987 | 530 | 0.03 s | 0.01 s |
//!
//! 10,000 pages of 100 KB of one site: some 1,050 pages a second on two processors (17.3 s of user time), 21 MB at most
//! (`node tests/bench/html.mjs`).
//!
//! | file | answers |
//! | --- | --- |
//! | `tree`, `tag` | which elements, in linear time for any bytes? |
//! | `pieces` | which lines does a reader see, and how are they marked up? |
//! | [`shared`](Sample) | which text do the pages of one site share? |
//! | `hints` | what do the names of templates and classes say? |
//! | `stated` | what does the page say of itself for machines? |
//! | `view` | all of that, line by line |
//! | `body`, `title`, `date` | one field each |
//! | `listing`, `error_page` | is it an article at all? |
//! | `lead`, `signed` | the lead and the category; who wrote it, whose it is |
//! | `page` | all fields, each with what it was read from |
//! | `blocks` | pieces as blocks, links as attachments |
//! | `images` | which pictures are the article's, and where do they stand? |
//! | [`path`](id_of) | which site, id and address does a file's path say? |
//! | `select` | CSS selectors of `timdoc.toml` |
//! | `address` | relative addresses, and which lead to files |

pub(in crate::ingest) mod blocks;

pub(in crate::ingest) mod address;
mod body;
mod date;
mod error_page;
mod hints;
pub(in crate::ingest) mod images;
mod lead;
mod listing;
mod page;
mod path;
mod pieces;
mod select;
mod shared;
mod signed;
mod stated;
mod tag;
mod title;
mod tree;
mod view;

use std::hash::{BuildHasher, Hasher};

use rustc_hash::FxBuildHasher;

use crate::article::Article;
use crate::error::{Error, Result};

use super::Ingested;
use super::site::Site;

pub use blocks::{Fragment, fragment};
pub use path::{address_of, host_of, id_of};
pub use shared::{Look, SAMPLE, Sample, Shared};

pub(super) use path::is_page_ending;
pub(super) use select::Selector;

/// Where a page comes from.
#[derive(Debug, Clone)]
pub struct Page<'p> {
    /// What errors name: the file's path.
    pub place: &'p str,
    /// The id of its article.
    pub id: String,
    /// Its path in the folder of the site, or its name: what its address is made of where it states none.
    pub path: &'p str,
    /// The address it was fetched from, if that is known.
    pub address: Option<&'p str>,
}

/// What a page became.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// An article.
    Article(Box<Reading>),
    /// No article, and why.
    LeftOut(LeftOut),
}

/// An article, and what each field was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Fields and what they were read from: `("title", "og:title in h1.title")`.
    pub origins: Vec<(&'static str, String)>,
    /// Equal for pages with the same title and text.
    pub same: u64,
    /// The address that several pages with one article state.
    pub canonical: Option<String>,
    /// What the page states and could not be read: a date that is none.
    pub remarks: Vec<Error>,
}

impl From<Box<Reading>> for Ingested {
    fn from(reading: Box<Reading>) -> Self {
        Ingested { article: reading.article, remarks: reading.remarks, is_page: true }
    }
}

/// A page that is no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is instead.
    pub kind: Why,
    /// Why it is taken for that.
    pub reason: String,
}

/// What pages are that are no articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A list of articles: a home page, a category, a tag, a search.
    Listing,
    /// Nothing but the page around an article.
    Empty,
    /// The site's `timdoc.toml` leaves it out.
    Excluded,
    /// The article of another page.
    Duplicate,
}

impl Why {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Why::Listing => "listing",
            Why::Empty => "empty",
            Why::Excluded => "left_out",
            Why::Duplicate => "duplicate",
        }
    }
}

/// Reads a page: its article, or why it is none. `shared` is what its site's pages share; [`Shared::default`] for a
/// page alone.
///
/// # Errors
/// [`Error::Input`] when an article is there but nothing in it can be its title.
///
/// ```
/// use timdoc::ingest::html::{self, Outcome, Page, Shared};
/// use timdoc::ingest::site::Site;
/// let html = "<title>Cầu mới thông xe - Báo Xã</title><h1>Cầu mới thông xe</h1><p>08:15 12/06/2024</p>\
///     <p>Sáng nay, cây cầu nối hai thôn của xã Tam Hợp đã được đưa vào sử dụng sau một năm xây dựng.</p>";
/// let page = Page { place: "cau.html", id: "cau".into(), path: "cau.html", address: None };
/// let Outcome::Article(found) = html::article(&page, html, &Shared::default(), &Site::default())? else { panic!() };
/// assert_eq!(found.article.title, "Cầu mới thông xe");
/// assert_eq!(found.article.published.map(|date| date.iso()).as_deref(), Some("2024-06-12T08:15+07:00"));
/// # Ok::<(), timdoc::Error>(())
/// ```
pub fn article(page: &Page<'_>, html: &str, shared: &Shared, site: &Site) -> Result<Outcome> {
    if let Some(left_out) = excluded(page, site) {
        return Ok(Outcome::LeftOut(left_out));
    }
    page::read(page, html, shared, site)
}

/// Why the site's `timdoc.toml` leaves a page out, if it does; its file need not be read then.
#[must_use]
pub fn excluded(page: &Page<'_>, site: &Site) -> Option<LeftOut> {
    let pattern = site.left_out(page.path)?;
    Some(LeftOut { kind: Why::Excluded, reason: format!("left out by \"{pattern}\" in timdoc.toml") })
}

/// A number that is the same for articles with the same title and text.
fn same_text(article: &Article) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    let blocks = article.blocks.iter().map(|block| block.text.as_str());
    let texts = [article.title.as_str()].into_iter().chain(article.lead.as_deref()).chain(blocks);
    for text in texts.chain(article.attachments.iter().map(|attachment| attachment.url.as_str())) {
        hasher.write(text.as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}
