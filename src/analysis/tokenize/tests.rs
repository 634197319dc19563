use super::*;

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    tokens
        .iter()
        .map(|t| format!("{}{}", String::from_utf8_lossy(t.letters()), if t.joined { "+" } else { "" }))
        .collect()
}

fn keys(text: &str) -> Vec<Vec<u8>> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    tokens.iter().map(|t| t.key.to_vec()).collect()
}

#[test]
fn words_are_runs_of_letters_and_digits() {
    assert_eq!(tokens("Hội nghị, sơ-kết  QH15!"), ["hoi", "nghi", "soket+", "so", "ket", "qh15"]);
}

#[test]
fn spans_are_the_bytes_of_the_text() {
    let text = "“Đẩy mạnh”: học\u{301}";
    let mut tokens = Tokens::default();
    tokens.read(text);
    let pieces: Vec<_> = tokens.iter().map(|t| &text[t.span.clone()]).collect();
    assert_eq!(pieces, ["Đẩy", "mạnh", "học\u{301}"]);
}

#[test]
fn composed_and_decomposed_text_give_the_same_keys() {
    let decomposed = "Thu\u{31b}\u{309} u\u{309}y, ho\u{323}c ta\u{302}\u{323}p";
    assert_eq!(keys(decomposed), keys("Thử ủy, học tập"));
}

#[test]
fn groups_of_three_digits_are_one_number() {
    assert_eq!(tokens("18.377 lượt, 1,234,567 đồng"), ["18377", "luot", "1234567", "dong"]);
    assert_eq!(tokens("19.5.2023 12.2023 3,5"), ["19", "5", "2023", "12", "2023", "3", "5"]);
}

#[test]
fn leading_zeros_do_not_matter() {
    assert_eq!(tokens("01 007 0 00"), ["1", "7", "0", "0"]);
}

#[test]
fn glued_words_are_split_at_the_capital() {
    assert_eq!(tokens("HồngBàng traoHuy hiệu"), ["hong", "bang", "trao", "huy", "hieu"]);
    assert_eq!(tokens("YouTube"), ["youtube+", "you", "tube"]);
    assert_eq!(tokens("tích cực.Trong"), ["tich", "cuc", "trong"]);
}

#[test]
fn joined_names_are_found_both_ways() {
    assert_eq!(tokens("TP.HCM"), ["tphcm+", "tp", "hcm"]);
    assert_eq!(tokens("Đắk R’lấp"), ["dak", "rlap+", "r", "lap"]);
    assert_eq!(tokens("COVID-19"), ["covid19+", "covid", "19"]);
    assert_eq!(tokens("Bộ GD&ĐT, LĐ-TB&XH"), ["bo", "gddt+", "gd", "dt", "ldtbxh+", "ld", "tb", "xh"]);
    assert_eq!(tokens("2022-2023"), ["2022", "2023"]);
}

#[test]
fn invisible_characters_inside_a_word_are_skipped() {
    assert_eq!(tokens("ho\u{ad}c\u{200b} tập"), ["hoc", "tap"]);
}

#[test]
fn y_and_i_share_their_letters() {
    assert_eq!(tokens("kỹ kĩ quý quí tay tai"), ["ki", "ki", "qui", "qui", "tay", "tai"]);
}

#[test]
fn words_among_unmarked_ones_are_open() {
    let open = |text: &str| keys(text).iter().map(|key| key.contains(&OPEN)).collect::<Vec<_>>();
    assert_eq!(open("dong chi"), [true, true]);
    assert_eq!(open("ban nhân dân"), [false, false, false]);
    assert_eq!(open("Con duong này"), [false, true, false]);
    assert!(open("cac dong chi tham du hoi nghi").iter().all(|open| *open));
}

#[test]
fn wanted_words_are_read_as_among_all_others() {
    let texts = ["cac dong chi tham du hoi nghi, Hội nghị", "Ủy ban tp hcm, kỹ 007 a-b c", "dong chi", "GD&ĐT học"];
    for text in texts {
        let (mut all, mut some, mut wanted) = (Tokens::default(), Tokens::default(), Wanted::default());
        wanted.add(b"hoi", false);
        wanted.add(b"d", true);
        all.read(text);
        some.read_wanted(text, &wanted);
        let keys = |tokens: &Tokens| {
            let own = tokens.iter().filter(|token| token.letters() == b"hoi" || token.letters().starts_with(b"d"));
            own.map(|token| (token.span.clone(), token.key.to_vec())).collect::<Vec<_>>()
        };
        assert_eq!(keys(&some), keys(&all), "{text}");
    }
}

#[test]
fn a_word_of_a_megabyte_is_one_token_with_a_short_key() {
    let text = "a".repeat(1 << 20);
    let keys = keys(&text);
    assert_eq!(keys.len(), 1);
    assert!(keys[0].len() <= MAX_LETTERS + 2);
}
