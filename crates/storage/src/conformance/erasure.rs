//! The erasure of a person and the removal of what is no longer needed: no trace is left, nothing else is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::agreement::{Agreement, Signature};
use sister_cities_domain::engagement::{Engagement, Organisation, Side};
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::privacy::DataClass;
use sister_cities_domain::value::{ContentHash, FreeText, Name, Note};

use super::sample::{World, actor, later, now, revision};
use super::typed::Office;
use crate::erasure::{Erasure, Person, ReadDocument, Removal, erase, realms, remove, survey};
use crate::work::{LeaseRequest, Retry};
use crate::{
    ChangeSet, CommitError, Content, Database, HistoryPart, IdempotencyKey, IdempotencyRecord, InPlaceUpdate,
    JournalQuery, Partition, Realm, Sequence, StoredValueKey,
};

pub(crate) const CANARY: &str = "Kanaria Wróbel";

/// A spreadsheet of ours: its format is that it begins with a byte that no text has.
struct Sheets;

impl ReadDocument for Sheets {
    fn texts(&self, bytes: &[u8]) -> Option<Vec<String>> {
        let text = bytes.strip_prefix(&[0xff])?;
        Some(vec![String::from_utf8_lossy(text).into_owned()])
    }
}

/// In records, their past, the journal and its differences, who made changes, replies, documents, tokens; in every realm.
pub async fn a_person_is_erased_wherever_they_were_recorded(database: Database) {
    let office = Office::open(&database).await;
    record_the_canary(&database, &office).await;
    let before = everything(&database).await;
    assert!(before.contains(CANARY));
    let counts = office.records().counts().await;

    let erased = erase_canary(&database, later(30)).await;
    assert_eq!(erased.0, "person erased 2026-01-02 #1");

    let after = everything(&database).await;
    assert!(!after.to_lowercase().contains(&CANARY.to_lowercase()), "{after}");
    assert!(after.contains("person erased 2026-01-02 #1"));
    assert_eq!(office.records().counts().await, counts, "totals stay");
    // All of it can still be read, and proved.
    let visit = office.records().get::<Engagement>(office.visits[0].id).await.expect("a read");
    let visit = visit.expect("a visit").value;
    assert_eq!(visit.organisations[0].representatives[0].as_str(), "person erased 2026-01-02 #1");
    assert_eq!(visit.notes[0].text.as_str(), "Met person erased 2026-01-02 #1; it rained.");
    let verified = office.records().verify_journal().await.expect("a whole journal");
    assert!(verified.erased >= 4, "{verified:?}");
    database.installation().verify_journal().await.expect("a whole journal");
    let journal = office.records().journal(JournalQuery::after(Sequence::START, 1_000)).await;
    assert_eq!(journal.expect("the journal").last().expect("an event").body.name(), "person.erased");
    // What went wrong is told to who tries again, without the name.
    let owner = "worker-2".to_owned();
    let request =
        LeaseRequest { topic: "letters", owner, limit: 1, now: later(2), lease: TimeDelta::minutes(5) };
    let leased = database.work().lease(request).await.expect("a lease");
    assert_eq!(leased[0].last_error.as_deref(), Some("550 no such mailbox: person erased 2026-01-02 #1"));
    // A reply is given again, without the name.
    let reply = office.records().idempotency(key(), later(1)).await.expect("a read").expect("a reply");
    assert_eq!(reply.body, br#"{"person":"person erased 2026-01-02 #1"}"#);
}

/// The places and numbers that are said before are those that are said after.
pub async fn a_dry_run_finds_what_an_erasure_replaces_and_changes_nothing(database: Database) {
    let office = Office::open(&database).await;
    record_the_canary(&database, &office).await;
    let before = everything(&database).await;
    let realms = realms(&database).await.expect("realms");
    let person = person(CANARY);
    let nothing = BTreeSet::new();
    let erasure = Erasure { person: &person, realms: &realms, untouched: &nothing, documents: &Sheets };
    let found = survey(&database, erasure).await.expect("a survey");
    assert_eq!(everything(&database).await, before);
    assert_eq!(found.places["engagement /organisations/*/representatives/*"], 1);
    assert_eq!(found.places["agreement /versions/*/signatures/*/person"], 1);
    assert_eq!(found.places["token /name"], 2, "in the programme and the installation");
    assert_eq!(found.places["journal: agreement.recorded /signatures/*/person"], 1);
    assert_eq!(found.places["journal: changes of engagement /notes/*/text"], 1);
    assert_eq!(found.places["documents"], 2);
    assert_eq!(found.places["what went wrong in doing work"], 1);
    assert_eq!(found.not_personal["place /names/*/text"], 1, "a street named after them stays");
    let visit: RecordRef = office.visits[0].id.into();
    assert!(found.records.contains(&(Realm::Programme(office.programme.id), visit)));

    let erased = erase_canary(&database, later(30)).await;
    assert_eq!(erased.1, found.places);
    let again = survey(&database, erasure).await.expect("a survey");
    assert_eq!(again.total(), 0);
}

/// Who read the record before has read another revision.
pub async fn nobody_puts_back_what_was_erased_with_an_old_revision(database: Database) {
    let office = Office::open(&database).await;
    record_the_canary(&database, &office).await;
    let read =
        office.records().get::<Engagement>(office.visits[0].id).await.expect("a read").expect("a visit");
    erase_canary(&database, later(30)).await;
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(31));
    changes.update(&read.value, read.revision).event(read.value.recorded(), read.value.id);
    let refused = database.commit(changes).await;
    assert!(matches!(refused, Err(CommitError::Stale { .. })), "{refused:?}");
}

