//! Which provinces are teams here? A club goes by its province alone: "Hải Phòng thua", "tiền đạo của Quảng Nam".
//!
//! Only in an article on football. There a province that any of its mentions shows to be a team (a word such as *CLB* or
//! *thủ môn* before it, a result after it, the other team over a dash) is one wherever nothing says that something is or
//! happens *in* it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::facts::PlaceKind;
use crate::facts::words::{Case, Gap, Words};

use super::find::Found;
use super::gazetteer::Gazetteer;

/// Words of football, of which an article on it has several.
const FOOTBALL: [&str; 14] = [
    "clb",
    "hlv",
    "cầu thủ",
    "trọng tài",
    "bàn thắng",
    "tiền đạo",
    "thủ môn",
    "hậu vệ",
    "tiền vệ",
    "trung vệ",
    "đội bóng",
    "bóng đá",
    "league",
    "cđv",
];

/// How many of these words make an article one on football.
const SEVERAL: usize = 3;

/// What stands before a team.
const BEFORE: [&str; 33] = [
    "clb",
    "câu lạc bộ",
    "đội",
    "đội bóng",
    "đội khách",
    "chủ nhà",
    "tân binh",
    "ngoại binh",
    "nhà vô địch",
    "cầu thủ",
    "tuyển thủ",
    "đối thủ",
    "hậu vệ",
    "tiền vệ",
    "trung vệ",
    "thủ môn",
    "tiền đạo",
    "lưới",
    "cđv",
    "cổ động viên",
    "hlv",
    "thầy trò",
    "khoác áo",
    "đá cho",
    "thi đấu cho",
    "gặp",
    "tiếp",
    "tiếp đón",
    "đánh bại",
    "cầm hòa",
    "vượt qua",
    "thắng",
    "thua",
];

/// What follows a team.
const AFTER: [&str; 24] = [
    "fc",
    "thắng",
    "thua",
    "hòa",
    "tiếp",
    "gặp",
    "có bàn",
    "dẫn trước",
    "dẫn bàn",
    "gỡ hòa",
    "xếp thứ",
    "đang xếp",
    "đứng thứ",
    "đang đứng",
    "giành chiến thắng",
    "ra sân",
    "thi đấu",
    "vươn lên",
    "làm khách",
    "ghi bàn",
    "tấn công",
    "xuống hạng",
    "lên hạng",
    "vô địch",
];

/// What stands before a place where something is or happens.
const IN: &str = " ở tại về đến ra vào tới từ quê người gốc tỉnh đất xứ vực dân bàn sân cảng phố sở giờ lên xuống qua sang rời cách \
    ubnd hđnd phía ngoài trong ";

