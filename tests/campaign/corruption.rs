//! Damaged bundles by the million: every other value of every byte and every length of a small bundle's files, random
//! damage of a larger one, and heads that lie past their checksums.
//!
//! | variable | what | default |
//! | --- | --- | --- |
//! | `TIMDOC_VALUES` | how many of the 255 other values each byte takes, 1 to 255 | 255 |
//! | `TIMDOC_CASES` | random cases | 1000000 |
//! | `TIMDOC_LIES` | values each byte of a lying head takes, 1 to 255 | 8 |
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "../support/damage.rs"]
mod damage;
#[path = "../support/many.rs"]
mod many;
#[path = "../support/memory.rs"]
mod memory;

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use memory::{Files, build, files};
use rayon::prelude::*;
use timdoc::bundle::deflate::inflate_head;

/// A case takes milliseconds; one that takes this long hangs, and ends the campaign.
const HANGS: Duration = Duration::from_secs(120);
/// Articles of the small bundle, of which every byte takes every value.
const SMALL: usize = 32;
/// The seed of the random cases.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

static RUNNING: Mutex<Option<HashMap<ThreadId, (Instant, String)>>> = Mutex::new(None);

/// Notes what a thread is at, so that a hang is told and not waited for.
fn watched<T>(case: &str, run: impl FnOnce() -> T) -> T {
    let thread = std::thread::current().id();
    RUNNING.lock().unwrap().get_or_insert_default().insert(thread, (Instant::now(), case.to_owned()));
    let out = run();
    RUNNING.lock().unwrap().get_or_insert_default().remove(&thread);
    out
}

fn watch() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_secs(5));
            let running = RUNNING.lock().unwrap();
            if let Some((_, case)) = running.iter().flat_map(HashMap::values).find(|(since, _)| since.elapsed() > HANGS)
            {
                eprintln!("it hangs: {case}");
                std::process::exit(101);
            }
        }
    });
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().unwrap())
}

/// The seed of one random case: any two differ.
fn seed(case: u64) -> u64 {
    (case + 1).wrapping_mul(SEED)
}

/// Tells what was lost of one part, and gives how many cases there were and how many were lost.
fn told(part: &str, cases: u64, lost: &[String]) -> (u64, u64) {
    println!("{part}: {cases} cases, {} lost", lost.len());
    lost.iter().take(20).for_each(|lost| println!("  {lost}"));
    (cases, lost.len() as u64)
}

/// Every byte with other values, and every length.
fn small() -> (u64, u64) {
    let bundle = files(&build(many::articles(SMALL, 24)));
    let good = damage::good(&bundle);
    println!("the small bundle: {} files, {} bytes", bundle.len(), bundle.values().map(Vec::len).sum::<usize>());
    let values = setting("TIMDOC_VALUES", 255).clamp(1, 255);
    let cases: Vec<(&String, usize, u8)> = bundle
        .iter()
        .flat_map(|(name, content)| (0..content.len()).map(move |at| (name, at)))
        .flat_map(|(name, at)| (0..values).map(move |value| (name, at, (value * 255 / values + 1) as u8)))
        .collect();
    let lost = |how: String, change: &dyn Fn(&mut Files)| {
        let mut damaged = bundle.clone();
        change(&mut damaged);
        watched(&how, || damage::lost(&good, &damaged)).map(|lost| format!("{how}: {lost}"))
    };
    let changed: Vec<String> = cases
        .par_iter()
        .filter_map(|(name, at, by)| {
            lost(format!("{name} at {at} by {by}"), &|files| files.get_mut(*name).unwrap()[*at] ^= by)
        })
        .collect();
    let one = told("bytes of a small bundle", cases.len() as u64, &changed);
    let lengths: Vec<(&String, usize)> =
        bundle.iter().flat_map(|(name, content)| (0..content.len()).map(move |length| (name, length))).collect();
    let cut: Vec<String> = lengths
        .par_iter()
        .filter_map(|(name, length)| {
            lost(format!("{name} cut to {length}"), &|files| files.get_mut(*name).unwrap().truncate(*length))
        })
        .collect();
    let two = told("lengths of a small bundle", lengths.len() as u64, &cut);
    (one.0 + two.0, one.1 + two.1)
}

/// Random damage of a larger bundle.
fn larger() -> (u64, u64) {
    let bundle = files(&build(many::articles(1000, 70)));
    let good = damage::good(&bundle);
    let cases = setting("TIMDOC_CASES", 1_000_000);
    let lost: Vec<String> = (0..cases)
        .into_par_iter()
        .filter_map(|case| {
            let mut damaged = bundle.clone();
            let how = format!("case {case}, {}", damage::damage(&mut damaged, &mut many::Numbers(seed(case))));
            watched(&how, || damage::lost(&good, &damaged)).map(|lost| format!("{how}: {lost}"))
        })
        .collect();
    told("random damage of 1,000 articles", cases, &lost)
}

/// Bytes of an inflated head whose checksums were mended: no panic, no endless round, and no more than that.
fn liars() -> (u64, u64) {
    let bundle = files(&build(many::articles(SMALL, 24)));
    let (_, usual) = damage::good(&bundle);
    let head = bundle.iter().find(|(name, _)| name.starts_with("head-")).unwrap().1;
    let values = setting("TIMDOC_LIES", 8).clamp(1, 255);
    let cases: Vec<(usize, u8)> = (0..inflate_head(head).unwrap().len())
        .flat_map(|at| (0..values).map(move |value| (at, (value * 255 / values + 1) as u8)))
        .collect();
    let lost: Vec<String> = cases
        .par_iter()
        .filter_map(|(at, by)| {
            let how = format!("the head's byte {at} by {by}");
            let lying = damage::lie(&bundle, |head| head[*at] ^= by);
            watched(&how, || damage::lost_to_a_liar(usual, &lying)).map(|lost| format!("{how}: {lost}"))
        })
        .collect();
    told("heads that lie past their checksums", cases.len() as u64, &lost)
}

#[test]
fn no_damage_is_answered_wrongly() {
    watch();
    println!("seed {SEED:#x}");
    let parts = [small(), larger(), liars()];
    let cases: u64 = parts.iter().map(|part| part.0).sum();
    let lost: u64 = parts.iter().map(|part| part.1).sum();
    println!("corruption: {cases} cases, {lost} lost");
    assert_eq!(lost, 0);
}
