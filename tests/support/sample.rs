//! The articles of www/sample, and what is known of them.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used)] // a test may: this is not compiled into anything else

use std::path::{Path, PathBuf};

use serde_json::Value;
use timdoc::article::Article;

/// A path in the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder of the data beside the project; `None`, after saying so, when it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = project("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: ../shared is not here");
    None
}

/// Reads every article of a file.
pub fn read(path: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    let bytes = std::fs::read(path).unwrap();
    timdoc::ingest::read(&path.to_string_lossy(), &bytes, &mut |article| articles.push(article.unwrap()));
    articles
}

/// Reads every article of www/sample, in the order of the files' names.
pub fn sample() -> Vec<Article> {
    let entries = std::fs::read_dir(project("www/sample")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| read(path)).collect()
}

/// The ids of the sample's articles that cite a document, as a careful reader noted them.
pub fn citing(number: &str) -> Vec<String> {
    let text = std::fs::read_to_string(project("tests/fixtures/sample_expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let cites = |article: &Value| article["documents"].as_array().unwrap().iter().any(|document| document == number);
    let articles = expected["articles"].as_object().unwrap().iter();
    let files = articles.filter(|(_, article)| cites(article)).map(|(file, _)| file);
    files.map(|file| Path::new(file).file_stem().unwrap().to_string_lossy().into_owned()).collect()
}
