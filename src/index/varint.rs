//! Whole numbers in one to ten bytes, seven bits each, the lowest first (LEB128).

use crate::{Error, Result};

/// Appends a number.
pub fn write(value: u64, out: &mut Vec<u8>) {
    let mut rest = value;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// A cursor over bytes that checks every bound.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    place: &'static str,
}

impl<'a> Reader<'a> {
    /// Reads `bytes` from the start; `place` names them in errors.
    #[must_use]
    pub fn new(bytes: &'a [u8], place: &'static str) -> Self {
        Reader { bytes, at: 0, place }
    }

    /// The next number.
    ///
    /// # Errors
    /// `damaged` when the bytes end or the number has more than 64 bits.
    pub fn varint(&mut self) -> Result<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or_else(|| self.short())?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Error::damaged(self.place, "a number is too long"))
    }

    /// The next number, as an index of at most `limit`.
    ///
    /// # Errors
    /// `damaged` when the bytes end or the number is larger.
    pub fn bounded(&mut self, limit: usize) -> Result<usize> {
        let value = self.varint()?;
        match usize::try_from(value) {
            Ok(value) if value <= limit => Ok(value),
            _ => Err(Error::damaged(self.place, "a number is out of range")),
        }
    }

    /// The next number of 32 bits.
    ///
    /// # Errors
    /// `damaged` when the bytes end or the number is larger.
    pub fn u32(&mut self) -> Result<u32> {
        u32::try_from(self.varint()?).map_err(|_| Error::damaged(self.place, "a number is out of range"))
    }

    /// The next `length` bytes.
    ///
    /// # Errors
    /// `damaged` when there are fewer.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(length).ok_or_else(|| self.short())?;
        let slice = self.bytes.get(self.at..end).ok_or_else(|| self.short())?;
        self.at = end;
        Ok(slice)
    }

    /// The next text: its length in bytes as a varint, then UTF-8.
    ///
    /// # Errors
    /// `damaged` when it is cut or no UTF-8.
    pub fn text(&mut self) -> Result<&'a str> {
        let length = self.bounded(self.bytes.len())?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Error::damaged(self.place, "a text is no UTF-8"))
    }

    /// Four bytes, the lowest first.
    ///
    /// # Errors
    /// `damaged` when there are fewer.
    pub fn fixed_u32(&mut self) -> Result<u32> {
        let bytes = self.bytes(4)?;
        Ok(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
    }

    /// All bytes not read yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// Whether everything was read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn short(&self) -> Error {
        Error::damaged(self.place, "it ends too early")
    }
}

/// Appends a text: its length in bytes as a varint, then UTF-8.
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    write(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_trip() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|n| write(*n, &mut bytes));
        let mut reader = Reader::new(&bytes, "test");
        for number in numbers {
            assert_eq!(reader.varint(), Ok(number));
        }
        assert!(reader.is_done());
    }

    #[test]
    fn cut_or_endless_numbers_are_errors() {
        assert!(Reader::new(&[0x80], "test").varint().is_err());
        assert!(Reader::new(&[0xff; 11], "test").varint().is_err());
        assert!(Reader::new(&[5, b'a'], "test").text().is_err());
        assert!(Reader::new(&[1, 0xff], "test").text().is_err());
    }
}
