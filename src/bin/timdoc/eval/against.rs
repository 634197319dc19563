//! A run beside a kept one.

use std::path::Path;

use timdoc::{Error, Result};

use super::measures::Measures;

/// What [`Measures`] are rounded by when they are written and read.
const ROUNDING: f64 = 1e-9;

/// Reads the `--json` of an earlier run over as many queries.
///
/// # Errors
/// `io` when it cannot be read; `input` when it is something else.
pub fn read(file: &Path, queries: usize) -> Result<Measures> {
    let text = std::fs::read_to_string(file).map_err(|error| Error::io("read", file.display(), &error))?;
    let kept: Measures = serde_json::from_str(&text).map_err(|error| {
        Error::input(file.display(), format!("it is not what 'timdoc eval --json' prints ({error}); keep a run again"))
    })?;
    if kept.queries == queries {
        return Ok(kept);
    }
    let reason =
        format!("it is a run of {} queries, and there are {queries} now; keep a run of the same", kept.queries);
    Err(Error::input(file.display(), reason))
}

/// A line for each measure of quality that is worse by more than `tolerance`.
pub fn worse(now: &Measures, kept: &Measures, tolerance: f64) -> Vec<String> {
    let pairs = now.quality().into_iter().zip(kept.quality());
    pairs.filter_map(|((name, now), (_, then))| line(name, now, then, tolerance)).collect()
}

fn line(name: &str, now: f64, then: f64, tolerance: f64) -> Option<String> {
    let (change, verb) = if name == "zero_results" { (now - then, "rose") } else { (then - now, "dropped") };
    (change > tolerance + ROUNDING)
        .then(|| format!("{name} {verb} from {then:.4} to {now:.4}, by more than {tolerance}"))
}
