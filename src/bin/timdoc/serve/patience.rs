//! A stream to a client, given up when the client takes next to nothing of what is written.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// How long a client is waited for that takes less than [`LEAST`].
const TIME: Duration = Duration::from_secs(15);
/// Bytes.
const LEAST: usize = 64 * 1024;

/// A stream whose writes fail when, from the first that had to wait, too little is taken in [`TIME`].
pub struct Patient<F> {
    stream: TcpStream,
    /// Is told whether the client is waited for.
    tell: F,
    /// Runs out for a client that is waited for, and how much it has taken since it was set.
    waiting: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<F: Fn(bool)> Patient<F> {
    /// Around a stream. `tell` is called with whether the client is waited for.
    pub fn new(stream: TcpStream, tell: F) -> Self {
        Patient { stream, tell, waiting: None }
    }

    /// What a write gave, or an error when the client has been waited for long enough.
    fn written(&mut self, wrote: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        (self.tell)(wrote.is_pending());
        match (&wrote, &mut self.waiting) {
            (Poll::Ready(Ok(bytes)), Some((end, taken))) => {
                *taken += bytes;
                if end.is_elapsed() {
                    self.waiting = None;
                }
            }
            (Poll::Pending, None) => self.waiting = Some((Box::pin(sleep(TIME)), 0)),
            _ => (),
        }
        if wrote.is_pending()
            && let Some((end, taken)) = &mut self.waiting
            && end.as_mut().poll(context).is_ready()
        {
            if *taken < LEAST {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            end.as_mut().reset(Instant::now() + TIME);
            *taken = 0;
            // So that it wakes this task.
            let _ = end.as_mut().poll(context);
        }
        wrote
    }
}

impl<F: Unpin> AsyncRead for Patient<F> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, to)
    }
}

impl<F: Fn(bool) + Unpin> AsyncWrite for Patient<F> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(wrote, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.written(wrote, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
