//! A page as the rules that look for its article see it: its lines, and what each looks like on its own.

use std::collections::HashSet;

use crate::article::BlockKind;
use crate::ingest::text::chrome::{Chrome, Field};
use crate::ingest::text::line::{self, Kind, Line};
use crate::ingest::text::stamp::Stamp;

use super::address;
use super::hints::{self, Hint, Hints};
use super::pieces::{self, Piece};
use super::shared::Shared;
use super::tag::Tag;
use super::tree::{Id, Tree};

/// What a line is, by its words.
#[derive(Debug, Clone)]
pub(super) enum Role {
    Text,
    Stamp(Stamp),
    /// A button or an entry of a menu.
    Button,
    /// The head of a list of other articles, of a form for comments.
    EndsArticle,
    Field(Field, String),
}

/// A line of a page.
#[derive(Debug)]
pub(super) struct Seen {
    pub piece: Piece,
    pub role: Role,
    /// It is on many pages of the site.
    pub shared: bool,
    /// It lies in a part of the page around the article.
    pub around: bool,
    /// Only a lead or a paragraph can be this.
    pub prose: bool,
    /// How much it says for the element it is in being the body.
    pub weight: usize,
    /// It is a link to a file.
    pub file: bool,
}

impl Seen {
    /// True for a line that an article's text may hold.
    pub(super) fn is_own(&self) -> bool {
        !self.shared && !self.around && matches!(self.role, Role::Text)
    }

    /// True for an own line that is no link to another page.
    pub(super) fn is_text(&self) -> bool {
        self.is_own() && !self.piece.is_link()
    }
}

/// A page.
pub(super) struct View<'t, 'h> {
    pub tree: &'t Tree<'h>,
    pub hints: Hints,
    pub lines: Vec<Seen>,
    /// So many pages of the site were looked at that what they share says something.
    pub site_is_known: bool,
    /// Sums of the weights of the lines before each.
    sums: Vec<usize>,
    /// The elements around the article, each with its end.
    around: Vec<(Id, Id)>,
}

impl<'t, 'h> View<'t, 'h> {
    pub(super) fn new(tree: &'t Tree<'h>, shared: &Shared, removed: &[Id]) -> Self {
        let hints = Hints::of(tree);
        let mut lines: Vec<Seen> =
            pieces::pieces(tree, 0, removed, Some(&hints)).into_iter().map(|piece| seen(tree, piece, shared)).collect();
        mark_files(tree, &mut lines, shared);
        let site_is_known = shared.is_known();
        let mut view = View { tree, hints, site_is_known, sums: Vec::new(), lines: Vec::new(), around: Vec::new() };
        view.around = view.mark_around(&mut lines);
        let mut sum = 0;
        view.sums.push(0);
        for line in &lines {
            sum += if line.around { 0 } else { line.weight };
            view.sums.push(sum);
        }
        view.lines = lines;
        view
    }

    /// Marks the lines in elements whose names say that they are around the article, unless most of the page is in one.
    fn mark_around(&self, lines: &mut [Seen]) -> Vec<(Id, Id)> {
        let mut around = Vec::new();
        let total: usize = lines.iter().map(|line| line.weight).sum();
        let mut id = 1;
        while id < self.tree.len() {
            let hint = self.hints.own(id);
            let head = matches!(self.tree.tag(id), Tag::Header);
            if hint & hints::AROUND == 0 && !head || hint & hints::KNOWN != 0 {
                id += 1;
                continue;
            }
            let (from, to) = range(lines, id, self.tree.end(id));
            let inside = lines.get_mut(from..to).unwrap_or_default();
            let weight: usize = inside.iter().map(|line| line.weight).sum();
            // The header of an article holds its title.
            let heads = head && inside.iter().any(|line| line.piece.level == 1 && !line.shared);
            let most = weight * 5 >= total * 2 && weight > 0 && hint & hints::RUNNING == 0;
            if most || heads {
                id += 1;
                continue;
            }
            inside.iter_mut().for_each(|line| line.around = true);
            around.push((id, self.tree.end(id)));
            id = self.tree.end(id).max(id + 1);
        }
        around
    }

    /// The addresses that links around the article lead to.
    pub(super) fn links_around(&self) -> HashSet<&str> {
        let nodes = self.around.iter().flat_map(|&(from, to)| from..to);
        nodes.filter(|&id| self.tree.tag(id) == Tag::A).filter_map(|id| self.tree.attribute(id, "href")).collect()
    }

