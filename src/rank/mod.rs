//! Which articles answer, and how well?
//!
//! | file | answers |
//! | --- | --- |
//! | [`evaluate`] | which articles have what was asked, and what do they score? |
//! | [`bm25`] | what does a term count in an article? |
//! | `scores` | how are lists of articles combined? |
//! | [`tiers`] | what does a form of a word count whose marks differ from the query's? |
//! | [`weights`] | which weights are there, and what do 0 and 1 do? |

pub mod bm25;
pub mod evaluate;
mod scores;
pub mod tiers;
pub mod weights;

pub use weights::Weights;
