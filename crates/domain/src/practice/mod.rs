//! Practices: what a city does well enough that another may learn it; and [adoptions](adoption), who learned it and whether it worked.

pub mod adoption;
mod event;
mod topic;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use adoption::{
    AdoptedPractice, Adoption, AdoptionCourse, AdoptionRefusal, AdoptionState, AdoptionStep, StepAct,
    StepTaken, Verdict,
};
pub use event::{AdoptionEvent, AdoptionSummary, PracticeEvent};
pub use topic::{PlaceOnTopic, Topic, TopicCount, count_by_topic};

use crate::id::{OrganisationId, PlaceId, PracticeId, ProgrammeId};
use crate::responsible::Responsible;
use crate::value::{Country, FreeText, InvalidValue, Money, Name, Note, PartialDate, Source, Title};

/// A way of doing something that works at one place and may work at another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Practice {
    /// The id under which it is kept.
    pub id: PracticeId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What it is, in a line.
    pub title: Title,
    /// The problem that it meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FreeText>,
    /// What is done about it, so that others can do it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approach: Option<FreeText>,
    /// What shows that it works where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<FreeText>,
    /// What it takes to do it.
    #[serde(default, skip_serializing_if = "PracticeCost::is_unknown")]
    pub cost: PracticeCost,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Responsible>,
    /// Whose it is.
    pub origin: Origin,
    /// What it is about; none if nobody has said so yet, and then no search by topic finds it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub topics: BTreeSet<Topic>,
    /// Since when it is done there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What a practice takes: an amount, words, both or neither. Not what an adoption of it cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PracticeCost {
    /// How much, where a source puts it into money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// What for, per what, and what it takes besides money: "two social workers for each quarter".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<FreeText>,
}

impl PracticeCost {
    /// Whether nothing is known of it.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        self.amount.is_none() && self.words.is_none()
    }
}

/// Whose a practice is, or from whom it was learnt: a place, an organisation, or an organisation of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawOrigin", into = "RawOrigin")]
pub struct Origin {
    place: Option<PlaceId>,
    organisation: Option<OrganisationId>,
}

#[derive(Serialize, Deserialize)]
struct RawOrigin {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<PlaceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationId>,
}

impl TryFrom<RawOrigin> for Origin {
    type Error = InvalidValue;

    fn try_from(raw: RawOrigin) -> Result<Self, InvalidValue> {
        Self::new(raw.place, raw.organisation)
    }
}

impl From<Origin> for RawOrigin {
    fn from(Origin { place, organisation }: Origin) -> Self {
        Self { place, organisation }
    }
}

impl Origin {
    /// Whose it is, as far as is known.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] if neither is said: what is nobody's cannot be learnt from anybody.
    pub const fn new(
        place: Option<PlaceId>,
        organisation: Option<OrganisationId>,
    ) -> Result<Self, InvalidValue> {
        if place.is_none() && organisation.is_none() {
            return Err(InvalidValue::Empty);
        }
        Ok(Self { place, organisation })
    }

    /// Of a place, whoever does it there.
    #[must_use]
    pub const fn of_place(place: PlaceId) -> Self {
        Self { place: Some(place), organisation: None }
    }

    /// The place, if it is known.
    #[must_use]
    pub const fn place(&self) -> Option<PlaceId> {
        self.place
    }

    /// The organisation, if one does it.
    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        self.organisation
    }
}

/// An [`Origin`] in words, for another programme, to which the ids of this one say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OriginInWords {
    /// What the place is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Name>,
    /// The country it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// What the organisation is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Name>,
}

#[cfg(test)]
mod tests;
