//! P30: nothing is connected to that is not allowed: addresses in all spellings, names, redirects, names that change their mind.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;

use super::receiver::{Behaviour, Receiver};
use super::{SendError, local, sent};
use crate::outbound::{HostLookup, LookupFuture, OutboundClient, OutboundPolicy, Refused, SystemLookup};

/// Addresses that are not on the public internet, in all spellings; `PORT` is that of a listener on this machine.
const INTERNAL: &[&str] = &[
    // This machine, in IPv4.
    "https://127.0.0.1:PORT/",
    "https://127.0.0.1/",
    "https://127.1:PORT/",
    "https://127.0.1:PORT/",
    "https://127.255.255.254/",
    "https://2130706433:PORT/",
    "https://0x7f000001:PORT/",
    "https://0x7F.0x0.0x0.0x1:PORT/",
    "https://0x7f.1:PORT/",
    "https://0177.0.0.1:PORT/",
    "https://0177.0.0.01:PORT/",
    "https://017700000001:PORT/",
    "https://00000177.1:PORT/",
    "https://127.0.0.1.:PORT/",
    "https://127.000.000.001:PORT/",
    "https://0x7f.0.0.1:PORT/",
    "https://127.0x1:PORT/",
    "https://%31%32%37.0.0.1:PORT/",
    "https://１２７.０.０.１:PORT/",
    "https://①②⑦.⓪.⓪.①:PORT/",
    "https://127。0。0。1:PORT/",
    "https://127．0．0．1:PORT/",
    "https:\\\\127.0.0.1:PORT\\",
    "https:127.0.0.1:PORT",
    "https:////127.0.0.1:PORT/",
    "HTTPS://127.0.0.1:PORT/",
    "\u{9}https://127.0.0.1:PORT/",
    "https://127.0.0\n.1:PORT/",
    "https://0:PORT/",
    "https://0.0.0.0:PORT/",
    "https://0x0:PORT/",
    "https://00:PORT/",
    "https://0.1.2.3/",
    // This machine, in IPv6.
    "https://[::1]:PORT/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]:PORT/",
    "https://[0000::0001]:PORT/",
    "https://[::]:PORT/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://[::ffff:7f00:1]:PORT/",
    "https://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
    "https://[::127.0.0.1]:PORT/",
    "https://[::7f00:1]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://[::ffff:0.0.0.0]:PORT/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::127.0.0.1]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:7f00:0001::1]/",
    "https://[2001::7f00:1]/",
    "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    // Networks inside.
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://0xa.1/",
    "https://167772161/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://192.168.1.1:8443/",
    "https://0300.0250.1/",
    "https://3232235777/",
    "https://100.64.0.1/",
    "https://100.127.255.255/",
    "https://169.254.0.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:192.168.1.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[::a00:1]/",
    "https://[64:ff9b::10.0.0.1]/",
    "https://[2002:a00:1::1]/",
    "https://[2002:c0a8:101::]/",
    "https://[fc00::1]/",
    "https://[fd12:3456:789a::1]/",
    "https://[fe80::1]/",
    "https://[febf::1]/",
    "https://[fec0::1]/",
    "https://[feff::1]/",
    // What clouds tell their machines.
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://169.254.170.2/",
    "https://[fd00:ec2::254]/",
    "https://100.100.100.200/",
    "https://168.63.129.16/",
    "https://192.0.0.192/",
    "https://[fe80::a9fe:a9fe]/",
    // To nobody, to many, for examples and for later.
    "https://255.255.255.255/",
    "https://224.0.0.1/",
    "https://239.255.255.250/",
    "https://240.0.0.1/",
    "https://192.0.2.1/",
    "https://198.51.100.7/",
    "https://203.0.113.9/",
    "https://192.0.0.8/",
    "https://192.88.99.1/",
    "https://[ff02::1]/",
    "https://[ff0e::1]/",
    "https://[100::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[2001:2::1]/",
    "https://[5f00::1]/",
    "https://[4000::1]/",
    "https://[1::1]/",
];

