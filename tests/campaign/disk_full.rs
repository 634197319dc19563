//! Every command on disks of every size from nothing to enough, so that they are full at each stage of a run; and, where
//! there is strace, with each system call that writes refused in turn. The old one stays, or the new one is there; an
//! error is one line that says what to do; and nothing that was left holds the room.
//!
//! `TIMDOC_SIZES`: sizes of the disk for each command (60). Mounting needs root; what cannot be done is said to be skipped.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "../support/command.rs"]
mod command;
#[path = "../support/killed.rs"]
mod killed;
#[path = "../support/many.rs"]
mod many;
#[path = "../support/mounted.rs"]
mod mounted;

use std::process::{Command, Stdio};

use command::{Desk, Ran, run, tool};
use killed::{Files, Stage, desk, left, stages};
use mounted::Disk;

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

#[test]
fn campaign() {
    let sizes = std::env::var("TIMDOC_SIZES").ok().and_then(|value| value.parse().ok()).unwrap_or(60);
    let desk = desk(250, 150);
    let stages = stages(&desk);
    let mut tally = Tally::default();
    let strace =
        Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    for stage in &stages {
        let (full, fitted) = on_small_disks(&desk, stage, sizes, &mut tally);
        let refused = if strace { refused_in_turn(&desk, stage, &mut tally) } else { 0 };
        println!("{}: {full} disks too small, {fitted} large enough, {refused} system calls refused", stage.name);
    }
    if !strace {
        println!("skipped: no strace, so no system call was refused");
    }
    println!("disk_full: {} cases, {} lost", tally.cases, tally.lost);
    assert_eq!(tally.lost, 0);
}

fn kilobytes(files: &Files) -> usize {
    files.values().map(|content| content.len().div_ceil(4096) * 4).sum()
}

/// How many were too small, and how many were not.
fn on_small_disks(desk: &Desk, stage: &Stage, sizes: usize, tally: &mut Tally) -> (usize, usize) {
    let least = kilobytes(&stage.old) + 4;
    // Old and new stand side by side for a moment.
    let enough = least + kilobytes(&stage.new) + 64;
    let (mut full, mut fitted) = (0, 0);
    for number in 0..sizes {
        let size = least + (enough - least) * number / (sizes - 1).max(1);
        let folder = desk.path(stage.target);
        let _ = std::fs::remove_dir_all(&folder);
        // The disk is the folder itself, which a first build finds empty.
        let Some(disk) = Disk::mount(&folder, size) else {
            println!("skipped: mounting is not allowed");
            break;
        };
        stage.old.iter().for_each(|(name, content)| std::fs::write(folder.join(name), content).unwrap());
        let used = disk.used();
        let ran = run(&stage.args);
        if ran.code == 0 {
            fitted += 1;
            let found = if desk.files(stage.target) == stage.new { Ok(()) } else { Err("not what it makes".into()) };
            tally.case(&format!("{} on {size} KB", stage.name), found);
        } else {
            full += 1;
            let room = if disk.used() <= used { Ok(()) } else { Err(format!("{} bytes are held", disk.used() - used)) };
            let found = failed(desk, stage, &ran, "No space left").and(room);
            tally.case(&format!("{} on {size} KB", stage.name), found);
        }
        drop(disk);
    }
    (full, fitted)
}

/// What is wrong after a run that failed, if anything.
fn failed(desk: &Desk, stage: &Stage, ran: &Ran, reason: &str) -> Result<(), String> {
    let lines: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("timdoc: ")).collect();
    if lines.len() != 1 || !lines[0].contains(reason) {
        return Err(format!("not one line with {reason}: {}", ran.err));
    }
    if ran.err.contains("No space left") && !ran.err.contains("free s") {
        return Err(format!("it does not say what to do: {}", ran.err));
    }
    let new = stage.judge(desk)?;
    let left = left(&stage.old, &desk.path(stage.target));
    if new || left.is_empty() { Ok(()) } else { Err(format!("left behind: {left:?}")) }
}

/// Each system call that makes room or a name, refused in turn: the run ends with an error and the old one, or does
/// without. Gives how many.
fn refused_in_turn(desk: &Desk, stage: &Stage, tally: &mut Tally) -> usize {
    let before = tally.cases;
    for (call, error) in [("write", "ENOSPC"), ("fsync", "EIO"), ("rename", "EACCES"), ("rename", "ENOSPC")] {
        for number in 1..200 {
            stage.restore(desk);
            let log = desk.name("trace");
            let output = Command::new("strace")
                .args(["-f", "-qq", "-o", &log, "-e", &format!("trace={call}")])
                .args(["-e", &format!("inject={call}:error={error}:when={number}")])
                .arg(tool().get_program())
                .args(&stage.args)
                .env("RAYON_NUM_THREADS", "1")
                .stdin(Stdio::null())
                .output()
                .unwrap();
            let ran = Ran::of(output);
            let trace = std::fs::read_to_string(&log).unwrap();
            if !trace.contains("(INJECTED)") {
                break;
            }
            let name = format!("{} with {call} {number} refused ({error})", stage.name);
            // What is told on standard output and to other threads is no part of it.
            if ran.code == 0 || !ran.err.contains("timdoc: ") {
                tally.case(&name, stage.judge(desk).map(|_| ()));
            } else if ran.err.contains("standard output") {
                tally.case(&name, stage.judge(desk).map(|_| ()));
            } else {
                tally.case(&name, failed(desk, stage, &ran, "cannot "));
            }
        }
    }
    tally.cases - before
}
