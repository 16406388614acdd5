//! Through whom an office, a committee or an organisation is told something.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::cause::Why;
use super::reminder::{Reminder, ReminderStage};
use crate::id::{PersonId, PlaceId};
use crate::person::Audience;
use crate::responsible::Responsible;
use crate::role::{HeldIn, Role, RoleFunction};
use crate::value::Certainty;

/// The roles that are held on a day, as those see them who look for somebody to tell.
#[derive(Clone, Debug)]
pub struct RoleHolders<'a> {
    host: PlaceId,
    held: Vec<(PersonId, &'a Role)>,
}

impl<'a> RoleHolders<'a> {
    /// Of these roles those that are held on that day, or perhaps are; `host` is the place whose programme it is.
    #[must_use]
    pub fn on(day: NaiveDate, host: PlaceId, roles: impl IntoIterator<Item = &'a Role>) -> Self {
        let held = roles.into_iter().filter(|role| role.tenure.is_held_on(day) != Certainty::No);
        Self { host, held: held.filter_map(|role| Some((role.person?, role))).collect() }
    }

    /// Who is told what somebody is to do. A person is told themselves. An office, through whoever holds a role that is called so; a committee, through
    /// those who lead it, and if nobody does through all of it; an organisation, through those who have a role in it. Nobody, if nobody is known.
    #[must_use]
    pub fn of(&self, responsible: &Responsible) -> BTreeSet<PersonId> {
        if let Some(person) = responsible.person() {
            return BTreeSet::from([person]);
        }
        let place_of = |role: &Role| {
            responsible.committee().is_none_or(|committee| role.held_in.committee() == Some(committee))
                && responsible
                    .organisation()
                    .is_none_or(|organisation| role.held_in.organisation() == Some(organisation))
        };
        if let Some(office) = responsible.office() {
            let named = self.those(|role| role.office.as_ref() == Some(office) && place_of(role));
            if !named.is_empty() {
                return named;
            }
        }
        if responsible.committee().is_none() && responsible.organisation().is_none() {
            return BTreeSet::new();
        }
        let leading = self.those(|role| place_of(role) && leads(&role.function));
        if leading.is_empty() { self.those(place_of) } else { leading }
    }

    /// Who sees to the programme: those who run or staff an office of the host place, and if nobody is known to, those who lead a committee.
    #[must_use]
    pub fn desk(&self) -> BTreeSet<PersonId> {
        let staff = self.those(|role| {
            role.held_in == HeldIn::Place(self.host)
                && matches!(role.function, RoleFunction::Director | RoleFunction::Officer)
        });
        if !staff.is_empty() {
            return staff;
        }
        self.those(|role| role.held_in.committee().is_some() && leads(&role.function))
    }

    /// Who is told of a reminder, and why: those whose it is, and if nobody of them can be told, the desk.
    #[must_use]
    pub fn told(&self, reminder: &Reminder<'_>) -> Vec<(PersonId, Why)> {
        let found = self.of_reminder(reminder);
        if found.is_empty() {
            return self.desk().into_iter().map(|person| (person, Why::Desk)).collect();
        }
        found
    }

    /// Those whose reminder it is, and why; nobody, if nobody of them can be told.
    #[must_use]
    pub fn of_reminder(&self, reminder: &Reminder<'_>) -> Vec<(PersonId, Why)> {
        let found = reminder.to.map(|to| self.of(to)).unwrap_or_default();
        let named = reminder.to.and_then(Responsible::person);
        let why = |person| match reminder.stage {
            ReminderStage::Escalated(_) => Why::Escalation,
            ReminderStage::Listed | ReminderStage::WeekBefore | ReminderStage::Due => {
                if named == Some(person) { Why::Owner } else { Why::Holder }
            }
        };
        found.into_iter().map(|person| (person, why(person))).collect()
    }

    /// Whether somebody belongs to the programme: holds a role in one of its committees, in its host place, or in an organisation. Who does not is a
    /// guest, of a partner city for example, and is told only what is theirs or what is shared with them.
    #[must_use]
    pub fn belongs(&self, person: PersonId) -> bool {
        self.held.iter().any(|(holder, role)| {
            *holder == person
                && match role.held_in {
                    HeldIn::Committee(_) => true,
                    HeldIn::Place(place) => place == self.host,
                    HeldIn::Organisation(_) => false,
                }
        })
    }

    /// The places in whose administration somebody holds a role.
    #[must_use]
    pub fn served_by(&self, person: PersonId) -> BTreeSet<PlaceId> {
        let theirs = self.held.iter().filter(|(holder, _)| *holder == person);
        theirs.filter_map(|(_, role)| role.held_in.place()).collect()
    }

    /// As whom somebody reads, who may have several records: what a message to them may hold of other people follows from it. Who sees to the programme reads
    /// with the desk, who belongs to it with its members, and a guest as the partner city does.
    #[must_use]
    pub fn reads_as(&self, records: impl IntoIterator<Item = PersonId>) -> Audience {
        let desk = self.desk();
        let as_whom = |person| match person {
            person if desk.contains(&person) => Audience::Desk,
            person if self.belongs(person) => Audience::Members,
            _ => Audience::PartnerCity,
        };
        records.into_iter().map(as_whom).max().unwrap_or(Audience::PartnerCity)
    }

    fn those(&self, which: impl Fn(&Role) -> bool) -> BTreeSet<PersonId> {
        self.held.iter().filter(|(_, role)| which(role)).map(|(person, _)| *person).collect()
    }
}

