//! Which pages does an archive of the web hold? WARC 1.0 and 1.1 (ISO 28500), as wget, Heritrix and browsertrix write.
//!
//! ```text
//! bytes ──members──► records ──http──► pages of HTML ──html──► Article
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | `members` | how is a packed archive read past a damaged record? |
//! | `record` | where does a record begin and end, also when its length is wrong? |
//! | `http` | what did the server answer, unpacked? |
//!
//! Written by hand, as no crate reads on after a damaged record or bounds what a record takes. At most
//! [`MOST_HELD`] bytes of pages are held at once: the first ones, which say what the pages of a site share, then those
//! that are read side by side. What `timdoc.toml` says holds for all hosts of an archive.

mod http;
mod members;
mod record;

use std::collections::{HashMap, HashSet};
use std::io::{BufReader, Read};

use rayon::prelude::*;

use crate::error::{Error, Result};

use super::encoding::{self, Hint};
use super::feed::identity;
use super::format::{Packing, packing};
use super::html::{self, Look, Outcome, Page, SAMPLE, Sample, Shared, Why};
use super::site::Site;
use super::{Ingested, check_id, format, open};
use http::Answer;
use record::{Kind, Records};

/// Bytes of pages that are held at once.
const MOST_HELD: usize = 48 << 20;

/// Hands on the articles of an archive. `left_out` is told what else it holds, and how much of each.
///
/// # Errors
/// [`Error::Input`] when the file holds no record, or cannot be read on.
pub(super) fn read(
    name: &str,
    reader: impl Read,
    site: &Site,
    sink: &mut dyn FnMut(Result<Ingested>),
    left_out: &mut dyn FnMut(&'static str, usize),
) -> Result<()> {
    let unpacked: Box<dyn Read + '_> = match packing(name) {
        Packing::Gzip => Box::new(members::Members::new(BufReader::with_capacity(1 << 16, reader))),
        _ => Box::new(open::unpack(name, reader)?),
    };
    let mut records = Records::new(name, unpacked);
    let mut archive = Archive::new(site);
    let mut any = false;
    while let Some(record) = records.next() {
        any = true;
        match record {
            Ok(record) => match archive.page(record) {
                Some(Ok(page)) => archive.hold(page, sink),
                Some(Err(error)) => sink(Err(error)),
                None => {}
            },
            Err(error) => sink(Err(error)),
        }
    }
    archive.read_held(sink);
    for (what, count) in archive.left_out {
        left_out(what, count);
    }
    if any { Ok(()) } else { Err(Error::input(name, "holds no WARC record; remove it or copy it again")) }
}

/// A page before it is read.
struct Held {
    place: String,
    address: String,
    html: String,
}

impl Held {
    fn host(&self) -> &str {
        let rest = self.address.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or(rest)
    }

    fn path(&self) -> &str {
        let rest = self.address.split_once("://").map_or("", |(_, rest)| rest);
        rest.split_once('/').map_or("", |(_, path)| path)
    }
}

struct Archive<'s> {
    site: &'s Site,
    held: Vec<Held>,
    bytes: usize,
    /// What the pages of each host share; nothing until the first pages are looked at.
    shared: Option<HashMap<String, Shared>>,
    /// The addresses of pages so far, without `https://www.`: a crawl fetches some more than once.
    seen: HashSet<String>,
    ids: HashSet<String>,
    texts: HashSet<u64>,
    left_out: Vec<(&'static str, usize)>,
}

impl<'s> Archive<'s> {
    fn new(site: &'s Site) -> Self {
        Archive {
            site,
            held: Vec::new(),
            bytes: 0,
            shared: None,
            seen: HashSet::new(),
            ids: HashSet::new(),
            texts: HashSet::new(),
            left_out: Vec::new(),
        }
    }

    fn leave_out(&mut self, what: &'static str) {
        match self.left_out.iter_mut().find(|(known, _)| *known == what) {
            Some((_, count)) => *count += 1,
            None => self.left_out.push((what, 1)),
        }
    }

