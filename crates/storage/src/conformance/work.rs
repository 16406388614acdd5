//! Work is stored with its event, leased to one at a time, and never lost.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use sister_cities_domain::id::{IdSource as _, RecordKind, SeededIds};
use uuid::Uuid;

use super::sample::{World, changes, event, later, now, reference, revision};
use crate::work::{Claim, LeaseError, LeaseRequest, Leased, Retry, Signal, WorkCounts};
use crate::{CommitError, Database, Malformed, Realm, Sequence};

const MAIL: &str = "mail";

/// With the place of the event it is about; the longest due first, and not before its time.
pub async fn work_is_leased_once_it_is_due(database: Database) {
    let world = World::new(&database).await;
    let (first, second, third) = (world.id(), world.id(), world.id());
    let mut changes = world.told();
    changes.work(second, MAIL, later(1)).event_raw(event(world.bond()));
    changes.work(first, MAIL, later(-1)).work(third, "webhook", later(-1));
    world.store(changes).await;

    let early = lease(&database, "ann", 0, 10).await;
    assert_eq!(ids(&early), [first]);
    assert_eq!((early[0].event, early[0].attempt, early[0].until), (Sequence(3), 1, later(1)));
    assert_eq!(early[0].claim.realm, world.realm());
    assert_eq!(lease(&database, "ann", 0, 10).await, []);
    let late = lease(&database, "ann", 1, 10).await;
    assert_eq!(ids(&late), [first, second], "the first lease has run out");
    assert_eq!(late[1].event, Sequence(2));
    assert_eq!(ids(&lease(&database, "ann", 5, 1).await), [first], "no more than was asked for");
}

/// Nothing is sent for what was not stored.
pub async fn there_is_no_work_of_a_refused_change_set(database: Database) {
    let world = World::new(&database).await;
    let mut stale = world.told();
    stale.update_raw(world.bond_saying("stale"), revision(7)).work(world.id(), MAIL, now());
    assert!(matches!(database.commit(stale).await, Err(CommitError::Stale { .. })));
    assert_eq!(lease(&database, "ann", 9, 10).await, []);
    assert_eq!(counts(&database).await, WorkCounts::default());
}

/// What would it be about?
pub async fn work_needs_an_event(database: Database) {
    let world = World::new(&database).await;
    let mut silent = world.changes();
    silent.work(world.id(), MAIL, now()).event_raw(event(world.bond()));
    assert_eq!(database.commit(silent).await, Err(Malformed::NoEvent.into()));
}

/// However often it is stored.
pub async fn work_of_one_id_is_there_once(database: Database) {
    let world = World::new(&database).await;
    let id = world.id();
    for _ in 0..2 {
        let mut changes = world.told();
        changes.work(id, MAIL, now()).work(id, MAIL, now());
        world.store(changes).await;
    }
    let leased = lease(&database, "ann", 0, 10).await;
    assert_eq!((ids(&leased), leased[0].event), (vec![id], Sequence(2)));
}

/// The one that is late is refused; what the other does stands.
pub async fn a_late_completion_is_refused(database: Database) {
    let world = World::new(&database).await;
    let id = stored(&world, 1).await[0];
    let late = lease(&database, "ann", 0, 1).await.remove(0).claim;
    let other = lease(&database, "bob", 2, 1).await.remove(0).claim;
    assert!(other.fence > late.fence);

    let work = database.work();
    assert_eq!(work.heartbeat(late, later(9)).await, Err(LeaseError::Lost));
    assert_eq!(work.complete(late, later(2)).await, Err(LeaseError::Lost));
    assert_eq!(work.fail(late, "late".to_owned(), Retry::Never, later(2)).await, Err(LeaseError::Lost));
    assert_eq!(work.complete(other, later(2)).await, Ok(()));
    assert_eq!(work.complete(other, later(2)).await, Err(LeaseError::Lost), "it is done");
    assert_eq!(work.complete(late, later(2)).await, Err(LeaseError::Lost));
    assert_eq!(lease(&database, "ann", 99, 10).await, []);
    let elsewhere = Claim { realm: Realm::Installation, id, fence: other.fence };
    assert_eq!(work.complete(elsewhere, now()).await, Err(LeaseError::Lost));
}

