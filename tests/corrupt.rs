//! Damaged bundles: every answer is the right one or an error with a code; never a panic, never fewer results.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/damage.rs"]
mod damage;
#[path = "support/disguise.rs"]
mod disguise;
#[path = "support/many.rs"]
mod many;
#[path = "support/memory.rs"]
mod memory;
#[path = "support/tiny.rs"]
mod tiny;

use std::cell::{Cell, RefCell};
use std::ops::Range;

use disguise::disguised;
use memory::{Files, Host, MANIFEST, build, exact, files, request, whole, write_folder};
use rayon::prelude::*;
use serde_json::Value;
use timdoc::bundle::deflate::{deflate_head, inflate_head};
use timdoc::library::Library;
use timdoc::{Error, Result};

type Answers = Vec<std::result::Result<Value, &'static str>>;

fn bundle() -> Files {
    files(&build(tiny::articles()))
}

/// What a bundle answers, or the code of the error that keeps it from being opened.
fn ask(files: &Files, calls: &[tiny::Call]) -> std::result::Result<Answers, &'static str> {
    let mut host = Host::open(files.clone()).map_err(|error| error.code())?;
    Ok(tiny::answers(&mut host, calls))
}

/// What is wrong with the answers of a damaged bundle; `None` when each is right or an error of a bundle.
fn wrong(good: &Answers, files: &Files) -> Option<String> {
    const CODES: [&str; 5] = ["damaged", "missing", "version", "input", "not_found"];
    match ask(files, &tiny::few_calls()) {
        Err(code) => (!CODES.contains(&code)).then(|| format!("opening: {code}")),
        Ok(answers) => answers.iter().zip(good).enumerate().find_map(|(at, (got, expected))| {
            let right = got == expected || matches!(got, Err("damaged" | "missing"));
            (!right).then(|| format!("call {at} answers {got:?}"))
        }),
    }
}

/// Damages a file of the bundle at each place, by `change`, and lists what was answered wrongly.
fn each(change: impl Fn(&mut Vec<u8>, usize) + Sync, lengths: impl Fn(&str, usize) -> Vec<usize>) -> Vec<String> {
    let bundle = bundle();
    let good = ask(&bundle, &tiny::few_calls()).unwrap();
    assert!(good.iter().all(std::result::Result::is_ok), "{good:?}");
    let places: Vec<(&String, usize)> = bundle
        .iter()
        .flat_map(|(name, content)| lengths(name, content.len()).into_iter().map(move |at| (name, at)))
        .collect();
    assert!(!places.is_empty());
    let failed = places.par_iter().filter_map(|(name, at)| {
        let mut damaged = bundle.clone();
        change(damaged.get_mut(*name).unwrap(), *at);
        wrong(&good, &damaged).map(|wrong| format!("{name} at {at}: {wrong}"))
    });
    failed.collect()
}

fn assert_none(failed: &[String]) {
    assert!(failed.is_empty(), "{} wrong, such as:\n{}", failed.len(), failed[..failed.len().min(10)].join("\n"));
}

#[test]
fn every_byte_with_its_lowest_bit_flipped_is_noticed_or_does_no_harm() {
    assert_none(&each(|bytes, at| bytes[at] ^= 1, |_, length| (0..length).collect()));
}

#[test]
fn every_byte_with_its_highest_bit_flipped_is_noticed_or_does_no_harm() {
    assert_none(&each(|bytes, at| bytes[at] ^= 0x80, |_, length| (0..length).collect()));
}

#[test]
fn every_bit_of_the_manifest_and_the_head_is_noticed_or_does_no_harm() {
    let small = |name: &str, length: usize| {
        if name == MANIFEST || name.starts_with("head-") { (0..length * 8).collect() } else { Vec::new() }
    };
    assert_none(&each(|bytes, at| bytes[at / 8] ^= 1 << (at % 8), small));
}

