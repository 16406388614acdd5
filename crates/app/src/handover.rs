//! Handovers: reads what a partnership or a role hands over, and no more of it than a document bears.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::{NextTouch, TouchReason};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::handover::{Handover, HandoverFile, MOST_OF_A_KIND, handover, told_from};
use sister_cities_domain::id::{
    CommitteeId, OrganisationId, PartnershipId, PersonId, PlaceId, ProgrammeId, RecordRef, RoleId,
};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::person::{Audience, Person};
use sister_cities_domain::place::Place;
use sister_cities_domain::promise::ActionPoint;
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, Role};
use sister_cities_storage::catalogue::{action_point, agreement, committee, engagement, partnership, role};
use sister_cities_storage::{Direction, Listing, Order, Record, Revision, Versioned, record_ref};

use crate::app::ProgrammeContext;
use crate::partnership::PartnershipWithPlaces;
use crate::person::ids_of_person;
use crate::{App, AppError};

/// Of each committee and administration the roles that were entered last, in the past or not: enough to tell since when a chair is missing.
const ROLES_READ: u32 = 200;

/// An engagement that lasts longer is told with the year in which it began: nobody looks through a whole log for it.
const LONGEST_ENGAGEMENT: Days = Days::new(731);

/// What is handed over, as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoverRecords {
    /// The day.
    pub as_of: NaiveDate,
    /// The city whose programme it is.
    host: PlaceId,
    /// The partnership that is handed over.
    pub partnership: Option<PartnershipWithPlaces>,
    /// The role that is handed over.
    pub role: Option<Versioned<Role>>,
    agreements: Vec<Agreement>,
    committees: Vec<Committee>,
    roles: Vec<Role>,
    promises: Vec<ActionPoint>,
    engagements: Vec<Engagement>,
    /// What comes next.
    pub next_touch: Option<NextTouch>,
    /// The revisions at which promises and engagements were read.
    pub revisions: BTreeMap<RecordRef, Revision>,
    /// How many more there are, by what of.
    pub more: BTreeMap<&'static str, u64>,
    /// The people who are named, as far as the caller may see them.
    pub persons: BTreeMap<PersonId, Versioned<Person>>,
    /// With whose eyes they are seen.
    pub seen_by: Option<Audience>,
    /// What those are called that are named.
    pub names: BTreeMap<RecordRef, String>,
}

impl HandoverRecords {
    /// What whoever takes over has to know.
    #[must_use]
    pub fn handover(&self) -> Handover<'_> {
        let file = HandoverFile {
            host: self.host,
            partnership: self.partnership.as_ref().map(|it| &it.partnership.value),
            role: self.role.as_ref().map(|role| &role.value),
            agreements: &self.agreements,
            committees: &self.committees,
            roles: &self.roles,
            promises: &self.promises,
            engagements: &self.engagements,
            next_touch: self.next_touch.as_ref(),
        };
        handover(&file, self.as_of)
    }
}

