//! `timdoc serve`: ranges, types and policies, for this machine and its one folder alone.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use command::{Desk, run, tool};

const TINY: &str = include_str!("fixtures/tiny.jsonl");

/// A process that is ended with its test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves a folder; gives the process and its address.
fn serve(folder: &str, more: &[&str]) -> (Server, String) {
    let args = [&["serve", folder, "--port", "0"], more].concat();
    let mut server = Server(tool().args(args).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/')).unwrap().to_owned();
    (server, address)
}

/// Status line and headers in small letters, and the body.
fn get(address: &str, path: &str, header: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{header}\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&answer[..end]).to_lowercase(), answer[end + 4..].to_vec())
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
    let (_server, address) = serve(&desk.name("bundle"), &[]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    for (path, kind) in [
        ("/a.wasm", "application/wasm"),
        ("/a.js", "text/javascript"),
        ("/manifest.json", "application/json"),
        ("/", "text/html"),
        ("/a.css", "text/css"),
    ] {
        let (head, _) = get(&address, path, "");
        assert!(head.starts_with("http/1.1 200") && head.contains(&format!("content-type: {kind}")), "{path}: {head}");
    }
    let (name, content) = desk.files("bundle").into_iter().find(|(name, _)| name.starts_with("terms-")).unwrap();
    let (head, body) = get(&address, &format!("/{name}"), "Range: bytes=10-19\r\n");
    assert!(head.starts_with("http/1.1 206") && head.contains("content-range: bytes 10-19/"), "{head}");
    assert_eq!(body, content[10..20]);
    assert_eq!(get(&address, &format!("/{name}"), "").1, content);
    for path in ["/khong-co", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//secret.txt"] {
        let (head, body) = get(&address, path, "");
        assert!(head.starts_with("http/1.1 4"), "{path}: {head}");
        assert!(!String::from_utf8_lossy(&body).contains("ở ngoài"), "{path}");
    }
}

#[test]
fn a_range_that_is_not_there_is_refused_and_ranges_are_offered() {
    let desk = Desk::library(TINY);
    let (_server, address) = serve(&desk.name("bundle"), &[]);
    let (name, content) = desk.files("bundle").into_iter().find(|(name, _)| name.starts_with("terms-")).unwrap();
    let path = format!("/{name}");
    let (head, body) = get(&address, &path, "Range: bytes=999999-1000000\r\n");
    assert!(head.starts_with("http/1.1 416"), "{head}");
    assert!(head.contains(&format!("content-range: bytes */{}", content.len())), "{head}");
    assert!(body.len() < 100, "{} bytes", body.len());
    let (head, body) = get(&address, &path, &format!("Range: bytes={}-\r\n", content.len() - 7));
    assert!(head.starts_with("http/1.1 206"), "{head}");
    assert_eq!(body, content[content.len() - 7..]);
    assert!(get(&address, &path, "").0.contains("accept-ranges: bytes"));
}

#[test]
fn files_named_by_their_content_may_be_kept_and_all_others_are_asked_for_anew() {
    let desk = Desk::library(TINY);
    desk.write("bundle/index.html", "<!doctype html>");
    desk.write("bundle/terms-short.bin", "");
    let (_server, address) = serve(&desk.name("bundle"), &[]);
    let (name, _) = desk.files("bundle").into_iter().find(|(name, _)| name.starts_with("head-")).unwrap();
    for header in ["", "Range: bytes=0-9\r\n"] {
        let (head, _) = get(&address, &format!("/{name}"), header);
        assert!(head.contains("cache-control: public, max-age=31536000, immutable"), "{head}");
    }
    for path in ["/manifest.json", "/", "/index.html", "/terms-short.bin", "/terms-0123456789abcdef.bin"] {
        let (head, _) = get(&address, path, "");
        assert!(head.contains("cache-control: no-cache"), "{path}: {head}");
    }
    let (head, _) = get(&address, &format!("/{name}"), "Range: bytes=999999-\r\n");
    assert!(head.contains("cache-control: no-cache"), "{head}");
}

#[test]
fn serve_sends_the_strict_policy_when_asked() {
    let desk = Desk::library(TINY);
    let (_plain, address) = serve(&desk.name("bundle"), &[]);
    assert!(!get(&address, "/manifest.json", "").0.contains("content-security-policy"));
    let (_strict, address) = serve(&desk.name("bundle"), &["--strict-csp"]);
    let (head, _) = get(&address, "/manifest.json", "");
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
