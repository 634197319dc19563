//! Disks that are full, folders that may not be written, and targets that are not what they seem: what was there stays,
//! and one line says how to mend it. The whole is in tests/campaign/disk_full.rs.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/command.rs"]
mod command;
#[path = "support/killed.rs"]
mod killed;
#[path = "support/many.rs"]
mod many;
#[path = "support/mounted.rs"]
mod mounted;

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};

use command::{Desk, assert_whole, run, tool};
use killed::lines;
use mounted::{Disk, run_as_nobody};

/// A desk whose folders everybody may enter.
fn open_desk() -> Desk {
    let desk = Desk::new();
    std::fs::set_permissions(desk.path(""), Permissions::from_mode(0o755)).unwrap();
    desk.write("old.jsonl", lines(0, 30));
    desk.write("new.jsonl", lines(0, 300));
    desk.build("old.jsonl", "bundle").ok();
    desk
}

#[test]
fn a_full_disk_leaves_the_library_and_its_room_and_says_how_much_is_wanted() {
    let desk = open_desk();
    let Some(disk) = Disk::mount(&desk.path("disk"), 128) else { return println!("skipped: mounting is not allowed") };
    let out = desk.name("disk/bundle");
    run(["build", &desk.name("old.jsonl"), "--out", &out]).ok();
    let (before, used) = (desk.files("disk/bundle"), disk.used());
    for args in [["build", &desk.name("new.jsonl"), "--out", &out], ["add", &desk.name("new.jsonl"), "--to", &out]] {
        let line = run(args).failed();
        assert!(line.contains("No space left") && line.contains("MB are to be written"), "{line}");
        assert!(desk.files("disk/bundle") == before && disk.used() == used, "something was left behind");
        assert_whole(&out);
    }
}

#[test]
fn a_first_build_that_has_no_room_leaves_no_folder() {
    let desk = open_desk();
    let Some(_disk) = Disk::mount(&desk.path("disk"), 64) else { return println!("skipped: mounting is not allowed") };
    let line = run(["build", &desk.name("new.jsonl"), "--out", &desk.name("disk/bundle")]).failed();
    assert!(line.contains("No space left"), "{line}");
    assert!(!desk.path("disk/bundle").exists());
}

#[test]
fn what_a_killed_run_has_left_is_room_for_the_next() {
    let desk = open_desk();
    let Some(_disk) = Disk::mount(&desk.path("disk"), 512) else { return println!("skipped: mounting is not allowed") };
    let out = desk.name("disk/bundle");
    run(["build", &desk.name("old.jsonl"), "--out", &out]).ok();
    desk.write("disk/bundle/articles-0123456789abcdef.bin", vec![7; 300 * 1024]);
    run(["build", &desk.name("new.jsonl"), "--out", &out]).ok();
    assert_whole(&out);
}

#[test]
fn csv_that_has_no_room_leaves_the_old_file() {
    let desk = Desk::library(
        "{\"id\":\"a\",\"title\":\"Khen thưởng\",\"body\":\"Theo Quyết định số 123/QĐ-UBND ngày 2/3/2026.\"}",
    );
    let Some(_disk) = Disk::mount(&desk.path("disk"), 8) else { return println!("skipped: mounting is not allowed") };
    desk.write("disk/a.csv", "cũ");
    desk.write("disk/rest", vec![7; 4096]);
    let facts = ["facts", &desk.name("bundle"), "--kind", "document", "--csv", &desk.name("disk/a.csv")];
    assert!(run(facts).failed().contains("No space left"));
    assert_eq!(desk.files("disk").keys().collect::<Vec<_>>(), ["a.csv", "rest"]);
    assert_eq!(desk.files("disk")["a.csv"], "cũ".as_bytes());
}

#[test]
fn a_folder_that_may_not_be_written_is_left_and_told() {
    let desk = open_desk();
    let before = desk.files("bundle");
    let out = desk.name("bundle");
    let Some(ran) = run_as_nobody(&["build", &desk.name("new.jsonl"), "--out", &out]) else {
        return println!("skipped: no other user can be had");
    };
    let line = ran.failed();
    assert!(line.contains("Permission denied") && line.contains("allow this user"), "{line}");
    for args in
        [["add", &desk.name("new.jsonl"), "--to", &out], ["build", &desk.name("new.jsonl"), "--out", &desk.name("x/y")]]
    {
        let line = run_as_nobody(&args).unwrap().failed();
        assert!(line.contains("Permission denied") && line.contains("allow this user"), "{line}");
    }
    assert!(desk.files("bundle") == before);
    // Whoever may not write may read.
    run_as_nobody(&["search", &out, "bo ca"]).unwrap().ok();
    run_as_nobody(&["verify", &out]).unwrap().ok();
}

