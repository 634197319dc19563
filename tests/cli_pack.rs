//! `timdoc pack`: one HTML file, whole or not at all. That it searches and reads is shown in tests/browser/pack.test.mjs.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use std::process::Stdio;

use command::{Desk, Ran, run, tool};
use serde_json::json;
use sha2::{Digest, Sha256};

/// The page as it is shipped, with a script and an engine that are quicker made.
const TEMPLATE: &str = include_str!("../www/pack/page.html");
const CODE: &str = "document.title = 'a'; // '</script>'";
const LICENSES: &str = "MIT\n\nCopyright (c) A <a@b.example>\n</script>";

/// Three articles, two of one source, and a site around them.
fn desk() -> Desk {
    let article = |id: &str, source: &str| json!({"id": id, "title": format!("Bài {id}"), "source": source, "published": "2026-03-02", "body": "Chợ phiên họp từ sáng sớm."});
    let articles = [article("a", "Tin xã Hà"), article("b", "Báo & Đài <Hà>"), article("c", "Báo & Đài <Hà>")];
    let desk = Desk::new();
    desk.write("articles.jsonl", articles.map(|article| article.to_string()).join("\n"));
    desk.build("articles.jsonl", "site/bundle").ok();
    for (name, content) in [
        ("pack/page.html", TEMPLATE),
        ("pack/page.js", CODE),
        ("pack/page.css", "p { margin: 0 }"),
        ("pack/timdoc.wasm", "wasm"),
        ("licenses.txt", LICENSES),
    ] {
        desk.write(&format!("site/{name}"), content);
    }
    desk
}

fn pack(desk: &Desk, out: &str, more: &[&str]) -> Ran {
    let (bundle, out) = (desk.name("site/bundle"), desk.name(out));
    run([&["pack", &bundle, "--out", &out], more].concat())
}

fn packed(desk: &Desk, more: &[&str]) -> String {
    pack(desk, "packed.html", more).ok();
    std::fs::read_to_string(desk.path("packed.html")).unwrap()
}

/// What stands between two texts of a page.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}")).0
}

fn base64(bytes: &[u8]) -> String {
    // Three bytes are four letters of six bits.
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let letter =
        |six: &[u8]| letters[usize::from_str_radix(&format!("{:0<6}", str::from_utf8(six).unwrap()), 2).unwrap()];
    let text: String = bits.as_bytes().chunks(6).map(letter).collect();
    format!("{text:=<width$}", width = bytes.len().div_ceil(3) * 4)
}

