//! Acronyms that Vietnamese offices and newspapers use for fixed terms, both ways: who types `ubnd` means *ủy ban nhân
//! dân* too, and the other way round.
//!
//! Only those with one meaning: CT, TT, HĐ, CĐ, ĐU and the like stand for too many things to look for all of them.
//! Source: VIETNAMESE.md, section 3, and general knowledge.

/// Acronym and term, as written.
const TERMS: [(&str, &str); 24] = [
    ("UBND", "ủy ban nhân dân"),
    ("HĐND", "hội đồng nhân dân"),
    ("MTTQ", "mặt trận tổ quốc"),
    ("TPHCM", "thành phố hồ chí minh"),
    ("TW", "trung ương"),
    ("BCH", "ban chấp hành"),
    ("BTV", "ban thường vụ"),
    ("ĐCSVN", "đảng cộng sản việt nam"),
    ("CTTĐT", "cổng thông tin điện tử"),
    ("CLB", "câu lạc bộ"),
    ("LĐLĐ", "liên đoàn lao động"),
    ("CCB", "cựu chiến binh"),
    ("BHXH", "bảo hiểm xã hội"),
    ("BHYT", "bảo hiểm y tế"),
    ("THCS", "trung học cơ sở"),
    ("THPT", "trung học phổ thông"),
    ("GDĐT", "giáo dục và đào tạo"),
    ("CNTT", "công nghệ thông tin"),
    ("CSGT", "cảnh sát giao thông"),
    ("ATGT", "an toàn giao thông"),
    ("TTXVN", "thông tấn xã việt nam"),
    ("TNHH", "trách nhiệm hữu hạn"),
    ("NTM", "nông thôn mới"),
    ("LLVT", "lực lượng vũ trang"),
];

/// All acronyms with their terms, as written.
pub fn acronyms() -> impl Iterator<Item = (&'static str, &'static str)> {
    TERMS.into_iter()
}
