//! Every weight of the ranking, with what 0 and 1 do.
//!
//! The defaults were found coordinate by coordinate on judged queries (half of those of the large sets, all of the two
//! small ones) and on known items of one seed; the other halves and other seeds were kept to check them
//! (`./build.sh bench quality --seed 2`).

use crate::{Error, Result};

/// The weights of the ranking. [`Weights::default`] is what a search uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// BM25's k1: how fast repeating a word stops helping. 0: only whether it occurs counts; 1 to 2 is usual.
    pub k1: f32,
    /// BM25's b: how much long articles are held back. 0: length does not matter; 1: fully by length.
    pub b: f32,
    /// Occurrences that one occurrence in the title counts as, beyond itself. 0: a title is like the body.
    pub title: f32,
    /// The same for the lead.
    pub lead: f32,
    /// What a pair counts against a word of the same rarity. 0: order and nearness do not matter; 1: as much.
    pub pair: f32,
    /// Added, times the words' rarity, to an article in which all neighbours of the query stand together; less where a
    /// part of them does, see [`Weights::sharp`]. 0: nothing; 1: as much as each word once more.
    pub phrase: f32,
    /// How much of a phrase must stand together before [`Weights::phrase`] is felt: the exponent of the part that does.
    /// 0: the bonus is everybody's; 1: in proportion; above: only nearly all of it counts.
    pub sharp: f32,
    /// Added, times its score, to an article in whose text the whole query stands word by word, if it is among the
    /// thirteen best. 0: nothing; 1: doubles the score.
    pub sequence: f32,
    /// Tier 2, marks left open by a query that has marks elsewhere. 0: not found by rank; 1: like exact.
    pub query_open: f32,
    /// Tier 3, marks left open by the article. 0: not found by rank; 1: like exact.
    pub article_open: f32,
    /// How much less a rare form counts than the most frequent one where the query leaves marks open.
    /// 0: all forms count alike; 1: in proportion to how many articles have them.
    pub rare_form: f32,
    /// How much the frequency of a form alone tells where its neighbours are judged too: the exponent of its part.
    /// 0: nothing; 1: in proportion.
    pub alone: f32,
    /// How many articles must have a form beside a neighbour of the query before it counts as meant. 0: one is enough;
    /// 1 or more: so many others are taken for chance.
    pub doubt: f32,
    /// A word that goes on after what was typed. 0: counts nothing; 1: like a whole word.
    pub unfinished: f32,
    /// Added, times the best score, when the title holds every word asked for. 0: nothing; 1: doubles the score.
    pub title_whole: f32,
    /// How much an article is held back that lacks words of the query: the exponent of the share it has, by weight.
    /// 0: missing words only do not count; 1: in proportion.
    pub coverage: f32,
    /// Added, times its score, to an article that has every word of a query of four words; of shorter queries more,
    /// of longer ones less, by the third power. 0: nothing; 1: doubles the score.
    pub complete: f32,
    /// An article is found that has at least this share of the query, by weight. 0: any word does; 1: all words.
    pub partial: f32,
    /// Added, times the best score, to the newest article, less to older ones. 0: dates do not matter.
    pub recency: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            k1: 2.0,
            b: 0.75,
            title: 5.0,
            lead: 2.0,
            pair: 0.5,
            phrase: 1.0,
            sharp: 12.0,
            sequence: 0.5,
            query_open: 0.6,
            article_open: 0.4,
            rare_form: 0.25,
            alone: 0.0,
            doubt: 20.0,
            unfinished: 0.9,
            title_whole: 0.15,
            coverage: 0.25,
            complete: 0.5,
            partial: 0.3,
            recency: 0.06,
        }
    }
}

impl Weights {
    /// The weights by name, in the order of the declaration.
    pub fn named(&mut self) -> [(&'static str, &mut f32); 19] {
        [
            ("k1", &mut self.k1),
            ("b", &mut self.b),
            ("title", &mut self.title),
            ("lead", &mut self.lead),
            ("pair", &mut self.pair),
            ("phrase", &mut self.phrase),
            ("sharp", &mut self.sharp),
            ("sequence", &mut self.sequence),
            ("query_open", &mut self.query_open),
            ("article_open", &mut self.article_open),
            ("rare_form", &mut self.rare_form),
            ("alone", &mut self.alone),
            ("doubt", &mut self.doubt),
            ("unfinished", &mut self.unfinished),
            ("title_whole", &mut self.title_whole),
            ("coverage", &mut self.coverage),
            ("complete", &mut self.complete),
            ("partial", &mut self.partial),
            ("recency", &mut self.recency),
        ]
    }

    /// Changes a weight by its name.
    ///
    /// # Errors
    /// `bad_request` when there is none of that name, or the value is not from 0 to 100.
    ///
    /// ```
    /// let mut weights = timdoc::rank::Weights::default();
    /// weights.set("pair", 2.0)?;
    /// assert!(weights.set("pear", 2.0).is_err());
    /// # Ok::<(), timdoc::Error>(())
    /// ```
    pub fn set(&mut self, name: &str, value: f32) -> Result<()> {
        if !(0.0..=100.0).contains(&value) {
            return Err(Error::bad_request(name, "a weight is a number from 0 to 100"));
        }
        let found = self.named().into_iter().find(|(known, _)| *known == name);
        let (_, weight) = found.ok_or_else(|| Error::bad_request(name, "there is no such weight"))?;
        *weight = value;
        Ok(())
    }
}
