//! Who is to do something, as the wire tells it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{CommitteeId, OrganisationId, PersonId};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::{InvalidValue, Name};

/// Who is to do something, as precisely as is known: at least one of the four.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponsibleBody {
    /// The person.
    pub person: Option<PersonId>,
    /// The office, whoever holds it, such as `Head of the international office`.
    pub office: Option<Name>,
    /// The committee.
    pub committee: Option<CommitteeId>,
    /// The organisation.
    pub organisation: Option<OrganisationId>,
}

impl ResponsibleBody {
    /// Shows who it is.
    #[must_use]
    pub fn of(responsible: &Responsible) -> Self {
        Self {
            person: responsible.person(),
            office: responsible.office().cloned(),
            committee: responsible.committee(),
            organisation: responsible.organisation(),
        }
    }
}

impl TryFrom<ResponsibleBody> for Responsible {
    type Error = InvalidValue;

    fn try_from(body: ResponsibleBody) -> Result<Self, InvalidValue> {
        let ResponsibleBody { person, office, committee, organisation } = body;
        Self::new(person, office, committee, organisation)
    }
}
