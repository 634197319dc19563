//! How is text read? One analyser, for index and query alike.
//!
//! ```text
//! text ──fold──► letters + marks ──tokenize──► tokens with spans and keys ──► terms
//!                      └─syllable─ which spelling is Vietnamese
//! ```
//!
//! | file | answers |
//! | --- | --- |
//! | [`fold`] | what is this character: letter, shape, tone? |
//! | [`syllable`] | is this spelled as a Vietnamese syllable, and how is it written? |
//! | [`marks`] | what is a term's key, and does an article's word answer a query's? |
//! | [`telex`] | which syllable do raw keystrokes spell? |
//! | [`tokenize`] | where are the words? |
//! | [`acronyms`] | what do UBND and the like stand for? |
//! | [`numerals`] | which number is `XIII`, and how is 13 written too? |
//! | [`near`] | which syllables are one slip of the fingers away? |
//! | [`glued`] | which words are written together here? |
//! | [`written`] | how is a key written as a word? |
//! | [`document_number`] | which official documents does it name? |

pub mod acronyms;
pub mod document_number;
pub mod fold;
pub mod glued;
pub mod marks;
pub mod near;
pub mod numerals;
pub mod syllable;
pub mod telex;
pub mod tokenize;
pub mod written;

pub use marks::{Tier, compare as compare_marks};
pub use tokenize::{Token, Tokens};

/// The key of a text's first word: folded letters, `0x00`, marks (see [`marks`]); `None` when it has no word.
#[must_use]
pub fn term_key(text: &str) -> Option<Vec<u8>> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    tokens.iter().next().map(|token| token.key.to_vec())
}
