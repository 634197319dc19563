//! From files to answers: the sample library is read, built, published, opened and searched. What it finds is held
//! against a plain reading of the same texts.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;
#[path = "support/plain.rs"]
mod plain;
#[path = "support/sample.rs"]
mod sample;

use std::collections::BTreeSet;

use memory::{build, full_ids, request};
use plain::{Plain, unmarked};
use timdoc::article::{Article, Block, BlockKind};
use timdoc::bundle::publish::publish;
use timdoc::library::Library;
use unicode_normalization::UnicodeNormalization;

/// The sample with a few articles more, for words it does not have.
fn articles() -> Vec<Article> {
    let more = [
        ("duong-1", "Làm đường vào thôn Thượng", "Con đường dài hai cây số, rải nhựa xong trước Tết."),
        ("duong-2", "Tư liệu về cuốn sổ cũ", "Lời lẽ trong sổ đương thời ai cũng thuộc, đương nhiên có chỗ nhòe."),
        ("duong-3", "Tin tu ban doc", "con duong lang da duoc ba con quet don sach se tu sang som"),
        ("thuy-1", "Trạm bơm Thủy Lợi đóng điện", "Nước về đồng từ sáng, thủy nông viên trực ca."),
        ("thuy-2", "Trạm bơm thuỷ lợi số hai", "Hoà lưới điện xong, thuỷ nông viên khoẻ hẳn."),
        (
            "hoc-1",
            "Hóc xương cá, một ca cấp cứu",
            "Chuyện tạp nham ngoài chợ không nên tin, hóc xương phải đến trạm y tế.",
        ),
    ];
    let article = |(id, title, text): (&str, &str, &str)| Article {
        id: id.into(),
        title: title.into(),
        blocks: vec![Block::new(BlockKind::Paragraph, text)],
        ..Article::default()
    };
    sample::sample().into_iter().chain(more.into_iter().map(article)).collect()
}

/// The library on disk, with a plain reading of its articles.
struct Flow {
    library: Library,
    plain: Plain,
    _folder: tempfile::TempDir,
}

impl Flow {
    fn new() -> Self {
        let articles = articles();
        let folder = tempfile::tempdir().unwrap();
        publish(&build(articles.clone()), folder.path()).unwrap();
        let library = Library::open(folder.path()).unwrap();
        Flow { library, plain: Plain::new(articles), _folder: folder }
    }

    fn ids(&mut self, query: &str) -> Vec<String> {
        full_ids(&self.library.search(&request(query)).unwrap())
    }

    fn set(&mut self, query: &str) -> BTreeSet<String> {
        self.ids(query).into_iter().collect()
    }
}

