//! How does an index become static files, and how are they read back? FORMAT.md, beside this file, is the definition.
//!
//! ```text
//! manifest.json ─► of each segment: head ─► terms-*.bin  postings-*.bin  articles-*.bin
//!                                   dictionary (segments may share one)
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | [`manifest`] | what does a bundle consist of? |
//! | [`head`] | here is a key: in which block is it? here is an article's number: in which page? |
//! | [`files`] | here is an offset: in which file? |
//! | [`ranges`] | which bytes are here already, which are still to be fetched? |
//! | [`segment`] | here is a key: which terms, which postings? here is an article's number: what is stored? |
//! | [`pages`] | here are pages: where is the article in them? |
//! | [`stored`] | here are its bytes: what does it say? |
//! | `letters` | how are its letters written? |
//! | [`sign`] | native: who vouches for the files? |
//! | [`deflate`], [`write`](mod@write), [`publish`], [`verify`] | native: from articles to a folder of files, and whether it is whole |

#[cfg(feature = "native")]
pub mod deflate;
pub mod files;
pub mod head;
mod letters;
pub mod manifest;
pub mod pages;
#[cfg(feature = "native")]
pub mod publish;
pub mod ranges;
pub mod segment;
#[cfg(feature = "native")]
pub mod sign;
pub mod stored;
#[cfg(feature = "native")]
pub mod verify;
#[cfg(feature = "native")]
pub mod write;
