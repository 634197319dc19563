//! What users of the command line tool hold: its help, exit codes, JSON and tables.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use std::process::Stdio;

use command::{Desk, Ran, run, run_with_input, tool};
use serde_json::Value;

const TINY: &str = include_str!("fixtures/tiny.jsonl");

const COMMANDS: [&str; 8] = ["build", "search", "facts", "eval", "read", "inspect", "verify", "serve"];

#[test]
fn help_of_every_command_has_an_example() {
    let all = run(["--help"]).ok().out;
    for command in COMMANDS {
        assert!(all.contains(command), "{command} is not in the help");
        let help = run([command, "--help"]).ok().out;
        let (_, example) = help.split_once("Example").unwrap_or_else(|| panic!("{command}: {help}"));
        assert!(example.contains(&format!("timdoc {command} ")), "{command}: {example}");
    }
    assert!(run(["--version"]).ok().out.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_licences_of_what_is_linked_are_printed() {
    let said = run(["--licenses"]).ok().out;
    for linked in ["\n  fst ", "\n  clap ", "\n  zstd-sys ", "Permission is hereby granted, free of charge"] {
        assert!(said.contains(linked), "{linked:?}");
    }
    // It stands alone: beside a command it would hide what the command says.
    run(["--licenses", "verify", "x"]).bad_usage();
    run::<&str>([]).bad_usage();
}

#[test]
fn commands_that_report_do_so_in_json() {
    for command in ["build", "search", "facts", "eval", "read", "inspect", "verify"] {
        assert!(run([command, "--help"]).ok().out.contains("--json"), "{command}");
    }
}

#[test]
fn bad_usage_is_code_2_and_failure_is_code_1() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    for args in [
        &[][..],
        &["nhầm"],
        &["build"],
        &["build", "--out", "x"],
        &["build", "x"],
        &["search"],
        &["search", &bundle],
        &["search", &bundle, "học", "--sort", "đẹp"],
        &["search", &bundle, "học", "--limit", "mười"],
        &["search", &bundle, "học", "--không"],
        &["search", &bundle, "học", "--batch", "a.tsv"],
        &["read", &bundle],
        &["verify"],
        &["inspect"],
        &["serve", &bundle, "--port", "100000"],
    ] {
        run(args).bad_usage();
    }
    let none = desk.name("none");
    for args in [
        &["build", &none, "--out", &desk.name("out")][..],
        &["search", &none, "học"],
        &["search", &bundle, "--batch", &none],
        &["read", &bundle, "không-có"],
        &["read", &none, "x"],
        &["inspect", &none],
        &["verify", &none],
        &["serve", &none],
    ] {
        let line = run(args).failed();
        assert!(line.contains("none") || line.contains("không-có"), "it does not say where: {line}");
    }
}

#[test]
fn options_that_cannot_be_read_are_bad_usage() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    for (option, value) in [
        ("--filter", "màu=đỏ"),
        ("--filter", "tag"),
        ("--from", "hôm qua"),
        ("--to", "31/2/2024"),
        ("--limit", "100000"),
    ] {
        let said = run(["search", &bundle, "học", option, value]).bad_usage();
        assert!(!said.trim().is_empty(), "{option} {value}");
    }
}

/// The names of an object, in order.
#[track_caller]
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

#[track_caller]
fn assert_has(value: &Value, names: &[&str]) {
    let keys = keys(value);
    assert!(names.iter().all(|name| keys.contains(name)), "{names:?} not all in {keys:?}");
}

#[track_caller]
fn assert_date(date: &Value) {
    if !date.is_null() {
        assert_eq!(keys(date), ["date", "inferred", "precision", "text"]);
        assert!(date["text"].is_string() && date["inferred"].is_boolean());
        assert!(["year", "month", "day", "minute"].contains(&date["precision"].as_str().unwrap()));
        assert!(timdoc::article::Date::from_iso(date["date"].as_str().unwrap()).is_some());
    }
}

#[test]
fn search_json_is_as_the_contract_says() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    for query in ["hoc tap", "", "12-KL/ĐU", "không gì như thế"] {
        let found = run(["search", &bundle, query, "--json"]).json();
        assert_has(&found, &["query", "total", "corrected", "hits", "facets", "took_us"]);
        assert_eq!(found["query"], query);
        assert!(found["total"].is_u64() && found["took_us"].is_u64() && found["corrected"].is_null());
        for hit in found["hits"].as_array().unwrap() {
            assert_has(hit, &["id", "title", "published", "source", "url", "score", "snippet", "missing"]);
            assert!(
                hit["id"].is_string()
                    && hit["title"].is_string()
                    && hit["score"].is_number()
                    && hit["missing"].is_array()
            );
            assert!(hit["source"].is_string() || hit["source"].is_null());
            assert!(hit["url"].is_string() || hit["url"].is_null());
            assert_date(&hit["published"]);
            for piece in hit["snippet"].as_array().unwrap() {
                assert_eq!(keys(piece), ["hit", "text"]);
                assert!(piece["text"].is_string() && piece["hit"].is_boolean());
            }
        }
        assert_has(&found["facets"], &["category", "document", "source", "tag", "year"]);
        for value in found["facets"].as_object().unwrap().values().flat_map(|values| values.as_array().unwrap()) {
            assert_eq!(keys(value), ["count", "label", "value"]);
            assert!(value["value"].is_string() && value["label"].is_string() && value["count"].as_u64() > Some(0));
        }
    }
    let found = run(["search", &bundle, "hoc tap", "--json"]).json();
    assert_eq!(found["hits"][0]["id"], "lop-hoc-tinh-thuong");
    assert!(found["hits"][0]["snippet"].as_array().unwrap().iter().any(|piece| piece["hit"] == true));
}

