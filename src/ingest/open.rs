//! Files unpacked and decoded, never more in memory than the limit.

use std::io::{self, BufReader, Read};

use crate::error::{Error, Result};

use super::MOST_BYTES;
use super::encoding::{self, Hint};
use super::format::{Packing, packing};

/// The largest zstd window that is accepted, as a power of two: 128 MiB, what `zstd --long` writes by default.
const WINDOW_LOG: u32 = 27;

/// A file's bytes, unpacked while they are read.
pub(super) type Unpacked<'a> = BufReader<Box<dyn Read + 'a>>;

/// Unpacks a file as its name says.
pub(super) fn unpack<'a>(name: &str, reader: impl Read + 'a) -> Result<Unpacked<'a>> {
    let plain: Box<dyn Read + 'a> = match packing(name) {
        Packing::Plain => Box::new(reader),
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(reader)),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::new(reader).map_err(|e| unreadable(name, &e))?;
            decoder.window_log_max(WINDOW_LOG).map_err(|e| unreadable(name, &e))?;
            Box::new(decoder)
        }
    };
    Ok(BufReader::with_capacity(1 << 16, plain))
}

/// What a failed read becomes: a cut or wrong archive mostly.
pub(super) fn unreadable(place: &str, error: &io::Error) -> Error {
    match packing(place.rsplit_once(':').map_or(place, |(name, _)| name)) {
        Packing::Plain => Error::io("read", place, error),
        Packing::Gzip => Error::input(place, format!("cannot be unpacked as gzip ({error}); copy or pack it again")),
        Packing::Zstd => Error::input(
            place,
            format!(
                "cannot be unpacked as zstd ({error}); copy or pack it again, with a window of 2^{WINDOW_LOG} at most"
            ),
        ),
    }
}

/// A whole file as text, in whatever encoding it is: see [`encoding::decode`].
pub(super) fn text(name: &str, reader: &mut dyn Read) -> Result<String> {
    decoded(name, reader, Hint::default())
}

/// A whole file of HTML or XML as text. `declared` is the encoding that a header outside of it declares, if any.
pub(super) fn markup(name: &str, reader: &mut dyn Read, declared: Option<&str>) -> Result<String> {
    decoded(name, reader, Hint { markup: true, declared })
}

fn decoded(name: &str, reader: &mut dyn Read, hint: Hint<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    let limit = MOST_BYTES as u64 + 1;
    reader.take(limit).read_to_end(&mut bytes).map_err(|e| unreadable(name, &e))?;
    if bytes.len() > MOST_BYTES {
        let reason = format!("larger than {} MiB; split it, or give many articles as .jsonl", MOST_BYTES >> 20);
        return Err(Error::input(name, reason));
    }
    let text = encoding::decode(name, bytes, hint)?;
    if text.trim().is_empty() {
        return Err(Error::input(name, "the file is empty; remove it or fill it"));
    }
    Ok(text)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String> {
        text("a.txt", &mut &bytes[..])
    }

    #[test]
    fn byte_order_marks_are_not_text() {
        assert_eq!(read("\u{feff}Tin".as_bytes()).unwrap(), "Tin");
        assert_eq!(read(b"\xFF\xFET\0i\0n\0").unwrap(), "Tin");
        assert_eq!(read(b"\xFE\xFF\0T\0i\0n").unwrap(), "Tin");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        assert!(read(b"Tin \xFFx").unwrap_err().to_string().contains("byte 4"));
        assert!(read(b"\xFF\xFET").is_err());
        assert!(read(b"\xFF\xFE\x00\xD8").is_err());
    }

    #[test]
    fn a_file_of_nothing_is_an_error() {
        assert!(read(b"").is_err());
        assert!(read("\u{feff} \n".as_bytes()).is_err());
    }

    #[test]
    fn packed_files_are_unpacked_and_cut_ones_are_errors() {
        let packed = zstd::encode_all(&b"Tin"[..], 1).unwrap();
        let mut reader = unpack("a.txt.zst", packed.as_slice()).unwrap();
        assert_eq!(text("a.txt.zst", &mut reader).unwrap(), "Tin");
        let mut cut = unpack("a.txt.zst", packed.get(..packed.len() - 2).unwrap()).unwrap();
        assert!(text("a.txt.zst", &mut cut).unwrap_err().to_string().contains("zstd"));
        let mut wrong = unpack("a.txt.gz", &b"Tin"[..]).unwrap();
        assert!(text("a.txt.gz", &mut wrong).unwrap_err().to_string().contains("gzip"));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_without_reading_it_all() {
        let error = text("a.txt", &mut io::repeat(b'a')).unwrap_err();
        assert!(error.to_string().contains("32 MiB"));
    }
}
