//! Feeds as a user gives them: which articles they hold, and what is said of those that are broken.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::io::Read;

use timdoc::article::{Article, BlockKind};
use timdoc::ingest::site::Site;
use timdoc::{Result, ingest};

fn all(name: &str, feed: impl AsRef<[u8]>) -> Vec<Result<Article>> {
    let mut found = Vec::new();
    ingest::read(name, feed.as_ref(), &mut |article| found.push(article));
    found
}

fn articles(name: &str, feed: impl AsRef<[u8]>) -> Vec<Article> {
    all(name, feed).into_iter().map(Result::unwrap).collect()
}

/// The only item of a feed of RSS.
fn item(inside: &str) -> Article {
    let feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Báo Xã</title><link>https://xa.example/</link>
        <image><title>Biểu trưng</title><url>https://xa.example/a.png</url></image><item>{inside}</item></channel></rss>"
    );
    let mut found = articles("tin.xml", feed);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// The one error of a feed, and how many articles it gave before.
fn broken(name: &str, feed: impl AsRef<[u8]>) -> (usize, String) {
    let found = all(name, feed);
    let errors: Vec<String> = found.iter().filter_map(|found| found.as_ref().err()).map(ToString::to_string).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    (found.len() - 1, errors[0].clone())
}

fn texts(article: &Article) -> Vec<&str> {
    article.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn every_field_of_rss_is_taken() {
    let article = item(
        "<title><![CDATA[Cầu &quot;Sông Con&quot; thông xe]]></title><link>/tin/cau-song-con.html?utm_source=rss</link>
        <guid isPermaLink=\"false\">tin-4711</guid><pubDate>Tue, 19 Nov 2024 10:47:00 GMT+7</pubDate>
        <dc:creator>Lê An</dc:creator><category>Giao thông</category><category>cầu</category>
        <source url=\"https://huyen.example/rss\">Cổng huyện</source>
        <description>Cây cầu dài 120 m nối hai bờ.</description>
        <content:encoded><![CDATA[<p>Cây cầu dài 120 m nối hai bờ.</p><h3>Bà con vui</h3><p>Xe qua từ sáng.</p>
        <a href=\"/tep/bao-cao.pdf\">Báo cáo</a>]]></content:encoded>
        <enclosure url=\"https://xa.example/tep/ban-ve.pdf\" type=\"application/pdf\"/><enclosure url=\"https://xa.example/a.jpg\"/>",
    );
    assert_eq!((article.id.as_str(), article.title.as_str()), ("tin-4711", "Cầu \"Sông Con\" thông xe"));
    assert_eq!(article.url.as_deref(), Some("https://xa.example/tin/cau-song-con.html?utm_source=rss"));
    let published = article.published.as_ref().unwrap();
    assert_eq!((published.iso().as_str(), published.inferred), ("2024-11-19T10:47+07:00", false));
    assert_eq!((article.byline.as_deref(), article.source.as_deref()), (Some("Lê An"), Some("Cổng huyện")));
    assert_eq!((article.category.as_deref(), article.tags.as_slice()), (Some("Giao thông"), &["cầu".to_owned()][..]));
    assert_eq!(article.lead.as_deref(), Some("Cây cầu dài 120 m nối hai bờ."));
    assert_eq!(texts(&article)[..2], ["Bà con vui", "Xe qua từ sáng."]);
    assert_eq!(article.blocks[0].kind, BlockKind::Heading);
    let files: Vec<&str> = article.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files, ["Báo cáo", "ban-ve.pdf"]);
}

#[test]
fn a_description_alone_is_the_body_and_the_feed_is_the_source() {
    let article = item(
        "<title>Họp dân</title><link>https://xa.example/hop-dan</link><description>Sáng 5/9, thôn họp.\nDân góp ý.</description>",
    );
    assert_eq!((article.id.as_str(), article.source.as_deref()), ("hop-dan", Some("Báo Xã")));
    assert_eq!((article.lead.as_deref(), texts(&article)), (None, vec!["Sáng 5/9, thôn họp.", "Dân góp ý."]));
}

#[test]
fn a_cut_summary_and_words_of_the_feed_are_no_text() {
    let article = item(
        "<title>Họp dân</title><description>&lt;p&gt;Sáng nay thôn họp […]&lt;/p&gt;&lt;p&gt;The post Họp dân appeared first on Xã.&lt;/p&gt;</description>
        <content:encoded>&lt;p&gt;Sáng nay thôn họp bàn việc nước.&lt;/p&gt;&lt;p&gt;The post Họp dân appeared first on Xã.&lt;/p&gt;</content:encoded>",
    );
    assert_eq!((article.lead.as_deref(), texts(&article)), (None, vec!["Sáng nay thôn họp bàn việc nước."]));
}

#[test]
fn feeds_that_are_not_well_formed_are_read() {
    let article = item(
        "<title>Tre & nứa &nbsp;lên giá</title><link>https://xa.example/?p=5</link><description><p>Giá <b>tăng<br>gấp đôi.</p>\
         <img src=\"a.png\"><p>Dân mừng.</description><comments>https://xa.example/#c</comments>",
    );
    assert_eq!((article.id.as_str(), article.title.as_str()), ("?p=5", "Tre & nứa lên giá"));
    assert_eq!(texts(&article).join("\n"), "Giá tăng\ngấp đôi.\nDân mừng.");
    let two =
        articles("a.rss", "<rss><channel><item><title>Một</title><item><title>Hai</title></item></channel></rss>");
    assert_eq!(two.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["Một", "Hai"]);
}

#[test]
fn rss_of_version_1_and_0_9_have_their_items_outside_of_the_channel() {
    let feed = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"
        xmlns:d=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"https://xa.example/rss\"><title>Báo Xã</title>
        <items><rdf:Seq><rdf:li rdf:resource=\"https://xa.example/1\"/></rdf:Seq></items></channel>
        <item rdf:about=\"https://xa.example/tin/1.html\"><title>Một</title><d:date>2024-11-19T10:47:00+07:00</d:date>
        <d:creator>Lê An</d:creator><d:subject>cầu, đường</d:subject><description>Đoạn.</description></item></rdf:RDF>";
    let article = articles("tin.rdf", feed).remove(0);
    assert_eq!((article.id.as_str(), article.source.as_deref()), ("tin/1", Some("Báo Xã")));
    assert_eq!((article.byline.as_deref(), article.tags.len()), (Some("Lê An"), 2));
    assert_eq!(article.published.map(|d| d.iso()).as_deref(), Some("2024-11-19T10:47+07:00"));
    let old = "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://xa.example/rss-0.91.dtd\">
        <rss version=\"0.91\"><channel><title>Báo</title><item><title>Một</title><link>https://xa.example/1</link></item></channel></rss>";
    assert_eq!(articles("tin.xml", old)[0].id, "1");
}

#[test]
fn every_field_of_atom_is_taken() {
    let feed = "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Báo Xã</title>
        <link rel=\"self\" href=\"https://xa.example/atom\"/><link href=\"https://xa.example/\"/><author><name>Tòa soạn</name></author>
        <entry><id>tag:xa.example,2024:7</id><title type=\"html\">Mưa &amp;amp; lũ</title><link rel=\"alternate\" href=\"/tin/7\"/>
        <link rel=\"enclosure\" href=\"/tep/lenh.docx\" title=\"Công điện\"/><updated>2024-11-20T00:00:00Z</updated>
        <published>2024-11-19T23:30:00Z</published><author><name>Lê An</name><email>an@xa.example</email></author>
        <author><name>Vũ Bình</name></author><category term=\"thien-tai\" label=\"Thiên tai\"/><category term=\"lũ\"/>
        <source><id>x</id><title>Cổng huyện</title></source><summary>Nước lên nhanh.</summary>
        <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Nước lên nhanh.</p><p>Mức 1 &lt; mức 2.<br/>Đê <b>vững</b>.</p></div></content>
        </entry></feed>";
    let article = articles("tin.atom", feed).remove(0);
    assert_eq!((article.id.as_str(), article.title.as_str()), ("tag:xa.example,2024:7", "Mưa & lũ"));
    assert_eq!(article.url.as_deref(), Some("https://xa.example/tin/7"));
    assert_eq!(article.published.as_ref().map(|d| d.iso()).as_deref(), Some("2024-11-20T06:30+07:00"));
    assert_eq!((article.byline.as_deref(), article.source.as_deref()), (Some("Lê An, Vũ Bình"), Some("Cổng huyện")));
    assert_eq!((article.category.as_deref(), article.tags.as_slice()), (Some("Thiên tai"), &["lũ".to_owned()][..]));
    assert_eq!((article.lead.as_deref(), texts(&article)), (Some("Nước lên nhanh."), vec!["Mức 1 < mức 2.\nĐê vững."]));
    assert_eq!(
        (article.attachments[0].name.as_str(), article.attachments[0].url.as_str()),
        ("Công điện", "https://xa.example/tep/lenh.docx")
    );
}

#[test]
fn atom_may_have_prefixes_and_other_kinds_of_content() {
    let feed = "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>Báo</a:title><a:entry><a:title type=\"text\">a &lt;b&gt; c</a:title>
        <a:content type=\"text\">Một &lt;i&gt;.\n\nHai.</a:content></a:entry><a:entry><a:title>Ảnh</a:title>
        <a:content type=\"image/png\">aGVsbG8=</a:content><a:summary type=\"html\">&lt;p&gt;Ảnh bến cũ&lt;/p&gt;</a:summary></a:entry></a:feed>";
    let found = articles("tin.xml", feed);
    assert_eq!((found[0].title.as_str(), texts(&found[0])), ("a <b> c", vec!["Một <i>.", "Hai."]));
    assert_eq!((found[1].id.as_str(), texts(&found[1])), ("tin-2", vec!["Ảnh bến cũ"]));
}

#[test]
fn a_feed_of_json_is_told_by_its_version() {
    for version in ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"] {
        let feed = format!(
            r#"{{"version": "{version}", "title": "Báo Xã", "home_page_url": "https://xa.example/", "items": [
            {{"id": 7, "url": "https://xa.example/7", "title": "Một < hai", "summary": "Mở.", "content_html": "<p>Mở.</p><p>Thân bài.</p>",
              "date_published": "2024-11-19T10:47:00+07:00", "author": {{"name": "Lê An"}}, "tags": ["cầu"],
              "attachments": [{{"url": "https://xa.example/a.pdf", "mime_type": "application/pdf"}}]}},
            {{"id": "8", "content_text": "Dòng một.\nDòng hai.", "authors": [{{"name": "Vũ Bình"}}]}}, {{"id": [1]}}, 5]}}"#
        );
        let found = all("tin.json", feed);
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.title.as_str(), first.lead.as_deref()), ("7", "Một < hai", Some("Mở.")));
        assert_eq!(
            (first.byline.as_deref(), first.source.as_deref(), first.tags.len()),
            (Some("Lê An"), Some("Báo Xã"), 1)
        );
        assert_eq!((first.attachments.len(), texts(first)), (1, vec!["Thân bài."]));
        let second = found[1].as_ref().unwrap();
        assert_eq!((second.id.as_str(), second.title.as_str(), second.title_derived), ("8", "Dòng một", true));
        assert!(found[2].is_err() && found[3].is_err() && found.len() == 4);
    }
}

