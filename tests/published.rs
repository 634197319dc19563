//! What is published stays whole, whatever becomes of the next build.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;
#[path = "support/many.rs"]
mod many;

use std::process::Stdio;

use command::{Desk, assert_whole, run, tool};
use serde_json::json;

const TINY: &str = include_str!("fixtures/tiny.jsonl");
const GOOD: &str = "Tin tốt\n\nMột đoạn văn đủ dài để thành một bài báo nhỏ của phường.\n";

#[test]
fn strict_fails_on_anything_skipped_and_writes_nothing() {
    let desk = Desk::new();
    desk.write("in/good.txt", GOOD);
    let strict = |out: &str| run(["build", &desk.name("in"), "--out", &desk.name(out), "--strict"]);
    strict("first").ok();
    desk.write("in/bad.json", "{");
    let ran = strict("second");
    assert!(ran.err.contains("bad.json"), "{}", ran.err);
    assert!(ran.failed().contains("--strict"));
    assert!(!desk.path("second").exists());
    let before = desk.files("first");
    strict("first").failed();
    assert!(desk.files("first") == before, "a good bundle was touched");
}

#[test]
fn a_failed_build_leaves_a_good_bundle_as_it_was() {
    let desk = Desk::library(TINY);
    let before = desk.files("bundle");
    std::fs::create_dir(desk.path("empty")).unwrap();
    desk.write("bad/a.json", "{");
    for input in ["empty", "bad", "missing"] {
        run(["build", &desk.name(input), "--out", &desk.name("bundle")]).failed();
        assert!(desk.files("bundle") == before, "{input}");
    }
    let file = desk.write("a-file", "x");
    run(["build", &desk.name("articles.jsonl"), "--out", file.to_str().unwrap()]).failed();
    assert_eq!(std::fs::read(file).unwrap(), b"x");
}

#[test]
fn a_killed_build_leaves_the_old_bundle_or_the_new_one() {
    let articles = |count: usize| -> String {
        let article = |article: timdoc::article::Article| {
            let body: Vec<String> = article.blocks.into_iter().map(|block| block.text).collect();
            json!({"id": article.id, "title": article.title, "tags": article.tags, "body": body.join("\n")}).to_string()
        };
        many::articles(count, 120).into_iter().map(article).collect::<Vec<_>>().join("\n")
    };
    let desk = Desk::library(&articles(300));
    let old = desk.files("bundle");
    desk.write("new.jsonl", articles(900));
    desk.build("new.jsonl", "expected").ok();
    let new = desk.files("expected");
    // Killed after so many milliseconds, or as soon as so many new files are there.
    let moments = [(1, 99), (40, 99), (200, 99), (u64::MAX, 1), (u64::MAX, 2), (u64::MAX, 3), (u64::MAX, 4)];
    for (after, files) in moments {
        let args = ["build", &desk.name("new.jsonl"), "--out", &desk.name("bundle")];
        let mut child = tool().args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        for millisecond in 0.. {
            let count = std::fs::read_dir(desk.path("bundle")).unwrap().count();
            if millisecond >= after || count >= old.len() + files || child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let _ = child.kill();
        child.wait().unwrap();
        assert_whole(&desk.name("bundle"));
        let found = desk.files("bundle");
        let holds = |bundle: &std::collections::BTreeMap<String, Vec<u8>>| {
            bundle.iter().all(|(name, content)| found.get(name) == Some(content))
        };
        assert!(holds(&old) || holds(&new), "killed after {after} ms or {files} files");
        // The next build clears away what was left.
        run(["build", &desk.name("articles.jsonl"), "--out", &desk.name("bundle")]).ok();
        assert!(desk.files("bundle") == old, "something was left behind");
    }
}
