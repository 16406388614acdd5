//! The programme as it would be: what is stored, and on top of it what the lines of a file would make of it.
//!
//! Each line is planned against the draft, not against the store, so a line sees what the lines before it do: the second of two
//! equal lines finds the record the first one made.

use std::collections::{BTreeMap, HashMap, HashSet};

use sister_cities_domain::agreement::{Agreement, AgreementEvent};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{
    AgreementId, EngagementId, IdSource, PartnershipId, PlaceId, RecordKind, RecordRef,
};
use sister_cities_domain::partnership::{Partnership, PartnershipEvent};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::Country;

use super::fold::fold;

/// A stored record and the revision it was read at.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<T> {
    /// The record.
    pub value: T,
    /// Its revision.
    pub revision: u32,
}

/// What an import must know of a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The programme: its host, its kinds.
    pub programme: Programme,
    /// All its places.
    pub places: Vec<Known<Place>>,
    /// All its partnerships.
    pub partnerships: Vec<Known<Partnership>>,
    /// All its agreements.
    pub agreements: Vec<Known<Agreement>>,
    /// All its engagements.
    pub engagements: Vec<Known<Engagement>>,
}

/// A record of the draft.
#[derive(Clone, Debug)]
pub(super) struct Slot<T> {
    pub(super) value: T,
    /// The revision it has in the store; none if a line made it.
    pub(super) base: Option<u32>,
    /// The line that made or first changed it.
    pub(super) line: Option<u32>,
}

impl<T> Slot<T> {
    /// Whether the import would write it.
    pub(super) const fn is_written(&self) -> bool {
        self.line.is_some()
    }
}

