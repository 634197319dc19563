//! Which pictures are the article's? Those that stand in its text: not icons, not counters of readers, not what leads to
//! other pages, not what the site shows on each page.

use crate::analysis::fold::fold;
use crate::article::{Block, BlockKind, Image};
use crate::ingest::{clean, finish};

use super::address;
use super::pieces;
use super::tag::Tag;
use super::tree::{Id, Tree};

/// The most pictures of an article.
const MOST: usize = 200;
/// A picture that is less wide or high than this is an icon, a line or a counter, in pixels.
const SMALLEST: u32 = 60;
/// The longest alternative text that is kept, in characters.
const LONGEST: usize = 300;

/// Where pages that load pictures late keep the address; what is in `src` then is a blank.
const LAZY: [&str; 6] = ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-url"];
/// Several sizes of one picture.
const SETS: [&str; 3] = ["data-srcset", "data-lazy-srcset", "srcset"];
/// Endings of pictures.
const ENDINGS: [&str; 9] = ["jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "jfif", "svg"];
/// Words in addresses and classes of what is no picture of an article.
const NO_PICTURES: [&str; 16] = [
    "icon",
    "icons",
    "emoji",
    "emojis",
    "emoticon",
    "emoticons",
    "smiley",
    "smileys",
    "smilies",
    "spacer",
    "blank",
    "pixel",
    "transparent",
    "avatar",
    "gravatar",
    "captcha",
];

/// The pictures among the nodes, each once, with their nodes. `passed` says which elements are passed over with all in
/// them, `own` whether an address as written is not one of the site's. A picture that leads to another page shows that
/// page; `base` is the address of this one.
pub(super) fn find(
    tree: &Tree<'_>,
    nodes: std::ops::Range<Id>,
    base: Option<&str>,
    passed: &dyn Fn(Id) -> bool,
    own: &dyn Fn(&str) -> bool,
) -> Vec<(Id, Image)> {
    let mut found: Vec<(Id, Image)> = Vec::new();
    let mut id = nodes.start.max(1);
    while id < nodes.end && found.len() < MOST {
        let tag = tree.tag(id);
        if tag.is_unseen() || pieces::is_hidden(tree, id, tag) || passed(id) {
            id = tree.end(id).max(id + 1);
            continue;
        }
        if tag == Tag::Img && is_picture(tree, id) && !is_of_the_site(tree, id, own) && !leads_away(tree, id, base) {
            let url = addresses(tree, id).into_iter().find_map(|href| web(&href, base)).filter(|url| !is_icon(url));
            if let Some(url) = url.filter(|url| found.iter().all(|(_, known)| known.url != *url)) {
                found.push((id, Image { url, caption: alternative(tree, id), before: 0 }));
            }
        }
        id += 1;
    }
    found
}

/// Says before which block each picture stands. `starts` are the nodes where the blocks begin. A caption that follows
/// says more than the alternative text.
pub(super) fn place(found: Vec<(Id, Image)>, blocks: &[Block], starts: &[Id]) -> Vec<Image> {
    let placed = found.into_iter().map(|(at, mut image)| {
        image.before = starts.partition_point(|start| *start < at);
        if blocks.get(image.before).is_some_and(|block| block.kind == BlockKind::Caption) {
            image.caption = None;
        }
        image
    });
    placed.collect()
}

/// True for an image that may be one of an article: it has an address and is not small.
pub(super) fn is_picture(tree: &Tree<'_>, id: Id) -> bool {
    let pixels = |size: &str| size.trim().trim_end_matches("px").trim().parse::<f32>().ok();
    let style = tree.attribute(id, "style").unwrap_or_default();
    let styled = |name: &str| {
        let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        rules.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).and_then(|(_, value)| pixels(value))
    };
    let small = |name: &str| {
        let size = tree.attribute(id, name).and_then(pixels).or_else(|| styled(name));
        size.is_some_and(|size| size < SMALLEST as f32)
    };
    let mut names = ["src"].iter().chain(&LAZY).chain(&SETS);
    names.any(|name| tree.attribute(id, name).is_some_and(|src| !src.is_empty())) && !small("width") && !small("height")
}

