//! The secrets of a webhook endpoint, and how one takes the place of another.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::value::SecretText;

/// The secrets of an endpoint: the one in use, and for a while after a rotation the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningSecrets {
    /// The one in use.
    pub current: SecretText,
    /// The one before, while it is still signed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousSecret>,
}

/// A secret that was replaced, and until when it is signed with beside its successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousSecret {
    /// The secret.
    pub secret: SecretText,
    /// Not signed with from this moment on.
    pub until: DateTime<Utc>,
}

impl SigningSecrets {
    /// How long the old secret is signed with beside the new one: the time a receiver has to change it.
    pub const OVERLAP: TimeDelta = TimeDelta::hours(24);

    /// The first secret of an endpoint.
    #[must_use]
    pub const fn first(current: SecretText) -> Self {
        Self { current, previous: None }
    }

    /// Puts another secret into use. The present one stays valid for [`OVERLAP`](Self::OVERLAP); one that was replaced earlier is
    /// dropped, so that who rotates twice because of a leak ends the leaked one.
    #[must_use]
    pub fn rotate(self, next: SecretText, now: DateTime<Utc>) -> Self {
        let until = now + Self::OVERLAP;
        Self { current: next, previous: Some(PreviousSecret { secret: self.current, until }) }
    }

    /// Those that a message of this moment is signed with, the current one first.
    #[must_use]
    pub fn valid_at(&self, now: DateTime<Utc>) -> Vec<SecretText> {
        let previous = self.previous.iter().filter(|previous| now < previous.until);
        std::iter::once(&self.current).chain(previous.map(|previous| &previous.secret)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretText {
        SecretText::new(text).expect("a text")
    }

    /// P21: the old secret is signed with for 24 hours after a rotation, and not a moment longer.
    #[test]
    fn p21_the_old_secret_is_valid_for_a_day_beside_the_new_one() {
        let now: DateTime<Utc> = "2026-11-30T09:00:00Z".parse().expect("a time");
        let rotated = SigningSecrets::first(secret("1")).rotate(secret("2"), now);
        assert_eq!(rotated.valid_at(now), [secret("2"), secret("1")]);
        let end = now + SigningSecrets::OVERLAP;
        assert_eq!(rotated.valid_at(end - TimeDelta::milliseconds(1)), [secret("2"), secret("1")]);
        assert_eq!(rotated.valid_at(end), [secret("2")]);
        assert_eq!(rotated.rotate(secret("3"), now).valid_at(now), [secret("3"), secret("2")]);
    }
}
