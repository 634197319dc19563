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

/// Kinds of documents and heads of lists: words in capitals that are no names.
const NO_NAMES: [&str; 16] = [
    "thong bao",
    "bao cao",
    "ke hoach",
    "quyet dinh",
    "nghi quyet",
    "to trinh",
    "cong van",
    "huong dan",
    "chi thi",
    "phu luc",
    "danh sach",
    "bieu mau",
    "ket luan",
    "noi nhan",
    "het",
    "chu tich",
];

/// Reads a line as a signature; nothing when it does not look like one.
pub(in crate::ingest) fn read(line: &str) -> Option<Signature> {
    let bare = line.trim_start_matches(['(', '-', '–', '*', ' ']).trim_end_matches([' ', '*']);
    let bare = if bare.contains('(') { bare } else { bare.trim_end_matches(')') };
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
    if let Some(source) = bare.strip_prefix("Theo ").or_else(|| bare.strip_prefix("Nguồn ")) {
        return is_source(source).then(|| Signature::Source(source.to_owned()));
    }
    if let Some(name) = without_label(bare) {
        return Some(Signature::Byline(name.to_owned()));
    }
    (is_signed(bare) && !NO_NAMES.contains(&fold(bare).as_str())).then(|| Signature::Byline(bare.to_owned()))
}

/// True for a name, with or without the office after it: `Hà Mai (Đài Truyền thanh xã)`.
fn is_signed(text: &str) -> bool {
    match text.split_once(" (") {
        Some((name, office)) => is_name(name) && office.ends_with(')'),
        None => is_name(text),
    }
}

/// True for the name of a newspaper, a portal or an agency, or the address of a site.
fn is_source(text: &str) -> bool {
    const OFFICES: [&str; 7] = ["Báo ", "Cổng ", "Trang ", "Tạp chí ", "Đài ", "Website ", "Thông tấn xã "];
    let words = text.split(' ').count();
    let folded = fold(text);
    let site = words == 1 && text.contains('.') && !text.ends_with('.');
    let office = OFFICES.iter().any(|office| text.starts_with(office))
        || folded.ends_with(" dien tu")
        || folded.ends_with(" online");
    is_name(text) || site || office && words <= 9 && !text.ends_with('.') && !text.contains(',')
}

/// "Tin, ảnh Hà Mai": the label is often not set apart.
fn without_label(line: &str) -> Option<&str> {
    let spaces = line.match_indices(' ').map(|(at, _)| at);
    let mut labels = spaces.filter_map(|at| Some((line.get(..at)?, line.get(at + 1..)?)));
    let is_label = |label: &str, name: &str| {
        let folded = fold(label);
        // "Tin Hà Mai": one word alone is a label only before a whole name.
        LABELS.contains(&folded.as_str()) && (folded.contains(' ') || name.contains(' '))
    };
    let is_signed = |name: &str| is_signed(name.trim_end_matches('.'));
    let fits = labels.rfind(|(label, name)| is_label(label, name) && is_signed(name));
    fits.map(|(_, name)| name.trim_end_matches('.'))
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
        assert_eq!(byline("Tin ảnh Hà Mai – Hà Vi.").as_deref(), Some("Hà Mai – Hà Vi"));
        assert_eq!(byline("Tin Hà Mai").as_deref(), Some("Hà Mai"));
        let office = "Hà Mai (Đài Truyền thanh xã)";
        assert_eq!(byline("Tin, ảnh Hà Mai (Đài Truyền thanh xã)").as_deref(), Some(office));
        assert_eq!(byline("Bài và ảnh Hà Mai - Hà Vi").as_deref(), Some("Hà Mai - Hà Vi"));
    }

    #[test]
    fn sources_are_told_from_bylines() {
        assert_eq!(read("Nguồn: Báo Xã"), Some(Signature::Source("Báo Xã".into())));
        assert_eq!(read("(Theo TTXVN)"), Some(Signature::Source("TTXVN".into())));
        assert_eq!(read("Theo xa.example"), Some(Signature::Source("xa.example".into())));
        assert_eq!(read("Nguồn Tam Hợp Điện tử"), Some(Signature::Source("Tam Hợp Điện tử".into())));
        assert_eq!(read("Theo Báo Xã điện tử"), Some(Signature::Source("Báo Xã điện tử".into())));
    }

    #[test]
    fn sentences_and_headings_are_no_signatures() {
        for line in [
            "Hà Mai nói.",
            "Hà Mai.",
            "Phần việc còn lại",
            "Quý 3",
            "Địa điểm: Nhà văn hóa",
            "Theo ông",
            "THÔNG BÁO",
            "",
            "…",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
