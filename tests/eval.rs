//! `timdoc eval`: its measures against ones computed by hand, comparing with a kept run, and bad input.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use std::fmt::Write;

use command::{Desk, Ran, run};
use serde_json::{Value, json};

/// Four queries that can be measured and one that cannot. What they find, in order, and the gains that are judged:
///
/// | query | finds | judged |
/// | --- | --- | --- |
/// | trống đồng | trong-ten, trong-bai | trong-ten 1, trong-bai 2, di-cho 3 |
/// | thuyen giay | giay-ten, giay-bai | giay-bai 1 |
/// | diều | eleven with it in the title, then dieu-bai | dieu-bai 1 |
/// | zzz | nothing | di-cho 1 |
const QUERIES: &str = r#"{"id": "trong", "text": "trống đồng"}
{"id": 7, "text": "thuyen giay", "note": "numbers are ids too"}

{"id": "dieu", "text": "diều"}
{"id": "khong", "text": "zzz"}
{"id": "chua-ro", "text": "trống"}
"#;

const QRELS: &str = "query-id\tcorpus-id\tscore
trong\ttrong-ten\t1
trong\ttrong-bai\t2
trong\tdi-cho\t3
7\tgiay-bai\t1
7\tgiay-ten\t0
dieu\tdieu-bai\t1
khong\tdi-cho\t1
chua-ro\ttrong-ten\t0
";

fn articles() -> String {
    let long = "Cả làng ra bãi từ sớm, trẻ con chạy trước, người lớn đi sau, gió thổi đều suốt buổi chiều. ".repeat(8);
    let mut all = vec![
        json!({"id": "trong-ten", "title": "Trống đồng làng Hạ", "body": "Trống đồng để ở đình."}),
        json!({"id": "trong-bai", "title": "Ngày hội đình", "body": format!("{long}Có người đánh trống đồng.")}),
        json!({"id": "giay-ten", "title": "Thuyền giấy", "body": "Các em thả thuyền giấy."}),
        json!({"id": "giay-bai", "title": "Mưa cuối hè", "body": format!("{long}Một em gấp thuyền giấy.")}),
        json!({"id": "dieu-bai", "title": "Bãi sông", "body": format!("{long}Xa xa có một cánh diều.")}),
        json!({"id": "di-cho", "title": "Đi chợ phiên", "body": "Chợ họp từ năm giờ sáng."}),
    ];
    all.extend((1..=11).map(|n| json!({"id": format!("dieu-{n}"), "title": "Thả diều", "body": "Diều lên cao."})));
    all.iter().fold(String::new(), |mut text, article| {
        writeln!(text, "{article}").unwrap();
        text
    })
}

fn desk() -> Desk {
    let desk = Desk::library(&articles());
    desk.write("queries.jsonl", QUERIES);
    desk.write("qrels.tsv", QRELS);
    desk
}

fn eval(desk: &Desk, options: &[&str]) -> Ran {
    let [bundle, queries, qrels] = ["bundle", "queries.jsonl", "qrels.tsv"].map(|name| desk.name(name));
    let args = ["eval", &bundle, "--queries", &queries, "--qrels", &qrels];
    run(args.into_iter().chain(options.iter().copied()))
}

#[track_caller]
fn assert_near(measures: &Value, name: &str, expected: f64) {
    let value = measures[name].as_f64().unwrap_or_else(|| panic!("no {name} in {measures}"));
    assert!((value - expected).abs() < 1e-6, "{name} is {value}, not {expected}");
}

#[test]
fn measures_are_those_computed_by_hand() {
    let ran = eval(&desk(), &["--json"]).ok();
    assert!(ran.err.contains("1 queries without a relevant article"), "{}", ran.err);
    let measures = ran.json();
    // trống đồng: (1 + 2/log2 3) / (3 + 2/log2 3 + 1/log2 4) = 2.261860 / 4.761860; thuyen giay: 1/log2 3.
    assert_near(&measures, "ndcg@10", (2.261_859_507 / 4.761_859_507 + 0.630_929_754) / 4.0);
    assert_near(&measures, "mrr@10", (1.0 + 0.5) / 4.0);
    assert_near(&measures, "recall@100", (2.0 / 3.0 + 1.0 + 1.0) / 4.0);
    assert_near(&measures, "success@1", 0.25);
    assert_near(&measures, "success@10", 0.5);
    assert_near(&measures, "zero_results", 0.25);
    assert_eq!(measures["queries"], 4);
    let (median, high) = (measures["p50_us"].as_u64().unwrap(), measures["p95_us"].as_u64().unwrap());
    assert!(0 < median && median <= high, "{measures}");
    assert_eq!(measures.as_object().unwrap().len(), 9);
}

#[test]
fn people_get_a_table() {
    let table = eval(&desk(), &[]).ok().out;
    let line = |name: &str| table.lines().find(|line| line.starts_with(name)).map(|line| line[name.len()..].trim());
    assert_eq!((line("mrr@10"), line("queries")), (Some("0.3750"), Some("4")), "{table}");
}

