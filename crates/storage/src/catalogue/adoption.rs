//! Adoptions of practices: who learned what from whom.

use std::collections::BTreeSet;

use sister_cities_domain::id::{AdoptionId, OrganisationId, PartnershipId, PlaceId, PracticeId, RecordKind};
use sister_cities_domain::practice::{AdoptedPractice, Adoption, AdoptionState, Origin, Topic, Verdict};

use super::column::stored;
use super::column_value::date_key;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, KindDescription, SetOf, Stored};
use crate::{Order, Realm, Record};

/// The practice; none if it is one that another programme shares.
pub const PRACTICE: ColumnOf<Adoption, Option<PracticeId>> =
    ColumnOf::new("practice", |adoption: &Adoption| match adoption.practice {
        AdoptedPractice::Own { practice } => Some(practice),
        // Nothing of this programme can be referred to by another's.
        AdoptedPractice::Shared { .. } | _ => None,
    })
    .filtered("practice")
    .index_orders(&["last_key", "id"]);

/// The partnership through which it came.
pub const PARTNERSHIP: ColumnOf<Adoption, Option<PartnershipId>> =
    ColumnOf::new("partnership", |adoption: &Adoption| adoption.partnership)
        .filtered("partnership")
        .index_orders(&["last_key", "id"]);

/// The organisation that learned it, if it is not the city itself.
pub const ORGANISATION: ColumnOf<Adoption, Option<OrganisationId>> =
    ColumnOf::new("organisation", |adoption: &Adoption| adoption.organisation).index_orders(&["id"]);

/// The organisation from which it was learnt, if it was one.
pub const LEARNT_FROM_ORGANISATION: ColumnOf<Adoption, Option<OrganisationId>> =
    ColumnOf::new("learnt_from_organisation", |adoption: &Adoption| {
        adoption.learnt_from.as_ref().and_then(Origin::organisation)
    })
    .index_orders(&["id"]);

/// How far it is, as in `in_use`.
pub const STATE: ColumnOf<Adoption, AdoptionState> =
    ColumnOf::new("state", |adoption: &Adoption| adoption.course.state()).filtered("state");

/// Whether it worked, as in `worked_in_part`; none if nobody has judged it.
pub const VERDICT: ColumnOf<Adoption, Option<Verdict>> =
    ColumnOf::new("verdict", |adoption: &Adoption| adoption.course.verdict()).filtered("verdict");

/// The last date on record, as text that sorts; empty if there is none.
pub const LAST_KEY: ColumnOf<Adoption, String> =
    ColumnOf::new("last_key", |adoption: &Adoption| date_key(adoption.course.last_date()))
        .ordered("last_step");

/// What it is about. Each repeats the last date on record.
pub const TOPICS: SetOf<Adoption, Topic> =
    SetOf::new("adoption_topic", "adoption", "topic", |adoption: &Adoption| {
        adoption.topics.iter().cloned().collect()
    })
    .filtered("topic")
    .denormalised_key(&LAST_KEY.column);

/// The place that learned it and the one it was learnt from. Each repeats the last date on record.
pub const PLACES: SetOf<Adoption, PlaceId> =
    SetOf::new("adoption_place", "adoption", "place", |adoption: &Adoption| {
        let teacher = adoption.learnt_from.as_ref().and_then(Origin::place);
        let both: BTreeSet<PlaceId> = teacher.into_iter().chain([adoption.by]).collect();
        both.into_iter().collect()
    })
    .filtered("place")
    .denormalised_key(&LAST_KEY.column);

impl Record for Adoption {
    const KIND: RecordKind = RecordKind::Adoption;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![
        PRACTICE,
        PARTNERSHIP,
        ORGANISATION,
        LEARNT_FROM_ORGANISATION,
        STATE,
        VERDICT,
        LAST_KEY;
        TOPICS,
        PLACES
    ];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&LAST_KEY.column).reversed(),
        ..KindDescription::of::<Self>("adoption")
    };
    type Id = AdoptionId;

    fn id(&self) -> AdoptionId {
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
    "/practice/of" Internal,
    "/practice/practice" Internal,
    "/practice/share" Internal,
    "/practice/peer" Internal,
    "/practice/shared_by" Internal,
    "/practice/title" Prose,
    "/practice/origin/*" Internal,
    "/practice/since" Internal,
    "/by" Internal,
    "/organisation" Internal,
    "/partnership" Internal,
    "/learnt_from/place" Internal,
    "/learnt_from/organisation" Internal,
    "/topics/*" Internal,
    "/course/offered_on" Internal,
    "/course/steps/*/step" Internal,
    "/course/steps/*/on" Internal,
    "/course/steps/*/remark" Prose,
    "/course/steps/*/evidence" Prose,
    "/course/steps/*/verdict" Internal,
    "/course/steps/*/reason" Prose,
    "/sources/*" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/practice/of" Internal,
    "/practice/practice" Internal,
    "/practice/share" Internal,
    "/practice/peer" Internal,
    "/practice/shared_by" Internal,
    "/practice/title" Prose,
    "/practice/origin/*" Internal,
    "/practice/since" Internal,
    "/by" Internal,
    "/partnership" Internal,
    "/taken/step" Internal,
    "/taken/on" Internal,
    "/taken/remark" Prose,
    "/taken/evidence" Prose,
    "/taken/verdict" Internal,
    "/taken/reason" Prose,
    "/from" Internal,
    "/to" Internal,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::practice::AdoptionEvent;

    use super::super::samples::{body, event, golden, of};
    use super::*;

    const SHARED: &str = sister_cities_domain::stored_forms::ADOPTION_OF_SHARED;

    #[test]
    fn every_field_is_classified() {
        body::<Adoption>(&golden::<Adoption>(sister_cities_domain::stored_forms::ADOPTION));
        let shared = golden::<Adoption>(SHARED);
        body::<Adoption>(&shared);
        let told = json!({"name": "adoption.offered", "practice": shared["practice"], "by": shared["by"],
            "partnership": shared["partnership"]});
        event::<Adoption>(&of::<AdoptionEvent>(&told));
        for act in [
            json!({"step": "evaluate", "verdict": "worked", "evidence": "x", "on": "2011", "remark": "x"}),
            json!({"step": "abandon", "reason": "x"}),
        ] {
            let told =
                json!({"name": "adoption.step_taken", "taken": act, "from": "in_use", "to": "evaluated"});
            event::<Adoption>(&of::<AdoptionEvent>(&told));
        }
        event::<Adoption>(&json!({"name": "adoption.changed", "fields": ["by"]}));
    }
}
