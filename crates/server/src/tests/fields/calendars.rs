//! Calendar feeds: each subject with the record that it is about.

use serde_json::json;

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::Walk;

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let persons = format!("{}/persons", programme.url);
    let person = walk.send("create_person", &persons, None, &json!({ "name": "Iwanna" })).await["id"].clone();
    let committees = format!("{}/committees", programme.url);
    let choir = json!({ "name": "Choir", "theme": "culture" });
    let committee = walk.send("create_committee", &committees, None, &choir).await["id"].clone();
    for body in [
        json!({ "subject": "programme", "name": "Bonn" }),
        json!({ "subject": "partnership", "partnership": pair.partnership, "name": "Opole" }),
        json!({ "subject": "committee", "committee": committee, "name": "Choir" }),
        json!({ "subject": "person", "person": person, "name": "Iwanna" }),
        json!({ "subject": "due_work", "name": "Due" }),
    ] {
        let all = format!("{}/calendar-feeds", programme.url);
        let made = walk.send("create_calendar_feed", &all, None, &body).await;
        let url = programme.record("calendar-feeds", &made);
        walk.compare("create_calendar_feed", &body, &[("", &walk.read(&url).await, "")]);
    }
}
