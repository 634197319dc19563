//! Archives of the web as a user gives them: which pages become articles, and what is said of damaged records.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::io::Write;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use timdoc::article::Article;
use timdoc::ingest::site::Site;
use timdoc::{Result, ingest};

struct Read {
    found: Vec<Result<Article>>,
    left_out: Vec<(&'static str, usize)>,
}

impl Read {
    fn ids(&self) -> Vec<&str> {
        self.found.iter().flatten().map(|article| article.id.as_str()).collect()
    }

    fn errors(&self) -> Vec<String> {
        self.found.iter().filter_map(|found| found.as_ref().err()).map(ToString::to_string).collect()
    }
}

fn read(name: &str, archive: &[u8]) -> Read {
    read_with(name, archive, &Site::default())
}

fn read_with(name: &str, archive: &[u8], site: &Site) -> Read {
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    let mut sink = |a: Result<ingest::Ingested>| found.push(a.map(|a| a.article));
    ingest::read_file(name, archive, site, &mut sink, &mut |what, count| left_out.push((what, count)));
    Read { found, left_out }
}

const WORDS: [&str; 5] = ["lúa", "cá", "muối", "chè", "mía"];

/// A page with an article of its own.
fn page(number: usize) -> String {
    let word = WORDS[number % WORDS.len()];
    format!(
        "<html><head><meta charset=utf-8><title>Vụ {word} thứ {number} được mùa</title></head><body><ul><li><a href=/>Trang chủ</a></ul>
        <h1>Vụ {word} thứ {number} được mùa</h1><p>08:15 12/06/2024</p>
        <p>Sáng nay, bà con thôn số {number} thu hoạch xong vụ {word} trên cánh đồng ven sông, năng suất cao hơn năm ngoái.</p>
        <p>Ông Trần Văn {number} cho biết gia đình bán được {number} tạ {word} ngay tại ruộng, giá ổn định và không bị ép.</p></body></html>"
    )
}

fn record(kind: &str, address: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-06-12T01:15:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn http(headers: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 ".as_slice(), headers.as_bytes(), b"\r\n\r\n", body].concat()
}

fn response(number: usize) -> Vec<u8> {
    let answer = http("200 OK\r\nContent-Type: text/html; charset=UTF-8", page(number).as_bytes());
    record("response", &format!("https://xa.example/tin/{number}.html"), &answer)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn pages_become_articles_and_the_rest_is_counted() {
    let archive = [
        record("warcinfo", "", b"software: thu"),
        record("request", "https://xa.example/tin/1.html", b"GET /tin/1.html HTTP/1.1\r\n\r\n"),
        response(1),
        record("response", "https://xa.example/a.png", &http("200 OK\r\nContent-Type: image/png", b"\x89PNG")),
        record(
            "response",
            "https://xa.example/cu",
            &http("301 Moved\r\nLocation: /moi\r\nContent-Type: text/html", b"<p>Moved"),
        ),
        record(
            "response",
            "https://xa.example/mat",
            &http("404 Not Found\r\nContent-Type: text/html", page(9).as_bytes()),
        ),
        record("revisit", "https://xa.example/tin/1.html", b"HTTP/1.1 200 OK\r\n\r\n"),
        record("response", "dns:xa.example", b"xa.example. 3600 IN A 192.0.2.1"),
        response(1),
        response(2),
    ]
    .concat();
    let read = read("trang.warc", &archive);
    assert_eq!(read.errors(), [""; 0]);
    assert_eq!(read.ids(), ["tin/1", "tin/2"]);
    let article = read.found[0].as_ref().unwrap();
    assert_eq!(
        (article.title.as_str(), article.url.as_deref()),
        ("Vụ cá thứ 1 được mùa", Some("https://xa.example/tin/1.html"))
    );
    assert_eq!(article.published.as_ref().map(|d| d.iso()).as_deref(), Some("2024-06-12T08:15+07:00"));
    for wanted in [
        ("revisits", 1),
        ("redirections", 1),
        ("answers that are errors", 1),
        ("files that are no pages", 2),
        ("records about the archive", 2),
        ("pages that were fetched again", 1),
    ] {
        assert!(read.left_out.contains(&wanted), "{wanted:?} in {:?}", read.left_out);
    }
}

#[test]
fn bodies_are_read_without_chunks_and_compression() {
    let text = page(3).into_bytes();
    let chunked: Vec<u8> =
        text.chunks(300).flat_map(|c| [format!("{:x};x=1\r\n", c.len()).as_bytes(), c, b"\r\n"].concat()).collect();
    let chunked = [chunked.as_slice(), b"0\r\n\r\n"].concat();
    let mut deflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    deflated.write_all(&text).unwrap();
    let packed = gzip(&text);
    let packed_chunks: Vec<u8> =
        packed.chunks(100).flat_map(|c| [format!("{:X}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat()).collect();
    for (headers, body) in [
        ("Transfer-Encoding: chunked", chunked.clone()),
        ("transfer-encoding:Chunked", chunked[..chunked.len() - 40].to_vec()),
        ("Content-Encoding: gzip", packed.clone()),
        ("Content-Encoding: deflate", deflated.finish().unwrap()),
        ("Content-Encoding: zstd", zstd::encode_all(text.as_slice(), 1).unwrap()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", [packed_chunks.as_slice(), b"0\r\n\r\n"].concat()),
        // The headers as they were, the body as the program unpacked it.
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", text.clone()),
        ("Content-Encoding: br", text.clone()),
    ] {
        let answer = http(&format!("200 OK\r\nContent-Type: text/html\r\n{headers}"), &body);
        let read = read("a.warc", &record("response", "https://xa.example/tin/3.html", &answer));
        assert_eq!(read.errors(), [""; 0], "{headers}");
        assert_eq!(read.found[0].as_ref().unwrap().title, "Vụ chè thứ 3 được mùa", "{headers}");
    }
}

#[test]
fn packed_archives_are_read() {
    let records = [response(1), response(2), response(3)];
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(read("a.warc.gz", &members).ids(), ["tin/1", "tin/2", "tin/3"]);
    assert_eq!(read("a.warc.gz", &gzip(&records.concat())).ids().len(), 3);
    let frames: Vec<u8> = records.iter().flat_map(|record| zstd::encode_all(record.as_slice(), 1).unwrap()).collect();
    assert_eq!(read("a.warc.zst", &frames).ids().len(), 3);
}

#[test]
fn a_damaged_member_is_passed_over() {
    let mut members: Vec<Vec<u8>> = (1..=4).map(|number| gzip(&response(number))).collect();
    let middle = members[1].len() / 2;
    members[1][middle..middle + 20].fill(0xAA);
    let read = read("a.warc.gz", &members.concat());
    assert_eq!(read.ids(), ["tin/1", "tin/3", "tin/4"]);
    assert_eq!(read.errors().len(), 1, "{:?}", read.errors());
    assert!(read.errors()[0].starts_with("a.warc.gz record 2: cannot be unpacked"), "{:?}", read.errors());
}

#[test]
fn a_wrong_length_costs_one_record_and_no_more() {
    for wrong in ["10", "1200000", "1700", "-5", "viele", "99999999999999999999"] {
        let bad = String::from_utf8(response(2)).unwrap();
        let length = bad.split("Content-Length: ").nth(1).unwrap().split('\r').next().unwrap().to_owned();
        let bad = bad.replacen(&format!("Content-Length: {length}"), &format!("Content-Length: {wrong}"), 1);
        let archive = [response(1), bad.into_bytes(), response(3), response(4)].concat();
        let read = read("a.warc", &archive);
        let ids: Vec<&str> = read.ids().into_iter().filter(|id| *id != "tin/2").collect();
        assert_eq!(ids, ["tin/1", "tin/3", "tin/4"], "{wrong}: {:?}", read.errors());
        assert_eq!(read.errors().len(), 1, "{wrong}: {:?}", read.errors());
        assert!(read.errors()[0].starts_with("a.warc record "), "{:?}", read.errors());
    }
}

#[test]
fn a_cut_archive_gives_the_records_before_the_cut() {
    let archive = [response(1), response(2)].concat();
    let read_cut = |cut: usize| read("a.warc", &archive[..archive.len() - cut]);
    let read = read_cut(500);
    assert_eq!(read.ids(), ["tin/1"]);
    assert!(read.errors().len() == 1 && read.errors()[0].contains("cut"), "{:?}", read.errors());
    for cut in 0..archive.len() {
        let read = read_cut(cut);
        assert!(!read.found.is_empty() && read.errors().len() <= 1, "{cut}");
    }
}

#[test]
fn pages_that_unpack_without_end_are_refused() {
    let bomb = gzip(&vec![b' '; 40 << 20]);
    let answer = http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &bomb);
    let archive = [record("response", "https://xa.example/bom.html", &answer), response(2)].concat();
    let read = read("a.warc", &archive);
    assert_eq!(read.ids(), ["tin/2"]);
    assert!(read.errors()[0].contains("32 MiB"), "{:?}", read.errors());
}

#[test]
fn pages_in_old_encodings_are_read_whatever_the_header_says() {
    // "Bà con được mùa lúa nước, cả thôn vui mừng vì giá tốt hơn mọi năm." in TCVN3.
    let latin = "<title>Bµ con ®\u{ad}îc mïa</title><h1>Bµ con ®\u{ad}îc mïa</h1><p>Bµ con ®\u{ad}îc mïa lóa n\u{ad}íc, c¶ th«n vui mõng v× gi¸ tèt h¬n mäi n¨m, \
        ai còng muèn lµm thªm ruéng míi ë ven s«ng.</p>";
    let bytes: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for charset in ["iso-8859-1", "utf-8", "x-user-defined"] {
        let answer = http(&format!("200 OK\r\nContent-Type: text/html; charset={charset}"), &bytes);
        let read = read("a.warc", &record("response", "https://xa.example/1", &answer));
        let article = read.found[0].as_ref().unwrap();
        assert_eq!(article.title, "Bà con được mùa", "{charset}");
    }
}

#[test]
fn what_is_no_archive_is_one_error() {
    for (archive, says) in [
        (&b""[..], "no WARC record"),
        (b"<html><p>Tin</p></html>", "no archive of WARC"),
        (b"\r\n\r\n", "no WARC record"),
    ] {
        let read = read("a.warc", archive);
        assert!(read.errors().len() == 1 && read.errors()[0].contains(says), "{:?}", read.errors());
    }
    let errors = read("a.warc.gz", b"no gzip at all, just words").errors();
    assert!(errors.len() == 1 && errors[0].contains("unpacked"), "{errors:?}");
}

#[test]
fn pages_of_two_hosts_with_one_path_are_two_articles() {
    let of = |host: &str, number| {
        let answer = http("200 OK\r\nContent-Type: text/html", page(number).as_bytes());
        record("response", &format!("http://{host}/tin.html"), &answer)
    };
    let archive = [of("xa.example", 1), of("huyen.example", 2), of("www.xa.example", 1)].concat();
    assert_eq!(read("a.warc", &archive).ids(), ["tin", "huyen.example/tin"]);
}

#[test]
fn what_is_said_of_a_site_is_obeyed_in_an_archive() {
    let said = "source = \"Bản tin xã\"\nleave_out = [\"tin/3*\", \"khac.example/**\"]\n[selectors]\ncategory = \"li a\"\n\
                [categories]\n\"Trang chủ\" = \"Thời sự\"\n";
    let site = Site::parse("timdoc.toml", said).unwrap();
    let answer = http("200 OK\r\nContent-Type: text/html; charset=UTF-8", page(4).as_bytes());
    let archive =
        [response(1), response(2), response(3), record("response", "https://khac.example/tin/4.html", &answer)];
    let read = read_with("trang.warc", &archive.concat(), &site);
    assert_eq!(read.ids(), ["tin/1", "tin/2"]);
    assert!(read.left_out.contains(&("pages that timdoc.toml leaves out", 2)), "{:?}", read.left_out);
    for article in read.found.iter().flatten() {
        assert_eq!((article.source.as_deref(), article.category.as_deref()), (Some("Bản tin xã"), Some("Thời sự")));
    }
}
