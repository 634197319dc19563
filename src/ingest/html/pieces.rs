//! The lines of a page: its text cut where a reader sees a line end, each with what the markup says of it.

use crate::article::BlockKind;
use crate::ingest::clean;

use super::hints::{self, Hints};
use super::images::is_picture;
use super::tag::Tag;
use super::tree::{Id, Tree};

/// The longest cell of a table of figures, in bytes; longer ones are laid out in a table.
const LONGEST_CELL: usize = 600;

/// One line or paragraph of a page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its text, clean; `\n` where the source has `<br>`.
    pub text: String,
    /// Its length in characters.
    pub chars: usize,
    /// How many of them lie in links.
    pub linked: usize,
    /// The innermost block element that holds it.
    pub node: Id,
    /// The first run of text in it.
    pub at: Id,
    /// What the elements around it say it is.
    pub kind: BlockKind,
    /// The level of the heading it is, 1 to 6, else 0.
    pub level: u8,
    /// All of it is in bold.
    pub strong: bool,
    /// All of it is in italics.
    pub emphasis: bool,
    /// It stands in the middle.
    pub centered: bool,
    /// A picture stands between the piece before and this one.
    pub after_picture: bool,
}

impl Piece {
    /// True when nearly all of it is a link.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 5 >= self.chars * 4 && self.chars > 0
    }
}

/// All pieces below a node, in order, without the elements in `removed` (sorted) and what is hidden. Where `hints` are
/// given, inline elements that are named as date, author or category are lines of their own.
pub(super) fn pieces(tree: &Tree<'_>, below: Id, removed: &[Id], hints: Option<&Hints>) -> Vec<Piece> {
    let mut walker = Walker::new(tree, below, hints);
    let end = tree.end(below);
    let mut id = if below == 0 { 1 } else { below };
    while id < end {
        walker.leave_before(id);
        let tag = tree.tag(id);
        if tag.is_unseen() || removed.binary_search(&id).is_ok() || is_hidden(tree, id, tag) {
            id = tree.end(id);
            continue;
        }
        walker.enter(id, tag);
        id += 1;
    }
    walker.leave_before(end);
    walker.flush();
    walker.pieces
}

/// True for what a reader does not see.
pub(super) fn is_hidden(tree: &Tree<'_>, id: Id, tag: Tag) -> bool {
    if matches!(tag, Tag::Text | Tag::Br | Tag::Root | Tag::Html | Tag::Body) {
        return false;
    }
    tree.attributes(id).iter().any(|(key, value)| match *key {
        "hidden" => true,
        "style" if value.len() < 300 => {
            let has = |what: &str| value.to_ascii_lowercase().replace(' ', "").contains(what);
            (value.contains("none") || value.contains("hidden")) && (has("display:none") || has("visibility:hidden"))
        }
        "class" => value.split_ascii_whitespace().any(|class| matches!(class, "sr-only" | "screen-reader-text")),
        _ => false,
    })
}

/// What an element that is open adds to the text in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Adds {
    Block {
        centered: bool,
    },
    /// An inline element on a line of its own.
    Apart,
    Link,
    Strong,
    Emphasis,
    Cell,
    Row,
    Item,
    Quote,
    Caption,
    Heading(u8),
}

struct Walker<'t, 'h> {
    tree: &'t Tree<'h>,
    hints: Option<&'t Hints>,
    pieces: Vec<Piece>,
    /// The open elements that add something, and where each ends.
    open: Vec<(Id, Id, Adds)>,
    text: String,
    /// Characters of text that are no spaces, and how many of them lie in links, in bold, in italics.
    seen: usize,
    linked: usize,
    strong: usize,
    emphasis: usize,
    at: Id,
    below: Id,
    picture: bool,
    /// How the text before the last line break is written.
    line_before: Option<[bool; 3]>,
    /// The text ends with the end of a link.
    link_before: bool,
    /// The tables whose rows are lines, by their ends.
    rows: Vec<Id>,
}

impl<'t, 'h> Walker<'t, 'h> {
    fn new(tree: &'t Tree<'h>, below: Id, hints: Option<&'t Hints>) -> Self {
        Walker {
            tree,
            hints,
            pieces: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            seen: 0,
            linked: 0,
            strong: 0,
            emphasis: 0,
            at: below,
            below,
            picture: false,
            line_before: None,
            link_before: false,
            rows: Vec::new(),
        }
    }

    fn is_in(&self, adds: Adds) -> bool {
        self.open.iter().rev().any(|(_, _, open)| *open == adds)
    }

