//! Lines that are a date by themselves: stamps of publication and banners of the page.

use crate::analysis::fold::fold;
use crate::article::Date;
use crate::facts::dates::{self, Form};

/// The longest line that is looked at, in bytes.
const MOST_BYTES: usize = 120;

/// A line that is a date.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    /// The date.
    pub date: Date,
    /// True for a weekday and date without a time or label: the day the page was rendered, not the article's.
    pub banner: bool,
    /// True when it says that it is the day of publication, not of a change.
    pub says_published: bool,
}

/// What stands before the date of a stamp, folded.
const LABELS: [(&str, bool); 20] = [
    ("ngay dang", true),
    ("ngay dang tin", true),
    ("ngay dang bai", true),
    ("dang ngay", true),
    ("dang luc", true),
    ("dang", true),
    ("dang tai", true),
    ("thoi gian dang", true),
    ("ngay xuat ban", true),
    ("xuat ban", true),
    ("xuat ban luc", true),
    ("ngay ban hanh", true),
    ("ngay tao", true),
    ("cap nhat", false),
    ("cap nhat luc", false),
    ("cap nhat ngay", false),
    ("cap nhat lan cuoi", false),
    ("ngay cap nhat", false),
    ("thoi gian", false),
    ("ngay", false),
];

/// Reads a line that holds a date, perhaps a label before it, and nothing else but a count of readers.
pub(super) fn read(line: &str) -> Option<Stamp> {
    if line.len() > MOST_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = dates::find(line).into_iter().next()?;
    found.year.filter(|_| found.day.is_some())?;
    let label = fold(line.get(..found.span.start)?);
    let says_published = match label.as_str() {
        "" => None,
        label => Some(LABELS.iter().find(|(name, _)| *name == label)?.1),
    };
    let after = fold(line.get(found.span.end..)?);
    let readers = after.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if !matches!(readers.trim(), "" | "luot xem" | "luot doc" | "gmt" | "utc" | "xem") {
        // "1.204 lượt xem" puts the figures first.
        let words = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if !matches!(words, "luot xem" | "luot doc" | "views") {
            return None;
        }
    }
    let banner = found.form == Form::Banner && says_published.is_none();
    Some(Stamp { date: found.date(line, None)?, banner, says_published: says_published == Some(true) })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn iso(line: &str) -> Option<(String, bool)> {
        read(line).map(|stamp| (stamp.date.iso(), stamp.banner))
    }

    #[test]
    fn stamps_stand_alone_or_after_a_label() {
        assert_eq!(iso("08:15 12/06/2024"), Some(("2024-06-12T08:15+07:00".into(), false)));
        assert_eq!(iso("Cập nhật lúc: 08:15 12/06/2024"), Some(("2024-06-12T08:15+07:00".into(), false)));
        assert_eq!(iso("Ngày đăng: 12-06-2024"), Some(("2024-06-12".into(), false)));
        assert_eq!(iso("12/06/2024 08:15 | 1.204 lượt xem"), Some(("2024-06-12T08:15+07:00".into(), false)));
    }

    #[test]
    fn a_weekday_without_time_is_the_banner_of_the_page() {
        assert_eq!(iso("Thứ Tư, ngày 12 tháng 6 năm 2024"), Some(("2024-06-12".into(), true)));
        assert_eq!(iso("Ngày đăng: Thứ Tư, 12/06/2024"), Some(("2024-06-12".into(), false)));
    }

    #[test]
    fn a_date_among_words_is_no_stamp() {
        for line in [
            "Thứ Năm, ngày 08/01/2026: ông Nam",
            "Sáng 12/6",
            "Họp ngày 12/06/2024",
            "tháng 6/2024",
            "- 12/06/2024: họp",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
