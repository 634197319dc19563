//! Who may use whom in src/: every `crate::…` path against the order of DESIGN.md, and the core kept pure.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::path::{Path, PathBuf};

/// The order: a module uses only those before it. `library` is the native host of the engine.
const ORDER: [&str; 14] = [
    "error",
    "collections",
    "article",
    "analysis",
    "facts",
    "index",
    "bundle",
    "query",
    "rank",
    "result",
    "engine",
    "library",
    "bindings",
    "bin",
];

/// All that `ingest` sees; only `bin` sees it.
const INGEST_SEES: [&str; 5] = ["error", "article", "analysis", "facts", "ingest"];

/// Parts that exist natively only: they write what the rest of their module reads. Nothing but each other, `library`
/// and `bin` may use them.
const NATIVE: [&str; 19] = [
    "index::build",
    "bundle::write",
    "bundle::publish",
    "bundle::sign",
    "bundle::verify",
    "bundle::deflate",
    "ingest",
    "facts::awards",
    "facts::compact",
    "facts::documents::details",
    "facts::extract",
    "facts::models",
    "facts::named_dates",
    "facts::names",
    "facts::people",
    "facts::places",
    "facts::signs",
    "facts::table",
    "facts::words",
];

/// Names at the root of the crate that are re-exported from a module.
const RE_EXPORTED: [(&str, &str); 2] = [("Error", "error"), ("Result", "error")];

/// What the pure core must not name: I/O, clocks, threads.
const IMPURE: [&str; 12] = [
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time",
    "std::sync",
    "std::os",
    "rayon",
    "flate2",
    "serde_json",
];

