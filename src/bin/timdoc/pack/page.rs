//! The packed page: a template filled with texts, one script and blocks of data, under a policy that allows that script
//! and nothing else.
//!
//! ```text
//! <meta … content="… script-src 'sha256-…' …">   the policy, with the hashes of the script and the style
//! <style>…</style>
//! <script type="text/plain" id="licenses">…</script>   of what the engine is made of: they go with every copy
//! <script type="application/octet-stream" id="file:terms-….bin">base64</script>   one a file; browsers run no such type
//! <script type="module">…</script>
//! ```

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use timdoc::{Error, Result};

/// What the page is made of.
pub struct Page<'a> {
    /// HTML with `{{name}}` where something goes.
    pub template: &'a str,
    /// A style sheet.
    pub style: &'a str,
    /// A module that imports nothing.
    pub code: &'a str,
    /// The licences of what is in the page, as text.
    pub licenses: &'a str,
    /// Heading and title, as text.
    pub title: &'a str,
    /// `vi` or `en`.
    pub lang: &'a str,
}

/// A page in its final words, but for the files, which go between the two.
pub struct Parts {
    before: String,
    after: String,
}

/// A file of the page.
pub struct Item {
    name: String,
    length: u64,
    from: Source,
}

enum Source {
    Memory(Vec<u8>),
    Disk(PathBuf),
}

impl Page<'_> {
    /// Fills the template. `place` is what errors call it.
    ///
    /// # Errors
    /// `input` when the template lacks a place, or has one of another name: it is of another version.
    pub fn parts(&self, place: &str) -> Result<Parts> {
        let code = inline(self.code, "\\x3c");
        let style = inline(self.style, "\\3c ");
        let policy = format!(
            "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; base-uri 'none'; \
             form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            integrity(&code),
            integrity(&style)
        );
        let (title, licenses) = (escape(self.title), inline(self.licenses, "&lt;"));
        let (mut before, mut after) = (String::new(), None);
        let mut rest = self.template;
        let (mut has_code, mut has_policy, mut has_licenses) = (false, false, false);
        let wrong = |what: &str| Error::input(place, format!("{what}; it is of another version than this timdoc"));
        while let Some((text, tail)) = rest.split_once("{{") {
            let (name, tail) = tail.split_once("}}").ok_or_else(|| wrong("a {{ has no }}"))?;
            let page = after.as_mut().unwrap_or(&mut before);
            page.push_str(text);
            match name {
                "lang" => page.push_str(self.lang),
                "title" => page.push_str(&title),
                "version" => page.push_str(env!("CARGO_PKG_VERSION")),
                "policy" => page.push_str(&policy),
                "style" => page.push_str(&style),
                "code" => page.push_str(&code),
                "licenses" => page.push_str(&licenses),
                "files" if after.is_none() => after = Some(String::new()),
                _ => return Err(wrong(&format!("{{{{{name}}}}} has no meaning there"))),
            }
            has_code |= name == "code";
            has_policy |= name == "policy";
            has_licenses |= name == "licenses";
            rest = tail;
        }
        let mut after = after.ok_or_else(|| wrong("{{files}} is missing"))?;
        if !has_code || !has_policy || !has_licenses {
            return Err(wrong("{{code}}, {{policy}} or {{licenses}} is missing"));
        }
        after.push_str(rest);
        Ok(Parts { before, after })
    }
}

impl Parts {
    /// Bytes of the whole page.
    pub fn length(&self, items: &[Item]) -> u64 {
        let block = |item: &Item| (opening(&item.name).len() + CLOSING.len()) as u64 + item.length.div_ceil(3) * 4;
        (self.before.len() + self.after.len()) as u64 + items.iter().map(block).sum::<u64>()
    }

    /// Writes the page; a file at a time is in memory.
    ///
    /// # Errors
    /// When a file cannot be read, is longer or shorter than it was, or the page cannot be written.
    pub fn write(&self, items: &[Item], to: &mut impl Write) -> io::Result<()> {
        to.write_all(self.before.as_bytes())?;
        for item in items {
            to.write_all(opening(&item.name).as_bytes())?;
            let read;
            let content = match &item.from {
                Source::Memory(content) => content,
                Source::Disk(path) => {
                    read = fs::read(path)?;
                    &read
                }
            };
            if content.len() as u64 != item.length {
                return Err(io::Error::other(format!("{} has changed while it was read; try again", item.name)));
            }
            to.write_all(base64(content).as_bytes())?;
            to.write_all(CLOSING.as_bytes())?;
        }
        to.write_all(self.after.as_bytes())
    }
}

