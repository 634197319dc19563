use std::io::BufRead;
use std::path::Path;

use super::*;
use unicode_normalization::UnicodeNormalization;

const MARKUP: Hint<'static> = Hint { markup: true, declared: None };

/// Letters with what each encoding writes for them, by hand from the published charts: the letter, TCVN3 (ABC) as
/// Latin letters, VNI as Latin letters.
const CHART: &str = "à µ aø|ả ¶ aû|ã · aõ|á ¸ aù|ạ ¹ aï|ă ¨ aê|ằ » aè|ẳ ¼ aú|ẵ ½ aü|ắ ¾ aé|ặ Æ aë|â © aâ|ầ Ç aà|ẩ È aå|ẫ É aã|\
    ấ Ê aá|ậ Ë aä|đ ® ñ|è Ì eø|ẻ Î eû|ẽ Ï eõ|é Ð eù|ẹ Ñ eï|ê ª eâ|ề Ò eà|ể Ó eå|ễ Ô eã|ế Õ eá|ệ Ö eä|ì × ì|ỉ Ø æ|ĩ Ü ó|\
    í Ý í|ị Þ ò|ò ß oø|ỏ á oû|õ â oõ|ó ã où|ọ ä oï|ô « oâ|ồ å oà|ổ æ oå|ỗ ç oã|ố è oá|ộ é oä|ơ ¬ ô|ờ ê ôø|ở ë ôû|ỡ ì ôõ|\
    ớ í ôù|ợ î ôï|ù ï uø|ủ ñ uû|ũ ò uõ|ú ó uù|ụ ô uï|ư \u{ad} ö|ừ õ öø|ử ö öû|ữ ÷ öõ|ứ ø öù|ự ù öï|ỳ ú yø|ỷ û yû|ỹ ü yõ|\
    ý ý yù|ỵ þ î|Ă ¡ AÊ|Â ¢ AÂ|Đ § Ñ|Ê £ EÂ|Ô ¤ OÂ|Ơ ¥ Ô|Ư ¦ Ö|À - AØ|Ế - EÁ|Ì - Ì|Ĩ - Ó|Ị - Ò|Ỉ - Æ|Ợ - ÔÏ|Ữ - ÖÕ|Ỵ - Î";

const PARAGRAPHS: &str = "Ủy ban nhân dân xã Đông Hải vừa tổ chức hội nghị sơ kết sáu tháng đầu năm. Chủ tịch xã cho biết \
    bà con đã góp được hơn bốn trăm triệu đồng để sửa ba cây cầu gỗ cũ, mỗi cây dài chừng mười mét.\n\
    Chị Nguyễn Thị Ánh, ở ấp Thạnh Mỹ, kể rằng trước kia mưa lũ là trẻ nhỏ phải nghỉ học; nay đường rộng, xe cứu thương \
    đỗ tận ngõ. “Ý Đảng hợp lòng dân”, chị cười.\n\
    Dịp này, Hội Khuyến học tặng quỹ học bổng cho 27 em; đã ký kết với bưu điện, gửi sổ tay kỹ năng tự cứu khi đuối nước, \
    dạy bơi, vẽ bản đồ những đoạn kênh nguy hiểm. Ẩn ức, ồn ào, ễnh ương, ỡm ờ: đều là từ láy.\n";

/// Every small letter of Vietnamese with a mark, and the capitals.
fn letters() -> Vec<char> {
    let mut all: Vec<char> = "ăâđêôơư".chars().collect();
    for base in "aăâeêioôơuưy".chars() {
        all.extend(
            ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}']
                .map(|tone| [base, tone].iter().collect::<String>().nfc().next().unwrap()),
        );
    }
    let capitals: Vec<char> = all.iter().flat_map(|c| c.to_uppercase()).collect();
    all.extend(capitals);
    all
}

fn charted(c: char, column: usize) -> Option<String> {
    let rows = CHART.split('|').map(|row| row.split(' ').collect::<Vec<_>>());
    let found = rows.clone().find(|row| row[0].starts_with(c)).map(|row| row[column].to_owned());
    let of_small = || {
        let small = c.to_lowercase().next()?;
        let row = rows.clone().find(|row| row[0].starts_with(small) && small != c)?;
        Some(row[column].to_uppercase())
    };
    found.filter(|code| code != "-").or_else(|| if column == 2 { of_small() } else { None })
}

