//! Action points: one thing that was promised, by whom, until when, and how far it is.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sister_cities_domain::id::{ActionPlanId, ActionPointId, PartnershipId, PersonId, RecordKind};
use sister_cities_domain::promise::{ActionPoint, ActionPointState};

use super::column::stored;
use super::column_value::date_key;
use super::fields::{field_list, fields};
use super::search::{name, text};
use super::{
    ColumnOf, Comparison, Constraint, Field, FieldGroup, KindDescription, SearchText, SetOf, Stored,
};
use crate::{Order, Realm, Record};

/// The plan it is a point of.
pub const PLAN: ColumnOf<ActionPoint, ActionPlanId> = ColumnOf::new("plan", |point: &ActionPoint| point.plan)
    .filtered("plan")
    .index_orders(&["number", "due_key"]);

/// The partnership of its plan.
pub const PARTNERSHIP: ColumnOf<ActionPoint, PartnershipId> =
    ColumnOf::new("partnership", |point: &ActionPoint| point.partnership)
        .filtered("partnership")
        .index_orders(&["due_key"]);

/// How far it is.
pub const STATE: ColumnOf<ActionPoint, ActionPointState> =
    ColumnOf::new("state", ActionPoint::state).filtered("state").index_orders(&["due_key"]);

/// The last day on which it is in time; none if no date was said.
pub const DUE: ColumnOf<ActionPoint, Option<NaiveDate>> =
    ColumnOf::new("due", ActionPoint::last_day).compared("due_by", Comparison::AtMost);

/// Until when it is due, as text that sorts; `~`, and so last, if no date was said.
pub const DUE_KEY: ColumnOf<ActionPoint, String> =
    ColumnOf::new("due_key", |point: &ActionPoint| match point.due {
        due @ Some(_) => date_key(due),
        None => "~".to_owned(),
    })
    .ordered("due");

/// Its number in the plan.
pub const NUMBER: ColumnOf<ActionPoint, u32> =
    ColumnOf::new("number", |point: &ActionPoint| point.number.get()).ordered("number");

/// Plan and number: no two points of a plan have the same.
pub const NUMBER_IN_PLAN: ColumnOf<ActionPoint, String> =
    ColumnOf::new("number_in_plan", |point: &ActionPoint| format!("{}/{}", point.plan, point.number))
        .constrained(Constraint::UniqueInProgramme);

/// The partnership of its plan as long as it is not over, as text; empty from then on.
pub const OPEN_UNDER: ColumnOf<ActionPoint, String> = ColumnOf::new("open_under", |point: &ActionPoint| {
    if point.state().is_over() { String::new() } else { point.partnership.to_string() }
})
.index_orders(&["due_key"]);

/// The people who are named as its owners, as long as it is not over. Each repeats when it is due.
pub const OWED_BY: SetOf<ActionPoint, PersonId> =
    SetOf::new("action_point_debtor", "point", "person", |point: &ActionPoint| {
        let open = (!point.state().is_over()).then_some(point);
        let owners = open.into_iter().flat_map(ActionPoint::owners);
        owners.filter_map(|owner| owner.responsible.person()).collect::<BTreeSet<_>>().into_iter().collect()
    })
    .denormalised_key(&DUE_KEY.column);

/// The people who are named as its owners, on either side, whether it is over or not. Each repeats when it is due.
pub const OWNERS: SetOf<ActionPoint, PersonId> =
    SetOf::new("action_point_owner", "point", "person", |point: &ActionPoint| {
        let people = point.owners().filter_map(|owner| owner.responsible.person());
        people.collect::<BTreeSet<_>>().into_iter().collect()
    })
    .filtered("owner")
    .denormalised_key(&DUE_KEY.column);

impl Record for ActionPoint {
    const KIND: RecordKind = RecordKind::ActionPoint;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> =
        stored![PLAN, PARTNERSHIP, STATE, DUE, DUE_KEY, NUMBER, NUMBER_IN_PLAN, OPEN_UNDER; OWED_BY, OWNERS];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&DUE_KEY.column),
        search: SearchText {
            fields: &[
                name("/title"),
                text("/text"),
                text("/public_status"),
                text("/host/responsible/office"),
                text("/counterpart/responsible/office"),
            ],
            through: None,
        },
        ..KindDescription::of::<Self>("action_point")
    };
    type Id = ActionPointId;

    fn id(&self) -> ActionPointId {
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
    "/plan" Internal,
    "/partnership" Internal,
    "/number" Internal,
    "/title" Prose,
    "/text" Prose,
    "/promised_by" Internal,
    "/due" Internal,
    "/public_status" Prose,
    "/publicity" Internal,
    below "/host" OWNER,
    below "/counterpart" OWNER,
    below "/course/*" STEP,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/plan" Internal,
    "/partnership" Internal,
    "/number" Internal,
    "/title" Prose,
    "/fields/*" Internal,
    below "/taken" STEP,
};

const OWNER: &[Field] = field_list! {
    "/responsible/person" Internal,
    "/responsible/office" Prose,
    "/responsible/committee" Internal,
    "/responsible/organisation" Internal,
    "/acceptance" Internal,
    "/on" Internal,
};

const STEP: &[Field] = field_list! {
    "/step" Internal,
    "/side" Internal,
    "/evidence" Prose,
    "/reason" Prose,
    "/on" Internal,
    "/remark" Prose,
    "/to" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::promise::ActionPointEvent;

    use super::super::samples::{PLN, PRT, body, event, golden, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<ActionPoint>(&golden::<ActionPoint>(sister_cities_domain::stored_forms::ACTION_POINT));
        for told in [
            json!({"name": "action_point.promised", "plan": PLN, "partnership": PRT, "number": 1, "title": "x"}),
            json!({"name": "action_point.changed", "plan": PLN, "partnership": PRT, "fields": ["title"]}),
            json!({"name": "action_point.step_taken", "plan": PLN, "partnership": PRT,
                "taken": {"step": "complete", "evidence": "x", "on": "2009", "remark": "x", "to": "done"}}),
        ] {
            event::<ActionPoint>(&of::<ActionPointEvent>(&told));
        }
    }
}
