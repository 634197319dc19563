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

/// A page whose text names a place.
fn page(place: &str, head: &str) -> String {
    format!(
        "<html><head><title>Thôn {place} họp dân</title>{head}</head><body><h1>Thôn {place} họp dân</h1>
        <p>Tối qua, hơn trăm hộ thôn {place} đã họp bàn việc góp công mở rộng con đường ra cánh đồng phía đông.</p>
        <p>Trưởng thôn {place} cho biết mỗi hộ góp ba công, việc bắt đầu sau khi thu hoạch xong vụ lúa hè thu.</p></body></html>"
    )
}

#[test]
fn pages_are_taken_in_the_order_of_the_sitemap_beside_them() {
    let desk = Desk::new();
    let urls = ["thon-tren", "thon-duoi", "thon-giua"]
        .map(|name| format!("<url><loc>https://xa.example/{name}.html</loc></url>"));
    desk.write("in/sitemap.xml", format!("<urlset>{}</urlset>", urls.concat()));
    // Without the sitemap, the copy would come first.
    for (name, place) in [
        ("ban-sao", "Trên"),
        ("thon-duoi", "Dưới"),
        ("thon-giua", "Giữa"),
        ("thon-ngoai", "Ngoài"),
        ("thon-tren", "Trên"),
    ] {
        desk.write(&format!("in/{name}.html"), page(place, ""));
    }
    let files = run(["build", &desk.name("in"), "--dry-run", "--json"]).json()["files"].as_array().unwrap().clone();
    let of = |name: &str| files.iter().find(|file| file["file"].as_str().unwrap().ends_with(name)).unwrap();
    assert_eq!(
        (of("thon-tren.html")["kind"].as_str(), of("ban-sao.html")["kind"].as_str()),
        (Some("article"), Some("duplicate"))
    );
    let articles = files.iter().filter(|file| file["kind"] == "article").map(|file| file["id"].as_str().unwrap());
    assert_eq!(articles.collect::<Vec<_>>(), ["thon-tren", "thon-duoi", "thon-giua", "thon-ngoai"]);
}

#[test]
fn of_a_saved_page_and_its_item_in_a_feed_the_fuller_text_is_kept() {
    let desk = Desk::new();
    let canonical = |name: &str| format!("<link rel=canonical href='https://xa.example/{name}/'>");
    desk.write("in/thon-tren.html", page("Trên", &canonical("thon-tren")));
    desk.write("in/thon-duoi.html", page("Dưới", &canonical("thon-duoi")));
    let item = |guid: &str, name: &str, text: &str| {
        format!(
            "<item><guid>{guid}</guid><title>{guid}</title><link>http://www.XA.example/{name}?utm_source=rss#a</link><pubDate>19 May 2024</pubDate><description>{text}</description></item>"
        )
    };
    let whole = "Bà con thôn Dưới kể rành rọt từng khoản góp, từng ngày công. ".repeat(12);
    let feed = item("tom-tat", "thon-tren", "Họp dân.") + &item("toan-van", "thon-duoi", &whole);
    desk.write("in/tin.rss", format!("<rss><channel>{feed}</channel></rss>"));
    let report = desk.build("in", "out").json();
    assert_eq!(report["articles"], 2, "{report}");
    let reasons: Vec<&str> =
        report["left_out"].as_array().unwrap().iter().map(|found| found["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons.len(), 2, "{report}");
    assert!(reasons[0].starts_with("\"tom-tat\" is the same page as \"thon-tren\" of"), "{report}");
    assert!(reasons[1].starts_with("\"thon-duoi\" is the same page as \"toan-van\" of"), "{report}");
    let read = |id: &str| run(["read", &desk.name("out"), id, "--json"]).json();
    // The page states no day; its item in the feed does.
    assert_eq!(read("thon-tren")["published"]["date"], "2024-05-19");
    assert!(read("toan-van")["blocks"][0]["text"].as_str().unwrap().starts_with("Bà con thôn Dưới kể"));
    let kinds = run(["build", &desk.name("in"), "--dry-run", "--json"]).json()["kinds"].clone();
    assert_eq!((kinds["article"].as_u64(), kinds["duplicate"].as_u64()), (Some(2), Some(2)), "{kinds}");
}

#[test]
fn what_is_said_of_a_site_beside_an_archive_holds_for_its_pages() {
    let desk = Desk::new();
    let record = |name: &str, place: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(place, ""));
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://xa.example/{name}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    desk.write("in/luu/trang.warc", record("tin/tren.html", "Trên") + &record("in/duoi.html", "Dưới"));
    desk.write("in/luu/timdoc.toml", "source = \"Bản tin xã\"\nleave_out = [\"in/**\"]\n");
    assert_eq!(desk.build("in", "out").json()["articles"], 1);
    assert_eq!(run(["read", &desk.name("out"), "tin/tren", "--json"]).json()["source"], "Bản tin xã");
    desk.write("khac.toml", "source = \"Báo huyện\"");
    let (input, out, config) = (desk.name("in"), desk.name("out2"), desk.name("khac.toml"));
    run(["build", &input, "--out", &out, "--config", &config]).ok();
    assert_eq!(run(["read", &out, "in/duoi", "--json"]).json()["source"], "Báo huyện");
    desk.write("in/luu/timdoc.toml", "sorce = 1");
    assert!(run(["build", &input, "--out", &out]).failed().contains("\"source\""));
}
