//! What is an element, as far as reading its text needs to know?

/// Elements that are told apart. All others are [`Tag::Inline`] or [`Tag::Block`] by what they do to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// The root of the tree, no element.
    Root,
    /// A run of text, no element.
    Text,
    Html,
    Head,
    Body,
    Title,
    Base,
    Meta,
    Link,
    /// Holds text that is no text of the page: `script`, `style`, `svg`, `template` and the like.
    Unseen,
    /// `script`, which may hold JSON-LD.
    Script,
    /// Controls of a form: their words are no text.
    Control,
    /// `iframe`, `embed`, `object`: may show a document.
    Frame,
    A,
    Img,
    Br,
    Hr,
    P,
    /// `h1` to `h6`, by level.
    Heading(u8),
    Ul,
    Ol,
    Li,
    /// `dt` and `dd`.
    Term,
    Dl,
    Quote,
    Figure,
    FigureCaption,
    Table,
    TableCaption,
    /// `tbody`, `thead`, `tfoot`, `colgroup`.
    Rows,
    Row,
    /// `td`, `th`.
    Cell,
    Article,
    Main,
    /// `nav`, `footer`, `aside`, `header`: parts of a page around its article, mostly.
    Nav,
    Footer,
    Aside,
    Header,
    Marquee,
    Time,
    /// `b`, `strong`.
    Strong,
    /// `i`, `em`, `cite`.
    Emphasis,
    Center,
    /// Any other that begins a line of its own.
    Block,
    /// Any other that does not.
    Inline,
}

/// The longest name that is looked up, in bytes.
const LONGEST: usize = 16;

impl Tag {
    /// The tag of a name in any case.
    pub(super) fn of(name: &str) -> Tag {
        let mut lower = [0; LONGEST];
        let Some(buffer) = lower.get_mut(..name.len()) else { return Tag::Inline };
        buffer.copy_from_slice(name.as_bytes());
        buffer.make_ascii_lowercase();
        match &*buffer {
            b"a" => Tag::A,
            b"p" => Tag::P,
            b"div" | b"section" | b"form" | b"fieldset" | b"address" | b"details" | b"summary" | b"dir" | b"menu"
            | b"hgroup" | b"pre" | b"listing" | b"plaintext" | b"search" | b"legend" | b"optgroup" => Tag::Block,
            b"span" | b"font" | b"u" | b"label" => Tag::Inline,
            b"b" | b"strong" => Tag::Strong,
            b"i" | b"em" | b"cite" => Tag::Emphasis,
            b"br" => Tag::Br,
            b"hr" => Tag::Hr,
            b"img" => Tag::Img,
            b"h1" => Tag::Heading(1),
            b"h2" => Tag::Heading(2),
            b"h3" => Tag::Heading(3),
            b"h4" => Tag::Heading(4),
            b"h5" => Tag::Heading(5),
            b"h6" => Tag::Heading(6),
            b"ul" => Tag::Ul,
            b"ol" => Tag::Ol,
            b"li" => Tag::Li,
            b"dl" => Tag::Dl,
            b"dt" | b"dd" => Tag::Term,
            b"table" => Tag::Table,
            b"caption" => Tag::TableCaption,
            b"tbody" | b"thead" | b"tfoot" | b"colgroup" => Tag::Rows,
            b"tr" => Tag::Row,
            b"td" | b"th" => Tag::Cell,
            b"blockquote" => Tag::Quote,
            b"figure" => Tag::Figure,
            b"figcaption" => Tag::FigureCaption,
            b"article" => Tag::Article,
            b"main" => Tag::Main,
            b"nav" => Tag::Nav,
            b"footer" => Tag::Footer,
            b"aside" => Tag::Aside,
            b"header" => Tag::Header,
            b"marquee" => Tag::Marquee,
            b"time" => Tag::Time,
            b"center" => Tag::Center,
            b"html" => Tag::Html,
            b"head" => Tag::Head,
            b"body" => Tag::Body,
            b"title" => Tag::Title,
            b"base" => Tag::Base,
            b"meta" => Tag::Meta,
            b"link" => Tag::Link,
            b"script" => Tag::Script,
            b"style" | b"svg" | b"math" | b"template" | b"noscript" | b"canvas" | b"audio" | b"video" | b"noframes"
            | b"noembed" | b"xmp" => Tag::Unseen,
            b"input" | b"select" | b"option" | b"textarea" | b"button" | b"datalist" => Tag::Control,
            b"iframe" | b"embed" | b"object" => Tag::Frame,
            _ => Tag::Inline,
        }
    }

    /// True when it never holds anything and has no end tag.
    pub(super) fn is_void(name: &str) -> bool {
        const VOID: [&str; 16] = [
            "br", "img", "input", "meta", "link", "hr", "base", "area", "col", "embed", "param", "source", "track",
            "wbr", "basefont", "keygen",
        ];
        VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
    }

    /// True when what it holds is characters up to its end tag, whatever they look like.
    pub(super) fn is_raw(name: &str) -> bool {
        const RAW: [&str; 8] = ["script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp"];
        RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name))
    }

    /// True when its text stands on lines of its own.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::Text
                | Tag::A
                | Tag::Img
                | Tag::Br
                | Tag::Time
                | Tag::Strong
                | Tag::Emphasis
                | Tag::Inline
                | Tag::Unseen
                | Tag::Script
                | Tag::Control
                | Tag::Frame
                | Tag::Meta
                | Tag::Link
                | Tag::Base
        )
    }

    /// True when no text inside it is text of the page.
    pub(super) fn is_unseen(self) -> bool {
        matches!(self, Tag::Unseen | Tag::Script | Tag::Control | Tag::Frame | Tag::Head | Tag::Title)
    }
}
