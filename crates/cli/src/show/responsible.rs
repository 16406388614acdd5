//! Who is to do something, in words: the ids that an answer names are looked up, and no others.

use std::collections::BTreeMap;

use sister_cities_client::api::ResponsibleBody;

use crate::run::session::Session;

/// What people, committees and organisations are called, by their ids. Whoever may not see one sees the id.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names of those who are responsible, each asked for once.
    pub(crate) async fn of(session: &Session, all: impl Iterator<Item = &ResponsibleBody>) -> Self {
        let mut names = BTreeMap::new();
        let programme = &session.programme;
        for one in all.cloned().collect::<Vec<_>>() {
            if let Some(id) = one.person.filter(|id| !names.contains_key(&id.to_string()))
                && let Ok(person) = programme.persons().get(id).await
            {
                let name = person.value.latin_name.unwrap_or(person.value.name);
                names.insert(id.to_string(), name.to_string());
            }
            if let Some(id) = one.committee.filter(|id| !names.contains_key(&id.to_string()))
                && let Ok(committee) = programme.committees().get(id).await
            {
                names.insert(id.to_string(), committee.value.name.to_string());
            }
            if let Some(id) = one.organisation.filter(|id| !names.contains_key(&id.to_string()))
                && let Ok(organisation) = programme.organisations().get(id).await
            {
                names.insert(id.to_string(), organisation.value.name.to_string());
            }
        }
        Self(names)
    }

    /// Who it is, as precisely as is known: `Jobcentre Plus`; `nobody` if nobody is.
    pub(crate) fn responsible(&self, responsible: Option<&ResponsibleBody>) -> String {
        let Some(ResponsibleBody { person, office, committee, organisation }) = responsible else {
            return "nobody".to_owned();
        };
        let named = |id: String| self.0.get(&id).cloned().unwrap_or(id);
        let known = [
            person.map(|id| named(id.to_string())),
            office.as_ref().map(|office| office.as_str().to_owned()),
            committee.map(|id| named(id.to_string())),
            organisation.map(|id| named(id.to_string())),
        ];
        known.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
