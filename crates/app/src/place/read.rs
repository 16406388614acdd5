//! Reading places.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{Place, PlaceIdentity};
use sister_cities_domain::value::Country;
use sister_cities_storage::records::{PlaceFilter, PlaceSort};
use sister_cities_storage::{Cursor, Direction, Listing, Page, Versioned};

use crate::{App, AppError};

/// Which places to list, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceQuestion {
    /// Only those of that country.
    pub country: Option<Country>,
    /// Only those that are resolved, or are not.
    pub identity: Option<PlaceIdentity>,
    /// Only the one of that GeoNames id.
    pub geonames: Option<u32>,
    /// Only those with a name that begins so; case and accents do not matter.
    pub name: Option<String>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

impl PlaceQuestion {
    fn listing(self) -> Listing<Place> {
        let filters = [
            self.country.map(PlaceFilter::Country),
            self.identity.map(PlaceFilter::Identity),
            self.geonames.map(PlaceFilter::GeoNames),
            self.name.map(PlaceFilter::NameBegins),
        ];
        let filters = filters.into_iter().flatten().collect();
        Listing { filters, ..Listing::first(self.limit) }
            .sort(PlaceSort::Name, Direction::Ascending)
            .after(self.after)
    }
}

impl App {
    /// Reads a place.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`], [`AppError::Forbidden`] without `programme:read`.
    pub async fn place(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        place: PlaceId,
    ) -> Result<Versioned<Place>, AppError> {
        self.enter(caller, Scope::ProgrammeRead, programme).await?.load(place).await
    }

    /// Lists places by name.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn places(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        question: PlaceQuestion,
    ) -> Result<Page<Place>, AppError> {
        let entered = self.enter(caller, Scope::ProgrammeRead, programme).await?;
        let listing = question.listing();
        Ok(entered.store.list(&listing).await?)
    }
}
