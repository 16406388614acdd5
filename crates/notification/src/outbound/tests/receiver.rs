//! A receiver that behaves as it is told to, and counts who comes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What a receiver does once it has read a request.
#[derive(Clone, Debug)]
pub(super) enum Behaviour {
    /// Answers so, and closes the connection.
    Answer(String),
    /// Answers with a head, and then a byte each second for ever.
    Drip(&'static str),
    /// Says nothing and keeps the connection.
    Hang,
    /// Closes without a word.
    Reset,
}

#[derive(Debug)]
pub(super) struct Receiver {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    read: Arc<Notify>,
}

impl Receiver {
    pub(super) async fn start(at: &str, behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind(at).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (connections, read) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let (counted, told) = (Arc::clone(&connections), Arc::clone(&read));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, behaviour.clone(), Arc::clone(&told)));
            }
        });
        Self { address, connections, read }
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until a request has arrived.
    pub(super) async fn was_asked(&self) {
        self.read.notified().await;
    }
}

async fn serve(mut stream: TcpStream, behaviour: Behaviour, told: Arc<Notify>) {
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    told.notify_one();
    match behaviour {
        Behaviour::Answer(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Behaviour::Drip(head) => {
            let _ = stream.write_all(head.as_bytes()).await;
            while stream.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        Behaviour::Hang => std::future::pending().await,
        Behaviour::Reset => drop(stream),
    }
}
