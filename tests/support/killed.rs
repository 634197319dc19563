//! A command that changes a library, ended at some moment: what is there after must be the old library or the new one.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::command::{self, Desk, run, tool};
use super::many;

/// The files of a folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A question whose answer differs between the libraries of [`Stage`].
const QUERY: &str = "bo ca";

/// A command on a desk, with what there is before and after it.
pub struct Stage {
    /// What it is called.
    pub name: &'static str,
    /// Its arguments.
    pub args: Vec<String>,
    /// The folder that it changes.
    pub target: &'static str,
    /// What is in it before, and after a whole run.
    pub old: Files,
    pub new: Files,
    /// What a search finds in each; nothing where it makes no library.
    answers: Option<(Value, Value)>,
    /// How long a whole run takes.
    pub time: Duration,
}

/// So many articles as lines of JSON, from a number on.
pub fn lines(from: usize, to: usize) -> String {
    let line = |article: timdoc::article::Article| {
        let body: Vec<String> = article.blocks.into_iter().map(|block| block.text).collect();
        json!({"id": article.id, "title": article.title, "tags": article.tags, "body": body.join("\n")}).to_string()
    };
    many::articles(to, 80).into_iter().skip(from).map(line).collect::<Vec<_>>().join("\n")
}

/// A desk with the libraries of `old` and more articles, and a site to pack.
pub fn desk(old: usize, more: usize) -> Desk {
    let desk = Desk::new();
    desk.write("old.jsonl", lines(0, old));
    desk.write("more.jsonl", lines(old, old + more));
    desk.write("all.jsonl", lines(0, old + more));
    desk.build("old.jsonl", "old").ok();
    desk.build("more.jsonl", "more").ok();
    for (name, content) in [
        ("pack/page.html", include_str!("../../www/pack/page.html")),
        ("pack/page.js", "document.title = 'a'"),
        ("pack/page.css", "p { margin: 0 }"),
        ("pack/timdoc.wasm", "wasm"),
        ("licenses.txt", "MIT"),
    ] {
        desk.write(&format!("site/{name}"), content);
    }
    // Of commendations and documents, so that there is something to export.
    let award = "Chủ tịch UBND tỉnh tặng Bằng khen cho 15 tập thể theo Quyết định số 123/QĐ-UBND ngày 2/3/2026.";
    let facts: Vec<String> = (0..40)
        .map(|n| {
            json!({"id": format!("f{n}"), "title": "Khen thưởng", "body": format!("{award} Đợt {n}: số {n}/KH-UBND.")})
                .to_string()
        })
        .collect();
    desk.write("facts.jsonl", facts.join("\n"));
    desk.build("facts.jsonl", "stated").ok();
    desk
}

/// The commands that change something, each on a desk as [`desk`] makes it.
pub fn stages(desk: &Desk) -> Vec<Stage> {
    let name = |name: &str| desk.name(name);
    let out = ["--out".to_owned(), name("bundle")];
    let args = |words: &[&str], more: &[String]| {
        words.iter().map(|&word| word.to_owned()).chain(more.iter().cloned()).collect::<Vec<_>>()
    };
    // `add` leaves two segments, which `merge` then makes one.
    run(args(&["merge", "--list", &name("old"), &name("more")], &["--out".to_owned(), name("two")])).ok();
    let list = args(&["merge", "--list", &name("old"), &name("more")], &out);
    vec![
        stage(desk, "build", args(&["build", &name("all.jsonl")], &out), Some("old"), "bundle"),
        stage(desk, "first build", args(&["build", &name("old.jsonl")], &out), None, "bundle"),
        stage(desk, "add", args(&["add", &name("more.jsonl"), "--to", &name("bundle")], &[]), Some("old"), "bundle"),
        stage(desk, "merge", args(&["merge", &name("bundle")], &[]), Some("two"), "bundle"),
        stage(desk, "merge --list", list, Some("more"), "bundle"),
        stage(
            desk,
            "pack",
            args(&["pack", &name("old"), "--site", &name("site"), "--out", &name("page/a.html")], &[]),
            Some("page-before"),
            "page",
        ),
        stage(
            desk,
            "facts --csv",
            args(&["facts", &name("stated"), "--kind", "document", "--csv", &name("page/a.csv")], &[]),
            Some("page-before"),
            "page",
        ),
    ]
}

