//! Action plans: what two cities promised each other in points.

use chrono::NaiveDate;
use sister_cities_domain::id::{ActionPlanId, AgreementId, PartnershipId, RecordKind};
use sister_cities_domain::promise::{ActionPlan, ActionPlanKind};

use super::column::stored;
use super::column_value::date_key;
use super::fields::fields;
use super::search::{name, text};
use super::{ColumnOf, Comparison, FieldGroup, KindDescription, SearchText, Stored};
use crate::{Order, Realm, Record};

/// The partnership it hangs under.
pub const PARTNERSHIP: ColumnOf<ActionPlan, PartnershipId> =
    ColumnOf::new("partnership", |plan: &ActionPlan| plan.partnership)
        .filtered("partnership")
        .index_orders(&["agreed_key"]);

/// The agreement it belongs to.
pub const AGREEMENT: ColumnOf<ActionPlan, Option<AgreementId>> =
    ColumnOf::new("agreement", |plan: &ActionPlan| plan.agreement)
        .filtered("agreement")
        .index_orders(&["agreed_key"]);

/// What sort of plan it is.
pub const KIND: ColumnOf<ActionPlan, ActionPlanKind> =
    ColumnOf::new("kind", |plan: &ActionPlan| plan.kind.clone()).filtered("kind");

/// The day by which it is to be checked next; none if nobody has to.
pub const NEXT_CHECK: ColumnOf<ActionPlan, Option<NaiveDate>> =
    ColumnOf::new("next_check", ActionPlan::next_check).compared("check_by", Comparison::AtMost);

/// When it was agreed, as text that sorts; empty if nobody knows.
pub const AGREED_KEY: ColumnOf<ActionPlan, String> =
    ColumnOf::new("agreed_key", |plan: &ActionPlan| date_key(plan.runs.from())).ordered("agreed");

impl Record for ActionPlan {
    const KIND: RecordKind = RecordKind::ActionPlan;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PARTNERSHIP, AGREEMENT, KIND, NEXT_CHECK, AGREED_KEY];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&AGREED_KEY.column).reversed(),
        search: SearchText {
            fields: &[name("/title"), text("/last_check/remark"), text("/notes/*/text")],
            through: None,
        },
        ..KindDescription::of::<Self>("action_plan")
    };
    type Id = ActionPlanId;

    fn id(&self) -> ActionPlanId {
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
    "/partnership" Internal,
    "/agreement" Internal,
    "/title" Prose,
    "/kind" Internal,
    "/runs/*" Internal,
    "/check/*" Internal,
    "/last_check/on" Internal,
    "/last_check/remark" Prose,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/partnership" Internal,
    "/title" Prose,
    "/fields/*" Internal,
    "/check/on" Internal,
    "/check/remark" Prose,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::promise::ActionPlanEvent;

    use super::super::samples::{PRT, body, event, golden, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<ActionPlan>(&golden::<ActionPlan>(sister_cities_domain::stored_forms::ACTION_PLAN));
        for told in [
            json!({"name": "action_plan.recorded", "partnership": PRT, "title": "x"}),
            json!({"name": "action_plan.changed", "partnership": PRT, "fields": ["title"]}),
            json!({"name": "action_plan.checked", "partnership": PRT, "check": {"on": "2009-01-01", "remark": "x"}}),
        ] {
            event::<ActionPlan>(&of::<ActionPlanEvent>(&told));
        }
    }
}
