//! Words of the page around an article: buttons, menus, heads of lists, forms. Compared folded, without figures.

use crate::analysis::fold::fold;

/// What a word of the page says about the lines after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Chrome {
    /// Nothing: a button or an entry of a menu; after the last paragraph it is the end of the article.
    Soft,
    /// A list of other articles or a form for comments follows.
    Hard,
}

/// Named values among the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Field {
    /// Từ khóa, Tags
    Tags,
    /// Nguồn
    Source,
    /// Tác giả
    Author,
}

/// The longest line that is looked at, in bytes.
const MOST_BYTES: usize = 90;

const SOFT: [&str; 112] = [
    "a",
    "a a",
    "a a a",
    "an",
    "ban in",
    "ban tin phap luat",
    "bao loi",
    "binh chon",
    "bo qua de den noi dung",
    "captcha",
    "chia se",
    "chia se bai viet",
    "chia se facebook",
    "chia se len facebook",
    "chia se len mang xa hoi",
    "chia se tin",
    "chia se zalo",
    "click de danh gia bai viet",
    "co chu",
    "co chu a a",
    "copy link",
    "dang ky",
    "dang nhap",
    "dang xuat",
    "dau trang",
    "doc bai viet",
    "doc tiep",
    "english",
    "facebook",
    "file dinh kem",
    "giam co chu",
    "gioi thieu",
    "google",
    "google plus",
    "gop y",
    "gui bai viet",
    "gui cho ban be",
    "gui email",
    "gui mail",
    "home",
    "in",
    "in bai",
    "in bai nay",
    "in bai viet",
    "in noi dung",
    "in tin",
    "in trang",
    "in trang nay",
    "kich thuoc chu",
    "len dau trang",
    "lien he",
    "like",
    "linkedin",
    "luot doc",
    "luot thich",
    "luot truy cap",
    "luot xem",
    "luu bai viet",
    "ma an toan",
    "ma bao mat",
    "ma xac nhan",
    "mac dinh",
    "menu",
    "messenger",
    "nghe bai viet",
    "nghe doc bai",
    "nghe doc bai viet",
    "nghe noi dung",
    "phan hoi",
    "phong su anh",
    "print",
    "quay lai",
    "refresh",
    "rss",
    "search",
    "share",
    "sign in",
    "sitemap",
    "skip ribbon commands",
    "skip to content",
    "skip to main content",
    "so do cong",
    "so do trang",
    "so lan xem",
    "so luot doc",
    "so luot xem",
    "tai lieu dinh kem",
    "tai ve",
    "tang co chu",
    "tat ca",
    "tep dinh kem",
    "theo doi tren google news",
    "thich",
    "tiktok",
    "tim kiem",
    "tin tuc su kien",
    "tra loi",
    "trang chu",
    "tro ve",
    "tro ve dau trang",
    "trung binh binh chon",
    "turn on more accessible mode",
    "tweet",
    "twitter",
    "ve dau trang",
    "video clip",
    "views",
    "xem chi tiet",
    "xem nhanh",
    "xem them",
    "xem tiep",
    "zalo",
];

