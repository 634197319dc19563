//! Pages in the styles of the systems that Vietnamese portals run on, of a whole site and alone: every field.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else
#![cfg(feature = "native")]

#[path = "support/portals.rs"]
mod portals;

use portals::{STORIES, Story};
use timdoc::article::{Article, BlockKind};
use timdoc::ingest::html::{self, Look, Outcome, Page, Sample, Shared};
use timdoc::ingest::site::Site;

/// The article of a story's page in a style.
fn read(style: &str, number: usize, shared: &Shared) -> Article {
    // Of the hand-made portal the addresses say nothing.
    let path = match style {
        "handmade" => format!("ct.asp?id={number}"),
        _ => format!("{}-{number}.html", STORIES[number].slug),
    };
    let page = Page { place: "page", id: path.clone(), path: &path, address: None };
    match html::article(&page, &portals::page(style, number), shared, &Site::default()).unwrap() {
        Outcome::Article(found) => found.article,
        Outcome::LeftOut(left_out) => panic!("{style} {number}: {left_out:?}"),
    }
}

fn shared(style: &str) -> Shared {
    let mut sample = Sample::default();
    (0..STORIES.len()).for_each(|number| sample.add(Look::at(&portals::page(style, number))));
    sample.shared()
}

/// Differences between an article and its story.
fn wrong(style: &str, number: usize, article: &Article) -> Vec<String> {
    let story: &Story = &STORIES[number];
    let mut wrong = Vec::new();
    let mut check = |field: &str, found: &str, want: &str| {
        if found != want {
            wrong.push(format!("{style} {number} {field}: {found:?}, want {want:?}"));
        }
    };
    check("title", &article.title, story.title);
    let date = article.published.as_ref().map(|date| date.iso()).unwrap_or_default();
    // Some styles show only the day.
    let day = &story.iso[..10];
    check(
        "date",
        if style == "handmade" { &date } else { date.trim_end_matches("+07:00") },
        if style == "handmade" { day } else { story.iso },
    );
    check("lead", article.lead.as_deref().unwrap_or_default(), story.lead);
    check("byline", article.byline.as_deref().unwrap_or_default(), story.author);
    check("category", article.category.as_deref().unwrap_or_default(), story.category);
    let of = |kind| {
        article.blocks.iter().filter(|block| block.kind == kind).map(|block| block.text.as_str()).collect::<Vec<_>>()
    };
    check("paragraphs", &of(BlockKind::Paragraph).join("\n"), &story.paragraphs.join("\n"));
    check("captions", &of(BlockKind::Caption).join("\n"), story.caption);
    let others: Vec<_> =
        article.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Paragraph | BlockKind::Caption)).collect();
    check("other blocks", &format!("{others:?}"), "[]");
    let files: Vec<&str> = article.attachments.iter().map(|file| file.name.as_str()).collect();
    let want = match style {
        "liferay" => vec![format!("Kế hoạch số {number}")],
        "sharepoint" => vec![format!("quyet-dinh-{number}.docx")],
        _ => Vec::new(),
    };
    check("attachments", &files.join("\n"), &want.join("\n"));
    wrong
}

#[track_caller]
fn check_style(style: &str) {
    let of_site = shared(style);
    let alone = Shared::default();
    let mut all = Vec::new();
    for number in 0..STORIES.len() {
        all.extend(wrong(style, number, &read(style, number, &of_site)));
        let found = wrong(style, number, &read(style, number, &alone));
        all.extend(found.into_iter().map(|wrong| format!("alone: {wrong}")));
    }
    assert!(all.is_empty(), "{} wrong:\n{}", all.len(), all.join("\n"));
}

#[test]
fn nukeviet_is_read() {
    check_style("nukeviet");
}

#[test]
fn wordpress_is_read() {
    check_style("wordpress");
}

#[test]
fn liferay_is_read() {
    check_style("liferay");
}

#[test]
fn sharepoint_is_read() {
    check_style("sharepoint");
}

#[test]
fn a_hand_made_portal_of_tables_is_read() {
    check_style("handmade");
}

#[test]
fn a_newspaper_with_json_ld_is_read() {
    check_style("newspaper");
}

#[test]
fn sources_and_addresses_are_what_the_pages_state() {
    let of = |style| read(style, 0, &shared(style));
    let newspaper = of("newspaper");
    assert_eq!(newspaper.source.as_deref(), Some("Báo Sông Hồng điện tử"));
    assert_eq!(newspaper.url, Some(format!("https://songhong.example/{}-post0.html", STORIES[0].slug)));
    assert_eq!(newspaper.tags, ["Tam Hợp", "nông thôn mới"]);
    let nukeviet = of("nukeviet");
    assert_eq!(nukeviet.source.as_deref(), Some("UBND xã Tam Hợp"));
    assert_eq!(nukeviet.tags, ["xã Tam Hợp", "phong trào"]);
    assert_eq!(of("wordpress").url, Some(format!("https://doan.example/{}/", STORIES[0].slug)));
    assert_eq!(of("handmade").url, None);
}
