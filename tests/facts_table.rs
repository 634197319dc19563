//! Tables of facts over many articles and CSV, by the fixture that the page's test reads too.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may

use serde_json::Value;
use timdoc::facts::table::csv::{Cell, csv};
use timdoc::facts::table::{Stated, table};

fn fixture() -> (Vec<Stated>, Value) {
    let fixture: Value = serde_json::from_str(include_str!("fixtures/facts_table.json")).unwrap();
    (serde_json::from_value(fixture["articles"].clone()).unwrap(), fixture)
}

#[test]
fn the_tables_of_facts_are_those_of_the_fixture() {
    let (articles, fixture) = fixture();
    let table = serde_json::to_value(table(&articles)).unwrap();
    for kind in ["awards", "documents", "models"] {
        let (got, want) = (&table[kind], &fixture["tables"][kind]);
        for (got, want) in got["rows"].as_array().unwrap().iter().zip(want["rows"].as_array().unwrap()) {
            assert_eq!(got, want, "{kind}");
        }
        assert_eq!(got, want, "{kind}");
    }
}

#[test]
fn the_tables_do_not_depend_on_the_order_of_the_articles() {
    let (mut articles, _) = fixture();
    let expected = table(&articles);
    for _ in 0..articles.len() {
        articles.rotate_left(1);
        assert_eq!(table(&articles), expected);
        articles.reverse();
        assert_eq!(table(&articles), expected);
        articles.reverse();
    }
}

#[test]
fn an_article_that_is_given_twice_counts_once() {
    let (articles, _) = fixture();
    assert_eq!(table(&[articles.clone(), articles.clone()].concat()), table(&articles));
}

#[test]
fn csv_is_that_of_the_fixture() {
    let (_, fixture) = fixture();
    let cases = fixture["csv"].as_array().unwrap();
    assert!(cases.len() >= 3);
    for case in cases {
        let cell = |cell: &Value| match cell {
            Value::Number(number) => Cell::Number(number.as_i64().unwrap()),
            other => Cell::from(other.as_str().unwrap_or_default()),
        };
        let row = |row: &Value| row.as_array().unwrap().iter().map(cell).collect();
        let rows: Vec<Vec<Cell>> = case["rows"].as_array().unwrap().iter().map(row).collect();
        let separator = case["separator"].as_str().unwrap().chars().next().unwrap();
        assert_eq!(csv(&rows, separator), case["text"].as_str().unwrap(), "{}", case["name"]);
    }
}