    /// Leaves the elements that end before a node.
    fn leave_before(&mut self, id: Id) {
        while let Some(&(_, end, adds)) = self.open.last() {
            if end > id {
                break;
            }
            self.end_line(adds);
            self.open.pop();
        }
        while self.rows.last().is_some_and(|&end| end <= id) {
            self.rows.pop();
        }
    }

    /// The end or the beginning of an element ends the line, or the cell.
    fn end_line(&mut self, adds: Adds) {
        let in_row = self.is_in(Adds::Row);
        match adds {
            Adds::Link => self.link_before = self.seen > 0 && !self.text.ends_with(char::is_whitespace),
            Adds::Strong | Adds::Emphasis => {}
            Adds::Cell if in_row => self.text.push('\t'),
            Adds::Row => self.flush(),
            _ if in_row => self.text.push(' '),
            _ => self.flush(),
        }
    }

    fn enter(&mut self, id: Id, tag: Tag) {
        let adds = match tag {
            Tag::Text => return self.add(id),
            Tag::Br => {
                // Two in a row part paragraphs.
                if self.text.trim_end_matches([' ', '\u{a0}']).ends_with('\n') && !self.is_in(Adds::Row) {
                    return self.flush();
                }
                self.text.push('\n');
                self.line_before = Some(self.style());
                return;
            }
            Tag::Img => {
                self.picture |= is_picture(self.tree, id);
                return;
            }
            Tag::Hr => return self.flush(),
            Tag::A if self.tree.attribute(id, "href").is_some() => Adds::Link,
            Tag::Strong => Adds::Strong,
            Tag::Emphasis => Adds::Emphasis,
            Tag::Table => {
                if is_of_figures(self.tree, id) {
                    self.rows.push(self.tree.end(id));
                }
                Adds::Block { centered: false }
            }
            Tag::Row if !self.rows.is_empty() => Adds::Row,
            Tag::Cell if !self.rows.is_empty() => Adds::Cell,
            Tag::Li => Adds::Item,
            Tag::Quote => Adds::Quote,
            Tag::FigureCaption | Tag::TableCaption => Adds::Caption,
            Tag::Heading(level) => Adds::Heading(level),
            Tag::Center => Adds::Block { centered: true },
            tag if tag.is_block() => Adds::Block { centered: self.is_centered(id) },
            Tag::Inline | Tag::Time if self.is_apart(id) => Adds::Apart,
            _ if self.is_bold(id) => Adds::Strong,
            _ => return,
        };
        if adds != Adds::Cell {
            self.end_line(adds);
        }
        self.open.push((id, self.tree.end(id), adds));
    }

    fn is_centered(&self, id: Id) -> bool {
        let style = self.tree.attribute(id, "style").unwrap_or_default();
        let align = self.tree.attribute(id, "align").unwrap_or_default();
        align.eq_ignore_ascii_case("center") || style.contains("center") && style.contains("text-align")
    }

    /// True for `<span class="date">`: such spans stand apart by their style alone.
    fn is_apart(&self, id: Id) -> bool {
        let named = hints::DATE | hints::AUTHOR | hints::CATEGORY;
        !self.is_in(Adds::Apart) && self.hints.is_some_and(|hints| hints.own(id) & named != 0)
    }

    fn is_bold(&self, id: Id) -> bool {
        let style = self.tree.attribute(id, "style").unwrap_or_default();
        style.contains("font-weight") && (style.contains("bold") || style.contains("700") || style.contains("600"))
    }

    /// How the text since the last line break is written, if all of it alike: bold, in italics, a link.
    fn style(&self) -> [bool; 3] {
        let all = |count: usize| self.seen > 0 && count == self.seen;
        [all(self.strong), all(self.emphasis), self.linked > 0 && self.linked >= self.seen]
    }

