//! `timdoc merge`: the segments of a library, or several libraries, made one.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;
use timdoc::library::merge::{Merged, list, merge};
use timdoc::{Error, Result};

use super::out;
use super::progress::Progress;
use super::sign::Signing;

/// Make the segments of a library one, or several libraries one.
///
/// One library is merged where it is; several need --out. The result is what a build of all articles gives, byte for
/// byte; what was deleted or replaced takes no more room. Readers fetch it anew: merge when `timdoc inspect` shows many
/// segments or many deleted articles, not after every `timdoc add`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  timdoc merge public/bundle\n  timdoc merge part-1 part-2 part-3 --out public/bundle\n  \
                  timdoc merge --list part-1 part-2 --out public/bundle"
)]
pub struct Args {
    /// The folders of the libraries. Of articles with the same id, that of the last one stays.
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// The folder for the result.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// List the segments side by side instead of building one: quick, but readers load more.
    #[arg(long, requires = "out")]
    list: bool,
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
    merged: Merged,
    seconds: f64,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    out::use_threads(args.threads);
    let out = match (&args.out, &args.dirs[..]) {
        (Some(out), _) => out,
        (None, [only]) => only,
        (None, _) => {
            let reason = "say where several libraries are to be merged".to_owned();
            return Err(Error::BadRequest { option: "--out".to_owned(), reason });
        }
    };
    let sign = args.sign.signers()?;
    let signing = Signing::before(out);
    let mut progress = Progress::new("reading libraries");
    let merged = if args.list {
        list(&args.dirs, out, &sign)?
    } else {
        merge(&args.dirs, out, &sign, &mut |step| progress.build(step))?
    };
    progress.end();
    signing.after();
    let report = Report { merged, seconds: start.elapsed().as_secs_f64() };
    if args.json {
        out::json(&report)?;
    } else {
        let merged = &report.merged;
        let replaced = match merged.replaced {
            0 => String::new(),
            replaced => format!(", {} replaced by later ones", out::number(replaced)),
        };
        out::write(&format!(
            "{} segments → {} in {} ({} articles{replaced}, {}, {:.1} s)\n",
            out::number(merged.segments_before),
            out::number(merged.segments),
            out.display(),
            out::number(merged.articles as usize),
            out::size(merged.bytes),
            report.seconds
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
