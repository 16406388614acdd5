//! The erasure of a person: a pseudonym takes the place of the name wherever it was recorded.
//!
//! Where to look is the catalogue's to say: every field whose class is personal or stricter, in records and their past, in the
//! journal (whose hashes hold, see [`audit`](crate::audit)), in who made changes, in stored replies, in documents and in what went
//! wrong in doing work. So a later
//! kind of record is covered by describing it. What is counted stays as it is: nothing is removed but the name.
//!
//! [`survey`] looks and changes nothing; [`erase`] replaces and looks again, until nothing is found, as others may write meanwhile.

mod person;
mod redact;
mod removal;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::id::{ProgrammeId, RecordRef};
use sister_cities_domain::privacy::{ERASED, PrivacyEvent};
use sister_cities_domain::value::{ContentHash, Name};

pub use person::Person;
pub use redact::Places;
use redact::{Count, Leaf, redact};
pub use removal::{Removal, Removed, remove};

use crate::catalogue::{self, DataClass};
use crate::{
    ChangeSet, CommitError, Content, Database, InPlaceUpdate, Partition, ReadError, Realm, StoredValue,
    StoredValueKey,
};

/// How many stored values are in memory at a time; of documents fewer, as each may be large.
const PAGE: u32 = 500;
const PAGE_OF_DOCUMENTS: u32 = 4;
/// How often to begin again when others write what was about to be replaced.
const TRIES: u32 = 20;

/// Reads documents that are not text: spreadsheets, for one.
pub trait ReadDocument: Sync {
    /// The texts inside; none if it is of no known format.
    fn texts(&self, bytes: &[u8]) -> Option<Vec<String>>;
}

/// What is to be erased.
#[derive(Clone, Copy)]
pub struct Erasure<'a> {
    /// Who.
    pub person: &'a Person,
    /// In which realms.
    pub realms: &'a [Realm],
    /// Documents that stay as they are whatever they say: signed texts.
    pub untouched: &'a BTreeSet<ContentHash>,
    /// How to read documents that are not text.
    pub documents: &'a dyn ReadDocument,
}

impl std::fmt::Debug for Erasure<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Erasure").field("realms", &self.realms).finish_non_exhaustive()
    }
}

/// Where a person is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Where, and how often: what an erasure replaces.
    pub places: Places,
    /// Where the name stands in a field that is not about people, as a street named after somebody: it stays.
    pub not_personal: Places,
    /// Documents that name the person and stay.
    pub untouched: BTreeSet<ContentHash>,
    /// Documents of a format that nobody here can read.
    pub unread_documents: u64,
    /// The records that name the person, now or in the past.
    pub records: BTreeSet<(Realm, RecordRef)>,
}

impl Survey {
    /// How often the person is named in what an erasure replaces.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.places.values().sum()
    }
}

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// What stands in the place of the name now; none if it was nowhere.
    pub pseudonym: Option<Name>,
    /// Where it was, and what stays.
    pub survey: Survey,
}

/// Why an erasure did not come to its end. What it had done by then is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErasureError {
    /// Something could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something could not be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// What names the person in one realm.
struct Found {
    realm: Realm,
    stored_values: Vec<StoredValue>,
}

struct Looked {
    survey: Survey,
    found: Vec<Found>,
    /// The greatest number that a pseudonym of the day has.
    last_number: u32,
}

/// Looks where a person is named.
///
/// # Errors
///
/// [`ReadError`].
pub async fn survey(database: &Database, erasure: Erasure<'_>) -> Result<Survey, ReadError> {
    Ok(look(database, erasure, None).await?.survey)
}

/// Replaces the name of a person wherever it is.
///
/// Each realm is one commit. If it is broken off, do it again: what is left is replaced then, under another number.
///
/// # Errors
///
/// [`ErasureError`].
pub async fn erase(
    database: &Database,
    erasure: Erasure<'_>,
    actor: &Actor,
    at: DateTime<Utc>,
) -> Result<Erased, ErasureError> {
    let mut whole: Option<(Name, Survey)> = None;
    for attempt in 1.. {
        let looked = look(database, erasure, Some(at.date_naive())).await?;
        if looked.found.is_empty() {
            let (pseudonym, survey) = match whole {
                Some((pseudonym, survey)) => {
                    (Some(pseudonym), Survey { places: survey.places, ..looked.survey })
                }
                None => (None, looked.survey),
            };
            return Ok(Erased { pseudonym, survey });
        }
        let number = looked.last_number + 1;
        let (pseudonym, total) =
            whole.get_or_insert_with(|| (pseudonym(at.date_naive(), number), Survey::default()));
        for found in looked.found {
            let order = Order { person: erasure.person, pseudonym, actor, at };
            match replace(database, found, &order).await {
                Ok(places) => {
                    add(&mut total.places, places);
                }
                // Somebody wrote meanwhile; look again.
                Err(ErasureError::Commit(CommitError::Overtaken | CommitError::Stale { .. }))
                    if attempt < TRIES => {}
                Err(error) => return Err(error),
            }
        }
    }
    Err(CommitError::Overtaken.into())
}

