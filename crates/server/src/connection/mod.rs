//! Knows connections: how many there may be, how long one may say nothing, not read its answer or stay, and how they end when the
//! server stops.
//!
//! `axum::serve` has no time-out for a request's head, and hyper's own is inert without a timer; so the loop is ours.

mod registry;
mod state;
mod stream;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::HeaderValue;
use http::header::CONNECTION;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use sister_cities_api::ProblemKind;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service as _;

use self::registry::{Admission, ConnectionRegistry, Permit};
use self::state::ConnectionState;
use self::stream::DeadlineStream;
use crate::client_address::Peer;
use crate::config::TrustedProxies;
use crate::error::ApiError;
use crate::settings::Limits;

/// How long a connection of the reserve may take, from its beginning to its end.
const RESERVE_LIFE: Duration = Duration::from_secs(5);
/// How long a client is waited for once the server is to stop.
const PATIENCE_AT_STOP: Duration = Duration::from_secs(2);
/// How long a request waits that was sent before the one before it was answered. No client that is known does so (RFC 9112, 9.3.2 allows it); who sends
/// thousands at once would keep the others waiting.
const EARLY_WAITS: Duration = Duration::from_millis(250);
/// After how long somebody that was refused may come again.
const COME_AGAIN: Duration = Duration::from_secs(5);

/// Accepts connections until `stop`, then lets accepted requests finish within the grace.
pub(crate) async fn accept(
    listener: TcpListener,
    router: Router,
    limits: &Limits,
    proxies: TrustedProxies,
    stop: CancellationToken,
) {
    let tracker = TaskTracker::new();
    let registry = ConnectionRegistry::new(limits, proxies);
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => match registry.admit(peer) {
                Admission::Served(permit) => {
                    tracker.spawn(serve_connection(stream, permit, router.clone(), limits, stop.clone()));
                }
                Admission::Reserve(permit) => {
                    tracing::warn!(%peer, "there is no room: too many connections at a time");
                    tracker.spawn(serve_reserve(stream, permit, router.clone(), limits));
                }
                Admission::Refused => tracing::warn!(%peer, "connection cut: too many at a time"),
            },
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
    permit: Permit,
    router: Router,
    limits: &Limits,
    stop: CancellationToken,
) -> impl Future<Output = ()> + Send + 'static {
    let state = permit.state.clone();
    let peer = state.peer;
    let patience = limits.send;
    let requests_left = Arc::new(AtomicU32::new(limits.requests_per_connection));
    let of_requests = state.clone();
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let early_since = of_requests.takes_up_request();
        let left = requests_left.fetch_sub(1, Ordering::Relaxed);
        let answer = router.clone().call(with_peer(request, peer, &of_requests));
        let state = of_requests.clone();
        async move {
            if early_since.is_some() {
                tokio::time::sleep(EARLY_WAITS).await;
            }
            let mut response = answer.await.unwrap_or_else(|never| match never {});
            // Who never waits for an answer never reads one either.
            if left <= 1 || early_since.is_some_and(|since| since.elapsed() > patience) {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            state.waits_for_request();
            Ok::<Response, Infallible>(response)
        }
    });
    let builder = http1_builder(limits);
    let (life, grace) = (limits.connection_life, limits.shutdown_grace);
    async move {
        // Small replies leave at once.
        let _ = stream.set_nodelay(true);
        bound_unsent(&stream);
        let stream = DeadlineStream::new(stream, state.clone(), patience);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = state.evicted.cancelled() => {
                tracing::debug!(%peer, "connection made way for another");
                Ok(())
            }
            () = tokio::time::sleep(life) => {
                connection.as_mut().graceful_shutdown();
                tokio::time::timeout(grace, connection).await.unwrap_or(Ok(()))
            }
            () = stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                tokio::select! {
                    ended = connection => ended,
                    () = state.has_waited(PATIENCE_AT_STOP) => Ok(()),
                }
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%peer, %error, "connection ended early");
        }
        drop(permit);
    }
}

/// The system takes over no more of an answer than the client is about to read: else one that never reads costs megabytes, and the time to
/// copy them. What is on its way is not bounded, so a long line is filled all the same.
#[cfg(target_os = "linux")]
fn bound_unsent(stream: &TcpStream) {
    /// Bytes.
    const UNSENT_AT_MOST: u32 = 64 << 10;
    // Where the system does not let it, its own bound holds.
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_AT_MOST);
}

#[cfg(not(target_os = "linux"))]
const fn bound_unsent(_stream: &TcpStream) {}

/// Serves one request of a connection for which there is no room: whether the server lives, or that it is full.
fn serve_reserve(
    stream: TcpStream,
    permit: Permit,
    router: Router,
    limits: &Limits,
) -> impl Future<Output = ()> + Send + 'static {
    let (state, peer) = (permit.state.clone(), permit.state.peer);
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let lives = request.uri().path() == "/livez";
        let mut router = router.clone();
        let request = with_peer(request, peer, &state);
        async move {
            Ok::<Response, Infallible>(if lives {
                router.call(request).await.unwrap_or_else(|never| match never {})
            } else {
                crate::outer::refused(&request, no_room())
            })
        }
    });
    let mut builder = http1_builder(limits);
    builder.keep_alive(false);
    async move {
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        // What becomes of it matters to nobody here.
        let _ = tokio::time::timeout(RESERVE_LIFE, connection).await;
        drop(permit);
    }
}

fn no_room() -> Response {
    ApiError::new(ProblemKind::Overloaded)
        .detail("there are as many connections as there may be")
        .retry_after(COME_AGAIN)
        .into_response()
}

fn http1_builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read)
        .max_buf_size(limits.head * HEAD_ROOM);
    builder
}

/// How much longer a head may be than it is allowed to be for the refusal to have a body.
const HEAD_ROOM: usize = 4;

fn with_peer(request: hyper::Request<Incoming>, peer: SocketAddr, state: &Arc<ConnectionState>) -> Request {
    let mut request = request.map(|body| Body::new(WatchedBody { inner: body, state: state.clone() }));
    request.extensions_mut().insert(Peer(peer));
    request
}

/// The body of a request, which says when its client is waited for.
struct WatchedBody {
    inner: Incoming,
    state: Arc<ConnectionState>,
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        if frame.is_pending() {
            self.state.waits_for_request();
        } else {
            self.state.is_at_work();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