#[test]
fn every_bit_inside_the_head_is_noticed_or_does_no_harm() {
    let flip = |file: &mut Vec<u8>, at: usize| {
        let mut head = inflate_head(file).unwrap();
        head[at / 8] ^= 1 << (at % 8);
        *file = deflate_head(&head).unwrap();
    };
    let bundle = bundle();
    let inside = |name: &str, _| {
        if name.starts_with("head-") {
            (0..inflate_head(&bundle[name]).unwrap().len() * 8).collect()
        } else {
            Vec::new()
        }
    };
    assert_none(&each(flip, inside));
}

#[test]
fn every_length_a_file_is_cut_to_is_noticed() {
    assert_none(&each(Vec::truncate, |_, length| (0..length).collect()));
}

#[test]
fn bytes_after_the_end_do_no_harm() {
    assert_none(&each(|bytes, at| bytes.resize(bytes.len() + at, 0), |_, _| vec![1, 4, 4096]));
}

#[test]
fn a_byte_of_a_larger_bundle_flipped_is_noticed_or_does_no_harm() {
    // With a dictionary, lists of their own, and several blocks and pages.
    let bundle = files(&build(many::articles(700, 70)));
    let kinds: Vec<&str> = bundle.keys().filter_map(|name| name.split('-').next()).collect();
    assert!(
        ["articles", "dictionary", "head", "postings", "terms"].iter().all(|kind| kinds.contains(kind)),
        "{kinds:?}"
    );
    let ask = |files: &Files| -> Vec<std::result::Result<String, &'static str>> {
        let mut host = match Host::open(files.clone()) {
            Ok(host) => host,
            Err(error) => return vec![Err(error.code()); 5],
        };
        let mut answers: Vec<_> = ["ba", "\"ba ca\"", "ma ta", ""]
            .map(|text| {
                let asked = timdoc::engine::Request { limit: Some(5), prefix: true, ..request(text) };
                host.search(&asked).map(|result| format!("{result:?}")).map_err(|error| error.code())
            })
            .into();
        answers.push(host.article("bai-00123").map(|article| format!("{article:?}")).map_err(|error| error.code()));
        answers
    };
    let good = ask(&bundle);
    assert!(good.iter().all(std::result::Result::is_ok), "{good:?}");
    let places: Vec<(&String, usize)> =
        bundle.iter().flat_map(|(name, content)| (0..40).map(move |part| (name, content.len() * part / 40))).collect();
    let failed: Vec<String> = places
        .par_iter()
        .filter_map(|(name, at)| {
            let mut damaged = bundle.clone();
            damaged.get_mut(*name).unwrap()[*at] ^= 0x10;
            let answers = ask(&damaged);
            let bad = answers.iter().zip(&good).find(|(got, expected)| got != expected && got.is_ok());
            bad.map(|(got, _)| format!("{name} at {at}: {got:?}"))
        })
        .collect();
    assert_none(&failed);
}

#[test]
fn a_file_that_is_missing_is_an_error_and_never_no_results() {
    let bundle = bundle();
    let good = ask(&bundle, &tiny::calls()).unwrap();
    for name in bundle.keys().filter(|name| *name != MANIFEST) {
        let mut damaged = bundle.clone();
        damaged.remove(name);
        match ask(&damaged, &tiny::calls()) {
            Err(code) => assert_eq!(code, "missing", "{name}"),
            Ok(answers) => {
                assert!(answers.contains(&Err("missing")), "{name} is not missed");
                let right = answers.iter().zip(&good).all(|(got, expected)| got == expected || *got == Err("missing"));
                assert!(right, "{name}: {answers:?}");
            }
        }
    }
}

#[test]
fn a_missing_shard_is_an_error_on_disk_too() {
    let bundle = bundle();
    for (kind, text) in [("terms-", "học"), ("articles-", "học")] {
        let folder = tempfile::tempdir().unwrap();
        write_folder(&bundle, folder.path());
        let name = bundle.keys().find(|name| name.starts_with(kind)).unwrap();
        std::fs::remove_file(folder.path().join(name)).unwrap();
        let mut library = Library::open(folder.path()).unwrap();
        let error = library.search(&request(text)).unwrap_err();
        assert_eq!(error.code(), "missing", "{kind}");
        assert!(error.to_string().contains(name.as_str()), "{error}");
        assert_eq!(library.article(tiny::IDS[0]).unwrap_err().code(), "missing");
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Library::open(folder.path()).err().map(|error| error.code()), Some("io"), "an empty folder");
}