fn pseudonym(day: NaiveDate, number: u32) -> Name {
    Name::new(&format!("{}{number}", pseudonyms_of(day))).expect("plain words are a name")
}

fn pseudonyms_of(day: NaiveDate) -> String {
    format!("{ERASED}{day} #")
}

async fn look(
    database: &Database,
    erasure: Erasure<'_>,
    day: Option<NaiveDate>,
) -> Result<Looked, ReadError> {
    let mut looked = Looked { survey: Survey::default(), found: Vec::new(), last_number: 0 };
    for realm in erasure.realms {
        let mut stored_values = Vec::new();
        for partition in Partition::all() {
            let mut after = None;
            loop {
                let page = page_of(database, *realm, partition, after).await?;
                let Some(last) = page.last() else { break };
                after = Some(last.key.clone());
                for stored_value in page {
                    if let Some(day) = day {
                        looked.last_number = looked.last_number.max(number_in(&stored_value, day));
                    }
                    if looked.survey.look_into(*realm, &stored_value, erasure) {
                        stored_values.push(stored_value);
                    }
                }
            }
        }
        if !stored_values.is_empty() {
            looked.found.push(Found { realm: *realm, stored_values });
        }
    }
    Ok(looked)
}

/// Reads the next stored values of a partition.
async fn page_of(
    database: &Database,
    realm: Realm,
    partition: Partition,
    after: Option<StoredValueKey>,
) -> Result<Vec<StoredValue>, ReadError> {
    let limit = match partition {
        Partition::Documents => PAGE_OF_DOCUMENTS,
        Partition::Records(_)
        | Partition::History
        | Partition::Journal
        | Partition::Changes
        | Partition::Replies
        | Partition::Work => PAGE,
    };
    database.store().stored_values(realm, partition, after, limit).await
}

/// The number of the pseudonym that an entry of the journal tells of, if it is one of that day.
fn number_in(stored_value: &StoredValue, day: NaiveDate) -> u32 {
    let Content::Entry(entry) = &stored_value.content else { return 0 };
    if !entry.body.contains("person.erased") {
        return 0;
    }
    let Ok(body) = serde_json::from_str::<serde_json::Value>(&entry.body) else { return 0 };
    let number = body["pseudonym"].as_str().and_then(|name| name.strip_prefix(&pseudonyms_of(day)));
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

impl Survey {
    /// Whether anything in the stored value is to be replaced.
    fn look_into(&mut self, realm: Realm, stored_value: &StoredValue, erasure: Erasure<'_>) -> bool {
        let person = erasure.person;
        if let (StoredValueKey::Document(hash), Content::Bytes(bytes)) =
            (&stored_value.key, &stored_value.content)
            && let Some(found) = self.look_into_document(*hash, bytes, erasure)
        {
            return found;
        }
        let mut count = Count::default();
        redact(
            stored_value,
            &|leaf| person.replaced_in(leaf.record, leaf.text, "").filter(|_| is_personal(leaf)),
            &mut count,
        );
        let mut other = Count::default();
        redact(
            stored_value,
            &|leaf| person.is_in(leaf.text).then(String::new).filter(|_| !is_personal(leaf)),
            &mut other,
        );
        add(&mut self.not_personal, other.places);
        let found = !count.places.is_empty();
        add(&mut self.places, count.places);
        if let (true, StoredValueKey::Record(record, _) | StoredValueKey::Past(record, _)) =
            (found, &stored_value.key)
        {
            self.records.insert((realm, *record));
        }
        found
    }

    /// Whether a document is to be replaced as a whole; none if it is a text like others.
    fn look_into_document(&mut self, hash: ContentHash, bytes: &[u8], erasure: Erasure<'_>) -> Option<bool> {
        let texts = match std::str::from_utf8(bytes) {
            Ok(text) if erasure.untouched.contains(&hash) => Some(vec![text.to_owned()]),
            // Names in it may be encoded and broken over lines.
            Ok(text) if is_encoded(text) => erasure.documents.texts(bytes),
            Ok(_) => return None,
            Err(_) => erasure.documents.texts(bytes),
        };
        let Some(texts) = texts else {
            self.unread_documents += 1;
            return Some(false);
        };
        let named = texts.iter().any(|text| erasure.person.is_in(text));
        if named && erasure.untouched.contains(&hash) {
            self.untouched.insert(hash);
            return Some(false);
        }
        if named {
            *self.places.entry(WHOLE_DOCUMENTS.to_owned()).or_default() += 1;
        }
        Some(named)
    }
}

/// Whether a text is a file of vCards, or of seven bits with other alphabets behind an escape (ISO 2022): those are read before they are looked
/// into, and replaced as a whole.
fn is_encoded(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start().get(..11);
    first.is_some_and(|first| first.eq_ignore_ascii_case("BEGIN:VCARD")) || text.contains('\u{1b}')
}

const WHOLE_DOCUMENTS: &str = "documents that are not text, replaced by a note";

fn is_personal(leaf: &Leaf<'_>) -> bool {
    leaf.class >= DataClass::Personal
}

fn add(places: &mut Places, more: Places) {
    for (place, times) in more {
        *places.entry(place).or_default() += times;
    }
}

struct Order<'a> {
    person: &'a Person,
    pseudonym: &'a Name,
    actor: &'a Actor,
    at: DateTime<Utc>,
}

