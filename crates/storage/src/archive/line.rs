//! The lines of an archive: one JSON object each, as `docs/archive-format.md` describes them.
//!
//! What is stored as JSON stands in a line byte for byte as it is stored, so that taking it out and putting it in changes nothing.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, SubsecRound as _, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sister_cities_domain::id::{EventId, RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::rows::{ChangeRow, EntryRow, PastRow, RecordRow, WorkRow};
use crate::vault::{WrappedKey, first_plain};
use crate::work::WorkState;
use crate::{IdempotencyKey, IdempotencyRecord, RawBody, Revision, Sequence};

/// What is wrong with a line, and what would be right.
pub(super) type Wrong = String;

/// Text of JSON as it is stored.
fn raw(json: String) -> Result<Box<RawValue>, Wrong> {
    if json.contains(['\n', '\r']) {
        return Err("what is stored as JSON goes over several lines".to_owned());
    }
    RawValue::from_string(json).map_err(|error| format!("what is stored is no JSON: {error}"))
}

fn write(line: &impl Serialize) -> Result<String, Wrong> {
    serde_json::to_string(line).map_err(|error| error.to_string())
}

fn read<'de, T: Deserialize<'de>>(line: &'de str) -> Result<T, Wrong> {
    serde_json::from_str(line).map_err(|error| error.to_string())
}

fn revision(number: u32) -> Result<Revision, Wrong> {
    Revision::new(number).ok_or_else(|| "expected a revision from 1, found 0".to_owned())
}

/// A row that is written as a line, and read back from one.
pub(super) trait Line: Sized {
    /// Writes the line, without its end.
    fn to_line(self) -> Result<String, Wrong>;

