//! What the programme's policy has to say about a partnership: warnings, never refusals (R4).

use std::collections::BTreeMap;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::programme::{SameCountry, same_country};
use sister_cities_domain::value::Country;

use crate::{App, AppError};

impl App {
    /// Lists the warnings that a partnership gives rise to today (in UTC), by the programme's policies.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn partnership_advice(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
    ) -> Result<Vec<SameCountry>, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let partnership = context.load::<Partnership>(partnership).await?;
        let all = context.store.all::<Partnership>([]).await?;
        let all = context.with_places(all).await?;
        let countries: BTreeMap<PlaceId, Option<Country>> =
            all.iter().flat_map(|one| &one.places).map(|place| (place.id, place.country)).collect();
        let host = &context.programme.value;
        let others = all.iter().map(|one| &one.partnership.value);
        let country_of = |place| countries.get(&place).copied().flatten();
        let policy = host.policies.one_per_country;
        let today = self.today_in(&context).await?;
        Ok(same_country(policy, host.host, &partnership.value, others, country_of, today))
    }
}