#[test]
fn an_export_of_wordpress_gives_what_is_published() {
    let one = |status: &str, kind: &str, title: &str| {
        format!(
            "<item><title>{title}</title><link>https://xa.example/{title}/</link><guid isPermaLink=\"false\">https://xa.example/?p=1</guid>
            <dc:creator>an</dc:creator><content:encoded><![CDATA[Đoạn một.\n\n[caption id=\"1\"]Bến cũ[/caption]\n\nĐoạn hai.]]></content:encoded>
            <excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
            <category domain=\"post_tag\">cầu</category><category domain=\"category\">Tin</category></item>"
        )
    };
    let feed = format!(
        "<rss xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Xã</title>
        <wp:author><wp:author_login>an</wp:author_login></wp:author>{}{}{}{}</channel></rss>",
        one("publish", "post", "mot"),
        one("draft", "post", "nhap"),
        one("inherit", "attachment", "anh"),
        one("publish", "nav_menu_item", "muc"),
    );
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    ingest::read_file(
        "xuat.xml",
        feed.as_bytes(),
        &Site::default(),
        &mut |a| found.push(a.map(|a| a.article)),
        &mut |what, n| left_out.push((what, n)),
    );
    let article = found[0].as_ref().unwrap();
    assert_eq!((article.id.as_str(), article.category.as_deref(), article.tags.len()), ("mot", Some("Tin"), 1));
    assert_eq!(texts(article), ["Đoạn một.", "Bến cũ", "Đoạn hai."]);
    assert_eq!((found.len(), left_out), (1, vec![("pictures, menus and settings", 2), ("drafts", 1)]));
}

#[test]
fn a_feed_in_an_old_encoding_is_read_whatever_it_declares() {
    let latin = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><title>B¸o X·</title><item><title>Héi nghÞ s¬ kÕt</title><description>Ph\u{ad}êng häp d©n.</description></item></channel></rss>";
    let bytes: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let read = |feed: &[u8]| {
        let article = articles("tin.xml", feed).remove(0);
        (article.title, article.blocks[0].text.clone())
    };
    let expected = ("Hội nghị sơ kết".to_owned(), "Phường họp dân.".to_owned());
    assert_eq!(read(&bytes), expected);
    assert_eq!(read(latin.as_bytes()), expected);
    assert_eq!(read(latin.replace('Þ', "&amp;THORN;").as_bytes()), expected);
}

#[test]
fn packed_feeds_are_unpacked() {
    let feed = "<rss><channel><item><title>Một</title></item></channel></rss>";
    let packed = zstd::encode_all(feed.as_bytes(), 1).unwrap();
    assert_eq!(articles("tin.xml.zst", &packed)[0].title, "Một");
    let mut gzip = Vec::new();
    flate2::read::GzEncoder::new(feed.as_bytes(), flate2::Compression::fast()).read_to_end(&mut gzip).unwrap();
    assert_eq!(articles("tin.rss.gz", &gzip)[0].title, "Một");
}

#[test]
fn a_sitemap_alone_holds_no_articles() {
    let sitemap = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://xa.example/1</loc></url></urlset>";
    assert!(all("sitemap.xml", sitemap).is_empty());
    let (_, reason) = broken("sitemap.xml", &sitemap[..sitemap.len() - 12]);
    assert!(reason.contains("cut"), "{reason}");
}

#[test]
fn other_xml_is_refused_with_what_it_is() {
    for (feed, says) in [
        ("<svg><title>x</title></svg>", "<svg>"),
        ("<html><body>x</body></html>", ".html"),
        ("", "empty"),
        ("chỉ là chữ", "no XML"),
        ("<rss><channel><title>Báo</title></channel></rss>", "no item"),
    ] {
        let (before, reason) = broken("a.xml", feed);
        assert!(before == 0 && reason.contains(says), "{reason}");
    }
}

#[test]
fn a_cut_feed_gives_the_items_before_the_cut() {
    let whole: String =
        (0..50).map(|n| format!("<item><title>Tin {n}</title><description>Đoạn</description></item>")).collect();
    let whole = format!("<rss><channel>{whole}</channel></rss>");
    let at = whole.find("Tin 30").unwrap();
    let (before, reason) = broken("a.xml", &whole[..at + 3]);
    assert!(before == 30 && reason.starts_with("a.xml item 31: ") && reason.contains("cut"), "{reason}");
    let (before, reason) = broken("a.xml", &whole[..whole.find("<title>Tin 30").unwrap() + 4]);
    assert!(before == 30 && reason.contains("cut"), "{reason}");
}

#[test]
fn entities_are_never_expanded() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>
        <rss><channel><item><title>&lol2;</title></item></channel></rss>";
    let outside = "<!DOCTYPE rss [<!ENTITY xxe SYSTEM \"file:///etc/hostname\">]><rss><channel><item><title>&xxe;</title></item></channel></rss>";
    for feed in [bomb, outside] {
        let (before, reason) = broken("a.xml", feed);
        assert!(before == 0 && reason.contains("entities"), "{reason}");
    }
    // Without a declaration it is a name like any other.
    let article = item("<title>&xxe; và &lol2;</title>");
    assert_eq!(article.title, "&xxe; và &lol2;");
}

#[test]
fn elements_nested_without_end_do_no_harm() {
    let deep = 200_000;
    let inside =
        format!("<title>Sâu</title><description>{}chữ{}</description>", "<b>".repeat(deep), "</b>".repeat(deep));
    assert_eq!(texts(&item(&inside)), ["chữ"]);
    let (_, reason) = broken("a.xml", format!("<rss>{}", "<x>".repeat(deep)));
    assert!(reason.contains("no item"), "{reason}");
}

#[test]
fn a_million_items_are_read_one_by_one() {
    // Unoptimised code is left with fewer, as it takes a minute for all.
    let items = if cfg!(debug_assertions) { 50_000_u32 } else { 1_000_000 };
    let mut left = items;
    let head = "<rss><channel>".as_bytes();
    let pieces = std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        Some(b"<item><title>Tin</title><description>M\xE1\xBB\x99t.</description></item>".as_slice())
    });
    let feed = Chunks { chunks: std::iter::once(head).chain(pieces), rest: &[] };
    let mut read = 0;
    ingest::read_stream("a.xml", feed, &mut |article| {
        assert!(article.is_ok());
        read += 1;
    });
    assert_eq!(read, items);
}

