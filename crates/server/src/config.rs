//! Knows how a server is set up by the program that it is part of.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use ipnet::IpNet;
use sister_cities_app::token::TokenText;
use sister_cities_domain::access::{Actor, Caller, Grant, Scope, TokenHash};
use sister_cities_domain::id::{IdSource, TokenId};
use sister_cities_domain::value::Name;
use sister_cities_notification::outbound::OutboundPolicy;
use subtle::ConstantTimeEq as _;

use crate::cross_origin::AllowedOrigin;
use crate::settings::Limits;

/// How a server is set up.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerConfig {
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// Where `/metrics` is answered, if not beside the API; port 0 takes a free one.
    pub metrics_address: Option<SocketAddr>,
    /// What a caller may use up.
    pub limits: Limits,
    /// The key that seals cursors, if it is not to be the one that the database has for all servers on it.
    pub cursor_key: Option<[u8; 32]>,
    /// A token that is accepted beside those of the database; kept in memory only.
    pub process_token: Option<ProcessToken>,
    /// Where webhooks may lead: to the public internet by https, unless said otherwise.
    pub receivers: OutboundPolicy,
    /// Who may say whose requests it passes on: nobody, unless said otherwise.
    pub proxies: TrustedProxies,
    /// Origins whose pages may ask from within a browser: none, unless said otherwise.
    pub cross_origin: Vec<AllowedOrigin>,
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
            metrics_address: None,
            limits: Limits::default(),
            cursor_key: None,
            process_token: None,
            receivers: OutboundPolicy::default(),
            proxies: TrustedProxies::default(),
            cross_origin: Vec::new(),
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

    /// With an address of its own for `/metrics`.
    #[must_use]
    pub fn with_metrics_address(mut self, address: Option<SocketAddr>) -> Self {
        self.metrics_address = address;
        self
    }

    /// With origins whose pages may ask from within a browser.
    #[must_use]
    pub fn with_cross_origin(mut self, origins: Vec<AllowedOrigin>) -> Self {
        self.cross_origin = origins;
        self
    }

    /// With another key for the cursors than the database has.
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

/// Proxies that are believed when they say whose requests they pass on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Whether none is believed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl fmt::Display for TrustedProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&networks.join(", "))
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
