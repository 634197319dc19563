//! What do the names in a page's markup say of its parts?
//!
//! Names that known systems give, word for word, are certain: NukeViet's `bodytext`, WordPress' `entry-content`.
//! Any other name is cut into words (`lblTieuDe`, `news-title`) that only hint.

use std::collections::HashMap;

use super::tag::Tag;
use super::tree::{Id, Tree};

/// What names say of an element, as bits.
pub(super) type Hint = u16;

pub(super) const TITLE: Hint = 1;
pub(super) const DATE: Hint = 2;
pub(super) const LEAD: Hint = 4;
pub(super) const BODY: Hint = 8;
pub(super) const AUTHOR: Hint = 16;
pub(super) const CATEGORY: Hint = 32;
/// A part of the page around an article: menus, lists of others, forms, footers.
pub(super) const AROUND: Hint = 64;
/// With one of the others: a name that a known system gives to just this.
pub(super) const KNOWN: Hint = 128;
pub(super) const BREADCRUMB: Hint = 256;
/// With [`AROUND`]: a text that runs through the page's head, never the article however long it is.
pub(super) const RUNNING: Hint = 512;

/// Names that known systems give to parts of an article, in small letters, and the system.
const NAMES: [(&str, Hint, &str); 62] = [
    ("news-bodyhtml", BODY, "NukeViet"),
    ("bodytext", BODY, "NukeViet"),
    ("hometext", LEAD, "NukeViet"),
    ("bodyhtml", BODY, "NukeViet"),
    ("entry-content", BODY, "WordPress"),
    ("post-content", BODY, "article"),
    ("single-content", BODY, "WordPress"),
    ("td-post-content", BODY, "WordPress"),
    ("wp-block-post-content", BODY, "WordPress"),
    ("elementor-widget-theme-post-content", BODY, "WordPress"),
    ("entry-title", TITLE, "WordPress"),
    ("post-title", TITLE, "WordPress"),
    ("wp-block-post-title", TITLE, "WordPress"),
    ("entry-date", DATE, "WordPress"),
    ("post-date", DATE, "WordPress"),
    ("posted-on", DATE, "WordPress"),
    ("wp-block-post-date", DATE, "WordPress"),
    ("entry-summary", LEAD, "WordPress"),
    ("cat-links", CATEGORY, "WordPress"),
    ("vcard", AUTHOR, "WordPress"),
    ("journal-content-article", BODY, "Liferay"),
    ("asset-content", BODY, "Liferay"),
    ("asset-full-content", BODY, "Liferay"),
    ("asset-title", TITLE, "Liferay"),
    ("header-title", TITLE, "Liferay"),
    ("asset-entry-date", DATE, "Liferay"),
    ("ms-rtestate-field", BODY, "SharePoint"),
    ("articlecontent", BODY, "SharePoint"),
    ("article-content", BODY, "article"),
    ("ms-rtefield", BODY, "SharePoint"),
    ("article-body", BODY, "article"),
    ("articlebody", BODY, "article"),
    ("detail-content", BODY, "article"),
    ("detail-content-body", BODY, "article"),
    ("content-detail", BODY, "article"),
    ("contentdetail", BODY, "article"),
    ("news-content", BODY, "article"),
    ("newscontent", BODY, "article"),
    ("news-detail-content", BODY, "article"),
    ("content-news", BODY, "article"),
    ("noidung", BODY, "article"),
    ("noi-dung", BODY, "article"),
    ("fck_detail", BODY, "article"),
    ("article__body", BODY, "article"),
    ("article__content", BODY, "article"),
    ("article__sapo", LEAD, "article"),
    ("article__title", TITLE, "article"),
    ("sapo", LEAD, "article"),
    ("detail-sapo", LEAD, "article"),
    ("article-sapo", LEAD, "article"),
    ("sapo-detail", LEAD, "article"),
    ("title-detail", TITLE, "article"),
    ("detail-title", TITLE, "article"),
    ("article-title", TITLE, "article"),
    ("news-title", TITLE, "article"),
    ("titledetail", TITLE, "article"),
    ("tieude", TITLE, "article"),
    ("tieu-de", TITLE, "article"),
    ("article-date", DATE, "article"),
    ("publish-date", DATE, "article"),
    ("dnn_artbody", BODY, "DotNetNuke"),
    ("edn_articlecontent", BODY, "DotNetNuke"),
];