#[test]
fn the_last_word_may_be_unfinished() {
    let desk = desk();
    desk.write("queries.jsonl", r#"{"id": 7, "text": "g"}"#);
    assert_near(&eval(&desk, &["--json"]).json(), "zero_results", 1.0);
    assert_near(&eval(&desk, &["--json", "--prefix"]).json(), "recall@100", 1.0);
}

#[test]
fn names_of_columns_may_be_left_out() {
    let desk = desk();
    desk.write("qrels.tsv", QRELS.split_once('\n').unwrap().1);
    assert_near(&eval(&desk, &["--json"]).json(), "success@1", 0.25);
}

/// A run that is kept, with one measure changed.
fn keep(desk: &Desk, name: &str, value: f64) {
    let mut kept = eval(desk, &["--json"]).json();
    if !name.is_empty() {
        kept[name] = value.into();
    }
    desk.write("kept.json", kept.to_string());
}

#[test]
fn an_equal_run_passes_and_shows_the_kept_one() {
    let desk = desk();
    keep(&desk, "", 0.0);
    let table = eval(&desk, &["--against", &desk.name("kept.json"), "--tolerance", "0"]).ok().out;
    assert!(table.contains("0.3750  kept 0.3750, +0.0000"), "{table}");
}

#[test]
fn a_measure_that_is_worse_fails_by_name() {
    let desk = desk();
    for (name, then) in [("mrr@10", 0.385), ("recall@100", 1.0), ("success@1", 0.26), ("zero_results", 0.2)] {
        keep(&desk, name, then);
        let ran = eval(&desk, &["--against", &desk.name("kept.json")]);
        assert_eq!(ran.code, 1, "{}", ran.out);
        let lines: Vec<&str> = ran.err.lines().filter(|line| !line.contains("left out")).collect();
        assert!(lines.len() == 1 && lines[0].starts_with(&format!("timdoc: {name} ")), "{}", ran.err);
        assert!(eval(&desk, &["--against", &desk.name("kept.json"), "--tolerance", "0.4"]).ok().out.contains("kept"));
    }
}

#[test]
fn better_measures_and_other_times_do_not_fail() {
    let desk = desk();
    for (name, then) in [("ndcg@10", 0.1), ("zero_results", 0.5), ("mrr@10", 0.379)] {
        keep(&desk, name, then);
        eval(&desk, &["--against", &desk.name("kept.json")]).ok();
    }
    let mut kept = eval(&desk, &["--json"]).json();
    kept["p95_us"] = 1.into();
    desk.write("kept.json", kept.to_string());
    assert!(eval(&desk, &["--against", &desk.name("kept.json")]).ok().out.contains("×"));
}

#[test]
fn a_kept_run_of_something_else_is_refused() {
    let desk = desk();
    keep(&desk, "", 0.0);
    desk.write("queries.jsonl", QUERIES.lines().next().unwrap());
    assert!(eval(&desk, &["--against", &desk.name("kept.json")]).failed().contains("4 queries"));
    desk.write("kept.json", "{}");
    assert!(eval(&desk, &["--against", &desk.name("kept.json")]).failed().contains("kept.json"));
}

#[test]
fn bad_lines_are_named() {
    let long = format!("{{\"id\": 1, \"text\": \"{}\"}}", "a ".repeat(2000));
    for (file, content, says) in [
        ("queries.jsonl", "{\"id\": \"trong\", \"text\": \"trống\"}\n{\"id\": 1}\n", "queries.jsonl:2: it is no query"),
        ("queries.jsonl", "trống đồng\n", "queries.jsonl:1: it is no query"),
        (
            "queries.jsonl",
            "{\"id\": 1, \"text\": \"a\"}\n\n{\"id\": \"1\", \"text\": \"b\"}",
            "queries.jsonl:3: the id",
        ),
        ("queries.jsonl", "", "queries.jsonl: no query has a relevant article"),
        ("queries.jsonl", &long, "queries.jsonl:1: the query has"),
        ("qrels.tsv", "7\tgiay-bai\n", "qrels.tsv:1: it has 2 columns"),
        ("qrels.tsv", "7\tgiay-bai\t1\n7\tgiay-ten\tone\n", "qrels.tsv:2: the score \"one\""),
        ("qrels.tsv", "7\tgiay-bai\tNaN\n", "qrels.tsv:1: the score"),
        ("qrels.tsv", "7\tgiay-bai\t1\n7\tgiay-bai\t2\n", "qrels.tsv:2: the article"),
    ] {
        let desk = desk();
        desk.write("qrels.tsv", "1\tdi-cho\t1\n");
        desk.write(file, content);
        assert!(eval(&desk, &["--json"]).failed().contains(says), "{file} {content}: it does not say {says}");
    }
}

#[test]
fn options_that_cannot_be_read_are_bad_usage() {
    let desk = desk();
    for options in [&["--tolerance", "0.1"][..], &["--against", "kept.json", "--tolerance", "2"], &["--limit", "10"]] {
        eval(&desk, options).bad_usage();
    }
    run(["eval", &desk.name("bundle"), "--queries", "queries.jsonl"]).bad_usage();
}
