//! When a call is tried again, and when never.

use std::time::Duration;

use sister_cities_client::api::{NoBody, NoParameters};
use sister_cities_client::transport::Phase;
use sister_cities_client::{Error, IdempotencyKey, RetryPolicy};
use tokio::time::Instant;

use crate::scripted::{Script, Step};
use crate::things::{CreateThing, GetThing, PatchThing, thing};

const OK: Step = Step::Answer(200, &[("etag", "\"r1\"")], r#"{"name":"Casablanca"}"#);
const BUSY: Step = Step::Answer(503, &[("retry-after", "7")], "");
const PLAIN_BUSY: Step = Step::Answer(503, &[], "");

async fn get(script: &Script) -> Result<String, Error> {
    Ok(script.client().call::<GetThing>(NoParameters, NoParameters, NoBody).await?.name)
}

async fn create(script: &Script) -> Result<String, Error> {
    Ok(script.client().call::<CreateThing>(NoParameters, NoParameters, thing("Casablanca")).await?.name)
}

#[tokio::test(start_paused = true)]
async fn an_overloaded_server_is_asked_again_when_it_said_so() {
    let script = Script::of([BUSY, OK]);
    let start = Instant::now();
    assert_eq!(get(&script).await.expect("the second try"), "Casablanca");
    assert_eq!(script.sent(), 2);
    assert!(start.elapsed() >= Duration::from_secs(7), "Retry-After was honoured");
    assert!(start.elapsed() <= Duration::from_millis(7_201), "and nothing but the jitter added");
}

#[tokio::test(start_paused = true)]
async fn a_wait_longer_than_the_cap_ends_the_call_with_the_answer() {
    let script = Script::of([Step::Answer(503, &[("retry-after", "3600"), ("x-request-id", "req-9")], "")]);
    let refused = get(&script).await.expect_err("no second try");
    assert_eq!(script.sent(), 1);
    assert!(refused.is_retryable());
    assert_eq!(refused.request_id(), Some("req-9"));
    let Error::Api(api) = refused else { panic!("a refusal") };
    assert_eq!(api.retry_after, Some(Duration::from_hours(1)));
}

#[tokio::test(start_paused = true)]
async fn three_tries_and_no_more() {
    let script = Script::of([PLAIN_BUSY, PLAIN_BUSY, PLAIN_BUSY, OK]);
    let refused = get(&script).await.expect_err("three refusals");
    assert_eq!(script.sent(), 3);
    let Error::Api(api) = refused else { panic!("a refusal") };
    assert_eq!(api.attempts, 3);
}

#[tokio::test(start_paused = true)]
async fn a_creation_carries_the_same_key_in_every_try_and_a_fresh_one_in_the_next_call() {
    let script = Script::of([Step::Fail(Phase::Receiving), PLAIN_BUSY, OK, OK]);
    create(&script).await.expect("the third try");
    create(&script).await.expect("at once");
    let keys: Vec<_> = (0..4).map(|i| script.header(i, "idempotency-key").expect("a key")).collect();
    assert_eq!(keys[0], keys[1]);
    assert_eq!(keys[1], keys[2]);
    assert_ne!(keys[2], keys[3]);
    assert_eq!(keys[0].len(), 36);
}

#[tokio::test(start_paused = true)]
async fn a_key_of_ones_own_is_sent_and_a_read_carries_none() {
    let script = Script::of([OK, OK]);
    let key = IdempotencyKey::new("line 12 of the log").expect("a key");
    let call = script.client().call::<CreateThing>(NoParameters, NoParameters, thing("x"));
    call.with_idempotency_key(key).await.expect("done");
    get(&script).await.expect("read");
    assert_eq!(script.header(0, "idempotency-key").as_deref(), Some("line 12 of the log"));
    assert_eq!(script.header(1, "idempotency-key"), None);
}

#[tokio::test(start_paused = true)]
async fn a_creation_still_being_worked_on_is_waited_for() {
    const IN_FLIGHT: Step = Step::Answer(
        409,
        &[("content-type", "application/problem+json")],
        r#"{"type":"urn:problem-type:sister-cities:in-flight","title":"The same request is still being worked on","status":409}"#,
    );
    let script = Script::of([Step::Hang, IN_FLIGHT, OK]);
    assert_eq!(create(&script).await.expect("the third try"), "Casablanca");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_not_argued_with() {
    for status in [400, 401, 403, 404, 409, 412, 422, 428, 500] {
        let script = Script::of([Step::Answer(status, &[], "")]);
        let refused = get(&script).await.expect_err("refused");
        assert_eq!(script.sent(), 1, "{status}");
        assert_eq!(refused.status().map(|s| s.as_u16()), Some(status));
        assert!(!refused.is_retryable(), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_that_may_have_been_made_is_not_repeated_blindly() {
    let patch = |script: &Script| {
        script
            .client()
            .call::<PatchThing>(NoParameters, NoParameters, thing("x"))
            .with_retry(RetryPolicy::standard())
    };
    let script = Script::of([Step::Fail(Phase::Sending)]);
    patch(&script).await.expect_err("not repeated");
    assert_eq!(script.sent(), 1);

    let script = Script::of([Step::Fail(Phase::Connecting), OK]);
    patch(&script).await.expect("nothing had been sent, so it is tried again");
    assert_eq!(script.sent(), 2);
}

#[tokio::test(start_paused = true)]
async fn retries_are_switched_off_for_one_call() {
    let script = Script::of([PLAIN_BUSY]);
    let call = script.client().call::<GetThing>(NoParameters, NoParameters, NoBody);
    call.with_retry(RetryPolicy::never()).await.expect_err("refused");
    assert_eq!(script.sent(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_times_out_and_the_whole_call_too() {
    let script = Script::of([Step::Hang, OK]);
    let start = Instant::now();
    get(&script).await.expect("the second try");
    assert!(start.elapsed() >= Duration::from_secs(30));

    let script = Script::of([Step::Hang, Step::Hang]);
    let client = script.builder().total_timeout(Duration::from_secs(40)).build().expect("a client");
    let start = Instant::now();
    let late = client.call::<GetThing>(NoParameters, NoParameters, NoBody).await.expect_err("too late");
    assert!(
        matches!(late, Error::TimedOut { attempts: 2, after } if after == Duration::from_secs(40)),
        "{late:?}"
    );
    assert!(late.is_retryable());
    assert_eq!(start.elapsed(), Duration::from_secs(40));
}

#[tokio::test(start_paused = true)]
async fn when_everything_fails_the_budget_stops_the_retries_of_all_clones() {
    let script = Script::of((0..100).map(|_| PLAIN_BUSY));
    let client = script.client();
    for _ in 0..30 {
        client.clone().call::<GetThing>(NoParameters, NoParameters, NoBody).await.expect_err("refused");
    }
    assert_eq!(script.sent(), 30 + 20, "30 calls, and 20 retries for all of them together");
}
