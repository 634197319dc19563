//! Bundles of every format version this code says it reads are read, and answer as they did when they were frozen.
//!
//! `TIMDOC_FREEZE=1 cargo test --features cli --test compat` freezes a bundle of the version that is written now, from
//! fixtures/tiny.jsonl. Once a version was released ([`RELEASED`]) its frozen bundle is never written again.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/memory.rs"]
mod memory;
#[path = "support/sample.rs"]
mod sample;
#[path = "support/tiny.rs"]
mod tiny;

use std::path::PathBuf;
use std::sync::Once;

use memory::{Files, Host, build, files, read_folder, write_folder};
use serde_json::{Value, json};
use timdoc::bundle::deflate::{deflate_head, inflate_head};
use timdoc::bundle::head::VERSION;
use timdoc::bundle::verify::verify;
use timdoc::engine::{Request, Sort};
use timdoc::index::crc::{crc32, crc32_at};
use timdoc::result::Period;

/// What was asked and answered, one JSON object a line; beside the files of the bundle.
const ANSWERS: &str = "answers.jsonl";
/// The files of the bundle as Rust, for tests that have no files.
const LIST: &str = "files.rs";

/// The newest format version that a release has written; 0 before the first release. Each release sets it.
const RELEASED: u32 = 0;
const CHANGELOG: &str = include_str!("../CHANGELOG.md");

/// Whether the frozen bundle of a version may be written anew.
fn may_freeze(version: u32, released: u32) -> bool {
    version > released
}

/// The releases that a changelog tells of.
fn releases(changelog: &str) -> impl Iterator<Item = &str> {
    changelog.lines().filter_map(|line| line.strip_prefix("## ")).filter(|name| *name != "Unreleased")
}

fn folder(version: u32) -> PathBuf {
    sample::project(&format!("tests/fixtures/bundle-v{version}"))
}

