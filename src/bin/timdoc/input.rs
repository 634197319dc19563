//! Files and folders to articles.

pub mod pages;
mod take;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use rayon::prelude::*;
use serde::Serialize;
use timdoc::article::Article;
use timdoc::bundle::manifest::MANIFEST;
use timdoc::ingest::html::Outcome;
use timdoc::ingest::site::Site;
use timdoc::ingest::{self, Format, Ingested};
use timdoc::{Error, Result};

use super::progress::Progress;
use pages::Pages;
use take::Taker;

/// What could not become an article, and why.
#[derive(Debug, Serialize)]
pub struct Skipped {
    /// The error's stable code.
    pub code: &'static str,
    /// What, where, how to mend it.
    pub reason: String,
}

/// All articles of the input, and what was left out.
#[derive(Default)]
pub struct Input {
    /// The articles, in the order of the files' paths.
    pub articles: Vec<Article>,
    /// Files and lines that could not be read.
    pub skipped: Vec<Skipped>,
    /// What could not be read of articles that are whole without it: dates that are none.
    pub remarks: Vec<Skipped>,
    /// Web pages that are no articles of their own: lists, pages without text, further copies.
    pub left_out: Vec<NoArticle>,
    /// Files in folders that are of other kinds: pictures, styles.
    pub other_files: usize,
    /// What each file became, when that is asked for.
    pub files: Vec<Became>,
}

/// A web page that is no article of its own.
#[derive(Debug, Clone, Serialize)]
pub struct NoArticle {
    /// The file.
    pub file: String,
    /// `listing`, `empty`, `left_out` or `duplicate`; `beside` for what a file holds beside articles, counted.
    pub kind: &'static str,
    /// Why it is taken for that.
    pub reason: String,
}

/// What a file became, or one article of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Became {
    /// The file.
    pub file: String,
    /// `article`, `attachment` (a title and files only), `listing`, `empty`, `left_out`, `duplicate`, `beside` or `error`.
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What could not be read of the article.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// How the input is read.
#[derive(Debug, Default, Clone, Copy)]
pub struct Options<'o> {
    /// What is said of the web pages' site, instead of a `timdoc.toml` in their folder.
    pub config: Option<&'o Path>,
    /// List what each file becomes, and keep no article.
    pub list_only: bool,
}

/// A file of the input, and the folder that was named or that it lies in.
#[derive(Debug, Default)]
pub struct Found {
    pub path: PathBuf,
    pub folder: PathBuf,
    /// It is a web page, by its name or, where that says nothing, by how it begins.
    pub page: bool,
}

/// Files that are read side by side before their articles are taken in.
const BATCH: usize = 256;

/// Reads files, folders, and standard input where a path is `-`. The folder `out` is passed over, as an earlier bundle
/// may lie in the input. `progress` is told how much of them is read.
pub fn read(paths: &[PathBuf], out: &Path, options: Options<'_>, progress: &mut Progress) -> Result<Input> {
    let mut input = Input::default();
    let mut files = list(paths, out, &mut input)?;
    let pages = Pages::look(&files, options.config)?;
    pages.put_in_order(&mut files);
    let sizes: Vec<u64> =
        files.iter().map(|file| std::fs::metadata(&file.path).map_or(0, |found| found.len())).collect();
    let (mut bytes, all) = (0, sizes.iter().sum());
    let mut taker = Taker::new(input, &files, options.list_only);
    let numbers: Vec<usize> = (0..files.len()).collect();
    let is_lines = |file: &usize| Format::of(&files[*file].path.to_string_lossy()) == Ok(Format::JsonLines);
    for same in numbers.chunk_by(|a, b| !is_lines(a) && !is_lines(b)) {
        if let [file] = same
            && is_lines(file)
        {
            taker.take_lines(*file, &mut |of_file, articles| progress.read(bytes + of_file, all, articles));
            bytes += sizes[*file];
            continue;
        }
        for batch in same.chunks(BATCH) {
            let read: Vec<OfFile> = batch.par_iter().map(|file| read_file(&files[*file], &pages)).collect();
            for (file, read) in batch.iter().zip(read) {
                match read {
                    OfFile::Articles(articles, beside) => {
                        taker.take(*file, articles);
                        taker.take_beside(*file, &beside);
                    }
                    OfFile::Page(page) => taker.take_page(*file, page),
                }
                bytes += sizes[*file];
            }
            progress.read(bytes, all, taker.input.articles.len());
        }
    }
    Ok(taker.input)
}

