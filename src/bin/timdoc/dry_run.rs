//! `timdoc build --dry-run`: what each file would become.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;
use timdoc::Result;

use super::input::{Became, Input, Skipped};
use super::out;

#[derive(Serialize)]
struct Report<'i> {
    /// How many files or articles of each kind.
    kinds: BTreeMap<&'static str, usize>,
    files: &'i [Became],
    other_files: usize,
    /// Folders and links that could not be followed are here and in no file.
    skipped: &'i [Skipped],
}

/// Prints what each file would become.
pub fn show(input: &Input, json: bool) -> Result<ExitCode> {
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    input.files.iter().for_each(|file| *kinds.entry(file.kind).or_default() += 1);
    if json {
        let report = Report { kinds, files: &input.files, other_files: input.other_files, skipped: &input.skipped };
        out::json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut text: String = input.files.iter().map(line).collect();
    let counts: Vec<String> = kinds.iter().map(|(kind, count)| format!("{} {kind}", out::number(*count))).collect();
    text += &format!("{}; nothing was written\n", if counts.is_empty() { "no file".into() } else { counts.join(", ") });
    out::write(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// `article  tin/a.html  12/06/2024  Cầu mới thông xe (5 blocks)`
fn line(file: &Became) -> String {
    let date = file.date.as_deref().map_or_else(|| "-".to_owned(), out::day);
    let what = match (&file.title, &file.reason) {
        (Some(title), _) => {
            let files = file.attachments.filter(|files| *files > 0).map(|files| format!(", {files} attachments"));
            format!("{date:10}  {title} ({} blocks{})", file.blocks.unwrap_or(0), files.unwrap_or_default())
        }
        (None, Some(reason)) => reason.clone(),
        (None, None) => String::new(),
    };
    let remarks: String = file.remarks.iter().map(|remark| format!("{:10}  {remark}\n", "remark")).collect();
    format!("{:10}  {}  {what}\n{remarks}", file.kind, file.file)
}
