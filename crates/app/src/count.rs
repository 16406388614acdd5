//! Counts are questions: by date, kinds and statuses, with the list behind the number (R5, R27).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::count::{Count, CountQuery, CountedAs, CountedPartnership, count};
use sister_cities_domain::engagement::{Direction, Engagement, ExchangeCounts, exchange_counts};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_storage::Direction::{Ascending, Descending};
use sister_cities_storage::catalogue::engagement;
use sister_cities_storage::{Cursor, Filter, Listing, Page, ProgrammeStore, Versioned};

use crate::{App, AppError, ProgrammeContext};

/// The answer to a count, with the places of the partnerships that begin its lists.
#[derive(Clone, Debug, PartialEq)]
pub struct CountWithPlaces {
    /// The answer.
    pub count: Count,
    /// The places that each of the first [`LISTED_WITH_A_COUNT`] partnerships of each list binds.
    pub places: BTreeMap<PartnershipId, Vec<Place>>,
}

/// How many partnerships of each list come with a count; the rest comes in parts.
pub const LISTED_WITH_A_COUNT: usize = 100;

/// Part of the list behind a number, with the places of every partnership in it.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedPartnerships {
    /// The partnerships, and how surely each counts.
    pub items: Vec<(CountedAs, CountedPartnership)>,
    /// The places that each binds.
    pub places: BTreeMap<PartnershipId, Vec<Place>>,
    /// Where the next part begins; none if this is the last.
    pub next: Option<(CountedAs, CountedPartnership)>,
}

/// Which part of the list behind a number to read.
#[derive(Clone, Debug, Default)]
pub struct CountedPart {
    /// What comes after this one.
    pub after: Option<(CountedAs, CountedPartnership)>,
    /// At most so many.
    pub limit: u32,
}

/// Visits in and out in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeCountsOf {
    /// The year; none if there is no engagement with a date.
    pub year: Option<u16>,
    /// The four counts.
    pub counts: ExchangeCounts,
    /// Engagements without a date, which are of no year.
    pub undated: u64,
    /// The latest year before it with engagements.
    pub earlier: Option<u16>,
}

impl App {
    /// Counts partnerships as of a day, by what is recorded now or had been at a moment: the answer that would have been given then. Reads
    /// all partnerships, and the places of those that begin the lists.
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
        let (count, all) = counted(&context, query).await?;
        let begin = [&count.certain, &count.possible, &count.undated].into_iter();
        let begin = begin.flat_map(|list| list.iter().take(LISTED_WITH_A_COUNT)).map(|one| one.partnership);
        let places = places(&context, all, begin.collect()).await?;
        Ok(CountWithPlaces { count, places })
    }

    /// Lists the partnerships behind the number of [`count_partnerships`](Self::count_partnerships), those that surely count first. Reads all
    /// partnerships, and the places of those in this part.
    ///
    /// # Errors
    ///
    /// As for the number.
    pub async fn list_counted_partnerships(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: &CountQuery,
        recorded_at: Option<DateTime<Utc>>,
        part: CountedPart,
    ) -> Result<CountedPartnerships, AppError> {
        let needed = Scope::ProgrammeRead;
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?;
        let (count, all) = counted(&context, query).await?;
        let key = |(how, one): (CountedAs, &CountedPartnership)| (how, one.sort_key());
        let after = part.after.as_ref().map(|(how, one)| key((*how, one)));
        let mut rest = count
            .listed()
            .filter(|one| after.as_ref().is_none_or(|after| key(*one) > *after))
            .map(|(how, one)| (how, one.clone()));
        let items: Vec<_> = rest.by_ref().take(part.limit as usize).collect();
        let next = rest.next().and_then(|_| items.last().cloned());
        let places = places(&context, all, items.iter().map(|(_, one)| one.partnership).collect()).await?;
        Ok(CountedPartnerships { items, places, next })
    }

    /// Counts visits in and out and the people who made them, of one partnership or of all, in a year; in the latest with an
    /// engagement, if none is named. Reads that year, and one engagement of the year before it (R27).
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn count_exchanges(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: Option<PartnershipId>,
        year: Option<u16>,
    ) -> Result<ExchangeCountsOf, AppError> {
        let store = self.authorize(caller, Scope::ProgrammeRead, programme).await?.store;
        let year = match year {
            Some(year) => Some(year),
            None => latest_year(&store, partnership, u16::MAX).await?,
        };
        let counts = match year {
            Some(year) => {
                let first = NaiveDate::from_ymd_opt(year.into(), 1, 1).unwrap_or(NaiveDate::MIN);
                let last = NaiveDate::from_ymd_opt(year.into(), 12, 31).unwrap_or(NaiveDate::MAX);
                exchange_counts(&of_year(&store, partnership, year).await?, &(first..=last))
            }
            None => ExchangeCounts::default(),
        };
        let undated = store.count(within(partnership, None)).await?;
        let earlier = match year {
            Some(year) => latest_year(&store, partnership, year).await?,
            None => None,
        };
        Ok(ExchangeCountsOf { year, counts, undated, earlier })
    }

    /// Lists the engagements of a year, or those without a date, to be shown as they are counted: of one partnership or of all, of one
    /// direction or of all.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_counted_engagements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: CountedQuery,
    ) -> Result<Page<Engagement>, AppError> {
        let store = self.authorize(caller, Scope::ProgrammeRead, programme).await?.store;
        let CountedQuery { year, partnership, direction, after, limit } = query;
        let mut filters = within(partnership, year);
        filters.extend(direction.map(|direction| engagement::DIRECTION.is(direction)));
        let listing = Listing { filters, ..Listing::first(limit) };
        let listing = listing.order_by(&engagement::BEGAN_KEY, Ascending).after(after);
        Ok(store.list(&listing).await?)
    }
}

