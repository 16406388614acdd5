//! Who is told of events. What is secret of it is shown with its credentials only.

use serde_json::json;

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::{Change, Rest, Walk};

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let person = |name: &str| json!({ "name": name });
    let persons = format!("{}/persons", programme.url);
    let owner = walk.send("create_person", &persons, None, &person("Iwanna")).await["id"].clone();
    let other_owner = walk.send("create_person", &persons, None, &person("Oksana")).await["id"].clone();
    let base = json!({
        "events": ["partnership.*"],
        "partnership": pair.partnership,
        "description": "The desk's own program",
        "owner": owner,
    });
    let other = json!({
        "events": ["agreement.signed"],
        "partnership": pair.other_partnership,
        "description": "The room of the desk",
        "owner": other_owner,
    });
    let mut whole = base.clone();
    whole["payload_version"] = json!("1");
    let mut body = whole.clone();
    body["url"] = json!("https://rooms.example.org/!room");
    body["token"] = json!("syt_1");
    body["format"] = json!("matrix");
    let made =
        walk.send("create_webhook_endpoint", &format!("{}/webhooks", programme.url), None, &body).await;
    let url = programme.record("webhooks", &made);
    let credentials = format!("{url}/credentials");
    let (view, secret) = (walk.read(&url).await, walk.read(&credentials).await);
    let shown = [("", &view, ""), ("/url", &secret, "/url"), ("/token", &secret, "/token")];
    walk.compare("create_webhook_endpoint", &body, &shown);

    let operation = "replace_webhook_endpoint";
    let change = Change { operation, url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
    walk.change(operation, &url, &url, &whole).await;
    walk.compare(operation, &whole, &[("", &walk.read(&url).await, "")]);

    let address = json!({ "url": "https://rooms.example.org/!other", "token": "syt_2" });
    walk.change("set_webhook_address", &credentials, &url, &address).await;
    walk.compare("set_webhook_address", &address, &[("", &walk.read(&credentials).await, "")]);
    let step = json!({ "step": "disable" });
    let told = walk.change("step_webhook_endpoint", &format!("{url}/steps"), &url, &step).await;
    walk.saw("step_webhook_endpoint", "/step", told["state"] == "disabled", "it is still told");
}
