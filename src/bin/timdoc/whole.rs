//! A file that is at every moment the old one or the new one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use timdoc::bundle::publish::{PARTIAL, refused, sync_folder};
use timdoc::{Error, Result};

/// Writes a file of so many bytes beside its place, and puts it there when all of it is on the disk. What a run that was
/// killed has left is written over by the next. A link is followed; what is neither file nor folder, such as a pipe, is
/// written into. A file keeps its permissions, and one that is read-only is not replaced.
///
/// # Errors
/// `io` when the system refuses, or another timdoc is writing this file; then the old file is untouched.
pub fn write(path: &Path, bytes: u64, content: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>) -> Result<()> {
    let wrong = |error: io::Error| refused("write", path, &error, bytes);
    let found = fs::metadata(path);
    if found.as_ref().is_ok_and(fs::Metadata::is_dir) {
        return Err(Error::io("write", path.display(), &io::Error::other("it is a folder; name a file")));
    }
    let fill = |file: &File| {
        let mut buffer = BufWriter::with_capacity(1 << 20, file);
        content(&mut buffer)?;
        buffer.flush()
    };
    let permissions = found.as_ref().ok().map(fs::Metadata::permissions);
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(wrong(io::ErrorKind::PermissionDenied.into()));
    }
    if found.is_ok_and(|found| !found.is_file()) {
        return OpenOptions::new().write(true).open(path).and_then(|file| fill(&file)).map_err(wrong);
    }
    let path = if path.is_symlink() { target(path).map_err(wrong)? } else { path.to_owned() };
    let mut partial = path.clone().into_os_string();
    partial.push(PARTIAL);
    let partial = Path::new(&partial);
    let file = hold(partial).map_err(wrong)?;
    let written = file.set_len(0).and_then(|()| fill(&file)).and_then(|()| {
        // Who could not read the old file cannot read the new one.
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(partial, &path)).map_err(|error| {
        // It may not be there; the first error is what matters.
        let _ = fs::remove_file(partial);
        wrong(error)
    })?;
    sync_folder(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")));
    Ok(())
}

/// Where a link leads, though nothing may be there yet.
fn target(link: &Path) -> io::Result<PathBuf> {
    let mut path = link.to_owned();
    // As many as systems follow.
    for _ in 0..40 {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("the link leads in a circle; name a file"))
}

/// Opens a file that no other timdoc is writing.
fn hold(partial: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(partial)?;
        // Where a system cannot lock there is no lock.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(io::Error::other("another timdoc is writing it; wait until it has ended"));
        }
        // Between the two the other may have put it in its place: what is open then is what was published.
        if is_at(&file, partial) {
            return Ok(file);
        }
    }
}

/// Whether an open file is the one of this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |found: io::Result<fs::Metadata>| found.ok().map(|found| (found.dev(), found.ino()));
    place(file.metadata()) == place(fs::metadata(path))
}

/// Whether there is a file of this name.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