    /// Adds a run of text.
    fn add(&mut self, id: Id) {
        let text = self.tree.own_text(id);
        let seen = text.chars().filter(|c| !c.is_whitespace()).count();
        if seen > 0 {
            let (mut linked, mut strong, mut emphasis) = (false, false, false);
            for (_, _, adds) in &self.open {
                match adds {
                    Adds::Link => linked = true,
                    Adds::Strong | Adds::Heading(_) => strong = true,
                    Adds::Emphasis => emphasis = true,
                    _ => {}
                }
            }
            // `<b>title</b><br><i>date</i><br>text`: lines that are written differently are lines of their own.
            if let Some(before) = self.line_before.take()
                && before != [strong, emphasis, linked]
                && !self.is_in(Adds::Row)
            {
                self.flush();
            }
            if self.seen == 0 {
                self.at = id;
            }
            self.seen += seen;
            self.linked += if linked { text.chars().count() } else { 0 };
            self.strong += if strong { seen } else { 0 };
            self.emphasis += if emphasis { seen } else { 0 };
            // Links beside each other with nothing between are entries of a menu.
            if linked
                && self.link_before
                && !self.text.ends_with(char::is_whitespace)
                && !text.starts_with(char::is_whitespace)
            {
                self.text.push('\n');
            }
            self.link_before = false;
        }
        let mut rest = text;
        // Line ends of the source are spaces.
        while let Some(end) = rest.find(['\n', '\r', '\t', '\u{c}']) {
            self.text.push_str(rest.get(..end).unwrap_or_default());
            self.text.push(' ');
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        self.text.push_str(rest);
    }

    /// Ends the piece.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.seen > 0 {
            let row = self.is_in(Adds::Row);
            let level = self.open.iter().find_map(|(_, _, adds)| match adds {
                Adds::Heading(level) => Some(*level),
                _ => None,
            });
            let kind = match () {
                () if row => BlockKind::TableRow,
                () if level.is_some() => BlockKind::Heading,
                () if self.is_in(Adds::Caption) => BlockKind::Caption,
                () if self.is_in(Adds::Item) => BlockKind::ListItem,
                () if self.is_in(Adds::Quote) => BlockKind::Quote,
                () => BlockKind::Paragraph,
            };
            let block = |adds: &Adds| !matches!(adds, Adds::Link | Adds::Strong | Adds::Emphasis);
            let node = self.open.iter().rev().find(|(_, _, adds)| block(adds)).map_or(self.below, |(id, _, _)| *id);
            let mut piece = Piece {
                text: String::new(),
                chars: 0,
                linked: self.linked,
                node,
                at: self.at,
                kind,
                level: level.unwrap_or(0),
                strong: self.strong == self.seen,
                emphasis: self.emphasis == self.seen,
                centered: self.is_in(Adds::Block { centered: true }),
                after_picture: std::mem::take(&mut self.picture),
            };
            for text in paragraphs(&text, row) {
                piece.chars = text.chars().count();
                piece.linked = self.linked.min(piece.chars);
                piece.text = text;
                if piece.chars > 0 {
                    self.pieces.push(piece.clone());
                    piece.after_picture = false;
                }
            }
        }
        (self.seen, self.linked, self.strong, self.emphasis) = (0, 0, 0, 0);
        (self.line_before, self.link_before) = (None, false);
    }
}

/// The paragraphs of a text in which `\n` stands for `<br>`: cut at two in a row, and at each where its lines are
/// sentences of a text that was never marked up further.
fn paragraphs(text: &str, row: bool) -> Vec<String> {
    if row {
        let cells: Vec<_> = text.trim_end_matches(['\t', ' ', '\n']).split('\t').map(clean::line).collect();
        return vec![cells.join("\t")];
    }
    let clean = clean::text(text);
    if !clean.contains('\n') {
        return vec![clean.into_owned()];
    }
    let mut out = Vec::new();
    for part in clean.split("\n\n") {
        let lines: Vec<&str> = part.split('\n').filter(|line| !line.is_empty()).collect();
        let sentences =
            lines.iter().filter(|line| line.len() > 60 && line.ends_with(['.', '!', '?', '”', '"', ':', ';']));
        if part.len() > 300 && sentences.count() * 2 >= lines.len() {
            out.extend(lines.into_iter().map(str::to_owned));
        } else {
            out.push(lines.join("\n"));
        }
    }
    out
}

/// True for a table of figures or short words, false for one that lays out a page.
fn is_of_figures(tree: &Tree<'_>, table: Id) -> bool {
    let (mut rows, mut full, mut cells, mut bytes) = (0, 0, 0, 0);
    let end_of_row = |rows: &mut usize, full: &mut usize, cells: usize| {
        *rows += usize::from(cells > 0);
        *full += usize::from(cells > 1);
    };
    for id in table + 1..tree.end(table) {
        match tree.tag(id) {
            Tag::Table | Tag::Heading(_) | Tag::Article => return false,
            Tag::Row => {
                end_of_row(&mut rows, &mut full, cells);
                (cells, bytes) = (0, 0);
            }
            Tag::Cell => {
                cells += 1;
                bytes = 0;
            }
            Tag::Text => {
                bytes += tree.own_text(id).trim().len();
                if bytes > LONGEST_CELL {
                    return false;
                }
            }
            _ => {}
        }
    }
    end_of_row(&mut rows, &mut full, cells);
    rows >= 2 && full * 2 >= rows && full >= 2
}
