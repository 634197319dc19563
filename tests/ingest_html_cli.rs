//! Folders of web pages on the command line: what is built, listed and shown, and the file `timdoc.toml`.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;
#[path = "support/portals.rs"]
mod portals;

use command::{Desk, run};
use portals::STORIES;
use serde_json::Value;

/// A site as `wget` mirrors it: six articles, the home page, a list of a category, a second copy of one article.
fn mirror(style: &str) -> Desk {
    let desk = Desk::new();
    for (number, story) in STORIES.iter().enumerate() {
        desk.write(&format!("in/xa.example/tin/{}-{number}.html", story.slug), portals::page(style, number));
    }
    desk.write("in/xa.example/tin/trung.html", portals::page(style, 0));
    let entries: String = STORIES
        .iter()
        .map(|story| {
            format!(
                "<div class=item><h3><a href='/tin/{}.html'>{}</a></h3><p>{}</p></div>",
                story.slug, story.title, story.lead
            )
        })
        .collect();
    // The frame of an article's page around the list.
    let article = portals::page(style, 1);
    let body = article.to_lowercase().find("<body").unwrap();
    let (_, frame) = article[body..].split_once('>').unwrap();
    let head = frame.to_lowercase().find("<h1").unwrap_or(0);
    let page = format!(
        "<html><head><title>Tin tức</title></head><body>{}<div class=list>{entries}</div></body>",
        &frame[..head]
    );
    desk.write("in/xa.example/index.html", &page);
    desk.write("in/xa.example/tin/index.html", &page);
    desk.write("in/xa.example/images/a.jpg", "");
    desk
}

fn files(desk: &Desk, more: &[&str]) -> Vec<Value> {
    let input = desk.name("in");
    let args = ["build", &input, "--dry-run", "--json"].into_iter().chain(more.iter().copied());
    run(args).json()["files"].as_array().unwrap().clone()
}

#[test]
fn a_dry_run_lists_what_each_file_would_become_and_writes_nothing() {
    let desk = mirror("nukeviet");
    let files = files(&desk, &[]);
    let of = |name: &str| files.iter().find(|file| file["file"].as_str().unwrap().ends_with(name)).unwrap();
    assert_eq!(files.len(), 9);
    for name in ["xa.example/index.html", "tin/index.html"] {
        assert_eq!(of(name)["kind"], "listing", "{}", of(name));
    }
    assert_eq!(of("trung.html")["kind"], "duplicate", "{files:#?}");
    assert!(of("trung.html")["reason"].as_str().unwrap().contains(STORIES[0].slug));
    let article = of(&format!("{}-3.html", STORIES[3].slug));
    assert_eq!(article["title"], STORIES[3].title);
    assert_eq!(article["date"], "2024-08-16T09:40+07:00");
    assert_eq!(article["id"], format!("xa.example/tin/{}-3", STORIES[3].slug));
    assert_eq!(article["kind"], "article");
    let shown = run(["build", &desk.name("in"), "--dry-run"]).ok().out;
    assert!(shown.contains("6 article, 1 duplicate, 2 listing; nothing was written"), "{shown}");
    assert!(!desk.path("out").exists());
}

#[test]
fn ids_are_the_same_in_each_build_and_addresses_come_from_the_pages_or_the_folder() {
    let desk = mirror("handmade");
    let built = desk.build("in", "out").json();
    assert_eq!(built["articles"], 6, "{built}");
    desk.build("in", "again").ok();
    assert_eq!(desk.files("out"), desk.files("again"));
    let id = format!("xa.example/tin/{}-0", STORIES[0].slug);
    let article = run(["read", &desk.name("out"), &id, "--json"]).json();
    assert_eq!(article["url"], format!("http://xa.example/tin/{}-0.html", STORIES[0].slug));
}

