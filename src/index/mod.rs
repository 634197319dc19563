//! Which articles hold a term? Readers of the index; the writers are in [`build`].
//!
//! ```text
//! key ──root FST──► block ──► entry ──► postings: article numbers and frequencies
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | [`field`] | which kinds of terms are there, and what are their keys? |
//! | [`root`] | here is a key: in which block is it? |
//! | [`block`] | here is a key: how many articles, and where are its postings? |
//! | [`groups`] | which block has the words of a number? |
//! | [`pair_block`] | the same for pairs of words, in few bits |
//! | [`postings`] | here is a list: which articles, how often? |
//! | [`columns`] | here is an article's number: which day, how long, in which page? |
//! | [`bits`], [`varint`] | how are numbers written? |
//! | [`crc`] | are these the bytes that were written? |

pub mod bits;
pub mod block;
#[cfg(feature = "native")]
pub mod build;
pub mod columns;
pub mod crc;
pub mod field;
pub mod groups;
pub mod pair_block;
pub mod postings;
pub mod root;
pub mod varint;
