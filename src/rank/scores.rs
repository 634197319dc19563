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

/// The best part of each article over several lists; kept from one slot to the next.
pub(super) struct Board {
    parts: Vec<Part>,
    has: Vec<bool>,
    docs: Vec<u32>,
}

impl Board {
    /// For that many articles.
    pub fn new(articles: usize) -> Self {
        Board { parts: vec![Part::default(); articles], has: vec![false; articles], docs: Vec::new() }
    }

    /// Notes what a list gives an article.
    pub fn note(&mut self, doc: u32, part: Part) {
        let at = doc as usize;
        if self.has[at] {
            self.parts[at] = self.parts[at].max(part);
        } else {
            (self.has[at], self.parts[at]) = (true, part);
            self.docs.push(doc);
        }
    }

    /// What was noted for an article.
    pub fn of(&self, doc: u32) -> Option<Part> {
        self.has[doc as usize].then(|| self.parts[doc as usize])
    }

    /// Gives what was noted, in any order, and begins anew.
    pub fn take(&mut self, mut give: impl FnMut(u32, Part)) {
        for doc in self.docs.drain(..) {
            self.has[doc as usize] = false;
            give(doc, self.parts[doc as usize]);
        }
    }

    /// The same as a list, ascending.
    pub fn take_sorted(&mut self) -> Scores {
        let has = (0u32..).zip(&self.has).filter(|(_, has)| **has);
        let scores = has.map(|(doc, _)| (doc, self.parts[doc as usize])).collect();
        self.take(|_, _| ());
        scores
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
