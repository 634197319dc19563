//! Killed at any moment, a command leaves what was there or what it makes: a few of the moments of tests/campaign/kill.rs.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;
#[path = "support/killed.rs"]
mod killed;
#[path = "support/many.rs"]
mod many;

use killed::{Watch, desk, stages};

#[test]
fn every_command_leaves_the_old_or_the_new_and_the_next_run_clears_up() {
    let desk = desk(60, 40);
    for stage in stages(&desk) {
        for moment in 0..5 {
            stage.restore(&desk);
            let folder = desk.path(stage.target);
            let mut watch = Watch::new(&folder);
            let mut child = stage.start();
            // Moments of the run, and changes of the folder.
            if moment < 3 {
                std::thread::sleep(stage.time * moment / 3);
            } else {
                while watch.changes < (moment as usize - 2) * 2 && child.try_wait().unwrap().is_none() {
                    watch.look(&folder);
                }
            }
            let _ = child.kill();
            child.wait().unwrap();
            let found = stage.judge(&desk).and_then(|_| stage.again(&desk));
            assert_eq!(found, Ok(()), "{} at moment {moment}", stage.name);
        }
    }
}

#[test]
fn what_a_killed_run_has_left_is_cleared_by_a_run_that_changes_nothing() {
    let desk = desk(60, 40);
    let stage = stages(&desk).into_iter().find(|stage| stage.name == "add").unwrap();
    let (left, partial) = ("bundle/terms-0123456789abcdef.bin", "bundle/manifest.json.timdoc-partial");
    desk.write(left, "x");
    desk.write(partial, "x");
    desk.write("bundle/articles-2024.bin", "của người khác");
    command::run(&stage.args).ok();
    assert!(!desk.path(left).exists() && !desk.path(partial).exists());
    assert!(desk.path("bundle/articles-2024.bin").exists(), "a file of others is gone");
}

#[test]
fn a_library_that_cannot_be_read_loses_no_file() {
    let desk = desk(60, 40);
    let before = desk.files("old");
    desk.write("old/manifest.json", "{");
    command::run(["add", &desk.name("more.jsonl"), "--to", &desk.name("old")]).failed();
    let after = desk.files("old");
    assert!(before.keys().all(|name| after.contains_key(name)));
}
