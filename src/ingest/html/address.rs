//! Addresses in a page: made whole, kept out when a browser would run them, and known for files.

use crate::ingest::finish;

/// Endings of files that are attachments when a link leads to them.
const FILES: [&str; 16] =
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "zip", "rar", "7z", "rtf", "csv", "tif"];

/// An address of a page as a whole one: relative ones against `base`; without a base they stay as they are. What an
/// archive of the web put before it is taken off. Nothing when it leads to no file or page: `javascript:`, `mailto:`,
/// `data:`, a place on the same page.
pub(in crate::ingest) fn resolve(href: &str, base: Option<&str>) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    let href = original(&href);
    if href.is_empty() || href.starts_with('#') || !finish::is_file_address(&href.replace(' ', "%20")) {
        return None;
    }
    let href = href.replace(' ', "%20");
    if href.contains("://") && finish::web_address(&href).is_some() {
        return Some(href);
    }
    let Some(base) = base.and_then(finish::web_address) else { return Some(href) };
    let (scheme, rest) = base.split_once("://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(other) = href.strip_prefix("//") {
        return Some(format!("{scheme}://{other}"));
    }
    if href.starts_with('?') {
        return Some(format!("{scheme}://{host}/{path}{href}"));
    }
    let (href_path, query) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
    let mut parts: Vec<&str> = if href_path.starts_with('/') { Vec::new() } else { path.split('/').collect() };
    parts.pop();
    for part in href_path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("{scheme}://{host}/{}{query}", parts.join("/")))
}

/// The address that a page of web.archive.org was saved from: `/web/20180502201032im_/http://…`.
pub(super) fn original(address: &str) -> &str {
    let inner = address.split_once("/web/").and_then(|(_, rest)| rest.split_once('/'));
    let stamped = |stamp: &str| stamp.len() >= 8 && stamp.bytes().take(8).all(|b| b.is_ascii_digit());
    match inner {
        Some((stamp, inner)) if stamped(stamp) && inner.contains(':') => inner,
        _ => address,
    }
}

/// What the addresses of one page have in common: without scheme, `www.`, the usual port, what counts visitors and the
/// place on the page, whatever the case of the host and however letters are written. Nothing for what is no page's own
/// address, as that of a site.
#[must_use]
pub fn page_key(address: &str) -> Option<String> {
    let address = finish::web_address(original(address))?;
    let (_, rest) = address.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    let counts = |pair: &&str| pair.starts_with("utm_") || pair.starts_with("fbclid=") || pair.starts_with("gclid=");
    let query: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !counts(pair)).collect();
    let path = path.trim_end_matches('/');
    if path.is_empty() && query.is_empty() {
        return None;
    }
    let asked = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    Some(percent_decoded(&format!("{}/{path}{asked}", host.trim_start_matches("www."))))
}

/// True for an address of a document or archive, also where it names it in its query or before an id, as Liferay does.
pub(in crate::ingest) fn is_file(address: &str) -> bool {
    let (path, query) = address.split_once(['?', '#']).unwrap_or((address, ""));
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let named = path.split('/').chain(query.split(['&', '=', '/']));
    named.into_iter().any(ends_like_a_file)
}

fn ends_like_a_file(part: &str) -> bool {
    let ending = part.rsplit_once('.').map(|(stem, ending)| (stem, ending.to_ascii_lowercase()));
    ending.is_some_and(|(stem, ending)| !stem.is_empty() && FILES.contains(&ending.as_str()))
}

/// The name of the file at an address, as a reader writes it.
pub(in crate::ingest) fn file_name(address: &str) -> String {
    let mut parts = address.split(['/', '?', '&', '=', '#']);
    let name = parts.rfind(|part| ends_like_a_file(part)).unwrap_or(address);
    percent_decoded(name).replace('+', " ")
}

/// The scheme and host of an address: `https://xa.example`.
pub(super) fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

/// `%C3%A0` as `à`; what is no UTF-8 stays as it is.
pub(in crate::ingest) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_become_whole() {
        let base = Some("https://xa.example/tin/a.html?x=1");
        let whole = |href| resolve(href, base).unwrap();
        assert_eq!(whole("b.pdf"), "https://xa.example/tin/b.pdf");
        assert_eq!(whole("../../tep/kế hoạch.pdf"), "https://xa.example/tep/kế%20hoạch.pdf");
        assert_eq!(whole("/b.pdf?v=1"), "https://xa.example/b.pdf?v=1");
        assert_eq!(whole("//cdn.example/b.pdf"), "https://cdn.example/b.pdf");
        assert_eq!(whole("?id=2"), "https://xa.example/tin/a.html?id=2");
        assert_eq!(resolve("tep/b.pdf", None).as_deref(), Some("tep/b.pdf"));
    }

    #[test]
    fn one_page_has_one_key_however_it_is_linked_to() {
        let key = page_key("https://xa.example/tin/cầu?id=5");
        for same in [
            "http://www.XA.example:80/tin/cầu/?id=5#binh-luan",
            "https://xa.example/tin/c%E1%BA%A7u?utm_source=rss&id=5&utm_medium=rss&fbclid=a1",
            "https://web.archive.org/web/20200101000000/https://xa.example/tin/cầu?id=5",
        ] {
            assert_eq!(page_key(same), key, "{same}");
        }
        for other in
            ["https://xa.example/tin/cầu?id=6", "https://xa.example/tin/Cầu?id=5", "https://huyen.example/tin/cầu?id=5"]
        {
            assert_ne!(page_key(other), key, "{other}");
        }
        for none in ["https://xa.example/", "https://xa.example/?utm_source=rss", "javascript:alert(1)", "/tin/cầu"] {
            assert_eq!(page_key(none), None, "{none}");
        }
    }

    #[test]
    fn addresses_that_are_run_or_lead_nowhere_are_none() {
        for href in [
            "javascript:a.pdf",
            " java\nscript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
            "#top",
            "",
            "VBScript:x",
        ] {
            assert_eq!(resolve(href, Some("https://xa.example/")), None, "{href}");
            assert_eq!(resolve(href, None), None, "{href}");
        }
    }

    #[test]
    fn what_an_archive_adds_is_taken_off() {
        let href = "https://web.archive.org/web/20180502201032/http://xa.example/a.doc";
        assert_eq!(resolve(href, None).as_deref(), Some("http://xa.example/a.doc"));
        assert_eq!(resolve("/web/20180502im_/http://xa.example/a", None).as_deref(), Some("http://xa.example/a"));
    }

    #[test]
    fn files_are_known_by_their_endings_wherever_they_stand() {
        for address in [
            "https://xa.example/documents/10/0/kh-12.PDF/5786-ab?t=1",
            "/tai-ve.aspx?file=/tep/kh.docx",
            "https://docs.example/viewer?url=https://xa.example/a.xls&embedded=true",
        ] {
            assert!(is_file(address), "{address}");
        }
        for address in ["https://zip.example.zip/", "/tin/pdf", "/.pdf/", "/a.html?x=1.5"] {
            assert!(!is_file(address), "{address}");
        }
        assert_eq!(file_name("/d/0/K%E1%BA%BF+ho%E1%BA%A1ch.pdf/57?t=1"), "Kế hoạch.pdf");
    }
}
