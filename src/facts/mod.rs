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

pub mod dates;
pub mod documents;
mod stated;

pub use stated::{
    Award, DateKind, DateNamed, Document, Facts, Mention, Model, Part, Person, Place, PlaceKind, PlaceRole,
};

/// What an article states. It depends on the article alone.
///
/// ```
/// use timdoc::article::Article;
/// let lead = Some("Kết luận số 21-KL/TW có hiệu lực.".into());
/// let facts = timdoc::facts::facts(&Article { lead, ..Article::default() });
/// assert_eq!(facts.documents[0].number, "21-KL/TW");
/// ```
#[cfg(feature = "native")]
#[must_use]
pub fn facts(article: &crate::article::Article) -> Facts {
    Facts { documents: documents::documents(article), ..Facts::default() }
}
