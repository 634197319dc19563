//! What a file of markup says of its encoding: `<meta charset=…>`, `<meta … content="text/html; charset=…">`,
//! `<?xml … encoding="…"?>`.

/// How far in a declaration is looked for: browsers look at 1,024 bytes, old portals write theirs later.
const HEAD: usize = 8192;

/// The label that is declared first, `iso-8859-1`.
pub(super) fn find(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let at = |name: &[u8]| {
        let found = head.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name))?;
        label(head.get(found + name.len()..)?)
    };
    let xml = head.trim_ascii_start().starts_with(b"<?xml").then(|| at(b"encoding")).flatten();
    xml.or_else(|| at(b"charset"))
}

/// `="windows-1258"`, with or without quotation marks and spaces.
fn label(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(rest.len());
    rest.get(..end).filter(|label| !label.is_empty())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_in_each_form() {
        for text in [
            "<html><META CHARSET=windows-1258>",
            "<meta http-equiv=\"Content-Type\" content='text/html; charset = \"windows-1258\"'>",
            "<?xml version=\"1.0\" encoding='windows-1258'?><rss/>",
        ] {
            assert_eq!(find(text.as_bytes()), Some(&b"windows-1258"[..]), "{text}");
        }
        for text in ["", "<p>charset", "<p>charset=", "<?xml encoding"] {
            assert_eq!(find(text.as_bytes()), None, "{text}");
        }
    }
}
