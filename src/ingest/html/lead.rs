//! The lead (sa-pô) and the category: what stands at the head of an article beside its title.

use crate::analysis::fold::fold;
use crate::article::BlockKind;
use crate::ingest::text::{glued_stamp, line};

use super::page::Reader;
use super::view::{Role, Seen};
use super::{blocks, body, date, hints, title};

impl Reader<'_> {
    /// The lead: what names or the page's description say is it, else the first paragraph.
    pub(super) fn lead(&mut self, lines: &mut Vec<usize>) {
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
        let (stamp, text) = glued_stamp(&line.piece.text);
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

    fn may_lead(&self, line: &Seen) -> bool {
        let plain = blocks::kind(&line.piece) == BlockKind::Paragraph || line.piece.strong && line.prose;
        plain && (line.prose || self.view.hinted(line, hints::LEAD) && line.piece.chars >= 30)
    }

    pub(super) fn category(&mut self, title: Option<usize>) {
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
            if !right(text) && text.chars().count() > 20 {
                return None;
            }
            let parted = text.replace(" / ", "»").replace(" > ", "»");
            let mut parts = parted.split(['»', '›', '|', '\n']).map(without_label);
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
}

/// "Chuyên mục: Xã hội" without its label.
fn without_label(text: &str) -> &str {
    const LABELS: [&str; 6] = ["chuyen muc", "danh muc", "the loai", "muc", "category", "ban dang o day"];
    let named = text.split_once(':').filter(|(label, _)| LABELS.contains(&fold(label).as_str()));
    named.map_or(text, |(_, rest)| rest).trim()
}
