//! Every endpoint is routed and tested.

use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use sister_cities_api::{Access, registry};

use super::site::Site;
use super::story;

#[tokio::test]
async fn every_endpoint_has_a_route() {
    let site = Site::new().await;
    for endpoint in registry() {
        let url: Vec<&str> = endpoint
            .path
            .split('/')
            .map(|part| if part.starts_with('{') { "some-id" } else { part })
            .collect();
        let request = Request::builder().method(endpoint.method).uri(url.join("/")).body(Body::empty());
        let got = site.raw(request.expect("a request")).await;
        let expected = if endpoint.access == Access::Public { 200 } else { 401 };
        assert_eq!(got.status, expected, "{}: {}", endpoint.name, got.text());
    }
}

#[tokio::test]
async fn every_endpoint_is_part_of_the_story() {
    let site = Site::new().await;
    let told: BTreeSet<&str> = story::tell(&site).await.sent.iter().map(|sent| sent.endpoint).collect();
    let known: BTreeSet<&str> = registry().iter().map(|endpoint| endpoint.name).collect();
    assert_eq!(told, known);
}
