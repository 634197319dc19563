//! Where does a text name a person?
//!
//! | form | example |
//! | --- | --- |
//! | a family name and two to four syllables, alone | `Huỳnh Khắc Điệp` |
//! | a family name and one syllable, with an introduction or a post | `bà Lê Na`, `Lê Na, Bí thư` |
//! | two to five capitals after a word for people | `ca sĩ Mỹ Tâm`, `Tổng thống Donald Trump` |
//!
//! Not: streets, schools and prizes named after people, signatures, and *Hồ Chí Minh*, whose name stands for his
//! thought, the city and much else.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::facts::names::{
    introduction, is_any_family_name, is_any_introduction, is_family_name, is_kin, is_thing, listed, looks_foreign,
};
use crate::facts::places::is_province;
use crate::facts::signs::{List, words_of as list_of};
use crate::facts::words::{Case, Gap, Words};

use super::heads::{end_of_post, head_at, is_body_word, is_personal_before};

/// A name in a text.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its words.
    pub words: Range<usize>,
    /// Where "đồng chí" or the like before it begins.
    pub introduced: Option<usize>,
    /// Whether it counts alone; otherwise a post or another mention must bear it out.
    pub sure: bool,
}

/// Names that are no person's here.
const NOT_PEOPLE: [&str; 17] = [
    "hồ chí minh",
    "hồ hoàn kiếm",
    "hồ con rùa",
    "thái bình dương",
    "hồ trúc bạch",
    "thái lan",
    "hà lan",
    "chu lai",
    "lê nin",
    "hồ gươm",
    "hồ tây",
    "đông nam á",
    "hoàng anh gia lai",
    "châu á thái bình dương",
    "trung đông",
    "vương quốc anh",
    "mai linh",
];

/// Countries and the like between a post and a name: "Thủ tướng Nhật Bản Shinzo Abe".
const COUNTRIES: &str = "|mỹ|nga|pháp|anh|đức|nhật|nhật bản|hàn quốc|hàn|trung quốc|triều tiên|philippines|thái lan|lào|campuchia|\
    singapore|malaysia|indonesia|ấn độ|úc|australia|canada|ukraine|thổ nhĩ kỳ|syria|iran|iraq|israel|ai cập|\
    brazil|argentina|italia|italy|ý|tây ban nha|bồ đào nha|hà lan|bỉ|thụy điển|na uy|đan mạch|phần lan|\
    ba lan|venezuela|cuba|mexico|việt nam|myanmar|belarus|hy lạp|hungary|séc|áo|thụy sĩ|new zealand|kremlin|\
    moskva|moscow|washington|new york|london|paris|bắc kinh|tokyo|seoul|kiev|berlin|seattle|sydney|\
    liên hợp quốc|lhq|nato|việt kiều|nhà trắng|lhq|eu|châu âu|qatar|saudi arabia|palestine|pakistan|\
    afghanistan|ireland|scotland|xứ wales|croatia|serbia|romania|bulgaria|peru|chile|colombia|nam phi|\
    nigeria|đài loan|hồng kông|hong kong|";

/// Words before names that are the names of things in all of an article.
static STREETS: List = LazyLock::new(|| list_of(" đường phố thpt thcs trường cầu giải hẻm ngõ chợ chùa đền "));

/// Words that end no name but begin a sentence.
static NOT_LAST: List = LazyLock::new(|| {
    list_of(
        " \
    theo khi tại trong tuy các những được bị ảnh tổng phó giám chủ đây ngày quận huyện tỉnh trái phải giữa \
    trên dưới người hơn sau nhưng cũng và là đã với cùng về này ",
    )
});

/// Small words inside foreign names.
static PARTICLES: List = LazyLock::new(|| list_of(" de van der von al el bin da dos di la le del ibn un in "));

/// Words of companies, clubs and contests.
static BODIES_ABROAD: List = LazyLock::new(|| {
    list_of(
        " \
    airlines airways group bank fc united city real madrid barca vietnam viet media post times news sports \
    university corp inc world club new association union agency models radio songs miss band team tv one cup \
    awards street house press journal hotel resort center centre online company motor motors electronics \
    cyber pro plus manager channel school college institute foundation council hot entertainment studio \
    studios records boys girls model idol rock columbia strip park island islands street square ",
    )
});

/// Words that begin sentences or stand before names without being part of them.
static BEFORE_NAMES: List = LazyLock::new(|| {
    list_of(
        " \
    ubnd hđnd mttq quận tỉnh huyện phường xã ủy ban và theo với của do gặp là cho bị được nhưng khi nếu vì \
    bởi để trong sau trước riêng còn chính ngoài cùng thì mà tại ảnh tác nhờ hỏi gọi như hai ba các những \
    người ",
    )
});

