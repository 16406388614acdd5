//! No field is forgotten when a view becomes a body: what is said again is all that was shown.

use std::fmt;

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::IncompleteView;
use crate::committee::{CommitteeBody, CommitteeView};
use crate::due::{DuePolicyBody, DuePolicyView};
use crate::engagement::{EngagementBody, EngagementView};
use crate::organisation::{OrganisationBody, OrganisationView};
use crate::person::{PersonBody, PersonView};
use crate::place::{PlaceBody, PlaceView};
use crate::practice::{PracticeBody, PracticeView};
use crate::programme::{KindBody, KindView};
use crate::role::{RoleBody, RoleView};

const ID: &str = "01h455vb4pex5vsknk084sn02q";

fn id(prefix: &str) -> String {
    format!("{prefix}_{ID}")
}

/// Takes the view for a body; each field that a body can have is there, and says what the view says.
fn says_all_again<View, Body>(shown: Value)
where
    View: DeserializeOwned + Serialize,
    Body: TryFrom<View, Error: fmt::Debug> + Serialize + JsonSchema,
{
    let view: View = serde_json::from_value(shown).expect("a view");
    let shown = serde_json::to_value(&view).expect("JSON");
    let said = serde_json::to_value(Body::try_from(view).expect("a body")).expect("JSON");
    let schema = schema_for!(Body);
    let fields = schema.get("properties").and_then(Value::as_object).expect("fields");
    assert!(fields.len() > 4, "{fields:?}");
    for field in fields.keys() {
        assert!(shown.get(field).is_some(), "the sample has no {field}");
        assert_eq!(said.get(field), shown.get(field), "{field}");
    }
}

fn place() -> Value {
    json!({
        "id": id("plc"), "revision": 3, "display_name": "Kyiv", "level": "city", "country": "UA", "admin1": "Kyiv City",
        "names": [{"text": "Київ", "language": "uk", "from": "1991", "to": "2020", "role": "official"}],
        "point": {"latitude": 50.45, "longitude": 30.52}, "zone": "Europe/Kyiv", "identity": "resolved",
        "population": [{"people": 2_952_301, "year": 2022, "source": "census"}],
        "external_ids": {"geonames": 703_448, "wikidata": "Q1899", "unlocode": "UAIEV"},
    })
}

#[test]
fn a_place_is_said_again_whole() {
    says_all_again::<PlaceView, PlaceBody>(place());
}

#[test]
fn an_engagement_is_said_again_whole() {
    says_all_again::<EngagementView, EngagementBody>(json!({
        "id": id("eng"), "revision": 2, "partnership": id("prt"), "title": "Harbour engineers", "foci": ["business"],
        "direction": "inbound", "start": "2024-05-17", "end": "2024-05-20",
        "participants": [{"side": "counterpart", "role": "delegate", "people": 4}],
        "organisations": [{"name": "Aston University", "side": "counterpart", "representatives": ["A. Nowak"],
                           "organisation": id("org"), "represented_by": [id("per")]}],
        "costs": [{"party": "Chicago", "amount": "2500.00 USD"}], "outcomes": ["two contracts"], "follow_up": true,
        "evidence": "took_part", "mutuality": "mutual", "source": "diary", "happening": "held",
        "notes": [{"text": "A remark.", "source": "the mayor"}],
    }));
}

#[test]
fn organisations_and_committees_are_said_again_whole() {
    says_all_again::<OrganisationView, OrganisationBody>(json!({
        "id": id("org"), "revision": 2, "name": "Університет", "latin_name": "University", "kind": "school",
        "place": id("plc"), "parent": id("org"), "register_ids": [{"scheme": "lei", "value": "529900T8BM49AURSDO55"}],
        "website": "https://example.org/", "notes": [{"text": "A remark."}], "source": "its page",
    }));
    says_all_again::<CommitteeView, CommitteeBody>(json!({
        "id": id("cmt"), "revision": 2, "name": "Birmingham Committee", "partnership": id("prt"), "theme": "medicine",
        "place": id("plc"), "appointed_by": "Mayor", "seats": 12, "term_months": 36, "functions": ["chair"],
        "from": "1993", "to": "2020", "source": "by-laws", "notes": [{"text": "A remark."}],
    }));
}

