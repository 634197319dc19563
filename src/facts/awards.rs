//! Which commendations does an article report: how many collectives and individuals, by whom, in which form?
//!
//! A commendation is a number with *tập thể* or *cá nhân* that a word of commending governs: before it in the sentence
//! (`tặng giấy khen cho 56 tập thể và 87 cá nhân`, `biểu dương 32 gương tập thể`) or after it (`05 tập thể được khen
//! thưởng`). Numbers of both kinds that stand together are one award; `3 tập thể, cá nhân` is one number for both.
//! Prizes of contests, gifts, and those who only take part are none. An award told again, in the lead, the body or a
//! caption, is one.
//!
//! The giver is who the form is *of* (`bằng khen của UBND tỉnh`), else the post or body that the verb follows. Forms
//! are those of the Law on Emulation and Commendation (06/2022/QH15), and *biểu dương*, *tuyên dương* and the like.

use std::ops::Range;

use super::people::heads::end_of_body;
use super::people::one_spaced;
use super::words::{Case, Gap, Words};
use super::{Award, Mention, Place, PlaceRole};

/// What is given. Names of levels ("hạng Nhất") are not part of it.
const FORMS: [&str; 10] = [
    "giấy khen",
    "bằng khen",
    "huân chương",
    "kỷ niệm chương",
    "cờ thi đua",
    "cờ truyền thống",
    "huy hiệu",
    "danh hiệu",
    "thư khen",
    "bằng tuyên dương",
];

/// Commending without a paper that is named.
const VERBS: [&str; 8] =
    ["khen thưởng", "biểu dương", "tuyên dương", "vinh danh", "tôn vinh", "khen ngợi", "tặng thưởng", "khen"];

/// What makes the number after it something else.
const OTHERS: [&str; 21] = [
    "giải",
    "quà",
    "học bổng",
    "sổ",
    "suất",
    "tham gia",
    "tham dự",
    "thu hút",
    "hội thi",
    "cuộc thi",
    "kiểm tra",
    "xử phạt",
    "kỷ luật",
    "hỗ trợ",
    "có mặt",
    "phần quà",
    "tiền",
    "của hơn",
    "đại diện",
    "hội diễn",
    "vay",
];

/// How far before its numbers a word of commending may stand, in words.
const FAR: usize = 80;

/// The most awards that are told apart in one article.
const MOST_AWARDS: usize = 200;

/// Words of handing over, which stand between the giver and the form.
const GIVING: &str = " tặng trao đã cũng vừa sẽ tổ chức quyết định tiến hành ký ban hành thưởng kịp thời và đồng thời công bố khen được ";

