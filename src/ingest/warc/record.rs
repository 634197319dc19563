//! Where does a record begin and end?
//!
//! ```text
//! WARC/1.0 CRLF  name: value CRLF …  CRLF  block of Content-Length bytes  CRLF CRLF
//! ```
//!
//! A wrong length is seen by what follows: it is no empty line and no `WARC/`. Then the next record is looked for, in
//! the block itself first, as a length that is too large takes the next records with it.

use std::io::{BufRead, BufReader, Cursor, Read};

use crate::error::{Error, Result};
use crate::ingest::{MOST_BYTES, open};

/// The most bytes of a record's headers.
const MOST_HEADERS: usize = 1 << 16;

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A server's answer.
    Response,
    /// A page without one.
    Resource,
    /// What is no page, by what it is called in reports.
    Other(&'static str),
}

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    /// The file and the number of the record.
    pub(super) place: String,
    pub(super) kind: Kind,
    /// WARC-Target-URI.
    pub(super) address: String,
    pub(super) content_type: String,
    /// The block; empty for those that are no pages.
    pub(super) block: Vec<u8>,
}

/// The records of an archive, one at a time.
pub(super) struct Records<'r> {
    name: &'r str,
    reader: BufReader<Box<dyn Read + 'r>>,
    /// Bytes that stand before those of the reader.
    pushed: Cursor<Vec<u8>>,
    number: usize,
    ended: bool,
}

#[derive(Default)]
struct Headers {
    kind: String,
    address: String,
    content_type: String,
    length: Option<u64>,
}

impl<'r> Records<'r> {
    pub(super) fn new(name: &'r str, reader: Box<dyn Read + 'r>) -> Self {
        let reader = BufReader::with_capacity(1 << 16, reader);
        Records { name, reader, pushed: Cursor::default(), number: 0, ended: false }
    }

    /// The next record, or what is wrong with it; nothing at the end.
    pub(super) fn next(&mut self) -> Option<Result<Record>> {
        if self.ended {
            return None;
        }
        let read = self.record();
        match read {
            Ok(record) => record.map(Ok),
            Err(error) => Some(Err(error)),
        }
    }

