//! Two schemas of the same thing: what of the later one whoever relies on the earlier one would notice.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::finding::{Findings, Rule};

/// Who makes what a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Flow {
    /// A client: it may send no less than before.
    Sent,
    /// We: it reads no more than before, but for fields that are new.
    Answered,
}

/// Bounds of what is sent: the greater, the stricter.
const LEAST: [&str; 4] = ["minLength", "minItems", "minimum", "minProperties"];
/// The lesser, the stricter.
const MOST: [&str; 4] = ["maxLength", "maxItems", "maximum", "maxProperties"];
/// Any change may be stricter.
const FORM: [&str; 3] = ["pattern", "format", "uniqueItems"];

/// Compares schemas of two documents. References lead into those.
pub(crate) struct Schemas<'d> {
    pub(crate) before: &'d Value,
    pub(crate) after: &'d Value,
    /// Pairs that were compared, or are being compared.
    seen: HashSet<(String, String, Flow)>,
}

impl<'d> Schemas<'d> {
    pub(crate) fn of(before: &'d Value, after: &'d Value) -> Self {
        Self { before, after, seen: HashSet::new() }
    }

    pub(crate) fn compare(
        &mut self,
        before: &'d Value,
        after: &'d Value,
        flow: Flow,
        at: &str,
        found: &mut Findings,
    ) {
        let mut at = at;
        if let (Some(left), Some(right)) = (reference(before), reference(after)) {
            if !self.seen.insert((left.to_owned(), right.to_owned(), flow)) {
                return;
            }
            // What many refer to is told once, by its own name.
            at = last_part(left);
        }
        let (before, after) = (resolved(self.before, before), resolved(self.after, after));
        self.alternatives(before, after, flow, at, found);
        types(before, after, flow, at, found);
        values(before, after, flow, at, found);
        if flow == Flow::Sent {
            bounds(before, after, at, found);
            default(before, after, at, found);
        }
        self.fields(before, after, flow, at, found);
        for (part, place) in [("items", "/*"), ("additionalProperties", "/*")] {
            match (before.get(part), after.get(part)) {
                (Some(left), Some(right)) if left.is_object() && right.is_object() => {
                    self.compare(left, right, flow, &format!("{at}{place}"), found);
                }
                (left, Some(Value::Bool(false)))
                    if flow == Flow::Sent && left != Some(&Value::Bool(false)) =>
                {
                    found.breaks(Rule::InputIsAccepted, at, "fields beside the known ones are refused now");
                }
                _ => {}
            }
        }
    }

    /// `anyOf`: each alternative is compared with the one that stands for the same.
    fn alternatives(
        &mut self,
        before: &'d Value,
        after: &'d Value,
        flow: Flow,
        at: &str,
        found: &mut Findings,
    ) {
        let list = |schema: &'d Value| schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice);
        let (before, after) = match (list(before), list(after)) {
            (None, None) => return,
            (Some(before), Some(after)) => (before, after),
            // What was one thing is one of several now, or the other way round.
            (Some(before), None) => (before, std::slice::from_ref(after)),
            (None, Some(after)) => (std::slice::from_ref(before), after),
        };
        for left in before {
            match after.iter().find(|right| stand_for_the_same(left, right)) {
                Some(right) => self.compare(left, right, flow, at, found),
                None if flow == Flow::Sent => {
                    found.breaks(Rule::TypeStays, at, format!("{} is not accepted any more", named(left)));
                }
                None => found.adds(at, format!("is never {} any more", named(left))),
            }
        }
        for right in after.iter().filter(|right| !before.iter().any(|left| stand_for_the_same(left, right))) {
            match flow {
                Flow::Sent => found.adds(at, format!("may be {} too", named(right))),
                Flow::Answered => {
                    found.breaks(Rule::TypeStays, at, format!("may be {} now", named(right)));
                }
            }
        }
    }

    fn fields(&mut self, before: &'d Value, after: &'d Value, flow: Flow, at: &str, found: &mut Findings) {
        let (left, right) = (object(before, "properties"), object(after, "properties"));
        let required = |schema: &Value, name: &str| {
            let list = schema.get("required").and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|one| one == name))
        };
        for (name, schema) in left {
            let place = format!("{at}/{name}");
            let Some(now) = right.get(name) else {
                match flow {
                    Flow::Sent => found.breaks(Rule::InputIsAccepted, &place, "is not accepted any more"),
                    Flow::Answered => found.breaks(Rule::OutputStays, &place, "is not answered any more"),
                }
                continue;
            };
            match (flow, required(before, name), required(after, name)) {
                (Flow::Sent, false, true) => {
                    found.breaks(Rule::NothingNewIsRequired, &place, "is required now");
                }
                (Flow::Answered, true, false) => {
                    found.breaks(Rule::OutputStays, &place, "may be missing now");
                }
                _ => {}
            }
            self.compare(schema, now, flow, &place, found);
        }
        // What had no fields at all says nothing of them.
        for name in right.keys().filter(|name| !left.is_empty() && !left.contains_key(*name)) {
            let place = format!("{at}/{name}");
            if flow == Flow::Sent && required(after, name) {
                found.breaks(Rule::NothingNewIsRequired, &place, "is new and required");
            } else {
                found.adds(&place, "is new");
            }
        }
    }
}

