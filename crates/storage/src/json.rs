//! Walking a JSON document, with the pointer (RFC 6901) of where one stands.

use serde_json::Value as Json;

/// Calls `visit` with every value that holds no other, and with where it stands.
pub(crate) fn walk<E>(
    value: &Json,
    pointer: &mut String,
    visit: &mut dyn FnMut(&Json, &str) -> Result<(), E>,
) -> Result<(), E> {
    match value {
        Json::Object(fields) => fields
            .iter()
            .try_for_each(|(name, value)| below(pointer, name, |pointer| walk(value, pointer, visit))),
        Json::Array(items) => items.iter().enumerate().try_for_each(|(place, value)| {
            below(pointer, &place.to_string(), |pointer| walk(value, pointer, visit))
        }),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => visit(value, pointer),
    }
}

/// Calls `work` with the pointer one step further down.
pub(crate) fn below<T>(pointer: &mut String, step: &str, work: impl FnOnce(&mut String) -> T) -> T {
    let length = pointer.len();
    pointer.push('/');
    // RFC 6901: `~` and `/` are written `~0` and `~1`.
    for letter in step.chars() {
        match letter {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            letter => pointer.push(letter),
        }
    }
    let result = work(pointer);
    pointer.truncate(length);
    result
}
