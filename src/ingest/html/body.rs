//! Where is the body? The element that holds the page's own prose, found from what names say and where prose stands.

use crate::article::BlockKind;

use super::date;
use super::hints;
use super::tag::Tag;
use super::tree::Id;
use super::view::{Role, View};

/// The least prose that says where the body is, in characters.
const LEAST: usize = 60;

/// What is named so above the text is not of it.
const HEAD: hints::Hint = hints::DATE | hints::AUTHOR | hints::CATEGORY;

/// The element that holds the body, and what says so.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub element: Id,
    pub origin: String,
}

/// Finds the body; nothing on pages without prose.
pub(super) fn find(view: &View<'_, '_>) -> Option<Body> {
    let densest = densest(view);
    let weight = densest.map_or(0, |id| view.weight(id));
    if let Some(known) = known(view, weight) {
        return Some(known);
    }
    let element = densest.filter(|_| weight >= LEAST)?;
    Some(Body { element, origin: "the element with the page's own prose".into() })
}

/// The element that a known system names as the body, if it holds a good part of what the densest does.
fn known(view: &View<'_, '_>, weight: usize) -> Option<Body> {
    let tree = view.tree;
    let certain = hints::BODY | hints::KNOWN;
    let is_known = |id: &Id| view.hints.own(*id) & certain == certain || tree.tag(*id) == Tag::Article;
    let mut best: Option<(usize, Id)> = None;
    for id in (1..tree.len()).filter(is_known) {
        let own = view.weight(id);
        let (from, to) = view.range(id);
        let holds =
            view.lines.get(from..to).unwrap_or_default().iter().any(|line| line.is_own() || line.file && !line.around);
        // The outer of two that hold about as much: the lead may lie beside the inner one.
        if holds && own * 10 >= weight * 4 && best.is_none_or(|(most, _)| own > most + most / 10) {
            best = Some((own, id));
        }
    }
    let (_, element) = best?;
    let system = hints::Hints::system(tree, element).unwrap_or("element article");
    Some(Body { element, origin: format!("template {system}: {}", label(view, element)) })
}

/// From the root to the child with most of the prose, until it spreads over several.
fn densest(view: &View<'_, '_>) -> Option<Id> {
    let tree = view.tree;
    let mut at = 0;
    loop {
        let weight = view.weight(at);
        if weight == 0 {
            return None;
        }
        let heaviest = tree.children(at).max_by_key(|&child| view.weight(child));
        let Some(child) = heaviest.filter(|&child| view.weight(child) * 10 >= weight * 7) else { break };
        let is_part = match tree.tag(child) {
            Tag::P | Tag::Text | Tag::Li | Tag::Quote | Tag::Heading(_) | Tag::FigureCaption | Tag::Ul | Tag::Ol => {
                true
            }
            // A row of figures, not of a layout.
            Tag::Row => view.lines.get(view.range(child).0).is_some_and(|line| line.piece.kind == BlockKind::TableRow),
            _ => false,
        };
        if is_part || !tree.tag(child).is_block() && tree.tag(child) != Tag::Inline {
            break;
        }
        at = child;
    }
    Some(at)
}

/// An element as a selector: `div.bodytext`.
pub(super) fn label(view: &View<'_, '_>, id: Id) -> String {
    let name = view.tree.name(id).to_ascii_lowercase();
    let named = view.tree.attribute(id, "id").map(|id| format!("#{id}"));
    let class = view.tree.classes(id).next().map(|class| format!(".{class}"));
    format!("{name}{}", named.or(class).unwrap_or_default())
}

