//! The article of one page, field by field, each with what it was read from.

use crate::analysis::fold::fold;
use crate::article::{Article, Attachment, Block, Image};
use crate::error::{Error, Result};
use crate::ingest::site::Site;
use crate::ingest::{clean, finish};

use super::body::{self, Body};
use super::listing;
use super::select::Selector;
use super::shared::Shared;
use super::stated::Stated;
use super::title::{self, Clues};
use super::tree::{Id, Tree};
use super::view::{Role, View};
use super::{LeftOut, Outcome, Page, Reading, address, blocks, date, images};

/// Reads a page.
pub(super) fn read(page: &Page<'_>, html: &str, shared: &Shared, site: &Site) -> Result<Outcome> {
    let tree = Tree::parse(html);
    let removed: Vec<Id> =
        (1..tree.len()).filter(|&id| site.remove.iter().any(|selector| selector.matches(&tree, id))).collect();
    let view = View::new(&tree, shared, &removed);
    let stated = Stated::of(&tree);
    let mut reader = Reader {
        page,
        site,
        shared,
        view: &view,
        stated: &stated,
        article: Article::default(),
        origins: Vec::new(),
        remarks: Vec::new(),
    };
    reader.address();
    let (title_line, body) = reader.title_and_body();
    let mut lines = body::lines(&view, body.as_ref(), title_line);
    let base = reader.base();
    let attachments = reader.attachments(body.as_ref(), title_line, base.as_deref());
    let images = reader.images(body.as_ref(), title_line, &lines, base.as_deref(), &removed);
    reader.date(title_line, &lines);
    if let Some(left_out) = listing::check(&view, &stated, page, &lines, title_line, &reader.article, &attachments) {
        return Ok(Outcome::LeftOut(left_out));
    }
    reader.fields(title_line, &lines, body.as_ref());
    reader.signature(&mut lines);
    reader.lead(&mut lines);
    reader.category(title_line);
    reader.body(&lines, body.as_ref(), attachments, images);
    reader.stated_image(base.as_deref());
    reader.finish()
}

pub(super) struct Reader<'r> {
    pub(super) page: &'r Page<'r>,
    pub(super) site: &'r Site,
    pub(super) shared: &'r Shared,
    pub(super) view: &'r View<'r, 'r>,
    pub(super) stated: &'r Stated,
    pub(super) article: Article,
    pub(super) origins: Vec<(&'static str, String)>,
    remarks: Vec<Error>,
}