/// A part of a description, by its names; empty if there is none.
pub(crate) fn object<'d>(value: &'d Value, part: &str) -> &'d Map<String, Value> {
    static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    value.get(part).and_then(Value::as_object).unwrap_or(&EMPTY)
}

/// What a reference leads to, or the value itself.
pub(crate) fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let mut value = value;
    // A document that refers to itself in a circle describes nothing.
    for _ in 0..8 {
        let Some(pointer) = reference(value).and_then(|reference| reference.strip_prefix('#')) else { break };
        match document.pointer(pointer) {
            Some(found) => value = found,
            None => break,
        }
    }
    value
}

fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

fn last_part(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

fn stand_for_the_same(left: &Value, right: &Value) -> bool {
    match (reference(left), reference(right)) {
        (Some(left), Some(right)) => left == right,
        (None, None) => type_names(left) == type_names(right),
        _ => false,
    }
}

fn named(schema: &Value) -> String {
    match reference(schema) {
        Some(reference) => last_part(reference).to_owned(),
        None => type_names(schema).into_iter().collect::<Vec<_>>().join(" or "),
    }
}

fn type_names(schema: &Value) -> BTreeSet<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => BTreeSet::from([one.as_str()]),
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => BTreeSet::new(),
    }
}

fn types(before: &Value, after: &Value, flow: Flow, at: &str, found: &mut Findings) {
    let (before, after) = (type_names(before), type_names(after));
    if before.is_empty() || after.is_empty() {
        return;
    }
    // Every integer is a number.
    let covers = |types: &BTreeSet<&str>, one: &str| {
        types.contains(one) || (one == "integer" && types.contains("number"))
    };
    for gone in before.iter().filter(|one| !covers(&after, one)) {
        match flow {
            Flow::Sent => found.breaks(Rule::TypeStays, at, format!("{gone} is not accepted any more")),
            Flow::Answered => found.adds(at, format!("is never {gone} any more")),
        }
    }
    for new in after.iter().filter(|one| !covers(&before, one)) {
        match flow {
            Flow::Sent => found.adds(at, format!("may be {new} too")),
            Flow::Answered => found.breaks(Rule::TypeStays, at, format!("may be {new} now")),
        }
    }
}

/// New values are answered at any time: whoever reads them has to bear one that they do not know.
fn values(before: &Value, after: &Value, flow: Flow, at: &str, found: &mut Findings) {
    let list = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    match (list(before), list(after)) {
        (Some(before), Some(after)) => {
            for gone in before.iter().filter(|one| !after.contains(one)) {
                match flow {
                    Flow::Sent => {
                        found.breaks(Rule::TypeStays, at, format!("{gone} is not accepted any more"));
                    }
                    Flow::Answered => found.adds(at, format!("is never {gone} any more")),
                }
            }
            for new in after.iter().filter(|one| !before.contains(one)) {
                found.adds(at, format!("may be {new} too"));
            }
        }
        (None, Some(_)) if flow == Flow::Sent => {
            found.breaks(Rule::TypeStays, at, "only some values are accepted now");
        }
        _ => {}
    }
}

fn bounds(before: &Value, after: &Value, at: &str, found: &mut Findings) {
    let number = |schema: &Value, name: &str| schema.get(name).and_then(Value::as_f64);
    for (names, is_stricter) in
        [(LEAST, (|old: f64, new: f64| new > old) as fn(f64, f64) -> bool), (MOST, |old, new| new < old)]
    {
        for name in names {
            match (number(before, name), number(after, name)) {
                (None, Some(new)) => {
                    found.breaks(Rule::TypeStays, at, format!("has a new bound, {name} {new}"));
                }
                (Some(old), Some(new)) if is_stricter(old, new) => {
                    found.breaks(Rule::TypeStays, at, format!("has a closer bound, {name} {new} for {old}"));
                }
                (Some(old), new) if new != Some(old) => {
                    found.adds(at, format!("has a wider bound than {name} {old}"));
                }
                _ => {}
            }
        }
    }
    for name in FORM {
        match (before.get(name), after.get(name)) {
            (_, None) | (None, Some(Value::Bool(false))) => {}
            (old, new) if old == new => {}
            (_, Some(new)) => found.breaks(
                Rule::TypeStays,
                at,
                format!("has another {name}, {new}, which may refuse what was accepted"),
            ),
        }
    }
}

fn default(before: &Value, after: &Value, at: &str, found: &mut Findings) {
    let (old, new) = (before.get("default"), after.get("default"));
    if old != new {
        let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
        let what = format!("means {} if left out, for {}", shown(new), shown(old));
        found.breaks(Rule::DefaultStays, at, what);
    }
}
