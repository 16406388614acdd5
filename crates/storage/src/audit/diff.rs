//! What changed between two bodies, field by field.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::FieldChange;
use crate::json::below;

/// Compares two bodies.
///
/// Objects are compared field by field. Lists are compared from both ends; what differs in between is compared place by
/// place, and what is left over was added or removed.
pub(crate) fn fields(old: &Json, new: &Json) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare(Some(old), Some(new), &mut String::new(), &mut changes);
    changes
}

fn compare(old: Option<&Json>, new: Option<&Json>, pointer: &mut String, changes: &mut Vec<FieldChange>) {
    match (old, new) {
        (old, new) if old == new => {}
        (Some(Json::Object(old)), Some(Json::Object(new))) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                below(pointer, name, |pointer| compare(old.get(name), new.get(name), pointer, changes));
            }
        }
        (Some(Json::Array(old)), Some(Json::Array(new))) => {
            let begin = old.iter().zip(new).take_while(|(old, new)| old == new).count();
            let ends = old[begin..].iter().rev().zip(new[begin..].iter().rev());
            let end = ends.take_while(|(old, new)| old == new).count();
            let (old, new) = (&old[begin..old.len() - end], &new[begin..new.len() - end]);
            for place in 0..old.len().max(new.len()) {
                let step = (begin + place).to_string();
                below(pointer, &step, |pointer| compare(old.get(place), new.get(place), pointer, changes));
            }
        }
        (old, new) => {
            changes.push(FieldChange { pointer: pointer.clone(), old: old.cloned(), new: new.cloned() });
        }
    }
}
