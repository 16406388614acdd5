//! What callers are told when something is wrong, word for word.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use sister_cities_api::partnership::{CreatePartnership, DecidePartnership, PartnershipPath};
use sister_cities_api::place::{CreatePlace, PlacePath, ReplacePlace};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{EncodedBody, Endpoint, NoParameters};

use super::site::{Got, Site, request};
use super::story::{self, Story, body};
use crate::config::ServerConfig;
use crate::route::Shared;
use crate::server::assemble;
use crate::settings::Limits;

/// Ids differ from run to run only if the code does; still they say nothing here.
fn shown(story: &Story, got: &Got) -> String {
    let problem: Value =
        serde_json::from_slice(&got.bytes).unwrap_or_else(|_| panic!("no JSON: {}", got.text()));
    assert_eq!(got.header("content-type"), Some("application/problem+json"));
    assert_eq!(problem["status"], json!(got.status));
    let text = serde_json::to_string_pretty(&problem).expect("JSON");
    let names = [
        (story.partnership.to_string(), "{partnership}"),
        (story.birmingham.to_string(), "{birmingham}"),
        (story.host.to_string(), "{host}"),
        (story.programme.to_string(), "{programme}"),
    ];
    names.iter().fold(text, |text, (id, name)| text.replace(id, name))
}

