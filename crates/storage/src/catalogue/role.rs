//! Roles: who is what, where and when. Whether one is held on a day follows from its days.

use chrono::NaiveDate;
use sister_cities_domain::id::{CommitteeId, OrganisationId, PersonId, PlaceId, RecordKind, RoleId};
use sister_cities_domain::role::{Role, RoleFunction};

use super::column::stored;
use super::column_value::date_key;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, KindDescription, Stored};
use crate::{Order, Realm, Record};

/// Who holds it, if that is known.
pub const PERSON: ColumnOf<Role, Option<PersonId>> =
    ColumnOf::new("person", |role: &Role| role.person).filtered("person").index_orders(&["id"]);

/// The committee in which it is held, if it is one.
pub const COMMITTEE: ColumnOf<Role, Option<CommitteeId>> =
    ColumnOf::new("committee", |role: &Role| role.held_in.committee())
        .filtered("committee")
        .index_orders(&["id"]);

/// The organisation in which it is held, if it is one.
pub const ORGANISATION: ColumnOf<Role, Option<OrganisationId>> =
    ColumnOf::new("organisation", |role: &Role| role.held_in.organisation())
        .filtered("organisation")
        .index_orders(&["id"]);

/// The place in whose administration it is held, if it is one.
pub const PLACE: ColumnOf<Role, Option<PlaceId>> =
    ColumnOf::new("place", |role: &Role| role.held_in.place()).filtered("place").index_orders(&["id"]);

/// What its holder is there, as in `chair`.
pub const FUNCTION: ColumnOf<Role, RoleFunction> =
    ColumnOf::new("function", |role: &Role| role.function.clone()).filtered("function");

/// The role whose unexpired term it fills.
pub const FILLS_TERM_OF: ColumnOf<Role, Option<RoleId>> =
    ColumnOf::new("fills_term_of", |role: &Role| role.fills_term_of).index_orders(&["id"]);

/// The role that took over when it ended.
pub const SUCCESSOR: ColumnOf<Role, Option<RoleId>> =
    ColumnOf::new("successor", |role: &Role| role.successor).index_orders(&["id"]);

/// The first day on which it can have been held; before all days if nobody knows.
pub const FIRST_DAY: ColumnOf<Role, NaiveDate> =
    ColumnOf::new("first_day", |role: &Role| role.tenure.span().0.unwrap_or(super::FIRST_OF_ALL_DAYS));

/// The last day on which it can be held; after all days if it goes on.
pub const LAST_DAY: ColumnOf<Role, NaiveDate> =
    ColumnOf::new("last_day", |role: &Role| role.tenure.span().1.unwrap_or(super::LAST_OF_ALL_DAYS));

/// When it began, as text that sorts; empty if nobody knows.
pub const BEGAN_KEY: ColumnOf<Role, String> =
    ColumnOf::new("began_key", |role: &Role| date_key(role.tenure.from())).ordered("began");

impl Record for Role {
    const KIND: RecordKind = RecordKind::Role;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![
        PERSON,
        COMMITTEE,
        ORGANISATION,
        PLACE,
        FUNCTION,
        FILLS_TERM_OF,
        SUCCESSOR,
        FIRST_DAY,
        LAST_DAY,
        BEGAN_KEY
    ];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&BEGAN_KEY.column).reversed(),
        ..KindDescription::of::<Self>("role")
    };
    type Id = RoleId;

    fn id(&self) -> RoleId {
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
    "/person" Internal,
    "/held_in/*" Internal,
    "/function" Internal,
    "/office" Prose,
    "/tenure/*" Internal,
    "/appointed_by" Prose,
    "/fills_term_of" Internal,
    "/successor" Internal,
    "/orphaned" Prose,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/person" Internal,
    "/held_in/*" Internal,
    "/function" Internal,
    "/on" Internal,
    "/succession" Internal,
    "/successor" Internal,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::role::RoleEvent;

    use super::super::samples::{PLC, body, event, golden, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<Role>(&golden::<Role>(sister_cities_domain::stored_forms::ROLE));
        let role = "rol_01kdvt6g00cevxk7q9gfs0mhpb";
        for told in [
            json!({"name": "role.created", "person": "per_01kdvt6g00cevxk7q9gfs0mhpb", "held_in": {"place": PLC},
                   "function": "mayor"}),
            json!({"name": "role.changed", "held_in": {"place": PLC}, "fields": ["tenure"]}),
            json!({"name": "role.ended", "held_in": {"place": PLC}, "on": "1991", "succession": "successor",
                   "successor": role}),
        ] {
            event::<Role>(&of::<RoleEvent>(&told));
        }
    }
}
