//! When was the page's article published? What the page states, else the stamp next to the title, else nothing: never
//! the day the page was rendered, never the stamp of another article.

use crate::article::{Date, Precision};
use crate::ingest::finish;
use crate::ingest::text::stamp::Stamp;

use super::body;
use super::hints;
use super::shared::Shared;
use super::stated::Stated;
use super::tag::Tag;
use super::view::{Role, Seen, View};

/// How many lines a stamp may be away from the title.
const NEAR: usize = 6;

/// Finds the date, and what says so. `title` is the title's line, `first` and `last` are the body's.
pub(super) fn find(
    view: &View<'_, '_>,
    stated: &Stated,
    shared: &Shared,
    title: Option<usize>,
    lines: &[usize],
) -> Option<(Date, String)> {
    let usual = stated.published.iter().filter(|from| !shared.has(&from.value));
    let stated = usual.filter_map(|from| Some((read(&from.value)?, from.origin.to_owned()))).next();
    let marked = marked(view, title, lines);
    // A time says more than the day alone.
    let near = || near_title(view, title, lines);
    match (stated, marked) {
        (Some(stated), _) if stated.0.precision == Precision::Minute => Some(stated),
        (Some(stated), _) => {
            let finer = near().filter(|(date, _)| date.day == stated.0.day && date.precision == Precision::Minute);
            finer.or(Some(stated))
        }
        (None, Some(marked)) => Some(marked),
        (None, None) => near(),
    }
}

/// A date as pages state it, with Vietnamese or machine's words.
pub(super) fn read(text: &str) -> Option<Date> {
    if let Some(stamp) = crate::ingest::text::stamp::read(text) {
        return Some(stamp.date);
    }
    finish::date("", text).ok().flatten().filter(|date| date.precision >= Precision::Day)
}

/// A `time` element with a date for machines, or one that schema.org's names mark, near the title or the body.
fn marked(view: &View<'_, '_>, title: Option<usize>, lines: &[usize]) -> Option<(Date, String)> {
    let tree = view.tree;
    let at = |line: Option<usize>| line.and_then(|at| view.lines.get(at)).map(|line| line.piece.at);
    let from = at(title.map(|title| title.saturating_sub(NEAR))).or_else(|| at(lines.first().copied()))?;
    let to = at(lines.last().copied()).or_else(|| at(title.map(|title| title + NEAR))).unwrap_or(tree.len());
    // The element itself may begin before its text.
    (from.saturating_sub(4)..to.max(from)).find_map(|id| {
        let certain = hints::DATE | hints::KNOWN;
        let is_time = tree.tag(id) == Tag::Time && tree.attribute(id, "datetime").is_some();
        if !is_time && view.hints.own(id) & certain != certain || view.hints.own(id) & hints::AROUND != 0 {
            return None;
        }
        let (first, _) = view.range(id);
        if view.lines.get(first).is_some_and(|line| line.around) {
            return None;
        }
        let updated = tree.classes(id).any(|class| class.contains("updated") || class.contains("modified"));
        let values = [tree.attribute(id, "datetime"), tree.attribute(id, "content")];
        let date = values.into_iter().flatten().find_map(read).or_else(|| read(&tree.text_below(id)));
        date.filter(|_| !updated).map(|date| (date, format!("marked as date: {}", body::label(view, id))))
    })
}

