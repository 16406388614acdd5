//! Indicators, by the partnership that each is of.

use sister_cities_domain::id::{ActionPlanId, IndicatorId, PartnershipId, RecordKind};
use sister_cities_domain::indicator::{Indicator, ResultType};

use super::column::stored;
use super::column_value::column_values;
use super::fields::{field_list, fields};
use super::search::name;
use super::{ColumnOf, Field, FieldGroup, Folded, KindDescription, SearchText, Stored};
use crate::{Order, Realm, Record};

column_values! {
    ResultType: Text, ToString::to_string, super::column_value::parsed;
}

/// The partnership that it is of; none if it is of all.
pub const PARTNERSHIP: ColumnOf<Indicator, Option<PartnershipId>> =
    ColumnOf::new("partnership", |indicator: &Indicator| indicator.partnership)
        .filtered("partnership")
        .index_orders(&["title_key", "id"]);

/// The action plan that it is of, if it is of one.
pub const PLAN: ColumnOf<Indicator, Option<ActionPlanId>> =
    ColumnOf::new("plan", |indicator: &Indicator| indicator.plan)
        .filtered("plan")
        .index_orders(&["title_key", "id"]);

/// What sort of result it measures.
pub const RESULT_TYPE: ColumnOf<Indicator, ResultType> =
    ColumnOf::new("result_type", |indicator: &Indicator| indicator.result_type).filtered("result_type");

/// The result with the title, folded for sorting: the indicators of a result stand together.
pub const TITLE_KEY: ColumnOf<Indicator, Folded> = ColumnOf::new("title_key", |indicator: &Indicator| {
    Folded::of(&format!("{} {}", indicator.result, indicator.title))
})
.ordered("title");

impl Record for Indicator {
    const KIND: RecordKind = RecordKind::Indicator;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PARTNERSHIP, PLAN, RESULT_TYPE, TITLE_KEY];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&TITLE_KEY.column),
        search: SearchText { fields: &[name("/title"), name("/result")], through: None },
        ..KindDescription::of::<Self>("indicator")
    };
    type Id = IndicatorId;

    fn id(&self) -> IndicatorId {
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
    "/plan" Internal,
    "/result" Prose,
    "/result_type" Internal,
    "/title" Prose,
    "/description" Prose,
    "/measure" Internal,
    "/better" Internal,
    "/baseline/year" Internal,
    "/periods/*/start" Internal,
    "/periods/*/end" Internal,
    "/source" Prose,
    below "/baseline" MEASURED,
    below "/periods/*/target" MEASURED,
    below "/periods/*/actual" MEASURED,
};

const MEASURED: &[Field] = field_list! {
    "/value" Internal,
    "/comment" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/title" Prose,
    "/measure" Internal,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use sister_cities_domain::indicator::IndicatorEvent;

    use super::super::samples::{body, event, golden, golden_events, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<Indicator>(&golden::<Indicator>(sister_cities_domain::stored_forms::INDICATOR));
        for told in golden_events(IndicatorEvent::NAMES) {
            event::<Indicator>(&of::<IndicatorEvent>(&told));
        }
    }
}