const fn leads(function: &RoleFunction) -> bool {
    matches!(function, RoleFunction::Chair | RoleFunction::CoChair | RoleFunction::Director)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{CommitteeId, OrganisationId, ProgrammeId, RoleId, SeededIds};
    use crate::role::Tenure;
    use crate::value::Name;

    struct Office {
        ids: SeededIds,
        host: PlaceId,
        roles: Vec<Role>,
    }

    impl Office {
        fn new() -> Self {
            let ids = SeededIds::new(7);
            let host = PlaceId::next(&ids);
            Self { ids, host, roles: Vec::new() }
        }

        fn role(&mut self, held_in: HeldIn, function: RoleFunction, tenure: Tenure) -> PersonId {
            let person = PersonId::next(&self.ids);
            self.roles.push(Role {
                id: RoleId::next(&self.ids),
                programme: ProgrammeId::next(&self.ids),
                person: Some(person),
                held_in,
                function,
                office: None,
                tenure,
                appointed_by: None,
                fills_term_of: None,
                successor: None,
                orphaned: None,
                source: None,
                notes: Vec::new(),
            });
            person
        }

        fn holders(&self) -> RoleHolders<'_> {
            RoleHolders::on(NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day"), self.host, &self.roles)
        }
    }

    fn until(year: &str) -> Tenure {
        Tenure::new(Some("2010".parse().expect("a date")), Some(year.parse().expect("a date")), None)
            .expect("a tenure")
    }

    #[test]
    fn a_committee_is_told_through_its_chair_and_without_one_through_all_of_it() {
        let mut office = Office::new();
        let committee = CommitteeId::next(&office.ids);
        let held_in = HeldIn::Committee(committee);
        let members = [(); 2].map(|()| office.role(held_in, RoleFunction::Member, Tenure::default()));
        let to = Responsible::of_committee(committee, None, None);
        assert_eq!(office.holders().of(&to), members.into());
        let _former = office.role(held_in, RoleFunction::Chair, until("2019"));
        assert_eq!(office.holders().of(&to), members.into(), "who has left is not told");
        let chair = office.role(held_in, RoleFunction::Chair, Tenure::default());
        assert_eq!(office.holders().of(&to), [chair].into());
        let other = Responsible::of_committee(CommitteeId::next(&office.ids), None, None);
        assert_eq!(office.holders().of(&other), BTreeSet::new());
    }

    #[test]
    fn an_office_is_told_through_whoever_holds_it() {
        let mut office = Office::new();
        let organisation = OrganisationId::next(&office.ids);
        let head =
            office.role(HeldIn::Organisation(organisation), RoleFunction::Representative, Tenure::default());
        let called = Name::new("Head of the international office").expect("a name");
        let to = Responsible::office_alone(called.clone());
        assert_eq!(office.holders().of(&to), BTreeSet::new());
        office.roles[0].office = Some(called);
        assert_eq!(office.holders().of(&to), [head].into());
    }

    #[test]
    fn what_nobody_can_be_told_of_goes_to_the_desk() {
        let mut office = Office::new();
        let committee = HeldIn::Committee(CommitteeId::next(&office.ids));
        let nobody = Reminder { stage: ReminderStage::Due, on: NaiveDate::MIN, to: None };
        assert_eq!(office.holders().told(&nobody), []);
        let chair = office.role(committee, RoleFunction::Chair, Tenure::default());
        assert_eq!(office.holders().told(&nobody), [(chair, Why::Desk)]);
        let host = HeldIn::Place(office.host);
        let officer = office.role(host, RoleFunction::Officer, Tenure::default());
        assert_eq!(office.holders().told(&nobody), [(officer, Why::Desk)]);
        let owner = Responsible::person_alone(PersonId::next(&office.ids));
        let theirs = Reminder { to: Some(&owner), ..nobody };
        assert_eq!(office.holders().told(&theirs), [(owner.person().expect("a person"), Why::Owner)]);
    }

    #[test]
    fn a_guest_holds_no_role_in_the_programme() {
        let mut office = Office::new();
        let partner = PlaceId::next(&office.ids);
        let mayor = office.role(HeldIn::Place(partner), RoleFunction::Mayor, Tenure::default());
        let host = HeldIn::Place(office.host);
        let officer = office.role(host, RoleFunction::Officer, Tenure::default());
        assert!(!office.holders().belongs(mayor) && office.holders().belongs(officer));
        assert_eq!(office.holders().served_by(mayor), [partner].into());
    }

    #[test]
    fn the_desk_reads_more_than_members_and_these_more_than_guests() {
        let mut office = Office::new();
        let partner = PlaceId::next(&office.ids);
        let mayor = office.role(HeldIn::Place(partner), RoleFunction::Mayor, Tenure::default());
        let committee = HeldIn::Committee(CommitteeId::next(&office.ids));
        let member = office.role(committee, RoleFunction::Member, Tenure::default());
        let officer = office.role(HeldIn::Place(office.host), RoleFunction::Officer, Tenure::default());
        let holders = office.holders();
        assert_eq!(holders.reads_as([mayor]), Audience::PartnerCity);
        assert_eq!(holders.reads_as([mayor, member]), Audience::Members, "they are one person");
        assert_eq!(holders.reads_as([officer]), Audience::Desk);
        assert_eq!(holders.reads_as([]), Audience::PartnerCity);
    }
}