/// Bytes of another place of the file.
fn shifted(by: i64) -> impl Fn(&Files, &str, Range<u32>) -> Option<(u32, Vec<u8>)> {
    move |files, file, range| {
        let content = files.get(file)?;
        let at = |place: u32| (i64::from(place) + by).rem_euclid(content.len() as i64) as usize;
        Some((range.start, range.map(|place| content[at(place)]).collect()))
    }
}

#[test]
fn bytes_of_the_wrong_place_are_damage() {
    let bundle = bundle();
    let good = ask(&bundle, &tiny::calls()).unwrap();
    for by in [-1024, -5, -1, 1, 2, 7, 64, 1024] {
        let mut host = Host::open_with(bundle.clone(), Box::new(shifted(by))).unwrap();
        let answers = tiny::answers(&mut host, &tiny::calls());
        assert_eq!(answers[0], Err("damaged"), "shifted by {by}");
        assert!(
            answers.iter().zip(&good).all(|(got, right)| got == right || *got == Err("damaged")),
            "shifted by {by}"
        );
    }
}

#[test]
fn a_page_of_another_article_is_damage() {
    // The host gives whole pages, but of another place: their lengths and offsets fit.
    let bundle = files(&build(many::articles(700, 70)));
    let pages = |by: i64| {
        move |files: &Files, file: &str, range: Range<u32>| {
            if file.starts_with("articles-") { shifted(by)(files, file, range) } else { exact(files, file, range) }
        }
    };
    for by in [1024, 2048, -1024, 10 * 1024] {
        let mut host = Host::open_with(bundle.clone(), Box::new(pages(by))).unwrap();
        let error = host.article("bai-00300").unwrap_err();
        assert_eq!(error.code(), "damaged", "pages shifted by {by}");
    }
}

#[test]
fn what_was_damaged_on_its_way_can_be_fetched_again() {
    let bundle = files(&build(many::articles(700, 70)));
    let mut right = Host::open(bundle.clone()).unwrap();
    let asked = timdoc::engine::Request { limit: Some(5), ..request("ba ca") };
    let (expected, article) = (right.search(&asked).unwrap(), right.article("bai-00300").unwrap());
    for kind in ["terms-", "postings-", "articles-"] {
        // The first file of that kind that is asked for, until it was reported.
        let (bad, first) = (Cell::new(true), RefCell::new(None));
        let fetch = |files: &Files, file: &str, range: Range<u32>| {
            let (start, mut bytes) = exact(files, file, range)?;
            if bad.get() && file.starts_with(kind) {
                let mut first = first.borrow_mut();
                if first.get_or_insert_with(|| file.to_owned()) == file {
                    bytes.iter_mut().for_each(|byte| *byte ^= 0x55);
                }
            }
            Some((start, bytes))
        };
        let mut host = Host::open_with(bundle.clone(), Box::new(fetch)).unwrap();
        assert_eq!(host.search(&asked).map_err(|error| error.code()), Err("damaged"), "{kind}");
        bad.set(false);
        let again = host.search(&asked);
        assert!(again.as_ref() == Ok(&expected), "{kind}: {:?}", again.map_err(|error| error.to_string()).err());
        assert!(host.article("bai-00300").as_ref() == Ok(&article), "{kind}");
    }
}

#[test]
fn a_host_that_gives_whole_files_gets_the_same_answers() {
    let bundle = bundle();
    let mut host = Host::open_with(bundle.clone(), Box::new(whole)).unwrap();
    assert_eq!(tiny::answers(&mut host, &tiny::calls()), ask(&bundle, &tiny::calls()).unwrap());
}

