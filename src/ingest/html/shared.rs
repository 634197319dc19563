//! What do the pages of one site share? Text that is on many of its pages belongs to the site, not to an article.
//!
//! A bounded sample of a site's pages is looked at first ([`Sample`]); what it says ([`Shared`]) is then used for each
//! page on its own, so that pages can be read in any order, side by side, one at a time.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};

use rustc_hash::FxBuildHasher;

use crate::analysis::fold::fold;

use super::address;
use super::hints::Hints;
use super::images;
use super::pieces::{self, Piece};
use super::stated::Stated;
use super::tag::Tag;
use super::tree::Tree;

/// How many pages of a site are looked at, at most.
pub const SAMPLE: usize = 240;

/// Pieces of prose longer than this, in characters, tell pages with the same article.
const LONG: usize = 120;

/// So much of it is an article, in characters; less may be the site's own words.
const ENOUGH: usize = 600;

/// Counts on how many pages of a site each text is.
#[derive(Debug, Default)]
pub struct Sample {
    pages: u32,
    texts: HashMap<u64, u32, FxBuildHasher>,
    articles: HashSet<u64, FxBuildHasher>,
    /// The sums of all lines of the pages, to know copies.
    copies: HashSet<u64, FxBuildHasher>,
    /// Places in the pages' structure: on how many pages they hold one line, and which lines.
    slots: HashMap<u64, (u32, HashSet<u64, FxBuildHasher>), FxBuildHasher>,
}

/// What a sample says of a site.
#[derive(Debug, Default)]
pub struct Shared {
    /// How many pages were looked at.
    pages: u32,
    /// The texts that are on many of them.
    texts: HashSet<u64, FxBuildHasher>,
    /// Places in the structure that hold one line on each page, and another on each.
    slots: HashSet<u64, FxBuildHasher>,
}

/// What one page adds to a sample. Pages can be looked at side by side.
#[derive(Debug)]
pub struct Look {
    /// The same for pages with the same article; 0 for pages without prose.
    article: u64,
    /// The same for copies of a page.
    copy: u64,
    texts: HashSet<u64, FxBuildHasher>,
    slots: Vec<(u64, u64)>,
}

impl Look {
    /// Looks at a page.
    #[must_use]
    pub fn at(html: &str) -> Self {
        let tree = Tree::parse(html);
        let pieces = pieces::pieces(&tree, 0, &[], Some(&Hints::of(&tree)));
        let long: Vec<&Piece> = pieces.iter().filter(|piece| piece.chars >= LONG && !piece.is_link()).collect();
        let enough = long.iter().map(|piece| piece.chars).sum::<usize>() >= ENOUGH;
        let article = long.iter().filter(|_| enough).fold(0_u64, |sum, piece| sum.wrapping_add(key(&piece.text)));
        let mut texts: HashSet<u64, FxBuildHasher> = pieces.iter().map(|piece| key_of_piece(&tree, piece)).collect();
        let copy = texts.iter().fold(0_u64, |sum, key| sum.wrapping_add(*key));
        let stated = Stated::of(&tree);
        for title in &stated.titles {
            texts.insert(key(&title.value));
            texts.extend(parts(&title.value).map(key));
        }
        let others =
            stated.descriptions.iter().chain(&stated.published).chain(&stated.addresses).chain(&stated.authors);
        let others = others.chain(&stated.images);
        texts.extend(others.map(|from| key(&from.value)));
        texts.extend(files(&tree).map(key_of_file));
        let pictures = (1..tree.len()).filter(|&id| tree.tag(id) == Tag::Img);
        texts.extend(pictures.flat_map(|id| images::written(&tree, id)).map(key_of_image));
        let mut once: HashMap<u64, Option<u64>, FxBuildHasher> = HashMap::default();
        for piece in pieces.iter().filter(|piece| could_fill_a_slot(piece)) {
            // A second line takes the place out.
            once.entry(slot(&tree, piece)).and_modify(|only| *only = None).or_insert_with(|| Some(key(&piece.text)));
        }
        let slots = once.into_iter().filter_map(|(slot, text)| Some((slot, text?))).collect();
        Look { article, copy, texts, slots }
    }
}

