//! From a change set to journal entries, each hashed with the one before.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::value::ContentHash;

use super::seal::seal;
use super::{FieldChange, Head, RecordChange, Seal, canonical, diff};
use crate::catalogue::{describe, nature_in_actor};
use crate::{ChangeSet, CommitError, JournalEntry, RawBody, RawEvent, Realm, Revision, Unavailable};

/// A record that the change set updated, and what it was before.
#[derive(Debug)]
pub(crate) struct Replaced {
    /// The record.
    pub(crate) record: RecordRef,
    /// The revision it was given.
    pub(crate) revision: Revision,
    /// Its body before.
    pub(crate) before: RawBody,
}

/// Makes the journal entries of a change set, in the order of its events. The last one's place and hash are the new head.
///
/// # Errors
///
/// [`Unavailable::Failed`] if the system has no random numbers to give.
pub(crate) fn chain(
    changes: &ChangeSet,
    replaced: &[Replaced],
    head: Head,
) -> Result<Vec<JournalEntry>, CommitError> {
    let mut told = differences(changes, replaced);
    let mut head = head;
    let mut entries = Vec::with_capacity(changes.events().len());
    for (place, event) in changes.events().iter().enumerate() {
        let differences = told.remove(&place).unwrap_or_default();
        let entry = entry(changes, event, &differences, head)
            .map_err(|error| Unavailable::Failed(format!("no random numbers: {error}")))?;
        head = Head { sequence: entry.sequence, hash: entry.hash };
        entries.push(entry);
    }
    Ok(entries)
}

/// What each updated record's difference is, by the place of the event it is told with.
fn differences(changes: &ChangeSet, replaced: &[Replaced]) -> BTreeMap<usize, Vec<RecordChange>> {
    let mut first_about = BTreeMap::new();
    for (place, event) in changes.events().iter().enumerate() {
        first_about.entry(event.subject).or_insert(place);
    }
    let after: BTreeMap<RecordRef, &str> =
        changes.updates().iter().map(|(raw, _)| (raw.record, raw.body.json.as_str())).collect();
    let mut told: BTreeMap<usize, Vec<RecordChange>> = BTreeMap::new();
    for Replaced { record, revision, before } in replaced {
        let new = after.get(record).map_or(Json::Null, |json| canonical::parse(json));
        let fields = diff::fields(&canonical::parse(&before.json), &new);
        let place = first_about.get(record).copied().unwrap_or_default();
        told.entry(place).or_default().push(RecordChange {
            record: *record,
            revision: revision.number(),
            fields,
        });
    }
    told
}

fn entry(
    changes: &ChangeSet,
    event: &RawEvent,
    differences: &[RecordChange],
    head: Head,
) -> Result<JournalEntry, getrandom::Error> {
    let sequence = head.sequence.next();
    let told = (!differences.is_empty()).then(|| json!(differences));
    let mut entry = JournalEntry {
        id: sequence.event_id(changes.realm(), changes.at()),
        sequence,
        at: changes.at(),
        actor: changes.actor().to_owned(),
        event: event.clone(),
        changes: told.as_ref().map(Json::to_string),
        seals: String::new(),
        hash: head.hash,
    };
    let seals = seals(&entry, differences)?;
    entry.seals = json!(seals).to_string();
    entry.hash = hash(changes.realm(), head.hash, &entry, &document(&entry), &seals);
    Ok(entry)
}

fn seals(entry: &JournalEntry, differences: &[RecordChange]) -> Result<Vec<Seal>, getrandom::Error> {
    let mut seals = Vec::new();
    let actor = canonical::parse(&entry.actor);
    seal(&actor, &mut "/actor".to_owned(), &|pointer| nature_in_actor(pointer).class, &mut seals)?;
    let event = describe(entry.event.subject.kind);
    let body = canonical::parse(&entry.event.body.json);
    seal(&body, &mut "/body".to_owned(), &|pointer| event.nature_in_event(pointer).class, &mut seals)?;
    for (place, RecordChange { record, fields, .. }) in differences.iter().enumerate() {
        let kind = describe(record.kind);
        for (field, FieldChange { pointer, old, new }) in fields.iter().enumerate() {
            let class = |below: &str| kind.nature_in_body(&format!("{pointer}{below}")).class;
            for (name, value) in [("old", old), ("new", new)] {
                let mut at = format!("/changes/{place}/fields/{field}/{name}");
                value.as_ref().map_or(Ok(()), |value| seal(value, &mut at, &class, &mut seals))?;
            }
        }
    }
    Ok(seals)
}

/// Everything of an entry that seals can point into.
pub(super) fn document(entry: &JournalEntry) -> Json {
    document_of(&entry.actor, &entry.event.body.json, entry.changes.as_deref())
}

/// As [`document`], out of its parts.
pub(crate) fn document_of(actor: &str, body: &str, changes: Option<&str>) -> Json {
    let mut document = json!({ "actor": canonical::parse(actor), "body": canonical::parse(body) });
    if let Some(changes) = changes {
        document["changes"] = canonical::parse(changes);
    }
    document
}

/// The hash of an entry that follows one of the hash `previous`.
pub(super) fn hash(
    realm: Realm,
    previous: ContentHash,
    entry: &JournalEntry,
    document: &Json,
    seals: &[Seal],
) -> ContentHash {
    let sealed = seals.iter().map(|seal| (seal.at.as_str(), seal.digest)).collect();
    let told = Sha256::digest(canonical::write(document, &sealed));
    let RawEvent { subject, name, body } = &entry.event;
    let kind = subject.kind.as_str();
    let digest = Sha256::new()
        .chain_update(b"sister-cities journal entry 1")
        .chain_update(previous.as_bytes())
        .chain_update(realm.uuid().as_bytes())
        .chain_update(entry.sequence.0.to_be_bytes())
        .chain_update(entry.id.uuid().as_bytes())
        .chain_update(entry.at.timestamp_micros().to_be_bytes())
        .chain_update((kind.len() as u64).to_be_bytes())
        .chain_update(kind)
        .chain_update(subject.id.as_bytes())
        .chain_update((name.len() as u64).to_be_bytes())
        .chain_update(name)
        .chain_update(body.version.to_be_bytes())
        .chain_update(told)
        .finalize();
    ContentHash::from_bytes(digest.into())
}
