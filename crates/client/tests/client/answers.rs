//! What the client makes of answers, good and bad.

use sister_cities_client::api::{NoBody, NoParameters, ProblemKind};
use sister_cities_client::{DecodeReason, Error};

use crate::scripted::{Script, Step};
use crate::things::{GetThing, ListThings, PatchThing, ThingQuery, thing};

const PROBLEM: &[(&str, &str)] = &[("content-type", "application/problem+json"), ("x-request-id", "req-1")];

async fn get(step: Step) -> Result<String, Error> {
    let client = Script::of([step]).client();
    Ok(client.call::<GetThing>(NoParameters, NoParameters, NoBody).await?.name)
}

#[tokio::test]
async fn a_problem_is_handed_over_with_the_field_it_names() {
    let body = r#"{"type":"urn:problem-type:sister-cities:invalid","title":"A field is not right","status":422,
        "detail":"one date is not right","request_id":"req-1",
        "errors":[{"pointer":"/on","detail":"is no date","expected":"a date such as 1991-08"}]}"#;
    let refused = get(Step::Answer(422, PROBLEM, body)).await.expect_err("refused");
    let problem = refused.problem().expect("a problem");
    assert_eq!(problem.kind, ProblemKind::Invalid);
    assert_eq!(problem.errors[0].pointer.as_deref(), Some("/on"));
    assert_eq!(refused.request_id(), Some("req-1"));
    assert_eq!(
        refused.to_string(),
        "GET /v1/thing was refused with 422 Unprocessable Entity: A field is not right: one date is not right; \
         /on: is no date (expected a date such as 1991-08)"
    );
}

#[tokio::test]
async fn a_page_of_a_proxy_is_shown_in_part_and_without_control_characters() {
    let page = "<html>\r\n<b>Bad\u{1b}[31m Gateway</b></html>";
    let client = Script::of([Step::Answer(404, &[("content-type", "text/html")], page)]).client();
    let refused = client.call::<GetThing>(NoParameters, NoParameters, NoBody).await.expect_err("refused");
    assert!(refused.is_not_found());
    assert!(refused.problem().is_none());
    let Error::Api(api) = refused else { panic!("a refusal") };
    assert_eq!(api.excerpt, "<html> <b>Bad [31m Gateway</b></html>");
}

#[tokio::test]
async fn an_answer_cut_in_the_middle_cannot_be_read_and_says_where() {
    let body = r#"{"items":[{"name":"Accra"},{"nam"#;
    let client = Script::of([Step::Answer(200, &[("x-request-id", "req-2")], body)]).client();
    let cut = client.list::<ListThings>(NoParameters, ThingQuery::default()).page().await.expect_err("cut");
    assert_eq!(cut.request_id(), Some("req-2"));
    assert!(!cut.is_retryable());
    let Error::Decode { path, source: DecodeReason::Json(_), .. } = cut else { panic!("{cut:?}") };
    assert_eq!(path, "items[1]");
}

#[tokio::test]
async fn fields_from_a_newer_server_do_not_hinder() {
    let name = get(Step::Answer(200, &[], r#"{"name":"Kyiv","twinned":true}"#)).await.expect("read");
    assert_eq!(name, "Kyiv");
}

#[tokio::test]
async fn a_change_names_the_revision_it_starts_from() {
    let answer = |tag| Step::Answer(200, tag, r#"{"name":"Kyiv"}"#);
    let script = Script::of([answer(&[("etag", "\"r41\"")]), answer(&[("etag", "\"r42\"")]), answer(&[])]);
    let client = script.client();
    let read = client.call_versioned::<GetThing>(NoParameters, NoParameters, NoBody).await.expect("read");
    let change = client.call_versioned::<PatchThing>(NoParameters, NoParameters, thing("Kyiv"));
    let changed = change.with_if_match(&read.etag).await.expect("changed");
    assert_eq!(script.header(1, "if-match").as_deref(), Some("\"r41\""));
    assert_eq!((changed.name.as_str(), changed.etag.as_str()), ("Kyiv", "\"r42\""));
    let untagged = client.call_versioned::<GetThing>(NoParameters, NoParameters, NoBody).await;
    assert!(matches!(untagged, Err(Error::Decode { source: DecodeReason::NoETag, .. })));
}

#[tokio::test]
async fn the_token_is_sent_but_never_shown() {
    let script = Script::of([Step::Answer(200, &[], r#"{"name":"x"}"#)]);
    let client = script.builder().user_agent("office/1.0").build().expect("a client");
    client.call::<GetThing>(NoParameters, NoParameters, NoBody).await.expect("read");
    assert_eq!(script.header(0, "authorization").as_deref(), Some("Bearer scp_secret"));
    assert!(
        script.header(0, "user-agent").is_some_and(|ua| ua.starts_with("office/1.0 sister-cities-client/"))
    );
    assert!(!format!("{client:?}").contains("secret"));
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let script = Script::of([
        Step::Answer(200, &[("etag", "\"r1\"")], r#"{"name":"Kyiv"}"#),
        Step::Answer(304, &[("etag", "\"r1\"")], ""),
        Step::Answer(200, &[("etag", "\"r2\"")], r#"{"name":"Kyjiw"}"#),
    ]);
    let client = script.client();
    let call = || client.call_versioned::<GetThing>(NoParameters, NoParameters, NoBody);
    let first = call().await.expect("read");
    assert_eq!(call().if_changed_since(&first.etag).await.expect("asked"), None);
    assert_eq!(script.header(1, "if-none-match").as_deref(), Some("\"r1\""));
    let newer = call().if_changed_since(&first.etag).await.expect("asked").expect("changed");
    assert_eq!((newer.name.as_str(), newer.etag.as_str()), ("Kyjiw", "\"r2\""));
}