fn stage(desk: &Desk, name: &'static str, args: Vec<String>, before: Option<&str>, target: &'static str) -> Stage {
    desk.write("page-before/a.html", "<p>cũ");
    desk.write("page-before/a.csv", "cũ");
    let old = before.map(|before| desk.files(before)).unwrap_or_default();
    let mut stage = Stage { name, args, target, old, new: Files::new(), answers: None, time: Duration::ZERO };
    stage.restore(desk);
    let before = (target == "bundle" && !stage.old.is_empty()).then(|| answer(desk));
    let start = Instant::now();
    run(&stage.args).ok();
    stage.time = start.elapsed();
    stage.new = desk.files(target);
    assert!(stage.old != stage.new, "{name}: it changes nothing");
    if target == "bundle" {
        stage.answers = Some((before.unwrap_or_default(), answer(desk)));
    }
    stage
}

fn answer(desk: &Desk) -> Value {
    let mut found = run(["search", &desk.name("bundle"), QUERY, "--json"]).json();
    found.as_object_mut().unwrap().remove("took_us");
    found
}

impl Stage {
    /// Puts the folder as it was before.
    pub fn restore(&self, desk: &Desk) {
        let folder = desk.path(self.target);
        let _ = std::fs::remove_dir_all(&folder);
        if !self.old.is_empty() || self.target == "page" {
            std::fs::create_dir_all(&folder).unwrap();
        }
        self.old.iter().for_each(|(name, content)| std::fs::write(folder.join(name), content).unwrap());
    }

    /// Starts it.
    pub fn start(&self) -> Child {
        tool().args(&self.args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// What is wrong after it was ended, if anything; and whether the new one was there already.
    pub fn judge(&self, desk: &Desk) -> Result<bool, String> {
        let found = desk.files(self.target);
        let holds =
            |files: &Files| !files.is_empty() && files.iter().all(|(name, content)| found.get(name) == Some(content));
        let (old, new) = (holds(&self.old), holds(&self.new));
        if self.old.is_empty() && !found.contains_key("manifest.json") {
            return Ok(false);
        }
        if !old && !new {
            return Err("neither the old nor the new".into());
        }
        let Some((before, after)) = &self.answers else { return Ok(new) };
        let verified = run(["verify", &desk.name("bundle")]);
        if verified.code != 0 {
            return Err(format!("verify: {}", verified.err));
        }
        if &answer(desk) == if new { after } else { before } { Ok(new) } else { Err("another answer".into()) }
    }

    /// Runs it again: then it must be the new one, and nothing else be left.
    pub fn again(&self, desk: &Desk) -> Result<(), String> {
        let ran = run(&self.args);
        if ran.code != 0 {
            return Err(format!("the next run failed: {}", ran.err));
        }
        let found = desk.files(self.target);
        // What was merged is merged again to the same; what was listed or added is there already.
        if found == self.new {
            return Ok(());
        }
        let names: Vec<_> = found.keys().filter(|name| !self.new.contains_key(*name)).collect();
        Err(format!("left behind: {names:?}"))
    }
}

/// How many changes of a folder's names there have been, as far as can be seen by looking.
pub struct Watch {
    names: Vec<String>,
    /// Changes seen.
    pub changes: usize,
}

impl Watch {
    /// Of a folder as it is.
    pub fn new(folder: &Path) -> Self {
        Watch { names: names(folder), changes: 0 }
    }

    /// Looks again.
    pub fn look(&mut self, folder: &Path) {
        let now = names(folder);
        if now != self.names {
            self.changes += 1;
            self.names = now;
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// The files of a folder that a run that failed has left: those that were not there before.
pub fn left(before: &Files, folder: &Path) -> Vec<String> {
    command::files(folder).into_keys().filter(|name| !before.contains_key(name)).collect()
}
