//! A library that is added to, taken from and merged answers as one that was built so.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;
#[path = "support/many.rs"]
mod many;
#[path = "support/sample.rs"]
mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use command::{Desk, Ran, assert_whole, run, tool};
use serde_json::{Value, json};
use timdoc::article::Article;

/// An article as a line of JSON.
fn line(article: &Article) -> String {
    let body: Vec<&str> = article.blocks.iter().map(|block| block.text.as_str()).collect();
    let published = article.published.as_ref().map(timdoc::article::Date::iso);
    json!({"id": article.id, "title": article.title, "published": published, "lead": article.lead,
           "category": article.category, "tags": article.tags, "body": body.join("\n")})
    .to_string()
}

fn lines(articles: &[Article]) -> String {
    articles.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A desk with `all.jsonl`, built into `whole`, and the same articles in two parts, built and added into `bundle`.
fn in_two(articles: &[Article], first: usize) -> Desk {
    let desk = Desk::new();
    desk.write("all.jsonl", lines(articles));
    desk.write("first.jsonl", lines(&articles[..first]));
    desk.write("second.jsonl", lines(&articles[first..]));
    desk.build("all.jsonl", "whole").ok();
    desk.build("first.jsonl", "bundle").ok();
    add(&desk, &["second.jsonl"], &[]).ok();
    desk
}

fn add(desk: &Desk, inputs: &[&str], options: &[&str]) -> Ran {
    let inputs = inputs.iter().map(|input| desk.name(input));
    let args = ["add".to_owned()].into_iter().chain(inputs).chain(options.iter().map(|&option| option.to_owned()));
    run(args.chain(["--to".to_owned(), desk.name("bundle"), "--json".to_owned()]))
}

fn search(desk: &Desk, library: &str, query: &str, options: &[&str]) -> Value {
    let args = ["search", &desk.name(library), query, "--json"];
    let mut found = run(args.iter().chain(options)).json();
    found.as_object_mut().unwrap().remove("took_us");
    found
}

fn ids(found: &Value) -> Vec<String> {
    found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

fn manifest(desk: &Desk) -> Value {
    serde_json::from_slice(&desk.files("bundle")["manifest.json"]).unwrap()
}

fn tiny(id: &str, title: &str, published: &str, body: &str) -> String {
    json!({"id": id, "title": title, "published": published, "body": body}).to_string()
}

#[test]
fn two_segments_find_what_one_does() {
    let articles = many::articles(600, 60);
    let desk = in_two(&articles, 500);
    assert_eq!(manifest(&desk)["segments"].as_array().unwrap().len(), 2);
    for article in articles.iter().step_by(61) {
        let query = article.title.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let (one, two) = (search(&desk, "whole", &query, &[]), search(&desk, "bundle", &query, &[]));
        assert_eq!(one["total"], two["total"], "{query}");
        assert_eq!(ids(&one)[0], ids(&two)[0], "{query}");
        let all = |found: &Value| ids(found).into_iter().collect::<BTreeSet<_>>();
        let many = ["--limit", "100", "--sort", "newest"];
        let (one, two) = (search(&desk, "whole", &query, &many), search(&desk, "bundle", &query, &many));
        assert_eq!(all(&one), all(&two), "{query}");
        assert_eq!(one["histogram"], two["histogram"], "{query}");
        assert_eq!(one["facets"], two["facets"], "{query}");
    }
}

#[test]
fn articles_of_two_segments_are_sorted_by_date_together() {
    let articles = many::articles(300, 40);
    let (odd, even): (Vec<_>, Vec<_>) = articles.iter().cloned().enumerate().partition(|(number, _)| number % 5 == 0);
    let plain = |list: Vec<(usize, Article)>| list.into_iter().map(|(_, article)| article).collect::<Vec<_>>();
    let mixed = [plain(even), plain(odd)].concat();
    let desk = in_two(&mixed, 240);
    for sort in ["newest", "oldest"] {
        let dates = |library: &str| -> Vec<String> {
            let found = search(&desk, library, "", &["--limit", "300", "--sort", sort]);
            found["hits"].as_array().unwrap().iter().map(|hit| hit["published"].to_string()).collect()
        };
        assert_eq!(dates("whole"), dates("bundle"), "{sort}");
    }
}

#[test]
fn newer_and_older_lead_through_all_segments_and_past_deleted_articles() {
    let desk = Desk::library(
        &[
            tiny("a", "Bài thứ nhất", "2024-01-01", "Nội dung một."),
            tiny("c", "Bài thứ ba", "2024-01-03", "Nội dung ba."),
            tiny("d", "Bài thứ tư", "2024-01-04", "Nội dung bốn."),
            tiny("e", "Bài thứ năm", "2024-01-05", "Nội dung năm."),
            tiny("f", "Bài thứ sáu", "2024-01-05", "Nội dung sáu."),
        ]
        .join("\n"),
    );
    desk.write(
        "new.jsonl",
        [tiny("b", "Bài thứ hai", "2024-01-02", "Nội dung hai."), tiny("g", "Bài cuối", "2024-01-05", "Nội dung bảy.")]
            .join("\n"),
    );
    let whole = manifest(&desk);
    add(&desk, &["new.jsonl"], &["--remove", "d"]).ok();
    assert_ne!(whole, manifest(&desk));
    let mut walked = vec!["a".to_owned()];
    let read = |id: &str| run(["read", &desk.name("bundle"), id, "--json"]).json();
    while let Some(next) = read(walked.last().unwrap())["newer"]["id"].as_str() {
        walked.push(next.to_owned());
    }
    assert_eq!(walked, ["a", "b", "c", "e", "f", "g"]);
    while let Some(next) = read(walked.last().unwrap())["older"]["id"].as_str() {
        assert_eq!(walked.pop().map(|_| next), walked.last().map(String::as_str));
    }
    assert_eq!(walked, ["a"]);
}

#[test]
fn a_changed_article_is_found_by_its_new_text_only() {
    let mut articles = many::articles(300, 40);
    let desk = in_two(&articles, 290);
    articles[7].title = "Tiêu đề đã sửa lại".into();
    desk.write("changed.jsonl", line(&articles[7]));
    let report = add(&desk, &["changed.jsonl"], &[]).json();
    assert_eq!((&report["changed"], &report["added"], &report["articles"]), (&json!(1), &json!(0), &json!(300)));
    let found = search(&desk, "bundle", "tieu de da sua lai", &[]);
    assert_eq!(ids(&found)[0], articles[7].id);
    let every = search(&desk, "bundle", "", &["--limit", "400"]);
    assert_eq!((every["total"].as_u64(), ids(&every).len()), (Some(300), 300));
    let read = run(["read", &desk.name("bundle"), &articles[7].id, "--json"]).json();
    assert_eq!(read["title"], "Tiêu đề đã sửa lại");
    assert_whole(&desk.name("bundle"));
}

#[test]
fn a_removed_article_is_nowhere() {
    let articles = many::articles(300, 40);
    let desk = in_two(&articles, 290);
    let (old, new) = (&articles[5], &articles[295]);
    let report = add(&desk, &[], &["--remove", &old.id, "--remove", &new.id, "--remove", "chưa có"]).json();
    assert_eq!((&report["removed"], &report["not_found"]), (&json!(2), &json!(["chưa có"])));
    for gone in [old, new] {
        assert!(!ids(&search(&desk, "bundle", &gone.title, &["--limit", "100"])).contains(&gone.id));
        assert!(run(["read", &desk.name("bundle"), &gone.id]).failed().contains(&gone.id));
        let category = format!("category={}", gone.category.as_deref().unwrap());
        let in_category = search(&desk, "bundle", "", &["--filter", &category, "--limit", "300"]);
        let left = articles.iter().filter(|a| a.category == gone.category && a.id != old.id && a.id != new.id).count();
        assert_eq!(in_category["total"], left);
    }
    assert_eq!(run(["inspect", &desk.name("bundle"), "--json"]).json()["articles"], 298);
    assert_whole(&desk.name("bundle"));
}

#[test]
fn adding_the_same_articles_again_changes_no_byte() {
    let desk = in_two(&many::articles(300, 40), 290);
    let before = desk.files("bundle");
    let report = add(&desk, &["all.jsonl"], &[]).json();
    assert_eq!((&report["unchanged"], &report["written_bytes"]), (&json!(300), &json!(0)));
    assert!(desk.files("bundle") == before);
}

#[test]
fn every_kind_of_article_is_known_again() {
    // Tables, captions, attachments, inferred dates: what is stored is all there was.
    let desk = Desk::new();
    let input = sample::project("www/sample");
    run(["build", input.to_str().unwrap(), "--out", &desk.name("bundle")]).ok();
    let report = run(["add", input.to_str().unwrap(), "--to", &desk.name("bundle"), "--json"]).json();
    assert_eq!((&report["added"], &report["changed"]), (&json!(0), &json!(0)));
    assert!(report["unchanged"].as_u64().unwrap() > 40);
}

#[test]
fn an_add_leaves_old_files_as_they_are_and_writes_little() {
    let articles = many::articles(2_500, 60);
    let desk = Desk::new();
    desk.write("old.jsonl", lines(&articles[..2_499]));
    desk.write("new.jsonl", lines(&articles[2_499..]));
    desk.build("old.jsonl", "bundle").ok();
    let before = desk.files("bundle");
    add(&desk, &["new.jsonl"], &[]).ok();
    let after = desk.files("bundle");
    let gone: Vec<_> = before.keys().filter(|name| !after.contains_key(*name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    let changed: BTreeMap<_, _> = after.iter().filter(|(name, content)| before.get(*name) != Some(content)).collect();
    let bytes: usize = changed.values().map(|content| content.len()).sum();
    assert!(changed.len() <= 5 && bytes < 8_000, "{bytes} bytes in {:?}", changed.keys());
}

#[test]
fn mirror_removes_what_the_input_does_not_have() {
    let articles = many::articles(120, 40);
    let desk = in_two(&articles, 100);
    desk.write("left.jsonl", lines(&articles[30..]));
    let report = add(&desk, &["left.jsonl"], &["--mirror"]).json();
    assert_eq!((&report["removed"], &report["unchanged"], &report["articles"]), (&json!(30), &json!(90), &json!(90)));
    assert_whole(&desk.name("bundle"));
}

#[test]
fn mirror_refuses_when_something_could_not_be_read() {
    let desk = in_two(&many::articles(60, 40), 50);
    let before = desk.files("bundle");
    desk.write("bad.jsonl", "{");
    assert!(add(&desk, &["first.jsonl", "bad.jsonl"], &["--mirror"]).failed().contains("--mirror"));
    assert!(desk.files("bundle") == before);
}

#[test]
fn a_library_is_not_emptied() {
    let desk = Desk::library(&tiny("a", "Bài duy nhất", "2024-01-01", "Nội dung."));
    let before = desk.files("bundle");
    assert!(add(&desk, &[], &["--remove", "a"]).failed().contains("no article"));
    assert!(desk.files("bundle") == before);
}

#[test]
fn a_merged_library_is_that_of_one_build() {
    let mut articles = many::articles(400, 50);
    let desk = in_two(&articles, 300);
    articles[3].title = "Một tiêu đề mới hẳn".into();
    desk.write("changed.jsonl", line(&articles[3]));
    add(&desk, &["changed.jsonl"], &["--remove", &articles[350].id]).ok();
    articles.remove(350);
    desk.write("expected.jsonl", lines(&articles));
    desk.build("expected.jsonl", "expected").ok();
    run(["merge", &desk.name("bundle")]).ok();
    assert!(desk.files("bundle") == desk.files("expected"));
}

#[test]
fn libraries_are_merged_or_listed_and_the_later_article_stays() {
    let articles = many::articles(90, 40);
    let desk = Desk::new();
    let mut again = articles[5].clone();
    again.title = "Bản sau cùng".into();
    for (name, part) in [("1", &articles[..40]), ("2", &articles[40..]), ("3", &[again][..])] {
        desk.write(&format!("{name}.jsonl"), lines(part));
        desk.build(&format!("{name}.jsonl"), name).ok();
    }
    let parts = [desk.name("1"), desk.name("2"), desk.name("3")];
    let merge = |options: &[&str], out: &str| {
        let args = std::iter::once("merge").chain(options.iter().copied()).chain(parts.iter().map(String::as_str));
        run(args.chain(["--out", &desk.name(out), "--json"])).json()
    };
    let (merged, listed) = (merge(&[], "merged"), merge(&["--list"], "listed"));
    assert_eq!((&merged["segments"], &merged["replaced"], &merged["articles"]), (&json!(1), &json!(1), &json!(90)));
    assert_eq!((&listed["segments"], &listed["replaced"], &listed["articles"]), (&json!(3), &json!(1), &json!(90)));
    for library in ["merged", "listed"] {
        assert_whole(&desk.name(library));
        assert_eq!(search(&desk, library, "", &[])["total"], 90);
        let read = run(["read", &desk.name(library), &articles[5].id, "--json"]).json();
        assert_eq!(read["title"], "Bản sau cùng", "{library}");
    }
}

#[test]
fn two_changes_at_once_are_refused_not_mixed() {
    let desk = in_two(&many::articles(60, 40), 50);
    let held = std::fs::File::open(desk.path("bundle")).unwrap();
    held.lock().unwrap();
    assert!(add(&desk, &["all.jsonl"], &[]).failed().contains("another timdoc"));
    drop(held);
    add(&desk, &["all.jsonl"], &[]).ok();
}

/// Kills `add` or `merge` at eighteen moments: the library is the old one or the new one, and the command may be run again.
fn killed_at_any_moment(merging: bool) {
    let articles = many::articles(700, 120);
    let desk = Desk::new();
    desk.write("old.jsonl", lines(&articles[..600]));
    desk.write("new.jsonl", lines(&articles[600..]));
    desk.build("old.jsonl", "old").ok();
    let restore = |from: &str| {
        let _ = std::fs::remove_dir_all(desk.path("bundle"));
        std::fs::create_dir(desk.path("bundle")).unwrap();
        desk.files(from).iter().for_each(|(name, content)| {
            desk.write(&format!("bundle/{name}"), content);
        });
    };
    let (bundle, new) = (desk.name("bundle"), desk.name("new.jsonl"));
    restore("old");
    let mut args = vec!["add", &new, "--to", &bundle];
    if merging {
        run(&args).ok();
        std::fs::rename(desk.path("bundle"), desk.path("old2")).unwrap();
        restore("old2");
        args = vec!["merge", &bundle];
    }
    let old = if merging { "old2" } else { "old" };
    run(&args).ok();
    let (old_files, new_files) = (desk.files(old), desk.files("bundle"));
    // Killed after so many milliseconds, or as soon as so many files have come.
    let moments = (0..12).map(|n| (n * 12, 99)).chain((1..=6).map(|n| (u64::MAX, n)));
    for (after_ms, files) in moments {
        restore(old);
        let mut child = tool().args(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        for half in 0.. {
            let count = std::fs::read_dir(desk.path("bundle")).unwrap().count();
            let ended = child.try_wait().unwrap().is_some();
            if half / 2 >= after_ms || count >= old_files.len() + files || ended {
                break;
            }
            std::thread::sleep(std::time::Duration::from_micros(500));
        }
        let _ = child.kill();
        child.wait().unwrap();
        assert_whole(&bundle);
        let found = desk.files("bundle");
        let holds = |bundle: &BTreeMap<String, Vec<u8>>| bundle.iter().all(|(name, c)| found.get(name) == Some(c));
        assert!(holds(&old_files) || holds(&new_files), "{args:?} after {after_ms} ms or {files} files");
        run(&args).ok();
        assert!(desk.files("bundle") == new_files, "{args:?}: something was left behind");
    }
}

#[test]
fn an_add_killed_at_any_moment_leaves_the_old_library_or_the_new_one() {
    killed_at_any_moment(false);
}

#[test]
fn a_merge_killed_at_any_moment_leaves_the_old_library_or_the_new_one() {
    killed_at_any_moment(true);
}
