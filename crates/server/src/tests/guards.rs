//! Lost updates, repeated requests, and requests made too often.

use std::num::NonZeroU32;

use serde_json::json;
use sister_cities_api::place::{CreatePlace, ListPlaces, ListPlacesQuery};
use sister_cities_api::place::{GetPlace, PlacePath, PlaceView, ReplacePlace};
use sister_cities_api::programme::ProgrammeView;
use sister_cities_api::programme::{
    ChangeProgramme, CreateProgramme, GetProgramme, ListProgrammes, ListProgrammesQuery, ProgrammePath,
};
use sister_cities_api::{NoBody, NoParameters, ProblemKind, RecordQuery, RecordedQuery};
use sister_cities_domain::access::Scope;

use super::site::{Sent, Site, request};
use super::story::{body, chicago};
use crate::settings::Limits;

async fn programme(site: &Site) -> ProgrammeView {
    site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await
}

fn oslo(path: &ProgrammePath) -> Sent {
    let facts = json!({ "names": [{ "text": "Oslo", "role": "official" }], "country": "NO" });
    request::<CreatePlace>(path, &NoParameters, &body(&facts))
}

async fn places(site: &Site, path: &ProgrammePath) -> Vec<PlaceView> {
    site.ask::<ListPlaces>(path, &ListPlacesQuery::default(), &NoBody).await.items
}

#[tokio::test]
async fn a_change_needs_the_revision_that_was_read() {
    let site = Site::new().await;
    let programme = programme(&site).await;
    let path = PlacePath { programme: programme.id, place: programme.host };
    let change = request::<ReplacePlace>(
        &path,
        &NoParameters,
        &body(&json!({ "names": [{ "text": "Chicago", "role": "official" }] })),
    );

    let without = site.send(&change).await;
    assert_eq!((without.status, without.problem().kind), (428, ProblemKind::PreconditionRequired));
    let done = site.send(&change.clone().if_match("\"r1\"")).await;
    assert_eq!((done.status, done.etag().as_str()), (200, "\"r2\""));
    let stale = site.send(&change.if_match("\"r1\"")).await;
    assert_eq!((stale.status, stale.problem().kind), (412, ProblemKind::Stale));
    assert!(stale.text().contains("is at \\\"r2\\\" now"), "{}", stale.text());
}

#[tokio::test]
async fn of_ten_racing_changes_exactly_one_wins() {
    let site = Site::new().await;
    let programme = programme(&site).await;
    let path = PlacePath { programme: programme.id, place: programme.host };
    let changes = (0..10).map(|n| {
        let facts = json!({ "names": [{ "text": format!("Chicago {n}"), "role": "official" }] });
        request::<ReplacePlace>(&path, &NoParameters, &body(&facts)).if_match("\"r1\"")
    });
    let changes: Vec<Sent> = changes.collect();
    let answers = futures_util::future::join_all(changes.iter().map(|change| site.send(change))).await;
    let statuses = |status| answers.iter().filter(|got| got.status == status).count();
    assert_eq!((statuses(200), statuses(412)), (1, 9));
}

#[tokio::test]
async fn who_has_the_revision_already_is_told_so_without_a_body() {
    let site = Site::new().await;
    let programme = programme(&site).await;
    let read = request::<GetProgramme>(
        &ProgrammePath { programme: programme.id },
        &RecordedQuery::default(),
        &NoBody,
    );
    let first = site.send(&read).await;
    let again = http::Request::builder()
        .uri(&read.url)
        .header("authorization", format!("Bearer {}", site.admin))
        .header("if-none-match", format!("\"r9\", W/{}", first.etag()))
        .body(axum::body::Body::empty());
    let again = site.raw(again.expect("a request")).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(again.etag(), first.etag());
}

#[tokio::test]
async fn a_repeated_request_has_one_effect_and_the_same_answer() {
    let site = Site::new().await;
    let path = ProgrammePath { programme: programme(&site).await.id };
    let create = oslo(&path).key("one");
    let first = site.send(&create).await;
    let again = site.send(&create).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(first.etag(), again.etag());
    assert_eq!(
        (first.header("idempotency-replayed"), again.header("idempotency-replayed")),
        (None, Some("true"))
    );
    assert_eq!(places(&site, &path).await.len(), 2);
    let other = site.send(&oslo(&path).key("two")).await;
    assert_eq!(other.status, 201, "another key is another request");
    assert_eq!(places(&site, &path).await.len(), 3);
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    let site = Site::new().await;
    let path = ProgrammePath { programme: programme(&site).await.id };
    let create = oslo(&path).key("one");
    assert_eq!(site.send(&create).await.status, 201);
    let mut other = create;
    let facts = json!({ "names": [{ "text": "Bergen", "role": "official" }] });
    other.body = request::<CreatePlace>(&path, &NoParameters, &body(&facts)).body;
    let refused = site.send(&other).await;
    assert_eq!((refused.status, refused.problem().kind), (422, ProblemKind::KeyReused));
    assert_eq!(places(&site, &path).await.len(), 2);
}

#[tokio::test]
async fn a_refused_request_is_not_kept_so_it_may_be_mended_under_its_key() {
    let site = Site::new().await;
    let path = ProgrammePath { programme: programme(&site).await.id };
    let mut bad = oslo(&path).key("one");
    if let Some(body) = &mut bad.body {
        body.bytes = br#"{"names":[]}"#.to_vec();
    }
    assert_eq!(site.send(&bad).await.status, 422);
    assert_eq!(site.send(&oslo(&path).key("one")).await.status, 201);
}

