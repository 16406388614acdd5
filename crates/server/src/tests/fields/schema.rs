//! Which fields the bodies of the API have, by its OpenAPI document.

use std::collections::BTreeMap;

use serde_json::Value;

/// A field of a body. Its pointer has `-` in place of a position in a list.
pub(super) struct Field {
    /// Whether a body without it is refused.
    pub(super) required: bool,
    /// Whether it holds a value of its own instead of further fields.
    pub(super) leaf: bool,
}

/// A request that has a JSON body.
pub(super) struct Operation {
    pub(super) method: String,
    /// Its fields by their pointers.
    pub(super) fields: BTreeMap<String, Field>,
}

/// Every operation with a JSON body, by its name.
pub(super) fn operations() -> BTreeMap<String, Operation> {
    let document = sister_cities_api::openapi();
    let mut operations = BTreeMap::new();
    for (method, operation) in
        document["paths"].as_object().into_iter().flatten().flat_map(|(_, path)| entries(path))
    {
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        if !body.is_null() {
            let mut fields = BTreeMap::new();
            walk(&document, body, "", &mut fields);
            let name = operation["operationId"].as_str().expect("a name").to_owned();
            operations.insert(name, Operation { method: method.to_uppercase(), fields });
        }
    }
    operations
}

/// Adds the fields of a schema, of which `pointer` is the place. Gives whether it has any.
fn walk(document: &Value, schema: &Value, pointer: &str, fields: &mut BTreeMap<String, Field>) -> bool {
    if let Some(name) = schema["$ref"].as_str() {
        let at = name.trim_start_matches('#');
        return walk(document, document.pointer(at).expect("a schema"), pointer, fields);
    }
    let mut branches = false;
    for one in ["allOf", "anyOf", "oneOf"].iter().filter_map(|of| schema[*of].as_array()).flatten() {
        branches |= walk(document, one, pointer, fields);
    }
    for (name, field) in entries(&schema["properties"]) {
        branches = true;
        let at = format!("{pointer}/{name}");
        let required = schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        let leaf = !walk(document, field, &at, fields);
        fields.insert(at, Field { required, leaf });
    }
    if !schema["items"].is_null() {
        branches |= walk(document, &schema["items"], &format!("{pointer}/-"), fields);
    }
    branches
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
