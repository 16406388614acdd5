//! Outcomes, the steps of their evidence, answers on what came of a visit, indicators and valuation rates.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::{Change, Rest, Walk};

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let new_visit = async |walk: &Walk<'_>| {
        let visit = json!({ "partnership": pair.partnership, "title": "x", "foci": ["culture"], "direction": "joint" });
        walk.send("create_engagement", &format!("{}/engagements", programme.url), None, &visit).await["id"]
            .clone()
    };
    let new_text = async |walk: &Walk<'_>| {
        let partnership = pair.partnership.as_str().expect("an id");
        let url = format!("{}/partnerships/{partnership}/agreements", programme.url);
        walk.send("create_agreement", &url, None, &json!({ "title": "A text" })).await["id"].clone()
    };
    let new_practice = async |walk: &Walk<'_>| {
        let practice = json!({ "title": "x", "origin": { "place": programme.host } });
        walk.send("create_practice", &format!("{}/practices", programme.url), None, &practice).await["id"]
            .clone()
    };
    let plan = new_plan(walk, programme, pair).await;
    let new_point = async |walk: &Walk<'_>| {
        let point = json!({ "plan": plan, "title": "x" });
        walk.send("create_action_point", &format!("{}/action-points", programme.url), None, &point).await["id"].clone()
    };
    let base = json!({
        "kind": "jobs",
        "title": "Jobs at the depot",
        "value": "12.5 jobs",
        "date": "2008-10",
        "attribution": "direct",
        "partnerships": [pair.partnership],
        "engagements": [new_visit(walk).await],
        "agreements": [new_text(walk).await],
        "action_points": [new_point(walk).await],
        "practices": [new_practice(walk).await],
        "same_as": { "programme": "prg_01h455vb4pex5vsknk084sn02q", "outcome": "out_01h455vb4pex5vsknk084sn02q" },
        "source": "The press",
        "notes": [{ "text": "Told by the mayor", "source": "The radio" }],
    });
    let other = json!({
        "kind": "deal",
        "title": "A contract",
        "value": "25000.00 EUR",
        "date": "2009",
        "attribution": "contributed",
        "partnerships": [pair.other_partnership],
        "engagements": [new_visit(walk).await],
        "agreements": [new_text(walk).await],
        "action_points": [new_point(walk).await],
        "practices": [new_practice(walk).await],
        "same_as": { "programme": "prg_01h455vb4pex5vsknk084sn02r", "outcome": "out_01h455vb4pex5vsknk084sn02r" },
        "source": "The chamber",
        "notes": [{ "text": "Told by the chamber", "source": "A letter" }],
    });
    let made = walk.send("create_outcome", &format!("{}/outcomes", programme.url), None, &base).await;
    let url = programme.record("outcomes", &made);
    let view = walk.read(&url).await;
    walk.compare("create_outcome", &base, &[("", &view, "")]);
    let change =
        Change { operation: "replace_outcome", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
    let step = json!({ "step": "document", "on": "2009-01-31", "remark": "Found by the archive", "evidence": "A report" });
    walk.change("grade_outcome", &format!("{url}/evidence"), &url, &step).await;
    let view = walk.read(&url).await;
    walk.compare("grade_outcome", &step, &[("", &view, "/steps/0")]);

    let visit = base["engagements"][0].as_str().expect("an id");
    let visit = format!("{}/engagements/{visit}", programme.url);
    let mut held = walk.read(&visit).await;
    for shown in ["id", "revision", "mutuality"] {
        held.as_object_mut().expect("an object").remove(shown);
    }
    (held["follow_up"], held["start"]) = (json!(true), json!("2008-06-04"));
    walk.change("replace_engagement", &visit, &visit, &held).await;
    let answer = json!({ "side": "counterpart", "after": "12_months", "said": "outcome", "outcome": made["id"],
        "on": "2009-06-05" });
    walk.change("answer_outcome_question", &format!("{visit}/outcome-answers"), &visit, &answer).await;
    let view = walk.read(&visit).await;
    walk.compare("answer_outcome_question", &answer, &[("", &view, "/outcome_answers/0")]);
    indicators(walk, programme, pair).await;
    rates(walk, programme).await;
}

async fn new_plan(walk: &Walk<'_>, programme: &Programme, pair: &Pair) -> Value {
    let plan = json!({ "partnership": pair.partnership, "title": "Five points" });
    walk.send("create_action_plan", &format!("{}/action-plans", programme.url), None, &plan).await["id"]
        .clone()
}

async fn indicators(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let measured = |value: &str| json!({ "value": value, "comment": format!("{value} in all") });
    let base = json!({
        "partnership": pair.partnership,
        "plan": new_plan(walk, programme, pair).await,
        "result": "People find work",
        "result_type": "impact",
        "title": "Jobs found",
        "description": "Counted by both",
        "measure": "percentage",
        "better": "lower",
        "baseline": { "year": 2008, "value": "1", "comment": "Before" },
        "periods": [{ "start": "2009-01-01", "end": "2009-12-30", "target": measured("100"), "actual": measured("87.5") }],
        "source": "Both job centres",
    });
    let other = json!({
        "partnership": pair.other_partnership,
        "plan": new_plan(walk, programme, pair).await,
        "result": "Pupils meet",
        "result_type": "output",
        "title": "Pupils on exchange",
        "description": "Counted by the schools",
        "measure": "unit",
        "better": "higher",
        "baseline": { "year": 2007, "value": "2", "comment": "Then" },
        "periods": [{ "start": "2009-01-02", "end": "2009-12-31", "target": measured("50"), "actual": measured("60") }],
        "source": "The schools",
    });
    let made = walk.send("create_indicator", &format!("{}/indicators", programme.url), None, &base).await;
    let url = programme.record("indicators", &made);
    let view = walk.read(&url).await;
    walk.compare("create_indicator", &base, &[("", &view, "")]);
    let change =
        Change { operation: "replace_indicator", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
}

async fn rates(walk: &mut Walk<'_>, programme: &Programme) {
    let base = json!({
        "kind": "volunteer_hour",
        "country": "US",
        "place": programme.host,
        "amount": "23.07 USD",
        "from": "2014-01-01",
        "to": "2014-12-30",
        "source": "Independent Sector",
        "notes": [{ "text": "For Illinois", "source": "Its page" }],
    });
    let other = json!({
        "kind": "visitor_day",
        "country": "GB",
        "place": programme.new_place(walk, "Solihull").await,
        "amount": "60.00 GBP",
        "from": "2014-01-02",
        "to": "2014-12-31",
        "source": "The tourist board",
        "notes": [{ "text": "Without the flight", "source": "A letter" }],
    });
    let made =
        walk.send("create_valuation_rate", &format!("{}/valuation-rates", programme.url), None, &base).await;
    let url = programme.record("valuation-rates", &made);
    let view = walk.read(&url).await;
    walk.compare("create_valuation_rate", &base, &[("", &view, "")]);
    let operation = "replace_valuation_rate";
    let change = Change { operation, url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
}
