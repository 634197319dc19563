//! A file that is at every moment the old one or the new one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use timdoc::{Error, Result};

/// The ending of a file that is still being written.
const PARTIAL: &str = ".timdoc-partial";

/// Writes a file beside its place, and puts it there when all of it is on the disk. What a run that was killed has left
/// is written over by the next.
///
/// # Errors
/// `io` when the system refuses, or another timdoc is writing this file; then the old file is untouched.
pub fn write(path: &Path, content: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>) -> Result<()> {
    let wrong = |error: io::Error| Error::io("write", path.display(), &error);
    if path.is_dir() {
        return Err(wrong(io::Error::other("it is a folder; name a file")));
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(PARTIAL);
    let partial = Path::new(&partial);
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(partial).map_err(wrong)?;
    // Where a system cannot lock there is no lock.
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(wrong(io::Error::other("another timdoc is writing it; wait until it has ended")));
    }
    let written = file.set_len(0).and_then(|()| {
        let mut buffer = BufWriter::with_capacity(1 << 20, &file);
        content(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        file.sync_all()
    });
    written.and_then(|()| fs::rename(partial, path)).map_err(|error| {
        // It may not be there; the first error is what matters.
        let _ = fs::remove_file(partial);
        wrong(error)
    })
}
