//! Acronyms that Vietnamese offices and newspapers use for fixed terms, both ways: who types `ubnd` means *ủy ban nhân
//! dân* too, and the other way round.
//!
//! Only those with one meaning: CT, TT, HĐ, CĐ, ĐU and the like stand for too many things to look for all of them.
//! Source: VIETNAMESE.md, section 3, and general knowledge.

/// The folded first word of the term; acronym and term, as written.
const TERMS: [(&str, &str, &str); 24] = [
    ("uy", "UBND", "ủy ban nhân dân"),
    ("hoi", "HĐND", "hội đồng nhân dân"),
    ("mat", "MTTQ", "mặt trận tổ quốc"),
    ("thanh", "TPHCM", "thành phố hồ chí minh"),
    ("trung", "TW", "trung ương"),
    ("ban", "BCH", "ban chấp hành"),
    ("ban", "BTV", "ban thường vụ"),
    ("dang", "ĐCSVN", "đảng cộng sản việt nam"),
    ("cong", "CTTĐT", "cổng thông tin điện tử"),
    ("cau", "CLB", "câu lạc bộ"),
    ("lien", "LĐLĐ", "liên đoàn lao động"),
    ("cuu", "CCB", "cựu chiến binh"),
    ("bao", "BHXH", "bảo hiểm xã hội"),
    ("bao", "BHYT", "bảo hiểm y tế"),
    ("trung", "THCS", "trung học cơ sở"),
    ("trung", "THPT", "trung học phổ thông"),
    ("giao", "GDĐT", "giáo dục và đào tạo"),
    ("cong", "CNTT", "công nghệ thông tin"),
    ("canh", "CSGT", "cảnh sát giao thông"),
    ("an", "ATGT", "an toàn giao thông"),
    ("thong", "TTXVN", "thông tấn xã việt nam"),
    ("trach", "TNHH", "trách nhiệm hữu hạn"),
    ("nong", "NTM", "nông thôn mới"),
    ("luc", "LLVT", "lực lượng vũ trang"),
];

/// The acronyms, with their terms, that folded words may be or begin: few or none of all.
pub fn acronyms<'w>(words: &'w [&'w [u8]]) -> impl Iterator<Item = (&'static str, &'static str)> + 'w {
    let is_acronym = |word: &&[u8], acronym: &str| word.len() == acronym.chars().count();
    let wanted = move |(first, acronym, _): &(&str, &str, &str)| {
        words.iter().any(|word| *word == first.as_bytes() || is_acronym(word, acronym))
    };
    TERMS.into_iter().filter(wanted).map(|(_, acronym, term)| (acronym, term))
}
