//! Stored values: every place in which something recorded is kept, for what must reach all of them, as the erasure of a person does.

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::{ChangeSet, CommitError, IdempotencyKey, Outcome, ReadFuture, Realm, Revision, Sequence, Value};

/// A part of a realm's data that is read one stored value after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// The bodies of records as they are now.
    Records(RecordKind),
    /// The bodies of past revisions, those of deleted records included.
    History,
    /// The entries of the journal.
    Journal,
    /// Who made each change.
    Changes,
    /// Stored replies.
    Replies,
    /// Documents.
    Documents,
    /// What went wrong in doing work.
    Work,
}

impl Partition {
    /// Every partition there is.
    pub fn all() -> impl Iterator<Item = Self> {
        let rest = [Self::History, Self::Journal, Self::Changes, Self::Replies, Self::Documents, Self::Work];
        RecordKind::ALL.into_iter().map(Self::Records).chain(rest)
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
impl Partition {
    /// The columns of the key after which to read; what lies in another partition counts for the beginning.
    pub(crate) fn columns_after(self, after: Option<&StoredValueKey>) -> Vec<Value> {
        let text = || Value::Text(String::new());
        match (self, after) {
            // A record is in its place whatever revision it is at.
            (Self::Records(_), Some(StoredValueKey::Record(record, _))) => vec![record.id.into()],
            (Self::History, Some(after @ StoredValueKey::Past(..)))
            | (Self::Journal, Some(after @ StoredValueKey::Entry(_)))
            | (Self::Changes, Some(after @ StoredValueKey::Change(_)))
            | (Self::Replies, Some(after @ StoredValueKey::Reply(_)))
            | (Self::Documents, Some(after @ StoredValueKey::Document(_)))
            | (Self::Work, Some(after @ StoredValueKey::Work(_))) => after.columns(),
            (Self::Records(_) | Self::Work, _) => vec![Uuid::nil().into()],
            (Self::History, _) => vec![text(), Uuid::nil().into(), 0_u32.into()],
            (Self::Journal | Self::Changes, _) => vec![0_u32.into()],
            (Self::Replies, _) => vec![text(), text(), text()],
            (Self::Documents, _) => vec![Value::Bytes(Vec::new())],
        }
    }
}

/// Where a stored value is: its partition and its key there, which is the order in which a partition is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoredValueKey {
    /// A record at its present revision.
    Record(RecordRef, Revision),
    /// A past revision.
    Past(RecordRef, Revision),
    /// An entry of the journal.
    Entry(Sequence),
    /// A change, by a number of the back end's own.
    Change(u64),
    /// A stored reply.
    Reply(IdempotencyKey),
    /// A document, by the hash it was stored under.
    Document(ContentHash),
    /// Work, by its id.
    Work(Uuid),
    /// A data key, by its number. It is in no partition, as it holds nothing of anybody; it is rewritten when it is wrapped anew.
    DataKey(u32),
}

impl StoredValueKey {
    /// The columns of the key, by which the row is found.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(crate) fn columns(&self) -> Vec<Value> {
        match self {
            Self::Record(record, revision) => vec![record.id.into(), revision.number().into()],
            Self::Past(record, revision) => {
                vec![record.kind.as_str().into(), record.id.into(), revision.number().into()]
            }
            Self::Entry(Sequence(number)) | Self::Change(number) => vec![number.cast_signed().into()],
            Self::Reply(IdempotencyKey { credential, route, key }) => {
                [credential, route, key].map(|text| text.as_str().into()).into()
            }
            Self::Document(hash) => vec![Value::Bytes(hash.as_bytes().to_vec())],
            Self::Work(id) => vec![(*id).into()],
            Self::DataKey(number) => vec![(*number).into()],
        }
    }
}

/// What a stored value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A body or an actor: JSON. What went wrong: any text.
    Text(String),
    /// A reply or a document.
    Bytes(Vec<u8>),
    /// What of a journal entry may be replaced, and what it takes to do that.
    Entry(EntryContent),
}

/// What of a journal entry may be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryContent {
    /// The record it is about; for reading only.
    pub subject: RecordRef,
    /// Who did it; for reading only, as it is a stored value of [`Partition::Changes`].
    pub actor: String,
    /// The event.
    pub body: String,
    /// What the commit changed.
    pub changes: Option<String>,
    /// How personal values enter the hash.
    pub seals: String,
}

/// A stored value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredValue {
    /// Where it is.
    pub key: StoredValueKey,
    /// What it holds.
    pub content: Content,
}

/// The replacement of what a stored value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPlaceUpdate {
    /// Where.
    pub key: StoredValueKey,
    /// What must still be there.
    pub old: Content,
    /// What is to be there.
    pub new: Content,
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
impl InPlaceUpdate {
    /// What is bound to the statement that does it: the columns of the key, what is to be there, and what must be; none if no stored
    /// value of that key holds such a thing.
    pub(crate) fn columns(&self) -> Option<Vec<Value>> {
        let mut columns = self.key.columns();
        match (&self.key, &self.old, &self.new) {
            (
                StoredValueKey::Record(..)
                | StoredValueKey::Past(..)
                | StoredValueKey::Change(_)
                | StoredValueKey::Work(_),
                Content::Text(old),
                Content::Text(new),
            ) => columns.extend([new.as_str().into(), old.as_str().into()]),
            (
                StoredValueKey::Reply(_) | StoredValueKey::Document(_) | StoredValueKey::DataKey(_),
                Content::Bytes(old),
                Content::Bytes(new),
            ) => columns.extend([Value::Bytes(new.clone()), Value::Bytes(old.clone())]),
            (StoredValueKey::Entry(_), Content::Entry(old), Content::Entry(new)) => {
                columns.extend([new, old].into_iter().flat_map(|entry| {
                    let EntryContent { subject: _, actor: _, body, changes, seals } = entry;
                    [body.as_str().into(), changes.as_deref().into(), seals.as_str().into()]
                }));
            }
            (_, Content::Text(_) | Content::Bytes(_) | Content::Entry(_), _) => return None,
        }
        Some(columns)
    }
}

/// What is left of values that were replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there is something left or there is not")]
pub enum Traces {
    /// Nothing that the back end can reach.
    Gone,
    /// Old versions of rows, until whoever may clears them away.
    Left {
        /// What is to be done, and why it was not.
        reason: String,
    },
}

/// What must be found wherever it was recorded, and can be replaced there.
pub trait ErasableStore: Send + Sync {
    /// Reads part of a partition in the order of its keys, after the one given; of another partition, it counts for the beginning.
    fn stored_values(
        &self,
        realm: Realm,
        part: Partition,
        after: Option<StoredValueKey>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<StoredValue>>;

    /// Replaces what stored values hold, in place, and commits a change set; both or nothing. This is the one way in which what was
    /// recorded is ever changed, and is there for erasing what is personal. A [`StoredValueKey::Record`] keeps its revision, so the
    /// change set updates each such record too, that those who read it before cannot put back what was erased.
    ///
    /// When it is answered, nothing of what was replaced is left in the files of the database, as far as the back end can see to it.
    ///
    /// # Errors
    ///
    /// [`CommitError::Overtaken`] if a stored value holds something else by now; else as [`Store::commit`](crate::Store::commit).
    fn update_in_place(
        &self,
        updates: Vec<InPlaceUpdate>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>>;

    /// Clears away what [`update_in_place`](Self::update_in_place) has replaced and the back end still keeps, and says whether that was possible.
    fn clear_replaced(&self) -> BoxFuture<'_, Traces> {
        ready(Traces::Gone).boxed()
    }
}
