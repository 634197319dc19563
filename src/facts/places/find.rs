//! Where does a text name a unit of administration?
//!
//! | form | example |
//! | --- | --- |
//! | a type's word and a name of the gazetteer | `quận Bình Tân`, `TP.HCM`, `Q.1`, `huyện đảo Lý Sơn` |
//! | the body of a unit and a name | `Quận ủy Bình Tân`, `Tỉnh đoàn Đồng Nai` |
//! | several after one word | `các quận Ba Đình, Đống Đa và Tây Hồ` |
//! | a type's word and a name not in the gazetteer, next to one that is | `xã Cổ Loa Thành, huyện Đông Anh` |
//! | a province alone | `Đồng Nai`, but not in `báo Đồng Nai`, `ông Thái Bình`, `Điện Biên Phủ` |

use std::ops::Range;

use crate::analysis::fold::fold;
use crate::facts::names::{is_family_name, is_introducer};
use crate::facts::signs;
use crate::facts::words::{Case, Gap, Words};

use super::gazetteer::{Gazetteer, UnitId, figures, key, level};
use crate::facts::PlaceKind;

/// A unit named in a text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The words, with the type's word.
    pub words: Range<usize>,
    /// The types it may be of.
    pub codes: &'static str,
    /// The name as it is looked up.
    pub key: String,
    /// The name as written.
    pub name: String,
    /// The units it may be; none when the gazetteer lacks it.
    pub units: Vec<UnitId>,
    /// Whether the text says the type.
    pub typed: bool,
}

/// The most words of a name.
const LONGEST: usize = 7;

/// Words for types, the longest first, and whether a full stop must follow.
const TYPES: [(&str, &str); 10] = [
    ("thành phố", "Tc"),
    ("thị trấn", "m"),
    ("thị xã", "x"),
    ("đặc khu", "k"),
    ("tỉnh", "t"),
    ("quận", "q"),
    ("huyện", "h"),
    ("phường", "p"),
    ("xã", "r"),
    ("tp", "Tc"),
];

/// Abbreviations, which a full stop follows.
const SHORT_TYPES: [(&str, &str); 6] = [("tx", "x"), ("tt", "m"), ("q", "q"), ("h", "h"), ("p", "p"), ("x", "r")];

/// Bodies that say the type of the unit they are of.
const BODIES: [(&str, &str); 12] = [
    ("tỉnh ủy", "t"),
    ("thành ủy", "Tc"),
    ("quận ủy", "q"),
    ("huyện ủy", "h"),
    ("thị ủy", "x"),
    ("tỉnh đoàn", "t"),
    ("thành đoàn", "Tc"),
    ("quận đoàn", "q"),
    ("huyện đoàn", "h"),
    ("thị đoàn", "x"),
    ("xã đoàn", "r"),
    ("phường đoàn", "p"),
];

/// What may stand between a type's word and the name.
const KINDS_OF_TYPE: [&str; 6] = ["đảo", "biển", "miền núi", "vùng cao", "biên giới", "du lịch"];

/// Words before a province's name that make it part of another name.
const OTHER_THINGS: [&str; 47] = [
    "báo",
    "đường",
    "phố",
    "cầu",
    "trường",
    "họ",
    "hiệu",
    "học",
    "clb",
    "fc",
    "đội",
    "sông",
    "núi",
    "hồ",
    "khách sạn",
    "viện",
    "hãng",
    "tàu",
    "ga",
    "bay",
    "chợ",
    "hàng",
    "quán",
    "phở",
    "bún",
    "truyện",
    "phim",
    "lộ",
    "tập đoàn",
    "công ty",
    "ngân hàng",
    "tên",
    "tiếng",
    "cuộc",
    "biệt thự",
    "giải",
    "cúp",
    "tạp chí",
    "hạng",
    "vịnh",
    "biển",
    "đại lộ",
    "hầm",
    "tuyến",
    "xổ số",
    "rạp",
    "chung cư",
];

/// Words that a type's word or a body begins with.
pub(in crate::facts) fn type_words() -> impl Iterator<Item = &'static str> {
    let types = TYPES.into_iter().chain(SHORT_TYPES).chain(BODIES).map(|(word, _)| word);
    types.chain(["tphcm"])
}

