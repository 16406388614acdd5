//! The programme as it would be: what is stored, and on top of it what the lines of a file would make of it.
//!
//! Each line is planned against the draft, not against the store, so a line sees what the lines before it do: the second of two
//! equal lines finds the record the first one made.

use std::collections::{BTreeMap, HashMap, HashSet};

use sister_cities_domain::agreement::{Agreement, AgreementEvent};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{
    AgreementId, EngagementId, IdSource, PartnershipId, PersonId, PlaceId, RecordKind, RecordRef,
};
use sister_cities_domain::partnership::{Partnership, PartnershipEvent};
use sister_cities_domain::person::{Person, resolved};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::{Country, PartialDate};

use super::cells::fold::fold;
use super::persons::PeopleIndex;

/// A stored record and the revision it was read at.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<T> {
    /// The record. In a box, so that a list of many need not be moved as it grows.
    pub value: Box<T>,
    /// Its revision.
    pub revision: u32,
}

/// What an import must know of a programme. A plan takes it over, so that it is in memory once.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The programme: its host, its kinds.
    pub programme: Programme,
    /// All its places.
    pub places: Vec<Known<Place>>,
    /// All its partnerships.
    pub partnerships: Vec<Known<Partnership>>,
    /// The partnerships that have an agreement, if partners are imported; nothing else asks for them.
    pub with_agreement: HashSet<PartnershipId>,
    /// All its engagements, if engagements are imported.
    pub engagements: Vec<Known<Engagement>>,
    /// All its people, if people are imported.
    pub persons: Vec<Known<Person>>,
}

/// A record of the draft.
#[derive(Clone, Debug)]
pub(crate) struct Slot<T> {
    pub(crate) value: Box<T>,
    /// The revision it has in the store; none if a line made it.
    pub(crate) base: Option<u32>,
    /// The line that made or first changed it.
    pub(crate) line: Option<u32>,
}

impl<T> Slot<T> {
    /// Whether the import would write it.
    pub(crate) const fn is_written(&self) -> bool {
        self.line.is_some()
    }
}

/// The programme as it would be.
pub(crate) struct Draft<'a> {
    pub(crate) programme: Programme,
    pub(crate) ids: &'a dyn IdSource,
    pub(crate) places: BTreeMap<PlaceId, Slot<Place>>,
    pub(crate) partnerships: BTreeMap<PartnershipId, Slot<Partnership>>,
    /// Only those that lines made: a signed text never changes.
    pub(crate) agreements: BTreeMap<AgreementId, Slot<Agreement>>,
    pub(crate) engagements: BTreeMap<EngagementId, Slot<Engagement>>,
    pub(crate) persons: BTreeMap<PersonId, Slot<Person>>,
    /// What happened, in order, for the journal.
    pub(crate) events: Vec<(RecordRef, EventBody)>,
    by_geonames: HashMap<u32, PlaceId>,
    by_name: HashMap<String, Vec<PlaceId>>,
    with_agreement: HashSet<PartnershipId>,
    bonds_of: HashMap<PlaceId, Vec<PartnershipId>>,
    by_title: TitleIndex,
    people: PeopleIndex,
}

/// The engagements of each partnership and title, by the year in which they began; in each year in the order in which they came.
///
/// Entries of one title that begin at the same time are merged, so a year holds no more of them than it has days and months.
#[derive(Debug, Default)]
struct TitleIndex {
    titles: HashMap<(PartnershipId, String), u32>,
    /// By title, year and how many came before: one tree, as most titles have one entry.
    entries: BTreeMap<(u32, Option<i32>, u32), EngagementId>,
    /// How many came.
    count: u32,
}

