//! Words that begin a post or office, and those that a post goes on with.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::facts::names::listed;
use crate::facts::signs::{self, List, words_of};
use crate::facts::words::{Case, Gap, Words};

/// Posts whose name goes on with a body: "Bí thư" → "Bí thư Quận ủy". Longer ones first where one begins another.
const POSTS: [&str; 110] = [
    "tuv",
    "uvtw",
    "uvbtv",
    "uvbch",
    "pbt",
    "pct",
    "quyền tổng giám đốc",
    "phó tổng giám đốc",
    "tổng giám đốc",
    "phó tổng biên tập",
    "tổng biên tập",
    "phó tổng cục trưởng",
    "tổng cục trưởng",
    "phó tổng thư ký",
    "tổng thư ký",
    "tổng bí thư",
    "phó bí thư",
    "bí thư",
    "phó chủ tịch",
    "quyền chủ tịch",
    "chủ tịch",
    "phó thủ tướng",
    "thủ tướng",
    "quyền bộ trưởng",
    "bộ trưởng",
    "thứ trưởng",
    "phó giám đốc",
    "quyền giám đốc",
    "giám đốc",
    "phó trưởng",
    "phó ban",
    "trưởng ban",
    "phó trưởng phòng",
    "trưởng phòng",
    "phó phòng",
    "trưởng công an",
    "trưởng khoa",
    "phó khoa",
    "phó hiệu trưởng",
    "hiệu trưởng",
    "phó viện trưởng",
    "viện trưởng",
    "phó cục trưởng",
    "cục trưởng",
    "vụ phó",
    "phó vụ trưởng",
    "vụ trưởng",
    "phó chi cục trưởng",
    "chi cục trưởng",
    "phó chánh văn phòng",
    "chánh văn phòng",
    "phó chánh án",
    "chánh án",
    "phó chánh thanh tra",
    "chánh thanh tra",
    "phó chủ nhiệm",
    "chủ nhiệm",
    "phó tư lệnh",
    "tư lệnh",
    "phó chính ủy",
    "chính ủy",
    "chỉ huy trưởng",
    "phó chỉ huy trưởng",
    "tham mưu trưởng",
    "đội trưởng",
    "đội phó",
    "tổ trưởng",
    "trạm trưởng",
    "đồn trưởng",
    "trưởng đoàn",
    "phó trưởng đoàn",
    "trưởng thôn",
    "ủy viên",
    "thành ủy viên",
    "tỉnh ủy viên",
    "quận ủy viên",
    "huyện ủy viên",
    "đảng ủy viên",
    "đại biểu quốc hội",
    "tổng thống",
    "phó tổng thống",
    "thị trưởng",
    "thống đốc",
    "phó thống đốc",
    "ngoại trưởng",
    "đại sứ",
    "tổng lãnh sự",
    "người phát ngôn",
    "phát ngôn viên",
    "kiểm toán trưởng",
    "tổng kiểm toán",
    "phó đoàn",
    "thư ký",
    "điều phối viên",
    "quốc vương",
    "chủ tịch nước",
    "viện phó",
    "hiệu phó",
    "phó đội trưởng",
    "trưởng bộ môn",
    "trưởng nhóm",
    "trưởng đại diện",
    "thủ lĩnh",
    "chủ tọa",
    "kiểm sát viên",
    "thẩm phán",
    "giám sát",
    "giám đốc điều hành",
    "trưởng",
    "đại diện",
];

