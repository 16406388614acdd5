//! Practices that cities learn from each other.

use sister_cities_domain::id::{CommitteeId, OrganisationId, PersonId, PlaceId, PracticeId, RecordKind};
use sister_cities_domain::practice::{Practice, Topic};
use sister_cities_domain::responsible::Responsible;

use super::column::stored;
use super::column_value::date_key;
use super::fields::fields;
use super::search::{name, text};
use super::{ColumnOf, FieldGroup, KindDescription, SearchText, SetOf, Stored};
use crate::{Order, Realm, Record};

/// The place whose practice it is, if it is known.
pub const PLACE: ColumnOf<Practice, Option<PlaceId>> =
    ColumnOf::new("place", |practice: &Practice| practice.origin.place())
        .filtered("place")
        .index_orders(&["since_key", "id"]);

/// The organisation whose practice it is, if it is one's.
pub const ORGANISATION: ColumnOf<Practice, Option<OrganisationId>> =
    ColumnOf::new("organisation", |practice: &Practice| practice.origin.organisation()).index_orders(&["id"]);

/// The person to ask.
pub const CONTACT_PERSON: ColumnOf<Practice, Option<PersonId>> =
    ColumnOf::new("contact_person", |practice: &Practice| {
        practice.contact.as_ref().and_then(Responsible::person)
    })
    .index_orders(&["id"]);

/// The committee to ask.
pub const CONTACT_COMMITTEE: ColumnOf<Practice, Option<CommitteeId>> =
    ColumnOf::new("contact_committee", |practice: &Practice| {
        practice.contact.as_ref().and_then(Responsible::committee)
    })
    .index_orders(&["id"]);

/// The organisation to ask.
pub const CONTACT_ORGANISATION: ColumnOf<Practice, Option<OrganisationId>> =
    ColumnOf::new("contact_organisation", |practice: &Practice| {
        practice.contact.as_ref().and_then(Responsible::organisation)
    })
    .index_orders(&["id"]);

/// Since when it is done, as text that sorts; empty if unknown.
pub const SINCE_KEY: ColumnOf<Practice, String> =
    ColumnOf::new("since_key", |practice: &Practice| date_key(practice.since)).ordered("since");

/// What it is about. Each repeats since when it is done.
pub const TOPICS: SetOf<Practice, Topic> =
    SetOf::new("practice_topic", "practice", "topic", |practice: &Practice| {
        practice.topics.iter().cloned().collect()
    })
    .filtered("topic")
    .denormalised_key(&SINCE_KEY.column);

impl Record for Practice {
    const KIND: RecordKind = RecordKind::Practice;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![
        PLACE,
        ORGANISATION,
        CONTACT_PERSON,
        CONTACT_COMMITTEE,
        CONTACT_ORGANISATION,
        SINCE_KEY;
        TOPICS
    ];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&SINCE_KEY.column).reversed(),
        search: SearchText {
            fields: &[
                name("/title"),
                text("/problem"),
                text("/approach"),
                text("/evidence"),
                text("/cost/words"),
                text("/contact/office"),
                text("/notes/*/text"),
            ],
            through: None,
        },
        ..KindDescription::of::<Self>("practice")
    };
    type Id = PracticeId;

    fn id(&self) -> PracticeId {
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
    "/title" Prose,
    "/problem" Prose,
    "/approach" Prose,
    "/evidence" Prose,
    "/cost/amount/*" Internal,
    "/cost/words" Prose,
    "/contact/person" Internal,
    "/contact/office" Prose,
    "/contact/committee" Internal,
    "/contact/organisation" Internal,
    "/origin/place" Internal,
    "/origin/organisation" Internal,
    "/topics/*" Internal,
    "/since" Internal,
    "/sources/*" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/title" Prose,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{body, event, golden};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<Practice>(&golden::<Practice>(sister_cities_domain::stored_forms::PRACTICE));
        event::<Practice>(&json!({"name": "x", "title": "x", "fields": ["title"]}));
    }
}