/// The frozen bundle of a version, and its questions with their answers.
fn frozen(version: u32) -> (Files, Vec<Value>) {
    static FREEZE: Once = Once::new();
    FREEZE.call_once(|| {
        if std::env::var_os("TIMDOC_FREEZE").is_some() {
            freeze();
        }
    });
    let mut files = read_folder(&folder(version));
    files.remove(LIST);
    let answers = files.remove(ANSWERS).unwrap_or_else(|| panic!("version {version} has no frozen bundle"));
    (files, String::from_utf8(answers).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn freeze() {
    assert!(
        may_freeze(VERSION, RELEASED),
        "format {VERSION} was released: its bundle stays; a new format needs a new VERSION"
    );
    let folder = folder(VERSION);
    let _ = std::fs::remove_dir_all(&folder);
    let mut files = files(&build(tiny::articles()));
    let mut host = Host::open(files.clone()).unwrap();
    let mut answers = String::new();
    for asked in questions() {
        let answer = answer(&mut host, &asked);
        answers += &format!("{}\n", json!({"asked": asked, "answer": answer}));
    }
    let names: Vec<String> =
        files.keys().map(|name| format!("    (\"{name}\", include_bytes!(\"{name}\")),\n")).collect();
    let list = format!(
        "//! Written by tests/compat.rs.\n\n/// Name and content of every file of the bundle.\npub const FILES: [(&str, &[u8]); {}] = [\n{}];\n",
        names.len(),
        names.concat()
    );
    files.insert(ANSWERS.into(), answers.into_bytes());
    files.insert(LIST.into(), list.into_bytes());
    write_folder(&files, &folder);
}

/// What a bundle is asked: searches and articles, as the page asks them.
fn questions() -> Vec<Value> {
    let search = |request: Request| {
        let mut asked = serde_json::to_value(&request).unwrap();
        asked.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        json!({"search": asked})
    };
    let facets = json!({"facets": ["category", "source", "year", "document", "tag"]});
    let articles = tiny::IDS.map(|id| json!({"article": id}));
    tiny::requests().into_iter().map(search).chain(articles).chain([facets]).collect()
}

fn request(asked: &Value) -> Request {
    let texts =
        |list: &Value| list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect();
    let text = |name: &str| asked[name].as_str().map(str::to_owned);
    let number = |name: &str| asked[name].as_u64().map(|number| number as usize);
    Request {
        text: text("text").unwrap(),
        filters: asked["filters"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(field, list)| (field.clone(), texts(list)))
            .collect(),
        from: text("from"),
        to: text("to"),
        sort: match asked["sort"].as_str() {
            Some("newest") => Sort::Newest,
            Some("oldest") => Sort::Oldest,
            _ => Sort::Relevance,
        },
        limit: number("limit"),
        offset: number("offset").unwrap_or(0),
        prefix: asked["prefix"] == true,
        facets: texts(&asked["facets"]),
        histogram: match asked["histogram"].as_str() {
            Some("year") => Some(Period::Year),
            Some("month") => Some(Period::Month),
            _ => None,
        },
        ..Request::default()
    }
}

/// What a bundle says, without what better ranking may change: scores, snippets, partial matches and the order by
/// relevance.
fn answer(host: &mut Host<'_>, asked: &Value) -> Value {
    if let Some(id) = asked["article"].as_str() {
        return serde_json::to_value(host.article(id).unwrap()).unwrap();
    }
    if let Some(fields) = asked["facets"].as_array() {
        let fields: Vec<String> = fields.iter().map(|field| field.as_str().unwrap().to_owned()).collect();
        return serde_json::to_value(host.drive(|engine| engine.facets(&fields)).unwrap()).unwrap();
    }
    let result = serde_json::to_value(host.search(&request(&asked["search"])).unwrap()).unwrap();
    if result["partial"] == true {
        return json!({"partial": true});
    }
    // Partial matches are left to better ranking too.
    let hits = result["hits"].as_array().unwrap().iter();
    let mut hits: Vec<Value> = hits.filter(|hit| hit["complete"] == true).cloned().collect();
    hits.sort_by_key(|hit| hit["id"].as_str().map(str::to_owned));
    let hit = |hit: Value| json!({"id": hit["id"], "title": hit["title"], "published": hit["published"], "missing": hit["missing"]});
    json!({
        "total": result["total"],
        "partial": result["partial"],
        "hits": hits.into_iter().map(hit).collect::<Vec<_>>(),
        "facets": result["facets"],
        "histogram": result["histogram"],
    })
}

/// Whether an answer says all that was expected; it may say more.
fn says(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => {
            expected.iter().all(|(name, value)| got.get(name).is_some_and(|got| says(value, got)))
        }
        (Value::Array(expected), Value::Array(got)) => {
            expected.len() == got.len() && expected.iter().zip(got).all(|(expected, got)| says(expected, got))
        }
        _ => expected == got,
    }
}

#[test]
fn the_version_that_is_written_has_a_frozen_bundle() {
    let (files, answers) = frozen(VERSION);
    assert_eq!(memory::manifest(&files).unwrap().version, VERSION);
    assert!(answers.len() > 15);
}

#[test]
fn frozen_bundles_answer_as_they_did() {
    for version in 1..=VERSION {
        let (files, answers) = frozen(version);
        let mut host = Host::open(files).unwrap();
        for line in answers {
            let got = answer(&mut host, &line["asked"]);
            assert!(
                says(&line["answer"], &got),
                "version {version}: {}\nnow {got}\nwas {}",
                line["asked"],
                line["answer"]
            );
        }
    }
}

#[test]
fn frozen_bundles_hold_the_articles_they_were_made_of() {
    for version in 1..=VERSION {
        let mut host = Host::open(frozen(version).0).unwrap();
        for article in tiny::articles() {
            let read = host.article(&article.id).unwrap();
            assert_eq!(
                (read.title, read.lead, read.blocks),
                (article.title, article.lead, article.blocks),
                "version {version}"
            );
            assert_eq!(
                (read.published, read.tags, read.attachments, read.images),
                (article.published, article.tags, article.attachments, article.images)
            );
        }
    }
}

#[test]
fn frozen_bundles_are_whole() {
    for version in 1..=VERSION {
        let whole = tempfile::tempdir().unwrap();
        write_folder(&frozen(version).0, whole.path());
        assert_eq!(verify(whole.path()).unwrap().wrong, [""; 0], "version {version}");
    }
}

#[test]
fn the_bundle_of_a_released_version_is_not_written_again() {
    assert!(may_freeze(1, 0) && may_freeze(2, 1));
    assert!(!may_freeze(1, 1) && !may_freeze(1, 2));
}

#[test]
fn the_first_release_freezes_its_format() {
    assert_eq!(releases("# Changelog\n## Unreleased\n## 0.1.0\n* x\n").collect::<Vec<_>>(), ["0.1.0"]);
    let released = releases(CHANGELOG).next();
    assert!(
        released.is_none() || !may_freeze(1, RELEASED),
        "{released:?} is out: set RELEASED to the format it writes"
    );
}

#[test]
fn a_field_of_the_manifest_that_is_not_known_is_passed_over() {
    let (mut files, answers) = frozen(VERSION);
    let mut manifest: Value = serde_json::from_slice(&files[memory::MANIFEST]).unwrap();
    manifest["later"] = json!({"a": [1]});
    manifest["segments"][0]["later"] = json!(1);
    files.insert(memory::MANIFEST.into(), serde_json::to_vec(&manifest).unwrap());
    let mut host = Host::open(files).unwrap();
    answers.iter().for_each(|line| assert!(says(&line["answer"], &answer(&mut host, &line["asked"]))));
}

/// A head with one more section behind the others.
fn with_section(head: &[u8], kind: u32, content: &[u8]) -> Vec<u8> {
    let word = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
    let table = 16 + word(12) as usize * 16;
    let mut entries: Vec<[u32; 3]> =
        (16..table).step_by(16).map(|at| [word(at), word(at + 4) + 16, word(at + 8)]).collect();
    entries.push([kind, head.len() as u32 + 16, content.len() as u32]);
    let body = [&head[table + 4..], content].concat();
    let mut out = head[..12].to_vec();
    out.extend((entries.len() as u32).to_le_bytes());
    for [kind, offset, length] in entries {
        let from = offset as usize - table - 20;
        let check = crc32_at(b'H', u64::from(offset), &body[from..from + length as usize]);
        [kind, offset, length, check].iter().for_each(|number| out.extend(number.to_le_bytes()));
    }
    out.extend(crc32(&out).to_le_bytes());
    out.extend(body);
    out
}

#[test]
fn a_section_of_the_head_that_is_not_known_is_passed_over() {
    let (mut files, answers) = frozen(VERSION);
    let mut manifest: Value = serde_json::from_slice(&files[memory::MANIFEST]).unwrap();
    let name = manifest["segments"][0]["head"]["file"].as_str().unwrap().to_owned();
    let head = inflate_head(&files[&name]).unwrap();
    let more = deflate_head(&with_section(&head, 4711, b"of a later timdoc")).unwrap();
    manifest["segments"][0]["head"]["bytes"] = more.len().into();
    files.insert(name, more);
    files.insert(memory::MANIFEST.into(), serde_json::to_vec(&manifest).unwrap());
    let mut host = Host::open(files).unwrap();
    answers.iter().for_each(|line| assert!(says(&line["answer"], &answer(&mut host, &line["asked"]))));
}
