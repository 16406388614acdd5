//! Who is to do something, in words: the ids that an answer names are looked up, and no others.

use std::collections::{BTreeMap, BTreeSet};

use sister_cities_client::api::ResponsibleBody;
use sister_cities_client::api::domain::id::{CommitteeId, OrganisationId, PersonId, PlaceId};
use sister_cities_client::api::domain::value::Name;

use crate::run::session::Session;

/// What people, committees and organisations are called, by their ids. Whoever may not see one sees the id.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names of those who are responsible, each asked for once.
    pub(crate) async fn of(session: &Session, all: impl Iterator<Item = &ResponsibleBody>) -> Self {
        let all: Vec<ResponsibleBody> = all.cloned().collect();
        let committees: BTreeSet<CommitteeId> = all.iter().filter_map(|one| one.committee).collect();
        let persons = all.iter().filter_map(|one| one.person);
        let organisations = all.iter().filter_map(|one| one.organisation);
        let Self(mut names) = Self::of_records(session, persons, organisations).await;
        for id in committees {
            if let Ok(committee) = session.programme.committees().get(id).await {
                names.insert(id.to_string(), committee.value.name.to_string());
            }
        }
        Self(names)
    }

    /// The names of people and organisations by their records, each asked for once. A record that was merged is asked of the one that
    /// stands for it.
    pub(crate) async fn of_records(
        session: &Session,
        persons: impl Iterator<Item = PersonId>,
        organisations: impl Iterator<Item = OrganisationId>,
    ) -> Self {
        let (persons, organisations): (BTreeSet<_>, BTreeSet<_>) =
            (persons.collect(), organisations.collect());
        let mut names = BTreeMap::new();
        for id in persons {
            if let Ok(person) = session.programme.persons().get(id).await {
                let name = person.value.latin_name.unwrap_or(person.value.name);
                names.insert(id.to_string(), name.to_string());
            }
        }
        for id in organisations {
            if let Ok(organisation) = session.programme.organisations().get(id).await {
                names.insert(id.to_string(), organisation.value.name.to_string());
            }
        }
        Self(names)
    }

    /// The same with what places are called.
    pub(crate) async fn with_places(
        mut self,
        session: &Session,
        places: impl Iterator<Item = PlaceId>,
    ) -> Self {
        for id in places.collect::<BTreeSet<_>>() {
            if let Ok(place) = session.programme.places().get(id).await {
                self.0.insert(id.to_string(), place.value.display_name.to_string());
            }
        }
        self
    }

    /// What the record of that id is called, or else the id.
    pub(crate) fn named(&self, id: &impl ToString) -> String {
        let id = id.to_string();
        self.0.get(&id).cloned().unwrap_or(id)
    }

    /// A name as it stands in another record, with what the record is called that it leads to, if that is something else:
    /// `The Mayor = Kanaria Wróbel`.
    pub(crate) fn linked<T: ToString>(&self, written: Option<&Name>, record: Option<T>) -> Option<String> {
        let record = record.map(|id| self.named(&id));
        match (written.map(ToString::to_string), record) {
            (Some(written), Some(record)) if written != record => Some(format!("{written} = {record}")),
            (written, record) => written.or(record),
        }
    }

    /// Who it is, as precisely as is known: `Jobcentre Plus`; `nobody` if nobody is.
    pub(crate) fn responsible(&self, responsible: Option<&ResponsibleBody>) -> String {
        let Some(ResponsibleBody { person, office, committee, organisation }) = responsible else {
            return "nobody".to_owned();
        };
        let known = [
            person.map(|id| self.named(&id)),
            office.as_ref().map(|office| office.as_str().to_owned()),
            committee.map(|id| self.named(&id)),
            organisation.map(|id| self.named(&id)),
        ];
        known.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
