//! `timdoc serve`: ranges, types and policies, for this machine and its one folder alone.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

#[path = "support/http.rs"]
mod http;

use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::time::Duration;

use command::{Desk, run};
use http::{Answer, Server};

const TINY: &str = include_str!("fixtures/tiny.jsonl");

/// A folder with a page, and its server.
fn site(files: &[(&str, &str)]) -> (Desk, Server) {
    let desk = Desk::new();
    desk.write("secret.txt", "ở ngoài thư mục");
    desk.write("site/a.txt", "0123456789a");
    for (name, content) in files {
        desk.write(&format!("site/{name}"), content);
    }
    let server = Server::of(&desk.name("site"), &[]);
    (desk, server)
}

/// Status line and headers in small letters, and the body.
fn get(server: &Server, path: &str, header: &str) -> (String, Vec<u8>) {
    let answer = server.ask("GET", path, header);
    (answer.head, answer.body)
}

#[test]
fn serve_answers_ranges_with_the_right_types_on_this_machine_alone() {
    let desk = Desk::library(TINY);
    desk.write("secret.txt", "ở ngoài thư mục");
    for (name, content) in
        [("a.wasm", "\0asm"), ("a.js", "export {}"), ("index.html", "<!doctype html>"), ("a.css", "")]
    {
        desk.write(&format!("bundle/{name}"), content);
    }
    let server = Server::of(&desk.name("bundle"), &[]);
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    for (path, kind) in [
        ("/a.wasm", "application/wasm"),
        ("/a.js", "text/javascript"),
        ("/manifest.json", "application/json"),
        ("/", "text/html"),
        ("/a.css", "text/css"),
    ] {
        let (head, _) = get(&server, path, "");
        assert!(head.starts_with("http/1.1 200") && head.contains(&format!("content-type: {kind}")), "{path}: {head}");
    }
    let (name, content) = desk.files("bundle").into_iter().find(|(name, _)| name.starts_with("terms-")).unwrap();
    let (head, body) = get(&server, &format!("/{name}"), "Range: bytes=10-19\r\n");
    assert!(head.starts_with("http/1.1 206") && head.contains("content-range: bytes 10-19/"), "{head}");
    assert_eq!(body, content[10..20]);
    assert_eq!(get(&server, &format!("/{name}"), "").1, content);
    for path in ["/khong-co", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//secret.txt"] {
        let (head, body) = get(&server, path, "");
        assert!(head.starts_with("http/1.1 4"), "{path}: {head}");
        assert!(!String::from_utf8_lossy(&body).contains("ở ngoài"), "{path}");
    }
}

#[test]
fn a_range_that_is_not_there_is_refused_and_ranges_are_offered() {
    let desk = Desk::library(TINY);
    let server = Server::of(&desk.name("bundle"), &[]);
    let (name, content) = desk.files("bundle").into_iter().find(|(name, _)| name.starts_with("terms-")).unwrap();
    let path = format!("/{name}");
    let (head, body) = get(&server, &path, "Range: bytes=999999-1000000\r\n");
    assert!(head.starts_with("http/1.1 416"), "{head}");
    assert!(head.contains(&format!("content-range: bytes */{}", content.len())), "{head}");
    assert!(body.len() < 100, "{} bytes", body.len());
    let (head, body) = get(&server, &path, &format!("Range: bytes={}-\r\n", content.len() - 7));
    assert!(head.starts_with("http/1.1 206"), "{head}");
    assert_eq!(body, content[content.len() - 7..]);
    assert!(get(&server, &path, "").0.contains("accept-ranges: bytes"));
}

#[test]
fn files_named_by_their_content_may_be_kept_and_all_others_are_asked_for_anew() {
    let desk = Desk::library(TINY);
    desk.write("bundle/index.html", "<!doctype html>");
    desk.write("bundle/terms-short.bin", "");
    let server = Server::of(&desk.name("bundle"), &[]);
    let (name, _) = desk.files("bundle").into_iter().find(|(name, _)| name.starts_with("head-")).unwrap();
    for header in ["", "Range: bytes=0-9\r\n"] {
        let (head, _) = get(&server, &format!("/{name}"), header);
        assert!(head.contains("cache-control: public, max-age=31536000, immutable"), "{head}");
    }
    for path in ["/manifest.json", "/", "/index.html", "/terms-short.bin", "/terms-0123456789abcdef.bin"] {
        let (head, _) = get(&server, path, "");
        assert!(head.contains("cache-control: no-cache"), "{path}: {head}");
    }
    let (head, _) = get(&server, &format!("/{name}"), "Range: bytes=999999-\r\n");
    assert!(head.contains("cache-control: no-cache"), "{head}");
}

