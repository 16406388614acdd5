//! Reading programmes.

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::programme::Programme;
use sister_cities_storage::Versioned;

use crate::{App, AppError};

/// Part of the list of programmes.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammePage {
    /// The programmes, in the order of creation.
    pub items: Vec<Versioned<Programme>>,
    /// After which one the next page begins; `None` if this is the last.
    pub next: Option<ProgrammeId>,
}

impl App {
    /// Reads a programme as it had been recorded at a moment.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_programme(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<Versioned<Programme>, AppError> {
        let needed = Scope::ProgrammeRead;
        Ok(self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?.programme)
    }

    /// Lists the programmes that the caller may read, in the order of creation, after the given one, at most `limit`; at a moment, as
    /// they had been recorded then, which takes one query more for each of them, as each has a history of its own.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_programmes(
        &self,
        caller: &Caller,
        after: Option<ProgrammeId>,
        limit: u32,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<ProgrammePage, AppError> {
        let page = self.current_programmes(caller, after, limit).await?;
        let Some(at) = recorded_at else { return Ok(page) };
        let mut items = Vec::new();
        for found in page.items {
            let id = found.value.id;
            items.extend(self.database().programme(id).as_recorded(at).await?.get::<Programme>(id).await?);
        }
        Ok(ProgrammePage { items, next: page.next })
    }

    async fn current_programmes(
        &self,
        caller: &Caller,
        after: Option<ProgrammeId>,
        limit: u32,
    ) -> Result<ProgrammePage, AppError> {
        let own = caller.grant.programme;
        may(&caller.grant, Scope::ProgrammeRead, own)
            .map_err(|_| AppError::Forbidden { needed: Scope::ProgrammeRead })?;
        if let Some(own) = own {
            let first_page = after.is_none_or(|after| after < own);
            let found = if first_page { self.database().programme(own).get(own).await? } else { None };
            return Ok(ProgrammePage { items: found.into_iter().collect(), next: None });
        }
        // One more than asked for tells whether there is a next page.
        let mut items = self.database().programmes(after, limit.saturating_add(1)).await?;
        let more = u32::try_from(items.len()).is_ok_and(|found| found > limit);
        if more {
            items.pop();
        }
        let last = items.last().map(|last| last.value.id);
        Ok(ProgrammePage { next: last.filter(|_| more), items })
    }
}
