//! What one programme lets another see: the one read across programmes, of the records that name their reader.

use sister_cities_domain::id::{ProgrammeId, RecordKind};
use uuid::Uuid;

use crate::{ProgrammeStore, ReadError, Realm, Record, StoredRecord, Versioned, catalogue};

/// Asks for records of other programmes that name the one who asks as their reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownQuery {
    /// The kind: one with a [`reader`](catalogue::reader).
    pub kind: RecordKind,
    /// Only of this programme.
    pub from: Option<ProgrammeId>,
    /// After this id.
    pub after: Option<Uuid>,
    /// At most so many, in the order of their ids.
    pub limit: u32,
}

/// A record of another programme that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whose it is.
    pub programme: ProgrammeId,
    /// The record.
    pub stored: StoredRecord,
}

impl ShownQuery {
    /// Checks what can be checked without the database. Every back end calls it first.
    ///
    /// # Errors
    ///
    /// [`ReadError::Condition`] for a kind that no other programme may read.
    pub fn check(&self) -> Result<(), ReadError> {
        match catalogue::reader(self.kind) {
            Some(_) => Ok(()),
            None => Err(ReadError::Condition("peer")),
        }
    }
}

impl ProgrammeStore {
    /// Reads what other programmes show to this one: of one of them or of all, after that id, `limit` at most.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; [`ReadError::Condition`] for a type that no other programme may read.
    pub async fn shown<T: Record>(
        &self,
        from: Option<ProgrammeId>,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Versioned<T>>, ReadError> {
        // The installation is nobody's peer.
        let Realm::Programme(_) = self.realm() else { return Ok(Vec::new()) };
        let query = ShownQuery { kind: T::KIND, from, after, limit };
        let shown = self.store().shown(self.realm(), query).await?;
        shown.iter().map(|shown| Versioned::from_stored(&shown.stored)).collect()
    }
}
