use crate::article::{Article, Block, BlockKind, Date};
use crate::facts::{Place, PlaceRole, facts};

fn places(texts: &[&str]) -> Vec<Place> {
    let blocks = texts.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
    facts(&Article { blocks, ..Article::default() }).places
}

fn names(text: &str) -> Vec<String> {
    places(&[text]).into_iter().map(|place| place.name).collect()
}

#[test]
fn units_are_named_by_their_types_words_and_bodies() {
    assert_eq!(names("Họp ở phường Bến Nghé, Q.1, TP.HCM."), ["phường Bến Nghé", "Quận 1", "thành phố Hồ Chí Minh"]);
    assert_eq!(names("Quận ủy Gò Vấp và Tỉnh đoàn Bến Tre ký kết."), ["quận Gò Vấp", "tỉnh Bến Tre"]);
    assert_eq!(names("Các huyện Cần Giờ, Nhà Bè và Củ Chi."), ["huyện Cần Giờ", "huyện Nhà Bè", "huyện Củ Chi"]);
    assert_eq!(names("Ra huyện đảo Lý Sơn."), ["huyện Lý Sơn"]);
}

#[test]
fn a_province_stands_alone_but_not_inside_another_name() {
    assert_eq!(names("Mưa lớn ở Quảng Ngãi và Bình Định."), ["Quảng Ngãi", "Bình Định"]);
    for text in [
        "đường Điện Biên Phủ",
        "báo Đồng Nai đưa tin",
        "ông Thái Bình kể",
        "thăm Thái Bình Dương",
        "đội Sông Lam Nghệ An",
    ] {
        assert!(names(text).is_empty(), "{text}: {:?}", names(text));
    }
}

#[test]
fn a_province_that_plays_is_a_team_and_no_place() {
    let match_report = "HLV của CLB khách cho biết các cầu thủ rất mệt. Hải Phòng thua ngay ở phút 90 vì thủ môn của Quảng Nam \
        cản được bàn thắng. Trong trận trước, Quảng Nam đá thiếu người. Trận sau đá tại Hải Phòng, người dân Cao Bằng cũng đến.";
    let found = places(&[match_report]);
    let named: Vec<(&str, usize)> = found.iter().map(|place| (place.name.as_str(), place.mentions.len())).collect();
    assert_eq!(named, [("Hải Phòng", 1), ("Cao Bằng", 1)]);
    // Not in an article on anything else.
    assert_eq!(names("Xã đã đi thăm Quảng Nam, gặp Hải Phòng bàn việc thắng lũ."), ["Quảng Nam", "Hải Phòng"]);
}

#[test]
fn old_units_lead_to_those_of_today() {
    let found = places(&["Phường Bến Nghé, Quận 1, thành phố Hồ Chí Minh."]);
    assert_eq!(found[0].province.as_deref(), Some("thành phố Hồ Chí Minh"));
    assert!(found[0].today.iter().any(|unit| unit == "phường Sài Gòn"), "{:?}", found[0].today);
    assert_eq!(places(&["tỉnh Bến Tre"])[0].today, ["tỉnh Vĩnh Long"]);
}

#[test]
fn todays_ward_is_not_the_old_district_of_its_name() {
    let lead = Some("Phường Bình Tân, Thành phố Hồ Chí Minh họp.".to_owned());
    let published = Date::from_iso("2025-09-01");
    let found = facts(&Article { lead, published, ..Article::default() }).places;
    assert_eq!(
        (found[0].unit.as_str(), found[0].today.as_slice()),
        ("phường Bình Tân", &["phường Bình Tân".to_owned()][..])
    );
}

#[test]
fn a_name_that_many_bear_stays_open_without_its_district() {
    let found = places(&["Xã Tân Bình có đường mới."]);
    assert_eq!((found[0].province.as_ref(), found[0].today.len()), (None, 0));
}

#[test]
fn a_unit_that_the_gazetteer_lacks_counts_beside_one_it_has() {
    assert_eq!(names("Xã Cổ Đình Thượng, huyện Nga Sơn họp."), ["xã Cổ Đình Thượng", "huyện Nga Sơn"]);
    assert!(names("Xã Cổ Đình Thượng họp.").is_empty());
}

#[test]
fn a_unit_in_a_post_is_only_mentioned_and_what_lies_in_the_subject_belongs_to_it() {
    let lead = Some("Quận ủy Hồng Bàng vừa họp.".to_owned());
    let text = "Đảng ủy phường Sở Dầu báo cáo. Ông Lê Văn Na, Giám đốc Sở Y tế tỉnh Lâm Đồng, dự. Khách từ Cà Mau đến.";
    let blocks = vec![Block::new(BlockKind::Paragraph, text)];
    let found = facts(&Article { lead, blocks, ..Article::default() }).places;
    let roles: Vec<_> = found.iter().map(|place| (place.unit.as_str(), place.role == PlaceRole::Subject)).collect();
    let expected =
        [("quận Hồng Bàng", true), ("phường Sở Dầu", true), ("tỉnh Lâm Đồng", false), ("tỉnh Cà Mau", false)];
    assert_eq!(roles, expected);
}
