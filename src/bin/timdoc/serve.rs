//! `timdoc serve`: a folder on this machine's loopback address.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use timdoc::{Error, Result};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::out;

/// Serve a folder on http://127.0.0.1, to try a library or a page.
///
/// Only this machine can reach it. Range requests are answered. Files of a library, whose names change with their
/// content, may be kept for ever; all others are asked for anew each time. With --strict-csp every answer carries the strictest
/// Content-Security-Policy that timdoc's pages work under.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  timdoc serve dist --port 8000")]
pub struct Args {
    /// The folder.
    dir: PathBuf,
    /// The port; 0 for any that is free. By default 8017 or the next that is free.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Send the strict Content-Security-Policy.
    #[arg(long)]
    strict_csp: bool,
}

const PORT: u16 = 8017;
/// A year, which is for ever.
const FOREVER: &str = "public, max-age=31536000, immutable";
const CSP: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; \
    base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types timdoc";

pub fn run(args: &Args) -> Result<ExitCode> {
    let wrong = |error: std::io::Error| Error::io("serve", args.dir.display(), &error);
    if !args.dir.is_dir() {
        return Err(Error::input(args.dir.display(), "there is no such folder; build it first, or name another"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(wrong)?;
    runtime.block_on(async {
        let listener = listen(args.port).await?;
        let address = listener.local_addr().map_err(wrong)?;
        out::write(&format!("http://{address}/\n"))?;
        axum::serve(listener, router(args)).with_graceful_shutdown(interrupted()).await.map_err(wrong)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn router(args: &Args) -> Router {
    let mut headers = vec![(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::REFERRER_POLICY, "same-origin")];
    if args.strict_csp {
        headers.push((header::CONTENT_SECURITY_POLICY, CSP));
    }
    let layer = |router: Router, (name, value): (HeaderName, &'static str)| {
        router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    };
    let folder = Router::new().fallback_service(ServeDir::new(&args.dir)).layer(from_fn(cached));
    headers.into_iter().fold(folder, layer)
}

/// Says how long an answer may be kept: the headers that the pages of a host should have too.
async fn cached(request: Request, next: Next) -> Response {
    let forever = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let value = if forever && response.status().is_success() { FOREVER } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}

/// Whether a file of a library has the hash of its content in its name: `terms-0f77d925e82fbbb0.bin`.
fn is_hashed(path: &str) -> bool {
    let hash = path.strip_suffix(".bin").and_then(|name| name.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

async fn listen(port: Option<u16>) -> Result<TcpListener> {
    let ports = match port {
        Some(port) => port..=port,
        None => PORT..=PORT + 50,
    };
    let mut last = None;
    for port in ports {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(Error::io("listen on", address, &error)),
        }
    }
    Err(last.unwrap_or_else(|| Error::input("the port", "none is free; give another with --port")))
}

async fn interrupted() {
    // Without a handler the process would end at once all the same.
    let _ = tokio::signal::ctrl_c().await;
}
