//! Which answer a request gets: the names it may ask under, the part of a file it wants, and the headers that the pages
//! of a host should have too.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

use super::folder::{Inside, is_plain};
use super::range::part;

/// A year, which is for ever.
const FOREVER: &str = "public, max-age=31536000, immutable";
const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; \
    base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types timdoc";
/// The names of this machine.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// What is answered from a folder. `more`: names that may be asked for besides those of this machine.
///
/// # Errors
/// When there is no such folder.
pub fn router(folder: &Path, strict_csp: bool, more: &[String]) -> std::io::Result<Router> {
    let inside = Inside::new(folder)?;
    let files = ServeDir::with_backend(inside.root(), inside.clone()).ignore_multi_range_requests(true);
    let names: Arc<[String]> = NAMES.into_iter().map(str::to_owned).chain(more.iter().cloned()).collect();
    let always = from_fn(move |request: Request, next: Next| async move {
        let mut response = next.run(request).await;
        let mut set = |name: HeaderName, value: &'static str| {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::REFERRER_POLICY, "same-origin");
        if strict_csp {
            set(header::CONTENT_SECURITY_POLICY, CSP);
        }
        response
    });
    // The last one is the first that a request meets.
    let router = Router::new().fallback_service(files).layer(from_fn(part)).layer(from_fn(cached));
    Ok(router.layer(from_fn_with_state(names, allowed)).layer(always))
}

/// Refuses what asks for another host's files or for no file of the folder. A page of the web whose name leads here (DNS
/// rebinding) asks under its own name.
async fn allowed(State(names): State<Arc<[String]>>, request: Request, next: Next) -> Response {
    if !asks_for(&request, &names) {
        let text = "timdoc serves this folder to this machine only, as http://localhost or http://127.0.0.1; \
                    --host allows another name.\n";
        return (StatusCode::MISDIRECTED_REQUEST, text).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    if !is_plain(request.uri().path()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}

/// Whether the names in a request's headers and in its line are all among these.
fn asks_for(request: &Request, names: &[String]) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next().map(HeaderValue::to_str);
    let line = request.uri().authority().map(|authority| authority.as_str());
    let known = |host: &str| {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => host,
        };
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let told = match host {
        Some(Ok(host)) => known(host),
        Some(Err(_)) => false,
        None => line.is_some(),
    };
    told && hosts.next().is_none() && line.is_none_or(known)
}

/// Says how long an answer may be kept, and in which letters a text is written.
async fn cached(request: Request, next: Next) -> Response {
    let forever = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let kept = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let value = if forever && kept { FOREVER } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    // What RFC 9239 calls it now.
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.map(|kind| if kind == "application/javascript" { "text/javascript" } else { kind });
    if let Some(kind) = kind.filter(|kind| kind.starts_with("text/") && !kind.contains(';'))
        && let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// Whether a file of a library has the hash of its content in its name: `terms-0f77d925e82fbbb0.bin`.
fn is_hashed(path: &str) -> bool {
    let hash = path.strip_suffix(".bin").and_then(|name| name.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
