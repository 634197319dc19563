//! Which words of a text are looked for: most need no key.

/// Which words are wanted of a text: by first byte, and length in bytes, of their folded letters.
#[derive(Debug, Clone)]
pub struct Wanted {
    lengths: Vec<u64>,
}

impl Default for Wanted {
    fn default() -> Self {
        Wanted { lengths: vec![0; 256] }
    }
}

impl Wanted {
    /// Wants words with these folded letters, or that begin with them.
    pub fn add(&mut self, letters: &[u8], beginning: bool) {
        let Some(lengths) = letters.first().and_then(|first| self.lengths.get_mut(usize::from(*first))) else { return };
        let bit = 1u64 << letters.len().min(63);
        // `ky` is kept as `ki`; a number may have leading zeros.
        *lengths |= if beginning { !(bit - 1) } else { bit };
    }

    pub(super) fn has(&self, letters: &str) -> bool {
        let first = letters.as_bytes().first().map_or(0, |first| usize::from(*first));
        first == usize::from(b'0') || self.lengths[first] >> letters.len().min(63) & 1 == 1
    }
}
