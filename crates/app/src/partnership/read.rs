//! Reading partnerships together with the places they bind.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_domain::partnership::{Members, Partnership, StatusKind};
use sister_cities_domain::place::Place;
use sister_cities_domain::value::KindKey;
use sister_cities_storage::catalogue::partnership;
use sister_cities_storage::{Cursor, Listing, ProgrammeStore, Versioned};

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

/// Part of a list of partnerships.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnershipPage {
    /// The partnerships.
    pub items: Vec<PartnershipWithPlaces>,
    /// Where the next page begins; `None` if this is the last.
    pub next: Option<Cursor>,
}

/// Whether a partnership is one that is asked for, as of a day.
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
        let places = places_of(&context.store, partnership.value.members()).await?;
        Ok(PartnershipWithPlaces { partnership, places })
    }

    /// Lists partnerships, in two queries however many they are; as of a day, those that had, or may have, begun by then, if only as a
    /// request. Kind and status are those that they had, or may have had, on it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_partnerships(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<Partnership>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<PartnershipPage, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, listing.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        let page = match as_of {
            None => context.store.list(&listing).await?,
            Some(day) => {
                // The columns hold what is so today.
                let (kind, status) = (listing.take(&partnership::KIND), listing.take(&partnership::STATUS));
                context.list_where(listing, |one| stood(one, day, kind.as_ref(), status)).await?
            }
        };
        Ok(PartnershipPage { items: context.with_places(page.items).await?, next: page.next })
    }
}

/// Refuses a partnership whose episode surely overlaps one of the same kind that another record of the same places has (R1).
pub(super) async fn check_clash(store: &ProgrammeStore, partnership: &Partnership) -> Result<(), AppError> {
    let Some(member) = partnership.members().iter().next() else { return Ok(()) };
    let others = store.all([partnership::MEMBERS.has(member)]).await?;
    let clashes = others.iter().filter_map(|other| partnership.clash_with(&other.value));
    match clashes.max_by_key(|clash| clash.certainty) {
        Some(clash) if clash.certainty.is_certain() => Err(AppError::Clash(clash)),
        Some(_) | None => Ok(()),
    }
}

/// The places that a partnership binds, sorted by id.
pub(crate) async fn places_of(store: &ProgrammeStore, members: &Members) -> Result<Vec<Place>, AppError> {
    let found = store.get_many::<Place>(members.as_slice()).await?;
    Ok(found.into_iter().map(|place| place.value).collect())
}

impl ProgrammeContext {
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