#[test]
fn every_word_of_the_library_finds_the_articles_that_hold_it() {
    let mut flow = Flow::new();
    let words: Vec<_> = flow.plain.vocabulary().into_iter().filter(|word| word.is_alphabetic()).collect();
    assert!(words.len() > 1000, "{} words", words.len());
    let mut wrong = Vec::new();
    for word in words.iter().step_by(29) {
        for query in [word.text.clone(), word.letters.clone()] {
            let bounds = flow.plain.all_of(&query);
            let bad = bounds.wrong(&flow.ids(&query));
            if !bad.is_empty() {
                wrong.push(format!("{query}: {bad}"));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn words_are_all_required() {
    let mut flow = Flow::new();
    for query in ["hoc tap", "học tập", "đồng chí bí thư", "hoi nghi tong ket", "phường xã thôn", "Sông Thao bão lũ"]
    {
        let bounds = flow.plain.all_of(query);
        let found = flow.ids(query);
        assert_eq!(bounds.wrong(&found), "", "{query}");
        assert!(!found.is_empty(), "{query}");
    }
}

#[test]
fn capitals_and_the_form_of_unicode_do_not_matter() {
    let mut flow = Flow::new();
    let decomposed: String = "học tập".nfd().collect();
    let expected = flow.ids("học tập");
    assert!(expected.len() > 3);
    for query in ["HỌC TẬP", "Học Tập", decomposed.as_str(), "  học   tập ", "họ\u{ad}c tập", "học\u{a0}tập"]
    {
        assert_eq!(flow.ids(query), expected, "{query:?}");
    }
}

#[test]
fn words_typed_without_marks_find_those_with_marks() {
    let mut flow = Flow::new();
    let marked = flow.set("học tập");
    let open = flow.set("hoc tap");
    assert!(marked.is_subset(&open));
    assert!(!marked.contains("hoc-1"), "hóc and tạp are other words");
    assert!(open.contains("hoc-1"), "hoc may mean hóc");
    assert_eq!(flow.set("hoc tâp"), flow.set("hoc tâp").intersection(&open).cloned().collect());
}

#[test]
fn every_article_with_the_marked_words_is_found_without_marks() {
    let mut flow = Flow::new();
    let holds = |article: &Article, words: &str| {
        plain::texts(article).iter().any(|text| text.nfc().collect::<String>().to_lowercase().contains(words))
    };
    for (typed, written) in
        [("dong chi", "đồng chí"), ("duong", "đường"), ("uy ban", "ủy ban"), ("nong thon", "nông thôn")]
    {
        let expected: BTreeSet<String> =
            flow.plain.articles.iter().filter(|a| holds(a, written)).map(|a| a.id.clone()).collect();
        let found = flow.set(typed);
        assert!(!expected.is_empty(), "{written}");
        assert!(expected.is_subset(&found), "{typed}: {:?}", expected.difference(&found));
    }
}

#[test]
fn marks_that_contradict_do_not_match() {
    let mut flow = Flow::new();
    let road = flow.set("đường");
    assert!(road.contains("duong-1"));
    assert!(!road.contains("duong-2"), "đương is another word");
    assert!(road.contains("duong-3"), "a source without marks is found");
    assert!(flow.set("đương").contains("duong-2"));
    assert!(flow.set("duong").is_superset(&["duong-1", "duong-2", "duong-3"].map(String::from).into()));
}

#[test]
fn both_placements_of_the_tone_are_one_word() {
    let mut flow = Flow::new();
    for (new, old) in [("thủy", "thuỷ"), ("hòa", "hoà"), ("khỏe", "khoẻ"), ("ủy", "uỷ"), ("hóa", "hoá")]
    {
        let found = flow.set(new);
        assert!(!found.is_empty(), "{new}");
        assert_eq!(found, flow.set(old), "{new}");
    }
    assert!(flow.set("thủy").is_superset(&["thuy-1", "thuy-2"].map(String::from).into()));
}

#[test]
fn a_quoted_phrase_stands_side_by_side() {
    let mut flow = Flow::new();
    for words in ["dong chi", "đồng chí", "học tập", "hoc tap", "nông thôn mới", "uy ban nhan dan", "làm theo Bác"]
    {
        let phrase = flow.set(&format!("\"{words}\""));
        assert!(!phrase.is_empty(), "{words}");
        assert!(phrase.is_subset(&flow.set(words)), "{words}");
        let found: Vec<String> = phrase.into_iter().collect();
        assert_eq!(flow.plain.phrase(words).wrong(&found), "", "{words}");
    }
    assert!(flow.set("\"chi dong\"").len() < flow.set("\"dong chi\"").len());
}

#[test]
fn a_documents_number_finds_exactly_the_articles_that_cite_it() {
    let mut flow = Flow::new();
    let expected: BTreeSet<String> = sample::citing("01-KL/TW").into_iter().collect();
    assert!(expected.len() > 5);
    for query in [
        "01-KL/TW",
        "01kl/tw",
        "01kltw",
        "kết luận 01",
        "ket luan 1",
        "1-kl/tw",
        "01 – KL / TW",
        "Kết luận số 01-KL/TW",
        "kl 01",
    ] {
        let found = flow.set(query);
        assert_eq!(found, expected, "{query}");
    }
    for number in ["05-CT/TW", "30/2020/NĐ-CP", "118/2025/NĐ-CP", "08-NQ/TU", "718/SGDĐT-QLCL", "42/2013/QH13"] {
        let expected: BTreeSet<String> = sample::citing(number).into_iter().collect();
        assert!(!expected.is_empty());
        assert_eq!(flow.set(number), expected, "{number}");
        assert_eq!(flow.set(&unmarked(number)), expected, "{number} without marks");
    }
}

#[test]
fn excluded_words_are_not_in_any_result() {
    let mut flow = Flow::new();
    let all = flow.set("học tập");
    for (query, excluded) in
        [("học tập -đảng", "đảng"), ("học tập -\"chi bộ\"", "\"chi bộ\""), ("-đảng học tập", "đảng")]
    {
        let with = flow.set(&format!("học tập {excluded}"));
        let expected: BTreeSet<String> = all.difference(&with).cloned().collect();
        assert!(!with.is_empty() && !expected.is_empty(), "{query} tells nothing");
        assert_eq!(flow.set(query), expected, "{query}");
    }
    let every: BTreeSet<String> = flow.plain.articles.iter().map(|article| article.id.clone()).collect();
    let with = flow.set("đảng");
    assert_eq!(flow.set("-đảng"), every.difference(&with).cloned().collect(), "only an exclusion");
}

#[test]
fn a_bar_joins_what_either_side_finds() {
    let mut flow = Flow::new();
    let parts = ["bão lũ", "vắc xin", "\"chuyển đổi số\"", "01-KL/TW"];
    let expected: BTreeSet<String> = parts.iter().flat_map(|part| flow.set(part)).collect();
    assert!(expected.len() > 3);
    assert_eq!(flow.set(&parts.join(" | ")), expected);
}

#[test]
fn each_letter_typed_keeps_what_is_meant_among_the_results() {
    let mut flow = Flow::new();
    for meant in ["nông thôn", "nong thon", "đồng chí", "thuy loi", "hiến máu", "Ủy ban"] {
        let expected: BTreeSet<String> = flow.plain.all_of(meant).must;
        assert!(!expected.is_empty(), "{meant}");
        for end in meant.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let typed = &meant[..end];
            let found = flow.library.search(&timdoc::engine::Request { prefix: true, ..request(typed) }).unwrap();
            let found: BTreeSet<String> = full_ids(&found).into_iter().collect();
            assert!(expected.is_subset(&found), "{typed:?}: {:?}", expected.difference(&found));
        }
    }
}

#[test]
fn an_article_is_found_by_its_own_title() {
    let mut flow = Flow::new();
    let titles: Vec<(String, String)> =
        flow.plain.articles.iter().map(|article| (article.id.clone(), article.title.clone())).collect();
    let mut wrong = Vec::new();
    for (id, title) in titles {
        // Words that bad HTML glued together (phườngTân) are known by their capital.
        let glued = plain::words(&title).len() != plain::words(&title.to_lowercase()).len();
        let typed = [title.clone(), unmarked(&title), title.to_uppercase()];
        for query in typed.into_iter().take(if glued { 1 } else { 3 }) {
            let found = flow.ids(&query);
            if found.first() != Some(&id) {
                wrong.push(format!("{query}: place {:?} of {}", found.iter().position(|f| *f == id), found.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are not the first:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_article_that_has_the_words_is_found_even_if_another_cites_a_document_of_that_name() {
    let article = |id: &str, title: &str| Article { id: id.into(), title: title.into(), ..Article::default() };
    let mut host = memory::Host::of(vec![
        article("trich", "Sơ kết Kết luận số 01-KL/TW"),
        article("ten", "Kết luận 01 của đoàn thanh tra xã Chu Khê"),
    ]);
    assert!(host.ids("01-KL/TW").contains(&"trich".to_owned()));
    assert_eq!(host.ids("Kết luận 01 của đoàn thanh tra xã Chu Khê"), ["ten"]);
}

#[test]
fn real_articles_are_found_by_their_words() {
    let Some(news) = sample::shared("corpora/news_10k.jsonl.zst") else { return };
    let mut articles = Vec::new();
    let file = std::fs::File::open(&news).unwrap();
    timdoc::ingest::json_lines(&news.to_string_lossy(), file, &mut |place, line| {
        // Every eightieth: of all times and sources.
        let number: usize = place.rsplit(':').next().unwrap().parse().unwrap();
        if number.is_multiple_of(80) {
            articles.extend(line.and_then(|line| timdoc::ingest::json_line(place, line)));
        }
    });
    assert!(articles.len() > 100);
    let plain = Plain::new(articles.clone());
    let mut host = memory::Host::of(articles);
    let words: Vec<_> = plain.vocabulary().into_iter().filter(|word| word.is_alphabetic()).collect();
    let mut wrong = Vec::new();
    for (first, second) in words.iter().step_by(131).zip(words.iter().rev().step_by(127)) {
        for query in [first.text.clone(), first.letters.clone(), format!("{} {}", first.text, second.letters)] {
            let bad = plain.all_of(&query).wrong(&host.ids(&query));
            if !bad.is_empty() {
                wrong.push(format!("{query}: {bad}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
