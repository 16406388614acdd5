//! Knows how a server is put together, bound to an address, served and stopped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::header::ETAG;
use http::{Extensions, HeaderMap, StatusCode, Version};
use sister_cities_app::App;
use sister_cities_storage::CommitError;
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use crate::config::{ServerConfig, TrustedProxies};
use crate::connection::accept;
use crate::heavy::beside;
use crate::route::{Shared, no_such_method, no_such_path};
use crate::{cross_origin, metrics, outer, routes, unsubscribe};

const HOUSEKEEPING: Duration = Duration::from_mins(1);
/// How often it is looked for personal data that is no longer needed, and how long after the start first.
const RETENTION: Duration = Duration::from_hours(6);
const RETENTION_DELAY: Duration = Duration::from_mins(1);
const REPLIES_AT_ONCE: u32 = 1_000;

/// A server that has its address and is ready to serve.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    /// Another listener, for the numbers alone.
    metrics: Option<(TcpListener, SocketAddr)>,
    shared: Shared,
    config: ServerConfig,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BindError {
    /// The address is taken, or not of this machine, or needs more rights.
    #[error("cannot listen on {address}")]
    Address {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The key for cursors can be neither read nor stored.
    #[error("the key for cursors cannot be had from the database")]
    CursorKey(#[source] CommitError),
}

impl Server {
    /// Takes the address. From here on connections wait; they are answered once [`Server::serve`] runs.
    ///
    /// # Errors
    ///
    /// [`BindError`].
    pub async fn bind(config: ServerConfig, app: App) -> Result<Self, BindError> {
        let key = match config.cursor_key {
            Some(key) => key,
            None => *app.database().cursor_key().await.map_err(BindError::CursorKey)?.bytes(),
        };
        let (listener, address) = listen(config.address)?;
        let metrics = config.metrics_address.map(listen).transpose()?;
        let app = app.keeping_at_most(config.limits.kept_files);
        let shared = Shared::new(app, &config, key);
        let router = everything(&shared, &config);
        Ok(Self { listener, address, router, metrics, shared, config })
    }

    /// The address that was taken for `/metrics`, if it has one of its own.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|(_, address)| *address)
    }

    /// The address that was taken, with the port if a free one was asked for.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of all URLs: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until `shutdown` is done; then takes no more connections, lets accepted requests finish within the
    /// grace, and returns.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send) {
        let stop = CancellationToken::new();
        tracing::info!(address = %self.address, "listening");
        if !self.address.ip().to_canonical().is_loopback() && self.config.proxies.is_empty() {
            tracing::warn!(
                address = %self.address,
                "other machines reach this server without TLS, and what they send can be read on the way, tokens too: put a proxy with TLS before it, \
                 name that in trusted_proxies, and listen where only the proxy reaches it"
            );
        }
        let proxies = self.config.proxies.clone();
        let accepting = accept(self.listener, self.router, &self.config.limits, proxies, stop.clone());
        let app = self.shared.app.clone();
        let counting = match self.metrics {
            Some((listener, address)) => {
                tracing::info!(%address, "listening for who asks for metrics");
                let router =
                    assemble(metrics::route(Router::new(), &self.shared), &self.shared, &self.config);
                let (limits, stop) = (self.config.limits.clone(), stop.clone());
                Some(tokio::spawn(async move {
                    accept(listener, router, &limits, TrustedProxies::default(), stop).await;
                }))
            }
            None => None,
        };
        tokio::pin!(accepting);
        tokio::pin!(shutdown);
        let mut housekeeping = tokio::time::interval(HOUSEKEEPING);
        // A task of its own, as requests must not wait for it.
        let sweeping = tokio::spawn(beside("sweep", sweep(app.clone(), stop.clone())));
        loop {
            tokio::select! {
                () = &mut accepting => break,
                () = &mut shutdown, if !stop.is_cancelled() => {
                    tracing::info!("stopping: accepted requests may finish");
                    stop.cancel();
                }
                _ = housekeeping.tick() => {
                    self.shared.rates.forget_full();
                    self.shared.failed_logins.forget_full();
                    forget_replies(&app).await;
                    forget_notifications(&app).await;
                }
            }
        }
        stop.cancel();
        if let Some(counting) = counting
            && counting.await.is_err()
        {
            tracing::error!("whoever asked for metrics was not answered to the end");
        }
        // Waited for, so that nothing holds the database when this is over.
        if !matches!(sweeping.await, Ok(Ok(()))) {
            tracing::error!("the removal of what is no longer needed broke off");
        }
        tracing::info!("stopped");
    }
}

