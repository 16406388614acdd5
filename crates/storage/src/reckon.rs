//! Due work, reckoned again where a change or the day has touched it.
//!
//! What a [`DueStore`](crate::due::DueStore) keeps of a unit is gone with the change that touches it. So whoever reads from it, or looks for one item in it,
//! asks for [`ProgrammeStore::reckon_due`] first.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::{DueResponse, DueState, Reckoning, reckon};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{CommitteeId, PartnershipId, PlaceId, RecordKind};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::promise::{ActionPlan, ActionPoint};
use sister_cities_domain::role::Role;

use crate::catalogue::{action_plan, action_point, agreement, committee, due_response, engagement, role};
use crate::due::{ReckonedUnit, UnitToReckon};
use crate::{ProgrammeStore, ReadError, Realm, Unavailable, Versioned};

/// So many units are reckoned at once: their records are in memory together.
const AT_ONCE: u32 = 32;

/// Units that changes touch again and again are tried so often for one request; what it answers then is as it was at the last try.
const TRIES: u32 = 1_000;

/// Whether what was reckoned could be kept: not in a database that may only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it was kept or it was not")]
pub enum Reckoned {
    /// It was: the store tells what is due.
    Kept,
    /// It was not: what the store tells may lack what was touched.
    NotKept,
}

impl ProgrammeStore {
    /// Reckons the units that a change or the day has touched, and keeps what came of it.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; what was kept before stays.
    pub async fn reckon_due(&self, today: NaiveDate) -> Result<Reckoned, ReadError> {
        let Realm::Programme(programme) = self.realm() else { return Ok(Reckoned::Kept) };
        for _ in 0..TRIES {
            let units = self.units_to_reckon(today, AT_ONCE).await?;
            if units.is_empty() {
                break;
            }
            // After the units: a change of its policies touches all of them, and is not to be kept as reckoned by the policies before.
            let Some(programme) = self.get::<Programme>(programme).await? else { break };
            let reckoned = self.reckon_units(&programme.value, units, today).await?;
            let reckoned = reckoned.into_iter().map(|(unit, reckoning)| {
                let Reckoning { items, touch, holds_until } = reckoning;
                ReckonedUnit { unit, items, touch, holds_until }
            });
            match self.put_reckoned(reckoned.collect()).await {
                Ok(()) => {}
                Err(Unavailable::ReadOnly) => return Ok(Reckoned::NotKept),
                Err(unavailable) => return Err(unavailable.into()),
            }
        }
        Ok(Reckoned::Kept)
    }

    /// What is due of one partnership on a day, by its records alone.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn reckoned_on(
        &self,
        programme: &Programme,
        partnership: PartnershipId,
        day: NaiveDate,
    ) -> Result<Reckoning, ReadError> {
        let unit = UnitToReckon { unit: partnership.into(), version: 0 };
        let reckoned = self.reckon_units(programme, vec![unit], day).await?;
        Ok(reckoned.into_iter().map(|(_, reckoning)| reckoning).next().unwrap_or_default())
    }

    /// Reckons some units. The log of one partnership is in memory at a time.
    async fn reckon_units(
        &self,
        programme: &Programme,
        mut units: Vec<UnitToReckon>,
        day: NaiveDate,
    ) -> Result<Vec<(UnitToReckon, Reckoning)>, ReadError> {
        let mut state = self.due_state_of(programme, &units).await?;
        units.sort_by_key(|unit| unit.unit.id);
        let mut logs = self.groups_of(&engagement::PARTNERSHIP, partnerships(&units));
        let mut reckoned = Vec::with_capacity(units.len());
        for unit in units {
            let partnership = partnerships(&[unit]).next();
            if let Some(partnership) = partnership {
                state.set_log(partnership, logs.next(partnership).await?);
            }
            reckoned.push((unit, reckon(&state, unit.unit, day)));
            if let Some(partnership) = partnership {
                state.set_log(partnership, []);
            }
        }
        Ok(reckoned)
    }

    /// All records of the programme by which it is reckoned what is due.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn due_state(&self, programme: &Programme) -> Result<DueState, ReadError> {
        let partnerships = self.all::<Partnership>([]).await?;
        let state = DueState::new(programme.clone())
            .with(self.places_of(programme, &partnerships).await?)
            .with(values(self.all::<Engagement>([]).await?))
            .with(values(self.all::<Agreement>([]).await?))
            .with(values(self.all::<ActionPlan>([]).await?))
            .with(values(self.all::<ActionPoint>([]).await?))
            .with(values(self.all::<Committee>([]).await?))
            .with(values(self.all::<Role>([]).await?))
            .with(values(self.all::<DueResponse>([]).await?));
        Ok(state.with(values(partnerships)))
    }

    /// The records of some units but for the logs: a list of each kind, however many units there are.
    async fn due_state_of(
        &self,
        programme: &Programme,
        units: &[UnitToReckon],
    ) -> Result<DueState, ReadError> {
        let ids: Vec<PartnershipId> = partnerships(units).collect();
        let committees = units.iter().filter(|unit| unit.unit.kind == RecordKind::Committee);
        let committees: Vec<CommitteeId> =
            committees.map(|unit| CommitteeId::from_uuid(unit.unit.id)).collect();
        let of = || ids.iter().copied();
        let partnerships = self.get_many::<Partnership>(&ids).await?;
        let state = DueState::new(programme.clone())
            .with(self.places_of(programme, &partnerships).await?)
            .with(values(self.all_of(&agreement::PARTNERSHIP, of()).await?))
            .with(values(self.all_of(&action_plan::PARTNERSHIP, of()).await?))
            .with(values(self.all_of(&action_point::PARTNERSHIP, of()).await?))
            .with(values(self.all([due_response::PARTNERSHIP.any_of(of())]).await?))
            .with(values(self.all([due_response::COMMITTEE.any_of(committees.iter().copied())]).await?))
            .with(values(partnerships));
        let of_partnerships = self.all([committee::PARTNERSHIP.any_of(of())]).await?;
        let by_themselves = self.get_many::<Committee>(&committees).await?;
        let all: Vec<Committee> = values(of_partnerships.into_iter().chain(by_themselves).collect());
        let roles = self.all([role::COMMITTEE.any_of(all.iter().map(|committee| committee.id))]).await?;
        Ok(state.with(all).with(values(roles)))
    }

    /// The host and the members of some partnerships.
    async fn places_of(
        &self,
        programme: &Programme,
        partnerships: &[Versioned<Partnership>],
    ) -> Result<Vec<Place>, ReadError> {
        let members = partnerships.iter().flat_map(|partnership| partnership.value.members().iter());
        let ids: BTreeSet<PlaceId> = members.chain([programme.host]).collect();
        let ids: Vec<PlaceId> = ids.into_iter().collect();
        Ok(values(self.get_many::<Place>(&ids).await?))
    }
}

/// The partnerships among some units.
fn partnerships(units: &[UnitToReckon]) -> impl Iterator<Item = PartnershipId> {
    let partnerships = units.iter().filter(|unit| unit.unit.kind == RecordKind::Partnership);
    partnerships.map(|unit| PartnershipId::from_uuid(unit.unit.id))
}

fn values<T>(records: Vec<Versioned<T>>) -> Vec<T> {
    records.into_iter().map(|record| record.value).collect()
}