    /// The page of a record, if it holds one.
    fn page(&mut self, record: record::Record) -> Option<Result<Held>> {
        let answer = match record.kind {
            Kind::Response => http::answer(&record.block),
            Kind::Resource => http::resource(&record.content_type, record.block),
            Kind::Other(what) => {
                self.leave_out(what);
                return None;
            }
        };
        let (body, charset) = match answer {
            Answer::Page { body, charset } => (body, charset),
            Answer::Other(what) => {
                self.leave_out(what);
                return None;
            }
            Answer::Broken(reason) => return Some(Err(Error::input(&record.place, reason))),
        };
        let hint = Hint { markup: true, declared: charset.as_deref() };
        let html = encoding::decode(&record.place, body, hint);
        Some(html.map(|html| Held { place: record.place, address: record.address, html }))
    }

    fn hold(&mut self, page: Held, sink: &mut dyn FnMut(Result<Ingested>)) {
        let bare = page.address.split_once("://").map_or(page.address.as_str(), |(_, rest)| rest);
        if !self.seen.insert(bare.trim_start_matches("www.").trim_end_matches('/').to_owned()) {
            return self.leave_out("pages that were fetched again");
        }
        self.bytes += page.html.len();
        self.held.push(page);
        if self.held.len() >= SAMPLE || self.bytes >= MOST_HELD {
            self.read_held(sink);
        }
    }

    /// Reads the pages that are held, side by side.
    fn read_held(&mut self, sink: &mut dyn FnMut(Result<Ingested>)) {
        let held = std::mem::take(&mut self.held);
        self.bytes = 0;
        let shared = self.shared.get_or_insert_with(|| {
            let mut samples: HashMap<String, Sample> = HashMap::new();
            let looks: Vec<Look> = held.par_iter().map(|page| Look::at(&page.html)).collect();
            for (page, look) in held.iter().zip(looks) {
                samples.entry(page.host().to_owned()).or_default().add(look);
            }
            samples.into_iter().map(|(host, sample)| (host, sample.shared())).collect()
        });
        let (alone, site) = (Shared::default(), self.site);
        let read = |page: &Held| {
            let id = identity::of_address(&page.address);
            let id =
                id.unwrap_or_else(|| html::id_of(format!("{}/{}", page.host(), page.path()).trim_end_matches('/')));
            let id = check_id(&page.place, &id)?;
            let about = Page { place: &page.place, id, path: page.path(), address: Some(&page.address) };
            // Patterns may begin with the host, as paths of a mirror do.
            let named = format!("{}/{}", page.host(), page.path());
            if let Some(left_out) = html::excluded(&Page { path: &named, ..about.clone() }, site) {
                return Ok(Outcome::LeftOut(left_out));
            }
            html::article(&about, &page.html, shared.get(page.host()).unwrap_or(&alone), site)
        };
        let read: Vec<Result<Outcome>> = held.par_iter().map(read).collect();
        for (page, outcome) in held.iter().zip(read) {
            match outcome {
                Ok(Outcome::Article(reading)) if !self.texts.insert(reading.same) => {
                    self.leave_out("pages with the article of another");
                }
                Ok(Outcome::Article(reading)) => self.take(page, reading.into(), sink),
                Ok(Outcome::LeftOut(left)) => self.leave_out(match left.kind {
                    Why::Listing => "lists of articles",
                    Why::Excluded => "pages that timdoc.toml leaves out",
                    _ => "pages without an article",
                }),
                Err(error) => sink(Err(error)),
            }
        }
    }

    /// Hands on an article. Pages of two hosts may have one path: the second is called by its host too.
    fn take(&mut self, page: &Held, mut found: Ingested, sink: &mut dyn FnMut(Result<Ingested>)) {
        let id = &mut found.article.id;
        if self.ids.contains(id) {
            match check_id(&page.place, &format!("{}/{id}", page.host())) {
                Ok(other) => *id = other,
                Err(error) => return sink(Err(error)),
            }
        }
        self.ids.insert(id.clone());
        sink(Ok(found));
    }
}

/// What a record is called in messages: the file and the record's number.
fn place(name: &str, number: usize) -> String {
    format!("{} record {number}", format::file(name))
}
