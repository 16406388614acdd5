//! Agreements under partnerships. Whether one is in force on a day is computed, never stored.

use sister_cities_domain::agreement::{Agreement, Version};
use sister_cities_domain::id::{AgreementId, PartnershipId, PersonId, PlaceId, RecordKind};

use super::column::stored;
use super::column_value::{date_key, each_once};
use super::fields::{field_list, fields};
use super::search::{name, text};
use super::{ColumnOf, Field, FieldGroup, Folded, KindDescription, SearchText, SetOf, Stored};
use crate::{Realm, Record};

/// The partnership that it is under.
pub const PARTNERSHIP: ColumnOf<Agreement, PartnershipId> =
    ColumnOf::new("partnership", |agreement: &Agreement| agreement.partnership())
        .filtered("partnership")
        .index_orders(&["id"]);

/// The agreement under which this one stands.
pub const PARENT: ColumnOf<Agreement, Option<AgreementId>> =
    ColumnOf::new("parent", |agreement: &Agreement| agreement.parent())
        .filtered("parent")
        .index_orders(&["id"]);

/// When all had signed, as text that sorts; empty if they have not, or nobody knows when.
pub const SIGNED_KEY: ColumnOf<Agreement, String> =
    ColumnOf::new("signed_key", |agreement: &Agreement| date_key(agreement.signed_on())).ordered("signed");

/// The title, folded for sorting.
pub const TITLE_KEY: ColumnOf<Agreement, Folded> =
    ColumnOf::new("title_key", |agreement: &Agreement| Folded::of(agreement.title().as_str()))
        .ordered("title");

/// The places that are party to it.
pub const PARTIES: SetOf<Agreement, PlaceId> =
    SetOf::new("agreement_party", "agreement", "place", |agreement: &Agreement| {
        agreement.parties().iter().collect()
    })
    .filtered("party");

/// The people with a record who signed one of its versions.
pub const SIGNATORIES: SetOf<Agreement, PersonId> =
    SetOf::new("agreement_signatory", "agreement", "person", |agreement: &Agreement| {
        let signatures = agreement.versions().iter().flat_map(Version::signatures);
        each_once(signatures.filter_map(|signature| signature.signatory))
    });

impl Record for Agreement {
    const KIND: RecordKind = RecordKind::Agreement;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PARTNERSHIP, PARENT, SIGNED_KEY, TITLE_KEY; PARTIES, SIGNATORIES];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        search: SearchText {
            fields: &[name("/title"), text("/versions/*/signatures/*/person"), text("/notice/reason")],
            through: None,
        },
        ..KindDescription::of::<Self>("agreement")
    };
    type Id = AgreementId;

    fn id(&self) -> AgreementId {
        self.id()
    }

    fn realm(&self) -> Realm {
        self.programme().into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Public,
    "/id" Public,
    "/programme" Public,
    "/partnership" Public,
    "/parent" Internal,
    "/title" Internal,
    "/parties/*" Internal,
    "/versions/*/number" Internal,
    "/versions/*/base" Internal,
    "/versions/*/of" Internal,
    "/versions/*/text" Internal,
    "/versions/*/hash" Internal,
    "/versions/*/terms/term/*" Internal,
    "/versions/*/terms/notice" Internal,
    "/versions/*/terms/in_force_from" Internal,
    "/versions/*/stage" Internal,
    "/versions/*/proposed_on" Internal,
    "/versions/*/withdrawn_on" Internal,
    "/versions/*/reason" Prose,
    "/display_year" Internal,
    "/display_year/**" Internal,
    below "/versions/*/approvals/*" APPROVAL,
    below "/versions/*/signatures/*" SIGNATURE,
    below "/notice" NOTICE,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/partnership" Internal,
    "/parent" Internal,
    "/title" Internal,
    "/version" Internal,
    "/base" Internal,
    "/of" Internal,
    "/text" Internal,
    "/hash" Internal,
    "/on" Internal,
    "/reason" Prose,
    "/outstanding/*" Internal,
    "/ends_earliest" Internal,
    "/ends_latest" Internal,
    "/choice" Internal,
    "/choice/**" Internal,
    below "/approval" APPROVAL,
    below "/signature" SIGNATURE,
    below "/signatures/*" SIGNATURE,
    below "/notice" NOTICE,
};