/// Ranks, professions and titles, which stand right before a name or go on with a body.
const PROFESSIONS: [&str; 101] = [
    "nhà đầu tư",
    "nhà tài trợ",
    "ứng cử viên",
    "ứng viên",
    "doanh nhân",
    "võ sư",
    "tay vợt",
    "danh hài",
    "ntk",
    "nhà thiết kế",
    "nghị sĩ",
    "hoàng tử",
    "công chúa",
    "nữ hoàng",
    "cố vấn",
    "nhà hoạt động",
    "nhà khoa học",
    "nhà sử học",
    "nhà phân tích",
    "tác giả",
    "nhạc trưởng",
    "biên kịch",
    "phi công",
    "chuẩn đô đốc",
    "đại tướng",
    "thượng tướng",
    "trung tướng",
    "thiếu tướng",
    "chuẩn tướng",
    "đại tá",
    "thượng tá",
    "trung tá",
    "thiếu tá",
    "đại úy",
    "thượng úy",
    "trung úy",
    "thiếu úy",
    "đô đốc",
    "giáo sư",
    "phó giáo sư",
    "tiến sĩ",
    "thạc sĩ",
    "gs",
    "pgs",
    "ts",
    "ths",
    "bs",
    "gs.ts",
    "tiến sỹ",
    "thạc sỹ",
    "bác sĩ",
    "bác sỹ",
    "luật sư",
    "kiến trúc sư",
    "kỹ sư",
    "nhà báo",
    "phóng viên",
    "ca sĩ",
    "ca sỹ",
    "nhạc sĩ",
    "nhạc sỹ",
    "diễn viên",
    "đạo diễn",
    "nghệ sĩ",
    "nghệ sỹ",
    "nsưt",
    "nsnd",
    "hoa hậu",
    "á hậu",
    "á khôi",
    "hoa khôi",
    "người mẫu",
    "siêu mẫu",
    "mc",
    "hlv",
    "huấn luyện viên",
    "cầu thủ",
    "tiền đạo",
    "tiền vệ",
    "hậu vệ",
    "thủ môn",
    "trung vệ",
    "trọng tài",
    "võ sĩ",
    "kỳ thủ",
    "nhà văn",
    "nhà thơ",
    "họa sĩ",
    "chuyên gia",
    "thượng nghị sĩ",
    "tỷ phú",
    "ceo",
    "hot girl",
    "vđv",
    "vận động viên",
    "nghệ nhân",
    "rapper",
    "chuyên viên",
    "thượng tọa",
    "nhà lãnh đạo",
    "lãnh đạo",
];

/// What may come before a post and belongs to it.
pub(in crate::facts) const BEFORE: [&str; 4] = ["nguyên", "cựu", "tân", "quyền"];

