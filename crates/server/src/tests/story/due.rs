//! What is due, and what is said to it.

use serde_json::json;
use sister_cities_api::NoParameters;
use sister_cities_api::due::{
    DueItemPath, FinishDueItem, HandDueItem, ListDue, ListDueQuery, ListNextTouches, ListNextTouchesQuery,
    SnoozeDueItem,
};
use sister_cities_api::partnership::{
    CreatePartnership, ListPartnerships, ListPartnershipsQuery, PartnershipPath, PartnershipSort,
};
use sister_cities_api::place::CreatePlace;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, OrderWord, TextForm as _};
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::value::Name;

use super::{Teller, body};

/// A city asked two years ago, and nobody answered.
pub(super) async fn due(teller: &mut Teller<'_>, programme: ProgrammeId, host: PlaceId) {
    let of = ProgrammePath { programme };
    let today = teller.site.app.today(programme).await.expect("a day");
    let asked_on = today.checked_sub_months(chrono::Months::new(24)).expect("a day");
    let pune = json!({ "names": [{ "text": "Pune", "role": "official" }] });
    let pune = teller.say::<CreatePlace>(&of, &NoParameters, &body(&pune)).await.0.id;
    let asked = json!({ "members": [host, pune], "decisions": [{ "decision": "enquire", "on": asked_on }] });
    let bond = teller.say::<CreatePartnership>(&of, &NoParameters, &body(&asked)).await.0.id;
    let kind = DueKind::parse("request_unanswered").ok();
    let query = ListDueQuery { partnership: Some(bond), kind, ..Default::default() };
    let listed = teller.say::<ListDue>(&of, &query, &NoBody).await.0.items;
    assert_eq!((listed.len(), listed[0].when.as_str()), (1, "overdue"));
    assert_eq!(
        listed[0].escalated.as_ref().and_then(|told| told.to.office.as_ref()).map(Name::as_str),
        Some("Head of the international office")
    );
    let item = DueItemPath { programme, item: listed[0].id };
    let until = today.succ_opt().expect("a day");
    let (snoozed, _) =
        teller.say::<SnoozeDueItem>(&item, &NoParameters, &body(&json!({ "until": until }))).await;
    assert_eq!((snoozed.snoozed_until, snoozed.revision), (Some(until), 1));
    let to = json!({ "to": { "office": "Desk officer" } });
    teller.say::<HandDueItem>(&item, &NoParameters, &body(&to)).await;
    let done = json!({ "remark": "Declined by letter" });
    let (done, _) = teller.say::<FinishDueItem>(&item, &NoParameters, &body(&done)).await;
    assert_eq!((done.done_on, done.revision), (Some(today), 3));
    assert_eq!(teller.say::<ListDue>(&of, &query, &NoBody).await.0.items, []);
    let touches = teller.say::<ListNextTouches>(&of, &ListNextTouchesQuery::default(), &NoBody).await.0.items;
    // Partnerships come in the order of their next touches, from either end.
    for (order, mut expected) in
        [(OrderWord::Ascending, touches.clone()), (OrderWord::Descending, touches.clone())]
    {
        if order == OrderWord::Descending {
            expected.reverse();
        }
        let sort = Some(PartnershipSort::NextTouch);
        let query = ListPartnershipsQuery { sort, order: Some(order), ..ListPartnershipsQuery::default() };
        let listed = teller.say::<ListPartnerships>(&of, &query, &NoBody).await.0.items;
        let in_order: Vec<_> = listed
            .iter()
            .map(|it| it.id)
            .filter(|id| expected.iter().any(|touch| touch.partnership == *id))
            .collect();
        let expected: Vec<_> = expected.iter().map(|touch| touch.partnership).collect();
        assert_eq!(in_order, expected, "{order:?}");
    }
    assert!(
        touches
            .iter()
            .any(|touch| touch.partnership == PartnershipPath { programme, partnership: bond }.partnership)
    );
}
