//! Cells: every place in which something recorded is kept, for what must reach all of them, as the erasure of a person does.

use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::{IdempotencyKey, Revision, Sequence};

/// A part of a realm's data that is read cell by cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
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

impl Shelf {
    /// Every shelf there is.
    pub fn all() -> impl Iterator<Item = Self> {
        let rest = [Self::History, Self::Journal, Self::Changes, Self::Replies, Self::Documents, Self::Work];
        RecordKind::ALL.into_iter().map(Self::Records).chain(rest)
    }
}

/// Where a cell is: its shelf and its key there, which is the order in which a shelf is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellKey {
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
    /// A data key, by its number. It stands on no shelf, as it holds nothing of anybody; it is rewritten when it is wrapped anew.
    DataKey(u32),
}

/// What a cell holds.
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
    /// Who did it; for reading only, as it is a cell of [`Shelf::Changes`].
    pub actor: String,
    /// The event.
    pub body: String,
    /// What the commit changed.
    pub changes: Option<String>,
    /// How personal values enter the hash.
    pub seals: String,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where it is.
    pub key: CellKey,
    /// What it holds.
    pub content: Content,
}

/// The replacement of what a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Where.
    pub key: CellKey,
    /// What must still be there.
    pub old: Content,
    /// What is to be there.
    pub new: Content,
}
