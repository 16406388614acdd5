//! The way to a mail server: of what it says no more is read than answers need, so that one that never stops costs no memory.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use rustls::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsConnector;

use super::config::InvalidSmtpConfig;

/// The most bytes that a server may say for one mail: some lines, and its certificates.
const MOST: usize = 64 * 1024;

/// How much a server may still say.
#[derive(Clone, Debug)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicUsize::new(MOST)))
    }

    /// As much as for a mail, whatever was said before.
    pub(super) fn refill(&self) {
        self.0.store(MOST, Ordering::Relaxed);
    }
}

/// A stream that ends with an error when its budget is spent.
pub(super) struct Bounded<S> {
    stream: S,
    peer: SocketAddr,
    budget: Budget,
}

impl<S> Bounded<S> {
    pub(super) const fn new(stream: S, peer: SocketAddr, budget: Budget) -> Self {
        Self { stream, peer, budget }
    }
}

impl<S> fmt::Debug for Bounded<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounded")
            .field("peer", &self.peer)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let left = this.budget.0.load(Ordering::Relaxed);
        if left == 0 {
            return Poll::Ready(Err(io::Error::other("the mail server says more than an answer")));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(cx, buffer))?;
        let said = buffer.filled().len().saturating_sub(before);
        this.budget.0.store(left.saturating_sub(said), Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> AsyncTokioStream for Bounded<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

/// TLS from the first byte, with the authorities that the machine trusts and those given, in PEM.
pub(super) fn tls_connector(authorities: &[Vec<u8>]) -> Result<TlsConnector, InvalidSmtpConfig> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut roots: Vec<CertificateDer<'static>> = Vec::new();
    for authority in authorities {
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(authority).collect();
        roots.extend(read.map_err(refused)?);
    }
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(refused)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refused)?
        // The verifier is that of the machine, which the builder counts as one of ours.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// That TLS cannot be set up.
fn refused(error: impl fmt::Display) -> InvalidSmtpConfig {
    InvalidSmtpConfig::Tls { detail: error.to_string() }
}
