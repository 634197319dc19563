//! `timdoc sign`: what was signed is known again, and nothing else is.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;
#[path = "support/sample.rs"]
mod sample;

use std::fs;
use std::path::{Path, PathBuf};

use command::{Desk, run};
use serde_json::json;
use timdoc::bundle::manifest::MANIFEST;
use timdoc::bundle::publish::Publisher;
use timdoc::bundle::sign::check::check;
use timdoc::bundle::sign::keys::{PublicKey, Signer};
use timdoc::bundle::sign::{Statement, is_signed, sign_folder};
use timdoc::bundle::write::write;

fn signer() -> Signer {
    Signer::of([7; 32])
}

/// A signed library of the sample in a folder.
fn signed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let bundle = write(sample::sample(), &mut |_| ()).unwrap();
    Publisher::open(&path).unwrap().signed_by(&[signer()]).publish(&bundle).unwrap();
    (folder, path)
}

fn named(folder: &Path, beginning: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(beginning))
        .collect();
    found.sort();
    found
}

fn right(folder: &Path, key: &PublicKey) -> bool {
    check(folder, key).unwrap().is_empty()
}

#[test]
fn a_library_is_signed_as_it_is_published() {
    let (_keep, folder) = signed();
    assert_eq!(check(&folder, &signer().public()).unwrap(), Vec::<String>::new());
    assert!(!right(&folder, &Signer::of([8; 32]).public()));
}

#[test]
fn every_byte_of_the_signature_counts() {
    let (_keep, folder) = signed();
    let path = named(&folder, "signature-").remove(0);
    let bytes = fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(Statement::read(&changed, &signer().public()).is_err(), "byte {at}");
        assert!(Statement::read(&bytes[..at], &signer().public()).is_err(), "cut to {at}");
    }
    assert!(Statement::read(&bytes, &signer().public()).is_ok());
}

#[test]
fn every_byte_of_the_manifest_counts() {
    let (_keep, folder) = signed();
    let path = folder.join(MANIFEST);
    let signature = named(&folder, "signature-").remove(0);
    let bytes = fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        // Under the name that is looked for, too.
        let name = timdoc::bundle::sign::signature_name(&changed, signer().public().id());
        fs::copy(&signature, folder.join(&name)).unwrap();
        assert!(!right(&folder, &signer().public()), "byte {at}");
        fs::remove_file(folder.join(&name)).unwrap();
    }
}

#[test]
fn every_byte_of_the_hashes_counts() {
    let (_keep, folder) = signed();
    let path = named(&folder, "hashes-").remove(0);
    let bytes = fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        assert!(!right(&folder, &signer().public()), "byte {at}");
    }
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    assert!(!right(&folder, &signer().public()));
}

#[test]
fn a_changed_file_is_noticed_and_not_signed() {
    let (_keep, folder) = signed();
    for kind in ["head-", "dictionary-", "terms-", "articles-"] {
        let path = named(&folder, kind).remove(0);
        let bytes = fs::read(&path).unwrap();
        let mut changed = bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        fs::write(&path, &changed).unwrap();
        assert!(!right(&folder, &signer().public()), "{kind}");
        assert_eq!(sign_folder(&folder, &[signer()], true).unwrap_err().code(), "damaged", "{kind}");
        fs::write(&path, &bytes).unwrap();
    }
    assert!(right(&folder, &signer().public()));
}

#[test]
fn the_signature_of_another_library_is_not_taken() {
    let (_keep, folder) = signed();
    let (_other, other) = signed();
    let more = write(sample::sample().into_iter().skip(1).collect(), &mut |_| ()).unwrap();
    Publisher::open(&other).unwrap().signed_by(&[signer()]).publish(&more).unwrap();
    let mine = named(&folder, "signature-").remove(0);
    fs::copy(named(&other, "signature-").remove(0), &mine).unwrap();
    assert!(!right(&folder, &signer().public()));
}

