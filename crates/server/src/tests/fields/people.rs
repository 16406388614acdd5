//! Organisations and people.

use serde_json::json;

use super::records::Programme;
use super::walk::{Change, Rest, Walk};

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme) {
    let url = format!("{}/organisations", programme.url);
    let mut others = Vec::new();
    for name in ["The city", "The county"] {
        let body = json!({ "name": name, "kind": "municipality" });
        others.push(walk.send("create_organisation", &url, None, &body).await["id"].clone());
    }
    let (place, other_place) = (programme.host.clone(), programme.new_place(walk, "Cologne").await);
    let base = json!({
        "name": "Школа № 1", "latin_name": "School No. 1", "kind": "school", "place": place, "parent": others[0],
        "register_ids": [{ "scheme": "de-hrb", "value": "HRB 42" }], "website": "https://one.example.org/",
        "notes": [{ "text": "Has a choir", "source": "The choir" }], "source": "Its own page",
    });
    let other = json!({
        "name": "Ліцей № 2", "latin_name": "Lyceum No. 2", "kind": "cookery-school", "place": other_place,
        "parent": others[1], "register_ids": [{ "scheme": "de-vr", "value": "VR 4711" }],
        "website": "https://two.example.org/", "notes": [{ "text": "Has a band", "source": "The band" }],
        "source": "A letter",
    });
    let made = walk.send("create_organisation", &url, None, &base).await;
    let url = programme.record("organisations", &made);
    let view = walk.read(&url).await;
    walk.compare("create_organisation", &base, &[("", &view, "")]);
    let operation = "replace_organisation";
    let change = Change { operation, url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;
    person(walk, programme, (&others[0], &others[1])).await;
}

async fn person(
    walk: &mut Walk<'_>,
    programme: &Programme,
    (one, two): (&serde_json::Value, &serde_json::Value),
) {
    // What the samples show is covered twice, so that each consent can be changed alone and nothing is shown without one.
    let covered = [
        ("members", "name"),
        ("public", "name"),
        ("members", "email"),
        ("partner_city", "email"),
        ("members", "phone"),
        ("partner_city", "phone"),
        ("members", "post"),
        ("partner_city", "post"),
        ("members", "affiliation"),
        ("public", "affiliation"),
    ];
    let other_of = |audience: &str| if audience == "members" { "public" } else { "members" };
    let consents = |other: bool, until: &str, given_in: &str| {
        let [purpose, on, source] =
            if other { ["A list", "2021-02", "A call"] } else { ["A talk", "2021-01", "A letter"] };
        let mut all = vec![json!({
            "audiences": ["members"], "facts": ["name"], "purpose": purpose, "given_on": on, "withdrawn_on": until,
            "source": source, "given_in": given_in,
        })];
        for (audience, fact) in covered.iter().chain(&covered) {
            let audience = if other { other_of(audience) } else { audience };
            let fact = match (other, *fact) {
                (true, "name") => "email",
                (true, _) => "name",
                (false, fact) => fact,
            };
            all.push(json!({
                "audiences": [audience], "facts": [fact], "purpose": purpose, "given_on": on, "source": source,
            }));
        }
        if other {
            all[0]["audiences"] = json!(["public"]);
            all[0]["facts"] = json!(["email"]);
        }
        json!(all)
    };
    let base = json!({
        "name": "Іванна Мустер", "latin_name": "Iwanna Muster", "other_names": ["I. Muster"],
        "pronunciation": "ee-WAH-nah", "form_of_address": "Ms Muster",
        "emails": [{ "address": "iwanna@example.org", "label": "office", "shown_to": ["members"] }],
        "phones": [{ "number": "+441214960000", "label": "office", "shown_to": ["members"] }],
        "posts": [{ "lines": ["1 Example Street"], "country": "UA", "label": "office", "shown_to": ["members"] }],
        "affiliations": [{ "organisation": one, "name": "The city", "position": "Head", "label": "now", "shown_to": ["members"] }],
        "languages": ["uk"], "zone": "Europe/Kyiv", "shown_to": ["members"],
        "reading": { "hours": "Mo-Fr 08:00-12:00", "rhythm": "daily", "country": "UA", "digests_refused": true },
        "consents": consents(false, "2022-01-01", "per_01kdvdna00fzh827y14ve6y000"),
        "notes": [{ "text": "Likes tea", "source": "The desk" }], "source": "Her card",
    });
    let other = json!({
        "name": "Іванна Інша", "latin_name": "Iwanna Other", "other_names": ["I. Other"],
        "pronunciation": "ee-wah-NAH", "form_of_address": "Dr Other",
        "emails": [{ "address": "other@example.org", "label": "home", "shown_to": ["partner_city"] }],
        "phones": [{ "number": "+441214960001", "label": "home", "shown_to": ["partner_city"] }],
        "posts": [{ "lines": ["2 Example Street"], "country": "PL", "label": "home", "shown_to": ["partner_city"] }],
        "affiliations": [{ "organisation": two, "name": "The county", "position": "Deputy", "label": "then", "shown_to": ["public"] }],
        "languages": ["pl"], "zone": "Europe/Warsaw", "shown_to": ["public"],
        "reading": { "hours": "Tu,Th 10:00-16:30", "rhythm": "weekly", "country": "PL", "digests_refused": false },
        "consents": consents(true, "2022-02-01", "per_01kdvdna01fgjssb47h01xj001"),
        "notes": [{ "text": "Likes coffee", "source": "The host" }], "source": "Her letter",
    });
    let url = format!("{}/persons", programme.url);
    let made = walk.send("create_person", &url, None, &base).await;
    let url = programme.record("persons", &made);
    let view = walk.read(&url).await;
    walk.compare("create_person", &base, &[("", &view, "")]);
    let change =
        Change { operation: "replace_person", url: &url, read: &url, rest: Rest::Repeated, at: ("", "") };
    walk.one_by_one(change, &base, &other).await;

    let twin = walk
        .send("create_person", &format!("{}/persons", programme.url), None, &json!({ "name": "Iwanna" }))
        .await;
    let named = json!({ "person": twin["id"] });
    // What was not merged could not be taken out again.
    walk.change("merge_person", &format!("{url}/merge"), &url, &named).await;
    walk.change("unmerge_person", &format!("{url}/unmerge"), &url, &named).await;
    walk.change("keep_persons_apart", &format!("{url}/keep-apart"), &url, &named).await;
    let view = walk.read(&url).await;
    walk.compare("keep_persons_apart", &named, &[("/person", &view, "/kept_apart/0")]);
    let view = walk.read(&programme.record("persons", &twin)).await;
    for operation in ["merge_person", "unmerge_person"] {
        walk.compare(operation, &named, &[("/person", &view, "/id")]);
    }
}
