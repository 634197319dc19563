//! Articles deflated on their own against one dictionary, so that any of them can be fetched alone and inflated by the
//! browser.
//!
//! A browser's `DecompressionStream("deflate-raw")` takes no dictionary, but a deflate stream may begin with a stored
//! block: the dictionary as one stored block, then the article's own stream; the dictionary's bytes are dropped from
//! what comes out. [`primer`] is that block; the page does the same.

use flate2::{Compress, Compression, FlushCompress, write::DeflateDecoder, write::DeflateEncoder};
use std::io::{Read, Write};

use crate::{Error, Result};

/// Most bytes of a dictionary: the window of deflate.
pub const DICTIONARY: usize = 32 * 1024;
/// Below this much text a dictionary costs more than it saves.
const LEAST_TEXT: usize = 256 * 1024;
/// Text the dictionary is trained on.
const SAMPLE: usize = 4 << 20;

/// Every how many-th of a library's articles, of `total` bytes as stored, its dictionary is trained on; `None` for a
/// small library, which has no dictionary.
#[must_use]
pub fn sample_step(total: usize) -> Option<usize> {
    (total >= LEAST_TEXT).then_some((total / SAMPLE).max(1))
}

/// Trains a dictionary on a sample of a library's articles, of `total` bytes as stored.
///
/// The trainer is zstd's (fast COVER: Collet, Skibinski; Liao, Petri, Moffat, Wirth 2016, *Effective construction of
/// relative Lempel-Ziv dictionaries*); its output is used as plain content.
#[must_use]
pub fn train(articles: &[&[u8]], total: usize) -> Vec<u8> {
    let samples: Vec<&[u8]> = articles.iter().map(|article| &article[..article.len().min(8192)]).collect();
    let size = DICTIONARY.min(total / 16);
    zstd::dict::from_samples(&samples, size).unwrap_or_default()
}

/// The level articles are deflated at: at 9 they are 0.28 % shorter, and a whole build takes a sixth more.
const LEVEL: u32 = 8;

/// Deflates articles, each on its own, against a dictionary. It is made once for many: its tables take 0.3 MB.
pub struct Deflater<'a> {
    compress: Compress,
    dictionary: &'a [u8],
}

impl<'a> Deflater<'a> {
    /// With a dictionary, which may be empty.
    #[must_use]
    pub fn new(dictionary: &'a [u8]) -> Self {
        Deflater { compress: Compress::new(Compression::new(LEVEL), false), dictionary }
    }

    /// Deflates one article.
    ///
    /// # Errors
    /// When the compressor refuses, which it has no reason to.
    pub fn deflate(&mut self, article: &[u8]) -> Result<Vec<u8>> {
        let wrong = |_| Error::input("an article", "it could not be compressed");
        self.compress.reset();
        if !self.dictionary.is_empty() {
            self.compress.set_dictionary(self.dictionary).map_err(wrong)?;
        }
        let mut out = Vec::with_capacity(article.len() / 2 + 64);
        loop {
            let read = usize::try_from(self.compress.total_in()).unwrap_or(usize::MAX);
            let rest = article.get(read..).unwrap_or(&[]);
            match self.compress.compress_vec(rest, &mut out, FlushCompress::Finish).map_err(wrong)? {
                flate2::Status::StreamEnd => return Ok(out),
                _ => out.reserve(out.capacity().max(64)),
            }
        }
    }
}

/// Deflates bytes that stand alone, such as the dictionary.
///
/// # Errors
/// When the compressor refuses, which it has no reason to.
pub fn deflate_alone(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(9));
    let wrong = |error| Error::io("compress", "the dictionary", &error);
    encoder.write_all(bytes).map_err(wrong)?;
    encoder.finish().map_err(wrong)
}

/// A dictionary as one stored block of deflate: to be put before an article's stream. Empty for an empty dictionary.
#[must_use]
pub fn primer(dictionary: &[u8]) -> Vec<u8> {
    if dictionary.is_empty() {
        return Vec::new();
    }
    let length = dictionary.len().min(DICTIONARY) as u16;
    let mut block = vec![0];
    block.extend_from_slice(&length.to_le_bytes());
    block.extend_from_slice(&(!length).to_le_bytes());
    block.extend_from_slice(dictionary);
    block
}