/// Each write is there, and the journal is whole.
pub async fn who_writes_while_a_person_is_erased_loses_nothing(database: Database) {
    let office = Office::open(&database).await;
    record_the_canary(&database, &office).await;
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (database, visit) = (database.clone(), office.visits[1].clone());
            tokio::spawn(async move {
                for _ in 0..10 {
                    add_note(&database, &visit, "A quiet day.").await;
                }
            })
        })
        .collect();
    erase_canary(&database, later(30)).await;
    for writer in writers {
        writer.await.expect("a writer");
    }
    assert!(!everything(&database).await.contains(CANARY));
    let visit = office.records().get::<Engagement>(office.visits[1].id).await.expect("a read");
    assert_eq!(visit.expect("a visit").value.notes.len(), 40);
    office.records().verify_journal().await.expect("a whole journal");
}

/// So that one cannot be taken for the other.
pub async fn several_erasures_of_a_day_have_pseudonyms_of_their_own(database: Database) {
    let office = Office::open(&database).await;
    add_note(&database, &office.visits[0], "Kanaria Wróbel and Jan Gil came.").await;
    erase_canary(&database, later(30)).await;
    let realms = realms(&database).await.expect("realms");
    let (gil, nothing) = (person("Jan Gil"), BTreeSet::new());
    let erasure = Erasure { person: &gil, realms: &realms, untouched: &nothing, documents: &Sheets };
    erase(&database, erasure, &Actor::System, later(31)).await.expect("an erasure");
    let visit = office.records().get::<Engagement>(office.visits[0].id).await.expect("a read");
    assert_eq!(
        visit.expect("a visit").value.notes[0].text.as_str(),
        "person erased 2026-01-02 #1 and person erased 2026-01-02 #2 came."
    );
    let verified = office.records().verify_journal().await.expect("a whole journal");
    assert_eq!(verified.erased, 1, "one text named both");
    assert!(!everything(&database).await.contains("Gil"));
    let none = erase(&database, erasure, &Actor::System, later(32)).await.expect("an erasure");
    assert_eq!(none.pseudonym, None, "nobody of that name is left");
}

/// As the signed text is not the office's to change.
pub async fn signed_texts_stay_and_are_named(database: Database) {
    let office = Office::open(&database).await;
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, now());
    let signed = changes.document(format!("Signed by {CANARY}.").into_bytes());
    database.commit(changes).await.expect("a commit");
    let realms = realms(&database).await.expect("realms");
    let (person, untouched) = (person(CANARY), BTreeSet::from([signed]));
    let erasure = Erasure { person: &person, realms: &realms, untouched: &untouched, documents: &Sheets };
    let erased = erase(&database, erasure, &Actor::System, later(1)).await.expect("an erasure");
    assert_eq!((erased.pseudonym, erased.survey.untouched), (None, untouched));
    let text = office.records().document(signed).await.expect("a read").expect("the text");
    assert!(String::from_utf8_lossy(&text).contains(CANARY));
}

