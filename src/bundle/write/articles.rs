//! Articles to pages: each compressed alone, against a dictionary trained on them.
//!
//! Which articles are related is known only when the index is built, and until then the articles wait. They wait
//! packed, as the memory of a build is mostly theirs.

use std::ops::Range;

use rayon::prelude::*;

use super::thousandths;
use crate::article::Article;
use crate::bundle::deflate::{Deflater, sample_step, train};
use crate::bundle::pages::{self, MAX_ARTICLE};
use crate::bundle::stored::{Stored, write_related};
use crate::index::build::analyse::{Analysed, Analyser};
use crate::index::build::related::RELATED;
use crate::index::columns::PageTable;
use crate::{Error, Result};

/// Articles that are packed together.
const PART: usize = 64;
/// Parts that are worked on before the next are begun: bounds the memory for what is unpacked.
const TOGETHER: usize = 64;
/// The fastest level of zstd, which takes a third of the memory for a fiftieth of a build's time.
const PACKING: i32 = 1;

/// Articles that wait, with what is known about them but their related articles.
pub struct Packed {
    parts: Vec<Part>,
    /// Bytes of all articles as stored.
    bytes: usize,
}

/// Reads the words of articles and packs them, each with its facts, so that few are in memory both ways. `progress` is told now and then how
/// many thousandths are done.
///
/// # Errors
/// `too_large` when one is too long.
pub fn take_in(
    articles: Vec<Article>,
    facts: Vec<String>,
    progress: &mut dyn FnMut(usize),
) -> Result<(Analysed, Packed)> {
    let analyser = Analyser::default();
    let (mut read, mut packed) = (Vec::new(), Vec::new());
    let count = articles.len();
    let mut rest = articles.into_iter().zip(facts);
    while rest.len() > 0 {
        let block: Vec<(Article, String)> = rest.by_ref().take(PART * TOGETHER).collect();
        let parts = block.into_par_iter().chunks(PART).map(|part| {
            let (articles, facts): (Vec<Article>, Vec<String>) = part.into_iter().unzip();
            Ok((analyser.read(&articles), Part::new(articles, facts)?))
        });
        for (sequences, part) in parts.collect::<Result<Vec<_>>>()? {
            read.push(sequences);
            packed.push(part);
        }
        progress(thousandths(count - rest.len(), count));
    }
    Ok((analyser.finish(read), Packed::new(packed)))
}

/// Some articles, one after the other, packed.
struct Part {
    articles: Vec<Place>,
    packed: Vec<u8>,
}

/// An article among others.
struct Place {
    /// How long it is as stored, as yet without related articles.
    length: usize,
    /// Where in it the list of these is.
    related: Range<usize>,
}

impl Packed {
    fn new(parts: Vec<Part>) -> Self {
        let bytes = parts.iter().flat_map(|part| &part.articles).map(|place| place.length).sum();
        Packed { parts, bytes }
    }

    /// A dictionary for the articles, trained on some of them, as yet without related articles.
    ///
    /// # Errors
    /// When the packer refuses what it packed, which it has no reason to.
    pub fn train(&self) -> Result<Vec<u8>> {
        let Some(step) = sample_step(self.bytes) else { return Ok(Vec::new()) };
        let samples = self.parts.par_iter().enumerate().map(|(at, part)| {
            let wanted = |number: usize| (at * PART + number).is_multiple_of(step);
            if !(0..part.articles.len()).any(wanted) {
                return Ok(Vec::new());
            }
            let all = part.unpack()?;
            let articles = part.each(&all).enumerate().filter(|(number, _)| wanted(*number));
            articles.map(|(_, article)| Ok(article?.0.to_vec())).collect()
        });
        let samples: Vec<Vec<Vec<u8>>> = samples.collect::<Result<_>>()?;
        let samples: Vec<&[u8]> = samples.iter().flatten().map(Vec::as_slice).collect();
        Ok(train(&samples, self.bytes))
    }

