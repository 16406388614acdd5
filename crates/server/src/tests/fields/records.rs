//! Programmes, places, engagements and what their guests need.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::walk::{Change, Rest, Walk};

/// A programme.
pub(super) struct Programme {
    pub(super) url: String,
    pub(super) id: Value,
    pub(super) host: Value,
}

impl Programme {
    /// The address of one of its records.
    pub(super) fn record(&self, collection: &str, made: &Value) -> String {
        format!("{}/{collection}/{}", self.url, made["id"].as_str().expect("an id"))
    }

    pub(super) async fn new_place(&self, walk: &Walk<'_>, name: &str) -> Value {
        let body = json!({ "names": [{ "text": name, "role": "official" }] });
        walk.send("create_place", &format!("{}/places", self.url), None, &body).await["id"].clone()
    }

    pub(super) async fn new_person(&self, walk: &Walk<'_>, name: &str) -> Value {
        let body = json!({ "name": name });
        walk.send("create_person", &format!("{}/persons", self.url), None, &body).await["id"].clone()
    }

    async fn new_organisation(&self, walk: &Walk<'_>, name: &str) -> Value {
        let body = json!({ "name": name, "kind": "association" });
        walk.send("create_organisation", &format!("{}/organisations", self.url), None, &body).await["id"]
            .clone()
    }
}

fn place_sample() -> Value {
    json!({
        "level": "county",
        "names": [{ "text": "Bonn", "language": "de", "script": "Latn", "role": "alias", "from": "1288", "to": "2020" }],
        "country": "DE",
        "admin1": "North Rhine-Westphalia",
        "point": { "latitude": 50.73, "longitude": 7.1 },
        "zone": "Europe/Berlin",
        "population": [{ "people": 331_885, "year": 2021, "source": "The city's own count" }],
        "external_ids": { "geonames": 2_946_447, "wikidata": "Q586", "unlocode": "DEBON" },
        "identity": "unresolved",
    })
}

fn other_place() -> Value {
    json!({
        "level": "state",
        "names": [{ "text": "Bonna", "language": "la", "script": "Cyrl", "role": "former", "from": "1289", "to": "2021" }],
        "country": "AT",
        "admin1": "Tyrol",
        "point": { "latitude": 47.25, "longitude": 11.4 },
        "zone": "Europe/Vienna",
        "population": [{ "people": 130_385, "year": 2022, "source": "Statistik Austria" }],
        "external_ids": { "geonames": 2_775_220, "wikidata": "Q1735", "unlocode": "ATINN" },
        "identity": "resolved",
    })
}

fn policy(half_life_days: u32, more: f64) -> Value {
    json!({
        "half_life_days": half_life_days, "capacity": 2.0 + more, "one_sided_factor": 0.25 + more / 10.0,
        "half_score_energy": 1.5 + more, "active_at": 41.0 + more, "cooling_below": 26.0 + more,
        "reviving_at": 21.0 + more, "dormant_below": 11.0 + more, "lively_energy": 7.0 + more,
    })
}

fn policies_sample() -> Value {
    json!({
        "name": "Bonn international",
        "language": "de",
        "currency": "CHF",
        "kinds": [{
            "key": "sister-city", "names": [{ "language": "en", "name": "sister city" }], "wordings": ["twin"],
            "signed_agreement": "required", "max_term_months": 24, "open_ended": "not_allowed", "headline": "counted",
            "vitality": policy(300, 0.5), "source": "Bonn's own rules",
        }],
        "vitality": policy(400, 0.25),
        "one_per_country": "advised",
        "retention": { "personal_days": 3650, "sensitive_days": 40, "signature_months": 12 },
        "due": due(60, "P14D", "anniversary"),
    })
}

/// Numbers of due work, with every field set.
fn due(months: u16, span: &str, kind: &str) -> Value {
    let id = |prefix: &str| format!("{prefix}_01h455vb4pex5vsknk084sn{months:03}");
    let somebody = json!({
        "person": id("per"), "office": format!("Desk {months}"), "committee": id("cmt"), "organisation": id("org"),
    });
    json!({
        "owner": somebody, "rules": [{ "kind": kind, "lead": span, "allowed": span }],
        "escalation": [{ "after": span, "to": somebody }],
        "anniversary_every_months": months, "touch_every_months": months + 1,
    })
}

fn other_policies() -> Value {
    json!({
        "name": "Bonn in the world",
        "language": "fr",
        "currency": "GBP",
        "kinds": [{
            "key": "partner-city", "names": [{ "language": "de", "name": "Partnerstadt" }], "wordings": ["partner"],
            "signed_agreement": "not_required", "max_term_months": 36, "open_ended": "allowed", "headline": "not_counted",
            "vitality": policy(301, 0.75), "source": "Bonn's later rules",
        }],
        "vitality": policy(401, 1.0),
        "one_per_country": "not_advised",
        "retention": { "personal_days": 3651, "sensitive_days": 41, "signature_months": 13 },
        "due": due(120, "P2M", "partnership_fading"),
    })
}

