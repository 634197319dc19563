//! The command line tool: one file a subcommand.

mod add;
mod build;
mod dry_run;
mod eval;
mod eval_facts;
mod facts;
mod input;
mod inspect;
mod merge;
mod narrow;
mod out;
mod pack;
mod progress;
mod read;
mod search;
mod serve;
mod sheet;
mod sign;
mod verify;
mod whole;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use timdoc::Error;

/// Search and reading of Vietnamese articles in the browser, from static files.
#[derive(Parser)]
#[command(version, about, max_term_width = 100, arg_required_else_help = true, args_conflicts_with_subcommands = true)]
struct Cli {
    /// Print what this tool is made of and under which licences
    #[arg(long)]
    licenses: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

/// Of all crates that are linked; written by tests/tools/licenses.mjs.
const LICENSES: &str = include_str!("licenses.txt");

#[derive(Subcommand)]
enum Command {
    Build(build::Args),
    Add(add::Args),
    Merge(merge::Args),
    Search(search::Args),
    Facts(facts::Args),
    Eval(eval::Args),
    EvalFacts(eval_facts::Args),
    Read(read::Args),
    Inspect(inspect::Args),
    Verify(verify::Args),
    Sign(sign::Args),
    Serve(serve::Args),
    Pack(pack::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.licenses {
        // A reader that has seen enough (`| head`) is no failure.
        let _ = std::io::stdout().write_all(LICENSES.as_bytes());
        return ExitCode::SUCCESS;
    }
    let Some(command) = cli.command else {
        out::note("timdoc: name a command; --help lists them");
        return ExitCode::from(2);
    };
    let run = match command {
        Command::Build(args) => build::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Facts(args) => facts::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::EvalFacts(args) => eval_facts::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Sign(args) => sign::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Pack(args) => pack::run(&args),
    };
    match run {
        Ok(code) => code,
        Err(error) => {
            out::note(&format!("timdoc: {error}"));
            if matches!(error, Error::BadRequest { .. }) { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
