//! Every weight of the ranking, with what 0 and 1 do.

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
    /// Tier 2, marks left open by a query that has marks elsewhere. 0: not found by rank; 1: like exact.
    pub query_open: f32,
    /// Tier 3, marks left open by the article. 0: not found by rank; 1: like exact.
    pub article_open: f32,
    /// How much less a rare form counts than the most frequent one where the query leaves marks open.
    /// 0: all forms count alike; 1: in proportion to how many articles have them.
    pub rare_form: f32,
    /// A word that goes on after what was typed. 0: counts nothing; 1: like a whole word.
    pub unfinished: f32,
    /// Added, times the best score, when the title holds every word asked for. 0: nothing; 1: doubles the score.
    pub title_whole: f32,
    /// Added, times the best score, to the newest article, less to older ones. 0: dates do not matter.
    pub recency: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            k1: 1.2,
            b: 0.6,
            title: 3.0,
            lead: 1.0,
            pair: 1.5,
            query_open: 0.6,
            article_open: 0.4,
            rare_form: 0.25,
            unfinished: 0.7,
            title_whole: 0.15,
            recency: 0.01,
        }
    }
}
