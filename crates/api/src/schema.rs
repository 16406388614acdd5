//! Knows how a [`Shape`] is written as JSON Schema, for values that come as text on the wire.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::Parameter;
use crate::parameter::Shape;

/// Stands for `T` in a schema: `#[schemars(with = "As<PartialDate>")]`.
pub struct As<T>(PhantomData<T>);

impl<T: Parameter> JsonSchema for As<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::SHAPE.expected.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        shape_schema(&T::SHAPE)
    }
}

/// The JSON Schema of a shape.
#[must_use]
pub fn shape_schema(shape: &Shape) -> Schema {
    let mut members = Map::new();
    members.insert("type".into(), shape.json_type.into());
    members.insert("description".into(), shape.expected.into());
    if let Some(format) = shape.format {
        members.insert("format".into(), format.into());
    }
    if let Some(pattern) = shape.pattern {
        members.insert("pattern".into(), pattern.into());
    }
    if !shape.one_of.is_empty() {
        members.insert("enum".into(), json!(shape.one_of));
    }
    if let Some((least, greatest)) = shape.range {
        members.insert("minimum".into(), least.into());
        members.insert("maximum".into(), greatest.into());
    }
    if !shape.example.is_empty() {
        let example = shape
            .range
            .and_then(|_| shape.example.parse::<u64>().ok())
            .map_or(json!(shape.example), Value::from);
        members.insert("examples".into(), json!([example]));
    }
    Schema::from(members)
}
