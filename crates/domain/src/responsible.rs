//! Who is to do something: a person, or the office, committee or organisation that has to find one.

use serde::{Deserialize, Serialize};

use crate::id::{CommitteeId, OrganisationId, PersonId};
use crate::value::{InvalidValue, Name};

/// Who is to do something, as precisely as is known; at least one of the four is said.
///
/// An office that nobody is known to hold is somebody: "the head of the international office" stays responsible whoever that is.
/// Where nobody is responsible, there is no value of this type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawResponsible", into = "RawResponsible")]
pub struct Responsible {
    person: Option<PersonId>,
    office: Option<Name>,
    committee: Option<CommitteeId>,
    organisation: Option<OrganisationId>,
}

#[derive(Serialize, Deserialize)]
struct RawResponsible {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    committee: Option<CommitteeId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationId>,
}

impl TryFrom<RawResponsible> for Responsible {
    type Error = InvalidValue;

    fn try_from(raw: RawResponsible) -> Result<Self, InvalidValue> {
        Self::new(raw.person, raw.office, raw.committee, raw.organisation)
    }
}

impl From<Responsible> for RawResponsible {
    fn from(responsible: Responsible) -> Self {
        let Responsible { person, office, committee, organisation } = responsible;
        Self { person, office, committee, organisation }
    }
}

impl Responsible {
    /// Who it is, as far as is known.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] if none of the four is said.
    pub fn new(
        person: Option<PersonId>,
        office: Option<Name>,
        committee: Option<CommitteeId>,
        organisation: Option<OrganisationId>,
    ) -> Result<Self, InvalidValue> {
        if person.is_none() && office.is_none() && committee.is_none() && organisation.is_none() {
            return Err(InvalidValue::Empty);
        }
        Ok(Self { person, office, committee, organisation })
    }

    /// A person, whatever they hold.
    #[must_use]
    pub const fn person_alone(person: PersonId) -> Self {
        Self { person: Some(person), office: None, committee: None, organisation: None }
    }

    /// An office, whoever holds it: "Head of International Relations".
    #[must_use]
    pub const fn office_alone(office: Name) -> Self {
        Self { person: None, office: Some(office), committee: None, organisation: None }
    }

    /// A committee, and as far as is known who in it.
    #[must_use]
    pub const fn of_committee(
        committee: CommitteeId,
        person: Option<PersonId>,
        office: Option<Name>,
    ) -> Self {
        Self { person, office, committee: Some(committee), organisation: None }
    }

    /// The same, with that person.
    #[must_use]
    pub fn with_person(self, person: PersonId) -> Self {
        Self { person: Some(person), ..self }
    }

    /// The person, if one is named.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        self.person
    }

    /// The office by which they are responsible, in words.
    #[must_use]
    pub const fn office(&self) -> Option<&Name> {
        self.office.as_ref()
    }

    /// The committee that is to see to it.
    #[must_use]
    pub const fn committee(&self) -> Option<CommitteeId> {
        self.committee
    }

    /// The organisation that is to see to it.
    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        self.organisation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_responsible_or_the_value_is_refused() {
        assert_eq!(Responsible::new(None, None, None, None), Err(InvalidValue::Empty));
        assert!(serde_json::from_str::<Responsible>("{}").is_err());
        let office = Responsible::office_alone(Name::new("Director of Jobcentre Plus").expect("a name"));
        let stored = serde_json::to_string(&office).expect("serialises");
        assert_eq!(stored, r#"{"office":"Director of Jobcentre Plus"}"#);
        assert_eq!(serde_json::from_str::<Responsible>(&stored).expect("reads back"), office);
    }
}
