//! Connections: silent ones are closed, too many are refused, accepted requests finish.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::site::Site;
use crate::config::{ServerConfig, TrustedProxies};
use crate::connection::accept;
use crate::server::Server;
use crate::settings::Limits;

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

/// A file over the limit, or with a wrong token: whoever sends it to the end always finds out why, instead of a broken pipe.
#[tokio::test]
async fn a_refused_upload_may_be_sent_to_its_end_and_is_told_why() {
    let running = start(Limits::default()).await;
    let body = vec![b'x'; 8 << 20];
    for _ in 0..20 {
        let mut upload = connect(&running).await;
        let path = "/v1/programmes/prg_01h455vb4pex5vsknk084sn02q/imports?kind=partnerships";
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/csv\r\n\
             Authorization: Bearer scp_wrong\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        upload.write_all(head.as_bytes()).await.expect("written");
        upload.write_all(&body).await.expect("written to the end");
        let answer = rest(upload).await;
        let refused = answer.starts_with("HTTP/1.1 401") || answer.starts_with("HTTP/1.1 429");
        assert!(refused && answer.contains("urn:problem-type:sister-cities:"), "{answer}");
    }
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

/// A server whose one slow endpoint answers once it is told to.
struct Slow {
    address: SocketAddr,
    /// A permit for each request that has come to it.
    begun: Arc<Semaphore>,
    told: Arc<Semaphore>,
}

impl Slow {
    async fn start(limits: Limits) -> Self {
        let (begun, told) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (beginning, waiting) = (begun.clone(), told.clone());
        let slow = axum::routing::get(move || async move {
            beginning.add_permits(1);
            waiting.acquire().await.expect("it is never closed").forget();
            "done"
        });
        let router =
            axum::Router::new().route("/livez", axum::routing::get(|| async { "live" })).route("/slow", slow);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            accept(listener, router, &limits, TrustedProxies::default(), CancellationToken::new()).await;
        });
        Self { address, begun, told }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    /// A connection over which something is worked on.
    async fn at_work(&self) -> TcpStream {
        let mut stream = self.connect().await;
        let request = "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.expect("written");
        self.begun.acquire().await.expect("it is never closed").forget();
        stream
    }

    /// The answer to one request over a connection of its own.
    async fn ask(&self, path: &str) -> String {
        let mut stream = self.connect().await;
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("written");
        rest(stream).await
    }
}

#[tokio::test]
async fn where_there_is_no_room_it_is_said_and_the_server_still_says_that_it_lives() {
    let slow = Slow::start(Limits { connections: 2, ..Limits::default() }).await;
    let (first, second) = (slow.at_work().await, slow.at_work().await);
    let refused = slow.ask("/slow").await;
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("retry-after: 5\r\n"), "{refused}");
    assert!(refused.contains("urn:problem-type:sister-cities:overloaded"), "{refused}");
    assert!(slow.ask("/livez").await.ends_with("live"));
    slow.told.add_permits(3);
    assert!(rest(first).await.ends_with("done") && rest(second).await.ends_with("done"));
    while !slow.ask("/slow").await.ends_with("done") {
        tokio::task::yield_now().await;
        slow.told.add_permits(1);
    }
}

#[tokio::test]
async fn idle_connections_make_way_for_one_that_asks() {
    let slow = Slow::start(Limits { connections_per_address: 3, ..Limits::default() }).await;
    let at_work = slow.at_work().await;
    let silent: [TcpStream; 20] = std::array::from_fn(|_| {
        let stream = std::net::TcpStream::connect(slow.address).expect("connected");
        stream.set_nonblocking(true).expect("a socket");
        TcpStream::from_std(stream).expect("a socket")
    });
    assert!(slow.ask("/livez").await.ends_with("live"), "one of the silent ones had to go");
    slow.told.add_permits(1);
    assert!(rest(at_work).await.ends_with("done"), "what was worked on did not");
    drop(silent);
}

#[tokio::test]
async fn a_client_that_never_reads_loses_its_connection() {
    let limits =
        Limits { send: Duration::from_millis(200), requests_per_connection: u32::MAX, ..Limits::default() };
    let running = start(limits).await;
    let mut stream = connect(&running).await;
    let requests = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
    // A connection that is kept hangs the test.
    while stream.write_all(requests.as_bytes()).await.is_ok() {}
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_client_that_never_reads() {
    let forever = Duration::from_hours(1);
    let limits = Limits {
        send: forever,
        shutdown_grace: forever,
        requests_per_connection: u32::MAX,
        ..Limits::default()
    };
    let running = start(limits).await;
    let mut stream = connect(&running).await;
    let requests = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
    // Until the server takes no more, as its answers are not read.
    while tokio::time::timeout(Duration::from_secs(1), stream.write_all(requests.as_bytes())).await.is_ok() {}
    running.stop.send(()).expect("still serving");
    running.serving.await.expect("ended well");
}

#[tokio::test]
async fn a_connection_ends_after_so_many_requests_and_after_so_long() {
    let running = start(Limits { requests_per_connection: 2, ..Limits::default() }).await;
    let mut stream = connect(&running).await;
    stream.write_all("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3).as_bytes()).await.expect("written");
    let answers = rest(stream).await;
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2, "{answers}");
    assert_eq!(answers.matches("connection: close").count(), 1, "{answers}");

    let forever = Duration::from_hours(1);
    let limits =
        Limits { connection_life: Duration::from_millis(200), header_read: forever, ..Limits::default() };
    let running = start(limits).await;
    assert_eq!(rest(connect(&running).await).await, "", "it is closed though it may say nothing for long");
}

#[tokio::test]
async fn the_refusal_of_a_long_head_says_how_long_it_may_be() {
    let running = start(Limits::default()).await;
    let mut stream = connect(&running).await;
    let head = format!(
        "GET /livez HTTP/1.1\r\nHost: x\r\nX-Huge: {}\r\nConnection: close\r\n\r\n",
        "x".repeat(40_000)
    );
    stream.write_all(head.as_bytes()).await.expect("written");
    let answer = rest(stream).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(answer.contains("may have 32768 bytes"), "{answer}");
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
