//! What fuzzing once found stays mended, and its seeds are read as they should: every target of `tests/fuzz` is run on
//! its seeds and on the inputs of `tests/fuzz/crashers`, on a stable compiler and without a fuzzer.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "fuzz/kit.rs"]
mod kit;
#[path = "fuzz/library.rs"]
mod library;
#[path = "support/memory.rs"]
mod memory;

use std::collections::BTreeSet;

/// For each target a module, and a test of its name.
macro_rules! targets {
    ($($target:ident at $path:literal)*) => {
        $(#[path = $path] mod $target;)*
        const TARGETS: &[&str] = &[$(stringify!($target)),*];
        $(#[test] fn $target() { replay(stringify!($target), $target::seeds(), $target::run) })*
    };
}

targets! {
    analysis at "fuzz/targets/analysis.rs"
    article at "fuzz/targets/article.rs"
    bundle at "fuzz/targets/bundle.rs"
    encoding at "fuzz/targets/encoding.rs"
    facts at "fuzz/targets/facts.rs"
    head at "fuzz/targets/head.rs"
    html at "fuzz/targets/html.rs"
    json at "fuzz/targets/json.rs"
    manifest at "fuzz/targets/manifest.rs"
    markdown at "fuzz/targets/markdown.rs"
    postings at "fuzz/targets/postings.rs"
    search at "fuzz/targets/search.rs"
    site at "fuzz/targets/site.rs"
    snippet at "fuzz/targets/snippet.rs"
    term_block at "fuzz/targets/term_block.rs"
    warc at "fuzz/targets/warc.rs"
    xml at "fuzz/targets/xml.rs"
}

fn replay(target: &str, seeds: Vec<Vec<u8>>, run: fn(&[u8])) {
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds.iter().for_each(|seed| run(seed));
    let Ok(folder) = std::fs::read_dir(kit::repository().join("tests/fuzz/crashers").join(target)) else { return };
    for entry in folder {
        let path = entry.unwrap().path();
        println!("{}", path.display()); // shown when it fails
        run(&std::fs::read(path).unwrap());
    }
}

#[test]
fn a_library_that_was_taken_apart_and_put_together_is_whole() {
    // Else the target `bundle` would only ever meet checksums.
    let files = library::Library::fixture().files();
    let folder = tempfile::tempdir().unwrap();
    memory::write_folder(&files, folder.path());
    let verified = timdoc::bundle::verify::verify(folder.path()).unwrap();
    assert_eq!((verified.wrong, verified.articles), (Vec::<String>::new(), 6));
    assert!(!memory::Host::open(files).unwrap().ids("học").is_empty());
}

/// The names of the files of a folder of `tests/fuzz`, without their endings.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(kit::repository().join("tests/fuzz").join(folder)).unwrap();
    entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_target_is_replayed_and_fuzzed() {
    let known: BTreeSet<String> = TARGETS.iter().map(|target| (*target).to_owned()).collect();
    assert_eq!(names("targets"), known);
    assert!(names("crashers").is_subset(&known));
    let programs = String::from_utf8(kit::file("tests/fuzz/Cargo.toml")).unwrap();
    assert!(known.iter().all(|target| programs.contains(&format!("path = \"targets/{target}.rs\""))));
    assert_eq!(programs.matches("[[bin]]").count(), known.len());
}
