use super::*;

fn read(text: &str) -> Article {
    article("tin.txt", "tin".into(), text).unwrap()
}

fn blocks(article: &Article) -> Vec<(BlockKind, &str)> {
    article.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect()
}

fn published(article: &Article) -> Option<String> {
    article.published.as_ref().map(Date::iso)
}

const LEAD: &str = "Người dân xã Tam Hợp vừa làm xong con đường dài hai cây số nối ba thôn với trường học.";
const MORE: &str =
    "Mỗi nhà góp ba ngày công, ai vắng thì gửi gạo. Trưởng thôn ghi sổ, tối đọc trên loa cho cả làng nghe.";

#[test]
fn the_title_stands_beside_the_stamp() {
    for (text, title) in [
        (format!("Trang chủ\nXã hội\nĐường mới ở xã Tam Hợp\n08:15 12/06/2024\n{LEAD}"), "Đường mới ở xã Tam Hợp"),
        (format!("Tin tức hoạt động của xã\n08:15 12/06/2024\nSign In\n{LEAD}"), "Tin tức hoạt động của xã"),
        (format!("08:15 12/06/2024\nprint\nĐường mới ở xã Tam Hợp\n{LEAD}"), "Đường mới ở xã Tam Hợp"),
        (format!("Menu\nĐường mới\nNgày đăng: 12/06/2024\n{LEAD}"), "Đường mới"),
    ] {
        let article = read(&text);
        assert_eq!((article.title.as_str(), article.title_derived), (title, false), "{text}");
        assert!(published(&article).unwrap().starts_with("2024-06-12"));
        assert_eq!(article.lead.as_deref(), Some(LEAD));
    }
}

#[test]
fn the_banner_of_the_page_is_no_date_of_publication() {
    let article = read(&format!("Thứ Tư, ngày 12 tháng 6 năm 2024\nĐường mới ở xã Tam Hợp\n{LEAD}"));
    assert_eq!((article.title.as_str(), published(&article)), ("Đường mới ở xã Tam Hợp", None));
}

#[test]
fn a_stamp_after_the_text_belongs_to_another_article() {
    let article = read(&format!("Đường mới ở xã Tam Hợp\n{LEAD}\n{MORE}\nHà Mai\n09:00 01/07/2024\nTin khác ở đây"));
    assert_eq!((published(&article), article.byline.as_deref()), (None, Some("Hà Mai")));
    assert_eq!(blocks(&article), [(BlockKind::Paragraph, MORE)]);
}

#[test]
fn a_stamp_glued_to_the_lead_is_the_date_and_the_title_is_derived() {
    let article = read(&format!("08:15 12/06/2024 {LEAD}\n{MORE}"));
    assert_eq!(published(&article).as_deref(), Some("2024-06-12T08:15+07:00"));
    assert_eq!(article.lead.as_deref(), Some(LEAD));
    assert!(article.title_derived && LEAD.starts_with(article.title.trim_end_matches('…')));
}

#[test]
fn a_stamp_of_publication_wins_over_one_of_a_change() {
    let text = format!("Đường mới ở xã Tam Hợp\nCập nhật: 09:00 13/06/2024\nNgày đăng: 12/06/2024\n{LEAD}");
    assert_eq!(published(&read(&text)).as_deref(), Some("2024-06-12"));
}

#[test]
fn captions_are_kept_once() {
    let one = "Bà con ba thôn cùng nhau đổ bê tông đoạn cuối";
    let text = format!(
        "Đường mới ở xã Tam Hợp\n{one} {one}\n{LEAD}\n{one} dốc\n{one} dốc\n{MORE}\nMột góc thôn\nẢnh: Hà Mai\n{MORE} Hết."
    );
    let article = read(&text);
    let captions: Vec<_> =
        blocks(&article).into_iter().filter(|(kind, _)| *kind == BlockKind::Caption).map(|b| b.1).collect();
    assert_eq!(captions, [one, &format!("{one} dốc"), "Một góc thôn\nẢnh: Hà Mai"]);
}

#[test]
fn short_lines_between_paragraphs_are_headings_and_dashes_are_items() {
    let article =
        read(&format!("Đường mới ở xã Tam Hợp\n{LEAD}\nChuyện ba thôn\n{MORE}\n- Góp công;\n- Góp gạo.\n{MORE} Hết."));
    let kinds: Vec<_> = blocks(&article).into_iter().map(|b| b.0).collect();
    use BlockKind::{Heading, ListItem, Paragraph};
    assert_eq!(kinds, [Heading, Paragraph, ListItem, ListItem, Paragraph]);
}

#[test]
fn lists_of_other_articles_are_dropped_even_when_they_hold_prose() {
    let text = format!(
        "Đường mới ở xã Tam Hợp\n{LEAD}\n{MORE}\n{MORE} Hết.\nCác tin khác\nCầu mới\nCầu qua suối đã thông xe trong niềm vui của người dân hai xã."
    );
    assert_eq!(read(&text).blocks.len(), 2);
}

#[test]
fn a_menu_above_the_text_does_not_end_it() {
    let text = format!("Tin mới\nÝ kiến bạn đọc\nChia sẻ\nĐường mới ở xã Tam Hợp\n{LEAD}\nChia sẻ\n{MORE}\nTag:\nx");
    let article = read(&text);
    assert_eq!((article.title.as_str(), article.blocks.len()), ("Đường mới ở xã Tam Hợp", 1));
}

#[test]
fn key_words_source_and_author_are_taken_from_their_lines() {
    let text = format!(
        "Đường mới ở xã Tam Hợp\n{LEAD}\n{MORE}\nNguồn: Báo Xã\nTừ khóa: đường, nông thôn mới\nTác giả: Hà Mai"
    );
    let article = read(&text);
    assert_eq!((article.source.as_deref(), article.byline.as_deref()), (Some("Báo Xã"), Some("Hà Mai")));
    assert_eq!(article.tags, ["đường", "nông thôn mới"]);
    assert_eq!(article.blocks.len(), 1);
}

#[test]
fn a_source_in_front_of_the_lead_stays_in_it() {
    let article = read(&format!("Đường mới ở xã Tam Hợp\n(Báo Xã) –{LEAD}"));
    assert_eq!(article.source.as_deref(), Some("Báo Xã"));
    assert!(article.lead.is_some_and(|lead| lead.starts_with("(Báo Xã) –")));
}

#[test]
fn a_text_of_a_title_only_is_an_article() {
    let article = read("Trang chủ\nKế hoạch phòng chống lụt bão của xã\nTệp đính kèm");
    assert_eq!(
        (article.title.as_str(), article.lead, article.blocks.len()),
        ("Kế hoạch phòng chống lụt bão của xã", None, 0)
    );
}

#[test]
fn a_page_without_an_article_is_an_error() {
    assert!(article("a.txt", "a".into(), "Sign In\nTrang chủ\n08:15 12/06/2024").is_err());
}

#[test]
fn any_lines_are_read_without_panic() {
    for text in [
        "",
        "\n",
        "ạ",
        "- ",
        "•",
        "(",
        "()",
        "Ảnh:",
        "08:15 12/06/2024",
        "*",
        "a\na\na",
        "Theo",
        ":",
        "Nguồn:",
        "\u{300}",
    ] {
        let _ = article("a.txt", "a".into(), text);
        let _ = article("a.txt", "a".into(), &format!("{text} {text}\n{LEAD}{text}\n{text}"));
    }
}
