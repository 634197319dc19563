//! Pages of articles: slotted pages, so that a table of 2 bits an article finds any of them.
//!
//! ```text
//! page    = u16 where in this page the first record begins that begins in it (65535: none), then 1,022 bytes
//! record  = varint bytes of the deflated article · varint bytes of the article · crc32 of the article · deflate
//! ```
//!
//! Records follow each other without gaps and run over page borders. The head's page table says in which page each
//! article begins; the page says where; records before it in the same page are passed over by their lengths.
//!
//! The alternative, an exact offset per article, costs 10 to 12 bits an article, which every reader loads before the
//! first result: 125 KB at 100,000 articles against 24 KB, for about one more kilobyte fetched per article.

use crate::index::columns::PageTable;
use crate::index::crc::crc32_at;
use crate::index::varint::{self, Reader};
use crate::{Error, Result};

/// Bytes of a page.
pub const PAGE: usize = 1024;
const SLOT: usize = 2;
const NONE: u16 = u16::MAX;
const PLACE: &str = "an article";
/// The tag of articles in checksums.
const TAG: u8 = b'a';
/// Most bytes of one article as stored.
pub const MAX_ARTICLE: usize = 64 << 20;

/// An article's record, as found in its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The deflated article (raw deflate, against the bundle's dictionary).
    pub deflated: Vec<u8>,
    /// Its length when inflated, in bytes.
    pub length: usize,
    /// The checksum of the inflated bytes, with the article's number.
    pub check: u32,
}

impl Record {
    /// Whether inflated bytes are the article's.
    #[must_use]
    pub fn matches(&self, doc: u32, inflated: &[u8]) -> bool {
        inflated.len() == self.length && crc32_at(TAG, u64::from(doc), inflated) == self.check
    }
}

/// Packs records into pages.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    first: Vec<u32>,
}

impl Writer {
    /// Appends the next article: its deflated bytes and its inflated length and checksum.
    pub fn push(&mut self, deflated: &[u8], length: usize, check: u32) {
        let mut record = Vec::with_capacity(deflated.len() + 12);
        varint::write(deflated.len() as u64, &mut record);
        varint::write(length as u64, &mut record);
        record.extend_from_slice(&check.to_le_bytes());
        record.extend_from_slice(deflated);
        self.open_page();
        let page = self.bytes.len() / PAGE;
        let slot = page * PAGE;
        if self.bytes[slot..slot + SLOT] == NONE.to_le_bytes() {
            let at = (self.bytes.len() - slot) as u16;
            self.bytes[slot..slot + SLOT].copy_from_slice(&at.to_le_bytes());
        }
        self.first.push(page as u32);
        let mut rest = &record[..];
        while !rest.is_empty() {
            self.open_page();
            let room = PAGE - self.bytes.len() % PAGE;
            let (now, later) = rest.split_at(room.min(rest.len()));
            self.bytes.extend_from_slice(now);
            rest = later;
        }
    }

    fn open_page(&mut self) {
        if self.bytes.len().is_multiple_of(PAGE) {
            self.bytes.extend_from_slice(&NONE.to_le_bytes());
        }
    }

    /// All pages, the last one shorter, and the table.
    #[must_use]
    pub fn finish(self) -> (Vec<u8>, PageTable) {
        let pages = self.bytes.len().div_ceil(PAGE) as u32;
        (self.bytes, PageTable::from_pages(self.first, pages))
    }
}

/// The checksum of an article's stored bytes.
#[must_use]
pub fn checksum(doc: u32, inflated: &[u8]) -> u32 {
    crc32_at(TAG, u64::from(doc), inflated)
}

/// Finds the record that begins as number `before` (from 0) in the first of these consecutive pages.
///
/// # Errors
/// `damaged` when slots or lengths do not fit.
pub fn record(pages: &[u8], before: usize) -> Result<Record> {
    let short = || Error::damaged(PLACE, "its pages end too early");
    let slot = pages.get(..SLOT).ok_or_else(short)?;
    let start = usize::from(u16::from_le_bytes([slot[0], slot[1]]));
    if !(SLOT..PAGE).contains(&start) {
        return Err(Error::damaged(PLACE, "its page does not say where it begins"));
    }
    let mut stream = Vec::with_capacity(pages.len());
    for (number, page) in pages.chunks(PAGE).enumerate() {
        let from = if number == 0 { start } else { SLOT };
        stream.extend_from_slice(page.get(from..).unwrap_or(&[]));
    }
    let mut reader = Reader::new(&stream, PLACE);
    for _ in 0..before {
        let (deflated, _, _) = prefix(&mut reader)?;
        reader.bytes(deflated)?;
    }
    let (deflated, length, check) = prefix(&mut reader)?;
    Ok(Record { deflated: reader.bytes(deflated)?.to_vec(), length, check })
}

fn prefix(reader: &mut Reader<'_>) -> Result<(usize, usize, u32)> {
    Ok((reader.bounded(MAX_ARTICLE)?, reader.bounded(MAX_ARTICLE)?, reader.fixed_u32()?))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_article_is_found_in_its_pages(lengths in proptest::collection::vec(0usize..4000, 1..40)) {
            let articles: Vec<Vec<u8>> = lengths.iter().enumerate().map(|(n, length)| vec![n as u8; *length]).collect();
            let mut writer = Writer::default();
            for (doc, article) in articles.iter().enumerate() {
                writer.push(article, article.len(), checksum(doc as u32, article));
            }
            let (bytes, table) = writer.finish();
            for (doc, article) in articles.iter().enumerate() {
                let (pages, before) = table.pages_of(doc as u32).unwrap();
                let end = (pages.end as usize * PAGE).min(bytes.len());
                let record = record(&bytes[pages.start as usize * PAGE..end], before).unwrap();
                prop_assert!(record.matches(doc as u32, article));
                prop_assert!(!record.matches(doc as u32 + 1, article));
                prop_assert_eq!(&record.deflated, article);
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..3000), before in 0usize..5) {
            let _ = record(&bytes, before);
        }
    }
}