    /// Reads a line.
    fn of_line(line: &str) -> Result<Self, Wrong>;
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeLine {
    number: u64,
    at: DateTime<Utc>,
    actor: Box<RawValue>,
}

impl Line for ChangeRow {
    fn to_line(self) -> Result<String, Wrong> {
        let Self { number, at, actor } = self;
        write(&ChangeLine { number, at, actor: raw(actor)? })
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        let ChangeLine { number, at, actor } = read(line)?;
        Ok(Self { number, at: at.trunc_subsecs(6), actor: actor.get().to_owned() })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordLine {
    id: RecordRef,
    revision: u32,
    change: u64,
    version: u16,
    body: Box<RawValue>,
}

/// Writes a record of that kind.
pub(super) fn record_line(kind: RecordKind, row: RecordRow) -> Result<String, Wrong> {
    let RecordRow { id, revision, change, body } = row;
    let id = RecordRef { kind, id };
    let (revision, version) = (revision.number(), body.version);
    write(&RecordLine { id, revision, change, version, body: raw(body.json)? })
}

/// Reads a record of that kind.
pub(super) fn record_of_line(kind: RecordKind, line: &str) -> Result<RecordRow, Wrong> {
    let RecordLine { id, revision: number, change, version, body } = read(line)?;
    if id.kind != kind {
        return Err(format!("expected a record of kind {kind}, found {id}"));
    }
    let body = RawBody { version, json: body.get().to_owned() };
    encrypted(id, &body)?;
    Ok(RecordRow { id: id.id, revision: revision(number)?, change, body })
}

/// What is sensitive is never put in as it is.
fn encrypted(record: RecordRef, body: &RawBody) -> Result<(), Wrong> {
    match first_plain(record, &body.json) {
        Some(field) => Err(format!("{field} of {record} is sensitive and is not encrypted")),
        None => Ok(()),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PastLine {
    id: RecordRef,
    revision: u32,
    change: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

impl Line for PastRow {
    fn to_line(self) -> Result<String, Wrong> {
        let Self { record: id, revision, change, body, until } = self;
        let (version, json) = body.map(|body| (body.version, body.json)).unzip();
        write(&PastLine {
            id,
            revision: revision.number(),
            change,
            until,
            version,
            body: json.map(raw).transpose()?,
        })
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        let PastLine { id, revision: number, change, until, version, body } = read(line)?;
        let body = match (version, body) {
            (Some(version), Some(body)) => Some(RawBody { version, json: body.get().to_owned() }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err("expected version and body together, or neither".to_owned());
            }
        };
        body.as_ref().map_or(Ok(()), |body| encrypted(id, body))?;
        if until.is_some() != body.is_some() {
            return Err("expected until where there is a body, and nowhere else".to_owned());
        }
        Ok(Self { record: id, revision: revision(number)?, change, body, until })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryLine {
    sequence: Sequence,
    change: u64,
    event: EventId,
    subject: RecordRef,
    name: String,
    version: u16,
    body: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changes: Option<Box<RawValue>>,
    seals: Box<RawValue>,
    hash: ContentHash,
}

impl Line for EntryRow {
    fn to_line(self) -> Result<String, Wrong> {
        let Self { sequence, change, event, subject, name, body, changes, seals, hash } = self;
        write(&EntryLine {
            sequence,
            change,
            event,
            subject,
            name,
            version: body.version,
            body: raw(body.json)?,
            changes: changes.map(raw).transpose()?,
            seals: raw(seals)?,
            hash,
        })
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        let EntryLine { sequence, change, event, subject, name, version, body, changes, seals, hash } =
            read(line)?;
        Ok(Self {
            sequence,
            change,
            event,
            subject,
            name,
            body: RawBody { version, json: body.get().to_owned() },
            changes: changes.map(|changes| changes.get().to_owned()),
            seals: seals.get().to_owned(),
            hash,
        })
    }
}

/// What is said of a document beside its file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentLine {
    /// The hash it was stored under, which is the name of its file.
    pub(super) hash: ContentHash,
    /// The commit that wrote it.
    pub(super) change: u64,
    /// How many bytes it has.
    pub(super) bytes: u64,
    /// The SHA-256 of its bytes, which an erasure may have replaced.
    pub(super) sha256: ContentHash,
}

impl Line for DocumentLine {
    fn to_line(self) -> Result<String, Wrong> {
        write(&self)
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        read(line)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyLine {
    credential: String,
    route: String,
    key: String,
    fingerprint: ContentHash,
    status: u16,
    body: String,
    expires_at: DateTime<Utc>,
}

impl Line for IdempotencyRecord {
    fn to_line(self) -> Result<String, Wrong> {
        let Self { key: IdempotencyKey { credential, route, key }, fingerprint, status, body, expires_at } =
            self;
        let fingerprint = ContentHash::from_bytes(fingerprint);
        let body = BASE64_STANDARD.encode(body);
        write(&ReplyLine { credential, route, key, fingerprint, status, body, expires_at })
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        let ReplyLine { credential, route, key, fingerprint, status, body, expires_at } = read(line)?;
        Ok(Self {
            key: IdempotencyKey { credential, route, key },
            fingerprint: *fingerprint.as_bytes(),
            status,
            body: bytes(&body)?,
            expires_at: expires_at.trunc_subsecs(6),
        })
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, Wrong> {
    BASE64_STANDARD.decode(text).map_err(|error| format!("expected Base64: {error}"))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkLine {
    id: Uuid,
    topic: String,
    event: Sequence,
    state: String,
    attempts: u32,
    due_at: DateTime<Utc>,
    fence: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
}

impl Line for WorkRow {
    fn to_line(self) -> Result<String, Wrong> {
        let Self { id, topic, event, state, attempts, due_at, fence, owner, last_error } = self;
        write(&WorkLine { id, topic, event, state, attempts, due_at, fence, owner, last_error })
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        let WorkLine { id, topic, event, state, attempts, due_at, fence, owner, last_error } = read(line)?;
        let known =
            [WorkState::Ready, WorkState::Leased, WorkState::Done, WorkState::Dead].map(WorkState::as_str);
        if !known.contains(&state.as_str()) {
            return Err(format!("expected one of the states {}, found {state:?}", known.join(", ")));
        }
        let due_at = due_at.trunc_subsecs(6);
        Ok(Self { id, topic, event, state, attempts, due_at, fence, owner, last_error })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyLine {
    number: u32,
    wrapped: String,
    made_at: DateTime<Utc>,
}

impl Line for WrappedKey {
    fn to_line(self) -> Result<String, Wrong> {
        let Self { number, wrapped, made_at } = self;
        write(&KeyLine { number, wrapped: BASE64_STANDARD.encode(wrapped), made_at })
    }

    fn of_line(line: &str) -> Result<Self, Wrong> {
        let KeyLine { number, wrapped, made_at } = read(line)?;
        Ok(Self { number, wrapped: bytes(&wrapped)?, made_at: made_at.trunc_subsecs(6) })
    }
}