/// Inflates an article of `length` bytes behind a [`primer`].
///
/// # Errors
/// `damaged` when the stream is broken or gives more than it should.
pub fn inflate(deflated: &[u8], primer: &[u8], length: usize) -> Result<Vec<u8>> {
    let wrong = || Error::damaged("an article", "it cannot be inflated");
    let prefix = primer.len().saturating_sub(5);
    let limit = prefix + length;
    let mut decoder = DeflateDecoder::new(Limited { bytes: Vec::with_capacity(limit), limit });
    decoder.write_all(primer).and_then(|()| decoder.write_all(deflated)).map_err(|_| wrong())?;
    let mut out = decoder.finish().map_err(|_| wrong())?.bytes;
    if out.len() != limit {
        return Err(wrong());
    }
    out.drain(..prefix);
    Ok(out)
}

/// The most a deflate stream can grow: 258 bytes of two bits, rounded up.
const GROWTH: usize = 1032;

/// The file of a head: four bytes with its length, the lowest first, then raw deflate.
///
/// # Errors
/// When the compressor refuses, which it has no reason to.
pub fn deflate_head(head: &[u8]) -> Result<Vec<u8>> {
    let mut file = (head.len() as u32).to_le_bytes().to_vec();
    file.extend(deflate_alone(head)?);
    Ok(file)
}

/// The head in such a file.
///
/// # Errors
/// `damaged` when it cannot be inflated to the length that it states.
pub fn inflate_head(file: &[u8]) -> Result<Vec<u8>> {
    let wrong = || Error::damaged("the head of a segment", "it cannot be inflated");
    let (length, deflated) = file.split_first_chunk().ok_or_else(wrong)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > deflated.len().saturating_mul(GROWTH) {
        return Err(wrong());
    }
    inflate(deflated, &[], length).map_err(|_| wrong())
}

/// Inflates a bundle's dictionary.
///
/// # Errors
/// `damaged` when it cannot be inflated.
pub fn inflate_dictionary(deflated: &[u8]) -> Result<Vec<u8>> {
    let mut dictionary = Vec::new();
    let limit = DICTIONARY as u64 + 1;
    flate2::read::DeflateDecoder::new(deflated)
        .take(limit)
        .read_to_end(&mut dictionary)
        .map_err(|_| Error::damaged("the dictionary", "it cannot be inflated"))?;
    if dictionary.len() as u64 == limit {
        return Err(Error::damaged("the dictionary", "it is too long"));
    }
    Ok(dictionary)
}

/// Keeps what is written up to a limit, beyond which it fails: a stream cannot inflate without bound.
struct Limited {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Limited {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + piece.len() > self.limit {
            return Err(std::io::Error::other("longer than stated"));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn deflate(article: &[u8], dictionary: &[u8]) -> Result<Vec<u8>> {
        Deflater::new(dictionary).deflate(article)
    }

    #[test]
    fn what_was_deflated_before_does_not_show() {
        let mut deflater = Deflater::new("hội nghị của phường".as_bytes());
        let first = deflater.deflate("Hội nghị tổng kết của phường".as_bytes()).unwrap();
        deflater.deflate("Thông báo về hội nghị tổng kết".as_bytes()).unwrap();
        assert_eq!(deflater.deflate("Hội nghị tổng kết của phường".as_bytes()).unwrap(), first);
    }

    #[test]
    fn an_article_comes_back_with_and_without_dictionary() {
        let article = "Hội nghị sơ kết công tác dân vận của phường. ".repeat(40);
        for dictionary in [&b""[..], "công tác dân vận của phường, hội nghị sơ kết".as_bytes()] {
            let deflated = deflate(article.as_bytes(), dictionary).unwrap();
            let inflated = inflate(&deflated, &primer(dictionary), article.len()).unwrap();
            assert_eq!(inflated, article.as_bytes());
            assert!(inflate(&deflated, &primer(dictionary), article.len() - 1).is_err());
            assert!(inflate(&deflated[..deflated.len() / 2], &primer(dictionary), article.len()).is_err());
        }
    }

    #[test]
    fn a_dictionary_shortens_short_articles() {
        let dictionary = "Ủy ban nhân dân phường tổ chức hội nghị triển khai nhiệm vụ".as_bytes();
        let article = "Ủy ban nhân dân phường tổ chức hội nghị tổng kết".as_bytes();
        assert!(deflate(article, dictionary).unwrap().len() * 2 < deflate(article, b"").unwrap().len());
    }

    #[test]
    fn small_libraries_have_no_dictionary() {
        assert_eq!(sample_step(4), None);
    }
}
