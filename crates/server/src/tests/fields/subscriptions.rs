//! Who is told of what, and what is sent again and read.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::{Change, Rest, Walk};
use crate::tests::story::delivery::told;

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let person = |name: &str| json!({ "name": name });
    let persons = format!("{}/persons", programme.url);
    let one = walk.send("create_person", &persons, None, &person("Iwanna")).await["id"].clone();
    let other = walk.send("create_person", &persons, None, &person("Oksana")).await["id"].clone();
    let committee = |name: &str| json!({ "name": name, "theme": "culture" });
    let committees = format!("{}/committees", programme.url);
    let youth = walk.send("create_committee", &committees, None, &committee("Youth")).await["id"].clone();
    let arts = walk.send("create_committee", &committees, None, &committee("Arts")).await["id"].clone();
    let base = json!({
        "person": one,
        "events": ["partnership.*"],
        "reminders": ["agreement_ending"],
        "partnership": pair.partnership,
        "committee": youth,
        "rhythm": "daily",
        "remark": "Sees to the archive",
    });
    let changed = json!({
        "person": other,
        "events": ["agreement.signed"],
        "reminders": ["no_chair"],
        "partnership": pair.other_partnership,
        "committee": arts,
        "rhythm": "never",
        "remark": "On leave",
    });
    let all = format!("{}/subscriptions", programme.url);
    let made = walk.send("create_subscription", &all, None, &base).await;
    let url = programme.record("subscriptions", &made);
    walk.compare("create_subscription", &base, &[("", &walk.read(&url).await, "")]);
    let change = Change {
        operation: "replace_subscription",
        url: &url,
        read: &url,
        rest: Rest::Repeated,
        at: ("", ""),
    };
    walk.one_by_one(change, &base, &changed).await;

    let id = programme.url.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a programme");
    let reader = one.as_str().and_then(|id| id.parse().ok()).expect("a person");
    let (notification, _) = told(walk.site(), id, reader).await;
    let again = format!("{}/deliveries/resend", programme.url);
    let resent = async |recipient: &Value, since: &str| {
        let body = json!({ "recipient": recipient, "since": since });
        walk.send("resend_deliveries", &again, None, &body).await["resent"].clone()
    };
    let (here, there) =
        (resent(&one, "2020-01-01T00:00:00Z").await, resent(&other, "2020-01-01T00:00:00Z").await);
    let later = resent(&one, "2999-01-01T00:00:00Z").await;
    walk.saw("resend_deliveries", "/recipient", here == 1 && there == 0, "it does not matter to whom");
    walk.saw("resend_deliveries", "/since", later == 0, "it does not matter since when");
    let test = format!("{}/deliveries/test", programme.url);
    let made = walk.send("test_delivery", &test, None, &json!({ "recipient": other })).await;
    walk.saw("test_delivery", "/recipient", made["recipient"] == other, "it goes to somebody else");
    let inbox = format!("{persons}/{}/notifications/read", one.as_str().expect("an id"));
    let read =
        walk.send("mark_notifications_read", &inbox, None, &json!({ "notifications": [notification] })).await;
    walk.saw("mark_notifications_read", "/notifications", read["marked"] == 1, "it is not marked");
}
