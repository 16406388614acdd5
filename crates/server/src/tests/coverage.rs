//! Every endpoint is routed, tested, and closed to whoever may not use it.

use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use sister_cities_api::{Access, registry};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::{IdSource as _, ProgrammeId, SeededIds};

use super::site::{Sent, Site};
use super::story::{self, Story, body, chicago};

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

/// The requests of a story that are not open to everybody.
fn guarded(story: &Story) -> impl Iterator<Item = (&Sent, Scope)> {
    story.sent.iter().filter_map(|sent| {
        let endpoint = registry().into_iter().find(|endpoint| endpoint.name == sent.endpoint)?;
        match endpoint.access {
            Access::Public => None,
            Access::Scope(scope) => Some((sent, scope)),
        }
    })
}

#[tokio::test]
async fn without_a_good_token_every_endpoint_answers_401() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let forged = format!("scp_{}", "A".repeat(49));
    for (sent, _) in guarded(&story) {
        for token in [None, Some(""), Some("scp_"), Some(forged.as_str()), Some("x y")] {
            let got = site.send_as(sent, token).await;
            assert_eq!(got.status, 401, "{} {token:?}: {}", sent.endpoint, got.text());
            assert!(got.header("www-authenticate").is_some_and(|value| value.starts_with("Bearer")));
            assert!(
                got.problem().errors.iter().any(|error| error.header.as_deref() == Some("Authorization"))
            );
        }
    }
}

#[tokio::test]
async fn without_the_scope_every_endpoint_answers_403() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    for (sent, needed) in guarded(&story) {
        let others: Vec<Scope> =
            Scope::ALL.into_iter().filter(|scope| *scope != needed && *scope != Scope::Admin).collect();
        let token = site.token(Some(story.programme), &others).await;
        let got = site.send_as(sent, Some(&token)).await;
        assert_eq!(got.status, 403, "{}: {}", sent.endpoint, got.text());
        assert!(got.problem().detail.is_some_and(|detail| detail.contains(needed.as_str())));
    }
}

/// A programme of somebody else, and a token that may do everything in it.
async fn neighbour(site: &Site) -> (ProgrammeId, String) {
    let mut theirs = chicago();
    theirs["name"] = "Birmingham's partnerships".into();
    let made = site
        .ask::<sister_cities_api::programme::CreateProgramme>(
            &sister_cities_api::NoParameters,
            &sister_cities_api::NoParameters,
            &body(&theirs),
        )
        .await;
    (made.id, site.token(Some(made.id), &Scope::ALL).await)
}

#[tokio::test]
async fn another_programme_looks_exactly_like_one_that_does_not_exist() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let (_, token) = neighbour(&site).await;
    let made_up = ProgrammeId::from_uuid(SeededIds::new(99).next_uuid());
    let (ours, none) = (story.programme.to_string(), made_up.to_string());
    for (sent, _) in guarded(&story).filter(|(sent, _)| sent.url.contains(&story.programme.to_string())) {
        let foreign = site.send_as(sent, Some(&token)).await;
        let absent =
            site.send_as(&Sent { url: sent.url.replace(&ours, &none), ..sent.clone() }, Some(&token)).await;
        assert_eq!(foreign.status, 404, "{}: {}", sent.endpoint, foreign.text());
        assert_eq!((foreign.status, &foreign.bytes), (absent.status, &absent.bytes), "{}", sent.endpoint);
    }
}

#[tokio::test]
async fn another_programmes_record_looks_exactly_like_one_that_does_not_exist() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let (theirs, token) = neighbour(&site).await;
    let ids = SeededIds::new(98);
    let mut records = 0;
    for (sent, _) in guarded(&story) {
        // …/programmes/{programme}/{kind}/{record}…
        let parts: Vec<&str> = sent.url.split(['?', '/']).collect();
        let Some(record) = parts.get(5).filter(|part| part.contains('_')) else { continue };
        let url = sent.url.replace(&story.programme.to_string(), &theirs.to_string());
        let prefix = record.split('_').next().expect("a prefix");
        let made_up = ProgrammeId::from_uuid(ids.next_uuid()).to_string().replace("prg", prefix);
        let foreign = site.send_as(&Sent { url: url.clone(), ..sent.clone() }, Some(&token)).await;
        let absent =
            site.send_as(&Sent { url: url.replace(record, &made_up), ..sent.clone() }, Some(&token)).await;
        assert_eq!(foreign.status, 404, "{}: {}", sent.endpoint, foreign.text());
        assert_eq!((foreign.status, &foreign.bytes), (absent.status, &absent.bytes), "{}", sent.endpoint);
        records += 1;
    }
    assert!(records >= 20, "only {records} endpoints name a record");
}
