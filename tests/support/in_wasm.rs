//! The engine as the page has it: compiled to WebAssembly, called through the bindings, articles inflated by
//! JavaScript. It reads the frozen bundle and must answer as the native engine did.

use js_sys::futures::JsFuture;
use js_sys::{Array, Error, Function, JSON, Object, Promise, Reflect, Uint8Array};
use timdoc::analysis::fold::fold;
use timdoc::analysis::{Tier, Tokens, compare_marks, document_number};
use timdoc::bindings::JsEngine;
use timdoc::rank::Weights;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../fixtures/bundle-v1/files.rs"]
mod bundle;

/// Damages that one run tries.
const DAMAGES: usize = 2000;

const ANSWERS: &str = include_str!("../fixtures/bundle-v1/answers.jsonl");

fn file(name: &str) -> &'static [u8] {
    bundle::FILES.iter().find(|(known, _)| *known == name).map(|(_, content)| *content).unwrap()
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap()
}

fn text(of: &JsValue, name: &str) -> String {
    get(of, name).as_string().unwrap()
}

fn number(of: &JsValue, name: &str) -> usize {
    get(of, name).as_f64().unwrap() as usize
}

fn list(of: &JsValue, name: &str) -> Vec<JsValue> {
    Array::from(&get(of, name)).iter().collect()
}

fn code(error: &JsValue) -> String {
    assert!(error.is_instance_of::<Error>(), "an error is an Error");
    text(error, "code")
}

fn manifest() -> JsValue {
    JSON::parse(std::str::from_utf8(file("manifest.json")).unwrap()).unwrap()
}

