//! Practices, their adoptions and the steps of those.

use serde_json::{Value, json};

use super::partnerships::Pair;
use super::records::Programme;
use super::walk::{Change, Rest, Walk};

/// Whom a practice may be of and who may be asked about it.
pub(super) struct Known {
    pub(super) person: Value,
    pub(super) committee: Value,
    pub(super) organisation: Value,
}

impl Known {
    pub(super) async fn new(walk: &Walk<'_>, programme: &Programme, pair: &Pair, name: &str) -> Self {
        let organisation = json!({ "name": name, "kind": "municipality" });
        let (person, committee) =
            (json!({ "name": name }), json!({ "name": name, "partnership": pair.partnership }));
        let of = |collection: &str| format!("{}/{collection}", programme.url);
        Self {
            person: walk.send("create_person", &of("persons"), None, &person).await["id"].clone(),
            committee: walk.send("create_committee", &of("committees"), None, &committee).await["id"].clone(),
            organisation:
                walk.send("create_organisation", &of("organisations"), None, &organisation).await["id"]
                    .clone(),
        }
    }
}

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let teacher = programme.new_place(walk, "Galway").await;
    let other_teacher = programme.new_place(walk, "Lahore").await;
    let one = Known::new(walk, programme, pair, "The employment office").await;
    let two = Known::new(walk, programme, pair, "The police").await;
    let base = json!({
        "title": "One door for job seekers",
        "problem": "Five offices",
        "approach": "All in one house",
        "evidence": "1,000 found work",
        "cost": { "amount": "250000.00 GBP", "words": "a year" },
        "contact": { "person": one.person, "office": "Head of Employment", "committee": one.committee, "organisation": one.organisation },
        "origin": { "place": teacher, "organisation": one.organisation },
        "topics": ["workforce"],
        "since": "2004",
        "sources": ["The press"],
        "notes": [{ "text": "Seen in 2008", "source": "The delegation" }],
    });
    let other = json!({
        "title": "A social worker at each police station",
        "problem": "Nobody speaks with the victims",
        "approach": "One sits there",
        "evidence": "Fewer came back",
        "cost": { "amount": "24000.00 USD", "words": "a month" },
        "contact": { "person": two.person, "office": "Chief of Police", "committee": two.committee, "organisation": two.organisation },
        "origin": { "place": other_teacher, "organisation": two.organisation },
        "topics": ["policing"],
        "since": "2005",
        "sources": ["The radio"],
        "notes": [{ "text": "Seen in 2009", "source": "The mayor" }],
    });
    let practices = format!("{}/practices", programme.url);
    let practice = walk.send("create_practice", &practices, None, &base).await;
    let url = programme.record("practices", &practice);
    let view = walk.read(&url).await;
    walk.compare("create_practice", &base, &[("", &view, "")]);
    let change =
        Change { operation: "replace_practice", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
    let second = walk.send("create_practice", &practices, None, &other).await;
    adoption(
        walk,
        programme,
        pair,
        [&practice["id"], &second["id"]],
        [&teacher, &other_teacher],
        [&one, &two],
    )
    .await;
}

