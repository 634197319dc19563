//! Folders with several kinds of files: a mirror with its sitemap, an archive beside a feed.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use command::{Desk, run};

const PAGE: &str = "<html><head><title>Chợ phiên mở lại</title></head><body><h1>Chợ phiên mở lại</h1>
    <p>Bà con các bản mang rau, gà và vải thổ cẩm xuống bán từ tờ mờ sáng, người mua kẻ bán đông như ngày hội.</p>
    <p>Ban quản lý chợ cho biết phiên sau sẽ có thêm khu bán đồ đan lát của thợ thủ công trong vùng.</p></body></html>";

#[test]
fn a_sitemap_gives_the_pages_beside_it_their_addresses_and_days() {
    let desk = Desk::new();
    desk.write("in/cho-phien.html", PAGE);
    desk.write(
        "in/sitemap.xml",
        "<urlset><url><loc>https://xa.example/cho-phien.html</loc><news:news><news:publication_date>2024-05-19\
         </news:publication_date><news:keywords>chợ, bản</news:keywords></news:news></url></urlset>",
    );
    let report = desk.build("in", "out").json();
    assert_eq!(
        (report["articles"].as_u64(), report["skipped"].as_array().map(Vec::len)),
        (Some(1), Some(0)),
        "{report}"
    );
    let article = run(["read", &desk.name("out"), "cho-phien", "--json"]).json();
    assert_eq!(article["url"], "https://xa.example/cho-phien.html");
    assert_eq!(article["published"]["date"], "2024-05-19");
}

#[test]
fn an_archive_and_a_feed_are_read_beside_each_other_and_the_rest_is_counted() {
    let desk = Desk::new();
    let record = |kind: &str, uri: &str, block: &str| {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let archive =
        record("response", "https://xa.example/cho.html", &page) + &record("revisit", "https://xa.example/", "");
    desk.write("in/trang.warc", archive);
    desk.write("in/tin.rss", "<rss><channel><item><guid>tin-1</guid><title>Họp dân</title></item></channel></rss>");
    desk.write("in/hong.rss", "<rss><channel><item><guid>tin-2</guid><title>Cắt ng");
    let report = desk.build("in", "out").json();
    assert_eq!(report["articles"], 2, "{report}");
    assert_eq!(report["left_out"][0]["kind"], "beside");
    assert_eq!(report["left_out"][0]["reason"], "1 revisits");
    assert_eq!(report["skipped"].as_array().unwrap().len(), 1);
    assert!(report["skipped"][0]["reason"].as_str().unwrap().contains("hong.rss"), "{report}");
}
