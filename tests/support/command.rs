//! Runs the command line tool.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// From a finished process. A panic of the tool is a failure of every test.
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
        assert!(!ran.err.contains("panicked") && ran.code != 101, "it panicked: {}", ran.err);
        ran
    }

    /// Asserts that it succeeded.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }

    /// Asserts that it failed with one line on standard error, and gives the line.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!(self.code, 1, "{} {}", self.out, self.err);
        let lines: Vec<&str> = self
            .err
            .lines()
            .filter(|line| !["skipped: ", "remark: "].iter().any(|said| line.starts_with(said)))
            .collect();
        assert!(lines.len() == 1 && lines[0].starts_with("timdoc: "), "not one line: {}", self.err);
        assert!(self.out.is_empty(), "{}", self.out);
        lines[0].to_owned()
    }

    /// Asserts that the arguments were refused.
    #[track_caller]
    pub fn bad_usage(self) -> String {
        assert_eq!(self.code, 2, "{} {}", self.out, self.err);
        assert!(!self.err.is_empty());
        self.err
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(self) -> Value {
        let out = self.ok().out;
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }
}

/// The tool.
pub fn tool() -> Command {
    Command::new(env!("CARGO_BIN_EXE_timdoc"))
}

/// Runs the tool.
pub fn run<A: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = A>) -> Ran {
    Ran::of(tool().args(args).output().unwrap())
}

/// Runs the tool with a text piped into it.
pub fn run_with_input<A: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = A>, text: &str) -> Ran {
    let mut tool = tool();
    let mut child =
        tool.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may have ended before it read all.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    Ran::of(child.wait_with_output().unwrap())
}

/// A folder of the test's own, with what it makes and runs in it.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Self {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same as text.
    pub fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Writes a file, with its folders.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Builds what is in a folder or file of it into another, with `--json`.
    pub fn build(&self, input: &str, out: &str) -> Ran {
        run(["build", &self.name(input), "--out", &self.name(out), "--json"])
    }

    /// A library of the articles of a JSONL text, in the folder `bundle`.
    pub fn library(jsonl: &str) -> Self {
        let desk = Desk::new();
        desk.write("articles.jsonl", jsonl);
        desk.build("articles.jsonl", "bundle").ok();
        desk
    }

    /// Every file of a folder of it, and its content.
    pub fn files(&self, folder: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }
}

/// Every file of a folder, and its content; empty when there is no such folder.
pub fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    let plain = entries.filter(|entry| entry.file_type().unwrap().is_file());
    plain.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap_or_default())).collect()
}

/// The bundle `out` must be whole.
#[track_caller]
pub fn assert_whole(folder: &str) {
    let ran = run(["verify", folder]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}
