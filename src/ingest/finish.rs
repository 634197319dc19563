//! What holds for every format: what an article leaves open and its own text says.

use crate::analysis::fold::fold;
use crate::article::{Article, BlockKind, Date};
use crate::error::{Error, Result};
use crate::facts::dates;

use super::event;

/// The most characters of a derived title.
const MOST_TITLE_CHARS: usize = 100;

/// Fills in the title, the source and the event from the text where the input leaves them open.
pub(super) fn finish(place: &str, mut article: Article) -> Result<Article> {
    article.retain_blocks(|block| !block.text.is_empty());
    if article.title.is_empty() {
        let opening = opening(&article).map(derived_title).filter(|title| !title.is_empty());
        article.title =
            opening.ok_or_else(|| Error::input(place, "holds no title and no text; fill it or remove it"))?;
        article.title_derived = true;
    }
    if !article.images.is_empty() {
        let title = fold(&article.title);
        article.images.iter_mut().for_each(|image| image.caption = image.caption.take().filter(|c| fold(c) != title));
    }
    if article.source.is_none() {
        article.source = opening(&article).and_then(source_prefix).map(|(source, _)| source.to_owned());
    }
    if article.event.is_none() {
        article.event = event::find(&article);
    }
    Ok(article)
}

/// The lead, else the first paragraph.
pub(super) fn opening(article: &Article) -> Option<&str> {
    let paragraph = || article.blocks.iter().find(|block| block.kind == BlockKind::Paragraph);
    article.lead.as_deref().or_else(|| paragraph().or(article.blocks.first()).map(|block| block.text.as_str()))
}

/// Splits "(Báo Xã) – Từ…" into the source and the rest.
pub(super) fn source_prefix(text: &str) -> Option<(&str, &str)> {
    let (source, rest) = text.strip_prefix('(')?.split_once(')')?;
    let rest = rest.trim_start();
    let after = rest.trim_start_matches(['-', '–', '—']);
    let source = source.trim();
    let named = source.chars().any(char::is_alphabetic) && source.chars().count() <= 40;
    (named && after.len() < rest.len()).then(|| (source, after.trim_start()))
}

/// A title made from an opening: its first sentence, shortened at a word, without the source before it.
fn derived_title(opening: &str) -> String {
    let text = source_prefix(opening).map_or(opening, |(_, rest)| rest);
    let text = text.trim_start_matches(['*', '-', '–', '•', '+', ' ']).lines().next().unwrap_or_default();
    let sentence = first_sentence(text);
    let Some((cut, _)) = sentence.char_indices().nth(MOST_TITLE_CHARS) else {
        return sentence.trim_end_matches(['.', ' ']).to_owned();
    };
    let head = sentence.get(..cut).unwrap_or(sentence);
    let head = head.rfind(' ').and_then(|space| head.get(..space)).unwrap_or(head);
    format!("{}…", head.trim_end_matches([',', ';', ':', '.', '-', '–', '“', '"', '(', ' ']))
}

/// Up to the first full stop that ends a sentence: before a space and a capital.
fn first_sentence(text: &str) -> &str {
    let end = text.match_indices(['.', '?', '!']).find(|(at, sign)| {
        let mut after = text.get(at + sign.len()..).unwrap_or_default().chars();
        after.next().is_none_or(char::is_whitespace)
            && after.next().is_none_or(|c| !c.is_lowercase() && !c.is_numeric())
    });
    end.and_then(|(at, sign)| text.get(..at + sign.len())).unwrap_or(text)
}

/// A date as inputs write it: ISO 8601, `dd/mm/yyyy` with or without the time, or in Vietnamese words.
pub(super) fn date(place: &str, text: &str) -> Result<Option<Date>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let found = Date::from_iso(text).or_else(|| {
        let first = dates::find(text).into_iter().next()?;
        // Years ago, "hôm qua" and the like say no day; a weekday or a zone around the date is no harm.
        first.year.and_then(|_| first.date(text, None)).map(|date| Date { text: text.to_owned(), ..date })
    });
    found.map(Some).ok_or_else(|| {
        Error::input(place, format!("the date \"{text}\" is not read; write 2024-05-19, 2024-05-19T10:47 or 19/5/2024"))
    })
}

