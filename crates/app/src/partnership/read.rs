//! Reading partnerships together with the places they bind.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::partnership::{Members, Partnership, StatusKind};
use sister_cities_domain::place::Place;
use sister_cities_domain::value::KindKey;
use sister_cities_storage::records::{PartnershipFilter, PartnershipSort};
use sister_cities_storage::{Cursor, Direction, Listing, Versioned};

use crate::app::ProgrammeContext;
use crate::{App, AppError, Times};

/// A partnership and its places.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnershipWithPlaces {
    /// The partnership.
    pub partnership: Versioned<Partnership>,
    /// The places it binds, sorted by id.
    pub places: Vec<Place>,
}

/// Which partnerships to list. As of a day: those that had, or may have, begun by then, if only as a request; kind and status are those
/// that they had, or may have had, on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartnershipQuery {
    /// Only those whose latest episode is of that kind.
    pub kind: Option<KindKey>,
    /// Only those that stand so after all that has been decided.
    pub status: Option<StatusKind>,
    /// Only those that bind that place.
    pub place: Option<PlaceId>,
    /// In which order.
    pub order: PartnershipOrder,
    /// From which end; ascending if `None`.
    pub direction: Option<Direction>,
    /// As of which times.
    pub times: Times,
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
    /// By the day the first episode began; undated ones come first, or, descending, last.
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

impl PartnershipQuery {
    fn listing(self) -> Listing<Partnership> {
        // The columns hold what is so today.
        let today = |filter| Some(filter).filter(|_| self.times.as_of.is_none());
        let filters = [
            self.kind.map(PartnershipFilter::Kind).and_then(today),
            self.status.map(PartnershipFilter::Status).and_then(today),
            self.place.map(PartnershipFilter::Member),
        ];
        let filters = filters.into_iter().flatten().collect();
        let sort = match self.order {
            PartnershipOrder::Entered => None,
            PartnershipOrder::Began => Some(PartnershipSort::Since),
        };
        let direction = self.direction.unwrap_or(Direction::Ascending);
        Listing { filters, sort, direction, ..Listing::first(self.limit) }.after(self.after)
    }
}

/// Whether a bond is one that is asked for, as of a day.
fn stood(
    partnership: &Partnership,
    day: NaiveDate,
    kind: Option<&KindKey>,
    status: Option<StatusKind>,
) -> bool {
    let of_kind = |kind: &KindKey| partnership.kinds_on(day).iter().any(|on| on.kind == *kind);
    let in_status = |status| partnership.status_on(day).is_among(&BTreeSet::from([status])).is_possible();
    partnership.begun_by(day).is_possible() && kind.is_none_or(of_kind) && status.is_none_or(in_status)
}

impl App {
    /// Reads a partnership as of some times. Where it stood on a day, [`Partnership::status_on`] tells.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`], also if it surely had not begun by that day.
    pub async fn get_partnership(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<PartnershipWithPlaces, AppError> {
        let context =
            self.authorize_as_recorded(caller, Scope::ProgrammeRead, programme, recorded_at, None).await?;
        let partnership: Versioned<Partnership> = context.load(partnership).await?;
        if as_of.is_some_and(|day| !partnership.value.begun_by(day).is_possible()) {
            return Err(AppError::NotFound(partnership.value.id().into()));
        }
        let places = context.places_of(partnership.value.members()).await?;
        Ok(PartnershipWithPlaces { partnership, places })
    }

    /// Lists partnerships, in two queries however many they are.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_partnerships(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: PartnershipQuery,
    ) -> Result<PartnershipPage, AppError> {
        let (needed, Times { as_of, recorded_at }) = (Scope::ProgrammeRead, query.times);
        let after = query.after.as_ref();
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        let page = match as_of {
            None => context.store.list(&query.listing()).await?,
            Some(day) => {
                let (kind, status) = (query.kind.clone(), query.status);
                context.list_where(query.listing(), |one| stood(one, day, kind.as_ref(), status)).await?
            }
        };
        Ok(PartnershipPage { items: context.with_places(page.items).await?, next: page.next })
    }
}

impl ProgrammeContext {
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
