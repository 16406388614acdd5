//! How a client is set up.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::Client;
use crate::pace::Pacer;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::send::{ClientInner, Limits};
use crate::transport::{Http, Transport};

const CONNECT: Duration = Duration::from_secs(5);
const ATTEMPT: Duration = Duration::from_secs(30);
const TOTAL: Duration = Duration::from_mins(2);
const RESPONSE_LIMIT: usize = 64 * 1024 * 1024;
const PRODUCT: &str = concat!("sister-cities-client/", env!("CARGO_PKG_VERSION"));

/// For how long a connection that is not used is kept: less than the server keeps it, or a request could meet its end.
const IDLE: Duration = Duration::from_secs(5);

/// Why a client could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The base address is no absolute `http` or `https` address.
    #[error(
        "{given:?} is no base address: expected one like https://sister.example.org or https://example.org/prefix"
    )]
    BaseUrl {
        /// What was given, without user name and password.
        given: String,
    },
    /// The base address is of `https`, and the client was compiled without its feature `rustls`.
    #[error("https needs the feature `rustls` of sister-cities-client, or an HTTP client of one's own")]
    NoTls,
    /// The token has characters no header may hold.
    #[error(
        "the token holds characters that no token has; expected scp_ and 43 or more letters, digits, - or _"
    )]
    Token,
    /// The user agent has characters no header may hold.
    #[error("the user agent holds characters no header may hold")]
    UserAgent,
    /// The HTTP client could not be made: as a rule the system's root certificates are missing.
    #[error("cannot set up HTTP; are the system's root certificates (ca-certificates) installed?")]
    Http(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Sets up a [`Client`]; see [`Client::builder`].
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    base: String,
    token: Option<SecretString>,
    user_agent: Option<String>,
    connect: Duration,
    limits: Limits,
    retry: RetryPolicy,
    transport: Option<Arc<dyn Transport>>,
}

impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base", &without_userinfo(&self.base))
            .field("token", &self.token.as_ref().map(|_| "***"))
            .field("user_agent", &self.user_agent)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    pub(crate) fn new(base: String) -> Self {
        Self {
            base,
            token: None,
            user_agent: None,
            connect: CONNECT,
            limits: Limits { attempt: ATTEMPT, total: TOTAL },
            retry: RetryPolicy::standard(),
            transport: None,
        }
    }

    /// The token to authenticate by. It is sent as a sensitive header and never shown by `Debug`.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The name of the program that calls, put before the client's own name in `User-Agent`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// How long connecting may take; 5 s unless set. Without effect where an HTTP client or a transport is handed in.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect = limit;
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the response; 30 s unless set.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = limit;
        self
    }

    /// How long a call may take with all its attempts and waits; 2 min unless set.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.limits.total = limit;
        self
    }

    /// When calls are tried again; [`RetryPolicy::standard`] unless set. A single call can have its own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sends through this HTTP client: one's own proxy, root certificates or TLS library.
    ///
    /// Its own retries should be off (`reqwest::retry::never()`), or tries multiply.
    pub fn with_http_client(self, client: reqwest::Client) -> Self {
        self.with_transport(Http::new(client, RESPONSE_LIMIT))
    }

    /// Sends through a transport of one's own: tests, recorders, other sockets.
    pub fn with_transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Makes the client. No connection is made yet.
    ///
    /// # Errors
    ///
    /// [`BuildError`] if the base address, the token or the user agent cannot be used, or HTTP cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let base = base_url(&self.base)?;
        if is_in_clear(&base) {
            tracing::warn!(
                host = base.host_str(),
                "this server is asked without TLS: what is sent can be read on the way, the token too"
            );
        }
        let authorization = self.token.as_ref().map(authorization).transpose()?;
        let user_agent = self.user_agent.map_or_else(|| PRODUCT.to_owned(), |own| format!("{own} {PRODUCT}"));
        let user_agent = HeaderValue::from_str(&user_agent).map_err(|_| BuildError::UserAgent)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Http::new(http_client(&base, self.connect)?, RESPONSE_LIMIT)),
        };
        Ok(Client::from_inner(ClientInner {
            transport,
            base,
            authorization,
            user_agent,
            limits: self.limits,
            retry: self.retry,
            budget: RetryBudget::full(),
            pacer: Pacer::new(),
        }))
    }
}

