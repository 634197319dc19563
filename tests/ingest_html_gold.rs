//! Titles, dates and bodies of a provincial portal's pages, when they lie beside the project: read without a word said
//! of the site.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else
#![cfg(feature = "cli")]

#[path = "support/token_f1.rs"]
mod token_f1;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde_json::Value;
use timdoc::ingest::html::{self, Look, Outcome, Page, SAMPLE, Sample, Shared};
use timdoc::ingest::site::Site;
use unicode_normalization::UnicodeNormalization;

/// The pages, by their names in the archive.
fn pages(archive: &Path) -> BTreeMap<String, String> {
    let packed = std::fs::File::open(archive).unwrap();
    let mut decoder = zstd::stream::read::Decoder::new(packed).unwrap();
    decoder.window_log_max(27).unwrap();
    let mut bytes = Vec::new();
    decoder.read_to_end(&mut bytes).unwrap();
    files_of_tar(&bytes)
}

/// The plain files of a tar archive, with the long names of GNU and POSIX.
fn files_of_tar(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = |field: &[u8]| String::from_utf8_lossy(field).trim_matches(['\0', ' ']).to_owned();
    let mut files = BTreeMap::new();
    let (mut at, mut long) = (0, None);
    while let Some(header) = bytes.get(at..at + 512).filter(|header| header[0] != 0) {
        let size = usize::from_str_radix(&text(&header[124..136]), 8).unwrap();
        let content = &bytes[at + 512..at + 512 + size];
        match header[156] {
            b'L' => long = Some(text(content)),
            b'x' => {
                let records = text(content);
                long = records.lines().find_map(|line| line.split_once(" path=").map(|(_, path)| path.to_owned()));
            }
            b'0' | 0 => {
                let short = text(&header[..100]);
                let prefix = text(&header[345..500]);
                let name = if prefix.is_empty() { short } else { format!("{prefix}/{short}") };
                files.insert(long.take().unwrap_or(name), String::from_utf8_lossy(content).into_owned());
            }
            _ => long = None,
        }
        at += 512 + size.div_ceil(512) * 512;
    }
    files
}

#[test]
fn a_portal_that_nothing_was_said_of_is_read_better_than_by_general_extractors() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let (archive, gold) = (shared.join("html_dakrlap.tar.zst"), shared.join("html_dakrlap.gold.jsonl"));
    if !archive.is_file() || !gold.is_file() {
        println!("skipped: {} is not there", archive.display());
        return;
    }
    let pages = pages(&archive);
    let by_name: BTreeMap<&str, &str> =
        pages.iter().map(|(name, html)| (name.rsplit('/').next().unwrap(), html.as_str())).collect();
    let mut sample = Sample::default();
    by_name.values().take(SAMPLE).for_each(|html| sample.add(Look::at(html)));
    let site = sample.shared();
    let gold = std::fs::read_to_string(gold).unwrap();
    let of_site = figures(&gold, &by_name, &site);
    println!("with its site: {of_site:?}");
    assert!(of_site.pages >= 90 && of_site.title >= 0.97 && of_site.date >= 0.97 && of_site.body_f1 >= 0.98);
    let alone = figures(&gold, &by_name, &Shared::default());
    println!("each page alone: {alone:?}");
    assert!(alone.title >= FLOOR && alone.date >= FLOOR && alone.body_f1 >= FLOOR);
}

/// The site's own template marks the title of an article and of nothing else; what is read knows nothing of that.
fn is_article(html: &str) -> bool {
    let Some((_, rest)) = html.split_once("<p class=\"Title\">") else { return false };
    rest.split('<').next().is_some_and(|title| !title.trim().is_empty())
}

#[test]
fn pages_that_are_no_articles_are_left_out_and_hardly_another() {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/html_dakrlap.tar.zst");
    if !archive.is_file() {
        println!("skipped: {} is not there", archive.display());
        return;
    }
    let pages = pages(&archive);
    let mut sample = Sample::default();
    pages.values().take(SAMPLE).for_each(|html| sample.add(Look::at(html)));
    let shared = sample.shared();
    let (mut right, mut wrong, mut lost) = (0, Vec::new(), Vec::new());
    for (name, html) in &pages {
        let name = name.rsplit('/').next().unwrap();
        let page = Page { place: name, id: name.to_owned(), path: name, address: None };
        let taken = matches!(html::article(&page, html, &shared, &Site::default()), Ok(Outcome::Article(_)));
        match (taken, is_article(html)) {
            (true, true) => right += 1,
            (true, false) => wrong.push(name),
            (false, true) => lost.push(name),
            (false, false) => {}
        }
    }
    println!("{right} articles; taken for one: {wrong:?}; left out: {lost:?}");
    // Before pages without title and day were left out: 14 wrong. A list with one entry looks like an article.
    assert!(right >= 200 && wrong.len() <= 3 && lost.len() <= 2);
}

/// What a page alone is read at least as well as.
const FLOOR: f64 = 0.95;

/// Shares of right titles and dates, and the mean of the bodies' F1.
#[derive(Debug)]
struct Figures {
    pages: usize,
    title: f64,
    date: f64,
    body_f1: f64,
}

fn figures(gold: &str, by_name: &BTreeMap<&str, &str>, shared: &Shared) -> Figures {
    let (mut titles, mut dates, mut f1, mut pages) = (0, 0, 0.0, 0);
    for line in gold.lines() {
        let want: Value = serde_json::from_str(line).unwrap();
        // Articles are NFC; the source is not everywhere.
        let field = |name: &str| want[name].as_str().unwrap_or_default().nfc().collect::<String>();
        let html = field("html");
        let name = html.rsplit('/').next().unwrap();
        let page = Page { place: name, id: name.to_owned(), path: name, address: None };
        pages += 1;
        let article = match html::article(&page, by_name[name], shared, &Site::default()) {
            Ok(Outcome::Article(found)) => found.article,
            other => {
                println!("{name}: {other:?}");
                continue;
            }
        };
        let date = article.published.as_ref().map(|date| date.iso()).unwrap_or_default();
        let blocks = article.blocks.iter().map(|block| block.text.as_str());
        let body: Vec<&str> = article.lead.as_deref().into_iter().chain(blocks).collect();
        let of_body = token_f1::token_f1(&body.join("\n"), &field("body"));
        titles += u32::from(article.title == field("title"));
        dates += u32::from(date.starts_with(&field("date")));
        f1 += of_body;
        if article.title != field("title") || !date.starts_with(&field("date")) || of_body < 0.97 {
            println!(
                "{name}: {of_body:.3} {date} {:?}\n    want {} {:?}",
                article.title,
                field("date"),
                field("title")
            );
        }
    }
    let share = |n: f64| n / pages as f64;
    Figures { pages, title: share(f64::from(titles)), date: share(f64::from(dates)), body_f1: share(f1) }
}
