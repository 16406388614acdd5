//! A committee is formed, its chair comes and goes, and what is vacant is told.

use serde_json::json;
use sister_cities_api::committee::{
    CommitteePath, CreateCommittee, DeleteCommittee, GetCommittee, GetVacancies, ListCommittees,
    ListCommitteesQuery, ReplaceCommittee,
};
use sister_cities_api::handover::{GetPartnershipHandover, GetRoleHandover, HandoverQuery};
use sister_cities_api::partnership::PartnershipPath;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::role::{
    CreateRole, DeleteRole, EndRole, GetRole, ListRoles, ListRolesQuery, ReplaceRole, RolePath,
};
use sister_cities_api::{NoBody, NoParameters, RecordQuery, RecordedQuery};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};

use super::{Teller, body};

pub(super) async fn committee(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
    birmingham: PlaceId,
) {
    let of_programme = ProgrammePath { programme };
    let mut facts = json!({
        "name": "Midlands Committee", "partnership": partnership, "appointed_by": "Mayor of Chicago", "seats": 2,
        "term_months": 36, "functions": ["chair", "business_co_chair"], "from": "1993",
    });
    let (made, got) = teller.say::<CreateCommittee>(&of_programme, &NoParameters, &body(&facts)).await;
    let path = CommitteePath { programme, committee: made.id };
    facts["source"] = json!("Illinois Sister Cities");
    teller.change::<ReplaceCommittee>(&path, got.etag(), &body(&facts)).await;
    let (read, _) = teller.say::<GetCommittee>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!(read.seats, Some(2));

    let chair = json!({ "committee": made.id, "function": "chair", "from": "2005-01-01" });
    let (chair, got) = teller.say::<CreateRole>(&of_programme, &NoParameters, &body(&chair)).await;
    let mayor = json!({ "place": birmingham, "function": "mayor", "office": "Lord Mayor of Birmingham",
                        "from": "2007-05-22" });
    let (mayor, mayors) = teller.say::<CreateRole>(&of_programme, &NoParameters, &body(&mayor)).await;
    let facts = json!({ "committee": made.id, "function": "chair", "from": "2005-01-01",
                        "appointed_by": "Mayor of Chicago" });
    let path_of = |role| RolePath { programme, role };
    let got = teller.change::<ReplaceRole>(&path_of(chair.id), got.etag(), &body(&facts)).await;
    let ending = json!({ "on": "2006-12-31" });
    teller.change::<EndRole>(&path_of(chair.id), got.etag(), &body(&ending)).await;
    let as_of = "2007-02-28".parse().ok();
    let times = RecordQuery { as_of, recorded_at: None };
    let (read, _) = teller.say::<GetRole>(&path_of(chair.id), &times, &NoBody).await;
    assert_eq!(read.held.as_ref().map(sister_cities_api::Word::as_str), Some("no"));
    let (vacant, _) = teller.say::<GetVacancies>(&path, &times, &NoBody).await;
    assert_eq!((vacant.vacant_seats, vacant.functions.len(), vacant.chair_overdue), (Some(2), 2, false));
    let rest = vacant.functions[0].rest_of.as_ref().expect("the rest of a term");
    assert_eq!((rest.role, rest.until.to_string().as_str()), (chair.id, "2007-12-31"));

    let query = ListRolesQuery { as_of: "2006-06-01".parse().ok(), ..Default::default() };
    let (roles, _) = teller.say::<ListRoles>(&of_programme, &query, &NoBody).await;
    assert_eq!(roles.items.iter().map(|role| role.id).collect::<Vec<_>>(), [chair.id]);
    let query = HandoverQuery { as_of: "2008-06-30".parse().ok() };
    let (of_role, _) = teller.say::<GetRoleHandover>(&path_of(chair.id), &query, &NoBody).await;
    assert_eq!(of_role.partnership.map(|it| it.id), Some(partnership));
    let path_of_bond = PartnershipPath { programme, partnership };
    let (handover, _) = teller.say::<GetPartnershipHandover>(&path_of_bond, &query, &NoBody).await;
    assert_eq!(
        (handover.engagements.len(), handover.contacts.len()),
        (1, 1),
        "the visit, and the Lord Mayor"
    );
    assert!(handover.unsaid.iter().any(|it| it.sentence.contains("has no chair on record")));

    teller.change::<DeleteRole>(&path_of(mayor.id), mayors.etag(), &NoBody).await;

    let mistaken = json!({ "name": "Helth Committee", "theme": "medicine" });
    let (mistaken, got) = teller.say::<CreateCommittee>(&of_programme, &NoParameters, &body(&mistaken)).await;
    let mistaken = CommitteePath { programme, committee: mistaken.id };
    teller.change::<DeleteCommittee>(&mistaken, got.etag(), &NoBody).await;
    let query = ListCommitteesQuery { as_of: "1992-12-31".parse().ok(), ..Default::default() };
    let (none, _) = teller.say::<ListCommittees>(&of_programme, &query, &NoBody).await;
    assert_eq!(none.items, [], "it did not exist yet");
}
