//! Files in the encodings of old portals, read as a user gives them.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use timdoc::article::Article;
use timdoc::ingest;

/// "Phường họp dân về cầu mới" as bytes, written out by hand from the charts.
const TCVN3: &[u8] = b"Ph\xAD\xEAng h\xE4p d\xA9n v\xD2 c\xC7u m\xEDi";
const VNI: &[u8] = b"Ph\xF6\xF4\xF8ng ho\xEFp da\xE2n ve\xE0 ca\xE0u m\xF4\xF9i";
const WINDOWS_1258: &[u8] = b"Ph\xFD\xF5\xCCng ho\xF2p d\xE2n v\xEA\xCC c\xE2\xCCu m\xF5\xECi";
const VISCII: &[u8] = b"Ph\xDF\xB6ng h\xF7p d\xE2n v\xAB c\xA5u m\xBEi";

fn all(name: &str, bytes: &[u8]) -> Vec<timdoc::Result<Article>> {
    let mut found = Vec::new();
    ingest::read(name, bytes, &mut |article| found.push(article));
    found
}

#[test]
fn a_file_of_text_in_any_old_encoding_becomes_its_article() {
    for bytes in [TCVN3, VNI, WINDOWS_1258, VISCII] {
        let file = [b"# ", bytes, b"\n\n", bytes, b".\n"].concat();
        for (name, packed) in [("tin.md", file.clone()), ("tin.md.zst", zstd::encode_all(file.as_slice(), 1).unwrap())]
        {
            let article = all(name, &packed).remove(0).unwrap();
            assert_eq!(article.title, "Phường họp dân về cầu mới");
            assert_eq!(article.blocks[0].text, "Phường họp dân về cầu mới.");
        }
    }
}

#[test]
fn old_letters_stored_as_utf8_are_mended_in_every_format() {
    let latin = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    for bytes in [TCVN3, VNI, WINDOWS_1258] {
        let text = latin(bytes);
        for (name, file) in [
            ("tin.md", format!("# {text}\n\n{text}\n")),
            ("tin.json", format!("{{\"title\": \"{text}\", \"body\": \"{text}\"}}")),
            ("tin.jsonl", format!("{{\"title\": \"{text}\", \"tags\": [\"{text}\"], \"body\": \"{text}\"}}\n")),
        ] {
            let article = all(name, file.as_bytes()).remove(0).unwrap();
            assert_eq!(article.title, "Phường họp dân về cầu mới", "{name}");
            assert_eq!(article.blocks[0].text, "Phường họp dân về cầu mới", "{name}");
            assert!(article.tags.iter().all(|tag| tag == "Phường họp dân về cầu mới"), "{name}");
        }
    }
}

#[test]
fn text_in_no_known_encoding_is_one_clear_error() {
    let error = all("tin.txt", b"Tin \xFF\xFE h\x80ng").remove(0).unwrap_err();
    assert_eq!(error.code(), "input");
    let text = error.to_string();
    assert!(text.starts_with("tin.txt: byte 4 ") && text.contains("save it as UTF-8"), "{text}");
}
