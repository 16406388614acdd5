//! Pages and streams.

use futures_util::{StreamExt, TryStreamExt};
use sister_cities_client::Error;
use sister_cities_client::api::{Cursor, NoParameters};

use crate::scripted::{Script, Step};
use crate::things::{ListThings, ThingQuery, thing};

const FIRST: Step =
    Step::Answer(200, &[], r#"{"items":[{"name":"Accra"},{"name":"Athens"}],"next_cursor":"c2"}"#);
const EMPTY: Step = Step::Answer(200, &[], r#"{"items":[],"next_cursor":"c3"}"#);
const LAST: Step = Step::Answer(200, &[], r#"{"items":[{"name":"Warsaw"}]}"#);
const BUSY: Step = Step::Answer(503, &[], "");

#[tokio::test(start_paused = true)]
async fn a_stream_turns_the_pages_past_an_empty_one_and_a_busy_server() {
    let script = Script::of([FIRST, BUSY, EMPTY, LAST]);
    let list = script.client().list::<ListThings>(NoParameters, ThingQuery::default());
    let names: Vec<_> = list.stream().try_collect().await.expect("all pages");
    assert_eq!(names, [thing("Accra"), thing("Athens"), thing("Warsaw")]);
    assert_eq!(script.uri(0), "https://sister.example/prefix/v1/things");
    assert_eq!(script.uri(3), "https://sister.example/prefix/v1/things?cursor=c3");
}

#[tokio::test(start_paused = true)]
async fn pages_are_fetched_only_when_asked_for() {
    let script = Script::of([FIRST, LAST]);
    let stream = script.client().list::<ListThings>(NoParameters, ThingQuery::default()).stream();
    let two: Vec<_> = stream.take(2).try_collect().await.expect("the first page");
    assert_eq!(two.len(), 2);
    assert_eq!(script.sent(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_error_ends_the_stream_and_a_list_can_go_on_at_a_cursor() {
    let script = Script::of([FIRST, Step::Answer(403, &[], ""), LAST]);
    let client = script.client();
    let items: Vec<Result<_, Error>> =
        client.list::<ListThings>(NoParameters, ThingQuery::default()).stream().collect().await;
    assert_eq!(items.len(), 3, "two items, then the error, then nothing");
    assert!(items[2].is_err());

    let rest =
        client.list::<ListThings>(NoParameters, ThingQuery::default()).starting_at(Cursor("c2".into()));
    assert_eq!(rest.all().await.expect("the rest"), [thing("Warsaw")]);
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_stands_still_is_an_error_not_an_endless_loop() {
    const AGAIN: Step = Step::Answer(200, &[], r#"{"items":[],"next_cursor":"c2"}"#);
    let script = Script::of([AGAIN, AGAIN]);
    let list = script.client().list::<ListThings>(NoParameters, ThingQuery::default());
    let stuck = list.all().await.expect_err("stuck");
    assert!(matches!(stuck, Error::Decode { ref path, .. } if path == "next_cursor"), "{stuck:?}");
}
