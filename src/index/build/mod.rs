//! Articles to a segment's index. Everything here gives the same bytes for the same articles, whatever the number of
//! threads: work is cut into parts that do not depend on it, and parts are joined in their order.
//!
//! ```text
//! articles ──analyse──► sequences of term numbers ──words, pairs, facets──► (key, postings) in key order
//!                                                 ├─groups: words as numbers       (bundle::write)
//!                                                 └─related
//! ```

pub mod analyse;
pub mod facets;
pub mod groups;
pub mod pairs;
pub mod related;
pub mod words;
