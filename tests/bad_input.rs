//! Input that is bad: it is skipped with its reason, and what is good goes on.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use std::fs::File;
use std::process::Command;

use command::{Desk, Ran, assert_whole, run, tool};
use serde_json::Value;

const TINY: &str = include_str!("fixtures/tiny.jsonl");
const GOOD: &str = "Tin tốt\n\nMột đoạn văn đủ dài để thành một bài báo nhỏ của phường.\n";

/// The reasons why something was skipped.
fn reasons(report: &Value) -> Vec<&str> {
    report["skipped"].as_array().unwrap().iter().map(|skipped| skipped["reason"].as_str().unwrap()).collect()
}

/// Builds a folder with one good article and a bad file; what is said of the bad one.
#[track_caller]
fn skipped(name: &str, content: &[u8]) -> String {
    let desk = Desk::new();
    desk.write("in/good.txt", GOOD);
    desk.write(&format!("in/{name}"), content);
    let report = desk.build("in", "out").json();
    assert_eq!(report["articles"], 1, "{report}");
    assert_whole(&desk.name("out"));
    let reasons = reasons(&report);
    assert!(reasons.len() == 1 && reasons[0].contains(name), "{name}: {reasons:?}");
    assert_eq!(report["skipped"][0]["code"], "input");
    reasons[0].to_owned()
}