fn base_url(given: &str) -> Result<Url, BuildError> {
    let refused = || BuildError::BaseUrl { given: without_userinfo(given) };
    let mut url = Url::parse(given).map_err(|_| refused())?;
    let usable = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none();
    if !usable {
        return Err(refused());
    }
    url.set_fragment(None);
    Ok(url)
}

/// The address with what stands before an `@` taken out: there may be a password.
fn without_userinfo(given: &str) -> String {
    match (given.find("://"), given.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}://{}", &given[..scheme], &given[at + 1..]),
        (None, Some(at)) => given[at + 1..].to_owned(),
        (_, None) | (Some(_), Some(_)) => given.to_owned(),
    }
}

fn authorization(token: &SecretString) -> Result<HeaderValue, BuildError> {
    let mut value =
        HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())).map_err(|_| BuildError::Token)?;
    value.set_sensitive(true);
    Ok(value)
}

/// One pool for all clones. Redirects are not followed (a token must not wander), reqwest's own retries are off
/// (they know neither delay nor `Retry-After`), and this machine is reached without a proxy.
fn http_client(base: &Url, connect: Duration) -> Result<reqwest::Client, BuildError> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(connect)
        .pool_idle_timeout(IDLE)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never());
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    #[cfg(feature = "gzip")]
    {
        // Within one machine to pack and to unpack takes longer than to send it as it is.
        builder = builder.gzip(!is_loopback(base));
    }
    #[cfg(feature = "rustls")]
    if base.scheme() == "http" {
        // No certificate will ever be asked for, so a system without any must not hinder.
        builder = builder.tls_certs_only(std::iter::empty());
    }
    if base.scheme() == "https" && !cfg!(feature = "rustls") {
        return Err(BuildError::NoTls);
    }
    builder.build().map_err(|e| BuildError::Http(Box::new(e)))
}

/// Whether what is sent can be read on the way: plain http to another machine.
pub(crate) fn is_in_clear(base: &Url) -> bool {
    base.scheme() == "http" && !is_loopback(base)
}

fn is_loopback(base: &Url) -> bool {
    match base.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_without_tls_to_another_machine_is_known() {
        let in_clear = |base: &str| Client::builder(base).build().expect("a client").sends_in_clear();
        for base in ["http://sister.example.org", "http://10.0.0.1:8080", "http://[2001:db8::1]/x"] {
            assert!(in_clear(base), "{base}");
        }
        for base in
            ["https://sister.example.org", "http://127.0.0.1:8080", "http://[::1]", "http://localhost:1"]
        {
            assert!(!in_clear(base), "{base}");
        }
    }

    #[test]
    fn a_secret_is_never_shown() {
        let builder = Client::builder("https://anna:hunter2@example.org/x").token("scp_secret");
        let shown = format!("{builder:?}");
        assert!(!shown.contains("scp_secret") && !shown.contains("hunter2"), "{shown}");
        let refused = builder.build().expect_err("a password in the address is refused");
        assert!(!format!("{refused:?} {refused}").contains("hunter2"));
        let client =
            Client::builder("http://example.org/prefix").token("scp_secret").build().expect("builds");
        assert!(!format!("{client:?}").contains("scp_secret"));
    }

    #[test]
    fn a_base_address_must_be_absolute_and_http() {
        for bad in ["sister.example.org", "ftp://x.org", "https://x.org?a=b", "/v1", ""] {
            assert!(matches!(base_url(bad), Err(BuildError::BaseUrl { .. })), "{bad}");
        }
        assert_eq!(
            base_url("https://x.org/city/").map(|u| u.to_string()).ok().as_deref(),
            Some("https://x.org/city/")
        );
    }
}
