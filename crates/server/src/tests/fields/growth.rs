//! Sends each list of each body longer and longer, and counts what that costs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sister_cities_measure::allocations::grows_gently;

use super::walk::{pattern, visit};

/// How long a list is made: below the limits that most have, and ten times as long.
const FEW: usize = 20;
const MANY: usize = 200;

/// What longer lists cost.
#[derive(Debug, Default)]
pub(super) struct Growth {
    /// The lists that were sent: as `operation /pointer`, with whether they were taken at both lengths.
    tried: BTreeMap<String, bool>,
    /// Those that cost more than their length.
    steep: BTreeSet<String>,
}

/// A list of a body at three lengths.
pub(super) struct Longer {
    pub(super) name: String,
    pub(super) bodies: [Value; 3],
}

impl Growth {
    /// A body with each of its lists in turn made longer, but for those that were sent before.
    pub(super) fn of(&self, operation: &str, body: &Value) -> Vec<Longer> {
        let mut lists = BTreeMap::new();
        visit(body, "", &mut |pointer, value| {
            if value.as_array().is_some_and(|items| !items.is_empty()) {
                let name = format!("{operation} {}", pattern(&format!("{pointer}/0")));
                lists.entry(name).or_insert_with(|| pointer.to_owned());
            }
        });
        lists.retain(|name, _| !self.tried.contains_key(name));
        let at_lengths = |list: &str| [1, FEW, MANY].map(|length| longer(body, list, length));
        lists.into_iter().map(|(name, list)| Longer { bodies: at_lengths(&list), name }).collect()
    }

    /// Notes what the three cost, and whether they were taken: what is taken is written, and what is refused has been read.
    pub(super) fn saw(&mut self, name: String, costs: [u64; 3], taken: [bool; 3]) {
        let [one, few, many] = costs;
        if !grows_gently(one, few, many) {
            self.steep.insert(format!("{name}: {costs:?} allocations for 1, {FEW} and {MANY}"));
        }
        self.tried.insert(name, taken[1] && taken[2]);
    }

    /// Fails if a list costs more than its length, or too few were looked at to say so.
    pub(super) fn finish(self) {
        let Self { tried, steep } = self;
        assert!(steep.is_empty(), "{steep:#?}");
        let taken = tried.values().filter(|taken| **taken).count();
        assert!(tried.len() >= 60, "{} lists", tried.len());
        assert!(taken >= 20, "only {taken} of {} were taken at both lengths: {tried:#?}", tried.len());
    }
}

/// The body with a list of that length: its items over and over, each with words of its own.
fn longer(body: &Value, list: &str, length: usize) -> Value {
    let mut body = body.clone();
    if let Some(items) = body.pointer_mut(list).and_then(Value::as_array_mut) {
        let samples = items.clone();
        *items = (0..length).map(|at| other(&samples[at % samples.len()], at)).collect();
    }
    body
}

/// An item with that number in its words; ids, dates and names of things stay.
fn other(item: &Value, number: usize) -> Value {
    match item {
        Value::String(text) if text.contains(' ') => Value::String(format!("{text} {number}")),
        Value::Object(fields) => {
            let other = |(name, value): (&String, &Value)| (name.clone(), other(value, number));
            Value::Object(fields.iter().map(other).collect())
        }
        Value::Array(items) => items.iter().map(|item| other(item, number)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => item.clone(),
    }
}