/// Text as Latin letters of an encoding; `None` when it cannot write it.
fn encode(legacy: Legacy, text: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii() || (matches!(c, '“' | '”') && legacy != Legacy::Utf8Twice) {
            out.push(c);
            continue;
        }
        match legacy {
            Legacy::Tcvn3 => out.push_str(&charted(c, 1)?),
            Legacy::Vni => out.push_str(&charted(c, 2)?),
            Legacy::Windows1258 => {
                // A letter with its shape, then the tone.
                let (mut base, mut tone) = (String::new(), None);
                for part in c.nfd() {
                    match part {
                        '\u{300}' => tone = Some('Ì'),
                        '\u{301}' => tone = Some('ì'),
                        '\u{303}' => tone = Some('Þ'),
                        '\u{309}' => tone = Some('Ò'),
                        '\u{323}' => tone = Some('ò'),
                        _ => base.push(part),
                    }
                }
                out.extend(base.nfc().map(|c| match c {
                    'Ă' => 'Ã',
                    'Đ' => 'Ð',
                    'Ơ' => 'Õ',
                    'Ư' => 'Ý',
                    'ă' => 'ã',
                    'đ' => 'ð',
                    'ơ' => 'õ',
                    'ư' => 'ý',
                    c => c,
                }));
                out.extend(tone);
            }
            Legacy::Viscii => {
                let find = |code: &u8| {
                    let latin = WINDOWS_1252.decode_without_bom_handling(&[*code]).0.into_owned();
                    Legacy::Viscii.decode(&latin).starts_with(c)
                };
                let code = (0..=255).find(find)?;
                out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[code]).0);
            }
            Legacy::Utf8Twice => {
                let mut utf8 = [0; 4];
                let bytes = c.encode_utf8(&mut utf8).as_bytes();
                out.push_str(&WINDOWS_1252.decode_without_bom_handling(bytes).0);
            }
        }
    }
    Some(out)
}

fn bytes(latin: &str) -> Vec<u8> {
    let (bytes, _, wrong) = WINDOWS_1252.encode(latin);
    assert!(!wrong, "{latin}");
    bytes.into_owned()
}

/// What TCVN3 can write: it has no capitals with tones.
fn writable(legacy: Legacy, text: &str) -> String {
    let small = |c: char| {
        if charted(c, 1).is_none() && !c.is_ascii() && !"“”".contains(c) {
            c.to_lowercase().collect()
        } else {
            c.to_string()
        }
    };
    if legacy == Legacy::Tcvn3 { text.chars().map(small).collect() } else { text.to_owned() }
}

fn read(bytes: &[u8]) -> Result<String> {
    decode("a.txt", bytes.to_vec(), Hint::default())
}

#[test]
fn every_letter_in_both_cases_is_read_by_each_table() {
    assert_eq!(letters().len(), 134);
    for c in letters() {
        for legacy in Legacy::OF_LETTERS {
            let word = format!("n{c}");
            match encode(legacy, &word) {
                Some(latin) => assert_eq!(legacy.decode(&latin), word, "{legacy:?} {latin:?}"),
                None => assert!(legacy == Legacy::Tcvn3 && c.is_uppercase(), "{legacy:?} {c}"),
            }
        }
    }
}

#[test]
fn viscii_has_the_codes_of_its_standard() {
    let text = Legacy::Viscii
        .decode(&WINDOWS_1252.decode_without_bom_handling(b"Vi\xAEt Nam \x02\x05\x06\x14\x19\x1E \xD5\xF0\xFF\x80").0);
    assert_eq!(text, "Việt Nam ẲẴẪỶỸỴ ạđỮẠ");
}

#[test]
fn paragraphs_of_bytes_are_read_whatever_their_encoding() {
    for legacy in Legacy::OF_BYTES {
        let text = writable(legacy, PARAGRAPHS);
        let text = if legacy == Legacy::Viscii { text.replace(['“', '”'], "\"") } else { text };
        let encoded = bytes(&encode(legacy, &text).unwrap());
        assert_eq!(read(&encoded).unwrap(), text, "{legacy:?}");
        // One sentence is enough, and so are few words among English ones.
        let line = text.lines().next().unwrap();
        assert_eq!(read(&bytes(&encode(legacy, line).unwrap())).unwrap(), line, "{legacy:?}");
        let few = format!("{}\nHội nghị tổng kết phong trào", "An English page about boats and bridges.\n".repeat(500));
        assert_eq!(read(&bytes(&encode(legacy, &few).unwrap())).unwrap(), few, "{legacy:?}");
    }
}

