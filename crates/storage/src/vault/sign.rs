//! Signatures under the links that an installation gives out, by which it knows them again without keeping them.
//!
//! The keys follow from the data keys of a realm, and so are in the database as these are: wrapped by the master key, and of no use to whoever has the file
//! alone. What an older data key signed holds until that key is dropped.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{Vault, cannot_read, no_key};
use crate::{CommitError, ReadError, Realm};

/// So many bytes of a signature are given out: nobody finds one by trying.
const SIGNATURE_BYTES: usize = 16;
/// What keeps these keys apart from all else that follows from a data key.
const PURPOSE: &[u8] = b"sister-cities links 1";

/// The keys that sign the links of a realm, the newest last. Nothing of them is shown.
#[derive(Clone)]
pub struct LinkKeys(Vec<[u8; 32]>);

impl std::fmt::Debug for LinkKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKeys(***)")
    }
}

impl LinkKeys {
    /// Signs a text, with 32 hexadecimal digits.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let key = self.0.last().copied().unwrap_or_default();
        let signature = keyed(&key, text.as_bytes()).finalize().into_bytes();
        let digits = signature.iter().take(SIGNATURE_BYTES).map(|byte| format!("{byte:02x}"));
        digits.collect()
    }

    /// Whether one of the keys signed a text so. It takes the same time wherever the two differ.
    #[must_use]
    pub fn is_signed(&self, text: &str, signature: &str) -> bool {
        let is_whole = signature.len() == 2 * SIGNATURE_BYTES;
        let Some(signature) = super::key::from_hex(signature).filter(|_| is_whole) else { return false };
        let signed = |key: &[u8; 32]| keyed(key, text.as_bytes()).verify_truncated_left(&signature).is_ok();
        // All of them, so that it does not tell which.
        self.0.iter().filter(|key| signed(key)).count() > 0
    }
}

fn keyed(key: &[u8], text: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length is one");
    mac.update(text);
    mac
}

impl Vault {
    /// The keys that sign links of a realm; one is made if there is none.
    ///
    /// # Errors
    ///
    /// [`CommitError::Unavailable`].
    pub async fn signing_keys(&self, realm: Realm, at: DateTime<Utc>) -> Result<LinkKeys, CommitError> {
        if let Some(keys) = self.checking_keys(realm).await.map_err(cannot_read)? {
            return Ok(keys);
        }
        match self.add(realm, 1, at).await {
            // If somebody else was faster, theirs is as good.
            Ok(()) | Err(CommitError::Overtaken) => {}
            Err(error) => return Err(error),
        }
        self.checking_keys(realm).await.map_err(cannot_read)?.ok_or_else(|| no_key(realm))
    }

    /// The keys that have signed links of a realm; `None` if there is none, so that nothing was signed.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn checking_keys(&self, realm: Realm) -> Result<Option<LinkKeys>, ReadError> {
        let keys = self.load(realm).await?;
        let of = |key: &super::key::DataKey| keyed(key.bytes(), PURPOSE).finalize().into_bytes().into();
        Ok((!keys.is_empty()).then(|| LinkKeys(keys.values().map(of).collect())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_text_and_under_its_key_alone() {
        let (old, new) = ([1; 32], [2; 32]);
        let before = LinkKeys(vec![old]);
        let signature = before.sign("per_1.daily");
        assert_eq!(signature.len(), 32);
        assert!(before.is_signed("per_1.daily", &signature));
        let after = LinkKeys(vec![old, new]);
        assert!(after.is_signed("per_1.daily", &signature), "as long as the old key is there");
        assert_ne!(after.sign("per_1.daily"), signature);
        assert!(!LinkKeys(vec![new]).is_signed("per_1.daily", &signature));
        let mut other = signature.clone();
        other.replace_range(31.., if signature.ends_with('0') { "1" } else { "0" });
        for wrong in ["", &signature[..30], "zz", &other, &format!("{signature}00")] {
            assert!(!before.is_signed("per_1.daily", wrong), "{wrong}");
        }
        assert!(!before.is_signed("per_2.daily", &signature));
    }
}
