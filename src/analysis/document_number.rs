//! Numbers of official documents (số hiệu văn bản): `01-KL/TW`, `30/2020/NĐ-CP`, `12/2022/QH15`,
//! `2231/SNV-CCHC&PC`. VIETNAMESE.md, section 5; the types are those of Decree 30/2020/NĐ-CP, appendix III, and of
//! the Party's documents.
//!
//! Three questions, three answers:
//! - [`find`]: which full numbers does this text hold, and under which keys does an index keep them?
//! - [`find_short`]: where does a text name a document without its body ("Kết luận 01", "KL 01")?
//! - [`parse_query`]: which document does a reader mean by `01kltw`, `ket luan 1` or `30/2020/nđ-cp`?
//!
//! # Keys
//!
//! A key is the parts of a number in ASCII lower case joined by `-`, the number without leading zeros, đ as `d`:
//!
//! | written | full key | short keys |
//! | --- | --- | --- |
//! | `01-KL/TW`, `01 – KL/TW` | `1-kl-tw` | `1-kl` |
//! | `30/2020/NĐ-CP` | `30-2020-nd-cp` | `30-nd`, `30-2020-nd` |
//! | `Luật số 12/2022/QH15` | `12-2022-qh15` | `12-qh15`, `12-2022-qh15`, `12-l`, `12-2022-l` |
//!
//! An index stores all [`DocumentNumber::keys`]; a query looks its one [`QueryNumber::key`] up exactly. A number that
//! is still being typed (`500-qd-q`) is a prefix of a stored key. A query number whose key no article holds is to be
//! searched as plain words.

mod find;
mod kinds;
mod query;
mod scan;

use std::ops::Range;

pub use find::{find, find_short};
pub use query::parse_query;

/// A full number found in a text.
///
/// ```
/// use timdoc::analysis::document_number::find;
/// let found = find("theo Nghị định số 30/2020/NĐ–CP của Chính phủ");
/// assert_eq!(found[0].number, "30/2020/NĐ-CP");
/// assert_eq!(found[0].key, "30-2020-nd-cp");
/// assert_eq!(found[0].keys().collect::<Vec<_>>(), ["30-2020-nd-cp", "30-nd", "30-2020-nd"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    /// The bytes of the text it covers, without the words before it.
    pub span: Range<usize>,
    /// The bytes with the type's name and "số" before it, when they are there: "Kết luận số 01-KL/TW".
    pub named_span: Range<usize>,
    /// The number to show: as written, with plain `-` and `/`, without inner spaces, codes in capitals.
    pub number: String,
    /// The full key.
    pub key: String,
    /// The keys that several documents may share: number and type, also with the year.
    pub short_keys: Vec<String>,
}

impl DocumentNumber {
    /// All keys an index stores for it: the full key first, none twice.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.key.as_str()).chain(self.short_keys.iter().map(String::as_str))
    }
}

/// A document named without its body, found in a text: "Kết luận 01", "KL 01", "Nghị định 30/2020".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortForm {
    /// The bytes of the text it covers, with the type's name.
    pub span: Range<usize>,
    /// The short key it stands for: `1-kl`, `30-2020-nd`. It means the document of the same article whose
    /// [`DocumentNumber::short_keys`] hold it, if there is exactly one.
    pub key: String,
}

/// The document a reader asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryNumber {
    /// The bytes of the query it covers, with the type's name and "số"; the rest of the query remains words.
    pub span: Range<usize>,
    /// The key to look up: a full key or a short one.
    pub key: String,
    /// True for a full key, which means one document (of several terms of office, perhaps); false when several
    /// documents may share the key.
    pub exact: bool,
}

/// Joins a number, a year and codes to a key. `number` is digits; its leading zeros go.
fn join_key<'a>(number: &str, year: Option<&'a str>, codes: impl IntoIterator<Item = &'a str>) -> String {
    let number = number.trim_start_matches('0');
    let mut key = String::from(if number.is_empty() { "0" } else { number });
    for part in year.into_iter().chain(codes) {
        key.push('-');
        key.push_str(part);
    }
    key
}