/// All units named in a text, in order.
///
/// The second list holds names after a type's word that the gazetteer lacks and nothing beside them bears out.
pub(super) fn find(words: &Words<'_>, all: &Gazetteer) -> (Vec<Found>, Vec<Found>) {
    let mut found: Vec<Found> = Vec::new();
    let mut unknown: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let before = found.len();
        if let Some((name_at, codes)) = type_at(words, at) {
            match typed(words, all, at, name_at, codes) {
                Some(first) => {
                    let end = first.words.end;
                    found.push(first);
                    more_in_list(words, all, at, end, codes, &mut found);
                }
                None => unknown.extend(not_in_gazetteer(words, at, name_at, codes)),
            }
        } else if words.is_capital(at)
            && all.begins_province(figures(words.low(at)))
            && let Some(province) = bare(words, all, at)
        {
            let free = found.last().map_or(0, |last| last.words.end);
            found.extend(before_province(words, all, &province, free));
            found.push(province);
        }
        at = found.get(before..).and_then(|new| new.last()).map_or(at + 1, |last| last.words.end);
    }
    let open = keep_beside_known(words, &mut found, unknown);
    (found, open)
}

/// The first word of the name and the types, where a type's word or a body stands.
fn type_at(words: &Words<'_>, at: usize) -> Option<(usize, &'static str)> {
    if !words.may_begin(at, signs::TYPE) {
        return None;
    }
    let low = words.low(at);
    if low == "tphcm" || low == "tp" && words.low(at + 1) == "hcm" {
        return Some((at + usize::from(low == "tp"), "T"));
    }
    let body = BODIES.iter().find_map(|(body, codes)| Some((words.phrase_end(at, body)?, *codes)));
    let (mut next, codes) = body.or_else(|| {
        let named = TYPES.iter().find_map(|(word, codes)| Some((words.phrase_end(at, word)?, *codes)));
        let short = || {
            let short = SHORT_TYPES.iter().find(|(word, _)| *word == low && words.is_capital(at))?;
            // "Q.1", "P11"
            let figures =
                words.case(at + 1) == Case::Digits && words.between(at + 1).is_empty() && matches!(low, "q" | "p");
            (words.gap(at + 1) == Gap::Dot || figures).then_some((at + 1, short.1))
        };
        named.or_else(short)
    })?;
    if let Some(end) = KINDS_OF_TYPE.iter().find_map(|kind| words.phrase_end(next, kind)) {
        next = end;
    }
    let joined = matches!(words.gap(next), Gap::Space)
        || words.gap(next) == Gap::Dot && matches!(low, "tp" | "tx" | "tt" | "q" | "h" | "p" | "x");
    (joined && (words.is_capital(next) || words.case(next) == Case::Digits)).then_some((next, codes))
}

/// The unit after a type's word: the longest name of the gazetteer.
fn typed(words: &Words<'_>, all: &Gazetteer, at: usize, name_at: usize, codes: &'static str) -> Option<Found> {
    if words.low(name_at) == "tphcm" {
        let units = all.named("hcm").to_vec();
        return Some(Found {
            words: at..name_at + 1,
            codes,
            key: "hồ chí minh".into(),
            name: "Hồ Chí Minh".into(),
            units,
            typed: true,
        });
    }
    let (end, units) = longest(words, all, name_at, |code| codes.contains(code) || codes == "t" && code == 'T')?;
    // "phường Hòa Bình Nam" is not phường Hòa Bình, unless a person's name begins there.
    let goes_on = words.is_capital(end)
        && words.gap(end) == Gap::Space
        && !words.between(end).is_empty()
        && words.case(end) == Case::Title
        && !is_family_name(words.low(end))
        && !is_type_word(words, end);
    if goes_on && level(codes.chars().next()?) == PlaceKind::Commune {
        return None;
    }
    // A newspaper.
    if at.checked_sub(1).is_some_and(|before| {
        words.low(before) == "luật" && words.gap(at) == Gap::Space && words.is_capital(before - usize::from(before > 0))
    }) {
        return None;
    }
    let name = name_of(words, all, &units, name_at..end)?;
    Some(Found { words: at..end, codes, key: key(&name), name, units, typed: true })
}

/// A unit's name; provinces that became cities keep the one they had.
fn name_of(words: &Words<'_>, all: &Gazetteer, units: &[UnitId], written: Range<usize>) -> Option<String> {
    let name = all.unit(*units.first()?)?.name;
    let former = written.len() == 3 && words.low(written.start) == "thừa";
    Some(if former { FORMER.to_owned() } else { name.to_owned() })
}

/// The province that became thành phố Huế on 1 January 2025.
pub(super) const FORMER: &str = "Thừa Thiên Huế";

fn is_type_word(words: &Words<'_>, at: usize) -> bool {
    TYPES.iter().any(|(word, _)| words.has(at, word))
}