/// Names go when their time is over; what people wrote about the day stays, and so does the number of records.
pub async fn what_is_no_longer_needed_is_removed_once(database: Database) {
    let office = Office::open(&database).await;
    record_the_canary(&database, &office).await;
    let visit: RecordRef = office.visits[0].id.into();
    let removal = Removal { due: BTreeMap::from([(visit, BTreeSet::from([DataClass::Personal]))]) };
    let realm = Realm::Programme(office.programme.id);
    let removed = remove(&database, realm, removal.clone(), later(40)).await.expect("a removal");
    assert_eq!(removed.records, 1);
    assert!(removed.values >= 1 && removed.journal >= 1, "{removed:?}");
    let stored = office.records().get::<Engagement>(office.visits[0].id).await.expect("a read");
    let stored = stored.expect("a visit").value;
    assert_eq!(stored.organisations[0].representatives[0].as_str(), "removed after its time");
    assert!(stored.notes[0].text.as_str().contains(CANARY), "a note is about more than a person");
    let agreement = office
        .records()
        .history::<Agreement>(office.agreement.id(), HistoryPart::ALL)
        .await
        .expect("a history");
    assert!(!agreement.is_empty());
    office.records().verify_journal().await.expect("a whole journal");
    let end = office.records().journal_end().await.expect("the end");
    let again = remove(&database, realm, removal, later(41)).await.expect("a removal");
    assert_eq!((again.records, again.values), (0, 0));
    assert_eq!(office.records().journal_end().await, Ok(end), "and nothing is told");
}

/// And neither the change set nor the other stored values are stored.
pub async fn a_rewrite_of_what_has_changed_meanwhile_is_refused(database: Database) {
    let world = World::new(&database).await;
    let before = world.dump().await;
    let body = |json: &str| Content::Text(json.to_owned());
    let stored = database.store().get(world.realm(), world.bond()).await.expect("a read").expect("the bond");
    let key = StoredValueKey::Record(world.bond(), revision(1));
    let good = InPlaceUpdate { key: key.clone(), old: body(&stored.body.json), new: body("{}") };
    let bad = InPlaceUpdate { key, old: body("something else"), new: body("{}") };
    let refused = database.store().update_in_place(vec![good, bad], world.told()).await;
    assert_eq!(refused, Err(CommitError::Overtaken));
    assert_eq!(world.dump().await, before);
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(Sequence(1)));
}

/// Records a person in every kind of place there is, and a street of that name.
pub(super) async fn record_the_canary(database: &Database, office: &Office) {
    let mut street = office.city.clone();
    street.add_name(sister_cities_domain::place::PlaceName::new(
        name(CANARY),
        sister_cities_domain::place::NameRole::Alias,
    ));
    let mut changes = ChangeSet::new(office.programme.id, &actor(CANARY), now());
    changes.update(&street, revision(1)).event(street.created(), street.id);
    database.commit(changes).await.expect("a commit");
    record_the_person(database, office).await;
}

/// Records a person in every kind of place there is.
pub(crate) async fn record_the_person(database: &Database, office: &Office) {
    let canary = name(CANARY);
    let programme = office.programme.id;
    let by_canary = actor(CANARY);

    let mut visit = office.visits[0].clone();
    visit.organisations = vec![Organisation {
        representatives: vec![canary.clone()],
        ..Organisation::named(name("Choir"), Side::Counterpart)
    }];
    let mut deleted = office.visits[0].clone();
    deleted.id = sister_cities_domain::id::EngagementId::from_uuid(uuid::Uuid::max());
    deleted.notes = vec![note(&format!("{} was ill", CANARY.to_uppercase()))];

    let mut changes = ChangeSet::new(programme, &by_canary, now());
    changes.update(&visit, revision(1)).event(visit.recorded(), visit.id);
    changes.create(&deleted).event(deleted.recorded(), deleted.id);
    changes
        .document(format!("{{\"line\":1,\"stored_values\":[\"{CANARY}\"]}}\n{{\"line\":2}}\n").into_bytes());
    changes.document(format!("name;office\n{CANARY};mayor\n").into_bytes());
    changes.document([b"\xff", CANARY.as_bytes()].concat());
    changes.work(uuid::Uuid::max(), "letters", now());
    changes.idempotency(IdempotencyRecord {
        key: key(),
        fingerprint: [7; 32],
        status: 201,
        body: format!("{{\"person\":\"{CANARY}\"}}").into_bytes(),
        expires_at: later(1_000),
    });
    database.commit(changes).await.expect("a commit");
    fail_to_write_to_them(database).await;
    add_note(database, &visit, &format!("Met {CANARY}; it rained.")).await;

    let mut changes = ChangeSet::new(programme, &Actor::System, now());
    changes.delete::<Engagement>(deleted.id, revision(1)).event(deleted.deleted(), deleted.id);
    let (signed, recorded) = signed(office, &canary);
    changes.create(&signed).event(recorded, signed.id());
    let mut token = office.token.clone();
    token.name = canary.clone();
    changes.update(&token, revision(1)).event(token.revoked(), token.id);
    database.commit(changes).await.expect("a commit");

    let mut changes = ChangeSet::new(Realm::Installation, &by_canary, now());
    let mut token = office.master_token.clone();
    token.name = canary;
    changes.update(&token, revision(1)).event(token.revoked(), token.id);
    database.commit(changes).await.expect("a commit");
}

