//! `timdoc build`: articles to a bundle.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;
use timdoc::bundle::publish::Publisher;
use timdoc::bundle::write::write;
use timdoc::{Error, Result};

use super::dry_run;
use super::input::{self, NoArticle, Options, Skipped};
use super::out;
use super::progress::Progress;
use super::sign::Signing;

/// Build a library from articles.
///
/// Reads web pages (.html, saved or mirrored), feeds (.xml), archives of the web (.warc), .txt, .md, .json and .jsonl
/// (each also .gz or .zst) from files and folders and writes a folder of static files. What cannot be read is skipped
/// and listed with the reason, as is a date that cannot be read; lists of articles among web pages are left out. A
/// library that is already in the folder stays as it is until the new one is complete.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc build articles/ --out public/bundle\n  timdoc build mirror/xa.example/ --dry-run\n  export-articles | timdoc build - --out public/bundle"
)]
pub struct Args {
    /// Files and folders with articles; `-` reads one JSON object a line, each with an id, from standard input.
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// The folder for the library.
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// What there is to know of a web site, instead of the timdoc.toml in its folder.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Write nothing; list what each file would become, and why.
    #[arg(long)]
    dry_run: bool,
    /// Fail, and write nothing, when anything could not be read: a file, a line, a date of an article.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    sign: Signing,
    /// Threads; by default one for each processor.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    articles: u64,
    files: usize,
    bytes: u64,
    seconds: f64,
    steps: Vec<StepTime>,
    other_files: usize,
    left_out: Vec<NoArticle>,
    skipped: Vec<Skipped>,
    remarks: Vec<Skipped>,
}

#[derive(Serialize)]
struct StepTime {
    step: &'static str,
    seconds: f64,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    out::use_threads(args.threads);
    let signers = args.sign.signers()?;
    let mut progress = Progress::new("reading files");
    let options = Options { config: args.config.as_deref(), list_only: args.dry_run };
    let out = args.out.clone().unwrap_or_default();
    let input = input::read(&args.input, &out, options, &mut progress)?;
    if args.dry_run {
        progress.end();
        return dry_run::show(&input, args.json);
    }
    let unread = input.skipped.len() + input.remarks.len();
    if args.strict && unread > 0 {
        progress.end();
        out::list_unread(&input.skipped, &input.remarks);
        let reason = format!("{unread} could not be read, and --strict was given; nothing was written");
        return Err(Error::input("the input", reason));
    }
    if input.articles.is_empty() {
        progress.end();
        out::list_unread(&input.skipped, &input.remarks);
        let place = args.input.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Error::NoArticles { place });
    }
    let bundle = write(input.articles, &mut |step| progress.build(step))?;
    let signing = Signing::before(&out);
    Publisher::open(&out)?.signed_by(&signers).publish(&bundle)?;
    progress.end();
    signing.after();
    let report = Report {
        articles: bundle.manifest.articles(),
        files: bundle.files.len() + 1,
        bytes: bundle.manifest.bytes(),
        seconds: start.elapsed().as_secs_f64(),
        steps: progress.seconds().into_iter().map(|(step, seconds)| StepTime { step, seconds }).collect(),
        other_files: input.other_files,
        left_out: input.left_out,
        skipped: input.skipped,
        remarks: input.remarks,
    };
    if args.json {
        out::json(&report)?;
    } else {
        out::list_unread(&report.skipped, &report.remarks);
        out::write(&summary(&report, args))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(report: &Report, args: &Args) -> String {
    let mut text = format!(
        "{} articles → {} ({} in {} files, {:.1} s)\n",
        out::number(report.articles as usize),
        args.out.as_deref().unwrap_or(Path::new("")).display(),
        out::size(report.bytes),
        out::number(report.files),
        report.seconds
    );
    if !report.skipped.is_empty() {
        text += &format!("{} skipped, listed above\n", out::number(report.skipped.len()));
    }
    if !report.remarks.is_empty() {
        text += &format!("{} remarks, listed above\n", out::number(report.remarks.len()));
    }
    if !report.left_out.is_empty() {
        text += &format!("{} pages left out; --dry-run says why\n", out::number(report.left_out.len()));
    }
    if report.other_files > 0 {
        text += &format!("{} files of other kinds passed over\n", out::number(report.other_files));
    }
    text
}
