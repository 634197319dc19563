//! Articles to sequences of term numbers.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::analysis::Tokens;
use crate::article::Article;

/// Between blocks of text in a sequence: no pair reaches over it.
pub const BREAK: u32 = u32::MAX;
/// Articles that are analysed together; each part has its own dictionary, which are then joined in order.
const PART: usize = 128;

/// An article as numbers of terms.
#[derive(Debug, Clone, Default)]
pub struct Sequence {
    /// Terms in the order of the text: title, lead, body, then byline, source and tags; [`BREAK`] between blocks.
    pub terms: Vec<u32>,
    /// The title is `terms[..title]`.
    pub title: usize,
    /// The lead is `terms[title..lead]`.
    pub lead: usize,
    /// Joined words (`pa-nô` → panô) and whether they stand in the title and in the lead.
    pub joined: Vec<(u32, bool, bool)>,
}

impl Sequence {
    /// How many words it has, without breaks and joined words.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.terms.iter().filter(|term| **term != BREAK).count() as u32
    }
}

/// All articles as sequences of numbers of `terms`, which are in key order.
#[derive(Debug, Default)]
pub struct Analysed {
    /// The keys (letters, `0`, marks), ascending.
    pub terms: Vec<Vec<u8>>,
    /// One for each article.
    pub sequences: Vec<Sequence>,
}

/// Analyses articles.
#[must_use]
pub fn analyse(articles: &[Article]) -> Analysed {
    let parts: Vec<(Vec<Vec<u8>>, Vec<Sequence>)> = articles.par_chunks(PART).map(analyse_part).collect();
    let mut numbers: FxHashMap<Vec<u8>, u32> = FxHashMap::default();
    let mut maps = Vec::with_capacity(parts.len());
    let mut sequences = Vec::with_capacity(articles.len());
    for (terms, part) in parts {
        let mut map = Vec::with_capacity(terms.len());
        for key in terms {
            let next = numbers.len() as u32;
            map.push(*numbers.entry(key).or_insert(next));
        }
        maps.push(map);
        sequences.push(part);
    }
    let mut terms: Vec<(Vec<u8>, u32)> = numbers.into_iter().collect();
    terms.par_sort_unstable();
    let mut ranks = vec![0u32; terms.len()];
    for (rank, (_, number)) in terms.iter().enumerate() {
        ranks[*number as usize] = rank as u32;
    }
    let sequences = sequences
        .into_par_iter()
        .zip(maps)
        .flat_map_iter(|(part, map)| {
            let ranks = &ranks;
            part.into_iter().map(move |mut sequence| {
                let rank = |term: u32| ranks[map[term as usize] as usize];
                for term in sequence.terms.iter_mut().filter(|term| **term != BREAK) {
                    *term = rank(*term);
                }
                for joined in &mut sequence.joined {
                    joined.0 = rank(joined.0);
                }
                sequence
            })
        })
        .collect();
    Analysed { terms: terms.into_iter().map(|(key, _)| key).collect(), sequences }
}

fn analyse_part(articles: &[Article]) -> (Vec<Vec<u8>>, Vec<Sequence>) {
    let mut reader = Reader::default();
    let sequences = articles.iter().map(|article| reader.sequence(article)).collect();
    (reader.terms, sequences)
}

#[derive(Default)]
struct Reader {
    tokens: Tokens,
    numbers: FxHashMap<Vec<u8>, u32>,
    terms: Vec<Vec<u8>>,
    /// The terms of the article at hand; kept, so that a sequence takes no more memory than it needs.
    read: Vec<u32>,
}

impl Reader {
    fn sequence(&mut self, article: &Article) -> Sequence {
        let mut sequence = Sequence::default();
        self.read.clear();
        self.text(&article.title, &mut sequence, true, false);
        sequence.title = self.read.len();
        if let Some(lead) = &article.lead {
            self.text(lead, &mut sequence, false, true);
        }
        sequence.lead = self.read.len();
        let body = article.blocks.iter().map(|block| &block.text);
        let about = [&article.byline, &article.source, &article.category].into_iter().flatten();
        for text in body.chain(about).chain(&article.tags) {
            self.text(text, &mut sequence, false, false);
        }
        sequence.terms = self.read.as_slice().to_vec();
        sequence
    }

    fn text(&mut self, text: &str, sequence: &mut Sequence, title: bool, lead: bool) {
        self.tokens.read(text);
        for token in self.tokens.iter() {
            let number = match self.numbers.get(token.key) {
                Some(number) => *number,
                None => {
                    let next = self.terms.len() as u32;
                    self.numbers.insert(token.key.to_vec(), next);
                    self.terms.push(token.key.to_vec());
                    next
                }
            };
            if token.joined {
                sequence.joined.push((number, title, lead));
            } else {
                self.read.push(number);
            }
        }
        self.read.push(BREAK);
    }
}
