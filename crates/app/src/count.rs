//! Counts are questions: by date, kinds and statuses, with the list behind the number (R5, R27).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::count::{Count, CountQuery, count};
use sister_cities_domain::engagement::{ExchangeCounts, exchange_counts};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_storage::catalogue::engagement;

use crate::{App, AppError};

/// The answer to a count, with the places of every partnership that is listed in it.
#[derive(Clone, Debug, PartialEq)]
pub struct CountWithPlaces {
    /// The answer.
    pub count: Count,
    /// The places that each listed partnership binds.
    pub places: BTreeMap<PartnershipId, Vec<Place>>,
}

/// Visits in and out over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeCountsOf {
    /// The first and the last day.
    pub days: RangeInclusive<NaiveDate>,
    /// The four counts.
    pub counts: ExchangeCounts,
}

impl App {
    /// Counts partnerships as of a day, by what is recorded now or had been at a moment: the answer that would have been given then. Reads
    /// all partnerships and their places: two lists, whatever the size of the answer.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if a kind is asked for that the programme does not know; [`AppError::Forbidden`] without
    /// `programme:read`.
    pub async fn count_partnerships(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: &CountQuery,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<CountWithPlaces, AppError> {
        let needed = Scope::ProgrammeRead;
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?;
        let kinds = &context.programme.value.kinds;
        if let Some(unknown) = query.kinds.iter().flatten().find(|kind| kinds.get(kind).is_none()) {
            let known: Vec<_> = kinds.iter().map(|kind| kind.key.as_str()).collect();
            return Err(AppError::invalid(
                "/kind",
                format!("the programme knows no kind {unknown}"),
                format!("one of {}", known.join(", ")),
            ));
        }
        let all = context.store.all::<Partnership>([]).await?;
        let count = count(query, kinds, all.iter().map(|partnership| &partnership.value));
        let listed: std::collections::BTreeSet<_> = [&count.certain, &count.possible, &count.undated]
            .into_iter()
            .flatten()
            .map(|entry| entry.partnership)
            .collect();
        let listed = all.into_iter().filter(|one| listed.contains(&one.value.id())).collect();
        let places = context
            .with_places(listed)
            .await?
            .into_iter()
            .map(|one| (one.partnership.value.id(), one.places))
            .collect();
        Ok(CountWithPlaces { count, places })
    }

    /// Counts visits in and out and the people who made them, over those days, of one partnership or of all.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn count_exchanges(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: Option<PartnershipId>,
        days: RangeInclusive<NaiveDate>,
    ) -> Result<ExchangeCountsOf, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let filter = partnership.map(|partnership| engagement::PARTNERSHIP.is(partnership));
        let all = context.store.all(filter).await?;
        let counts = exchange_counts(all.iter().map(|engagement| &engagement.value), &days);
        Ok(ExchangeCountsOf { days, counts })
    }
}
