//! The vitality of all bonds of a programme.

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::vitality::assess;
use sister_cities_storage::{Cursor, Listing};

use super::{BondVitality, Log};
use crate::{App, AppError};

/// Which part of the list of bonds to assess, in the order in which they were entered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VitalityQuery {
    /// As of which day; today if `None` (in UTC).
    pub as_of: Option<NaiveDate>,
    /// By what had been recorded at that moment; by what is recorded now if `None`.
    pub recorded_at: Option<DateTime<Utc>>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// Part of the list of bonds, assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct VitalityPage {
    /// The day it is about.
    pub as_of: NaiveDate,
    /// The bonds.
    pub items: Vec<BondVitality>,
    /// Where the next page begins; `None` if this is the last.
    pub next: Option<Cursor>,
}

impl App {
    /// Assesses bonds on a day, in a number of queries that does not depend on how many bonds there are: the programme, a page
    /// of bonds, their places, their log and their agreements (the last two in parts of a thousand).
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_vitality(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: VitalityQuery,
    ) -> Result<VitalityPage, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, query.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, query.recorded_at, after).await?;
        let listing = Listing::<Partnership>::first(query.limit).after(query.after);
        let page = context.store.list(&listing).await?;
        let ids: Vec<_> = page.items.iter().map(|partnership| partnership.value.id()).collect();
        let log = Log::read(&context, &ids).await?.by_bond();
        let as_of = match query.as_of {
            Some(as_of) => as_of,
            None => self.today_in(&context).await?,
        };
        let partnerships = context.with_places(page.items).await?;
        let items = partnerships
            .into_iter()
            .map(|partnership| {
                let vitality = assess(&log.inputs_of(&partnership.partnership.value, as_of), as_of);
                BondVitality { partnership, vitality }
            })
            .collect();
        Ok(VitalityPage { as_of, items, next: page.next })
    }
}
