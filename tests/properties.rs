//! What holds for any articles and any query.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;
#[path = "support/plain.rs"]
mod plain;
#[path = "support/tiny.rs"]
mod tiny;

use std::collections::BTreeSet;

use memory::{Host, request};
use plain::unmarked;
use proptest::collection::vec;
use proptest::prelude::*;
use timdoc::analysis::Tokens;
use timdoc::article::{Article, Block, BlockKind, Date, Day};
use timdoc::engine::{MAX_LIMIT, Request, Sort};
use timdoc::query::parse::{MAX_CHARS, MAX_WORDS};
use timdoc::result::Period;

/// A syllable as Vietnamese spells them; few enough that they meet.
fn syllable() -> impl Strategy<Value = String> {
    let initial = prop::sample::select(vec!["", "b", "đ", "d", "h", "kh", "nghi", "qu", "t", "th"]);
    let rhyme = prop::sample::select(vec![
        "a", "á", "ạn", "ăn", "ẵng", "ân", "ấp", "oà", "òa", "uỷ", "ủy", "ương", "ường", "ươc", "iết", "y", "ỳ", "o",
        "ơ",
    ]);
    (initial, rhyme).prop_map(|(initial, rhyme)| format!("{initial}{rhyme}"))
}

fn phrase(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(syllable(), words).prop_map(|words| words.join(" "))
}

/// Text of all kinds: syllables, any characters, control characters, capitals, numbers of documents, nothing.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => phrase(1..12),
        2 => "\\PC{0,60}",
        1 => vec(any::<char>(), 0..40).prop_map(|chars| chars.into_iter().collect()),
        1 => "[A-ZĐa-zđ0-9/., \\-]{0,40}",
        1 => (1u32..99).prop_map(|number| format!("theo Kết luận số {number:02}-KL/TW và chỉ thị {number}")),
        1 => Just(String::new()),
    ]
}

fn article() -> impl Strategy<Value = Article> {
    let day = prop::option::of((-700_000i32..2_900_000, any::<bool>()));
    (text(), prop::option::of(text()), vec(text(), 0..4), vec(text(), 0..3), prop::option::of(text()), day).prop_map(
        |(title, lead, blocks, tags, about, day)| Article {
            title,
            lead,
            blocks: blocks.into_iter().map(|text| Block::new(BlockKind::Paragraph, text)).collect(),
            tags,
            byline: about.clone(),
            source: about.clone(),
            category: about,
            published: day.map(|(day, inferred)| Date { inferred, ..Date::of_day("khi", Day(day)) }),
            ..Article::default()
        },
    )
}

fn articles() -> impl Strategy<Value = Vec<Article>> {
    vec(article(), 1..12).prop_map(|mut articles| {
        articles.iter_mut().enumerate().for_each(|(number, article)| article.id = format!("bài {number}"));
        articles
    })
}

/// Articles of syllables alone.
fn plain_articles() -> impl Strategy<Value = Vec<Article>> {
    let article =
        (phrase(1..8), phrase(3..40), prop::option::of(0i32..20_000)).prop_map(|(title, text, day)| Article {
            title,
            blocks: vec![Block::new(BlockKind::Paragraph, text)],
            published: day.map(|day| Date::of_day("", Day(day))),
            ..Article::default()
        });
    vec(article, 1..12).prop_map(|mut articles| {
        articles.iter_mut().enumerate().for_each(|(number, article)| article.id = format!("{number}"));
        articles
    })
}

fn words(text: &str) -> usize {
    let mut tokens = Tokens::default();
    tokens.read(text);
    tokens.iter().count()
}

