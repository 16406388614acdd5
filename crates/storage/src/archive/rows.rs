//! What a realm holds, as rows that no back end has to translate: the parts of an archive and what each is made of.

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{EventId, RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::audit::Head;
use crate::vault::WrappedKey;
use crate::{IdempotencyRecord, RawBody, Realm, Revision, Sequence, catalogue};

/// A part of what a realm holds, in the order in which archives have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a back end has to know all of them")]
pub enum Part {
    /// Who changed something, and when, in the order of the commits.
    Changes,
    /// Records as they are now, in the order of their ids.
    Records(RecordKind),
    /// Past revisions and tombstones, in the order of kind, id and revision.
    History,
    /// The journal, in its order.
    Journal,
    /// Documents, in the order of the hashes they were stored under.
    Documents,
    /// Stored replies, in the order of their keys.
    Replies,
    /// What is to be done or was, in the order of ids.
    Work,
    /// Wrapped data keys, in the order of their numbers.
    Keys,
}

impl Part {
    /// All there are, in the order of archives.
    pub fn all() -> impl Iterator<Item = Self> {
        let records = catalogue::ALL.iter().map(|kind| Self::Records(kind.kind));
        let rest = [Self::History, Self::Journal, Self::Documents, Self::Replies, Self::Work, Self::Keys];
        std::iter::once(Self::Changes).chain(records).chain(rest)
    }

    /// Its file in the folder of the realm.
    pub(super) fn file(self) -> String {
        match self {
            Self::Changes => "changes.ndjson".to_owned(),
            Self::Records(kind) => format!("records/{kind}.ndjson"),
            Self::History => "history.ndjson".to_owned(),
            Self::Journal => "journal.ndjson".to_owned(),
            Self::Documents => "documents.ndjson".to_owned(),
            Self::Replies => "replies.ndjson".to_owned(),
            Self::Work => "work.ndjson".to_owned(),
            Self::Keys => "keys.ndjson".to_owned(),
        }
    }

    /// The part of that file.
    pub(super) fn of_file(file: &str) -> Option<Self> {
        Self::all().find(|part| part.file() == file)
    }
}

/// One commit: who, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its number, from 1 without gaps.
    pub number: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom: an actor as JSON.
    pub actor: String,
}

/// A record as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Its id; the kind is that of the part.
    pub id: Uuid,
    /// The revision it is at.
    pub revision: Revision,
    /// The commit that wrote it.
    pub change: u64,
    /// All of it, sensitive values encrypted.
    pub body: RawBody,
}

/// A past revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRow {
    /// Of which record.
    pub record: RecordRef,
    /// Which.
    pub revision: Revision,
    /// The commit that wrote it.
    pub change: u64,
    /// What it held; none if the record was deleted then.
    pub body: Option<RawBody>,
    /// The commit that replaced or deleted it; none for a tombstone.
    pub until: Option<u64>,
}

/// An entry of the journal; time and actor are those of its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Its place.
    pub sequence: Sequence,
    /// The commit that wrote it.
    pub change: u64,
    /// The id of the event.
    pub event: EventId,
    /// What it is about.
    pub subject: RecordRef,
    /// Its name.
    pub name: String,
    /// What it tells.
    pub body: RawBody,
    /// What differs in the records that were updated, as JSON.
    pub changes: Option<String>,
    /// How personal values enter the hash, as JSON.
    pub seals: String,
    /// The hash of all this and of the entry before.
    pub hash: ContentHash,
}

/// A document. After an erasure its bytes may be others than those it was stored under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// The hash it was stored under, by which records name it.
    pub hash: ContentHash,
    /// The commit that wrote it.
    pub change: u64,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What is to be done because of an event, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkRow {
    /// Its id.
    pub id: Uuid,
    /// Who is to do it.
    pub topic: String,
    /// The event it is about.
    pub event: Sequence,
    /// `ready`, `leased`, `done` or `dead`.
    pub state: String,
    /// How often it was leased.
    pub attempts: u32,
    /// Ready: not before; leased: until; done and dead: since.
    pub due_at: DateTime<Utc>,
    /// Rises with each lease.
    pub fence: u64,
    /// Who leased it last.
    pub owner: Option<String>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Some rows of one part, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a back end has to know all of them")]
pub enum Rows {
    /// Commits.
    Changes(Vec<ChangeRow>),
    /// Records of that kind.
    Records(RecordKind, Vec<RecordRow>),
    /// Past revisions.
    History(Vec<PastRow>),
    /// Entries of the journal.
    Journal(Vec<EntryRow>),
    /// Documents.
    Documents(Vec<DocumentRow>),
    /// Stored replies.
    Replies(Vec<IdempotencyRecord>),
    /// Work.
    Work(Vec<WorkRow>),
    /// Data keys.
    Keys(Vec<WrappedKey>),
}

impl Rows {
    /// Of which part.
    #[must_use]
    pub const fn part(&self) -> Part {
        match self {
            Self::Changes(_) => Part::Changes,
            Self::Records(kind, _) => Part::Records(*kind),
            Self::History(_) => Part::History,
            Self::Journal(_) => Part::Journal,
            Self::Documents(_) => Part::Documents,
            Self::Replies(_) => Part::Replies,
            Self::Work(_) => Part::Work,
            Self::Keys(_) => Part::Keys,
        }
    }
}

/// What flows between a back end and an archive: each realm, followed by its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a back end has to know all of them")]
pub enum Item {
    /// What follows is of this realm, whose journal ends there.
    Realm(Realm, Head),
    /// Some of its rows; parts come in their order, and within a part rows come in theirs.
    Rows(Rows),
    /// That was all. Without it something went wrong, and nothing is to be kept.
    End,
}
