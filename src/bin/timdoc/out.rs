//! What subcommands print and show.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use timdoc::{Error, Result};

use super::input::Skipped;

/// Writes to standard output. A reader that closes early (`| head`) is no error.
pub fn write(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::io("write to", "standard output", &error))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard error. When nobody reads it, there is nobody to tell.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes a value as one JSON document.
pub fn json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Error::input("the answer", error.to_string()))?;
    write(&(text + "\n"))
}

/// A size for people: `12.3 MB` (of 1,000,000 bytes).
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A number with its thousands apart: `12,345`.
pub fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `2024-05-19T10:47+07:00` as `19/05/2024`, and shorter dates likewise.
pub fn day(iso: &str) -> String {
    iso.get(..10).unwrap_or(iso).rsplit('-').collect::<Vec<_>>().join("/")
}

/// A bar on a terminal, nothing elsewhere. `template`: what it shows, as indicatif writes it.
pub fn progress_bar(length: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if !io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// Lets work be shared by so many threads.
pub fn use_threads(threads: Option<usize>) {
    if let Some(threads) = threads {
        // It fails only when the pool was made before, which nothing does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

/// Says what could not be read, and why, a line each: what was skipped for it, and what was kept without it.
pub fn list_unread(skipped: &[Skipped], remarks: &[Skipped]) {
    for skipped in skipped {
        note(&format!("skipped: {}", skipped.reason));
    }
    for remark in remarks {
        note(&format!("remark: {}", remark.reason));
    }
}
