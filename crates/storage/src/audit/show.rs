//! What of a change may be shown to whom, by how private each field is.

use serde_json::{Value as Json, json};
use sister_cities_domain::id::RecordKind;

use super::FieldChange;
use crate::catalogue::{DataClass, KindDescription, describe};
use crate::json::below;

impl FieldChange {
    /// The change of a record of that kind as it may be shown to those who may see `most` and what is less private. Instead of
    /// every value that is more private stands `{"withheld": …}` with the name of its class.
    #[must_use]
    pub fn shown(&self, kind: RecordKind, most: DataClass) -> Self {
        let shown = |value: &Json| hide(value, &mut self.pointer.clone(), describe(kind), most);
        Self {
            pointer: self.pointer.clone(),
            old: self.old.as_ref().map(shown),
            new: self.new.as_ref().map(shown),
        }
    }
}

fn hide(value: &Json, pointer: &mut String, kind: &KindDescription, most: DataClass) -> Json {
    match value {
        Json::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let shown = below(pointer, name, |pointer| hide(value, pointer, kind, most));
                (name.clone(), shown)
            })
            .collect(),
        Json::Array(items) => {
            let item = |(place, value): (usize, &Json)| {
                below(pointer, &place.to_string(), |pointer| hide(value, pointer, kind, most))
            };
            items.iter().enumerate().map(item).collect()
        }
        leaf @ (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) => {
            let class = kind.nature_in_body(pointer).class;
            if class <= most { leaf.clone() } else { json!({ "withheld": name(class) }) }
        }
    }
}

const fn name(class: DataClass) -> &'static str {
    match class {
        DataClass::Public => "public",
        DataClass::Internal => "internal",
        DataClass::Personal => "personal",
        DataClass::Sensitive => "sensitive",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_shown_to_those_it_is_for() {
        let change = FieldChange {
            pointer: String::new(),
            old: None,
            new: Some(json!({
                "title": "A visit", "direction": "inbound", "care": "no nuts", "notes": [{ "text": "Met Ana" }],
                "invented": 1
            })),
        };
        let shown = |most| change.shown(RecordKind::Engagement, most).new.expect("a value");
        let (withheld, hidden) = (json!({ "withheld": "personal" }), json!({ "withheld": "sensitive" }));
        assert_eq!(shown(DataClass::Internal)["direction"], "inbound");
        assert_eq!(shown(DataClass::Internal)["notes"][0]["text"], withheld);
        assert_eq!(
            shown(DataClass::Internal)["invented"],
            withheld,
            "what nobody classified counts as personal"
        );
        assert_eq!(shown(DataClass::Personal)["notes"][0]["text"], "Met Ana");
        assert_eq!(shown(DataClass::Personal)["care"], hidden);
        assert_eq!(shown(DataClass::Sensitive), *change.new.as_ref().expect("a value"));
    }

    #[test]
    fn a_change_deep_inside_is_judged_by_where_it_stands() {
        let change = FieldChange {
            pointer: "/notes/0/text".to_owned(),
            old: Some("Met Ana".into()),
            new: Some("Met nobody".into()),
        };
        let shown = change.shown(RecordKind::Engagement, DataClass::Internal);
        assert_eq!(
            (shown.old, shown.new),
            (Some(json!({ "withheld": "personal" })), Some(json!({ "withheld": "personal" })))
        );
        assert_eq!(change.shown(RecordKind::Engagement, DataClass::Personal), change);
    }
}
