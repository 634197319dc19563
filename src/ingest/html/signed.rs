//! Who wrote it, whose it is, and its key words: named in the text, stated by the page, or signed at its end.

use crate::analysis::fold::fold;
use crate::article::BlockKind;
use crate::ingest::text::byline::{self, Signature};
use crate::ingest::text::chrome::Field;

use super::body::{self, Body};
use super::hints;
use super::page::Reader;
use super::view::Role;

impl Reader<'_> {
    /// Named values around the body: "Nguồn: …", "Tác giả: …", "Từ khóa: …".
    pub(super) fn fields(&mut self, title: Option<usize>, lines: &[usize], body: Option<&Body>) {
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
    pub(super) fn signature(&mut self, lines: &mut Vec<usize>) {
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
            // The name under an official document is its signer's.
            let office = lines.len().checked_sub(2).and_then(|at| self.view.lines.get(*lines.get(at)?));
            let signs = office.is_some_and(|line| is_office(&line.piece.text));
            let bare = !line.prose && line.piece.kind != BlockKind::TableRow && !signs;
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

/// "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH": who signs a document, in capitals.
fn is_office(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "chu tich",
        "bi thu",
        "giam doc",
        "truong phong",
        "truong ban",
        "tm",
        "kt",
        "tl",
        "hieu truong",
        "chanh van phong",
    ];
    let folded = fold(text);
    let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    capitals
        && WORDS.iter().any(|word| {
            folded.split(' ').collect::<Vec<_>>().windows(word.split(' ').count()).any(|some| some.join(" ") == *word)
        })
}
