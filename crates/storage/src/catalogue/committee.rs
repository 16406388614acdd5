//! Committees of partnerships and themes. Who sits in one is told by roles.

use chrono::NaiveDate;
use sister_cities_domain::committee::Committee;
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{CommitteeId, PartnershipId, PlaceId, RecordKind};

use super::column::stored;
use super::fields::fields;
use super::search::{name, text};
use super::{ColumnOf, FieldGroup, Folded, KindDescription, SearchText, Stored};
use crate::{Order, Realm, Record};

/// The name, folded for sorting.
pub const NAME_KEY: ColumnOf<Committee, Folded> =
    ColumnOf::new("name_key", |committee: &Committee| Folded::of(committee.name.as_str())).ordered("name");

/// The partnership that it sees to, if it is one.
pub const PARTNERSHIP: ColumnOf<Committee, Option<PartnershipId>> =
    ColumnOf::new("partnership", |committee: &Committee| committee.task.partnership())
        .filtered("partnership")
        .index_orders(&["id"]);

/// The theme that it sees to, if it is one.
pub const THEME: ColumnOf<Committee, Option<Focus>> =
    ColumnOf::new("theme", |committee: &Committee| committee.task.theme().cloned()).filtered("theme");

/// The city whose committee it is.
pub const PLACE: ColumnOf<Committee, Option<PlaceId>> =
    ColumnOf::new("place", |committee: &Committee| committee.place).filtered("place").index_orders(&["id"]);

/// The first day on which it can have existed; before all days if nobody knows.
pub const FIRST_DAY: ColumnOf<Committee, NaiveDate> = ColumnOf::new("first_day", |committee: &Committee| {
    committee.existed.earliest().unwrap_or(super::FIRST_OF_ALL_DAYS)
});

/// The last day on which it can exist; after all days if it goes on.
pub const LAST_DAY: ColumnOf<Committee, NaiveDate> = ColumnOf::new("last_day", |committee: &Committee| {
    committee.existed.latest().unwrap_or(super::LAST_OF_ALL_DAYS)
});

impl Record for Committee {
    const KIND: RecordKind = RecordKind::Committee;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![NAME_KEY, PARTNERSHIP, THEME, PLACE, FIRST_DAY, LAST_DAY];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&NAME_KEY.column),
        search: SearchText { fields: &[name("/name"), text("/notes/*/text")], through: None },
        ..KindDescription::of::<Self>("committee")
    };
    type Id = CommitteeId;

    fn id(&self) -> CommitteeId {
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
    "/name" Prose,
    "/task/*" Internal,
    "/place" Internal,
    "/appointed_by" Prose,
    "/seats" Internal,
    "/term_months" Internal,
    "/functions/*" Internal,
    "/existed/*" Internal,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/called" Prose,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::committee::CommitteeEvent;

    use super::super::samples::{body, event, golden, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<Committee>(&golden::<Committee>(sister_cities_domain::stored_forms::COMMITTEE));
        for told in [
            json!({"name": "committee.created", "called": "x"}),
            json!({"name": "committee.changed", "fields": ["seats"]}),
        ] {
            event::<Committee>(&of::<CommitteeEvent>(&told));
        }
    }
}
