//! Which words of commending govern a number, and who gives?

use std::ops::Range;

use crate::facts::people::heads::end_of_body;
use crate::facts::people::one_spaced;
use crate::facts::words::{Gap, Words};

use super::numbers::{Group, item_at};

/// What is given. Names of levels ("hạng Nhất") are not part of it.
pub(super) const FORMS: [&str; 10] = [
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
const VERBS: [&str; 9] = [
    "khen thưởng",
    "biểu dương",
    "tuyên dương",
    "vinh danh",
    "tôn vinh",
    "khen ngợi",
    "trao thưởng",
    "tặng thưởng",
    "khen",
];

/// What makes the number after it something else.
const OTHERS: [&str; 22] = [
    "danh sách",
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

/// How far after its numbers "được" may stand, in words: what they did stands between.
const FAR_AFTER: usize = 64;

/// Words before a commendation that is only asked for, or taken back.
const WISHES: [&str; 7] = ["kiến nghị", "đề nghị", "đề xuất", "xem xét", "khắc phục", "thu hồi", "hủy"];

/// Words of handing over, which stand between the giver and the form.
const GIVING: &str = " tặng trao đã cũng vừa sẽ tổ chức quyết định tiến hành ký ban hành thưởng kịp thời và đồng thời công bố khen được ";

/// The form that begins at a word.
pub(super) fn form_at(words: &Words<'_>, at: usize) -> Option<&'static str> {
    let flag = words.low(at) == "cờ"
        && at.checked_sub(1).is_some_and(|before| matches!(words.low(before), "tặng" | "trao" | "nhận" | "thưởng"));
    FORMS.into_iter().find(|form| words.has(at, form)).or_else(|| flag.then_some("cờ"))
}

fn verb_at(words: &Words<'_>, at: usize) -> Option<&'static str> {
    VERBS.into_iter().find(|verb| words.has(at, verb))
}

/// "tham gia" and the like say what the numbers are of only right before them.
fn is_taking_part(words: &Words<'_>, at: usize) -> bool {
    ["tham gia", "tham dự", "thu hút", "có mặt"].iter().any(|phrase| words.has(at, phrase))
}

/// Whether a word begins what is no commendation.
pub(super) fn is_other(words: &Words<'_>, at: usize) -> bool {
    OTHERS.iter().any(|other| words.has(at, other)) && !comes_with_a_form(words, at)
}

/// "bằng khen và tiền thưởng", "giấy khen kèm tiền thưởng": money that goes with a paper.
fn comes_with_a_form(words: &Words<'_>, at: usize) -> bool {
    words.has(at, "tiền thưởng")
        && at.checked_sub(1).is_some_and(|with| matches!(words.low(with), "và" | "kèm" | "cùng" | "theo"))
        && (at.saturating_sub(6)..at).any(|before| form_at(words, before).is_some())
}

/// What commends: a form or a verb, and the word where it begins.
type Governor = (&'static str, usize);

/// Who gives some numbers what.
pub(super) struct Giving {
    /// The form, else the verb.
    pub form: &'static str,
    /// The giver, when the text names one.
    pub giver: Option<String>,
}

/// Who gives what to the collectives and individuals of a group; `None` when no word of commending governs it.
pub(super) fn giving(words: &Words<'_>, group: &Group, names: &[Range<usize>]) -> Option<Giving> {
    let sentence = words.sentence_start(group.words.start);
    // "421 cá nhân được tặng kỷ niệm chương": what follows at once goes before what stood before.
    // "7 cá nhân được nhận giải thưởng …"
    if (group.words.end..group.words.end + 4).any(|at| words.has(at, "trở lên")) {
        return None; // a rule of a prize
    }
    let passive = (group.words.end..group.words.end + 3).find(|at| is_passive(words, *at));
    if passive.is_some_and(|passive| (passive..passive + 4).any(|at| is_other(words, at))) {
        return None;
    }
    let (form, verb) = match passive.is_some() {
        true => after(words, group).or_else(|| before(words, group)),
        false => before(words, group).or_else(|| after(words, group)),
    }
    .or_else(|| inside(words, group))
    .or_else(|| besides(words, group))?;
    let (name, start) = form.or(verb)?;
    let begin = sentence.max(start.saturating_sub(FAR));
    if (begin..start).any(|at| is_wish(words, at)) {
        return None;
    }
    let of = form.and_then(|(name, at)| of_whom(words, at + name.split(' ').count(), names));
    Some(Giving { form: name, giver: of.or_else(|| who_gives(words, sentence, start, names)) })
}

/// A commendation that is only asked for; "theo đề nghị của" tells of one that was given.
fn is_wish(words: &Words<'_>, at: usize) -> bool {
    let given = at.checked_sub(1).is_some_and(|before| matches!(words.low(before), "xét" | "theo"));
    !given && WISHES.iter().any(|wish| words.has(at, wish))
}

/// The words of commending before the numbers, the nearest that says what they are of.
fn before(words: &Words<'_>, group: &Group) -> Option<(Option<Governor>, Option<Governor>)> {
    let start = group.words.start;
    let sentence = words.sentence_start(start);
    let (mut form, mut verb): (Option<Governor>, Option<Governor>) = (None, None);
    for at in (sentence.max(start.saturating_sub(FAR))..start).rev() {
        let governed = form.is_some() || verb.is_some();
        if form.is_none()
            && let Some(found) = form_at(words, at)
        {
            if governed && at < group.after {
                break;
            }
            form = Some((found, at));
        } else if verb.is_none()
            && let Some(found) = verb_at(words, at).filter(|verb| !verb.starts_with("khen") || *verb == "khen thưởng")
        {
            if is_name_of_office(words, at) {
                continue;
            }
            if governed && at < group.after {
                break;
            }
            verb = Some((found, at));
        } else if !governed
            && (is_other(words, at) && !is_taking_part(words, at) || start - at <= 5 && is_taking_part(words, at))
        {
            break;
        }
        if words.gap(at) == Gap::Semicolon && (form.is_some() || verb.is_some()) {
            break;
        }
    }
    (form.is_some() || verb.is_some()).then_some((form, verb))
}

fn is_passive(words: &Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| words.low(before));
    let receives = words.low(at) == "nhận"
        && (matches!(before, "đã" | "dự" | "đón") || (at + 1..at + 3).any(|next| form_at(words, next).is_some()));
    (receives || matches!(words.low(at), "được" | "đạt")) && !matches!(words.gap(at), Gap::Semicolon | Gap::Stop)
}

/// "chọn được 12 tập thể, 18 cá nhân … để tuyên dương": what they were chosen for.
fn is_purpose(words: &Words<'_>, at: usize) -> bool {
    words.low(at) == "để" && words.gap(at) == Gap::Space && verb_at(words, at + 1).is_some()
}

/// "Bên cạnh 18 cá nhân được tuyên dương là 12 tập thể": between the numbers.
fn inside(words: &Words<'_>, group: &Group) -> Option<(Option<Governor>, Option<Governor>)> {
    let passive = group.words.clone().find(|at| is_passive(words, *at))?;
    let until = group.words.end.min(passive + 6);
    let found =
        (passive..until).find_map(|at| form_at(words, at).or_else(|| verb_at(words, at)).map(|found| (found, at)))?;
    (!group.words.clone().any(|at| is_other(words, at))).then_some((None, Some(found)))
}

/// "Ngoài 3 tập thể …, huyện cũng trao giấy khen cho 4 cá nhân": the next of what they were given too.
fn besides(words: &Words<'_>, group: &Group) -> Option<(Option<Governor>, Option<Governor>)> {
    let start = group.words.start;
    let first = start.checked_sub(1).filter(|before| matches!(words.low(*before), "ngoài" | "cạnh"))?;
    let end = words.sentence_end(first, group.words.end + FAR_AFTER);
    let also = (group.words.end..end).find(|at| words.low(*at) == "cũng")?;
    let found = (also..end.min(also + 8)).find_map(|at| Some((form_at(words, at)?, at)))?;
    (!(group.words.end..found.1).any(|at| is_other(words, at) || is_wish(words, at))).then_some((Some(found), None))
}

/// "05 tập thể được khen thưởng", "5 tập thể đạt danh hiệu …".
fn after(words: &Words<'_>, group: &Group) -> Option<(Option<Governor>, Option<Governor>)> {
    let end = words.sentence_end(group.words.start, group.words.end + FAR_AFTER + 12);
    let passive = (group.words.end..end.min(group.words.end + FAR_AFTER))
        .find(|at| is_passive(words, *at) || is_purpose(words, *at))?;
    let until = end.min(passive + 12);
    let found =
        (passive..until).find_map(|at| form_at(words, at).or_else(|| verb_at(words, at)).map(|found| (found, at)))?;
    let other = (passive..found.1).any(|at| is_other(words, at));
    let apart = (group.words.end..found.1).any(|at| words.gap(at) == Gap::Semicolon || item_at(words, at).is_some());
    let next = (found.1..until)
        .find(|at| *at > found.1 && (item_at(words, *at).is_some() || words.gap(*at) == Gap::Semicolon));
    let form = (passive..next.unwrap_or(until)).find_map(|at| Some((form_at(words, at)?, at)));
    (!other && !apart).then_some((form, Some(found)))
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