#[tokio::test]
async fn a_key_is_the_tokens_own() {
    let site = Site::new().await;
    let path = ProgrammePath { programme: programme(&site).await.id };
    let other = site.token(None, &Scope::ALL).await;
    assert_eq!(site.send(&oslo(&path).key("one")).await.status, 201);
    assert_eq!(site.send_as(&oslo(&path).key("one"), Some(&other)).await.status, 201);
    assert_eq!(places(&site, &path).await.len(), 3);
}

#[tokio::test]
async fn setting_up_a_programme_twice_under_one_key_makes_one() {
    let site = Site::new().await;
    let create = request::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago()))
        .key("019ab1c2-7d3e-7f45-8a67-0123456789ab");
    let (first, again) = (site.send(&create).await, site.send(&create).await);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.bytes, again.bytes);
    let all = site.ask::<ListProgrammes>(&NoParameters, &ListProgrammesQuery::default(), &NoBody).await;
    assert_eq!(all.items.len(), 1);
}

#[tokio::test]
async fn of_ten_equal_requests_at_once_one_makes_the_place() {
    let site = Site::new().await;
    let path = ProgrammePath { programme: programme(&site).await.id };
    let create = oslo(&path).key("one");
    let answers = futures_util::future::join_all((0..10).map(|_| site.send(&create))).await;
    assert!(answers.iter().all(|got| [201, 409].contains(&got.status)), "{answers:?}");
    assert!(answers.iter().any(|got| got.status == 201));
    assert_eq!(places(&site, &path).await.len(), 2);
}

#[tokio::test]
async fn a_token_that_asks_too_often_is_told_when_to_come_again() {
    let limits = Limits {
        burst: NonZeroU32::new(3).expect("not zero"),
        requests_per_second: NonZeroU32::MIN,
        ..Limits::default()
    };
    let site = Site::with_limits(limits).await;
    let list = request::<ListProgrammes>(&NoParameters, &ListProgrammesQuery::default(), &NoBody);
    let first = site.send(&list).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("ratelimit-policy"), Some("\"token\";q=3;w=3"));
    assert_eq!(first.header("ratelimit"), Some("\"token\";r=2;t=1"));
    let mut got = first;
    for _ in 0..20 {
        got = site.send(&list).await;
    }
    assert_eq!((got.status, got.problem().kind.clone()), (429, ProblemKind::RateLimited));
    assert!(
        got.header("retry-after").and_then(|text| text.parse::<u64>().ok()).is_some_and(|wait| wait >= 1)
    );
    let other = site.token(None, &[Scope::ProgrammeRead]).await;
    assert_eq!(site.send_as(&list, Some(&other)).await.status, 200, "each token has a bucket of its own");
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_the_next_request() {
    use sister_cities_app::token::NewToken;
    use sister_cities_domain::access::Caller;

    let site = Site::new().await;
    let list = request::<ListProgrammes>(&NoParameters, &ListProgrammesQuery::default(), &NoBody);
    let new = NewToken {
        programme: None,
        name: "short-lived".parse().expect("a name"),
        scopes: [Scope::ProgrammeRead].into(),
        expires_at: Some("2026-11-23T13:00:00Z".parse().expect("an instant")),
    };
    let made = site.app.create_token(&Caller::system(), new.clone()).await.expect("a token");
    assert_eq!(site.send_as(&list, Some(made.text.reveal())).await.status, 200);
    site.app.revoke_token(&Caller::system(), None, made.token.value.id).await.expect("revoked");
    assert_eq!(site.send_as(&list, Some(made.text.reveal())).await.status, 401);

    let made = site.app.create_token(&Caller::system(), new).await.expect("a token");
    assert_eq!(site.send_as(&list, Some(made.text.reveal())).await.status, 200);
    site.clock.set("2026-11-23T13:00:01Z".parse().expect("an instant"));
    assert_eq!(site.send_as(&list, Some(made.text.reveal())).await.status, 401, "it has expired");
}

#[tokio::test]
async fn what_was_read_can_be_read_again() {
    let site = Site::new().await;
    let programme = programme(&site).await;
    let path = PlacePath { programme: programme.id, place: programme.host };
    let host = site.ask::<GetPlace>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!((host.display_name.as_str(), host.revision), ("Chicago", 1));
}

#[tokio::test]
async fn an_office_sets_its_kinds_and_how_long_it_keeps_names() {
    let site = Site::new().await;
    let programme = programme(&site).await;
    let path = ProgrammePath { programme: programme.id };
    let mut kinds = serde_json::to_value(&programme.kinds).expect("JSON");
    let quick = serde_json::to_value(&programme.vitality).expect("JSON");
    kinds[0]["vitality"] = quick.clone();
    kinds[0]["vitality"]["half_life_days"] = json!(90);
    let change =
        json!({ "kinds": kinds, "one_per_country": "advised", "retention": { "personal_days": 1095 } });
    let change = request::<ChangeProgramme>(&path, &NoParameters, &body(&change)).if_match("\"r1\"");
    let changed = site.send(&change).await;
    assert_eq!(changed.status, 200, "{}", changed.text());

    let now = site.ask::<GetProgramme>(&path, &RecordedQuery::default(), &NoBody).await;
    let half_life = now.kinds[0].vitality.as_ref().map(|numbers| numbers.half_life_days);
    assert_eq!((half_life, &now.kinds[1..]), (Some(90), &programme.kinds[1..]));
    assert_eq!(now.one_per_country.as_str(), "advised");
    assert_eq!(now.retention.personal_days, NonZeroU32::new(1095));

    kinds[0]["vitality"]["active_at"] = json!(1);
    let upside_down = json!({ "kinds": kinds });
    let change = request::<ChangeProgramme>(&path, &NoParameters, &body(&upside_down)).if_match("\"r2\"");
    let refused = site.send(&change).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("/kinds/0/vitality"), "{}", refused.text());
}
