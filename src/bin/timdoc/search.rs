//! `timdoc search`: a query, or a file of queries, to results.

use std::path::PathBuf;
use std::process::ExitCode;

use timdoc::collections::SortedMap;
use timdoc::engine::{Request, Sort};
use timdoc::library::{Library, ask};
use timdoc::result::{Hit, Period, Piece, SearchResult};
use timdoc::{Error, Result};

use super::narrow::Narrow;
use super::out;

/// Search a library.
///
/// Words are all required, marks may be left out: hoc tap finds học tập. "…" is a phrase, -word excludes, | separates
/// alternatives, 01-KL/TW finds articles that cite the document.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc search public/bundle \"hoc tap va lam theo\" --filter category=\"Tin tức\" --from 1/1/2024\n  \
    timdoc search public/bundle --batch queries.tsv --limit 100 > results.tsv"
)]
pub struct Args {
    /// The folder of the library.
    dir: PathBuf,
    /// The query; empty for all articles.
    #[arg(required_unless_present = "batch", conflicts_with = "batch", allow_hyphen_values = true)]
    query: Option<String>,
    /// A file with one query a line: id, tab, query. Prints: id, tab, rank, tab, article, tab, score.
    #[arg(long, value_name = "FILE.tsv")]
    batch: Option<PathBuf>,
    /// Most results.
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Results to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    #[command(flatten)]
    narrow: Narrow,
    /// The order of the results.
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// The last word may be unfinished.
    #[arg(long)]
    prefix: bool,
    /// Change a weight of the ranking. May be repeated.
    #[arg(long = "weight", value_name = "NAME=VALUE")]
    weights: Vec<String>,
    /// Show what the score of each result is made of.
    #[arg(long)]
    explain: bool,
    /// Print the whole answer as JSON, counts of all fields included.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Order {
    Relevance,
    Newest,
    Oldest,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut request = request(args)?;
    if let Some(file) = &args.batch {
        let queries = std::fs::read_to_string(file).map_err(|error| Error::io("read", file.display(), &error))?;
        return batch(&mut Library::open(&args.dir)?, &queries, &request);
    }
    request.text = args.query.clone().unwrap_or_default();
    let result = ask(&args.dir, |library| {
        let mut request = request.clone();
        if args.json {
            request.facets = library.engine().info().fields;
            request.histogram = Some(Period::Year);
        }
        library.search(&request)
    })?;
    if args.json {
        out::json(&result)?
    } else {
        out::write(&show(&result, request.offset))?
    }
    Ok(ExitCode::SUCCESS)
}

fn request(args: &Args) -> Result<Request> {
    let mut weights = SortedMap::default();
    for weight in &args.weights {
        let wrong = || Error::BadRequest {
            option: "--weight".into(),
            reason: format!("\"{weight}\" is not NAME=VALUE with a number"),
        };
        let (name, value) = weight.split_once('=').ok_or_else(wrong)?;
        weights.insert(name.to_owned(), value.parse().map_err(|_| wrong())?);
    }
    Ok(Request {
        explain: args.explain,
        weights,
        sort: match args.sort {
            Order::Relevance => Sort::Relevance,
            Order::Newest => Sort::Newest,
            Order::Oldest => Sort::Oldest,
        },
        limit: Some(args.limit),
        offset: args.offset,
        prefix: args.prefix,
        ..args.narrow.request()?
    })
}

fn batch(library: &mut Library, queries: &str, request: &Request) -> Result<ExitCode> {
    let mut failed = false;
    let mut text = String::new();
    for (number, line) in (1..).zip(queries.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let Some((id, query)) = line.split_once('\t') else {
            return Err(Error::input(format!("line {number}"), "no tab between id and query"));
        };
        let request = Request { text: query.to_owned(), ..request.clone() };
        match library.search(&request) {
            Ok(result) => {
                for (rank, hit) in (request.offset + 1..).zip(&result.hits) {
                    text += &format!("{id}\t{rank}\t{}\t{}\n", hit.id, hit.score);
                }
            }
            // One query that cannot be answered does not take the others with it.
            Err(error @ (Error::QueryTooLong { .. } | Error::BadRequest { .. })) => {
                out::note(&format!("timdoc: line {number}: {error}"));
                failed = true;
            }
            Err(error) => return Err(error),
        }
        if text.len() > 1 << 16 {
            out::write(&std::mem::take(&mut text))?;
        }
    }
    out::write(&text)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn show(result: &SearchResult, offset: usize) -> String {
    let mut text = match (result.total, result.partial) {
        (0, _) => "Nothing found.\n".to_owned(),
        (total, false) => format!("{} found in {} µs\n", out::number(total), out::number(result.took_us as usize)),
        (total, true) => format!("No article has all words; {} have most of them\n", out::number(total)),
    };
    for (rank, hit) in (offset + 1..).zip(&result.hits) {
        text += &show_hit(rank, hit);
    }
    text
}

fn show_hit(rank: usize, hit: &Hit) -> String {
    let date = hit.published.as_ref().map(|date| out::day(&date.iso()));
    let about: Vec<String> =
        [date, hit.source.clone(), hit.category.clone(), Some(hit.id.clone())].into_iter().flatten().collect();
    let mut text = format!("\n{rank}. {}\n   {}\n   {}\n", hit.title, about.join(" · "), pieces(&hit.snippet));
    if !hit.missing.is_empty() {
        text += &format!("   without: {}\n", hit.missing.join(", "));
    }
    if !hit.reasons.is_empty() {
        text += &format!("   score {:.3}\n", hit.score);
    }
    for reason in &hit.reasons {
        let sign = if matches!(reason.kind.as_str(), "word" | "pair" | "phrase") { '+' } else { '×' };
        text += &format!("     {sign} {:7.3}  {} {}\n", reason.value, reason.kind, reason.text);
    }
    text
}

fn pieces(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() };
    pieces.iter().map(piece).collect::<String>().replace('\n', " ")
}
