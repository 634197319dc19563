//! Where does a text count collectives and individuals?

use std::ops::Range;

use crate::facts::signs;
use crate::facts::words::{Case, Gap, Words};

use super::giving::{form_at, is_other};

/// Numbers that stand together.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// The words.
    pub words: Range<usize>,
    /// Collectives.
    pub collectives: Option<u32>,
    /// Individuals.
    pub individuals: Option<u32>,
    /// Both, not split.
    pub together: Option<u32>,
    /// Where the group before it in its sentence ends.
    pub after: usize,
}

/// All numbers of collectives and individuals.
pub(super) fn groups(words: &Words<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(item) = item_at(words, at) else {
            at += 1;
            continue;
        };
        at = item.words.end.max(at + 1);
        let sentence = words.sentence_start(item.words.start);
        let last = groups.last_mut().filter(|last| words.sentence_start(last.words.start) == sentence);
        let joins = last.as_ref().is_some_and(|last| {
            let between = last.words.end..item.words.start;
            let other_kind = last.together.is_none()
                && item.together.is_none()
                && (last.collectives.is_none() || item.collectives.is_none())
                && (last.individuals.is_none() || item.individuals.is_none());
            other_kind
                && between.len() <= 12
                && (between.start..=between.end).all(|at| !matches!(words.gap(at), Gap::Semicolon | Gap::Stop))
                && between.clone().all(|at| form_at(words, at).is_none() && !is_other(words, at))
        });
        match last {
            Some(last) if joins => {
                last.words.end = item.words.end;
                last.collectives = last.collectives.or(item.collectives);
                last.individuals = last.individuals.or(item.individuals);
            }
            last => {
                let after = last.map_or(sentence, |last| last.words.end);
                groups.push(Group { after, ..item });
            }
        }
    }
    groups
}

/// A number with its unit.
pub(super) fn item_at(words: &Words<'_>, at: usize) -> Option<Group> {
    let (number, mut next) = number_at(words, at)?;
    if words.has(next, "gương") || words.has(next, "lượt") {
        next += 1;
    }
    if words.has(next, "điển hình") {
        next += 2;
    }
    if words.gap(next) != Gap::Space {
        return None;
    }
    let mut group = Group { words: at..next + 2, ..Group::default() };
    if words.has(next, "tập thể") {
        // "3 tập thể, cá nhân"
        let both = match words.gap(next + 2) {
            Gap::Comma | Gap::Slash | Gap::Dash | Gap::Hyphen => Some(next + 2),
            Gap::Space if matches!(words.low(next + 2), "và" | "hoặc") => Some(next + 3),
            _ => None,
        };
        match both.filter(|both| words.low(*both) == "cá" && words.low(both + 1) == "nhân") {
            Some(both) => (group.together, group.words.end) = (Some(number), both + 2),
            None => group.collectives = Some(number),
        }
    } else if words.has(next, "cá nhân") {
        let tail = next + 2;
        if matches!(words.gap(tail), Gap::Comma | Gap::Slash | Gap::Space)
            && (words.has(tail, "tập thể") || words.has(tail, "và tập thể"))
        {
            group.together = Some(number);
            group.words.end = tail + if words.low(tail) == "và" { 3 } else { 2 };
        } else {
            group.individuals = Some(number);
        }
    } else {
        return None;
    }
    Some(group)
}

/// Words that a number begins with.
pub(in crate::facts) const NUMBERS: [&str; 14] =
    ["một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"];

/// A number in figures or words, and where it ends.
fn number_at(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    if words.case(at) == Case::Digits {
        let low = words.low(at);
        let thousands = low.split('.').skip(1).all(|part| part.len() == 3);
        let before = at.checked_sub(1).map_or("", |before| words.low(before));
        if low.contains(',')
            || !thousands
            || low.len() > 7
            || words.gap(at) == Gap::Space && matches!(before, "năm" | "quý" | "tháng")
        {
            return None;
        }
        return low.replace('.', "").parse().ok().filter(|n| *n > 0).map(|number| (number, at + 1));
    }
    if !words.may_begin(at, signs::NUMBER) {
        return None;
    }
    let unit = |at: usize| match words.low(at) {
        "một" | "mốt" => Some(1),
        "hai" => Some(2),
        "ba" => Some(3),
        "bốn" | "tư" => Some(4),
        "năm" | "lăm" => Some(5),
        "sáu" => Some(6),
        "bảy" | "bẩy" => Some(7),
        "tám" => Some(8),
        "chín" => Some(9),
        _ => None,
    };
    if words.low(at) == "mười" {
        return Some(unit(at + 1).map_or((10, at + 1), |ones| (10 + ones, at + 2)));
    }
    let first = unit(at)?;
    if words.low(at + 1) == "mươi" {
        return Some(unit(at + 2).map_or((first * 10, at + 2), |ones| (first * 10 + ones, at + 3)));
    }
    // "trong năm, cá nhân": a year.
    let year = words.low(at) == "năm"
        && at.checked_sub(1).is_some_and(|b| !matches!(words.low(b), "cho" | "thưởng" | "dương" | "có" | "và"));
    let counted = !year && !matches!(words.low(at), "một" | "tư") || words.low(at) == "một" && counts_one(words, at);
    counted.then_some((first, at + 1))
}

/// "cho một tập thể", "và một cá nhân": one that is counted. "5 triệu đồng một cá nhân", "tin vào một cá nhân" count none.
fn counts_one(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    match words.gap(at) {
        Gap::Comma | Gap::Semicolon | Gap::Colon => true,
        Gap::Space => {
            matches!(
                words.low(before),
                "cho" | "và" | "có" | "với" | "cùng" | "dương" | "thưởng" | "danh" | "vinh" | "khen"
            )
        }
        _ => false,
    }
}