/// What one file holds.
enum OfFile {
    /// Articles, and what it holds beside them.
    Articles(Vec<Result<Ingested>>, Vec<(&'static str, usize)>),
    Page(Result<Outcome>),
}

/// All articles of one file or of standard input, and what is wrong with it.
fn read_file(file: &Found, pages: &Pages) -> OfFile {
    let path = &file.path;
    let (mut articles, mut beside) = (Vec::new(), Vec::new());
    if is_standard_input(path) {
        ingest::read_pipe(STANDARD_INPUT, io::stdin().lock(), &mut |article| articles.push(article));
        return OfFile::Articles(articles, beside);
    }
    if file.page {
        return OfFile::Page(pages.read(file));
    }
    match File::open(path) {
        Ok(file) => {
            let (name, mut sink) = (path.to_string_lossy(), |article| articles.push(article));
            let nothing_said = Site::default();
            let site = pages.of_archive(path).unwrap_or(&nothing_said);
            ingest::read_file(&name, file, site, &mut sink, &mut |what, count| beside.push((what, count)));
        }
        Err(error) => articles.push(Err(Error::io("read", path.display(), &error))),
    }
    OfFile::Articles(articles, beside)
}

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";

/// What a path is called in messages.
fn place(path: &Path) -> String {
    if is_standard_input(path) { STANDARD_INPUT.to_owned() } else { path.display().to_string() }
}

/// Whether a path stands for standard input. A file of that name is `./-`.
fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

impl Input {
    fn skip(&mut self, error: &Error) {
        self.skipped.push(Skipped { code: error.code(), reason: error.to_string() });
    }
}

/// The files to read, in the order of their paths. A file that is named is always read; in a folder, those whose
/// name is of a kind that is known.
fn list(paths: &[PathBuf], out: &Path, input: &mut Input) -> Result<Vec<Found>> {
    let out = std::fs::canonicalize(out).ok();
    let mut files = Vec::new();
    for path in paths {
        if is_standard_input(path) {
            files.push(alone(path));
            continue;
        }
        let kind = std::fs::metadata(path).map_err(|error| Error::io("read", path.display(), &error))?;
        if kind.is_file() {
            files.push(alone(path));
            continue;
        }
        let out = out.clone();
        let walk = WalkBuilder::new(path)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .sort_by_file_path(Path::cmp)
            .filter_entry(move |entry| !is_of_bundle(entry.path(), entry.depth(), out.as_deref()))
            .build();
        for entry in walk {
            match entry {
                Err(error) => {
                    let place = path.display();
                    input.skip(&Error::input(place, format!("a folder cannot be listed ({error})")));
                }
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    match Format::of(&entry.path().to_string_lossy()) {
                        Ok(format) => {
                            let page = format == Format::Html;
                            files.push(Found { path: entry.into_path(), folder: path.clone(), page });
                        }
                        Err(_) if pages::begins_as_page(entry.path()) => {
                            files.push(Found { path: entry.into_path(), folder: path.clone(), page: true });
                        }
                        Err(_) => input.other_files += 1,
                    }
                }
                Ok(entry) if entry.path_is_symlink() => {
                    let reason = "a symbolic link, which is not followed; name what it leads to, or copy it here";
                    input.skip(&Error::input(entry.path().display(), reason));
                }
                Ok(_) => {}
            }
        }
    }
    Ok(files)
}

/// The web pages in a folder.
pub fn pages_below(folder: &Path) -> Result<Vec<Found>> {
    let mut files = list(&[folder.to_owned()], Path::new(""), &mut Input::default())?;
    files.retain(|file| file.page);
    Ok(files)
}

/// A file that was named itself.
fn alone(path: &Path) -> Found {
    let page = pages::is_page(path) || !is_standard_input(path) && pages::begins_as_page(path);
    Found { path: path.to_owned(), folder: path.parent().map(Path::to_owned).unwrap_or_default(), page }
}

/// Whether a path is the bundle's folder inside the input, or its manifest where both are one folder.
fn is_of_bundle(path: &Path, depth: usize, out: Option<&Path>) -> bool {
    let Some(out) = out else { return false };
    let is_out = |path: &Path| std::fs::canonicalize(path).is_ok_and(|path| path == out);
    if path.file_name().is_some_and(|name| name == MANIFEST) {
        return path.parent().is_some_and(is_out);
    }
    depth > 0 && is_out(path)
}
