//! People, as one programme knows them.
//!
//! Search by words does not find them: what it finds everybody is shown who reads the programme, and not every person may be.

use sister_cities_domain::id::{OrganisationId, PersonId, RecordKind};
use sister_cities_domain::person::{Person, PersonStanding};

use super::column::stored;
use super::fields::{field_list, fields};
use super::{ColumnOf, Comparison, Field, FieldGroup, Folded, KindDescription, SetOf, Stored};
use crate::{Order, Realm, Record};

/// The name, in Latin letters where it has such, folded for sorting.
pub const NAME_KEY: ColumnOf<Person, Folded> = ColumnOf::new("name_key", |person: &Person| {
    Folded::of(person.latin_name.as_ref().unwrap_or(&person.name).as_str())
})
.ordered("name");

/// Whether the record stands for itself, as in `current`.
pub const STANDING: ColumnOf<Person, PersonStanding> =
    ColumnOf::new("standing", |person: &Person| person.standing())
        .filtered("standing")
        .index_orders(&["name_key"]);

/// The record that stands for this one too.
pub const MERGED_INTO: ColumnOf<Person, Option<PersonId>> =
    ColumnOf::new("merged_into", |person: &Person| person.merged_into)
        .filtered("merged_into")
        .index_orders(&["id"]);

/// Every word of every name, folded. Lists are filtered by how one begins.
pub const NAMES: SetOf<Person, Folded> =
    SetOf::new("person_name", "person", "name_key", |person: &Person| {
        let names = person.names().map(|name| Folded::of(name.as_str()));
        let mut words: Vec<Folded> = names
            .flat_map(|name| {
                let whole = name.as_str();
                let ends = whole.char_indices().filter(|(_, letter)| letter.is_whitespace());
                let starts = std::iter::once(0).chain(ends.map(|(at, letter)| at + letter.len_utf8()));
                starts.map(|start| Folded::of(&whole[start..])).collect::<Vec<_>>()
            })
            .collect();
        words.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        words.dedup();
        words
    })
    .compared("name", Comparison::BeginsWith);

/// The organisations with which they work, so far as those have a record.
pub const ORGANISATIONS: SetOf<Person, OrganisationId> =
    SetOf::new("person_organisation", "person", "organisation", |person: &Person| {
        let mut all: Vec<_> =
            person.affiliations.iter().filter_map(|affiliation| affiliation.fact.organisation()).collect();
        all.sort();
        all.dedup();
        all
    })
    .filtered("organisation")
    .denormalised_key(&NAME_KEY.column);

impl Record for Person {
    const KIND: RecordKind = RecordKind::Person;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![NAME_KEY, STANDING, MERGED_INTO; NAMES, ORGANISATIONS];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&NAME_KEY.column),
        ..KindDescription::of::<Self>("person")
    };
    type Id = PersonId;

    fn id(&self) -> PersonId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/name" Personal,
    "/latin_name" Personal,
    "/other_names/*" Personal,
    "/pronunciation" Personal,
    "/form_of_address" Personal,
    "/emails/*/address" Personal,
    "/emails/*/label" Personal,
    "/emails/*/shown_to/*" Internal,
    "/phones/*/number" Personal,
    "/phones/*/label" Personal,
    "/phones/*/shown_to/*" Internal,
    "/posts/*/lines/*" Personal,
    "/posts/*/country" Internal,
    "/posts/*/label" Personal,
    "/posts/*/shown_to/*" Internal,
    "/affiliations/*/organisation" Internal,
    "/affiliations/*/name" Personal,
    "/affiliations/*/position" Personal,
    "/affiliations/*/label" Personal,
    "/affiliations/*/shown_to/*" Internal,
    "/languages/*" Internal,
    "/zone" Internal,
    "/reading/hours" Internal,
    "/reading/rhythm" Internal,
    "/reading/country" Internal,
    "/reading/digests_refused" Internal,
    "/shown_to/*" Internal,
    "/consents/*/audiences/*" Internal,
    "/consents/*/facts/*" Internal,
    "/consents/*/purpose" Personal,
    "/consents/*/given_on" Internal,
    "/consents/*/withdrawn_on" Internal,
    "/consents/*/source" Personal,
    "/notes/*/text" Personal,
    "/notes/*/source" Personal,
    "/source" Personal,
    "/consents/*/given_in" Internal,
    "/merged_into" Internal,
    "/absorbed/*/person" Internal,
    "/absorbed/*/through/*" Internal,
    "/kept_apart/*" Internal,
    below "/absorbed/*" GIVEN,
};

/// What other records gave, as they say it.
const GIVEN: &[Field] = field_list! {
    "/other_names/*" Personal,
    "/pronunciation" Personal,
    "/form_of_address" Personal,
    "/emails/*/address" Personal,
    "/emails/*/label" Personal,
    "/emails/*/shown_to/*" Internal,
    "/phones/*/number" Personal,
    "/phones/*/label" Personal,
    "/phones/*/shown_to/*" Internal,
    "/posts/*/lines/*" Personal,
    "/posts/*/country" Internal,
    "/posts/*/label" Personal,
    "/posts/*/shown_to/*" Internal,
    "/affiliations/*/organisation" Internal,
    "/affiliations/*/name" Personal,
    "/affiliations/*/position" Personal,
    "/affiliations/*/label" Personal,
    "/affiliations/*/shown_to/*" Internal,
    "/languages/*" Internal,
    "/zone" Internal,
    "/reading/hours" Internal,
    "/reading/rhythm" Internal,
    "/reading/country" Internal,
    "/reading/digests_refused" Internal,
    "/notes/*/text" Personal,
    "/notes/*/source" Personal,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/fields/*" Internal,
    "/into" Internal,
    "/from" Internal,
    "/person" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{body, event, golden};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<Person>(&golden::<Person>(sister_cities_domain::stored_forms::PERSON));
        event::<Person>(&json!({"name": "x", "fields": ["name"], "into": "x", "from": "x", "person": "x"}));
    }

    #[test]
    fn a_person_is_listed_by_the_beginning_of_any_word_of_any_name() {
        let person: Person =
            serde_json::from_str(sister_cities_domain::stored_forms::PERSON).expect("a person");
        let words = NAMES.members(&person);
        let words: Vec<_> = words.iter().map(|word| format!("{word:?}")).collect();
        for wanted in ["iwanna muster", "muster", "і", "мустер"] {
            assert!(words.iter().any(|word| word.contains(&format!("\"{wanted}"))), "{wanted}: {words:?}");
        }
    }
}