impl App {
    /// Reads what a partnership hands over on a day; today, if none is given. The number of reads does not depend on how much there is.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_partnership_handover(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        as_of: Option<NaiveDate>,
    ) -> Result<HandoverRecords, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let mut records = self.begin(&context, as_of).await?;
        self.read_partnership(&context, &mut records, partnership).await?;
        let open = some().filter(action_point::OPEN_UNDER.is(partnership.to_string()));
        records.promises = records.part(&context, "promises", due_first(open)).await?;
        self.read_names(caller, &context, &mut records).await?;
        Ok(records)
    }

    /// Reads what a role hands over on a day; today, if none is given. One in a committee of one partnership, or in the administration of a
    /// partner city, comes with that partnership.
    ///
    /// # Errors
    ///
    /// As [`App::get_partnership_handover`].
    pub async fn get_role_handover(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        role: RoleId,
        as_of: Option<NaiveDate>,
    ) -> Result<HandoverRecords, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let mut records = self.begin(&context, as_of).await?;
        let role: Versioned<Role> = context.load(role).await?;
        match role.value.held_in {
            HeldIn::Committee(id) => {
                let committee: Versioned<Committee> = context.load(id).await?;
                if let Some(partnership) = committee.value.task.partnership() {
                    self.read_partnership(&context, &mut records, partnership).await?;
                } else {
                    records.committees = vec![committee.value];
                    records.read_roles(&context).await?;
                }
            }
            HeldIn::Place(place) if place != records.host => {
                if let Some(partnership) = only_partnership_with(&context, place).await? {
                    self.read_partnership(&context, &mut records, partnership).await?;
                }
            }
            HeldIn::Place(_) | HeldIn::Organisation(_) | _ => {}
        }
        if let Some(person) = role.value.person {
            records.promises = records.owed_by(&context, person).await?;
        }
        records.role = Some(role);
        self.read_names(caller, &context, &mut records).await?;
        Ok(records)
    }

    async fn begin(
        &self,
        context: &ProgrammeContext,
        as_of: Option<NaiveDate>,
    ) -> Result<HandoverRecords, AppError> {
        let as_of = match as_of {
            Some(as_of) => as_of,
            None => self.today_in(context).await?,
        };
        Ok(HandoverRecords::new(context.programme.value.host, as_of))
    }

    /// Reads a partnership with its agreements, committees and roles, what was logged in the last twelve months, and what comes next.
    async fn read_partnership(
        &self,
        context: &ProgrammeContext,
        records: &mut HandoverRecords,
        id: PartnershipId,
    ) -> Result<(), AppError> {
        let day = records.as_of;
        let partnership: Versioned<Partnership> = context.load(id).await?;
        records.partnership = context.with_places(vec![partnership]).await?.pop();
        let agreements = some().filter(agreement::PARTNERSHIP.is(id));
        records.agreements = records.part(context, "agreements", agreements).await?;
        let committees = some()
            .filter(committee::PARTNERSHIP.is(id))
            .filter(committee::FIRST_DAY.at_most(day))
            .filter(committee::LAST_DAY.at_least(day));
        records.committees = records.part(context, "committees", committees).await?;
        records.read_roles(context).await?;
        let from = told_from(day);
        let earliest = from.checked_sub_days(LONGEST_ENGAGEMENT).unwrap_or(NaiveDate::MIN);
        let engagements = some()
            .filter(engagement::PARTNERSHIP.is(id))
            .filter(engagement::BEGAN_KEY.at_least(earliest.to_string()))
            .filter(engagement::FIRST_DAY.at_most(day))
            .filter(engagement::LAST_DAY.at_least(from))
            .order_by(&engagement::BEGAN_KEY, Direction::Descending);
        records.engagements = records.part(context, "engagements", engagements).await?;
        records.next_touch = self.next_touch(context, id, day).await?;
        Ok(())
    }

    /// Reads what those are called that are named, and how people are reached as far as the caller may know.
    async fn read_names(
        &self,
        caller: &Caller,
        context: &ProgrammeContext,
        records: &mut HandoverRecords,
    ) -> Result<(), AppError> {
        let handover = records.handover();
        let owners = handover.promises.iter().flat_map(|point| point.owners());
        let mentioned: Vec<Responsible> = handover
            .contacts
            .iter()
            .map(|contact| contact.who.clone())
            .chain(owners.map(|owner| owner.responsible.clone()))
            .chain(records.role.iter().map(|role| role.value.responsible()))
            .chain(records.next_touch.iter().filter_map(|touch| touch.owner.clone()))
            .collect();
        let mut names: BTreeMap<RecordRef, String> =
            handover.promises.iter().map(|point| (point.id.into(), point.title.to_string())).collect();
        names.extend(records.committees.iter().map(|one| (one.id.into(), one.name.to_string())));
        names.extend(records.partnership.iter().flat_map(|it| {
            it.places.iter().map(|place| (place.id.into(), place.display_name_on(records.as_of).to_string()))
        }));
        let ids = |of: fn(&Responsible) -> Option<RecordRef>| -> BTreeSet<RecordRef> {
            mentioned.iter().filter_map(of).filter(|id| !names.contains_key(id)).collect()
        };
        let committees: Vec<_> = ids(|who| who.committee().map(Into::into))
            .into_iter()
            .map(|record| CommitteeId::from_uuid(record.id))
            .collect();
        let organisations: Vec<_> = ids(|who| who.organisation().map(Into::into))
            .into_iter()
            .map(|record| OrganisationId::from_uuid(record.id))
            .collect();
        let persons: Vec<_> = ids(|who| who.person().map(Into::into))
            .into_iter()
            .map(|record| PersonId::from_uuid(record.id))
            .collect();
        let places: Vec<_> = records.role.iter().filter_map(|role| role.value.held_in.place()).collect();
        for committee in context.store.get_many::<Committee>(&committees).await? {
            names.insert(committee.value.id.into(), committee.value.name.to_string());
        }
        for organisation in context.store.get_many::<Organisation>(&organisations).await? {
            names.insert(organisation.value.id.into(), organisation.value.name.to_string());
        }
        for place in context.store.get_many::<Place>(&places).await? {
            names.insert(place.value.id.into(), place.value.display_name_on(records.as_of).to_string());
        }
        if let Some(TouchReason::Planned { engagement }) =
            records.next_touch.as_ref().map(|touch| touch.because)
            && let Some(planned) = context.store.get::<Engagement>(engagement).await?
        {
            names.insert(engagement.into(), planned.value.title.to_string());
        }
        let programme = context.programme.value.id;
        let desk = may(&caller.grant, Scope::PersonRead, Some(programme)).is_ok();
        let seen_by = if desk { Audience::Desk } else { Audience::Members };
        let today = self.today_in(context).await?;
        for Versioned { value, revision } in context.store.get_many::<Person>(&persons).await? {
            if let Some(seen) = value.seen_by(seen_by, today) {
                names.insert(seen.id.into(), seen.name.to_string());
                records.persons.insert(seen.id, Versioned { value: seen, revision });
            }
        }
        records.seen_by = Some(seen_by);
        records.names = names;
        Ok(())
    }
}

