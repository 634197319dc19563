//! Plain text as a portal's page gives it when copied or scraped becomes an article.
//!
//! Such a text has three parts, told apart by what its lines look like:
//!
//! | part | holds | ends before |
//! | --- | --- | --- |
//! | top | menus, the day the page was rendered, the title, the stamp, a caption | the first line of prose |
//! | body | the lead, paragraphs, headings, captions, lists | the first menu or stamp after the last prose |
//! | tail | key words, forms for comments, titles and stamps of other articles | |
//!
//! The byline is the last line of the body. What the text does not say stays open.

pub(in crate::ingest) mod byline;
pub(in crate::ingest) mod caption;
pub(in crate::ingest) mod chrome;
pub(in crate::ingest) mod line;
pub(in crate::ingest) mod stamp;

use crate::article::{Article, Block, BlockKind, Date};
use crate::error::Result;
use crate::facts::dates::{self, Form};

use super::{clean, finish};
use byline::Signature;
use chrome::{Chrome, Field};
use line::{Kind, Line};
use stamp::Stamp;

/// The article of a text file.
pub(super) fn article(name: &str, id: String, text: &str) -> Result<Article> {
    let text = clean::text(text);
    let mut lines = line::read(&text);
    let end = body_end(&lines);
    let mut article = Article { id, ..Article::default() };
    for line in lines.iter().take(first_hard(&lines).unwrap_or(lines.len())) {
        take_field(&mut article, line);
    }
    lines.truncate(end);
    while let Some(last) = lines.pop() {
        // Signatures stand at the end, after at least one other line of text.
        let others = lines.iter().any(Line::is_text);
        match last.signature().filter(|_| others) {
            Some(Signature::Byline(name)) if article.byline.is_none() => article.byline = Some(name),
            Some(Signature::Source(source)) if article.source.is_none() => article.source = Some(source),
            _ if last.is_text() => {
                lines.push(last);
                break;
            }
            _ => {}
        }
    }
    let lead_at = lines.iter().position(Line::is_prose).unwrap_or(lines.len());
    let (top, body) = lines.split_at(lead_at);
    let title_at = title(top);
    if let Some(title) = title_at.and_then(|at| top.get(at)) {
        title.text.clone_into(&mut article.title);
    }
    article.published = published(top);
    let captions = top.iter().skip(title_at.map_or(0, |at| at + 1)).filter(|line| line.is_text());
    for line in captions {
        push(&mut article.blocks, BlockKind::Caption, line);
    }
    let mut body = body.iter();
    if let Some(lead) = body.next() {
        let (stamp, lead) = glued_stamp(lead.text);
        article.published = article.published.or(stamp);
        article.lead = Some(lead.to_owned()).filter(|lead| !lead.is_empty());
    }
    for line in body.filter(|line| line.is_text()) {
        push(&mut article.blocks, line.block_kind(), line);
    }
    finish::finish(name, article)
}

/// The index of the first line that a list of other articles or a form for comments follows. Such words before the
/// text's own prose belong to a menu.
fn first_hard(lines: &[Line<'_>]) -> Option<usize> {
    let total: usize = lines.iter().map(Line::prose_bytes).sum();
    let mut before = 0;
    lines.iter().position(|line| {
        before += line.prose_bytes();
        line.is_chrome(Chrome::Hard) && before * 2 >= total && (before > 0 || total == 0)
    })
}

/// Where the tail begins: the first line after the last prose that only a page has, not an article.
fn body_end(lines: &[Line<'_>]) -> usize {
    let hard = first_hard(lines).unwrap_or(lines.len());
    let own = lines.get(..hard).unwrap_or(lines);
    let Some(last_prose) = own.iter().rposition(Line::is_prose) else { return hard };
    let ends = |line: &Line<'_>| match line.kind {
        Kind::Chrome(_) | Kind::Stamp(_) => true,
        Kind::Field(field, _) => field == Field::Tags,
        Kind::Text => false,
    };
    own.iter().skip(last_prose + 1).position(ends).map_or(hard, |after| last_prose + 1 + after)
}

fn take_field(article: &mut Article, line: &Line<'_>) {
    let Kind::Field(field, value) = line.kind else { return };
    if value.is_empty() {
        return;
    }
    match field {
        Field::Tags => {
            let tags = value.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty());
            article.tags.extend(tags.map(str::to_owned));
        }
        Field::Source => article.source = Some(value.to_owned()),
        Field::Author => article.byline = Some(value.to_owned()),
    }
}

/// The index of the title among the lines before the lead: the one beside the stamp, else the first that is no menu.
fn title(top: &[Line<'_>]) -> Option<usize> {
    let headings: Vec<usize> = (0..top.len()).filter(|&at| top.get(at).is_some_and(Line::could_be_title)).collect();
    let long = |at: &usize| top.get(*at).is_some_and(|line| line.chars >= line::SHORT);
    let any_long = headings.iter().any(long);
    let mut candidates = headings.iter().copied().filter(|at| !any_long || long(at));
    let stamp = top.iter().position(|line| matches!(line.kind, Kind::Stamp(Stamp { banner: false, .. })));
    match stamp {
        Some(stamp) => candidates.clone().rfind(|at| *at < stamp).or_else(|| candidates.find(|at| *at > stamp)),
        None => candidates.next(),
    }
}

/// The stamp beside the title: one that says it is the day of publication, else the first with a time, else the first.
/// The banner of the page never is.
fn published(top: &[Line<'_>]) -> Option<Date> {
    let stamps = || {
        top.iter().filter_map(|line| match &line.kind {
            Kind::Stamp(stamp) if !stamp.banner => Some(stamp),
            _ => None,
        })
    };
    let best = stamps().find(|stamp| stamp.says_published).or_else(|| stamps().find(|s| s.date.minute.is_some()));
    best.or_else(|| stamps().next()).map(|stamp| stamp.date.clone())
}

/// Splits "09:05 04/12/2024 Sáng 4/12, …" into the stamp and the lead.
pub(in crate::ingest) fn glued_stamp(lead: &str) -> (Option<Date>, &str) {
    let stamp = dates::find(lead).into_iter().next().filter(|date| date.form == Form::Stamp && date.span.start == 0);
    let split = stamp.and_then(|stamp| {
        let rest = lead.get(stamp.span.end..)?;
        Some((stamp.date(lead, None)?, rest.trim_start_matches([' ', '-', '–', '|', ',', ':'])))
    });
    split.map_or((None, lead), |(date, rest)| (Some(date), rest))
}

/// Adds a line as a block; a credit ("Ảnh: …") joins the line above it, which it makes a caption.
fn push(blocks: &mut Vec<Block>, kind: BlockKind, line: &Line<'_>) {
    match blocks.last_mut() {
        Some(last) if matches!(last.kind, BlockKind::Caption | BlockKind::Heading) && caption::is_credit(line.text) => {
            last.kind = BlockKind::Caption;
            last.text.push('\n');
            last.text.push_str(line.text);
        }
        _ => blocks.push(Block::new(kind, line.text)),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