    fn record(&mut self) -> Result<Option<Record>> {
        self.number += 1;
        let Some(version) = self.first_line()? else { return Ok(None) };
        if !version.starts_with(b"WARC/") {
            let found = self.find_record()?;
            if self.number == 1 && !found {
                let reason = "is no archive of WARC records; give it the ending of its own kind, or copy it again";
                return Err(Error::input(self.name, reason));
            }
            let reason = "does not begin where the record before it says; its length is wrong or bytes are damaged";
            let next = if found { "reading goes on at the next record" } else { "nothing is read after it" };
            return Err(self.wrong(&format!("{reason}; {next}")));
        }
        let headers = self.headers()?;
        let Some(length) = headers.length else {
            self.find_record()?;
            return Err(self.wrong("has no Content-Length that is a number, so it is passed over"));
        };
        let is_web = ["http://", "https://"]
            .iter()
            .any(|scheme| headers.address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        let kind = match headers.kind.as_str() {
            "response" if is_web => Kind::Response,
            "resource" if is_web => Kind::Resource,
            "revisit" => Kind::Other("revisits"),
            "response" | "resource" => Kind::Other("files that are no pages"),
            _ => Kind::Other("records about the archive"),
        };
        let mut record = Record {
            place: super::place(self.name, self.number),
            kind,
            address: headers.address,
            content_type: headers.content_type,
            block: Vec::new(),
        };
        if matches!(kind, Kind::Other(_)) || length > MOST_BYTES as u64 {
            let passed = self.pass(length)?;
            if passed < length {
                self.ended = true;
                return Err(self.wrong("ends before its length; the archive is cut, copy it again"));
            }
            if !matches!(kind, Kind::Other(_)) {
                return Err(self.wrong(&format!("is larger than {} MiB, so it is passed over", MOST_BYTES >> 20)));
            }
            return Ok(Some(record));
        }
        let mut block = std::mem::take(&mut record.block);
        self.take(length, &mut block)?;
        let is_cut = (block.len() as u64) < length;
        if is_cut || !self.at_end_of_record()? {
            if let Some(at) = find(&block, b"\r\n\r\nWARC/1.") {
                let rest = block.split_off(at + 4);
                self.push(rest);
                return Err(self.wrong("is shorter than its length says; the records that follow it are read"));
            }
            if is_cut {
                self.ended = true;
                return Err(self.wrong("ends before its length; the archive is cut, copy it again"));
            }
            self.find_record()?;
            return Err(self.wrong("is longer than its length says, so it is passed over"));
        }
        record.block = block;
        Ok(Some(record))
    }

    fn wrong(&self, reason: &str) -> Error {
        Error::input(super::place(self.name, self.number), reason)
    }

    /// The first line that is not empty; nothing at the end.
    fn first_line(&mut self) -> Result<Option<Vec<u8>>> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                self.ended = true;
                return Ok(None);
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn headers(&mut self) -> Result<Headers> {
        let mut headers = Headers::default();
        let mut size = 0;
        loop {
            let line = self.line()?;
            size += line.len();
            if line.trim_ascii().is_empty() || size > MOST_HEADERS {
                return Ok(headers);
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => headers.kind = value.to_ascii_lowercase(),
                // Some writers put the address in angle brackets.
                "warc-target-uri" => headers.address = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => headers.content_type = value.to_owned(),
                "content-length" => headers.length = value.parse().ok(),
                _ => {}
            }
        }
    }

    /// A line with its end; empty at the end of the file. Of a line without end only the first bytes.
    fn line(&mut self) -> Result<Vec<u8>> {
        let mut line = Vec::new();
        let (pushed, reader) = (&mut self.pushed, &mut self.reader);
        let read = pushed.chain(reader).take(MOST_HEADERS as u64).read_until(b'\n', &mut line);
        match read {
            Ok(_) => Ok(line),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Goes on to the next line that begins a record.
    fn find_record(&mut self) -> Result<bool> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                self.ended = true;
                return Ok(false);
            }
            if line.starts_with(b"WARC/1.") {
                self.push(line);
                return Ok(true);
            }
        }
    }

    fn push(&mut self, mut bytes: Vec<u8>) {
        let at = usize::try_from(self.pushed.position()).unwrap_or(usize::MAX);
        bytes.extend_from_slice(self.pushed.get_ref().get(at..).unwrap_or_default());
        self.pushed = Cursor::new(bytes);
    }

    fn take(&mut self, length: u64, block: &mut Vec<u8>) -> Result<()> {
        let (pushed, reader) = (&mut self.pushed, &mut self.reader);
        match pushed.chain(reader).take(length).read_to_end(block) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn pass(&mut self, length: u64) -> Result<u64> {
        let (pushed, reader) = (&mut self.pushed, &mut self.reader);
        match std::io::copy(&mut pushed.chain(reader).take(length), &mut std::io::sink()) {
            Ok(passed) => Ok(passed),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Passes over empty lines; whether the next record or the end follows. A packed record's checksum is looked at
    /// here, as it stands at its end.
    fn at_end_of_record(&mut self) -> Result<bool> {
        loop {
            let (pushed, reader) = (&mut self.pushed, &mut self.reader);
            let mut rest = pushed.chain(reader);
            let (empty, next) = match rest.fill_buf() {
                Ok(next) => (next.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count(), next.len()),
                Err(error) => return Err(self.failed(&error)),
            };
            if next == 0 {
                return Ok(true);
            }
            let follows = rest.fill_buf().is_ok_and(|next| next.get(empty) == Some(&b'W'));
            rest.consume(empty);
            if empty < next {
                return Ok(follows);
            }
        }
    }

    /// What a failed read becomes. A packed archive may be read on at its next member.
    fn failed(&mut self, error: &std::io::Error) -> Error {
        self.pushed = Cursor::default();
        if error.kind() == std::io::ErrorKind::InvalidData {
            return self.wrong(&format!("cannot be unpacked ({error}); it is passed over, copy the archive again"));
        }
        self.ended = true;
        open::unreadable(self.name, error)
    }
}

/// Where a pattern begins.
pub(super) fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|part| part == pattern)
}
