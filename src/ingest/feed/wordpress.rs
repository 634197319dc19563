//! What is the text among the codes of a WordPress export?

use std::borrow::Cow;

/// A post's content as HTML: without codes in brackets (`[caption id="1"]`), and with paragraphs where the old editor
/// keeps empty lines.
pub(super) fn html(content: &str) -> String {
    let content = without_codes(content);
    let lower = content.to_ascii_lowercase();
    if ["<p>", "<p ", "<br", "<div"].iter().any(|tag| lower.contains(tag)) {
        return content.into_owned();
    }
    let paragraphs = content.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    paragraphs.map(|part| format!("<p>{}", part.replace('\n', "<br>"))).collect::<Vec<_>>().join("\n")
}

/// A text without codes: those that close, and those with attributes. Other words in brackets are the author's.
fn without_codes(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once(']').filter(|(code, _)| is_code(code)) {
            Some((_, tail)) => rest = tail,
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn is_code(code: &str) -> bool {
    let inner = code.trim_end_matches('/').trim_end();
    let name_end = inner.find(' ').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let bare = name.strip_prefix('/').unwrap_or(name);
    let is_name =
        !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b));
    let is_known = matches!(bare, "gallery" | "embed" | "caption" | "audio" | "video" | "playlist");
    is_name
        && bare.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
        && (bare.len() < name.len() || attributes.contains('=') || is_known)
}

/// What WordPress adds to every item of its feeds: "The post … appeared first on …".
pub(super) fn is_of_the_feed(text: &str) -> bool {
    let english = text.starts_with("The post ") && text.contains(" appeared first on ");
    english || text.starts_with("Bài viết ") && text.contains(" xuất hiện đầu tiên ")
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn codes_go_and_words_in_brackets_stay() {
        let text = "A [caption id=\"1\"]<img>Bến[/caption] [gallery] [sic] [1] [xem thêm] [/vc_row";
        assert_eq!(html(text), "<p>A <img>Bến  [sic] [1] [xem thêm] [/vc_row");
    }

    #[test]
    fn empty_lines_part_paragraphs_where_there_are_no_tags_for_them() {
        assert_eq!(html("Một.\n\n<b>Hai</b>\nba\n\n\n"), "<p>Một.\n<p><b>Hai</b><br>ba");
        assert_eq!(html("<p>Một.</p>\n\nx"), "<p>Một.</p>\n\nx");
    }
}
