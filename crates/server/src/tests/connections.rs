//! Connections: silent ones are closed, too many are refused, accepted requests finish.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::site::Site;
use crate::config::{Limits, ServerConfig};
use crate::server::Server;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

async fn start(limits: Limits) -> Running {
    let site = Site::new().await;
    let server = Server::bind(ServerConfig::loopback().with_limits(limits), site.app).await.expect("bound");
    let address = server.address();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(server.serve(async move {
        let _ = stopped.await;
    }));
    Running { address, stop, serving }
}

async fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.address).await.expect("connected")
}

/// Reads until the other side closes. No time is measured: a connection left open hangs the test.
async fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is cut may end in a reset instead of an end.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn silent_and_dripping_connections_are_closed() {
    let limits = Limits { header_read: Duration::from_millis(200), ..Limits::default() };
    let running = start(limits).await;
    let silent = connect(&running).await;
    let mut half = connect(&running).await;
    half.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.expect("written");
    let mut idle = connect(&running).await;
    idle.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("written");
    assert!(!rest(silent).await.contains("200 OK"));
    assert!(!rest(half).await.contains("200 OK"));
    assert!(rest(idle).await.contains("\"status\":\"live\""), "it was answered, then closed for being idle");
}

#[tokio::test]
async fn a_body_that_never_comes_is_given_up() {
    let limits = Limits { request: Duration::from_millis(200), ..Limits::default() };
    let running = start(limits).await;
    let mut slow = connect(&running).await;
    let head = "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
    slow.write_all(head.as_bytes()).await.expect("written");
    // /livez takes no POST, so this is answered at once; the GET below waits for its body.
    let mut waiting = connect(&running).await;
    let head = "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab";
    waiting.write_all(head.as_bytes()).await.expect("written");
    let answer = rest(waiting).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("urn:problem-type:sister-cities:timeout"), "{answer}");
}

#[tokio::test]
async fn more_connections_than_allowed_are_turned_away_and_may_come_back() {
    let limits = Limits { connections_per_address: 2, ..Limits::default() };
    let running = start(limits).await;
    let (mut first, second) = (connect(&running).await, connect(&running).await);
    // Both are in once the first is answered, as connections are taken in their order.
    first.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("written");
    let mut one = [0; 1];
    first.read_exact(&mut one).await.expect("answered");
    assert_eq!(rest(connect(&running).await).await, "", "the third is closed without a word");
    drop((first, second));
    loop {
        let mut again = connect(&running).await;
        let asked = again.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
        if asked.is_ok() && rest(again).await.contains("200 OK") {
            break;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn smuggled_and_oversized_heads_are_refused() {
    let running = start(Limits { head: 8_192, ..Limits::default() }).await;
    let huge = format!("GET /livez HTTP/1.1\r\nHost: x\r\nX-Huge: {}\r\n\r\n", "x".repeat(20_000));
    let many = format!("GET /livez HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-A: b\r\n".repeat(200));
    let requests: [(&str, &str); 6] = [
        (&huge, "431"),
        (&many, "431"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "400"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", "400"),
        ("GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", "400"),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n", "400"),
    ];
    for (request, status) in requests {
        let mut stream = connect(&running).await;
        stream.write_all(request.as_bytes()).await.expect("written");
        let answer = rest(stream).await;
        let line = answer.lines().next().unwrap_or_default();
        assert!(line.contains(status), "{:?}: {line:?}", &request[..40.min(request.len())]);
    }
}

#[tokio::test]
async fn what_was_accepted_finishes_when_the_server_stops() {
    let running = start(Limits::default()).await;
    let mut stream = connect(&running).await;
    let head = "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n";
    stream.write_all(head.as_bytes()).await.expect("written");
    // The connection is known to be taken once another one, made later, is answered.
    let mut later = connect(&running).await;
    later.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.expect("written");
    assert!(rest(later).await.contains("200 OK"));
    running.stop.send(()).expect("still serving");
    stream.write_all(b"\r\n").await.expect("written");
    let answer = rest(stream).await;
    assert!(answer.is_empty() || answer.contains("200 OK"), "{answer}");
    running.serving.await.expect("ended well");
    assert!(TcpStream::connect(running.address).await.is_err(), "nobody listens any more");
}
