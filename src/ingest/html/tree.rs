//! HTML as a tree in one array, in the order of the page, for any bytes in linear time and memory.
//!
//! A node's descendants are the nodes between it and its `end`, so every walk is a loop: nothing here is recursive.
//! Not all of the standard's tree construction is needed to read text, and some of it must not be had on pages that
//! nobody has checked: re-opening formatting elements makes n² nodes of `<p><font color=1><p><font color=2>…`, looking
//! for an open `<p>` takes n² steps in n nested elements, and so does comparing n attributes of a tag. What is kept:
//! elements that end others (`<li>` a `<li>`, a block a `<p>`, a cell a cell), end tags that close what is open inside,
//! but not across a table's cell, raw text, and character references as the standard has them. Elements nested deeper
//! than [`DEEPEST`] lie flat beside each other.

use std::borrow::Cow;

use super::tag::Tag;

/// The deepest nesting that is kept.
const DEEPEST: usize = 400;
/// The most attributes of an element that are kept.
const MOST_ATTRIBUTES: usize = 48;
/// The longest attribute that is kept, in bytes; longer ones are pictures and data of scripts.
const LONGEST_ATTRIBUTE: usize = 4096;

/// The number of a node in its tree.
pub(super) type Id = usize;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree<'h> {
    nodes: Vec<Node<'h>>,
    attributes: Vec<(&'h str, Cow<'h, str>)>,
}

#[derive(Debug)]
struct Node<'h> {
    tag: Tag,
    /// The element's name as written.
    name: &'h str,
    parent: u32,
    /// The number after that of the last descendant.
    end: u32,
    attributes: (u32, u32),
    /// The text of a run of text and of raw elements.
    text: Cow<'h, str>,
}

impl<'h> Tree<'h> {
    /// Reads a page.
    pub(super) fn parse(html: &'h str) -> Self {
        Builder::new(html).run()
    }

    /// How many nodes there are; the first, 0, is the root.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn tag(&self, id: Id) -> Tag {
        self.nodes.get(id).map_or(Tag::Root, |node| node.tag)
    }

    /// The element's name as written, in either case.
    pub(super) fn name(&self, id: Id) -> &'h str {
        self.nodes.get(id).map_or("", |node| node.name)
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.nodes.get(id).filter(|_| id > 0).map(|node| node.parent as Id)
    }

    /// The number after that of the last descendant.
    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(id, |node| node.end as Id)
    }

    /// The text of a run of text, and of `script` and `title`.
    pub(super) fn own_text(&self, id: Id) -> &str {
        self.nodes.get(id).map_or("", |node| &node.text)
    }

    /// The children of a node, in order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let end = self.end(id);
        let first = (id + 1 < end).then_some(id + 1);
        std::iter::successors(first, move |&child| Some(self.end(child).max(child + 1)).filter(|&next| next < end))
    }

    /// The ancestors of a node, the nearest first, without the root.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.parent(id), |&id| self.parent(id)).filter(|&id| id > 0)
    }

    /// The value of an attribute, given in small letters.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        self.attributes(id).iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }

    /// All attributes of an element that are kept.
    pub(super) fn attributes(&self, id: Id) -> &[(&'h str, Cow<'h, str>)] {
        let range = self.nodes.get(id).map_or((0, 0), |node| node.attributes);
        self.attributes.get(range.0 as usize..range.1 as usize).unwrap_or_default()
    }

    /// The words of the attribute `class`.
    pub(super) fn classes(&self, id: Id) -> impl Iterator<Item = &str> {
        self.attribute(id, "class").unwrap_or_default().split_ascii_whitespace()
    }

    /// All text below a node as one string, nothing between its runs.
    pub(super) fn text_below(&self, id: Id) -> String {
        let inner = self.nodes.get(id..self.end(id)).unwrap_or_default();
        inner.iter().filter(|node| matches!(node.tag, Tag::Text | Tag::Title)).map(|node| node.text.as_ref()).collect()
    }
}

/// Reads a page from left to right.
struct Builder<'h> {
    html: &'h str,
    /// The byte that is read next.
    at: usize,
    tree: Tree<'h>,
    /// The elements that are open, the root first.
    open: Vec<Id>,
    /// How many elements are open that lie flat because they are nested too deep.
    flat: usize,
    /// Raw elements of which no further end tag comes.
    endless: Vec<&'h str>,
}

impl<'h> Builder<'h> {
    fn new(html: &'h str) -> Self {
        let root = Node { tag: Tag::Root, name: "", parent: 0, end: 1, attributes: (0, 0), text: Cow::Borrowed("") };
        let tree = Tree { nodes: vec![root], attributes: Vec::new() };
        Builder { html, at: 0, tree, open: vec![0], flat: 0, endless: Vec::new() }
    }