/// What is refused for its form.
const MALFORMED: &[&str] = &[
    "",
    "https://",
    "https:///",
    "hook",
    "//example.org/",
    "http://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org:70/",
    "dict://example.org:2628/",
    "data:text/plain,x",
    "javascript:alert(1)",
    "unix:/run/docker.sock",
    "jar:https://example.org/",
    "https://me:secret@example.org/",
    "https://me@example.org/",
    "https://example.org@127.0.0.1:PORT/",
    "https://127.0.0.1:PORT\\@example.org/",
    "https://example.org:22/",
    "https://example.org:25/",
    "https://example.org:80/",
    "https://example.org:0/",
    "https://example.org:99999/",
    "https://exa mple.org/",
    "https://[::1",
    "https://[fe80::1%25eth0]/",
    "https://256.0.0.1/",
    "https://1.2.3.4.5/",
    "https://0x100000000/",
    "https://127.0.0.1:PORT:443/",
    "https://example.org:443:22/",
];

/// Names, with what somebody lets them lead to.
const NAMES: &[(&str, &str)] = &[
    ("localhost", "127.0.0.1"),
    ("localhost.", "127.0.0.1"),
    ("LOCALHOST", "127.0.0.1"),
    ("ip6-localhost", "::1"),
    ("localhost.localdomain", "127.0.0.1"),
    ("127.0.0.1.nip.io", "127.0.0.1"),
    ("spoofed.example.org", "10.0.0.1"),
    ("metadata.google.internal", "169.254.169.254"),
    ("mapped.example.org", "::ffff:127.0.0.1"),
    ("compatible.example.org", "::127.0.0.1"),
    ("nat64.example.org", "64:ff9b::7f00:1"),
    ("sixtofour.example.org", "2002:7f00:1::1"),
    ("teredo.example.org", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
    ("site.example.org", "fec0::1"),
    ("local.example.org", "fd00::1"),
    ("link.example.org", "fe80::1"),
    ("shared.example.org", "100.64.0.1"),
    ("zero.example.org", "0.0.0.0"),
    ("many.example.org", "224.0.0.251"),
    ("xn--n3h.example.org", "192.168.0.1"),
];

/// Answers by a function of the host and of how often it was asked.
struct Answering<F>(F, AtomicUsize);

impl<F> std::fmt::Debug for Answering<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answering")
    }
}

impl<F: Fn(&str, usize) -> Vec<IpAddr> + Send + Sync> HostLookup for Answering<F> {
    fn addresses<'a>(&'a self, host: &'a str) -> LookupFuture<'a> {
        let asked = self.1.fetch_add(1, Ordering::SeqCst);
        std::future::ready(Ok((self.0)(host, asked))).boxed()
    }
}