fn set(host: &mut Host<'_>, text: &str) -> BTreeSet<String> {
    host.ids(text).into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_articles_are_built_listed_and_read_back(articles in articles()) {
        let mut host = Host::of(articles.clone());
        let listed = set(&mut host, "");
        prop_assert_eq!(listed.len(), articles.len());
        for article in &articles {
            let read = host.article(&article.id).unwrap();
            prop_assert_eq!(&read.title, &article.title);
            prop_assert_eq!((&read.lead, &read.blocks, &read.tags), (&article.lead, &article.blocks, &article.tags));
            prop_assert_eq!(&read.published, &article.published);
        }
    }

    #[test]
    fn any_article_is_found_by_its_own_title(articles in articles()) {
        let mut host = Host::of(articles.clone());
        for article in &articles {
            // What has a meaning in queries is left out: quotation marks, bars, hyphens before words.
            let title = article.title.replace(['"', '“', '”', '„', '«', '»', '|', '-', '−'], " ");
            let cited = timdoc::analysis::document_number::parse_query(&title).is_some();
            if (1..MAX_WORDS).contains(&words(&title)) && !cited {
                prop_assert!(set(&mut host, &title).contains(&article.id), "{:?}", title);
            }
        }
    }

    #[test]
    fn a_title_is_found_without_its_marks(articles in plain_articles()) {
        let mut host = Host::of(articles.clone());
        for article in &articles {
            for query in [article.title.clone(), unmarked(&article.title), article.title.to_uppercase()] {
                prop_assert!(set(&mut host, &query).contains(&article.id), "{}", query);
                prop_assert!(set(&mut host, &format!("\"{query}\"")).contains(&article.id), "\"{}\"", query);
            }
        }
    }

    #[test]
    fn marks_added_to_a_query_never_add_results(articles in plain_articles(), query in vec((syllable(), any::<bool>()), 1..5)) {
        let mut host = Host::of(articles);
        let join = |marked: &dyn Fn(bool) -> bool| {
            let word = |(word, own): &(String, bool)| if marked(*own) { word.clone() } else { unmarked(word) };
            query.iter().map(word).collect::<Vec<_>>().join(" ")
        };
        let (all, some, none) = (join(&|_| true), join(&|own| own), join(&|_| false));
        let (marked, partly, open) = (set(&mut host, &all), set(&mut host, &some), set(&mut host, &none));
        prop_assert!(marked.is_subset(&partly), "{} ⊄ {}", all, some);
        prop_assert!(partly.is_subset(&open), "{} ⊄ {}", some, none);
    }

    #[test]
    fn a_phrase_finds_part_of_what_its_words_find(articles in plain_articles(), query in phrase(1..4)) {
        let mut host = Host::of(articles);
        for query in [query.clone(), unmarked(&query)] {
            let phrase = set(&mut host, &format!("\"{query}\""));
            prop_assert!(phrase.is_subset(&set(&mut host, &query)), "{}", query);
        }
    }

    #[test]
    fn what_is_typed_on_finds_part_of_what_was_found_before(articles in plain_articles(), query in phrase(1..3)) {
        let mut host = Host::of(articles);
        let typed = |host: &mut Host<'_>, text: &str| -> BTreeSet<String> {
            host.ids_of(&Request { prefix: true, ..request(text) }).into_iter().collect()
        };
        let whole = set(&mut host, &query);
        prop_assert!(whole.is_subset(&typed(&mut host, &query)), "{} as a beginning", query);
        let open = unmarked(&query);
        for end in 1..open.len() {
            let (shorter, longer) = (typed(&mut host, &open[..end]), typed(&mut host, &open[..=end]));
            prop_assert!(longer.is_subset(&shorter), "{} finds what {} does not", &open[..=end], &open[..end]);
        }
    }

    #[test]
    fn an_alternative_and_an_exclusion_divide_what_there_is(
        articles in plain_articles(), first in phrase(1..4), second in syllable()
    ) {
        let mut host = Host::of(articles);
        for first in [format!("\"{first}\""), first] {
            let (one, other) = (set(&mut host, &first), set(&mut host, &second));
            prop_assert_eq!(set(&mut host, &format!("{first} | {second}")), one.union(&other).cloned().collect());
            prop_assert_eq!(set(&mut host, &format!("{first} -{second}")), one.difference(&other).cloned().collect());
            // A hyphen excludes one word or one quotation.
            if first.starts_with('"') || !first.contains(' ') {
                let excluded = set(&mut host, &format!("{second} -{first}"));
                prop_assert_eq!(excluded, other.difference(&one).cloned().collect());
            }
        }
    }
}

