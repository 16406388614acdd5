//! What one programme lets another see: the one read across programmes, of the records that name their reader.

use sister_cities_domain::id::{ProgrammeId, RecordKind};
use uuid::Uuid;

use crate::{ProgrammeStore, ReadError, Realm, Record, StoredRecord, Versioned, catalogue};

/// Asks for records of other programmes that name the one who asks as their reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerVisibleQuery {
    /// The kind: one with an [audience column](catalogue::KindDescription::audience_column).
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
pub struct PeerVisible {
    /// Whose it is.
    pub programme: ProgrammeId,
    /// The record.
    pub stored: StoredRecord,
}

impl PeerVisibleQuery {
    /// Checks what can be checked without the database. Every back end calls it first.
    ///
    /// # Errors
    ///
    /// [`ReadError::Condition`] for a kind that no other programme may read.
    pub fn check(&self) -> Result<(), ReadError> {
        match catalogue::describe(self.kind).audience_column {
            Some(_) => Ok(()),
            None => Err(ReadError::Condition("peer")),
        }
    }
}

impl ProgrammeStore {
    /// Reads what other programmes make visible to this one: of one of them or of all, after that id, `limit` at most.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; [`ReadError::Condition`] for a type that no other programme may read.
    pub async fn peer_visible<T: Record>(
        &self,
        from: Option<ProgrammeId>,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Versioned<T>>, ReadError> {
        // The installation is nobody's peer.
        let Realm::Programme(_) = self.realm() else { return Ok(Vec::new()) };
        let query = PeerVisibleQuery { kind: T::KIND, from, after, limit };
        let visible = self.store().visible_to(self.realm(), query).await?;
        visible.iter().map(|visible| Versioned::from_stored(&visible.stored)).collect()
    }
}
