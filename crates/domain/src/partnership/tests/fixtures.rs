//! Short ways to name places, days and decisions in the tests.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::id::{PartnershipId, PlaceId, ProgrammeId};
use crate::partnership::{Act, Decision, Episode, Members, Partnership};
use crate::programme::KindKey;
use crate::value::{FreeText, Name, PartialDate, Source};

pub(crate) fn place(n: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(n))
}

pub(crate) fn partnership_id(n: u128) -> PartnershipId {
    PartnershipId::from_uuid(Uuid::from_u128(n))
}

pub(crate) fn programme() -> ProgrammeId {
    ProgrammeId::from_uuid(Uuid::from_u128(1))
}

pub(crate) fn members() -> Members {
    Members::new([place(1), place(2)]).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

pub(crate) fn source(text: &str) -> Source {
    Source::new(text).unwrap()
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(crate) fn words(text: &str) -> FreeText {
    FreeText::new(text).unwrap()
}

pub(crate) fn kind(key: &str) -> KindKey {
    KindKey::new(key).unwrap()
}

pub(crate) fn sister_city(began: &str) -> Episode {
    Episode::new(kind("sister-city")).began_on(date(began), source("a list of the city"))
}

/// Chicago (1) and a partner (2), sister cities since `began`.
pub(crate) fn sisters_since(began: &str) -> Partnership {
    Partnership::agreed(partnership_id(1), programme(), members(), sister_city(began), None).unwrap().0
}

pub(crate) fn decided(act: Act, on: &str) -> Decision {
    Decision::new(act).on(date(on))
}

pub(crate) fn suspend(on: &str) -> Decision {
    decided(Act::Suspend { condition: None }, on)
}

/// The partnership after these decisions, each of which must be possible.
pub(crate) fn after(partnership: Partnership, decisions: impl IntoIterator<Item = Decision>) -> Partnership {
    decisions.into_iter().fold(partnership, |partnership, decision| partnership.decide(decision).unwrap().0)
}