/// Words, of one to four syllables, that bodies and posts are called with in small letters.
const BODY: &str = "|ban|ban chỉ đạo|chương trình|tiểu ban|bộ|sở|ngành|cục|vụ|viện|phòng|chi nhánh|công ty|tổng công ty|tập đoàn|\
    doanh nghiệp|trường|đại học|học viện|cao đẳng|tiểu học|mầm non|trung cấp|thcs|thpt|ubnd|hđnd|mttq|hđqt|\
    ủy ban|ủy ban nhân dân|hội đồng|hội đồng nhân dân|hội đồng quản trị|hội|hiệp hội|liên đoàn|liên minh|\
    hợp tác xã|câu lạc bộ|clb|quốc hội|chính phủ|nước|tòa án|viện kiểm sát|tòa án nhân dân|nhân dân|nhà nước|\
    tối cao|an ninh|cảnh sát|điều tra|hình sự|giao thông|quân sự|chỉ huy|biên phòng|hải quan|thuế|kho bạc|\
    ngân hàng|thường trực|thường vụ|chấp hành|tuyên giáo|tổ chức|dân vận|nội chính|kinh tế|kiểm tra|\
    văn phòng|thanh tra|báo|đài|phát thanh|truyền hình|tạp chí|điều hành|kỹ thuật|kinh doanh|nghiên cứu|\
    phát triển|khoa học|công nghệ|giáo dục|đào tạo|y tế|bệnh viện|khoa|môi trường|tài nguyên|nông nghiệp|\
    lâm nghiệp|xây dựng|vận tải|tư pháp|lao động|thương binh|xã hội|công thương|văn hóa|thể thao|du lịch|\
    thông tin|truyền thông|ngoại giao|quốc phòng|kế hoạch|đầu tư|tài chính|dân tộc|phụ nữ|thanh niên|\
    nông dân|cựu chiến binh|người cao tuổi|chữ thập đỏ|mặt trận|tổ quốc|liên hiệp|đội|nhóm|bóng đá|đội tuyển|\
    tuyển|quốc gia|thành viên|cơ quan|đơn vị|kiêm|phụ trách|chuyên trách|chuyên môn|chuyên ngành|đại diện|\
    đại sứ quán|đảng bộ|đảng ủy|đảng đoàn|đảng|chi bộ|nhà hát|thư viện|bảo tàng|trung tâm|dịch vụ|dự án|\
    quản lý|đất đai|trung ương|tỉnh|thành phố|tp|quận|huyện|thị xã|phường|xã|thị trấn|thôn|ấp|bản|khu phố|\
    khu vực|tổ dân phố|tỉnh ủy|thành ủy|quận ủy|huyện ủy|thị ủy|công an|quân đội|bộ đội|tỉnh đoàn|thành đoàn|\
    huyện đoàn|quận đoàn|đoàn|đoàn thanh niên|công đoàn|khối|nội vụ|hành chính|nhân sự|pháp chế|pháp luật|\
    thương mại|công nghiệp|xuất nhập khẩu|thị trường|khách hàng|tiếp thị|sản xuất|quan hệ|đối ngoại|hợp tác|\
    quốc tế|chiến lược|an toàn|thực phẩm|bảo hiểm|chứng khoán|bất động sản|đối nội|chính trị|tổng cục|\
    tổng hợp|kiểm soát|nhà trường|chung|phát ngôn|lực lượng|đặc biệt|cấp cao|trưởng|đại biểu|hàng không|\
    hàng hải|đường bộ|đường sắt|chi cục|trại|trạm|bảo vệ|kiểm lâm|thủy lợi|thú y|trồng trọt|chăn nuôi|\
    thủy sản|tín dụng|kiểm toán|kế toán|thống kê|đo lường|dân số|gia đình|trẻ em|phòng chống|ma túy|\
    phòng cháy|chữa cháy|cứu nạn|cứu hộ|di sản|nghệ thuật|điện ảnh|sân khấu|âm nhạc|mỹ thuật|ngoại khoa|\
    nội khoa|sản|nhi|tim mạch|cấp cứu|hồi sức|chống độc|dinh dưỡng|học tập|công tác|người|sinh viên|học sinh|\
    nhà máy|xí nghiệp|phân xưởng|kỹ năng|tâm lý|ngữ văn|toán|hđnd-ubnd|thứ nhất|danh dự|phong trào|quy hoạch|\
    kiến trúc|đô thị|hạ tầng|nhà ở|đường|tiền tệ|chiến dịch|vùng|quân khu|hải quân|không quân|trung đoàn|\
    sư đoàn|lữ đoàn|tiểu đoàn|đại đội|tham mưu|hậu cần|doanh trại|cơ sở|đối tác|sáng tạo|nội dung|sáng lập|\
    tư vấn|chính sách|lý luận|lịch sử|triết học|xuất bản|bản quyền|nhà xuất bản|tuyển sinh|khảo thí|";

/// Words that end a post though a capital stands before them.
static VERBS: List = LazyLock::new(|| {
    words_of(
        " \
    cho nói khẳng nhấn đã đang sẽ phát đánh đề yêu chỉ kết trao tặng biểu thăm dự tham chủ làm là cũng vừa \
    bày chia nêu ký có được bị trong khi vào đến tới từ với theo trên cùng thông tiếp gửi giải nhận cám cảm \
    hy mong dẫn phê trả thừa xác tuyên kêu kể cảnh lưu ghi đi đưa ra nhất không chưa cần phải bởi vì nên mà \
    thì do để như hay hoặc trình chúc nay nhưng hiện từng cuối đầu chủ trực bảo viết hỏi đáp cười khuyên xin \
    lên xuống về ở chứng tổng đến rằng này đó và đều còn lại mới quyết mở khai đọc gặp tổ ",
    )
});

