//! All facts of an article, in the order they build on each other: places are masked where people are looked for, posts
//! of people say which places are only mentioned, and awards stand in places.

use std::ops::Range;

use crate::article::Article;

use super::documents::details;
use super::stated::parts;
use super::words::Words;
use super::{Facts, awards, documents, models, named_dates, people, places};

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
    let people::People { people, posts, names } = people::people(article, &texts, &found.taken(texts.len()));
    let mut documents = documents::documents(article);
    let issued = details::details(&mut documents, article, &texts, &names);
    let dates = named_dates::dates(article, &texts, &documents);
    let aside: Vec<Vec<Range<usize>>> =
        posts.into_iter().zip(issued).map(|(posts, issued)| sorted(posts, issued)).collect();
    let places = found.places(&texts, &aside);
    let awards = awards::awards(&texts, &places, &names);
    let models = models::models(&texts);
    Facts { documents, people, places, awards, models, dates }
}

/// Ranges of two kinds in order.
fn sorted(mut ranges: Vec<Range<usize>>, others: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.extend(others);
    ranges.sort_by_key(|range| range.start);
    ranges
}