#[test]
fn serve_sends_the_strict_policy_when_asked() {
    let desk = Desk::library(TINY);
    let plain = Server::of(&desk.name("bundle"), &[]);
    assert!(!get(&plain, "/manifest.json", "").0.contains("content-security-policy"));
    let strict = Server::of(&desk.name("bundle"), &["--strict-csp"]);
    let (head, _) = get(&strict, "/manifest.json", "");
    assert!(head.contains("content-security-policy:") && head.contains("'wasm-unsafe-eval'"), "{head}");
    assert!(!head.contains("unsafe-inline") && !head.contains("'unsafe-eval'"), "{head}");
}

#[test]
fn a_port_that_is_taken_is_a_clear_failure() {
    let desk = Desk::library(TINY);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert!(run(["serve", &desk.name("bundle"), "--port", &port]).failed().contains(&port));
}

#[test]
fn a_page_of_another_name_reads_nothing() {
    let (_desk, server) = site(&[]);
    let port = server.address.rsplit(':').next().unwrap();
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "",
        "a@localhost",
        "[::2]",
    ] {
        let answer = server.ask("GET", "/a.txt", &format!("Host: {host}\r\n"));
        assert!(answer.status == 421 || answer.status == 400, "{host}: {}", answer.head);
        assert!(!answer.body.starts_with(b"0123"), "{host}");
    }
    for line in ["GET http://evil.example/a.txt", "GET http://evil.example:80/a.txt"] {
        let answer = Answer::of(
            &server.raw(format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()),
        );
        assert_eq!(answer.status, 421, "{line}");
    }
    let two = server.ask("GET", "/a.txt", "Host: localhost\r\nHost: evil.example\r\n");
    assert!(two.status >= 400, "{}", two.head);
    assert!(Answer::of(&server.raw(b"GET /a.txt HTTP/1.0\r\n\r\n")).status >= 400);
    for host in [format!("localhost:{port}"), "LOCALHOST".into(), format!("127.0.0.1:{port}"), format!("[::1]:{port}")]
    {
        assert_eq!(server.ask("GET", "/a.txt", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
}

#[test]
fn a_name_that_was_allowed_is_answered() {
    let (desk, _) = site(&[]);
    let server = Server::of(&desk.name("site"), &["--host", "thu.example"]);
    assert_eq!(server.ask("GET", "/a.txt", "Host: thu.example:8443\r\n").status, 200);
    assert_eq!(server.ask("GET", "/a.txt", "Host: khac.example\r\n").status, 421);
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let (desk, server) = site(&[("sub/b.txt", "b")]);
    symlink("../secret.txt", desk.path("site/link.txt")).unwrap();
    symlink("..", desk.path("site/up")).unwrap();
    symlink("/", desk.path("site/root")).unwrap();
    symlink("sub/b.txt", desk.path("site/inside.txt")).unwrap();
    for path in [
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/.%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%252fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/sub/..%5c..%5csecret.txt",
        "/....//secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/..%00/secret.txt",
        "/../secret.txt%00.html",
        "//secret.txt",
        "///../secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/up/",
        "/root/etc/passwd",
        "/C:/secret.txt",
        "/a.txt::$DATA",
        "/a.txt%00",
        "/NUL",
        "/con.txt",
        "/a.txt.",
        "/a.txt%20",
        "/%ff",
        "/%",
        "/%zz",
        "/..;/secret.txt",
        "/./../secret.txt",
        "/?/../secret.txt/..",
        "/file:///etc/passwd",
    ] {
        let answer = server.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.head);
        let text = String::from_utf8_lossy(&answer.body);
        assert!(!text.contains("ở ngoài") && !text.contains("root:") && !text.starts_with("0123"), "{path}");
    }
    assert_eq!(server.get("/inside.txt").body, b"b");
    assert_eq!(server.get("/sub/b.txt").body, b"b");
    assert!(server.get("/sub").head.contains("location: /sub/"));
}

#[test]
fn names_in_vietnamese_and_with_spaces_are_found() {
    let (_desk, server) = site(&[("Tìm đọc/bài 1 & 2.txt", "chữ")]);
    let path = "/T%C3%ACm%20%C4%91%E1%BB%8Dc/b%C3%A0i%201%20%26%202.txt";
    assert_eq!(server.get(path).body, "chữ".as_bytes());
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let (desk, server) = site(&[]);
    let made = std::process::Command::new("mkfifo").arg(desk.path("site/pipe")).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(server.get("/pipe").status, 404);
    }
    assert_eq!(server.get("/").status, 404, "a folder is not listed");
}

