//! The history of a record: what became of it with each revision, field by field.

use chrono::{DateTime, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::id::RecordRef;

use crate::audit::{FieldChange, differences, parse};
use crate::{ProgrammeStore, RawRevision, ReadError, Revision};

/// Which revisions of a record to read: those after one, as many as that, the oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryPart {
    /// After this one; from the first if none.
    pub after: Option<Revision>,
    /// At most so many.
    pub limit: u32,
}

impl HistoryPart {
    /// All of them. For records of which it is known that they change rarely.
    pub const ALL: Self = Self { after: None, limit: u32::MAX };

    /// Just that revision.
    #[must_use]
    pub const fn only(revision: Revision) -> Self {
        Self { after: revision.before(), limit: 1 }
    }

    pub(crate) fn after_number(self) -> u32 {
        self.after.map_or(0, Revision::number)
    }
}

/// One revision of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionDiff {
    /// Which revision.
    pub revision: Revision,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: Actor,
    /// What became of the record.
    pub became: RevisionChange,
}

/// What became of a record with a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevisionChange {
    /// It was entered, or entered again after it was deleted.
    Created,
    /// These fields were changed, as they are stored; none if it was stored again as it was.
    Changed(Vec<FieldChange>),
    /// It was deleted.
    Deleted,
}

impl ProgrammeStore {
    /// What became of a record, the oldest revision first: those after `after`, `limit` at most. Empty if it never existed.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn revised(
        &self,
        record: RecordRef,
        after: Option<Revision>,
        limit: usize,
    ) -> Result<Vec<RevisionDiff>, ReadError> {
        // With the last one before them, which says what the first of them changed.
        let part = HistoryPart {
            after: after.and_then(Revision::before),
            limit: u32::try_from(limit).unwrap_or(u32::MAX).saturating_add(u32::from(after.is_some())),
        };
        let all = self.store().history(self.realm(), record, part).await?;
        let before = std::iter::once(None).chain(all.iter().map(Some));
        let wanted = all.iter().zip(before).filter(|(one, _)| after.is_none_or(|after| one.revision > after));
        let revised = |(one, before): (&RawRevision, Option<&RawRevision>)| {
            let corrupt = |error: serde_json::Error| ReadError::Corrupt { record, detail: error.to_string() };
            let actor = serde_json::from_str(&one.actor).map_err(corrupt)?;
            Ok(RevisionDiff { revision: one.revision, at: one.at, actor, became: became(one, before) })
        };
        wanted.map(revised).collect()
    }
}

fn became(one: &RawRevision, before: Option<&RawRevision>) -> RevisionChange {
    match (&one.body, before.and_then(|before| before.body.as_ref())) {
        (None, _) => RevisionChange::Deleted,
        (Some(_), None) => RevisionChange::Created,
        (Some(now), Some(before)) => {
            RevisionChange::Changed(differences(&parse(&before.json), &parse(&now.json)))
        }
    }
}