/// All names in a text, and names of streets, schools and the like. `taken` holds the words of places.
pub(super) fn find(words: &Words<'_>, taken: &[Range<usize>]) -> (Vec<Found>, Vec<Range<usize>>) {
    let (mut found, mut things) = (Vec::new(), Vec::new());
    let mut thing_end = 0; // where a street's or a school's name ended
    let mut taken = taken.iter().peekable();
    let mut at = 0;
    while at < words.len() {
        while taken.next_if(|place| place.end <= at).is_some() {}
        if let Some(place) = taken.peek().filter(|place| place.contains(&at)) {
            at = place.end;
            continue;
        }
        if !matches!(words.case(at), Case::Title | Case::Upper) {
            at += 1;
            continue;
        }
        let limit = taken.peek().map_or(words.len(), |place| place.start);
        match name_at(words, at, limit, thing_end) {
            Step::Name(name) => {
                at = name.words.end;
                found.push(name);
            }
            Step::Thing(end) => {
                let street = at > 0 && words.gap(at) == Gap::Space && listed(&STREETS, words.low(at - 1));
                if street || is_in_list_of_streets(words, at) {
                    things.push(at..end);
                }
                thing_end = end;
                at = end;
            }
            Step::None => at += 1,
        }
    }
    (found, things)
}

enum Step {
    Name(Found),
    Thing(usize),
    None,
}

fn name_at(words: &Words<'_>, at: usize, limit: usize, thing_end: usize) -> Step {
    let introduced = introduction(words, at);
    let profession = is_personal_before(words, at);
    let personal = introduced.is_some() || profession;
    // "Thủ tướng Nhật Bản Shinzo Abe"
    let at = if personal { country_end(words, at).unwrap_or(at) } else { at };
    let family = words.case(at) == Case::Title && is_any_family_name(words.low(at));
    // "Khà A Giàng"
    let hmong = family
        && words.low(at + 1) == "a"
        && words.gap(at + 1) == Gap::Space
        && words.case(at + 2) == Case::Title
        && words.gap(at + 2) == Gap::Space;
    let borne_out = || hmong || family && end_of_vietnamese(words, at, limit) >= at + 3 && is_after_post(words, at);
    let begins = personal || family && is_family_name(words.low(at)) || borne_out();
    if !begins {
        return foreign_beside_post(words, at, limit);
    }
    if words.case(at) == Case::Lower {
        return Step::None;
    }
    let (start, end) = if family { (at, end_of_vietnamese(words, at, limit)) } else { foreign(words, at, limit) };
    // "ông Kim Jong-un", "ông La Mancha": a family name by chance.
    let foreign_end = if family && personal { foreign(words, at, limit).1 } else { 0 };
    let end = if family && end - start < 2 && foreign_end > end { foreign_end } else { end };
    let count = end - start;
    if count < 2 {
        return Step::None;
    }
    let low: Vec<&str> = (start..end).map(|at| words.low(at)).collect();
    let joined = low.join(" ");
    if NOT_PEOPLE.contains(&joined.as_str()) || COUNTRIES.contains(&format!("|{joined}|")) {
        return Step::Thing(end);
    }
    let is_of_kin = introduced.is_some_and(|from| is_kin(words, from));
    if !is_of_kin && is_province(&joined) {
        return Step::None;
    }
    if personal {
        let family = is_any_family_name(words.low(start));
        // "bà Rịa", "anh Hai Lúa": without a family name two words at least that are no posts and bodies.
        let letters = [start, end - 1].iter().any(|at| words.low(*at).chars().count() < 2);
        let title =
            is_any_introduction(words.low(start)) || (start..end).any(|at| listed(&BODIES_ABROAD, words.low(at)));
        let other = letters || title || is_body_word(words, start) || head_at(words, start).is_some() || count > 4;
        if !family && (other || !is_of_kin && !profession) {
            return Step::None;
        }
        return Step::Name(Found { words: start..end, introduced, sure: true });
    }
    // "khán giả Hà Nội Bất kể": a province and a sentence without its full stop.
    if is_province(&joined.split(' ').take(2).collect::<Vec<_>>().join(" ")) {
        return Step::None;
    }
    if is_part_of_a_thing(words, start, thing_end) || is_in_list_of_streets(words, start) || is_address(words, end) {
        return Step::Thing(end);
    }
    if is_signature(words, start, end) {
        return Step::Thing(end);
    }
    // "Hà Nội Nguyễn": the run of capitals must begin here.
    let before_is_capital = words.gap(start) == Gap::Space
        && start.checked_sub(1).is_some_and(|before| {
            let free = words.case(before) != Case::Title || listed(&BEFORE_NAMES, words.low(before));
            !(free || is_after_head(words, start) || count >= 3 && is_after_post(words, start))
        });
    if before_is_capital {
        return Step::None;
    }
    Step::Name(Found { words: start..end, introduced: None, sure: count >= 3 })
}

