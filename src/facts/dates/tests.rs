use super::*;

/// Form, ISO date and words of every date in a text.
fn read(text: &str, reference: Option<&str>) -> Vec<(Form, String, String)> {
    let reference = reference.and_then(Day::parse);
    let stated = |d: DateFound| d.date(text, reference).map(|date| (d.form, date.iso(), date.text));
    find(text).into_iter().filter_map(stated).collect()
}

fn one(text: &str) -> (Form, String, String) {
    let found = read(text, Some("2024-05-20"));
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn stamps_are_read_with_the_time_before_or_after() {
    for text in [
        "08:15 12/06/2024",
        "12/06/2024 08:15",
        "Thứ Tư, 12/06/2024, 08:15 (GMT+7)",
        "12-06-2024 | 08:15:59",
        "08h15 ngày 12/6/2024",
        "8 giờ 15, ngày 12 tháng 6 năm 2024",
        "Thứ tư, ngày 12/06/2024 - 08:15",
    ] {
        let (form, iso, words) = one(text);
        assert_eq!((form, iso.as_str()), (Form::Stamp, "2024-06-12T08:15+07:00"), "{text}");
        assert!(text.starts_with(&words), "{words}");
    }
}

#[test]
fn the_zone_belongs_to_the_stamp() {
    assert_eq!(one("12/06/2024, 08:15 (GMT+7) Hà").2, "12/06/2024, 08:15 (GMT+7)");
}

#[test]
fn a_stamp_glued_to_a_sentence_leaves_the_next_date_alone() {
    let found = read("09:05 04/12/2024 Sáng 4/12, thành phố họp", Some("2024-12-04"));
    assert_eq!(found[0].2, "09:05 04/12/2024");
    assert_eq!((found[1].0, found[1].2.as_str()), (Form::DayMonth, "Sáng 4/12"));
}

#[test]
fn a_weekday_without_time_is_a_banner() {
    assert_eq!(one("Chủ Nhật, ngày 03 tháng 8 năm 2025").0, Form::Banner);
    assert_eq!(one("Thứ 3, 9/4/2024").0, Form::Banner);
}

#[test]
fn long_and_numeric_forms_are_read() {
    let (form, iso, words) = one("ký ngày 10 tháng 12 năm 2022 tại xã");
    assert_eq!((form, iso.as_str(), words.as_str()), (Form::Long, "2022-12-10", "ngày 10 tháng 12 năm 2022"));
    for text in ["ngày 18-5-2021", "18/5/ 2021", "18.5.2021", "18/05/2021"] {
        assert_eq!((one(text).0, one(text).1.as_str()), (Form::Numeric, "2021-05-18"), "{text}");
    }
}

#[test]
fn a_range_of_dates_is_two_dates() {
    let found = read("giai đoạn 1/4/2022-1/4/2023", None);
    assert_eq!(found.iter().map(|d| d.1.as_str()).collect::<Vec<_>>(), ["2022-04-01", "2023-04-01"]);
}

#[test]
fn a_missing_year_is_the_nearest_to_the_reference() {
    let text = "chiều 30/12, ngày 2 tháng 1";
    let found = read(text, Some("2024-01-03"));
    assert_eq!(found.iter().map(|d| d.1.as_str()).collect::<Vec<_>>(), ["2023-12-30", "2024-01-02"]);
    assert!(find(text).iter().all(|d| d.date(text, Day::parse("2024-01-03")).unwrap().inferred));
    assert!(read(text, None).is_empty());
}

#[test]
fn parts_of_the_day_belong_to_the_date() {
    assert_eq!(one("Rạng sáng ngày 5/6 trời mưa").2, "Rạng sáng ngày 5/6");
    assert_eq!(one("sáng thứ Ba ngày 12/9").2, "sáng thứ Ba ngày 12/9");
    assert_eq!(one("đúng 7 giờ sáng nay, 01/7, phường").2, "sáng nay, 01/7");
    assert_eq!(one("Hôm qua, 3/4").2, "Hôm qua, 3/4");
    assert_eq!(one("trong buổi sáng 5/9.").2, "sáng 5/9");
    assert!(find("Chiều 7/6")[0].has_day_part);
    assert!(!find("ngày 7/6")[0].has_day_part);
}

#[test]
fn months_are_read_to_the_month() {
    assert_eq!((one("hết tháng 5/2024").0, one("hết tháng 5/2024").1.as_str()), (Form::Month, "2024-05"));
    assert_eq!(one("tháng 9 năm 2023").1, "2023-09");
}

#[test]
fn what_is_no_date_is_left_out() {
    for text in [
        "2022 - 2023",
        "2025-2030",
        "nhiệm kỳ 2020 - 2025",
        "Nghị định 30/2020/NĐ-CP",
        "số 12/2022/QH15",
        "16.204 lượt",
        "22/22 chi bộ",
        "đạt 1/2",
        "trực 24/7",
        "tỷ số 3-1",
        "tăng 7.5 lần",
        "ngày 31/2/2023",
        "ngày 30/13",
        "0210 399 9990",
        "từ 07 giờ 30 đến 11 giờ",
        "A-12/5/2020",
        "xếp 5/2024",
    ] {
        assert!(find(text).is_empty(), "{text}: {:?}", find(text));
    }
}

#[test]
fn any_text_is_read_without_panic() {
    for text in [
        "",
        "1/",
        "1/1/",
        "99:99 1/1/2020",
        "ngày 1\u{300}/1",
        "1 tháng",
        "1 tháng 1 năm",
        "24:00 ngày 1/1",
        "ậ1/1/2020ậ",
    ] {
        let _ = read(text, Some("2024-01-01"));
    }
}
