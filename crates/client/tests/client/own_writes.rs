//! A change whose answer was lost: it is told apart from somebody else's, or it is said that it cannot be told.

use sister_cities_client::api::{NoBody, NoParameters};
use sister_cities_client::transport::Phase;
use sister_cities_client::{Error, Versioned};

use crate::scripted::{Script, Step};
use crate::things::{DeleteThing, GetThing, ReplaceThing, Thing, thing};

const READ: Step = Step::Answer(200, &[("etag", "\"r1\"")], r#"{"name":"Kyiv"}"#);
const LOST: Step = Step::Fail(Phase::Receiving);
const CHANGED: Step = Step::Answer(412, &[("x-request-id", "req-3")], "");
const GONE: Step = Step::Answer(404, &[], "");

async fn read(script: &Script) -> Versioned<Thing> {
    let client = script.client();
    client.call_versioned::<GetThing>(NoParameters, NoParameters, NoBody).await.expect("read")
}

async fn replace(script: &Script, name: &str) -> Result<Versioned<Thing>, Error> {
    let etag = read(script).await.etag;
    let call = script.client().call_versioned::<ReplaceThing>(NoParameters, NoParameters, thing(name));
    call.with_if_match(&etag).await
}

async fn delete(script: &Script) -> Result<(), Error> {
    let etag = read(script).await.etag;
    let call = script.client().call::<DeleteThing>(NoParameters, NoParameters, NoBody);
    call.with_if_match(&etag).await.map(drop)
}

fn methods(script: &Script) -> Vec<String> {
    (0..script.sent()).map(|request| script.method(request)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_change_of_ones_own_is_recognised_after_its_answer_was_lost() {
    let now = Step::Answer(200, &[("etag", "\"r2\"")], r#"{"name":"Kyjiw"}"#);
    let script = Script::of([READ, LOST, CHANGED, now]);
    let changed = replace(&script, "Kyjiw").await.expect("it was this change");
    assert_eq!((changed.name.as_str(), changed.etag.as_str()), ("Kyjiw", "\"r2\""));
    assert_eq!(methods(&script), ["GET", "PUT", "PUT", "GET"], "and it was made once");
    assert_eq!(script.header(3, "if-match"), None);
}

#[tokio::test(start_paused = true)]
async fn where_it_cannot_be_told_who_changed_the_record_that_is_said() {
    let now = Step::Answer(200, &[("etag", "\"r3\"")], r#"{"name":"Kiev"}"#);
    let script = Script::of([READ, LOST, CHANGED, now]);
    let unknown = replace(&script, "Kyjiw").await.expect_err("somebody else changed it, before or after");
    assert!(unknown.is_outcome_unknown() && !unknown.is_stale() && !unknown.is_retryable(), "{unknown:?}");
    assert_eq!((unknown.request_id(), unknown.status()), (Some("req-3"), None));

    let script = Script::of([READ, LOST, CHANGED, Step::Answer(403, &[], "")]);
    let unknown = replace(&script, "Kyjiw").await.expect_err("it may not be read");
    assert!(unknown.is_outcome_unknown(), "{unknown:?}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_failed_while_it_stored_the_change_may_have_stored_it() {
    let failed = Step::Answer(503, &[("retry-after", "5")], "");
    let now = Step::Answer(200, &[("etag", "\"r2\"")], r#"{"name":"Kyjiw"}"#);
    let script = Script::of([READ, failed, CHANGED, now]);
    assert_eq!(replace(&script, "Kyjiw").await.expect("it was this change").name, "Kyjiw");
}

#[tokio::test(start_paused = true)]
async fn where_no_answer_was_lost_somebody_else_was_faster() {
    let script = Script::of([READ, CHANGED]);
    assert!(replace(&script, "Kyjiw").await.expect_err("changed").is_stale());

    let too_many = Step::Answer(429, &[("retry-after", "1")], "");
    let script = Script::of([READ, too_many, Step::Fail(Phase::Connecting), CHANGED]);
    let stale = replace(&script, "Kyjiw").await.expect_err("changed");
    assert!(stale.is_stale(), "nothing had been done before: {stale:?}");
}

#[tokio::test(start_paused = true)]
async fn what_was_deleted_before_the_answer_was_lost_is_deleted() {
    for refusal in [CHANGED, GONE] {
        let script = Script::of([READ, LOST, refusal, GONE]);
        delete(&script).await.expect("it is gone");
    }
    let script = Script::of([READ, LOST, CHANGED, READ]);
    let unknown = delete(&script).await.expect_err("it is there, in another state");
    assert!(unknown.is_outcome_unknown(), "{unknown:?}");
    let script = Script::of([READ, GONE]);
    assert!(delete(&script).await.expect_err("no answer was lost").is_not_found());
}