#[test]
fn inspect_shows_where_each_field_came_from() {
    let desk = mirror("newspaper");
    let file = desk.name(&format!("in/xa.example/tin/{}-2.html", STORIES[2].slug));
    let report = run(["inspect", &desk.name("in"), "--article", &file, "--json"]).json();
    let origin = |field: &str| {
        let fields = report["fields"].as_array().unwrap();
        fields
            .iter()
            .find(|of| of["field"] == field)
            .map(|of| of["origin"].as_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    assert!(origin("title").starts_with("JSON-LD in h1"), "{report:#}");
    assert!(origin("published").contains("JSON-LD"));
    assert!(
        origin("byline").contains("JSON-LD") && origin("body").contains("div.detail__content")
            || origin("body").contains("article")
    );
    assert_eq!(report["article"]["title"], STORIES[2].title);
    let shown = run(["inspect", "--article", &file]).ok().out;
    assert!(shown.contains(STORIES[2].title) && shown.contains("←"), "{shown}");
    let list = run(["inspect", &desk.name("in"), "--article", &desk.name("in/xa.example/index.html")]).ok().out;
    assert!(list.starts_with("listing: "), "{list}");
    assert!(run(["inspect", "--article", "a.pdf"]).bad_usage().contains("web page"));
}

#[test]
fn timdoc_toml_in_the_folder_says_what_the_pages_do_not() {
    let desk = mirror("handmade");
    let config = "base = \"https://www.xa.example/\"\nsource = \"Phường An Định\"\nleave_out = [\"**/trung.html\"]\n\
                  [selectors]\ntitle = \"font[size='4'] b\"\nremove = [\"marquee\"]\n[categories]\n\"Môi trường\" = \"Xanh sạch đẹp\"\n";
    desk.write("in/timdoc.toml", config);
    let files = files(&desk, &[]);
    let left_out = files.iter().find(|file| file["file"].as_str().unwrap().ends_with("trung.html")).unwrap();
    assert_eq!(left_out["kind"], "left_out");
    assert!(left_out["reason"].as_str().unwrap().contains("**/trung.html"));
    desk.build("in", "out").ok();
    let article = run(["read", &desk.name("out"), &format!("xa.example/tin/{}-3", STORIES[3].slug), "--json"]).json();
    assert_eq!(
        (article["source"].as_str(), article["category"].as_str()),
        (Some("Phường An Định"), Some("Xanh sạch đẹp"))
    );
    let file = desk.name(&format!("in/xa.example/tin/{}-3.html", STORIES[3].slug));
    let shown = run(["inspect", &desk.name("in"), "--article", &file]).ok().out;
    assert!(shown.contains("timdoc.toml: selectors.title"), "{shown}");
}

#[test]
fn a_wrong_timdoc_toml_stops_the_build_with_the_key_and_the_right_one() {
    let desk = mirror("handmade");
    let config = desk.write("site.toml", "[selectors]\ntittle = 'h1'\n");
    let ran = run(["build", &desk.name("in"), "--dry-run", "--config", config.to_str().unwrap()]);
    let line = ran.failed();
    assert!(line.contains("selectors.tittle") && line.contains("\"title\""), "{line}");
}

#[test]
fn pages_that_are_packed_or_named_one_by_one_are_read_too() {
    let desk = Desk::new();
    let packed = zstd::encode_all(portals::page("liferay", 0).as_bytes(), 1).unwrap();
    desk.write("in/a.html.zst", packed);
    desk.write("in/b.aspx?id=3", portals::page("liferay", 1));
    desk.write("mirror/tin/khong-duoi", portals::page("liferay", 2));
    desk.write("mirror/tin/LICENSE", "Giấy phép");
    let mirror = run(["build", &desk.name("mirror"), "--dry-run", "--json"]).json();
    assert_eq!((&mirror["files"][0]["id"], &mirror["other_files"]), (&Value::from("tin/khong-duoi"), &Value::from(1)));
    let report =
        run(["build", &desk.name("in/a.html.zst"), &desk.name("in/b.aspx?id=3"), "--out", &desk.name("out"), "--json"])
            .json();
    assert_eq!(report["articles"], 2, "{report}");
    assert_eq!(run(["read", &desk.name("out"), "a", "--json"]).json()["title"], STORIES[0].title);
}

#[test]
fn copies_of_one_page_do_not_make_its_text_the_sites() {
    let desk = Desk::new();
    let page = "<html><head><title>Cầu mới thông xe</title></head><body><h1>Cầu mới thông xe</h1><p>08:15 12/06/2024</p>\
                <p>Sáng nay, cây cầu nối hai thôn của xã Tam Hợp đã được đưa vào sử dụng.</p></body></html>";
    for name in ["a", "b", "c"] {
        desk.write(&format!("in/{name}.html"), page);
    }
    let files = files(&desk, &[]);
    let kinds: Vec<&str> = files.iter().map(|file| file["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["article", "duplicate", "duplicate"]);
    assert_eq!(files[0]["blocks"], 1);
}
