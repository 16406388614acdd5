//! The real transport against a real socket that answers by a script of bytes.

use sister_cities_client::api::{NoBody, NoParameters};
use sister_cities_client::transport::Phase;
use sister_cities_client::{Client, Error, RetryPolicy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::things::{CreateThing, GetThing, thing};

/// Serves one connection per answer, closes it after, and gives back what was asked.
async fn server(answers: &'static [&'static str]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/prefix", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            asked.push(request(&mut stream).await);
            stream.write_all(answer.as_bytes()).await.expect("written");
            stream.shutdown().await.expect("closed");
        }
        asked
    });
    (address, serving)
}

/// Reads head and body of a request.
async fn request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.expect("readable");
        text.push_str(std::str::from_utf8(&buffer[..read]).expect("text"));
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .find_map(|l| l.strip_prefix("content-length: "))
            .map_or(0, |n| n.parse::<usize>().expect("a length"));
        if read == 0 || body.len() >= length {
            return text;
        }
    }
}

#[tokio::test]
async fn a_creation_goes_over_the_wire_with_its_body_key_and_prefix() {
    let (address, serving) = server(&[
        "HTTP/1.1 201 Created\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{\"name\":\"Accra\"}",
    ])
    .await;
    let client = Client::builder(address).token("scp_x").build().expect("a client");
    let call = client.call::<CreateThing>(NoParameters, NoParameters, thing("Accra"));
    let cut = call.with_retry(RetryPolicy::never()).await;
    // 15 of the 16 bytes are announced: what arrives is complete for HTTP and broken as JSON.
    assert!(matches!(cut, Err(Error::Decode { ref path, .. }) if path == "."), "{cut:?}");
    let asked = serving.await.expect("served").remove(0);
    assert!(asked.starts_with("POST /prefix/v1/things HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("authorization: Bearer scp_x\r\n"));
    assert!(asked.contains("content-type: application/json\r\n"));
    assert!(asked.contains("idempotency-key: "));
    assert!(!asked.contains("accept-encoding"), "within one machine nothing need be packed: {asked}");
    assert!(asked.ends_with("{\"name\":\"Accra\"}"));
}

#[tokio::test]
async fn a_connection_cut_in_the_middle_of_an_answer_is_tried_again() {
    let (address, serving) = server(&[
        "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"name\":",
        "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"name\":\"Kyiv\"}",
    ])
    .await;
    let client = Client::builder(address).build().expect("a client");
    let got = client.call::<GetThing>(NoParameters, NoParameters, NoBody).await.expect("the second try");
    assert_eq!(got, thing("Kyiv"));
    let asked = serving.await.expect("served");
    assert_eq!(asked.len(), 2);
}

#[tokio::test]
async fn where_nobody_listens_the_error_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = Client::builder(address).retry(RetryPolicy::never()).build().expect("a client");
    let refused = client.livez().await.expect_err("nobody there");
    assert!(refused.is_unreachable() && refused.is_retryable());
    let Error::Transport { source, attempts: 1 } = refused else { panic!("{refused:?}") };
    assert_eq!(source.phase(), Phase::Connecting);
}
