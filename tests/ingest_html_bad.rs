//! Web pages that are broken, huge, hostile or not what they say: a clear reason or a plain article, and no effect on the
//! rest.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::time::{Duration, Instant};

use command::{Desk, run};
use serde_json::Value;
use timdoc::article::Article;
use timdoc::ingest::html::{self, Outcome, Page, Shared};
use timdoc::ingest::site::Site;

const GOOD: &str = "<html><head><title>Cầu mới thông xe</title></head><body><h1>Cầu mới thông xe</h1><p>08:15 12/06/2024</p>\
    <p>Sáng nay, cây cầu nối hai thôn của xã Tam Hợp đã được đưa vào sử dụng sau một năm xây dựng.</p>\
    <p>Bà con hai bên bờ từ nay không phải đi đò.</p></body></html>";

fn outcome(html: &str) -> Outcome {
    let page = Page { place: "trang.html", id: "trang".into(), path: "trang.html", address: None };
    html::article(&page, html, &Shared::default(), &Site::default()).unwrap()
}

#[track_caller]
fn article(html: &str) -> Article {
    match outcome(html) {
        Outcome::Article(found) => found.article,
        Outcome::LeftOut(left_out) => panic!("{left_out:?}"),
    }
}

/// All that an article says and links to, as one text.
fn all(article: &Article) -> String {
    serde_json::to_string(article).unwrap()
}

/// Reads a page on a thread with a small stack, in a time that linear work has plenty of.
#[track_caller]
fn read_in_bounds(html: String) {
    let begun = Instant::now();
    let small = std::thread::Builder::new().stack_size(256 << 10);
    small.spawn(move || drop((outcome_of(&html), html::Look::at(&html)))).unwrap().join().unwrap();
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
}

fn outcome_of(html: &str) -> bool {
    let page = Page { place: "trang.html", id: "trang".into(), path: "trang.html", address: None };
    html::article(&page, html, &Shared::default(), &Site::default()).is_ok()
}

#[test]
fn a_hundred_thousand_nested_elements_need_no_deep_stack() {
    for name in
        ["div", "b", "span", "table", "ul><li", "blockquote", "font color=red", "p", "a href=x", "svg", "noidung"]
    {
        read_in_bounds(format!("<h1>Tin</h1>{}Chữ{}", format!("<{name}>").repeat(100_000), "</div>".repeat(100_000)));
    }
}

#[test]
fn text_below_the_deepest_elements_is_kept() {
    let deep = format!(
        "{}<p>{}</p>",
        "<div>".repeat(5_000),
        "Con đường mới dẫn vào thôn Hạ đã được bà con góp công làm xong trong tháng này."
    );
    let page = format!("<title>Con đường mới của thôn Hạ</title><h1>Con đường mới của thôn Hạ</h1>{deep}");
    assert!(all(&article(&page)).contains("góp công"));
}

#[test]
fn pages_made_to_take_squares_of_steps_are_read_in_time() {
    let many = 200_000;
    read_in_bounds(format!("<p {}>Chữ", (0..many).map(|n| format!("a{n}=1 ")).collect::<String>()));
    read_in_bounds((0..many / 4).map(|n| format!("<p><font color=#{n}>")).collect());
    read_in_bounds("<textarea>".repeat(many));
    read_in_bounds("<!--".repeat(many));
    read_in_bounds("<a href='".repeat(many));
    read_in_bounds("</div>".repeat(many));
    read_in_bounds("<td>".repeat(many));
    read_in_bounds(format!("<style>{}", "</styl".repeat(many)));
    read_in_bounds(format!("<script type=application/ld+json>{}", "[".repeat(many)));
    read_in_bounds(
        (0..many / 10).map(|n| format!("<nav><a href=/{n}.pdf>x</a></nav><h1>Tin {n}<a href=/{n}.doc>y</a>")).collect(),
    );
    read_in_bounds("&amp;&lt;&nbsp".repeat(many));
    read_in_bounds("<table><tr><td>1".repeat(many / 40));
    read_in_bounds("<nav><div class='menu title date'>x".repeat(many / 20));
}

#[test]
fn entities_are_characters_and_never_grow() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let found = article(&format!(
        "{bomb}{GOOD}<p>&b;&b; &amp;lt;script&amp;gt; &#60;b&#62; &#x1F600; &#0; &nhuthe; T&agrave;u</p>"
    ));
    let text = all(&found);
    assert!(
        text.len() < 3_000 && !text.contains("aaaa") && text.contains("Tàu") && text.contains("&lt;script&gt;"),
        "{text}"
    );
}