#[test]
fn signing_again_changes_nothing_and_renewing_gives_a_later_date() {
    let (_keep, folder) = signed();
    let time = || {
        let bytes = fs::read(named(&folder, "signature-").remove(0)).unwrap();
        Statement::read(&bytes, &signer().public()).unwrap().time
    };
    let first = time();
    assert!(sign_folder(&folder, &[signer()], false).unwrap().written.is_empty());
    assert_eq!(time(), first);
    sign_folder(&folder, &[signer()], true).unwrap();
    assert!(time() > first);
}

#[test]
fn two_keys_may_sign_at_once() {
    let (_keep, folder) = signed();
    let new = Signer::of([8; 32]);
    sign_folder(&folder, std::slice::from_ref(&new), false).unwrap();
    assert!(right(&folder, &signer().public()) && right(&folder, &new.public()));
    assert_eq!((named(&folder, "signature-").len(), named(&folder, "hashes-").len()), (2, 1));
}

#[test]
fn publishing_without_signing_leaves_no_signature() {
    let (_keep, folder) = signed();
    let bundle = write(sample::sample(), &mut |_| ()).unwrap();
    Publisher::open(&folder).unwrap().publish(&bundle).unwrap();
    assert!(!is_signed(&folder));
    assert!(named(&folder, "signature-").is_empty() && named(&folder, "hashes-").is_empty());
}

/// A desk with a key and a library of one article.
fn desk() -> (Desk, String) {
    let desk = Desk::new();
    desk.write("one.jsonl", json!({"id": "mot", "title": "Bài một", "body": "Nội dung một."}).to_string());
    desk.write("two.jsonl", json!({"id": "hai", "title": "Bài hai", "body": "Nội dung hai."}).to_string());
    let made = run(["sign", "--new-key", &desk.name("key"), "--json"]).json();
    let key = made["public_keys"][0].as_str().unwrap().to_owned();
    (desk, key)
}

#[test]
fn build_add_and_merge_sign_in_the_same_run() {
    let (desk, key) = desk();
    let (bundle, secret) = (desk.name("bundle"), desk.name("key"));
    let verified = || run(["verify", &bundle, "--key", &key]).code;
    run(["build", &desk.name("one.jsonl"), "--out", &bundle, "--sign", &secret]).ok();
    assert_eq!(verified(), 0);
    run(["add", &desk.name("two.jsonl"), "--to", &bundle, "--sign", &secret]).ok();
    assert_eq!(verified(), 0);
    run(["merge", &bundle, "--sign", &secret]).ok();
    assert_eq!(verified(), 0);
}

#[test]
fn adding_without_signing_says_that_the_signature_is_gone() {
    let (desk, key) = desk();
    let (bundle, secret) = (desk.name("bundle"), desk.name("key"));
    run(["build", &desk.name("one.jsonl"), "--out", &bundle, "--sign", &secret]).ok();
    let same = run(["add", &desk.name("one.jsonl"), "--to", &bundle]).ok();
    assert!(!same.err.contains("signed"), "{}", same.err);
    let added = run(["add", &desk.name("two.jsonl"), "--to", &bundle]).ok();
    assert!(added.err.contains("was signed and is so no more"), "{}", added.err);
    assert_eq!(run(["verify", &bundle, "--key", &key]).code, 1);
    assert_eq!(run(["verify", &bundle]).code, 0);
    // Nothing is to be changed, and it is signed all the same.
    run(["add", &desk.name("two.jsonl"), "--to", &bundle, "--sign", &secret]).ok();
    assert_eq!(run(["verify", &bundle, "--key", &key]).code, 0);
}

#[test]
fn a_key_is_never_overwritten_and_a_missing_one_stops_before_anything_is_changed() {
    let (desk, _) = desk();
    run(["sign", "--new-key", &desk.name("key")]).failed();
    run(["build", &desk.name("one.jsonl"), "--out", &desk.name("bundle"), "--sign", &desk.name("none")]).failed();
    assert!(!Path::new(&desk.name("bundle")).exists());
    run(["verify", &desk.name("bundle"), "--key", "x"]).bad_usage();
}
