//! What was said to due items.

use sister_cities_domain::due::DueResponse;
use sister_cities_domain::id::{CommitteeId, DueId, PartnershipId, RecordKind};

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, Constraint, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// The partnership that the item belongs to, if it belongs to one. No reference: what was answered holds nothing up.
pub const PARTNERSHIP: ColumnOf<DueResponse, Option<PartnershipId>> =
    ColumnOf::new("partnership", |response: &DueResponse| response.partnership)
        .constrained(Constraint::Free)
        .index_orders(&["id"]);

/// The same for a committee.
pub const COMMITTEE: ColumnOf<DueResponse, Option<CommitteeId>> =
    ColumnOf::new("committee", |response: &DueResponse| response.committee)
        .constrained(Constraint::Free)
        .index_orders(&["id"]);

impl Record for DueResponse {
    const KIND: RecordKind = RecordKind::DueResponse;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PARTNERSHIP, COMMITTEE];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        ..KindDescription::of::<Self>("due_response")
    };
    type Id = DueId;

    fn id(&self) -> DueId {
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
    "/subject" Internal,
    "/partnership" Internal,
    "/committee" Internal,
    "/due_on" Internal,
    "/snoozed_until" Internal,
    "/handed_to/person" Internal,
    "/handed_to/office" Prose,
    "/handed_to/committee" Internal,
    "/handed_to/organisation" Internal,
    "/done/on" Internal,
    "/done/remark" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/about/*" Internal,
    "/until" Internal,
    "/to/person" Internal,
    "/to/office" Prose,
    "/to/committee" Internal,
    "/to/organisation" Internal,
    "/remark" Prose,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::due::DueResponseEvent;

    use super::super::samples::{PRT, body, event, golden, of};
    use super::*;

    const GOLDEN: &str = sister_cities_domain::stored_forms::DUE_RESPONSE;
    const PER: &str = "per_01kdvt6g00cevxk7q9gfs0mhpb";
    const CMT: &str = "cmt_01kdvt6g00cevxk7q9gfs0mhpb";
    const ORG: &str = "org_01kdvt6g00cevxk7q9gfs0mhpb";

    #[test]
    fn every_field_is_classified() {
        let somebody = json!({"person": PER, "office": "x", "committee": CMT, "organisation": ORG});
        let mut response = golden::<DueResponse>(GOLDEN);
        response["handed_to"] = somebody.clone();
        body::<DueResponse>(&of::<DueResponse>(&response));
        let about = json!({"kind": "review_deadline", "subject": PRT, "due_on": "2026-06-30"});
        for told in [
            json!({"name": "due_response.snoozed", "about": about, "until": "2026-07-15"}),
            json!({"name": "due_response.handed", "about": about, "to": somebody}),
            json!({"name": "due_response.done", "about": about, "remark": "x"}),
        ] {
            event::<DueResponse>(&of::<DueResponseEvent>(&told));
        }
    }
}
