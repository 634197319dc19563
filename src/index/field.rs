//! The term dictionary's key spaces: one byte before each key says what kind of term it is.
//!
//! | byte | terms | key after it |
//! | --- | --- | --- |
//! | `w` | words | letters, `0`, marks |
//! | `p` | pairs of neighbouring words | letters, space, letters, `0`, marks, `0`, marks |
//! | `x` | first one or two letters of words | the letters |
//! | `i` | article ids | the id |
//! | `n` | numbers of official documents, full and short | see [`document_number`](crate::analysis::document_number) |
//! | others | facets, see [`Facet`] | folded label, `0`, label |

use crate::analysis::fold::fold;
use crate::analysis::marks::SEPARATOR;

/// Words.
pub const WORD: u8 = b'w';
/// Pairs of neighbouring words.
pub const PAIR: u8 = b'p';
/// Beginnings of words.
pub const BEGINNING: u8 = b'x';
/// Article ids.
pub const ID: u8 = b'i';

/// Numbers of official documents.
pub const DOCUMENT_NUMBER: u8 = b'n';

/// A field that articles can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The rubric (chuyên mục).
    Category,
    /// Who published it.
    Source,
    /// Official documents cited.
    Document,
    /// Key words.
    Tag,
    /// Units of administration it reports from.
    Place,
    /// People it names with a post.
    Person,
    /// What kinds of facts it states: `award`, `document`, `model`.
    Fact,
    /// The year of publication; not in the term dictionary: years are ranges of article numbers.
    Year,
}

impl Facet {
    /// All, in display order.
    pub const ALL: [Facet; 8] = [
        Facet::Category,
        Facet::Source,
        Facet::Year,
        Facet::Place,
        Facet::Fact,
        Facet::Document,
        Facet::Person,
        Facet::Tag,
    ];

    /// The name in requests and results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Facet::Category => "category",
            Facet::Source => "source",
            Facet::Document => "document",
            Facet::Tag => "tag",
            Facet::Place => "place",
            Facet::Person => "person",
            Facet::Fact => "fact",
            Facet::Year => "year",
        }
    }

    /// The facet of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Facet::ALL.into_iter().find(|facet| facet.name() == name)
    }

    /// The byte before its keys; `None` for [`Facet::Year`], which has none.
    #[must_use]
    pub fn tag(self) -> Option<u8> {
        match self {
            Facet::Category => Some(b'c'),
            Facet::Source => Some(b's'),
            Facet::Document => Some(b'd'),
            Facet::Tag => Some(b't'),
            Facet::Place => Some(b'l'),
            Facet::Person => Some(b'h'),
            Facet::Fact => Some(b'f'),
            Facet::Year => None,
        }
    }

    /// The key of a value; `None` for [`Facet::Year`].
    ///
    /// Documents are keyed by their normalised number, others by the folded label, so that values can be found by
    /// their beginning, typed with or without marks.
    #[must_use]
    pub fn key(self, label: &str) -> Option<Vec<u8>> {
        let mut key = vec![self.tag()?];
        match self {
            Facet::Document => key.extend_from_slice(document_key(label).as_bytes()),
            _ => key.extend_from_slice(fold(label).as_bytes()),
        }
        key.push(SEPARATOR);
        key.extend_from_slice(label.as_bytes());
        Some(key)
    }
}

/// `01-KL/TW` → `1-kl-tw`: folded, parts joined by hyphens, no leading zero. TƯ is TW (Trung ương) and not TU (Tỉnh ủy),
/// as which it would fold.
#[must_use]
pub fn document_key(number: &str) -> String {
    let folded = fold(&number.replace("TƯ", "TW")).replace(' ', "-");
    folded.trim_start_matches('0').to_owned()
}

/// The label of a facet key.
#[must_use]
pub fn label_of(key: &[u8]) -> Option<&str> {
    let at = key.iter().position(|b| *b == SEPARATOR)?;
    std::str::from_utf8(&key[at + 1..]).ok()
}

/// A key with its field's byte before it.
#[must_use]
pub fn key(field: u8, rest: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(rest.len() + 1);
    key.push(field);
    key.extend_from_slice(rest);
    key
}

/// The letters of a pair's key, with the field's byte; both marks follow after a separator each.
#[must_use]
pub fn pair_prefix(first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(first.len() + second.len() + 3);
    key.push(PAIR);
    key.extend_from_slice(first);
    key.push(b' ');
    key.extend_from_slice(second);
    key
}

/// The key of a pair, from the keys of its words.
#[must_use]
pub fn pair_key(first: &[u8], second: &[u8]) -> Vec<u8> {
    let (first_letters, first_marks) = crate::analysis::tokenize::split_key(first);
    let (second_letters, second_marks) = crate::analysis::tokenize::split_key(second);
    let mut key = pair_prefix(first_letters, second_letters);
    key.push(SEPARATOR);
    key.extend_from_slice(first_marks);
    key.push(SEPARATOR);
    key.extend_from_slice(second_marks);
    key
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::analysis::term_key;

    #[test]
    fn pairs_lie_beside_their_unmarked_forms() {
        let pair = |a: &str, b: &str| pair_key(&term_key(a).unwrap(), &term_key(b).unwrap());
        let prefix = pair_prefix(b"hoc", b"tap");
        assert!(pair("học", "tập").starts_with(&prefix));
        assert!(pair("hoc", "tạp").starts_with(&prefix));
        assert!(pair("học", "tập") != pair("học", "tạp"));
    }

    #[test]
    fn a_facet_key_gives_its_label_back() {
        for facet in [Facet::Category, Facet::Source, Facet::Document, Facet::Tag] {
            let key = facet.key("Văn hóa – Xã hội").unwrap();
            assert_eq!(label_of(&key), Some("Văn hóa – Xã hội"));
        }
    }

    #[test]
    fn document_numbers_are_keyed_without_form() {
        assert_eq!(document_key("01-KL/TW"), "1-kl-tw");
        assert_eq!(document_key("30/2020/NĐ-CP"), "30-2020-nd-cp");
        assert_eq!([document_key("08-NQ/TƯ"), document_key("08-NQ/TU")], ["8-nq-tw", "8-nq-tu"]);
    }
}
