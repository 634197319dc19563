//! timdoc, *tìm đọc*: a Vietnamese portal's articles become static files that any web page searches and reads in the
//! browser, offline, without a server.
//!
//! ```text
//! files ──ingest──► Article ──analysis──► terms, facts ──index──► segment ──bundle──► static files
//!                                                                                        │ fetch, Cache
//! view ◄──result── hits ◄──rank── candidates ◄──query── what the reader typed ◄──────────┘
//! ```
//!
//! | module | answers | where |
//! | --- | --- | --- |
//! | [`article`] | what is an article? | everywhere |
//! | [`analysis`] | how is text read: letters, marks, words, numbers of documents? | everywhere |
//! | [`facts`] | what does an article state: documents, people, places, awards, models, days? | everywhere |
//! | `ingest` | how does a file become articles? | native |
//! | [`index`] | which articles hold a term? | readers everywhere, writers native |
//! | [`bundle`] | how does the index lie in files? | readers everywhere, writers native |
//! | [`query`] | what was asked for? | everywhere |
//! | [`rank`] | which articles answer, and how well? | everywhere |
//! | [`result`] | what is shown of them? | everywhere |
//! | [`engine`] | all of this as one object that does no I/O | everywhere |
//! | `library` | the engine over a folder on disk | native |
//! | `bindings` | the engine for JavaScript | wasm32 |
//!
//! Modules use those above them in this table, never those below. Everything but `ingest`, the writers, `library` and
//! `bindings` is pure: no I/O, no clock, no threads.
//!
//! With the feature `native`:
//!
//! ```
//! # #[cfg(feature = "native")]
//! # fn main() -> timdoc::Result<()> {
//! use timdoc::{bundle, engine::Request, ingest, library::Library};
//!
//! let mut articles = Vec::new();
//! let text = "# Hội nghị sơ kết phong trào học tập\n\nSáng nay, phường tổ chức hội nghị.";
//! ingest::read("hoi-nghi.md", text.as_bytes(), &mut |article| articles.extend(article));
//!
//! let folder = tempfile::tempdir().map_err(|e| timdoc::Error::io("create", "a folder", &e))?;
//! bundle::publish::publish(&bundle::write::write(articles, &mut |_| ())?, folder.path())?;
//!
//! let mut library = Library::open(folder.path())?;
//! let found = library.search(&Request { text: "hoc tap".into(), ..Request::default() })?;
//! assert_eq!(found.hits[0].id, "hoi-nghi");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "native"))]
//! # fn main() {}
//! ```

#![forbid(unsafe_code)]

pub mod analysis;
pub mod article;
#[cfg(target_arch = "wasm32")]
pub mod bindings;
pub mod bundle;
pub mod collections;
pub mod engine;
mod error;
pub mod facts;
pub mod index;
#[cfg(feature = "native")]
pub mod ingest;
#[cfg(feature = "native")]
pub mod library;
pub mod query;
pub mod rank;
pub mod result;

pub use error::{Error, Result};
