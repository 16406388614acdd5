//! Sensitive values: encrypted before the back end sees them, readable with their key only, rotated under load.

use std::collections::BTreeSet;

use sister_cities_domain::access::Actor;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::value::FreeText;

use super::sample::{later, now};
use super::typed::Office;
use crate::audit::RecordChange;
use crate::erasure::{Erasure, Person, ReadDocument, erase, survey};
use crate::vault::MasterKey;
use crate::{
    ChangeSet, CommitError, Content, Database, HistoryPart, JournalQuery, Malformed, Partition, ReadError,
    Realm, Revision, Sequence, Unavailable, Versioned,
};

const CANARY: &str = "allergic to canaries";

/// Not even by a back end without a vault.
pub async fn without_a_master_key_nothing_sensitive_is_stored(database: Database) {
    let office = Office::open(&database).await;
    let refused = care(&database, &office, CANARY).await;
    let unsealed = Malformed::Unsealed { record: office.visits[0].id.into(), field: "/care".to_owned() };
    assert_eq!(refused, Err(unsealed.into()));
    assert!(!stored(&database, &office).await.contains(CANARY));
}

/// In records, their past and the journal.
pub async fn a_sensitive_value_is_stored_encrypted_only_and_read_back(database: Database) {
    let (plain, office, sealed) = sealed(database).await;
    care(&sealed, &office, CANARY).await.expect("a commit");
    care(&sealed, &office, "nothing any more").await.expect("a commit");
    assert_eq!(read(&sealed, &office).await.value.care, Some(text("nothing any more")));
    let history = sealed
        .programme(office.programme.id)
        .history::<Engagement>(office.visits[0].id, HistoryPart::ALL)
        .await;
    let past: Vec<_> = history.expect("a history").into_iter().map(|past| past.value).collect();
    assert_eq!(past[1].as_ref().expect("a visit").care, Some(text(CANARY)));
    let all = stored(&plain, &office).await;
    assert!(!all.contains(CANARY) && !all.contains("nothing any more"), "{all}");
    assert!(all.contains("sealed:1:1:"));
    plain.programme(office.programme.id).verify_journal().await.expect("a whole journal");
}

/// Although each encryption is new.
pub async fn an_update_that_leaves_it_alone_is_told_as_none(database: Database) {
    let (plain, office, sealed) = sealed(database).await;
    care(&sealed, &office, CANARY).await.expect("a commit");
    let visit = read(&sealed, &office).await;
    let title = sister_cities_domain::value::Title::new("Another title").expect("a title");
    let after = Engagement { title, ..visit.value.clone() };
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(3));
    changes.update(&after, visit.revision).event(after.recorded(), after.id);
    sealed.commit(changes).await.expect("a commit");
    let realm = Realm::Programme(office.programme.id);
    let journal = plain.store().journal(realm, JournalQuery::after(Sequence::START, 1_000)).await;
    let last = journal.expect("the journal").pop().expect("an entry");
    let told: Vec<RecordChange> = serde_json::from_str(&last.changes.expect("changes")).expect("changes");
    let fields: Vec<_> = told[0].fields.iter().map(|field| field.pointer.as_str()).collect();
    assert_eq!(fields, ["/title"]);
}

/// Nor is one whose master key is not the installation's.
pub async fn a_value_moved_to_another_record_or_opened_with_another_key_is_not_read(database: Database) {
    let (plain, office, sealed) = sealed(database).await;
    care(&sealed, &office, CANARY).await.expect("a commit");
    let raw = plain.programme(office.programme.id).get::<Engagement>(office.visits[0].id).await;
    let stolen = raw.expect("a read").expect("a visit").value.care;
    let thief = Engagement { care: stolen, ..office.visits[1].clone() };
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(3));
    changes.update(&thief, Revision::FIRST).event(thief.recorded(), thief.id);
    plain.commit(changes).await.expect("a commit past the vault");
    let moved = sealed.programme(office.programme.id).get::<Engagement>(thief.id).await;
    assert!(matches!(moved, Err(ReadError::Corrupt { .. })), "{moved:?}");

    let other = plain.clone().sealed_by(key(7));
    let foreign = other.programme(office.programme.id).get::<Engagement>(office.visits[0].id).await;
    assert!(matches!(foreign, Err(ReadError::Unavailable(_))), "{foreign:?}");
}

