//! Two OpenAPI documents, operation by operation.

use serde_json::{Map, Value};

use super::finding::{Finding, Findings, Rule};
use super::schema::{Flow, Schemas, object, resolved};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];

/// What changed from one description of the wire to another.
pub(crate) fn compare(before: &Value, after: &Value) -> Vec<Finding> {
    let mut found = Findings::default();
    let mut schemas = Schemas::of(before, after);
    for (group, flow) in [("paths", Flow::Sent), ("webhooks", Flow::Answered)] {
        let (left, right) = (object(before, group), object(after, group));
        for (path, method, operation) in operations(left) {
            let name = name(operation, path, method);
            if let Some(now) = right.get(path).and_then(|item| item.get(method)) {
                compare_operations(&mut schemas, operation, now, flow, &name, &mut found);
            } else {
                let what = format!("{} {path} is gone", method.to_uppercase());
                found.breaks(Rule::OperationStays, &name, what);
            }
        }
        for (path, method, operation) in operations(right) {
            if left.get(path).and_then(|item| item.get(method)).is_none() {
                let what = format!("{} {path} is new", method.to_uppercase());
                found.adds(&name(operation, path, method), what);
            }
        }
    }
    // Told once, as a header is answered by many operations.
    let (left, right) = (object(&before["components"], "headers"), object(&after["components"], "headers"));
    for header in right.keys().filter(|header| !left.contains_key(*header)) {
        found.adds(&format!("the header {header}"), "is new");
    }
    found.sorted()
}

fn operations(paths: &Map<String, Value>) -> impl Iterator<Item = (&str, &'static str, &Value)> {
    paths.iter().flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| Some((path.as_str(), method, item.get(method)?)))
    })
}

fn name(operation: &Value, path: &str, method: &str) -> String {
    let id = operation.get("operationId").and_then(Value::as_str);
    id.map_or_else(|| format!("{method} {path}"), ToOwned::to_owned)
}

fn compare_operations<'d>(
    schemas: &mut Schemas<'d>,
    before: &'d Value,
    after: &'d Value,
    flow: Flow,
    name: &str,
    found: &mut Findings,
) {
    if let (Some(old), Some(new)) = (before.get("operationId"), after.get("operationId"))
        && old != new
    {
        found.breaks(Rule::OperationStays, name, format!("is called {new} now"));
    }
    parameters(schemas, before, after, name, found);
    let at = format!("{name} body");
    match (before.get("requestBody"), after.get("requestBody")) {
        (Some(left), Some(right)) => {
            let (left, right) = (resolved(schemas.before, left), resolved(schemas.after, right));
            if is_required(right) && !is_required(left) {
                found.breaks(Rule::NothingNewIsRequired, &at, "is required now");
            }
            let gone = if flow == Flow::Sent { Rule::InputIsAccepted } else { Rule::OutputStays };
            contents(schemas, left, right, (flow, gone), &at, found);
        }
        (Some(_), None) => found.breaks(Rule::InputIsAccepted, &at, "is not accepted any more"),
        (None, Some(right)) if is_required(resolved(schemas.after, right)) => {
            found.breaks(Rule::NothingNewIsRequired, &at, "is new and required");
        }
        (None, Some(_)) => found.adds(&at, "is new"),
        (None, None) => {}
    }
    responses(schemas, before, after, name, found);
}

fn is_required(value: &Value) -> bool {
    value.get("required") == Some(&Value::Bool(true))
}

fn parameters<'d>(
    schemas: &mut Schemas<'d>,
    before: &'d Value,
    after: &'d Value,
    name: &str,
    found: &mut Findings,
) {
    let (before, after) = (list(schemas.before, before), list(schemas.after, after));
    let key = |parameter: &Value| (parameter.get("in").cloned(), parameter.get("name").cloned());
    let place = |parameter: &Value| {
        let word = |field| parameter.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        format!("{name} {} {}", word("in"), word("name"))
    };
    for left in &before {
        let at = place(left);
        let Some(right) = after.iter().find(|right| key(right) == key(left)) else {
            found.breaks(Rule::InputIsAccepted, &at, "is not accepted any more");
            continue;
        };
        if is_required(right) && !is_required(left) {
            found.breaks(Rule::NothingNewIsRequired, &at, "is required now");
        }
        if let (Some(old), Some(new)) = (left.get("schema"), right.get("schema")) {
            schemas.compare(old, new, Flow::Sent, &at, found);
        }
    }
    for right in after.iter().filter(|right| !before.iter().any(|left| key(left) == key(right))) {
        if is_required(right) {
            found.breaks(Rule::NothingNewIsRequired, &place(right), "is new and required");
        } else {
            found.adds(&place(right), "is new");
        }
    }
}

fn list<'d>(document: &'d Value, operation: &'d Value) -> Vec<&'d Value> {
    let all = operation.get("parameters").and_then(Value::as_array);
    all.into_iter().flatten().map(|one| resolved(document, one)).collect()
}

fn responses<'d>(
    schemas: &mut Schemas<'d>,
    before: &'d Value,
    after: &'d Value,
    name: &str,
    found: &mut Findings,
) {
    let (before, after) = (object(before, "responses"), object(after, "responses"));
    for (status, left) in before {
        let at = format!("{name} {status}");
        let is_success = !status.starts_with(['4', '5']);
        let Some(now) = after.get(status) else {
            if is_success {
                found.breaks(Rule::StatusStays, &at, "is not answered any more");
            } else {
                found.adds(&at, "is not answered any more");
            }
            continue;
        };
        let (left, now) = (resolved(schemas.before, left), resolved(schemas.after, now));
        contents(schemas, left, now, (Flow::Answered, Rule::OutputStays), &at, found);
        for header in object(left, "headers").keys() {
            if !object(now, "headers").contains_key(header) {
                found.breaks(Rule::OutputStays, &format!("{at} {header}"), "is not answered any more");
            }
        }
    }
    for status in after.keys() {
        if !before.contains_key(status) {
            found.adds(&format!("{name} {status}"), "is new");
        }
    }
}

/// The bodies by media type. One that is gone breaks that rule.
fn contents<'d>(
    schemas: &mut Schemas<'d>,
    before: &'d Value,
    after: &'d Value,
    (flow, gone): (Flow, Rule),
    at: &str,
    found: &mut Findings,
) {
    let (before, after) = (object(before, "content"), object(after, "content"));
    for (media_type, left) in before {
        match after.get(media_type) {
            None => found.breaks(gone, at, format!("{media_type} is gone")),
            Some(now) => {
                if let (Some(old), Some(new)) = (left.get("schema"), now.get("schema")) {
                    schemas.compare(old, new, flow, at, found);
                }
            }
        }
    }
    for media_type in after.keys() {
        if !before.contains_key(media_type) {
            found.adds(at, format!("{media_type} is new"));
        }
    }
}
