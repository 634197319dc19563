//! The same articles give the same bytes: twice, in any order, on any number of threads, into any folder.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/many.rs"]
mod many;
#[path = "support/memory.rs"]
mod memory;
#[path = "support/sample.rs"]
mod sample;

use many::Numbers;
use memory::{Files, MANIFEST, build, files, read_folder};
use serde_json::Value;
use sha2::{Digest, Sha256};
use timdoc::article::Article;
use timdoc::bundle::publish::publish;

/// Enough for a dictionary, for several files of a kind, and for pairs of one article to be left out.
fn large() -> Vec<Article> {
    many::articles(2200, 60)
}

fn on_threads(threads: usize, articles: &[Article]) -> Files {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| files(&build(articles.to_vec())))
}

#[test]
fn the_number_of_threads_does_not_show() {
    for articles in [sample::sample(), large()] {
        let one = on_threads(1, &articles);
        assert!(one.len() > 4);
        assert!(on_threads(3, &articles) == one, "{} articles", articles.len());
    }
}

#[test]
fn the_order_of_the_input_does_not_show() {
    let articles = many::articles(300, 40);
    let expected = files(&build(articles.clone()));
    for seed in [1, 2] {
        assert!(files(&build(Numbers(seed).shuffled(articles.clone()))) == expected, "shuffled with {seed}");
    }
    let mut backwards = sample::sample();
    backwards.reverse();
    assert!(files(&build(backwards)) == files(&build(sample::sample())));
}

#[test]
fn a_second_build_over_the_first_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    publish(&build(sample::sample()), folder.path()).unwrap();
    let first = read_folder(folder.path());
    publish(&build(sample::sample()), folder.path()).unwrap();
    assert!(read_folder(folder.path()) == first);
}

#[test]
fn another_build_leaves_nothing_of_the_one_before_and_nothing_of_others_goes() {
    let folder = tempfile::tempdir().unwrap();
    publish(&build(many::articles(50, 40)), folder.path()).unwrap();
    std::fs::write(folder.path().join("robots.txt"), "của người khác").unwrap();
    publish(&build(sample::sample()), folder.path()).unwrap();
    let mut found = read_folder(folder.path());
    assert_eq!(found.remove("robots.txt").as_deref(), Some("của người khác".as_bytes()));
    assert!(found == files(&build(sample::sample())));
}

#[test]
fn names_are_the_hashes_of_contents_and_no_file_is_larger_than_a_shard() {
    let files = files(&build(large()));
    assert!(files.len() > 6, "{} files", files.len());
    for (name, content) in files.iter().filter(|(name, _)| *name != MANIFEST) {
        let hash: String = Sha256::digest(content)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(name.ends_with(&format!("-{hash}.bin")), "{name}");
        // The head is read whole; all else comes in shards.
        assert!(content.len() <= 256 * 1024 || name.starts_with("head-"), "{name}: {} bytes", content.len());
    }
}

#[test]
fn one_article_more_renames_only_what_holds_it() {
    let sample = sample::sample();
    let before = files(&build(sample[1..].to_vec()));
    let after = files(&build(sample));
    assert!(before.get(MANIFEST) != after.get(MANIFEST));
    for (name, content) in &before {
        assert!(name == MANIFEST || after.get(name).is_none_or(|same| same == content), "{name} has two contents");
    }
}

#[test]
fn the_manifest_states_the_content_and_no_time() {
    let files = files(&build(sample::sample()));
    let manifest: Value = serde_json::from_slice(&files[MANIFEST]).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&manifest), ["format", "segments", "version"]);
    for segment in manifest["segments"].as_array().unwrap() {
        assert_eq!(keys(segment), ["articles", "bytes", "dictionary", "head"]);
        assert_eq!(keys(&segment["head"]), ["bytes", "file"]);
        assert_eq!(keys(&segment["dictionary"]), ["bytes", "file"]);
    }
    let stated = manifest["segments"][0]["dictionary"]["bytes"].as_u64().unwrap()
        + manifest["segments"].as_array().unwrap().iter().map(|s| s["bytes"].as_u64().unwrap()).sum::<u64>();
    let there: u64 = files.iter().filter(|(name, _)| *name != MANIFEST).map(|(_, content)| content.len() as u64).sum();
    assert_eq!(stated, there);
    assert_eq!(manifest["segments"][0]["articles"], sample::sample().len());
}
