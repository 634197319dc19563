//! What does a sitemap say of the pages beside it? Addresses, days and key words for pages that a mirror saved as files,
//! and their order.
//!
//! Read are sitemaps of sitemaps.org 0.9 with Google's extension for news. A sitemap gives no article of its own, and an
//! index of sitemaps says nothing of pages.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::article::{Article, Date};
use crate::error::{Error, Result};

use super::feed::{Source, date, lenient, no_entities};
use super::html::address::percent_decoded;
use super::html::is_page_ending;
use super::{clean, finish};

/// The most pages that are kept; the protocol allows 50,000 a file.
const MOST_PAGES: usize = 1_000_000;

/// What a sitemap says of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its address.
    pub address: String,
    /// Its place among the pages, from 0.
    order: usize,
    /// When it changed last; where nearly all pages have one day, that is the day the sitemap was made.
    pub changed: Option<Date>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Its key words.
    pub tags: Vec<String>,
}

/// All pages of one or more sitemaps.
///
/// ```
/// use timdoc::ingest::Sitemap;
/// let text = "<urlset><url><loc>https://xa.example/tin/cau-moi.html</loc></url></urlset>";
/// let sitemap = Sitemap::read("sitemap.xml", text.as_bytes())?.unwrap();
/// assert_eq!(sitemap.about("xa.example/tin/cau-moi.html").unwrap().address, "https://xa.example/tin/cau-moi.html");
/// assert_eq!(sitemap.about("tin/khac.html"), None);
/// # Ok::<(), timdoc::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Sitemap {
    pages: Vec<About>,
    /// Pages by host and path, and by path alone where only one host has it.
    places: HashMap<String, Option<usize>>,
    hosts: HashSet<String>,
}

impl Sitemap {
    /// Reads a sitemap, or an index of sitemaps, which has no pages; `None` when the file is XML of another kind.
    ///
    /// # Errors
    /// [`Error::Input`] when it is cut, or declares entities.
    pub fn read(name: &str, reader: impl Read) -> Result<Option<Self>> {
        let mut unpacked = super::open::unpack(name, reader)?;
        let source = Source::open(name, &mut unpacked)?;
        let meter = source.meter();
        let mut reader = Reader::from_reader(source.text);
        lenient(&mut reader);
        let mut sitemap = Sitemap::default();
        let (mut buffer, mut text) = (Vec::new(), String::new());
        let mut page = About::default();
        let mut has_root = false;
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|error| {
                Error::input(name, format!("the sitemap cannot be read on ({error}); it is cut, copy it again"))
            })?;
            match event {
                Event::Start(tag) => {
                    let name = tag.local_name();
                    if !has_root && !matches!(name.as_ref(), "urlset" | "sitemapindex") {
                        return Ok(None);
                    }
                    has_root = true;
                    text.clear();
                    if name.as_ref() == "url" {
                        page = About::default();
                    }
                }
                Event::End(tag) => {
                    if tag.local_name().as_ref() == "url" {
                        meter.item_begins();
                        sitemap.add(std::mem::take(&mut page));
                    } else {
                        page.take(tag.name().as_ref(), &text);
                    }
                    text.clear();
                }
                Event::Text(piece) => text.push_str(&piece.into_inner()),
                Event::CData(piece) => text.push_str(&piece.into_inner()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => text.push(c),
                    _ => text.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or("\u{fffd}")),
                },
                Event::DocType(declaration) => no_entities(name, &declaration.into_inner())?,
                Event::Eof => break,
                _ => {}
            }
        }
        if !has_root {
            return Ok(None);
        }
        sitemap.forget_day_of_making();
        Ok(Some(sitemap))
    }

    /// Takes in the pages of another sitemap.
    pub fn extend(&mut self, other: Sitemap) {
        other.pages.into_iter().for_each(|page| self.add(page));
    }

    /// How many pages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// What is said of the page that was saved as a file. `path` is its path in the folder of the mirror, with `/`:
    /// with the host's folder (`xa.example/tin/a.html`), as wget and HTTrack lay it out, or without.
    #[must_use]
    pub fn about(&self, path: &str) -> Option<&About> {
        let key = key(path);
        let mut rest = key.as_str();
        loop {
            let (first, tail) = rest.split_once('/').unwrap_or((rest, ""));
            if self.hosts.contains(first.trim_start_matches("www.")) {
                return self.at(rest.trim_start_matches("www."));
            }
            if tail.is_empty() {
                return self.at(&key);
            }
            rest = tail;
        }
    }

    /// The place of a page among those of the sitemap, from 0. A page that several sitemaps name has the first.
    #[must_use]
    pub fn order(&self, path: &str) -> Option<usize> {
        self.about(path).map(|about| about.order)
    }

    /// Fills in what the page itself leaves open; the names of the fields that were.
    pub fn fill(&self, path: &str, article: &mut Article) -> Vec<&'static str> {
        let Some(about) = self.about(path) else { return Vec::new() };
        let mut filled = Vec::new();
        if article.url.is_none() {
            article.url = finish::web_address(&about.address);
            filled.extend(article.url.as_ref().map(|_| "url"));
        }
        if article.published.is_none() {
            // That a page changed on a day does not say that it is no older.
            let changed = about.changed.clone().map(|date| Date { inferred: true, ..date });
            article.published = about.published.clone().or(changed);
            filled.extend(article.published.as_ref().map(|_| "published"));
        }
        if let Some(title) = about.title.as_ref().filter(|_| article.title_derived) {
            article.title.clone_from(title);
            article.title_derived = false;
            filled.push("title");
        }
        if article.source.is_none() && about.source.is_some() {
            article.source.clone_from(&about.source);
            filled.push("source");
        }
        if article.tags.is_empty() && !about.tags.is_empty() {
            article.tags.clone_from(&about.tags);
            filled.push("tags");
        }
        filled
    }

    fn at(&self, key: &str) -> Option<&About> {
        self.pages.get((*self.places.get(key)?)?)
    }

    fn add(&mut self, mut page: About) {
        let Some((_, rest)) = page.address.split_once("://") else { return };
        if self.pages.len() >= MOST_PAGES || finish::web_address(&page.address).is_none() {
            return;
        }
        let whole = key(rest);
        let whole = whole.trim_start_matches("www.");
        let (host, path) = whole.split_once(['/', '?']).unwrap_or((whole, ""));
        let number = self.pages.len();
        let known = self.places.get(whole).copied().flatten().and_then(|at| self.pages.get(at));
        page.order = known.map_or(number, |known| known.order);
        self.hosts.insert(host.to_owned());
        self.places.insert(whole.to_owned(), Some(number));
        if !path.is_empty() {
            let same = |known: &Option<usize>| {
                known.and_then(|at| self.pages.get(at)).is_some_and(|known| known.address == page.address)
            };
            let alone = self.places.get(path).is_none_or(same);
            self.places.insert(path.to_owned(), alone.then_some(number));
        }
        self.pages.push(page);
    }

    /// Drops the days of change where most pages have the same: a program wrote them all when it made the sitemap.
    fn forget_day_of_making(&mut self) {
        let mut days: HashMap<i32, usize> = HashMap::new();
        for date in self.pages.iter().filter_map(|page| page.changed.as_ref()) {
            *days.entry(date.day.0).or_default() += 1;
        }
        let dated: usize = days.values().sum();
        let Some((day, count)) = days.into_iter().max_by_key(|(_, count)| *count) else { return };
        if dated >= 3 && count * 2 > dated {
            let made = |date: &Date| date.day.0 == day;
            self.pages.iter_mut().for_each(|page| page.changed = page.changed.take().filter(|date| !made(date)));
        }
    }
}

