//! Receivers that take everything over, each a process of its own on the core of the server, so that what is measured is who sends.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use sister_cities_measure::cores::as_server;
use sister_cities_measure::{Outcome, say};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The part that receives webhooks.
pub(crate) const HTTP: &str = "sink-http";
/// The part that receives mails.
pub(crate) const SMTP: &str = "sink-smtp";

/// A receiver that runs; it ends when this is dropped.
pub(crate) struct Sink {
    child: Child,
    pub(crate) port: u16,
}

impl Sink {
    pub(crate) fn start(part: &str) -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--bench", &format!("--part={part}")]).stdout(Stdio::piped());
        let mut child = as_server(|| command.spawn())?;
        let said = child.stdout.take().ok_or("it says nothing")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        Ok(Self { child, port: line.trim().parse()? })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers every request with 204.
pub(crate) fn serve_http() -> Outcome<()> {
    serve(async |mut stream| {
        let mut unread: Vec<u8> = Vec::new();
        loop {
            while let Some(length) = request_length(&unread) {
                unread.drain(..length);
                stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await?;
            }
            if stream.read_buf(&mut unread).await? == 0 {
                return Ok(());
            }
        }
    })
}

/// Whether a request is there to its end.
pub(crate) fn is_whole(bytes: &[u8]) -> bool {
    request_length(bytes).is_some()
}

/// The bytes of the request at the beginning, if it is whole.
fn request_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let of_line = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    };
    let whole = head + text.lines().find_map(of_line).unwrap_or(0);
    (bytes.len() >= whole).then_some(whole)
}

/// Takes every mail over.
pub(crate) fn serve_smtp() -> Outcome<()> {
    serve(async |stream| {
        let mut stream = tokio::io::BufReader::new(stream);
        stream.write_all(b"220 sink\r\n").await?;
        let mut line = String::new();
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let answer: &[u8] = match line.get(..4).unwrap_or_default() {
                "EHLO" => b"250-sink\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n",
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    while line != ".\r\n" {
                        line.clear();
                        if stream.read_line(&mut line).await? == 0 {
                            return Ok(());
                        }
                    }
                    b"250 2.0.0 queued\r\n"
                }
                "QUIT" => b"221 bye\r\n",
                _ => b"250 ok\r\n",
            };
            stream.write_all(answer).await?;
        }
    })
}

/// Says on which port it is, and converses with everybody until it is killed.
fn serve(converse: impl AsyncFn(TcpStream) -> std::io::Result<()> + Copy + 'static) -> Outcome<()> {
    let runtime = crate::runtime()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        say(&listener.local_addr()?.port().to_string());
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            // A client that goes away is none of the receiver's business.
            tokio::task::spawn_local(async move { drop(converse(stream).await) });
        }
    })
}
