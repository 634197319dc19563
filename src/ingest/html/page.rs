//! The article of one page, field by field, each with what it was read from.

use crate::analysis::fold::fold;
use crate::article::{Article, Attachment, Block, BlockKind};
use crate::error::Result;
use crate::ingest::site::Site;
use crate::ingest::text::byline::{self, Signature};
use crate::ingest::text::chrome::Field;
use crate::ingest::text::line;
use crate::ingest::{clean, finish};

use super::body::{self, Body};
use super::listing;
use super::select::Selector;
use super::shared::Shared;
use super::stated::Stated;
use super::title::{self, Clues};
use super::tree::{Id, Tree};
use super::view::{Role, View};
use super::{LeftOut, Outcome, Page, Reading, address, blocks, date, hints};

/// Reads a page.
pub(super) fn read(page: &Page<'_>, html: &str, shared: &Shared, site: &Site) -> Result<Outcome> {
    let tree = Tree::parse(html);
    let removed: Vec<Id> =
        (1..tree.len()).filter(|&id| site.remove.iter().any(|selector| selector.matches(&tree, id))).collect();
    let view = View::new(&tree, shared, &removed);
    let stated = Stated::of(&tree);
    let mut reader =
        Reader { page, site, shared, view: &view, stated: &stated, article: Article::default(), origins: Vec::new() };
    reader.address();
    let (title_line, body) = reader.title_and_body();
    let mut lines = body::lines(&view, body.as_ref(), title_line);
    let base = reader.base();
    let attachments = reader.attachments(body.as_ref(), &lines, title_line, base.as_deref());
    reader.date(title_line, &lines);
    if let Some(left_out) = listing::check(&view, &stated, page, &lines, title_line, &reader.article, &attachments) {
        return Ok(Outcome::LeftOut(left_out));
    }
    reader.fields(title_line, &lines, body.as_ref());
    reader.signature(&mut lines);
    reader.lead(&mut lines);
    reader.category(title_line);
    reader.body(&lines, body.as_ref(), attachments);
    reader.finish()
}

struct Reader<'r> {
    page: &'r Page<'r>,
    site: &'r Site,
    shared: &'r Shared,
    view: &'r View<'r, 'r>,
    stated: &'r Stated,
    article: Article,
    origins: Vec<(&'static str, String)>,
}

