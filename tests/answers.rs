//! What an answer holds beyond the articles: order, filters, counts, snippets, related articles, what is missing.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;
#[path = "support/plain.rs"]
mod plain;
#[path = "support/sample.rs"]
mod sample;

use std::collections::{BTreeMap, BTreeSet};

use memory::{Host, counts, request};
use timdoc::article::{Article, Day};
use timdoc::engine::{Request, Sort};
use timdoc::facts::documents::documents;
use timdoc::result::{Hit, Period, Piece};

fn host() -> Host<'static> {
    Host::of(sample::sample())
}

fn filtered(text: &str, filters: &[(&str, &[&str])]) -> Request {
    let owned = |values: &&[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let filters = filters.iter().map(|(field, values)| ((*field).to_owned(), owned(values))).collect();
    Request { filters, ..request(text) }
}

/// The values an article has of a field.
fn values(article: &Article, field: &str) -> BTreeSet<String> {
    match field {
        "category" => article.category.iter().cloned().collect(),
        "source" => article.source.iter().cloned().collect(),
        "year" => article.published.iter().map(|date| format!("{:04}", date.day.ymd().0)).collect(),
        "document" => documents(article).into_iter().map(|document| document.number).collect(),
        "tag" => article.tags.iter().cloned().collect(),
        _ => panic!("{field}"),
    }
}

fn passes(article: &Article, filters: &[(&str, &[&str])]) -> bool {
    filters.iter().all(|(field, wanted)| values(article, field).iter().any(|value| wanted.contains(&value.as_str())))
}

fn day(hit: &Hit) -> Option<Day> {
    hit.published.as_ref().map(|date| date.day)
}

const FILTERS: [&[(&str, &[&str])]; 7] = [
    &[("source", &["Báo Sông Thao"])],
    &[("source", &["Báo Sông Thao", "CTT Sông Thao"])],
    &[("year", &["2024"])],
    &[("year", &["2023", "2024", "2026"]), ("source", &["Báo Sông Thao", "CTT Sông Thao"])],
    &[("document", &["01-KL/TW"])],
    &[("document", &["01-KL/TW", "118/2025/NĐ-CP"]), ("year", &["2021", "2025", "2026"])],
    &[("source", &["không có nơi này"])],
];

#[test]
fn values_of_a_field_are_alternatives_and_fields_all_apply() {
    let (mut host, articles) = (host(), sample::sample());
    for text in ["", "học tập", "xã"] {
        let all: BTreeSet<String> = host.ids(text).into_iter().collect();
        for filters in FILTERS {
            let right = |article: &&Article| all.contains(&article.id) && passes(article, filters);
            let expected: BTreeSet<String> = articles.iter().filter(right).map(|a| a.id.clone()).collect();
            let found = host.ids_of(&filtered(text, filters));
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{text} {filters:?}");
        }
    }
}

#[test]
fn facet_counts_are_those_of_the_results_under_all_other_filters() {
    let (mut host, articles) = (host(), sample::sample());
    for text in ["", "học tập", "xã phường", "\"nông thôn\""] {
        let all: BTreeSet<String> = host.ids(text).into_iter().collect();
        for filters in FILTERS {
            for field in ["category", "source", "year", "document", "tag"] {
                let others: Vec<_> = filters.iter().filter(|(other, _)| *other != field).copied().collect();
                let counted = articles.iter().filter(|a| all.contains(&a.id) && passes(a, &others));
                let mut expected: BTreeMap<String, usize> = BTreeMap::new();
                counted
                    .flat_map(|article| values(article, field))
                    .for_each(|value| *expected.entry(value).or_default() += 1);
                let asked = Request { facets: vec![field.to_owned()], ..filtered(text, filters) };
                let result = host.search(&asked).unwrap();
                // Where filters leave no article with all words, those with a part of them are counted.
                if !result.partial {
                    let found: BTreeMap<String, usize> = counts(&result, field).into_iter().collect();
                    assert_eq!(found, expected, "{text:?} {filters:?} {field}");
                }
            }
        }
    }
}

#[test]
fn facet_values_come_most_frequent_first_and_years_newest_first() {
    let facets = ["category", "source", "document", "tag", "year"].map(str::to_owned).to_vec();
    let result = host().search(&Request { facets, ..request("") }).unwrap();
    for field in ["category", "source", "document", "tag"] {
        let counts: Vec<usize> = counts(&result, field).into_iter().map(|(_, count)| count).collect();
        assert!(counts.len() > 1 && counts.is_sorted_by(|a, b| a >= b), "{field}: {counts:?}");
    }
    assert!(counts(&result, "year").is_sorted_by(|a, b| a.0 > b.0));
}

#[test]
fn dates_bound_results_on_both_sides_in_either_form() {
    let (mut host, articles) = (host(), sample::sample());
    let between = |from: Option<&str>, to: Option<&str>| -> BTreeSet<String> {
        let (from, to) = (from.and_then(Day::parse), to.and_then(Day::parse));
        let right = |day: Day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to);
        articles
            .iter()
            .filter(|a| a.published.as_ref().is_some_and(|date| right(date.day)))
            .map(|a| a.id.clone())
            .collect()
    };
    for (from, to) in [
        (Some("2024-04-02"), None),
        (Some("2/4/2024"), Some("19/08/2024")),
        (None, Some("2022-12-31")),
        (Some("2023-09-05"), Some("2023-09-05")),
        (Some("2024-12-31"), Some("2024-01-01")),
    ] {
        let asked = Request { from: from.map(str::to_owned), to: to.map(str::to_owned), ..request("") };
        let found: BTreeSet<String> = host.ids_of(&asked).into_iter().collect();
        assert_eq!(found, between(from, to), "{from:?} {to:?}");
    }
}

