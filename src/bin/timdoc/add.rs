//! `timdoc add`: new, changed and removed articles to a library that is there.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;
use timdoc::bundle::sign::sign_folder;
use timdoc::library::update::{Change, Changed, update};
use timdoc::{Error, Result};

use super::input::{self, Options, Skipped};
use super::out;
use super::progress::Progress;
use super::sign::Signing;

/// Add articles to a library.
///
/// New articles go into a small segment of their own and old files stay as they are, so that readers fetch only what is
/// new. An article whose id is there already replaces it; one that is there just so is passed over: the same folder can
/// be added again and again. When this is interrupted, the library is as it was.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc add new-articles/ --to public/bundle\n  timdoc add --remove tin-cu --to public/bundle\n  \
                  timdoc add articles/ --mirror --to public/bundle"
)]
pub struct Args {
    /// Files and folders with articles; `-` reads one JSON object a line, each with an id, from standard input.
    #[arg(required_unless_present = "remove")]
    input: Vec<PathBuf>,
    /// The folder of the library.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The id of an article to remove; may be given several times.
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    remove: Vec<String>,
    /// Remove every article that is not in the input.
    #[arg(long, requires = "input")]
    mirror: bool,
    /// What there is to know of a web site, instead of the timdoc.toml in its folder.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Fail, and change nothing, when anything could not be read or an id to remove is not there.
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
    #[serde(flatten)]
    changed: Changed,
    seconds: f64,
    other_files: usize,
    skipped: Vec<Skipped>,
    remarks: Vec<Skipped>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    out::use_threads(args.threads);
    let sign = args.sign.signers()?;
    let mut progress = Progress::new("reading files");
    let options = Options { config: args.config.as_deref(), list_only: false };
    let input = input::read(&args.input, &args.to, options, &mut progress)?;
    let stop = |reason: String| {
        progress.end();
        out::list_unread(&input.skipped, &input.remarks);
        Err(Error::input("the input", reason))
    };
    let unread = input.skipped.len() + input.remarks.len();
    if args.strict && unread > 0 {
        return stop(format!("{unread} could not be read, and --strict was given; nothing was changed"));
    }
    if args.mirror && !input.skipped.is_empty() {
        // What could not be read would be taken for what is not there any more.
        let skipped = input.skipped.len();
        return stop(format!("{skipped} could not be read, and --mirror would remove what they were; mend them first"));
    }
    if args.mirror && input.articles.is_empty() {
        return stop("no article was found, and --mirror would remove all; name the folder with the articles".into());
    }
    let (remove, mirror, strict) = (args.remove.clone(), args.mirror, args.strict);
    let change = Change { articles: input.articles, remove, mirror, strict, sign: sign.clone() };
    let signing = Signing::before(&args.to);
    let changed = update(&args.to, change, &mut |step| progress.build(step))?;
    // Where nothing had to be changed, nothing was published.
    if !sign.is_empty() {
        sign_folder(&args.to, &sign, false)?;
    }
    progress.end();
    signing.after();
    let report = Report {
        changed,
        seconds: start.elapsed().as_secs_f64(),
        other_files: input.other_files,
        skipped: input.skipped,
        remarks: input.remarks,
    };
    if args.json {
        out::json(&report)?;
    } else {
        out::list_unread(&report.skipped, &report.remarks);
        for id in &report.changed.not_found {
            out::note(&format!("skipped: no article has the id \"{id}\""));
        }
        out::write(&summary(&report, args))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(report: &Report, args: &Args) -> String {
    let changed = &report.changed;
    let counts = [("added", changed.added), ("changed", changed.changed), ("removed", changed.removed)];
    let done: Vec<String> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{} {what}", out::number(*n))).collect();
    let done = if done.is_empty() { "nothing to change".to_owned() } else { done.join(", ") };
    let unchanged = match changed.unchanged {
        0 => String::new(),
        unchanged => format!(", {} there already", out::number(unchanged)),
    };
    let mut text = format!(
        "{done}{unchanged} → {} ({} articles in {} segments, {} written, {:.1} s)\n",
        args.to.display(),
        out::number(changed.articles as usize),
        out::number(changed.segments),
        out::size(changed.written_bytes),
        report.seconds
    );
    if !report.skipped.is_empty() {
        text += &format!("{} skipped, listed above\n", out::number(report.skipped.len()));
    }
    if !report.remarks.is_empty() {
        text += &format!("{} remarks, listed above\n", out::number(report.remarks.len()));
    }
    if report.other_files > 0 {
        text += &format!("{} files of other kinds passed over\n", out::number(report.other_files));
    }
    text
}