/// Whoever was late but overtaken by nobody has done it after all.
pub async fn a_lease_that_ran_out_untouched_can_still_be_completed(database: Database) {
    let world = World::new(&database).await;
    stored(&world, 1).await;
    let claim = lease(&database, "ann", 0, 1).await.remove(0).claim;
    assert_eq!(database.work().complete(claim, later(5)).await, Ok(()));
    assert_eq!(counts(&database).await, WorkCounts { done: 1, ..WorkCounts::default() });
}

/// For as long as it says that it is alive.
pub async fn a_heartbeat_keeps_a_lease(database: Database) {
    let world = World::new(&database).await;
    let id = stored(&world, 1).await[0];
    let claim = lease(&database, "ann", 0, 1).await.remove(0).claim;
    for hours in 1..5 {
        assert_eq!(database.work().heartbeat(claim, later(hours + 1)).await, Ok(()));
        assert_eq!(lease(&database, "bob", hours, 10).await, []);
    }
    assert_eq!(ids(&lease(&database, "bob", 6, 10).await), [id]);
    assert_eq!(database.work().heartbeat(claim, later(9)).await, Err(LeaseError::Lost));
}

/// Then it is anybody's, and the one who held it is refused.
pub async fn an_expired_lease_is_rescued(database: Database) {
    let world = World::new(&database).await;
    let all = stored(&world, 3).await;
    let claims = lease(&database, "ann", 0, 2).await;
    let work = database.work();
    assert_eq!(work.expire_leases(now(), 10).await, Ok(0), "both are alive");
    assert_eq!(counts(&database).await, WorkCounts { ready: 1, leased: 2, ..WorkCounts::default() });
    assert_eq!(work.expire_leases(later(2), 1).await, Ok(1));
    assert_eq!(work.expire_leases(later(2), 10).await, Ok(1));
    assert_eq!(counts(&database).await, WorkCounts { ready: 3, ..WorkCounts::default() });
    assert_eq!(work.complete(claims[0].claim, later(2)).await, Err(LeaseError::Lost));
    let again = lease(&database, "bob", 3, 10).await;
    assert_eq!(ids(&again).into_iter().collect::<BTreeSet<_>>(), all.into_iter().collect());
    let attempts: BTreeMap<u32, usize> = again.iter().fold(BTreeMap::new(), |mut attempts, leased| {
        *attempts.entry(leased.attempt).or_default() += 1;
        attempts
    });
    assert_eq!(attempts, BTreeMap::from([(1, 1), (2, 2)]));
    assert!(again.iter().all(|leased| leased.last_error.is_some() == (leased.attempt == 2)), "{again:?}");
}

/// And its last error is told to whoever tries again.
pub async fn failed_work_waits_for_its_time(database: Database) {
    let world = World::new(&database).await;
    stored(&world, 1).await;
    let work = database.work();
    let claim = lease(&database, "ann", 0, 1).await.remove(0).claim;
    assert_eq!(work.fail(claim, "no route \u{0}".to_owned(), Retry::At(later(5)), now()).await, Ok(()));
    assert_eq!(lease(&database, "ann", 4, 1).await, []);
    let again = lease(&database, "ann", 5, 1).await.remove(0);
    assert!(again.last_error.as_ref().is_some_and(|error| error.starts_with("no route")), "{again:?}");
    assert_eq!(work.fail(again.claim, "never".to_owned(), Retry::Never, later(5)).await, Ok(()));
    assert_eq!(lease(&database, "ann", 99, 1).await, []);
    assert_eq!(counts(&database).await, WorkCounts { dead: 1, ..WorkCounts::default() });
}