#[test]
fn capitals_are_read_from_each_encoding() {
    let text = "ỦY BAN NHÂN DÂN XÃ ĐÔNG HẢI TỔ CHỨC HỘI NGHỊ SƠ KẾT CÔNG TÁC";
    for legacy in Legacy::OF_BYTES {
        let encoded = bytes(&encode(legacy, &writable(legacy, text)).unwrap());
        assert_eq!(read(&encoded).unwrap(), text, "{legacy:?}");
    }
}

#[test]
fn a_declared_encoding_is_only_a_hint() {
    for declared in ["iso-8859-1", "utf-8", "x-user-defined", "gb2312", "windows-1252", "nonsense"] {
        let page = format!("<html><meta charset=\"{declared}\"><p>Sáng nay, phường khánh thành cầu mới.</p>");
        let hint = Hint { markup: true, declared: Some(declared) };
        assert_eq!(decode("a", page.clone().into_bytes(), hint).unwrap(), page);
        for legacy in Legacy::OF_BYTES {
            let encoded = bytes(&encode(legacy, &page).unwrap());
            assert_eq!(decode("a", encoded.clone(), hint).unwrap(), page, "{legacy:?} as {declared}");
            assert_eq!(decode("a", encoded, MARKUP).unwrap(), page, "{legacy:?} as {declared}");
        }
    }
}

#[test]
fn another_language_is_read_as_declared_and_refused_without() {
    let page = "<?xml version='1.0' encoding='iso-8859-1'?><p>L'été dernier, la municipalité a réparé le théâtre.</p>";
    assert_eq!(decode("a.xml", bytes(page), MARKUP).unwrap(), page);
    let error = read(&bytes(page)).unwrap_err().to_string();
    assert!(error.contains("byte 48") && error.contains("UTF-8"), "{error}");
    let chinese = encoding_rs::GBK.encode("<meta charset=gbk><p>北京市人民政府今天发布了新的规定。</p>").0.into_owned();
    assert!(decode("a", chinese, MARKUP).unwrap().contains("人民政府"));
}

#[test]
fn quotation_marks_of_windows_are_no_reason_to_refuse_english() {
    assert_eq!(read(b"The \x93new\x94 bridge \x96 it\x92s open").unwrap(), "The “new” bridge – it’s open");
}

#[test]
fn bytes_of_no_encoding_are_refused_with_their_place() {
    for (wrong, at) in
        [(&b"Tin \xFF\xFE h\x80ng"[..], 4), (b"# Tin\n\n\xC3\x28", 7), (b"PK\x03\x04\0\0\x9C\xE9\xED\xFA\x81", 6)]
    {
        assert!(read(wrong).unwrap_err().to_string().contains(&format!("byte {at} ")), "{wrong:?}");
    }
    let noise: Vec<u8> =
        (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).filter(|b| *b != 0).collect();
    assert!(read(&noise).is_err());
}

#[test]
fn a_cut_letter_does_not_make_a_page_unreadable() {
    let mut page = format!("<meta name=description content=\"{PARAGRAPHS}{PARAGRAPHS}").into_bytes();
    page.extend_from_slice(b"H\xE1\xBB\"><p>xong");
    assert!(decode("a.html", page.clone(), MARKUP).unwrap().ends_with("H\u{fffd}\"><p>xong"));
    assert!(read(&page).is_err());
}

#[test]
fn old_letters_stored_as_utf8_are_mended() {
    for legacy in Legacy::OF_LETTERS {
        let text = writable(legacy, PARAGRAPHS);
        // VISCII writes quotation marks with letters.
        let text = if legacy == Legacy::Viscii { text.replace(['“', '”'], "\"") } else { text };
        let stored = encode(legacy, &text).unwrap();
        assert_eq!(mend(&stored, false).as_deref(), Some(text.as_str()), "{legacy:?}");
        assert_eq!(read(stored.as_bytes()).unwrap(), text, "{legacy:?}");
    }
    assert_eq!(mend("Uû ban nh©n d©n", false).as_deref(), Some("Uỷ ban nhân dân"));
    assert_eq!(mend("UÛY BAN NHAÂN DAÂN TÆNH", false).as_deref(), Some("ỦY BAN NHÂN DÂN TỈNH"));
    assert_eq!(mend("Há»™i nghá»‹ tá»•ng káº¿t", false).as_deref(), Some("Hội nghị tổng kết"));
}

