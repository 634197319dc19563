//! Single pages without siblings, in styles that no template is known of: one article as seven systems show it.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else
#![cfg(feature = "native")]

use timdoc::article::{Article, BlockKind};
use timdoc::ingest::html::{self, LeftOut, Outcome, Page, Shared, Why};
use timdoc::ingest::site::Site;

fn read(name: &str) -> Result<Article, LeftOut> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/html/alone");
    let html = std::fs::read_to_string(format!("{folder}/{name}.html")).unwrap();
    let page = Page { place: name, id: name.to_owned(), path: "trang.html", address: None };
    match html::article(&page, &html, &Shared::default(), &Site::default()).unwrap() {
        Outcome::Article(found) => Ok(found.article),
        Outcome::LeftOut(left_out) => Err(left_out),
    }
}

#[test]
fn one_article_is_the_same_in_every_style() {
    for name in ["div", "dotnetnuke", "newspaper-plain", "party", "broken-json-ld", "line-breaks"] {
        let article = read(name).unwrap();
        assert_eq!(article.title, "Thôn Đông tổ chức Ngày hội đại đoàn kết toàn dân tộc năm 2024", "{name}");
        let date = article.published.as_ref().map(|date| date.iso()).unwrap_or_default();
        assert_eq!(date, "2024-10-14T07:56+07:00", "{name}");
        assert_eq!(article.event.as_ref().map(|date| date.iso()).as_deref(), Some("2024-10-12"), "{name}");
        let lead = article.lead.as_deref().unwrap_or_default();
        assert!(
            lead.contains("Sáng 12/10, tại nhà văn hóa thôn Đông") && lead.ends_with("ba trăm người dân."),
            "{name}: {lead}"
        );
        let paragraphs: Vec<&str> =
            article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| b.text.as_str()).collect();
        assert_eq!(paragraphs.len(), 3, "{name}: {paragraphs:?}");
        let others: Vec<_> =
            article.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Paragraph | BlockKind::Caption)).collect();
        assert!(others.is_empty(), "{name}: {others:?}");
        let byline = article.byline.as_deref();
        assert_eq!(byline, Some(if name == "newspaper-plain" { "Kim Oanh - Thu Hà" } else { "Kim Oanh" }), "{name}");
    }
}

#[test]
fn sources_captions_and_categories_are_found_where_the_page_shows_them() {
    let plain = read("newspaper-plain").unwrap();
    assert_eq!((plain.source.as_deref(), plain.category.as_deref()), (Some("TTX"), Some("Thời sự")));
    assert_eq!(plain.blocks[0].text, "Quang cảnh ngày hội. (Ảnh: Kim Oanh)");
    let party = read("party").unwrap();
    assert_eq!(party.blocks[0].kind, BlockKind::Caption);
    assert_eq!(read("div").unwrap().category.as_deref(), Some("Tin hoạt động"));
    assert_eq!(read("broken-json-ld").unwrap().category.as_deref(), Some("Xã hội"));
}

#[test]
fn a_page_of_a_title_and_a_file_stays_with_the_file() {
    let article = read("document").unwrap();
    assert_eq!(article.title, "Quyết định về việc công nhận các danh hiệu thi đua năm 2024");
    assert_eq!(article.published.map(|date| date.iso()).as_deref(), Some("2024-11-05"));
    assert!(article.blocks.is_empty() && article.lead.is_none());
    assert_eq!(
        (article.attachments[0].name.as_str(), article.attachments[0].url.as_str()),
        ("qd-123.pdf", "/upload/qd-123.pdf")
    );
}

#[test]
fn a_list_of_articles_is_left_out() {
    let left_out = read("list").unwrap_err();
    assert_eq!(left_out.kind, Why::Listing);
    assert!(left_out.reason.contains("titles that are links"), "{}", left_out.reason);
}

#[test]
fn joomla_bootstrap_and_generated_class_names_are_read_alike() {
    for name in ["joomla", "teasers", "hashed"] {
        let article = read(name).unwrap();
        assert_eq!(
            article.title, "Phường Tân Lập sơ kết 3 năm thực hiện Kết luận số 01-KL/TW của Bộ Chính trị",
            "{name}"
        );
        assert_eq!(article.published.map(|date| date.iso()).as_deref(), Some("2024-11-05T15:32+07:00"), "{name}");
        assert!(
            article.lead.as_deref().is_some_and(|lead| lead.starts_with("Sáng ngày 05/11")),
            "{name}: {:?}",
            article.lead
        );
        let texts: Vec<&str> =
            article.blocks.iter().map(|b| b.text.as_str()).filter(|t| *t != "Quang cảnh hội nghị").collect();
        assert_eq!(texts.len(), 4, "{name}: {texts:?}");
        assert!(texts[3].ends_with("thành tích xuất sắc./."), "{name}");
        let wanted = match name {
            "joomla" => (Some("Thanh Tùng"), Some("Xây dựng Đảng")),
            "teasers" => (Some("Thanh Tùng"), Some("Tin tức")),
            _ => (None, None),
        };
        assert_eq!((article.byline.as_deref(), article.category.as_deref()), wanted, "{name}");
    }
}

#[test]
fn an_official_document_keeps_its_signers_name_in_the_text() {
    let article = read("plan").unwrap();
    assert_eq!(article.published.as_ref().map(|date| date.iso()).as_deref(), Some("2024-11-01"));
    assert_eq!(article.byline, None);
    assert!(article.blocks.iter().any(|block| block.text == "Nguyễn Văn Hải"));
    assert_eq!(article.attachments.len(), 1);
    let headings: Vec<&str> =
        article.blocks.iter().filter(|b| b.kind == BlockKind::Heading).map(|b| b.text.as_str()).collect();
    assert!(headings.contains(&"I. MỤC ĐÍCH, YÊU CẦU"), "{headings:?}");
}

#[test]
fn files_behind_icons_and_in_frames_are_the_articles_and_those_of_menus_are_not() {
    let html = "<title>Văn bản</title><div class=menu><a href=/huong-dan.pdf>Hướng dẫn sử dụng cổng</a></div>\
        <div class=detail><h1>Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội năm 2025</h1><div class=date>10/12/2024</div>\
        <div class=view><iframe src='/viewer.html?file=/tep/nq-10.pdf'></iframe></div><a href='/tep/phu-luc.xlsx'><img src=x.png></a></div>\
        <div class=right><b>Văn bản khác</b><a href=/tep/khac.pdf>Nghị quyết khác</a></div>";
    let page = Page { place: "nq", id: "nq".into(), path: "nq.html", address: Some("https://xa.example/vb/nq.html") };
    let Outcome::Article(found) = html::article(&page, html, &Shared::default(), &Site::default()).unwrap() else {
        panic!()
    };
    let files: Vec<&str> = found.article.attachments.iter().map(|file| file.url.as_str()).collect();
    assert_eq!(files, ["https://xa.example/viewer.html?file=/tep/nq-10.pdf", "https://xa.example/tep/phu-luc.xlsx"]);
    assert_eq!(found.article.attachments[0].name, "nq-10.pdf");
}