/// What words in names hint at.
const WORDS: [(&[&str], Hint); 9] = [
    (&["title", "tieude", "headline", "heading", "tieu", "tit", "tittle", "titlenews", "titletin"], TITLE),
    (
        &[
            "date",
            "time",
            "ngay",
            "ngaydang",
            "published",
            "posted",
            "publish",
            "datetime",
            "postdate",
            "thoigian",
            "ngaythang",
        ],
        DATE,
    ),
    (
        &[
            "sapo", "lead", "hometext", "summary", "intro", "tomtat", "trichyeu", "trichdan", "excerpt", "abstract",
            "chapeau",
        ],
        LEAD,
    ),
    (&["content", "noidung", "detail", "chitiet", "bodytext", "article", "entry", "body", "post"], BODY),
    (&["author", "tacgia", "byline", "butdanh"], AUTHOR),
    (&["category", "chuyenmuc", "folder", "cate", "cat"], CATEGORY),
    (
        &[
            "menu",
            "nav",
            "navbar",
            "navigation",
            "topnav",
            "footer",
            "foot",
            "sidebar",
            "comment",
            "comments",
            "binhluan",
            "related",
            "relate",
            "relative",
            "lienquan",
            "tinlienquan",
            "tinkhac",
            "cungchuyenmuc",
            "other",
            "others",
            "khac",
            "banner",
            "popup",
            "modal",
            "cookie",
            "share",
            "social",
            "sharing",
            "login",
            "dangnhap",
            "search",
            "timkiem",
            "copyright",
            "advert",
            "ads",
            "quangcao",
            "rating",
            "captcha",
            "pagination",
            "paging",
            "pager",
            "phantrang",
            "thongke",
            "counter",
            "weblink",
            "lienket",
            "toolbar",
            "ribbon",
            "docnhieu",
            "xemnhieu",
            "mostread",
            "mostviewed",
            "tinmoi",
            "tinnoibat",
            "hotnews",
            "skip",
            "quicklaunch",
            "keywords",
            "tags",
        ],
        AROUND,
    ),
    (&["marquee", "maquee", "ticker", "newsticker", "chuchay", "runningtext"], AROUND | RUNNING),
    (&["breadcrumb", "breadcrumbs", "sitemap", "sitepath", "duongdan"], BREADCRUMB),
];

/// The hints of all elements of a page.
pub(super) struct Hints {
    own: Vec<Hint>,
}

impl Hints {
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut known: HashMap<&str, Hint> = HashMap::new();
        let mut own = vec![0; tree.len()];
        for (id, hint) in own.iter_mut().enumerate().skip(1) {
            *hint |= match tree.tag(id) {
                Tag::Text | Tag::Br => continue,
                Tag::Nav | Tag::Footer => AROUND,
                Tag::Marquee => AROUND | RUNNING,
                Tag::Aside => AROUND,
                Tag::Time => DATE,
                _ => 0,
            };
            for (key, value) in tree.attributes(id) {
                *hint |= match *key {
                    "class" | "CLASS" => *known.entry(value.as_ref()).or_insert_with(|| of_names(value, true)),
                    "id" | "ID" => of_names(value, false),
                    "itemprop" => of_property(value),
                    "rel" if value == "author" => AUTHOR,
                    "role" if matches!(value.as_ref(), "navigation" | "search" | "contentinfo" | "complementary") => {
                        AROUND
                    }
                    _ => 0,
                };
            }
        }
        Hints { own }
    }

    pub(super) fn own(&self, id: Id) -> Hint {
        self.own.get(id).copied().unwrap_or_default()
    }

    /// True when the element or one of the three that hold it has the hint.
    pub(super) fn near(&self, tree: &Tree<'_>, id: Id, hint: Hint) -> bool {
        self.own(id) & hint != 0 || tree.ancestors(id).take(3).any(|above| self.own(above) & hint != 0)
    }

    /// The system that gives an element's name, of those that are [`KNOWN`].
    pub(super) fn system(tree: &Tree<'_>, id: Id) -> Option<&'static str> {
        let named = tree.classes(id).chain(tree.attribute(id, "id"));
        let system = |name: &str| NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map(|(.., s)| *s);
        named.filter_map(system).next().or_else(|| tree.attribute(id, "itemprop").map(|_| "itemprop"))
    }
}

