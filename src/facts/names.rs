//! Which words are names of people? Family names, and the words that introduce a person.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::signs::{List, words_of};
use super::words::{Case, Gap, Words};

/// Family names that stand at the beginning of names without any introduction. By share of the population (Lê Trung
/// Hoa, "Họ và tên người Việt Nam", 2005), those of one in a thousand and more.
const COMMON: &str = " \
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm trịnh trương đào tô \
    tạ lương lưu phùng tống hứa quách chu nghiêm doãn kiều cao hà thái châu mai đàm phí ưng khuất khổng uông ";

/// Other family names, which count where a word introduces the person.
const RARE: &str = " \
    văn la thạch khuất tôn lục cù lại ninh bạch ông mạc viên uông thân kim sơn danh chế lò lường cầm quàng \
    vừ giàng sùng thào vàng nông bế ma hầu hạng cháng chảo lù tòng điêu cà vi lô lữ kha hờ xồng lầu moong \
    ksor siu nay rah rơ kpă niê puih rcom rmah y a đèo giáp thiều khương hàn trang âu diệp đồng đậu cung phí \
    trà tiêu mã khổng vưu ngụy nhâm bành biện cái liêu quản chử hán sầm từ tập đăng cồ thượng hùng tiết thi \
    ôn mẫn nhữ lã phương quan mông đường thẩm bàng phú tưởng thòng vòng chướng nhan thang khúc khà mâu ngũ \
    nhạc vương triệu tăng phó ";

/// Words before a name that say it is a person's, and nothing more.
static KIN: List = LazyLock::new(|| words_of(" chí ông bà anh chị em cô chú bác cụ cháu bé thầy chàng "));

/// Words before a name that say what someone is in a story. What follows may also be a place or a school.
static OTHERS: List = LazyLock::new(|| {
    words_of(
        " \
    nạn_nhân bị_cáo bị_can nghi_can nghi_phạm đối_tượng thí_sinh học_sinh sinh_viên nhân_chứng phụ_huynh \
    bệnh_nhân sản_phụ giáo_viên nhân_viên thủ_khoa bà_xã ông_xã con_trai con_gái tài_xế lái_xe vợ chồng mẹ \
    bố cha ",
    )
});

/// Words before capitals that say they name something else: streets, schools, prizes.
static THINGS: List = LazyLock::new(|| {
    words_of(
        " \
    đường phố thpt thcs trường cầu giải ngã sân nhà quán hẻm ngõ chợ viện hiệu thành đền chùa miếu lăng vườn \
    viên trại hội khách tàu ga hát triều đời họ vua ấp thôn cup cúp rạp hồ kênh sông núi đảo động ty hãng \
    tượng khu lộ vòng xá đạo chi quỹ lớp tổ bảo bia góc hầm nút vịnh cảng trạm clb fc thời nghĩa tiểu số cơ \
    cục th trang ",
    )
});

/// All family names; true for common ones.
static FAMILIES: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
    let rare = RARE.split_whitespace().map(|name| (name, false));
    rare.chain(COMMON.split_whitespace().map(|name| (name, true))).collect()
});

/// Whether a word, in small letters, is a common family name.
pub(super) fn is_family_name(low: &str) -> bool {
    FAMILIES.get(low) == Some(&true)
}

/// Whether a word is a family name of any kind.
pub(super) fn is_any_family_name(low: &str) -> bool {
    FAMILIES.contains_key(low)
}

/// Whether the words before a name make it the name of a thing.
pub(super) fn is_thing(words: &Words<'_>, before: usize) -> bool {
    let low = words.low(before);
    let school =
        low == "học" && before.checked_sub(1).is_some_and(|b| matches!(words.low(b), "đại" | "tiểu" | "trung"));
    school || listed(&THINGS, low)
}

/// Whether a word, in small letters, is spelled as no Vietnamese syllable: two groups of vowels, or a foreign ending.
pub(super) fn looks_foreign(low: &str) -> bool {
    let folded = crate::analysis::fold::fold(low);
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = folded.split(|c| !vowel(c)).filter(|group| !group.is_empty()).count();
    let last = folded.rsplit(vowel).next().unwrap_or_default();
    let usual = matches!(last, "" | "c" | "ch" | "m" | "n" | "ng" | "nh" | "p" | "t");
    let marked = !low.is_ascii();
    !marked && folded.len() > 2 && (groups > 1 || !usual || folded.contains(['f', 'j', 'w', 'z']))
}

/// Whether a word stands in a list.
pub(super) fn listed(list: &List, low: &str) -> bool {
    list.contains(low)
}

/// Where a person's introduction begins that ends before a word: "đồng chí", "ông"; `None` when there is none.
pub(super) fn introduction(words: &Words<'_>, at: usize) -> Option<usize> {
    let last = at.checked_sub(1)?;
    let low = words.low(last);
    let before = last.checked_sub(1).map_or("", |before| words.low(before));
    let start = match (low, before) {
        ("chí", "đồng") if matches!(words.gap(at), Gap::Space | Gap::Colon) => return Some(last - 1),
        _ if words.gap(at) != Gap::Space => return None,
        ("c", "đ") if words.gap(last) == Gap::Slash => return Some(last - 1),
        ("chí", _) | ("em", "anh" | "chị" | "các") => return None,
        _ if listed(&KIN, low) || listed(&OTHERS, low) => last,
        _ if low.len() < 9 && words.gap(last) == Gap::Space && listed(&OTHERS, format!("{before}_{low}").as_str()) => {
            last - 1
        }
        _ => return None,
    };
    // "Hai Bà Trưng", "nước Anh": a capital inside a sentence is no introduction.
    let capital = words.case(start) != Case::Lower;
    let opens =
        matches!(words.gap(start), Gap::Stop | Gap::Open | Gap::Colon | Gap::Dash | Gap::Other | Gap::Semicolon);
    (!capital || opens).then_some(start)
}

/// Whether an introduction that begins at a word is one that only people have.
pub(super) fn is_kin(words: &Words<'_>, start: usize) -> bool {
    matches!(words.low(start), "đồng" | "đ") || listed(&KIN, words.low(start))
}

/// Whether a word alone introduces people.
pub(super) fn is_any_introduction(low: &str) -> bool {
    listed(&KIN, low) || listed(&OTHERS, low)
}

/// Whether the words before a word introduce a person.
pub(super) fn is_introducer(words: &Words<'_>, at: usize) -> bool {
    introduction(words, at).is_some() || super::people::heads::is_personal_before(words, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Part;

    #[test]
    fn lists_are_matched_by_whole_words() {
        assert!(is_family_name("lê") && is_family_name("nguyễn") && !is_family_name("nguy") && !is_family_name(""));
        assert!(is_any_family_name("ksor") && !is_any_family_name("kso"));
    }

    #[test]
    fn a_capital_inside_a_sentence_introduces_nobody() {
        let at = |text: &str, at| introduction(&Words::new(Part::Lead, text), at);
        assert_eq!(at("gặp bà Lê Thị Na", 2), Some(1));
        assert_eq!(at("quận Hai Bà Trưng", 3), None);
        assert_eq!(at("Đồng chí Lê Na", 2), Some(0));
        assert_eq!(at("các đồng chí: Lê Na", 3), Some(1));
    }
}
