//! What did the server answer? Its status, and the body without chunks and compression (RFC 9112).

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::ingest::MOST_BYTES;

/// What an answer holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A page of HTML.
    Page {
        /// Its bytes.
        body: Vec<u8>,
        /// The encoding its header declares.
        charset: Option<String>,
    },
    /// What is no page, by what it is called in reports.
    Other(&'static str),
    /// A page that cannot be read, and why.
    Broken(String),
}

/// Takes an answer apart.
pub(super) fn answer(block: &[u8]) -> Answer {
    let ends = [(&b"\r\n\r\n"[..], 4), (&b"\n\n"[..], 2)];
    let head_end = ends.iter().filter_map(|(end, size)| Some((super::record::find(block, end)?, *size))).min();
    let Some((end, size)) = head_end else {
        return Answer::Broken("the answer has no end of its headers; it is damaged".to_owned());
    };
    let (head, body) = (block.get(..end).unwrap_or_default(), block.get(end + size..).unwrap_or_default());
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    if !status.starts_with('2') {
        return Answer::Other(if status.starts_with('3') { "redirections" } else { "answers that are errors" });
    }
    let header = |wanted: &str| {
        let mut all = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        all.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let kind = header("content-type").unwrap_or_default();
    if !kind.is_empty() && !is_html(&kind) {
        return Answer::Other("files that are no pages");
    }
    // Some programs store the body without chunks and leave the header as it was.
    let is_chunked = header("transfer-encoding").is_some_and(|value| value.contains("chunked"));
    let joined = if is_chunked { chunks(body) } else { None };
    let body = joined.as_deref().unwrap_or(body);
    let unpacked = match header("content-encoding").unwrap_or_default().as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => limited(MultiGzDecoder::new(body)),
        "deflate" if body.first().is_some_and(|b| b & 0x0F == 8) => limited(ZlibDecoder::new(body)),
        "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => match zstd::stream::read::Decoder::new(body) {
            Ok(decoder) => limited(decoder),
            Err(error) => Err(error.to_string()),
        },
        "br" if std::str::from_utf8(body).is_err() => Err("it is compressed with brotli, which is not read".to_owned()),
        _ => Ok(body.to_vec()),
    };
    match unpacked {
        Ok(body) if kind.is_empty() && !body.trim_ascii_start().starts_with(b"<") => {
            Answer::Other("files that are no pages")
        }
        Ok(body) if body.trim_ascii().is_empty() => Answer::Other("empty answers"),
        Ok(body) => Answer::Page { body, charset: charset(&kind) },
        Err(reason) => Answer::Broken(format!("the page cannot be unpacked: {reason}")),
    }
}

/// A page that was stored without the server's headers.
pub(super) fn resource(content_type: &str, body: Vec<u8>) -> Answer {
    let kind = content_type.to_ascii_lowercase();
    if is_html(&kind) {
        Answer::Page { body, charset: charset(&kind) }
    } else {
        Answer::Other("files that are no pages")
    }
}

fn is_html(kind: &str) -> bool {
    kind.starts_with("text/html") || kind.starts_with("application/xhtml")
}

fn charset(kind: &str) -> Option<String> {
    let (_, value) = kind.split_once("charset=")?;
    let value = value.trim_matches(['"', '\'', ' ']);
    Some(value.split([';', ' ', '"']).next().unwrap_or(value).to_owned())
}

/// Reads what is unpacked, up to the limit for files.
fn limited(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    reader.take(MOST_BYTES as u64 + 1).read_to_end(&mut body).map_err(|error| error.to_string())?;
    if body.len() > MOST_BYTES {
        return Err(format!("it is larger than {} MiB", MOST_BYTES >> 20));
    }
    Ok(body)
}

/// The body without its chunks; `None` when it is not in chunks. A cut one gives what is there.
fn chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(64).position(|b| *b == b'\n');
        let line = end.and_then(|end| rest.get(..end)).and_then(|line| std::str::from_utf8(line).ok());
        let size = line.and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let (Some(end), Some(size)) = (end, size) else {
            return (!joined.is_empty()).then_some(joined);
        };
        rest = rest.get(end + 1..).unwrap_or_default();
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(rest.get(..size).unwrap_or(rest));
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}
