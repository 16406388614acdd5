//! What is reached and what is not, and what becomes of each fault of a receiver.

mod addresses;
mod faults;
mod fetching;
mod receiver;

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::Method;
use reqwest::header::HeaderMap;

use super::{HostLookup, OutboundClient, OutboundPolicy, OutboundRequest};
use crate::{Receipt, SendError};

fn now() -> DateTime<Utc> {
    "2026-11-30T09:00:00Z".parse().expect("a time")
}

fn request(url: &str) -> OutboundRequest {
    OutboundRequest {
        method: Method::POST,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::from_static(b"{}"),
        secrets: vec!["S3CRET".to_owned()],
    }
}

async fn sent(client: &OutboundClient, url: &str) -> Result<Receipt, SendError> {
    client.send(request(url), now()).await
}

/// A client that reaches one address inside, by http too.
fn local(network: &str, lookup: Arc<dyn HostLookup>) -> OutboundClient {
    let policy = OutboundPolicy::default().with_http().with_network(network.parse().expect("a network"));
    OutboundClient::with_lookup(policy, lookup).expect("a client")
}
