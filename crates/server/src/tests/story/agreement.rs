//! An agreement from its draft to its notice, with its texts.

use serde_json::json;
use sister_cities_api::agreement::{
    AddVersion, AgreementPath, ApproveVersion, AttachVersionText, CreateAgreement, GetAgreement,
    GetVersionText, GiveNotice, ListAgreements, ListAgreementsQuery, ListPartnershipAgreements,
    ListPartnershipAgreementsQuery, ProposeVersion, PutVersionText, SignVersion, VersionPath,
    WithdrawVersion,
};
use sister_cities_api::partnership::PartnershipPath;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, ProblemKind, RecordQuery, TextFormat, TextUpload};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};

use super::super::site::request;
use super::{Teller, body};

/// The SHA-256 of `Article 1`.
const ARTICLE_1: &str = "b9c5a06b7fd34d513067ab069d26c1e97c0428d80da2e1c19cbc9d7615f188e5";

pub(super) async fn agreement(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
    (host, birmingham): (PlaceId, PlaceId),
) {
    let of_partnership = PartnershipPath { programme, partnership };
    let text = TextUpload { format: TextFormat::Plain, bytes: b"Article 1".to_vec() };
    let new = json!({ "title": "Sister City Agreement", "text_sha256": ARTICLE_1,
        "terms": { "term": "open_ended", "notice_months": 12 } });
    let (made, got) = teller.say::<CreateAgreement>(&of_partnership, &NoParameters, &body(&new)).await;
    let path = AgreementPath { programme, agreement: made.id };
    let first = VersionPath { programme, agreement: made.id, version: 1 };
    let (stored, _) = teller.say::<PutVersionText>(&first, &NoParameters, &text).await;
    assert_eq!((stored.sha256.as_str(), stored.bytes), (ARTICLE_1, 9));
    let (read, _) = teller.say::<GetVersionText>(&first, &NoParameters, &NoBody).await;
    assert_eq!((read.media_type.as_str(), read.content.as_str()), ("text/plain", "QXJ0aWNsZSAx"));
    let mut tag = got.etag();
    tag = teller.change::<ProposeVersion>(&path, tag, &body(&json!({ "version": 1 }))).await.etag();
    for by in [host, birmingham] {
        let approval = json!({ "version": 1, "approval": {
            "by": by, "basis": "resolved", "body": "City Council", "on": "1993-03" } });
        tag = teller.change::<ApproveVersion>(&path, tag, &body(&approval)).await.etag();
    }
    for by in [host, birmingham] {
        let signature = json!({ "version": 1, "signature": {
            "by": by, "person": "The Mayor", "office": "Mayor", "rank": "highest_elected", "on": "1993-05-22" } });
        tag = teller.change::<SignVersion>(&path, tag, &body(&signature)).await.etag();
    }
    tag = teller.change::<AddVersion>(&path, tag, &body(&json!({ "base": "amends", "of": 1 }))).await.etag();
    let second = VersionPath { programme, agreement: made.id, version: 2 };
    let text = TextUpload { format: TextFormat::Plain, bytes: b"Article 2".to_vec() };
    let got = teller.change::<AttachVersionText>(&second, tag, &text).await;
    let again = request::<AttachVersionText>(&second, &NoParameters, &text).if_match(got.etag());
    let again = teller.site.send(&again).await;
    assert_eq!((again.status, again.problem().kind), (409, ProblemKind::Conflict), "{}", again.text());
    let attached = got.reply::<AttachVersionText>().versions[1].text_sha256.clone();
    let stored = teller.site.ask::<GetVersionText>(&second, &NoParameters, &NoBody).await;
    assert_eq!(attached, Some(stored.sha256));
    tag = got.etag();
    tag = teller.change::<WithdrawVersion>(&path, tag, &body(&json!({ "version": 2 }))).await.etag();
    let notice = json!({ "by": [birmingham], "on": "2026-10-01", "authority": "City Council" });
    teller.change::<GiveNotice>(&path, tag, &body(&notice)).await;
    let (read, _) = teller.say::<GetAgreement>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(read.effective_end.map(|end| end.latest.to_string()), Some("2027-10-01".to_owned()));
    assert_eq!(read.missing, Vec::<String>::new());
    let all = ListAgreementsQuery::default();
    teller.say::<ListAgreements>(&ProgrammePath { programme }, &all, &NoBody).await;
    let own = ListPartnershipAgreementsQuery::default();
    teller.say::<ListPartnershipAgreements>(&of_partnership, &own, &NoBody).await;
}
