//! Knows lists that may hold only so much, as what is done with them costs more for each item the more there are.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A list of at most `MOST` items. What is longer is not read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AtMost<T, const MOST: usize>(Vec<T>);

impl<T, const MOST: usize> AtMost<T, MOST> {
    /// The items.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.0
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T, const MOST: usize> Default for AtMost<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// What a client sends is judged where it arrives.
impl<T, const MOST: usize> From<Vec<T>> for AtMost<T, MOST> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for AtMost<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T, const MOST: usize>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Items<T, MOST> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list of at most {MOST}")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while items.len() < MOST {
                    match sequence.next_element()? {
                        Some(item) => items.push(item),
                        None => return Ok(items),
                    }
                }
                match sequence.next_element::<IgnoredAny>()? {
                    Some(_) => Err(A::Error::custom(format!("holds more than {MOST} items"))),
                    None => Ok(items),
                }
            }
        }

        deserializer.deserialize_seq(Items::<T, MOST>(PhantomData)).map(Self)
    }
}

impl<T: JsonSchema, const MOST: usize> JsonSchema for AtMost<T, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("AtMost{MOST}Of{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>(), "maxItems": MOST })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_up_to_its_limit_and_refused_above() {
        let read = |json: &str| serde_json::from_str::<AtMost<u8, 2>>(json);
        assert_eq!(read("[]").expect("none"), AtMost::default());
        assert_eq!(read("[1,2]").expect("two").into_items(), [1, 2]);
        let error = read("[1,2,3]").expect_err("three are too many");
        assert!(error.to_string().contains("holds more than 2 items"), "{error}");
    }
}