const APPROVAL: &[Field] = field_list! {
    "/by" Internal,
    "/basis" Internal,
    "/on" Internal,
    "/body" Prose,
    "/reference" Prose,
    "/reason" Prose,
    "/authority" Prose,
    "/source" Prose,
};

const SIGNATURE: &[Field] = field_list! {
    "/by" Internal,
    "/person" Personal,
    "/signatory" Internal,
    "/office/title" Internal,
    "/office/rank" Internal,
    "/on" Internal,
    "/at" Internal,
    "/source" Prose,
};

const NOTICE: &[Field] = field_list! {
    "/by/*" Internal,
    "/on" Internal,
    "/authority" Prose,
    "/reason" Prose,
    "/source" Prose,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::agreement::AgreementEvent;

    use super::super::samples::{AGR, PER, PLC, PRT, body, event, hash, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let signature = json!({"by": PLC, "person": "x", "signatory": PER, "office": {"title": "x", "rank": "highest_elected"},
            "on": "1991", "at": "x", "source": "x"});
        let resolved = json!({"by": PLC, "basis": "resolved", "body": "x", "reference": "x", "on": "1991", "source": "x"});
        let overridden = json!({"by": PLC, "basis": "overridden", "reason": "x", "authority": "x"});
        let notice = json!({"by": [PLC], "on": "1991", "authority": "x", "reason": "x", "source": "x"});
        let version = of::<Version>(&json!({
            "number": 1, "base": "amends", "of": 1, "text": "hashed", "hash": hash(),
            "terms": {"term": {"term": "fixed", "ends_on": "1999"}, "notice": 6, "in_force_from": "1991"},
            "stage": "withdrawn", "withdrawn_on": "1992", "reason": "x",
            "approvals": [resolved, overridden], "signatures": [signature],
        }));
        let proposed = json!({"number": 1, "stage": "proposed", "proposed_on": "1991"});
        body::<Agreement>(&json!({
            "v": "1", "id": AGR, "programme": "prg", "partnership": PRT, "parent": AGR, "title": "x",
            "parties": [PLC], "versions": [version, proposed], "notice": notice, "display_year": "derived",
        }));
        for told in [
            json!({"name": "agreement.drafted", "partnership": PRT, "parent": AGR}),
            json!({"name": "agreement.recorded", "partnership": PRT, "parent": AGR, "signatures": [signature]}),
            json!({"name": "agreement.version_drafted", "version": 2, "base": "amends", "of": 1}),
            json!({"name": "agreement.draft_revised", "version": 2, "text": "hashed", "hash": hash()}),
            json!({"name": "agreement.text_attached", "version": 2, "hash": hash()}),
            json!({"name": "agreement.text_stored", "version": 2, "hash": hash()}),
            json!({"name": "agreement.proposed", "version": 2, "on": "1991"}),
            json!({"name": "agreement.approved", "version": 2, "approval": resolved, "outstanding": [PLC]}),
            json!({"name": "agreement.approved", "version": 2, "approval": overridden, "outstanding": []}),
            json!({"name": "agreement.signed", "version": 2, "signature": signature, "outstanding": [PLC]}),
            json!({"name": "agreement.withdrawn", "version": 2, "reason": "x"}),
            json!({"name": "agreement.notice_given", "notice": notice, "ends_earliest": "1999-01-01", "ends_latest": "1999-12-31"}),
            json!({"name": "agreement.deleted", "partnership": PRT, "title": "x"}),
        ] {
            event::<Agreement>(&of::<AgreementEvent>(&told));
        }
    }
}