/// The awards an article reports.
pub(super) fn awards(texts: &[Words<'_>], places: &[Place], names: &[Vec<Range<usize>>]) -> Vec<Award> {
    let mut awards: Vec<Award> = Vec::new();
    for (words, names) in texts.iter().zip(names) {
        for group in groups(words) {
            let Some(award) = read(words, &group, places, names) else { continue };
            let room = awards.len() < MOST_AWARDS;
            match awards.iter_mut().find(|known| is_same(known, &award)) {
                Some(known) => tell_again(known, award),
                None if room => awards.push(award),
                None => {}
            }
        }
    }
    awards
}

/// Numbers that stand together.
#[derive(Debug, Clone, Default)]
struct Group {
    words: Range<usize>,
    collectives: Option<u32>,
    individuals: Option<u32>,
    together: Option<u32>,
    /// Where the group before it in its sentence ends.
    after: usize,
}

/// All numbers of collectives and individuals.
fn groups(words: &Words<'_>) -> Vec<Group> {
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
                && between.len() <= 8
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
fn item_at(words: &Words<'_>, at: usize) -> Option<Group> {
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

/// A number in figures or words, and where it ends.
fn number_at(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    if words.case(at) == Case::Digits {
        let low = words.low(at);
        let thousands = low.split('.').skip(1).all(|part| part.len() == 3);
        let before = at.checked_sub(1).map_or("", |before| words.low(before));
        if low.contains(',') || !thousands || low.len() > 7 || matches!(before, "năm" | "quý" | "tháng") {
            return None;
        }
        return low.replace('.', "").parse().ok().filter(|n| *n > 0).map(|number| (number, at + 1));
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
    (!year && !matches!(words.low(at), "một" | "tư") || words.low(at) == "một" && at > 0).then_some((first, at + 1))
}

fn form_at(words: &Words<'_>, at: usize) -> Option<&'static str> {
    FORMS.into_iter().find(|form| words.has(at, form))
}

fn verb_at(words: &Words<'_>, at: usize) -> Option<&'static str> {
    VERBS.into_iter().find(|verb| words.has(at, verb))
}

fn is_other(words: &Words<'_>, at: usize) -> bool {
    OTHERS.iter().any(|other| words.has(at, other))
}

/// The award that some numbers state, if a word of commending governs them.
fn read(words: &Words<'_>, group: &Group, places: &[Place], names: &[Range<usize>]) -> Option<Award> {
    let start = group.words.start;
    let sentence = words.sentence_start(start);
    // The nearest word before that says what the numbers are of.
    let mut form = None;
    let mut verb = None;
    let mut governed = None;
    for at in (sentence.max(start.saturating_sub(FAR))..start).rev() {
        if form.is_none()
            && let Some(found) = form_at(words, at)
        {
            if governed.is_some() && at < group.after {
                break;
            }
            form = Some((found, at));
            governed = Some(at);
        } else if verb.is_none()
            && let Some(found) = verb_at(words, at)
        {
            if is_name_of_office(words, at) {
                continue;
            }
            if governed.is_some() && at < group.after {
                break;
            }
            verb = Some((found, at));
            governed = governed.or(Some(at));
        } else if governed.is_none() && is_other(words, at) {
            break;
        }
        if words.gap(at) == Gap::Semicolon && governed.is_some() {
            break;
        }
    }
    if governed.is_none() {
        // "05 tập thể được khen thưởng"
        let end = words.sentence_end(start, group.words.end + 30);
        let passive = (group.words.end..end)
            .find(|at| matches!(words.low(*at), "được" | "đã") && words.gap(*at) != Gap::Semicolon)?;
        let until = end.min(passive + 12);
        let found = (passive..until)
            .find_map(|at| form_at(words, at).or_else(|| verb_at(words, at)).map(|found| (found, at)))?;
        if (passive..found.1).any(|at| is_other(words, at))
            || (group.words.end..passive).any(|at| words.gap(at) == Gap::Semicolon || item_at(words, at).is_some())
        {
            return None;
        }
        form = (passive..until).find_map(|at| Some((form_at(words, at)?, at)));
        verb = Some(found);
    }
    let (_, form_start) = form.or(verb)?;
    let giver = form
        .and_then(|(name, at)| of_whom(words, at + name.split(' ').count(), names))
        .or_else(|| who_gives(words, sentence, form_start, names));
    let span = words.span(group.words.clone());
    let place = place_at(words, &span, places);
    Some(Award {
        text: one_spaced(words.slice(group.words.clone())),
        collectives: group.collectives,
        individuals: group.individuals,
        together: group.together,
        giver,
        form: form.or(verb).map(|(name, _)| name.to_owned()),
        place,
        mentions: vec![Mention { part: words.part, span }],
    })
}

/// "Ban Thi đua - Khen thưởng" commends nobody.
fn is_name_of_office(words: &Words<'_>, at: usize) -> bool {
    words.gap(at) == Gap::Dash
        || words.gap(at) == Gap::Hyphen
        || at.checked_sub(1).is_some_and(|before| words.low(before) == "tác")
}

/// "bằng khen của UBND tỉnh cho".
fn of_whom(words: &Words<'_>, at: usize, names: &[Range<usize>]) -> Option<String> {
    let of = (at..at + 4).find(|at| words.low(*at) == "của")?;
    let end = end_of_body(words, of + 1, names)?;
    (words.is_capital(of + 1) || end > of + 2).then(|| one_spaced(words.slice(of + 1..end)))
}

/// The post or body that the words of giving follow.
fn who_gives(words: &Words<'_>, sentence: usize, form: usize, names: &[Range<usize>]) -> Option<String> {
    let mut end = form;
    while end > sentence && words.gap(end) == Gap::Space && GIVING.contains(&format!(" {} ", words.low(end - 1))) {
        end -= 1;
    }
    // "Chủ tịch UBND tỉnh Lê Văn An tặng": the post before the name.
    if let Some(name) = names.iter().find(|name| name.end == end) {
        end = name.start;
    } else if words.gap(end) != Gap::Space {
        return None;
    }
    let first = (sentence.max(end.saturating_sub(20))..end).find(|at| {
        let begins = words.is_capital(*at) || words.gap(*at) != Gap::Space;
        begins && end_of_body(words, *at, names) == Some(end)
    })?;
    Some(one_spaced(words.slice(first..end)))
}

/// The subject's place named last before the numbers, in the text or before it.
fn place_at(words: &Words<'_>, span: &Range<usize>, places: &[Place]) -> Option<String> {
    let before = |mention: &&Mention| (mention.part, mention.span.start) <= (words.part, span.start);
    let subjects = places.iter().filter(|place| place.role == PlaceRole::Subject);
    let last = subjects.filter_map(|place| Some((place, place.mentions.iter().rev().find(before)?)));
    last.max_by_key(|(_, mention)| (mention.part, mention.span.start)).map(|(place, _)| place.name.clone())
}

fn is_paper(form: Option<&str>) -> bool {
    form.is_some_and(|form| FORMS.contains(&form))
}

/// Whether two statements tell of one award.
fn is_same(known: &Award, again: &Award) -> bool {
    let numbers = |award: &Award| [award.collectives, award.individuals, award.together];
    let agree = numbers(known).iter().zip(numbers(again)).all(|(a, b)| a.is_none() || b.is_none() || *a == b);
    let equal = numbers(known) == numbers(again);
    let shared = numbers(known).iter().zip(numbers(again)).any(|(a, b)| a.is_some() && *a == b);
    let other_paper = is_paper(known.form.as_deref()) && is_paper(again.form.as_deref()) && known.form != again.form;
    let other_giver = known.form == again.form
        && matches!((&known.giver, &again.giver), (Some(a), Some(b)) if !a.contains(b.as_str()) && !b.contains(a.as_str()));
    let other_text = known.mentions.iter().all(|m| again.mentions.iter().all(|n| m.part != n.part));
    let other_place = known.place.is_some() && again.place.is_some() && known.place != again.place;
    !other_paper
        && (equal && !other_giver && (other_text || !other_place)
            || agree && shared && other_text && !other_giver && !other_place)
}

/// Adds what a further statement of an award says.
fn tell_again(known: &mut Award, again: Award) {
    known.collectives = known.collectives.or(again.collectives);
    known.individuals = known.individuals.or(again.individuals);
    if !is_paper(known.form.as_deref()) && is_paper(again.form.as_deref()) {
        known.form = again.form;
    }
    known.giver = known.giver.take().or(again.giver);
    known.place = known.place.take().or(again.place);
    known.mentions.extend(again.mentions);
}