impl TitleIndex {
    /// Those that may begin when this says, in the order in which they came: of the same year or of no known date. All, if it
    /// says nothing.
    fn about(&self, key: &(PartnershipId, String), start: Option<PartialDate>) -> Vec<EngagementId> {
        let mut found = Vec::new();
        if let Some(title) = self.titles.get(key) {
            found.extend(self.of_year(*title, None));
            match start {
                Some(start) => found.extend(self.of_year(*title, Some(start.year()))),
                None => found.extend(self.first_of_each_year(*title)),
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    fn of_year(&self, title: u32, year: Option<i32>) -> impl Iterator<Item = (u32, EngagementId)> {
        self.entries
            .range((title, year, 0)..=(title, year, u32::MAX))
            .map(|((_, _, order), id)| (*order, *id))
    }

    /// Enough to know the first of all.
    fn first_of_each_year(&self, title: u32) -> impl Iterator<Item = (u32, EngagementId)> {
        let next = move |after: Option<i32>| {
            let mut later = self.entries.range((title, after, u32::MAX)..=(title, Some(i32::MAX), u32::MAX));
            later.next().map(|((_, year, order), id)| (*year, *order, *id))
        };
        std::iter::successors(next(None), move |(year, ..)| next(*year)).map(|(_, order, id)| (order, id))
    }

    fn add(&mut self, key: (PartnershipId, String), id: EngagementId, start: Option<PartialDate>) {
        let next = u32::try_from(self.titles.len()).unwrap_or(u32::MAX);
        let title = *self.titles.entry(key).or_insert(next);
        self.entries.insert((title, start.map(|start| start.year()), self.count), id);
        self.count += 1;
    }

    /// What is known of its beginning has changed.
    fn moved(
        &mut self,
        key: &(PartnershipId, String),
        id: EngagementId,
        from: Option<PartialDate>,
        to: Option<PartialDate>,
    ) {
        let year = |start: Option<PartialDate>| start.map(|start| start.year());
        let Some(title) = self.titles.get(key).copied() else { return };
        let found = self.of_year(title, year(from)).find(|(_, entry)| *entry == id);
        let Some((order, _)) = found else { return };
        self.entries.remove(&(title, year(from), order));
        self.entries.insert((title, year(to), order), id);
    }
}

impl<'a> Draft<'a> {
    pub(crate) fn of(snapshot: Snapshot, ids: &'a dyn IdSource) -> Self {
        let Snapshot { programme, places, partnerships, with_agreement, engagements, persons } = snapshot;
        let mut draft = Self {
            programme,
            ids,
            places: BTreeMap::new(),
            partnerships: BTreeMap::new(),
            agreements: BTreeMap::new(),
            engagements: BTreeMap::new(),
            persons: BTreeMap::new(),
            events: Vec::new(),
            by_geonames: HashMap::new(),
            by_name: HashMap::new(),
            with_agreement,
            bonds_of: HashMap::new(),
            by_title: TitleIndex::default(),
            people: PeopleIndex::default(),
        };
        for known in places {
            draft.index_place(&known.value);
            draft.places.insert(known.value.id, stored(known));
        }
        for known in partnerships {
            draft.index_partnership(&known.value);
            draft.partnerships.insert(known.value.id(), stored(known));
        }
        for known in engagements {
            draft.index_engagement(&known.value);
            draft.engagements.insert(known.value.id, stored(known));
        }
        for known in persons {
            draft.people.add(&known.value);
            draft.persons.insert(known.value.id, stored(known));
        }
        draft
    }

    /// The people of that name, address or number, as they stand now: who was merged is whoever stands for them.
    pub(crate) fn people_like(&self, person: &Person) -> Vec<PersonId> {
        let into = |id| self.persons.get(&id).and_then(|slot| slot.value.merged_into);
        let mut found: Vec<PersonId> =
            self.people.like(person).filter_map(|id| resolved(id, into).ok()).collect();
        found.sort();
        found.dedup();
        found
    }

    pub(crate) fn add_person(&mut self, person: Person, line: u32) {
        self.people.add(&person);
        self.record_event(RecordKind::Person, person.id.uuid(), person.created());
        self.persons.insert(person.id, Slot { value: Box::new(person), base: None, line: Some(line) });
    }

    pub(crate) fn change_person(&mut self, person: Person, line: u32) {
        self.people.add(&person);
        let Some(slot) = self.persons.get_mut(&person.id) else { return };
        let event = person.changed_from(&slot.value);
        let id = person.id.uuid();
        *slot.value = person;
        slot.line.get_or_insert(line);
        if let Some(event) = event {
            self.record_event(RecordKind::Person, id, event);
        }
    }

    pub(crate) fn host(&self) -> PlaceId {
        self.programme.host
    }

    fn index_place(&mut self, place: &Place) {
        if let Some(id) = place.external.geonames {
            self.by_geonames.insert(id, place.id);
        }
        for name in place.names() {
            let ids = self.by_name.entry(name_key(name.text.as_str())).or_default();
            if !ids.contains(&place.id) {
                ids.push(place.id);
            }
        }
    }

    fn index_partnership(&mut self, partnership: &Partnership) {
        for place in partnership.members().iter() {
            self.bonds_of.entry(place).or_default().push(partnership.id());
        }
    }

    fn index_engagement(&mut self, engagement: &Engagement) {
        self.by_title.add(title_key(engagement), engagement.id, engagement.dates.start());
    }

    pub(crate) fn place_by_geonames(&self, id: u32) -> Option<PlaceId> {
        self.by_geonames.get(&id).copied()
    }

    /// The places called so; in that country, if one is given, or of no known country.
    pub(crate) fn places_named(&self, name: &str, country: Option<Country>) -> Vec<PlaceId> {
        let all = self.by_name.get(&name_key(name)).map_or(&[][..], Vec::as_slice);
        let fits = |id: &&PlaceId| {
            let place = self.places.get(id).map(|slot| &slot.value);
            place.is_some_and(|place| country.is_none() || place.country == country)
        };
        all.iter().filter(fits).copied().collect()
    }

    /// The partnerships between the host and a place.
    pub(crate) fn partnerships_with(&self, place: PlaceId) -> impl Iterator<Item = PartnershipId> {
        let host = self.host();
        let between = move |id: &&PartnershipId| {
            self.partnerships.get(id).is_some_and(|slot| slot.value.members().contains(host))
        };
        self.bonds_of.get(&place).into_iter().flatten().filter(between).copied()
    }

    /// Entries of a title that may begin when `start` says, in the order in which they came: at least the first of them, and the
    /// first that begins just then.
    pub(crate) fn engagements_titled(
        &self,
        partnership: PartnershipId,
        title: &str,
        start: Option<PartialDate>,
    ) -> impl Iterator<Item = &Engagement> {
        let ids = self.by_title.about(&(partnership, fold(title)), start);
        ids.into_iter().filter_map(|id| self.engagements.get(&id)).map(|slot| &*slot.value)
    }

    /// The entry of that id, if it is of that partnership and title.
    pub(crate) fn engagement_titled(
        &self,
        id: EngagementId,
        partnership: PartnershipId,
        title: &str,
    ) -> Option<&Engagement> {
        let entry = &self.engagements.get(&id)?.value;
        (entry.partnership == partnership && fold(entry.title.as_str()) == fold(title)).then_some(entry)
    }

    fn record_event(&mut self, kind: RecordKind, id: uuid::Uuid, event: impl Into<EventBody>) {
        self.events.push((RecordRef { kind, id }, event.into()));
    }

    pub(crate) fn add_place(&mut self, place: Place, line: u32) {
        self.index_place(&place);
        self.record_event(RecordKind::Place, place.id.uuid(), place.created());
        self.places.insert(place.id, Slot { value: Box::new(place), base: None, line: Some(line) });
    }

    pub(crate) fn change_place(&mut self, place: Place, line: u32) {
        self.index_place(&place);
        let Some(slot) = self.places.get_mut(&place.id) else { return };
        let event = place.changed_from(&slot.value);
        let id = place.id.uuid();
        *slot.value = place;
        slot.line.get_or_insert(line);
        if let Some(event) = event {
            self.record_event(RecordKind::Place, id, event);
        }
    }

    pub(crate) fn add_partnership(
        &mut self,
        partnership: Partnership,
        events: Vec<PartnershipEvent>,
        line: u32,
    ) {
        self.index_partnership(&partnership);
        let id = partnership.id();
        for event in events {
            self.record_event(RecordKind::Partnership, id.uuid(), event);
        }
        self.partnerships.insert(id, Slot { value: Box::new(partnership), base: None, line: Some(line) });
    }

    pub(crate) fn change_partnership(
        &mut self,
        partnership: Partnership,
        events: Vec<PartnershipEvent>,
        line: u32,
    ) {
        let id = partnership.id();
        for event in events {
            self.record_event(RecordKind::Partnership, id.uuid(), event);
        }
        if let Some(slot) = self.partnerships.get_mut(&id) {
            *slot.value = partnership;
            slot.line.get_or_insert(line);
        }
    }

    pub(crate) fn has_agreement(&self, partnership: PartnershipId) -> bool {
        self.with_agreement.contains(&partnership)
    }

    pub(crate) fn add_agreement(&mut self, agreement: Agreement, event: AgreementEvent, line: u32) {
        self.with_agreement.insert(agreement.partnership());
        self.record_event(RecordKind::Agreement, agreement.id().uuid(), event);
        self.agreements
            .insert(agreement.id(), Slot { value: Box::new(agreement), base: None, line: Some(line) });
    }

    pub(crate) fn add_engagement(&mut self, engagement: Engagement, line: u32) {
        self.index_engagement(&engagement);
        self.record_event(RecordKind::Engagement, engagement.id.uuid(), engagement.recorded());
        self.engagements
            .insert(engagement.id, Slot { value: Box::new(engagement), base: None, line: Some(line) });
    }

    pub(crate) fn change_engagement(&mut self, engagement: Engagement, line: u32) {
        let Some(slot) = self.engagements.get_mut(&engagement.id) else { return };
        let (engagement, told) = engagement.with_invitations_of(&slot.value);
        let event = engagement.changed_from(&slot.value);
        let id = engagement.id.uuid();
        let (from, to) = (slot.value.dates.start(), engagement.dates.start());
        self.by_title.moved(&title_key(&engagement), engagement.id, from, to);
        *slot.value = engagement;
        slot.line.get_or_insert(line);
        for event in event.into_iter().chain(told) {
            self.record_event(RecordKind::Engagement, id, event);
        }
    }
}

fn stored<T>(known: Known<T>) -> Slot<T> {
    Slot { value: known.value, base: Some(known.revision), line: None }
}

fn title_key(engagement: &Engagement) -> (PartnershipId, String) {
    (engagement.partnership, fold(engagement.title.as_str()))
}

fn name_key(name: &str) -> String {
    sister_cities_gazetteer::fold(name)
}