/// The programme as it would be.
pub(super) struct Draft<'a> {
    pub(super) programme: &'a Programme,
    pub(super) ids: &'a dyn IdSource,
    pub(super) places: BTreeMap<PlaceId, Slot<Place>>,
    pub(super) partnerships: BTreeMap<PartnershipId, Slot<Partnership>>,
    /// Only those that lines made: a signed text never changes.
    pub(super) agreements: BTreeMap<AgreementId, Slot<Agreement>>,
    pub(super) engagements: BTreeMap<EngagementId, Slot<Engagement>>,
    /// What happened, in order, for the journal.
    pub(super) events: Vec<(RecordRef, EventBody)>,
    by_geonames: HashMap<u32, PlaceId>,
    by_name: HashMap<String, Vec<PlaceId>>,
    with_agreement: HashSet<PartnershipId>,
    bonds_of: HashMap<PlaceId, Vec<PartnershipId>>,
    by_title: HashMap<(PartnershipId, String), Vec<EngagementId>>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(snapshot: &'a Snapshot, ids: &'a dyn IdSource) -> Self {
        let mut draft = Self {
            programme: &snapshot.programme,
            ids,
            places: BTreeMap::new(),
            partnerships: BTreeMap::new(),
            agreements: BTreeMap::new(),
            engagements: BTreeMap::new(),
            events: Vec::new(),
            by_geonames: HashMap::new(),
            by_name: HashMap::new(),
            with_agreement: snapshot.agreements.iter().map(|known| known.value.partnership()).collect(),
            bonds_of: HashMap::new(),
            by_title: HashMap::new(),
        };
        for known in &snapshot.places {
            draft.index_place(&known.value);
            draft.places.insert(known.value.id, stored(known));
        }
        for known in &snapshot.partnerships {
            draft.index_partnership(&known.value);
            draft.partnerships.insert(known.value.id(), stored(known));
        }
        for known in &snapshot.engagements {
            draft.index_engagement(&known.value);
            draft.engagements.insert(known.value.id, stored(known));
        }
        draft
    }

    pub(super) fn host(&self) -> PlaceId {
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
        let key = (engagement.partnership, fold(engagement.title.as_str()));
        self.by_title.entry(key).or_default().push(engagement.id);
    }

    pub(super) fn place_by_geonames(&self, id: u32) -> Option<PlaceId> {
        self.by_geonames.get(&id).copied()
    }

    /// The places called so; in that country, if one is given, or of no known country.
    pub(super) fn places_named(&self, name: &str, country: Option<Country>) -> Vec<PlaceId> {
        let all = self.by_name.get(&name_key(name)).map_or(&[][..], Vec::as_slice);
        let fits = |id: &&PlaceId| {
            let place = self.places.get(id).map(|slot| &slot.value);
            place.is_some_and(|place| country.is_none() || place.country == country)
        };
        all.iter().filter(fits).copied().collect()
    }

    /// The bonds between the host and a place.
    pub(super) fn bonds_with(&self, place: PlaceId) -> Vec<PartnershipId> {
        let host = self.host();
        let between = |id: &&PartnershipId| {
            self.partnerships.get(id).is_some_and(|slot| slot.value.members().contains(host))
        };
        self.bonds_of.get(&place).map_or(&[][..], Vec::as_slice).iter().filter(between).copied().collect()
    }

    pub(super) fn engagements_titled(&self, partnership: PartnershipId, title: &str) -> Vec<EngagementId> {
        self.by_title.get(&(partnership, fold(title))).cloned().unwrap_or_default()
    }

    fn record_event(&mut self, kind: RecordKind, id: uuid::Uuid, event: impl Into<EventBody>) {
        self.events.push((RecordRef { kind, id }, event.into()));
    }

    pub(super) fn add_place(&mut self, place: Place, line: u32) {
        self.index_place(&place);
        self.record_event(RecordKind::Place, place.id.uuid(), place.created());
        self.places.insert(place.id, Slot { value: place, base: None, line: Some(line) });
    }

    pub(super) fn change_place(&mut self, place: Place, line: u32) {
        self.index_place(&place);
        let Some(slot) = self.places.get_mut(&place.id) else { return };
        let event = place.changed_from(&slot.value);
        let id = place.id.uuid();
        slot.value = place;
        slot.line.get_or_insert(line);
        if let Some(event) = event {
            self.record_event(RecordKind::Place, id, event);
        }
    }

    pub(super) fn add_partnership(
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
        self.partnerships.insert(id, Slot { value: partnership, base: None, line: Some(line) });
    }

    pub(super) fn change_partnership(
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
            slot.value = partnership;
            slot.line.get_or_insert(line);
        }
    }

    pub(super) fn has_agreement(&self, partnership: PartnershipId) -> bool {
        self.with_agreement.contains(&partnership)
    }

    pub(super) fn add_agreement(&mut self, agreement: Agreement, event: AgreementEvent, line: u32) {
        self.with_agreement.insert(agreement.partnership());
        self.record_event(RecordKind::Agreement, agreement.id().uuid(), event);
        self.agreements.insert(agreement.id(), Slot { value: agreement, base: None, line: Some(line) });
    }

    pub(super) fn add_engagement(&mut self, engagement: Engagement, line: u32) {
        self.index_engagement(&engagement);
        self.record_event(RecordKind::Engagement, engagement.id.uuid(), engagement.recorded());
        self.engagements.insert(engagement.id, Slot { value: engagement, base: None, line: Some(line) });
    }

    pub(super) fn change_engagement(&mut self, engagement: Engagement, line: u32) {
        let Some(slot) = self.engagements.get_mut(&engagement.id) else { return };
        let event = engagement.changed_from(&slot.value);
        let id = engagement.id.uuid();
        slot.value = engagement;
        slot.line.get_or_insert(line);
        if let Some(event) = event {
            self.record_event(RecordKind::Engagement, id, event);
        }
    }
}

fn stored<T: Clone>(known: &Known<T>) -> Slot<T> {
    Slot { value: known.value.clone(), base: Some(known.revision), line: None }
}

fn name_key(name: &str) -> String {
    sister_cities_gazetteer::fold(name)
}