#[test]
fn old_letters_written_as_references_are_mended_in_markup_only() {
    let page = "<p>U&#251; ban nh&copy;n d&#xA9;n &amp; x&atilde; &copy; 2024</p>";
    assert_eq!(mend(page, true).as_deref(), Some("<p>Uỷ ban nhân dân &amp; xó © 2024</p>"));
    assert_eq!(mend(page, false), None);
    assert_eq!(mend("<p>H&#7897;i ngh&#7883; t&#7841;i Ch&acirc;u &Acirc;u, qu&yacute; &ocirc;ng</p>", true), None);
}

#[test]
fn an_old_body_in_a_new_page_is_mended_and_the_page_is_not() {
    let body = encode(Legacy::Tcvn3, &writable(Legacy::Tcvn3, PARAGRAPHS)).unwrap();
    let page = format!(
        "<nav>Trang chủ · Giới thiệu · Là gì? · 30 m²</nav><div>{body}</div><p>© 2024 Báo Xã</p><p>Café à côté</p>"
    );
    let expected = page.replace(&body, &writable(Legacy::Tcvn3, PARAGRAPHS));
    assert_eq!(mend(&page, true).unwrap(), expected);
}

#[test]
fn right_text_is_never_touched() {
    for text in [
        PARAGRAPHS,
        "Bà và cô là giáo viên.\nÔng thì có ý hay.",
        "Cà phê và trà; giá 5,5 ¥ – 30 °C, 12 m², 3½ km, © Báo Xã ® §5 «à la carte»",
        "Une école à côté du théâtre où l'été est très agréable, même à Noël. Ça va, garçon ?",
        "Für die Übung müssen größere Straßen gebaut werden; schöne Grüße aus Österreich.",
        "La señora está en el jardín; mañana será otro día. ¿Qué tal? ¡Adiós, niño pequeño!",
        "São Paulo não é a única opção; você também pode comprar pão e maçã amanhã.",
        "Æbler på gården, så går vi på øen. Blå fjorde og røde hytter, små børn.",
        "Hoa\u{300} bi\u{300}nh va\u{300} ha\u{323}nh phu\u{301}c",
        "10¹⁰ × 3µm ± 5¼″ ÷ ©®™ ¶ ¬ ¦ ¡ ¿",
    ] {
        assert_eq!(mend(text, false), None, "{text}");
        assert_eq!(mend(text, true), None, "{text}");
        assert_eq!(read(text.as_bytes()).unwrap(), text);
    }
}

#[test]
fn no_article_of_the_corpus_is_touched() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/news_10k.jsonl.zst");
    let Ok(file) = std::fs::File::open(&shared) else {
        println!("skipped: {} is not there", shared.display());
        return;
    };
    let mut unpacked = zstd::stream::read::Decoder::new(file).unwrap();
    unpacked.window_log_max(27).unwrap();
    let (mut articles, mut touched) = (0, Vec::new());
    for line in std::io::BufReader::new(unpacked).lines() {
        let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        articles += 1;
        let texts: Vec<&str> = ["title", "lead", "body"].iter().filter_map(|field| record[field].as_str()).collect();
        let alone = texts.iter().any(|text| mend(text, false).is_some() || mend(text, true).is_some());
        if alone || Mend::find(&texts, false).is_some() {
            touched.push(record["id"].to_string());
        }
    }
    assert!(articles == 10_000 && touched.is_empty(), "{} of {articles}: {touched:?}", touched.len());
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), markup: bool) {
        let _ = decode("a", bytes, Hint { markup, declared: None });
    }

    #[test]
    fn any_words_in_any_order_are_never_touched(picks in proptest::collection::vec(0_usize..200, 1..40)) {
        let words: Vec<&str> = PARAGRAPHS.split_whitespace().collect();
        let text: Vec<&str> = picks.iter().map(|at| words[at % words.len()]).collect();
        proptest::prop_assert_eq!(mend(&text.join(" "), true), None);
    }
}
