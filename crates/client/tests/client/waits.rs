//! A refusal that only asks to wait costs time, and nothing else.

use std::time::Duration;

use sister_cities_client::api::{NoBody, NoParameters};
use sister_cities_client::{Client, Error, RetryPolicy};
use tokio::time::Instant;

use crate::scripted::{Script, Step};
use crate::things::{CreateThing, GetThing, PatchThing, thing};

const OK: Step = Step::Answer(200, &[], r#"{"name":"Casablanca"}"#);
const TOO_MANY: Step = Step::Answer(429, &[("retry-after", "1")], "");
const BUSY: Step = Step::Answer(503, &[("retry-after", "1")], "");
const PLAIN_BUSY: Step = Step::Answer(503, &[], "");

async fn get(client: &Client) -> Result<String, Error> {
    Ok(client.call::<GetThing>(NoParameters, NoParameters, NoBody).await?.name)
}

#[tokio::test(start_paused = true)]
async fn however_often_a_call_is_asked_to_wait_it_is_sent_again() {
    for refusal in [TOO_MANY, BUSY] {
        let Step::Answer(status, headers, body) = refusal else { panic!("an answer") };
        let script = Script::of((0..10).map(|_| Step::Answer(status, headers, body)).chain([OK]));
        assert_eq!(get(&script.client()).await.expect("the eleventh"), "Casablanca");
        assert_eq!(script.sent(), 11);
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_costs_no_tries_and_no_budget() {
    let script = Script::of([TOO_MANY, PLAIN_BUSY, TOO_MANY, PLAIN_BUSY, TOO_MANY, OK]);
    get(&script.client()).await.expect("three tries, and three times asked to wait");

    // As many as would use up the budget of all clones three times over, and then a failure.
    let refused = (0..60).map(|_| TOO_MANY);
    let script = Script::of(refused.flat_map(|refusal| [refusal, OK]).chain([PLAIN_BUSY, OK]));
    let client = script.client();
    for _ in 0..61 {
        get(&client).await.expect("done");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_a_minute_in_all_and_then_hands_over_the_refusal() {
    let script = Script::of((0..100).map(|_| Step::Answer(429, &[("retry-after", "7")], "")));
    let start = Instant::now();
    let refused = get(&script.client()).await.expect_err("for ever too many");
    let Error::Api(api) = refused else { panic!("a refusal") };
    assert_eq!((api.status.as_u16(), api.retry_after), (429, Some(Duration::from_secs(7))));
    assert!(start.elapsed() <= Duration::from_mins(1), "{:?}", start.elapsed());
    assert!(start.elapsed() >= Duration::from_secs(40), "{:?}", start.elapsed());
    assert_eq!(api.attempts, u32::try_from(script.sent()).expect("few"));
}

#[tokio::test(start_paused = true)]
async fn where_it_is_not_said_when_to_come_again_the_waits_grow() {
    let script = Script::of((0..200).map(|_| Step::Answer(429, &[], "")));
    get(&script.client()).await.expect_err("for ever too many");
    assert!(script.sent() < 60, "{}", script.sent());
}

#[tokio::test(start_paused = true)]
async fn a_change_that_was_refused_with_the_request_to_wait_is_sent_again() {
    for refusal in [TOO_MANY, BUSY] {
        let script = Script::of([refusal, OK]);
        let call = script.client().call::<PatchThing>(NoParameters, NoParameters, thing("x"));
        call.await.expect("the second attempt");
        assert_eq!(script.sent(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_has_to_wait_keeps_its_key() {
    let script = Script::of([TOO_MANY, BUSY, OK]);
    script.client().call::<CreateThing>(NoParameters, NoParameters, thing("x")).await.expect("done");
    let keys: Vec<_> = (0..3).map(|i| script.header(i, "idempotency-key").expect("a key")).collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test(start_paused = true)]
async fn a_single_call_does_not_wait_if_it_is_told_not_to() {
    for policy in [RetryPolicy::never(), RetryPolicy::standard().with_waiting(Duration::ZERO)] {
        let script = Script::of([TOO_MANY]);
        let call = script.client().call::<GetThing>(NoParameters, NoParameters, NoBody);
        call.with_retry(policy).await.expect_err("refused");
        assert_eq!(script.sent(), 1);
    }
}

/// A quota of ten requests, refilled within ten seconds, of which nothing is left.
const LAST: Step = Step::Answer(
    200,
    &[("ratelimit-policy", "\"token\";q=10;w=10"), ("ratelimit", "\"token\";r=0;t=10")],
    r#"{"name":"Casablanca"}"#,
);

#[tokio::test(start_paused = true)]
async fn where_the_quota_is_used_up_all_clones_wait_before_they_send() {
    let script = Script::of([LAST, LAST, LAST]);
    let client = script.client();
    get(&client).await.expect("at once");
    let start = Instant::now();
    let (clone, other) = (client.clone(), client.clone());
    let (first, second) = tokio::join!(get(&clone), get(&other));
    first.and(second).expect("both");
    assert_eq!(start.elapsed(), Duration::from_secs(2), "one a second");
}

#[tokio::test(start_paused = true)]
async fn a_single_call_and_one_that_is_not_counted_go_before_the_quota() {
    let script = Script::of([LAST, OK, Step::Answer(200, &[], r#"{"status":"ok"}"#)]);
    let client = script.client();
    get(&client).await.expect("at once");
    let start = Instant::now();
    let call = client.call::<GetThing>(NoParameters, NoParameters, NoBody);
    call.with_retry(RetryPolicy::never()).await.expect("at once");
    // What it answers is of no concern here.
    let _ = client.livez().await;
    assert_eq!((start.elapsed(), script.sent()), (Duration::ZERO, 3));
}
