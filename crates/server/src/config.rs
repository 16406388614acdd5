//! Knows the server's settings and the default of each limit, in one place.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use sister_cities_app::token::TokenText;
use sister_cities_domain::access::{Actor, Caller, Grant, Scope, TokenHash};
use sister_cities_domain::id::{IdSource, TokenId};
use sister_cities_domain::value::Name;
use sister_cities_notification::outbound::OutboundPolicy;
use subtle::ConstantTimeEq as _;

/// How a server is set up.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerConfig {
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// What a caller may use up.
    pub limits: Limits,
    /// The key that seals cursors; one is drawn at start if none is given, and cursors then end with the process.
    pub cursor_key: Option<[u8; 32]>,
    /// A token that is accepted beside those of the database; kept in memory only.
    pub process_token: Option<ProcessToken>,
    /// Where webhooks may lead: to the public internet by https, unless said otherwise.
    pub receivers: OutboundPolicy,
    /// Who may say whose requests it passes on: nobody, unless said otherwise.
    pub proxies: TrustedProxies,
}

/// A token that is stored nowhere: it lives as long as the process, and its bearer is the process itself.
#[derive(Clone, Debug)]
pub struct ProcessToken {
    hash: TokenHash,
    caller: Caller,
}

impl ProcessToken {
    /// What the journal calls its bearer.
    const NAME: &str = "command line";

    /// Draws a token that may do everything.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub(crate) fn draw(ids: &dyn IdSource) -> Result<(TokenText, Self), getrandom::Error> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        let text = TokenText::from_secret(&secret);
        let grant = Grant { programme: None, scopes: BTreeSet::from([Scope::Admin]) };
        let actor = match Name::new(Self::NAME) {
            Ok(name) => Actor::Token { id: TokenId::next(ids), name },
            Err(_) => Actor::System,
        };
        let process = Self { hash: text.hash(), caller: Caller { actor, grant } };
        Ok((text, process))
    }

    /// The caller, if this is the token.
    pub(crate) fn caller(&self, text: &str) -> Option<Caller> {
        let text: TokenText = text.parse().ok()?;
        bool::from(text.hash().as_bytes().ct_eq(self.hash.as_bytes())).then(|| self.caller.clone())
    }
}

impl ServerConfig {
    /// Listens on this address, with the default limits.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            limits: Limits::default(),
            cursor_key: None,
            process_token: None,
            receivers: OutboundPolicy::default(),
            proxies: TrustedProxies::default(),
        }
    }

    /// Listens on a free port of the loopback address: for one process that speaks to itself, and for tests.
    #[must_use]
    pub fn loopback() -> Self {
        Self::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// With other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With webhooks that may lead elsewhere than to the public internet by https.
    #[must_use]
    pub fn with_receivers(mut self, receivers: OutboundPolicy) -> Self {
        self.receivers = receivers;
        self
    }

    /// With proxies that say whose requests they pass on.
    #[must_use]
    pub fn with_proxies(mut self, proxies: TrustedProxies) -> Self {
        self.proxies = proxies;
        self
    }

    /// With a key for the cursors, so that they outlive the process and are good at every replica.
    #[must_use]
    pub fn with_cursor_key(mut self, key: [u8; 32]) -> Self {
        self.cursor_key = Some(key);
        self
    }
}

impl ServerConfig {
    /// With a token that lives in memory only.
    #[must_use]
    pub(crate) fn with_process_token(mut self, token: ProcessToken) -> Self {
        self.process_token = Some(token);
        self
    }
}

/// What a caller may use up. The defaults are those of the documentation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// How long a connection may take to send the head of a request, and how long it may idle between two: 10 s.
    pub header_read: Duration,
    /// How long a request may take, its body and the work included: 30 s.
    pub request: Duration,
    /// How long accepted requests may take to finish once the server is to stop: 30 s.
    pub shutdown_grace: Duration,
    /// How long a client may take to read an answer, beside what 16 KiB a second allow: 30 s.
    pub send: Duration,
    /// How long a connection may stay, whatever goes over it: 1 h.
    pub connection_life: Duration,
    /// Requests over one connection: 10,000.
    pub requests_per_connection: u32,
    /// Connections at a time: 1,024.
    pub connections: usize,
    /// Connections at a time from one address: 64.
    pub connections_per_address: usize,
    /// Bytes of a JSON body: 1 MiB.
    pub json_body: usize,
    /// Bytes of an uploaded file: 5 MiB.
    pub file_body: usize,
    /// Bytes of the bodies of all requests at once: 64 MiB.
    pub bodies: usize,
    /// Bytes of path and query: 8 KiB.
    pub url: usize,
    /// Bytes of a request's head: 32 KiB.
    pub head: usize,
    /// Requests that a token may make at once: 100.
    pub burst: NonZeroU32,
    /// Requests a second that a token may make in the long run: 20.
    pub requests_per_second: NonZeroU32,
    /// Requests worked on at once that reckon with many records: 8.
    pub reports: usize,
    /// Of these, of one token: 4.
    pub reports_per_token: usize,
    /// Requests worked on at once that read a file or write many records: 2.
    pub files: usize,
    /// Of these, of one token: 1.
    pub files_per_token: usize,
    /// Requests with a wrong token that an address may make at once: 20; after that, one every three seconds.
    pub failed_logins: NonZeroU32,
    /// How long the reply to an idempotency key is kept: 24 h.
    pub idempotency: Duration,
}

impl Limits {
    /// The defaults, but for a caller that is this process itself: it need not be held back, and may work long.
    #[must_use]
    pub(crate) fn for_one_process() -> Self {
        const MANY: NonZeroU32 = NonZeroU32::new(100_000).expect("not zero");
        Self {
            burst: MANY,
            requests_per_second: MANY,
            request: Duration::from_mins(10),
            requests_per_connection: u32::MAX,
            connection_life: Duration::from_hours(24),
            reports: 64,
            reports_per_token: 64,
            files: 4,
            files_per_token: 4,
            shutdown_grace: Duration::from_secs(5),
            ..Self::default()
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        const BURST: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
        const PER_SECOND: NonZeroU32 = NonZeroU32::new(20).expect("not zero");
        const FAILED_LOGINS: NonZeroU32 = NonZeroU32::new(20).expect("not zero");
        Self {
            header_read: Duration::from_secs(10),
            request: Duration::from_secs(30),
            shutdown_grace: Duration::from_secs(30),
            send: Duration::from_secs(30),
            connection_life: Duration::from_hours(1),
            requests_per_connection: 10_000,
            connections: 1_024,
            connections_per_address: 64,
            json_body: 1 << 20,
            file_body: 5 << 20,
            bodies: 64 << 20,
            url: 8 << 10,
            head: 32 << 10,
            burst: BURST,
            requests_per_second: PER_SECOND,
            reports: 8,
            reports_per_token: 4,
            files: 2,
            files_per_token: 1,
            failed_logins: FAILED_LOGINS,
            idempotency: Duration::from_hours(24),
        }
    }
}

/// Proxies that are believed when they say whose requests they pass on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Whether it is one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for TrustedProxies {
    type Err = ProxyError;

    /// Networks or single addresses with commas between them: `10.0.0.0/8, 192.0.2.7`.
    fn from_str(text: &str) -> Result<Self, ProxyError> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let network = |part: &str| {
            let single = || part.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
            part.parse::<IpNet>().or_else(|_| single()).map_err(|_| ProxyError(part.to_owned()))
        };
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

/// What was to name a network does not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no address and no network; right would be 10.0.0.0/8, 192.0.2.7 or fd00::/8")]
pub struct ProxyError(String);