/// And in the end nothing is under the old key, which is dropped an hour after it was replaced, not before.
pub async fn keys_are_rotated_while_others_read_and_write(database: Database) {
    let (plain, office, sealed) = sealed(database).await;
    care(&sealed, &office, CANARY).await.expect("a commit");
    let realm = Realm::Programme(office.programme.id);
    let vault = sealed.vault().expect("a vault");
    let writer = {
        // As another server would: with a vault of its own on the same database.
        let (other, office) = (plain.clone().sealed_by(key(1)), office.clone());
        tokio::spawn(async move {
            for number in 0..20 {
                let said = format!("{CANARY} {number}");
                while care(&other, &office, &said).await.is_err() {}
                assert_eq!(read(&other, &office).await.value.care, Some(text(&said)));
            }
        })
    };
    for number in 2..=4 {
        assert_eq!(vault.rotate(realm, now()).await, Ok(number));
        vault.reencrypt(realm, now()).await.expect("another key");
        assert!(read(&sealed, &office).await.value.care.is_some(), "it can be read at any time");
    }
    writer.await.expect("a writer");
    while vault.reencrypt(realm, now()).await.expect("the newest key").bodies > 0 {}
    assert_eq!(
        plain.store().data_keys(realm).await.expect("keys").len(),
        4,
        "none is dropped within the hour"
    );
    let done = vault.reencrypt(realm, later(2)).await.expect("nothing to do");
    assert_eq!((done.bodies, done.dropped), (0, vec![1, 2, 3]));

    let history = sealed
        .programme(office.programme.id)
        .history::<Engagement>(office.visits[0].id, HistoryPart::ALL)
        .await;
    assert_eq!(history.expect("all of it can be read").len(), 22);
    assert_eq!(read(&sealed, &office).await.value.care, Some(text(&format!("{CANARY} 19"))));
    let records =
        plain.store().stored_values(realm, Partition::History, None, 1_000).await.expect("stored_values");
    assert!(
        records.iter().all(|stored_value| !format!("{stored_value:?}").contains("sealed:1:1:")),
        "nothing under the old key"
    );
    sealed.programme(office.programme.id).verify_journal().await.expect("a whole journal");
}

/// All keys of a programme at once, so that an installation between two programmes goes on; doing it again ends it.
pub async fn the_master_key_is_changed_for_another_and_the_old_one_opens_nothing_any_more(
    database: Database,
) {
    let (plain, office, old) = sealed(database).await;
    care(&old, &office, CANARY).await.expect("a commit");
    let (realm, vault) = (Realm::Programme(office.programme.id), old.vault().expect("a vault"));
    vault.rotate(realm, now()).await.expect("a second key");
    let wrapped = plain.store().data_keys(realm).await.expect("keys");

    // A key that is not the installation's changes nothing, even with another that is none either.
    let wrong = plain.clone().sealed_by(key(7).after(key(9)));
    let refused = wrong.vault().expect("a vault").rewrap(realm, later(1)).await;
    let other = Unavailable::OtherMasterKey { number: 1, whose: office.programme.id.to_string() };
    assert_eq!(refused, Err(other.into()));
    assert_eq!(plain.store().data_keys(realm).await.expect("keys"), wrapped);

    // Both open and write while it is done.
    let both = plain.clone().sealed_by(key(2).after(key(1)));
    let meanwhile = plain.clone().sealed_by(key(1).after(key(2)));
    care(&both, &office, "before").await.expect("a commit");
    let changing = both.vault().expect("a vault");
    assert_eq!(changing.rewrap(realm, later(1)).await, Ok(2));
    care(&meanwhile, &office, CANARY).await.expect("a commit");
    assert_eq!(meanwhile.vault().expect("a vault").rotate(realm, later(1)).await, Ok(3));
    assert_eq!(changing.rewrap(realm, later(1)).await, Ok(1), "whatever came with the old one meanwhile");
    assert_eq!(changing.rewrap(realm, later(1)).await, Ok(0), "and then nothing");

    let after = plain.store().data_keys(realm).await.expect("keys");
    assert!(
        after.iter().zip(&wrapped).all(|(new, old)| new.made_at == old.made_at && new.wrapped != old.wrapped)
    );
    let new = plain.clone().sealed_by(key(2));
    assert_eq!(read(&new, &office).await.value.care, Some(text(CANARY)));
    let history =
        new.programme(office.programme.id).history::<Engagement>(office.visits[0].id, HistoryPart::ALL).await;
    assert_eq!(history.expect("a history").len(), 4);
    let gone = plain.clone().sealed_by(key(1));
    let gone = gone.programme(office.programme.id).get::<Engagement>(office.visits[0].id).await;
    assert!(matches!(gone, Err(ReadError::Unavailable(_))), "{gone:?}");
    let journal = plain.store().journal(realm, JournalQuery::after(Sequence::START, 1_000)).await;
    let told = journal.expect("the journal").into_iter().filter(|entry| entry.event.name == "keys.rewrapped");
    assert_eq!(told.count(), 2);
    new.programme(office.programme.id).verify_journal().await.expect("a whole journal");
}

/// Also at the first start of two at once; and it stays the same key when a master key comes or is changed for another.
pub async fn all_servers_have_one_key_for_cursors_and_it_is_wrapped(database: Database) {
    let (one, other) = tokio::join!(database.cursor_key(), database.cursor_key());
    let first = one.expect("a key");
    assert_eq!(other, Ok(first.clone()));
    assert_eq!(database.cursor_key().await, Ok(first.clone()), "after a restart");
    let stored = async || database.store().cursor_key().await.expect("a read").expect("a key");

    let sealed = database.clone().sealed_by(key(1));
    assert_eq!(sealed.cursor_key().await, Ok(first.clone()));
    let wrapped = stored().await;
    assert!(!wrapped.windows(8).any(|part| part == &first.bytes()[..8]), "it is wrapped now");
    assert_eq!(sealed.cursor_key().await, Ok(first.clone()));
    assert_eq!(stored().await, wrapped, "and is not wrapped again and again");

    assert_eq!(database.clone().sealed_by(key(2).after(key(1))).cursor_key().await, Ok(first.clone()));
    assert_eq!(database.clone().sealed_by(key(2)).cursor_key().await, Ok(first.clone()));
    let fresh = database.clone().sealed_by(key(3)).cursor_key().await.expect("another key");
    assert_ne!(fresh, first, "where nothing opens it there is a new one");
    assert_eq!(database.clone().sealed_by(key(3)).cursor_key().await, Ok(fresh));
}

