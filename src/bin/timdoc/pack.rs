//! `timdoc pack`: a library, its search and its reader in one HTML file.

mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;
use timdoc::bundle::manifest::MANIFEST;
use timdoc::bundle::verify::verify;
use timdoc::engine::Request;
use timdoc::library::Library;
use timdoc::{Error, Result};

use super::{out, whole};
use page::{Item, Page};

/// Phones with little memory are known to give up on files of more bytes than this.
const HEAVY: u64 = 20_000_000;
/// What the page calls the engine's wasm.
const WASM: &str = "timdoc.wasm";

/// Make one HTML file of a library, with its search and its reader.
///
/// The file needs no server and no network: it opens by a double click, from a disk or a USB stick. It is written whole
/// or not at all, and the same library gives the same bytes.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  timdoc pack dist/bundle --out thu-vien.html\n  \
                  timdoc pack bundle --site dist --title \"Báo Sông Thao 2020–2026\" --out bao.html")]
pub struct Args {
    /// The folder of the library.
    dir: PathBuf,
    /// The file to write.
    #[arg(long, value_name = "FILE.html")]
    out: PathBuf,
    /// The folder with timdoc's page files, as ./build.sh build makes it; by default the one that DIR is in.
    #[arg(long, value_name = "DIST")]
    site: Option<PathBuf>,
    /// The heading of the page; by default the source that most articles have.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The language of the page.
    #[arg(long, value_enum, default_value = "vi")]
    lang: Lang,
    /// The most that the file may have, in MB (of 1,000,000 bytes).
    #[arg(long, value_name = "MB", default_value_t = 50)]
    limit: u64,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    Vi,
    En,
}

impl Lang {
    fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The heading where neither the caller nor an article gives one.
    fn library(self) -> &'static str {
        match self {
            Lang::Vi => "Thư viện",
            Lang::En => "Library",
        }
    }
}

#[derive(Serialize)]
struct Report {
    title: String,
    articles: u64,
    /// Of the file.
    bytes: u64,
    /// Of the library in it, before it was packed.
    library_bytes: u64,
    warnings: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut library = open_whole(&args.dir)?;
    let site = site(args)?;
    let title = match args.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => title.to_owned(),
        None => commonest_source(&mut library)?.unwrap_or_else(|| args.lang.library().to_owned()),
    };
    let read = |name: &str| {
        let path = site.join(name);
        fs::read_to_string(&path).map_err(|error| Error::io("read", path.display(), &error))
    };
    let (template, style, code) = (read("pack/page.html")?, read("pack/page.css")?, read("pack/page.js")?);
    let licenses = read("licenses.txt")?;
    let page = Page {
        template: &template,
        style: &style,
        code: &code,
        licenses: &licenses,
        title: &title,
        lang: args.lang.code(),
    };
    let items = items(&library, &args.dir, &site)?;
    let parts = page.parts(&site.join("pack/page.html").display().to_string())?;

    let bytes = parts.length(&items);
    let limit = args.limit.saturating_mul(1_000_000);
    if bytes > limit {
        let what = format!("{} ({})", args.out.display(), out::size(bytes));
        let limit =
            format!("{}; --limit allows more, and `timdoc build` of fewer articles gives less", out::size(limit));
        return Err(Error::TooLarge { what, limit });
    }
    whole::write(&args.out, bytes, |file| parts.write(&items, file))?;

    let info = library.engine().info();
    let mut warnings = Vec::new();
    if bytes > HEAVY {
        warnings.push(format!(
            "{} may be too much for old phones; files of up to {} are safer",
            out::size(bytes),
            out::size(HEAVY)
        ));
    }
    let report = Report { title, articles: info.articles, bytes, library_bytes: info.bytes, warnings };
    if args.json {
        out::json(&report)?;
    } else {
        report.warnings.iter().for_each(|warning| out::note(&format!("warning: {warning}")));
        out::write(&format!(
            "{} articles → {} ({}, of which the library's files {}): {}\n",
            out::number(report.articles as usize),
            args.out.display(),
            out::size(report.bytes),
            out::size(report.library_bytes),
            report.title,
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens a library in which nothing is damaged: nobody can mend it once it is handed on.
fn open_whole(dir: &Path) -> Result<Library> {
    let verified = verify(dir)?;
    if let Some(first) = verified.wrong.first() {
        let more = match verified.wrong.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more, which `timdoc verify` lists)"),
        };
        return Err(Error::input(dir.display(), format!("the library is not whole: {first}{more}")));
    }
    Library::open(dir)
}

/// The folder with the page's files: the one given, or the one that the library is in.
fn site(args: &Args) -> Result<PathBuf> {
    let beside = || args.dir.canonicalize().ok().and_then(|dir| dir.parent().map(Path::to_owned)).unwrap_or_default();
    let site = args.site.clone().unwrap_or_else(beside);
    let needed = ["pack/page.html", "pack/page.js", "pack/page.css", "pack/timdoc.wasm", "licenses.txt"];
    match needed.iter().find(|name| !site.join(name).is_file()) {
        None => Ok(site),
        Some(missing) => {
            let reason = format!(
                "timdoc's page files are not there ({missing}); ./build.sh build makes them in dist/, and --site names the folder"
            );
            Err(Error::input(site.display(), reason))
        }
    }
}

/// The source that most articles have.
fn commonest_source(library: &mut Library) -> Result<Option<String>> {
    let request = Request { facets: vec!["source".to_owned()], limit: Some(1), ..Request::default() };
    let result = library.search(&request)?;
    Ok(result.facets.get("source").and_then(|values| values.first()).map(|value| value.label.clone()))
}

/// What goes into the page as data: the engine, and the files of the library, the manifest first.
fn items(library: &Library, dir: &Path, site: &Path) -> Result<Vec<Item>> {
    let engine = library.engine();
    let manifest = serde_json::to_vec(engine.manifest()).map_err(|error| Error::input(MANIFEST, error.to_string()))?;
    let mut items = vec![Item::content(MANIFEST, manifest), Item::file(WASM, site.join("pack").join(WASM))?];
    for (name, bytes) in engine.files() {
        let item = Item::file(&name, dir.join(&name))?;
        if item.length() != bytes {
            let reason = "it has changed while it was read; try again".to_owned();
            return Err(Error::input(dir.join(&name).display(), reason));
        }
        items.push(item);
    }
    Ok(items)
}
