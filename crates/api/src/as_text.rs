//! Knows how values whose types belong to other crates, or are stored in another form, go over the wire: as their text.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sister_cities_domain::value::{TextForm, text_form};

/// A value as its text: a time zone, `AsText<Tz>`, as `Europe/London`; an amount, `AsText<Money>`, as `25000.00 USD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsText<T>(pub T);

impl<T: TextForm> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.render())
    }
}

impl<'de, T: TextForm> Deserialize<'de> for AsText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_form::deserialize(deserializer).map(Self)
    }
}

impl<T: TextForm> JsonSchema for AsText<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::SHAPE.expected.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::SHAPE.schema()
    }
}