#[test]
fn read_json_is_as_the_contract_says() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    let names = [
        "id",
        "title",
        "title_derived",
        "published",
        "event",
        "lead",
        "byline",
        "source",
        "category",
        "url",
        "blocks",
        "attachments",
        "facts",
        "related",
    ];
    for line in TINY.lines() {
        let written: Value = serde_json::from_str(line).unwrap();
        let article = run(["read", &bundle, written["id"].as_str().unwrap(), "--json"]).json();
        assert_has(&article, &names);
        assert_eq!(keys(&article["facts"]), ["awards", "dates", "documents", "models", "people", "places"]);
        assert_date(&article["published"]);
        assert_date(&article["event"]);
        assert!(
            article["title_derived"].is_boolean() && article["attachments"].is_array() && article["related"].is_array()
        );
        for block in article["blocks"].as_array().unwrap() {
            assert_eq!(keys(block), ["kind", "text"]);
        }
        for name in ["id", "byline", "source", "category", "url"] {
            assert_eq!(article[name], written[name], "{name}");
        }
    }
    let article = run(["read", &bundle, "ket-luan-kiem-tra", "--json"]).json();
    assert_eq!(article["facts"]["documents"][0]["number"], "12-KL/ĐU");
    assert_eq!(article["attachments"][0]["url"], "https://maiha.example/kl12.pdf");
    let kinds: Vec<&Value> = article["blocks"].as_array().unwrap().iter().map(|block| &block["kind"]).collect();
    assert_eq!(kinds, ["heading", "list_item", "quote", "table_row", "caption"]);
    let article = run(["read", &bundle, "hop-to-dan-pho", "--json"]).json();
    assert_eq!(article["published"]["date"], "2024-03-12T08:30+07:00");
    assert_eq!(article["event"]["date"], "2024-03-11");
}

#[test]
fn options_of_search_reach_the_engine() {
    let desk = Desk::library(TINY);
    let ids = |options: &[&str]| -> Vec<String> {
        let bundle = desk.name("bundle");
        let found = run([&["search", &bundle, "--json"], options].concat()).json();
        found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
    };
    let by_date =
        ["nuoc-sach", "ket-luan-kiem-tra", "hop-to-dan-pho", "duong-bo-ke", "lop-hoc-tinh-thuong", "chua-dat-ngay"];
    assert_eq!(ids(&[""]), by_date);
    assert_eq!(ids(&["", "--sort", "oldest", "--limit", "2"]), ["lop-hoc-tinh-thuong", "duong-bo-ke"]);
    assert_eq!(ids(&["", "--sort", "newest", "--limit", "2", "--offset", "2"]), by_date[2..4]);
    assert_eq!(ids(&["", "--from", "2/5/2024", "--to", "2024-12-31"]), ["ket-luan-kiem-tra"]);
    let sources = ["--filter", "source=Báo Bãi Giữa", "--filter", "source=Đảng ủy Mai Hạ"];
    assert_eq!(ids(&[&[""], &sources[..]].concat()), ["nuoc-sach", "ket-luan-kiem-tra", "lop-hoc-tinh-thuong"]);
    assert_eq!(ids(&[&["", "--filter", "category=Hạ tầng"], &sources[..]].concat()), ["nuoc-sach"]);
    assert_eq!(ids(&["lop ho", "--prefix"]), ["lop-hoc-tinh-thuong"]);
    assert_eq!(ids(&["-sach"]).len(), 4);
}

#[test]
fn a_batch_gives_query_rank_id_and_score() {
    let desk = Desk::library(TINY);
    let file = desk.write("queries.tsv", "q1\tđồng chí\n\nq 2\t12-kl/đu\nq3\tzzzz\nq4\tsach\n");
    let ran = run(["search", &desk.name("bundle"), "--batch", file.to_str().unwrap(), "--limit", "2"]).ok();
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|line| line.split('\t').collect()).collect();
    assert!(
        rows.iter().all(|row| row.len() == 4 && row[3].parse::<f32>().is_ok_and(|score| score >= 0.0)),
        "{}",
        ran.out
    );
    let of = |query: &str| rows.iter().filter(|row| row[0] == query).map(|row| (row[1], row[2])).collect::<Vec<_>>();
    assert_eq!(of("q 2"), [("1", "ket-luan-kiem-tra")]);
    assert_eq!(of("q1").iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!((of("q3").len(), of("q4").len()), (0, 2));
}

