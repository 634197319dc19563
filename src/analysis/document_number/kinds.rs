//! The types of documents and the bodies that issue them: codes as in keys, names folded to ASCII.

/// Codes and the names they stand for. A code may have several names (`qd`), a name has one code.
// Longer names first where one begins another: "thong tu lien tich" before "thong tu".
const NAMES: [(&str, &str); 33] = [
    ("ttlt", "thong tu lien tich"),
    ("nqlt", "nghi quyet lien tich"),
    ("vbhn", "van ban hop nhat"),
    ("kl", "ket luan"),
    ("ct", "chi thi"),
    ("nq", "nghi quyet"),
    ("qd", "quyet dinh"),
    ("qd", "quy dinh"),
    ("nd", "nghi dinh"),
    ("tt", "thong tu"),
    ("kh", "ke hoach"),
    ("cv", "cong van"),
    ("cv", "van ban"),
    ("hd", "huong dan"),
    ("tb", "thong bao"),
    ("ctr", "chuong trinh"),
    ("da", "de an"),
    ("da", "du an"),
    ("bc", "bao cao"),
    ("ttr", "to trinh"),
    ("cd", "cong dien"),
    ("qc", "quy che"),
    ("pl", "phap lenh"),
    ("sl", "sac lenh"),
    ("tc", "thong cao"),
    ("pa", "phuong an"),
    ("bb", "bien ban"),
    ("gm", "giay moi"),
    ("gp", "giay phep"),
    ("hd", "hop dong"),
    ("gcn", "giay chung nhan"),
    ("l", "luat"),
    ("l", "lenh"),
];

/// Codes that are written but have no name of their own above: quy định as `QyĐ`, `QĐi`, `QĐNS`, and rarer types.
const OTHER_CODES: [&str; 7] = ["qyd", "qdi", "qdns", "bgn", "btt", "guq", "lct"];

/// Bodies that issue documents, as they end a number. Others are taken as written where separators set them apart.
const BODIES: [&str; 33] = [
    "tw", "tu", "qu", "hu", "thu", "du", "vptw", "vptu", "dh", "btgtw", "btctw", "ubkttw", "cp", "ttg", "ctn", "vpcp",
    "ubnd", "hdnd", "btc", "bca", "bqp", "byt", "bnv", "btp", "bgddt", "bxd", "bct", "btnmt", "bldtbxh", "bvhttdl",
    "nhnn", "ubtvqh", "qh",
];

/// The code of a type's name, given as folded words joined by one space.
pub(super) fn code_of_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, n)| *n == name).map(|(code, _)| *code)
}

/// True when a type's name ends with this folded word, or is it.
pub(super) fn ends_a_name(word: &str) -> bool {
    let ends = |name: &str| name.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    NAMES.iter().any(|(_, name)| ends(name)) || known_kind(word).is_some()
}

/// The most words a type's name has.
pub(super) const LONGEST_NAME: usize = 4;

/// The type's code as the tables spell it, if it is a known one.
pub(super) fn known_kind(code: &str) -> Option<&'static str> {
    NAMES.iter().map(|(kind, _)| *kind).chain(OTHER_CODES).find(|kind| *kind == code)
}

/// True for the National Assembly's terms: `qh15`, `ubtvqh14`.
pub(super) fn is_assembly(code: &str) -> bool {
    let term = code.strip_prefix("ubtvqh").or_else(|| code.strip_prefix("qh"));
    term.is_some_and(|term| !term.is_empty() && term.len() <= 2 && term.bytes().all(|b| b.is_ascii_digit()))
}

/// True for a known issuing body.
pub(super) fn is_body(code: &str) -> bool {
    BODIES.contains(&code) || is_assembly(code)
}

/// Quy định has several codes; readers type `qd`. The code a short key also goes by.
pub(super) fn usual_kind(code: &str) -> Option<&'static str> {
    match code {
        "qyd" | "qdi" | "qdns" => Some("qd"),
        "ttlt" => Some("tt"),
        "nqlt" => Some("nq"),
        "lct" => Some("l"),
        _ => None,
    }
}

/// True for codes that are words of their own when typed without marks (`da`, `pa`, `l`), so that `da 10` is no
/// document.
pub(super) fn is_also_a_word(code: &str) -> bool {
    code.len() < 2 || code.bytes().any(|b| b"aeiouy".contains(&b))
}

/// Splits glued codes, `kltw` into `kl` and `tw`: the longest type that leaves a known body or nothing.
pub(super) fn split_glued(code: &str) -> Option<(&str, Option<&str>)> {
    (1..=code.len()).rev().find_map(|at| {
        let (kind, body) = (code.get(..at)?, code.get(at..)?);
        known_kind(kind)?;
        match body {
            "" => Some((kind, None)),
            _ => is_body(body).then_some((kind, Some(body))),
        }
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_longer_than_the_limit() {
        assert!(NAMES.iter().all(|(_, name)| name.split(' ').count() <= LONGEST_NAME));
    }

    #[test]
    fn glued_codes_split_at_the_longest_type() {
        assert_eq!(split_glued("kltw"), Some(("kl", Some("tw"))));
        assert_eq!(split_glued("ctrtu"), Some(("ctr", Some("tu"))));
        assert_eq!(split_glued("qdubnd"), Some(("qd", Some("ubnd"))));
        assert_eq!(split_glued("ctr"), Some(("ctr", None)));
        assert_eq!(split_glued("cute"), None);
    }

    #[test]
    fn assemblies_are_told_by_their_term() {
        assert!(is_assembly("qh15") && is_assembly("ubtvqh14"));
        assert!(!is_assembly("qh") && !is_assembly("qh155") && !is_assembly("qhx"));
    }
}
