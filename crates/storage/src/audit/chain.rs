//! From a change set to journal entries, each hashed with the one before.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};
use sister_cities_domain::id::{EventId, RecordRef};
use sister_cities_domain::value::ContentHash;

use super::seal::seal;
use super::{FieldChange, Head, RecordChange, Seal, canonical, diff};
use crate::catalogue::{describe, nature_in_actor};
use crate::{
    ChangeSet, CommitError, JournalEntry, RawBody, RawEvent, Realm, Revision, Sequence, Unavailable,
};

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

/// The part of a journal entry that does not depend on its position and is expensive to make.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// What the commit changed, as JSON; see [`JournalEntry::changes`].
    pub(crate) changes: Option<String>,
    /// The seals, as JSON.
    pub(crate) seals: String,
    /// The digest of what the entry tells.
    told: ContentHash,
}

/// The place of an entry in its journal, and what follows from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) id: EventId,
    pub(crate) sequence: Sequence,
    pub(crate) hash: ContentHash,
}

/// A change set that was checked, with the words that search finds it by, and the drafts of its entries where they can be made
/// before anything is read: whoever commits makes them while others have the database.
#[derive(Debug)]
pub(crate) struct Prepared {
    changes: ChangeSet,
    drafts: Option<Vec<Draft>>,
}

impl Prepared {
    /// Checks a change set.
    ///
    /// # Errors
    ///
    /// [`CommitError::Malformed`]; [`Unavailable::Failed`] if the system has no random numbers to give.
    pub(crate) fn new(changes: ChangeSet) -> Result<Self, CommitError> {
        changes.check()?;
        // Here, so that he who commits need not.
        #[cfg(any(feature = "sqlite", feature = "postgres"))]
        changes.entries();
        let drafts = if changes.updates().is_empty() { Some(drafts(&changes, &[])?) } else { None };
        Ok(Self { changes, drafts })
    }

    /// The change set.
    pub(crate) const fn changes(&self) -> &ChangeSet {
        &self.changes
    }

    /// The drafts of its entries, in the order of its events.
    ///
    /// # Errors
    ///
    /// [`Unavailable::Failed`] if the system has no random numbers to give.
    pub(crate) fn drafts(&self, replaced: &[Replaced]) -> Result<Cow<'_, [Draft]>, CommitError> {
        match &self.drafts {
            Some(drafts) => Ok(Cow::Borrowed(drafts)),
            None => drafts(&self.changes, replaced).map(Cow::Owned),
        }
    }
}

/// Gives drafts their places after `head`.
pub(crate) fn links(changes: &ChangeSet, drafts: &[Draft], head: Head) -> Vec<Link> {
    let (realm, at, mut head) = (changes.realm(), changes.at(), head);
    let link = |(event, draft): (&RawEvent, &Draft)| {
        let sequence = head.sequence.next();
        let id = sequence.event_id(realm, at);
        let hash = link_hash(realm, head.hash, sequence, id, at, event, draft.told);
        head = Head { sequence, hash };
        Link { id, sequence, hash }
    };
    changes.events().iter().zip(drafts).map(link).collect()
}

fn drafts(changes: &ChangeSet, replaced: &[Replaced]) -> Result<Vec<Draft>, CommitError> {
    let mut told = differences(changes, replaced);
    let actor = canonical::parse(changes.actor());
    let draft = |(place, event)| {
        let differences = told.remove(&place).unwrap_or_default();
        draft(&actor, event, &differences)
            .map_err(|error| Unavailable::Failed(format!("no random numbers: {error}")).into())
    };
    changes.events().iter().enumerate().map(draft).collect()
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

fn draft(actor: &Json, event: &RawEvent, differences: &[RecordChange]) -> Result<Draft, getrandom::Error> {
    let body = canonical::parse(&event.body.json);
    let seals = seals(actor, event, &body, differences)?;
    let changes = (!differences.is_empty()).then(|| json!(differences).to_string());
    let mut document = Map::from_iter([("actor".to_owned(), actor.clone()), ("body".to_owned(), body)]);
    if let Some(changes) = &changes {
        document.insert("changes".to_owned(), canonical::parse(changes));
    }
    let told = told(&Json::Object(document), &seals);
    Ok(Draft { changes, seals: json!(seals).to_string(), told })
}

fn seals(
    actor: &Json,
    event: &RawEvent,
    body: &Json,
    differences: &[RecordChange],
) -> Result<Vec<Seal>, getrandom::Error> {
    let mut seals = Vec::new();
    seal(actor, &mut "/actor".to_owned(), &|pointer| nature_in_actor(pointer).class, &mut seals)?;
    let about = describe(event.subject.kind);
    seal(body, &mut "/body".to_owned(), &|pointer| about.nature_in_event(pointer).class, &mut seals)?;
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
    let JournalEntry { sequence, id, at, event, .. } = entry;
    link_hash(realm, previous, *sequence, *id, *at, event, told(document, seals))
}

/// The digest of what an entry tells.
fn told(document: &Json, seals: &[Seal]) -> ContentHash {
    let sealed = seals.iter().map(|seal| (seal.at.as_str(), seal.digest)).collect();
    ContentHash::from_bytes(Sha256::digest(canonical::write(document, &sealed)).into())
}

fn link_hash(
    realm: Realm,
    previous: ContentHash,
    sequence: Sequence,
    id: EventId,
    at: DateTime<Utc>,
    event: &RawEvent,
    told: ContentHash,
) -> ContentHash {
    let RawEvent { subject, name, body } = event;
    let kind = subject.kind.as_str();
    let digest = Sha256::new()
        .chain_update(b"sister-cities journal entry 1")
        .chain_update(previous.as_bytes())
        .chain_update(realm.uuid().as_bytes())
        .chain_update(sequence.0.to_be_bytes())
        .chain_update(id.uuid().as_bytes())
        .chain_update(at.timestamp_micros().to_be_bytes())
        .chain_update((kind.len() as u64).to_be_bytes())
        .chain_update(kind)
        .chain_update(subject.id.as_bytes())
        .chain_update((name.len() as u64).to_be_bytes())
        .chain_update(name)
        .chain_update(body.version.to_be_bytes())
        .chain_update(told.as_bytes())
        .finalize();
    ContentHash::from_bytes(digest.into())
}