/// Shredding: what a backup still holds is of no use to anybody.
pub async fn with_its_key_what_was_encrypted_is_gone(database: Database) {
    let (plain, office, sealed) = sealed(database).await;
    care(&sealed, &office, CANARY).await.expect("a commit");
    let realm = Realm::Programme(office.programme.id);
    plain.store().drop_data_key(realm, 1).await.expect("dropped");
    // A server that begins now.
    let again = plain.clone().sealed_by(key(1));
    let gone = again.programme(office.programme.id).get::<Engagement>(office.visits[0].id).await;
    assert!(matches!(gone, Err(ReadError::Corrupt { .. })), "{gone:?}");
}

/// Under an older key as well.
pub async fn a_person_is_erased_in_encrypted_values_too(database: Database) {
    let (plain, office, sealed) = sealed(database).await;
    care(&sealed, &office, "Kanaria Gil eats no fish.").await.expect("a commit");
    care(&sealed, &office, "Kanaria Gil eats fish.").await.expect("a commit");
    let realm = Realm::Programme(office.programme.id);
    sealed.vault().expect("a vault").rotate(realm, later(3)).await.expect("a new key");
    let person = Person::named(&"Kanaria Gil".parse().expect("a name"));
    let (realms, untouched) = ([realm], BTreeSet::new());
    let erasure = Erasure { person: &person, realms: &realms, untouched: &untouched, documents: &NoSheets };
    let erased = erase(&sealed, erasure, &Actor::System, later(4)).await.expect("an erasure");
    assert_eq!(erased.survey.places["engagement /care"], 1);
    assert_eq!(erased.survey.places["history of engagement /care"], 1);
    let expected = "person erased 2026-01-01 #1 eats fish.";
    assert_eq!(read(&sealed, &office).await.value.care, Some(text(expected)));
    assert_eq!(survey(&sealed, erasure).await.expect("a survey").total(), 0);
    assert!(!stored(&plain, &office).await.contains("eats"), "and what stands there now is encrypted");
}

/// However it begins.
pub async fn a_text_that_looks_encrypted_is_a_text(database: Database) {
    let (_, office, sealed) = sealed(database).await;
    let said = format!("sealed:1:1:{}", "ab".repeat(60));
    care(&sealed, &office, &said).await.expect("a commit");
    assert_eq!(read(&sealed, &office).await.value.care, Some(text(&said)));
}

/// Reads nothing.
struct NoSheets;

impl ReadDocument for NoSheets {
    fn texts(&self, _: &[u8]) -> Option<Vec<String>> {
        None
    }
}

/// An office in a database without a vault, and the same behind one.
async fn sealed(database: Database) -> (Database, Office, Database) {
    let office = Office::open(&database).await;
    let sealed = database.clone().sealed_by(key(1));
    (database, office, sealed)
}

/// A master key out of a seed.
pub(crate) fn key(seed: u8) -> MasterKey {
    let digits = (0..32_u8).fold(String::new(), |digits, at| {
        digits + &format!("{:02x}", at.wrapping_mul(37).wrapping_add(seed))
    });
    MasterKey::from_text(&digits).expect("a key")
}

/// Says what the guests of the first visit need.
pub(crate) async fn care(database: &Database, office: &Office, said: &str) -> Result<(), CommitError> {
    let visit = read(database, office).await;
    let after = Engagement { care: Some(text(said)), ..visit.value.clone() };
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(2));
    changes.update(&after, visit.revision).event(after.recorded(), after.id);
    database.commit(changes).await.map(drop)
}

/// The first visit.
pub(crate) async fn read(database: &Database, office: &Office) -> Versioned<Engagement> {
    let found = database.programme(office.programme.id).get::<Engagement>(office.visits[0].id).await;
    found.expect("a read").expect("a visit")
}

/// All that the back end holds of the programme.
async fn stored(plain: &Database, office: &Office) -> String {
    let mut all = String::new();
    for part in Partition::all() {
        let realm = Realm::Programme(office.programme.id);
        for stored_value in
            plain.store().stored_values(realm, part, None, 100_000).await.expect("stored_values")
        {
            match stored_value.content {
                Content::Text(body) => all.push_str(&body),
                Content::Bytes(bytes) => all.push_str(&String::from_utf8_lossy(&bytes)),
                Content::Entry(entry) => {
                    all.push_str(&entry.body);
                    all.push_str(entry.changes.as_deref().unwrap_or_default());
                }
            }
        }
    }
    all
}

fn text(said: &str) -> FreeText {
    FreeText::new(said).expect("a text")
}
