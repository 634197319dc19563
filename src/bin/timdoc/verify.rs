//! `timdoc verify`: is a library whole?

use std::path::PathBuf;
use std::process::ExitCode;

use timdoc::Result;
use timdoc::bundle::sign::check::check;
use timdoc::bundle::sign::keys::PublicKey;
use timdoc::bundle::verify::verify;

use super::out;

/// Check every byte of a library: files against their names, blocks, lists and articles against their checksums.
///
/// Exits with 1 when anything is wrong, each thing on a line of its own.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  timdoc verify public/bundle\n  timdoc verify public/bundle --key PUBLIC")]
pub struct Args {
    /// The folder of the library.
    dir: PathBuf,
    /// The public key that must have signed it, as `timdoc sign --new-key` shows it.
    #[arg(long, value_name = "PUBLIC", allow_hyphen_values = true)]
    key: Option<String>,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let key = args.key.as_deref().map(PublicKey::parse).transpose()?;
    let mut verified = verify(&args.dir)?;
    if let Some(key) = &key {
        verified.wrong.extend(check(&args.dir, key)?);
    }
    if args.json {
        out::json(&verified)?;
    } else if verified.wrong.is_empty() {
        out::write(&format!(
            "whole{}: {} articles, {} terms, {} files, {}\n",
            if key.is_some() { " and signed by this key" } else { "" },
            out::number(verified.articles as usize),
            out::number(verified.terms as usize),
            out::number(verified.files),
            out::size(verified.bytes)
        ))?;
    }
    for wrong in &verified.wrong {
        out::note(&format!("timdoc: {wrong}"));
    }
    Ok(if verified.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