/// Where a post begins and its first words end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    /// The first word, with "nguyên" and the like.
    pub start: usize,
    /// After the words of the list.
    pub end: usize,
}

/// The post that begins at a word.
pub(super) fn head_at(words: &Words<'_>, at: usize) -> Option<Head> {
    if !words.may_begin(at, signs::HEAD | signs::BEFORE_HEAD) {
        return None;
    }
    let first = words.low(at);
    if BEFORE.contains(&first) && words.gap(at + 1) == Gap::Space && !(first == "tân" && words.is_capital(at)) {
        let head = listed_at(words, at + 1).map(|head| Head { start: at, ..head });
        return head.or_else(|| listed_at(words, at));
    }
    listed_at(words, at)
}

/// Posts and professions by their first word; true for professions.
static BY_FIRST: LazyLock<FxHashMap<&str, Vec<(&str, bool)>>> = LazyLock::new(|| {
    let mut by_first: FxHashMap<&str, Vec<(&str, bool)>> = FxHashMap::default();
    let posts = POSTS.iter().map(|phrase| (*phrase, false));
    for (phrase, profession) in posts.chain(PROFESSIONS.iter().map(|phrase| (*phrase, true))) {
        by_first.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push((phrase, profession));
    }
    by_first
});

/// What bodies are called, each phrase.
static BODIES: LazyLock<rustc_hash::FxHashSet<&str>> = LazyLock::new(|| BODY.split('|').collect());

/// All posts and professions.
pub(in crate::facts) fn posts() -> impl Iterator<Item = &'static str> {
    POSTS.into_iter().chain(PROFESSIONS)
}

/// All that bodies are called.
pub(in crate::facts) fn bodies() -> impl Iterator<Item = &'static str> {
    BODY.split('|').filter(|phrase| !phrase.is_empty())
}

fn listed_at(words: &Words<'_>, at: usize) -> Option<Head> {
    if !words.may_begin(at, signs::HEAD) {
        return None;
    }
    let phrases = BY_FIRST.get(words.low(at))?;
    let ends = phrases.iter().filter_map(|(phrase, _)| words.phrase_end(at, phrase));
    let end = ends.max()?;
    Some(Head { start: at, end })
}

/// Posts that people rather than bodies follow.
const OF_STATE: [&str; 5] = ["tổng thống", "thủ tướng", "ngoại trưởng", "bộ trưởng", "tổng bí thư"];

/// Whether a profession, or a post of the state, ends right before a word.
pub(in crate::facts) fn is_personal_before(words: &Words<'_>, at: usize) -> bool {
    let ends_here = |start: usize| {
        let head = listed_at(words, start).filter(|head| head.end == at)?;
        let profession = BY_FIRST.get(words.low(start))?.iter().any(|(phrase, profession)| {
            (*profession || OF_STATE.contains(phrase)) && words.phrase_end(start, phrase) == Some(head.end)
        });
        // "Văn phòng Luật sư An Na", "Đoàn Luật sư Hà Nội"
        let office = start.checked_sub(1).is_some_and(|before| matches!(words.low(before), "phòng" | "đoàn" | "hội"));
        (profession && !office).then_some(())
    };
    words.gap(at) == Gap::Space
        && (1..=4).filter_map(|back| at.checked_sub(back)).any(|start| ends_here(start).is_some())
}

/// The post or body that begins at a word, as far as it goes, not into `names`: "Ban Thường vụ Quận ủy", "Chủ tịch UBND tỉnh".
pub(in crate::facts) fn end_of_body(words: &Words<'_>, at: usize, names: &[Range<usize>]) -> Option<usize> {
    let head = match head_at(words, at) {
        Some(head) => head,
        None => Head { start: at, end: body_at(words, at)? },
    };
    let in_name = |at: usize| {
        let next = names.partition_point(|name| name.end <= at);
        names.get(next).is_some_and(|name| name.contains(&at))
    };
    Some(end_of_post(words, head, &in_name))
}

