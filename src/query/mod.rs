//! What did the reader ask for, and which articles answer?
//!
//! ```text
//! text ──parse──► Query ──expand──► terms of the index, each with its tier
//!   ▲                                  │
//!   └──────────── correct ◄────────────┘
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | [`parse`] | which words, phrases, exclusions and alternatives were typed? |
//! | [`expand`] | which terms of the index can each of them mean? |
//! | [`correct`] | what was meant where that makes no sense? |
//! | [`filter`] | which articles do facets, dates and exclusions leave? |

pub mod correct;
pub mod expand;
pub mod filter;
pub mod parse;
