//! Feeds, exports of WordPress, and sitemaps.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::ingest::Sitemap;

use crate::kit::ingest;

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo Xã</title><item><title>Cầu mới</title>
<link>https://xa.example/1</link><guid>1</guid><pubDate>Sun, 19 May 2024 10:47:00 +0700</pubDate><dc:creator>PV</dc:creator>
<category>Hạ tầng</category><description><![CDATA[<p>Xe <b>qua</b> &amp; lại</p>]]></description>
<content:encoded><![CDATA[<p>Một</p><ul><li>hai</li></ul>]]></content:encoded></item></channel></rss>"#;
const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title><entry><id>urn:1</id><title type="html">Cầu &lt;i&gt;mới</title>
<link rel="alternate" href="https://xa.example/1"/><updated>2024-05-19T10:47:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Xe qua</p></div></content></entry></feed>"#;
const WORDPRESS: &str = r#"<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><wp:wxr_version>1.2</wp:wxr_version><item><title>Tin</title><link>https://xa.example/?p=5</link><wp:post_id>5</wp:post_id>
<wp:post_date>2024-05-19 10:47:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>Xe qua</p>[caption id="1"]<img src="a.jpg"/> Ảnh[/caption]]]></content:encoded></item></channel></rss>"#;
const SITEMAP: &str = r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://xa.example/tin/cau-moi.html</loc><lastmod>2024-05-19</lastmod><news:news><news:title>Cầu</news:title>
<news:publication_date>2024-05-19</news:publication_date><news:keywords>cầu, xe</news:keywords></news:news></url></urlset>"#;

pub fn seeds() -> Vec<Vec<u8>> {
    [RSS, ATOM, WORDPRESS, SITEMAP].iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub fn run(input: &[u8]) {
    ingest("tin.xml", input);
    let Ok(Some(sitemap)) = Sitemap::read("sitemap.xml", input) else { return };
    let mut article = timdoc::article::Article::default();
    let _ =
        (sitemap.len(), sitemap.about("xa.example/tin/cau-moi.html"), sitemap.fill("tin/cau-moi.html", &mut article));
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("xml", &seeds()), |input: &[u8]| run(input));
