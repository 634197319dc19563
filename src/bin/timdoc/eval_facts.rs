//! `timdoc eval-facts`: how well facts are read, by what careful readers took from the articles.

mod golden;
mod judged;
mod sentences;
mod tally;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;
use timdoc::article::Article;
use timdoc::facts::{Facts, facts};
use timdoc::{Error, Result};

use self::tally::Tally;
use super::progress::Progress;
use super::{input, out};

/// Measure how well facts are read.
///
/// FILE of --gold holds what a careful reader takes from whole articles: {"articles": {file: {documents, document_dates,
/// people, places, awards, not_awards, models, event}}}. FILE of --judged holds a judged sentence a line: {"id", "part",
/// "sentence", "hash", "documents", "dates", "people", "places", "awards"}; --draw gives sentences to judge, the same for
/// the same seed, each with what is read from it. Without any of these the facts of every article are printed, a line
/// each.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  timdoc eval-facts articles/ --gold golden.json\n  \
    timdoc eval-facts news.jsonl --draw 1 > to-judge.jsonl\n  timdoc eval-facts news.jsonl --judged judged.jsonl --json")]
pub struct Args {
    /// Files and folders of articles, as for build.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// What careful readers took from whole articles.
    #[arg(long, value_name = "FILE", group = "mode")]
    gold: Option<PathBuf>,
    /// Sentences and what they state.
    #[arg(long, value_name = "FILE", group = "mode")]
    judged: Option<PathBuf>,
    /// Draw up to 44 sentences of each of five kinds, by this seed.
    #[arg(long, value_name = "SEED", group = "mode")]
    draw: Option<u64>,
    /// Print the measures as JSON.
    #[arg(long)]
    json: bool,
}

/// An article and what is read from it.
pub struct Read {
    /// The article.
    pub article: Article,
    /// Its facts.
    pub facts: Facts,
}

/// One article's facts, as printed.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(flatten)]
    facts: &'a Facts,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut progress = Progress::new("reading");
    let judged = args.judged.as_deref().map(judged::read).transpose()?;
    let mut input = input::read(&args.inputs, Path::new(""), input::Options::default(), &mut progress)?;
    progress.end();
    out::list_unread(&input.skipped, &input.remarks);
    if let Some(judged) = &judged {
        // The facts of the others would not be looked at.
        let ids: HashSet<&str> = judged.iter().map(|(_, sentence)| sentence.id.as_str()).collect();
        input.articles.retain(|article| ids.contains(article.id.as_str()));
    }
    let begun = Instant::now();
    let all: Vec<Read> =
        input.articles.into_par_iter().map(|article| Read { facts: facts(&article), article }).collect();
    let rate = all.len() as f64 / begun.elapsed().as_secs_f64().max(1e-9);
    let tally = match (&args.gold, &judged, args.draw) {
        (Some(file), ..) => golden::compare(file, &all)?,
        (_, Some(judged), _) => judged::compare(judged, &all)?,
        (.., Some(seed)) => return lines(&sentences::draw(&all, seed)),
        _ => {
            let facts: Vec<Line<'_>> =
                all.iter().map(|read| Line { id: &read.article.id, facts: &read.facts }).collect();
            lines(&facts)?;
            out::note(&format!("{} articles, {} a second", out::number(all.len()), out::number(rate as usize)));
            return Ok(ExitCode::SUCCESS);
        }
    };
    print(&tally, args.json)?;
    Ok(ExitCode::SUCCESS)
}

fn print(tally: &Tally, json: bool) -> Result<()> {
    if json { out::json(&tally.fields()) } else { out::write(&tally.table()) }
}

fn lines(items: &[impl Serialize]) -> Result<ExitCode> {
    let mut text = String::new();
    for item in items {
        text += &serde_json::to_string(item).map_err(|error| Error::input("the answer", error.to_string()))?;
        text.push('\n');
    }
    out::write(&text)?;
    Ok(ExitCode::SUCCESS)
}
