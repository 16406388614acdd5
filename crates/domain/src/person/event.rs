//! What happened to what is known of a person. No event tells anything of the person: events go to others.

use super::Person;
use crate::event::{changed_fields, events};
use crate::id::PersonId;

events! {
    /// A change of what is known of a person. The names are stable: subscribers match on them.
    pub enum PersonEvent {
        /// They were entered.
        Created = "person.created" {},
        /// Facts about them were changed.
        Changed = "person.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// The record was merged into another, which stands for both.
        Merged = "person.merged" {
            /// The other.
            into: PersonId,
        },
        /// It stands for another record too.
        Absorbed = "person.absorbed" {
            /// The other.
            person: PersonId,
        },
        /// It was taken out of another record again and stands for itself.
        Unmerged = "person.unmerged" {
            /// The other.
            from: PersonId,
        },
        /// It no longer stands for another record.
        Released = "person.released" {
            /// The other.
            person: PersonId,
        },
        /// Somebody said that another record is of somebody else.
        KeptApart = "person.kept_apart" {
            /// The other.
            person: PersonId,
        },
        /// The record was removed.
        Deleted = "person.deleted" {},
    }
}

impl Person {
    /// The event that they were entered.
    #[must_use]
    pub const fn created(&self) -> PersonEvent {
        PersonEvent::Created {}
    }

    /// The event that the record was removed.
    #[must_use]
    pub const fn deleted(&self) -> PersonEvent {
        PersonEvent::Deleted {}
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<PersonEvent> {
        let fields = changed_fields!(before -> self: Self {
            name, latin_name, other_names, pronunciation, form_of_address, emails, phones, posts, affiliations,
            languages, zone, reading, shown_to, consents, notes, source,
            id: _, programme: _, merged_into: _, absorbed: _, kept_apart: _,
        });
        (!fields.is_empty()).then_some(PersonEvent::Changed { fields })
    }
}