#[test]
fn a_disk_that_is_only_read_is_left_and_told() {
    let desk = open_desk();
    let Some(disk) = Disk::mount(&desk.path("disk"), 4096) else { return println!("skipped: mounting is not allowed") };
    let out = desk.name("disk/bundle");
    run(["build", &desk.name("old.jsonl"), "--out", &out]).ok();
    let before = desk.files("disk/bundle");
    disk.remount("ro");
    for args in [["build", &desk.name("new.jsonl"), "--out", &out], ["add", &desk.name("new.jsonl"), "--to", &out]] {
        assert!(run(args).failed().contains("Read-only"));
    }
    assert!(desk.files("disk/bundle") == before);
    run(["search", &out, "bo ca"]).ok();
}

#[test]
fn a_target_on_another_disk_is_written_whole() {
    let desk = open_desk();
    let Some(_disk) = Disk::mount(&desk.path("disk"), 4096) else {
        return println!("skipped: mounting is not allowed");
    };
    let out = desk.name("disk/bundle");
    run(["merge", "--list", &desk.name("bundle"), "--out", &out]).ok();
    assert_whole(&out);
    assert!(desk.files("disk/bundle") == desk.files("bundle"));
}

#[test]
fn a_folder_that_vanishes_while_it_is_written_is_told() {
    let desk = open_desk();
    let out = desk.path("going");
    let mut told = 0;
    for _ in 0..20 {
        let args = ["build", &desk.name("new.jsonl"), "--out", out.to_str().unwrap()];
        let mut child = tool()
            .args(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none() && std::fs::remove_dir_all(&out).is_err() {}
        let ran = command::Ran::of(child.wait_with_output().unwrap());
        if ran.code != 0 {
            let line = ran.failed();
            assert!(line.contains("its folder is not there"), "{line}");
            told += 1;
        }
        let _ = std::fs::remove_dir_all(&out);
    }
    assert!(told > 0, "it never vanished in time");
}

#[test]
fn targets_that_are_not_folders_are_told_and_links_to_folders_are_followed() {
    let desk = open_desk();
    let file = desk.name("old.jsonl");
    let build = |out: &str| run(["build", &desk.name("new.jsonl"), "--out", out]);
    for out in [file.clone(), format!("{file}/bundle")] {
        let line = build(&out).failed();
        assert!(line.contains("a file stands where a folder is to be"), "{line}");
    }
    symlink(desk.path("bundle"), desk.path("link")).unwrap();
    symlink(desk.path("nowhere"), desk.path("broken")).unwrap();
    build(&desk.name("link")).ok();
    assert!(desk.path("link").is_symlink());
    assert_whole(&desk.name("bundle"));
    build(&desk.name("broken")).failed();
}

#[test]
fn names_with_spaces_and_vietnamese_letters_are_names_as_others() {
    let desk = open_desk();
    desk.write("Tin tức năm 2026/bài mới.jsonl", lines(30, 40));
    let (input, out) = (desk.name("Tin tức năm 2026"), desk.name("Thư viện số/gói tin #1 & %20"));
    run(["build", &input, "--out", &out]).ok();
    run(["add", &desk.name("old.jsonl"), "--to", &out]).ok();
    run(["merge", &out]).ok();
    assert_whole(&out);
}

#[test]
fn a_link_stays_a_link_and_the_file_behind_it_keeps_its_permissions() {
    let desk = Desk::library(
        "{\"id\":\"a\",\"title\":\"Khen thưởng\",\"body\":\"Theo Quyết định số 123/QĐ-UBND ngày 2/3/2026.\"}",
    );
    let csv = |file: &str| run(["facts", &desk.name("bundle"), "--kind", "document", "--csv", &desk.name(file)]);
    let file = desk.write("kín/a.csv", "cũ");
    std::fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    symlink("kín/a.csv", desk.path("a.csv")).unwrap();
    csv("a.csv").ok();
    assert!(desk.path("a.csv").is_symlink());
    assert!(std::fs::read_to_string(&file).unwrap().contains("123"));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
    assert!(csv("a.csv").failed().contains("allow this user"));
    // What is no file is written into, not replaced.
    let line = run(["facts", &desk.name("bundle"), "--kind", "document", "--csv", "/dev/full"]).failed();
    assert!(line.contains("No space left"), "{line}");
}
