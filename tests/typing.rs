//! How people type: without marks, with slips, as keystrokes, glued, with acronyms. What was read otherwise is told; what
//! was meant as typed is left alone.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;

use memory::{Host, request};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::engine::Request;

/// Articles of a made-up district; ids are their numbers.
fn host() -> Host<'static> {
    let texts = [
        ("Phong trào học tập ở thôn Vĩnh Hạ", "Cả thôn học tập và làm theo gương người tốt. Lớp học tập mở buổi tối."),
        ("Xóm Hóc Tạp trồng rau", "Bà con xóm Hóc Tạp trồng rau sạch trên bãi bồi."),
        (
            "Khám sức khỏe cho người già",
            "Trạm y tế chăm sóc sức khỏe cho các cụ. Việc chăm sóc sức khỏe làm hằng tháng.",
        ),
        ("Ủy ban nhân dân xã họp bàn việc nước sạch", "Ủy ban nhân dân xã giao thôn đo lại đường ống."),
        ("UBND huyện trả lời về chợ mới", "UBND huyện cho biết chợ mở cửa vào mùa thu."),
        ("Trung tâm thành phố Hồ Chí Minh có tuyến xe mới", "Xe chạy qua thành phố Hồ Chí Minh mỗi giờ một chuyến."),
        ("Con chó giữ vườn", "Con chó nhà ông Tư giữ vườn cả đêm."),
        ("Cái chò trong rừng", "Cây chò già nhất rừng được đo lại."),
        ("Chiều nay bán hàng ở chợ", "Các cô bán hàng từ sớm. Người bán hàng dọn chợ lúc tối."),
        ("Bản án của tòa", "Tòa đọc bản án. Bản án dài mười trang."),
        ("Đội bóng Wolverland thắng", "Đội Wolverland thắng hai trận liền. Sân của Wolverland đông khách."),
        ("Quán triệt Kết luận số 12-KL/ĐU", "Đảng ủy quán triệt Kết luận số 12-KL/ĐU."),
        ("Ghi chép về số 12", "Kết luận của đoàn: nhà số 12 kl đu đưa."),
        ("Thu hoạch quý II ở hợp tác xã", "Hợp tác xã thu quý II nhiều hơn quý I."),
        ("Họp bàn việc quý 2", "Cuộc họp bàn việc quý 2 kéo dài."),
    ];
    let article = |(number, (title, text)): (usize, &(&str, &str))| Article {
        id: number.to_string(),
        title: (*title).to_owned(),
        blocks: vec![Block::new(BlockKind::Paragraph, *text)],
        ..Article::default()
    };
    Host::of(texts.iter().enumerate().map(article).collect())
}

/// What a query is read as; `None` when as typed.
#[track_caller]
fn read_as(query: &str) -> Option<String> {
    let result = host().search(&request(query)).unwrap();
    result.corrected.map(|corrected| {
        assert_eq!(corrected.original, query);
        corrected.query
    })
}

fn ids(query: &str) -> Vec<String> {
    let result = host().search(&request(query)).unwrap();
    result.hits.into_iter().filter(|hit| hit.complete).map(|hit| hit.id).collect()
}

#[test]
fn keystrokes_of_an_input_method_are_decoded() {
    assert_eq!(read_as("hocj taapj").as_deref(), Some("học tập"));
    assert_eq!(read_as("hoc5 tap65 va2 lam2 theo").as_deref(), Some("học tập và làm theo"));
    assert_eq!(ids("hocj taapj")[0], "0");
}

#[test]
fn words_that_are_no_keystrokes_are_left_alone() {
    for query in ["as", "hos", "covid19", "ubnd", "facebook", "class"] {
        let read = read_as(query);
        assert!(read.is_none_or(|read| read.is_ascii()), "{query} was decoded");
    }
}

#[test]
fn a_slip_is_mended_by_what_stands_beside_it() {
    assert_eq!(read_as("hco tap").as_deref(), Some("hoc tap"));
    assert_eq!(read_as("chăm sóc sức khỏex").as_deref(), Some("chăm sóc sức khỏe"));
    assert_eq!(read_as("trồng rau sạhc").as_deref(), Some("trồng rau sạch"));
}

#[test]
fn a_sound_written_as_it_is_spoken_is_mended_when_it_makes_no_sense() {
    assert_eq!(read_as("trăm sóc sức khỏe").as_deref(), Some("chăm sóc sức khỏe"));
}

#[test]
fn names_are_mended_too() {
    assert_eq!(read_as("wolverlnad thắng").as_deref(), Some("wolverland thắng"));
}

#[test]
fn glued_words_are_taken_apart_and_keep_their_marks() {
    assert_eq!(read_as("hochiminh").as_deref(), Some("ho chi minh"));
    assert_eq!(read_as("thành phố hồchíminh").as_deref(), Some("thành phố hồ chí minh"));
}

#[test]
fn a_slip_beside_an_acronym_is_mended_once() {
    assert_eq!(read_as("UBND huyện trả lờii về chợ").as_deref(), Some("UBND huyện trả lời về chợ"));
}

