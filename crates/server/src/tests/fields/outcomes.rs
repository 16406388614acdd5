//! Outcomes and the steps of their evidence.

use serde_json::json;

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
    let base = json!({
        "kind": "jobs",
        "title": "Jobs at the depot",
        "value": "12.5 jobs",
        "date": "2008-10",
        "attribution": "direct",
        "partnerships": [pair.partnership],
        "engagements": [new_visit(walk).await],
        "agreements": [new_text(walk).await],
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
}
