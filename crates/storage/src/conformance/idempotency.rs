//! One key, one effect.

use sister_cities_domain::id::{IdSource as _, ProgrammeId, SeededIds};

use super::sample::{World, changes, event, later, place, programme};
use crate::{
    ChangeSet, CommitError, Database, IdempotencyKey, IdempotencyRecord, Outcome, Sequence, Unavailable,
};

/// The stored status and body, not those of the second attempt.
pub async fn a_repeated_request_gets_the_first_reply_and_no_second_effect(database: Database) {
    let world = World::new(&database).await;
    let first = reply("key", 1, 24);
    world.store(request(&world, &first)).await;
    let before = world.dump().await;

    let second = IdempotencyRecord { status: 500, body: b"other".to_vec(), ..first.clone() };
    let outcome = database.commit(request(&world, &second)).await;

    assert_eq!(outcome, Ok(Outcome::Replayed(first.clone())));
    assert_eq!(world.dump().await, before);
    let records = database.programme(world.programme);
    assert_eq!(records.journal_end().await, Ok(Sequence(2)));
    assert_eq!(records.idempotency(first.key.clone(), later(1)).await, Ok(Some(first)));
}

/// The fingerprint tells them apart.
pub async fn another_request_under_the_same_key_is_refused(database: Database) {
    let world = World::new(&database).await;
    world.store(request(&world, &reply("key", 1, 24))).await;
    let before = world.dump().await;
    let refused = database.commit(request(&world, &reply("key", 2, 24))).await;
    assert_eq!(refused, Err(CommitError::KeyReused));
    assert_eq!(world.dump().await, before);
}

/// And by programme.
pub async fn keys_are_apart_by_credential_and_route(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    let first = reply("key", 1, 24);
    world.store(request(&world, &first)).await;
    let mut credential = reply("key", 2, 24);
    credential.key.credential.push_str("_other");
    world.store(request(&world, &credential)).await;
    let mut route = reply("key", 3, 24);
    route.key.route.push_str("/other");
    world.store(request(&world, &route)).await;
    other.store(request(&other, &reply("key", 4, 24))).await;
}

/// Each attempt makes up a new programme, so the key cannot be that of the programme.
pub async fn a_repeated_request_for_a_new_programme_creates_one(database: Database) {
    let reply = reply("key", 1, 24);
    let ids = SeededIds::new(3);
    let attempt = || {
        let (programme, host) = (ProgrammeId::next(&ids), ids.next_uuid());
        let mut changes = changes(programme);
        changes
            .create_raw(self::programme(programme, host))
            .create_raw(place(host, "chicago", None))
            .event_raw(event(programme.into()))
            .idempotency(reply.clone());
        database.commit(changes)
    };
    assert!(matches!(attempt().await, Ok(Outcome::Committed(_))));
    assert_eq!(attempt().await, Ok(Outcome::Replayed(reply.clone())));
    assert_eq!(database.store().programmes(None, 10).await.expect("programmes").len(), 1);
    assert_eq!(
        database.installation().idempotency(reply.key.clone(), later(0)).await,
        Ok(Some(reply.clone()))
    );
}

/// It is neither replayed nor found, and its place can be used again.
pub async fn an_expired_reply_is_forgotten(database: Database) {
    let world = World::new(&database).await;
    let expired = reply("expired", 1, -1);
    let fresh = reply("fresh", 1, 24);
    world.store(request(&world, &expired)).await;
    world.store(request(&world, &fresh)).await;
    let records = database.programme(world.programme);
    assert_eq!(records.idempotency(expired.key.clone(), later(0)).await, Ok(None));
    let again = reply("expired", 2, -1);
    world.store(request(&world, &again)).await;

    let forget = |hours| database.store().forget_replies(later(hours), 10);
    assert_eq!(forget(0).await, Ok::<u64, CommitError>(1));
    assert_eq!(forget(0).await, Ok(0));
    assert_eq!(records.idempotency(fresh.key.clone(), later(1)).await, Ok(Some(fresh)));
    assert_eq!(forget(24).await, Ok(1));
    assert_ne!(forget(24).await, Err(Unavailable::Closed.into()));
}

/// So that the request can be repeated once its fault is mended.
pub async fn a_refused_change_set_stores_no_reply(database: Database) {
    let world = World::new(&database).await;
    let reply = reply("key", 1, 24);
    let mut changes = request(&world, &reply);
    changes.create_raw(place(world.host, "chicago again", None));
    assert!(database.commit(changes).await.is_err());
    assert_eq!(database.programme(world.programme).idempotency(reply.key, later(0)).await, Ok(None));
}

/// However they race.
pub async fn ten_requests_under_one_key_have_one_effect(database: Database) {
    let world = World::new(&database).await;
    let reply = reply("key", 1, 24);
    let commits: Vec<_> = (0..10).map(|_| database.commit(request(&world, &reply))).collect();
    let results = futures_util::future::join_all(commits).await;
    let committed = results.iter().filter(|result| matches!(result, Ok(Outcome::Committed(_)))).count();
    let replayed = results.iter().filter(|result| **result == Ok(Outcome::Replayed(reply.clone()))).count();
    assert_eq!((committed, replayed), (1, 9));
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(Sequence(2)));
}

fn request(world: &World, reply: &IdempotencyRecord) -> ChangeSet {
    let mut changes = world.told();
    changes.create_raw(place(world.id(), "osaka", None)).idempotency(reply.clone());
    changes
}

fn reply(key: &str, fingerprint: u8, hours: i64) -> IdempotencyRecord {
    IdempotencyRecord {
        key: IdempotencyKey {
            credential: "tok_1".to_owned(),
            route: "POST /v1/partnerships".to_owned(),
            key: key.to_owned(),
        },
        fingerprint: [fingerprint; 32],
        status: 201,
        body: b"{\"id\":\"prt_1\"}".to_vec(),
        expires_at: later(hours),
    }
}