/// Leaves out the provinces that are teams. `found` are the units of each text.
pub(super) fn leave_out(texts: &[Words<'_>], found: &mut [Vec<Found>], all: &Gazetteer) {
    let is_province = |found: &Found| found.units.iter().any(|unit| all.kind(*unit) == PlaceKind::Province);
    if !found.iter().flatten().any(is_province) || !is_of_football(texts) {
        return;
    }
    let mut teams: FxHashSet<String> = FxHashSet::default();
    for (words, found) in texts.iter().zip(found.iter()) {
        let shown = found.iter().filter(|place| is_province(place) && is_team(words, &place.words, place.typed));
        teams.extend(shown.map(|place| place.key.clone()));
    }
    for (words, found) in texts.iter().zip(found) {
        let ends: FxHashSet<usize> = found.iter().map(|place| place.words.end).collect();
        found.retain(|place| {
            let keeps = || match place.typed {
                true => !is_team(words, &place.words, true),
                false => is_in(words, &place.words, &ends),
            };
            !is_province(place) || !teams.contains(&place.key) || keeps()
        });
    }
}

/// Whether an article is on football.
fn is_of_football(texts: &[Words<'_>]) -> bool {
    let signs = ["CLB", "HLV", "bóng đá", "cầu thủ", "eague"];
    if !texts.iter().any(|words| signs.iter().any(|sign| words.text.contains(sign))) {
        return false;
    }
    let mut said = [false; FOOTBALL.len()];
    for words in texts {
        for at in 0..words.len() {
            if matches!(
                words.low(at),
                "clb"
                    | "hlv"
                    | "cầu"
                    | "trọng"
                    | "bàn"
                    | "tiền"
                    | "thủ"
                    | "hậu"
                    | "trung"
                    | "đội"
                    | "bóng"
                    | "league"
                    | "cđv"
            ) && let Some(which) = FOOTBALL.iter().position(|word| words.has(at, word))
                && let Some(said) = said.get_mut(which)
            {
                *said = true;
            }
        }
    }
    said.iter().filter(|said| **said).count() >= SEVERAL
}

/// Whether what stands beside a province makes it a team.
fn is_team(words: &Words<'_>, place: &Range<usize>, typed: bool) -> bool {
    let Range { start, end } = *place;
    let ends = |at: usize, phrase: &str| {
        let count = phrase.split(' ').count();
        at.checked_sub(count).is_some_and(|from| words.has(from, phrase))
    };
    // "cầu thủ của Hải Phòng"
    let of = start.checked_sub(1).filter(|of| words.low(*of) == "của" && words.gap(start) == Gap::Space);
    let before = words.gap(start) == Gap::Space && BEFORE.iter().any(|phrase| ends(start, phrase))
        || of.is_some_and(|of| BEFORE.iter().any(|phrase| ends(of, phrase)));
    if typed {
        return before;
    }
    let after = words.gap(end) == Gap::Space && AFTER.iter().any(|phrase| words.has(end, phrase));
    // "SHB.Đà Nẵng", "B.Bình Dương"
    let sponsored = words.gap(start) == Gap::Dot
        && start.checked_sub(1).is_some_and(|before| {
            words.is_capital(before) && !matches!(words.low(before), "tp" | "tx" | "tt" | "q" | "h" | "p" | "x")
        });
    // "U21 Hà Nội"
    let young = start.checked_sub(2).is_some_and(|u| words.low(u) == "u" && words.case(u + 1) == Case::Digits)
        && words.gap(start) == Gap::Space;
    let says_in = |at: usize| IN.contains(&format!(" {} ", words.low(at)));
    // "Lê Văn Tám (Hải Phòng)", but not "quê Đô Lương (Nghệ An)"
    let in_brackets = words.gap(start) == Gap::Open
        && words.between(start).trim() == "("
        && words.between(end).trim_start().starts_with(')')
        && start.checked_sub(2).is_some_and(|name| {
            let title = |at: usize| words.case(at) == Case::Title;
            let begin = (0..4).fold(name, |at, _| match at.checked_sub(1) {
                Some(before) if title(before) && words.gap(at) == Gap::Space => before,
                _ => at,
            });
            title(name)
                && title(name + 1)
                && words.gap(name + 1) == Gap::Space
                && !begin.checked_sub(1).is_some_and(|before| says_in(before) && words.gap(begin) == Gap::Space)
        });
    // "Hà Nội - Hải Phòng" plays, "chặng Huế - Hà Nội" is a way.
    let way =
        (start.saturating_sub(4)..start).any(|at| matches!(words.low(at), "chặng" | "tuyến" | "bay" | "tàu" | "đường"));
    let dash = |at: usize| words.gap(at) == Gap::Dash && !way;
    let over_a_dash = dash(end) && words.is_capital(end) || dash(start) && start > 0 && words.is_capital(start - 1);
    before || after || sponsored || young || in_brackets || over_a_dash
}

/// Whether something is or happens in a province: "ở Hải Phòng", "Thủy Nguyên, Hải Phòng". `ends` are those of all units.
fn is_in(words: &Words<'_>, place: &Range<usize>, ends: &FxHashSet<usize>) -> bool {
    let start = place.start;
    let Some(before) = start.checked_sub(1) else { return false };
    match words.gap(start) {
        Gap::Space => IN.contains(&format!(" {} ", words.low(before))) || words.is_capital(before),
        Gap::Comma | Gap::Open => ends.contains(&start) && !is_team(words, place, false),
        _ => false,
    }
}
