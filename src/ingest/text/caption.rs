//! Captions of pictures among the lines of a text.

use crate::analysis::fold::fold;

/// A line without a full stop up to this many characters is rather a heading than a caption.
const HEADING: usize = 60;
/// The longest caption that ends with a full stop, in characters.
const LONGEST_SENTENCE: usize = 150;

/// How captions begin that are written as sentences, folded.
const OPENINGS: [&str; 16] = [
    "quang canh",
    "toan canh",
    "khung canh",
    "mot goc",
    "hinh anh",
    "anh minh hoa",
    "cac dai bieu",
    "dai bieu",
    "lanh dao",
    "khen thuong",
    "trao giay khen",
    "trao bang khen",
    "trao tang",
    "tang hoa",
    "bieu duong",
    "chup anh luu niem",
];

/// Words of a sentence that tells something: a caption shows.
const TELLING: [&str; 9] =
    [" da ", " se ", " dang ", " cho biet", " cho rang", " nhan manh", " yeu cau", " de nghi", " khang dinh"];

/// Words of short lines that show something.
const SHOWING: [&str; 14] = [
    " tai ",
    " trao ",
    " tang ",
    " tham ",
    " chup ",
    " phat bieu",
    " tham quan",
    " chuc mung",
    " trong le ",
    " trong buoi ",
    " ben ",
    "quang canh",
    "toan canh",
    "dai bieu ",
];

/// The half of a line that says everything twice: "X X".
pub(in crate::ingest) fn half(line: &str) -> Option<&str> {
    let middle = line.len() / 2;
    let (first, second) = (line.get(..middle)?, line.get(middle + 1..)?);
    (line.len() > 40 && line.get(middle..=middle) == Some(" ") && first == second).then_some(first)
}

/// "Ảnh: Hà Mai", "(Ảnh: Hà Mai)": the credit of a picture by itself.
pub(in crate::ingest) fn is_credit(line: &str) -> bool {
    let bare = line.trim_start_matches('(');
    let label = bare.split_once(':').map(|(label, _)| fold(label));
    line.chars().count() <= 60
        && label.is_some_and(|label| matches!(label.as_str(), "anh" | "nguon anh" | "hinh anh" | "hinh"))
}

/// True for a line that shows a picture whatever stands around it: it carries a credit, or begins like a caption and
/// is one short sentence.
pub(in crate::ingest) fn shows_a_picture(line: &str) -> bool {
    if is_credit(line) || credit_at_end(line) {
        return true;
    }
    let short = line.chars().count() <= LONGEST_SENTENCE && line.ends_with('.') && !line.ends_with("...");
    if !short || line.trim_end_matches('.').contains(". ") {
        return false;
    }
    let folded = fold(line);
    let opens = OPENINGS.iter().any(|opening| folded.strip_prefix(opening).is_some_and(|rest| rest.starts_with(' ')));
    opens && !TELLING.iter().any(|word| folded.contains(word))
}

/// "… tại hội nghị (Ảnh: Hà Mai)", "… tại hội nghị. Ảnh: Hà Mai"
fn credit_at_end(line: &str) -> bool {
    let at = line.rfind("Ảnh:").or_else(|| line.rfind("ảnh:")).or_else(|| line.rfind("Ảnh: "));
    let Some((before, credit)) = at.and_then(|at| line.split_at_checked(at)) else { return false };
    let apart = before.trim_end().ends_with(['(', '.', '-', '–', '/', '|']);
    // "Tin, ảnh: Hà Mai" is a byline.
    apart && before.chars().count() >= 10 && credit.chars().count() <= 60 && line.chars().count() <= 400
}

/// True for a line without a full stop that is rather a caption than a heading.
pub(in crate::ingest) fn reads_like_a_caption(line: &str, chars: usize) -> bool {
    let folded = fold(line);
    let numbered = folded.starts_with(|c: char| c.is_ascii_digit());
    !numbered && (chars > HEADING || SHOWING.iter().any(|word| folded.contains(word)))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_says_everything_twice_is_halved() {
        let caption = "Bà con xã Tam Hợp quét dọn đường làng";
        assert_eq!(half(&format!("{caption} {caption}")), Some(caption));
        assert_eq!(half(caption), None);
        assert_eq!(half("ngày ngày"), None);
        assert_eq!(half("ạạ"), None);
    }

    #[test]
    fn credits_make_captions() {
        assert!(shows_a_picture("Bà con quét dọn đường làng (Ảnh: Lê A)"));
        assert!(shows_a_picture("Bà con quét dọn đường làng. Ảnh: Lê A"));
        assert!(shows_a_picture("Ảnh: Lê A"));
        assert!(!shows_a_picture("Tin, ảnh: Lê A"));
    }

    #[test]
    fn a_short_sentence_that_shows_is_a_caption_and_one_that_tells_is_not() {
        assert!(shows_a_picture("Quang cảnh hội nghị tại xã Tam Hợp."));
        assert!(!shows_a_picture("Các đại biểu đã thảo luận sôi nổi."));
        assert!(!shows_a_picture("Lãnh đạo xã cho biết đường sẽ xong trong năm."));
    }

    #[test]
    fn short_lines_are_headings_unless_they_show() {
        for (line, caption) in [
            ("Những con số biết nói", false),
            ("1. Đại biểu thăm vườn", false),
            ("Đại biểu thăm vườn", true),
            ("Bà con ba thôn cùng nhau quét dọn con đường làng dài hai cây số", true),
        ] {
            assert_eq!(reads_like_a_caption(line, line.chars().count()), caption, "{line}");
        }
    }
}