/// As many as a document bears.
const fn some<T: Record>() -> Listing<T> {
    Listing::first(MOST_OF_A_KIND)
}

/// The same, those that are due first before the others.
fn due_first(listing: Listing<ActionPoint>) -> Listing<ActionPoint> {
    listing.order_by(&action_point::DUE_KEY, Direction::Ascending)
}

/// The one partnership that binds the place; none if there are several.
async fn only_partnership_with(
    context: &ProgrammeContext,
    place: PlaceId,
) -> Result<Option<PartnershipId>, AppError> {
    let listing = Listing::<Partnership>::first(2).filter(partnership::MEMBERS.has(place));
    let page = context.store.list(&listing).await?;
    let [only] = page.items.as_slice() else { return Ok(None) };
    Ok(Some(only.value.id()))
}

impl HandoverRecords {
    fn new(host: PlaceId, as_of: NaiveDate) -> Self {
        Self {
            as_of,
            host,
            partnership: None,
            role: None,
            agreements: Vec::new(),
            committees: Vec::new(),
            roles: Vec::new(),
            promises: Vec::new(),
            engagements: Vec::new(),
            next_touch: None,
            revisions: BTreeMap::new(),
            more: BTreeMap::new(),
            persons: BTreeMap::new(),
            seen_by: None,
            names: BTreeMap::new(),
        }
    }

    /// Reads as much of a list as a document bears, and counts what is left out.
    async fn part<T: Record + Clone>(
        &mut self,
        context: &ProgrammeContext,
        of: &'static str,
        listing: Listing<T>,
    ) -> Result<Vec<T>, AppError> {
        let page = context.store.list(&listing).await?;
        if page.next.is_some() {
            let all = context.store.count(listing.filters).await?;
            let told = u64::from(MOST_OF_A_KIND);
            *self.more.entry(of).or_default() += all.saturating_sub(told);
        }
        let values = page.items.into_iter().map(|Versioned { value, revision }| {
            self.revisions.insert(record_ref::<T>(value.id()), revision);
            value
        });
        Ok(values.collect())
    }

    /// Reads what a person owes, under whichever of the records that were merged into one.
    async fn owed_by(
        &mut self,
        context: &ProgrammeContext,
        person: PersonId,
    ) -> Result<Vec<ActionPoint>, AppError> {
        let ids = ids_of_person(&context.store, person).await?;
        let mut promises: Vec<ActionPoint> = Vec::new();
        for id in &ids {
            let owed = due_first(some().filter(action_point::OWED_BY.has(*id)));
            for point in self.part(context, "promises", owed).await? {
                // Both sides may be owned by one person under two ids.
                if promises.iter().all(|known| known.id != point.id) {
                    promises.push(point.naming(person, &ids));
                }
            }
        }
        promises.sort_by_key(|point| (point.last_day().is_none(), point.last_day()));
        if let Some(left_out) = promises.len().checked_sub(MOST_OF_A_KIND as usize).filter(|more| *more > 0) {
            promises.truncate(MOST_OF_A_KIND as usize);
            *self.more.entry("promises").or_default() += left_out as u64;
        }
        Ok(promises)
    }

    /// Reads the roles that are or were held in the committees, and in the administrations of the cities.
    async fn read_roles(&mut self, context: &ProgrammeContext) -> Result<(), AppError> {
        let committees = self.committees.iter().map(|committee| role::COMMITTEE.is(committee.id));
        let places = self.partnership.iter().flat_map(|it| &it.places).map(|place| role::PLACE.is(place.id));
        let latest_first = Order::CREATION.reversed();
        for held_there in committees.chain(places) {
            let listing =
                Listing { filters: vec![held_there], order: latest_first, ..Listing::first(ROLES_READ) };
            let page = context.store.list(&listing).await?;
            self.roles.extend(page.items.into_iter().map(|role| role.value));
        }
        Ok(())
    }
}