    /// Compresses all articles against a dictionary, each with its related ones: the pages, and where each begins.
    /// `progress` is told now and then how many thousandths are done.
    ///
    /// # Errors
    /// When the compressor refuses, which it has no reason to.
    pub fn compress(
        self,
        related: &[Vec<u32>],
        dictionary: &[u8],
        progress: &mut dyn FnMut(usize),
    ) -> Result<(Vec<u8>, PageTable)> {
        let mut pages = pages::Writer::default();
        let (count, mut rest) = (self.parts.len(), self.parts.into_iter());
        for block in 0..count.div_ceil(TOGETHER) {
            let parts: Vec<Part> = rest.by_ref().take(TOGETHER).collect();
            let deflated = parts.par_iter().enumerate().map_init(
                || Deflater::new(dictionary),
                |deflater, (at, part)| {
                    let first = (block * TOGETHER + at) * PART;
                    let all = part.unpack()?;
                    let articles = part.each(&all).zip(&related[first..]).zip(first as u32..);
                    let deflate = |((article, related), doc): ((Result<Waiting<'_>>, &Vec<u32>), u32)| {
                        let bytes = article?.with_related(related);
                        Ok((deflater.deflate(&bytes)?, bytes.len(), pages::checksum(doc, &bytes)))
                    };
                    articles.map(deflate).collect()
                },
            );
            let deflated: Vec<Vec<(Vec<u8>, usize, u32)>> = deflated.collect::<Result<_>>()?;
            for (deflated, length, check) in deflated.iter().flatten() {
                pages.push(deflated, *length, *check);
            }
            progress(thousandths(count - rest.len(), count));
        }
        Ok(pages.finish())
    }
}

/// An article as stored, its list of related articles empty; and where in it that is.
struct Waiting<'a>(&'a [u8], Range<usize>);

impl Waiting<'_> {
    /// As it is stored in the end.
    fn with_related(&self, related: &[u32]) -> Vec<u8> {
        let Waiting(bytes, place) = self;
        let mut article = Vec::with_capacity(bytes.len() + RELATED * 3);
        article.extend_from_slice(&bytes[..place.start]);
        write_related(related, &mut article);
        article.extend_from_slice(&bytes[place.end..]);
        article
    }
}

impl Part {
    fn new(articles: Vec<Article>, facts: Vec<String>) -> Result<Self> {
        let (mut places, mut all) = (Vec::with_capacity(articles.len()), Vec::new());
        for (article, facts) in articles.into_iter().zip(facts) {
            let stored = Stored { article, facts, related: Vec::new() };
            let (bytes, related) = stored.write_marking_related();
            if bytes.len() > MAX_ARTICLE {
                let limit = format!("{} MiB", MAX_ARTICLE >> 20);
                return Err(Error::TooLarge { what: stored.article.id, limit });
            }
            places.push(Place { length: bytes.len(), related });
            all.extend_from_slice(&bytes);
        }
        let mut packed = zstd::bulk::compress(&all, PACKING).map_err(|error| Error::io("pack", "articles", &error))?;
        packed.shrink_to_fit(); // it was made for the worst case
        Ok(Part { articles: places, packed })
    }

    /// All its articles, one after the other.
    fn unpack(&self) -> Result<Vec<u8>> {
        let length = self.articles.iter().map(|place| place.length).sum();
        zstd::bulk::decompress(&self.packed, length).map_err(|error| Error::io("unpack", "articles", &error))
    }

    /// Each of its articles, `all` as [`Part::unpack`] gave them.
    fn each<'a>(&'a self, all: &'a [u8]) -> impl Iterator<Item = Result<Waiting<'a>>> {
        let mut rest = all;
        self.articles.iter().map(move |place| {
            let short = || Error::damaged("articles", "packed");
            let (article, after) = rest.split_at_checked(place.length).ok_or_else(short)?;
            rest = after;
            Ok(Waiting(article, place.related.clone()))
        })
    }
}
