//! Seals: personal values enter a digest salted, so that they can be erased without breaking it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use sister_cities_domain::value::ContentHash;

use super::canonical;
use crate::catalogue::DataClass;
use crate::json::walk;

/// How many random bytes are a salt: too many to try, so that a digest without its salt tells nothing, not even of a short name.
const SALT_BYTES: usize = 16;

/// One personal value of a journal entry, as the entry's hash covers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Where the value is, as a JSON pointer into `{"actor": …, "body": …, "changes": …}`.
    pub at: String,
    /// SHA-256 of the salt and the value.
    pub digest: ContentHash,
    /// The salt, in hexadecimal digits; none once the value is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
}

impl Seal {
    fn new(at: String, value: &Json) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; SALT_BYTES];
        getrandom::fill(&mut bytes)?;
        let salt = format!("{:032x}", u128::from_be_bytes(bytes));
        Ok(Self { at, digest: digest(&salt, value), salt: Some(salt) })
    }

    /// Whether `value` is the one that was sealed; nobody knows once it is erased.
    #[must_use]
    pub fn holds(&self, value: &Json) -> Option<bool> {
        self.salt.as_ref().map(|salt| digest(salt, value) == self.digest)
    }
}

fn digest(salt: &str, value: &Json) -> ContentHash {
    let digest = Sha256::new()
        .chain_update(b"sister-cities sealed value 1")
        .chain_update(salt)
        .chain_update(canonical::write(value, &std::collections::BTreeMap::new()))
        .finalize();
    ContentHash::from_bytes(digest.into())
}

/// Seals every value in `value`, which stands at `pointer`, that `class` calls personal or stricter.
///
/// `class` is given the pointer from `value` down.
pub(super) fn seal(
    value: &Json,
    pointer: &mut String,
    class: &dyn Fn(&str) -> DataClass,
    seals: &mut Vec<Seal>,
) -> Result<(), getrandom::Error> {
    let top = pointer.len();
    walk(value, pointer, &mut |value, pointer| {
        if class(&pointer[top..]) >= DataClass::Personal {
            seals.push(Seal::new(pointer.to_owned(), value)?);
        }
        Ok(())
    })
}