#[test]
fn dates_are_monotone_when_sorted_by_them_and_undated_ones_are_last() {
    let mut host = host();
    for text in ["", "học tập", "xã"] {
        for (sort, newest) in [(Sort::Newest, true), (Sort::Oldest, false)] {
            let result = host.search(&Request { sort, ..request(text) }).unwrap();
            let days: Vec<Option<Day>> = result.hits.iter().map(day).collect();
            let dated = days.iter().take_while(|day| day.is_some()).count();
            assert!(dated > 3 && days[dated..].iter().all(Option::is_none), "{text} {sort:?}: {days:?}");
            let right = |a: &Option<Day>, b: &Option<Day>| if newest { a >= b } else { a <= b };
            assert!(days[..dated].is_sorted_by(right), "{text} {sort:?}");
            assert_eq!(result.hits.len(), result.total, "{text}: only what has all words");
        }
    }
}

#[test]
fn the_empty_query_lists_all_articles_newest_first() {
    let mut host = host();
    for text in ["", "   ", "…", "|", "\"\""] {
        let result = host.search(&request(text)).unwrap();
        assert_eq!(result.total, sample::sample().len(), "{text:?}");
        assert!(!result.partial);
        let newest = host.search(&Request { sort: Sort::Newest, ..request("") }).unwrap();
        let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&result.hits), ids(&newest.hits), "{text:?}");
    }
}

#[test]
fn pages_put_together_are_the_whole_list() {
    let mut host = host();
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        for text in ["", "học tập", "xã", "\"nông thôn mới\"", "học tập hiến máu"] {
            let whole = host.search(&Request { sort, ..request(text) }).unwrap();
            let mut paged = Vec::new();
            for offset in (0..whole.hits.len() + 5).step_by(5) {
                let page = host.search(&Request { sort, offset, limit: Some(5), ..request(text) }).unwrap();
                assert_eq!(page.total, whole.total, "{text} at {offset}");
                assert!(page.hits.len() <= 5);
                paged.extend(page.hits);
            }
            let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&paged), ids(&whole.hits), "{text} {sort:?}");
        }
    }
}