impl Reader<'_> {
    fn note(&mut self, field: &'static str, origin: impl Into<String>) {
        self.origins.push((field, origin.into()));
    }

    /// The text of the first element that a selector of the site finds.
    fn selected(&self, selector: Option<&Selector>) -> Option<(Id, String)> {
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
            self.note("published", origin);
        }
    }

    /// Named values around the body: "Nguồn: …", "Tác giả: …", "Từ khóa: …".
    fn fields(&mut self, title: Option<usize>, lines: &[usize], body: Option<&Body>) {
        let first = title.or(lines.first().copied()).unwrap_or(0);
        let end = body.map_or(0, |body| self.view.range(body.element).1);
        let last = lines.last().copied().unwrap_or(first).max(end) + 8;
        let mut tags = Vec::new();
        let (mut source, mut byline) = (None, None);
        for line in self.view.lines.get(first..last.min(self.view.lines.len())).unwrap_or_default() {
            match &line.role {
                Role::EndsArticle => break,
                Role::Field(Field::Tags, value) => {
                    tags.extend(
                        value.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned),
                    );
                }
                Role::Field(Field::Source, value) if !value.is_empty() && source.is_none() => {
                    source = Some(value.clone())
                }
                Role::Field(Field::Author, value) if !value.is_empty() && byline.is_none() => {
                    byline = Some(value.clone())
                }
                _ => {}
            }
        }
        if let Some(source) = source {
            self.article.source = Some(source);
            self.note("source", "named in the text: Nguồn");
        }
        if let Some((element, text)) = self.selected(self.site.byline.as_ref()) {
            self.article.byline = Some(text);
            self.note("byline", format!("timdoc.toml: selectors.byline, {}", body::label(self.view, element)));
        } else if let Some(byline) = byline {
            self.article.byline = Some(byline);
            self.note("byline", "named in the text: Tác giả");
        }
        if self.article.byline.is_none() {
            let sources: Vec<String> = self.stated.sources.iter().map(|from| fold(&from.value)).collect();
            let usable = |value: &str| {
                let folded = fold(value);
                !value.contains("://")
                    && !sources.contains(&folded)
                    && !self.shared.has(value)
                    && value.chars().count() <= 80
                    && is_person(value)
            };
            if let Some(from) = self.stated.authors.iter().find(|from| usable(&from.value)) {
                let origin = from.origin;
                self.article.byline = Some(from.value.clone());
                self.note("byline", origin);
            }
        }
        if self.article.byline.is_none()
            && let Some((name, origin)) = self.named_author(title, lines, last)
        {
            self.article.byline = Some(name);
            self.note("byline", origin);
        }
        self.article.tags = if tags.is_empty() { self.stated.tags.clone() } else { tags };
        let mut seen = std::collections::HashSet::new();
        self.article.tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= 80 && seen.insert(tag.clone()));
        if !self.article.tags.is_empty() {
            self.note("tags", "named in the text or the page's head");
        }
    }

    /// A line named as author between the title and the text, or right after the text: "bởi Hà Mai".
    fn named_author(&self, title: Option<usize>, lines: &[usize], end: usize) -> Option<(String, String)> {
        let first = title.or(lines.first().copied())?;
        let near = self.view.lines.get(first..end.min(self.view.lines.len()))?;
        near.iter().filter(|line| !line.shared && !line.around && !line.prose && line.piece.chars <= 80).find_map(
            |line| {
                if !self.view.is_named(line, hints::AUTHOR) || !matches!(line.role, Role::Text) {
                    return None;
                }
                let text = line.piece.text.trim();
                let label = ["bởi ", "Bởi ", "by ", "By ", "Đăng bởi ", "Viết bởi ", "Người đăng ", "Tác giả "];
                let bare = label.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text);
                let Some(Signature::Byline(name)) = byline::read(bare.trim_start_matches([':', ' '])) else {
                    return None;
                };
                is_person(&name)
                    .then(|| (name, format!("named as author: {}", body::label(self.view, line.piece.node))))
            },
        )
    }

    /// A signature at the end of the text, also where a link to a file follows it.
    fn signature(&mut self, lines: &mut Vec<usize>) {
        let mut files = Vec::new();
        while let Some(last) =
            lines.pop_if(|last| self.view.lines.get(*last).is_some_and(|line| line.file && !line.prose))
        {
            files.push(last);
        }
        self.signature_of(lines);
        lines.extend(files.into_iter().rev());
    }

    fn signature_of(&mut self, lines: &mut Vec<usize>) {
        let mut checked = 0;
        while let Some(&last) = lines.last() {
            let Some(line) = self.view.lines.get(last) else { break };
            let others = lines.len() > 1;
            let named = self.view.hinted(line, hints::AUTHOR) && line.piece.chars <= 60;
            let bare = !line.prose && line.piece.kind != BlockKind::TableRow;
            let signature = if bare && others { byline::read(&line.piece.text) } else { None };
            match signature {
                Some(Signature::Byline(name)) if self.article.byline.is_none() || named => {
                    self.article.byline = Some(name);
                    self.note("byline", "signature at the end of the text");
                    lines.pop();
                    return;
                }
                // Stated already: the line says it again.
                Some(Signature::Byline(name))
                    if self.article.byline.as_deref().is_some_and(|known| fold(known) == fold(&name)) =>
                {
                    lines.pop();
                    return;
                }
                Some(Signature::Source(source)) => {
                    if self.article.source.is_none() {
                        self.article.source = Some(source);
                        self.note("source", "named at the end of the text");
                    }
                    lines.pop();
                }
                None if named && others && self.article.byline.is_none() => {
                    self.article.byline = Some(line.piece.text.clone());
                    self.note("byline", format!("named as author: {}", body::label(self.view, line.piece.node)));
                    lines.pop();
                    return;
                }
                _ => return,
            }
            checked += 1;
            if checked > 3 {
                return;
            }
        }
    }

    /// The lead: what names or the page's description say is it, else the first paragraph.
    fn lead(&mut self, lines: &mut Vec<usize>) {
        if let Some((element, text)) = self.selected(self.site.lead.as_ref()) {
            let (from, to) = self.view.range(element);
            lines.retain(|at| !(from..to).contains(at));
            self.article.lead = Some(text);
            return self.note("lead", format!("timdoc.toml: selectors.lead, {}", body::label(self.view, element)));
        }
        // Only captions and headings stand before a lead.
        let is_text = |at: &usize| {
            let kind = self.view.lines.get(*at).map(|line| blocks::kind(&line.piece));
            !matches!(kind, Some(BlockKind::Caption | BlockKind::Heading))
        };
        let leads = |at: &usize| self.view.lines.get(*at).is_some_and(|line| self.may_lead(line));
        let named = |at: &usize| {
            let line = self.view.lines.get(*at).filter(|line| line.piece.chars >= 30);
            line.is_some_and(|line| {
                let folded = fold(&line.piece.text);
                self.view.known(line, hints::LEAD).is_some()
                    || self.view.is_named(line, hints::LEAD)
                    || self.stated.descriptions.iter().any(|from| title::same(&folded, &fold(&from.value)))
            })
        };
        let first =
            lines.iter().take(4).position(named).or_else(|| lines.iter().position(|at| leads(at) || is_text(at)));
        let Some(position) = first.filter(|&at| lines.get(at).is_some_and(|at| leads(at) || named(at))) else {
            return;
        };
        let Some((&at, line)) = lines.get(position).zip(lines.get(position).and_then(|&at| self.view.lines.get(at)))
        else {
            return;
        };
        let folded = fold(&line.piece.text);
        let described = self.stated.descriptions.iter().find(|from| title::same(&folded, &fold(&from.value)));
        let origin = match (self.view.known(line, hints::LEAD), described) {
            (Some(system), _) => format!("template {system}: {}", body::label(self.view, line.piece.node)),
            (None, Some(from)) => format!("first paragraph, agrees with {}", from.origin),
            (None, None) if self.view.hinted(line, hints::LEAD) => {
                format!("named as lead: {}", body::label(self.view, line.piece.node))
            }
            (None, None) => "first paragraph".to_owned(),
        };
        // "09:05 04/12/2024 Sáng 4/12, …"
        let (stamp, text) = crate::ingest::text::glued_stamp(&line.piece.text);
        if self.article.published.is_none()
            && let Some(stamp) = stamp
        {
            self.article.published = Some(stamp);
            self.note("published", "stamp before the lead");
        }
        let mut text = text.to_owned();
        lines.retain(|line| *line != at);
        // A sentence that goes on in the next paragraph was cut by a machine.
        let next = lines.get(position).and_then(|&at| self.view.lines.get(at)).map(|line| line.piece.text.clone());
        if let Some(next) = next.filter(|next| next.starts_with(char::is_lowercase))
            && !line::ends_sentence(&text)
            && !text.ends_with([':', ';'])
        {
            text = format!("{text} {next}");
            lines.remove(position);
        }
        self.article.lead = Some(text).filter(|text| !text.is_empty());
        self.note("lead", origin);
    }

    fn may_lead(&self, line: &super::view::Seen) -> bool {
        let plain = blocks::kind(&line.piece) == BlockKind::Paragraph || line.piece.strong && line.prose;
        plain && (line.prose || self.view.hinted(line, hints::LEAD) && line.piece.chars >= 30)
    }

    fn category(&mut self, title: Option<usize>) {
        let found = self.find_category(title);
        if let Some((category, origin)) = found {
            self.article.category = Some(self.site.category_name(&category));
            self.note("category", origin);
        }
    }

    fn find_category(&self, title: Option<usize>) -> Option<(String, String)> {
        if let Some((element, text)) = self.selected(self.site.category.as_ref()) {
            return Some((text, format!("timdoc.toml: selectors.category, {}", body::label(self.view, element))));
        }
        let own = fold(&self.article.title);
        let right = |text: &str| {
            let folded = fold(text);
            !title::same(&folded, &own)
                && text.chars().count() <= 60
                && text.chars().any(char::is_alphabetic)
                && !matches!(
                    folded.as_str(),
                    "trang chu" | "home" | "trang nhat" | "" | "tin tuc chi tiet" | "chi tiet"
                )
        };
        if let Some(from) = self.stated.categories.iter().find(|from| right(&from.value)) {
            return Some((from.value.clone(), from.origin.to_owned()));
        }
        // Above the title: the last entry of the way from the home page, or a line named as category.
        let title = title?;
        let above = || (title.saturating_sub(12)..title).rev().filter_map(|at| self.view.lines.get(at));
        let below = || (title + 1..title + 5).filter_map(|at| self.view.lines.get(at));
        let last = |text: &str| {
            let mut parts = text.split(['»', '›', '/', '>', '|', '\n']).map(str::trim);
            parts.rfind(|part| right(part)).map(str::to_owned)
        };
        let hinted = |hint: hints::Hint, near: bool| {
            let found = above().chain(below().filter(|_| near)).filter(|line| line.piece.chars <= 120 && !line.prose);
            found.filter(|line| self.view.hinted(line, hint)).find_map(|line| {
                let text = last(&line.piece.text)?;
                Some((text, body::label(self.view, line.piece.node)))
            })
        };
        if let Some((text, label)) = hinted(hints::BREADCRUMB, false) {
            return Some((text, format!("way from the home page: {label}")));
        }
        if let Some((text, label)) = hinted(hints::CATEGORY, true) {
            return Some((text, format!("named as category: {label}")));
        }
        // A short line in bold or a link right above the title, in one element with it and little else.
        let above = title.checked_sub(1).and_then(|at| Some((at, self.view.lines.get(at)?)))?;
        let (at, line) = above;
        let stands_out = line.piece.strong || line.piece.is_link();
        let fits = stands_out && line.piece.chars <= 40 && matches!(line.role, Role::Text) && !line.around;
        let text = last(&line.piece.text).filter(|_| fits && date::heads(self.view, at, title))?;
        Some((text, format!("the line above the title: {}", body::label(self.view, line.piece.node))))
    }

    /// The files that the article's part of the page links to, without those that all pages link to.
    fn attachments(
        &self,
        body: Option<&Body>,
        lines: &[usize],
        title: Option<usize>,
        base: Option<&str>,
    ) -> Vec<Attachment> {
        let tree = self.view.tree;
        let own = |href: &str| !self.shared.has_file(href);
        let mut found: Vec<Attachment> = Vec::new();
        let mut take = |more: Vec<Attachment>| {
            for attachment in more {
                if !found.iter().any(|known| known.url == attachment.url) {
                    found.push(attachment);
                }
            }
        };
        if let Some(body) = body {
            take(blocks::attachments(tree, body.element, base, &own));
        }
        // After the body, or where there is none after the title, up to the next list of articles.
        let from = lines.last().copied().or(title).unwrap_or(0);
        let end = body.map_or(0, |body| self.view.range(body.element).1);
        for at in from.max(end.saturating_sub(1))..self.view.lines.len().min(from.max(end) + 25) {
            let Some(line) = self.view.lines.get(at) else { break };
            if matches!(line.role, Role::EndsArticle) {
                break;
            }
            if line.file && !line.shared && !line.around {
                take(blocks::attachments(tree, line.piece.node, base, &own));
            }
        }
        found
    }

    fn body(&mut self, lines: &[usize], body: Option<&Body>, attachments: Vec<Attachment>) {
        let own = fold(&self.article.title);
        let pieces = lines.iter().filter_map(|&at| self.view.lines.get(at)).filter(|line| {
            // A line that is only a link to a file is the attachment.
            !is_attachment(line) && fold(&line.piece.text) != own
        });
        self.article.blocks = blocks::blocks(pieces.map(|line| &line.piece));
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
        Ok(Outcome::Article(Box::new(Reading { article, origins: self.origins, same, canonical })))
    }
}

/// False for what systems call those who type.
fn is_person(name: &str) -> bool {
    const NO_ONE: [&str; 14] = [
        "admin",
        "administrator",
        "quan tri",
        "quan tri vien",
        "quantri",
        "quantrivien",
        "ban bien tap",
        "bien tap vien",
        "editor",
        "system account",
        "webmaster",
        "bbt",
        "super user",
        "author",
    ];
    let folded = fold(name);
    !NO_ONE.contains(&folded.as_str())
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
