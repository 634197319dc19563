//! All facts of an article, in the order they build on each other: places are masked where people are looked for, posts
//! of people say which places are only mentioned, and awards stand in places.

use std::ops::Range;

use crate::article::Article;

use super::stated::parts;
use super::words::Words;
use super::{Facts, documents, people, places};

/// What an article states. It depends on the article alone.
///
/// ```
/// use timdoc::article::Article;
/// let lead = Some("Kết luận số 21-KL/TW có hiệu lực.".into());
/// let facts = timdoc::facts::facts(&Article { lead, ..Article::default() });
/// assert_eq!(facts.documents[0].number, "21-KL/TW");
/// ```
#[must_use]
pub fn facts(article: &Article) -> Facts {
    let texts: Vec<Words<'_>> = parts(article).map(|(part, text)| Words::new(part, text)).collect();
    let found = places::find(article, &texts);
    let people::People { people, posts } = people::people(article, &texts, &found.taken(texts.len()));
    let documents = documents::documents(article);
    let aside: Vec<Vec<Range<usize>>> = posts;
    let places = found.places(article, &texts, &aside);
    Facts { documents, people, places, ..Facts::default() }
}
