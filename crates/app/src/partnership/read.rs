//! Reading partnerships together with the places they bind.

use std::collections::BTreeSet;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::partnership::{Members, Partnership, StatusKind};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::KindKey;
use sister_cities_storage::records::{PartnershipFilter, PartnershipSort};
use sister_cities_storage::{Cursor, Direction, Listing, Versioned};

use crate::app::Entered;
use crate::{App, AppError};

/// A partnership and its places.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnershipWithPlaces {
    /// The partnership.
    pub partnership: Versioned<Partnership>,
    /// The places it binds, sorted by id.
    pub places: Vec<Place>,
}

/// Which partnerships to list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartnershipQuestion {
    /// Only those whose latest episode is of that kind.
    pub kind: Option<KindKey>,
    /// Only those that stand so after all that has been decided.
    pub status: Option<StatusKind>,
    /// Only those that bind that place.
    pub place: Option<PlaceId>,
    /// In which order.
    pub order: PartnershipOrder,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// The order of a list of partnerships.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartnershipOrder {
    /// As they were entered.
    #[default]
    Entered,
    /// By the day the first episode began, oldest first; undated ones come first.
    Began,
}

/// Part of a list of partnerships.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnershipPage {
    /// The partnerships.
    pub items: Vec<PartnershipWithPlaces>,
    /// Where the next page begins; `None` if this is the last.
    pub next: Option<Cursor>,
}

impl PartnershipQuestion {
    fn listing(self) -> Listing<Partnership> {
        let filters = [
            self.kind.map(PartnershipFilter::Kind),
            self.status.map(PartnershipFilter::Status),
            self.place.map(PartnershipFilter::Member),
        ];
        let filters = filters.into_iter().flatten().collect();
        let listing = Listing { filters, ..Listing::first(self.limit) }.after(self.after);
        match self.order {
            PartnershipOrder::Entered => listing,
            PartnershipOrder::Began => listing.sort(PartnershipSort::Since, Direction::Ascending),
        }
    }
}

impl App {
    /// Reads a partnership.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn partnership(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
    ) -> Result<PartnershipWithPlaces, AppError> {
        let entered = self.enter(caller, Scope::ProgrammeRead, programme).await?;
        let partnership: Versioned<Partnership> = entered.load(partnership).await?;
        let places = entered.places_of(partnership.value.members()).await?;
        Ok(PartnershipWithPlaces { partnership, places })
    }

    /// Lists partnerships, in two queries however many they are.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn partnerships(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        question: PartnershipQuestion,
    ) -> Result<PartnershipPage, AppError> {
        let entered = self.enter(caller, Scope::ProgrammeRead, programme).await?;
        let page = entered.store.list(&question.listing()).await?;
        Ok(PartnershipPage { items: entered.with_places(page.items).await?, next: page.next })
    }
}

impl Entered {
    /// Refuses a partnership whose episode surely overlaps one of the same kind that another record of the same places has (R1).
    pub(super) async fn check_clash(&self, partnership: &Partnership) -> Result<(), AppError> {
        let Some(member) = partnership.members().iter().next() else { return Ok(()) };
        let others = self.store.all::<Partnership>(vec![PartnershipFilter::Member(member)]).await?;
        let clashes = others.iter().filter_map(|other| partnership.clash_with(&other.value));
        match clashes.max_by_key(|clash| clash.certainty) {
            Some(clash) if clash.certainty.is_certain() => Err(AppError::Clash(clash)),
            Some(_) | None => Ok(()),
        }
    }

    /// The places that a partnership binds, sorted by id.
    pub(crate) async fn places_of(&self, members: &Members) -> Result<Vec<Place>, AppError> {
        let found = self.store.get_many::<Place>(members.as_slice()).await?;
        Ok(found.into_iter().map(|place| place.value).collect())
    }

    /// Adds their places to partnerships, in one query.
    pub(crate) async fn with_places(
        &self,
        partnerships: Vec<Versioned<Partnership>>,
    ) -> Result<Vec<PartnershipWithPlaces>, AppError> {
        let ids: BTreeSet<PlaceId> =
            partnerships.iter().flat_map(|partnership| partnership.value.members().iter()).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        // In the order asked for, so sorted by id.
        let places: Vec<Place> =
            self.store.get_many::<Place>(&ids).await?.into_iter().map(|place| place.value).collect();
        let of = |members: &Members| -> Vec<Place> {
            members
                .iter()
                .filter_map(|id| places.binary_search_by_key(&id, |place| place.id).ok())
                .map(|at| places[at].clone())
                .collect()
        };
        Ok(partnerships
            .into_iter()
            .map(|partnership| PartnershipWithPlaces { places: of(partnership.value.members()), partnership })
            .collect())
    }
}