/// The stamp next to the title: before it when the line is the article's own, or between it and the text.
fn near_title(view: &View<'_, '_>, title: Option<usize>, lines: &[usize]) -> Option<(Date, String)> {
    let text = lines.iter().find(|&&at| view.lines.get(at).is_some_and(|line| line.prose)).or(lines.first());
    let anchor = title.or(text.copied())?;
    let after = text.copied().filter(|text| *text > anchor).unwrap_or(anchor + NEAR + 1).min(anchor + 3 * NEAR);
    let stamp = |at: usize| -> Option<(usize, &Seen, Stamp)> {
        let line = view.lines.get(at)?;
        if line.around || line.piece.is_link() && line.piece.chars > 40 || is_of_a_link(view, line, anchor) {
            return None;
        }
        match &line.role {
            // Many articles may be published in the same minute, but a day alone on many pages is the page's.
            Role::Stamp(stamp) if line.shared && (stamp.banner || stamp.date.minute.is_none()) => None,
            Role::Stamp(stamp) => Some((at, line, stamp.clone())),
            // "Ban biên tập | 23/07/2024 10:15", "Thể thao, 10:15 23/07/2024": in an element named as date, or with a time.
            _ => inside(view, line).map(|stamp| (at, line, stamp)),
        }
    };
    let between: Vec<_> = (anchor + usize::from(title.is_some())..after).filter_map(stamp).collect();
    // Above the title, nothing but words of the article's head may stand between.
    let above: Vec<_> = (anchor.saturating_sub(NEAR)..anchor)
        .rev()
        .take_while(|&at| view.lines.get(at).is_some_and(|line| !line.prose))
        .filter(|&at| heads(view, at, anchor))
        .filter_map(stamp)
        .collect();
    let banner = |found: &&(usize, &Seen, Stamp)| {
        let (_, line, stamp) = found;
        stamp.banner && !view.hinted(line, hints::DATE)
    };
    // What stands under the title before what stands over it; in each, what says most.
    let best = |stamps: &[(usize, &Seen, Stamp)]| {
        let timed = || stamps.iter().position(|found| found.2.date.minute.is_some());
        let hinted = || stamps.iter().position(|found| view.hinted(found.1, hints::DATE));
        let plain = || stamps.iter().position(|found| !banner(&found));
        let certain = stamps.iter().position(|found| found.2.says_published);
        certain.or_else(timed).or_else(hinted).or_else(plain)
    };
    let chosen = best(&between).and_then(|at| between.get(at));
    let over = || best(&above).and_then(|at| above.get(at));
    // A weekday and a day under the title is the article's; above it, it is the page's.
    let under = || between.iter().find(|(at, ..)| *at > anchor && title.is_some());
    let (_, line, stamp) = chosen.or_else(over).or_else(under)?;
    let origin = format!("stamp near the title: {}", body::label(view, line.piece.node));
    Some((stamp.date.clone(), origin))
}

/// True for the day in an entry of a list: "Cầu mới thông xe (30.05.2019)", all of it one link that does not hold the
/// title.
fn is_of_a_link(view: &View<'_, '_>, line: &Seen, title: usize) -> bool {
    let Some(title) = view.lines.get(title).filter(|_| line.piece.is_link()) else { return false };
    let link = view.tree.ancestors(line.piece.at).find(|&id| view.tree.tag(id) == Tag::A);
    link.is_some_and(|link| title.piece.at < link || view.tree.end(link) <= title.piece.at)
}

/// True when a line above the title stands in the article's head with it: the element that holds both begins with it,
/// or a few lines before. What holds the title and the page's own banner begins with the menus.
pub(super) fn heads(view: &View<'_, '_>, at: usize, title: usize) -> bool {
    let (Some(line), Some(title)) = (view.lines.get(at), view.lines.get(title)) else { return false };
    let both = view.tree.ancestors(title.piece.at).find(|&id| id < line.piece.at && view.tree.end(id) > line.piece.at);
    both.is_some_and(|id| !matches!(view.tree.tag(id), Tag::Body | Tag::Html) && view.range(id).0 + 4 > at)
}

/// A stamp among other words of a short line.
pub(super) fn inside(view: &View<'_, '_>, line: &Seen) -> Option<Stamp> {
    if line.piece.chars > 120 || line.prose || line.piece.is_link() {
        return None;
    }
    let named = view.hinted(line, hints::DATE);
    let text = &line.piece.text;
    let found = crate::facts::dates::find(text)
        .into_iter()
        .find(|date| date.year.is_some() && date.day.is_some() && (named || date.minute.is_some()))?;
    let before = crate::analysis::fold::fold(text.get(..found.span.start).unwrap_or_default());
    let says_published = ["dang", "xuat ban", "ngay dang"].iter().any(|word| before.ends_with(word));
    Some(Stamp { date: found.date(text, None)?, banner: false, says_published })
}