/// The bundle with the version of its manifest and heads set.
fn of_version(in_manifest: Option<u32>, in_head: Option<u32>) -> Files {
    let mut bundle = bundle();
    if let Some(version) = in_manifest {
        let mut manifest: Value = serde_json::from_slice(&bundle[MANIFEST]).unwrap();
        manifest["version"] = version.into();
        bundle.insert(MANIFEST.into(), serde_json::to_vec(&manifest).unwrap());
    }
    if let Some(version) = in_head {
        let head = bundle.iter_mut().find(|(name, _)| name.starts_with("head-")).unwrap().1;
        let mut inside = inflate_head(head).unwrap();
        inside[8..12].copy_from_slice(&version.to_le_bytes());
        *head = deflate_head(&inside).unwrap();
        let length = head.len();
        let mut manifest: Value = serde_json::from_slice(&bundle[MANIFEST]).unwrap();
        manifest["segments"][0]["head"]["bytes"] = length.into();
        bundle.insert(MANIFEST.into(), serde_json::to_vec(&manifest).unwrap());
    }
    bundle
}

fn on_disk<T>(bundle: &Files, open: impl Fn(&std::path::Path) -> Result<T>) -> Option<Error> {
    let folder = tempfile::tempdir().unwrap();
    write_folder(bundle, folder.path());
    open(folder.path()).err()
}

#[test]
fn a_newer_format_is_refused_with_what_to_do() {
    let newer = timdoc::bundle::head::VERSION + 1;
    for bundle in [of_version(Some(newer), None), of_version(None, Some(newer)), of_version(Some(newer), Some(newer))] {
        let error = on_disk(&bundle, Library::open).unwrap();
        assert_eq!(error.code(), "version");
        assert!(error.to_string().contains("use a newer timdoc"), "{error}");
        assert!(error.to_string().contains(&newer.to_string()), "{error}");
    }
}

#[test]
fn an_older_format_is_refused_with_what_to_do() {
    let older = timdoc::bundle::head::VERSION - 1;
    let error = on_disk(&of_version(Some(older), Some(older)), Library::open).unwrap();
    assert_eq!(error.code(), "version");
    assert!(error.to_string().contains("build the bundle again"), "{error}");
}

#[test]
fn damage_that_the_names_do_not_show_is_noticed_or_does_no_harm() {
    let bundle = bundle();
    let good = ask(&bundle, &tiny::few_calls()).unwrap();
    for kind in ["terms-", "articles-"] {
        let length = bundle.iter().find(|(name, _)| name.starts_with(kind)).unwrap().1.len();
        for at in (0..length).step_by(length / 50) {
            let damaged = disguised(&bundle, kind, |content| content[at] ^= 1);
            assert_eq!(wrong(&good, &damaged), None, "{kind} at {at}");
        }
    }
}

#[test]
fn random_damage_of_a_larger_bundle_is_noticed_or_does_no_harm() {
    let bundle = files(&build(many::articles(1000, 70)));
    let good = damage::good(&bundle);
    let failed: Vec<String> = (1..=200u64)
        .into_par_iter()
        .filter_map(|seed| {
            let (mut damaged, mut numbers) = (bundle.clone(), many::Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            let how = damage::damage(&mut damaged, &mut numbers);
            damage::lost(&good, &damaged).map(|lost| format!("seed {seed}, {how}: {lost}"))
        })
        .collect();
    assert_none(&failed);
}

#[test]
fn a_head_that_lies_past_its_checksums_is_no_panic_and_no_endless_round() {
    let bundle = files(&build(many::articles(40, 40)));
    let (_, usual) = damage::ask_any(&bundle);
    let length = inflate_head(bundle.iter().find(|(name, _)| name.starts_with("head-")).unwrap().1).unwrap().len();
    let failed: Vec<String> = (0..length)
        .into_par_iter()
        .filter_map(|at| {
            let lying = damage::lie(&bundle, |head| head[at] ^= 0xff);
            damage::lost_to_a_liar(usual, &lying).map(|lost| format!("byte {at}: {lost}"))
        })
        .collect();
    assert_none(&failed);
}
