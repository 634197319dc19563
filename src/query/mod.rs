//! What did the reader ask for, and which articles answer?
//!
//! ```text
//! text ──parse──► Query ──expand──► terms of the index, each with its tier ──plan──► matching articles, scored
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | [`parse`] | which words, phrases, exclusions and alternatives were typed? |
//! | [`expand`] | which terms of the index can each of them mean? |
//! | [`plan`] | which articles have them, and how do they score? |
//! | [`filter`] | which articles do facets, dates and exclusions leave? |

pub mod expand;
pub mod filter;
pub mod parse;
pub mod plan;