/// A mail server names whom it does not know.
async fn fail_to_write_to_them(database: &Database) {
    let owner = "worker-1".to_owned();
    let request =
        LeaseRequest { topic: "letters", owner, limit: 1, now: now(), lease: TimeDelta::minutes(5) };
    let leased = database.work().lease(request).await.expect("a lease");
    let error = format!("550 no such mailbox: {CANARY}");
    database.work().fail(leased[0].claim, error, Retry::At(later(1)), now()).await.expect("a failure");
}

/// An agreement that the person signed for the city.
fn signed(office: &Office, person: &Name) -> (Agreement, sister_cities_domain::agreement::AgreementEvent) {
    use sister_cities_domain::agreement::{AgreementHead, Terms, VersionText};
    let head = AgreementHead {
        id: sister_cities_domain::id::AgreementId::from_uuid(uuid::Uuid::max()),
        programme: office.programme.id,
        partnership: office.bond.id(),
        parent: None,
        title: sister_cities_domain::value::Title::new("Treaty of 1960").expect("a title"),
        parties: office.bond.members().clone(),
    };
    let signature = Signature { person: Some(person.clone()), ..Signature::of(office.city.id) };
    Agreement::recorded(head, VersionText::NotAtHand, Terms::default(), vec![signature])
        .expect("an agreement")
}

pub(super) async fn add_note(database: &Database, visit: &Engagement, text: &str) {
    loop {
        let records = database.programme(visit.programme);
        let stored = records.get::<Engagement>(visit.id).await.expect("a read").expect("a visit");
        let mut after = stored.value.clone();
        after.notes.push(note(text));
        let mut changes = ChangeSet::new(visit.programme, &Actor::System, later(2));
        let told = after.changed_from(&stored.value).expect("a change");
        changes.update(&after, stored.revision).event(told, after.id);
        match database.commit(changes).await {
            Ok(_) => return,
            Err(CommitError::Stale { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// Erases the canary in every realm; says the pseudonym and where.
pub(crate) async fn erase_canary(database: &Database, at: DateTime<Utc>) -> (String, crate::erasure::Places) {
    let realms = realms(database).await.expect("realms");
    let (person, nothing) = (person(CANARY), BTreeSet::<ContentHash>::new());
    let erasure = Erasure { person: &person, realms: &realms, untouched: &nothing, documents: &Sheets };
    let erased = erase(database, erasure, &Actor::System, at).await.expect("an erasure");
    (erased.pseudonym.expect("somebody was found").to_string(), erased.survey.places)
}

/// All that is stored in every realm, but the one place name that is no person.
async fn everything(database: &Database) -> String {
    let mut text = String::new();
    for realm in realms(database).await.expect("realms") {
        for partition in Partition::all() {
            let stored_values =
                database.store().stored_values(realm, partition, None, 100_000).await.expect("stored_values");
            for stored_value in stored_values {
                if matches!(&stored_value.key, StoredValueKey::Record(record, _) | StoredValueKey::Past(record, _)
                    if record.kind == sister_cities_domain::id::RecordKind::Place)
                {
                    continue;
                }
                match stored_value.content {
                    Content::Text(body) => text.push_str(&body),
                    Content::Bytes(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                    Content::Entry(entry) => {
                        // What is told of the place is about the place.
                        if entry.subject.kind != sister_cities_domain::id::RecordKind::Place {
                            let _ = write!(text, "{entry:?}");
                        }
                    }
                }
                text.push('\n');
            }
        }
    }
    text
}

fn key() -> IdempotencyKey {
    IdempotencyKey { credential: "tok".to_owned(), route: "POST /".to_owned(), key: "k".to_owned() }
}

fn person(text: &str) -> Person {
    Person::named(&name(text))
}

fn note(text: &str) -> Note {
    Note { text: FreeText::new(text).expect("a text"), source: None }
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}
