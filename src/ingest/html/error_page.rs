//! Is the page what a server answers where there is none, with a status that a mirror did not keep?

use crate::analysis::fold::fold;

/// More prose is an article that tells of something lost, in characters.
const MOST: usize = 400;
/// The longest line that says it, in characters.
const LONGEST: usize = 160;

/// What a title or a line begins with, folded.
const BEGINNINGS: [&str; 23] = [
    "error 404",
    "loi 404",
    "403 forbidden",
    "error 403",
    "500 internal server error",
    "502 bad gateway",
    "503 service",
    "page not found",
    "not found",
    "file not found",
    "access denied",
    "access is denied",
    "internal server error",
    "service unavailable",
    "server error in",
    "runtime error",
    "object moved",
    "khong tim thay trang",
    "khong tim thay noi dung",
    "khong tim thay bai viet",
    "khong tim thay du lieu",
    "khong tim thay ket qua",
    "khong co du lieu",
];
/// What it holds: of whom, and what is wrong with it.
const SUBJECTS: [&str; 9] =
    ["trang", "trang web", "bai viet", "noi dung", "duong dan", "lien ket", "website", "tin bai", "cong thong tin"];
const WRONGS: [&str; 8] = [
    "khong ton tai",
    "khong tim thay",
    "khong duoc tim thay",
    "da bi xoa",
    "dang bao tri",
    "dang duoc bao tri",
    "dang xay dung",
    "dang cap nhat du lieu",
];

/// The words by which a page says that there is nothing, if it does and has no more than that. `prose`: how much prose
/// there is, in characters.
pub(super) fn said<'l>(title: &'l str, lines: impl Iterator<Item = &'l str>, prose: usize) -> Option<&'l str> {
    if prose >= MOST {
        return None;
    }
    std::iter::once(title).chain(lines.take(6)).find(|line| says_so(line))
}

fn says_so(line: &str) -> bool {
    if line.is_empty() || line.chars().count() > LONGEST {
        return false;
    }
    let folded = fold(line);
    let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = |with: &&str| bare.strip_prefix(*with).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    // "Lỗi 404", "404 - Không tìm thấy", but not "404 hộ dân được cấp đất".
    if let Some(rest) = bare.strip_prefix("404") {
        let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        return rest.is_empty()
            || ["not found", "khong", "page", "trang", "error", "loi"].iter().any(|w| rest.starts_with(w));
    }
    let subject = || SUBJECTS.iter().find_map(|subject| bare.strip_prefix(subject)).unwrap_or_default();
    let wrong = || {
        // "Trang bạn yêu cầu không tồn tại": little stands between.
        let rest = subject();
        WRONGS.iter().any(|wrong| rest.find(wrong).is_some_and(|at| at <= 40))
    };
    BEGINNINGS.iter().any(begins) || wrong()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn pages_for_what_is_not_there_say_so() {
        for line in [
            "404",
            "404 Not Found",
            "Lỗi 404: không tìm thấy trang",
            "404 - Không tìm thấy trang",
            "Page not found",
            "Không tìm thấy trang bạn yêu cầu",
            "Trang bạn yêu cầu không tồn tại hoặc đã bị xóa",
            "Bài viết không tồn tại!",
            "Website đang bảo trì, mời bạn quay lại sau",
            "Access Denied",
        ] {
            assert_eq!(said("", [line].into_iter(), 0), Some(line));
            assert_eq!(said(line, [].into_iter(), 0), Some(line));
            assert_eq!(said(line, [].into_iter(), 500), None);
        }
    }

    #[test]
    fn titles_that_tell_of_errors_and_losses_are_titles() {
        for line in [
            "404 hộ dân được cấp đất",
            "Không tìm thấy người mất tích sau hai ngày",
            "Trang trại gà của anh Nam",
            "Nội dung kỳ họp thứ bảy",
            "Cổng thông tin điện tử huyện ra mắt giao diện mới",
            "Website của xã giúp người dân hỏi đáp thuận tiện hơn mà không phải đi xa, không tìm thấy nữa cảnh xếp hàng",
            "",
        ] {
            assert_eq!(said(line, [].into_iter(), 0), None, "{line}");
        }
    }
}
