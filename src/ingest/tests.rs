use super::*;
use proptest::prelude::*;

fn all(name: &str, bytes: &[u8]) -> Vec<Result<Article>> {
    let mut found = Vec::new();
    read(name, bytes, &mut |article| found.push(article));
    found
}

#[test]
fn the_id_is_the_file_name_without_its_endings() {
    let bytes = "# Cầu mới".as_bytes();
    assert_eq!(all("a/tin-1.md", bytes)[0].as_ref().unwrap().id, "tin-1");
    let packed = zstd::encode_all(bytes, 1).unwrap();
    assert_eq!(all("a/tin-1.md.zst", &packed)[0].as_ref().unwrap().id, "tin-1");
    assert_eq!(all("te\u{302}\u{301}t.md", bytes)[0].as_ref().unwrap().id, "tết");
}

#[test]
fn an_id_that_cannot_be_one_is_refused_with_its_place() {
    for name in [".md", &format!("{}.md", "ạ".repeat(90))] {
        let error = all(name, "# Cầu mới".as_bytes()).remove(0).unwrap_err();
        assert!(error.to_string().starts_with(name), "{error}");
    }
}

#[test]
fn a_file_of_another_kind_is_one_clear_error() {
    let found = all("tin.docx", b"<p>");
    assert!(found[0].as_ref().unwrap_err().to_string().contains(".html"));
}

#[test]
fn a_line_over_the_limit_is_skipped_and_the_rest_is_read() {
    let long =
        format!("{{\"title\":\"A\"}}\n{{\"title\":\"{}\"}}\n{{\"title\":\"B\"}}\n", "x".repeat(MOST_BYTES + (2 << 20)));
    let found = all("a.jsonl", long.as_bytes());
    assert_eq!(found.len(), 3);
    assert!(found[1].as_ref().unwrap_err().to_string().starts_with("a.jsonl:2: the line is longer"));
    assert_eq!(found[2].as_ref().unwrap().title, "B");
}

#[test]
fn a_cut_archive_gives_what_it_holds_and_an_error_with_the_line() {
    let line = |n: usize| format!("{{\"id\":{n},\"title\":\"{}\"}}\n", "đường xa ".repeat(n % 97));
    let text: String = (0..40_000).map(line).collect();
    let packed = zstd::encode_all(text.as_bytes(), 1).unwrap();
    let found = all("a.jsonl.zst", packed.get(..packed.len() - 9).unwrap());
    assert!(found.len() > 100);
    assert!(found.last().unwrap().as_ref().unwrap_err().to_string().starts_with("a.jsonl.zst:"));
}

#[test]
fn an_empty_file_of_lines_is_an_error() {
    assert!(all("a.jsonl", b" \n\n")[0].is_err());
}

/// What feeds, sitemaps and archives are made of.
const PIECES: [&str; 30] = [
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<title/>",
    "<link href='/a'/>",
    "<link>",
    "</link>",
    "<content type='xhtml'>",
    "</content>",
    "<source>",
    "</source>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&nbsp;",
    "&#x41;",
    "&",
    "<url><loc>https://x.example/1</loc></url>",
    "<p>Chữ",
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "WARC-Target-URI: http://x.example/\r\n",
    "Content-Length: 40\r\n",
    "\r\n",
    "HTTP/1.1 200 OK\r\n",
    "\u{fffd}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_in_any_format_give_articles_or_errors(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.txt", "a.md", "a.json", "a.jsonl", "a.html", "a.xml", "a.warc", "a.txt.gz", "a.jsonl.zst"] {
            prop_assert!(!all(name, &bytes).is_empty());
        }
        prop_assert!(!all("a.warc.gz", &bytes).is_empty());
    }

    #[test]
    fn any_pieces_of_feeds_and_archives_give_articles_or_errors(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30),
    ) {
        let text = pieces.concat();
        for (name, head) in [("a.xml", "<rss>"), ("a.atom", "<feed>"), ("a.warc", "WARC/1.0\r\n")] {
            let file = [head, &text].concat();
            prop_assert!(!all(name, file.as_bytes()).is_empty());
        }
        let _ = (all("a.xml", text.as_bytes()), Sitemap::read("a.xml", format!("<urlset>{text}").as_bytes()));
    }

    #[test]
    fn stored_text_is_clean(text in "[ạÁ\u{300}\u{200b}\u{a0}\t\r\n .:/0-9(–]{0,200}") {
        for name in ["a.txt", "a.md", "a.html"] {
            for article in all(name, text.as_bytes()).into_iter().flatten() {
                let texts = article.blocks.iter().map(|block| &block.text).chain(article.lead.iter());
                for text in texts.chain([&article.title]) {
                    prop_assert_eq!(&clean::text(text), text);
                }
            }
        }
    }
}
