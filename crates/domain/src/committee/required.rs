//! Which functions a committee must have.

use serde::{Deserialize, Serialize};

use crate::role::RoleFunction;
use crate::value::InvalidValue;

/// The functions that a committee must have: each once, a chair among them (R24).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<RoleFunction>", into = "Vec<RoleFunction>")]
pub struct RequiredFunctions(Vec<RoleFunction>);

impl RequiredFunctions {
    /// The functions, without repetitions, in the order in which they were named.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] if there is no chair among them.
    pub fn new(functions: impl IntoIterator<Item = RoleFunction>) -> Result<Self, InvalidValue> {
        let mut kept = Vec::new();
        for function in functions {
            if !kept.contains(&function) {
                kept.push(function);
            }
        }
        if kept.contains(&RoleFunction::Chair) {
            return Ok(Self(kept));
        }
        let found = kept.iter().map(RoleFunction::as_str).collect::<Vec<_>>().join(", ");
        Err(InvalidValue::out_of_range(&found, "functions with a chair among them: chair, business_co_chair"))
    }

    /// The functions, in the order in which they were named.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &RoleFunction> {
        self.0.iter()
    }
}

impl Default for RequiredFunctions {
    /// A chair.
    fn default() -> Self {
        Self(vec![RoleFunction::Chair])
    }
}

impl TryFrom<Vec<RoleFunction>> for RequiredFunctions {
    type Error = InvalidValue;

    fn try_from(functions: Vec<RoleFunction>) -> Result<Self, InvalidValue> {
        Self::new(functions)
    }
}

impl From<RequiredFunctions> for Vec<RoleFunction> {
    fn from(functions: RequiredFunctions) -> Self {
        functions.0
    }
}
