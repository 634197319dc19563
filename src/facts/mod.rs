//! What does an article state? Facts found by rules, each with the places it was read from.
//!
//! ```text
//! Article ──dates, documents, people, places, awards, models──► Facts { each with its mentions }
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | `stated` | what is a fact? The types, the same everywhere |
//! | [`dates`] | which days and times does a text name, and in which form? |
//! | [`documents`] | which official documents does an article cite? `details`: of which day, by whom, about what? |
//! | `words` | where are the words of a text, and what stands between them? |
//! | `signs` | which rules may begin at a word? |
//! | `names` | which words are names of people? |
//! | `people` | who is named, and which posts do they hold? |
//! | `places` | which units of administration are named, and which is the article about? |
//! | `awards` | how many collectives and individuals were commended, by whom, with what? |
//! | `models` | which models, movements and works are named? |
//! | `named_dates` | which days are named, and what are they the days of? |
//! | `compact` | how are facts stored beside their article? |
//! | `extract` | all of it, in the order the parts build on each other |
//! | `table` | what do many articles state together, each thing counted once? |
//!
//! Everything but `stated`, `dates` and `documents` is native: the browser is given the facts that a build found.
//!
//! What counts, so that figures can be compared: **people** by names of two words or more, Vietnamese ones that begin with
//! a family name and others where a title, a post or a word such as "ông" stands beside them; **places** by units of
//! Vietnam with their type's word, provinces also alone; **dates** by day or month, those without a year only when the
//! article is dated; **awards** by numbers of *tập thể* and *cá nhân*, prizes of contests aside.

#[cfg(feature = "native")]
mod awards;
#[cfg(feature = "native")]
pub mod compact;
pub mod dates;
pub mod documents;
#[cfg(feature = "native")]
mod extract;
#[cfg(feature = "native")]
mod models;
#[cfg(feature = "native")]
mod named_dates;
#[cfg(feature = "native")]
mod names;
#[cfg(feature = "native")]
mod people;
#[cfg(feature = "native")]
mod places;
#[cfg(feature = "native")]
mod signs;
mod stated;
#[cfg(feature = "native")]
pub mod table;
#[cfg(feature = "native")]
mod words;

#[cfg(feature = "native")]
pub use extract::facts;

pub use stated::{
    Award, DateKind, DateNamed, Document, Facts, Mention, Model, Part, Person, Place, PlaceKind, PlaceRole,
};
