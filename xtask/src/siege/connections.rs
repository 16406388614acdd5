//! Clients that hold connections for nothing, from many addresses of this machine.

use std::io::{self, ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::net::{AddressFamily, SocketType, bind, connect, socket};

use super::report::Told;

/// From so many addresses.
const ADDRESSES: u8 = 16;
/// Who attacks by requests and not by connections: not those who ask as an office does, as an address has only so many connections.
pub(super) const ATTACKER: Ipv4Addr = Ipv4Addr::new(127, 0, 1, 1);
/// So many connections from each.
const EACH: usize = 64;
/// Between two rounds through all connections of an address.
const ROUND: Duration = Duration::from_millis(20);

/// Asks over and over, and reads nothing.
pub(super) fn never_read(server: SocketAddr, is_over: &Arc<AtomicBool>) -> Vec<JoinHandle<Told>> {
    const ASKED: &[u8] = b"GET /v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    hold(server, is_over, |_| ASKED)
}

/// Sends a head that has no end, byte by byte.
pub(super) fn drip(server: SocketAddr, is_over: &Arc<AtomicBool>) -> Vec<JoinHandle<Told>> {
    const HEAD: &[u8] = b"GET /livez HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
    // A byte in each tenth round.
    hold(server, is_over, |round| match round % 10 {
        0 => HEAD.get(round / 10..=round / 10).unwrap_or(b"a"),
        _ => b"",
    })
}

/// Keeps connections of many addresses, opens anew what was closed, and sends on each what this says in each round.
fn hold(
    server: SocketAddr,
    is_over: &Arc<AtomicBool>,
    what: impl Fn(usize) -> &'static [u8] + Copy + Send + 'static,
) -> Vec<JoinHandle<Told>> {
    let from = |number: u8| {
        let over = Arc::clone(is_over);
        std::thread::spawn(move || {
            // As far as the system lets it.
            let _ = rustix::process::nice(10);
            hold_from(Ipv4Addr::new(127, 0, 0, 2 + number), server, &over, what)
        })
    };
    (0..ADDRESSES).map(from).collect()
}

fn hold_from(
    from: Ipv4Addr,
    server: SocketAddr,
    is_over: &AtomicBool,
    what: impl Fn(usize) -> &'static [u8],
) -> Told {
    let mut told = Told::new();
    let mut note = |what: &str| *told.entry(what.to_owned()).or_default() += 1;
    let mut held: Vec<Option<(TcpStream, usize)>> = (0..EACH).map(|_| None).collect();
    while !is_over.load(Ordering::Relaxed) {
        for place in &mut held {
            match place {
                None => match open(from, server).and_then(|stream| {
                    stream.set_nonblocking(true)?;
                    Ok(stream)
                }) {
                    Ok(stream) => {
                        note("connected");
                        *place = Some((stream, 0));
                    }
                    Err(_) => note("not connected"),
                },
                Some((stream, round)) => {
                    let sent = stream.write(what(*round));
                    *round += 1;
                    if sent.is_err_and(|error| error.kind() != ErrorKind::WouldBlock) {
                        note("closed by the server");
                        *place = None;
                    }
                }
            }
        }
        std::thread::sleep(ROUND);
    }
    told
}

/// A connection from that address.
pub(super) fn open(from: Ipv4Addr, server: SocketAddr) -> io::Result<TcpStream> {
    let opened = socket(AddressFamily::INET, SocketType::STREAM, None)?;
    bind(&opened, &SocketAddr::V4(SocketAddrV4::new(from, 0)))?;
    connect(&opened, &server)?;
    Ok(TcpStream::from(opened))
}