    fn run(mut self) -> Tree<'h> {
        while self.at < self.html.len() {
            let rest = self.rest();
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                self.text(rest.get(..text).unwrap_or_default());
                self.at += text;
                continue;
            }
            self.markup(rest);
        }
        self.close_to(0);
        let end = self.tree.nodes.len() as u32;
        if let Some(root) = self.tree.nodes.first_mut() {
            root.end = end;
        }
        self.tree
    }

    fn rest(&self) -> &'h str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Reads what begins with `<`.
    fn markup(&mut self, rest: &'h str) {
        let bytes = rest.as_bytes();
        match (bytes.get(1).copied().unwrap_or_default(), bytes.get(2).copied().unwrap_or_default()) {
            (b'!', b'-') if rest.starts_with("<!--") => {
                let comment = rest.get(4..).unwrap_or_default();
                let length = match () {
                    () if comment.starts_with('>') => 1,
                    () if comment.starts_with("->") => 2,
                    () => comment.find("-->").map_or(comment.len(), |end| end + 3),
                };
                self.at += 4 + length;
            }
            (b'!' | b'?', _) => self.at += rest.find('>').map_or(rest.len(), |end| end + 1),
            (b'/', second) if second.is_ascii_alphabetic() => {
                let name = name(rest.get(2..).unwrap_or_default());
                self.at += 2 + name.len();
                self.attributes(false);
                self.end_tag(name);
            }
            (b'/', _) => self.at += rest.find('>').map_or(rest.len(), |end| end + 1),
            (first, _) if first.is_ascii_alphabetic() => {
                let name = name(rest.get(1..).unwrap_or_default());
                self.at += 1 + name.len();
                self.start_tag(name);
            }
            _ => {
                self.text("<");
                self.at += 1;
            }
        }
    }

    fn text(&mut self, raw: &'h str) {
        let text = htmlize::unescape(raw);
        self.push(Tag::Text, "", (0, 0), text);
    }

    /// Adds a node to the innermost open element.
    fn push(&mut self, tag: Tag, name: &'h str, attributes: (u32, u32), text: Cow<'h, str>) -> Id {
        let id = self.tree.nodes.len();
        let parent = self.open.last().copied().unwrap_or_default() as u32;
        self.tree.nodes.push(Node { tag, name, parent, end: id as u32 + 1, attributes, text });
        id
    }

    fn start_tag(&mut self, name: &'h str) {
        let from = self.tree.attributes.len() as u32;
        let closed = self.attributes(true);
        let attributes = (from, self.tree.attributes.len() as u32);
        let tag = Tag::of(name);
        let again = matches!(tag, Tag::Html | Tag::Body) && self.open.iter().any(|&id| self.tree.tag(id) == tag);
        if again {
            return;
        }
        self.end_before(tag);
        if Tag::is_raw(name) {
            let raw = self.raw(name);
            let text = match tag {
                Tag::Title => htmlize::unescape(raw),
                Tag::Script => Cow::Borrowed(raw),
                _ => Cow::Borrowed(""),
            };
            self.push(tag, name, attributes, text);
            return;
        }
        let id = self.push(tag, name, attributes, Cow::Borrowed(""));
        // In HTML `<div/>` opens a div; in SVG and the names of Office it does not.
        let empty = Tag::is_void(name) || closed && (name.contains(':') || self.in_unseen());
        if empty {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.flat += 1;
        } else {
            self.open.push(id);
        }
    }

    fn in_unseen(&self) -> bool {
        self.open.iter().rev().any(|&id| self.tree.tag(id) == Tag::Unseen)
    }

    /// The characters up to the end tag of a raw element, which is passed.
    fn raw(&mut self, name: &'h str) -> &'h str {
        let rest = self.rest();
        let known_endless = self.endless.iter().any(|other| other.eq_ignore_ascii_case(name));
        let end = if known_endless { None } else { end_of_raw(rest, name) };
        let Some(end) = end else {
            // Its end tag is missing: it holds the text up to the next tag, a script all the rest.
            if !known_endless {
                self.endless.push(name);
            }
            let seen = if matches!(Tag::of(name), Tag::Script | Tag::Unseen) { rest.len() } else { 0 };
            self.at += seen;
            return "";
        };
        self.at += end + 2 + name.len();
        self.attributes(false);
        rest.get(..end).unwrap_or_default()
    }

    /// Ends the elements that one of this kind ends.
    fn end_before(&mut self, tag: Tag) {
        match tag {
            Tag::Li => self.end_nearest(&[Tag::Li], &[Tag::Ul, Tag::Ol, Tag::Cell, Tag::Table]),
            Tag::Term => self.end_nearest(&[Tag::Term], &[Tag::Dl, Tag::Cell, Tag::Table]),
            Tag::Cell => self.end_nearest(&[Tag::Cell], &[Tag::Row, Tag::Table]),
            Tag::Row => self.end_nearest(&[Tag::Row], &[Tag::Rows, Tag::Table]),
            Tag::Rows => self.end_nearest(&[Tag::Rows], &[Tag::Table]),
            Tag::A => self.end_nearest(&[Tag::A], &[Tag::Cell, Tag::Table]),
            Tag::Body => self.end_nearest(&[Tag::Head], &[]),
            _ => {}
        }
        if tag.is_block() {
            self.end_nearest(&[Tag::P], &[Tag::Cell, Tag::Table, Tag::TableCaption]);
        }
    }

    /// Closes the innermost open element of these kinds, unless one of the others lies inside it. Of a paragraph or
    /// heading, only when nothing but inline elements is open in it.
    fn end_nearest(&mut self, kinds: &[Tag], fences: &[Tag]) {
        let paragraph = kinds.contains(&Tag::P);
        for depth in (1..self.open.len()).rev() {
            let tag = self.open.get(depth).map_or(Tag::Root, |&id| self.tree.tag(id));
            if kinds.contains(&tag) {
                self.close_to(depth);
                return;
            }
            if fences.contains(&tag) || paragraph && tag.is_block() {
                return;
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        if self.flat > 0 {
            self.flat -= 1;
            return;
        }
        let tag = Tag::of(name);
        if matches!(tag, Tag::Html | Tag::Body) {
            return;
        }
        if tag == Tag::Br {
            self.push(Tag::Br, "br", (0, 0), Cow::Borrowed(""));
            return;
        }
        let inline = !tag.is_block() && tag != Tag::A && tag != Tag::Unseen;
        for depth in (1..self.open.len()).rev() {
            let Some(&id) = self.open.get(depth) else { return };
            if self.tree.name(id).eq_ignore_ascii_case(name) {
                self.close_to(depth);
                return;
            }
            let fence = match self.tree.tag(id) {
                Tag::Table => tag != Tag::Table && !matches!(tag, Tag::Unseen),
                Tag::Cell | Tag::TableCaption => !matches!(tag, Tag::Table | Tag::Rows | Tag::Row | Tag::Cell),
                // `<b><p>…</b>…</p>`: the end of an inline element does not end a block.
                other => inline && other.is_block(),
            };
            if fence {
                return;
            }
        }
    }

    /// Closes the open elements from a depth on; the root stays.
    fn close_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len() as u32;
        for id in self.open.drain(depth.max(1).min(self.open.len())..) {
            if let Some(node) = self.tree.nodes.get_mut(id) {
                node.end = end;
            }
        }
    }

    /// Reads the attributes of a tag and its `>`; true when it ends with `/>`. They are kept when `keep` says so.
    fn attributes(&mut self, keep: bool) -> bool {
        let bytes = self.html.as_bytes();
        let byte = |at: usize| bytes.get(at).copied();
        let mut closed = false;
        let mut kept = 0;
        while let Some(first) = byte(self.at) {
            match first {
                b'>' => {
                    self.at += 1;
                    return closed;
                }
                b'/' => {
                    closed = true;
                    self.at += 1;
                    continue;
                }
                _ if first.is_ascii_whitespace() => {
                    self.at += 1;
                    continue;
                }
                _ => closed = false,
            }
            let rest = self.rest();
            // The first character belongs to the name even when it is "=".
            let length = rest.bytes().skip(1).position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
            let key = rest.get(..length.map_or(rest.len(), |n| n + 1)).unwrap_or_default();
            self.at += key.len().max(1);
            let mut ahead = self.at;
            while byte(ahead).is_some_and(|b| b.is_ascii_whitespace()) {
                ahead += 1;
            }
            let mut value = "";
            if byte(ahead) == Some(b'=') {
                ahead += 1;
                while byte(ahead).is_some_and(|b| b.is_ascii_whitespace()) {
                    ahead += 1;
                }
                self.at = ahead;
                value = self.value();
            }
            let script = key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on"));
            if keep && !script && kept < MOST_ATTRIBUTES && value.len() <= LONGEST_ATTRIBUTE {
                kept += 1;
                self.tree.attributes.push((key, htmlize::unescape_attribute(value)));
            }
        }
        closed
    }

    /// Reads the value of an attribute.
    fn value(&mut self) -> &'h str {
        let rest = self.rest();
        let quote = rest.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
        match quote {
            Some(quote) => {
                let inner = rest.get(1..).unwrap_or_default();
                let end = inner.find(char::from(quote)).unwrap_or(inner.len());
                self.at += 1 + end + usize::from(end < inner.len());
                inner.get(..end).unwrap_or_default()
            }
            None => {
                let end = rest.bytes().position(|b| b.is_ascii_whitespace() || b == b'>').unwrap_or(rest.len());
                self.at += end;
                rest.get(..end).unwrap_or_default()
            }
        }
    }
}

/// The name at the beginning of a tag.
fn name(rest: &str) -> &str {
    let end = rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Where the end tag of a raw element begins.
fn end_of_raw(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + rest.get(from..)?.find("</")?;
        let after = rest.as_bytes().get(at + 2..)?;
        let named = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        let ended = after.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        if named && ended {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
