//! `timdoc facts`: what the articles of a library state, as tables that count everything once.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;
use timdoc::engine::{Request, Sort};
use timdoc::facts::table::csv::csv;
use timdoc::facts::table::{Stated, table};
use timdoc::library::{Library, ask};
use timdoc::{Error, Result};

use super::narrow::Narrow;
use super::out;
use super::sheet::{Kind, Sheet};
use super::whole;

/// Tables of what articles state: commendations, documents they cite, models they name.
///
/// Each is counted once, however many articles tell it: a commendation by its numbers, giver, form, place and days, a
/// document by its number, a model by its name.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  timdoc facts public/bundle\n  \
    timdoc facts public/bundle \"hoc tap va lam theo\" --from 1/1/2023 --to 31/12/2023 --kind award\n  \
    timdoc facts public/bundle --kind award --csv khen-thuong.csv\n  \
    timdoc facts public/bundle --csv 2023.csv --filter year=2023     writes 2023-award.csv, 2023-document.csv, 2023-model.csv\n  \
    timdoc facts public/bundle --kind award --articles --csv -       a row for each article that tells a commendation\n\n\
    CSV is UTF-8 with a byte order mark. If Excel shows one column only, its list separator is the semicolon: add\n--semicolon.")]
pub struct Args {
    /// The folder of the library.
    dir: PathBuf,
    /// Only articles that have all words of this query; all articles without it.
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    #[command(flatten)]
    narrow: Narrow,
    /// One kind of facts only.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Write CSV into a file, or to standard output for `-`. Without --kind a file for each kind is written, its name
    /// ending in the kind.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    csv: Option<PathBuf>,
    /// Separate the columns of CSV by semicolons instead of commas.
    #[arg(long, requires = "csv")]
    semicolon: bool,
    /// A row for each article that tells a fact, as it tells it, with the number of the fact in the table: to check
    /// what was counted.
    #[arg(long, conflicts_with = "json")]
    articles: bool,
    /// Most rows of each table on the terminal.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Print the tables as JSON.
    #[arg(long)]
    json: bool,
}

/// Results that are asked for at once.
const PAGE: usize = 1000;

pub fn run(args: &Args) -> Result<ExitCode> {
    let to_output = args.csv.as_deref() == Some(Path::new("-"));
    if to_output && args.kind.is_none() {
        return Err(Error::BadRequest {
            option: "--csv -".into(),
            reason: "three tables do not go into one; add --kind award, document or model".into(),
        });
    }
    let kinds = args.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
    let articles = ask(&args.dir, |library| read(library, args, &kinds))?;
    let table = table(&articles);
    if args.json {
        let mut answer = json!(table);
        if let Some(tables) = answer.as_object_mut() {
            tables.retain(|name, _| kinds.iter().any(|kind| kind.plural() == name));
            tables.insert("articles".to_owned(), json!(articles.len()));
        }
        out::json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let sheet = |kind: &Kind| Sheet::new(*kind, &table, &articles, args.articles);
    let Some(file) = &args.csv else {
        let shown: Vec<String> = kinds.iter().map(|kind| sheet(kind).show(args.limit)).collect();
        out::write(&format!("{}\n{}", found(articles.len()), shown.join("\n")))?;
        return Ok(ExitCode::SUCCESS);
    };
    let separator = if args.semicolon { ';' } else { ',' };
    for kind in &kinds {
        let text = csv(&sheet(kind).cells(), separator);
        if to_output {
            out::write(&text)?;
            continue;
        }
        let path = if args.kind.is_some() { file.clone() } else { named(file, *kind) };
        whole::write(&path, text.len() as u64, |file| file.write_all(text.as_bytes()))?;
        out::note(&format!("{}: {}", path.display(), sheet(kind).summary()));
    }
    Ok(ExitCode::SUCCESS)
}

fn found(articles: usize) -> String {
    match articles {
        0 => "No article states any of it.\n".to_owned(),
        1 => "1 article states some of it.\n".to_owned(),
        _ => format!("{} articles state some of it.\n", out::number(articles)),
    }
}

/// `2023.csv` → `2023-award.csv`.
fn named(file: &Path, kind: Kind) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = file.extension().map_or("csv".into(), |ending| ending.to_string_lossy());
    file.with_file_name(format!("{stem}-{}.{ending}", kind.name()))
}

/// The articles that are meant and state facts of these kinds, the newest first.
fn read(library: &mut Library, args: &Args, kinds: &[Kind]) -> Result<Vec<Stated>> {
    let mut request = Request {
        text: args.query.clone().unwrap_or_default(),
        sort: Sort::Newest,
        limit: Some(PAGE),
        ..args.narrow.request()?
    };
    if request.filters.get("fact").is_none() {
        request.filters.insert("fact".to_owned(), kinds.iter().map(|kind| kind.name().to_owned()).collect());
    }
    let bar = out::progress_bar(0, "{spinner} reading facts {wide_bar} {pos} of {len} articles · {eta} left");
    let mut articles = Vec::new();
    loop {
        let result = library.search(&request)?;
        if let (Some(corrected), 0) = (&result.corrected, request.offset) {
            out::note(&format!("read as: {}", corrected.query));
        }
        bar.set_length(result.listed as u64);
        // Articles without one of the words are no answer here, not even where no other is.
        for hit in result.hits.iter().filter(|hit| !result.partial && hit.missing.is_empty()) {
            let article = library.article_alone(&hit.id)?;
            let facts = Library::facts(&article)?;
            articles.push(Stated {
                id: article.id,
                title: article.title,
                published: article.published,
                url: article.url,
                facts,
            });
            bar.inc(1);
        }
        request.offset += PAGE;
        if result.partial || result.hits.is_empty() || request.offset >= result.listed {
            break;
        }
    }
    bar.finish_and_clear();
    Ok(articles)
}