async fn adoption(
    walk: &mut Walk<'_>,
    programme: &Programme,
    pair: &Pair,
    [practice, other_practice]: [&Value; 2],
    [teacher, other_teacher]: [&Value; 2],
    [one, two]: [&Known; 2],
) {
    let learner = programme.new_place(walk, "Casablanca").await;
    let base = json!({
        "practice": practice,
        "by": programme.host,
        "organisation": one.organisation,
        "partnership": pair.partnership,
        "learnt_from": { "place": learner, "organisation": one.organisation },
        "topics": ["youth"],
        "offered_on": "2008-06",
        "sources": ["The report"],
        "notes": [{ "text": "For one ward", "source": "The council" }],
    });
    let other = json!({
        "practice": other_practice,
        "by": learner,
        "organisation": two.organisation,
        "partnership": pair.other_partnership,
        "learnt_from": { "place": other_teacher, "organisation": two.organisation },
        "topics": ["health"],
        "offered_on": "2008-07",
        "sources": ["The minutes"],
        "notes": [{ "text": "For two wards", "source": "The mayor" }],
    });
    let adoptions = format!("{}/adoptions", programme.url);
    let made = walk.send("create_adoption", &adoptions, None, &base).await;
    let url = programme.record("adoptions", &made);
    let view = walk.read(&url).await;
    walk.compare("create_adoption", &base, &[("", &view, "")]);
    let change =
        Change { operation: "replace_adoption", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;

    let steps = format!("{url}/steps");
    for (at, step) in [
        json!({ "step": "understand", "on": "2008-08", "remark": "In two days", "evidence": "A report" }),
        json!({ "step": "adapt" }),
        json!({ "step": "put_to_use" }),
        json!({ "step": "evaluate", "verdict": "worked", "evidence": "A study" }),
    ]
    .into_iter()
    .enumerate()
    {
        walk.change("take_adoption_step", &steps, &url, &step).await;
        let view = walk.read(&url).await["steps"][at].clone();
        walk.compare("take_adoption_step", &step, &[("", &view, "")]);
    }
    let given_up = json!({ "practice": practice, "by": teacher });
    let made = walk.send("create_adoption", &adoptions, None, &given_up).await;
    let url = programme.record("adoptions", &made);
    let step = json!({ "step": "abandon", "reason": "No money" });
    walk.change("take_adoption_step", &format!("{url}/steps"), &url, &step).await;
    let view = walk.read(&url).await["steps"][0].clone();
    walk.compare("take_adoption_step", &step, &[("", &view, "")]);
    shared(walk, programme, pair).await;
}

/// A practice that another programme shares is adopted, and both are shared.
async fn shared(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let peer = super::records::new_programme(walk, "Those who teach").await;
    let city = peer.new_place(walk, "Bonn, as we call it").await;
    let body = json!({ "members": [peer.host, city], "episode": { "kind": "sister-city", "began": [] } });
    let theirs = walk.send("create_partnership", &format!("{}/partnerships", peer.url), None, &body).await;
    let link = json!({ "peer": programme.id, "partnership": theirs["id"] });
    let their_link = walk.send("make_link", &format!("{}/links", peer.url), None, &link).await;
    let link = json!({ "peer": peer.id, "partnership": pair.partnership });
    let link = walk.send("make_link", &format!("{}/links", programme.url), None, &link).await;
    let practice = json!({ "title": "A night school", "origin": { "place": peer.host } });
    let practice = walk.send("create_practice", &format!("{}/practices", peer.url), None, &practice).await;
    let body = json!({ "link": their_link["id"], "practice": practice["id"] });
    let told = walk.send("share_record", &format!("{}/shares", peer.url), None, &body).await;
    let view = walk.read(&peer.record("shares", &told)).await;
    walk.compare("share_record", &body, &[("", &view, ""), ("/practice", &view, "/record")]);

    let adopted = json!({ "share": told["id"], "by": programme.host });
    let made = walk.send("create_adoption", &format!("{}/adoptions", programme.url), None, &adopted).await;
    let url = programme.record("adoptions", &made);
    let view = walk.read(&url).await;
    let shown = [("", &view, ""), ("/share", &view, "/shared/share")];
    walk.compare("create_adoption", &adopted, &shown);
    walk.change("replace_adoption", &url, &url, &adopted).await;
    walk.compare("replace_adoption", &adopted, &shown);
    let body = json!({ "link": link["id"], "adoption": made["id"] });
    let told = walk.send("share_record", &format!("{}/shares", programme.url), None, &body).await;
    let view = walk.read(&programme.record("shares", &told)).await;
    walk.compare("share_record", &body, &[("", &view, ""), ("/adoption", &view, "/record")]);
}
