//! Outcomes, with the records that each cites.

use chrono::NaiveDate;
use sister_cities_domain::id::{
    ActionPointId, AgreementId, EngagementId, OutcomeId, PartnershipId, PracticeId, RecordKind,
};
use sister_cities_domain::outcome::{Attribution, Evidence, Outcome, OutcomeKind};

use super::column::stored;
use super::column_value::{column_values, date_key};
use super::fields::{field_list, fields};
use super::search::{name, text};
use super::{ColumnOf, Comparison, Field, FieldGroup, KindDescription, SearchText, SetOf, Span, Stored};
use crate::{Order, Realm, Record};

column_values! {
    Attribution: Text, ToString::to_string, super::column_value::parsed;
    Evidence: Text, ToString::to_string, super::column_value::parsed;
    OutcomeKind: Text, ToString::to_string, super::column_value::parsed;
}

/// What sort of outcome it is, as in `deal`.
pub const KIND: ColumnOf<Outcome, OutcomeKind> =
    ColumnOf::new("kind", |outcome: &Outcome| outcome.kind.clone()).filtered("kind");

/// How well it is shown, after all steps.
pub const EVIDENCE: ColumnOf<Outcome, Evidence> =
    ColumnOf::new("evidence", |outcome: &Outcome| outcome.level()).filtered("evidence");

/// Whether it is the partnership's doing.
pub const ATTRIBUTION: ColumnOf<Outcome, Attribution> =
    ColumnOf::new("attribution", |outcome: &Outcome| outcome.attribution).filtered("attribution");

/// The first day it can have been there; none if undated.
pub const FIRST_DAY: ColumnOf<Outcome, Option<NaiveDate>> =
    ColumnOf::new("first_day", |outcome: &Outcome| outcome.date.map(|date| date.earliest()))
        .compared("to", Comparison::AtMost);

/// The last day it can have come; none if undated.
pub const LAST_DAY: ColumnOf<Outcome, Option<NaiveDate>> =
    ColumnOf::new("last_day", |outcome: &Outcome| outcome.date.map(|date| date.latest()))
        .compared("from", Comparison::AtLeast);

/// When it was there, as text that sorts; empty if undated.
pub const DATE_KEY: ColumnOf<Outcome, String> =
    ColumnOf::new("date_key", |outcome: &Outcome| date_key(outcome.date)).ordered("date");

/// The partnerships it cites. Each repeats its date, as do the other records.
pub const PARTNERSHIPS: SetOf<Outcome, PartnershipId> =
    SetOf::new("outcome_partnership", "outcome", "partnership", |outcome: &Outcome| {
        outcome.partnerships.iter().copied().collect()
    })
    .filtered("partnership")
    .denormalised_key(&DATE_KEY.column);

/// The engagements it cites.
pub const ENGAGEMENTS: SetOf<Outcome, EngagementId> =
    SetOf::new("outcome_engagement", "outcome", "engagement", |outcome: &Outcome| {
        outcome.engagements.iter().copied().collect()
    })
    .filtered("engagement")
    .denormalised_key(&DATE_KEY.column);

/// The agreements it cites.
pub const AGREEMENTS: SetOf<Outcome, AgreementId> =
    SetOf::new("outcome_agreement", "outcome", "agreement", |outcome: &Outcome| {
        outcome.agreements.iter().copied().collect()
    })
    .filtered("agreement")
    .denormalised_key(&DATE_KEY.column);

/// The action points it cites.
pub const ACTION_POINTS: SetOf<Outcome, ActionPointId> =
    SetOf::new("outcome_action_point", "outcome", "action_point", |outcome: &Outcome| {
        outcome.action_points.iter().copied().collect()
    })
    .filtered("action_point")
    .denormalised_key(&DATE_KEY.column);

/// The practices it cites.
pub const PRACTICES: SetOf<Outcome, PracticeId> =
    SetOf::new("outcome_practice", "outcome", "practice", |outcome: &Outcome| {
        outcome.practices.iter().copied().collect()
    })
    .filtered("practice")
    .denormalised_key(&DATE_KEY.column);

impl Record for Outcome {
    const KIND: RecordKind = RecordKind::Outcome;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![KIND, EVIDENCE, ATTRIBUTION, FIRST_DAY, LAST_DAY, DATE_KEY;
        PARTNERSHIPS, ENGAGEMENTS, AGREEMENTS, ACTION_POINTS, PRACTICES];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&DATE_KEY.column).reversed(),
        span: Some(Span {
            first_day: &FIRST_DAY.column,
            last_day: &LAST_DAY.column,
            key: &DATE_KEY.column,
            index_of_long: None,
        }),
        search: SearchText { fields: &[name("/title"), text("/notes/*/text")], through: None },
        ..KindDescription::of::<Self>("outcome")
    };
    type Id = OutcomeId;

    fn id(&self) -> OutcomeId {
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
    "/title" Prose,
    "/value" Internal,
    "/date" Internal,
    "/attribution" Internal,
    "/partnerships/*" Internal,
    "/engagements/*" Internal,
    "/agreements/*" Internal,
    "/action_points/*" Internal,
    "/practices/*" Internal,
    "/same_as/*" Internal,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
    below "/evidence/*" STEP,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/kind" Internal,
    "/title" Prose,
    "/value" Internal,
    "/fields/*" Internal,
    "/from" Internal,
    below "/change" STEP,
};

const STEP: &[Field] = field_list! {
    "/step" Internal,
    "/on" Internal,
    "/remark" Prose,
    "/evidence" Prose,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::outcome::OutcomeEvent;

    use super::super::samples::{body, event, golden, golden_events, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<Outcome>(&golden::<Outcome>(sister_cities_domain::stored_forms::OUTCOME));
        for mut told in golden_events(OutcomeEvent::NAMES) {
            if told.get("change").is_some() {
                told["change"]["remark"] = json!("It was told by the office");
                told["change"]["evidence"] = json!("A letter");
            }
            event::<Outcome>(&of::<OutcomeEvent>(&told));
        }
    }
}