const HARD: [&str; 99] = [
    "bai cung chuyen muc",
    "bai doc nhieu",
    "bai lien quan",
    "bai viet cung chu de",
    "bai viet cung chuyen muc",
    "bai viet khac",
    "bai viet lien quan",
    "bai viet moi",
    "bai viet moi nhat",
    "binh luan",
    "binh luan cua ban",
    "binh luan cua ban ve bai viet",
    "binh luan facebook",
    "cac bai khac",
    "cac bai lien quan",
    "cac bai viet cung chuyen muc",
    "cac bai viet khac",
    "cac bai viet lien quan",
    "cac binh luan",
    "cac thong tin khac",
    "cac tin bai khac",
    "cac tin cu hon",
    "cac tin cung chuyen muc",
    "cac tin da dang",
    "cac tin da dang tai",
    "cac tin da dua",
    "cac tin khac",
    "cac tin lien quan",
    "cac tin lien quan khac",
    "cac tin moi hon",
    "cac tin tiep theo",
    "cac tin truoc",
    "co the ban quan tam",
    "co the ban se thich",
    "cung chu de",
    "cung chuyen muc",
    "cung tac gia",
    "dang duoc quan tam",
    "de lai binh luan",
    "de lai mot binh luan",
    "doc nhieu",
    "doc nhieu nhat",
    "dong su kien",
    "goi y cho ban",
    "gui binh luan",
    "gui phan hoi",
    "gui y kien",
    "lien ket",
    "lien ket web",
    "lien ket website",
    "nhung bai viet khac",
    "nhung tin cu hon",
    "nhung tin khac",
    "nhung tin moi hon",
    "noi dung lien quan",
    "quang cao",
    "tham do y kien",
    "thong ke",
    "thong ke truy cap",
    "thong tin lien quan",
    "tin bai cung chuyen muc",
    "tin bai khac",
    "tin bai lien quan",
    "tin cu",
    "tin cu hon",
    "tin cung chu de",
    "tin cung chuyen muc",
    "tin cung chuyen muc khac",
    "tin da dang",
    "tin da dang khac",
    "tin da dua",
    "tin doc nhieu",
    "tin doc nhieu nhat",
    "tin hot",
    "tin khac",
    "tin lien quan",
    "tin lien quan khac",
    "tin moi",
    "tin moi cap nhat",
    "tin moi hon",
    "tin moi nhat",
    "tin noi bat",
    "tin noi bat khac",
    "tin tiep theo",
    "tin trong chuyen muc",
    "tin truoc do",
    "tin tuc khac",
    "tin tuc lien quan",
    "tin xem nhieu",
    "tong luot binh luan",
    "tong so binh luan",
    "van ban lien quan",
    "xem nhieu",
    "xem nhieu nhat",
    "y kien ban doc",
    "y kien binh luan",
    "y kien cua ban",
    "y kien doc gia",
    "y kien phan hoi",
];

/// What a line of the page's own words is; nothing for a line of text.
pub(in crate::ingest) fn chrome(line: &str) -> Option<Chrome> {
    if line.len() > MOST_BYTES {
        return None;
    }
    let folded = fold(line);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
    let words = words.join(" ");
    // A line of signs, "| |" or "***", is no text either.
    if folded.is_empty() || SOFT.contains(&words.as_str()) {
        return Some(Chrome::Soft);
    }
    HARD.contains(&words.as_str()).then_some(Chrome::Hard)
}

/// A named value, empty when only the name is there.
pub(in crate::ingest) fn field(line: &str) -> Option<(Field, &str)> {
    let (label, value) = line.split_once(':').unwrap_or((line, ""));
    if label.len() > 30 {
        return None;
    }
    let field = match fold(label).as_str() {
        "tag" | "tags" | "tu khoa" | "the" | "tu khoa tim kiem" => Field::Tags,
        "nguon" | "nguon tin" => Field::Source,
        "tac gia" => Field::Author,
        _ => return None,
    };
    Some((field, value.trim()))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_page_are_known_in_any_writing() {
        for line in ["SIGN IN", "Đăng nhập", "In trang", "Lượt xem: 1.204", "| |", "Chia sẻ:"] {
            assert_eq!(chrome(line), Some(Chrome::Soft), "{line}");
        }
        for line in ["Tin khác", "CÁC TIN KHÁC:", "Ý kiến bạn đọc (0)", "Bình luận của bạn về bài viết..."]
        {
            assert_eq!(chrome(line), Some(Chrome::Hard), "{line}");
        }
    }

    #[test]
    fn lines_that_only_contain_such_words_are_text() {
        for line in ["Chia sẻ với đồng bào vùng lũ", "Tin khác thường", "2024", "In sách"] {
            assert_eq!(chrome(line), None, "{line}");
        }
    }

    #[test]
    fn named_values_are_split() {
        assert_eq!(field("Từ khóa: cầu, đường"), Some((Field::Tags, "cầu, đường")));
        assert_eq!(field("Tag:"), Some((Field::Tags, "")));
        assert_eq!(field("Nguồn: Báo Xã"), Some((Field::Source, "Báo Xã")));
        assert_eq!(field("Địa điểm: nhà văn hóa"), None);
    }

    #[test]
    fn the_lists_are_folded_and_hold_nothing_twice() {
        let all: Vec<&str> = SOFT.into_iter().chain(HARD).collect();
        for (at, words) in all.iter().enumerate() {
            assert_eq!(fold(words), **words);
            assert!(!all.iter().take(at).any(|other| other == words), "{words}");
        }
    }
}