/// The longest name of the gazetteer that begins at a word and is of a type wanted.
fn longest(
    words: &Words<'_>,
    all: &Gazetteer,
    at: usize,
    wanted: impl Fn(char) -> bool,
) -> Option<(usize, Vec<UnitId>)> {
    let mut name = String::new();
    let mut best = None;
    for next in at..(at + LONGEST).min(words.len()) {
        let joined = next == at || matches!(words.gap(next), Gap::Space | Gap::Hyphen | Gap::Dash);
        if !joined || words.case(next) == Case::Lower {
            break;
        }
        if next > at {
            name.push(' ');
        }
        name += figures(words.low(next));
        let units: Vec<UnitId> = all.named(&name).iter().copied().filter(|id| wanted(all.code(*id))).collect();
        if !units.is_empty() {
            best = Some((next + 1, units));
        }
        if words.case(next) == Case::Digits {
            break; // "Quận 1 - TP.HCM"
        }
    }
    best
}

/// "các quận Ba Đình, Đống Đa và Tây Hồ": the rest after the first.
fn more_in_list(
    words: &Words<'_>,
    all: &Gazetteer,
    at: usize,
    end: usize,
    codes: &'static str,
    found: &mut Vec<Found>,
) {
    let many = at.checked_sub(1).is_some_and(|before| {
        words.gap(at) == Gap::Space
            && (matches!(words.low(before), "các" | "những" | "hai" | "ba" | "bốn" | "năm" | "của")
                || words.case(before) == Case::Digits)
    });
    if !many || words.low(at.saturating_sub(1)) == "của" {
        return;
    }
    let mut end = end;
    loop {
        let next = match (words.gap(end), words.low(end)) {
            (Gap::Comma | Gap::Semicolon | Gap::Dash, low) if low != "và" => end,
            (Gap::Space | Gap::Comma, "và") if words.gap(end + 1) == Gap::Space => end + 1,
            _ => return,
        };
        if !words.is_capital(next) && words.case(next) != Case::Digits {
            return;
        }
        let Some(unit) = typed(words, all, next, next, codes) else { return };
        end = unit.words.end;
        found.push(unit);
    }
}

/// A province that stands alone.
fn bare(words: &Words<'_>, all: &Gazetteer, at: usize) -> Option<Found> {
    let (end, units) = longest(words, all, at, |code| matches!(code, 'T' | 't'))?;
    let unit = all.unit(*units.first()?)?;
    if unit.name == "Hồ Chí Minh" || words.low(at) == "hcm" {
        return None; // mostly the man; the city is named with its type
    }
    let after_is_capital = words.gap(end) == Gap::Space && words.is_capital(end);
    if after_is_capital && !(is_family_name(words.low(end)) && words.case(end + 1) == Case::Title) {
        return None; // "Điện Biên Phủ", "Hà Nội FC"
    }
    let in_source = words.between(0).starts_with('(')
        && words.sentence_start(at) == 0
        && at <= 4
        && words.between(end).contains(')');
    if !in_source && stands_in_a_name(words, at) {
        return None;
    }
    // A line of its own is a signature or a heading, and says nothing of a place.
    let whole = words.sentence_start(at) == at && words.gap(end) == Gap::Stop;
    if whole || (end - at == 1 && words.sentence_start(at) == at) {
        return None;
    }
    let name = name_of(words, all, &units, at..end)?;
    let codes = if unit.code == 'T' && name != FORMER { "T" } else { "t" };
    Some(Found { words: at..end, codes, key: key(&name), name, units, typed: false })
}

/// Whether what stands before makes a name part of another name, or a person's.
fn stands_in_a_name(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    match words.gap(at) {
        Gap::Space => {}
        Gap::Open => return words.between(at).contains(['“', '"', '«']),
        Gap::Hyphen => return words.case(before) == Case::Title,
        _ => return false,
    }
    let low = words.low(before);
    if words.case(before) == Case::Title && words.sentence_start(before) != before && !ends_a_body(words, at) {
        return true; // "Sông Lam Nghệ An"
    }
    // "HA Gia Lai", "SHB Đà Nẵng": clubs and companies.
    let office = matches!(
        low,
        "bv" | "catp"
            | "đh"
            | "ca"
            | "tp"
            | "hcm"
            | "cdc"
            | "bch"
            | "csgt"
            | "qltt"
            | "hđnd"
            | "ubnd"
            | "tand"
            | "vks"
            | "ubmttq"
            | "mttq"
            | "lđlđ"
            | "gd"
            | "đt"
            | "sở"
    );
    if words.case(before) == Case::Upper && low.chars().count() <= 4 && !office {
        return true;
    }
    if words.case(before) == Case::Title && is_family_name(low) && !matches!(low, "từ" | "tại") {
        return true;
    }
    is_introducer(words, at)
        || OTHER_THINGS.iter().any(|thing| {
            let count = thing.split(' ').count();
            at.checked_sub(count).is_some_and(|start| words.has(start, thing))
        })
}

