//! Files and folders to articles.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use indicatif::ProgressBar;
use rayon::prelude::*;
use serde::Serialize;
use timdoc::article::Article;
use timdoc::bundle::manifest::MANIFEST;
use timdoc::ingest::{self, Format};
use timdoc::{Error, Result};

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
    /// Files in folders that are of other kinds: pictures, styles.
    pub other_files: usize,
}

/// Files that are read side by side before their articles are taken in.
const BATCH: usize = 256;

/// Reads files and folders, and standard input where a path is `-`. The folder `out` is passed over, as an earlier bundle may lie in the input.
pub fn read(paths: &[PathBuf], out: &Path, progress: &ProgressBar) -> Result<Input> {
    let mut input = Input::default();
    let files = list(paths, out, &mut input)?;
    let mut places: HashMap<String, String> = HashMap::new();
    progress.set_length(files.len() as u64);
    for batch in files.chunks(BATCH) {
        let read: Vec<Vec<Result<Article>>> = batch
            .par_iter()
            .map(|path| {
                let mut articles = Vec::new();
                read_file(path, &mut |article| articles.push(article));
                articles
            })
            .collect();
        for (path, articles) in batch.iter().zip(read) {
            for article in articles {
                input.take(article, path, &mut places);
            }
            progress.inc(1);
        }
    }
    Ok(input)
}

/// Reads the articles of one file, or of standard input.
fn read_file(path: &Path, sink: &mut dyn FnMut(Result<Article>)) {
    if is_standard_input(path) {
        return ingest::read_pipe(STANDARD_INPUT, std::io::stdin().lock(), sink);
    }
    match File::open(path) {
        Ok(file) => ingest::read_stream(&path.to_string_lossy(), file, sink),
        Err(error) => sink(Err(Error::io("read", path.display(), &error))),
    }
}

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";

/// Whether a path stands for standard input. A file of that name is `./-`.
fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

impl Input {
    fn take(&mut self, article: Result<Article>, path: &Path, places: &mut HashMap<String, String>) {
        let place = if is_standard_input(path) { STANDARD_INPUT.to_owned() } else { path.display().to_string() };
        match article {
            Ok(article) => match places.get(&article.id) {
                None => {
                    places.insert(article.id.clone(), place);
                    self.articles.push(article);
                }
                Some(first) => {
                    let reason = format!("the id \"{}\" is already that of {first}; give each its own", article.id);
                    self.skip(&Error::input(place, reason));
                }
            },
            Err(error) => self.skip(&error),
        }
    }

    fn skip(&mut self, error: &Error) {
        self.skipped.push(Skipped { code: error.code(), reason: error.to_string() });
    }
}

/// The files to read, in the order of their paths. A file that is named is always read; in a folder, those whose
/// name is of a kind that is known.
fn list(paths: &[PathBuf], out: &Path, input: &mut Input) -> Result<Vec<PathBuf>> {
    let out = std::fs::canonicalize(out).ok();
    let mut files = Vec::new();
    for path in paths {
        if is_standard_input(path) {
            files.push(path.clone());
            continue;
        }
        let kind = std::fs::metadata(path).map_err(|error| Error::io("read", path.display(), &error))?;
        if kind.is_file() {
            files.push(path.clone());
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
                        Ok(_) => files.push(entry.into_path()),
                        Err(error) if is_for_later(entry.path()) => input.skip(&error),
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

/// Whether a path is the bundle's folder inside the input, or its manifest where both are one folder.
fn is_of_bundle(path: &Path, depth: usize, out: Option<&Path>) -> bool {
    let Some(out) = out else { return false };
    let is_out = |path: &Path| std::fs::canonicalize(path).is_ok_and(|path| path == out);
    if path.file_name().is_some_and(|name| name == MANIFEST) {
        return path.parent().is_some_and(is_out);
    }
    depth > 0 && is_out(path)
}

/// Kinds of files that hold articles but are not read yet: worth a line each, unlike pictures and styles.
fn is_for_later(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    matches!(ending.as_str(), "html" | "htm" | "xml" | "rss" | "atom")
}
