//! Streams of bits: gaps in Rice code, counts in Elias gamma code.
//!
//! Bits fill each byte from the lowest. Sources: Rice and Plaunt 1971 (adaptive variable-length coding); Elias 1975
//! (universal codeword sets); Witten, Moffat, Bell, *Managing Gigabytes*, section 3.3, for gaps of postings.

use crate::{Error, Result};

/// Writes bits.
#[derive(Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `width` bits (0 to 32) of a value.
    pub fn bits(&mut self, value: u64, width: u32) {
        self.pending |= (value & ((1u64 << width) - 1)) << self.count;
        self.count += width;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// Appends `zeros` zero bits and a one.
    pub fn unary(&mut self, zeros: u64) {
        let mut rest = zeros;
        while rest >= 32 {
            self.bits(0, 32);
            rest -= 32;
        }
        self.bits(1 << rest, rest as u32 + 1);
    }

    /// Appends a value in Rice code with `k` low bits (0 to 31).
    pub fn rice(&mut self, value: u64, k: u32) {
        self.unary(value >> k);
        self.bits(value, k);
    }

    /// Appends a value of 1 or more in Elias gamma code.
    pub fn gamma(&mut self, value: u32) {
        let width = 31 - value.max(1).leading_zeros();
        self.unary(u64::from(width));
        self.bits(u64::from(value), width);
    }

    /// How many bits were written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len() * 8 + self.count as usize
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, the last one filled with zeros.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// Reads bits and checks every bound.
#[derive(Debug, Clone)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    /// Reads `bytes` from bit `at`.
    #[must_use]
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        BitReader { bytes, at }
    }

    /// The bit that is read next.
    #[must_use]
    pub fn position(&self) -> usize {
        self.at
    }

    /// At least 56 bits from here, zeros beyond the end.
    fn window(&self) -> u64 {
        let from = self.at / 8;
        let word = match self.bytes.get(from..from + 8) {
            Some(bytes) => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            None => {
                self.bytes.get(from..).unwrap_or(&[]).iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
            }
        };
        word >> (self.at % 8)
    }

    fn advance(&mut self, bits: usize) -> Result<()> {
        self.at += bits;
        if self.at > self.bytes.len() * 8 { Err(Error::damaged("postings", "they end too early")) } else { Ok(()) }
    }

    /// The next `width` bits (0 to 32).
    ///
    /// # Errors
    /// `damaged` when there are fewer.
    pub fn bits(&mut self, width: u32) -> Result<u64> {
        let value = self.window() & ((1u64 << width) - 1);
        self.advance(width as usize)?;
        Ok(value)
    }

    /// The number of zeros before the next one.
    ///
    /// # Errors
    /// `damaged` when there is no one left.
    pub fn unary(&mut self) -> Result<u64> {
        let mut zeros = 0u64;
        loop {
            let run = self.window().trailing_zeros().min(56);
            if run < 56 {
                self.advance(run as usize + 1)?;
                return Ok(zeros + u64::from(run));
            }
            zeros += 56;
            self.advance(56)?;
        }
    }

    /// The next value in Rice code.
    ///
    /// # Errors
    /// `damaged` when it is cut.
    pub fn rice(&mut self, k: u32) -> Result<u64> {
        let high = self.unary()?;
        Ok(high << k | self.bits(k)?)
    }

    /// The next value in Elias gamma code.
    ///
    /// # Errors
    /// `damaged` when it is cut or has more than 32 bits.
    pub fn gamma(&mut self) -> Result<u32> {
        let width = self.unary()?;
        if width > 31 {
            return Err(Error::damaged("postings", "a count is too large"));
        }
        let width = width as u32;
        Ok(1 << width | self.bits(width)? as u32)
    }
}

/// The number of low bits that makes Rice code short for `count` increasing numbers below `bound`.
///
/// For a mean gap g the best k is close to log2(0.69 g) (Golomb 1966 for geometric gaps).
#[must_use]
pub fn rice_parameter(count: usize, bound: usize) -> u32 {
    let gap = bound * 69 / (count.max(1) * 100);
    if gap == 0 { 0 } else { usize::BITS - 1 - gap.leading_zeros() }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(values in proptest::collection::vec((1u32..1 << 20, 0u32..12), 0..200)) {
            let mut writer = BitWriter::default();
            for (value, k) in &values {
                writer.gamma(*value);
                writer.rice(u64::from(value % 5000), *k);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes, 0);
            for (value, k) in &values {
                prop_assert_eq!(reader.gamma(), Ok(*value));
                prop_assert_eq!(reader.rice(*k), Ok(u64::from(value % 5000)));
            }
        }

        #[test]
        fn any_bytes_end_in_an_error_or_a_value(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = BitReader::new(&bytes, 0);
            while reader.gamma().is_ok() && reader.rice(3).is_ok() {}
            prop_assert!(reader.position() <= bytes.len() * 8 + 64);
        }
    }

    #[test]
    fn the_parameter_follows_the_mean_gap() {
        assert_eq!(rice_parameter(5000, 10_000), 0);
        assert_eq!(rice_parameter(10, 10_000), 9);
        assert_eq!(rice_parameter(0, 10_000), 12);
    }
}
