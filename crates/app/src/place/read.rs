//! Reading places.

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{Place, PlaceIdentity};
use sister_cities_domain::value::Country;
use sister_cities_storage::records::{PlaceFilter, PlaceSort};
use sister_cities_storage::{Cursor, Direction, Listing, Page, Versioned};

use crate::{App, AppError, Times};

/// Which places to list.
///
/// A place has no beginning and no end here, so every one is listed whatever day is asked about; [`Place::names_on`] tells what it
/// was called then. Names are sorted and found by as they are shown today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceQuery {
    /// Only those of that country.
    pub country: Option<Country>,
    /// Only those that are resolved, or are not.
    pub identity: Option<PlaceIdentity>,
    /// Only the one of that GeoNames id.
    pub geonames: Option<u32>,
    /// Only those with a name that begins so; case and accents do not matter.
    pub name: Option<String>,
    /// In which order.
    pub order: PlaceOrder,
    /// From which end; ascending if `None`.
    pub direction: Option<Direction>,
    /// What had been recorded at a moment.
    pub recorded_at: Option<DateTime<Utc>>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// The order of a list of places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlaceOrder {
    /// By the name shown.
    #[default]
    Name,
    /// As they were entered.
    Entered,
}

impl PlaceQuery {
    fn listing(self) -> Listing<Place> {
        let filters = [
            self.country.map(PlaceFilter::Country),
            self.identity.map(PlaceFilter::Identity),
            self.geonames.map(PlaceFilter::GeoNames),
            self.name.map(PlaceFilter::NameBegins),
        ];
        let filters = filters.into_iter().flatten().collect();
        let sort = match self.order {
            PlaceOrder::Name => Some(PlaceSort::Name),
            PlaceOrder::Entered => None,
        };
        let direction = self.direction.unwrap_or(Direction::Ascending);
        Listing { filters, sort, direction, ..Listing::first(self.limit) }.after(self.after)
    }
}

impl App {
    /// Reads a place as it had been recorded at a moment. What it was called on a day, [`Place::names_on`] tells.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_place(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        place: PlaceId,
        times: Times,
    ) -> Result<Versioned<Place>, AppError> {
        let needed = Scope::ProgrammeRead;
        self.authorize_as_recorded(caller, needed, programme, times.recorded_at, None)
            .await?
            .load(place)
            .await
    }

    /// Lists places.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn list_places(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: PlaceQuery,
    ) -> Result<Page<Place>, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, query.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, query.recorded_at, after).await?;
        let listing = query.listing();
        Ok(context.store.list(&listing).await?)
    }
}