#[test]
fn files_that_are_no_articles_are_skipped_with_the_reason() {
    for (name, content, says) in [
        ("a.txt", &b"Tin \xFF\xFE h\x80ng"[..], "UTF-8"),
        ("b.md", b"# Tin\n\n\xC3\x28", "UTF-8"),
        ("c.json", b"{\"title\": \"\xC3\x28\"}", "UTF-8"),
        ("d.jsonl", b"{\"id\": \"1\", \"title\": \"Tin\", \"body\": \"c\xE1", "UTF-8"),
        ("e.jsonl", br#"{"id": "1", "title": "Tin", "body": "dang d"#, "cut"),
        ("f.json", br#"{"title": "Tin", "body"#, "JSON"),
        ("g.json", b"[]", "empty"),
        ("h.json", b"42", "object"),
        ("i.json", br#"{"id": "1"}"#, "title"),
        ("j.txt", b"", "empty"),
        ("k.txt", b" \n\t\n", "empty"),
        ("l.jsonl", b"\n\n", "empty"),
        ("m.txt.gz", b"not packed", "gzip"),
        ("n.jsonl.zst", b"not packed", "zstd"),
        ("p.xml", b"<rss/>", "no item"),
        ("t.warc", b"<p>Tin", "WARC"),
        ("o.html", b"", "empty"),
        ("r.jsonl", "{\"title\": \"Tin\", \"tags\": 5}\n".as_bytes(), "field"),
        ("s.json", &b"[".repeat(100_000)[..], "JSON"),
    ] {
        let reason = skipped(name, content);
        assert!(reason.contains(says), "{name}: {reason}");
    }
}

#[test]
fn one_bad_line_does_not_take_the_others_with_it() {
    let desk = Desk::new();
    let lines: Vec<&str> = TINY.lines().collect();
    let cut = lines[2].char_indices().nth(60).unwrap().0;
    desk.write("tin.jsonl", [lines[0], lines[1], &lines[2][..cut], lines[3]].join("\n"));
    let report = desk.build("tin.jsonl", "out").json();
    assert_eq!(report["articles"], 3);
    assert!(reasons(&report)[0].contains("tin.jsonl:3"), "{report}");
}

#[test]
fn two_articles_of_one_id_are_told_with_both_places() {
    let desk = Desk::new();
    desk.write("in/a/tin-1.txt", GOOD);
    desk.write("in/b/tin-1.txt", GOOD.replace("tốt", "khác"));
    let twice = r#"{"id": "x", "title": "Một"}"#;
    desk.write("in/c.jsonl", format!("{twice}\n{twice}\n"));
    let report = desk.build("in", "out").json();
    assert_eq!(report["articles"], 2);
    let reasons = reasons(&report);
    assert_eq!(reasons.len(), 2);
    let first = reasons.iter().find(|reason| reason.contains("tin-1")).unwrap();
    let separator = std::path::MAIN_SEPARATOR;
    assert!(
        first.contains(&format!("a{separator}tin-1.txt")) && first.contains(&format!("b{separator}tin-1.txt")),
        "{first}"
    );
    assert!(reasons.iter().any(|reason| reason.contains("\"x\"")), "{reasons:?}");
}

#[test]
fn a_file_of_200_mb_is_refused_without_being_held_in_memory() {
    for name in ["lớn.txt", "lớn.md", "lớn.json", "lớn.jsonl"] {
        let desk = Desk::new();
        desk.write("in/good.txt", GOOD);
        File::create(desk.path(&format!("in/{name}"))).unwrap().set_len(200 << 20).unwrap();
        let args = ["build", &desk.name("in"), "--out", &desk.name("out"), "--json", "--threads", "1"];
        let mut limited = tool();
        if cfg!(target_os = "linux") {
            limited = Command::new("sh");
            limited.args(["-c", "ulimit -v 300000 && exec \"$0\" \"$@\""]).arg(env!("CARGO_BIN_EXE_timdoc"));
            limited.env("MALLOC_ARENA_MAX", "1");
        }
        let report = Ran::of(limited.args(args).output().unwrap()).json();
        assert_eq!(report["articles"], 1);
        assert!(reasons(&report)[0].contains("32 MiB"), "{report}");
    }
}

#[test]
fn a_small_file_that_unpacks_to_200_mb_is_refused() {
    let packed = zstd::encode_all(std::io::Read::take(std::io::repeat(b'a'), 200 << 20), 1).unwrap();
    assert!(packed.len() < 1 << 20);
    assert!(skipped("bom.txt.zst", &packed).contains("32 MiB"));
    assert!(skipped("bom.jsonl.zst", &packed).contains("32 MiB"));
}

#[test]
fn nothing_to_read_is_a_clear_failure_and_makes_no_folder() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("empty")).unwrap();
    desk.write("other/a.png", "x");
    desk.write("bad/a.json", "{");
    for input in ["empty", "other", "bad"] {
        let line = run(["build", &desk.name(input), "--out", &desk.name("out")]).failed();
        assert!(line.contains(input) && line.contains("no article"), "{line}");
        assert!(!desk.path("out").exists(), "{input}");
    }
    assert!(run(["build", &desk.name("missing"), "--out", &desk.name("out")]).failed().contains("missing"));
}

#[test]
fn a_folder_named_like_a_file_is_a_folder() {
    let desk = Desk::new();
    desk.write("in/x.txt/good.txt", GOOD);
    let report = desk.build("in", "out").json();
    assert_eq!((&report["articles"], reasons(&report).len()), (&1.into(), 0));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_skipped_with_the_reason() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let desk = Desk::new();
    desk.write("in/good.txt", GOOD);
    let closed = desk.write("in/closed.txt", GOOD);
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
    let mut tool = tool();
    if File::open(&closed).is_ok() {
        // The superuser may read every file, so another user does it, with a copy of the tool that this one may run.
        let copy = desk.path("timdoc");
        // By another process: a file that this one writes stays open for writing in whatever another test starts
        // just then, and what is open for writing cannot be run.
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_timdoc")).arg(&copy).status().unwrap();
        assert!(copied.success());
        std::fs::create_dir(desk.path("out")).unwrap();
        for (path, mode) in [(desk.path("."), 0o755), (copy.clone(), 0o755), (desk.path("out"), 0o777)] {
            std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
        }
        tool = Command::new(copy);
        tool.uid(65534).gid(65534);
    }
    let report =
        Ran::of(tool.args(["build", &desk.name("in"), "--out", &desk.name("out"), "--json"]).output().unwrap()).json();
    assert_eq!(report["articles"], 1);
    assert!(reasons(&report)[0].contains("closed.txt"), "{report}");
    assert_eq!(report["skipped"][0]["code"], "io");
}

#[cfg(unix)]
#[test]
fn a_link_is_read_or_told_and_never_passed_over_in_silence() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.write("in/good.txt", GOOD);
    let elsewhere = desk.write("elsewhere/linked.txt", GOOD.replace("tốt", "nối"));
    symlink(&elsewhere, desk.path("in/linked.txt")).unwrap();
    symlink(desk.path("nowhere.txt"), desk.path("in/broken.txt")).unwrap();
    let report = desk.build("in", "out").json();
    let told = |name: &str| reasons(&report).iter().any(|reason| reason.contains(name));
    assert!(report["articles"] == 2 || told("linked.txt"), "{report}");
    assert!(told("broken.txt"), "{report}");
}

#[test]
fn a_bundle_inside_the_input_is_not_read_as_input() {
    for out in ["in/bundle", "in/deep/er/bundle"] {
        let desk = Desk::new();
        desk.write("in/good.txt", GOOD);
        for time in ["first", "second"] {
            let report = desk.build("in", out).json();
            assert_eq!((&report["articles"], reasons(&report)), (&1.into(), vec![]), "{out} {time}");
        }
    }
}