impl Item {
    /// From memory.
    pub fn content(name: &str, content: Vec<u8>) -> Self {
        Item { name: name.to_owned(), length: content.len() as u64, from: Source::Memory(content) }
    }

    /// From a file on the disk, which is read when the page is written.
    ///
    /// # Errors
    /// `io` when there is no such file.
    pub fn file(name: &str, path: PathBuf) -> Result<Self> {
        let length = fs::metadata(&path).map_err(|error| Error::io("read", path.display(), &error))?.len();
        Ok(Item { name: name.to_owned(), length, from: Source::Disk(path) })
    }

    /// Its bytes.
    pub fn length(&self) -> u64 {
        self.length
    }
}

/// Names hold letters, digits, `-`, `_` and `.` only: manifests that name others are refused.
fn opening(name: &str) -> String {
    format!("<script type=\"application/octet-stream\" id=\"file:{name}\">")
}

const CLOSING: &str = "</script>\n";

/// Code or style as it may stand inside its element: nothing in it ends the element or begins a comment, and its ends of
/// lines are those that a browser makes of them before it takes the hash. `escaped` is how strings of that language write
/// a `<`; elsewhere the minifier keeps apart what would be mistaken.
fn inline(text: &str, escaped: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let begins = |with: &str| tail.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        let ends = ["<!--", "<script", "</script", "</style"].into_iter().any(begins);
        out.push_str(if ends { escaped } else { "<" });
        rest = &tail[1..];
    }
    out.push_str(rest);
    out
}

/// Text as it may stand in an element or an attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// As a policy names an inline script or style.
fn integrity(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS[(bits >> shift & 63) as usize];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn page<'a>(template: &'a str, code: &'a str) -> Page<'a> {
        Page { template, style: "", code, licenses: "MIT", title: "A & \"B\" <c>", lang: "vi" }
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        let known = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (text, expected) in known {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn nothing_in_the_script_ends_it() {
        let code = "a='</script>';b=`</SCRIPT `;c='<!-- <script>';d=1<2;e='</style>'";
        let Parts { after, .. } = page("{{policy}}{{licenses}}{{files}}{{code}}", code).parts("t").unwrap();
        assert_eq!(after, r"a='\x3c/script>';b=`\x3c/SCRIPT `;c='\x3c!-- \x3cscript>';d=1<2;e='\x3c/style>'");
    }

    #[test]
    fn the_policy_names_the_script_as_it_stands_there() {
        let Parts { before, after } =
            page("{{policy}}{{licenses}}{{files}}{{code}}", "a=1;\r\nb='</script>'").parts("t").unwrap();
        assert!(after.starts_with("a=1;\nb="), "{after}");
        assert!(before.contains(&format!("script-src '{}' 'wasm-unsafe-eval'", integrity(&after))), "{before}");
    }

    #[test]
    fn a_title_is_text() {
        let Parts { before, .. } = page("{{title}}{{policy}}{{licenses}}{{code}}{{files}}", "").parts("t").unwrap();
        assert!(before.starts_with("A &amp; &quot;B&quot; &lt;c&gt;"), "{before}");
    }

    #[test]
    fn a_template_of_another_version_is_refused() {
        for template in [
            "{{policy}}{{licenses}}{{code}}",
            "{{licenses}}{{files}}{{code}}",
            "{{policy}}{{licenses}}{{files}}",
            "{{policy}}{{files}}{{code}}",
            "{{policy}}{{licenses}}{{files}}{{code}}{{other}}",
            "{{code",
        ] {
            assert_eq!(page(template, "").parts("t").map(|_| ()).unwrap_err().code(), "input", "{template}");
        }
    }

    #[test]
    fn the_length_is_known_before_it_is_written() {
        let parts = page("{{policy}}{{licenses}}{{files}}{{code}}", "x").parts("t").unwrap();
        for length in 0..5 {
            let items = [Item::content("a", vec![7; length]), Item::content("b.bin", vec![])];
            let mut written = Vec::new();
            parts.write(&items, &mut written).unwrap();
            assert_eq!(parts.length(&items), written.len() as u64);
        }
    }
}