/// A programme of which every field was set and changed; and another to go on with, whose catalogue is the standard one.
pub(super) async fn programme(walk: &mut Walk<'_>) -> Programme {
    let body = json!({ "name": "Bonn", "host": place_sample(), "language": "de", "currency": "USD" });
    let made = walk.send("create_programme", "/v1/programmes", None, &body).await;
    let url = format!("/v1/programmes/{}", made["id"].as_str().expect("an id"));
    let view = walk.read(&url).await;
    let host = walk.read(&format!("{url}/places/{}", made["host"].as_str().expect("an id"))).await;
    walk.compare("create_programme", &body, &[("", &view, ""), ("/host", &host, "")]);
    let change =
        Change { operation: "change_programme", url: &url, read: &url, rest: Rest::LeftOut, at: ("", "") };
    walk.one_by_one(change, &policies_sample(), &other_policies()).await;
    new_programme(walk, "Bonn, the standard way").await
}

pub(super) async fn new_programme(walk: &Walk<'_>, name: &str) -> Programme {
    let body = json!({ "name": name, "host": { "names": [{ "text": "Bonn", "role": "official" }] } });
    let made = walk.send("create_programme", "/v1/programmes", None, &body).await;
    let url = format!("/v1/programmes/{}", made["id"].as_str().expect("an id"));
    Programme { url, id: made["id"].clone(), host: made["host"].clone() }
}

pub(super) async fn place(walk: &mut Walk<'_>, programme: &Programme) {
    let made = walk.send("create_place", &format!("{}/places", programme.url), None, &place_sample()).await;
    let url = programme.record("places", &made);
    let view = walk.read(&url).await;
    walk.compare("create_place", &place_sample(), &[("", &view, "")]);
    let change =
        Change { operation: "replace_place", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &place_sample(), &other_place()).await;
}

pub(super) async fn engagement(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let (anna, otto) =
        (programme.new_person(walk, "Anna Muster").await, programme.new_person(walk, "Otto Muster").await);
    let choir = programme.new_organisation(walk, "The choir of Bonn").await;
    let club = programme.new_organisation(walk, "The club of Bonn").await;
    let base = json!({
        "partnership": pair.partnership,
        "title": "A concert",
        "foci": ["culture"],
        "direction": "inbound",
        "start": "2008-06-04",
        "end": "2008-06-06",
        "participants": [{ "side": "counterpart", "role": "artist", "people": 6 }],
        "organisations": [{ "name": "The choir", "side": "counterpart", "representatives": ["Anna Muster"],
                             "organisation": choir, "represented_by": [anna] }],
        "costs": [{ "party": "The city", "amount": "25000.00 EUR" }],
        "outcomes": ["A record"],
        "follow_up": true,
        "evidence": "took_part",
        "source": "The press",
        "happening": "announced_only",
        "notes": [{ "text": "Sold out", "source": "The box office" }],
    });
    let other = json!({
        "partnership": pair.other_partnership,
        "title": "A match",
        "foci": ["sports"],
        "direction": "outbound",
        "start": "2008-06-05",
        "end": "2008-06-07",
        "participants": [{ "side": "host", "role": "athlete", "people": 7 }],
        "organisations": [{ "name": "The club", "side": "both", "representatives": ["Otto Muster"],
                             "organisation": club, "represented_by": [otto] }],
        "costs": [{ "party": "The county", "amount": "24000.00 USD" }],
        "outcomes": ["A cup"],
        "follow_up": false,
        "evidence": "only_one_side",
        "source": "The radio",
        "happening": "called_off",
        "notes": [{ "text": "Rainy", "source": "The referee" }],
    });
    let made = walk.send("create_engagement", &format!("{}/engagements", programme.url), None, &base).await;
    let url = programme.record("engagements", &made);
    let view = walk.read(&url).await;
    walk.compare("create_engagement", &base, &[("", &view, "")]);
    let change =
        Change { operation: "replace_engagement", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
    let care = format!("{url}/care");
    let change =
        Change { operation: "set_care", url: &care, read: &care, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &json!({ "care": "No nuts" }), &json!({ "care": "No fish" })).await;
    let mut planned = base;
    planned["start"] = json!("2099-06-04");
    planned["end"] = json!("2099-06-06");
    planned["organisations"][0]["represented_by"] = json!([anna, otto]);
    let made =
        walk.send("create_engagement", &format!("{}/engagements", programme.url), None, &planned).await;
    let invitations = format!("{}/invitations", programme.record("engagements", &made));
    let invited =
        walk.send("invite_to_engagement", &invitations, Some(1), &json!({ "persons": [otto] })).await;
    let alone = invited["invited"].as_array().is_some_and(|all| all.len() == 1);
    let is_otto = invited["invited"][0]["person"] == json!(otto);
    walk.saw("invite_to_engagement", "/persons", alone && is_otto, "others are invited");
}