#[test]
fn only_reading_is_answered() {
    let (desk, server) = site(&[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "ABC"] {
        let path = if method == "CONNECT" { "localhost:80" } else { "/a.txt" };
        let answer = server.ask(method, path, "Content-Length: 3\r\n");
        assert!((400..500).contains(&answer.status), "{method}: {}", answer.head);
        assert!(method == "CONNECT" || answer.header("allow") == "get, head", "{method}: {}", answer.head);
    }
    assert_eq!(desk.files("site").len(), 1);
    let head = server.ask("HEAD", "/a.txt", "");
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "11", 0));
}

#[test]
fn a_range_is_that_part_and_says_so() {
    let (_desk, server) = site(&[]);
    for (range, part, body) in [
        ("0-3", "0-3", "0123"),
        ("3-", "3-10", "3456789a"),
        ("-3", "8-10", "89a"),
        ("-99", "0-10", "0123456789a"),
        ("10-10", "10-10", "a"),
        ("5-99999999999999999999999", "5-10", "56789a"),
    ] {
        let answer = server.ask("GET", "/a.txt", &format!("Range: bytes={range}\r\n"));
        assert_eq!((answer.status, answer.header("content-range")), (206, &*format!("bytes {part}/11")), "{range}");
        assert_eq!(
            (String::from_utf8(answer.body.clone()).unwrap().as_str(), answer.header("content-length")),
            (body, &*body.len().to_string())
        );
        let head = server.ask("HEAD", "/a.txt", &format!("Range: bytes={range}\r\n"));
        assert!(head.body.is_empty() && head.header("content-length") == body.len().to_string(), "{}", head.head);
    }
}

#[test]
fn a_range_beyond_the_end_is_refused_with_the_length() {
    let (_desk, server) = site(&[("empty.bin", "")]);
    for (path, range, length) in [
        ("/a.txt", "11-", 11),
        ("/a.txt", "11-20", 11),
        ("/a.txt", "-0", 11),
        ("/empty.bin", "0-0", 0),
        ("/empty.bin", "-1", 0),
    ] {
        let answer = server.ask("GET", path, &format!("Range: bytes={range}\r\n"));
        assert_eq!(
            (answer.status, answer.header("content-range")),
            (416, &*format!("bytes */{length}")),
            "{path} {range}"
        );
        assert!(answer.body.is_empty());
    }
    assert_eq!(server.get("/empty.bin").header("content-length"), "0");
}

#[test]
fn several_ranges_or_one_that_is_not_understood_give_the_whole_file() {
    let (_desk, server) = site(&[]);
    for range in ["bytes=0-1,3-4", "items=0-1", "bytes=5-2", "bytes=x", "bytes=-", "bytes"] {
        let answer = server.ask("GET", "/a.txt", &format!("Range: {range}\r\n"));
        assert_eq!(
            (answer.status, &answer.body[..], answer.header("content-range")),
            (200, &b"0123456789a"[..], ""),
            "{range}"
        );
    }
}