impl Reader<'_> {
    pub(super) fn note(&mut self, field: &'static str, origin: impl Into<String>) {
        self.origins.push((field, origin.into()));
    }

    /// The text of the first element that a selector of the site finds.
    pub(super) fn selected(&self, selector: Option<&Selector>) -> Option<(Id, String)> {
        let tree = self.view.tree;
        selector?.all(tree).find_map(|id| {
            let (from, to) = self.view.range(id);
            let inside = self.view.lines.get(from..to).unwrap_or_default();
            let lines: Vec<&str> = inside.iter().map(|line| line.piece.text.as_str()).collect();
            let text = if lines.is_empty() {
                let inline = clean::line(&tree.text_below(id)).into_owned();
                let stated = ["content", "datetime", "value"].iter().find_map(|name| tree.attribute(id, name));
                if inline.is_empty() { clean::line(stated.unwrap_or_default()).into_owned() } else { inline }
            } else {
                lines.join(" ")
            };
            Some((id, text)).filter(|(_, text)| !text.is_empty())
        })
    }

    /// The page's own address: what it states itself, else where it was found.
    fn address(&mut self) {
        let base = self.page.address.or(self.site.base.as_deref());
        let usable = self.stated.addresses.iter().filter(|from| !self.shared.has(&from.value));
        let own_path = |url: &String| {
            url.split("://").nth(1).is_some_and(|rest| rest.trim_end_matches('/').contains('/') || rest.contains('?'))
        };
        let stated = usable
            .filter_map(|from| {
                let url = address::resolve(&from.value, base)?;
                Some((finish::web_address(&url)?, from.origin))
            })
            .find(|(url, _)| own_path(url));
        if let Some((url, origin)) = stated {
            self.article.url = Some(url);
            return self.note("url", origin);
        }
        if let Some(url) = self.page.address.and_then(finish::web_address) {
            self.article.url = Some(url);
            return self.note("url", "where the page was fetched from");
        }
        if let Some(url) = self.site.base.as_deref().and_then(|base| address::resolve(self.page.path, Some(base))) {
            self.article.url = finish::web_address(&url);
            self.note("url", "timdoc.toml: base, and the file's path");
        }
    }

    /// What relative addresses of the page are made whole against.
    fn base(&self) -> Option<String> {
        let own = self.article.url.clone();
        let stated = self.stated.base.as_deref().and_then(|base| address::resolve(base, own.as_deref()));
        stated.filter(|base| base.contains("://")).or(own)
    }

    fn title_and_body(&mut self) -> (Option<usize>, Option<Body>) {
        let chosen = self.selected(self.site.body.as_ref()).map(|(element, _)| Body {
            element,
            origin: format!("timdoc.toml: selectors.body, {}", body::label(self.view, element)),
        });
        let body = chosen.or_else(|| body::find(self.view));
        let selected = self.selected(self.site.title.as_ref());
        if let Some((element, text)) = selected {
            let (from, to) = self.view.range(element);
            self.article.title = text;
            self.note("title", format!("timdoc.toml: selectors.title, {}", body::label(self.view, element)));
            return (Some(from).filter(|_| from < to), body);
        }
        let address = self.article.url.as_deref().unwrap_or(self.page.path);
        let clues = Clues {
            stated: self.stated,
            shared: self.shared,
            address: if title::slug(self.page.path).len() >= 10 { self.page.path } else { address },
        };
        let Some(found) = title::find(self.view, body.as_ref(), &clues) else { return (None, body) };
        self.article.title = found.text;
        self.note("title", found.origin);
        (found.line, body)
    }

    fn date(&mut self, title: Option<usize>, lines: &[usize]) {
        let selected = self.selected(self.site.date.as_ref());
        if let Some((element, text)) = selected
            && let Some(date) = date::read(&text).or_else(|| date::read(self.view.tree.attribute(element, "datetime")?))
        {
            self.article.published = Some(date);
            return self.note("published", format!("timdoc.toml: selectors.date, {}", body::label(self.view, element)));
        }
        if let Some((date, origin)) = date::find(self.view, self.stated, self.shared, title, lines) {
            self.article.published = Some(date);
            return self.note("published", origin);
        }
        let stated = self.stated.published.iter().find(|from| !self.shared.has(&from.value));
        let selected = self.selected(self.site.date.as_ref()).map(|(_, text)| text);
        let unread = selected.or_else(|| stated.map(|from| from.value.clone()));
        self.remarks.extend(unread.map(|text| finish::unread_date(self.page.place, &text)));
    }

    /// The files that the article's part of the page links to or shows in a frame, without those that all pages link to.
    /// The article's part is the element that holds title and body; without a body, the nearest one around the title
    /// with a file in it.
    fn attachments(&self, body: Option<&Body>, title: Option<usize>, base: Option<&str>) -> Vec<Attachment> {
        let (tree, view) = (self.view.tree, self.view);
        let own = |href: &str| !self.shared.has_file(href);
        let at = title.and_then(|title| view.lines.get(title)).map(|line| line.piece.at);
        let holds = |id: Id, other: Id| id <= other && tree.end(id) > other;
        let scope = match (body, at) {
            (Some(body), Some(at)) => {
                let element = body.element;
                std::iter::once(element).chain(tree.ancestors(element)).find(|&id| holds(id, at)).unwrap_or(element)
            }
            (Some(body), None) => body.element,
            (None, Some(at)) => {
                let has_file = |id: &Id| !blocks::attachments(tree, *id..tree.end(*id), base, &own).is_empty();
                match tree.ancestors(at).chain([0]).take(8).find(has_file) {
                    Some(scope) => scope,
                    None => return Vec::new(),
                }
            }
            (None, None) => return Vec::new(),
        };
        let start = [at, body.map(|body| body.element)].into_iter().flatten().min().unwrap_or(scope);
        let text_end = body.map_or(start, |body| tree.end(body.element));
        let ends = |line: &&super::view::Seen| {
            matches!(line.role, Role::EndsArticle) && line.piece.at >= text_end && line.piece.at > start
        };
        let end = view.lines.iter().find(ends).map_or(tree.end(scope), |line| line.piece.at.min(tree.end(scope)));
        let around = view.links_around();
        let in_article = |href: &str| own(href) && !around.contains(href);
        blocks::attachments(tree, start..end, base, &in_article)
    }

    /// The pictures from the title to the end of the body, with their nodes; without a body, those in the nearest
    /// element around the title that has any.
    fn images(
        &self,
        body: Option<&Body>,
        title: Option<usize>,
        lines: &[usize],
        base: Option<&str>,
        removed: &[Id],
    ) -> Vec<(Id, Image)> {
        let (tree, view) = (self.view.tree, self.view);
        let at = |line: usize| view.lines.get(line).map(|line| line.piece.at);
        let title = title.and_then(at);
        let last = lines.last().copied().and_then(at);
        let passed = |id: Id| view.is_around(id) || removed.binary_search(&id).is_ok();
        let own = |src: &str| !self.shared.has_image(src);
        let find = |from: Id, to: Id| {
            let ends = |line: &&super::view::Seen| {
                matches!(line.role, Role::EndsArticle) && line.piece.at > from && Some(line.piece.at) > last
            };
            let end = view.lines.iter().find(ends).map_or(to, |line| line.piece.at.min(to));
            images::find(tree, from..end, base, &passed, &own)
        };
        match (body, title) {
            (Some(body), title) => {
                let inside = |title: &Id| *title < tree.end(body.element);
                find(title.filter(inside).unwrap_or(body.element), tree.end(body.element).max(last.unwrap_or(0)))
            }
            (None, Some(title)) => {
                let around = tree.ancestors(title).take(4).map(|scope| find(title, tree.end(scope)));
                around.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
            }
            (None, None) => Vec::new(),
        }
    }

    /// The picture by which the page wants to be shared, where its text has none.
    fn stated_image(&mut self, base: Option<&str>) {
        if !self.article.images.is_empty() {
            return;
        }
        let own = |from: &&super::stated::From| !self.shared.has_image(&from.value) && !self.shared.has(&from.value);
        let found = self.stated.images.iter().filter(own).find_map(|from| {
            let url = images::web(&from.value, base).filter(|url| !images::is_icon(url))?;
            Some((url, from.origin))
        });
        if let Some((url, origin)) = found {
            self.article.images = vec![Image { url, ..Image::default() }];
            self.note("images", origin);
        }
    }

    fn body(&mut self, lines: &[usize], body: Option<&Body>, attachments: Vec<Attachment>, images: Vec<(Id, Image)>) {
        let own = fold(&self.article.title);
        let pieces = lines.iter().filter_map(|&at| self.view.lines.get(at)).filter(|line| {
            // A line that is only a link to a file is the attachment.
            !is_attachment(line) && fold(&line.piece.text) != own
        });
        let (blocks, starts) = blocks::blocks(pieces.map(|line| &line.piece));
        self.article.images = images::place(images, &blocks, &starts);
        self.article.blocks = blocks;
        if !self.article.images.is_empty() {
            self.note("images", "pictures in and after the title and the body");
        }
        if let Some(body) = body.filter(|_| !lines.is_empty()) {
            self.note("body", body.origin.clone());
        }
        if !attachments.is_empty() {
            self.article.attachments = attachments;
            self.note("attachments", "links to files in and after the body");
        }
    }

    fn finish(mut self) -> Result<Outcome> {
        if let Some(source) = &self.site.source {
            self.article.source = Some(source.clone());
            self.note("source", "timdoc.toml: source");
        }
        if self.article.source.is_none() {
            let lead = self
                .article
                .lead
                .as_deref()
                .or_else(|| self.article.blocks.first().map(|block: &Block| block.text.as_str()));
            let in_text = lead.and_then(finish::source_prefix).map(|(source, _)| source.to_owned());
            if let Some(source) = in_text {
                self.article.source = Some(source);
                self.note("source", "before the lead");
            } else if let Some(from) = self.stated.sources.iter().find(|from| !from.value.contains("://")) {
                let origin = from.origin;
                self.article.source = Some(from.value.clone());
                self.note("source", origin);
            } else if let Some(host) = self.article.url.as_deref().and_then(address::host) {
                self.article.source = Some(host.trim_start_matches("www.").to_owned());
                self.note("source", "the host of the address");
            }
        }
        self.article.id = self.page.id.clone();
        let article = finish::finish(self.page.place, self.article)?;
        let same = super::same_text(&article);
        let canonical =
            self.stated.addresses.first().map(|from| from.value.clone()).filter(|value| !self.shared.has(value));
        Ok(Outcome::Article(Box::new(Reading {
            article,
            origins: self.origins,
            same,
            canonical,
            remarks: self.remarks,
        })))
    }
}

/// True for a line that is a link to a file, with or without a label before it: "Tệp đính kèm: …".
fn is_attachment(line: &super::view::Seen) -> bool {
    const LABELS: [&str; 14] = [
        "tep dinh kem",
        "file dinh kem",
        "tai lieu dinh kem",
        "dinh kem",
        "van ban dinh kem",
        "file",
        "tai ve",
        "tai lieu",
        "tai lieu kem theo",
        "toan van",
        "xem toan van",
        "xem chi tiet",
        "chi tiet xem",
        "chi tiet",
    ];
    let label = line.piece.text.split_once(':').map(|(label, _)| fold(label)).unwrap_or_default();
    line.file
        && !line.prose
        && (line.piece.is_link() || LABELS.contains(&label.as_str()) || line.piece.text.starts_with("Xem chi tiết"))
}

impl LeftOut {
    pub(super) fn new(kind: super::Why, reason: impl Into<String>) -> Self {
        LeftOut { kind, reason: reason.into() }
    }
}
