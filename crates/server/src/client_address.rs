//! Knows whose request it is, by address: that of the connection, or what a trusted proxy says.

use std::net::{IpAddr, SocketAddr};

use http::{Extensions, HeaderMap};

use crate::config::TrustedProxies;

/// Where the connection of a request comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The address of the client of a request, as [`client_address`] says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

/// The address of the client of a request.
///
/// `X-Forwarded-For` is read from right to left: each trusted proxy says who was before it, and the first that is none is the client.
/// What stands further left the client may have written itself.
pub(crate) fn client_address(
    extensions: &Extensions,
    headers: &HeaderMap,
    proxies: &TrustedProxies,
) -> Option<IpAddr> {
    let mut client = extensions.get::<Peer>()?.0.ip().to_canonical();
    let values: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let mut before = values.iter().rev().flat_map(|value| value.rsplit(',')).map(str::trim);
    while proxies.contains(client) {
        let Some(address) = before.next().and_then(address_of) else { break };
        client = address;
    }
    Some(client)
}

/// An address as proxies write it: with or without a port, IPv6 with or without brackets.
fn address_of(text: &str) -> Option<IpAddr> {
    let address = text.parse().or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()));
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    address.ok().or_else(bracketed).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &[&'static str], proxies: &str) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(SocketAddr::new(peer.parse().expect("an address"), 4_000)));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        let proxies = proxies.parse().expect("networks");
        client_address(&extensions, &headers, &proxies).expect("there is a peer").to_string()
    }

    #[test]
    fn what_a_stranger_says_of_itself_is_not_believed() {
        assert_eq!(client("198.51.100.7", &["203.0.113.9"], ""), "198.51.100.7");
        assert_eq!(client("198.51.100.7", &["203.0.113.9"], "10.0.0.0/8"), "198.51.100.7");
    }

    #[test]
    fn trusted_proxies_are_read_from_right_to_left_and_no_further() {
        let proxies = "10.0.0.0/8, 127.0.0.1/32, fd00::/8";
        assert_eq!(client("127.0.0.1", &["192.0.2.66, 203.0.113.9"], proxies), "203.0.113.9");
        assert_eq!(client("127.0.0.1", &["192.0.2.66, 203.0.113.9, 10.1.2.3"], proxies), "203.0.113.9");
        assert_eq!(client("127.0.0.1", &["192.0.2.66", "203.0.113.9", "10.1.2.3"], proxies), "203.0.113.9");
        assert_eq!(client("fd00::1", &["[2001:db8::5]:443"], proxies), "2001:db8::5");
        assert_eq!(client("::ffff:10.0.0.1", &["203.0.113.9:5000"], proxies), "203.0.113.9");
    }

    #[test]
    fn where_a_proxy_says_nothing_that_can_be_read_the_proxy_is_the_client() {
        assert_eq!(client("10.0.0.1", &["unknown"], "10.0.0.0/8"), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &[], "10.0.0.0/8"), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, , 10.0.0.2"], "10.0.0.0/8"), "10.0.0.2");
    }
}