#[test]
fn an_item_without_end_is_one_error_and_is_not_held() {
    let head = b"<rss><channel><item><title>A</title></item><item><description>".as_slice();
    let feed = Chunks { chunks: std::iter::once(head).chain(std::iter::repeat(NOISE)), rest: &[] };
    let mut found = Vec::new();
    ingest::read_stream("a.xml", feed, &mut |article| found.push(article));
    assert!(found.len() == 2 && found[0].is_ok());
    let reason = found[1].as_ref().unwrap_err().to_string();
    assert!(reason.starts_with("a.xml item 2: ") && reason.contains("32 MiB"), "{reason}");
}

#[test]
fn a_packed_feed_that_unpacks_without_end_is_one_error() {
    let mut feed = b"<rss><channel><item><title>A</title></item><item><title>".to_vec();
    feed.resize(80 << 20, b' ');
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(feed.as_slice(), flate2::Compression::fast()).read_to_end(&mut packed).unwrap();
    let (before, reason) = broken("a.xml.gz", &packed);
    assert!(packed.len() < 1 << 20 && before == 1 && reason.contains("32 MiB"), "{reason}");
}

const NOISE: &[u8] = &[b'a'; 4096];

/// A stream of pieces.
struct Chunks<I> {
    chunks: I,
    rest: &'static [u8],
}

