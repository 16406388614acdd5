//! Agreements and their steps.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::Walk;

const SHA_256: &str = "b9c5a06b7fd34d513067ab069d26c1e97c0428d80da2e1c19cbc9d7615f188e5";
const OTHER_SHA_256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn signature(by: &Value, signatory: &Value) -> Value {
    json!({ "by": by, "person": "Anna Muster", "signatory": signatory, "office": "Mayor", "rank": "highest_elected", "on": "1983-05-22",
            "at": "The old hall", "source": "The photograph" })
}

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let url =
        format!("{}/partnerships/{}/agreements", programme.url, pair.partnership.as_str().expect("an id"));
    let parent = recorded(walk, programme, pair, &url).await;
    let address = drafted(walk, programme, pair, &url, &parent).await;
    stepped(walk, programme, pair, &address).await;
}

/// One that was signed long ago.
async fn recorded(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair, url: &str) -> Value {
    let mayor = programme.new_person(walk, "Anna the mayor").await;
    let body = json!({
        "title": "Sister City Agreement",
        "parties": [programme.host, pair.other_place],
        "text_sha256": SHA_256,
        "terms": { "term": "fixed", "ends_on": "2030", "notice_months": 12, "in_force_from": "1983-06" },
        "signatures": [signature(&programme.host, &mayor), signature(&pair.other_place, &mayor)],
    });
    let made = walk.send("create_agreement", url, None, &body).await;
    let view = walk.read(&programme.record("agreements", &made)).await;
    compare_new(walk, &body, &view);
    made["id"].clone()
}

/// One that hangs under it and is only drafted.
async fn drafted(
    walk: &mut Walk<'_>,
    programme: &Programme,
    pair: &Pair,
    url: &str,
    parent: &Value,
) -> String {
    let body = json!({
        "title": "Annex of the choirs",
        "parties": [programme.host, pair.other_place],
        "parent": parent,
        "terms": { "term": "open_ended" },
    });
    let made = walk.send("create_agreement", url, None, &body).await;
    let address = programme.record("agreements", &made);
    let view = walk.read(&address).await;
    compare_new(walk, &body, &view);
    address
}

fn compare_new(walk: &mut Walk<'_>, body: &Value, view: &Value) {
    walk.compare(
        "create_agreement",
        body,
        &[
            ("", view, ""),
            ("/text_sha256", view, "/versions/0/text_sha256"),
            ("/terms", view, "/versions/0/terms"),
            ("/signatures", view, "/versions/0/signatures"),
        ],
    );
}

async fn stepped(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair, address: &str) {
    let id = address.rsplit('/').next().expect("an id");
    let history = format!("{}/history/{id}", programme.url);
    let body = json!({ "version": 1, "on": "1983-01-10" });
    walk.change("propose_version", &format!("{address}/proposals"), address, &body).await;
    let view = walk.read(address).await;
    walk.compare(
        "propose_version",
        &body,
        &[
            ("/version", &view, "/versions/0/number"),
            ("/on", &last_change(walk, &history).await, "/proposed_on"),
        ],
    );

    let resolved = json!({ "by": programme.host, "basis": "resolved", "body": "City Council", "reference": "No. 7",
                           "on": "1983-02", "source": "The minutes" });
    let overridden = json!({ "by": pair.other_place, "basis": "overridden", "reason": "No council sat",
                             "authority": "The governor", "on": "1983-03", "source": "A letter" });
    for (number, approval) in [resolved, overridden].into_iter().enumerate() {
        let body = json!({ "version": 1, "approval": approval });
        walk.change("approve_version", &format!("{address}/approvals"), address, &body).await;
        let view = walk.read(address).await;
        let shown = &view["versions"][0];
        walk.compare(
            "approve_version",
            &body,
            &[("/version", shown, "/number"), ("/approval", &shown["approvals"][number], "")],
        );
    }
    let mayor = programme.new_person(walk, "Otto the mayor").await;
    for (number, by) in [&programme.host, &pair.other_place].into_iter().enumerate() {
        let body = json!({ "version": 1, "signature": signature(by, &mayor) });
        walk.change("sign_version", &format!("{address}/signatures"), address, &body).await;
        let view = walk.read(address).await;
        let shown = &view["versions"][0];
        walk.compare(
            "sign_version",
            &body,
            &[("/version", shown, "/number"), ("/signature", &shown["signatures"][number], "")],
        );
    }
    let bodies = [
        json!({ "base": "amends", "of": 1, "text_sha256": OTHER_SHA_256,
                "terms": { "term": "fixed", "ends_on": "2031", "notice_months": 6, "in_force_from": "1999" } }),
        json!({ "base": "supersedes", "of": 1 }),
    ];
    for (number, body) in (1..).zip(bodies) {
        walk.change("add_version", &format!("{address}/versions"), address, &body).await;
        let view = walk.read(address).await;
        walk.compare("add_version", &body, &[("", &view["versions"][number], "")]);
    }
    let body = json!({ "version": 2, "on": "1999-05", "reason": "Nobody wanted it" });
    walk.change("withdraw_version", &format!("{address}/withdrawals"), address, &body).await;
    let view = walk.read(address).await;
    let changed = last_change(walk, &history).await;
    walk.compare(
        "withdraw_version",
        &body,
        &[
            ("/version", &view["versions"][1], "/number"),
            ("/on", &changed, "/withdrawn_on"),
            ("/reason", &changed, "/reason"),
        ],
    );
    let body = json!({ "by": [pair.other_place], "on": "2026-10-01", "authority": "City Council", "reason": "Money",
                       "source": "The decree" });
    walk.change("give_notice", &format!("{address}/notices"), address, &body).await;
    let view = walk.read(address).await;
    walk.compare("give_notice", &body, &[("", &view["notice"], "")]);
}

/// What the last revision of a record gave to the fields of a version, by their names.
async fn last_change(walk: &Walk<'_>, history: &str) -> Value {
    let read = walk.read(history).await;
    let last = read["items"].as_array().and_then(|all| all.iter().max_by_key(|one| one["revision"].as_u64()));
    let fields = last.and_then(|revision| revision["fields"].as_array()).expect("what was changed");
    let named = |field: &Value| {
        let name = field["pointer"].as_str()?.rsplit('/').next()?.to_owned();
        Some((name, field["new"].clone()))
    };
    fields.iter().filter_map(named).collect::<serde_json::Map<String, Value>>().into()
}
