//! Whose post is it?
//!
//! | form | example |
//! | --- | --- |
//! | before the name | `Phó Bí thư Quận ủy, Chủ tịch HĐND quận Phạm Văn An`, `Giám đốc Sở, ông Lê Na` |
//! | after it | `Lê Na, Thành ủy viên, Bí thư Quận ủy`, `Lê Na - Giám đốc Sở`, `Lê Na (Giám đốc)`, `Lê Na là Giám đốc` |

use std::ops::Range;

use crate::facts::names::looks_foreign;
use crate::facts::words::{Gap, Words};

use super::find::Found;
use super::heads::{end_of_post, head_at};

/// Posts, as words.
pub(super) struct Posts {
    /// Those of each name.
    pub held: Vec<Vec<Range<usize>>>,
    /// All, with a name or without.
    pub all: Vec<Range<usize>>,
}

/// The posts in a text.
pub(super) fn posts(words: &Words<'_>, names: &[Found]) -> Posts {
    let mut held: Vec<Vec<Range<usize>>> = vec![Vec::new(); names.len()];
    let chains = chains(words, names);
    for chain in &chains {
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else { continue };
        let nearest = names.partition_point(|name| name.words.end <= first.start).checked_sub(1);
        let before = nearest.filter(|at| names.get(*at).is_some_and(|name| follows(words, name, first)));
        let next = names.partition_point(|name| name.words.start < last.end);
        let after = Some(next).filter(|at| names.get(*at).is_some_and(|name| leads_to(words, last, name)));
        match (before, after) {
            (Some(before), Some(after)) => {
                let (own, next) = chain.split_at(chain.len() - 1);
                give(&mut held, before, own);
                give(&mut held, after, next);
            }
            (None, Some(after)) => give(&mut held, after, chain),
            (Some(before), None) => give(&mut held, before, chain),
            (None, None) => {}
        }
    }
    Posts { held, all: chains.into_iter().flatten().collect() }
}

fn give(held: &mut [Vec<Range<usize>>], name: usize, posts: &[Range<usize>]) {
    if let Some(held) = held.get_mut(name) {
        held.extend_from_slice(posts);
    }
}

/// Posts in a row, commas between them.
fn chains(words: &Words<'_>, names: &[Found]) -> Vec<Vec<Range<usize>>> {
    let starts: Vec<usize> = names.iter().map(|name| name.introduced.unwrap_or(name.words.start)).collect();
    let in_name = |at: usize| {
        let next = names.partition_point(|name| name.words.end <= at);
        names.get(next).is_some_and(|name| name.words.contains(&at)) || starts.binary_search(&at).is_ok()
    };
    let mut chains: Vec<Vec<Range<usize>>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let head = if in_name(at) { None } else { head_at(words, at) };
        let Some(head) = head else {
            at += 1;
            continue;
        };
        let end = end_of_post(words, head, &in_name);
        let post = head.start..end;
        let joined = chains.last().and_then(|chain| chain.last()).is_some_and(|last| {
            last.end == post.start && matches!(words.gap(post.start), Gap::Comma | Gap::Dash | Gap::Space)
                || last.end + 1 == post.start
                    && matches!(words.low(last.end), "kiêm" | "và")
                    && words.gap(post.start) == Gap::Space
        });
        match chains.last_mut().filter(|_| joined) {
            Some(chain) => chain.push(post),
            None => chains.push(vec![post]),
        }
        at = end;
    }
    chains
}

/// Whether a post stands right after a name.
fn follows(words: &Words<'_>, name: &Found, post: &Range<usize>) -> bool {
    let end = name.words.end;
    match words.gap(end) {
        Gap::Comma | Gap::Dash | Gap::Open | Gap::Hyphen => {
            end == post.start || end + 1 == post.start && words.low(end) == "là"
                // "Lê Na (45 tuổi), Giám đốc", "Lê Na, 45 tuổi, Giám đốc"
                || end + 2 == post.start && words.low(end + 1) == "tuổi"
        }
        Gap::Space => {
            end + 1 == post.start && matches!(words.low(end), "là" | "làm")
                || end + 2 == post.start && words.has(end, "giữ chức")
                || end + 1 == post.start && words.low(end) == "hiện"
        }
        _ => false,
    }
}

/// Whether a post stands right before a name or its introduction.
fn leads_to(words: &Words<'_>, post: &Range<usize>, name: &Found) -> bool {
    let start = name.introduced.unwrap_or(name.words.start);
    if post.end == start {
        return match words.gap(start) {
            Gap::Space => true,
            // "Tổng thống Trump, ông Putin" are two.
            Gap::Comma if looks_foreign(words.low(start - 1)) => false,
            Gap::Comma | Gap::Dash | Gap::Colon | Gap::Hyphen => {
                name.introduced.is_some() || words.gap(start) == Gap::Colon
            }
            _ => false,
        };
    }
    // "Thủ tướng Nhật Bản Shinzo Abe": the country belongs to the post.
    post.end < start
        && start - post.end <= 2
        && (post.end..=start).all(|at| words.gap(at) == Gap::Space)
        && (post.end..start).all(|at| words.is_capital(at))
}
