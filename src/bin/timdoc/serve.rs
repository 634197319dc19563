//! `timdoc serve`: a folder on this machine's loopback address.

mod answer;
mod connections;
mod folder;
mod patience;
mod range;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use timdoc::{Error, Result};
use tokio::net::TcpListener;

use super::out;

/// Serve a folder on http://127.0.0.1, to try a library or a page.
///
/// Only this machine can reach it, and only under the names of this machine: a page of the web that makes its own name
/// lead here is refused. Nothing outside the folder is served, not by a link either. Range requests are answered. Files
/// of a library, whose names change with their content, may be kept for ever; all others are asked for anew each time.
/// With --strict-csp every answer carries the strictest Content-Security-Policy that timdoc's pages work under. It is
/// for trying, not for the public: put a web server there.
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
    /// Another name that browsers may ask for, besides localhost, 127.0.0.1 and [::1], such as that of a tunnel to this
    /// machine; may be given several times.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

const PORT: u16 = 8017;

pub fn run(args: &Args) -> Result<ExitCode> {
    let wrong = |error: std::io::Error| Error::io("serve", args.dir.display(), &error);
    if !args.dir.is_dir() {
        return Err(Error::input(args.dir.display(), "there is no such folder; build it first, or name another"));
    }
    let service = answer::router(&args.dir, args.strict_csp, &args.host).map_err(wrong)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        // Each reads a piece of a file.
        .max_blocking_threads(8)
        .build()
        .map_err(wrong)?;
    runtime.block_on(async {
        let listener = listen(args.port).await?;
        let address = listener.local_addr().map_err(wrong)?;
        out::write(&format!("http://{address}/\n"))?;
        connections::serve(listener, service).await;
        Ok::<(), Error>(())
    })?;
    // A thread that still reads a file is not waited for.
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
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
