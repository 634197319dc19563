//! What a file is, by its name.

use crate::error::{Error, Result};

use super::html;

/// The formats that become articles. Each may be packed as `.gz` or `.zst`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text as a portal's page gives it when copied or scraped: `.txt`.
    Text,
    /// Markdown, with or without YAML front matter: `.md`, `.markdown`.
    Markdown,
    /// One object, an array of objects, or `{"articles": […]}`: `.json`.
    Json,
    /// One object a line: `.jsonl`, `.ndjson`.
    JsonLines,
    /// A feed (RSS, Atom, a WordPress export), or a sitemap, which tells of articles and holds none: `.xml`, `.rss`,
    /// `.atom`, `.rdf`.
    Xml,
    /// An archive of the web: `.warc`, with a gzip member a record as `.warc.gz`.
    Warc,
    /// A web page: `.html`, `.htm`, `.xhtml`, and what mirrors call pages that a server made: `.aspx`, `.php`, `.jsp`.
    Html,
}

impl Format {
    /// The format of a file by its name; capitals do not matter.
    ///
    /// # Errors
    /// [`Error::Input`] for names that are no format this version reads.
    ///
    /// ```
    /// use timdoc::ingest::Format;
    /// assert_eq!(Format::of("tin/2024.JSONL.zst"), Ok(Format::JsonLines));
    /// assert_eq!(Format::of("xa.example/tin.aspx?id=3"), Ok(Format::Html));
    /// assert!(Format::of("tin.docx").is_err());
    /// ```
    pub fn of(name: &str) -> Result<Self> {
        let bare = unpacked_name(name);
        let page = bare.split(['?', '@']).next().unwrap_or(bare);
        let ending = page.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if ending.is_some_and(|ending| html::is_page_ending(&ending)) {
            return Ok(Format::Html);
        }
        match bare.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            Some("txt" | "text") => Ok(Format::Text),
            Some("md" | "markdown") => Ok(Format::Markdown),
            Some("json") => Ok(Format::Json),
            Some("jsonl" | "ndjson") => Ok(Format::JsonLines),
            Some("xml" | "rss" | "atom" | "rdf") => Ok(Format::Xml),
            Some("warc") => Ok(Format::Warc),
            _ => {
                let reason = "not a kind of file timdoc reads; give .html, .txt, .md, .json, .jsonl, .xml or .warc";
                Err(Error::input(name, reason))
            }
        }
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstd,
}

/// The packing of a file by its name.
pub(super) fn packing(name: &str) -> Packing {
    match name.rsplit_once('.') {
        Some((_, ending)) if ending.eq_ignore_ascii_case("gz") => Packing::Gzip,
        Some((_, ending)) if ending.eq_ignore_ascii_case("zst") => Packing::Zstd,
        _ => Packing::Plain,
    }
}

/// The file's own name without folders.
pub(super) fn file(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The file's own name without folders and without the ending of its packing.
fn unpacked_name(name: &str) -> &str {
    let file = file(name);
    match (packing(file), file.rsplit_once('.')) {
        (Packing::Gzip | Packing::Zstd, Some((bare, _))) => bare,
        _ => file,
    }
}

/// The file's own name without folders and endings.
pub(super) fn stem(name: &str) -> &str {
    let bare = unpacked_name(name);
    bare.rsplit_once('.').map_or(bare, |(stem, _)| stem)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_the_ending_under_the_packing() {
        assert_eq!(Format::of("a.txt"), Ok(Format::Text));
        assert_eq!(Format::of("/x/b.MD.gz"), Ok(Format::Markdown));
        assert_eq!(Format::of("c.json.zst"), Ok(Format::Json));
        assert_eq!(Format::of("d.ndjson"), Ok(Format::JsonLines));
        assert_eq!(Format::of("e.rss.gz"), Ok(Format::Xml));
    }

    #[test]
    fn other_endings_are_refused_with_what_to_do() {
        assert_eq!(Format::of("e.HTM.gz"), Ok(Format::Html));
        for (name, says) in [("a.docx", ".txt"), ("txt", ".txt")] {
            assert!(Format::of(name).unwrap_err().to_string().contains(says), "{name}");
        }
    }

    #[test]
    fn the_stem_loses_folders_and_both_endings() {
        assert_eq!(stem("a/b.c/tin-1.txt.gz"), "tin-1");
        assert_eq!(stem(r"C:\tin\so 2.md"), "so 2");
        assert_eq!(stem("v1.2.txt"), "v1.2");
    }
}
