//! The history of a record: what became of it with each revision, field by field.

use chrono::{DateTime, Utc};
use sister_cities_domain::access::Actor;
use sister_cities_domain::id::RecordRef;

use crate::audit::{FieldChange, differences, parse};
use crate::{ProgrammeStore, RawRevision, ReadError, Revision};

/// One revision of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// Which revision.
    pub revision: Revision,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: Actor,
    /// What became of the record.
    pub became: Became,
}

/// What became of a record with a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
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
    ) -> Result<Vec<Revised>, ReadError> {
        let all = self.store().history(self.realm(), record).await?;
        let before = std::iter::once(None).chain(all.iter().map(Some));
        let wanted = all.iter().zip(before).filter(|(one, _)| after.is_none_or(|after| one.revision > after));
        let revised = |(one, before): (&RawRevision, Option<&RawRevision>)| {
            let corrupt = |error: serde_json::Error| ReadError::Corrupt { record, detail: error.to_string() };
            let actor = serde_json::from_str(&one.actor).map_err(corrupt)?;
            Ok(Revised { revision: one.revision, at: one.at, actor, became: became(one, before) })
        };
        wanted.take(limit).map(revised).collect()
    }
}

fn became(one: &RawRevision, before: Option<&RawRevision>) -> Became {
    match (&one.body, before.and_then(|before| before.body.as_ref())) {
        (None, _) => Became::Deleted,
        (Some(_), None) => Became::Created,
        (Some(now), Some(before)) => Became::Changed(differences(&parse(&before.json), &parse(&now.json))),
    }
}
