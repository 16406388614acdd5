//! Which addresses may be reached: those of the public internet, by https; others where the installation says so.

use std::net::IpAddr;

use http_acl::HttpAcl;
use ipnet::IpNet;
use url::{Host, Url};

/// What requests may reach. The default is the public internet, by https.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboundPolicy {
    http: bool,
    networks: Vec<IpNet>,
}

/// Why an address is not reached. What is refused is not repeated: an address can hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It is no address that a request can be sent to.
    #[error("it is no address of the form https://host/path")]
    NoAddress,
    /// It is not https.
    #[error("only https is allowed")]
    Scheme,
    /// It has a name and a password in it.
    #[error("it has a user's name in it: give secrets in the path or as a token")]
    Credentials,
    /// Nothing listens there for webhooks: of the ports below 1024 only that of https is allowed.
    #[error("this port is not allowed: 443 and those from 1024 are")]
    Port,
    /// It is an address inside a network, or leads to one.
    #[error("it leads to an address that is not on the public internet")]
    Internal,
}

impl OutboundPolicy {
    /// Also reaches addresses by http: for receivers inside a network, and for tests. Whoever listens on the way can read and change
    /// what is sent.
    #[must_use]
    pub fn with_http(mut self) -> Self {
        self.http = true;
        self
    }

    /// Also reaches these addresses although they are not on the public internet: that of one receiver, `10.1.2.3/32`, rather than of
    /// a whole network.
    #[must_use]
    pub fn with_network(mut self, network: IpNet) -> Self {
        self.networks.push(network);
        self
    }
}

impl OutboundPolicy {
    /// Whether a request to this address would be sent, as far as can be known before its name is resolved: to tell users at once.
    ///
    /// # Errors
    ///
    /// [`Refused`] says what would be right.
    pub fn check(&self, url: &str) -> Result<(), Refused> {
        Guard::new(self.clone()).url(url).map(|_| ())
    }
}

/// Answers whether an address may be reached.
#[derive(Debug)]
pub(super) struct Guard {
    rules: HttpAcl,
    policy: OutboundPolicy,
}

/// What is not reachable from everywhere although the list of special addresses does not say so, first and last address each.
const BESIDES: [[&str; 2]; 7] = [
    // To many at once.
    ["224.0.0.0", "239.255.255.255"],
    // The way from IPv4 to 6to4, which is no more.
    ["192.88.99.0", "192.88.99.255"],
    // The host of a machine of one large cloud, with its keys.
    ["168.63.129.16", "168.63.129.16"],
    // All that is not 2000::/3, of which addresses are given out: site-local fec0::/10 and to many at once ff00::/8 among them.
    ["::1:0:0:0", "::ffff:ffff:ffff:ffff"],
    ["0:1::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
    // In examples only.
    ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

impl Guard {
    pub(super) fn new(policy: OutboundPolicy) -> Self {
        let mut rules = HttpAcl::builder()
            .http(policy.http)
            // Hosts, addresses and paths are allowed unless they stand in a list; by default they would be denied.
            .host_acl_default(true)
            .ip_acl_default(true)
            .clear_allowed_port_ranges();
        for ports in [443..=443, 1_024..=u16::MAX] {
            rules = rules.add_allowed_port_range(ports).expect("the ranges do not overlap");
        }
        if policy.http {
            rules = rules.add_allowed_port_range(80..=80).expect("it overlaps with none");
        }
        let address = |text: &str| text.parse::<IpAddr>().expect("it is an address");
        for [first, last] in BESIDES {
            let range = (address(first), address(last));
            rules = rules.add_denied_ip_range(range).expect("the ranges do not overlap");
        }
        Self { rules: rules.build(), policy }
    }

    /// Takes an address apart if it may be reached as far as can be known before its name is resolved.
    pub(super) fn url(&self, text: &str) -> Result<Url, Refused> {
        let url = Url::parse(text).map_err(|_| Refused::NoAddress)?;
        if self.rules.is_scheme_allowed(url.scheme()).is_denied() {
            return Err(Refused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let port = url.port_or_known_default().ok_or(Refused::NoAddress)?;
        if self.rules.is_port_allowed(port).is_denied() {
            return Err(Refused::Port);
        }
        // A resolver is never asked about what is an address already.
        match url.host().ok_or(Refused::NoAddress)? {
            Host::Domain(_) => {}
            Host::Ipv4(address) => self.address(address.into())?,
            Host::Ipv6(address) => self.address(address.into())?,
        }
        Ok(url)
    }

    pub(super) fn address(&self, address: IpAddr) -> Result<(), Refused> {
        let excepted = self.policy.networks.iter().any(|network| network.contains(&address));
        if excepted || self.rules.is_ip_allowed(&address).is_allowed() {
            Ok(())
        } else {
            Err(Refused::Internal)
        }
    }
}
