//! Action plans, their points, and the steps that are taken.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::practices::Known;
use super::records::Programme;
use super::walk::{Change, Rest, Walk};

async fn new_plan(walk: &Walk<'_>, programme: &Programme, body: &Value) -> Value {
    walk.send("create_action_plan", &format!("{}/action-plans", programme.url), None, body).await
}

async fn agreement(walk: &Walk<'_>, programme: &Programme, partnership: &Value) -> Value {
    let partnership = partnership.as_str().expect("an id");
    let url = format!("{}/partnerships/{partnership}/agreements", programme.url);
    walk.send("create_agreement", &url, None, &json!({ "title": "A text" })).await["id"].clone()
}

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    plans(walk, programme, pair).await;
    points(walk, programme, pair).await;
    lines(walk, programme, pair).await;
    reawakening(walk, programme, pair).await;
}

async fn plans(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let base = json!({
        "partnership": pair.partnership,
        "title": "Five points",
        "kind": "meeting",
        "agreed_on": "2008-06",
        "ends_on": "2013",
        "check": { "every_months": 3, "from": "2008-06-30" },
        "source": "The press",
        "notes": [{ "text": "Signed", "source": "The council" }],
    });
    let other = json!({
        "partnership": pair.other_partnership,
        "title": "Six points",
        "kind": "ours",
        "agreed_on": "2008-07",
        "ends_on": "2014",
        "check": { "every_months": 4, "from": "2008-07-01" },
        "source": "The radio",
        "notes": [{ "text": "Sealed", "source": "The mayor" }],
    });
    let made = new_plan(walk, programme, &base).await;
    let url = programme.record("action-plans", &made);
    let view = walk.read(&url).await;
    walk.compare("create_action_plan", &base, &[("", &view, "")]);
    let change = |operation| Change { operation, url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change("replace_action_plan"), &base, &other).await;
    // An agreement is of the plan's partnership, so it is not changed alone in the other.
    let texts = [
        agreement(walk, programme, &pair.partnership).await,
        agreement(walk, programme, &pair.partnership).await,
    ];
    let under = |text: &Value| json!({ "partnership": pair.partnership, "title": "x", "agreement": text });
    let sample = under(&texts[0]);
    let under_text = new_plan(walk, programme, &sample).await;
    let address = programme.record("action-plans", &under_text);
    let view = walk.read(&address).await;
    walk.compare("create_action_plan", &sample, &[("", &view, "")]);
    walk.change("replace_action_plan", &address, &address, &under(&texts[1])).await;
    let view = walk.read(&address).await;
    walk.compare("replace_action_plan", &under(&texts[1]), &[("", &view, "")]);

    let checks = format!("{url}/checks");
    let check = json!({ "on": "2008-09-30", "remark": "Two of five are under way." });
    walk.change("check_action_plan", &checks, &url, &check).await;
    let view = walk.read(&url).await;
    walk.compare("check_action_plan", &check, &[("", &view, "/last_check")]);
}

async fn points(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let plan = |title: &str| json!({ "partnership": pair.partnership, "title": title });
    let plans = [
        new_plan(walk, programme, &plan("One")).await["id"].clone(),
        new_plan(walk, programme, &plan("Two")).await["id"].clone(),
    ];
    let mut known = Vec::new();
    for name in ["One", "Two", "Three", "Four"] {
        let Known { person, committee, organisation } = Known::new(walk, programme, pair, name).await;
        known.push(json!({
            "person": person, "office": name, "committee": committee, "organisation": organisation,
        }));
    }
    let sample = |plan: &Value, number: u8, rest: [&str; 7]| {
        let [title, text, promised_by, due, status, publicity, accepted] = rest;
        json!({
            "plan": plan, "number": number, "title": title, "text": text, "promised_by": promised_by, "due": due,
            "host": { "responsible": known[usize::from(number) - 3], "accepted": { "on": accepted } },
            "counterpart": { "responsible": known[usize::from(number) - 1], "accepted": { "on": accepted } },
            "public_status": status, "publicity": publicity,
        })
    };
    let base = sample(&plans[0], 3, ["Share", "All of it", "host", "2009-06", "Going on", "public", "2008"]);
    let other =
        sample(&plans[1], 4, ["Tell", "Some of it", "both", "2009-07", "Gone on", "internal", "2009"]);
    let made =
        walk.send("create_action_point", &format!("{}/action-points", programme.url), None, &base).await;
    let url = programme.record("action-points", &made);
    let view = walk.read(&url).await;
    walk.compare("create_action_point", &base, &[("", &view, "")]);
    let change = Change {
        operation: "replace_action_point",
        url: &url,
        read: &url,
        rest: Rest::Repeated,
        at: ("", ""),
    };
    walk.one_by_one(change, &base, &other).await;

    let steps = format!("{url}/steps");
    for (at, step) in [
        json!({ "step": "accept", "on": "2009-01", "remark": "By letter", "side": "both" }),
        json!({ "step": "start", "on": "2009-02", "remark": "At last" }),
        json!({ "step": "complete", "on": "2009-03", "evidence": "A report" }),
    ]
    .into_iter()
    .enumerate()
    {
        walk.change("step_action_point", &steps, &url, &step).await;
        let view = walk.read(&url).await;
        walk.compare("step_action_point", &step, &[("", &view["steps"][at], "")]);
    }
    let second = json!({ "plan": plans[0], "title": "Given up" });
    let made =
        walk.send("create_action_point", &format!("{}/action-points", programme.url), None, &second).await;
    let url = programme.record("action-points", &made);
    let drop = json!({ "step": "drop", "on": "2009", "reason": "Entered twice" });
    walk.change("step_action_point", &format!("{url}/steps"), &url, &drop).await;
    let view = walk.read(&url).await;
    walk.compare("step_action_point", &drop, &[("", &view["steps"][0], "")]);
}

async fn lines(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let plan = json!({ "partnership": pair.partnership, "title": "Minutes" });
    let plan = new_plan(walk, programme, &plan).await;
    let address = format!("{}/lines", programme.record("action-plans", &plan));
    let person = Known::new(walk, programme, pair, "Line").await.person;
    let line = json!({
        "title": "Write to Moscow", "text": "About the school", "promised_by": "host", "host": person,
        "counterpart": "Protocol", "due": "2009-06",
    });
    let mut body = json!({ "lines": [line], "dry_run": true });
    let tried = walk.send("add_action_plan_lines", &address, None, &body).await;
    body["dry_run"] = json!(false);
    let mut entered = walk.send("add_action_plan_lines", &address, None, &body).await;
    let told = [&tried, &entered].map(|view| view["entered"].as_bool());
    walk.saw("add_action_plan_lines", "/dry_run", told == [Some(false), Some(true)], "both are the same");
    let owners = [("host", "person"), ("counterpart", "office")];
    for (side, who) in owners {
        entered["lines"][0][side] = entered["lines"][0][side]["responsible"][who].take();
    }
    let lines = json!({ "lines": body["lines"] });
    walk.compare("add_action_plan_lines", &lines, &[("", &entered, "")]);
}

async fn reawakening(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let partnership = pair.partnership.as_str().expect("an id");
    let address = format!("{}/partnerships/{partnership}/reawakening", programme.url);
    let body = json!({ "from": "2026-12-01", "title": "Awake" });
    let begun = walk.send("reawaken_partnership", &address, None, &body).await;
    let plan = json!({ "from": begun["plan"]["agreed_on"], "title": begun["plan"]["title"] });
    walk.compare("reawaken_partnership", &body, &[("", &plan, "")]);
}