/// The addresses of an image as written, which pages of a site may share.
pub(super) fn written<'t>(tree: &'t Tree<'_>, id: Id) -> impl Iterator<Item = &'t str> {
    ["src"].into_iter().chain(LAZY).filter_map(move |name| tree.attribute(id, name)).filter(|src| !src.is_empty())
}

/// A whole address of a picture on the web, or a relative one where the page's own address is not known.
pub(in crate::ingest) fn web(href: &str, base: Option<&str>) -> Option<String> {
    let url = address::resolve(href, base)?;
    (finish::web_address(&url).is_some() || !url.contains("://")).then_some(url)
}

/// True for an address that ends like a picture's.
pub(in crate::ingest) fn is_named(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// True for an address that says that it is an icon's or a blank.
pub(in crate::ingest) fn is_icon(address: &str) -> bool {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or(path);
    // Names of files are the author's words: "icon-moi.png" says more than "lễ ra mắt biểu tượng (icon) của xã.jpg".
    let words = |part: &str| part.split(|c: char| !c.is_alphanumeric()).take(4).any(is_no_picture);
    let mut parts = path.rsplit('/');
    parts.next().is_some_and(words) || parts.any(is_no_picture)
}

fn is_no_picture(word: &str) -> bool {
    NO_PICTURES.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// What an image's own attributes say that it is no picture of an article, or the site's.
fn is_of_the_site(tree: &Tree<'_>, id: Id, own: &dyn Fn(&str) -> bool) -> bool {
    let named = |class: &str| class.split(['-', '_']).any(is_no_picture);
    tree.classes(id).any(named) || written(tree, id).any(|src| !own(src))
}

/// True for an image in a link to a file, whose sign it is, or to another page, which it shows.
fn leads_away(tree: &Tree<'_>, id: Id, base: Option<&str>) -> bool {
    let Some(link) = tree.ancestors(id).take(8).find(|&id| tree.tag(id) == Tag::A) else { return false };
    let Some(href) = tree.attribute(link, "href").and_then(|href| address::resolve(href, base)) else { return false };
    let rel = tree.attribute(link, "rel").unwrap_or_default();
    let own_page = || base.is_some_and(|base| address::page_key(base) == address::page_key(&href));
    address::is_file(&href) || !is_named(&href) && !rel.contains("attachment") && !own_page()
}

/// The addresses an image may have, the best first: the largest of several sizes, what is loaded late, its own, those
/// of the `picture` it is in.
fn addresses(tree: &Tree<'_>, id: Id) -> Vec<String> {
    let attribute = |name: &&str| tree.attribute(id, name);
    let mut found: Vec<String> = SETS.iter().filter_map(attribute).filter_map(largest).collect();
    found.extend(LAZY.iter().chain(&["src"]).filter_map(attribute).map(str::to_owned));
    let parent = tree.parent(id).filter(|&parent| tree.name(parent).eq_ignore_ascii_case("picture"));
    let sources = parent.into_iter().flat_map(|parent| tree.children(parent));
    let sets = sources.filter_map(|source| SETS.iter().find_map(|name| tree.attribute(source, name)));
    found.extend(sets.filter_map(largest));
    found
}

/// The largest picture of a `srcset`: `a.jpg 480w, b.jpg 800w`, `a.jpg, b.jpg 2x`.
fn largest(set: &str) -> Option<String> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = set.trim_start_matches([' ', ',', '\n', '\r', '\t']);
    // An address may hold commas, but ends with none; what follows it up to a comma is its size.
    while let Some(url) = rest.split_ascii_whitespace().next() {
        rest = rest.get(url.len()..).unwrap_or_default();
        let bare = url.trim_end_matches(',');
        let size = if bare.len() < url.len() {
            ""
        } else {
            let (size, after) = rest.split_once(',').unwrap_or((rest, ""));
            rest = after;
            size.trim()
        };
        let size = size.trim_end_matches(['w', 'x']).parse().unwrap_or(1.0);
        if best.is_none_or(|(most, _)| size > most) {
            best = Some((size, bare));
        }
        rest = rest.trim_start_matches([' ', ',', '\n', '\r', '\t']);
    }
    best.map(|(_, url)| url.to_owned())
}

/// The alternative text, where it says what is to be seen.
fn alternative(tree: &Tree<'_>, id: Id) -> Option<String> {
    ["alt", "title"].iter().filter_map(|name| tree.attribute(id, name)).find_map(caption)
}

/// A picture's own words as its caption: not the name of its file, not words that say nothing.
pub(in crate::ingest) fn caption(text: &str) -> Option<String> {
    const NOTHING: [&str; 10] =
        ["anh", "hinh", "hinh anh", "image", "img", "picture", "photo", "anh minh hoa", "hinh minh hoa", "untitled"];
    let text = clean::line(text);
    let is_name = is_named(&text) || !text.contains(' ') && text.contains(['_', '-', '.', '/']);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let says = text.chars().filter(|c| c.is_alphabetic()).count() > digits && !NOTHING.contains(&fold(&text).as_str());
    (says && !is_name && text.chars().count() <= LONGEST).then(|| text.into_owned())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::ingest::html::{self, Look, Outcome, Page, Sample, fragment};
    use crate::ingest::site::Site;

    const PAGE: &str = "https://xa.example/tin/cau-moi.html";

    fn images(html: &str) -> Vec<Image> {
        fragment(html, Some(PAGE)).images
    }

    fn urls(html: &str) -> Vec<String> {
        images(html).into_iter().map(|image| image.url).collect()
    }

    #[test]
    fn a_picture_stands_before_the_block_that_follows_it() {
        let found = images(
            "<p>Một đoạn.</p><figure><img src=/a.jpg alt='Cầu mới nhìn từ bến'><figcaption>Cầu mới</figcaption></figure>\
             <p>Hai.</p><p><img src=b.jpg alt='Bến cũ của xã'></p>",
        );
        let want = |url: &str, caption: Option<&str>, before| Image {
            url: format!("https://xa.example/{url}"),
            caption: caption.map(str::to_owned),
            before,
        };
        // The caption under the first is a block of its own.
        assert_eq!(found, [want("a.jpg", None, 1), want("tin/b.jpg", Some("Bến cũ của xã"), 3)]);
    }

    #[test]
    fn addresses_are_found_where_pages_keep_them() {
        for html in [
            "<img src=/a.jpg>",
            "<img src='data:image/gif;base64,R0' data-src='/a.jpg'>",
            "<img src='/lib/1.gif' data-original='/a.jpg'>",
            "<img data-lazy-src='//xa.example/a.jpg' src=x.gif>",
            "<img src='/nho.jpg' srcset='/nho.jpg 320w, /a.jpg 1024w,/vua.jpg 640w'>",
            "<img src='/nho.jpg' srcset='/nho.jpg, /a.jpg 2x'>",
            "<picture><source srcset='/a.jpg 800w, /nho.jpg 300w'><img src='data:,'></picture>",
            "<img src='https://web.archive.org/web/20200101000000im_/https://xa.example/a.jpg'>",
        ] {
            assert_eq!(urls(html), ["https://xa.example/a.jpg"], "{html}");
        }
        assert_eq!(fragment("<img src='anh/a b.jpg'>", None).images[0].url, "anh/a%20b.jpg");
    }

    #[test]
    fn icons_counters_and_what_a_browser_would_run_are_no_pictures() {
        for html in [
            "<img src=/a.jpg width=1 height=1>",
            "<img src=/a.jpg style='width: 20px'>",
            "<img src=/images/icon-moi.gif>",
            "<img src=/icons/pdf.png>",
            "<img class='wp-smiley' src=/1f600.png>",
            "<img src='javascript:alert(1)'>",
            "<img src='data:image/png;base64,AAAA'>",
            "<img src='file:///c:/a.jpg'>",
            "<img alt='Không có địa chỉ'>",
            "<span style='display:none'><img src=/a.jpg></span>",
            "<noscript><img src=/a.jpg></noscript>",
        ] {
            assert_eq!(urls(html), [""; 0], "{html}");
        }
    }

    #[test]
    fn a_picture_that_leads_to_another_page_or_to_a_file_is_not_the_articles() {
        assert_eq!(
            urls("<a href='/tin/khac.html'><img src=/a.jpg></a><a href='/kh.pdf'><img src=/p.png></a>"),
            [""; 0]
        );
        for href in ["/lon/a.jpg", "cau-moi.html?utm_source=rss", "#a", "javascript:void(0)"] {
            assert_eq!(urls(&format!("<a href='{href}'><img src=/a.jpg></a>")).len(), 1, "{href}");
        }
    }

    #[test]
    fn each_picture_is_there_once_and_a_name_of_a_file_is_no_caption() {
        let found =
            images("<img src=/a.jpg alt='IMG_2031.JPG'><p>Đoạn.</p><img src=/a.jpg><img src=/b.jpg alt='z12345'>");
        assert_eq!(found.iter().map(|image| image.caption.as_deref()).collect::<Vec<_>>(), [None, None]);
    }

    /// The pictures of pages of one site, each named by its number.
    fn of_site(pages: &[String]) -> Vec<Vec<(String, usize)>> {
        let mut sample = Sample::default();
        pages.iter().for_each(|html| sample.add(Look::at(html)));
        let shared = sample.shared();
        let read = |(number, html): (usize, &String)| {
            let path = format!("tin/bai-{number}.html");
            let address = format!("https://xa.example/{path}");
            let page = Page { place: &path, id: "a".into(), path: &path, address: Some(&address) };
            match html::article(&page, html, &shared, &Site::default()) {
                Ok(Outcome::Article(found)) => found.article.images.into_iter().map(|i| (i.url, i.before)).collect(),
                other => panic!("{other:?}"),
            }
        };
        pages.iter().enumerate().map(read).collect()
    }

    fn page(number: usize, figure: &str) -> String {
        let word = ["một", "hai", "ba", "bốn", "năm", "sáu"][number];
        format!(
            "<html><head><meta property=og:image content='/chia-se/{number}.jpg'></head><body>\
             <div id=banner><img src=/logo-xa.jpg></div><h1>Thôn {word} mở hội mừng vụ mùa bội thu</h1>\
             <div class=noi-dung><p>Sáng nay, thôn {word} đã mở hội mừng vụ mùa, hơn một trăm hộ cùng tham gia nấu cơm.</p>\
             {figure}<p>Ông trưởng thôn {word} cho biết năm nay lúa được mùa, mỗi sào thu ba tạ, cao hơn năm trước nhiều.</p>\
             <img src=/duong-ke-cuoi-bai.png></div>\
             <aside><img src=/quang-cao-{number}.jpg></aside><div class=tin-lien-quan><h3>Tin liên quan</h3>\
             <a href=/tin/bai-9.html><img src=/nho-{number}.jpg> Thôn {word} sửa đường vào nhà văn hóa trong tháng này</a></div></body></html>"
        )
    }

    #[test]
    fn only_the_articles_own_pictures_are_taken_not_the_sites_nor_those_around() {
        let figure = |n: usize| format!("<p align=center><img src=/hoi-{n}.jpg></p>");
        let pages: Vec<String> = (0..6).map(|n| page(n, &figure(n))).collect();
        for (number, found) in of_site(&pages).into_iter().enumerate() {
            // Its first paragraph is the lead, so it stands before the first block.
            assert_eq!(found, [(format!("https://xa.example/hoi-{number}.jpg"), 0)]);
        }
    }

    #[test]
    fn the_picture_for_sharing_stands_in_where_the_text_has_none() {
        let pages: Vec<String> = (0..6).map(|n| page(n, "")).collect();
        for (number, found) in of_site(&pages).into_iter().enumerate() {
            assert_eq!(found, [(format!("https://xa.example/chia-se/{number}.jpg"), 0)]);
        }
        // One that all pages share is the site's sign.
        let pages: Vec<String> = (0..6).map(|n| pages[n].replace(&format!("/chia-se/{n}.jpg"), "/c.jpg")).collect();
        assert!(of_site(&pages).into_iter().all(|found| found.is_empty()));
    }

    #[test]
    fn any_set_of_sizes_is_read() {
        for set in ["", ",", ", ,", "a", "a,", "a 1w,,b 2w", "a 1w b", "é 2x,", "a\n1w"] {
            let _ = largest(set);
        }
        assert_eq!(largest("a,b.jpg 2x, c.jpg 1x").as_deref(), Some("a,b.jpg"));
    }
}