/// Whether a post or a body's word ends right before: "Chủ tịch Nguyễn…", "Sở Nguyễn…".
fn is_after_head(words: &Words<'_>, at: usize) -> bool {
    (1..=4)
        .filter_map(|back| at.checked_sub(back))
        .any(|start| head_at(words, start).is_some_and(|head| head.end == at))
}

/// "Tổng thư ký Liên Hợp Quốc Antonio Guterres", "Abu Omar, người phát ngôn": foreign words that a post bears out.
fn foreign_beside_post(words: &Words<'_>, at: usize, limit: usize) -> Step {
    // "Thống đốc Moskva Andrey Vorobiev", "Bộ trưởng Thương mại New Zealand Todd McClay"
    let outside = at;
    let at = country_end(words, at).unwrap_or(at);
    if words.case(at) != Case::Title || !looks_foreign(words.low(at)) {
        return Step::None;
    }
    let (mut start, end) = foreign(words, at, limit);
    // "Chủ tịch Nissan Carlos Ghosn": the company comes first.
    let company = end - start == 3 && is_after_head(words, at);
    start += usize::from(company);
    let begins = at != outside
        || !(words.gap(at) == Gap::Space
            && at.checked_sub(1).is_some_and(|b| words.case(b) == Case::Title && looks_foreign(words.low(b))));
    let right = (2..=4).contains(&(end - start))
        && begins
        && looks_foreign(words.low(end - 1))
        && words.case(end) != Case::Upper;
    // "Tổng giám đốc Vietnam Airlines": a company rather than a person, and so is what a name goes on after.
    let body = (start..end).any(|at| listed(&BODIES_ABROAD, words.low(at))) || !company && is_after_head(words, at);
    let right = right && !body && !(words.gap(end) == Gap::Space && words.is_capital(end));
    let post_after = || matches!(words.gap(end), Gap::Comma | Gap::Dash) && head_at(words, end).is_some();
    if right && words.gap(at) == Gap::Space && is_after_post(words, at) {
        return Step::Name(Found { words: start..end, introduced: None, sure: false });
    }
    match right && words.gap(at) != Gap::Hyphen && post_after() {
        true => Step::Name(Found { words: start..end, introduced: None, sure: false }),
        false => Step::None,
    }
}

/// Whether a post that began not far before goes on to a word: "Đại sứ Việt Nam tại Hoa Kỳ Phạm…".
fn is_after_post(words: &Words<'_>, at: usize) -> bool {
    let first = words.sentence_start(at).max(at.saturating_sub(14));
    (first..at)
        .rev()
        .any(|start| head_at(words, start).is_some_and(|head| end_of_post(words, head, &|next| next == at) == at))
}

/// The end of a family name and the capitals after it.
fn end_of_vietnamese(words: &Words<'_>, at: usize, limit: usize) -> usize {
    let mut end = at + 1;
    let rank = |low: &str| matches!(low, "y" | "a" | "h");
    let most = if rank(words.low(at)) { 6 } else { 5 };
    while end < limit.min(at + most) {
        let syllable = words.case(end) == Case::Title && words.gap(end) == Gap::Space;
        // "Nguyễn Văn A Phó Chủ tịch"
        let post = head_at(words, end).is_some_and(|head| head.end - end >= 2);
        if !syllable || post {
            break;
        }
        end += 1;
    }
    // "Kim Jong-un"
    if words.gap(end) == Gap::Hyphen && words.case(end) == Case::Lower && end > at + 1 {
        end += 1;
    }
    // A sentence that begins without a full stop before it.
    if end > at + 2 && listed(&NOT_LAST, words.low(end - 1)) {
        end -= 1;
    }
    end
}

/// First words of countries.
static COUNTRY_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| COUNTRIES.split('|').filter_map(|name| name.split(' ').next()).collect());

/// The word after a country, where one begins.
fn country_end(words: &Words<'_>, at: usize) -> Option<usize> {
    if !COUNTRY_WORDS.contains(words.low(at)) {
        return None;
    }
    let count = (1..=3).rev().find(|count| {
        let low: Vec<&str> = (at..at + count).map(|at| words.low(at)).collect();
        COUNTRIES.contains(&format!("|{}|", low.join(" ")))
    })?;
    (words.gap(at + count) == Gap::Space && words.case(at + count) == Case::Title).then_some(at + count)
}

