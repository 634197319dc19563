//! Markdown with or without front matter becomes an article.
//!
//! The front matter is YAML between two lines `---`: `title` (tiêu đề), `date`, `published` (ngày), `source` (nguồn),
//! `author`, `byline` (tác giả), `category` (chuyên mục), `tags` (từ khóa), `url`, `lead`, `summary`, `description`
//! (tóm tắt), `id`. Names may be written with or without marks, in either case. Unknown names are ignored.

mod body;
mod front_matter;

use crate::article::Article;
use crate::error::Result;

use super::{Ingested, check_id, clean, finish};

/// The article of a Markdown file.
pub(super) fn article(name: &str, id: String, text: &str) -> Result<Ingested> {
    let (fields, body, body_line) = front_matter::split(name, text)?;
    let mut article = Article { id, ..Article::default() };
    let mut remarks = Vec::new();
    for (key, values) in fields {
        let place = format!("{name}: {key}");
        let first = || values.first().map(|value| clean::line(value).into_owned()).filter(|value| !value.is_empty());
        match key.as_str() {
            "id" => {
                if let Some(id) = first() {
                    article.id = check_id(name, &id)?;
                }
            }
            "title" | "tieu de" => article.title = first().unwrap_or_default(),
            "date" | "published" | "ngay" | "ngay dang" => {
                article.published = first().and_then(|date| finish::date_or_remark(&place, &date, &mut remarks));
            }
            "event" | "su kien" => {
                article.event = first().and_then(|date| finish::date_or_remark(&place, &date, &mut remarks));
            }
            "source" | "nguon" => article.source = first(),
            "author" | "byline" | "tac gia" => article.byline = first(),
            "category" | "chuyen muc" => article.category = first(),
            "lead" | "summary" | "description" | "tom tat" | "sa po" => article.lead = first(),
            "url" | "link" => article.url = first().as_deref().and_then(finish::web_address),
            "tags" | "keywords" | "tu khoa" | "the" => {
                let all = values.iter().flat_map(|value| value.split([',', ';']));
                article.tags = all.map(|tag| clean::line(tag).into_owned()).filter(|tag| !tag.is_empty()).collect();
            }
            _ => {}
        }
    }
    let read = body::read(body);
    if let Some(heading) = read.title {
        if article.title.is_empty() {
            article.title = heading;
        } else if article.title != heading {
            article.blocks.push(crate::article::Block::new(crate::article::BlockKind::Heading, heading));
        }
    }
    let first = article.blocks.len();
    article.images = read.images;
    article.images.iter_mut().for_each(|image| image.before += first);
    article.blocks.extend(read.blocks);
    article.attachments = read.attachments;
    let article = finish::finish(&format!("{name}:{body_line}"), article)?;
    Ok(Ingested { article, remarks, is_page: false })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    fn read(text: &str) -> Result<Article> {
        article("tin.md", "tin".into(), text).map(|found| found.article)
    }

    #[test]
    fn front_matter_gives_the_fields_in_either_language() {
        let article = read(
            "---\nTiêu đề: Cầu mới\nngay: 19/5/2024 10:47\nnguồn: Báo Xã\nauthor: Lê A\nchuyen_muc: Xã hội\n\
             tags: [cầu, đường]\nsummary: >\n  Mở\n  đầu.\nurl: https://x.example\nid: so-1\nlạ: 1\n---\nĐoạn một.\n",
        )
        .unwrap();
        assert_eq!((article.id.as_str(), article.title.as_str()), ("so-1", "Cầu mới"));
        assert_eq!(article.published.map(|d| d.iso()).as_deref(), Some("2024-05-19T10:47+07:00"));
        assert_eq!((article.source.as_deref(), article.byline.as_deref()), (Some("Báo Xã"), Some("Lê A")));
        assert_eq!((article.category.as_deref(), article.lead.as_deref()), (Some("Xã hội"), Some("Mở đầu.")));
        assert_eq!(article.tags, ["cầu", "đường"]);
        assert_eq!(article.blocks.len(), 1);
    }

    #[test]
    fn the_first_heading_is_the_title_and_not_repeated() {
        let article = read("# Cầu **mới**\n\nĐoạn một.").unwrap();
        assert_eq!((article.title.as_str(), article.blocks.len()), ("Cầu mới", 1));
        let article = read("---\ntitle: Cầu mới\n---\n# Cầu mới\n\nĐoạn một.").unwrap();
        assert_eq!(article.blocks.len(), 1);
        let article = read("---\ntitle: Cầu mới\n---\n# Phần một\n\nĐoạn một.").unwrap();
        assert_eq!(article.blocks[0].kind, BlockKind::Heading);
    }

    #[test]
    fn broken_front_matter_is_an_error_with_its_line() {
        let error = read("---\ntitle: A\ntags: [a\n---\nĐoạn.").unwrap_err().to_string();
        assert!(error.starts_with("tin.md:"), "{error}");
        assert!(read("---\ntitle: A\n\nĐoạn.").unwrap_err().to_string().contains("not closed"));
        assert!(read("---\n- a\n---\nĐoạn.").is_err());
    }

    #[test]
    fn a_date_that_is_none_is_a_remark_with_its_field() {
        let found = article("tin.md", "tin".into(), "---\ntitle: A\ndate: hôm nay\n---\nĐoạn.").unwrap();
        let said = found.remarks[0].to_string();
        assert!(said.starts_with("tin.md: date: ") && said.contains("hôm nay"), "{said}");
    }

    #[test]
    fn a_rule_at_the_start_is_no_front_matter_when_text_follows() {
        assert_eq!(read("----\n\n# A\n").unwrap().title, "A");
    }
}
