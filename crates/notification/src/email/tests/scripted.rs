//! A mail server that follows a script: how it answers to each command, and what it then does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::email::{SmtpChannel, SmtpConfig};

/// What the server does at some point.
#[derive(Clone, Copy, Debug)]
pub(super) enum Does {
    Answers(&'static str),
    /// Closes the connection without a word.
    Drops,
    /// Never says anything more.
    Hangs,
    /// Says more and more, as fast as it is read, and never ends a line.
    Floods,
    /// Says something, and never the end of it, byte by byte.
    Drips,
}

/// How it answers; what stands for nothing is answered well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    pub(super) greeting: Does,
    pub(super) to_recipient: Does,
    pub(super) to_content: Does,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            greeting: Does::Answers("220 ready"),
            to_recipient: Does::Answers("250 2.1.5 ok"),
            to_content: Does::Answers("250 2.0.0 queued as 4711"),
        }
    }
}

/// A server, with all mails that it took over or dropped.
pub(super) struct ScriptedServer {
    port: u16,
    mails: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
    task: JoinHandle<()>,
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ScriptedServer {
    pub(super) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let (taken, counted) = (Arc::clone(&mails), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *counted.lock().expect("no panic") += 1;
                let taken = Arc::clone(&taken);
                tokio::spawn(async move {
                    // A client that goes away is none of the server's business.
                    let _gone = converse(stream, script, &taken).await;
                });
            }
        });
        Self { port, mails, connections, task }
    }

    /// A channel to it, with little patience.
    pub(super) fn channel(&self) -> SmtpChannel {
        let server = format!("smtp://127.0.0.1:{}?tls=none", self.port).parse().expect("a server");
        let mut config = SmtpConfig::new(server, super::desk());
        config.session_timeout = Duration::from_millis(500);
        config.per_second = std::num::NonZeroU32::new(1_000).expect("not zero");
        SmtpChannel::new(config).expect("a channel")
    }

    pub(super) fn mails(&self) -> Vec<String> {
        self.mails.lock().expect("no panic").clone()
    }

    pub(super) fn connections(&self) -> usize {
        *self.connections.lock().expect("no panic")
    }
}

async fn converse(stream: TcpStream, script: Script, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    if !act(&mut stream, script.greeting).await? {
        return Ok(());
    }
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let does = match line.split([' ', '\r']).next().unwrap_or_default() {
            "EHLO" => Does::Answers("250-scripted\r\n250 8BITMIME"),
            "RCPT" => script.to_recipient,
            "QUIT" => Does::Answers("221 bye"),
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut mail).await? == 0 {
                        return Ok(());
                    }
                }
                taken.lock().expect("no panic").push(mail);
                script.to_content
            }
            _ => Does::Answers("250 ok"),
        };
        if !act(&mut stream, does).await? {
            return Ok(());
        }
    }
}

/// Whether the conversation goes on.
async fn act(stream: &mut BufReader<TcpStream>, does: Does) -> std::io::Result<bool> {
    match does {
        Does::Answers(answer) => {
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
            Ok(true)
        }
        Does::Drops => Ok(false),
        Does::Hangs => std::future::pending().await,
        Does::Floods => loop {
            stream.write_all(&[b'2'; 8_192]).await?;
        },
        Does::Drips => loop {
            stream.write_all(b"2").await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        },
    }
}
