//! The body of a Markdown file as blocks of plain text.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::article::{Attachment, Block, BlockKind, Image};
use crate::ingest::html::images;
use crate::ingest::{clean, finish};

/// Endings of files that are attachments when a link leads to them.
const FILES: [&str; 14] =
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "zip", "rar", "7z", "rtf", "csv"];

/// What a body holds.
#[derive(Default)]
pub(super) struct Body {
    /// The first heading of level 1, if the body begins with it.
    pub title: Option<String>,
    /// The rest.
    pub blocks: Vec<Block>,
    /// Files that it links to.
    pub attachments: Vec<Attachment>,
    /// Its pictures.
    pub images: Vec<Image>,
}

/// Reads a body. Markdown has no errors; HTML in it is passed over, its text stays.
pub(super) fn read(text: &str) -> Body {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event);
    }
    reader.flush();
    reader.body
}

#[derive(Default)]
struct Reader {
    body: Body,
    /// Text of the block being read.
    text: String,
    /// Depth of quotes, items and headings the text is in.
    quotes: usize,
    items: usize,
    heading: Option<HeadingLevel>,
    row: Option<Vec<String>>,
    /// The address and the start of the text of the link being read.
    link: Option<(String, usize)>,
    /// The image being read: its address, its title and where its alternative text starts.
    image: Option<(String, String, usize)>,
    /// True while the paragraph holds nothing but emphasis, and something in it.
    emphasis: usize,
    plain: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Code(text) => {
                self.plain |= self.emphasis == 0 && !text.trim().is_empty();
                self.text.push_str(&text);
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::InlineHtml(html) if html.starts_with("<br") => self.text.push('\n'),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::Item => {
                self.flush();
                self.items += 1;
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::List(_) | Tag::Table(_) => self.flush(),
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            Tag::TableCell => self.text.clear(),
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.into_string(), self.text.len())),
            Tag::Image { title, dest_url, .. } => {
                self.image = Some((dest_url.into_string(), CowStr::into_string(title), self.text.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::Paragraph => self.flush_paragraph(),
            TagEnd::CodeBlock => self.flush(),
            TagEnd::TableCell => {
                let cell = clean::line(&std::mem::take(&mut self.text)).into_owned();
                self.row.get_or_insert_default().push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = self.row.take().unwrap_or_default().join("\t");
                if !row.trim().is_empty() {
                    self.body.blocks.push(Block::new(BlockKind::TableRow, row));
                }
            }
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let Some((url, start)) = self.link.take() else { return };
        if is_file(&url) {
            let name = self.text.get(start..).unwrap_or_default().trim();
            let name = if name.is_empty() { url.rsplit('/').next().unwrap_or(&url) } else { name };
            let name = clean::line(name).into_owned();
            self.body.attachments.push(Attachment { name, url });
        }
    }

    /// An image becomes a caption of its own, after the text before it.
    fn end_image(&mut self) {
        let Some((url, title, start)) = self.image.take() else { return };
        let alternative = self.text.get(start..).unwrap_or_default().to_owned();
        self.text.truncate(start);
        let caption = if title.trim().is_empty() { alternative } else { title };
        let outer = std::mem::take(&mut self.text);
        self.push(BlockKind::Paragraph, &outer);
        let before = self.body.blocks.len();
        self.body.images.extend(images::web(&url, None).map(|url| Image { url, caption: None, before }));
        self.push(BlockKind::Caption, &caption);
        self.plain = false;
    }

    /// A paragraph in emphasis right after an image is its caption.
    fn flush_paragraph(&mut self) {
        let caption = self.body.blocks.last().filter(|block| block.kind == BlockKind::Caption);
        let Some(caption) = caption.filter(|_| !self.plain && self.quotes + self.items == 0) else {
            return self.flush();
        };
        let text = clean::text(&std::mem::take(&mut self.text)).into_owned();
        if text.starts_with(caption.text.trim_end_matches('.')) {
            self.body.blocks.pop();
        }
        self.push(BlockKind::Caption, &text);
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.plain = false;
        let is_first = self.body.title.is_none() && self.body.blocks.is_empty();
        if self.heading == Some(HeadingLevel::H1) && is_first {
            self.body.title = Some(clean::line(&text).into_owned()).filter(|title| !title.is_empty());
            return;
        }
        let kind = match (self.heading, self.items, self.quotes) {
            (Some(_), _, _) => BlockKind::Heading,
            (_, 1.., _) => BlockKind::ListItem,
            (_, _, 1..) => BlockKind::Quote,
            _ => BlockKind::Paragraph,
        };
        self.push(kind, &text);
    }

    fn push(&mut self, kind: BlockKind, text: &str) {
        let text = clean::text(text);
        if !text.is_empty() {
            self.body.blocks.push(Block::new(kind, text));
        }
    }
}

/// True for a web or relative address that ends like a file.
fn is_file(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    finish::is_file_address(url) && ending.is_some_and(|e| FILES.contains(&e.as_str()))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        read(text).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn each_kind_of_block_is_read_as_plain_text() {
        let text =
            "Đoạn *một*\ntiếp [ở đây](https://x.example).\n\n## Mục\n\n- một\n- hai **đậm**\n\n> Lời nói\n\n`mã`";
        let want = [
            (BlockKind::Paragraph, "Đoạn một tiếp ở đây."),
            (BlockKind::Heading, "Mục"),
            (BlockKind::ListItem, "một"),
            (BlockKind::ListItem, "hai đậm"),
            (BlockKind::Quote, "Lời nói"),
            (BlockKind::Paragraph, "mã"),
        ];
        assert_eq!(blocks(text), want.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn tables_are_rows_of_cells() {
        let want = [(BlockKind::TableRow, "A\tB".to_owned()), (BlockKind::TableRow, "1\t2".to_owned())];
        assert_eq!(blocks("| A | B |\n| --- | --- |\n| 1 | 2 |"), want);
    }

    #[test]
    fn images_are_captions_with_the_line_below_them() {
        let want = vec![(BlockKind::Caption, "Bến cũ. Ảnh: Lê A".to_owned())];
        assert_eq!(blocks("![Bến cũ](a.jpg)\n\n*Bến cũ. Ảnh: Lê A*"), want);
        assert_eq!(blocks("![x](a.jpg \"Bến cũ. Ảnh: Lê A\")"), want);
        assert_eq!(blocks("![Bến](a.jpg)\n\nĐoạn sau.")[1].0, BlockKind::Paragraph);
    }

    #[test]
    fn addresses_of_images_are_kept_where_they_stand() {
        let images =
            read("Đoạn.\n\n![Bến cũ](anh/a.jpg)\n\n![](https://xa.example/b.jpg)\n\n![x](javascript:alert(1))").images;
        let found: Vec<(&str, usize)> = images.iter().map(|image| (image.url.as_str(), image.before)).collect();
        assert_eq!(found, [("anh/a.jpg", 1), ("https://xa.example/b.jpg", 2)]);
    }

    #[test]
    fn nested_items_are_items_of_their_own() {
        let texts: Vec<_> = blocks("- a\n  - b\n- c").into_iter().map(|b| b.1).collect();
        assert_eq!(texts, ["a", "b", "c"]);
    }

    #[test]
    fn links_to_files_are_attachments() {
        let body = read("[Kế hoạch](tep/kh.PDF?v=1), [x](javascript:a.pdf), [trang](https://x.example/a.html)");
        assert_eq!(body.attachments, [Attachment { name: "Kế hoạch".into(), url: "tep/kh.PDF?v=1".into() }]);
    }

    #[test]
    fn html_leaves_only_its_text() {
        assert_eq!(blocks("a <b>đậm</b><br>b\n\n<div>x</div>"), [(BlockKind::Paragraph, "a đậm\nb".to_owned())]);
    }
}
