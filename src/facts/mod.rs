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
//! | [`documents`] | which official documents does an article cite? |

#[cfg(feature = "native")]
mod awards;
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
mod stated;
#[cfg(feature = "native")]
mod words;

#[cfg(feature = "native")]
pub use extract::facts;

pub use stated::{
    Award, DateKind, DateNamed, Document, Facts, Mention, Model, Part, Person, Place, PlaceKind, PlaceRole,
};