/// What is still to be done is never forgotten.
pub async fn work_that_is_over_is_forgotten_after_a_while(database: Database) {
    let world = World::new(&database).await;
    stored(&world, 3).await;
    let work = database.work();
    let claims = lease(&database, "ann", 0, 2).await;
    work.complete(claims[0].claim, later(1)).await.expect("done");
    work.fail(claims[1].claim, "no".to_owned(), Retry::Never, later(2)).await.expect("given up");
    assert_eq!(work.forget_work(later(1), 10).await, Ok(0));
    assert_eq!(work.forget_work(later(2), 10).await, Ok(1));
    assert_eq!(work.forget_work(later(99), 10).await, Ok(1));
    assert_eq!(counts(&database).await, WorkCounts { ready: 1, ..WorkCounts::default() });
}

/// However many ask at once: each piece of work goes to one of them, and all of it is done.
pub async fn two_live_leases_on_one_piece_of_work_never_overlap(database: Database) {
    const WORKERS: u64 = 8;
    const PIECES: usize = 120;
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    let mut all: BTreeSet<Uuid> = stored(&world, PIECES / 2).await.into_iter().collect();
    all.extend(stored(&other, PIECES / 2).await);
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let database = database.clone();
            tokio::spawn(async move {
                let mut done = Vec::new();
                loop {
                    let leased = lease(&database, &format!("worker {worker}"), 0, 5).await;
                    if leased.is_empty() {
                        return done;
                    }
                    for one in leased {
                        database.work().complete(one.claim, now()).await.expect("nobody else has it");
                        done.push(one.claim.id);
                    }
                }
            })
        })
        .collect();
    let mut done = Vec::new();
    for worker in workers {
        done.extend(worker.await.expect("a worker"));
    }
    assert_eq!(done.len(), PIECES);
    assert_eq!(done.into_iter().collect::<BTreeSet<_>>(), all);
}

/// Of the realm where something happened, or that something happened somewhere.
pub async fn a_listener_is_woken_by_a_commit(database: Database) {
    let world = World::new(&database).await;
    let mut signals = database.work().signals();
    let committed = async {
        world.store(world.told()).await;
        std::future::pending::<()>().await;
    };
    let woken = async {
        loop {
            match signals.next().await {
                Some(Signal::In(realm)) if realm == world.realm() => return,
                Some(Signal::In(_) | Signal::Anywhere) => {}
                None => panic!("the store is open"),
            }
        }
    };
    tokio::select! {
        () = committed => {}
        () = woken => {}
    }
}

/// What the other sees of it: nothing.
pub async fn each_programme_has_its_own_work(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    let id = world.id();
    for world in [&world, &other] {
        let mut changes = world.told();
        changes.work(id, MAIL, now());
        world.store(changes).await;
    }
    let mut installation = changes(Realm::Installation);
    installation.event_raw(event(reference(RecordKind::Token, id))).work(id, MAIL, now());
    database.commit(installation).await.expect("a commit");
    let leased = lease(&database, "ann", 0, 10).await;
    let realms: BTreeSet<_> = leased.iter().map(|one| one.claim.realm).collect();
    assert_eq!(realms, BTreeSet::from([world.realm(), other.realm(), Realm::Installation]));
}

async fn stored(world: &World, number: usize) -> Vec<Uuid> {
    let seed = 1_000 + world.programme.uuid().as_u64_pair().1 % 1_000;
    let ids = SeededIds::new(seed);
    let all: Vec<Uuid> = (0..number).map(|_| ids.next_uuid()).collect();
    let mut changes = world.told();
    for id in &all {
        changes.work(*id, MAIL, now());
    }
    world.store(changes).await;
    all
}

/// For one hour, so many hours from now.
async fn lease(database: &Database, owner: &str, hours: i64, limit: u32) -> Vec<Leased> {
    let request = LeaseRequest {
        topic: MAIL,
        owner: owner.to_owned(),
        limit,
        now: later(hours),
        lease: TimeDelta::hours(1),
    };
    database.work().lease(request).await.expect("an answer")
}

async fn counts(database: &Database) -> WorkCounts {
    database.work().work_counts(MAIL).await.expect("counts")
}

fn ids(leased: &[Leased]) -> Vec<Uuid> {
    leased.iter().map(|one| one.claim.id).collect()
}