impl Sample {
    /// Counts a page. One with the same article as a page before says nothing new.
    pub fn add(&mut self, look: Look) {
        let is_copy = !self.copies.insert(look.copy);
        if is_copy || look.article != 0 && !self.articles.insert(look.article) {
            return;
        }
        self.pages += 1;
        for (slot, text) in look.slots {
            let (pages, texts) = self.slots.entry(slot).or_default();
            *pages += 1;
            texts.insert(text);
        }
        for text in look.texts {
            *self.texts.entry(text).or_default() += 1;
        }
    }

    /// What the pages looked at say. Of one page alone nothing can be said.
    #[must_use]
    pub fn shared(self) -> Shared {
        let enough = match self.pages {
            0 | 1 => u32::MAX,
            2..=4 => 2,
            5..=15 => 3,
            pages => 4.max(pages / 12),
        };
        let texts = self.texts.into_iter().filter(|(_, pages)| *pages >= enough).map(|(key, _)| key).collect();
        let often = 3.max(self.pages / 4);
        let changes = |pages: u32, texts: usize| pages >= often && texts * 10 >= pages as usize * 8;
        let slots =
            self.slots.into_iter().filter(|(_, (pages, texts))| changes(*pages, texts.len())).map(|(slot, _)| slot);
        Shared { pages: self.pages, texts, slots: slots.collect() }
    }
}

impl Shared {
    /// True for a text that is on many pages.
    pub(super) fn has(&self, text: &str) -> bool {
        !self.texts.is_empty() && self.texts.contains(&key(text))
    }

    /// True for a file that many pages link to, by the address as written.
    pub(super) fn has_file(&self, href: &str) -> bool {
        !self.texts.is_empty() && self.texts.contains(&key_of_file(href))
    }

    /// True for a picture that is on many pages, by its address as written.
    pub(super) fn has_image(&self, src: &str) -> bool {
        !self.texts.is_empty() && self.texts.contains(&key_of_image(src))
    }

    /// True for a line in a place of the structure that holds one line on each page, and another on each: a title, a
    /// date.
    pub(super) fn is_slot(&self, tree: &Tree<'_>, piece: &Piece) -> bool {
        !self.slots.is_empty() && could_fill_a_slot(piece) && self.slots.contains(&slot(tree, piece))
    }

    /// True when so many pages were looked at that what is not shared says something.
    pub(super) fn is_known(&self) -> bool {
        self.pages >= 3
    }

    /// True for a line that is on many pages at the same place.
    pub(super) fn has_piece(&self, tree: &Tree<'_>, piece: &Piece) -> bool {
        !self.texts.is_empty() && self.texts.contains(&key_of_piece(tree, piece))
    }
}

/// The parts of a page's title: the article's, the rubric's and the site's.
pub(super) fn parts(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(" | ")
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" » "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The addresses of all files that a page links to.
fn files<'t>(tree: &'t Tree<'_>) -> impl Iterator<Item = &'t str> {
    let links = (1..tree.len()).filter(|&id| tree.tag(id) == Tag::A);
    links.filter_map(|id| tree.attribute(id, "href")).filter(|href| address::is_file(href))
}

fn key_of_file(href: &str) -> u64 {
    FxBuildHasher.hash_one(("file", href))
}

fn key_of_image(src: &str) -> u64 {
    FxBuildHasher.hash_one(("image", src))
}

fn could_fill_a_slot(piece: &Piece) -> bool {
    !piece.is_link() && (8..=300).contains(&piece.chars)
}

/// A line's place in the structure: the names and classes of the elements around it.
fn slot(tree: &Tree<'_>, piece: &Piece) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for id in tree.ancestors(piece.at).take(6) {
        hasher.write(tree.name(id).as_bytes());
        hasher.write_u8(b'.');
        for class in tree.classes(id).filter(|class| !class.bytes().any(|b| b.is_ascii_digit())) {
            hasher.write(class.as_bytes());
        }
        hasher.write_u8(b' ');
    }
    hasher.finish()
}