#[test]
fn a_batch_goes_on_after_a_query_that_cannot_be_answered() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    let file = desk.write("queries.tsv", format!("dài\t{}\nngắn\tsach\n", "a ".repeat(50_000)));
    let ran = run(["search", &bundle, "--batch", file.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("line 1") && ran.err.lines().count() == 1, "{}", ran.err);
    assert!(ran.out.lines().any(|line| line.starts_with("ngắn\t1\t")), "{}", ran.out);
    let file = desk.write("queries.tsv", "không có phím tab\n");
    assert!(run(["search", &bundle, "--batch", file.to_str().unwrap()]).failed().contains("line 1"));
}

#[test]
fn reports_are_for_people_without_json() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    let found = run(["search", &bundle, "hoc tap"]).ok().out;
    assert!(found.contains("Lớp học tình thương ở chân cầu") && found.contains("[học tập]"), "{found}");
    assert!(run(["search", &bundle, "zzzz"]).ok().out.contains("Nothing found"));
    let read = run(["read", &bundle, "ket-luan-kiem-tra"]).ok().out;
    assert!(read.contains("## Ba việc phải làm") && read.contains("- Trả lời đơn"), "{read}");
    assert!(run(["inspect", &bundle]).ok().out.contains("20/01/2025"));
    assert!(run(["verify", &bundle]).ok().out.contains("6 articles"));
}

#[test]
fn build_inspect_and_verify_report_the_same_library() {
    let desk = Desk::new();
    desk.write("articles.jsonl", TINY);
    let built = desk.build("articles.jsonl", "bundle").json();
    assert_has(&built, &["articles", "files", "bytes", "seconds", "skipped"]);
    let (inspected, verified) = (
        run(["inspect", &desk.name("bundle"), "--json"]).json(),
        run(["verify", &desk.name("bundle"), "--json"]).json(),
    );
    assert_eq!((&built["articles"], &inspected["articles"], &verified["articles"]), (&6.into(), &6.into(), &6.into()));
    assert_eq!((&inspected["from"], &inspected["to"]), (&"2022-09-06".into(), &"2025-01-20".into()));
    assert_eq!(inspected["bytes"], built["bytes"]);
    assert_eq!(verified["files"], built["files"]);
    assert_eq!(verified["files"], desk.files("bundle").len());
}

#[test]
fn articles_come_from_standard_input_as_from_a_file() {
    let desk = Desk::library(TINY);
    let piped = run_with_input(["build", "-", "--out", &desk.name("piped"), "--json"], TINY).json();
    assert_eq!(piped["articles"], 6);
    assert!(desk.files("piped") == desk.files("bundle"));
    let again = run_with_input(["add", "-", "--to", &desk.name("piped"), "--json"], TINY).json();
    assert_eq!(again["unchanged"], 6);
}

#[test]
fn standard_input_and_files_are_read_together() {
    let desk = Desk::new();
    let (first, rest) = TINY.split_once('\n').unwrap();
    let file = desk.write("rest.jsonl", rest);
    let args = ["build", file.to_str().unwrap(), "-", "--out", &desk.name("bundle"), "--json"];
    assert_eq!(run_with_input(args, first).json()["articles"], 6);
}

#[test]
fn an_article_from_standard_input_needs_its_own_id() {
    // One made of the number of its line would be the same in two libraries that are then merged.
    let desk = Desk::new();
    let lines = format!("{}\n{TINY}", r#"{"title":"Bài không có mã"}"#);
    let built = run_with_input(["build", "-", "--out", &desk.name("bundle"), "--json"], &lines).json();
    assert_eq!((&built["articles"], built["skipped"].as_array().unwrap().len()), (&6.into(), 1));
    let reason = built["skipped"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("standard input:1") && reason.contains("id"), "{reason}");
}

#[test]
fn nothing_on_standard_input_is_no_library() {
    let desk = Desk::new();
    assert!(run_with_input(["build", "-", "--out", &desk.name("bundle")], "").failed().contains("no article"));
    assert!(!desk.path("bundle").exists());
}

#[test]
fn output_that_is_closed_early_is_no_panic() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    let queries = desk.write("queries.tsv", "q\tsach\n".repeat(5000));
    for args in [
        &["search", &bundle, "", "--json"][..],
        &["search", &bundle, ""],
        &["search", &bundle, "--batch", queries.to_str().unwrap()],
        &["read", &bundle, "nuoc-sach"],
        &["inspect", &bundle],
        &["verify", &bundle],
        &["--help"],
        &["search", "--help"],
    ] {
        let mut child = tool().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        Ran::of(child.wait_with_output().unwrap());
    }
}

#[test]
fn messages_that_nobody_reads_are_no_panic() {
    let desk = Desk::library(TINY);
    desk.write("in/good.txt", "Tin\n\nMột đoạn văn.");
    (0..2000).for_each(|number| drop(desk.write(&format!("in/{number}.json"), "{")));
    for args in [
        vec!["build".to_owned(), desk.name("in"), "--out".into(), desk.name("out")],
        vec!["read".to_owned(), desk.name("bundle"), "không-có".into()],
    ] {
        let mut child = tool().args(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stderr.take());
        assert_ne!(child.wait().unwrap().code(), Some(101), "{args:?}: it panicked");
    }
}
