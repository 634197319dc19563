//! What does a webmaster say of a site? The file `timdoc.toml`, every key of it may be left out.
//!
//! ```toml
//! # The address the pages were copied from: what relative addresses are made whole against, and articles' own
//! # addresses where the pages do not state them.
//! base = "https://xa.example/"
//! # The name of the source; else what the pages state, else the host.
//! source = "Cổng thông tin điện tử xã Tam Hợp"
//! # Files left out, by their paths in the folder; * stands for anything, ** for folders too.
//! leave_out = ["tag/**", "*print=1*"]
//!
//! # CSS selectors, each for one field, where what timdoc finds by itself is not right. `remove` is for parts of a page
//! # that are no text of the article.
//! [selectors]
//! title = "h1.tin"
//! date = ".ngay-dang"
//! lead = ".sapo"
//! body = "#noi-dung"
//! byline = ".tac-gia"
//! category = ".duong-dan a"
//! remove = [".tin-lien-quan", "#binh-luan"]
//!
//! # Categories as pages name them, and as readers shall see them.
//! [categories]
//! "tin-xa" = "Tin trong xã"
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Result};

use super::finish;
use super::html::Selector;

/// The name of the file.
pub const NAME: &str = "timdoc.toml";

/// What is said of a site. The default says nothing.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The address the pages were copied from.
    pub base: Option<String>,
    /// The name of the source.
    pub source: Option<String>,
    /// Patterns of paths that are left out.
    pub leave_out: Vec<String>,
    /// Categories as pages name them, and as readers see them.
    pub categories: BTreeMap<String, String>,
    pub(super) title: Option<Selector>,
    pub(super) date: Option<Selector>,
    pub(super) lead: Option<Selector>,
    pub(super) body: Option<Selector>,
    pub(super) byline: Option<Selector>,
    pub(super) category: Option<Selector>,
    pub(super) remove: Vec<Selector>,
}

/// The keys of the file.
const KEYS: [&str; 5] = ["base", "source", "leave_out", "selectors", "categories"];
/// The keys of `[selectors]`.
const SELECTORS: [&str; 7] = ["title", "date", "lead", "body", "byline", "category", "remove"];

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn list(self) -> Vec<String> {
        match self {
            OneOrMore::One(one) => vec![one],
            OneOrMore::More(list) => list,
        }
    }
}

impl Site {
    /// Reads the file's text; `name` is its path, for errors.
    ///
    /// # Errors
    /// [`Error::Input`] with the line for what is no TOML, with the key and the nearest right one for a key that is not
    /// known, with the key for a value that is not right.
    ///
    /// ```
    /// use timdoc::ingest::site::Site;
    /// let site = Site::parse("timdoc.toml", "base = \"https://xa.example/\"\n[selectors]\ntitle = \"h1\"\n")?;
    /// assert_eq!(site.base.as_deref(), Some("https://xa.example/"));
    /// let error = Site::parse("timdoc.toml", "sources = \"Báo Xã\"").unwrap_err();
    /// assert!(error.to_string().contains("\"source\""));
    /// # Ok::<(), timdoc::Error>(())
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line =
                error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            Error::input(format_args!("{name}:{line}"), format!("not valid TOML ({}); correct it", error.message()))
        })?;
        let mut site = Site::default();
        for (key, value) in table {
            match key.as_str() {
                "base" => {
                    let base: String = read(name, &key, "an address in quotes", value)?;
                    let right = finish::web_address(&base);
                    site.base = Some(right.ok_or_else(|| {
                        wrong(
                            name,
                            &key,
                            "an address that begins with http:// or https://, like \"https://xa.example/\"",
                        )
                    })?);
                }
                "source" => site.source = Some(read(name, &key, "a name in quotes", value)?),
                "leave_out" => {
                    site.leave_out = read::<OneOrMore>(name, &key, "paths in quotes, like [\"tag/**\"]", value)?.list();
                }
                "categories" => {
                    let what = "lines of the form \"as pages name it\" = \"as readers see it\"";
                    let found: BTreeMap<String, String> = read(name, &key, what, value)?;
                    site.categories = found.into_iter().map(|(from, to)| (category_key(&from), to)).collect();
                }
                "selectors" => {
                    let what = "lines of the form title = \"h1.tin\"";
                    let found: BTreeMap<String, OneOrMore> = read(name, &key, what, value)?;
                    for (field, selectors) in found {
                        site.selector(name, &field, selectors.list())?;
                    }
                }
                _ => return Err(unknown(name, &key, &KEYS)),
            }
        }
        Ok(site)
    }

    fn selector(&mut self, name: &str, field: &str, selectors: Vec<String>) -> Result<()> {
        if !SELECTORS.contains(&field) {
            return Err(unknown(name, &format!("selectors.{field}"), &SELECTORS));
        }
        let text = selectors.join(", ");
        let selector =
            Selector::parse(&text).map_err(|reason| Error::input(format_args!("{name}: selectors.{field}"), reason))?;
        match field {
            "title" => self.title = Some(selector),
            "date" => self.date = Some(selector),
            "lead" => self.lead = Some(selector),
            "body" => self.body = Some(selector),
            "byline" => self.byline = Some(selector),
            "category" => self.category = Some(selector),
            _ => self.remove.push(selector),
        }
        Ok(())
    }

    /// The pattern by which a path in the folder is left out, if one fits.
    #[must_use]
    pub fn left_out(&self, path: &str) -> Option<&str> {
        self.leave_out.iter().map(String::as_str).find(|pattern| fits(pattern, path))
    }

    /// A category as readers see it.
    pub(super) fn category_name(&self, category: &str) -> String {
        self.categories.get(&category_key(category)).cloned().unwrap_or_else(|| category.to_owned())
    }
}