/// A line with its place: an article's title or lead is also in lists on other pages, but elsewhere in them.
fn key_of_piece(tree: &Tree<'_>, piece: &Piece) -> u64 {
    FxBuildHasher.hash_one((key(&piece.text), slot(tree, piece), piece.is_link()))
}

/// A text as a number. Counters of readers are the same text with other figures; a schedule of week 45 is not that of
/// week 46.
fn key(text: &str) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    let keep = text.len() > 80 || !text.bytes().any(|byte| byte.is_ascii_digit()) || !is_counter(text);
    for byte in text.bytes().filter(|byte| keep || !byte.is_ascii_digit()) {
        hasher.write_u8(byte);
    }
    hasher.finish()
}

/// True for a count of readers.
fn is_counter(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "luot",
        "truy cap",
        "online",
        "so nguoi",
        "hom nay",
        "hom qua",
        "tuan nay",
        "thang nay",
        "tong so",
        "khach",
        "views",
        "hits",
        "visitors",
        "trong ngay",
    ];
    let folded = fold(text);
    !text.contains(['/', ':']) && WORDS.iter().any(|word| folded.contains(word))
        || text.contains(':') && folded.contains("luot")
        || text.contains(':') && folded.contains("truy cap")
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn of(pages: &[String]) -> Shared {
        let mut sample = Sample::default();
        pages.iter().for_each(|page| sample.add(Look::at(page)));
        sample.shared()
    }

    fn page(n: usize) -> String {
        let word = ["một", "hai", "ba", "bốn", "năm", "sáu"][n];
        format!(
            "<div class=top>Cổng thông tin xã Tam Hợp</div><h2>Tin số {word} trong xã</h2><p>Chuyện {word} kể ở đây.</p>\
             <div>Lượt xem: {n}2{n}</div><ul><li><a href=/1>Tin số một trong xã</a></ul>"
        )
    }

    fn shared_lines(shared: &Shared, html: &str) -> Vec<String> {
        let tree = Tree::parse(html);
        let pieces = pieces::pieces(&tree, 0, &[], Some(&Hints::of(&tree)));
        pieces.into_iter().filter(|piece| shared.has_piece(&tree, piece)).map(|piece| piece.text).collect()
    }

    #[test]
    fn lines_at_one_place_of_many_pages_are_the_sites_whatever_their_figures() {
        let pages: Vec<String> = (0..6).map(page).collect();
        let found = shared_lines(&of(&pages), &pages[0]);
        assert_eq!(found, ["Cổng thông tin xã Tam Hợp", "Lượt xem: 020", "Tin số một trong xã"]);
    }

    #[test]
    fn a_title_that_other_pages_list_is_still_its_pages_own() {
        let pages: Vec<String> = (0..6).map(page).collect();
        let found = shared_lines(&of(&pages), &pages[0]);
        // Once, as the link, not as the heading.
        assert_eq!(found.iter().filter(|text| text.starts_with("Tin số một")).count(), 1);
    }

    #[test]
    fn places_with_one_changing_line_are_slots() {
        let pages: Vec<String> = (0..6).map(page).collect();
        let shared = of(&pages);
        let tree = Tree::parse(&pages[2]);
        let pieces = pieces::pieces(&tree, 0, &[], Some(&Hints::of(&tree)));
        let slots: Vec<&str> =
            pieces.iter().filter(|piece| shared.is_slot(&tree, piece)).map(|piece| piece.text.as_str()).collect();
        assert_eq!(slots, ["Tin số ba trong xã", "Chuyện ba kể ở đây."]);
    }

    #[test]
    fn titles_that_differ_in_a_number_are_titles() {
        let page =
            |week| format!("<h1>Lịch công tác tuần {week}</h1><div>Truy cập hôm nay: {week}9</div><p>Việc {week}</p>");
        let pages: Vec<String> = (10..18).map(page).collect();
        assert_eq!(shared_lines(&of(&pages), &pages[0]), ["Truy cập hôm nay: 109"]);
    }

    #[test]
    fn of_one_page_or_of_copies_nothing_is_said() {
        let copies = vec![page(1); 5];
        assert!(shared_lines(&of(&copies), &copies[0]).is_empty());
    }
}