fn with_token(site: &Site, method: &str, url: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(url)
        .header("authorization", format!("Bearer {}", site.admin))
        .header("x-request-id", "fixed-by-the-test")
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of faults, each told once")]
async fn each_kind_of_fault_is_told_in_full() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let programme = story.programme;
    let of_programme = ProgrammePath { programme };
    let places = format!("/v1/programmes/{programme}/places");
    let get = |url: &str| with_token(&site, "GET", url).body(Body::empty()).expect("a request");
    let post = |url: &str, media_type: &str, body: &str| {
        let request = with_token(&site, "POST", url).header("content-type", media_type);
        request.body(Body::from(body.to_owned())).expect("a request")
    };
    let json = "application/json";

    let mut told = Vec::new();
    let mut tell = |what: &str, got: Got| told.push(format!("## {what}\n{}", shown(&story, &got)));
    tell("no such path", site.raw(get("/v1/nothing")).await);
    tell(
        "no such method",
        site.raw(with_token(&site, "DELETE", &places).body(Body::empty()).expect("a request")).await,
    );
    tell(
        "no token",
        site.raw(
            Request::builder()
                .uri(&places)
                .header("x-request-id", "fixed-by-the-test")
                .body(Body::empty())
                .expect("a request"),
        )
        .await,
    );
    tell(
        "an id of another kind",
        site.raw(get(&format!("/v1/programmes/{}/places", story.partnership))).await,
    );
    tell(
        "unknown parameters, each once",
        site.raw(get(&format!("{places}?nam=x&limit=0&nam=y&country=UK1"))).await,
    );
    tell("a parameter given twice", site.raw(get(&format!("{places}?limit=5&limit=6"))).await);
    tell("a broken query", site.raw(get(&format!("{places}?country=%zz"))).await);
    tell("text instead of JSON", site.raw(post(&places, "text/plain", "{}")).await);
    tell("no JSON", site.raw(post(&places, json, "{\"names\": [")).await);
    tell("a missing field", site.raw(post(&places, json, "{}")).await);
    tell("an unknown field", site.raw(post(&places, json, r#"{"names":[],"colour":"red"}"#)).await);
    tell(
        "a wrong value deep inside",
        site.raw(post(&places, json, r#"{"names":[{"text":"Oslo","role":"official","from":"12 May"}]}"#))
            .await,
    );
    tell(
        "an unknown word",
        site.raw(post(&places, json, r#"{"names":[{"text":"Oslo","role":"nickname"}]}"#)).await,
    );
    tell(
        "a value of the domain",
        site.raw(post(
            &places,
            json,
            r#"{"names":[{"text":"Oslo","role":"official"}],"point":{"latitude":99,"longitude":0}}"#,
        ))
        .await,
    );
    tell("no name at all", site.raw(post(&places, json, r#"{"names":[]}"#)).await);

    let members = json!({ "members": [story.host, story.host] });
    tell(
        "the same place twice",
        site.send(&request::<CreatePartnership>(&of_programme, &NoParameters, &body(&members))).await,
    );
    let members = json!({ "members": [story.host, story.birmingham],
        "episode": { "kind": "sister-city", "began": [{ "date": "1993", "source": "x" }] } });
    tell(
        "an open bond of the same places",
        site.send(&request::<CreatePartnership>(&of_programme, &NoParameters, &body(&members))).await,
    );
    let path = PartnershipPath { programme, partnership: story.partnership };
    let decide =
        |json: Value| request::<DecidePartnership>(&path, &NoParameters, &body(&json)).if_match("\"r4\"");
    tell(
        "a decision that is not possible",
        site.send(&decide(json!({ "decision": "resume", "on": "2024" }))).await,
    );
    tell("a decision without what it needs", site.send(&decide(json!({ "decision": "review" }))).await);
    tell(
        "a decision with what does not belong to it",
        site.send(&decide(json!({ "decision": "assess", "deadline": "2027-01-01" }))).await,
    );
    let host = PlacePath { programme, place: story.host };
    let facts =
        body::<<ReplacePlace as Endpoint>::Body>(&json!({ "names": [{ "text": "x", "role": "official" }] }));
    tell("no If-Match", site.send(&request::<ReplacePlace>(&host, &NoParameters, &facts)).await);
    tell(
        "a broken If-Match",
        site.send(&request::<ReplacePlace>(&host, &NoParameters, &facts).if_match("*")).await,
    );
    tell(
        "a stale If-Match",
        site.send(&request::<ReplacePlace>(&host, &NoParameters, &facts).if_match("\"r7\"")).await,
    );
    let mut image = request::<CreatePlace>(&of_programme, &NoParameters, &facts);
    image.body = Some(EncodedBody { media_type: "image/png", bytes: vec![1, 2, 3] });
    image.url = format!("/v1/programmes/{programme}/imports?kind=partnerships");
    tell("a picture instead of a table", site.send(&image).await);
    image.body = Some(EncodedBody { media_type: "text/csv", bytes: b"\x89PNG\r\n\x1a\n".to_vec() });
    tell("a picture that says it is a table", site.send(&image).await);
    tell(
        "no acceptable type",
        site.raw(
            with_token(&site, "GET", &places)
                .header("accept", "text/html")
                .body(Body::empty())
                .expect("a request"),
        )
        .await,
    );
    insta::assert_snapshot!(told.join("\n\n"));
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_read() {
    let site =
        Site::with_limits(Limits { json_body: 1_000, file_body: 2_000, url: 300, ..Site::generous() }).await;
    let story = story::tell(&site).await;
    let places = format!("/v1/programmes/{}/places", story.programme);
    let post = |bytes: usize| {
        with_token(&site, "POST", &places)
            .header("content-type", "application/json")
            .body(Body::from(" ".repeat(bytes)))
            .expect("a request")
    };
    assert_eq!(site.raw(post(1_001)).await.status, 413);
    assert_eq!(site.raw(post(1_000)).await.status, 400, "just not JSON");
    // Without a length the bytes are counted as they come.
    let chunks = futures_util::stream::iter(
        (0..20).map(|_| Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b' '; 100]))),
    );
    let streamed = with_token(&site, "POST", &places)
        .header("content-type", "application/json")
        .body(Body::from_stream(chunks))
        .expect("a request");
    assert_eq!(site.raw(streamed).await.status, 413);
    let long = with_token(&site, "GET", &format!("{places}?cursor={}", "x".repeat(300)));
    assert_eq!(site.raw(long.body(Body::empty()).expect("a request")).await.status, 414);
}

#[tokio::test]
async fn the_callers_request_id_comes_back_if_it_is_harmless() {
    let site = Site::new().await;
    let livez = |id: &str| {
        Request::builder().uri("/livez").header("x-request-id", id).body(Body::empty()).expect("a request")
    };
    assert_eq!(site.raw(livez("abc-123_X")).await.header("x-request-id"), Some("abc-123_X"));
    for bad in ["", "a b", "<script>", &"x".repeat(65)] {
        let got = site.raw(livez(bad)).await;
        let given = got.header("x-request-id").expect("an id").to_owned();
        assert!(given != bad && given.len() == 32, "{bad:?} became {given:?}");
    }
}

#[tokio::test]
async fn a_panic_is_a_500_that_says_nothing_of_it() {
    let site = Site::new().await;
    let boom = axum::routing::get(|| async {
        assert!(std::env::args().count() == 0, "secret details of the panic");
    });
    let config = ServerConfig::loopback();
    let shared = Shared::new(site.app.clone(), &config, [7; 32]);
    let router = assemble(axum::Router::new().route("/boom", boom), &shared, &config);
    let site = Site { router, ..site };
    let request = Request::builder().uri("/boom").header("x-request-id", "quote-me").body(Body::empty());
    let got = site.raw(request.expect("a request")).await;
    assert_eq!(got.status, 500);
    let problem = got.problem();
    assert_eq!(problem.request_id.as_deref(), Some("quote-me"));
    assert!(!got.text().contains("secret") && !got.text().contains("panic"), "{}", got.text());
}
