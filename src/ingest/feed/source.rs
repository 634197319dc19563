//! A feed as a stream of UTF-8 that never holds more than an item.
//!
//! A feed that begins as UTF-8 is read piece by piece, broken letters replaced as browsers do. Any other is held as a
//! whole while its encoding is found, up to the limit for files.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use crate::error::Result;
use crate::ingest::{MOST_BYTES, open};

/// Bytes by which the encoding is told.
const HEAD: usize = 1 << 16;

/// A document of XML while it is read.
pub(in crate::ingest) struct Source<'r> {
    /// Its text.
    pub(in crate::ingest) text: Box<dyn BufRead + 'r>,
    left: Rc<Cell<usize>>,
}

impl<'r> Source<'r> {
    /// Finds the encoding of a document.
    pub(in crate::ingest) fn open(name: &str, mut reader: &'r mut dyn Read) -> Result<Self> {
        let left = Rc::new(Cell::new(MOST_BYTES));
        let mut head = Vec::new();
        (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(|e| open::unreadable(name, &e))?;
        // A letter may be cut at the end of the head, nowhere else.
        let right = std::str::from_utf8(&head).map_or_else(|e| e.error_len().is_none(), |_| true);
        let text: Box<dyn BufRead + 'r> = if right && !head.is_empty() {
            let whole = Cursor::new(head).chain(reader);
            Box::new(BufReader::new(Lossy {
                inner: whole,
                ready: Vec::new(),
                at: 0,
                cut: Vec::new(),
                left: left.clone(),
            }))
        } else {
            let text = open::markup(name, &mut Cursor::new(head).chain(reader), None)?;
            Box::new(Cursor::new(text.into_bytes()))
        };
        Ok(Source { text, left })
    }

    /// What says that a new item begins, so that another item's size may be read.
    pub(in crate::ingest) fn meter(&self) -> Meter {
        Meter(self.left.clone())
    }
}

/// Keeps the size of one item within bounds.
pub(in crate::ingest) struct Meter(Rc<Cell<usize>>);

impl Meter {
    pub(in crate::ingest) fn item_begins(&self) {
        self.0.set(MOST_BYTES);
    }

    /// Whether reading ended because an item is too large.
    pub(super) fn is_used_up(&self) -> bool {
        self.0.get() == 0
    }
}

/// Bytes as UTF-8, what is none as U+FFFD.
struct Lossy<R> {
    inner: R,
    ready: Vec<u8>,
    at: usize,
    /// The beginning of a letter whose rest is not read yet.
    cut: Vec<u8>,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Lossy<R> {
    /// Reads more; nothing is ready after it only at the end.
    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.at = 0;
        while self.ready.is_empty() {
            let mut piece = std::mem::take(&mut self.cut);
            let kept = piece.len();
            piece.resize(kept + (1 << 14), 0);
            let read = self.inner.read(piece.get_mut(kept..).unwrap_or_default())?;
            piece.truncate(kept + read);
            if piece.is_empty() {
                return Ok(());
            }
            if read > self.left.get() {
                self.left.set(0);
                return Err(io::Error::other(format!("an item is larger than {} MiB", MOST_BYTES >> 20)));
            }
            self.left.set(self.left.get() - read);
            let mut chunks = piece.utf8_chunks().peekable();
            while let Some(chunk) = chunks.next() {
                self.ready.extend_from_slice(chunk.valid().as_bytes());
                let is_cut = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
                if is_cut && chunks.peek().is_none() && read > 0 {
                    self.cut = chunk.invalid().to_vec();
                } else if !chunk.invalid().is_empty() {
                    self.ready.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Lossy<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.ready.len() {
            self.refill()?;
        }
        let read = self.ready.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
}