impl<I: Iterator<Item = &'static [u8]>> Read for Chunks<I> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = self.chunks.next().unwrap_or_default();
        }
        self.rest.read(buffer)
    }
}

#[test]
fn pictures_of_a_feed_are_those_in_the_text_else_one_beside_it() {
    let item = |fields: &str| {
        format!(
            "<rss xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
             <channel><item><title>Cầu mới</title><link>https://xa.example/tin/cau-moi</link>{fields}</item></channel></rss>"
        )
    };
    let images = |fields: &str| {
        let articles = articles("a.xml", item(fields));
        let images = articles[0].images.clone();
        images.into_iter().map(|image| (image.url, image.caption, image.before)).collect::<Vec<_>>()
    };
    let own = |url: &str| (format!("https://xa.example/{url}"), None, 0);
    let text =
        "<description><![CDATA[<a href='/tin/cau-moi'><img src=/nho.jpg></a> Cầu mới đã thông xe.]]></description>";
    assert_eq!(images(text), [own("nho.jpg")]);
    let whole =
        "<content:encoded><![CDATA[<p>Một đoạn dài hơn phần tóm tắt ở trên.</p><img src=/a.jpg>]]></content:encoded>";
    assert_eq!(images(&format!("{text}{whole}")), [("https://xa.example/a.jpg".to_owned(), None, 1)]);
    let enclosure = "<enclosure url='/b.jpg' type='image/jpeg' length='1'/>";
    assert_eq!(images(enclosure), [own("b.jpg")]);
    assert_eq!(images(&format!("{enclosure}{whole}")).len(), 1);
    let media = "<media:group><media:content url='/c.jpg' medium='image'><media:title>Cầu nhìn từ bến</media:title></media:content></media:group>";
    assert_eq!(images(media), [("https://xa.example/c.jpg".to_owned(), Some("Cầu nhìn từ bến".to_owned()), 0)]);
    assert_eq!(
        images("<media:content url='/phim.mp4' type='video/mp4'/><media:thumbnail url='/d.jpg'/>"),
        [own("d.jpg")]
    );
    assert_eq!(images("<enclosure url='javascript:alert(1)' type='image/png'/>"), []);
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"Một.","image":"https://xa.example/e.jpg",
        "attachments":[{"url":"https://xa.example/kh.pdf","mime_type":"application/pdf"}]}]}"#;
    let articles = articles("a.json", feed);
    let article = &articles[0];
    assert_eq!((article.images[0].url.as_str(), article.attachments.len()), ("https://xa.example/e.jpg", 1));
}