#[test]
fn the_folder_of_the_articles_may_hold_the_bundle() {
    let desk = Desk::new();
    desk.write("in/good.txt", GOOD);
    for time in ["first", "second"] {
        let report = desk.build("in", "in").json();
        assert_eq!((&report["articles"], reasons(&report)), (&1.into(), vec![]), "{time}");
        assert!(desk.path("in/good.txt").exists());
    }
}

#[test]
fn damaged_bundles_are_told_by_every_command() {
    let desk = Desk::library(TINY);
    let bundle = desk.name("bundle");
    let files = desk.files("bundle");
    for kind in ["terms-", "articles-", "head-", "manifest"] {
        let (name, content) = files.iter().find(|(name, _)| name.starts_with(kind)).unwrap();
        let path = desk.path("bundle").join(name);
        let flipped: Vec<u8> = content.iter().map(|byte| byte ^ 0x80).collect();
        for change in ["flipped", "missing"] {
            if change == "flipped" {
                std::fs::write(&path, &flipped).unwrap()
            } else {
                std::fs::remove_file(&path).unwrap()
            }
            for args in [&["search", &bundle, "sach", "--json"][..], &["read", &bundle, "nuoc-sach"]] {
                let line = run(args).failed();
                assert!(line.contains(name.as_str()) || line.contains("damaged"), "{name} {change}: {line}");
            }
            let verified = run(["verify", &bundle]);
            assert_eq!(verified.code, 1, "{name} {change}");
            assert!(verified.err.contains(name.as_str()), "{name} {change}: {}", verified.err);
        }
        std::fs::write(&path, content).unwrap();
    }
    assert_whole(&bundle);
}

#[test]
fn a_query_of_100_000_characters_is_refused_with_the_limit() {
    let desk = Desk::library(TINY);
    for query in ["a".repeat(100_000), "ạ ".repeat(20_000), "\"".repeat(100_000)] {
        let line = run(["search", &desk.name("bundle"), &query]).failed();
        assert!(line.contains("2000") && line.len() < 300, "{line}");
    }
}

#[test]
fn odd_names_of_files_are_no_trouble() {
    let desk = Desk::new();
    for name in ["một bài.txt", "-a.txt", "b'c\".txt", "%41.txt", "日本.txt"] {
        desk.write(&format!("in/{name}"), GOOD.replace("tốt", name));
    }
    desk.write("in/.hidden.txt", GOOD);
    let report = desk.build("in", "out").json();
    assert_eq!(report["articles"], 5, "{report}");
    assert_eq!(run(["read", &desk.name("out"), "-a", "--json"]).json()["id"], "-a");
}

#[test]
fn a_date_that_is_none_is_a_remark_and_fails_where_strictness_is_asked_for() {
    let desk = Desk::new();
    desk.write("in/tin.json", r#"{"title": "Tin một", "date": "31/2/2024"}"#);
    desk.write(
        "in/tin.rss",
        "<rss><channel><item><guid>tin-2</guid><title>Tin hai</title><pubDate>hôm kia</pubDate></item></channel></rss>",
    );
    let page =
        "<title>Tin ba của xã</title><meta property='article:published_time' content='sắp tới'><h1>Tin ba của xã</h1>
        <p>Bà con thôn trên đã gặt xong lúa vụ hè thu, sớm hơn năm trước nửa tháng nhờ giống mới ngắn ngày.</p>";
    desk.write("in/tin-ba.html", page);
    let ran = desk.build("in", "out");
    let report = ran.json();
    assert_eq!((&report["articles"], report["skipped"].as_array().unwrap().len()), (&Value::from(3), 0), "{report}");
    let remarks = report["remarks"].as_array().unwrap();
    let said = |of: &str, text: &str| {
        let holds = |remark: &&Value| remark["reason"].as_str().unwrap().contains(of);
        remarks.iter().find(holds).is_some_and(|remark| remark["reason"].as_str().unwrap().contains(text))
    };
    assert_eq!(remarks.len(), 3, "{report}");
    assert!(
        said("tin.json", "\"31/2/2024\"")
            && said("tin.rss item 1", "\"hôm kia\"")
            && said("tin-ba.html", "\"sắp tới\""),
        "{report}"
    );
    let strict = run(["build", &desk.name("in"), "--out", &desk.name("none"), "--strict"]).failed();
    assert!(strict.contains("3 could not be read"), "{strict}");
    let list = run(["build", &desk.name("in"), "--dry-run"]).ok().out;
    assert!(list.lines().any(|line| line.starts_with("remark") && line.contains("hôm kia")), "{list}");
}
