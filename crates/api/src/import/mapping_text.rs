//! A mapping in a query: JSON as text.

use super::MappingBody;
use crate::{BodyFault, Parameter, Shape};

/// A mapping as JSON text, for a query.
#[derive(Clone, Debug, PartialEq)]
pub struct MappingText(pub MappingBody);

impl Parameter for MappingText {
    const SHAPE: Shape =
        Shape::text("a mapping as JSON text, for example {\"columns\":{\"Town\":\"place\"}}", "");

    fn parse(text: &str) -> Result<Self, String> {
        crate::json::from_slice(text.as_bytes()).map(Self).map_err(|fault| match fault {
            BodyFault::Invalid(errors) => {
                let faults: Vec<String> = errors.iter().map(ToString::to_string).collect();
                faults.join("; ")
            }
            BodyFault::Malformed { detail } => detail,
            fault @ BodyFault::MediaType { .. } => fault.to_string(),
        })
    }

    fn render(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}