/// A run of capitals in any language, without a country before it.
fn foreign(words: &Words<'_>, at: usize, limit: usize) -> (usize, usize) {
    let start = at;
    let mut end = start;
    while end < limit.min(start + 6) {
        let joined = end == start || matches!(words.gap(end), Gap::Space | Gap::Hyphen);
        let particle = end > start
            && words.case(end) == Case::Lower
            && (words.gap(end) == Gap::Hyphen
                || listed(&PARTICLES, words.low(end))
                    && words.case(end + 1) == Case::Title
                    && matches!(words.gap(end + 1), Gap::Space | Gap::Hyphen));
        if !(joined && (words.case(end) == Case::Title || particle)) || words.gap(start) != Gap::Space && start > at {
            break;
        }
        end += 1;
    }
    // A sentence that begins without a full stop before it.
    if end > start + 1 && listed(&NOT_LAST, words.low(end - 1)) {
        end -= 1;
    }
    (start, end)
}

/// "ba tuyến đường: Nguyễn Văn Cừ, Ngô Gia Tự", "những con phố như Trần Phú".
fn is_in_list_of_streets(words: &Words<'_>, at: usize) -> bool {
    let first = words.sentence_start(at).max(at.saturating_sub(16));
    let low = |at: usize| words.low(at);
    let many = |at: usize| matches!(low(at), "những" | "các" | "hai" | "ba" | "bốn" | "nhiều" | "số" | "vài");
    let is_street = |at: &usize| {
        let one = at.wrapping_sub(1);
        matches!(low(*at), "đường" | "phố")
            && (many(one) || matches!(low(one), "tuyến" | "con") && many(one.wrapping_sub(1)))
    };
    let Some(street) = (first..at).rev().find(is_street) else {
        return false;
    };
    let capital_after = words.is_capital(street + 1) && words.gap(street + 1) == Gap::Space;
    let listed =
        (street + 1..=at).any(|next| words.gap(next) == Gap::Colon || matches!(words.low(next), "như" | "gồm"));
    // Only names since the list began.
    listed && !capital_after && (street + 1..at).all(|next| words.gap(next) != Gap::Semicolon)
}

/// "Trịnh Hoài Đức, phường Cát Linh": a street in an address.
fn is_address(words: &Words<'_>, end: usize) -> bool {
    let short = matches!(words.low(end), "p" | "q") && words.is_capital(end);
    words.gap(end) == Gap::Comma && (short || matches!(words.low(end), "phường" | "quận"))
}

/// Words that bodies' names end with: "Chủ tịch Quốc hội Lê Na" is a person.
static MEMBERS: List =
    LazyLock::new(|| list_of(" hội ty hãng tổ cục cơ thành khu ga tàu chi tp viện hiệu trại đạo nhà "));

/// Whether what stands before makes it a street's, a school's or a prize's name.
fn is_part_of_a_thing(words: &Words<'_>, at: usize, thing_end: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let low = words.low(before);
    let listed_with_thing = thing_end > 0
        && (thing_end == at || thing_end + 1 == at && low == "và")
        && matches!(words.gap(thing_end), Gap::Comma | Gap::Dash | Gap::Hyphen | Gap::Space | Gap::Slash);
    match words.gap(at) {
        Gap::Space if listed(&MEMBERS, low) && is_after_post(words, at) => false,
        Gap::Space => is_thing(words, before) || words.case(before) == Case::Digits || listed_with_thing,
        Gap::Hyphen | Gap::Slash => true,
        Gap::Open => words.between(at).contains(['“', '"', '«', '‘']),
        _ => listed_with_thing,
    }
}

/// A line of its own, or what follows "Ảnh:", "Theo": who wrote it or took the picture.
fn is_signature(words: &Words<'_>, start: usize, end: usize) -> bool {
    let first = words.sentence_start(start);
    let ends = words.gap(end) == Gap::Stop || end >= words.len();
    let alone = first == start && ends && end >= words.len();
    let credit = first < start
        && ends
        && (first..start).all(|at| {
            matches!(
                words.low(at),
                "ảnh"
                    | "theo"
                    | "tin"
                    | "bài"
                    | "nguồn"
                    | "clip"
                    | "video"
                    | "tác"
                    | "giả"
                    | "thực"
                    | "hiện"
                    | "và"
                    | "minh"
                    | "họa"
                    | "trang"
            )
        });
    let after_photo = matches!(words.gap(start), Gap::Colon | Gap::Open)
        && start.checked_sub(1).is_some_and(|before| matches!(words.low(before), "ảnh" | "nguồn" | "clip" | "video"));
    alone || credit || after_photo
}
