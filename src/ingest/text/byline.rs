//! Signatures at the end of a text: who wrote it, or where it was taken from.

use crate::analysis::fold::fold;

/// The longest signature, in characters.
const LONGEST: usize = 60;
/// The most words of a name or of names.
const MOST_WORDS: usize = 9;

/// What a last line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Signature {
    /// A name, initials, an office: `Hà Mai`, `T.H`, `PV`.
    Byline(String),
    /// "Theo Báo Nhân Dân", "Nguồn: TTXVN"
    Source(String),
}

/// Labels before a name, folded.
const LABELS: [&str; 17] = [
    "tin anh",
    "tin va anh",
    "bai anh",
    "bai va anh",
    "tin bai",
    "tin bai anh",
    "tin bai va anh",
    "tin",
    "bai",
    "tac gia",
    "nguoi viet",
    "thuc hien",
    "phong vien",
    "pv",
    "bai viet",
    "tin video",
    "bai hinh",
];

/// Reads a line as a signature; nothing when it does not look like one.
pub(in crate::ingest) fn read(line: &str) -> Option<Signature> {
    let bare = line.trim_start_matches(['(', '-', '–', '*', ' ']).trim_end_matches([')', ' ', '*']);
    if bare.is_empty() || bare.chars().count() > LONGEST {
        return None;
    }
    if let Some((label, value)) = bare.split_once(':') {
        let value = value.trim();
        let label = fold(label);
        return match label.as_str() {
            _ if value.is_empty() => None,
            "nguon" | "nguon tin" | "theo" => Some(Signature::Source(value.to_owned())),
            label if LABELS.contains(&label) => Some(Signature::Byline(value.to_owned())),
            _ => None,
        };
    }
    if let Some(source) = bare.strip_prefix("Theo ") {
        let office = ["Báo ", "Cổng ", "Trang ", "Tạp chí ", "Đài ", "Website ", "Thông tấn xã "];
        let named = is_name(source)
            || office.iter().any(|office| source.starts_with(office))
                && !source.ends_with('.')
                && !source.contains(',');
        return named.then(|| Signature::Source(source.to_owned()));
    }
    let name = without_label(bare).unwrap_or(bare);
    is_name(name).then(|| Signature::Byline(name.to_owned()))
}

/// "Tin, ảnh Hà Mai": the label is often not set apart.
fn without_label(line: &str) -> Option<&str> {
    let spaces = line.match_indices(' ').map(|(at, _)| at);
    let labels = spaces.filter_map(|at| Some((line.get(..at)?, line.get(at + 1..)?)));
    let is_label = |label: &str| {
        let label = fold(label);
        label.contains(' ') && LABELS.contains(&label.as_str())
    };
    labels.filter(|(label, name)| is_label(label) && is_name(name)).last().map(|(_, name)| name)
}

/// True for capitalised words, capitals or initials, joined by dashes, commas or "và".
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '/']).filter(|word| !word.is_empty()).collect();
    // "T.H." ends with a full stop, "Hà Mai." is the end of a sentence.
    let stop = text.ends_with('.') && words.last().is_none_or(|word| word.matches('.').count() < 2);
    let fits = |word: &&str| matches!(*word, "-" | "–" | "&" | "và" | "+") || is_name_word(word);
    !stop && !words.is_empty() && words.len() <= MOST_WORDS && words.iter().all(fits)
}

fn is_name_word(word: &str) -> bool {
    let first = word.chars().next().is_some_and(char::is_uppercase);
    first && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '–' | '’' | '\''))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn byline(line: &str) -> Option<String> {
        match read(line)? {
            Signature::Byline(name) => Some(name),
            Signature::Source(_) => None,
        }
    }

    #[test]
    fn names_initials_and_offices_are_bylines() {
        for line in [
            "Hà Mai",
            "HÀ MAI",
            "PV",
            "T.H",
            "T.H.",
            "Nhóm PV",
            "Hà Mai - Hà Vi",
            "Nguyễn Thị Thanh Mai",
            "Hà Mai và Hà Vi",
        ] {
            assert_eq!(byline(line).as_deref(), Some(line));
        }
    }

    #[test]
    fn labels_are_taken_off() {
        assert_eq!(byline("Tin, ảnh: Hà Mai").as_deref(), Some("Hà Mai"));
        assert_eq!(byline("(Bài và ảnh: Hà Mai)").as_deref(), Some("Hà Mai"));
        assert_eq!(byline("Tác giả: hà mai").as_deref(), Some("hà mai"));
        assert_eq!(byline("Tin, ảnh Hà Mai").as_deref(), Some("Hà Mai"));
        assert_eq!(byline("Bài và ảnh Hà Mai - Hà Vi").as_deref(), Some("Hà Mai - Hà Vi"));
    }

    #[test]
    fn sources_are_told_from_bylines() {
        assert_eq!(read("Nguồn: Báo Xã"), Some(Signature::Source("Báo Xã".into())));
        assert_eq!(read("(Theo TTXVN)"), Some(Signature::Source("TTXVN".into())));
        assert_eq!(read("Theo Báo Xã điện tử"), Some(Signature::Source("Báo Xã điện tử".into())));
    }

    #[test]
    fn sentences_and_headings_are_no_signatures() {
        for line in
            ["Hà Mai nói.", "Hà Mai.", "Phần việc còn lại", "Quý 3", "Địa điểm: Nhà văn hóa", "Theo ông", "", "…"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
