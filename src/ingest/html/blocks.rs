//! The pieces of an article's body as its blocks, and the files it links to.

use crate::analysis::fold::fold;
use crate::article::{Attachment, Block, BlockKind, Image};
use crate::ingest::clean;
use crate::ingest::text::{caption, line};

use super::address;
use super::images;
use super::pieces::{self, Piece};
use super::tag::Tag;
use super::tree::{Id, Tree};

/// The longest line that a picture before it makes a caption, in characters.
const LONGEST_CAPTION: usize = 350;
/// The longest line under a picture that is a caption for not being a sentence, in characters.
const LONGEST_BARE: usize = 180;
/// The longest line in bold that is a heading, in characters.
const LONGEST_HEADING: usize = 160;

/// The most files of an article.
const MOST_FILES: usize = 200;

/// What a piece of HTML holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Files that it links to.
    pub attachments: Vec<Attachment>,
    /// Its pictures.
    pub images: Vec<Image>,
}

/// Reads a piece of HTML that is an article's body and nothing else, as feeds carry it. Relative addresses are made
/// whole against `base`.
///
/// ```
/// let html = "<p>Một<p>Hai <a href='/kh.pdf'>kế hoạch</a>";
/// let found = timdoc::ingest::html::fragment(html, Some("https://xa.example/tin/1"));
/// assert_eq!(found.blocks[1].text, "Hai kế hoạch");
/// assert_eq!(found.attachments[0].url, "https://xa.example/kh.pdf");
/// ```
#[must_use]
pub fn fragment(html: &str, base: Option<&str>) -> Fragment {
    let tree = Tree::parse(html);
    let (blocks, starts) = blocks(&pieces::pieces(&tree, 0, &[], None));
    let attachments = attachments(&tree, 0..tree.len(), base, &|_| true);
    let images = images::find(&tree, 0..tree.len(), base, &|_| false, &|_| true);
    Fragment { images: images::place(images, &blocks, &starts), blocks, attachments }
}

/// The blocks of pieces that all belong to one body, and the nodes where they begin.
pub(super) fn blocks<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> (Vec<Block>, Vec<Id>) {
    let (mut blocks, mut starts): (Vec<Block>, Vec<Id>) = Default::default();
    for piece in pieces {
        let kind = kind(piece);
        match blocks.last_mut() {
            Some(last) if last.kind == BlockKind::Caption && caption::is_credit(&piece.text) => {
                last.text.push('\n');
                last.text.push_str(&piece.text);
            }
            // A caption is often there twice: as text and as the picture's title.
            Some(last)
                if last.text == piece.text && (last.kind == BlockKind::Caption || kind == BlockKind::Caption) =>
            {
                last.kind = BlockKind::Caption;
            }
            _ => {
                blocks.push(Block::new(kind, &piece.text));
                starts.push(piece.at);
            }
        }
    }
    (blocks, starts)
}