#[test]
fn people_and_their_roles_are_said_again_whole() {
    says_all_again::<RoleView, RoleBody>(json!({
        "id": id("rol"), "revision": 2, "person": id("per"), "committee": id("cmt"), "organisation": id("org"),
        "place": id("plc"), "function": "chair", "office": "Chairwoman", "from": "2005", "to": "2008-06-30",
        "term_end": "2008-12-31", "appointed_by": "Mayor", "fills_term_of": id("rol"), "source": "minutes",
        "notes": [{"text": "A remark."}],
    }));
    says_all_again::<PersonView, PersonBody>(json!({
        "id": id("per"), "revision": 2, "seen_by": "desk", "name": "Олена", "latin_name": "Olena",
        "other_names": ["Lena"], "pronunciation": "o-LE-na", "form_of_address": "Pani",
        "emails": [{"address": "olena@example.org", "shown_to": ["public"]}],
        "phones": [{"number": "+441214960000"}], "posts": [{"lines": ["1 High Street"], "country": "GB"}],
        "affiliations": [{"organisation": id("org"), "position": "Dean"}], "languages": ["uk", "en"],
        "zone": "Europe/Kyiv", "reading": {"hours": "Mo-Fr 09:00-17:00", "digests_refused": true},
        "shown_to": ["public"], "notes": [{"text": "A remark."}], "source": "her card",
        "consents": [{"audiences": ["public"], "facts": ["email"], "purpose": "the list", "given_on": "2024-05",
                      "source": "a form"}],
    }));
}

#[test]
fn a_practice_is_said_again_whole() {
    says_all_again::<PracticeView, PracticeBody>(json!({
        "id": id("prc"), "revision": 2, "title": "One door", "problem": "Many doors.", "approach": "One house.",
        "evidence": "1,000 found work.", "cost": {"amount": "250000.00 GBP", "words": "a year"},
        "contact": {"office": "Head of Employment"}, "origin": {"place": id("plc"), "organisation": id("org")},
        "topics": ["workforce"], "since": "2004", "sources": ["Post"], "notes": [{"text": "A remark."}],
    }));
}

#[test]
fn kinds_and_policies_are_said_again_whole() {
    let vitality = json!({
        "half_life_days": 730, "capacity": 10.0, "one_sided_factor": 0.5, "half_score_energy": 3.0, "active_at": 40.0,
        "cooling_below": 30.0, "reviving_at": 20.0, "dormant_below": 10.0, "lively_energy": 9.0,
    });
    says_all_again::<KindView, KindBody>(json!({
        "key": "sister-city", "names": [{"language": "en", "name": "sister city"}], "wordings": ["twin town"],
        "signed_agreement": "required", "max_term_months": 60, "open_ended": "allowed", "headline": "counted",
        "vitality": vitality, "source": "resolution",
    }));
    says_all_again::<DuePolicyView, DuePolicyBody>(json!({
        "owner": {"office": "Desk"}, "rules": [{"kind": "anniversary", "lead": "P60D", "allowed": "P1D"}],
        "escalation": [{"after": "P14D", "to": {"office": "Head"}}], "anniversary_every_months": 60,
        "touch_every_months": 6,
    }));
}

#[test]
fn what_would_lose_something_is_not_said_again() {
    let mut newer = place();
    newer["level"] = "archipelago".into();
    let newer: PlaceView = serde_json::from_value(newer).expect("a place");
    let refused = PlaceBody::try_from(newer).expect_err("an unknown word");
    assert_eq!(refused.to_string(), "its level is \"archipelago\", which this version does not know");
    let mut of_a_day = place();
    of_a_day["as_of"] = "1990-01-01".into();
    let of_a_day: PlaceView = serde_json::from_value(of_a_day).expect("a place");
    assert!(matches!(PlaceBody::try_from(of_a_day), Err(IncompleteView::AsOf(_))));
}