#[test]
fn every_module_uses_only_those_before_it() {
    let files = sources();
    let wrong: Vec<String> = files.iter().flat_map(|(path, source)| violations(path, source)).collect();
    assert!(files.len() > 50, "only {} files were found", files.len());
    assert!(wrong.is_empty(), "{} against the flow:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_core_has_no_io_no_clock_and_no_threads() {
    let wrong: Vec<String> = sources().iter().flat_map(|(path, source)| impurities(path, source)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_import_is_caught_however_it_is_written() {
    for source in [
        "use crate::engine::Engine;",
        "pub use crate::engine::Engine as Motor;",
        "use crate::{Error, engine::{Engine, Needs}};",
        "use crate :: { analysis::fold , engine } ;",
        "fn f() { let _ = crate::engine::Engine::open(m, &h); }",
        "use super::super::engine::Engine;",
        "use super::super::{engine, Error};",
        "fn f<'a>(x: &'a str) -> crate::engine::Info { g('\"') }",
        "#[cfg(test)] mod tests { fn f() {} } use crate::engine::Engine;",
        "#[cfg(not(test))] mod real { use crate::engine::Engine; }",
    ] {
        assert!(!violations("query/parse.rs", source).is_empty(), "{source}");
    }
    for (path, source) in [
        ("index/build/words.rs", "use crate::bundle::stored::Stored;"),
        ("index/block.rs", "use crate::index::build::words::Words;"),
        ("index/block.rs", "use super::build::words::Words;"),
        ("bundle/segment.rs", "use super::write::hash;"),
        ("bundle/verify.rs", "fn f() { crate::library::inflate_dictionary(&d); }"),
        ("ingest/finish.rs", "use crate::index::field::Facet;"),
        ("library.rs", "use crate::ingest;"),
        ("engine.rs", "use super::library::Library;"),
        ("analysis/marks.rs", "use timdoc::engine::Engine;"),
        ("unknown.rs", "use crate::Error;"),
        ("query/mod.rs", "use crate::unknown::Thing;"),
    ] {
        assert_eq!(violations(path, source).len(), 1, "{path}: {source}");
    }
}

#[test]
fn a_right_import_is_let_through() {
    for (path, source) in [
        ("query/parse.rs", "use crate::analysis::marks::{is_marked, compare}; use crate::{Error, Result};"),
        ("query/parse.rs", "use super::expand::Expanded; use super::super::analysis::fold::fold;"),
        ("query/parse.rs", "// crate::engine\n/* crate::engine */ const A: &str = \"crate::engine\";"),
        ("query/parse.rs", "const A: &str = r#\"crate::engine \" \"#;"),
        ("query/parse.rs", "#[cfg(test)]\nmod tests { use crate::library::Library; fn f() { if x { } } }"),
        (
            "query/parse.rs",
            "#[cfg(test)] #[cfg(not(target_arch = \"wasm32\"))] mod tests { use crate::library::Library; }",
        ),
        ("query/parse.rs", "#[cfg(all(test, unix))] mod tests; use crate::analysis::fold::fold;"),
        ("index/build/words.rs", "use super::analyse::Analysed; use crate::facts::documents::DocumentCited;"),
        ("bundle/write/mod.rs", "use super::deflate::deflate; use crate::index::build::words::Words;"),
        ("bundle/verify.rs", "use super::write::hash; use super::segment::Segment;"),
        ("library.rs", "use crate::bundle::deflate::inflate; use crate::engine::Engine;"),
        ("bin/timdoc/build.rs", "use timdoc::ingest; use timdoc::bundle::{publish::publish, write};"),
        ("bindings/mod.rs", "use crate::engine::{Engine, Needs, Outcome};"),
        ("lib.rs", "pub mod engine; pub use error::{Error, Result};"),
    ] {
        assert!(violations(path, source).is_empty(), "{path}: {source}: {:?}", violations(path, source));
    }
}

#[test]
fn io_in_the_core_is_caught() {
    assert_eq!(impurities("engine.rs", "use std::{collections::BTreeMap, fs::File};").len(), 1);
    assert_eq!(impurities("rank/bm25.rs", "let now = std::time::Instant::now();").len(), 1);
    assert_eq!(impurities("analysis/fold.rs", "use rayon::prelude::*;").len(), 1);
    assert!(impurities("library.rs", "use std::fs::File;").is_empty());
    assert!(impurities("bundle/write/mod.rs", "use rayon::prelude::*;").is_empty());
    assert!(impurities("engine.rs", "use std::collections::BTreeMap; use std::rc::Rc;").is_empty());
}

/// Every Rust file of src/: its path from there, with `/`, and its text. Files of tests alone are left out.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let text = |path: &PathBuf| {
        let relative = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (relative, std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(text).filter(|(path, _)| !path.ends_with("tests.rs")).collect()
}

/// What a file uses that it must not, a line each.
fn violations(path: &str, source: &str) -> Vec<String> {
    let own = module_of(path);
    if own.is_empty() {
        return Vec::new(); // lib.rs names all
    }
    let used = paths(source).into_iter().filter_map(|used| absolute(&own, used));
    let mut wrong: Vec<String> = used
        .filter_map(|used| Some((forbidden(&own, &used)?, used)))
        .map(|(why, used)| format!("src/{path} uses {}: {why}", used.join("::")))
        .collect();
    wrong.sort();
    wrong.dedup();
    if wrong.is_empty() && forbidden(&own, &own).is_some() {
        wrong.push(format!("src/{path}: the module {} has no place in the order of tests/layering.rs", own[0]));
    }
    wrong
}

/// Why a module must not use another; `None` when it may.
fn forbidden(own: &[String], used: &[String]) -> Option<&'static str> {
    let native = |path: &[String]| NATIVE.iter().find(|native| is_under(path, native));
    let (from, to) = (own[0].as_str(), used[0].as_str());
    if from == "ingest" {
        return (!INGEST_SEES.contains(&to)).then_some("ingest sees only error, article, analysis and facts");
    }
    if to == "ingest" {
        return (from != "bin").then_some("only bin uses ingest");
    }
    if native(used).is_some() && native(own).is_none() && !["library", "bin"].contains(&from) {
        return Some("it is native, and what the browser runs must not need it");
    }
    let place = |room: &str| ORDER.iter().position(|known| *known == room);
    match (place(from), place(to)) {
        (Some(from), Some(to)) if to <= from => None,
        (Some(_), Some(_)) => Some("it comes later in the flow"),
        _ => Some("it has no place in the order"),
    }
}

fn is_under(path: &[String], module: &str) -> bool {
    module.split("::").enumerate().all(|(at, part)| path.get(at).is_some_and(|found| found == part))
}

/// What a file of the core, which is article to engine without its native parts, names that it must not.
fn impurities(path: &str, source: &str) -> Vec<String> {
    let own = module_of(path);
    let outside = own.first().is_none_or(|room| ["error", "library", "bin", "bindings"].contains(&room.as_str()));
    if outside || NATIVE.iter().any(|native| is_under(&own, native)) {
        return Vec::new();
    }
    let named = paths(source);
    let wrong = IMPURE.iter().filter(|impure| named.iter().any(|path| is_under(path, impure)));
    wrong.map(|impure| format!("src/{path} uses {impure}")).collect()
}

/// `query/parse.rs` → query, parse; `query/mod.rs` → query; `bin/timdoc/build.rs` → bin, timdoc, build; `lib.rs` → none.
fn module_of(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    parts.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
    parts
}

/// A path from the crate's root; `None` for paths of other crates and of the standard library.
fn absolute(own: &[String], path: Vec<String>) -> Option<Vec<String>> {
    let mut rest = match path.first()?.as_str() {
        // In the command line tool `crate` is the tool itself.
        "crate" if own[0] == "bin" => return None,
        "crate" | "timdoc" => path[1..].to_vec(),
        "super" => {
            let supers = path.iter().take_while(|part| *part == "super").count();
            let mut rest = own[..own.len().checked_sub(supers)?].to_vec();
            rest.extend_from_slice(&path[supers..]);
            rest
        }
        _ => return None,
    };
    if let Some((_, module)) = RE_EXPORTED.iter().find(|(name, _)| rest.first().is_some_and(|first| first == name)) {
        rest.insert(0, (*module).to_owned());
    }
    (!rest.is_empty()).then_some(rest)
}

/// Every path of a source, the branches of `{…}` taken apart; without comments, texts and modules of tests.
fn paths(source: &str) -> Vec<Vec<String>> {
    let tokens = without_tests(tokens(source));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = if is_name(&tokens[at]) { path(&tokens, at, &[], &mut found) } else { at + 1 };
    }
    found
}

/// Reads a path that begins with a name at `at`; gives where it ends.
fn path(tokens: &[String], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut parts = before.to_vec();
    loop {
        parts.push(tokens[at].clone());
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        match tokens.get(at + 1).map(String::as_str) {
            Some("{") => {
                at += 2;
                while let Some(token) = tokens.get(at).filter(|token| *token != "}") {
                    at = if is_name(token) { path(tokens, at, &parts, found) } else { at + 1 };
                }
                return at + 1;
            }
            Some(next) if is_name(next) => at += 1,
            _ => break,
        }
    }
    found.push(parts);
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single other characters; comments and texts are left out.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(length) = text_literal(rest) {
            length
        } else if c.is_alphabetic() || c == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of a text or character literal that begins here.
fn text_literal(rest: &str) -> Option<usize> {
    let prefix = rest.find(|c: char| !matches!(c, 'b' | 'r' | 'c')).filter(|at| *at <= 2)?;
    let (kind, after) = rest.split_at(prefix);
    let hashes = after.find(|c| c != '#').unwrap_or(0);
    if kind.contains('r') && after[hashes..].starts_with('"') {
        let end = format!("\"{}", &after[..hashes]);
        return Some(prefix + hashes + 1 + after[hashes + 1..].find(&end)? + end.len());
    }
    let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let mut escaped = false;
    for (at, c) in after.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A lifetime, not a character: 'a without its end.
            _ if quote == '\'' && at > 1 && c != '\'' && !after.starts_with("'\\") => return None,
            _ if c == quote => return Some(prefix + at + 1),
            _ => {}
        }
    }
    None
}

