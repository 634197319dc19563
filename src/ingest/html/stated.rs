//! What a page states of itself for machines: JSON-LD, Open Graph, meta tags, its title and address.

use serde_json::Value;

use super::tag::Tag;
use super::tree::Tree;
use crate::ingest::clean;

/// The longest JSON-LD that is read, in bytes.
const LONGEST_JSON: usize = 1 << 20;
/// How deep JSON-LD is looked into.
const DEEPEST: usize = 12;

/// A value and what states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct From {
    pub value: String,
    pub origin: &'static str,
}

/// Values in the order they are believed in.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub titles: Vec<From>,
    pub descriptions: Vec<From>,
    pub published: Vec<From>,
    pub authors: Vec<From>,
    pub categories: Vec<From>,
    pub sources: Vec<From>,
    pub tags: Vec<String>,
    pub images: Vec<From>,
    pub addresses: Vec<From>,
    /// `<base href>`
    pub base: Option<String>,
    /// `generator` and the like: which system made the page.
    pub generator: String,
    /// True when the page says that it is an article.
    pub is_article: bool,
    /// True when Open Graph alone says so; some systems say it of every page.
    pub says_article: bool,
    /// The page says that it is a list or the home page.
    pub is_list: bool,
}

impl Stated {
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut stated = Stated::default();
        let mut later = Stated::default();
        for id in 1..tree.len() {
            match tree.tag(id) {
                Tag::Script => {
                    let kind = tree.attribute(id, "type").unwrap_or_default().to_ascii_lowercase();
                    let text = tree.own_text(id);
                    if kind.contains("ld+json") && text.len() <= LONGEST_JSON {
                        stated.json_ld(text);
                    }
                }
                Tag::Meta => {
                    let name = ["property", "name", "itemprop"].iter().find_map(|name| tree.attribute(id, name));
                    if let (Some(name), Some(content)) = (name, tree.attribute(id, "content")) {
                        later.meta(&name.to_ascii_lowercase(), content);
                    }
                }
                Tag::Title => add(&mut later.titles, tree.own_text(id), "title of the page"),
                Tag::Base => {
                    later.base = later.base.take().or_else(|| tree.attribute(id, "href").map(str::to_owned));
                }
                Tag::Link if tree.attribute(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    add(&mut stated.addresses, tree.attribute(id, "href").unwrap_or_default(), "canonical link");
                }
                _ => {}
            }
        }
        // What JSON-LD says comes first.
        stated.titles.append(&mut later.titles);
        stated.descriptions.append(&mut later.descriptions);
        stated.published.append(&mut later.published);
        stated.authors.append(&mut later.authors);
        stated.categories.append(&mut later.categories);
        stated.sources.append(&mut later.sources);
        stated.addresses.append(&mut later.addresses);
        stated.tags.append(&mut later.tags);
        stated.images.append(&mut later.images);
        stated.base = later.base;
        stated.generator = later.generator;
        stated.says_article = later.says_article;
        stated.is_list |= later.is_list && !stated.is_article;
        stated
    }

    fn meta(&mut self, name: &str, content: &str) {
        match name {
            "og:title" => add(&mut self.titles, content, "og:title"),
            "twitter:title" => add(&mut self.titles, content, "twitter:title"),
            "headline" | "dc.title" | "title" => add(&mut self.titles, content, "meta title"),
            "og:description" => add(&mut self.descriptions, content, "og:description"),
            "description" | "dc.description" => add(&mut self.descriptions, content, "meta description"),
            "article:published_time" | "og:article:published_time" => {
                add(&mut self.published, content, "article:published_time");
            }
            "datepublished" | "pubdate" | "publishdate" | "publish-date" | "publish_date" | "dc.date.issued"
            | "dc.date" | "dcterms.issued" | "date" | "dc.date.created" | "its_publication" | "sailthru.date" => {
                add(&mut self.published, content, "meta date");
            }
            "author" | "article:author" | "dc.creator" => add(&mut self.authors, content, "meta author"),
            "article:section" | "og:article:section" => add(&mut self.categories, content, "article:section"),
            "og:site_name" => add(&mut self.sources, content, "og:site_name"),
            "dc.publisher" => add(&mut self.sources, content, "meta publisher"),
            "og:url" => add(&mut self.addresses, content, "og:url"),
            "og:image" | "og:image:url" | "og:image:secure_url" => add(&mut self.images, content, "og:image"),
            "twitter:image" | "twitter:image:src" => add(&mut self.images, content, "twitter:image"),
            "article:tag" => self.tags.push(clean::line(content).into_owned()),
            "generator" | "progid" | "application-name" => {
                self.generator.push_str(&content.to_ascii_lowercase());
                self.generator.push(' ');
            }
            "og:type" => {
                let kind = content.trim().to_ascii_lowercase();
                self.says_article |= kind.starts_with("article") || kind == "news";
            }
            _ => {}
        }
    }

    fn json_ld(&mut self, text: &str) {
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
        // Line breaks inside strings are wrong and common.
        let value = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str::<Value>(&text.replace(['\n', '\r', '\t'], " ")));
        let Ok(value) = value else { return };
        let mut open = vec![(&value, 0)];
        while let Some((value, depth)) = open.pop() {
            match value {
                Value::Array(list) if depth < DEEPEST => open.extend(list.iter().rev().map(|item| (item, depth + 1))),
                Value::Object(object) => {
                    self.json_ld_object(value);
                    if depth < DEEPEST {
                        open.extend(object.get("@graph").map(|graph| (graph, depth + 1)));
                        open.extend(object.get("mainEntity").map(|entity| (entity, depth + 1)));
                    }
                }
                _ => {}
            }
        }
    }

    fn json_ld_object(&mut self, object: &Value) {
        let types = texts(object.get("@type"));
        let is = |names: &[&str]| types.iter().any(|kind| names.iter().any(|name| kind.ends_with(name)));
        if is(&["Article", "BlogPosting", "Report", "ArticleNews"]) {
            self.is_article = true;
            let fields: [(&[&str], &mut Vec<From>); 7] = [
                (&["headline", "name"], &mut self.titles),
                (&["datePublished"], &mut self.published),
                (&["description"], &mut self.descriptions),
                (&["articleSection"], &mut self.categories),
                (&["author"], &mut self.authors),
                (&["publisher"], &mut self.sources),
                (&["url", "mainEntityOfPage"], &mut self.addresses),
            ];
            for (keys, list) in fields {
                for text in keys.iter().flat_map(|key| texts(object.get(*key))) {
                    add(list, &text, "JSON-LD");
                }
            }
            for keyword in texts(object.get("keywords")) {
                let words = keyword.split(',').map(|word| clean::line(word).into_owned());
                self.tags.extend(words.filter(|word| !word.is_empty()));
            }
        } else if is(&["CollectionPage", "SearchResultsPage"]) {
            self.is_list = true;
        } else if is(&["BreadcrumbList"]) {
            self.breadcrumb(object);
        }
    }

    /// The last but the page itself is the category.
    fn breadcrumb(&mut self, object: &Value) {
        let Some(Value::Array(items)) = object.get("itemListElement") else { return };
        let names: Vec<String> = items
            .iter()
            .filter_map(|item| texts(item.get("name")).into_iter().chain(texts(item.get("item"))).next())
            .filter(|name| !name.contains("://"))
            .collect();
        let home =
            |name: &String| matches!(crate::analysis::fold::fold(name).as_str(), "trang chu" | "home" | "trang nhat");
        let names: Vec<&String> = names.iter().filter(|name| !home(name)).collect();
        if let Some(name) = names.last() {
            add(&mut self.categories, name, "JSON-LD breadcrumb");
        }
        if names.len() >= 2
            && let Some(name) = names.get(names.len() - 2)
        {
            // When the last is the title, this is the one; the title is told later.
            add(&mut self.categories, name, "JSON-LD breadcrumb");
        }
    }
}

fn add(list: &mut Vec<From>, text: &str, origin: &'static str) {
    let value = clean::line(&htmlize::unescape(text)).into_owned();
    if !value.is_empty() && value.len() < 2000 && !list.iter().any(|from| from.value == value) {
        list.push(From { value, origin });
    }
}

/// The texts of a value of JSON-LD: of a text itself, of each in a list, of an object its name or its address.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) => list
            .iter()
            .flat_map(|item| match item {
                Value::Array(_) => Vec::new(),
                item => texts(Some(item)),
            })
            .collect(),
        Some(Value::Object(object)) => {
            let named = object.get("name").or_else(|| object.get("@id")).and_then(Value::as_str);
            named.map(str::to_owned).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