/// Replaces what was found in one realm, and tells of it.
async fn replace(database: &Database, found: Found, order: &Order<'_>) -> Result<Places, ErasureError> {
    let Found { realm, stored_values } = found;
    let pseudonym = order.pseudonym.as_str();
    let redaction = |leaf: &Leaf<'_>| {
        is_personal(leaf).then(|| order.person.replaced_in(leaf.record, leaf.text, pseudonym)).flatten()
    };
    let mut count = Count::default();
    let mut updates = Vec::with_capacity(stored_values.len());
    for stored_value in &stored_values {
        let encoded = match (&stored_value.key, &stored_value.content) {
            (StoredValueKey::Document(_), Content::Bytes(bytes)) => {
                std::str::from_utf8(bytes).is_ok_and(is_encoded)
            }
            _ => false,
        };
        if let Some(update) = (!encoded).then(|| redact(stored_value, &redaction, &mut count)).flatten() {
            updates.push(update);
        } else if let (StoredValueKey::Document(_), Content::Bytes(_)) =
            (&stored_value.key, &stored_value.content)
        {
            let note = format!("This file named {pseudonym}.\n").into_bytes();
            updates.push(InPlaceUpdate {
                key: stored_value.key.clone(),
                old: stored_value.content.clone(),
                new: Content::Bytes(note),
            });
            count.values += 1;
            *count.places.entry(WHOLE_DOCUMENTS.to_owned()).or_default() += 1;
        }
    }
    // Who asks for being erased is not told of by name.
    let names_them = match order.actor {
        Actor::Token { name, .. } | Actor::Person { name } => order.person.is_in(name.as_str()),
        Actor::System | _ => false,
    };
    let actor = if names_them { &Actor::System } else { order.actor };
    let mut changes = ChangeSet::new(realm, actor, order.at);
    let told = PrivacyEvent::PersonErased {
        pseudonym: order.pseudonym.clone(),
        values: count.values,
        journal: count.journal,
    };
    changes.event(told, realm.record());
    update_in_place(database, realm, updates, changes).await?;
    Ok(count.places)
}

/// Updates stored values in place and stores anew the records among them.
async fn update_in_place(
    database: &Database,
    realm: Realm,
    updates: Vec<InPlaceUpdate>,
    mut changes: ChangeSet,
) -> Result<(), ErasureError> {
    for InPlaceUpdate { key, new, .. } in &updates {
        let (StoredValueKey::Record(record, revision), Content::Text(json)) = (key, new) else { continue };
        let stored = database.store().get(realm, *record).await?;
        let Some(stored) = stored.filter(|stored| stored.revision == *revision) else {
            return Err(CommitError::Overtaken.into());
        };
        let body = crate::RawBody { version: stored.body.version, json: json.clone() };
        catalogue::describe(record.kind)
            .update(&mut changes, &body, *revision)
            .map_err(|detail| ReadError::Corrupt { record: *record, detail })?;
    }
    database.store().update_in_place(updates, changes).await?;
    Ok(())
}

/// Every realm there is.
///
/// # Errors
///
/// [`ReadError`].
pub async fn realms(database: &Database) -> Result<Vec<Realm>, ReadError> {
    let mut realms = vec![Realm::Installation];
    let mut after = None;
    loop {
        let page = database.store().programmes(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(realms) };
        after = Some(last.id);
        realms.extend(page.iter().map(|stored| Realm::Programme(ProgrammeId::from_uuid(stored.id))));
    }
}