fn any_request() -> impl Strategy<Value = Request> {
    let query = prop_oneof![
        3 => vec(any::<char>(), 0..200).prop_map(|chars| chars.into_iter().collect::<String>()),
        2 => "\\PC{0,200}",
        3 => "[a-cđôọ \"“”|\\-−0-9/KLTW.]{0,80}",
        2 => "(học|tập|đồng|chí|rác|12-KL/ĐU|\"|-|\\|| ){0,12}",
    ];
    let field = prop_oneof![
        6 => prop::sample::select(vec!["category", "source", "year", "document", "tag"]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let value = prop_oneof![
        3 => prop::sample::select(vec!["Hạ tầng", "Báo Bãi Giữa", "2024", "12-KL/ĐU", "môi trường"]).prop_map(str::to_owned),
        1 => "\\PC{0,20}",
    ];
    let day = prop_oneof![2 => prop::option::of(Just("2024-01-01".to_owned())), 1 => prop::option::of("\\PC{0,12}")];
    let sort = prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest]);
    let period = prop::option::of(prop::sample::select(vec![Period::Year, Period::Month]));
    let limit = prop::option::of(prop_oneof![Just(0), Just(1), 0..2000usize, Just(usize::MAX)]);
    let offset = prop_oneof![3 => Just(0), 1 => 0..20usize, 1 => Just(usize::MAX)];
    let filters = vec((field.clone(), vec(value, 0..3)), 0..3);
    let name = prop::sample::select(vec!["k1", "b", "pair", "phrase", "sharp", "coverage", "doubt", "none"]);
    let weights = vec((name.prop_map(str::to_owned), prop_oneof![Just(0.0f32), 0.0..100.0f32, any::<f32>()]), 0..3);
    let ranking = (any::<bool>(), prop_oneof![2 => Just(Vec::new()), 1 => weights]);
    let page = (limit, offset, any::<bool>());
    (query, filters, day.clone(), day, sort, page, vec(field, 0..3), period, ranking).prop_map(
        |(text, filters, from, to, sort, (limit, offset, prefix), facets, histogram, (explain, weights))| Request {
            explain,
            weights: weights.into_iter().collect(),
            text,
            filters: filters.into_iter().collect(),
            from,
            to,
            sort,
            limit,
            offset,
            prefix,
            facets,
            histogram,
        },
    )
}

/// Why a request may be refused; `None` when it must be answered.
fn refused(request: &Request) -> Option<&'static str> {
    let known = |field: &String| ["category", "source", "year", "document", "tag"].contains(&field.as_str());
    let day = |day: &Option<String>| day.as_deref().is_none_or(|day| Day::parse(day).is_some());
    let years = request.filters.iter().filter(|(field, _)| *field == "year").flat_map(|(_, years)| years);
    let right = request.filters.iter().all(|(field, values)| known(field) || values.is_empty())
        && years.into_iter().all(|year| year.len() == 4 && year.parse::<u16>().is_ok_and(|year| year > 0))
        && request.facets.iter().all(known)
        && request.weights.iter().all(|(name, value)| name != "none" && (0.0..=100.0).contains(value))
        && day(&request.from)
        && day(&request.to)
        && request.limit.is_none_or(|limit| limit <= MAX_LIMIT);
    if words(&request.text) > MAX_WORDS || request.text.chars().count() > MAX_CHARS {
        return Some("query_too_long");
    }
    (!right).then_some("bad_request")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_request_is_answered_or_refused_for_its_own_fault(request in any_request()) {
        let mut host = Host::of(tiny::articles());
        match (host.search(&request), refused(&request)) {
            (Ok(result), refused) => {
                prop_assert!(refused != Some("bad_request"), "it was answered");
                prop_assert!(result.total <= tiny::IDS.len() && result.hits.len() <= request.limit.unwrap_or(10));
                let lacks = |hit: &timdoc::result::Hit| !hit.missing.is_empty();
                prop_assert!(!result.partial || result.hits.iter().all(lacks), "partial matches that lack nothing");
                let first = host.search(&Request { offset: 0, limit: Some(1), ..request.clone() }).unwrap();
                prop_assert_eq!(result.total == 0, first.hits.is_empty());
            }
            (Err(error), None) => prop_assert!(false, "{}", error),
            (Err(error), Some(_)) => prop_assert!(["bad_request", "query_too_long"].contains(&error.code()), "{}", error),
        }
        let suggested = host.drive(|engine| engine.suggest(&request.text, 5));
        prop_assert!(suggested.is_ok_and(|found| found.len() <= 5) || words(&request.text) > MAX_WORDS);
    }
}