#[test]
fn every_file_of_the_library_and_the_engine_are_in_the_page() {
    let desk = desk();
    let page = packed(&desk, &[]);
    let mut files = desk.files("site/bundle");
    files.insert("timdoc.wasm".into(), b"wasm".to_vec());
    let manifest = files.remove("manifest.json").unwrap();
    assert!(files.len() > 3);
    for (name, content) in &files {
        let block =
            between(&page, &format!("<script type=\"application/octet-stream\" id=\"file:{name}\">"), "</script>");
        assert_eq!(block, base64(content), "{name}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert!(page.contains(&base64(&serde_json::to_vec(&manifest).unwrap())[..20]));
    assert_eq!(page.matches("application/octet-stream").count(), files.len() + 1);
}

#[test]
fn the_policy_allows_the_page_s_own_script_and_style_and_nothing_else() {
    let page = packed(&desk(), &[]);
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| format!("'sha256-{}'", base64(&Sha256::digest(text)));
    let code = between(&page, "<script type=\"module\">", "</script>");
    assert_eq!(code, CODE.replace("</script>", "\\x3c/script>"));
    let style = between(&page, "<style>", "</style>");
    assert!(policy.contains(&format!("script-src {} 'wasm-unsafe-eval';", hash(code))), "{policy}");
    assert!(policy.contains(&format!("style-src {};", hash(style))), "{policy}");
    assert!(
        policy.starts_with("default-src 'none';") && policy.contains("require-trusted-types-for 'script'"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
    assert!(page.find("Content-Security-Policy") < page.find("<style>"), "the policy comes first");
}

#[test]
fn the_licences_of_what_is_in_the_page_go_with_it() {
    let page = packed(&desk(), &[]);
    let text = between(&page, "<script type=\"text/plain\" id=\"licenses\">", "</script>");
    assert_eq!(text, LICENSES.replace("</script>", "&lt;/script>"));
}

#[test]
fn the_title_is_the_commonest_source_unless_one_is_given() {
    let desk = desk();
    assert!(packed(&desk, &[]).contains("<title>Báo &amp; Đài &lt;Hà&gt;</title>"));
    assert!(packed(&desk, &["--title", "Tin \"2026\""]).contains("<title>Tin &quot;2026&quot;</title>"));
    desk.write("articles.jsonl", json!({"id": "a", "title": "Không nguồn", "body": "Một câu."}).to_string());
    desk.build("articles.jsonl", "site/bundle").ok();
    assert!(packed(&desk, &[]).contains("<title>Thư viện</title>"));
    let english = packed(&desk, &["--lang", "en"]);
    assert!(english.contains("<title>Library</title>") && english.contains("<html lang=\"en\">"));
}

#[test]
fn the_size_is_told() {
    let desk = desk();
    let report = pack(&desk, "packed.html", &["--json"]).json();
    let size = std::fs::metadata(desk.path("packed.html")).unwrap().len();
    assert_eq!((&report["bytes"], &report["articles"]), (&json!(size), &json!(3)));
    assert_eq!(report["warnings"], json!([]));
    let ran = pack(&desk, "packed.html", &[]).ok();
    assert!(
        ran.out.contains("3 articles") && ran.out.contains(&format!("({:.1} KB", size as f64 / 1e3)),
        "{}",
        ran.out
    );
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn a_file_for_old_phones_is_warned_of_and_one_above_the_limit_is_not_written() {
    let desk = desk();
    desk.write("site/pack/timdoc.wasm", vec![7; 16_000_000]);
    let ran = pack(&desk, "packed.html", &[]).ok();
    assert!(ran.err.starts_with("warning: 21.3 MB") && ran.err.contains("old phones"), "{}", ran.err);
    let before = std::fs::read(desk.path("packed.html")).unwrap();
    let line = pack(&desk, "packed.html", &["--limit", "20", "--title", "Khác"]).failed();
    assert!(line.contains("21.3 MB") && line.contains("20.0 MB") && line.contains("--limit"), "{line}");
    assert!(std::fs::read(desk.path("packed.html")).unwrap() == before);
    desk.write("site/pack/timdoc.wasm", vec![7; 38_000_000]);
    assert!(pack(&desk, "packed.html", &[]).failed().contains("50.0 MB"), "the limit that is usual");
    pack(&desk, "packed.html", &["--limit", "60"]).ok();
}

#[test]
fn without_the_page_s_files_one_line_says_how_to_make_them() {
    let desk = desk();
    desk.build("articles.jsonl", "alone/bundle").ok();
    let args = |more: &[&str]| {
        let (bundle, out) = (desk.name("alone/bundle"), desk.name("packed.html"));
        run([&["pack", &bundle, "--out", &out], more].concat())
    };
    let line = args(&[]).failed();
    assert!(line.contains("pack/page.html") && line.contains("./build.sh build") && line.contains("--site"), "{line}");
    assert!(!desk.path("packed.html").exists());
    args(&["--site", &desk.name("site")]).ok();
    std::fs::remove_file(desk.path("site/pack/timdoc.wasm")).unwrap();
    assert!(args(&["--site", &desk.name("site")]).failed().contains("pack/timdoc.wasm"));
}

#[test]
fn a_page_of_another_version_is_refused() {
    let desk = desk();
    desk.write("site/pack/page.html", TEMPLATE.replace("{{policy}}", "{{rules}}"));
    assert!(pack(&desk, "packed.html", &[]).failed().contains("another version"));
    assert!(!desk.path("packed.html").exists());
}

#[test]
fn a_damaged_library_is_refused() {
    let desk = desk();
    let before = packed(&desk, &[]);
    for name in desk.files("site/bundle").keys().filter(|name| *name != "manifest.json") {
        let path = desk.path(&format!("site/bundle/{name}"));
        let whole = std::fs::read(&path).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 1;
        std::fs::write(&path, damaged).unwrap();
        let line = pack(&desk, "packed.html", &[]).failed();
        assert!(line.contains("not whole") && line.contains(name.as_str()), "{line}");
        std::fs::write(&path, whole).unwrap();
    }
    assert_eq!(std::fs::read_to_string(desk.path("packed.html")).unwrap(), before);
    run(["pack", &desk.name("articles.jsonl"), "--out", &desk.name("packed.html")]).failed();
}

#[test]
fn the_same_library_gives_the_same_bytes() {
    let (first, second) = (desk(), desk());
    assert!(packed(&first, &[]) == packed(&second, &[]));
    assert!(packed(&first, &[]) == packed(&first, &[]));
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let desk = desk();
    std::fs::create_dir(desk.path("folder")).unwrap();
    assert!(pack(&desk, "folder", &[]).failed().contains("folder"));
    pack(&desk, "no/such/folder/packed.html", &[]).failed();
    let names: Vec<_> = std::fs::read_dir(desk.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_str().unwrap().contains("partial")), "{names:?}");
}

#[test]
fn a_killed_run_leaves_the_old_file_and_the_next_clears_up() {
    let desk = desk();
    let before = packed(&desk, &[]);
    desk.write("site/pack/timdoc.wasm", vec![7; 60_000_000]);
    let (bundle, out, partial) =
        (desk.name("site/bundle"), desk.name("packed.html"), desk.path("packed.html.timdoc-partial"));
    let mut half_way = 0;
    for least in [0, 1, 20_000_000] {
        let args = ["pack", &bundle, "--out", &out, "--limit", "100"];
        let mut child = tool().args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while child.try_wait().unwrap().is_none() && !std::fs::metadata(&partial).is_ok_and(|file| file.len() > least) {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        half_way += usize::from(partial.exists());
        if partial.exists() {
            assert!(std::fs::read_to_string(&out).unwrap() == before, "killed after {least} bytes");
        }
        // The one that was killed too late has replaced it.
        desk.write("packed.html", &before);
    }
    assert!(half_way > 0, "none was killed half-way");
    pack(&desk, "packed.html", &["--limit", "100"]).ok();
    assert!(!partial.exists() && std::fs::read(&out).unwrap().len() > 80_000_000);
}
