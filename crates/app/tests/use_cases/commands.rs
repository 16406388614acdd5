//! Stories of commands as such: replies that are kept, and two who change one record.

use sister_cities_app::{AppError, CommandOutcome};
use sister_cities_domain::place::{ExternalIds, Place};
use sister_cities_storage::{Conflict, Versioned};

use crate::harness::{Office, keeping, system};
use crate::stories;

stories! {
    a_repeated_request_gets_the_reply_that_was_kept_and_has_no_second_effect;
    a_refused_command_keeps_no_reply;
    of_ten_racing_writers_exactly_one_wins;
}

fn reply(place: &Versioned<Place>) -> String {
    format!("{} at {}", place.value.id, place.revision)
}

async fn a_repeated_request_gets_the_reply_that_was_kept_and_has_no_second_effect(office: Office) {
    let (caller, milan) = (system(), office.city("Milan"));
    let enter = || office.app.create_place(&caller, milan.clone(), keeping("key-1", reply));
    let CommandOutcome::Executed(place) = enter().await.expect("created") else { panic!("it was the first") };
    let CommandOutcome::Replayed(kept) = enter().await.expect("replayed") else {
        panic!("it was the second")
    };
    assert_eq!(kept.body, reply(&place).into_bytes());
    let counts = office.app.database().programme(office.programme).counts().await.expect("counts");
    assert_eq!(counts[&sister_cities_domain::id::RecordKind::Place], 2, "Chicago and one Milan");
}

async fn a_refused_command_keeps_no_reply(office: Office) {
    let external = ExternalIds { geonames: Some(1), ..ExternalIds::default() };
    let enter = |key: &'static str| {
        let (app, milan) = (&office.app, Place { external, ..office.city("Milan") });
        async move { app.create_place(&system(), milan, keeping(key, reply)).await }
    };
    enter("key-1").await.expect("created");
    for _ in 0..2 {
        let refusal = enter("key-2").await.expect_err("the same place");
        assert!(matches!(refusal, AppError::Conflict(Conflict::Unique { .. })), "{refusal:?}");
    }
}

async fn of_ten_racing_writers_exactly_one_wins(office: Office) {
    let revision = sister_cities_storage::Revision::FIRST;
    let writers = (0..10).map(|writer| {
        let renamed = Place { id: office.chicago, ..office.city(&format!("Chicago {writer}")) };
        let app = office.app.clone();
        tokio::spawn(async move { app.replace_place(&system(), renamed, revision).await })
    });
    let mut won = 0;
    for writer in writers.collect::<Vec<_>>() {
        match writer.await.expect("no panic") {
            Ok(_) => won += 1,
            Err(error) => assert!(matches!(error, AppError::Stale { .. }), "{error:?}"),
        }
    }
    assert_eq!(won, 1);
}
