//! Whose data a call is about: one programme's, or the installation's own.

use sister_cities_domain::id::{ProgrammeId, RecordKind, RecordRef};
use uuid::Uuid;

/// Whose data a call is about. Part of every call to the store, so that nothing can be read without saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Realm {
    /// One programme's records, and nobody else's.
    Programme(ProgrammeId),
    /// What belongs to no programme: access tokens for the whole installation.
    Installation,
}

impl Realm {
    /// The UUID under which the realm's rows are stored: the programme's id, and nil for the installation.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Programme(programme) => programme.uuid(),
            Self::Installation => Uuid::nil(),
        }
    }

    /// The record that stands for the whole realm: the programme, and for the installation one of the nil id.
    #[must_use]
    pub const fn record(self) -> RecordRef {
        RecordRef { kind: RecordKind::Programme, id: self.uuid() }
    }

    /// The realm whose rows are stored under `uuid`.
    #[must_use]
    pub fn from_uuid(uuid: Uuid) -> Self {
        if uuid.is_nil() { Self::Installation } else { Self::Programme(ProgrammeId::from_uuid(uuid)) }
    }
}

impl From<ProgrammeId> for Realm {
    fn from(programme: ProgrammeId) -> Self {
        Self::Programme(programme)
    }
}

impl From<Option<ProgrammeId>> for Realm {
    fn from(programme: Option<ProgrammeId>) -> Self {
        programme.map_or(Self::Installation, Self::Programme)
    }
}
