//! Somebody wants to be told of more than is theirs, then less often, then no more.

use serde_json::json;
use sister_cities_api::person::CreatePerson;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::subscription::{
    CreateSubscription, DeleteSubscription, GetSubscription, ListSubscriptions, ListSubscriptionsQuery,
    ReplaceSubscription, SubscriptionPath,
};
use sister_cities_api::{EncodedBody, Endpoint as _, NoBody, NoParameters, RecordedQuery, path_and_query};
use sister_cities_domain::id::{PartnershipId, PersonId, ProgrammeId};

use super::super::site::Sent;
use super::{Teller, body};

pub(super) async fn subscription(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
) -> PersonId {
    let of = ProgrammePath { programme };
    let iwanna = json!({ "name": "Iwanna Nowak", "emails": [{ "address": "iwanna@desk.example.org" }] });
    let iwanna = teller.say::<CreatePerson>(&of, &NoParameters, &body(&iwanna)).await.0.id;
    let asked =
        json!({ "person": iwanna, "events": ["agreement.*"], "reminders": ["no_chair"], "rhythm": "daily" });
    let (made, got) = teller.say::<CreateSubscription>(&of, &NoParameters, &body(&asked)).await;
    assert_eq!((made.person, made.rhythm.as_str()), (iwanna, "daily"));
    let path = SubscriptionPath { programme, subscription: made.id };
    let less = json!({ "person": iwanna, "events": ["agreement.signed"], "partnership": partnership, "rhythm": "weekly" });
    let tag = teller.change::<ReplaceSubscription>(&path, got.etag(), &body(&less)).await.etag();
    let (read, _) = teller.say::<GetSubscription>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!((read.partnership, read.reminders.len()), (Some(partnership), 0));
    let of_person = ListSubscriptionsQuery { person: Some(iwanna), ..ListSubscriptionsQuery::default() };
    let (list, _) = teller.say::<ListSubscriptions>(&of, &of_person, &NoBody).await;
    assert_eq!(list.items, [read]);
    teller.change::<DeleteSubscription>(&path, tag, &NoBody).await;
    refusals(teller, of, iwanna).await;
    iwanna
}

async fn refusals(teller: &Teller<'_>, programme: ProgrammePath, person: PersonId) {
    let nobody = "per_01h455vb4pex5vsknk084sn02q";
    for (asked, pointer) in [
        (json!({ "person": person, "rhythm": "daily" }), "/events"),
        (json!({ "person": person, "events": ["agreement.exploded"], "rhythm": "daily" }), "/events/0"),
        (json!({ "person": person, "reminders": ["exploded"], "rhythm": "daily" }), "/reminders/0"),
        (json!({ "person": person, "events": ["agreement.*"], "rhythm": "hourly" }), "/rhythm"),
        (json!({ "person": nobody, "events": ["agreement.*"], "rhythm": "daily" }), "/person"),
        (
            json!({ "person": person, "events": ["agreement.*"], "rhythm": "daily",
                    "committee": "cmt_01h455vb4pex5vsknk084sn02q" }),
            "/committee",
        ),
        (
            json!({ "person": person, "events": ["agreement.*"], "rhythm": "daily",
                    "partnership": "prt_01h455vb4pex5vsknk084sn02q" }),
            "/partnership",
        ),
    ] {
        let url = path_and_query::<CreateSubscription>(&programme, &NoParameters);
        let bytes = serde_json::to_vec(&asked).expect("JSON");
        let body = Some(EncodedBody { media_type: "application/json", bytes });
        let (endpoint, method) = (CreateSubscription::NAME, CreateSubscription::METHOD);
        let got = teller.site.send(&Sent { endpoint, method, url, if_match: None, key: None, body }).await;
        let problem = got.problem();
        let named = problem.errors.iter().any(|error| error.pointer.as_deref() == Some(pointer));
        assert!(got.status == 422 && named, "{asked}: {}", got.text());
    }
}
