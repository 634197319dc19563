//! `build`, `add`, `merge`, `pack` and `facts --csv` killed at hundreds of moments, two of them at once, and a library
//! replaced while it is read: at every moment it is the old one or the new one.
//!
//! `TIMDOC_KILLS`: random moments for each command (200). `TIMDOC_PAIRS`: pairs of changes at once (100).
//! `TIMDOC_FLIPS`: how often the library is replaced under readers (100). Where there is no strace, what needs it is said
//! to be skipped.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "../support/command.rs"]
mod command;
#[path = "../support/http.rs"]
mod http;
#[path = "../support/killed.rs"]
mod killed;
#[path = "../support/many.rs"]
mod many;

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use command::{Desk, Ran, run, tool};
use http::Server;
use killed::{Stage, Watch, desk, lines, stages};
use many::Numbers;
use sha2::{Digest, Sha256};

const SEED: u64 = 0x7_1d0c;
const SIGNALS: [&str; 3] = ["KILL", "TERM", "INT"];

/// What was tried, and what was lost.
#[derive(Default)]
struct Tally {
    cases: usize,
    lost: usize,
}

impl Tally {
    fn case(&mut self, name: &str, found: Result<(), String>) {
        self.cases += 1;
        if let Err(reason) = found {
            self.lost += 1;
            println!("LOST {name}: {reason}");
        }
    }
}