#[test]
fn the_histogram_adds_up_and_is_not_narrowed_by_the_dates_it_chooses() {
    let (mut host, articles) = (host(), sample::sample());
    for text in ["", "học tập"] {
        let all: BTreeSet<String> = host.ids(text).into_iter().collect();
        for period in [Period::Year, Period::Month] {
            for filters in [&[][..], &[("source", &["Báo Sông Thao"][..])], &[("year", &["2024"][..])]] {
                let asked =
                    Request { histogram: Some(period), from: Some("2024-01-01".into()), ..filtered(text, filters) };
                let bars = host.search(&asked).unwrap().histogram;
                let others: Vec<_> = filters.iter().filter(|(field, _)| *field != "year").copied().collect();
                let counted = |a: &&Article| all.contains(&a.id) && passes(a, &others) && a.published.is_some();
                assert_eq!(bars.iter().map(|bar| bar.count).sum::<usize>(), articles.iter().filter(counted).count());
                assert!(bars.is_sorted_by(|a, b| a.to < b.from), "{text} {period:?}");
                assert!(bars.first().is_some_and(|bar| bar.count > 0) && bars.last().is_some_and(|bar| bar.count > 0));
                for bar in bars {
                    let inside = |a: &&Article| {
                        counted(a) && a.published.as_ref().is_some_and(|d| d.iso().starts_with(&bar.period))
                    };
                    assert_eq!(articles.iter().filter(inside).count(), bar.count, "{text} {}", bar.period);
                }
            }
        }
    }
}

#[test]
fn snippets_are_pieces_of_the_text_and_show_what_was_meant() {
    let (mut host, articles) = (host(), sample::sample());
    let whole = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    for text in ["học tập", "hoc tap", "\"dong chi\"", "01-KL/TW", "bão lũ", "Sông Thao"] {
        let result = host.search(&request(text)).unwrap();
        assert!(result.total > 0, "{text}");
        for hit in &result.hits[..result.total] {
            let article = articles.iter().find(|article| article.id == hit.id).unwrap();
            assert_eq!(whole(&hit.title_segments), article.title);
            let shown = hit.snippet.iter().chain(&hit.title_segments).filter(|piece| piece.hit);
            let meant: Vec<String> = shown.map(|piece| plain::unmarked(&piece.text)).collect();
            let elsewhere = [&article.byline, &article.source, &article.category].into_iter().flatten();
            let visible =
                !elsewhere.chain(&article.tags).any(|about| plain::unmarked(about).contains(&plain::unmarked(text)));
            assert!(!meant.is_empty() || !visible, "{text}: {} shows nothing", hit.id);
            for passage in whole(&hit.snippet).split('…').map(str::trim).filter(|passage| !passage.is_empty()) {
                let texts = plain::texts(article);
                assert!(texts.iter().any(|text| text.contains(passage)), "{}: {passage:?} is not in it", hit.id);
            }
        }
    }
    let marked = host.search(&request("học")).unwrap();
    let hits = marked.hits.iter().flat_map(|hit| &hit.snippet).filter(|piece| piece.hit);
    assert!(
        hits.clone().count() > 0
            && hits.clone().all(|piece| plain::words(&piece.text).iter().all(|w| w.letters == "hoc"))
    );
}

#[test]
fn related_articles_are_others_and_newer_and_older_lead_through_all() {
    let (mut host, articles) = (host(), sample::sample());
    let newest = host.search(&request("")).unwrap();
    let mut related = 0;
    for article in &articles {
        let view = host.article(&article.id).unwrap();
        assert_eq!((&view.title, &view.lead, &view.blocks), (&article.title, &article.lead, &article.blocks));
        let ids: BTreeSet<&str> = view.related.iter().map(|other| other.id.as_str()).collect();
        assert_eq!(ids.len(), view.related.len(), "{} has one twice", article.id);
        assert!(!ids.contains(article.id.as_str()), "{} is related to itself", article.id);
        assert!(view.related.iter().all(|other| articles.iter().any(|a| a.id == other.id && a.title == other.title)));
        related += usize::from(!view.related.is_empty());
    }
    assert!(related * 2 > articles.len(), "only {related} of {} have related articles", articles.len());
    let kin = host.article("2026-05-18-muoi-nam-chi-thi-05").unwrap().related;
    assert!(kin.iter().any(|other| sample::citing("01-KL/TW").contains(&other.id)), "{kin:?}");
    let mut walked = vec![newest.hits[0].id.clone()];
    while let Some(older) = host.article(walked.last().unwrap()).unwrap().older {
        assert_eq!(host.article(&older.id).unwrap().newer.map(|newer| newer.id).as_ref(), walked.last());
        walked.push(older.id);
    }
    assert_eq!(walked, newest.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>());
}

#[test]
fn an_unknown_id_is_an_error_of_its_own() {
    let error = host().article("khong-co").unwrap_err();
    assert_eq!(error.code(), "not_found");
}
