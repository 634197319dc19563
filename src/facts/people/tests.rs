use crate::article::{Article, Block, BlockKind};
use crate::facts::facts;

/// Each person with posts: "Lê Na: Bí thư; Chủ tịch".
fn people(texts: &[&str]) -> Vec<String> {
    let blocks = texts.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
    let found = facts(&Article { blocks, ..Article::default() }).people;
    found.iter().map(|person| format!("{}: {}", person.name, person.roles.join("; "))).collect()
}

#[test]
fn posts_after_a_name_are_its_own() {
    let text = "Dự họp có các đồng chí: Lê Thị Na, Thành ủy viên, Bí thư Quận ủy; Trần Văn Bảo, Phó Bí thư Quận ủy, Chủ tịch UBND quận.";
    let expected = ["Lê Thị Na: Thành ủy viên; Bí thư Quận ủy", "Trần Văn Bảo: Phó Bí thư Quận ủy; Chủ tịch UBND quận"];
    assert_eq!(people(&[text]), expected);
    assert_eq!(people(&["Ông Phạm Văn Cường - Giám đốc Sở Y tế cho biết."]), ["Phạm Văn Cường: Giám đốc Sở Y tế"]);
    assert_eq!(
        people(&["Bà Võ Thu (Hiệu trưởng Trường Tiểu học Hoa Sen) nói."]),
        ["Võ Thu: Hiệu trưởng Trường Tiểu học Hoa Sen"]
    );
}

#[test]
fn posts_before_a_name_are_its_own() {
    let text = "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Đỗ Minh Khôi trao hoa.";
    assert_eq!(people(&[text]), ["Đỗ Minh Khôi: Phó Bí thư Huyện ủy; Chủ tịch UBND huyện"]);
    let text = "Chủ tịch xã Lê Văn Một và Phó Chủ tịch xã Trần Thị Hai cùng dự.";
    assert_eq!(people(&[text]), ["Lê Văn Một: Chủ tịch xã", "Trần Thị Hai: Phó Chủ tịch xã"]);
}

#[test]
fn bodies_with_commas_and_dashes_are_whole() {
    let text = "Giám đốc Sở Văn hóa, Thể thao và Du lịch Ngô Thị Lý phát biểu.";
    assert_eq!(people(&[text]), ["Ngô Thị Lý: Giám đốc Sở Văn hóa, Thể thao và Du lịch"]);
    let text = "Bà Ngô Thị Lý, Phó Giám đốc Sở Lao động - Thương binh và Xã hội, đánh giá cao.";
    assert_eq!(people(&[text]), ["Ngô Thị Lý: Phó Giám đốc Sở Lao động - Thương binh và Xã hội"]);
}

#[test]
fn names_of_one_person_are_brought_together() {
    let texts = ["Bí thư Quận ủy Lê Thị Na dự.", "Đồng chí Na và bà Thị Na vui. Bí thư quận ủy Lê Thị Na về."];
    let blocks = texts.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
    let found = facts(&Article { blocks, ..Article::default() }).people;
    assert_eq!((found.len(), found[0].mentions.len(), found[0].roles.len()), (1, 4, 1));
}

#[test]
fn a_given_name_that_two_bear_stays_open() {
    let texts = ["Ông Lê Văn Na và bà Trần Thị Na cùng đến.", "Ông Na nói."];
    let blocks = texts.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
    let found = facts(&Article { blocks, ..Article::default() }).people;
    assert!(found.iter().all(|person| person.mentions.len() == 1));
}

#[test]
fn names_of_minorities_and_of_other_languages_are_read() {
    let names = |text: &str| people(&[text]);
    assert_eq!(names("Ông Y Thanh Hà Niê Kđăm phát biểu."), ["Y Thanh Hà Niê Kđăm: "]);
    assert_eq!(
        names("Tổng thống Mỹ Joe Hollande gặp bà Anna de Wit."),
        ["Joe Hollande: Tổng thống Mỹ", "Anna de Wit: "]
    );
    assert_eq!(names("Nhà lãnh đạo Kim Chol-su đi tàu."), ["Kim Chol-su: "]);
}

#[test]
fn what_bears_a_persons_name_is_no_person() {
    for text in [
        "Xe chạy trên đường Nguyễn Trường Tộ rồi rẽ vào phố Lê Đình Dương.",
        "Học sinh Trường THPT Phan Bội Châu đoạt giải Trần Đại Nghĩa.",
        "Học tập tư tưởng Hồ Chí Minh, Chủ tịch Hồ Chí Minh kính yêu.",
        "Ở số 27 Trần Quốc Toản, các tuyến phố như Lý Nam Đế, Trần Phú đông người.",
        "Tổng giám đốc Vietnam Airlines và HLV Real Madrid vắng mặt.",
    ] {
        assert!(people(&[text]).is_empty(), "{text}: {:?}", people(&[text]));
    }
}

#[test]
fn who_signs_or_took_the_picture_is_none_of_the_people() {
    let blocks = vec![Block::new(BlockKind::Paragraph, "Xã họp xong. Lê Thị Bưởi")];
    let article = Article { byline: Some("Lê Thị Bưởi".into()), blocks, ..Article::default() };
    assert!(facts(&article).people.is_empty());
    assert!(people(&["Ruộng bậc thang. Ảnh: Phạm Văn Chín"]).is_empty());
}
