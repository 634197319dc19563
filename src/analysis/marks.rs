//! The key of a term: folded letters, `0x00`, then its marks; and how two sets of marks compare.
//!
//! The letters come first so that every marked form of `hoc` lies together, a range scan of `hoc\0` finds them all,
//! and what the reader left open is decided by comparing the short tails.
//!
//! Bytes of the marks, never `0x00`:
//!
//! | byte | meaning |
//! | --- | --- |
//! | `0x80 \| position << 2 \| shape - 1` | the letter at `position` (0 to 31) has that shape, ascending |
//! | `1..=5` | a tone; one for a syllable, several only in words glued together |
//! | `6` | written with `y` where the letters say `i` (kỹ = kĩ); says how to show it, never compared |
//! | `7` | the source leaves marks open here (it dropped them, or they cannot be right) |

use std::cmp::Ordering;

/// Written with `y`, folded to `i`.
pub const WRITTEN_Y: u8 = 6;
/// The source leaves marks open.
pub const OPEN: u8 = 7;
/// Between the letters and the marks, and between the two tails of a pair.
pub const SEPARATOR: u8 = 0;

/// The byte of a shape at a letter's position; `None` beyond position 31.
#[must_use]
pub fn shape_byte(position: usize, shape: super::fold::Shape) -> Option<u8> {
    let position = u8::try_from(position).ok().filter(|p| *p < 32)?;
    Some(0x80 | position << 2 | (shape as u8 - 1))
}

/// How an article's word answers a query's word of the same letters. VIETNAMESE.md calls these the tiers; the
/// fourth, contradiction, is no match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The same marks.
    Exact,
    /// The query leaves marks open that the article has: `hoc` → học.
    QueryOpen,
    /// The article leaves marks open that the query has: `đường` → duong.
    ArticleOpen,
}

/// Compares a query's marks with an article's, both as in the table above. `None` is a contradiction.
///
/// ```
/// use timdoc::analysis::{Tier, compare_marks, term_key};
/// let tail = |word: &str| { let key = term_key(word).unwrap(); key[key.iter().position(|b| *b == 0).unwrap() + 1..].to_vec() };
/// assert_eq!(compare_marks(&tail("học"), &tail("học")), Some(Tier::Exact));
/// assert_eq!(compare_marks(&tail("hoc"), &tail("học")), Some(Tier::QueryOpen));
/// assert_eq!(compare_marks(&tail("đường"), &tail("đương")), None);
/// ```
#[must_use]
pub fn compare(query: &[u8], article: &[u8]) -> Option<Tier> {
    let open = article.contains(&OPEN);
    let (query_shapes, query_tones) = split(query);
    let (article_shapes, article_tones) = split(article);
    let mut tier = compare_shapes(query_shapes, article_shapes, open)?;
    if query_tones != article_tones {
        let step = match (query_tones.is_empty(), article_tones.is_empty()) {
            (true, false) => Tier::QueryOpen,
            (false, true) if open => Tier::ArticleOpen,
            _ => return None,
        };
        tier = tier.max(step);
    }
    Some(tier)
}

/// Walks two ascending lists of shape bytes.
fn compare_shapes(mut query: &[u8], mut article: &[u8], open: bool) -> Option<Tier> {
    let mut tier = Tier::Exact;
    loop {
        let order = match (query.first(), article.first()) {
            (None, None) => return Some(tier),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(q), Some(a)) => (q >> 2).cmp(&(a >> 2)),
        };
        match order {
            Ordering::Equal => {
                if query[0] != article[0] {
                    return None;
                }
                (query, article) = (&query[1..], &article[1..]);
            }
            Ordering::Less => {
                if !open {
                    return None;
                }
                tier = tier.max(Tier::ArticleOpen);
                query = &query[1..];
            }
            Ordering::Greater => {
                tier = tier.max(Tier::QueryOpen);
                article = &article[1..];
            }
        }
    }
}

/// Compares the tails of two pairs: both words must agree; the worse tier counts.
#[must_use]
pub fn compare_pair(query: (&[u8], &[u8]), article: &[u8]) -> Option<Tier> {
    let at = article.iter().position(|b| *b == SEPARATOR)?;
    let first = compare(query.0, &article[..at])?;
    let second = compare(query.1, &article[at + 1..])?;
    Some(first.max(second))
}

/// The shape bytes and the tone bytes of marks, without flags.
fn split(marks: &[u8]) -> (&[u8], &[u8]) {
    let tones = marks.iter().position(|b| *b < 0x80).unwrap_or(marks.len());
    let flags = marks.iter().position(|b| matches!(*b, WRITTEN_Y | OPEN)).unwrap_or(marks.len());
    (&marks[..tones], marks.get(tones..flags).unwrap_or(&[]))
}

/// Whether marks say anything about shape or tone.
#[must_use]
pub fn is_marked(marks: &[u8]) -> bool {
    marks.iter().any(|b| !matches!(*b, WRITTEN_Y | OPEN))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::analysis::term_key;

    fn tail(word: &str) -> Vec<u8> {
        let key = term_key(word).unwrap();
        let at = key.iter().position(|b| *b == SEPARATOR).unwrap();
        key[at + 1..].to_vec()
    }

    fn tier(query: &str, article: &str) -> Option<Tier> {
        compare(&tail(query), &tail(article))
    }

    #[test]
    fn the_same_marks_are_exact() {
        for word in ["học", "đường", "a", "nghiêng", "1"] {
            assert_eq!(tier(word, word), Some(Tier::Exact));
        }
    }

    #[test]
    fn marks_left_open_in_the_query_match_one_tier_below() {
        for (query, article) in [("hoc", "học"), ("tâp", "tập"), ("duong", "đường"), ("dường", "đường")]
        {
            assert_eq!(tier(query, article), Some(Tier::QueryOpen), "{query} {article}");
        }
    }

    #[test]
    fn contradictions_do_not_match() {
        for (query, article) in [("đường", "đương"), ("học", "hóc"), ("chó", "chò"), ("đường", "dường"), ("tân", "tăn")]
        {
            assert_eq!(tier(query, article), None, "{query} {article}");
        }
    }

    #[test]
    fn a_source_that_dropped_its_marks_matches_two_tiers_below() {
        let mut open = tail("duong");
        if !open.contains(&OPEN) {
            open.push(OPEN);
        }
        assert_eq!(compare(&tail("đường"), &open), Some(Tier::ArticleOpen));
        assert_eq!(compare(&tail("duong"), &open), Some(Tier::Exact));
    }

    #[test]
    fn tone_placement_and_letter_y_do_not_matter() {
        for (a, b) in
            [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("vịêt", "việt"), ("kĩ", "kỹ"), ("quí", "quý")]
        {
            assert_eq!(tier(a, b), Some(Tier::Exact), "{a} {b}");
        }
    }
}
