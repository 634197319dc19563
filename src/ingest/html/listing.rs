//! Is the page an article at all? Lists, home pages, tags and searches are not.

use std::collections::HashSet;

use crate::analysis::fold::fold;
use crate::article::{Article, Attachment};

use super::hints;
use super::stated::Stated;
use super::tag::Tag;
use super::view::View;
use super::{LeftOut, Page, Why, error_page, is_page_ending};

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
    let undated = article.published.is_none() && !stated.is_article;
    let own_text = || own().map(|line| line.piece.text.as_str());
    if let Some(said) =
        error_page::said(&article.title, own_text(), prose).filter(|_| undated && attachments.is_empty())
    {
        return Some(LeftOut::new(Why::Empty, format!("a page for what is not there: \"{said}\"")));
    }
    let more = teasers(view, lines);
    if more >= 3 && undated {
        let reason = format!("a list of other articles: {more} times \"read on\"");
        return Some(LeftOut::new(Why::Listing, reason));
    }
    // An article of a site that is known has a title, or a day, or text.
    if untitled && undated && view.site_is_known && prose < ARTICLE {
        return Some(match attachments.len() {
            0 => LeftOut::new(Why::Empty, "holds no title and no day, and hardly any text"),
            files => LeftOut::new(Why::Listing, format!("a list of documents: {files} files, no title of its own")),
        });
    }
    if title.is_none() && undated && is_name_of_site(&article.title, page) {
        let reason = format!("the site's own page: \"{}\" is its name, no article's title", article.title);
        return Some(LeftOut::new(Why::Listing, reason));
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

/// How many links to the rest of another article stand among the body's lines.
fn teasers(view: &View<'_, '_>, lines: &[usize]) -> usize {
    const WORDS: [&str; 8] =
        ["doc tiep", "doc them", "xem tiep", "xem them", "xem chi tiet", "chi tiet", "read more", "continue reading"];
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return 0 };
    let end = (last + 2).min(view.lines.len());
    let inside = view.lines.get(first..end).unwrap_or_default().iter();
    let says_more = |text: &str| WORDS.contains(&fold(text).trim_matches(|c: char| !c.is_alphanumeric()));
    inside.filter(|line| !line.around && !line.file && line.piece.is_link() && says_more(&line.piece.text)).count()
}

/// True for a title of one word that is a part of the host's name.
fn is_name_of_site(title: &str, page: &Page<'_>) -> bool {
    let title = fold(title);
    let place = page.address.unwrap_or(page.path).to_ascii_lowercase();
    // A mirror may name a page by its host: `xa.example.html`.
    let bare = |part| match str::rsplit_once(part, '.') {
        Some((stem, ending)) if is_page_ending(ending) => stem,
        _ => part,
    };
    let mut parts = place.split(['?', '#']).next().unwrap_or_default().split(['/', '_']).map(bare);
    let host = parts.find(|part| part.contains('.') && !part.starts_with('.')).unwrap_or_default();
    !title.is_empty() && !title.contains(' ') && host.split('.').rev().skip(1).any(|part| part == title)
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
    use crate::ingest::html::{self, Look, Outcome, Sample};
    use crate::ingest::site::Site;

    /// What a page of a site becomes whose other pages are articles with a title, a day and a text.
    fn becomes(html: &str) -> Result<Article, LeftOut> {
        let mut sample = Sample::default();
        for word in ["Trên", "Dưới", "Giữa", "Đông", "Tây"] {
            sample.add(Look::at(&format!(
                "<ul><li><a href=/>Trang chủ</a></ul><h1>Thôn {word} họp dân bàn việc làm đường</h1><p>08:15 12/06/2024</p>\
                 <p>Tối qua, hơn trăm hộ thôn {word} đã họp bàn việc góp công mở rộng con đường ra cánh đồng phía đông.</p>"
            )));
        }
        let page = Page { place: "a", id: "a".into(), path: "xa.example/tin/a.html", address: None };
        match html::article(&page, html, &sample.shared(), &Site::default()).unwrap() {
            Outcome::Article(found) => Ok(found.article),
            Outcome::LeftOut(left_out) => Err(left_out),
        }
    }

    #[test]
    fn a_page_without_title_day_and_text_is_no_article_of_a_site_that_is_known() {
        let left_out = becomes("<div>Quyết định phê duyệt danh mục thủ tục được cắt giảm trong năm</div>").unwrap_err();
        assert_eq!(left_out.kind, Why::Empty);
        let left_out = becomes("<h1>Lỗi 404</h1><p>Trang bạn yêu cầu không tồn tại.</p>").unwrap_err();
        assert!(left_out.reason.contains("not there"), "{left_out:?}");
    }

    #[test]
    fn the_day_in_an_entry_of_a_list_is_not_the_pages() {
        let left_out = becomes(
            "<div>KẾT LUẬN THANH TRA</div><p><a href=/b>Kết luận về đất đai <span class=date>(30.05.2019 16:18)</span></a></p>",
        );
        assert!(left_out.is_err(), "{left_out:?}");
        let article = becomes(
            "<a href=/tin/a.html><h1>Kết luận thanh tra về đất đai</h1><span class=date>30.05.2019 16:18</span></a>",
        );
        assert_eq!(article.unwrap().published.unwrap().iso(), "2019-05-30T16:18+07:00");
    }

    #[test]
    fn a_text_that_runs_over_the_page_is_not_its_article() {
        let running = "Nhiệt liệt chào mừng ngày hội của các thôn trong toàn xã, mời bà con về dự đông đủ!".repeat(3);
        let html = format!(
            "<div class=marquee1><div>{running}</div></div><h1>Thông báo lịch cắt điện</h1><p>08:15 12/06/2024</p>\
             <a href=/tep/lich.pdf>Lịch cắt điện</a>"
        );
        let article = becomes(&html).unwrap();
        assert_eq!((article.title.as_str(), article.blocks.len()), ("Thông báo lịch cắt điện", 0));
        assert_eq!(article.attachments.len(), 1);
    }

    #[test]
    fn teasers_that_lead_on_are_a_list() {
        let teaser = |n: &str| {
            format!(
                "<p>Thôn {n} đã họp bàn việc góp công mở rộng con đường ra cánh đồng phía đông của xã.</p><p><a href=/{n}>Xem tiếp »</a></p>"
            )
        };
        let left_out = becomes(&["một", "hai", "ba"].map(teaser).concat()).unwrap_err();
        assert_eq!(left_out.kind, Why::Listing);
    }

    #[test]
    fn the_name_of_the_site_is_no_title_of_an_article() {
        let page = |path| Page { place: "a", id: "a".into(), path, address: None };
        assert!(is_name_of_site("Tamhop", &page("tamhop.example/index.html")));
        assert!(!is_name_of_site("example", &page("tamhop.example/index.html")));
        assert!(!is_name_of_site("Tam Hợp", &page("tamhop.example/index.html")));
        assert!(!is_name_of_site("lichhop", &page("tin/lichhop.html")));
    }

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
