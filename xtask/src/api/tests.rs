//! Each promise broken on purpose, in a copy of the wire as it is.

use std::path::Path;

use serde_json::{Value, json};

use super::document::compare;
use super::finding::{Finding, Findings, Rule};
use super::schema::{Flow, Schemas};

fn wire() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api/openapi.json");
    serde_json::from_str(&std::fs::read_to_string(file).expect("the wire")).expect("JSON")
}

/// What is found if that is done to the present wire.
fn found(change: impl FnOnce(&mut Value)) -> Vec<Finding> {
    let before = wire();
    let mut after = before.clone();
    change(&mut after);
    assert_ne!(before, after, "it is another wire");
    compare(&before, &after)
}

fn broken(change: impl FnOnce(&mut Value)) -> Vec<String> {
    found(change).into_iter().filter(|one| one.breaks.is_some()).map(|one| one.to_string()).collect()
}

fn at<'v>(wire: &'v mut Value, pointer: &str) -> &'v mut Value {
    wire.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}"))
}

fn remove(wire: &mut Value, pointer: &str, name: &str) {
    at(wire, pointer)
        .as_object_mut()
        .expect("an object")
        .remove(name)
        .unwrap_or_else(|| panic!("{pointer}/{name}"));
}

const ENGAGEMENTS: &str = "/paths/~1v1~1programmes~1{programme}~1engagements";

#[test]
fn the_wire_breaks_nothing_that_it_promises_itself() {
    let wire = wire();
    assert_eq!(compare(&wire, &wire), []);
}

/// The promise, what is told, and what breaks it.
type Case = (Rule, &'static str, Box<dyn FnOnce(&mut Value)>);

#[test]
fn what_breaks_a_promise_is_named_with_the_promise() {
    let body = "/components/schemas/EngagementBody";
    let view = "/components/schemas/EngagementView";
    let cases: Vec<Case> = vec![
        (
            Rule::OperationStays,
            "operation-stays: list_engagements: GET /v1/programmes/{programme}/engagements is gone",
            Box::new(|wire| remove(wire, ENGAGEMENTS, "get")),
        ),
        (
            Rule::OperationStays,
            "operation-stays: list_engagements: is called \"engagements\" now",
            Box::new(|wire| *at(wire, &format!("{ENGAGEMENTS}/get/operationId")) = json!("engagements")),
        ),
        (
            Rule::OutputStays,
            "output-stays: EngagementView/title: is not answered any more",
            Box::new(move |wire| remove(wire, &format!("{view}/properties"), "title")),
        ),
        (
            Rule::OutputStays,
            "output-stays: create_engagement 201 ETag: is not answered any more",
            Box::new(|wire| remove(wire, &format!("{ENGAGEMENTS}/post/responses/201/headers"), "ETag")),
        ),
        (
            Rule::InputIsAccepted,
            "input-is-accepted: EngagementBody/costs: is not accepted any more",
            Box::new(move |wire| remove(wire, &format!("{body}/properties"), "costs")),
        ),
        (
            Rule::NothingNewIsRequired,
            "nothing-new-is-required: list_engagements query of: is new and required",
            Box::new(|wire| {
                let parameter =
                    json!({"in": "query", "name": "of", "required": true, "schema": {"type": "string"}});
                at(wire, &format!("{ENGAGEMENTS}/get/parameters"))
                    .as_array_mut()
                    .expect("a list")
                    .push(parameter);
            }),
        ),
        (
            Rule::NothingNewIsRequired,
            "nothing-new-is-required: EngagementBody/costs: is required now",
            Box::new(move |wire| {
                at(wire, &format!("{body}/required")).as_array_mut().expect("a list").push(json!("costs"));
            }),
        ),
        (
            Rule::TypeStays,
            "type-stays: EngagementBody/direction: \"joint\" is not accepted any more",
            Box::new(move |wire| {
                let values = at(wire, &format!("{body}/properties/direction/enum"));
                values.as_array_mut().expect("a list").retain(|value| value != "joint");
            }),
        ),
        (
            Rule::TypeStays,
            "type-stays: EngagementBody/end: null is not accepted any more",
            Box::new(move |wire| *at(wire, &format!("{body}/properties/end/type")) = json!("string")),
        ),
        (
            Rule::TypeStays,
            "type-stays: EngagementView/title: may be null now",
            Box::new(move |wire| {
                *at(wire, &format!("{view}/properties/title/type")) = json!(["string", "null"]);
            }),
        ),
        (
            Rule::StatusStays,
            "status-stays: create_engagement 201: is not answered any more",
            Box::new(|wire| {
                let responses = at(wire, &format!("{ENGAGEMENTS}/post/responses"));
                let created = responses.as_object_mut().expect("an object").remove("201").expect("created");
                responses["200"] = created;
            }),
        ),
        (
            Rule::DefaultStays,
            "default-stays: list_engagements query limit: means 20 if left out, for nothing",
            Box::new(|wire| {
                let parameters =
                    at(wire, &format!("{ENGAGEMENTS}/get/parameters")).as_array_mut().expect("a list");
                let limit = parameters.iter_mut().find(|one| one["name"] == "limit").expect("a limit");
                limit["schema"]["default"] = json!(20);
            }),
        ),
    ];
    for rule in Rule::ALL {
        assert!(cases.iter().any(|(one, ..)| *one == rule), "{}", rule.as_str());
    }
    for (rule, told, change) in cases {
        let found = broken(change);
        assert!(found.iter().any(|one| one == told), "{}: {found:#?}", rule.as_str());
    }
}

#[test]
fn what_only_adds_breaks_nothing_and_is_listed() {
    let found = found(|wire| {
        at(wire, "/components/schemas/EngagementView/properties")["language"] = json!({"type": "string"});
        at(wire, "/components/headers")["Sunset"] = json!({"schema": {"type": "string"}});
    });
    assert!(found.iter().any(|one| one.to_string() == "the header Sunset: is new"), "{found:#?}");
    assert!(!found.is_empty() && found.iter().all(|one| one.breaks.is_none()), "{found:#?}");
    assert!(found.iter().any(|one| one.to_string() == "EngagementView/language: is new"), "{found:#?}");
}

#[test]
fn a_closer_bound_of_what_is_sent_breaks_and_a_wider_one_does_not() {
    let compared = |before: Value, after: Value, flow| {
        let mut found = Findings::default();
        Schemas::of(&before, &after).compare(&before, &after, flow, "here", &mut found);
        found.sorted().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let text = |most: u32| json!({"type": "string", "maxLength": most});
    assert_eq!(
        compared(text(20), text(10), Flow::Sent),
        ["type-stays: here: has a closer bound, maxLength 10 for 20"]
    );
    assert_eq!(compared(text(10), text(20), Flow::Sent), ["here: has a wider bound than maxLength 10"]);
    assert_eq!(compared(text(20), text(10), Flow::Answered), [""; 0]);
}

#[test]
fn every_promise_on_the_wire_stands_in_the_policy() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/stability.md");
    let policy = std::fs::read_to_string(file).expect("the policy");
    for rule in Rule::ALL {
        assert!(policy.contains(&format!("`{}`", rule.as_str())), "{}", rule.as_str());
    }
}
