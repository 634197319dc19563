//! Which names, places and numbers are the same?

use std::collections::HashMap;

use crate::analysis::fold::fold;

/// Terms that offices and newspapers also write short, folded; `www/lib/facts-table.js` has the same, in this order.
const SHORT: [(&str, &str); 10] = [
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("mat tran to quoc", "mttq"),
    ("ban thuong vu", "btv"),
    ("ban chap hanh", "bch"),
    ("lien doan lao dong", "ldld"),
    ("trung uong", "tw"),
    ("thanh pho", "tp"),
    ("ho chi minh", "hcm"),
    ("tphcm", "tp hcm"),
];

/// Words for the type of a unit, folded and as [`SHORT`] makes them.
const UNITS: [&str; 9] = ["tinh", "tp", "thi xa", "thi tran", "dac khu", "quan", "huyen", "phuong", "xa"];

/// The name of a body or a unit, folded, with terms that are also written short in their short form.
pub(super) fn body(name: &str) -> String {
    let mut text = format!(" {} ", fold(name));
    for (long, short) in SHORT {
        if text.contains(long) {
            text = text.replace(&format!(" {long} "), &format!(" {short} "));
        }
    }
    text.trim().to_owned()
}

/// Whether one name is a part of the other, word by word; a name is part of itself.
pub(super) fn is_part_of(part: &str, whole: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

/// Whether two names as [`body`] makes them are of one unit: equal, or one without its type's word (Hải Phòng, thành phố
/// Hải Phòng).
pub(super) fn is_same_place(a: &str, b: &str) -> bool {
    let typed = |long: &str, short: &str| {
        let unit = long.strip_suffix(short).and_then(|rest| rest.strip_suffix(' '));
        unit.is_some_and(|unit| UNITS.contains(&unit))
    };
    a == b || typed(a, b) || typed(b, a)
}

/// `01-KL/TW` → `1-kl-tw`: the full key of [`crate::analysis::document_number`], which stored facts do not keep.
/// TƯ is TW (Trung ương) and not TU (Tỉnh ủy), as which it would fold.
pub(super) fn document_key(number: &str) -> String {
    fold(&number.replace("TƯ", "TW")).replace(' ', "-").trim_start_matches('0').to_owned()
}

/// The number a key begins with, so that 9 comes before 10; keys without come last.
pub(super) fn leading_number(key: &str) -> u64 {
    let end = key.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.len());
    key.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX)
}

/// A model's name in lower case, words only: quotation marks, hyphens and spaces do not tell two apart. Its marks count:
/// *kẻng* is not *keng*.
pub(super) fn model_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// What most say. Of the values that are one by their key, the most frequent, then the one of the longest key, then of
/// the first; of its spellings likewise.
pub(super) fn most(values: impl Iterator<Item = String>, key: fn(&str) -> String) -> Option<String> {
    let mut keys: HashMap<String, (usize, HashMap<String, usize>)> = HashMap::new();
    for value in values.filter(|value| !value.is_empty()) {
        let (count, spellings) = keys.entry(key(&value)).or_default();
        *count += 1;
        *spellings.entry(value).or_default() += 1;
    }
    let (_, (_, spellings)) = first(keys, |(count, _)| *count)?;
    first(spellings, |count| *count).map(|(spelling, _)| spelling)
}

/// The longest value, then the first of the alphabet.
pub(super) fn fullest<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let values: HashMap<String, usize> =
        values.flatten().filter(|value| !value.is_empty()).map(|v| (v.to_owned(), 1)).collect();
    first(values, |count| *count).map(|(value, _)| value)
}

/// The entry that counts most; of several the longest text, then the first of the alphabet.
fn first<V>(texts: HashMap<String, V>, count: impl Fn(&V) -> usize) -> Option<(String, V)> {
    texts.into_iter().max_by(|(a, m), (b, n)| {
        let length = |text: &str| text.chars().count();
        count(m).cmp(&count(n)).then_with(|| length(a).cmp(&length(b))).then_with(|| b.cmp(a))
    })
}
