//! Which models, movements and works does an article name?
//!
//! A name in quotation marks after a word that says what it is: `mô hình “A”`, `các mô hình, cách làm hay như: “A”, “B”;
//! “C”`. The list goes on as long as only commas, semicolons, *và*, *hay* and a few words stand between the marks.

use super::people::one_spaced;
use super::signs;
use super::words::{Gap, Words};
use super::{Mention, Model};

/// What may be named.
pub(super) const KINDS: [&str; 9] = [
    "mô hình",
    "phong trào",
    "cách làm hay",
    "cách làm",
    "công trình",
    "cuộc vận động",
    "chương trình",
    "phần việc",
    "chiến dịch",
];

/// The most characters of a name.
const LONGEST: usize = 250;

/// How far after the word the first name may stand, in words.
const NEAR: usize = 8;

/// The models an article names.
pub(super) fn models(texts: &[Words<'_>]) -> Vec<Model> {
    let mut models: Vec<Model> = Vec::new();
    for words in texts {
        let mut at = 0;
        while at < words.len() {
            if !words.may_begin(at, signs::MODEL) {
                at += 1;
                continue;
            }
            let Some((kind, end)) = KINDS.into_iter().find_map(|kind| Some((kind, words.phrase_end(at, kind)?))) else {
                at += 1;
                continue;
            };
            at = end;
            let Some(first) = first_name(words, end) else { continue };
            // "dự án: “Chúng tôi…”" is speech.
            if words.gap(first) == Gap::Open && words.between(first).contains(':') && !is_of_many(words, end) {
                continue;
            }
            at = list(words, first, kind, &mut models).max(end);
        }
    }
    models
}

/// Where the quotation mark opens after a kind.
fn first_name(words: &Words<'_>, from: usize) -> Option<usize> {
    for at in from..=(from + NEAR).min(words.len()) {
        if opens_quote(words, at) {
            return Some(at);
        }
        let passes = match words.gap(at) {
            Gap::Space | Gap::Comma | Gap::Colon => true,
            _ => at == from && words.gap(at) != Gap::Stop,
        };
        if !passes
            || words.is_capital(at) && at > from
            || KINDS.iter().any(|kind| words.has(at, kind))
            || matches!(words.low(at), "tại" | "là" | "với" | "trong" | "do" | "được" | "đã" | "của")
        {
            return None;
        }
    }
    None
}

/// Models of which several may be listed after a colon.
fn is_of_many(words: &Words<'_>, end: usize) -> bool {
    matches!(words.low(end - 1), "hình" | "trào" | "hay" | "làm")
}

fn opens_quote(words: &Words<'_>, at: usize) -> bool {
    words.gap(at) == Gap::Open && words.between(at).contains(['“', '"', '«', '‘'])
        || words.between(at).trim_end().ends_with('“')
}

/// Reads a list of quoted names; gives the word after it.
fn list(words: &Words<'_>, first: usize, kind: &str, models: &mut Vec<Model>) -> usize {
    let mut open = first;
    loop {
        let Some(start) = words.list.get(open).map(|word| word.span.start) else { return open };
        let rest = words.text.get(start..).unwrap_or_default();
        let Some(length) = rest.find(['”', '"', '»', '“']).filter(|length| {
            rest.get(..*length).is_some_and(|name| name.chars().count() <= LONGEST && !name.contains('\n'))
        }) else {
            return open + 1;
        };
        let name = one_spaced(rest.get(..length).unwrap_or_default());
        let name = name.trim_matches([',', '.', ' ', ';', ':']).to_owned();
        let span = start..start + length;
        let next = words.words_of(&span).end;
        let most = if matches!(kind, "mô hình" | "phong trào" | "cách làm hay") { 45 } else { 15 };
        let begins =
            name.split(' ').count() <= most && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !begins || !name.contains(' ') || name.ends_with(['?', '!']) && name.len() > 80 {
            return next; // a word in marks, or speech
        }
        let mention = Mention { part: words.part, span };
        let low = name.to_lowercase();
        match models.iter_mut().find(|known| known.name.to_lowercase() == low) {
            Some(known) => known.mentions.push(mention),
            None => models.push(Model { name, kind: kind.to_owned(), mentions: vec![mention] }),
        }
        // What follows: only marks, or "và", "hay".
        let after = if matches!(words.low(next), "và" | "hay" | "hoặc" | "cùng") { next + 1 } else { next };
        let only_marks = words.between(next).chars().all(|c| !c.is_alphanumeric())
            && !words.between(next).contains(['\n', '.', '(']);
        if !only_marks || !opens_quote(words, after) || after > next && words.between(next).contains(';') {
            return next;
        }
        open = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Part;

    fn names(text: &str) -> Vec<String> {
        models(&[Words::new(Part::Lead, text)])
            .into_iter()
            .map(|model| format!("{}: {}", model.kind, model.name))
            .collect()
    }

    #[test]
    fn a_list_of_names_goes_on_over_its_marks() {
        let text = "Tiêu biểu như mô hình: “Nhà sạch vườn xanh”, “Tổ dân phố không rác”; “Hũ gạo tình thương” và “Góc sách nhỏ” của xã.";
        assert_eq!(
            names(text),
            [
                "mô hình: Nhà sạch vườn xanh",
                "mô hình: Tổ dân phố không rác",
                "mô hình: Hũ gạo tình thương",
                "mô hình: Góc sách nhỏ"
            ]
        );
        assert_eq!(names("phong trào thi đua \"Cả xã làm đường\" lan rộng"), ["phong trào: Cả xã làm đường"]);
    }

    #[test]
    fn speech_words_in_marks_and_far_quotations_are_no_names() {
        for text in [
            "Về công trình: “Chúng tôi sẽ làm xong trước mùa mưa năm nay”, ông nói.",
            "mô hình này là “cần câu” của dân",
            "mô hình tại xã được dân gọi là “Nhà mới”",
            "Mô hình “Nhà chưa đóng dấu",
        ] {
            assert!(names(text).is_empty(), "{text}: {:?}", names(text));
        }
    }
}