/// "Sở Công Thương Hà Nội": a public body's name before the province.
fn ends_a_body(words: &Words<'_>, at: usize) -> bool {
    let back = (at.saturating_sub(6)..at).rev().take_while(|before| words.gap(before + 1) == Gap::Space);
    back.into_iter().any(|before| {
        words.is_capital(before) && matches!(words.low(before), "sở" | "cục" | "ubnd" | "hđnd" | "tand" | "vksnd")
            || words.has(before, "chi cục")
            || words.has(before, "công an")
            || words.has(before, "tòa án")
            || words.has(before, "viện kiểm sát")
    })
}

/// Towns and communes without their type's word, in an address: "Hà Đông, Hà Nội", "Tiên Du (Bắc Ninh)".
fn before_province(words: &Words<'_>, all: &Gazetteer, province: &Found, free: usize) -> Option<Found> {
    let at = province.words.start;
    if province.typed
        || !matches!(words.gap(at), Gap::Comma | Gap::Open | Gap::Dash)
        || words.between(at).contains(['“', '"'])
    {
        return None;
    }
    let of_province = |unit: &UnitId| {
        let above = all.province(*unit);
        province.units.contains(&above) && level(all.code(*unit)) == PlaceKind::District
    };
    let begins = |start: usize| {
        start >= free.max(words.sentence_start(at))
            && !(words.gap(start) == Gap::Space && start > 0 && words.is_capital(start - 1))
    };
    (1..=3).rev().filter_map(|count| at.checked_sub(count)).find_map(|start| {
        let run =
            (start..at).all(|next| words.case(next) == Case::Title && (next == start || words.gap(next) == Gap::Space));
        let typed = start.checked_sub(1).is_some_and(|before| {
            matches!(
                words.low(before),
                "quận" | "huyện" | "xã" | "phường" | "trấn" | "phố" | "tỉnh" | "tp" | "tx" | "đảo"
            )
        });
        if !run || typed || !begins(start) || is_introducer(words, start) || stands_in_a_name(words, start) {
            return None;
        }
        let name = key(words.slice(start..at));
        let units: Vec<UnitId> = all.named(&name).iter().copied().filter(of_province).collect();
        let [unit] = units.as_slice() else { return None };
        let name = all.unit(*unit)?.name.to_owned();
        let codes = match all.code(*unit) {
            'q' => "q",
            'h' => "h",
            'x' => "x",
            _ => "Tc",
        };
        Some(Found { words: start..at, codes, key: key(&name), name, units, typed: false })
    })
}

/// A name that the gazetteer lacks, after a type's word: Vietnamese syllables.
fn not_in_gazetteer(words: &Words<'_>, at: usize, name_at: usize, codes: &'static str) -> Option<Found> {
    if codes.contains(['t', 'T', 'c', 'k']) {
        return None;
    }
    let count = (name_at..words.len())
        .take_while(|next| (*next == name_at || words.gap(*next) == Gap::Space) && words.case(*next) == Case::Title)
        .count();
    if words.case(name_at) == Case::Digits {
        let number = words.low(name_at);
        let fits = number.len() <= 2 && codes.contains(['q', 'p']);
        let (words, name) = (at..name_at + 1, figures(number).to_owned());
        return fits.then(|| Found { words, codes, key: name.clone(), name, units: Vec::new(), typed: true });
    }
    let end = name_at + count;
    let name = words.slice(name_at..end);
    let right = (1..=4).contains(&count) && name.split(' ').all(|word| fold(word).len() <= 6);
    right.then(|| Found {
        words: at..end,
        codes,
        key: key(name),
        name: name.to_owned(),
        units: Vec::new(),
        typed: true,
    })
}

/// Keeps names that the gazetteer lacks where a known unit stands next to them: "xã X, huyện Y", "xã X (Y)".
fn keep_beside_known(words: &Words<'_>, found: &mut Vec<Found>, unknown: Vec<Found>) -> Vec<Found> {
    let mut open = Vec::new();
    for lacking in unknown.into_iter().rev() {
        let end = lacking.words.end;
        let joined = |next: &Found| {
            let at = next.words.start;
            at >= end
                && at <= end + 1
                && (at == end || matches!(words.low(end), "của" | "thuộc" | "tại" | "và"))
                && !matches!(words.gap(at), Gap::Stop | Gap::Other)
                && level_of(next) <= level_of(&lacking)
        };
        let next = found.partition_point(|known| known.words.start < end);
        // Districts of figures are those of one city.
        let of_city = lacking.codes == "q"
            && lacking.name.len() <= 2
            && lacking.name.parse::<u32>().is_ok_and(|number| (1..=12).contains(&number));
        if of_city || found.get(next).is_some_and(joined) {
            found.insert(found.partition_point(|known| known.words.start < end), lacking);
        } else {
            open.push(lacking);
        }
    }
    open
}

fn level_of(found: &Found) -> PlaceKind {
    found.codes.chars().next().map_or(PlaceKind::Commune, level)
}
