//! Which articles answer, and how well?
//!
//! | file | answers |
//! | --- | --- |
//! | [`evaluate`] | which articles have what was asked, and what do they score? |
//! | [`bm25`] | what does a term count in an article? |
//! | `scores` | how are lists of articles combined? |
//! | [`common`] | which lists of a large segment need not be read? |
//! | [`tiers`] | what does a form of a word count whose marks differ from the query's? |
//! | [`weights`] | which weights are there, and what do 0 and 1 do? |
//!
//! # The score of an article
//!
//! ```text
//!   (Σ words  idf × saturation × tier  +  pair × Σ neighbours  +  phrase × together^sharp × Σ idf)
//! × complete × title_whole      if it has all words            × share^coverage  if it lacks some
//! × recency × acronym × sequence   acronym: for what widens the query; sequence: read in the thirteen best
//! ```
//!
//! # What was tried
//!
//! nDCG@10 of news_topics as written / without marks, and of headlines without marks; MRR@10 of known items: spans
//! without marks, spans from the body, scattered words with / without marks. 10,000 to 12,600 articles. Each row adds to
//! the one before.
//!
//! | | topics | headlines | span | body span | scattered |
//! | --- | --- | --- | --- | --- | --- |
//! | all words required, then the rest; pairs × 1.5; forms by their own frequency | .859 / .824 | .746 | .852 | .795 | .933 / .763 |
//! | what lacks words stands among the rest; forms by their neighbours | .889 / .883 | .850 | .823 | .787 | .883 / .699 |
//! | pairs × 0.5, title × 5, k1 2 | .915 / .909 | .838 | .808 | .637 | .935 / .763 |
//! | a bonus when all neighbours stand together, sharply: `phrase`, `sharp` | .910 / .901 | .838 | .867 | .849 | .937 / .764 |
//! | all words count more in short queries: `complete` by length | .908 / .900 | .839 | .864 | .849 | .937 / .787 |
//! | the first twenty are read (thirteen by now): whole query word by word first | .908 / .900 | .849 | .898 | .886 | .942 / .795 |
//! | names written together and apart answer each other | .911 / .904 | .862 | .899 | .879 | .940 / .796 |
//!
//! * Reading ten texts instead of twenty saves 3 to 23 KB of a first search and costs spans from the body .025 of
//!   success@10.
//! * Longest run and best passage of the texts read, beside the whole query: headlines + .002, topics − .001. Left out.
//! * A pair that no article has must count in the whole of the neighbours: else one chance pair of scattered words is
//!   taken for the phrase (scattered .935 → .879).
//! * Pairs with one word between them are not kept: they would take about as much again as the pairs that are, half of
//!   the terms and postings. Estimated, not built.

pub mod bm25;
pub mod common;
pub mod evaluate;
mod scores;
pub mod tiers;
pub mod weights;

pub use weights::Weights;
