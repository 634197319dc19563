//! Lists of articles with a score each, and how they are combined.

/// Articles with what a clause gives each, ascending.
pub(super) type Scores = Vec<(u32, Part)>;

/// What a clause gives one article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    pub score: f32,
    /// It is all in the title.
    pub title: bool,
}

impl Part {
    fn max(self, other: Part) -> Part {
        Part { score: self.score.max(other.score), title: self.title | other.title }
    }

    fn plus(self, other: Part) -> Part {
        Part { score: self.score + other.score, title: self.title & other.title }
    }
}

/// Articles of both lists, their scores added.
pub(super) fn intersect(found: Option<Scores>, other: Scores) -> Scores {
    let Some(found) = found else { return other };
    let mut other = other.into_iter().peekable();
    let mut both = Vec::new();
    for (doc, part) in found {
        while other.next_if(|(next, _)| *next < doc).is_some() {}
        if let Some((_, more)) = other.next_if(|(next, _)| *next == doc) {
            both.push((doc, part.plus(more)));
        }
    }
    both
}

/// Articles of either list, the better score of each.
pub(super) fn union(first: Scores, second: Scores) -> Scores {
    let mut both = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    loop {
        let next = match (first.peek(), second.peek()) {
            (Some(a), Some(b)) if a.0 == b.0 => {
                let (doc, part) = *a;
                let part = part.max(b.1);
                first.next();
                second.next();
                Some((doc, part))
            }
            (Some(a), Some(b)) if b.0 < a.0 => second.next(),
            (Some(_), _) => first.next(),
            (None, _) => second.next(),
        };
        match next {
            Some(next) => both.push(next),
            None => return both,
        }
    }
}

/// Articles of any list, the best score of each.
pub(super) fn union_all(mut lists: Vec<Scores>, articles: usize) -> Scores {
    let total: usize = lists.iter().map(Vec::len).sum();
    match lists.len() {
        0 => Vec::new(),
        1 => lists.pop().unwrap_or_default(),
        2 => lists.pop().into_iter().fold(lists.pop().unwrap_or_default(), union),
        _ if total * 8 < articles => lists.into_iter().fold(Scores::new(), union),
        _ => {
            let mut best: Vec<Option<Part>> = vec![None; articles];
            for (doc, part) in lists.into_iter().flatten() {
                if let Some(slot) = best.get_mut(doc as usize) {
                    *slot = Some(slot.map_or(part, |before| before.max(part)));
                }
            }
            (0u32..).zip(best).filter_map(|(doc, part)| part.map(|part| (doc, part))).collect()
        }
    }
}
