//! What is sent verifies with the public library for Rust, also while a secret is rotated (P21).

use std::collections::BTreeSet;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, HeaderName};
use sister_cities_api::webhook::{SigningSecret, WebhookEvent, sign, verify};
use sister_cities_domain::id::{DeliveryId, ProgrammeId, SeededIds, WebhookEndpointId};
use sister_cities_domain::value::SecretText;
use sister_cities_domain::webhook::{PayloadVersion, SigningSecrets, WebhookEndpoint, WebhookFormat};
use standardwebhooks::Webhook;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{WebhookChannel, WebhookRequest};
use crate::outbound::{OutboundClient, OutboundPolicy};
use crate::{Channel as _, SendError, Sending};

const BODY: &str = r#"{"type":"partnership.suspended","timestamp":"2026-11-30T08:59:58Z","version":"1","data":{"id":"evt_01h455vb4pex5vsknk084sn02q","programme":"prg_01h455vb4pex5vsknk084sn02q","subject":"prt_01h455vb4pex5vsknk084sn02q"}}"#;

#[expect(clippy::disallowed_methods, reason = "the public library reads the clock by itself")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// What arrives at a receiver on this machine.
async fn arrived(sent_with: Vec<SigningSecret>) -> (HeaderMap, Vec<u8>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let receiving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("somebody");
        let mut request = Vec::new();
        while !request.ends_with(BODY.as_bytes()) {
            assert_ne!(stream.read_buf(&mut request).await.expect("more"), 0, "cut short");
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.expect("answered");
        String::from_utf8(request).expect("text")
    });
    let local =
        OutboundPolicy::default().with_http().with_network("127.0.0.1/32".parse().expect("a network"));
    let channel = WebhookChannel::new(OutboundClient::new(local).expect("a client"));
    let delivery: DeliveryId = "dlv_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
    let message = WebhookRequest { url, secrets: sent_with, body: Bytes::from_static(BODY.as_bytes()) };
    channel.send(Sending { delivery, attempt: 1, at: now(), message }).await.expect("taken");
    let request = receiving.await.expect("received");
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").expect("a header");
        (name.parse::<HeaderName>().expect("a name"), value.parse().expect("a value"))
    };
    (head.lines().skip(1).map(header).collect(), body.as_bytes().to_vec())
}

/// P21, with the public library for Rust: each secret of a rotation alone verifies what is sent.
#[tokio::test]
async fn p21_what_arrives_verifies_with_the_public_library_and_with_ours() {
    let (old, new) = (SigningSecret::new([7; 32]), SigningSecret::new([8; 32]));
    let stored = |secret: &SigningSecret| SecretText::new(secret.expose()).expect("a text");
    let rotated = SigningSecrets::first(stored(&old)).rotate(stored(&new), now());
    let valid = rotated.valid_at(now());
    let parsed = valid.iter().map(|secret| secret.expose().parse().expect("a secret"));
    let (headers, body) = arrived(parsed.collect()).await;
    assert_eq!(headers["webhook-id"], "dlv_01h455vb4pex5vsknk084sn02q");
    assert_eq!(headers["content-type"], "application/json");
    for known in [old, new] {
        Webhook::new(&known.expose()).expect("a secret").verify(&body, &headers).expect("ours");
        let event = verify(std::slice::from_ref(&known), &headers, &body, now()).expect("ours");
        assert_eq!(event.name, "partnership.suspended");
    }
    let foreign = Webhook::new(&SigningSecret::new([9; 32]).expose()).expect("a secret");
    assert!(foreign.verify(&body, &headers).is_err());
}

fn endpoint() -> WebhookEndpoint {
    let ids = SeededIds::new(1);
    let secret = |text: &str| SecretText::new(text).expect("a text");
    WebhookEndpoint {
        id: WebhookEndpointId::next(&ids),
        programme: ProgrammeId::next(&ids),
        host: "hooks.example.org".to_owned(),
        url: secret("https://hooks.example.org/in"),
        token: None,
        format: WebhookFormat::Standard,
        events: BTreeSet::new(),
        partnership: None,
        payload_version: PayloadVersion::V1,
        description: None,
        owner: None,
        secrets: Some(SigningSecrets::first(secret(&SigningSecret::new([7; 32]).expose()))),
        disabled: None,
    }
}

/// A message waits, and is not given up, where the server lacks the key to what is secret of the endpoint.
#[test]
fn what_cannot_be_decrypted_is_tried_later() {
    let payload: WebhookEvent = serde_json::from_str(BODY).expect("a payload");
    let request = WebhookRequest::of(&endpoint(), &payload, now()).expect("readable");
    assert_eq!((request.url.as_str(), request.secrets.len()), ("https://hooks.example.org/in", 1));
    assert_eq!(serde_json::from_slice::<WebhookEvent>(&request.body).expect("JSON"), payload);
    let sealed = SecretText::new("sealed:1:1:00ff").expect("a text");
    for odd in [
        WebhookEndpoint { url: sealed.clone(), ..endpoint() },
        WebhookEndpoint { secrets: Some(SigningSecrets::first(sealed)), ..endpoint() },
        WebhookEndpoint { secrets: None, ..endpoint() },
    ] {
        let error = WebhookRequest::of(&odd, &payload, now()).expect_err("encrypted");
        assert!(matches!(error, SendError::Temporary { .. }), "{error:?}");
    }
}

proptest::proptest! {
    /// P21: for every secret, id, moment and body our signature is that of the public library.
    #[test]
    fn p21_our_signature_is_that_of_the_public_library(
        key in proptest::collection::vec(proptest::num::u8::ANY, 24..=64),
        id in "[a-z0-9_.]{1,40}", seconds in 0_i64..4_000_000_000, body in ".{0,200}",
    ) {
        let public = Webhook::from_bytes(key.clone()).expect("a key");
        let secret: SigningSecret = secret_of(&key);
        let at = DateTime::from_timestamp(seconds, 0).expect("a time");
        let theirs = public.sign(&id, seconds, body.as_bytes()).expect("text");
        proptest::prop_assert_eq!(sign(&[secret], &id, at, body.as_bytes()), theirs);
    }
}

fn secret_of(key: &[u8]) -> SigningSecret {
    use base64::Engine as _;
    let text = format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(key));
    text.parse().expect("24 to 64 bytes")
}