impl About {
    /// Takes in an element whose end is read.
    fn take(&mut self, element: &str, text: &str) {
        let text = clean::line(text);
        if text.is_empty() {
            return;
        }
        let (prefix, local) = element.split_once(':').unwrap_or(("", element));
        match (prefix, local) {
            ("image" | "video", _) => {}
            (_, "loc") => self.address = text.into_owned(),
            (_, "lastmod") => self.changed = date::parse(&text),
            (_, "publication_date") => self.published = date::parse(&text),
            (_, "title") => self.title = Some(text.into_owned()),
            (_, "name") => self.source = Some(text.into_owned()),
            (_, "keywords") => {
                let tags = text.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty());
                self.tags = tags.map(str::to_owned).collect();
            }
            _ => {}
        }
    }
}

/// By what a file and an address are known to be one: host and path in small letters, without endings of pages and of
/// packing, without `index`; a mirror on Windows writes `@` for `?`.
fn key(path: &str) -> String {
    let path = percent_decoded(path.split('#').next().unwrap_or(path)).to_lowercase().replace('@', "?");
    let mut bare = path.as_str();
    for packing in [".gz", ".zst"] {
        bare = bare.strip_suffix(packing).unwrap_or(bare);
    }
    // `a.aspx.html` and `a.aspx?id=3.html` are what wget makes of `a.aspx` and `a.aspx?id=3`.
    for _ in 0..2 {
        match bare.rsplit_once('.') {
            Some((stem, ending)) if is_page_ending(ending) && !stem.ends_with('/') => bare = stem,
            _ => break,
        }
    }
    let bare = bare.trim_matches('/');
    bare.strip_suffix("/index").unwrap_or(bare).trim_end_matches('/').to_owned()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn sitemap(urls: &str) -> Sitemap {
        let text = format!(
            "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>"
        );
        Sitemap::read("sitemap.xml", text.as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn files_of_a_mirror_are_found_by_their_paths() {
        let sitemap = sitemap(
            "<url><loc>https://www.xa.example/tin/cau-moi.html?a=1&amp;b=2</loc></url><url><loc>https://www.xa.example/tin/</loc></url>
            <url><loc>https://www.xa.example/ChiTiet.aspx?id=3</loc></url><url><loc>https://www.xa.example/lich-h%E1%BB%8Dp</loc></url>
            <url><loc>https://huyen.example/tin/</loc></url>",
        );
        for (path, address) in [
            ("www.xa.example/tin/cau-moi.html?a=1&b=2", "https://www.xa.example/tin/cau-moi.html?a=1&b=2"),
            ("xa.example/tin/index.html", "https://www.xa.example/tin/"),
            ("luu/huyen.example/tin/index.html", "https://huyen.example/tin/"),
            ("www.xa.example/ChiTiet.aspx@id=3.html", "https://www.xa.example/ChiTiet.aspx?id=3"),
            ("chitiet.aspx?id=3.html.gz", "https://www.xa.example/ChiTiet.aspx?id=3"),
            ("lich-họp.html", "https://www.xa.example/lich-h%E1%BB%8Dp"),
        ] {
            assert_eq!(sitemap.about(path).map(|about| about.address.as_str()), Some(address), "{path}");
        }
        // Of two hosts, or in another folder.
        for path in ["tin/index.html", "xa.example/cu/tin/index.html", "cu/lich-họp.html", "", "/", "xa.example"] {
            assert_eq!(sitemap.about(path), None, "{path}");
        }
    }

    #[test]
    fn a_sitemap_of_news_fills_in_what_a_page_leaves_open() {
        let sitemap = sitemap(
            "<url><loc>https://xa.example/1.html</loc><lastmod>2024-06-01</lastmod><news:news><news:publication>
            <news:name>Báo Xã</news:name><news:language>vi</news:language></news:publication>
            <news:publication_date>2024-05-19T10:47:00+07:00</news:publication_date><news:title>Cầu &amp; đường</news:title>
            <news:keywords>cầu, đường</news:keywords></news:news><image:image><image:loc>https://xa.example/a.jpg</image:loc>
            <image:title>Ảnh</image:title></image:image></url><url><loc>https://xa.example/2.html</loc><lastmod>2023-06-01</lastmod></url>",
        );
        let mut article = Article { title: "Sáng nay…".into(), title_derived: true, ..Article::default() };
        assert_eq!(sitemap.fill("1.html", &mut article), ["url", "published", "title", "source", "tags"]);
        assert_eq!(
            (article.title.as_str(), article.url.as_deref()),
            ("Cầu & đường", Some("https://xa.example/1.html"))
        );
        assert_eq!(article.published.as_ref().map(|d| d.iso()).as_deref(), Some("2024-05-19T10:47+07:00"));
        assert!(sitemap.fill("1.html", &mut article).is_empty());
        let mut article = Article::default();
        sitemap.fill("2.html", &mut article);
        assert_eq!(article.published.map(|date| (date.iso(), date.inferred)), Some(("2023-06-01".into(), true)));
    }

    #[test]
    fn the_day_a_sitemap_was_made_is_no_day_of_a_page() {
        let url = |n: u32, day: &str| format!("<url><loc>https://xa.example/{n}</loc><lastmod>{day}</lastmod></url>");
        let sitemap =
            sitemap(&[url(1, "2024-06-01"), url(2, "2024-06-01"), url(3, "2024-06-01"), url(4, "2023-02-02")].concat());
        let day = |n| sitemap.about(n).unwrap().changed.as_ref().map(Date::iso);
        assert_eq!((day("1"), day("4").as_deref()), (None, Some("2023-02-02")));
    }

    #[test]
    fn what_is_no_sitemap_is_none_and_what_is_damaged_an_error() {
        let read = |text: &str| Sitemap::read("a.xml", text.as_bytes());
        assert!(read("<rss><channel/></rss>").unwrap().is_none());
        assert!(read("chữ").unwrap().is_none());
        assert!(
            read("<sitemapindex><sitemap><loc>https://xa.example/a.xml</loc></sitemap></sitemapindex>")
                .unwrap()
                .unwrap()
                .is_empty()
        );
        assert!(read("<!DOCTYPE a [<!ENTITY b \"c\">]><urlset/>").is_err());
        assert!(read("<urlset><url><loc>https://xa.example/1</loc></url><url><lo").is_err());
        assert_eq!(read("<urlset><url><loc>javascript:alert(1)</loc></url></urlset>").unwrap().unwrap().len(), 0);
    }
}