fn category_key(category: &str) -> String {
    crate::analysis::fold::fold(&category.replace(['-', '_'], " "))
}

fn read<T: serde::de::DeserializeOwned>(name: &str, key: &str, what: &str, value: toml::Value) -> Result<T> {
    value.try_into().map_err(|_| wrong(name, key, what))
}

fn wrong(name: &str, key: &str, what: &str) -> Error {
    Error::input(format_args!("{name}: {key}"), format!("must be {what}"))
}

fn unknown(name: &str, key: &str, known: &[&str]) -> Error {
    let bare = key.rsplit('.').next().unwrap_or(key);
    let nearest = known.iter().min_by_key(|known| distance(bare, known)).copied().unwrap_or_default();
    let all = known.join(", ");
    Error::input(format_args!("{name}: {key}"), format!("is no key; did you mean \"{nearest}\"? There are {all}"))
}

/// How many letters must change to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let (left, above) = (row.get(j).copied().unwrap_or(0), row.get(j + 1).copied().unwrap_or(0));
            let best = (diagonal + usize::from(x != *y)).min(left + 1).min(above + 1);
            diagonal = above;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}

/// True when a path fits a pattern: `*` stands for anything but `/`, `**` for anything.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<char>, Vec<char>) = (pattern.chars().collect(), path.chars().collect());
    // What each place of the pattern may have read of the path so far.
    let mut at = vec![false; pattern.len() + 1];
    let close = |at: &mut Vec<bool>| {
        for place in 0..pattern.len() {
            if at.get(place) == Some(&true) && pattern.get(place) == Some(&'*') {
                let next = if pattern.get(place + 1) == Some(&'*') { place + 2 } else { place + 1 };
                if let Some(cell) = at.get_mut(next) {
                    *cell = true;
                }
            }
        }
    };
    if let Some(first) = at.first_mut() {
        *first = true;
    }
    close(&mut at);
    for c in path {
        let mut next = vec![false; pattern.len() + 1];
        for (place, wanted) in pattern.iter().enumerate() {
            if at.get(place) != Some(&true) {
                continue;
            }
            let any = *wanted == '*' && pattern.get(place + 1) == Some(&'*');
            let to = match wanted {
                '*' if any || c != '/' => place,
                '*' => continue,
                wanted if *wanted == c => place + 1,
                _ => continue,
            };
            if let Some(cell) = next.get_mut(to) {
                *cell = true;
            }
        }
        close(&mut next);
        at = next;
    }
    at.last() == Some(&true)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Site::parse("timdoc.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn the_example_of_the_documentation_is_read() {
        let text = include_str!("site.rs");
        let example = text.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let example: String =
            example.lines().map(|line| line.trim_start_matches("//!").trim().to_owned() + "\n").collect();
        let site = Site::parse("timdoc.toml", &example).unwrap();
        assert_eq!(site.category_name("Tin xã"), "Tin trong xã");
        assert_eq!(site.left_out("tag/a/b.html"), Some("tag/**"));
        assert!(site.title.is_some() && site.remove.len() == 1);
    }

    #[test]
    fn an_unknown_key_names_the_nearest_right_one() {
        assert!(error("bases = 'x'").contains("\"base\""));
        let said = error("[selectors]\ntitel = 'h1'");
        assert!(said.contains("selectors.titel") && said.contains("\"title\""), "{said}");
    }

    #[test]
    fn a_wrong_value_says_what_is_wanted_and_where() {
        assert!(error("base = 'xa.example'").contains("http"));
        assert!(error("source = 1").contains("source"));
        assert!(error("[selectors]\ntitle = 'h1:first'").contains("selectors.title"));
        assert!(error("a = 1\nb = [").starts_with("timdoc.toml:2"));
    }

    #[test]
    fn patterns_fit_paths() {
        for (pattern, path, right) in [
            ("tag/**", "tag/a/b.html", true),
            ("tag/*", "tag/a/b.html", false),
            ("*.aspx", "tin.aspx", true),
            ("**/print/*", "a/b/print/1.html", true),
            ("*print=1*", "tin.php?print=1", true),
            ("tag", "tags", false),
            ("**", "a/b", true),
            ("", "a", false),
        ] {
            assert_eq!(fits(pattern, path), right, "{pattern} {path}");
        }
    }
}
