//! Connections: how many there are at once, and how long each may take.
//!
//! | what | bound |
//! | --- | --- |
//! | connections at once | 256; one more takes the place of the one that has waited longest for its client, half a second at the least |
//! | line and headers of a request | 16 KB, 100 headers, 15 s; as long a connection may be idle |
//! | body of a request | none is read |
//! | a client that takes an answer slowly | 64 KB in 15 s at the least, once it has the system's buffers full |
//!
//! So memory is bounded (about 100 KB a connection), and who opens thousands of connections and is silent cannot keep
//! others out: they wait their turn for a moment.

use std::collections::HashMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, header};
use axum::response::Response;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use super::patience::Patient;

/// Connections at once.
const MOST: usize = 256;
/// Bytes of a request without its body.
const HEAD: usize = 16 * 1024;
/// For which no connection is given up.
const GRACE: Duration = Duration::from_millis(500);
/// For the line and headers of a request, and between two requests.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// After an interruption, for answers that are on their way.
const LAST: Duration = Duration::from_millis(500);

/// The connections there are.
#[derive(Clone, Default)]
struct Open(Arc<Mutex<HashMap<u64, Connection>>>);

struct Connection {
    task: Option<AbortHandle>,
    /// Since when it has asked for nothing.
    idle: Option<Instant>,
    /// Since when it takes nothing of its answer.
    stalled: Option<Instant>,
}

impl Open {
    fn with<T>(&self, change: impl FnOnce(&mut HashMap<u64, Connection>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a place, when there is one or one can be had.
    fn enter(&self, number: u64) -> Option<Place> {
        let entered = self.with(|open| {
            if open.len() >= MOST {
                let waits = |connection: &Connection| connection.idle.or(connection.stalled);
                let longest = open.iter().filter_map(|(number, connection)| Some((waits(connection)?, *number))).min();
                let (_, number) = longest.filter(|(since, _)| since.elapsed() >= GRACE)?;
                if let Some(task) = open.remove(&number).and_then(|connection| connection.task) {
                    task.abort();
                }
            }
            open.insert(number, Connection { task: None, idle: Some(Instant::now()), stalled: None });
            Some(())
        });
        entered.map(|()| Place { open: self.clone(), number })
    }
}

/// A place among the connections, given back when it is dropped.
struct Place {
    open: Open,
    number: u64,
}

impl Place {
    fn change(&self, change: impl FnOnce(&mut Connection)) {
        self.open.with(|open| open.get_mut(&self.number).map(change));
    }

    /// Whether the client takes nothing now.
    fn stalls(&self, stalls: bool) {
        self.change(|connection| match (stalls, connection.stalled) {
            (true, None) => connection.stalled = Some(Instant::now()),
            (false, Some(_)) => connection.stalled = None,
            _ => (),
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.with(|open| open.remove(&self.number));
    }
}

/// The body of an answer; when it is dropped, all of it is on its way.
struct Sent {
    body: Body,
    place: Arc<Place>,
}

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.place.change(|connection| connection.idle = Some(Instant::now()));
    }
}

/// Answers until the process is interrupted.
pub async fn serve(listener: TcpListener, router: Router) {
    let open = Open::default();
    let accepting = tokio::spawn(accept(listener, router, open.clone()));
    // Without a handler the process would end at once all the same.
    let _ = tokio::signal::ctrl_c().await;
    accepting.abort();
    let end = Instant::now() + LAST;
    while Instant::now() < end && open.with(|open| !open.is_empty()) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn accept(listener: TcpListener, router: Router, open: Open) {
    for number in 0.. {
        let Ok((stream, _)) = listener.accept().await else {
            // Files that may be open are used up, or the client has gone: others may have better luck in a moment.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let place = loop {
            match open.enter(number) {
                Some(place) => break Arc::new(place),
                None => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        };
        let task = tokio::spawn(connection(stream, router.clone(), Arc::clone(&place)));
        place.change(|connection| connection.task = Some(task.abort_handle()));
    }
}

async fn connection(stream: TcpStream, router: Router, place: Arc<Place>) {
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request: Request<Incoming>| {
        place.change(|connection| connection.idle = None);
        // What a client sends after the headers is not wanted.
        let (parts, body) = request.into_parts();
        let ends = body.is_end_stream();
        drop(body);
        let answer = router.call(Request::from_parts(parts, Body::empty()));
        let place = Arc::clone(&place);
        async move {
            let mut answer: Response = answer.await?;
            if !ends {
                answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer.map(|body| Sent { body, place }))
        }
    });
    let told = Arc::clone(&place);
    let stream = Patient::new(stream, move |stalls| told.stalls(stalls));
    // An error is the client's: it has gone, is too slow or sends what is no HTTP.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .max_header_size(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
