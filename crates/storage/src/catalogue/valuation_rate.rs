//! Rates by which hours, days and gifts are valued.

use chrono::NaiveDate;
use sister_cities_domain::id::{PlaceId, RecordKind, ValuationRateId};
use sister_cities_domain::valuation::{ValuationKind, ValuationRate};
use sister_cities_domain::value::Country;

use super::column::stored;
use super::column_value::column_values;
use super::fields::fields;
use super::{ColumnOf, Comparison, FieldGroup, KindDescription, Stored};
use crate::{Order, Realm, Record};

column_values! {
    ValuationKind: Text, ToString::to_string, super::column_value::parsed;
}

/// What it values.
pub const KIND: ColumnOf<ValuationRate, ValuationKind> =
    ColumnOf::new("kind", |rate: &ValuationRate| rate.kind.clone())
        .filtered("kind")
        .index_orders(&["valid_from"]);

/// The country where it holds.
pub const COUNTRY: ColumnOf<ValuationRate, Option<Country>> =
    ColumnOf::new("country", |rate: &ValuationRate| rate.country).filtered("country");

/// The place where it holds.
pub const PLACE: ColumnOf<ValuationRate, Option<PlaceId>> =
    ColumnOf::new("place", |rate: &ValuationRate| rate.place)
        .filtered("place")
        .index_orders(&["valid_from", "id"]);

/// The first day on which it holds.
pub const VALID_FROM: ColumnOf<ValuationRate, NaiveDate> =
    ColumnOf::new("valid_from", |rate: &ValuationRate| rate.valid.from())
        .compared("to", Comparison::AtMost)
        .ordered("valid");

impl Record for ValuationRate {
    const KIND: RecordKind = RecordKind::ValuationRate;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![KIND, COUNTRY, PLACE, VALID_FROM];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&VALID_FROM.column).reversed(),
        ..KindDescription::of::<Self>("valuation_rate")
    };
    type Id = ValuationRateId;

    fn id(&self) -> ValuationRateId {
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
    "/kind" Internal,
    "/country" Internal,
    "/place" Internal,
    "/amount/*" Internal,
    "/valid/*" Internal,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/kind" Internal,
    "/amount/*" Internal,
    "/source" Prose,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use sister_cities_domain::valuation::ValuationRateEvent;

    use super::super::samples::{body, event, golden, golden_events, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let rate = sister_cities_domain::stored_forms::VALUATION_RATE;
        body::<ValuationRate>(&golden::<ValuationRate>(rate));
        for told in golden_events(ValuationRateEvent::NAMES) {
            event::<ValuationRate>(&of::<ValuationRateEvent>(&told));
        }
    }
}