fn size(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

fn has_strace() -> bool {
    Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
}

#[test]
fn campaign() {
    println!("kill: seed {SEED:#x}");
    let desk = desk(250, 150);
    let stages = stages(&desk);
    let mut tally = Tally::default();
    for stage in &stages {
        let before = tally.cases;
        let new = at_random(&desk, stage, &mut tally) + at_changes(&desk, stage, &mut tally);
        let timed = tally.cases - before;
        let calls = if has_strace() { at_calls(&desk, stage, &mut tally) } else { 0 };
        println!(
            "{}: {timed} moments ({new} after the new one was there), {calls} system calls; a run takes {} ms",
            stage.name,
            stage.time.as_millis()
        );
    }
    if has_strace() {
        synced_in_order(&desk, &stages[0], &mut tally);
    } else {
        println!("skipped: no strace, so no system call was picked out, and the order of syncs was not looked at");
    }
    two_at_once(&desk, &mut tally);
    replaced_under_readers(&desk, &mut tally);
    println!("kill: {} cases, {} lost", tally.cases, tally.lost);
    assert_eq!(tally.lost, 0);
}

/// Ends a process by a signal; SIGKILL at the last.
fn end(mut child: Child, signal: &str) {
    if signal != "KILL" {
        let _ = Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let _ = child.kill();
    child.wait().unwrap();
}

fn judge(desk: &Desk, stage: &Stage, moment: &str, tally: &mut Tally) -> bool {
    let found = stage.judge(desk);
    let new = found == Ok(true);
    tally.case(&format!("{} {moment}", stage.name), found.and_then(|_| stage.again(desk)));
    new
}

/// At moments spread over the time of a run; gives after how many the new one was there.
fn at_random(desk: &Desk, stage: &Stage, tally: &mut Tally) -> usize {
    let mut numbers = Numbers(SEED ^ stage.name.len() as u64);
    let most = stage.time.as_micros() as usize * 11 / 10;
    let mut new = 0;
    for number in 0..size("TIMDOC_KILLS", 200) {
        stage.restore(desk);
        let moment = numbers.below(most);
        let child = stage.start();
        std::thread::sleep(Duration::from_micros(moment as u64));
        let signal = SIGNALS[number % 3];
        end(child, signal);
        new += usize::from(judge(desk, stage, &format!("SIG{signal} after {moment} µs"), tally));
    }
    new
}

/// As soon as so many changes of the folder have been seen.
fn at_changes(desk: &Desk, stage: &Stage, tally: &mut Tally) -> usize {
    let mut new = 0;
    for changes in 1.. {
        stage.restore(desk);
        let folder = desk.path(stage.target);
        let mut watch = Watch::new(&folder);
        let mut child = stage.start();
        let ended = loop {
            watch.look(&folder);
            if watch.changes >= changes {
                break false;
            }
            if child.try_wait().unwrap().is_some() {
                break true;
            }
        };
        end(child, "KILL");
        if ended {
            return new;
        }
        new += usize::from(judge(desk, stage, &format!("at change {changes}"), tally));
    }
    new
}

/// Before each system call that writes, syncs, renames or removes.
fn at_calls(desk: &Desk, stage: &Stage, tally: &mut Tally) -> usize {
    let before = tally.cases;
    let folder = desk.name(stage.target);
    let manifest = format!("{folder}/manifest.json.timdoc-partial");
    for path in [None, Some(manifest.as_str()), Some(folder.as_str())] {
        for call in ["write", "fsync", "rename", "unlink"] {
            for number in 1.. {
                stage.restore(desk);
                let mut strace = Command::new("strace");
                strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
                if let Some(path) = path {
                    strace.args(["-P", path]);
                }
                strace.args(["-e", &format!("inject={call}:signal=KILL:when={number}")]).arg(tool().get_program());
                let status = strace
                    .args(&stage.args)
                    .env("RAYON_NUM_THREADS", "1")
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status()
                    .unwrap();
                if status.signal() != Some(9) && status.code() != Some(137) {
                    break;
                }
                judge(desk, stage, &format!("before {call} {number} of {}", path.unwrap_or("any")), tally);
            }
        }
    }
    tally.cases - before
}

/// Of a build: each file is synced before it gets its name, the folder before and after the manifest gets its own.
fn synced_in_order(desk: &Desk, stage: &Stage, tally: &mut Tally) {
    stage.restore(desk);
    let log = desk.name("trace");
    let status = Command::new("strace")
        .args(["-f", "-y", "-qq", "-s", "300", "-e", "trace=fsync,rename,unlink", "-o", &log])
        .arg(tool().get_program())
        .args(&stage.args)
        .stdout(Stdio::null())
        .env("RAYON_NUM_THREADS", "1")
        .status()
        .unwrap();
    assert!(status.success());
    let trace = std::fs::read_to_string(&log).unwrap();
    let folder = desk.path("bundle").canonicalize().unwrap();
    let folder = folder.to_str().unwrap();
    let (mut synced, mut folder_synced, mut published) = (Vec::new(), false, 0);
    for line in trace.lines() {
        if let Some(of) = line.split("fsync(").nth(1).and_then(|rest| rest.split(['<', '>']).nth(1)) {
            folder_synced |= of == folder;
            synced.push(of.to_owned());
        } else if let Some(from) = line.split("rename(\"").nth(1).and_then(|rest| rest.split('"').next()) {
            let known = |path: &String| from.ends_with(path.rsplit('/').next().unwrap_or(path));
            let fine =
                if synced.iter().any(known) { Ok(()) } else { Err(format!("{from} is renamed before it is synced")) };
            tally.case("order of syncs", fine);
            if from.contains("manifest.json") {
                published += 1;
                tally.case(
                    "order of syncs",
                    folder_synced.then_some(()).ok_or("the folder is not synced before the manifest".into()),
                );
            }
            folder_synced = false;
        } else if line.contains("unlink(") {
            let fine = published == 1 && folder_synced;
            tally.case(
                "order of syncs",
                fine.then_some(()).ok_or("a file is removed before the manifest is synced".into()),
            );
        }
    }
    tally.case("order of syncs", (published == 1).then_some(()).ok_or(format!("{published} manifests\n{trace}")));
}

/// Two changes at once: each is done or refused with a line that says so.
fn two_at_once(desk: &Desk, tally: &mut Tally) {
    let mut numbers = Numbers(SEED);
    let mut refused = 0;
    desk.write("a.jsonl", lines(400, 420));
    desk.write("b.jsonl", lines(420, 450));
    let old = desk.files("old");
    let time = {
        restore(desk, &old);
        let start = Instant::now();
        add(desk, "a.jsonl").wait_with_output().unwrap();
        start.elapsed().as_micros() as usize
    };
    for number in 0..size("TIMDOC_PAIRS", 100) {
        restore(desk, &old);
        let first = add(desk, "a.jsonl");
        std::thread::sleep(Duration::from_micros(numbers.below(time * 12 / 10) as u64));
        let second = if number % 4 == 3 { build(desk, "b.jsonl") } else { add(desk, "b.jsonl") };
        let ran = [first, second].map(|child| Ran::of(child.wait_with_output().unwrap()));
        let done = |at: usize| ran[at].code == 0;
        refused += usize::from(!done(0)) + usize::from(!done(1));
        let told = |at: usize| done(at) || ran[at].err.contains("another timdoc is changing this library");
        let found = run(["inspect", &desk.name("bundle"), "--json"]).json()["articles"].as_u64().unwrap();
        let added = 250 + if done(0) { 20 } else { 0 };
        // A build that came after the other puts all it was given there; one that came before is added to.
        let expected = match (number % 4 == 3, done(1)) {
            (true, true) => vec![30, 50],
            (false, true) => vec![added + 30],
            (_, false) => vec![added],
        };
        let whole = run(["verify", &desk.name("bundle")]).code == 0;
        let fine = told(0) && told(1) && whole && expected.contains(&found) && (done(0) || done(1));
        let said =
            || format!("{found} articles, not one of {expected:?}; whole: {whole}; {} | {}", ran[0].err, ran[1].err);
        tally.case("two at once", if fine { Ok(()) } else { Err(said()) });
    }
    println!("two at once: {} pairs, {refused} changes refused", size("TIMDOC_PAIRS", 100));
}

fn restore(desk: &Desk, files: &killed::Files) {
    let _ = std::fs::remove_dir_all(desk.path("bundle"));
    files.iter().for_each(|(name, content)| {
        desk.write(&format!("bundle/{name}"), content);
    });
}

fn add(desk: &Desk, input: &str) -> Child {
    spawn(["add", &desk.name(input), "--to", &desk.name("bundle")])
}

fn build(desk: &Desk, input: &str) -> Child {
    spawn(["build", &desk.name(input), "--out", &desk.name("bundle")])
}

fn spawn<const N: usize>(args: [&str; N]) -> Child {
    tool().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Searches, and requests to `serve`, while the library is replaced again and again.
fn replaced_under_readers(desk: &Desk, tally: &mut Tally) {
    let search = || {
        let mut found = run(["search", &desk.name("bundle"), "bo ca", "--json"]).json();
        found.as_object_mut().unwrap().remove("took_us");
        found
    };
    let answers = ["old.jsonl", "all.jsonl"].map(|input| {
        build(desk, input).wait_with_output().unwrap();
        search()
    });
    let server = Server::of(&desk.name("bundle"), &[]);
    let going = AtomicBool::new(true);
    let (mut searches, mut gets, mut gone) = (0, 0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..size("TIMDOC_FLIPS", 100) {
                let input = ["old.jsonl", "all.jsonl"][number % 2];
                Ran::of(build(desk, input).wait_with_output().unwrap()).ok();
            }
            going.store(false, Ordering::Relaxed);
        });
        let mut numbers = Numbers(SEED);
        while going.load(Ordering::Relaxed) {
            let found = search();
            searches += 1;
            tally.case("search while replaced", answers.contains(&found).then_some(()).ok_or("another answer".into()));
            let manifest = server.get("/manifest.json");
            let parsed: Result<serde_json::Value, _> = serde_json::from_slice(&manifest.body);
            tally.case("manifest while replaced", parsed.map(|_| ()).map_err(|error| error.to_string()));
            let names: Vec<String> = desk.files("bundle").into_keys().filter(|name| name.ends_with(".bin")).collect();
            for _ in 0..10.min(names.len()) {
                let name = &names[numbers.below(names.len())];
                let answer = server.get(&format!("/{name}"));
                gets += 1;
                gone += usize::from(answer.status == 404);
                let hash: String =
                    Sha256::digest(&answer.body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
                let fine = answer.status == 404 || answer.status == 200 && name.contains(&hash);
                tally
                    .case("file while replaced", if fine { Ok(()) } else { Err(format!("{name}: {}", answer.status)) });
            }
        }
    });
    println!("replaced under readers: {searches} searches, {gets} requests ({gone} for files that were gone)");
}
