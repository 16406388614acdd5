//! What is shared with other programmes. Another programme may read what names it.

use sister_cities_domain::id::{
    AdoptionId, AgreementId, EngagementId, LinkId, PracticeId, ProgrammeId, RecordKind, ShareId,
};
use sister_cities_domain::sharing::Share;
use uuid::Uuid;

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, Constraint, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// The other programme, which may read this. No reference: it would tell whether there is such a programme.
pub const PEER: ColumnOf<Share, ProgrammeId> = ColumnOf::new("peer", |share: &Share| share.peer)
    .constrained(Constraint::Free)
    .filtered("peer")
    .index_orders(&["id"]);

/// The link over which it is shared.
pub const LINK: ColumnOf<Share, LinkId> =
    ColumnOf::new("link", |share: &Share| share.link).filtered("link").index_orders(&["id"]);

/// The engagement that is shared, if it is one.
pub const ENGAGEMENT: ColumnOf<Share, Option<EngagementId>> = ColumnOf::new("engagement", |share: &Share| {
    subject(share, RecordKind::Engagement).map(EngagementId::from_uuid)
})
.filtered("engagement")
.index_orders(&["id"]);

/// The agreement that is shared, if it is one.
pub const AGREEMENT: ColumnOf<Share, Option<AgreementId>> = ColumnOf::new("agreement", |share: &Share| {
    subject(share, RecordKind::Agreement).map(AgreementId::from_uuid)
})
.filtered("agreement")
.index_orders(&["id"]);

/// The practice that is shared, if it is one.
pub const PRACTICE: ColumnOf<Share, Option<PracticeId>> = ColumnOf::new("practice", |share: &Share| {
    subject(share, RecordKind::Practice).map(PracticeId::from_uuid)
})
.filtered("practice")
.index_orders(&["id"]);

/// The adoption that is shared, if it is one.
pub const ADOPTION: ColumnOf<Share, Option<AdoptionId>> = ColumnOf::new("adoption", |share: &Share| {
    subject(share, RecordKind::Adoption).map(AdoptionId::from_uuid)
})
.filtered("adoption")
.index_orders(&["id"]);

/// The link and the record: each record is shared over a link once.
pub const TOLD: ColumnOf<Share, String> =
    ColumnOf::new("told", |share: &Share| format!("{} {}", share.link, share.subject))
        .constrained(Constraint::UniqueInProgramme);

fn subject(share: &Share, kind: RecordKind) -> Option<Uuid> {
    (share.subject.kind == kind).then_some(share.subject.id)
}

impl Record for Share {
    const KIND: RecordKind = RecordKind::Share;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PEER, LINK, ENGAGEMENT, AGREEMENT, PRACTICE, ADOPTION, TOLD];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        audience_column: Some(&PEER.column),
        ..KindDescription::of::<Self>("shared_record")
    };
    type Id = ShareId;

    fn id(&self) -> ShareId {
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
    "/peer" Internal,
    "/link" Internal,
    "/subject" Internal,
    "/revision" Internal,
    "/content/engagement/title" Prose,
    "/content/engagement/foci/*" Internal,
    "/content/engagement/direction" Internal,
    "/content/engagement/dates/*" Internal,
    "/content/engagement/happening" Internal,
    "/content/engagement/participants/*/side" Internal,
    "/content/engagement/participants/*/role" Internal,
    "/content/engagement/participants/*/people" Internal,
    "/content/engagement/evidence" Internal,
    "/content/agreement/title" Internal,
    "/content/agreement/signed_on" Internal,
    "/content/agreement/in_force_from" Internal,
    "/content/agreement/versions/*/number" Internal,
    "/content/agreement/versions/*/hash" Internal,
    "/content/agreement/versions/*/approved" Internal,
    "/content/agreement/versions/*/signed" Internal,
    "/content/practice/title" Prose,
    "/content/practice/origin/*" Internal,
    "/content/practice/shared_by" Internal,
    "/content/practice/problem" Prose,
    "/content/practice/approach" Prose,
    "/content/practice/evidence" Prose,
    "/content/practice/cost/amount/*" Internal,
    "/content/practice/cost/words" Prose,
    "/content/practice/topics/*" Internal,
    "/content/practice/since" Internal,
    "/content/adoption/title" Prose,
    "/content/adoption/origin/*" Internal,
    "/content/adoption/by/*" Internal,
    "/content/adoption/topics/*" Internal,
    "/content/adoption/offered_on" Internal,
    "/content/adoption/steps/*/*" Internal,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/peer" Internal,
    "/record" Internal,
    "/revision" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::sharing::ShareEvent;

    use super::super::samples::{ADO, AGR, ENG, LNK, PEER_PRG, PRC, PRG, body, event, hash, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let visit = json!({"engagement": {"title": "x", "foci": ["culture"], "direction": "inbound",
            "dates": {"start": "1991", "end": "1992"}, "happening": "held",
            "participants": [{"side": "host", "role": "artist", "people": 6}], "evidence": "took_part"}});
        let text = json!({"agreement": {"title": "x", "signed_on": "1991", "in_force_from": "1991",
            "versions": [{"number": 1, "hash": hash(), "approved": 2, "signed": 2}]}});
        let told = sister_cities_domain::stored_forms::SHARING_OF_PRACTICES;
        let [mut practice, adoption]: [serde_json::Value; 2] =
            serde_json::from_str(told).expect("what is told");
        practice["practice"]["origin"] = json!({"place": "x", "country": "GB", "organisation": "x"});
        for (subject, content) in [(ENG, visit), (AGR, text), (PRC, practice), (ADO, adoption)] {
            let share = json!({"v": "1", "id": "shr_01kdvt6g00cevxk7q9gfs0mhpb", "programme": PRG, "peer": PEER_PRG,
                "link": LNK, "subject": subject, "revision": 1, "content": content});
            body::<Share>(&of::<Share>(&share));
        }
        for name in ["share.made", "share.renewed"] {
            let told = json!({"name": name, "peer": PEER_PRG, "record": ENG, "revision": 2});
            event::<Share>(&of::<ShareEvent>(&told));
        }
        event::<Share>(&of::<ShareEvent>(
            &json!({"name": "share.withdrawn", "peer": PEER_PRG, "record": ENG}),
        ));
    }
}
