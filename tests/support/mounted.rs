//! Disks of a size of the test's own, and users who may not write. Both need root; without, `None`.
#![allow(dead_code)] // each file of tests uses its part
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::command::{Ran, tool};

/// A small disk in memory, unmounted with its test.
pub struct Disk(PathBuf);

impl Disk {
    /// Of so many KB, at a folder that is made. `None` where that is not allowed.
    pub fn mount(folder: &Path, kilobytes: usize) -> Option<Self> {
        std::fs::create_dir_all(folder).unwrap();
        let options = format!("size={kilobytes}k,mode=755");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Disk(folder.to_owned()))
    }

    /// Makes it one that is only read, or not.
    pub fn remount(&self, options: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status();
        assert!(status.unwrap().success());
    }

    /// Bytes that are in use.
    pub fn used(&self) -> u64 {
        let output = Command::new("df").args(["-k", "--output=used"]).arg(&self.0).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().last().unwrap().trim().parse::<u64>().unwrap() * 1024
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Runs the tool as a user who owns nothing. `None` where that is not possible.
pub fn run_as_nobody(args: &[&str]) -> Option<Ran> {
    let switch = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let as_nobody = |command: &mut Command| -> Option<Output> { command.stdin(Stdio::null()).output().ok() };
    let tool = tool();
    let can = as_nobody(Command::new("setpriv").args(switch).arg(tool.get_program()).arg("--version"))?;
    if !can.status.success() {
        return None;
    }
    as_nobody(Command::new("setpriv").args(switch).arg(tool.get_program()).args(args)).map(Ran::of)
}
