//! Knows connections: how many there may be, how long one may say nothing, and how they end when the server stops.
//!
//! `axum::serve` has no time-out for a request's head, and hyper's own is inert without a timer; so the loop is ours.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service as _;

use crate::config::Limits;

/// Accepts connections until `stop`, then lets accepted requests finish within the grace.
pub(crate) async fn accept(listener: TcpListener, router: Router, limits: &Limits, stop: CancellationToken) {
    let tracker = TaskTracker::new();
    let limiter = ConnectionLimiter::new(limits);
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                if let Some(permit) = limiter.acquire(peer.ip()) {
                    let connection = serve_connection(stream, peer, router.clone(), limits, stop.clone());
                    tracker.spawn(async move {
                        connection.await;
                        drop(permit);
                    });
                } else {
                    tracing::warn!(%peer, "connection refused: too many at a time");
                }
            }
            Err(error) => {
                // Out of file descriptors, mostly: a short rest, or the loop would spin.
                tracing::warn!(%error, "connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    tracker.close();
    if tokio::time::timeout(limits.shutdown_grace, tracker.wait()).await.is_err() {
        tracing::warn!(connections = tracker.len(), "connections cut off at the end of the grace");
    }
}

/// Serves one connection. The future owns all it needs.
fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: &Limits,
    stop: CancellationToken,
) -> impl Future<Output = ()> + Send + 'static {
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let answer = router.clone().call(request.map(Body::new) as Request);
        async move { Ok::<Response, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.header_read).max_buf_size(limits.head);
    async move {
        // Small replies leave at once.
        let _ = stream.set_nodelay(true);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%peer, %error, "connection ended early");
        }
    }
}

/// Counts the connections, in all and by address.
#[derive(Clone)]
struct ConnectionLimiter {
    counts: Arc<Mutex<Counts>>,
    most: usize,
    most_per_address: usize,
}

#[derive(Default)]
struct Counts {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The right to one connection, given back when dropped.
struct Permit {
    counts: Arc<Mutex<Counts>>,
    address: IpAddr,
}

impl ConnectionLimiter {
    fn new(limits: &Limits) -> Self {
        Self {
            counts: Arc::default(),
            most: limits.connections,
            most_per_address: limits.connections_per_address,
        }
    }

    fn acquire(&self, address: IpAddr) -> Option<Permit> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let here = counts.by_address.get(&address).copied().unwrap_or_default();
        if counts.total >= self.most || here >= self.most_per_address {
            return None;
        }
        counts.total += 1;
        counts.by_address.insert(address, here + 1);
        drop(counts);
        Some(Permit { counts: self.counts.clone(), address })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.total -= 1;
        if let Some(here) = counts.by_address.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                counts.by_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn doors_open_again_when_a_connection_ends() {
        let limits = Limits { connections: 3, connections_per_address: 2, ..Limits::default() };
        let limiter = ConnectionLimiter::new(&limits);
        let (here, there) =
            (IpAddr::from(Ipv4Addr::new(192, 0, 2, 1)), IpAddr::from(Ipv4Addr::new(192, 0, 2, 2)));
        let first = limiter.acquire(here);
        let second = limiter.acquire(here);
        assert!(first.is_some() && second.is_some());
        assert!(limiter.acquire(here).is_none(), "two from one address are enough");
        let third = limiter.acquire(there);
        assert!(third.is_some());
        assert!(limiter.acquire(there).is_none(), "three in all are enough");
        drop(first);
        assert!(limiter.acquire(here).is_some());
    }
}