#[test]
fn of_many_slips_the_first_few_are_mended() {
    let read = read_as(&"học tậpp ".repeat(30)).unwrap();
    assert_eq!(read.split(' ').filter(|word| *word == "tập").count(), 8, "{read}");
    assert_eq!(read.split(' ').filter(|word| *word == "tậpp").count(), 22, "{read}");
}

#[test]
fn what_is_quoted_is_meant_as_typed() {
    for query in ["\"hocj\" \"taapj\"", "\"hco tap\"", "\"hochiminh\""] {
        assert_eq!(read_as(query), None, "{query}");
    }
}

#[test]
fn scattered_words_that_some_article_has_are_left_alone() {
    assert_eq!(read_as("xe giờ trung"), None);
    assert_eq!(read_as("cụ việc trạm"), None);
}

#[test]
fn words_that_nothing_explains_stay_and_are_told_to_be_missing() {
    let result = host().search(&request("học tập qwrtp")).unwrap();
    assert!(result.partial && result.corrected.is_none());
    assert_eq!(result.hits[0].missing, ["qwrtp"]);
}

#[test]
fn a_name_spelled_like_the_query_without_marks_is_not_found() {
    assert_eq!(ids("học tập"), ["0"]);
}

#[test]
fn marks_that_were_typed_are_meant() {
    assert_eq!(ids("con chó"), ["6"]);
    assert_eq!(ids("cây chò"), ["7"]);
}

#[test]
fn without_marks_the_neighbours_tell_which_word_is_meant() {
    assert_eq!(ids("ban hang")[0], "8");
    assert_eq!(ids("ban an")[0], "9");
}

#[test]
fn an_acronym_and_its_term_find_each_other_the_typed_one_first() {
    assert_eq!(ids("ubnd"), ["4", "3"]);
    assert_eq!(ids("ủy ban nhân dân"), ["3", "4"]);
    assert_eq!(ids("uy ban nhan dan"), ["3", "4"]);
    assert_eq!(ids("TP.HCM"), ["5"]);
}

#[test]
fn a_number_is_found_in_either_numerals_the_typed_ones_first() {
    assert_eq!(ids("quý 2"), ["14", "13"]);
    assert_eq!(ids("quy ii"), ["13", "14"]);
}

#[test]
fn who_cites_a_document_comes_first_however_it_was_typed() {
    for query in ["12-KL/ĐU", "12kldu", "kết luận 12", "ket luan so 12", "KL 12"] {
        assert_eq!(ids(query)[0], "11", "{query}");
    }
}

#[test]
fn values_of_fields_are_found_without_marks_but_not_with_others() {
    let article = |id: &str, category: &str| Article {
        id: id.to_owned(),
        title: "Bài".to_owned(),
        category: Some(category.to_owned()),
        ..Article::default()
    };
    let mut host = Host::of(vec![article("news", "Tin tức"), article("rest", "Tin túc"), article("market", "Chợ")]);
    let mut kept = |value: &str| {
        let filters = [("category".to_owned(), vec![value.to_owned()])].into_iter().collect();
        let mut ids = host.ids_of(&Request { filters, ..request("") });
        ids.sort();
        ids
    };
    assert_eq!(kept("Tin tức"), ["news"]);
    assert_eq!(kept("tin tuc"), ["news", "rest"]);
    assert_eq!(kept("tin tưc"), ["news"]);
    assert_eq!(kept("tin tục"), [""; 0]);
}

#[test]
fn reasons_make_up_the_score() {
    let asked = Request { explain: true, ..request("chăm sóc sức khỏe cho các cụ") };
    let result = host().search(&asked).unwrap();
    for hit in result.hits {
        let adds = |kind: &str| ["word", "pair", "phrase"].contains(&kind);
        let sum: f32 = hit.reasons.iter().filter(|reason| adds(&reason.kind)).map(|reason| reason.value).sum();
        let product = hit.reasons.iter().filter(|reason| !adds(&reason.kind)).fold(sum, |all, one| all * one.value);
        assert!((product / hit.score - 1.0).abs() < 1e-3, "{}: {product} is not {}", hit.id, hit.score);
    }
}

#[test]
fn a_weight_of_a_request_is_for_that_request_only() {
    let mut host = host();
    let score = |host: &mut Host<'_>, weights: &[(&str, f32)]| {
        let weights = weights.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        host.search(&Request { weights, ..request("học tập") }).unwrap().hits[0].score
    };
    let usual = score(&mut host, &[]);
    assert!(score(&mut host, &[("title", 0.0)]) < usual);
    assert_eq!(score(&mut host, &[]), usual);
}

#[test]
fn titles_go_on_what_was_half_typed() {
    let offered = host().drive(|engine| engine.suggest("phong trao hoc t", 6)).unwrap();
    let texts: Vec<&str> = offered.iter().map(|suggestion| suggestion.text.as_str()).collect();
    assert!(texts.contains(&"phong trào học tập"), "{texts:?}");
    assert!(texts.contains(&"Phong trào học tập ở thôn Vĩnh Hạ"), "{texts:?}");
}
