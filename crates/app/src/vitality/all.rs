//! The vitality of all bonds of a programme.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::vitality::{Vitality, assess};
use sister_cities_storage::catalogue::engagement;
use sister_cities_storage::{Cursor, Listing, Versioned};

use super::cache::RecordsState;
use super::{BondVitality, Log};
use crate::app::ProgrammeContext;
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
    /// The bonds, without the inputs of their assessments.
    pub items: Vec<BondVitality>,
    /// Where the next page begins; `None` if this is the last.
    pub next: Option<Cursor>,
}

impl App {
    /// Assesses bonds on a day, without their inputs: those that something touched since they were last assessed on that day by this
    /// application, the others are as they were. The number of queries does not depend on how many bonds there are: the programme, a
    /// page of bonds, what touched them, their log and their agreements (the last two in parts of a thousand), their places. The log
    /// of one bond is in memory at a time, unless it is asked about what had been recorded.
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
        let as_of = match query.as_of {
            Some(as_of) => as_of,
            None => self.today_in(&context).await?,
        };
        let mut assessed = match query.recorded_at {
            Some(_) => assess_as_recorded(&context, &page.items, as_of).await?,
            None => self.assess_anew_what_changed(&context, &page.items, as_of).await?,
        };
        let partnerships = context.with_places(page.items).await?;
        let items = partnerships.into_iter().filter_map(|partnership| {
            let vitality = assessed.remove(&partnership.partnership.value.id())?;
            Some(BondVitality { partnership, vitality })
        });
        Ok(VitalityPage { as_of, items: items.collect(), next: page.next })
    }

    async fn assess_anew_what_changed(
        &self,
        context: &ProgrammeContext,
        partnerships: &[Versioned<Partnership>],
        as_of: NaiveDate,
    ) -> Result<Assessed, AppError> {
        let ids: Vec<PartnershipId> = partnerships.iter().map(|one| one.value.id()).collect();
        // Before the log, so that the log may be newer than the state that it is kept under, but never older.
        let units = context.store.unit_versions(&ids).await?;
        let state_of = |one: &Versioned<Partnership>| {
            let unit = *units.get(&one.value.id())?;
            Some(RecordsState { programme: context.programme.revision, partnership: one.revision, unit })
        };
        let mut assessed = Assessed::new();
        let mut changed = Vec::new();
        for one in partnerships {
            let id = one.value.id();
            match state_of(one).and_then(|state| self.vitality_cache.get(id, as_of, state)) {
                Some(vitality) => drop(assessed.insert(id, vitality)),
                None => changed.push(one),
            }
        }
        if changed.is_empty() {
            return Ok(assessed);
        }
        changed.sort_by_key(|one| one.value.id());
        let of = || changed.iter().map(|one| one.value.id());
        let mut log = Log::without_engagements(context, of()).await?;
        let mut logs = context.store.groups_of(&engagement::PARTNERSHIP, of());
        for one in changed {
            let id = one.value.id();
            log.engagements = logs.next(id).await?;
            let vitality = assess(&log.inputs_of(&one.value, as_of), as_of).without_inputs();
            if let Some(state) = state_of(one) {
                self.vitality_cache.put(id, state, vitality.clone());
            }
            assessed.insert(id, vitality);
        }
        Ok(assessed)
    }
}

type Assessed = HashMap<PartnershipId, Vitality>;

async fn assess_as_recorded(
    context: &ProgrammeContext,
    partnerships: &[Versioned<Partnership>],
    as_of: NaiveDate,
) -> Result<Assessed, AppError> {
    let ids: Vec<PartnershipId> = partnerships.iter().map(|one| one.value.id()).collect();
    let log = Log::read(context, &ids).await?.by_bond();
    let assess = |one: &Versioned<Partnership>| {
        let vitality = assess(&log.inputs_of(&one.value, as_of), as_of);
        (one.value.id(), vitality.without_inputs())
    };
    Ok(partnerships.iter().map(assess).collect())
}
