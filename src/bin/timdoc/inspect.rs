//! `timdoc inspect`: what a library consists of, or where the fields of a web page's article come from.

mod article;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use timdoc::Result;
use timdoc::bundle::files::Space;
use timdoc::engine::Info;
use timdoc::library::Library;

use super::out;

/// Show what a library consists of, or how a web page is read.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc inspect public/bundle\n  timdoc inspect --article mirror/tin/cau-moi.html\n  \
                  timdoc inspect mirror/ --article mirror/tin/cau-moi.html"
)]
pub struct Args {
    /// The folder of the library; with --article, the folder of the site whose pages tell what they share.
    #[arg(required_unless_present = "article")]
    dir: Option<PathBuf>,
    /// Show what each field of this web page's article is read from.
    #[arg(long, value_name = "FILE")]
    article: Option<PathBuf>,
    /// With --article: what there is to know of the site, instead of the timdoc.toml in its folder.
    #[arg(long, value_name = "FILE", requires = "article")]
    config: Option<PathBuf>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    info: Info,
    dictionary_bytes: u64,
    segments: Vec<Segment>,
}

#[derive(Serialize)]
struct Segment {
    /// Deleted ones included.
    articles: usize,
    deleted: usize,
    words: u64,
    terms: u64,
    blocks: usize,
    head_bytes: u64,
    root_bytes: usize,
    terms_bytes: u64,
    postings_bytes: u64,
    articles_bytes: u64,
    files: usize,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    if let Some(file) = &args.article {
        return article::show(file, args.dir.as_deref(), args.config.as_deref(), args.json);
    }
    let library = Library::open(args.dir.as_deref().unwrap_or(Path::new("")))?;
    let engine = library.engine();
    let segment = |(entry, segment): (&timdoc::bundle::manifest::SegmentEntry, &timdoc::bundle::segment::Segment)| {
        let head = segment.head();
        Segment {
            articles: head.articles(),
            deleted: entry.deleted.len(),
            words: head.statistics.words,
            terms: head.statistics.terms,
            blocks: head.blocks(),
            head_bytes: entry.head.bytes,
            root_bytes: head.root_size(),
            terms_bytes: head.files.length(Space::Terms),
            postings_bytes: head.files.length(Space::Postings),
            articles_bytes: head.files.length(Space::Articles),
            files: head.files.all().count(),
        }
    };
    let manifest = engine.manifest();
    let report = Report {
        info: engine.info(),
        dictionary_bytes: manifest.dictionaries().into_iter().map(|entry| entry.bytes).sum(),
        segments: manifest.segments.iter().zip(engine.segments()).map(segment).collect(),
    };
    if args.json {
        out::json(&report)?
    } else {
        out::write(&show(&report))?
    }
    Ok(ExitCode::SUCCESS)
}

fn show(report: &Report) -> String {
    let info = &report.info;
    let dates = match (&info.from, &info.to) {
        (Some(from), Some(to)) => format!("{} to {}", out::day(from), out::day(to)),
        _ => "undated".to_owned(),
    };
    let mut text = format!(
        "articles    {}\npublished   {dates}\nfields      {}\nall files   {}\ndictionary  {}\n",
        out::number(info.articles as usize),
        info.fields.join(", "),
        out::size(info.bytes),
        out::size(report.dictionary_bytes),
    );
    for (number, segment) in (1..).zip(&report.segments) {
        text += &format!(
            "segment {number}\n  articles  {} in {}\n  words     {}\n  terms     {} in {} blocks, {}\n  \
             postings  {}\n  head      {}, of which root {}\n  files     {}\n",
            deleted(segment),
            out::size(segment.articles_bytes),
            out::number(segment.words as usize),
            out::number(segment.terms as usize),
            out::number(segment.blocks),
            out::size(segment.terms_bytes),
            out::size(segment.postings_bytes),
            out::size(segment.head_bytes),
            out::size(segment.root_bytes as u64),
            segment.files + 1,
        );
    }
    text
}

/// How many articles a segment has, and how many of them are deleted.
fn deleted(segment: &Segment) -> String {
    match segment.deleted {
        0 => out::number(segment.articles),
        deleted => format!("{} ({} of them deleted)", out::number(segment.articles), out::number(deleted)),
    }
}
