//! The stored form of an article: what the reader shows and results are made of, in a few bytes more than its text.
//!
//! ```text
//! article  = flags · text id · text title · [date published] · [date event] · texts (as the flags say): lead, byline,
//!            source, category, url · list of tags · text facts · list of attachments (name, address) · list
//!            of related article numbers · list of blocks (kind, text) · [list of pictures (address, text caption,
//!            empty when there is none, varint number of the block it stands before) if the flags say so]; facts are
//!            drawn in facts/compact.rs
//! flags    = varint of bits: 0 title derived · 1 published · 2 event · 3 lead · 4 byline · 5 source · 6 category · 7 url
//!            · 8 pictures
//! date     = text (empty when it is the date in ISO 8601) · varint days since 0001-01-01 · precision * 2 + inferred · [varint minute if precision is minute]
//! text     = as letters.rs draws it
//! list     = varint count · its items
//! ```

use std::ops::Range;

use crate::article::{Article, Attachment, Block, BlockKind, Date, Day, Image, Precision};
use crate::bundle::letters;
use crate::index::varint::{self, Reader};
use crate::{Error, Result};

/// An article with what the build worked out about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// The article.
    pub article: Article,
    /// What it states, as `facts::compact` writes it; empty when it states nothing.
    pub facts: String,
    /// Numbers, in the same segment, of the articles most like it, the nearest first.
    pub related: Vec<u32>,
}

const TITLE_DERIVED: u64 = 1;
const PUBLISHED: u64 = 2;
const EVENT: u64 = 4;
/// Lead, byline, source, category, url: from this bit on.
const OPTIONAL: u32 = 3;
const IMAGES: u64 = 1 << 8;
const PLACE: &str = "an article";
const EPOCH: i64 = 719_162;
const PRECISIONS: [Precision; 4] = [Precision::Year, Precision::Month, Precision::Day, Precision::Minute];

impl Stored {
    /// Its bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        self.write_marking_related().0
    }

    /// The same, and where in them the list of related articles is.
    #[must_use]
    pub fn write_marking_related(&self) -> (Vec<u8>, Range<usize>) {
        let article = &self.article;
        let optional = [&article.lead, &article.byline, &article.source, &article.category, &article.url];
        let mut flags = u64::from(article.title_derived) * TITLE_DERIVED
            + u64::from(article.published.is_some()) * PUBLISHED
            + u64::from(article.event.is_some()) * EVENT
            + u64::from(!article.images.is_empty()) * IMAGES;
        for (at, text) in optional.iter().enumerate() {
            flags |= u64::from(text.is_some()) << (OPTIONAL + at as u32);
        }
        let mut out = Vec::new();
        varint::write(flags, &mut out);
        letters::write(&article.id, &mut out);
        letters::write(&article.title, &mut out);
        for date in [&article.published, &article.event].into_iter().flatten() {
            write_date(date, &mut out);
        }
        optional.into_iter().flatten().for_each(|text| letters::write(text, &mut out));
        write_list(&article.tags, &mut out, |tag, out| letters::write(tag, out));
        letters::write(&self.facts, &mut out);
        write_list(&article.attachments, &mut out, |attachment, out| {
            letters::write(&attachment.name, out);
            letters::write(&attachment.url, out);
        });
        let related_at = out.len();
        write_related(&self.related, &mut out);
        let related = related_at..out.len();
        write_list(&article.blocks, &mut out, |block, out| {
            varint::write(block.kind as u64, out);
            letters::write(&block.text, out);
        });
        if !article.images.is_empty() {
            write_list(&article.images, &mut out, |image, out| {
                letters::write(&image.url, out);
                letters::write(image.caption.as_deref().unwrap_or_default(), out);
                varint::write(image.before.min(article.blocks.len()) as u64, out);
            });
        }
        (out, related)
    }

    /// Reads what [`Stored::write`] wrote.
    ///
    /// # Errors
    /// `damaged` when it is cut or holds what no article has.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes, PLACE);
        let flags = reader.varint()?;
        let mut article = Article {
            title_derived: flags & TITLE_DERIVED != 0,
            id: letters::read(&mut reader)?,
            title: letters::read(&mut reader)?,
            ..Article::default()
        };
        if flags & PUBLISHED != 0 {
            article.published = Some(read_date(&mut reader)?);
        }
        if flags & EVENT != 0 {
            article.event = Some(read_date(&mut reader)?);
        }
        let optional =
            [&mut article.lead, &mut article.byline, &mut article.source, &mut article.category, &mut article.url];
        for (at, text) in optional.into_iter().enumerate() {
            if flags >> (OPTIONAL + at as u32) & 1 != 0 {
                *text = Some(letters::read(&mut reader)?);
            }
        }
        article.tags = read_list(&mut reader, letters::read)?;
        let facts = letters::read(&mut reader)?;
        article.attachments = read_list(&mut reader, |reader| {
            Ok(Attachment { name: letters::read(reader)?, url: letters::read(reader)? })
        })?;
        let related = read_list(&mut reader, Reader::u32)?;
        article.blocks = read_list(&mut reader, |reader| {
            let kind = BlockKind::ALL.get(reader.bounded(BlockKind::ALL.len())?);
            let kind = *kind.ok_or_else(|| Error::damaged(PLACE, "a block's kind is unknown"))?;
            Ok(Block { kind, text: letters::read(reader)? })
        })?;
        if flags & IMAGES != 0 {
            let blocks = article.blocks.len();
            article.images = read_list(&mut reader, |reader| {
                let url = letters::read(reader)?;
                let caption = Some(letters::read(reader)?).filter(|caption| !caption.is_empty());
                Ok(Image { url, caption, before: reader.bounded(blocks)? })
            })?;
        }
        if reader.is_done() {
            Ok(Stored { article, facts, related })
        } else {
            Err(Error::damaged(PLACE, "it has the wrong length"))
        }
    }
}

