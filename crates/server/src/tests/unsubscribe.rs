//! The page behind the link at the end of a mail: no token, no change by looking, and nothing told to whoever has no link.

use axum::body::Body;
use http::Request;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use sister_cities_app::IdempotentReply;
use sister_cities_domain::access::Caller;
use sister_cities_domain::id::{PersonId, PlaceId, ProgrammeId};
use sister_cities_domain::notification::{RefusableKind, Refusal, Rhythm};
use sister_cities_domain::person::Person;
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::Name;

use super::site::{Got, Site};

fn name(text: &str) -> Name {
    Name::new(text).expect(text)
}

/// A programme with a person who reads French, and the path of the link by which they refuse digests.
async fn link(site: &Site) -> (ProgrammeId, PersonId, String) {
    let (app, caller) = (&site.app, Caller::system());
    let (id, person) = (ProgrammeId::next(app.ids()), PersonId::next(app.ids()));
    let official = PlaceName::new(name("Genève"), NameRole::Official);
    let host = Place::new(PlaceId::next(app.ids()), id, PlaceLevel::City, official);
    let programme = Programme {
        id,
        name: name("Genève <et> ses villes"),
        host: host.id,
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: "de".parse().expect("German"),
        currency: "CHF".parse().expect("francs"),
    };
    app.create_programme(&caller, programme, host, IdempotentReply::NONE).await.expect("a programme");
    let reader =
        Person { languages: vec!["fr".parse().expect("French")], ..Person::new(person, id, name("Ève")) };
    app.create_person(&caller, reader, IdempotentReply::NONE).await.expect("a person");
    let vault = app.database().vault().expect("a vault");
    let keys = vault.signing_keys(id.into(), app.clock().now()).await.expect("keys");
    let refusal = Refusal { person, kind: RefusableKind::Digest(Rhythm::Daily) }.to_string();
    let signature = keys.sign(&refusal);
    (id, person, format!("/unsubscribe/{id}/{refusal}.{signature}"))
}

async fn looked_at(site: &Site, path: &str) -> Got {
    let request = Request::get(path).header(ACCEPT_LANGUAGE, "pl-PL,pl;q=0.9,en;q=0.8");
    site.raw(request.body(Body::empty()).expect("a request")).await
}

/// As a mail program does it (RFC 8058).
async fn clicked(site: &Site, path: &str) -> Got {
    let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    site.raw(request.body(Body::from("List-Unsubscribe=One-Click")).expect("a request")).await
}

async fn refuses_digests(site: &Site, programme: ProgrammeId, person: PersonId) -> bool {
    let found = site.app.get::<Person>(&Caller::system(), programme, person, None).await.expect("a person");
    found.value.reading.is_some_and(|reading| reading.digests_refused)
}

#[tokio::test]
async fn to_look_at_the_link_changes_nothing_and_one_click_refuses_without_a_token() {
    let site = Site::new().await;
    let (programme, person, path) = link(&site).await;
    let page = looked_at(&site, &path).await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let text = page.text();
    assert!(text.contains("lang=\"fr\"") && text.contains("<form method=\"post\">"), "{text}");
    assert!(text.contains("Genève &lt;et&gt; ses villes") && !text.contains("Ève"), "{text}");
    assert!(
        page.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'"))
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(!refuses_digests(&site, programme, person).await);

    for _ in 0..2 {
        let done = clicked(&site, &path).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert!(!done.text().contains("<form"), "{}", done.text());
        assert!(done.text().contains("Ce qui vous revient"), "it says what comes still: {}", done.text());
        assert!(refuses_digests(&site, programme, person).await);
    }
}

#[tokio::test]
async fn whoever_has_no_link_is_told_nothing() {
    let site = Site::new().await;
    let (programme, person, path) = link(&site).await;
    let (before, signature) = path.rsplit_once('.').expect("a signature");
    let other = PersonId::next(site.app.ids());
    for wrong in [
        format!("{before}.{}", "0".repeat(signature.len())),
        before.to_owned(),
        path.replace(&person.to_string(), &other.to_string()),
        path.replace(&programme.to_string(), &ProgrammeId::next(site.app.ids()).to_string()),
        path.replace(&programme.to_string(), "everywhere"),
    ] {
        for got in [looked_at(&site, &wrong).await, clicked(&site, &wrong).await] {
            assert_eq!(got.status, 404, "{wrong}");
            assert!(!got.text().contains("Genève"), "{}", got.text());
        }
        let shown = looked_at(&site, &wrong).await.text();
        assert!(shown.contains("lang=\"pl\""), "in the language of the browser: {shown}");
    }
    assert!(!refuses_digests(&site, programme, person).await);
}