/// How many connections may wait to be accepted: one that finds no place there tries again a second later.
const ACCEPTED_LATER: u32 = 4_096;

/// Takes an address, and says which it was if any free port was asked for.
fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), BindError> {
    let failed = |source| BindError::Address { address, source };
    let listener = bound(address).map_err(failed)?;
    let taken = listener.local_addr().map_err(failed)?;
    Ok((listener, taken))
}

fn bound(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On other systems this would let a second server take the address.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(ACCEPTED_LATER)
}

/// Removes personal data that is no longer needed, reckons what the day made due and renews keys, by and by, until the server stops. Several servers may do it
/// at once.
async fn sweep(app: App, stop: CancellationToken) {
    let first = tokio::time::Instant::now() + RETENTION_DELAY;
    let mut clock = tokio::time::interval_at(first, RETENTION);
    let sweeping = async {
        loop {
            clock.tick().await;
            if let Err(error) = app.sweep_retention().await {
                tracing::warn!(%error, "retention sweep failed, will retry");
            }
            if let Err(error) = app.reckon_due().await {
                tracing::warn!(%error, "due work is reckoned when somebody asks for it");
            }
            if let Err(error) = app.tend_keys().await {
                tracing::warn!(%error, "data key rotation failed, will retry");
            }
        }
    };
    // Each step is a commit of its own; whatever is cut off goes on the next time.
    tokio::select! {
        () = stop.cancelled() => {}
        () = sweeping => {}
    }
}

/// Drops replies to idempotency keys that nobody may ask for any more, a bounded number each time.
async fn forget_replies(app: &App) {
    if let Err(error) = app.database().store().forget_replies(app.clock().now(), REPLIES_AT_ONCE).await {
        tracing::warn!(%error, "expired replies stay for now");
    }
}

/// Drops who was told what longer ago than that is kept, a bounded number each time.
async fn forget_notifications(app: &App) {
    if let Err(error) = app.forget_notifications().await {
        tracing::warn!(%error, "who was told what long ago stays for now");
    }
}

/// All that is answered at the address of the API: also the numbers, unless they have an address of their own.
pub(crate) fn everything(shared: &Shared, config: &ServerConfig) -> Router {
    let routes = unsubscribe::routed(routes::all(shared), &shared.app);
    let has_own_address = config.metrics_address.is_some();
    let routes = if has_own_address { routes } else { metrics::route(routes, shared) };
    assemble(routes, shared, config)
}

/// Below this many bytes an answer is not worth packing.
const PACKED_FROM: u16 = 1_024;

/// Packs what is long, for who accepts gzip. An answer with a tag stays as it is: packed it would be another representation, and a change could not name it.
fn compression() -> CompressionLayer<impl Predicate> {
    let untagged =
        |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| !headers.contains_key(ETAG);
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(PACKED_FROM).and(untagged))
}

/// Routes, fallbacks and the layer around everything.
pub(crate) fn assemble(routes: Router, shared: &Shared, config: &ServerConfig) -> Router {
    let outermost = outer::Outermost {
        limits: shared.limits.clone(),
        proxies: Arc::new(config.proxies.clone()),
        counts: shared.counts.clone(),
    };
    routes
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(compression())
        .layer(tower::util::option_layer(cross_origin::layer(&config.cross_origin)))
        .layer(axum::middleware::from_fn_with_state(outermost, outer::outer))
}
