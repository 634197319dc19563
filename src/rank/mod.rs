//! How well does an article answer? Weights and formulas; which articles match is decided in [`query`](crate::query).

pub mod bm25;
pub mod tiers;
pub mod weights;

pub use weights::Weights;