async fn counted(
    context: &ProgrammeContext,
    query: &CountQuery,
) -> Result<(Count, Vec<Versioned<Partnership>>), AppError> {
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
    Ok((count, all))
}

/// The places of those of the partnerships that are shown.
async fn places(
    context: &ProgrammeContext,
    all: Vec<Versioned<Partnership>>,
    shown: BTreeSet<PartnershipId>,
) -> Result<BTreeMap<PartnershipId, Vec<Place>>, AppError> {
    let shown = all.into_iter().filter(|one| shown.contains(&one.value.id())).collect();
    let found = context.with_places(shown).await?.into_iter();
    Ok(found.map(|one| (one.partnership.value.id(), one.places)).collect())
}

/// Which engagements to list as they are counted.
#[derive(Clone, Debug, Default)]
pub struct CountedQuery {
    /// Of which year; those without a date if none.
    pub year: Option<u16>,
    /// Of which partnership; of all if none.
    pub partnership: Option<PartnershipId>,
    /// Of which direction; of all if none.
    pub direction: Option<Direction>,
    /// After this position.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// The engagements of a year, or those without a date. A date that is known by month or year lies in one year all the same, so the key
/// by which lists are sorted tells the year.
fn within(partnership: Option<PartnershipId>, year: Option<u16>) -> Vec<Filter<Engagement>> {
    let mut filters: Vec<_> = partnership.map(|id| engagement::PARTNERSHIP.is(id)).into_iter().collect();
    match year {
        None => filters.push(engagement::BEGAN_KEY.is(String::new())),
        Some(year) => {
            filters.push(engagement::BEGAN_KEY.at_least(format!("{year:04}")));
            // A tilde comes after whatever follows a year there.
            filters.push(engagement::BEGAN_KEY.at_most(format!("{year:04}~")));
        }
    }
    filters
}

async fn of_year(
    store: &ProgrammeStore,
    partnership: Option<PartnershipId>,
    year: u16,
) -> Result<Vec<Engagement>, AppError> {
    const PART: u32 = 1_000;
    let listing = Listing { filters: within(partnership, Some(year)), ..Listing::first(PART) };
    let mut listing = listing.order_by(&engagement::BEGAN_KEY, Ascending);
    let mut all = Vec::new();
    loop {
        let page = store.list(&listing).await?;
        all.extend(page.items.into_iter().map(|one| one.value));
        match page.next {
            Some(next) => listing.after = Some(next),
            None => return Ok(all),
        }
    }
}

/// The latest year before `before` with an engagement.
async fn latest_year(
    store: &ProgrammeStore,
    partnership: Option<PartnershipId>,
    before: u16,
) -> Result<Option<u16>, AppError> {
    let mut filters: Vec<_> = partnership.map(|id| engagement::PARTNERSHIP.is(id)).into_iter().collect();
    // Years are written with four digits, and what has no date has no digit.
    filters.push(engagement::BEGAN_KEY.at_least("0".to_owned()));
    if before <= LAST_YEAR {
        filters.push(engagement::BEGAN_KEY.at_most(format!("{before:04}")));
    }
    let listing = Listing { filters, ..Listing::first(1) };
    let page = store.list(&listing.order_by(&engagement::BEGAN_KEY, Descending)).await?;
    let date = page.items.first().and_then(|one| one.value.dates.start().or(one.value.dates.end()));
    Ok(date.and_then(|date| u16::try_from(date.year()).ok()))
}

/// The last year of dates here.
const LAST_YEAR: u16 = 9_999;
