//! Which part of a file a request wants: `Range` and `If-Range` (RFC 9110, 13.1.5 and 14).

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What of a file is wanted.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// All of it: no part, several, or a part in words that are not known, which a server may take for none.
    Whole,
    /// From a byte to a byte, both in it.
    Part(u64, u64),
    /// A part that it does not have.
    Beyond,
}

/// Puts the wanted part into plain words for those that answer, or refuses it.
pub async fn part(mut request: Request, next: Next) -> Response {
    let Some(range) = request.headers().get(header::RANGE).cloned() else { return next.run(request).await };
    let mut ask = Request::new(Body::empty());
    *ask.method_mut() = Method::HEAD;
    *ask.uri_mut() = request.uri().clone();
    let file = next.clone().run(ask).await;
    let length = file.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let same = request.headers().get(header::IF_RANGE).is_none_or(|condition| is_of(condition, file.headers()));
    let wanted = match (length, range.to_str()) {
        (Some(length), Ok(range)) if same && file.status() == StatusCode::OK => wanted(range, length),
        _ => Wanted::Whole,
    };
    request.headers_mut().remove(header::RANGE);
    match wanted {
        Wanted::Beyond => {
            let all = format!("bytes */{}", length.unwrap_or(0));
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, all)]).into_response();
        }
        Wanted::Part(first, last) => {
            if let Ok(range) = HeaderValue::from_str(&format!("bytes={first}-{last}")) {
                request.headers_mut().insert(header::RANGE, range);
            }
        }
        Wanted::Whole => (),
    }
    next.run(request).await
}

/// Whether a condition names the file as it is now: by its tag, or by its day and second. A weak tag never does.
fn is_of(condition: &HeaderValue, now: &HeaderMap) -> bool {
    let tag = condition.as_bytes().starts_with(b"\"");
    now.get(if tag { header::ETAG } else { header::LAST_MODIFIED }) == Some(condition)
}

/// What a `Range` wants of a file of so many bytes.
fn wanted(range: &str, length: u64) -> Wanted {
    let Some((unit, range)) = range.split_once('=') else { return Wanted::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Wanted::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    match (number(first), number(last)) {
        _ if !(first.bytes().chain(last.bytes()).all(|digit| digit.is_ascii_digit())) => Wanted::Whole,
        (Some(first), Some(last)) if first > last => Wanted::Whole,
        (Some(first), last) if first < length => Wanted::Part(first, last.unwrap_or(u64::MAX).min(length - 1)),
        (None, Some(last)) if last > 0 && length > 0 => Wanted::Part(length.saturating_sub(last), length - 1),
        (None, None) => Wanted::Whole,
        _ => Wanted::Beyond,
    }
}

/// Digits as a number, the largest for those that are larger; `None` for none.
fn number(digits: &str) -> Option<u64> {
    if digits.is_empty() { None } else { Some(digits.parse().unwrap_or(u64::MAX)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_rfc_says() {
        for (range, expected) in [
            ("bytes=0-3", Wanted::Part(0, 3)),
            ("bytes=3-", Wanted::Part(3, 10)),
            ("bytes=-3", Wanted::Part(8, 10)),
            ("bytes=-99", Wanted::Part(0, 10)),
            ("BYTES = 0-99", Wanted::Part(0, 10)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0, 10)),
            ("bytes=11-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=99999999999999999999999-", Wanted::Beyond),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
        ] {
            assert_eq!(wanted(range, 11), expected, "{range}");
        }
    }

    #[test]
    fn an_empty_file_has_no_part() {
        for range in ["bytes=0-", "bytes=0-0", "bytes=-1"] {
            assert_eq!(wanted(range, 0), Wanted::Beyond, "{range}");
        }
    }
}
