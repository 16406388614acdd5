//! That somebody wants no more messages of a kind: what the link at the end of a mail says.

use std::fmt;
use std::str::FromStr;

use super::cause::{Cause, Rhythm, Why};
use super::subscription::must_reach;
use crate::due::DueKind;
use crate::id::{PersonId, SubscriptionId};
use crate::value::InvalidValue;

/// Of which kind a message is, for whoever wants no more of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusableKind {
    /// What a subscription tells.
    Subscription(SubscriptionId),
    /// Reminders by that rule.
    Reminder(DueKind),
    /// Digests of that rhythm.
    Digest(Rhythm),
}

impl RefusableKind {
    /// The kind of a message of its own about a cause; none of what nobody can refuse, as the work would stay undone without anybody knowing.
    #[must_use]
    pub fn of(cause: &Cause, why: &Why) -> Option<Self> {
        match (why, cause) {
            _ if must_reach(why, cause) => None,
            (Why::Subscription { subscription }, _) => {
                Some(Self::Subscription(SubscriptionId::from_uuid(subscription.id)))
            }
            (_, Cause::Reminder { rule, .. }) => Some(Self::Reminder(*rule)),
            (_, Cause::Event { .. } | Cause::ReceiverFailing { .. } | Cause::AddressRefused { .. }) => None,
        }
    }
}

/// Who wants no more of which kind. Its text stands in links: `per_….agreement_ending`, `per_….sub_…`, `per_….daily`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "who and what is all there is to it")]
pub struct Refusal {
    /// Who.
    pub person: PersonId,
    /// What.
    pub kind: RefusableKind,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let person = self.person;
        match self.kind {
            RefusableKind::Subscription(id) => write!(f, "{person}.{id}"),
            RefusableKind::Reminder(rule) => write!(f, "{person}.{rule}"),
            RefusableKind::Digest(rhythm) => write!(f, "{person}.{rhythm}"),
        }
    }
}

impl FromStr for Refusal {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, "a person and a kind of message");
        let (person, kind) = text.split_once('.').ok_or_else(malformed)?;
        let person = person.parse().map_err(|_| malformed())?;
        let subscription = kind.parse().map(RefusableKind::Subscription).ok();
        let rule = || kind.parse().map(RefusableKind::Reminder).ok();
        let digest = || kind.parse().map(RefusableKind::Digest).ok();
        let kind = subscription.or_else(rule).or_else(digest).ok_or_else(malformed)?;
        Ok(Self { person, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededIds;

    #[test]
    fn a_refusal_reads_back_as_it_is_written() {
        let ids = SeededIds::new(1);
        let person = PersonId::next(&ids);
        for kind in [
            RefusableKind::Subscription(SubscriptionId::next(&ids)),
            RefusableKind::Reminder(DueKind::AgreementEnding),
            RefusableKind::Digest(Rhythm::Weekly),
        ] {
            let refusal = Refusal { person, kind };
            assert_eq!(refusal.to_string().parse(), Ok(refusal));
        }
        for wrong in ["", "per_1", "agreement_ending", &format!("{person}."), &format!("{person}.tomorrow")] {
            assert!(wrong.parse::<Refusal>().is_err(), "{wrong}");
        }
    }
}