fn address(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn assert_refused(outcome: Result<crate::Receipt, SendError>, url: &str) {
    let error = outcome.expect_err(url);
    assert!(error.to_string().starts_with("the address is not allowed: "), "{url}: {error}");
}

#[tokio::test]
async fn p30_no_spelling_of_an_internal_address_is_connected_to() {
    let trap = Receiver::start("127.0.0.1:0", Behaviour::Hang).await;
    let client = OutboundClient::new(OutboundPolicy::default()).expect("a client");
    let port = trap.address.port().to_string();
    assert!(INTERNAL.len() >= 101, "{}", INTERNAL.len());
    for url in INTERNAL.iter().chain(MALFORMED).map(|url| url.replace("PORT", &port)) {
        assert_refused(sent(&client, &url).await, &url);
    }
    assert_eq!(trap.connections(), 0);
}

#[test]
fn p30_what_is_refused_is_refused_for_its_own_reason() {
    let client = OutboundClient::new(OutboundPolicy::default()).expect("a client");
    for url in INTERNAL.iter().map(|url| url.replace("PORT", "4443")) {
        assert_eq!(client.check(&url), Err(Refused::Internal), "{url}");
    }
    for (url, reason) in [
        ("http://example.org/", Refused::Scheme),
        ("https://me:secret@example.org/", Refused::Credentials),
        ("https://example.org:25/", Refused::Port),
        ("hook", Refused::NoAddress),
    ] {
        assert_eq!(client.check(url), Err(reason), "{url}");
    }
}

/// The guard is not merely shut: what is on the public internet passes.
#[test]
fn public_addresses_are_allowed() {
    let client = OutboundClient::new(OutboundPolicy::default()).expect("a client");
    for url in [
        "https://example.org/hook",
        "https://example.org:8443/",
        "https://8.8.8.8/",
        "https://172.15.0.1/",
        "https://172.32.0.1/",
        "https://100.128.0.1/",
        "https://[2606:4700::1111]/",
        "https://[2a00:1450:4001::1]/",
        "https://münchen.example/",
    ] {
        assert_eq!(client.check(url), Ok(()), "{url}");
    }
}

#[tokio::test]
async fn p30_no_name_that_leads_inside_is_connected_to() {
    let trap = Receiver::start("127.0.0.1:0", Behaviour::Hang).await;
    let answer = |host: &str, _| {
        let known = NAMES
            .iter()
            .find(|(name, _)| name.trim_end_matches('.').eq_ignore_ascii_case(host.trim_end_matches('.')));
        vec![address(known.expect("a name of the list").1)]
    };
    let lookup = Arc::new(Answering(answer, AtomicUsize::new(0)));
    let client = OutboundClient::with_lookup(OutboundPolicy::default(), lookup).expect("a client");
    for (name, _) in NAMES {
        let url = format!("https://{name}:{}/", trap.address.port());
        assert_refused(sent(&client, &url).await, &url);
    }
    assert_eq!(trap.connections(), 0);
}

#[tokio::test]
async fn p30_a_redirect_is_not_followed_wherever_it_leads() {
    let trap = Receiver::start("127.0.0.1:0", Behaviour::Hang).await;
    let client = local("127.0.0.0/8", Arc::new(SystemLookup));
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let answer =
            format!("HTTP/1.1 {status}\r\nLocation: http://{}/\r\nContent-Length: 0\r\n\r\n", trap.address);
        let receiver = Receiver::start("127.0.0.2:0", Behaviour::Answer(answer)).await;
        let error = sent(&client, &format!("http://{}/", receiver.address)).await.expect_err(status);
        assert!(error.to_string().contains("redirects are not followed"), "{error}");
        assert_eq!(receiver.connections(), 1);
    }
    assert_eq!(trap.connections(), 0);
}

/// A name that leads to the receiver one time and inside the next: what was checked is what is dialled.
#[tokio::test]
async fn p30_of_200_answers_that_change_their_mind_none_leads_inside() {
    let taken = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned();
    let receiver = Receiver::start("127.0.0.2:0", Behaviour::Answer(taken)).await;
    let port = receiver.address.port();
    let trap = Receiver::start(&format!("127.0.0.1:{port}"), Behaviour::Hang).await;
    let answer = |_: &str, asked: usize| match asked % 4 {
        0 => vec![address("127.0.0.2")],
        1 => vec![address("127.0.0.1")],
        2 => vec![address("127.0.0.1"), address("127.0.0.2"), address("::1")],
        _ => vec![address("::ffff:127.0.0.1"), address("0.0.0.0")],
    };
    let lookup = Arc::new(Answering(answer, AtomicUsize::new(0)));
    let client = local("127.0.0.2/32", Arc::clone(&lookup) as Arc<dyn HostLookup>);
    let mut arrived = 0;
    for _ in 0..200 {
        match sent(&client, &format!("http://rebinding.example.org:{port}/")).await {
            Ok(receipt) => {
                assert_eq!(receipt.status, Some(204));
                arrived += 1;
            }
            Err(error) => assert!(error.to_string().contains("not on the public internet"), "{error}"),
        }
    }
    assert_eq!(lookup.1.load(Ordering::SeqCst), 200);
    assert_eq!((arrived, receiver.connections(), trap.connections()), (100, 100, 0));
}
