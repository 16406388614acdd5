//! Due work as it is read in the morning.

use serde_json::{Value, json};
use sister_cities_client::api::programme::ProgrammeView;

use super::*;
use crate::show::text::width;

const HOST: &str = "plc_01h455vb4pex5vsknk084sn02q";
const BOND: &str = "prt_01h455vb4pex5vsknk084sn001";

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("as the wire has it")
}

fn perspective() -> Perspective {
    let numbers = json!({"half_life_days": 365, "capacity": 2.0, "one_sided_factor": 0.25, "half_score_energy": 1.5,
        "active_at": 40.0, "cooling_below": 25.0, "reviving_at": 20.0, "dormant_below": 10.0, "lively_energy": 6.0});
    let programme: ProgrammeView = read(json!({
        "id": "prg_01h455vb4pex5vsknk084sn02q", "revision": 1, "name": "Chicago Sister Cities", "host": HOST,
        "language": "en", "currency": "USD", "kinds": [], "vitality": numbers, "one_per_country": "not_advised",
        "retention": {},
        "due": {"rules": [], "escalation": [], "anniversary_every_months": 60, "touch_every_months": 12}
    }));
    Perspective { programme }
}

fn item(kind: &str, letters: &str, due_on: &str, when: &str, reason: &str, what_to_do: &str) -> DueItemView {
    read(json!({
        "id": format!("due_0zan855fsqhggv8yhxa9{letters}"), "kind": kind, "subject": BOND, "partnership": BOND,
        "due_on": due_on, "when": when, "reason": reason, "what_to_do": what_to_do,
    }))
}

/// P: 80 columns.
fn shown(render: impl FnOnce(&mut Renderer)) -> String {
    let mut out = Renderer::PLAIN;
    render(&mut out);
    for line in out.text.lines() {
        assert!(width(line) <= 80, "{line}");
    }
    out.text
}

#[test]
fn an_officer_opens_what_is_due_in_the_morning() {
    let head: ResponsibleBody = read(json!({"office": "Head of the international office"}));
    let mut milan = item(
        "partnership_stepped_down",
        "m345sb",
        "2026-09-01",
        "overdue",
        "Milan has been dormant since 2 August 2026.",
        "Decide: a plan to reawaken it, a review with a deadline, or its end.",
    );
    milan.escalated =
        Some(read(json!({"since": "2026-10-01", "to": {"office": "Head of the international office"}})));
    let mut pune = item(
        "request_unanswered",
        "aa0001",
        "2026-12-03",
        "this_week",
        "Pune asked on 3 November 2026 and nobody has taken it up.",
        "Answer the request: take it up, or decline it with a reason.",
    );
    pune.owner = Some(head);
    let osaka = item(
        "anniversary",
        "zz9w1p",
        "2028-10-09",
        "later",
        "On 10 October 2028 the partnership with Osaka is 55 years old. The day begins there before it does here.",
        "Agree with the other side how to keep it: a delegation, a reaffirmation, a festival.",
    );
    insta::assert_snapshot!(shown(|out| list(&perspective(), &[milan, pune, osaka], &Names::default(), out)));
    insta::assert_snapshot!("nothing_is_due", shown(|out| list(&perspective(), &[], &Names::default(), out)));
}

#[test]
fn every_partnership_has_a_next_touch_with_its_reason_and_owner() {
    let touch = |city: &str, on: &str, more: Value| -> NextTouchView {
        let members = json!([
            {"place": HOST, "name": "Chicago", "country": "US"},
            {"place": "plc_01h455vb4pex5vsknk084sn009", "name": city, "country": "IT"},
        ]);
        let mut touch = json!({"partnership": BOND, "members": members, "on": on});
        touch.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        read(touch)
    };
    let desk = json!({"office": "Desk officer for Southern Europe and the Mediterranean"});
    let touches = [
        touch(
            "Milan",
            "2026-09-01",
            json!({"because": "due", "kind": "partnership_stepped_down", "owner": desk}),
        ),
        touch("Casablanca", "2026-12-31", json!({"because": "proposed"})),
        touch("Osaka", "2027-02-10", json!({"because": "planned"})),
    ];
    insta::assert_snapshot!(shown(|out| next_touches(&perspective(), &touches, &Names::default(), out)));
}

#[test]
fn an_answer_is_shown_as_it_is_kept() {
    let said = read(json!({
        "id": "due_0zan855fsqhggv8yhxa9m345sb", "revision": 3, "kind": "partnership_stepped_down", "subject": BOND,
        "due_on": "2026-09-01", "snoozed_until": "2026-12-15", "handed_to": {"office": "Desk officer"},
        "done_on": "2026-12-16", "remark": "Their office invites us in May",
    }));
    insta::assert_snapshot!(shown(|out| response(&said, &Names::default(), out)));
}