/// The same. A date that cannot be read is a remark, and the article goes without.
pub(super) fn date_or_remark(place: &str, text: &str, remarks: &mut Vec<Error>) -> Option<Date> {
    date(place, text).unwrap_or_else(|_| {
        remarks.push(unread_date(place, text));
        None
    })
}

/// What is said of a date that cannot be read.
pub(super) fn unread_date(place: &str, text: &str) -> Error {
    let cut: String = text.trim().chars().take(60).collect();
    let reason =
        format!("the date \"{cut}\" cannot be read, the article goes without it; write 2024-05-19 or 19/5/2024");
    Error::input(place, reason)
}

/// The address, if it is one that a page may link to.
pub(super) fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split_once("://").map(|(scheme, _)| scheme)?;
    let right = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (right && !url.chars().any(|c| c.is_control() || c.is_whitespace())).then(|| url.to_owned())
}

/// True for an address a file of an article may have: on the web, or relative to the article's page.
pub(super) fn is_file_address(url: &str) -> bool {
    let relative = !url.split(['/', '?', '#']).next().unwrap_or(url).contains(':') && !url.trim().is_empty();
    web_address(url).is_some() || (relative && !url.chars().any(char::is_control))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::article::Block;

    fn of_lead(lead: &str) -> Article {
        finish("a", Article { lead: Some(lead.to_owned()), ..Article::default() }).unwrap()
    }

    #[test]
    fn a_title_is_derived_from_the_first_sentence() {
        let article = of_lead("(Báo Xã) - Cầu Vàng thông xe sau 1.5 năm. Người dân mừng.");
        assert_eq!((article.title.as_str(), article.title_derived), ("Cầu Vàng thông xe sau 1.5 năm", true));
        assert_eq!(article.source.as_deref(), Some("Báo Xã"));
    }

    #[test]
    fn a_long_derived_title_is_cut_between_words() {
        let title = of_lead(&"đường ".repeat(60)).title;
        assert!(title.ends_with("đường…") && title.chars().count() <= MOST_TITLE_CHARS + 1, "{title}");
        let title = of_lead(&"ạ".repeat(300)).title;
        assert_eq!(title.chars().count(), MOST_TITLE_CHARS + 1);
    }

    #[test]
    fn the_first_block_serves_where_there_is_no_lead() {
        let blocks = vec![Block::new(BlockKind::Caption, "Ảnh"), Block::new(BlockKind::Paragraph, "Mưa lớn.")];
        assert_eq!(finish("a", Article { blocks, ..Article::default() }).unwrap().title, "Mưa lớn");
    }

    #[test]
    fn nothing_at_all_is_an_error() {
        assert!(finish("a.txt", Article::default()).is_err());
        assert!(finish("a.txt", Article { lead: Some("(X) – ".into()), ..Article::default() }).is_err());
    }

    #[test]
    fn a_bracket_without_dash_is_no_source() {
        assert_eq!(of_lead("(Ảnh minh họa) Mưa lớn ở xã.").source, None);
        assert_eq!(of_lead("(1) - Mưa lớn.").source, None);
    }

    #[test]
    fn dates_of_inputs_are_read_in_each_usual_form() {
        let iso = |text| date("a", text).unwrap().map(|d| d.iso());
        assert_eq!(iso("2024-05-19T10:47:00+07:00").as_deref(), Some("2024-05-19T10:47+07:00"));
        assert_eq!(iso("19/5/2024").as_deref(), Some("2024-05-19"));
        assert_eq!(iso("15/08/2023 16:40").as_deref(), Some("2023-08-15T16:40+07:00"));
        assert_eq!(iso("Thứ Hai, ngày 2 tháng 9 năm 2024").as_deref(), Some("2024-09-02"));
        assert_eq!(iso(" "), None);
        assert!(date("a", "hôm qua").is_err());
        assert!(date("a", "31/2/2024").is_err());
    }

    #[test]
    fn only_web_addresses_are_kept() {
        assert!(web_address("https://xa.example/tin?id=1").is_some());
        for url in ["javascript:alert(1)", "/tin", "ftp://x/y", "java\nscript://", "http ://x", ""] {
            assert_eq!(web_address(url), None, "{url}");
        }
    }
}
