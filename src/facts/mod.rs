//! What does an article state? Facts found by rules, each with the place it was read from.
//!
//! | file | answers |
//! | --- | --- |
//! | [`dates`] | which days and times does a text name, and in which form? |
//! | [`documents`] | which official documents does an article cite? |
//!
//! Places, people, awards and models are not read yet.

pub mod dates;
pub mod documents;
