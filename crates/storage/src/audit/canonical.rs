//! One way to write a JSON value, so that the same value always has the same digest.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sister_cities_domain::value::ContentHash;

use crate::json::below;

/// Reads a JSON text; one that is none counts as a string of its own letters, so that everything stored has a digest.
pub(crate) fn parse(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()))
}

/// Writes `value` without spaces, with the keys of objects sorted by code points, and with every sealed place replaced by its digest.
///
/// A seal is written as `#` and 64 digits, which no JSON value looks like.
pub(super) fn write(value: &Json, seals: &BTreeMap<&str, ContentHash>) -> String {
    let mut text = String::new();
    write_at(value, &mut String::new(), seals, &mut text);
    text
}

fn write_at(value: &Json, pointer: &mut String, seals: &BTreeMap<&str, ContentHash>, text: &mut String) {
    if let Some(digest) = seals.get(pointer.as_str()) {
        text.push('#');
        text.push_str(&digest.to_string());
        return;
    }
    match value {
        Json::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                below(pointer, &place.to_string(), |pointer| write_at(item, pointer, seals, text));
            }
            text.push(']');
        }
        Json::Object(fields) => {
            text.push('{');
            let sorted: BTreeMap<&String, &Json> = fields.iter().collect();
            for (place, (name, item)) in sorted.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&Json::from(name.as_str()).to_string());
                text.push(':');
                below(pointer, name, |pointer| write_at(item, pointer, seals, text));
            }
            text.push('}');
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => text.push_str(&value.to_string()),
    }
}
