//! Knows how long a client may take to read its answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::state::ConnectionState;

/// The slowest that an answer may be read once the time for it is over, in bytes a second.
const SLOWEST: u64 = 16 << 10;

/// A connection to a client that must read: what is written and not taken ends it after a time.
pub(super) struct DeadlineStream<S> {
    inner: S,
    state: Arc<ConnectionState>,
    /// How long the client may take, beside what its slowest pace allows.
    patience: Duration,
    stall: Option<Stall>,
}

/// The client has not taken all that was written.
struct Stall {
    since: Instant,
    taken: u64,
    deadline: Pin<Box<Sleep>>,
}

impl<S> DeadlineStream<S> {
    pub(super) const fn new(inner: S, state: Arc<ConnectionState>, patience: Duration) -> Self {
        Self { inner, state, patience, stall: None }
    }

    /// What was written of `offered` bytes: all of it ends a stall, less begins one or goes on with it.
    fn written(&mut self, cx: &mut Context<'_>, offered: usize, taken: Poll<usize>) -> io::Result<()> {
        if taken == Poll::Ready(offered) {
            if self.stall.take().is_some() {
                self.state.was_read();
            }
            return Ok(());
        }
        let patience = self.patience;
        let stall = self.stall.get_or_insert_with(|| {
            let since = Instant::now();
            Stall { since, taken: 0, deadline: Box::pin(sleep_until(since + patience)) }
        });
        self.state.waits_for_reading();
        if let Poll::Ready(taken) = taken {
            stall.taken += taken as u64;
            let allowed = patience + Duration::from_secs(stall.taken / SLOWEST);
            stall.deadline.as_mut().reset(stall.since + allowed);
        }
        match stall.deadline.as_mut().poll(cx) {
            Poll::Ready(()) => {
                Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read its answer"))
            }
            Poll::Pending => Ok(()),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for DeadlineStream<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.inner).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            this.state.is_heard();
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for DeadlineStream<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let taken = Pin::new(&mut this.inner).poll_write(cx, buf)?;
        this.written(cx, buf.len(), taken)?;
        Poll::Ready(Ok(ready!(taken)))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let taken = Pin::new(&mut this.inner).poll_write_vectored(cx, bufs)?;
        this.written(cx, bufs.iter().map(|buf| buf.len()).sum(), taken)?;
        Poll::Ready(Ok(ready!(taken)))
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    fn pair(patience: Duration) -> (DeadlineStream<tokio::io::DuplexStream>, tokio::io::DuplexStream) {
        let (ours, theirs) = tokio::io::duplex(1 << 10);
        let state = Arc::new(ConnectionState::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 1))));
        (DeadlineStream::new(ours, state, patience), theirs)
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_never_reads_is_given_up() {
        let (mut ours, _theirs) = pair(Duration::from_secs(30));
        let begun = Instant::now();
        let error = ours.write_all(&[0; 4 << 10]).await.expect_err("it is never read");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_drips_is_given_up_and_one_on_a_slow_line_is_not() {
        for (pause, kept) in [(Duration::from_secs(5), false), (Duration::from_millis(50), true)] {
            let (mut ours, mut theirs) = pair(Duration::from_secs(30));
            let reading = tokio::spawn(async move {
                let mut some = [0; 1 << 10];
                while theirs.read(&mut some).await.is_ok_and(|read| read > 0) {
                    tokio::time::sleep(pause).await;
                }
            });
            assert_eq!(ours.write_all(&vec![0; 1 << 20]).await.is_ok(), kept, "{pause:?}");
            drop(ours);
            reading.await.expect("it ended");
        }
    }
}