/// Appends a list of related articles.
pub fn write_related(related: &[u32], out: &mut Vec<u8>) {
    write_list(related, out, |doc, out| varint::write(u64::from(*doc), out));
}

fn write_list<T>(items: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    varint::write(items.len() as u64, out);
    items.iter().for_each(|item| write(item, out));
}

fn read_list<'a, T>(reader: &mut Reader<'a>, read: impl Fn(&mut Reader<'a>) -> Result<T>) -> Result<Vec<T>> {
    // Every item has at least one byte, so a lying count cannot reserve more than the bytes there are.
    let count = reader.bounded(reader.rest().len())?;
    (0..count).map(|_| read(reader)).collect()
}

fn write_date(date: &Date, out: &mut Vec<u8>) {
    // A text that only repeats the date is not kept.
    letters::write(if date.text == date.iso() { "" } else { &date.text }, out);
    varint::write((i64::from(date.day.0) + EPOCH).unsigned_abs(), out);
    varint::write(date.precision as u64 * 2 + u64::from(date.inferred), out);
    if date.precision == Precision::Minute {
        varint::write(u64::from(date.minute.unwrap_or(0)), out);
    }
}

fn read_date(reader: &mut Reader<'_>) -> Result<Date> {
    let wrong = || Error::damaged(PLACE, "a date is impossible");
    let text = letters::read(reader)?;
    let day = i64::try_from(reader.varint()?).map_err(|_| wrong())? - EPOCH;
    // The last day of the year 9999.
    let day = i32::try_from(day).ok().filter(|day| *day <= 2_932_896).ok_or_else(wrong)?;
    let code = reader.bounded(PRECISIONS.len() * 2 - 1)?;
    let precision = PRECISIONS[code / 2];
    let minute = match precision {
        Precision::Minute => Some(reader.bounded(1439)? as u16),
        _ => None,
    };
    let mut date = Date { text, day: Day(day), minute, precision, inferred: code % 2 == 1 };
    if date.text.is_empty() {
        date.text = date.iso();
    }
    Ok(date)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stored() -> Stored {
        let article = Article {
            id: "tin-1".into(),
            title: "Hội nghị".into(),
            published: Date::from_iso("2024-05-19T10:47+07:00"),
            event: Some(Date { inferred: true, ..Date::of_day("Sáng 16/5", Day::parse("2024-05-16").unwrap()) }),
            lead: Some("Sáng 16/5…".into()),
            source: Some("CTT".into()),
            tags: vec!["học tập".into()],
            blocks: vec![Block::new(BlockKind::Heading, "Kết quả"), Block::new(BlockKind::TableRow, "a\tb")],
            attachments: vec![Attachment { name: "Kế hoạch".into(), url: "https://example.vn/a.pdf".into() }],
            images: vec![
                Image { url: "https://example.vn/a.jpg".into(), caption: Some("Hội trường".into()), before: 0 },
                Image { url: "https://example.vn/b.jpg".into(), caption: None, before: 2 },
            ],
            ..Article::default()
        };
        Stored { article, facts: r#"[[["01-KL/TW"]]]"#.into(), related: vec![3, 1] }
    }

    #[test]
    fn an_article_round_trips() {
        assert_eq!(Stored::read(&stored().write()), Ok(stored()));
        assert_eq!(Stored::read(&Stored::default().write()), Ok(Stored::default()));
    }

    #[test]
    fn an_article_without_pictures_has_no_byte_for_them() {
        let mut without = stored();
        without.article.images.clear();
        // The flags fit one byte; the last bytes are those of the last block.
        assert!(without.write()[0] < 0x80 && stored().write()[0] >= 0x80);
        assert!(without.write().ends_with("a\tb".as_bytes()));
    }

    #[test]
    fn a_picture_behind_the_last_block_is_damage() {
        let mut bytes = stored().write();
        *bytes.last_mut().unwrap() = 3;
        assert!(Stored::read(&bytes).is_err());
    }

    #[test]
    fn a_cut_article_is_an_error() {
        let bytes = stored().write();
        for end in 0..bytes.len() {
            assert!(Stored::read(&bytes[..end]).is_err(), "{end}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Stored::read(&bytes);
        }
    }
}
