//! `timdoc facts`: tables over a library or a query, on the terminal, as CSV and as JSON.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;

use command::{Desk, run};

/// Two portals tell one commendation; one of them has another word for a formula as its title.
fn desk() -> Desk {
    let article = |id: &str, title: &str, day: &str, text: &str| {
        let body = format!("{text}\nCác đơn vị tiếp tục thực hiện mô hình \"Tiếng kẻng an ninh\".");
        let article = serde_json::json!({ "id": id, "title": title, "published": day, "body": body,
            "url": format!("https://{id}.example.vn/") });
        format!("{article}\n")
    };
    let first = "Dịp này, Ban Thường vụ Quận ủy tặng giấy khen cho 45 tập thể và 72 cá nhân thực hiện tốt Chỉ thị số \
                 05-CT/TW.";
    let second = "Ban Thường vụ Quận ủy tặng giấy khen cho 45 tập thể và 72 cá nhân theo Chỉ thị số 5-CT/TW.";
    Desk::library(
        &[
            article("bao", "=Sơ kết hai năm làm theo Bác", "2023-05-16", first),
            article("cong", "Lan tỏa những tấm gương bình dị", "2023-05-18", second),
            article("khac", "Đường bờ kè thông xe", "2023-05-18", "Mặt đường vẫn khô."),
        ]
        .concat(),
    )
}

#[test]
fn a_commendation_told_by_two_articles_counts_once() {
    let desk = desk();
    let bundle = desk.name("bundle");
    let tables = run(["facts", &bundle, "--json"]).json();
    let totals = serde_json::json!({ "commendations": 1, "collectives": 45, "individuals": 72, "together": 0 });
    assert_eq!(tables["awards"]["totals"], totals);
    assert_eq!(tables["awards"]["rows"][0]["reports"].as_array().unwrap().len(), 2);
    assert_eq!(tables["documents"]["totals"], serde_json::json!({ "documents": 1, "citations": 2 }));
    assert_eq!(tables["models"]["totals"]["models"], 1);
}

#[test]
fn a_query_and_filters_narrow_what_is_counted() {
    let desk = desk();
    let bundle = desk.name("bundle");
    let reports = |args: &[&str]| {
        let all: Vec<&str> = ["facts", &bundle, "--json"].into_iter().chain(args.iter().copied()).collect();
        let tables = run(all).json();
        tables["articles"].as_u64().unwrap()
    };
    assert_eq!(reports(&[]), 3);
    assert_eq!(reports(&["--kind", "award"]), 2);
    assert_eq!(reports(&["lan toa"]), 1);
    assert_eq!(reports(&["--to", "17/5/2023"]), 1);
    assert_eq!(reports(&["lan tỏa thủy triều"]), 0, "an article without one of the words is no answer");
}

#[test]
fn csv_of_one_kind_goes_to_standard_output_with_its_totals_last() {
    let desk = desk();
    let bundle = desk.name("bundle");
    let text = run(["facts", &bundle, "--kind", "award", "--csv", "-"]).ok().out;
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}STT,Ngày đăng,Tập thể,Cá nhân,"), "{text}");
    assert!(lines[1].starts_with("1,16/05/2023,45,72,,Ban Thường vụ Quận ủy,giấy khen,"), "{text}");
    assert!(lines[1].ends_with(",2,'=Sơ kết hai năm làm theo Bác,https://bao.example.vn/"), "{text}");
    assert!(lines[2].starts_with("Tổng,,45,72,0,"), "{text}");
    assert_eq!(lines[3..], [""]);
    let each = run(["facts", &bundle, "--kind", "award", "--articles", "--semicolon", "--csv", "-"]).ok().out;
    assert_eq!(each.lines().filter(|line| line.starts_with("1;")).count(), 2, "{each}");
    run(["facts", &bundle, "--csv", "-"]).bad_usage();
}

#[test]
fn csv_of_all_kinds_goes_into_a_file_each() {
    let desk = desk();
    run(["facts", &desk.name("bundle"), "--csv", &desk.name("năm.csv")]).ok();
    for (kind, header) in [("award", "Ngày đăng"), ("document", "Số, ký hiệu"), ("model", "Tên")] {
        let text = std::fs::read_to_string(desk.path(&format!("năm-{kind}.csv"))).unwrap();
        assert!(text.lines().next().unwrap().contains(header), "{kind}: {text}");
    }
    let failed = run(["facts", &desk.name("bundle"), "--csv", &desk.name("không có/a.csv")]).failed();
    assert!(failed.contains("a-award.csv"), "{failed}");
}

#[test]
fn numbers_of_the_central_committee_and_of_a_province_are_told_apart() {
    let article = |id: &str, number: &str| {
        let body = format!("Hội nghị sơ kết Nghị quyết số {number} về rừng và biển.");
        format!("{}\n", serde_json::json!({ "id": id, "title": format!("Sơ kết ở {id}"), "body": body }))
    };
    let desk = Desk::library(
        &[article("tinh", "08-NQ/TU"), article("tw", "08-NQ/TW"), article("tu-sung", "08-NQ/TƯ")].concat(),
    );
    let bundle = desk.name("bundle");
    let found = |args: &[&str]| {
        let all: Vec<&str> = ["search", &bundle, "--json"].into_iter().chain(args.iter().copied()).collect();
        let answer = run(all).json();
        let ids = answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned());
        (ids.collect::<Vec<_>>(), answer["facets"]["document"].clone())
    };
    for text in ["08-NQ/TW", "08-NQ/TƯ", "08-nq/tư", "08nqtw"] {
        let (mut ids, values) = found(&[text]);
        ids.sort();
        assert_eq!(ids, ["tu-sung", "tw"], "{text}");
        assert_eq!((values[0]["value"].as_str(), values[0]["count"].as_u64()), (Some("08-NQ/TW"), Some(2)), "{text}");
    }
    // Typed without marks it may be either: a province's first.
    assert_eq!(found(&["08-nq/tu"]).0[0], "tinh");
    assert_eq!(found(&["sơ kết", "--filter", "document=08-NQ/TU"]).0, ["tinh"]);
    assert_eq!(found(&["sơ kết", "--filter", "document=08-NQ/TƯ"]).0.len(), 2);
}

#[test]
fn an_article_is_read_with_the_days_it_names() {
    let body = "Ngày 17/11/2023, xã họp; từ tháng 5/2024 mọi hộ cùng làm theo Chỉ thị số 21-CT/TU ngày 3/2/2020.";
    let desk = Desk::library(&format!("{}\n", serde_json::json!({ "id": "a", "title": "Xã họp", "body": body })));
    let read = run(["read", &desk.name("bundle"), "a", "--json"]).json();
    let dates: Vec<(&str, &str, &str)> = read["facts"]["dates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|named| {
            (
                named["date"]["date"].as_str().unwrap(),
                named["date"]["text"].as_str().unwrap(),
                named["kind"].as_str().unwrap(),
            )
        })
        .collect();
    let expected =
        [("2023-11-17", "17/11/2023", "event"), ("2024-05", "5/2024", "other"), ("2020-02-03", "3/2/2020", "document")];
    assert_eq!(dates, expected);
}