/// Where a post that begins with a head ends. `stop` says where a person's name begins.
pub(super) fn end_of_post(words: &Words<'_>, head: Head, stop: &dyn Fn(usize) -> bool) -> usize {
    let most = head.end + 30;
    let mut at = head.end;
    let mut list = false;
    while at < most.min(words.len()) && !stop(at) {
        let gap = words.gap(at);
        match gap {
            Gap::Space | Gap::Hyphen | Gap::Dot | Gap::Slash => {}
            // "Sở Lao động - Thương binh và Xã hội"
            Gap::Dash
                if words.is_capital(at)
                    && words.is_capital(at - 1).max(words.case(at - 1) == Case::Lower)
                    && head_at(words, at).is_none()
                    && (body_at(words, at).is_some() || words.case(at) == Case::Upper) => {}
            // "Sở Văn hóa, Thể thao và Du lịch"
            Gap::Comma if words.case(at) == Case::Title && !list && goes_on_in_list(words, at) => list = true,
            _ => break,
        }
        if let Some(end) = body_at(words, at) {
            at = end;
            continue;
        }
        // "Chủ tịch kiêm Tổng giám đốc": another post.
        if head_at(words, at).is_some() {
            break;
        }
        let low = words.low(at);
        let next_is_body = words.is_capital(at + 1) || body_at(words, at + 1).is_some();
        match words.case(at) {
            Case::Digits | Case::Upper => at += 1,
            Case::Title => {
                at += 1;
                // "Thủy lợi": the second syllable of a name.
                let second = words.case(at) == Case::Lower
                    && words.gap(at) == Gap::Space
                    && !listed(&VERBS, words.low(at))
                    && (words.case(at - 2) != Case::Title || body_at(words, at - 2) == Some(at - 1));
                if second && body_at(words, at).is_none() && !stop(at) && head_at(words, at).is_none() {
                    at += 1;
                }
            }
            _ if matches!(low, "của" | "tại" | "thuộc" | "và")
                && next_is_body
                && words.gap(at + 1) == Gap::Space
                && !stop(at + 1)
                && !(low == "và" && head_at(words, at + 1).is_some()) =>
            {
                at += 1
            }
            _ => break,
        }
    }
    // Nothing ends with "và", "của".
    while at > head.end && matches!(words.low(at - 1), "của" | "tại" | "thuộc" | "và" | "kiêm" | "người") {
        at -= 1;
    }
    at
}

/// "Thể thao và Du lịch" after a comma: no post, and "và" with a further capital soon.
fn goes_on_in_list(words: &Words<'_>, at: usize) -> bool {
    let Some(end) = body_at(words, at).filter(|_| head_at(words, at).is_none()) else { return false };
    let and = words.low(end) == "và" && words.gap(end) == Gap::Space;
    and && words.is_capital(end + 1) && body_at(words, end + 1).is_some() && head_at(words, end + 1).is_none()
}

/// Whether a word begins the name of a body.
pub(super) fn is_body_word(words: &Words<'_>, at: usize) -> bool {
    body_at(words, at).is_some()
}

/// The longest word of a body's name in small letters at a place.
fn body_at(words: &Words<'_>, at: usize) -> Option<usize> {
    if !words.may_begin(at, signs::BODY) || words.case(at) == Case::Digits {
        return None;
    }
    // "Chủ tịch quận Đống Đa thông tin": the verb.
    if words.has(at, "thông tin") && words.case(at) == Case::Lower && at > 0 && words.case(at - 1) == Case::Title {
        return None;
    }
    let mut phrase = String::new();
    let mut best = None;
    for next in at..(at + 4).min(words.len()) {
        if next > at {
            if words.gap(next) != Gap::Space {
                break;
            }
            phrase.push(' ');
        }
        phrase += words.low(next);
        if BODIES.contains(phrase.as_str()) {
            best = Some(next + 1);
        }
    }
    best
}
