//! What is stored to be read: a programme with bonds and their engagements, in the order in which a city comes to know of them, so that
//! those of one bond lie far apart.

use sister_cities_domain::access::Actor;
use sister_cities_domain::engagement::{
    Direction, Engagement, EngagementDates, Foci, Focus, OtherSideEvidence, ParticipantGroup,
    ParticipantRole, Side,
};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId};
use sister_cities_domain::value::Title;
use sister_cities_storage::conformance::sample::{self, World, day, now, partnership, place};
use sister_cities_storage::{ChangeSet, Database};
use uuid::Uuid;

use crate::Outcome;

/// How many bonds there are.
const BONDS: usize = 200;
/// How many engagements are stored in one change set.
const AT_ONCE: usize = 5_000;

/// A programme full of engagements.
pub(crate) struct Town {
    pub(crate) database: Database,
    pub(crate) world: World,
    pub(crate) bonds: Vec<PartnershipId>,
    pub(crate) visits: Vec<EngagementId>,
}

impl Town {
    /// Stores a programme with that many engagements.
    pub(crate) async fn of(database: Database, visits: usize) -> Outcome<Self> {
        let world = World::new(&database).await;
        let mut changes = world.told();
        let mut bonds = Vec::new();
        for number in 0..BONDS {
            let (city, bond) = (world.id(), world.id());
            changes.create_raw(place(city, &format!("city {number}"), None));
            changes.create_raw(partnership(bond, [world.host, city]));
            bonds.push(PartnershipId::from_uuid(bond));
        }
        world.store(changes).await;
        let mut town = Self { database, world, bonds, visits: Vec::new() };
        for part in (0..visits).collect::<Vec<_>>().chunks(AT_ONCE) {
            let visits: Vec<_> = part.iter().map(|number| town.visit(*number)).collect();
            let mut changes = town.world.told();
            for visit in &visits {
                changes.create(visit);
            }
            town.world.store(changes).await;
            town.visits.extend(visits.iter().map(|visit| visit.id));
        }
        Ok(town)
    }

    pub(crate) fn programme(&self) -> ProgrammeId {
        self.world.programme
    }

    /// A new engagement.
    pub(crate) fn visit(&self, number: usize) -> Engagement {
        let bond = self.bonds[number % self.bonds.len()];
        visit(EngagementId::from_uuid(self.world.id()), (self.world.programme, bond), number)
    }

    /// What one of several writers stores after so many others: each is at work on a bond of its own.
    pub(crate) fn visit_by(&self, writer: usize, stored: usize, id: Uuid) -> Engagement {
        let bond = self.bonds[writer % self.bonds.len()];
        let mut visit = visit(EngagementId::from_uuid(id), (self.world.programme, bond), stored);
        // What offices note is of these days.
        let day = day(u32::try_from(9_000 + (writer + stored) % 60).unwrap_or_default()).to_string();
        visit.dates = day.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
        visit
    }
}

/// An engagement as an office notes it.
fn visit(id: EngagementId, bond: (ProgrammeId, PartnershipId), number: usize) -> Engagement {
    let title = format!("Visit {number} of the youth orchestra, with a concert in the town hall");
    let day = day(u32::try_from(number * 7_919 % 9_000).unwrap_or_default()).to_string();
    let dates = day.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
    let title = Title::new(&title).expect("a title");
    let foci = Foci::new([Focus::Culture]).expect("a focus");
    let mut visit = Engagement::held(id, bond, title, foci, Direction::Inbound, dates);
    visit.evidence = OtherSideEvidence::Unstated;
    visit.participants =
        vec![ParticipantGroup { side: Side::Counterpart, role: ParticipantRole::Artist, people: 34 }];
    visit
}

/// What it takes to store one: the record, its event and work for the outbox.
pub(crate) fn change_set(visit: &Engagement, work: Uuid) -> ChangeSet {
    let mut changes = ChangeSet::new(visit.programme, &clerk(), now());
    changes.create(visit).event(visit.recorded(), visit.id).work(work, "mail", now());
    changes
}

fn clerk() -> Actor {
    sample::actor("Ada from the office")
}