fn of_property(value: &str) -> Hint {
    match value.trim() {
        "articleBody" => BODY | KNOWN,
        "headline" => TITLE | KNOWN,
        "datePublished" => DATE | KNOWN,
        "description" => LEAD,
        "author" => AUTHOR | KNOWN,
        "articleSection" => CATEGORY | KNOWN,
        _ => 0,
    }
}

/// The hints of the names in a `class` or of an `id`.
fn of_names(value: &str, is_class: bool) -> Hint {
    value.split_ascii_whitespace().fold(0, |hint, name| hint | of_name(name, is_class))
}

fn of_name(name: &str, is_class: bool) -> Hint {
    if name.len() > 120 {
        return 0;
    }
    let known =
        NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map_or(0, |(_, hint, _)| hint | KNOWN);
    if known != 0 {
        return known;
    }
    // ASP.NET puts the names of all that holds an element before its own.
    let name = if is_class { name } else { name.rsplit('_').find(|part| part.len() > 2).unwrap_or(name) };
    let mut hint = 0;
    let mut word = String::new();
    let mut whole = String::new();
    let mut end = |word: &mut String| {
        hint |= of_word(word);
        word.clear();
    };
    let mut before_lower = false;
    for c in name.chars() {
        let c_lower = c.to_ascii_lowercase();
        if !c.is_ascii_alphabetic() {
            end(&mut word);
        } else {
            if c.is_ascii_uppercase() && before_lower {
                end(&mut word);
            }
            word.push(c_lower);
            whole.push(c_lower);
        }
        before_lower = c.is_ascii_lowercase();
    }
    end(&mut word);
    hint | of_word(&whole)
}

fn of_word(word: &str) -> Hint {
    if word.len() < 3 {
        return 0;
    }
    WORDS.iter().filter(|(words, _)| words.contains(&word)).fold(0, |hint, (_, more)| hint | more)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn names_of_known_systems_are_certain() {
        assert_eq!(of_names("bodytext margin-bottom-lg", true), BODY | KNOWN);
        assert_eq!(of_names("entry-title", true), TITLE | KNOWN);
        assert_eq!(of_property("articleBody"), BODY | KNOWN);
    }

    #[test]
    fn other_names_hint_by_their_words() {
        assert_eq!(of_names("ctl00_MenuLeft_lblTieuDe", false), TITLE);
        assert_eq!(of_names("box-tinkhac", true), AROUND);
        assert_eq!(of_names("tinLienQuan", true) & AROUND, AROUND);
        assert_eq!(of_names("postDate", true), DATE | BODY);
        assert_eq!(of_names("col-md-8 clearfix", true), 0);
    }

    #[test]
    fn no_name_is_listed_twice() {
        for (at, (name, ..)) in NAMES.iter().enumerate() {
            assert!(!NAMES.iter().take(at).any(|(other, ..)| other == name), "{name}");
            assert_eq!(*name, name.to_ascii_lowercase());
        }
    }
}
