//! Articles to pages: each compressed alone, against a dictionary trained on them.
//!
//! Which articles are related is known only when the index is built, and until then the articles wait. They wait
//! packed, as the memory of a build is mostly theirs.

use rayon::prelude::*;

use super::{Primer, thousandths};
use crate::article::Article;
use crate::bundle::deflate::{Deflater, sample_step, train};
use crate::bundle::pages::{self, MAX_ARTICLE};
use crate::bundle::stored::Stored;
use crate::index::build::analyse::{Analysed, Analyser};
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
    /// How long each article is as stored.
    lengths: Vec<usize>,
    packed: Vec<u8>,
}

impl Packed {
    fn new(parts: Vec<Part>) -> Self {
        let bytes = parts.iter().flat_map(|part| &part.lengths).sum();
        Packed { parts, bytes }
    }

    /// Compresses all articles: the dictionary if it is a new one, the pages, and where each begins. `progress` is told
    /// now and then how many thousandths are done.
    ///
    /// # Errors
    /// When the compressor refuses, which it has no reason to.
    pub fn compress(
        self,
        related: &[Vec<u32>],
        primer: &Primer<'_>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<(Vec<u8>, Vec<u8>, PageTable)> {
        let trained = if matches!(primer, Primer::Trained) { self.train(related)? } else { Vec::new() };
        let dictionary = if let Primer::Shared(_, content) = primer { content } else { &trained[..] };
        let mut pages = pages::Writer::default();
        for (block, parts) in self.parts.chunks(TOGETHER).enumerate() {
            let deflated = parts.par_iter().enumerate().map_init(
                || Deflater::new(dictionary),
                |deflater, (at, part)| {
                    let first = (block * TOGETHER + at) * PART;
                    part.unpack(&related[first..])?
                        .iter()
                        .zip(first as u32..)
                        .map(|(bytes, doc)| Ok((deflater.deflate(bytes)?, bytes.len(), pages::checksum(doc, bytes))))
                        .collect()
                },
            );
            let deflated: Vec<Vec<(Vec<u8>, usize, u32)>> = deflated.collect::<Result<_>>()?;
            for (deflated, length, check) in deflated.iter().flatten() {
                pages.push(deflated, *length, *check);
            }
            progress(thousandths(block * TOGETHER + parts.len(), self.parts.len()));
        }
        let (bytes, table) = pages.finish();
        Ok((trained, bytes, table))
    }

    /// A dictionary for the articles, trained on some of them.
    fn train(&self, related: &[Vec<u32>]) -> Result<Vec<u8>> {
        let Some(step) = sample_step(self.bytes) else { return Ok(Vec::new()) };
        let samples = self.parts.par_iter().enumerate().map(|(at, part)| {
            let first = at * PART;
            let wanted = |number: &usize| (first + number).is_multiple_of(step);
            if !(0..part.lengths.len()).any(|number| wanted(&number)) {
                return Ok(Vec::new());
            }
            let articles = part.unpack(&related[first..])?.into_iter().enumerate();
            Ok(articles.filter(|(number, _)| wanted(number)).map(|(_, bytes)| bytes).collect())
        });
        let samples: Vec<Vec<Vec<u8>>> = samples.collect::<Result<_>>()?;
        let samples: Vec<&[u8]> = samples.iter().flatten().map(Vec::as_slice).collect();
        Ok(train(&samples, self.bytes))
    }
}

impl Part {
    fn new(articles: Vec<Article>, facts: Vec<String>) -> Result<Self> {
        let (mut lengths, mut all) = (Vec::with_capacity(articles.len()), Vec::new());
        for (article, facts) in articles.into_iter().zip(facts) {
            let stored = Stored { article, facts, related: Vec::new() };
            let bytes = stored.write();
            if bytes.len() > MAX_ARTICLE {
                let limit = format!("{} MiB", MAX_ARTICLE >> 20);
                return Err(Error::TooLarge { what: stored.article.id, limit });
            }
            lengths.push(bytes.len());
            all.extend_from_slice(&bytes);
        }
        let packed = zstd::bulk::compress(&all, PACKING).map_err(|error| Error::io("pack", "articles", &error))?;
        Ok(Part { lengths, packed })
    }

    /// The articles as they are stored, with their related articles; `related` begins with that of the first.
    fn unpack(&self, related: &[Vec<u32>]) -> Result<Vec<Vec<u8>>> {
        let length = self.lengths.iter().sum();
        let all =
            zstd::bulk::decompress(&self.packed, length).map_err(|error| Error::io("unpack", "articles", &error))?;
        let mut rest = &all[..];
        let mut articles = Vec::with_capacity(self.lengths.len());
        for (length, related) in self.lengths.iter().zip(related) {
            let (bytes, after) = rest.split_at_checked(*length).ok_or_else(|| Error::damaged("articles", "packed"))?;
            rest = after;
            articles.push(Stored { related: related.clone(), ..Stored::read(bytes)? }.write());
        }
        Ok(articles)
    }
}
