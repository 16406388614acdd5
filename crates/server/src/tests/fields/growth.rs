//! Sends each list of each body longer and longer, and counts what that costs.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sister_cities_measure::allocations::{counted_while, grows_gently};

use super::walk::{pattern, visit};
use crate::tests::site::Got;

/// How long a list is made: below the limits that most have, and ten times as long.
const FEW: usize = 20;
const MANY: usize = 200;

/// What longer lists cost.
#[derive(Debug, Default)]
pub(super) struct Growth {
    /// The lists that were sent: as `operation /pointer`, with whether they were taken at both lengths.
    tried: RefCell<BTreeMap<String, bool>>,
    /// Those that cost more than their length.
    steep: RefCell<BTreeSet<String>>,
}

impl Growth {
    /// Sends a body with each of its lists in turn made longer. What is taken is written, and what is refused has been read.
    pub(super) async fn try_out(&self, operation: &str, body: &Value, send: impl AsyncFn(&Value) -> Got) {
        let mut lists = Vec::new();
        visit(body, "", &mut |pointer, value| {
            if value.as_array().is_some_and(|items| !items.is_empty()) {
                lists.push(pointer.to_owned());
            }
        });
        for list in lists {
            let name = format!("{operation} {}", pattern(&format!("{list}/0")));
            if self.tried.borrow().contains_key(&name) {
                continue;
            }
            let mut taken = Vec::new();
            let mut costs = Vec::new();
            for length in [1, FEW, MANY] {
                let longer = longer(body, &list, length);
                let (got, cost) = counted_while(send(&longer)).await;
                assert!(got.status < 500, "{name}: {length}: {}", got.text());
                taken.push(got.status < 300);
                costs.push(cost);
            }
            if !grows_gently(costs[0], costs[1], costs[2]) {
                let steep = format!("{name}: {costs:?} allocations for 1, {FEW} and {MANY}");
                self.steep.borrow_mut().insert(steep);
            }
            self.tried.borrow_mut().insert(name, taken[1] && taken[2]);
        }
    }

    /// Fails if a list costs more than its length, or too few were looked at to say so.
    pub(super) fn finish(self) {
        let (tried, steep) = (self.tried.into_inner(), self.steep.into_inner());
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