/// Drops modules that are compiled for tests alone: `#[cfg(test)] mod name { … }` and `#[cfg(test)] mod name;`, with
/// other attributes or without.
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (end, for_tests) = attributes(&tokens, at);
        let is_module = tokens.get(end).is_some_and(|token| token == "mod");
        if !(for_tests && is_module) {
            let end = end.max(at + 1);
            kept.extend_from_slice(&tokens[at..end]);
            at = end;
            continue;
        }
        let mut depth = 0;
        at = end;
        while let Some(token) = tokens.get(at) {
            at += 1;
            depth += i32::from(token == "{") - i32::from(token == "}");
            if depth == 0 && (token == "}" || token == ";") {
                break;
            }
        }
    }
    kept
}

/// Where the attributes that begin at `at` end, and whether one of them is `cfg(test)` or `cfg(all(test, …))`.
fn attributes(tokens: &[String], mut at: usize) -> (usize, bool) {
    let mut for_tests = false;
    while tokens.get(at).is_some_and(|token| token == "#") && tokens.get(at + 1).is_some_and(|token| token == "[") {
        let Some(length) = tokens[at..].iter().position(|token| token == "]") else { break };
        let inside: Vec<&str> = tokens[at + 2..at + length].iter().map(String::as_str).collect();
        for_tests |= inside.starts_with(&["cfg", "(", "test"]) || inside.starts_with(&["cfg", "(", "all", "(", "test"]);
        at += length + 1;
    }
    (at, for_tests)
}

#[test]
fn unsafe_code_is_forbidden() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lib = std::fs::read_to_string(root.join("src/lib.rs")).unwrap();
    assert!(lib.lines().any(|line| line == "#![forbid(unsafe_code)]"), "src/lib.rs");
    // For the command line tool and the tests, which are crates of their own.
    let manifest: String = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(manifest.lines().any(|line| line == r#"unsafe_code = "forbid""#), "Cargo.toml, [lints.rust]");
}
