//! Is the page an article at all? Lists, home pages, tags and searches are not.

use std::collections::HashSet;

use crate::analysis::fold::fold;
use crate::article::{Article, Attachment};

use super::hints;
use super::stated::Stated;
use super::tag::Tag;
use super::view::View;
use super::{LeftOut, Page, Why};

/// So many titles that lead to other pages, with little text of its own, make a list.
const TITLES: usize = 5;
/// So much prose in one place makes an article, in characters.
const ARTICLE: usize = 400;

/// Why the page is no article; nothing when it is one.
pub(super) fn check(
    view: &View<'_, '_>,
    stated: &Stated,
    page: &Page<'_>,
    lines: &[usize],
    title: Option<usize>,
    article: &Article,
    attachments: &[Attachment],
) -> Option<LeftOut> {
    let untitled = article.title.is_empty();
    // A title with the day it was published is an article, if a short one: its text is a picture or was lost.
    let dated = article.published.is_some() && title.is_some();
    let own = || lines.iter().filter_map(|&at| view.lines.get(at));
    let prose: usize = own().filter(|line| line.prose).map(|line| line.piece.chars).sum();
    let text: usize = own().map(|line| line.piece.chars - line.piece.linked.min(line.piece.chars)).sum();
    if text == 0 && attachments.is_empty() && (untitled || title.is_none()) {
        let links =
            view.lines.iter().filter(|line| !line.around && line.piece.is_link() && line.piece.chars >= 25).count();
        if links >= TITLES {
            let reason = format!("a list of other articles: {links} titles that are links, no text of its own");
            return Some(LeftOut::new(Why::Listing, reason));
        }
        return Some(LeftOut::new(Why::Empty, "holds no text of an article and no file"));
    }
    // Links to other pages that read like titles, outside of menus.
    let titles = view
        .lines
        .iter()
        .filter(|line| !line.shared && !line.around && line.piece.is_link() && !line.file && line.piece.chars >= 20)
        .count();
    let entries = entries(view, lines);
    let path = page.address.unwrap_or(page.path);
    let named = named_as_list(path);
    if entries >= 3 && !stated.is_article {
        let reason = format!("a list of other articles: {entries} titles that are links, each with a few lines");
        return Some(LeftOut::new(Why::Listing, reason));
    }
    let little = prose < ARTICLE && attachments.is_empty();
    if let Some(named) = named.filter(|_| !stated.is_article && (little && titles >= 3 || entries >= 2)) {
        return Some(LeftOut::new(
            Why::Listing,
            format!("a list of other articles: \"{named}\" in its address, {titles} titles that are links"),
        ));
    }
    if !stated.is_article
        && !stated.says_article
        && prose == 0
        && titles >= TITLES
        && attachments.is_empty()
        && text < 200
        && !dated
    {
        return Some(LeftOut::new(
            Why::Listing,
            format!("a list of other articles: {titles} titles that are links, no text of its own"),
        ));
    }
    // A register of documents: a file each, under a head of a table for a title.
    let named = title.is_some() && article.title.chars().count() >= 15;
    if attachments.len() >= 3 && !named && article.published.is_none() && !stated.is_article && !stated.says_article {
        let reason = format!("a list of documents: {} files, no title of its own", attachments.len());
        return Some(LeftOut::new(Why::Listing, reason));
    }
    if stated.is_list && little {
        return Some(LeftOut::new(Why::Listing, "a list of other articles: its JSON-LD says so"));
    }
    if text == 0 && attachments.is_empty() && !stated.is_article && !stated.says_article && !dated {
        return Some(LeftOut::new(Why::Empty, "holds a title but no text and no file"));
    }
    None
}

/// How many entries of a list the body is made of: titles that lead to other pages, each followed or held by the same
/// kind of element. In an article's own text links are words of sentences.
fn entries(view: &View<'_, '_>, lines: &[usize]) -> usize {
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return 0 };
    let inside = view.lines.get(first..=last).unwrap_or_default();
    let mut addresses = HashSet::new();
    let prose = inside.iter().filter(|line| line.prose && line.is_own()).count();
    for line in inside.iter().filter(|line| !line.shared && !line.around && line.piece.is_link() && !line.file) {
        let is_title =
            line.piece.level > 0 || line.piece.strong || line.piece.chars >= 25 || view.hinted(line, hints::TITLE);
        let link = view.tree.ancestors(line.piece.at).find(|&id| view.tree.tag(id) == Tag::A);
        let address = link.and_then(|link| view.tree.attribute(link, "href"));
        if let Some(address) = address.filter(|_| is_title && line.piece.chars >= 15) {
            addresses.insert(address);
        }
    }
    // A long article with a box of related links is no list.
    let long = inside.iter().filter(|line| line.prose && line.piece.chars >= 200).count();
    if long > addresses.len() || prose > 2 * addresses.len() + 2 { 0 } else { addresses.len() }
}

/// The part of an address by which lists are known.
fn named_as_list(path: &str) -> Option<String> {
    let rest = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let folded = rest.to_ascii_lowercase();
    let (path, query) = folded.split_once('?').unwrap_or((&folded, ""));
    let parts: Vec<&str> = path.split(['/', '_']).filter(|part| !part.is_empty()).collect();
    let lists = [
        "tag",
        "tags",
        "page",
        "trang",
        "category",
        "chuyen-muc",
        "search",
        "tim-kiem",
        "timkiem",
        "author",
        "archive",
        "archives",
        "tu-khoa",
    ];
    if let Some(part) = parts.iter().find(|part| lists.contains(&part.trim_end_matches(".html"))) {
        return Some((*part).to_owned());
    }
    let stem = parts.last().copied().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let home = matches!(fold(stem).as_str(), "index" | "home" | "default" | "trang chu") && parts.len() <= 2;
    if parts.is_empty() || home {
        return Some(if stem.is_empty() { "/".to_owned() } else { stem.to_owned() });
    }
    let asked = query
        .split('&')
        .find(|part| ["page=", "paged=", "s=", "q=", "keyword=", "tag="].iter().any(|key| part.starts_with(key)));
    asked.map(str::to_owned)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_their_addresses() {
        for path in
            ["tag/cau", "tin/page/2/index.html", "index.html", "https://xa.example/", "tin?page=3", "tin_page_2.html"]
        {
            assert!(named_as_list(path).is_some(), "{path}");
        }
        for path in ["tin/cau-moi.html", "https://xa.example/tin/a", "tin.php?id=3", "trang-tri-nha.html"] {
            assert_eq!(named_as_list(path), None, "{path}");
        }
    }
}