#[test]
fn nothing_that_runs_reaches_the_article() {
    let page = GOOD.replace(
        "</body>",
        "<script>alert('độc')</script><p onclick=\"alert('độc')\">Đoạn cuối nói về việc bảo vệ cầu và hai bên bờ sông của xã.</p>\
         <a href=\"javascript:alert(1)//a.pdf\">một</a><a href=\" java&#10;script:alert(2)//b.pdf\">hai</a>\
         <a href=\"data:text/html,<script>//c.pdf\">ba</a><a href=\"vbscript:x//d.doc\">bốn</a><a href='/tep/e.pdf'>Tệp thật</a>\
         <iframe src=\"javascript:x.pdf\"></iframe><style>p{}</style><svg onload=alert(3)><text>độc</text></svg></body>",
    );
    let page =
        page.replace("<head>", "<head><link rel=canonical href='javascript:alert(1)'><base href='javascript:x/'>");
    let found = article(&page);
    let text = all(&found).to_lowercase();
    for word in ["javascript", "script:", "alert", "độc", "data:", "<script"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    assert_eq!(found.attachments.len(), 1);
    assert_eq!((found.url, found.attachments[0].name.as_str()), (None, "Tệp thật"));
}

#[test]
fn broken_markup_is_read_as_browsers_read_it() {
    let page = "<title>Cầu mới thông xe<title></head><h1>Cầu mới <b>thông xe</h1></b><p>08:15 12/06/2024<p>Sáng nay, <i>cây cầu \
                nối hai thôn</b> của xã Tam Hợp</i> đã được đưa vào sử dụng sau một năm xây dựng.<p>Bà con mừng</span>, trẻ em & \
                cụ già < 80 tuổi cùng ra xem<br>từ sáng sớm.</td></table></div>";
    let found = article(page);
    assert_eq!(found.title, "Cầu mới thông xe");
    let lead = found.lead.as_deref();
    assert_eq!(
        lead,
        Some("Sáng nay, cây cầu nối hai thôn của xã Tam Hợp đã được đưa vào sử dụng sau một năm xây dựng.")
    );
    assert_eq!(found.blocks[0].text, "Bà con mừng, trẻ em & cụ già < 80 tuổi cùng ra xem\ntừ sáng sớm.");
}

#[test]
fn what_a_page_says_of_its_encoding_does_not_spoil_utf_8() {
    let desk = Desk::new();
    let wrong = GOOD.replace("<head>", "<head><meta charset=\"windows-1252\">");
    desk.write("in/a.html", &wrong);
    let mut cut = GOOD.replace("Cầu mới", "Đò cũ").into_bytes();
    cut.insert(cut.len() - 20, 0xE1);
    desk.write("in/b.html", cut);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(GOOD.replace("Cầu", "Đường").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    desk.write("in/c.html", utf16);
    desk.build("in", "out").ok();
    for (id, title) in [("a", "Cầu mới thông xe"), ("b", "Đò cũ thông xe"), ("c", "Đường mới thông xe")]
    {
        let article = run(["read", &desk.name("out"), id, "--json"]).json();
        assert_eq!(article["title"], title);
    }
}

#[test]
fn bad_files_are_listed_with_the_reason_and_the_rest_is_built() {
    let desk = Desk::new();
    desk.write("in/tot.html", GOOD);
    desk.write("in/rong.html", "");
    desk.write("in/nhi-phan.html", [0, 159, 146, 150, 255, 254, 0, 1].repeat(500));
    desk.write("in/khong-gi.html", "<html><body><script>var a = 1</script></body></html>");
    desk.write("in/kỳ lạ..html", GOOD.replace("Cầu", "Đò"));
    let mut huge = GOOD.as_bytes().to_vec();
    huge.resize(100 << 20, b' ');
    desk.write("in/lon.html", huge);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(desk.path("in"), desk.path("in/vong")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", desk.path("in/ngoai.html")).unwrap();
    }
    let report = desk.build("in", "out").json();
    let reasons: Vec<&str> =
        report["skipped"].as_array().unwrap().iter().map(|s| s["reason"].as_str().unwrap()).collect();
    let has = |name: &str, why: &str| reasons.iter().any(|reason| reason.contains(name) && reason.contains(why));
    assert!(has("lon.html", "32 MiB") && has("rong.html", "empty") && has("nhi-phan.html", ""), "{reasons:?}");
    #[cfg(unix)]
    assert!(has("vong", "symbolic link") && has("ngoai.html", "symbolic link"), "{reasons:?}");
    let left_out = &report["left_out"][0];
    assert!(left_out["file"].as_str().unwrap().ends_with("khong-gi.html") && left_out["kind"] == "empty", "{report}");
    assert_eq!(report["articles"], 2);
    command::assert_whole(&desk.name("out"));
}

#[test]
fn a_page_in_the_bundle_holds_no_markup() {
    let desk = Desk::new();
    desk.write(
        "in/a.html",
        GOOD.replace(
            "</body>",
            "<img src=x onerror=alert(1)><p>Chữ <b onmouseover=alert(2)>đậm</b> ở cuối bài.</p></body>",
        ),
    );
    desk.build("in", "out").ok();
    let article: Value = run(["read", &desk.name("out"), "a", "--json"]).json();
    let text = article.to_string();
    assert!(text.contains("Chữ đậm ở cuối bài.") && !text.contains('<') && !text.contains("onerror"), "{text}");
}
