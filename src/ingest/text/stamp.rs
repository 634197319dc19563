//! Lines that are a date by themselves: stamps of publication and banners of the page.

use crate::analysis::fold::fold;
use crate::article::Date;
use crate::facts::dates::{self, Form};

/// The longest line that is looked at, in bytes.
const MOST_BYTES: usize = 120;

/// A line that is a date.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Stamp {
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
pub(in crate::ingest) fn read(line: &str) -> Option<Stamp> {
    if line.len() > MOST_BYTES || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain = plain(line);
    let stamp = read_plain(&plain)?;
    if plain == line {
        return Some(stamp);
    }
    // The words of the source, not those that were read in their place.
    let text = line.split_once(':').filter(|(label, _)| is_label(label)).map_or(line, |(_, rest)| rest.trim());
    Some(Stamp { date: Date { text: text.to_owned(), ..stamp.date }, ..stamp })
}

fn is_label(label: &str) -> bool {
    let label = fold(label);
    LABELS.iter().any(|(name, _)| *name == label)
}

/// A line with its date in the usual form: `thứ hai, 05 08 2019 10:41` has spaces between the figures,
/// `Thứ ba - 23/07/2024 02:15 PM` a dash after the weekday and a clock of twelve hours.
fn plain(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let is_figures =
        |word: &str, most: usize| (1..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let spaced = words.windows(3).position(|three| match three {
        [day, month, year] => is_figures(day, 2) && is_figures(month, 2) && year.len() == 4 && is_figures(year, 4),
        _ => false,
    });
    if let Some(at) = spaced {
        let date = words.drain(at..at + 3).collect::<Vec<_>>().join("/");
        words.insert(at, date);
    }
    let weekday = words.windows(2).position(|two| match two {
        [first, second] => is_weekday(&fold(first), &fold(second)),
        _ => false,
    });
    if let Some(at) = weekday {
        let after = at + 2;
        while words.get(after).is_some_and(|word| matches!(word.as_str(), "-" | "–" | "|" | ",")) {
            words.remove(after);
        }
    }
    // "10/14/2024 7:56 AM" has the month first, as the clock of twelve hours says.
    let half = words.iter().position(|word| matches!(word.as_str(), "AM" | "PM" | "SA" | "CH" | "am" | "pm"));
    if let Some(at) = half.filter(|at| *at > 0)
        && let Some((hour, rest)) = words.get(at - 1).and_then(|clock| clock.split_once(':'))
        && let Ok(hour) = hour.parse::<u32>()
    {
        let late = words.get(at).is_some_and(|word| matches!(word.as_str(), "PM" | "CH" | "pm"));
        let hour = if late && hour < 12 {
            hour + 12
        } else if !late && hour == 12 {
            0
        } else {
            hour
        };
        let clock = format!("{hour:02}:{rest}");
        if let Some(word) = words.get_mut(at - 1) {
            *word = clock;
        }
        let american = at.checked_sub(2).and_then(|before| words.get_mut(before));
        if let Some(date) = american
            && let [month, day, year] = date.split('/').collect::<Vec<_>>().as_slice()
            && day.parse::<u32>().is_ok_and(|day| day > 12)
            && month.parse::<u32>().is_ok_and(|month| month <= 12)
        {
            *date = format!("{day}/{month}/{year}");
        }
        words.remove(at);
    }
    words.join(" ")
}

fn is_weekday(first: &str, second: &str) -> bool {
    match first {
        "thu" => matches!(second, "hai" | "ba" | "tu" | "nam" | "sau" | "bay" | "2" | "3" | "4" | "5" | "6" | "7"),
        "chu" => second == "nhat",
        _ => false,
    }
}

fn read_plain(line: &str) -> Option<Stamp> {
    let found = dates::find(line).into_iter().next()?;
    found.year.filter(|_| found.day.is_some())?;
    let label = fold(line.get(..found.span.start)?);
    let says_published = match label.as_str() {
        "" => None,
        label => Some(LABELS.iter().find(|(name, _)| *name == label)?.1),
    };
    let after = fold(line.get(found.span.end..)?);
    let readers = after.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if !matches!(readers.trim(), "" | "luot xem" | "luot doc" | "gmt" | "utc" | "xem" | "da xem" | "so lan xem") {
        // "1.204 lượt xem" puts the figures first.
        let words = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if !matches!(words, "luot xem" | "luot doc" | "views" | "lan xem" | "lan doc") {
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
    fn stamps_in_unusual_writing_keep_their_words() {
        for (line, iso, text) in [
            ("thứ hai, 05 08 2019 10:41", "2019-08-05T10:41+07:00", "thứ hai, 05 08 2019 10:41"),
            ("Thứ ba - 23/07/2024 02:15 PM", "2024-07-23T14:15+07:00", "Thứ ba - 23/07/2024 02:15 PM"),
            ("Ngày đăng: 23/07/2024 12:05 SA", "2024-07-23T00:05+07:00", "23/07/2024 12:05 SA"),
            ("7/23/2024 2:05 PM", "2024-07-23T14:05+07:00", "7/23/2024 2:05 PM"),
        ] {
            let stamp = read(line).unwrap();
            assert_eq!((stamp.date.iso().as_str(), stamp.date.text.as_str()), (iso, text));
        }
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
