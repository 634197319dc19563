//! Damage to the files of a bundle, drawn from numbers, and what a damaged bundle may answer: each answer the right
//! one, or an error of a bundle. A panic, an endless round of fetching and far too many bytes are losses too.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use timdoc::bundle::deflate::{deflate_head, inflate_head};
use timdoc::engine::Request;
use timdoc::index::crc::{crc32, crc32_at};

use crate::many::Numbers;
use crate::memory::{Files, Host, MANIFEST, exact, request};

/// What one bundle answers: JSON, or the code of an error.
pub type Answers = Vec<Result<String, &'static str>>;

/// The codes a damaged bundle may give when it is opened; a call may only give the first two.
const CODES: [&str; 5] = ["damaged", "missing", "version", "input", "not_found"];
/// Bytes that a case may fetch, as a multiple of what the undamaged bundle fetches.
const MOST: usize = 100;

fn requests() -> Vec<Request> {
    let few = |text: &str| Request { limit: Some(5), ..request(text) };
    vec![
        Request { prefix: true, ..few("ba") },
        few("\"ba ca\""),
        few("ma tta"),
        Request { facets: vec!["category".into(), "tag".into()], ..few("") },
        Request { filters: [("category".to_owned(), vec!["Mục 3".to_owned()])].into_iter().collect(), ..few("ca") },
    ]
}

/// Searches, an article, suggestions and facets of a bundle of `many::articles`; the bytes fetched for them.
///
/// # Errors
/// The code of the error when it cannot be opened.
pub fn ask(files: &Files, most: usize) -> Result<(Answers, usize), &'static str> {
    let fetched = Cell::new(0);
    let fetch = |files: &Files, file: &str, range: std::ops::Range<u32>| {
        fetched.set(fetched.get() + range.len());
        assert!(fetched.get() <= most, "it fetches more than {most} bytes");
        exact(files, file, range)
    };
    let mut host = Host::open_with(files.clone(), Box::new(fetch)).map_err(|error| error.code())?;
    let json = |value: serde_json::Result<String>| value.unwrap();
    let mut answers: Answers = requests()
        .iter()
        .map(|asked| host.search(asked).map(|found| json(serde_json::to_string(&found))).map_err(|error| error.code()))
        .collect();
    let article = host.article("bai-00023").map(|article| json(serde_json::to_string(&article)));
    answers.push(article.map_err(|error| error.code()));
    let offered = host.drive(|engine| engine.suggest("ba c", 5)).map(|offered| json(serde_json::to_string(&offered)));
    answers.push(offered.map_err(|error| error.code()));
    let facets = host.drive(|engine| engine.facets(&["tag".to_owned()])).map(|all| json(serde_json::to_string(&all)));
    answers.push(facets.map_err(|error| error.code()));
    drop(host);
    Ok((answers, fetched.get()))
}

/// What the undamaged bundle answers, and how many bytes it fetches for it.
pub fn good(files: &Files) -> (Answers, usize) {
    let (answers, fetched) = ask(files, usize::MAX).unwrap();
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    (answers, fetched)
}

/// As [`good`], of a bundle that need not have every article that is asked for.
pub fn ask_any(files: &Files) -> (Answers, usize) {
    ask(files, usize::MAX).unwrap()
}

/// Runs something that must not panic; what it says when it does.
pub fn without_panic<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        format!("panic: {}", text.unwrap_or_default())
    })
}

/// What is lost with a damaged bundle; `None` when nothing is.
pub fn lost((good, usual): &(Answers, usize), damaged: &Files) -> Option<String> {
    match without_panic(|| ask(damaged, usual * MOST)) {
        Err(panic) => Some(panic),
        Ok(Err(code)) => (!CODES.contains(&code)).then(|| format!("opening: {code}")),
        Ok(Ok((answers, _))) => answers.iter().zip(good).enumerate().find_map(|(at, (got, right))| {
            let fine = got == right || matches!(got, Err("damaged" | "missing"));
            (!fine).then(|| format!("call {at}: {got:?}"))
        }),
    }
}

/// Damages one file of a bundle, as the numbers say; tells how.
pub fn damage(files: &mut Files, numbers: &mut Numbers) -> String {
    let names: Vec<String> = files.keys().cloned().collect();
    let name = &names[numbers.below(names.len())];
    let other = files[&names[numbers.below(names.len())]].clone();
    let bytes = files.get_mut(name).unwrap();
    let at = numbers.below(bytes.len());
    let run = (1 + numbers.below(64)).min(bytes.len() - at);
    let how = match numbers.below(6) {
        0 => {
            bytes[at] ^= 1 + numbers.below(255) as u8;
            "a byte"
        }
        1 => {
            bytes[at..at + run].iter_mut().for_each(|byte| *byte = numbers.below(256) as u8);
            "a run"
        }
        2 => {
            let to = numbers.below(bytes.len());
            bytes.swap(at, to);
            "a swap"
        }
        3 => {
            let end = bytes.len().min(at + 512);
            bytes[at..end].fill(0);
            "zeros"
        }
        4 => {
            let from = at / 512 * 512;
            let length = 512.min(bytes.len() - from).min(other.len().saturating_sub(from));
            bytes[from..from + length].copy_from_slice(&other[other.len() - length..]);
            "a sector of another file"
        }
        _ => {
            bytes.truncate(at);
            "cut"
        }
    };
    format!("{name} at {at}: {how}")
}

/// Changes the inflated head and mends every checksum in it, so that only what lies behind them can tell.
pub fn lie(files: &Files, change: impl FnOnce(&mut Vec<u8>)) -> Files {
    let mut files = files.clone();
    let name = files.keys().find(|name| name.starts_with("head-")).unwrap().clone();
    let mut head = inflate_head(&files[&name]).unwrap();
    change(&mut head);
    let word = |head: &[u8], at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap()) as usize;
    let table = word(&head, 12).checked_mul(16).and_then(|bytes| bytes.checked_add(16)).unwrap_or(usize::MAX);
    if table.checked_add(4).is_some_and(|end| end <= head.len()) {
        for entry in (16..table).step_by(16) {
            let (start, length) = (word(&head, entry + 4), word(&head, entry + 8));
            if let Some(section) = head.get(start..start.saturating_add(length)) {
                let check = crc32_at(b'H', start as u64, section);
                head[entry + 12..entry + 16].copy_from_slice(&check.to_le_bytes());
            }
        }
        let check = crc32(&head[..table]);
        head[table..table + 4].copy_from_slice(&check.to_le_bytes());
    }
    let head = deflate_head(&head).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_slice(&files[MANIFEST]).unwrap();
    manifest["segments"][0]["head"]["bytes"] = head.len().into();
    files.insert(MANIFEST.into(), serde_json::to_vec(&manifest).unwrap());
    files.insert(name, head);
    files
}

/// What is lost with a bundle that lies: only a panic, an endless round or far too many bytes; its answers may be wrong.
pub fn lost_to_a_liar(usual: usize, lying: &Files) -> Option<String> {
    without_panic(|| drop(ask(lying, usual * MOST))).err()
}
