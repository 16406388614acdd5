//! What is said to due items.

use serde_json::json;

use super::records::Programme;
use super::walk::Walk;

/// Each answer shows what was said before, as it was stored.
pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme) {
    let place = programme.new_place(walk, "Pune").await;
    let asked =
        json!({ "members": [programme.host, place], "decisions": [{ "decision": "enquire", "on": "2001" }] });
    let of = |collection: &str| format!("{}/{collection}", programme.url);
    let partnership = walk.send("create_partnership", &of("partnerships"), None, &asked).await["id"].clone();
    let person = programme.new_person(walk, "Desk officer").await;
    let committee = json!({ "name": "Pune", "partnership": partnership });
    let committee = walk.send("create_committee", &of("committees"), None, &committee).await["id"].clone();
    let organisation = json!({ "name": "Pune's friends", "kind": "municipality" });
    let organisation =
        walk.send("create_organisation", &of("organisations"), None, &organisation).await["id"].clone();
    let listed = walk.read(&format!("{}/due?kind=request_unanswered", programme.url)).await;
    let item = format!("{}/due/{}", programme.url, listed["items"][0]["id"].as_str().expect("an item"));
    let id = programme.id.as_str().and_then(|id| id.parse().ok()).expect("an id");
    let today = walk.site().app.today(id).await.expect("a day");
    let until = json!({ "until": today.succ_opt().expect("a day") });
    let to = json!({ "to": {
        "person": person, "office": "Desk officer", "committee": committee, "organisation": organisation,
    } });
    let remark = json!({ "remark": "Declined by letter" });
    walk.send("snooze_due_item", &format!("{item}/snooze"), None, &until).await;
    walk.send("hand_due_item", &format!("{item}/hand"), None, &to).await;
    let said = walk.send("finish_due_item", &format!("{item}/done"), None, &remark).await;
    walk.compare("snooze_due_item", &until, &[("/until", &said, "/snoozed_until")]);
    walk.compare("hand_due_item", &to, &[("/to", &said, "/handed_to")]);
    walk.compare("finish_due_item", &remark, &[("", &said, "")]);
}
