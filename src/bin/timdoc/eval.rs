//! `timdoc eval`: how well a library answers queries whose right articles are known.

mod against;
mod judged;
mod measures;

use std::path::PathBuf;
use std::process::ExitCode;

use timdoc::engine::Request;
use timdoc::library::Library;
use timdoc::{Error, Result};

use self::judged::{Judged, Query};
use self::measures::{Measures, PAGE, POOL, Sums};
use super::out;

/// Measure how well a library answers queries whose right articles are known.
///
/// Q.jsonl has a query a line: {"id": …, "text": "…"}. R.tsv has a judgement a line: query, tab, article, tab, score; a
/// line of column names may come first. An article with a score above 0 is relevant, and the score is its gain in nDCG
/// (linear, discounted by log2(rank + 1), over the best order of all that is judged). One that the library lacks counts
/// as not found. Queries without a relevant article are left out, and how many is said on standard error.
///
/// All measures but recall@100 are of the first ten results, as a reader gets them; zero_results is the share of
/// queries with no result at all, not even a partial match. The times are of whole searches with ten results, reading
/// and snippets included, in a second pass over all queries, when the first has left the engine warm.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc eval public/bundle --queries queries.jsonl --qrels qrels.tsv --json > kept.json\n  \
    timdoc eval public/bundle --queries queries.jsonl --qrels qrels.tsv --against kept.json"
)]
pub struct Args {
    /// The folder of the library.
    dir: PathBuf,
    /// The queries.
    #[arg(long, value_name = "Q.jsonl")]
    queries: PathBuf,
    /// The judgements.
    #[arg(long, value_name = "R.tsv")]
    qrels: PathBuf,
    /// The last word of every query may be unfinished.
    #[arg(long)]
    prefix: bool,
    /// Compare with the --json of an earlier run; exits with 1 when a measure is worse. Times never fail.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// How much worse a measure may be.
    #[arg(long, value_name = "X", default_value_t = 0.005, value_parser = tolerance, requires = "against")]
    tolerance: f64,
    /// Print the measures as JSON.
    #[arg(long)]
    json: bool,
}

fn tolerance(text: &str) -> std::result::Result<f64, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "write a number from 0 to 1".to_owned())
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let judged = Judged::read(&args.queries, &args.qrels)?;
    let kept = args.against.as_deref().map(|file| against::read(file, judged.queries.len())).transpose()?;
    let mut library = Library::open(&args.dir)?;
    if judged.left_out > 0 {
        out::note(&format!("timdoc: {} queries without a relevant article are left out", out::number(judged.left_out)));
    }
    let measures = measure(&mut library, &judged.queries, args.prefix)?;
    if args.json {
        out::json(&measures)?
    } else {
        out::write(&measures.table(kept.as_ref()))?
    }
    let worse = kept.map_or_else(Vec::new, |kept| against::worse(&measures, &kept, args.tolerance));
    for line in &worse {
        out::note(&format!("timdoc: {line}"));
    }
    Ok(if worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Three passes: one that warms the engine up, one that counts and is timed, and one for the recall of those queries
/// whose first page lacks something relevant. The long lists of the last would leave the engine in another state.
fn measure(library: &mut Library, queries: &[Query], prefix: bool) -> Result<Measures> {
    let progress = out::progress_bar(2 * queries.len() as u64, "{spinner} {wide_bar} {pos}/{len} {elapsed}");
    let mut sums = Sums::default();
    let mut incomplete = Vec::new();
    for query in queries {
        search(library, query, prefix, PAGE)?;
        progress.inc(1);
    }
    for query in queries {
        let (ids, took_us) = search(library, query, prefix, PAGE)?;
        if !sums.page(query, &ids, took_us) {
            incomplete.push(query);
        }
        progress.inc(1);
    }
    progress.inc_length(incomplete.len() as u64);
    for query in incomplete {
        sums.pool(query, &search(library, query, prefix, POOL)?.0);
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(sums.measures())
}

/// The ids of the first results of a query, and the time it took.
fn search(library: &mut Library, query: &Query, prefix: bool, limit: usize) -> Result<(Vec<String>, u64)> {
    let request = Request { text: query.text.clone(), limit: Some(limit), prefix, ..Request::default() };
    let result = library.search(&request).map_err(|error| match error {
        Error::QueryTooLong { .. } => Error::input(&query.place, error.to_string()),
        error => error,
    })?;
    Ok((result.hits.into_iter().map(|hit| hit.id).collect(), result.took_us))
}
