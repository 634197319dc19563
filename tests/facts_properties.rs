//! What holds for the facts of any article.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used)] // a test may: this is not compiled into anything else

use proptest::collection::vec;
use proptest::prelude::*;
use timdoc::article::{Article, Block, BlockKind, Date, Day};
use timdoc::facts::{Facts, Mention, facts};

/// Pieces that the rules look for, in any order, with and without what belongs to them.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "ông",
        "Đồng chí",
        "các đồng chí:",
        "Lê Thị Na",
        "Trần",
        "H'",
        "Chủ tịch",
        "UBND",
        "xã",
        "quận",
        "Q.",
        "TP.HCM",
        "Bình",
        "Tân",
        "5",
        "Hà Nội",
        "tỉnh",
        "và",
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "“",
        "”",
        "\"",
        "-",
        "–",
        "/",
        "của",
        "ngày",
        "18-5-2021",
        "4-5/2",
        "số",
        "01-KL/TW",
        "Kết luận",
        "về",
        "tặng",
        "giấy khen",
        "cho",
        "mười",
        "hai",
        "32",
        "tập thể",
        "cá nhân",
        "được",
        "mô hình",
        "phong trào",
        "\n",
        "Kim Jong-un",
        "Tổng thống",
        "Donald",
        "Thừa Thiên - Huế",
        "là",
        "kiêm",
        "ủy",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => vec(any::<char>(), 0..6).prop_map(String::from_iter)]
}

fn text() -> impl Strategy<Value = String> {
    (vec((piece(), any::<bool>()), 0..60)).prop_map(|pieces| {
        pieces.into_iter().fold(String::new(), |text, (piece, space)| text + &piece + if space { " " } else { "" })
    })
}

fn article() -> impl Strategy<Value = Article> {
    (text(), prop::option::of(text()), vec(text(), 0..4), prop::option::of(-700_000i32..2_900_000)).prop_map(
        |(title, lead, blocks, day)| Article {
            title,
            lead,
            blocks: blocks.into_iter().map(|text| Block::new(BlockKind::Paragraph, text)).collect(),
            published: day.map(|day| Date::of_day("khi", Day(day))),
            ..Article::default()
        },
    )
}

/// All mentions of all facts.
fn mentions(facts: &Facts) -> Vec<&[Mention]> {
    let mut all: Vec<&[Mention]> = facts.documents.iter().map(|fact| fact.mentions.as_slice()).collect();
    all.extend(facts.people.iter().map(|fact| fact.mentions.as_slice()));
    all.extend(facts.places.iter().map(|fact| fact.mentions.as_slice()));
    all.extend(facts.awards.iter().map(|fact| fact.mentions.as_slice()));
    all.extend(facts.models.iter().map(|fact| fact.mentions.as_slice()));
    all.extend(facts.dates.iter().map(|fact| fact.mentions.as_slice()));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_fact_is_found_where_it_says(article in article()) {
        for mentions in mentions(&facts(&article)) {
            prop_assert!(!mentions.is_empty());
            for mention in mentions {
                let text = mention.part.text(&article).unwrap();
                prop_assert!(text.get(mention.span.clone()).is_some_and(|words| !words.trim().is_empty()));
            }
            prop_assert!(mentions.is_sorted_by_key(|mention| (mention.part, mention.span.start)));
        }
    }

    #[test]
    fn the_same_article_states_the_same_facts_and_json_keeps_them(article in article()) {
        let first = facts(&article);
        prop_assert_eq!(&first, &facts(&article));
        let json = serde_json::to_string(&first).unwrap();
        let mut again: Facts = serde_json::from_str(&json).unwrap();
        for (document, known) in again.documents.iter_mut().zip(&first.documents) {
            document.key.clone_from(&known.key);
        }
        prop_assert_eq!(again, first);
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let article = |times: usize| {
        let piece = "Chủ tịch UBND xã Lê Thị Na tặng giấy khen cho 5 tập thể, Trần Văn An và các quận Ba Đình, Hà Nội (“A b”), \
            theo Kết luận số 21-KL/TW ngày 18/5/2021 về mô hình “Nhà sạch” ";
        Article { blocks: vec![Block::new(BlockKind::Paragraph, piece.repeat(times))], ..Article::default() }
    };
    let seconds = |times: usize| {
        let article = article(times);
        (0..3)
            .map(|_| {
                let begun = std::time::Instant::now();
                assert!(!facts(&article).people.is_empty());
                begun.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min)
    };
    seconds(1); // the gazetteer is read once
    let (short, long) = (seconds(200), seconds(2_000));
    assert!(long < short * 40.0, "{short} s for a tenth of what takes {long} s");
}
