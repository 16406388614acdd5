//! Reading programmes.

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
    /// Reads a programme.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`], [`AppError::Forbidden`] without `programme:read`.
    pub async fn programme(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
    ) -> Result<Versioned<Programme>, AppError> {
        Ok(self.enter(caller, Scope::ProgrammeRead, programme).await?.programme)
    }

    /// Lists the programmes that the caller may read, in the order of creation, after the given one, at most `limit`.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn programmes(
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