    /// True for an element around the article that is in no other such.
    pub(super) fn is_around(&self, id: Id) -> bool {
        self.around.binary_search_by_key(&id, |(from, _)| *from).is_ok()
    }

    /// The lines in an element.
    pub(super) fn range(&self, id: Id) -> (usize, usize) {
        range(&self.lines, id, self.tree.end(id))
    }

    /// How much the lines in an element say for it being the body.
    pub(super) fn weight(&self, id: Id) -> usize {
        let (from, to) = self.range(id);
        self.weight_of(from, to)
    }

    pub(super) fn weight_of(&self, from: usize, to: usize) -> usize {
        let sum = |at: usize| self.sums.get(at).copied().unwrap_or_default();
        sum(to).saturating_sub(sum(from))
    }

    /// True when the line's element or one near it has the hint.
    pub(super) fn hinted(&self, line: &Seen, hint: Hint) -> bool {
        self.inline_hint(line, hint) || self.hints.near(self.tree, line.piece.node, hint)
    }

    /// True when the line's own element, the one that holds it, or an inline one in it has the hint.
    pub(super) fn is_named(&self, line: &Seen, hint: Hint) -> bool {
        let node = line.piece.node;
        let near = [Some(node), self.tree.parent(node)];
        self.inline_hint(line, hint) || near.into_iter().flatten().any(|id| self.hints.own(id) & hint != 0)
    }

    /// True when an inline element around the line's first words has the hint.
    fn inline_hint(&self, line: &Seen, hint: Hint) -> bool {
        let node = line.piece.node;
        self.tree.ancestors(line.piece.at).take_while(|&id| id >= node).any(|id| self.hints.own(id) & hint != 0)
    }

    /// The element near a line that a known system names so.
    pub(super) fn known(&self, line: &Seen, hint: Hint) -> Option<&'static str> {
        let has = |id: &Id| {
            let own = self.hints.own(*id);
            own & hint != 0 && own & hints::KNOWN != 0
        };
        self.tree.ancestors(line.piece.at).take(5).find(has).and_then(|id| Hints::system(self.tree, id))
    }
}

fn range(lines: &[Seen], from: Id, to: Id) -> (usize, usize) {
    let first = lines.partition_point(|line| line.piece.at < from);
    let end = lines.partition_point(|line| line.piece.at < to);
    (first, end.max(first))
}

fn seen(tree: &Tree<'_>, piece: Piece, shared: &Shared) -> Seen {
    let role = match line::kind(&piece.text) {
        Kind::Stamp(stamp) => Role::Stamp(stamp),
        Kind::Chrome(Chrome::Soft) => Role::Button,
        Kind::Chrome(Chrome::Hard) => Role::EndsArticle,
        Kind::Field(field, value) => Role::Field(field, value.to_owned()),
        Kind::Text => Role::Text,
    };
    let is_shared = shared.has_piece(tree, &piece);
    let of_text = Line { text: &piece.text, kind: Kind::Text, chars: piece.chars, repeated: false };
    let is_text = matches!(role, Role::Text);
    let prose = is_text && of_text.is_prose() && !piece.is_link();
    let own = piece.chars.saturating_sub(piece.linked);
    let weight = match () {
        () if is_shared || !is_text || piece.is_link() => 0,
        () if prose => own,
        () if piece.kind == BlockKind::TableRow || piece.chars >= 80 => own / 2,
        () => own / 4,
    };
    Seen { piece, role, shared: is_shared, around: false, prose, weight, file: false }
}

/// Marks the lines with links to files.
fn mark_files(tree: &Tree<'_>, lines: &mut [Seen], shared: &Shared) {
    let starts: Vec<Id> = lines.iter().map(|line| line.piece.at).collect();
    for (line, next) in lines.iter_mut().zip(starts.into_iter().skip(1).chain([tree.len()])) {
        let inside = line.piece.at..next.min(tree.end(line.piece.node));
        if line.piece.linked == 0 {
            continue;
        }
        let around = tree.ancestors(line.piece.at).take(4);
        let links = around.chain(inside).filter(|&id| tree.tag(id) == Tag::A);
        let mut files =
            links.filter_map(|id| tree.attribute(id, "href")).filter(|href| address::is_file(href)).peekable();
        line.file = files.peek().is_some();
        if line.file {
            // "Tệp đính kèm" may be on all pages, with another file on each.
            line.shared = files.all(|href| shared.has_file(href));
        }
    }
}
