//! CRC-32 (ISO 3309, the polynomial of gzip and PNG, reflected), over everything that is read from a bundle.
//!
//! A check also covers where the bytes stand (the kind of file and the offset), so that a host which answers a range
//! request with the wrong range is noticed too.

const TABLE: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut n = 0;
    while n < 256 {
        let mut c = n as u32;
        let mut k = 0;
        while k < 8 {
            c = if c & 1 != 0 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
            k += 1;
        }
        table[n] = c;
        n += 1;
    }
    table
};

/// The CRC-32 of bytes.
///
/// ```
/// assert_eq!(timdoc::index::crc::crc32(b"123456789"), 0xcbf4_3926);
/// ```
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    !update(!0, bytes)
}

/// The CRC-32 of bytes that stand at `offset` of the space `kind`.
#[must_use]
pub fn crc32_at(kind: u8, offset: u64, bytes: &[u8]) -> u32 {
    let mut place = [0; 9];
    place[0] = kind;
    place[1..].copy_from_slice(&offset.to_le_bytes());
    !update(update(!0, &place), bytes)
}

fn update(crc: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(crc, |crc, byte| TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8))
}
