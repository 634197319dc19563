//! Articles taken in, in the order of the files: each once, with a word on those that are left out.

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver};

use timdoc::article::Article;
use timdoc::ingest::html::{LeftOut, Outcome, Why};
use timdoc::ingest::{self, Ingested};
use timdoc::{Error, Result};

use super::{Became, Found, Input, NoArticle, Skipped, place};

/// Bytes of lines that are read as articles by one thread.
const LINES: usize = 1 << 20;
/// How many such pieces of a file may be read ahead of the one whose articles are taken in.
const AHEAD: usize = 8;

/// Takes articles in, in the order of the files.
pub(super) struct Taker<'f> {
    pub(super) input: Input,
    files: &'f [Found],
    /// In which file each id was first met.
    places: HashMap<String, usize>,
    /// In which file each web page's address, and each web page's text, was first met.
    same: HashMap<Same, usize>,
    list_only: bool,
    /// The articles that stand for pages of the web, by the address of the page.
    pages: HashMap<String, Kept>,
}

/// An article that stands for a page of the web.
struct Kept {
    /// Its place among the articles, or among the lines of a list.
    at: usize,
    file: usize,
    id: String,
    /// Characters of its text.
    text: usize,
}

/// By what two web pages are known to hold one article.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Address(String),
    Text(u64),
}

impl<'f> Taker<'f> {
    pub(super) fn new(input: Input, files: &'f [Found], list_only: bool) -> Self {
        let (places, same, pages) = (HashMap::new(), HashMap::new(), HashMap::new());
        Taker { input, files, places, same, list_only, pages }
    }

    /// Takes in a file with an article a line: lines are read here and become articles on other threads. `progress` is
    /// told how many bytes of the file are read and how many articles there are.
    pub(super) fn take_lines(&mut self, number: usize, progress: &mut dyn FnMut(u64, usize)) {
        let path = &self.files[number].path;
        let read = Cell::new(0);
        let file = match File::open(path) {
            Ok(file) => Counted { file, bytes: &read },
            Err(error) => return self.take(number, vec![Err(Error::io("read", path.display(), &error))]),
        };
        let mut pieces = VecDeque::new();
        let (mut lines, mut bytes) = (Vec::new(), 0);
        ingest::json_lines(&path.to_string_lossy(), file, &mut |place, line| {
            bytes += line.as_ref().map_or(0, |line| line.len());
            lines.push((place.to_owned(), line.map(str::to_owned)));
            if bytes >= LINES {
                bytes = 0;
                pieces.push_back(read_lines(std::mem::take(&mut lines)));
            }
            if pieces.len() > AHEAD {
                self.take_piece(number, pieces.pop_front());
                progress(read.get(), self.input.articles.len());
            }
        });
        pieces.push_back(read_lines(lines));
        pieces.into_iter().for_each(|piece| self.take_piece(number, Some(piece)));
    }

    /// Takes in the articles of a piece, once they are read.
    fn take_piece(&mut self, file: usize, piece: Option<Receiver<Vec<Result<Ingested>>>>) {
        // Nothing comes only when the thread that reads it has failed, and the whole program with it.
        let articles = piece.and_then(|piece| piece.recv().ok()).unwrap_or_default();
        self.take(file, articles);
    }

    pub(super) fn take(&mut self, file: usize, articles: Vec<Result<Ingested>>) {
        for article in articles {
            match article {
                Ok(found) => self.take_found(file, found),
                Err(error) => self.refuse(file, &error),
            }
        }
    }

    pub(super) fn take_page(&mut self, file: usize, page: Result<Outcome>) {
        let reading = match page {
            Ok(Outcome::Article(reading)) => reading,
            Ok(Outcome::LeftOut(left_out)) => return self.leave_out(file, left_out),
            Err(error) => return self.refuse(file, &error),
        };
        let address = reading.canonical.clone().map(Same::Address);
        let names = [Some(Same::Text(reading.same)), address];
        let first = names.iter().flatten().find_map(|name| self.same.get(name)).copied();
        if let Some(first) = first {
            let reason = format!("the same article as {}", place(&self.files[first].path));
            return self.leave_out(file, LeftOut { kind: Why::Duplicate, reason });
        }
        self.same.extend(names.into_iter().flatten().map(|name| (name, file)));
        self.take_found(file, reading.into());
    }

