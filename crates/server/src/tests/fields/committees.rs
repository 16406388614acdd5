//! Committees and roles.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::{Change, Rest, Walk};

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let [here, there] = [programme.new_place(walk, "Here").await, programme.new_place(walk, "There").await];
    let committees = committees(walk, programme, pair, [&here, &there]).await;
    roles(walk, programme, &committees, [&here, &there]).await;
}

async fn committees(
    walk: &mut Walk<'_>,
    programme: &Programme,
    pair: &Pair,
    [place, other_place]: [&Value; 2],
) -> [Value; 2] {
    let base = json!({
        "name": "The committee", "partnership": pair.partnership, "place": place, "appointed_by": "The mayor",
        "seats": 12, "term_months": 36, "functions": ["chair"], "from": "1993", "to": "2012",
        "source": "The minutes", "notes": [{ "text": "Meets monthly", "source": "The chair" }],
    });
    let other = json!({
        "name": "The other committee", "partnership": pair.other_partnership, "place": other_place,
        "appointed_by": "The council", "seats": 13, "term_months": 24, "functions": ["chair", "treasurer"],
        "from": "1994", "to": "2013", "source": "The press",
        "notes": [{ "text": "Meets weekly", "source": "The secretary" }],
    });
    let url = format!("{}/committees", programme.url);
    let made = walk.send("create_committee", &url, None, &base).await;
    let address = programme.record("committees", &made);
    let view = walk.read(&address).await;
    walk.compare("create_committee", &base, &[("", &view, "")]);
    let operation = "replace_committee";
    let change = Change { operation, url: &address, read: &address, rest: Rest::Repeated, at: ("", "") };
    // One function is a sample of the list.
    let mut others = other.clone();
    others["functions"] = json!(["chair"]);
    let mut required = base.clone();
    required["functions"] = other["functions"].clone();
    walk.one_by_one(change, &without(&base, "functions"), &others).await;
    walk.change(operation, &address, &address, &required).await;
    let view = walk.read(&address).await;
    walk.compare(operation, &required, &[("", &view, "")]);

    let theme = json!({ "name": "Health", "theme": "medicine" });
    let health = walk.send("create_committee", &url, None, &theme).await;
    let address = programme.record("committees", &health);
    let view = walk.read(&address).await;
    walk.compare("create_committee", &theme, &[("", &view, "")]);
    let theme = json!({ "name": "Care", "theme": "youth" });
    walk.change(operation, &address, &address, &theme).await;
    let view = walk.read(&address).await;
    walk.compare(operation, &theme, &[("", &view, "")]);
    [made["id"].clone(), health["id"].clone()]
}

async fn roles(
    walk: &mut Walk<'_>,
    programme: &Programme,
    [committee, other_committee]: &[Value; 2],
    [here, there]: [&Value; 2],
) {
    let url = format!("{}/roles", programme.url);
    let plain = json!({ "committee": committee, "function": "member" });
    let filled = walk.send("create_role", &url, None, &plain).await;
    let also_filled = walk.send("create_role", &url, None, &plain).await;
    let [anna, otto] = [person(walk, programme, "Anna").await, person(walk, programme, "Otto").await];
    let base = json!({
        "person": anna, "committee": committee, "function": "chair", "office": "The chair",
        "from": "2005", "to": "2007",
        "term_end": "2008", "appointed_by": "The mayor", "fills_term_of": filled["id"], "source": "The minutes",
        "notes": [{ "text": "A remark", "source": "A witness" }],
    });
    let other = json!({
        "person": otto, "committee": other_committee, "function": "co_chair",
        "office": "The co-chair", "from": "2006", "to": "2006", "term_end": "2009", "appointed_by": "The council", "fills_term_of": also_filled["id"],
        "source": "The press", "notes": [{ "text": "Another", "source": "Another witness" }],
    });
    let made = walk.send("create_role", &url, None, &base).await;
    let address = programme.record("roles", &made);
    let view = walk.read(&address).await;
    walk.compare("create_role", &base, &[("", &view, "")]);
    let operation = "replace_role";
    let change = Change { operation, url: &address, read: &address, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;

    let elsewhere = [
        [
            json!({ "place": here, "function": "mayor" }),
            json!({ "place": there, "function": "deputy_mayor" }),
        ],
        [organisation(walk, programme, "A school").await, organisation(walk, programme, "A choir").await]
            .map(|id| json!({ "organisation": id, "function": "director" })),
    ];
    let mut made = Value::Null;
    for [before, after] in elsewhere {
        made = walk.send("create_role", &url, None, &before).await;
        let address = programme.record("roles", &made);
        let view = walk.read(&address).await;
        walk.compare("create_role", &before, &[("", &view, "")]);
        walk.change(operation, &address, &address, &after).await;
        let view = walk.read(&address).await;
        walk.compare(operation, &after, &[("", &view, "")]);
    }

    let successor = json!({ "on": "2008-06", "successor": also_filled["id"] });
    let orphaned = json!({ "on": "2008", "orphaned": "Nobody was found." });
    for (role, ending) in [(&made, successor), (&filled, orphaned)] {
        let address = programme.record("roles", role);
        walk.change("end_role", &format!("{address}/end"), &address, &ending).await;
        let view = walk.read(&address).await;
        walk.compare("end_role", &ending, &[("", &view, ""), ("/on", &view, "/to")]);
    }
}

async fn person(walk: &Walk<'_>, programme: &Programme, name: &str) -> Value {
    let url = format!("{}/persons", programme.url);
    walk.send("create_person", &url, None, &json!({ "name": name })).await["id"].clone()
}

async fn organisation(walk: &Walk<'_>, programme: &Programme, name: &str) -> Value {
    let url = format!("{}/organisations", programme.url);
    let body = json!({ "name": name, "kind": "association" });
    walk.send("create_organisation", &url, None, &body).await["id"].clone()
}

fn without(body: &Value, field: &str) -> Value {
    let mut body = body.clone();
    body.as_object_mut().expect("an object").remove(field);
    body
}
