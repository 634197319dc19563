//! How is a packed archive read past a damaged record? Each record is a gzip member of its own, so after a damaged one
//! the next member is looked for by its first bytes.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The members of a gzip file, one after the other. A damaged one is one error of the kind `InvalidData`; what is read
/// after it is the next.
pub(super) struct Members<R> {
    member: Option<GzDecoder<R>>,
    /// Between members.
    raw: Option<R>,
    failed: bool,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(raw: R) -> Self {
        Members { member: None, raw: Some(raw), failed: false }
    }

    /// Goes to the next member; false at the end.
    fn open(&mut self) -> io::Result<bool> {
        let Some(mut raw) = self.raw.take() else { return Ok(self.member.is_some()) };
        let found =
            if std::mem::take(&mut self.failed) { find_member(&mut raw) } else { Ok(!raw.fill_buf()?.is_empty()) };
        if found? {
            self.member = Some(GzDecoder::new(raw));
            return Ok(true);
        }
        self.raw = Some(raw);
        Ok(false)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.open()? {
                return Ok(0);
            }
            let Some(member) = &mut self.member else { return Ok(0) };
            let read = member.read(buffer);
            if let Ok(1..) = read {
                return read;
            }
            self.raw = self.member.take().map(GzDecoder::into_inner);
            if let Err(error) = read {
                self.failed = true;
                return Err(io::Error::new(io::ErrorKind::InvalidData, error));
            }
        }
    }
}

/// Goes on to the first bytes of a member; false at the end. One whose first bytes lie across the end of what is read
/// at once is missed, and the next one found.
fn find_member(raw: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = raw.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        // ID1, ID2, and the method deflate: RFC 1952, section 2.3.1.
        let found = bytes.windows(3).position(|part| part == [0x1F, 0x8B, 8]);
        let passed = found.unwrap_or(bytes.len());
        raw.consume(passed);
        if found.is_some() {
            return Ok(true);
        }
    }
}