    /// Takes in an article. Of a saved page and the item of a feed that stands for it, the one with more text is kept.
    fn take_found(&mut self, file: usize, found: Ingested) {
        let key = found.article.url.as_deref().filter(|_| found.is_page).and_then(ingest::page_key);
        let text = length(&found.article);
        let id = found.article.id.clone();
        let known = key.as_ref().and_then(|key| self.pages.get(key));
        let Some(known) = known else {
            let at = self.take_article(file, found);
            if let (Some(key), Some(at)) = (key, at) {
                self.pages.insert(key, Kept { at, file, id, text });
            }
            return;
        };
        let (at, other_file, other) = (known.at, known.file, known.id.clone());
        if text <= known.text {
            self.fill(at, found.article);
            let reason = format!(
                "\"{id}\" is the same page as \"{other}\" of {}, which has no less text",
                self.name(other_file)
            );
            return self.leave_out(file, LeftOut { kind: Why::Duplicate, reason });
        }
        if id != other && self.places.contains_key(&id) {
            return self.refuse_id(file, &id);
        }
        let reason = format!("\"{other}\" is the same page as \"{id}\" of {}, which has more text", self.name(file));
        self.places.remove(&other);
        self.places.insert(id.clone(), file);
        self.remark(&found);
        if self.list_only {
            self.input.files[at] = self.became(file, found);
            let file = self.name(other_file);
            let kind = Why::Duplicate.name();
            self.input.files.push(Became { file, kind, reason: Some(reason.clone()), ..Became::default() });
        } else {
            let old = std::mem::replace(&mut self.input.articles[at], found.article);
            self.fill(at, old);
        }
        let left_out = NoArticle { file: self.name(other_file), kind: Why::Duplicate.name(), reason };
        self.input.left_out.push(left_out);
        if let Some(kept) = key.and_then(|key| self.pages.get_mut(&key)) {
            *kept = Kept { at, file, id, text };
        }
    }

    /// Gives an article what another of the same page knows beside the text.
    fn fill(&mut self, at: usize, other: Article) {
        let Some(article) = self.input.articles.get_mut(at).filter(|_| !self.list_only) else { return };
        article.published = article.published.take().or(other.published);
        article.byline = article.byline.take().or(other.byline);
        article.category = article.category.take().or(other.category);
        if article.tags.is_empty() {
            article.tags = other.tags;
        }
    }

    /// Its place among the articles, or the lines of a list; nothing when its id is another's.
    fn take_article(&mut self, file: usize, found: Ingested) -> Option<usize> {
        if self.places.contains_key(&found.article.id) {
            self.refuse_id(file, &found.article.id);
            return None;
        }
        self.places.insert(found.article.id.clone(), file);
        self.remark(&found);
        if self.list_only {
            let became = self.became(file, found);
            self.input.files.push(became);
            return Some(self.input.files.len() - 1);
        }
        self.input.articles.push(found.article);
        Some(self.input.articles.len() - 1)
    }

    fn refuse_id(&mut self, file: usize, id: &str) {
        let first = self.places.get(id).map(|first| self.name(*first)).unwrap_or_default();
        let reason = format!("the id \"{id}\" is already that of {first}; give each its own");
        self.refuse(file, &Error::input(self.name(file), reason));
    }

    fn remark(&mut self, found: &Ingested) {
        let said = found.remarks.iter().map(|error| Skipped { code: error.code(), reason: error.to_string() });
        self.input.remarks.extend(said);
    }

    /// The line of a list for an article.
    fn became(&self, file: usize, found: Ingested) -> Became {
        let article = found.article;
        let has_text = article.lead.is_some() || !article.blocks.is_empty();
        Became {
            file: self.name(file),
            kind: if has_text || article.attachments.is_empty() { "article" } else { "attachment" },
            date: article.published.as_ref().map(timdoc::article::Date::iso),
            blocks: Some(article.blocks.len() + usize::from(article.lead.is_some())),
            attachments: Some(article.attachments.len()),
            id: Some(article.id),
            title: Some(article.title),
            reason: None,
            remarks: found.remarks.iter().map(ToString::to_string).collect(),
        }
    }

    /// What a file is called in messages.
    fn name(&self, file: usize) -> String {
        place(&self.files[file].path)
    }

    fn leave_out(&mut self, file: usize, left_out: LeftOut) {
        self.take_no_article(file, left_out.kind.name(), left_out.reason);
    }

    /// What a file holds beside articles: revisits, pictures, drafts.
    pub(super) fn take_beside(&mut self, file: usize, beside: &[(&'static str, usize)]) {
        for (what, count) in beside {
            self.take_no_article(file, "beside", format!("{count} {what}"));
        }
    }

    fn take_no_article(&mut self, file: usize, kind: &'static str, reason: String) {
        let found = NoArticle { file: place(&self.files[file].path), kind, reason };
        if self.list_only {
            let NoArticle { file, kind, reason } = found.clone();
            self.input.files.push(Became { file, kind, reason: Some(reason), ..Became::default() });
        }
        self.input.left_out.push(found);
    }

    fn refuse(&mut self, file: usize, error: &Error) {
        if self.list_only {
            let file = place(&self.files[file].path);
            self.input.files.push(Became { file, kind: "error", reason: Some(error.to_string()), ..Became::default() });
        }
        self.input.skip(error);
    }
}

/// Characters of an article's text.
fn length(article: &Article) -> usize {
    let blocks = article.blocks.iter().map(|block| block.text.as_str());
    article.lead.as_deref().into_iter().chain(blocks).map(|text| text.chars().count()).sum()
}

/// A file that counts what is read of it.
struct Counted<'c> {
    file: File,
    bytes: &'c Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

/// Lets another thread read lines, each with its place, as articles.
fn read_lines(lines: Vec<(String, Result<String>)>) -> Receiver<Vec<Result<Ingested>>> {
    let (sender, receiver) = mpsc::channel();
    rayon::spawn(move || {
        let article =
            |(place, line): (String, Result<String>)| line.and_then(|line| ingest::json_record(&place, &line));
        // It is not received only when the program ends.
        let _ = sender.send(lines.into_iter().map(article).collect());
    });
    receiver
}