fn object(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

async fn engine() -> JsEngine {
    JsEngine::new(manifest(), vec![Uint8Array::from(&head().await[..])]).ok().unwrap()
}

async fn head() -> Vec<u8> {
    let head = text(&get(&list(&manifest(), "segments")[0], "head"), "file");
    // Its length, then the stream.
    inflate(Uint8Array::from(&file(&head)[4..]).into()).await.unwrap()
}

/// Inflates as the page does, which takes an error for damage. The bundle is too small to have a dictionary.
async fn inflate(deflated: JsValue) -> Result<Vec<u8>, JsValue> {
    let body = "return new Response(new Blob([deflated]).stream()\
                .pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer()";
    let promise = Function::new_with_args("deflated", body).call1(&JsValue::NULL, &deflated).unwrap();
    let buffer = JsFuture::from(promise.unchecked_into::<Promise>()).await.map_err(|_| damaged())?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn damaged() -> JsValue {
    let error = Error::new("it does not inflate");
    Reflect::set(&error, &"code".into(), &"damaged".into()).unwrap();
    error.into()
}

type Called = Result<JsValue, JsValue>;

/// Calls the engine until it has all it needs.
async fn drive(engine: &mut JsEngine, call: impl Fn(&mut JsEngine) -> Called) -> Called {
    drive_from(engine, &|name| file(name).to_vec(), call).await
}

/// As [`drive`], with the content of the files as a host gives it.
async fn drive_from(
    engine: &mut JsEngine,
    file: &dyn Fn(&str) -> Vec<u8>,
    call: impl Fn(&mut JsEngine) -> Called,
) -> Called {
    engine.begin();
    for _ in 0..24 {
        let outcome = call(engine)?;
        let needs = get(&outcome, "needs");
        if needs.is_undefined() {
            return Ok(get(&outcome, "ready"));
        }
        for range in list(&needs, "ranges") {
            let (name, start, end) = (text(&range, "file"), number(&range, "start"), number(&range, "end"));
            engine.supply(&name, start as u32, file(&name)[start..end].to_vec());
        }
        for article in list(&needs, "inflate") {
            let inflated = inflate(get(&article, "deflated")).await?;
            if inflated.len() != number(&article, "length") {
                return Err(damaged());
            }
            engine.supply_article(number(&article, "segment"), number(&article, "doc") as u32, &inflated)?;
        }
    }
    panic!("it asks for ever");
}

fn search(engine: &mut JsEngine, request: &JsValue) -> Called {
    engine.search(request.clone().unchecked_into()).map(Into::into)
}

async fn ask(engine: &mut JsEngine, asked: &JsValue) -> Called {
    ask_from(engine, &|name| file(name).to_vec(), asked).await
}

async fn ask_from(engine: &mut JsEngine, file: &dyn Fn(&str) -> Vec<u8>, asked: &JsValue) -> Called {
    let (id, fields) = (get(asked, "article"), get(asked, "facets"));
    if let Some(id) = id.as_string() {
        return drive_from(engine, file, |engine| engine.article(&id).map(Into::into)).await;
    }
    if !fields.is_undefined() {
        let fields: Vec<String> = Array::from(&fields).iter().filter_map(|field| field.as_string()).collect();
        return drive_from(engine, file, |engine| engine.facets(fields.clone()).map(Into::into)).await;
    }
    let request = get(asked, "search");
    drive_from(engine, file, |engine| search(engine, &request)).await
}

/// Whether an answer says all that was expected; partial matches and the order by relevance may differ.
const SAYS: &str = "
    const says = (expected, got) => {
        if (expected === null || typeof expected !== 'object') return expected === got;
        if (Array.isArray(expected)) {
            return expected.length === got.length && expected.every((value, at) => says(value, got[at]));
        }
        return Object.keys(expected).every((name) => name in got && says(expected[name], got[name]));
    };
    const by_id = (a, b) => (a.id < b.id ? -1 : 1);
    const full = (result) => ({ ...result, hits: result.hits.slice(0, result.total).toSorted(by_id) });
    return says(expected, 'hits' in got && !got.partial ? full(got) : got);";

#[wasm_bindgen_test]
async fn answers_are_those_of_the_native_engine() {
    let says = Function::new_with_args("expected, got", SAYS);
    let mut engine = engine().await;
    for line in ANSWERS.lines() {
        let line = object(line);
        let got = ask(&mut engine, &get(&line, "asked")).await.unwrap();
        let same = says.call2(&JsValue::NULL, &get(&line, "answer"), &got).unwrap();
        assert!(same.is_truthy(), "{:?}\n{:?}", JSON::stringify(&line), JSON::stringify(&got));
    }
    assert!(ANSWERS.lines().count() > 15);
}

#[wasm_bindgen_test]
async fn what_is_not_there_is_null() {
    let mut engine = engine().await;
    let article = drive(&mut engine, |engine| engine.article("chua-dat-ngay").map(Into::into)).await.unwrap();
    for name in ["published", "source", "url", "byline"] {
        assert!(get(&article, name).is_null(), "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_half_typed_query_is_completed_with_its_marks() {
    let mut engine = engine().await;
    let offered = drive(&mut engine, |engine| engine.suggest("dong c", 5).map(Into::into)).await.unwrap();
    let texts: Vec<String> = Array::from(&offered).iter().map(|suggestion| text(&suggestion, "text")).collect();
    assert!(texts.iter().any(|text| text == "đồng chí"), "{texts:?}");
}

#[wasm_bindgen_test]
async fn a_library_says_what_it_is() {
    let engine = engine().await;
    let info: JsValue = engine.info().into();
    assert_eq!(number(&info, "articles"), 6);
    assert_eq!((text(&info, "from"), text(&info, "to")), ("2022-09-06".to_owned(), "2025-01-20".to_owned()));
    let files: Vec<String> = Array::from(&engine.files().into()).iter().map(|file| text(&file, "name")).collect();
    assert!(files.len() + 1 == bundle::FILES.len() && files.iter().all(|name| !file(name).is_empty()), "{files:?}");
}

#[wasm_bindgen_test]
async fn a_search_can_change_the_weights_and_says_what_scores_are_made_of() {
    let mut engine = engine().await;
    let mut explained = async |weights: &str| {
        let request = object(&format!(r#"{{"text": "đồng chí", "explain": true, "weights": {weights}}}"#));
        let result = drive(&mut engine, |engine| search(engine, &request)).await.unwrap();
        let hit = list(&result, "hits").remove(0);
        let kinds: Vec<String> = list(&hit, "reasons").iter().map(|reason| text(reason, "kind")).collect();
        (get(&hit, "score").as_f64().unwrap(), kinds)
    };
    let (usual, kinds) = explained("{}").await;
    assert!(["word", "pair", "phrase"].iter().all(|kind| kinds.iter().any(|known| known == kind)), "{kinds:?}");
    let (less, kinds) = explained(r#"{"pair": 0, "phrase": 0}"#).await;
    assert!(less < usual && kinds.iter().all(|kind| kind != "pair" && kind != "phrase"), "{less} {usual} {kinds:?}");
}

#[wasm_bindgen_test]
async fn reasons_are_only_given_when_asked_for() {
    let result = drive(&mut engine().await, |engine| search(engine, &object(r#"{"text": "đồng chí"}"#))).await.unwrap();
    assert!(list(&list(&result, "hits")[0], "reasons").is_empty());
}

#[wasm_bindgen_test]
async fn the_weights_are_told_as_they_are_written() {
    let weights: Vec<JsValue> = Array::from(&engine().await.weights().into()).iter().collect();
    let value =
        |name: &str| weights.iter().find(|weight| text(weight, "name") == name).map(|weight| get(weight, "value"));
    assert_eq!(weights.len(), Weights::default().named().len());
    let coverage: f64 = Weights::default().coverage.to_string().parse().unwrap();
    assert_eq!(value("coverage").and_then(|value| value.as_f64()), Some(coverage));
}

#[wasm_bindgen_test]
async fn missing_bytes_are_needs_and_never_no_results() {
    let outcome = search(&mut engine().await, &object(r#"{"text": "học"}"#)).unwrap();
    assert!(get(&outcome, "ready").is_undefined());
    assert!(!list(&get(&outcome, "needs"), "ranges").is_empty());
}

#[wasm_bindgen_test]
async fn damaged_bytes_are_an_error_with_its_code() {
    let mut engine = engine().await;
    let request = object(r#"{"text": "học"}"#);
    let outcome = search(&mut engine, &request).unwrap();
    for range in list(&get(&outcome, "needs"), "ranges") {
        let (start, end) = (number(&range, "start"), number(&range, "end"));
        engine.supply(&text(&range, "file"), start as u32, vec![0x55; end - start]);
    }
    assert_eq!(code(&search(&mut engine, &request).unwrap_err()), "damaged");
    let cut = JsEngine::new(manifest(), vec![Uint8Array::from(&[0u8; 40][..])]);
    assert_eq!(code(&cut.err().unwrap()), "damaged");
    for wrong in ["{}", "null", "[]", "5", r#"{"format": "timdoc", "version": 1, "segments": 7}"#] {
        assert_eq!(code(&JsEngine::new(object(wrong), Vec::new()).err().unwrap()), "damaged", "{wrong}");
    }
}

#[wasm_bindgen_test]
fn a_newer_format_is_an_error_with_its_code() {
    let newer = manifest();
    Reflect::set(&newer, &"version".into(), &99.into()).unwrap();
    let error = JsEngine::new(newer, Vec::new()).err().unwrap();
    assert_eq!(code(&error), "version");
    assert!(text(&error, "message").contains("newer timdoc"));
}

#[wasm_bindgen_test]
async fn bad_requests_are_errors_with_their_codes() {
    let mut engine = engine().await;
    for wrong in [
        r#"{"texts": "học"}"#,
        r#"{"text": 5}"#,
        r#"{"text": "", "sort": "đẹp"}"#,
        r#"{"text": "", "limit": -1}"#,
        r#"{"text": "", "limit": 1.5}"#,
        r#"{"text": "", "limit": 100000}"#,
        r#"{"text": "", "filters": {"màu": ["đỏ"]}}"#,
        r#"{"text": "", "filters": {"tag": "một"}}"#,
        r#"{"text": "", "from": "hôm qua"}"#,
        r#"{"text": "", "histogram": "tuần"}"#,
        r#"{"text": "", "weights": {"đẹp": 1}}"#,
        r#"{"text": "", "weights": {"title": "1"}}"#,
        r#"{"text": "", "weights": {"title": null}}"#,
        r#"{"text": "", "weights": {"title": -1}}"#,
    ] {
        assert_eq!(code(&search(&mut engine, &object(wrong)).unwrap_err()), "bad_request", "{wrong}");
    }
    let long = Object::new();
    Reflect::set(&long, &"text".into(), &"a ".repeat(50_000).into()).unwrap();
    assert_eq!(code(&search(&mut engine, &long).unwrap_err()), "query_too_long");
    let missing = drive(&mut engine, |engine| engine.article("không có").map(Into::into)).await;
    assert_eq!(code(&missing.unwrap_err()), "not_found");
}

#[wasm_bindgen_test]
fn text_is_analysed_as_natively() {
    assert_eq!(fold("Đường  LÊ-LỢI, ho\u{323}c"), "duong le loi hoc");
    let mut tokens = Tokens::default();
    tokens.read("HồngBàng họp 18.377 lượt ở TP.HCM, pa-nô");
    let letters: Vec<String> =
        tokens.iter().map(|token| String::from_utf8_lossy(token.letters()).into_owned()).collect();
    assert_eq!(letters, ["hong", "bang", "hop", "18377", "luot", "o", "tphcm", "tp", "hcm", "pano", "pa", "no"]);
    let mut tier = |query: &str, article: &str| {
        let mut marks = |word: &str| {
            tokens.read(word);
            tokens.iter().next().map(|token| token.marks().to_vec()).unwrap()
        };
        compare_marks(&marks(query), &marks(article))
    };
    assert_eq!(tier("hoc", "học"), Some(Tier::QueryOpen));
    assert_eq!(tier("hoà", "hòa"), Some(Tier::Exact));
    assert_eq!(tier("đường", "đương"), None);
    assert_eq!(document_number::parse_query("ket luan so 1").map(|number| number.key).as_deref(), Some("1-kl"));
}

/// Damaged files in wasm: a trap would end the page's engine, so none may happen, and no answer may be another.
#[wasm_bindgen_test]
async fn damaged_bytes_are_an_error_or_the_same_answer() {
    let asked: Vec<JsValue> = ANSWERS.lines().map(|line| get(&object(line), "asked")).collect();
    let mut good = Vec::new();
    for asked in &asked {
        good.push(JSON::stringify(&ask(&mut engine().await, asked).await.unwrap()).unwrap());
    }
    let head = head().await;
    // Marsaglia 2003, xorshift.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    let (mut answered, mut refused) = (0, 0);
    for case in 0..DAMAGES {
        let (of, place, by, short) = (below(4), below(usize::MAX), 1 + below(255) as u8, below(4) == 0);
        let damage = |bytes: &mut [u8]| {
            let at = place % bytes.len();
            if short { bytes[at..].fill(0) } else { bytes[at] ^= by }
        };
        let mut heads = head.clone();
        if of == 0 {
            damage(&mut heads);
        }
        let opened = JsEngine::new(manifest(), vec![Uint8Array::from(&heads[..])]);
        let Ok(mut engine) = opened else {
            refused += 1;
            continue;
        };
        // Most files are not asked for most bytes: two kinds in four are terms and postings.
        let kind = ["", "articles-", "terms-", "terms-"][of];
        let host = |name: &str| {
            let mut bytes = file(name).to_vec();
            if of > 0 && name.starts_with(kind) {
                damage(&mut bytes);
            }
            bytes
        };
        let which = case % asked.len();
        match ask_from(&mut engine, &host, &asked[which]).await {
            Ok(got) => {
                assert_eq!(JSON::stringify(&got).unwrap(), good[which], "case {case}");
                answered += 1;
            }
            Err(error) => {
                assert_eq!(code(&error), "damaged", "case {case}");
                refused += 1;
            }
        }
    }
    assert!(answered > DAMAGES / 20 && refused > DAMAGES / 20, "{answered} answered, {refused} refused");
}
