//! As much HTTP as a writer needs, by hand: what a drill concludes must not rest on a client that retries by itself.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const CONNECT_PATIENCE: Duration = Duration::from_secs(2);
/// Longer than the server takes to say that it cannot.
const ANSWER_PATIENCE: Duration = Duration::from_secs(8);
const LARGEST_ANSWER: usize = 1 << 20;

/// A connection to a server, kept open between requests.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) token: &'a str,
    pub(crate) idempotency_key: Option<&'a str>,
    pub(crate) body: &'a str,
}

/// What is answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// It was kept from an earlier request with the same idempotency key.
    pub(crate) was_there: bool,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> io::Result<Self> {
        Self::over(TcpStream::connect_timeout(&address, CONNECT_PATIENCE)?)
    }

    /// A connection that is open already.
    pub(crate) fn over(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_PATIENCE))?;
        stream.set_write_timeout(Some(ANSWER_PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends a request and reads the whole answer. After an error the connection is of no more use.
    pub(crate) fn ask(&mut self, request: Request<'_>) -> io::Result<Answer> {
        let Request { method, path, token, idempotency_key, body } = request;
        let key = idempotency_key.map(|key| format!("idempotency-key: {key}\r\n")).unwrap_or_default();
        let message = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n{key}\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.exchange(message.as_bytes())
    }

    /// Sends the bytes of a request and reads the whole answer.
    pub(crate) fn exchange(&mut self, message: &[u8]) -> io::Result<Answer> {
        self.stream.get_mut().write_all(message)?;
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut length = None;
        let mut was_there = false;
        loop {
            let line = self.line()?;
            match line.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse::<usize>().ok();
                }
                Some((name, _)) => was_there |= name.eq_ignore_ascii_case("idempotency-replayed"),
                None if line.is_empty() => break,
                None => return Err(broken()),
            }
        }
        // What has no body says no length: 204 and 304.
        let length = length.or_else(|| matches!(status, Some(204 | 304)).then_some(0));
        let (Some(status), Some(length @ ..=LARGEST_ANSWER)) = (status, length) else { return Err(broken()) };
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned(), was_there })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no answer in HTTP/1.1 with a length")
}