/// The lines of the body: from after the title to where a list of other articles, a form or the page's foot begins.
/// `title` is the line of the title.
pub(super) fn lines(view: &View<'_, '_>, body: Option<&Body>, title: Option<usize>) -> Vec<usize> {
    let lines = &view.lines;
    let (mut from, mut to) = match (body, title) {
        (Some(body), _) => view.range(body.element),
        (None, Some(title)) => (title + 1, title + 1),
        (None, None) => return Vec::new(),
    };
    let mut before = Vec::new();
    if let Some(title) = title {
        if (from..to).contains(&title) {
            from = title + 1;
        } else if title < from {
            // A lead that stands between the title and the element of the body.
            let between = title + 1..from;
            before = between.filter(|&at| lines.get(at).is_some_and(|line| leads(view, line))).collect();
        }
    }
    to = to.max(from);
    // What follows the element goes on until something else begins.
    let follows =
        |at: &usize| lines.get(*at).is_some_and(|line| line.is_text() || line.file && !line.around && !line.shared);
    let mut more = to;
    let mut passed = 0;
    while more < lines.len() && more < to + 60 {
        match lines.get(more) {
            Some(line) if follows(&more) && !ends(&line.role) => {
                more += 1;
                passed = 0;
            }
            // A heading "Tệp đính kèm", a button or a stamp between.
            Some(line)
                if matches!(line.role, Role::Button | Role::Field(..))
                    && !line.around
                    && passed < 3
                    && body.is_none() =>
            {
                more += 1;
                passed += 1;
            }
            _ => break,
        }
    }
    to = more;
    let end = end_of_article(view, from, to);
    let own: Vec<usize> = (from..end).collect();
    before.extend(clean(view, &own));
    before
}

/// True for a line between the title and the body that belongs to the article.
fn leads(view: &View<'_, '_>, line: &super::view::Seen) -> bool {
    let lead = line.prose || view.hinted(line, hints::LEAD) && line.piece.chars >= 20 || line.piece.after_picture;
    line.is_text() && lead
}

fn ends(role: &Role) -> bool {
    matches!(role, Role::EndsArticle)
}

/// Where a list of other articles or a form for comments begins: after most of the prose.
fn end_of_article(view: &View<'_, '_>, from: usize, to: usize) -> usize {
    let total = view.weight_of(from, to);
    (from..to)
        .find(|&at| {
            let before = view.weight_of(from, at);
            view.lines.get(at).is_some_and(|line| ends(&line.role)) && before * 2 >= total && (before > 0 || total == 0)
        })
        .unwrap_or(to)
}

/// Leaves out what is not of the article: words of the page, links to other articles, stamps around the text.
fn clean(view: &View<'_, '_>, own: &[usize]) -> Vec<usize> {
    let line = |at: &usize| view.lines.get(*at);
    let last_prose = own.iter().rposition(|at| line(at).is_some_and(|line| line.prose && line.is_own()));
    let first_prose = own.iter().position(|at| line(at).is_some_and(|line| line.prose && line.is_own()));
    let is_other = |at: &usize| line(at).is_some_and(|line| line.piece.is_link() && !line.file);
    let mut kept = Vec::new();
    let mut in_list = false;
    for (position, at) in own.iter().enumerate() {
        let Some(seen) = line(at) else { continue };
        if ends(&seen.role) {
            in_list = true;
            continue;
        }
        if seen.around || seen.shared {
            continue;
        }
        let after_text = last_prose.is_some_and(|last| position > last);
        let before_text = first_prose.is_some_and(|first| position < first);
        let keep = match &seen.role {
            Role::Text if is_other(at) => {
                let neighbours = [position.checked_sub(1), Some(position + 1)];
                let beside = neighbours.into_iter().flatten().filter_map(|near| own.get(near)).any(is_other);
                !(beside || in_list || after_text || before_text)
            }
            // "05/11/2024 15:32 Hà Mai 231" above the text.
            Role::Text if before_text && date::inside(view, seen).is_some() => false,
            // "Ban biên tập", "bởi Hà Mai" above the text.
            Role::Text if before_text && !seen.prose && seen.piece.chars <= 80 && view.is_named(seen, HEAD) => false,
            Role::Text => {
                in_list = false;
                true
            }
            Role::Stamp(_) => !(after_text || before_text),
            Role::Field(..) => false,
            Role::Button => seen.file,
            Role::EndsArticle => false,
        };
        if keep {
            kept.push(*at);
        }
    }
    kept
}
