//! Which words are names of people? Family names, and the words that introduce a person.

use super::words::{Case, Gap, Words};

/// Family names that stand at the beginning of names without any introduction. By share of the population (Lê Trung
/// Hoa, "Họ và tên người Việt Nam", 2005), those of one in a thousand and more.
const COMMON: &str = " nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm trịnh \
    trương đào tô tạ lương lưu phùng tống hứa quách chu nghiêm doãn kiều cao hà thái châu mai đàm ";

/// Other family names, which count where a word introduces the person.
const RARE: &str = " văn la thạch khuất tôn lục cù lại ninh bạch ông mạc viên uông thân kim sơn danh chế lò lường cầm \
    quàng vừ giàng sùng thào vàng nông bế ma hầu hạng cháng chảo lù tòng điêu cà vi lô lữ kha hờ xồng lầu moong ksor \
    siu nay rah rơ kpă niê puih rcom rmah y a đèo giáp thiều khương hàn trang âu diệp đồng đậu cung phí trà tiêu mã \
    khổng vưu ngụy nhâm bành biện cái liêu quản chử hán sầm từ tập đăng cồ thượng hùng tiết thi ôn mẫn nhữ lã phương quan \
    mông đường thẩm bàng phú tưởng thòng vòng chướng nhan thang khúc mâu ngũ nhạc vương triệu tăng phó ";

/// Words before a name that say it is a person's, and nothing more.
const KIN: [&str; 36] = [
    "đồng chí",
    "các đồng chí",
    "đ/c",
    "ông",
    "bà",
    "anh",
    "chị",
    "em",
    "cô",
    "chú",
    "bác",
    "cụ",
    "cháu",
    "bé",
    "thầy",
    "nạn nhân",
    "bị cáo",
    "bị can",
    "nghi can",
    "nghi phạm",
    "đối tượng",
    "thí sinh",
    "học sinh",
    "sinh viên",
    "người dân",
    "vợ",
    "chồng",
    "mẹ",
    "bố",
    "cha",
    "con trai",
    "con gái",
    "tài xế",
    "lái xe",
    "công dân",
    "chàng",
];

/// Words before capitals that say they name something else: streets, schools, prizes.
const THINGS: &str = " đường phố thpt thcs trường cầu giải ngã sân nhà quán hẻm ngõ chợ viện hiệu thành đền chùa miếu lăng \
    vườn viên trại hội khách tàu ga hát triều đời họ vua ấp thôn cup cúp rạp hồ kênh sông núi đảo \
    động ty hãng tượng mang khu lộ vòng xá đạo chi tên quỹ lớp tổ bảo bia góc hầm nút vịnh cảng trạm clb fc học thời nghĩa \
    tiểu số cơ cục th trang ";

/// Whether a word, in small letters, is a common family name.
pub(super) fn is_family_name(low: &str) -> bool {
    listed(COMMON, low)
}

/// Whether a word is a family name of any kind.
pub(super) fn is_any_family_name(low: &str) -> bool {
    listed(COMMON, low) || listed(RARE, low)
}

/// Whether the word before a name makes it the name of a thing.
pub(super) fn is_thing(low: &str) -> bool {
    listed(THINGS, low)
}

/// Whether a word stands in a list, with spaces around each.
pub(super) fn listed(list: &str, low: &str) -> bool {
    !low.is_empty()
        && list.match_indices(low).any(|(at, _)| {
            list.as_bytes().get(at.wrapping_sub(1)) == Some(&b' ') && list.as_bytes().get(at + low.len()) == Some(&b' ')
        })
}

/// Where a person's introduction begins that ends before a word: "đồng chí", "ông"; `None` when there is none.
pub(super) fn introduction(words: &Words<'_>, at: usize) -> Option<usize> {
    let found = KIN.iter().filter(|kin| !kin.contains('/')).find_map(|kin| {
        let start = at.checked_sub(kin.split(' ').count())?;
        let fits = words.has(start, kin)
            && (words.gap(at) == Gap::Space || kin.ends_with("đồng chí") && words.gap(at) == Gap::Colon);
        fits.then_some(start)
    });
    let start = found.or_else(|| {
        let start = at.checked_sub(2)?;
        (words.low(start) == "đ" && words.low(start + 1) == "c" && words.gap(start + 1) == Gap::Slash).then_some(start)
    })?;
    // "Hai Bà Trưng", "nước Anh": a capital inside a sentence is no introduction.
    let capital = words.case(start) != Case::Lower;
    let opens =
        matches!(words.gap(start), Gap::Stop | Gap::Open | Gap::Colon | Gap::Dash | Gap::Other | Gap::Semicolon);
    (!capital || opens || found.is_none() || words.low(start) == "đồng").then_some(start)
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
        assert_eq!(at("các đồng chí: Lê Na", 3), Some(0));
    }
}
