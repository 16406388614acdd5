//! Short ways to name places, days and decisions in the tests.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::id::{PartnershipId, PlaceId, ProgrammeId};
use crate::partnership::{Act, Decision, Episode, Members, Partnership, PartnershipTransitionError, Refusal};
use crate::value::{FreeText, KindKey, Name, PartialDate, Source};

pub(crate) fn place(n: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(n))
}

pub(crate) fn partnership_id(n: u128) -> PartnershipId {
    PartnershipId::from_uuid(Uuid::from_u128(n))
}

pub(crate) fn programme() -> ProgrammeId {
    ProgrammeId::from_uuid(Uuid::from_u128(1))
}

/// Chicago (1) and a partner (2).
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

/// An episode of that kind, begun then, or undated for "".
pub(crate) fn episode(key: &str, began: &str) -> Episode {
    let episode = Episode::new(kind(key));
    if began.is_empty() { episode } else { episode.began_on(date(began), source("a list of the city")) }
}

/// Chicago (1) and a partner (2), bound by that episode from the start.
pub(crate) fn bound_by(episode: Episode) -> Partnership {
    Partnership::agreed(partnership_id(1), programme(), members(), episode, None).unwrap().0
}

/// Chicago (1) and a partner (2), sister cities since `began`, or since nobody knows when for "".
pub(crate) fn sisters_since(began: &str) -> Partnership {
    bound_by(episode("sister-city", began))
}

pub(crate) fn decided(act: Act, on: &str) -> Decision {
    Decision::new(act).on(date(on))
}

pub(crate) fn suspend(on: &str) -> Decision {
    decided(Act::Suspend { condition: None }, on)
}

pub(crate) fn conclude(on: &str) -> Decision {
    decided(Act::Conclude { reason: None }, on)
}

pub(crate) fn reaffirm(on: &str) -> Decision {
    decided(Act::Reaffirm { statement: None }, on)
}

pub(crate) fn resume(on: &str) -> Decision {
    decided(Act::Resume { grounds: None }, on)
}

pub(crate) fn review(deadline: &str, on: &str) -> Decision {
    decided(Act::Review { deadline: day(deadline) }, on)
}

/// The partnership after these decisions, each of which must be possible.
pub(crate) fn after(partnership: Partnership, decisions: impl IntoIterator<Item = Decision>) -> Partnership {
    decisions.into_iter().fold(partnership, |partnership, decision| partnership.decide(decision).unwrap().0)
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: Result<T, PartnershipTransitionError>) -> Refusal {
    result.unwrap_err().refusal
}