#[test]
fn a_range_of_another_version_gives_the_whole_file() {
    let (_desk, server) = site(&[]);
    let whole =
        server.raw(format!("HEAD /a.txt HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address).as_bytes());
    let text = String::from_utf8(whole).unwrap();
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    let (tag, time) = (value("etag: "), value("last-modified: "));
    let ask =
        |condition: &str| server.ask("GET", "/a.txt", &format!("Range: bytes=0-3\r\nIf-Range: {condition}\r\n")).status;
    assert_eq!((ask(&tag), ask(&time)), (206, 206));
    assert_eq!((ask("\"other\""), ask(&format!("W/{tag}")), ask("Mon, 01 Jan 2024 00:00:00 GMT")), (200, 200, 200));
}

#[test]
fn what_a_browser_has_already_is_not_sent_again() {
    let (desk, server) = site(&[]);
    let first = server.get("/a.txt");
    let (tag, time) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    let ask = |header: &str| server.ask("GET", "/a.txt", &format!("{header}\r\n"));
    let title: String = time
        .split(' ')
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect::<Vec<_>>()
        .join(" ")
        .replace("Gmt", "GMT");
    for header in
        [format!("If-None-Match: {tag}"), format!("If-None-Match: \"x\", {tag}"), format!("If-Modified-Since: {title}")]
    {
        let answer = ask(&header);
        assert_eq!((answer.status, answer.body.len(), answer.header("etag")), (304, 0, &*tag), "{header}");
    }
    assert_eq!(ask("If-None-Match: \"x\"").status, 200);
    desk.write("site/a.txt", "0123456789b");
    assert_eq!(ask(&format!("If-None-Match: {tag}")).status, 200, "another content of the same length");
}

#[test]
fn every_kind_of_file_has_its_type_and_gzip_is_left_as_it_is() {
    let names = [
        "a.js",
        "a.mjs",
        "a.wasm",
        "a.json",
        "a.webmanifest",
        "a.svg",
        "a.bin",
        "a.html",
        "a.css",
        "a.txt.gz",
        "a.png",
    ];
    let (_desk, server) = site(&names.map(|name| (name, "x")));
    for (name, kind) in names.into_iter().zip([
        "text/javascript; charset=utf-8",
        "text/javascript; charset=utf-8",
        "application/wasm",
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
        "application/octet-stream",
        "text/html; charset=utf-8",
        "text/css; charset=utf-8",
        "application/gzip",
        "image/png",
    ]) {
        let answer = server.ask("GET", &format!("/{name}"), "Accept-Encoding: gzip, br\r\n");
        assert_eq!((answer.header("content-type"), answer.header("content-encoding")), (kind, ""), "{name}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
    }
}

#[test]
fn garbage_and_oversize_requests_are_refused_and_do_not_end_it() {
    let (_desk, mut server) = site(&[]);
    let host = server.address.clone();
    let line = |path: &str, header: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{header}\r\n").into_bytes()
    };
    let many: String = (0..500).map(|number| format!("X-{number}: a\r\n")).collect();
    for (what, bytes) in [
        ("a long line", line(&format!("/{}", "a".repeat(100_000)), "")),
        ("a long header", line("/a.txt", &format!("X-A: {}\r\n", "a".repeat(100_000)))),
        ("many headers", line("/a.txt", &many)),
        ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n".to_vec()),
        ("zeros", vec![0; 50_000]),
        ("a line feed", b"\n\n\n\n\n\n".to_vec()),
        ("HTTP of 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("two lengths", line("/a.txt", "Content-Length: 1\r\nContent-Length: 2\r\n")),
        ("a wrong length", line("/a.txt", "Content-Length: -1\r\n")),
        ("a folded header", line("/a.txt", "X-A: b\r\n c: d\r\n")),
    ] {
        let answer = Answer::of(&server.raw(&bytes));
        assert!(answer.status == 0 || (400..500).contains(&answer.status), "{what}: {}", answer.head);
        assert_eq!(server.get("/a.txt").status, 200, "after {what}");
    }
    assert!(server.runs());
}

#[test]
fn a_body_is_not_read() {
    let (_desk, server) = site(&[]);
    let mut stream = server.connect();
    write!(stream, "GET /a.txt HTTP/1.1\r\nHost: {}\r\nContent-Length: 1000000000000\r\n\r\n", server.address).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = Answer::of(&answer);
    assert_eq!((answer.status, answer.header("connection")), (200, "close"));
}

#[test]
fn silent_connections_do_not_keep_others_out() {
    let (_desk, mut server) = site(&[]);
    // More than there may be at once.
    let silent: Vec<_> = (0..400).map(|_| server.connect()).collect();
    let half: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = server.connect();
            let _ = stream.write_all(b"GET /a.txt HTTP/1.1\r\nHost: local");
            stream
        })
        .collect();
    for _ in 0..50 {
        assert_eq!(server.get("/a.txt").body, b"0123456789a");
    }
    // The first are closed, as their places were needed.
    let closed = silent.into_iter().take(100).filter(|mut stream| {
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        !matches!(stream.read(&mut [0]), Ok(1..))
    });
    assert_eq!(closed.count(), 100);
    drop(half);
    assert!(server.runs());
}