/// What a piece is, by its elements, its place and its words.
pub(super) fn kind(piece: &Piece) -> BlockKind {
    if piece.kind != BlockKind::Paragraph {
        return piece.kind;
    }
    let ends = piece.text.ends_with(['.', ',', ';', ':', '!', '?']);
    let apart = piece.centered || piece.emphasis;
    let short = piece.chars <= LONGEST_CAPTION;
    // What stands under a picture in the middle, or is no sentence, says what it shows.
    let under =
        piece.after_picture && short && (apart || piece.chars <= LONGEST_BARE && !line::ends_sentence(&piece.text));
    if caption::shows_a_picture(&piece.text) || under && !piece.text.ends_with(':') {
        return BlockKind::Caption;
    }
    let is_heading = piece.strong && !piece.emphasis && piece.chars <= LONGEST_HEADING;
    if is_heading && !ends && !piece.text.contains('\n') && piece.text.chars().any(char::is_alphabetic) {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

/// The files that links and frames among the nodes lead to, each once. `own` says whether an address as written is one of
/// the article, not of the site.
pub(super) fn attachments(
    tree: &Tree<'_>,
    nodes: std::ops::Range<Id>,
    base: Option<&str>,
    own: &dyn Fn(&str) -> bool,
) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    for id in nodes {
        if found.len() >= MOST_FILES {
            break;
        }
        let attributes: &[&str] = match tree.tag(id) {
            Tag::A => &["href"],
            Tag::Frame => &["src", "data"],
            _ => continue,
        };
        let addresses = attributes.iter().filter_map(|name| tree.attribute(id, name)).filter(|href| own(href));
        let Some(url) = addresses.filter_map(|href| address::resolve(href, base)).find(|url| address::is_file(url))
        else {
            continue;
        };
        let text = tree.text_below(id);
        let name = [text.as_str(), tree.attribute(id, "title").unwrap_or_default()]
            .into_iter()
            .map(|name| clean::line(name).into_owned())
            .find(|name| name.chars().any(char::is_alphanumeric) && !says_nothing(name));
        let name = name.unwrap_or_else(|| clean::line(&address::file_name(&url)).into_owned());
        match found.iter_mut().find(|other| other.url == url) {
            // The first link is a picture of a file, mostly.
            Some(other) if other.name.len() < name.len() => other.name = name,
            Some(_) => {}
            None => found.push(Attachment { name, url }),
        }
    }
    found
}

/// True for what links say that do not name what they lead to.
fn says_nothing(name: &str) -> bool {
    const WORDS: [&str; 18] = [
        "tai day",
        "tai ve",
        "download",
        "tai xuong",
        "xem",
        "xem chi tiet",
        "chi tiet",
        "xem tai day",
        "tai file",
        "o day",
        "day",
        "file",
        "file dinh kem",
        "tep dinh kem",
        "xem file",
        "tai tep",
        "click here",
        "xem them",
    ];
    WORDS.contains(&fold(name).as_str())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<(BlockKind, String)> {
        fragment(html, None).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn each_kind_of_block_is_read_as_plain_text() {
        let html = "<h3>Mục một</h3><p>Đoạn <b>một</b>&nbsp;ở\n đây.<br>Dòng hai</p><ul><li>một<li>hai</ul>\
                    <blockquote><p>Lời nói</p></blockquote><figure><img src=a.jpg><figcaption>Bến cũ</figcaption></figure>";
        let want = [
            (BlockKind::Heading, "Mục một"),
            (BlockKind::Paragraph, "Đoạn một ở đây.\nDòng hai"),
            (BlockKind::ListItem, "một"),
            (BlockKind::ListItem, "hai"),
            (BlockKind::Quote, "Lời nói"),
            (BlockKind::Caption, "Bến cũ"),
        ];
        assert_eq!(texts(html), want.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn tables_of_figures_are_rows_and_tables_for_layout_are_not() {
        let rows = texts("<table><tr><th>Thôn</th><th>Hộ</th></tr><tr><td><p>Một</p></td><td>12</td></tr></table>");
        assert_eq!(rows, [(BlockKind::TableRow, "Thôn\tHộ".into()), (BlockKind::TableRow, "Một\t12".into())]);
        let laid_out = texts("<table><tr><td><img src=a.jpg></td></tr><tr><td align=center>Bến cũ</td></tr></table>");
        assert_eq!(laid_out, [(BlockKind::Caption, "Bến cũ".into())]);
    }

    #[test]
    fn two_line_breaks_part_paragraphs() {
        let parts: Vec<String> = texts("Một.<br><br>\n<br/>Hai<br>ba").into_iter().map(|(_, text)| text).collect();
        assert_eq!(parts, ["Một.", "Hai\nba"]);
    }

    #[test]
    fn what_is_hidden_or_run_is_no_text() {
        let html = "<p>Một<script>alert('x')</script><style>p{}</style><span style='display: none'>ẩn</span></p>\
                    <template><p>t</p></template><noscript>n</noscript><svg><title>s</title><text>v</text></svg><select><option>chọn</select>";
        assert_eq!(texts(html), [(BlockKind::Paragraph, "Một".into())]);
    }

    #[test]
    fn links_and_frames_to_files_are_attachments_once() {
        let html = "<a href='/tep/kh.pdf'><img src=i.png></a><a href='/tep/kh.pdf'>Kế hoạch</a><a href='javascript:x.pdf'>y</a>\
                    <iframe src='https://v.example/view?url=https://xa.example/a.docx'></iframe>";
        let found = fragment(html, Some("https://xa.example/tin/1"));
        let names: Vec<(&str, &str)> = found.attachments.iter().map(|a| (a.name.as_str(), a.url.as_str())).collect();
        assert_eq!(
            names,
            [
                ("Kế hoạch", "https://xa.example/tep/kh.pdf"),
                ("a.docx", "https://v.example/view?url=https://xa.example/a.docx")
            ]
        );
    }
}
