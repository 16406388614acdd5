//! Subscriptions: what a person wants to be told of, and how often.
//!
//! Nobody has to subscribe to be reminded of what is theirs: that is so by default. A subscription adds to the defaults or changes how often somebody is
//! told; [`rhythm_told`] says what becomes of both.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cause::{Cause, Rhythm, Why};
use super::reminder::ReminderStage;
use crate::due::DueKind;
use crate::event::{changed_fields, events};
use crate::id::{CommitteeId, PartnershipId, PersonId, ProgrammeId, SubscriptionId};
use crate::value::{FreeText, InvalidValue};
use crate::webhook::EventPattern;

/// That a person wants to be told of some events or reminders, or wants not to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Of whose records it speaks.
    pub programme: ProgrammeId,
    /// Who is told.
    pub person: PersonId,
    /// Of which events.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub events: BTreeSet<EventPattern>,
    /// Of what that is due: the rules that say so.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reminders: BTreeSet<DueKind>,
    /// Only what belongs to this partnership; that of all if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// Only what belongs to this committee; that of all and of none if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeId>,
    /// How often; never means that no message comes.
    pub rhythm: Rhythm,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
}

/// What subscriptions are held against: a cause, and to what its record belongs.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells of a cause says all that subscriptions ask for")]
pub struct CauseFacts<'a> {
    /// The cause.
    pub cause: &'a Cause,
    /// The partnership that its record belongs to, if it belongs to one.
    pub partnership: Option<PartnershipId>,
    /// The committee that its record is or belongs to, if there is one.
    pub committee: Option<CommitteeId>,
}

/// How closely a subscription says what it is about: the greater goes before the less. What it is about first, then which event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Closeness {
    narrowed: u8,
    named: bool,
}

impl Subscription {
    /// Checks that it says what it is about.
    ///
    /// # Errors
    ///
    /// The refusal of `/events`, if neither events nor reminders are named.
    pub fn check(&self) -> Result<(), InvalidValue> {
        if self.events.is_empty() && self.reminders.is_empty() {
            let expected = "at least one event such as partnership.suspended, or one kind of reminder such as agreement_ending";
            return Err(InvalidValue::malformed("", expected));
        }
        Ok(())
    }

    /// How closely it speaks of a cause; `None` if it does not.
    fn closeness(&self, facts: &CauseFacts<'_>) -> Option<Closeness> {
        let of_partnership = self.partnership.is_none_or(|wanted| facts.partnership == Some(wanted));
        let of_committee = self.committee.is_none_or(|wanted| facts.committee == Some(wanted));
        if !of_partnership || !of_committee {
            return None;
        }
        let named = match facts.cause {
            Cause::Event { name, .. } => {
                let patterns = self.events.iter().filter(|pattern| pattern.covers(name));
                patterns.map(EventPattern::is_one_event).max()?
            }
            Cause::Reminder { rule, .. } => self.reminders.contains(rule).then_some(true)?,
            // Who answers for a receiver or for addresses is told of their failures, and nobody else.
            Cause::ReceiverFailing { .. } | Cause::AddressRefused { .. } => return None,
        };
        let narrowed = u8::from(self.partnership.is_some()) + u8::from(self.committee.is_some());
        Some(Closeness { narrowed, named })
    }

    /// The event that it was made.
    #[must_use]
    pub fn created(&self) -> SubscriptionEvent {
        SubscriptionEvent::Created { person: self.person, rhythm: self.rhythm }
    }

    /// The event that it was removed.
    #[must_use]
    pub const fn deleted(&self) -> SubscriptionEvent {
        SubscriptionEvent::Deleted { person: self.person }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<SubscriptionEvent> {
        let fields = changed_fields!(before -> self: Self {
            id: _, programme: _, person, events, reminders, partnership, committee, rhythm, remark,
        });
        (!fields.is_empty()).then_some(SubscriptionEvent::Changed { fields })
    }
}

events! {
    /// What happened to a subscription. The names are stable: subscribers match on them.
    pub enum SubscriptionEvent {
        /// It was made.
        Created = "subscription.created" {
            /// Who is told.
            person: PersonId,
            /// How often.
            rhythm: Rhythm,
        },
        /// It was changed.
        Changed = "subscription.changed" {
            /// Which facts, by field name.
            fields: Vec<String>,
        },
        /// It was removed: the defaults hold again.
        Deleted = "subscription.deleted" {
            /// Who was told.
            person: PersonId,
        },
    }
}

/// What the subscriptions of one person say of a cause: how often they want to be told, and the subscription that says so. `None` if they say nothing.
///
/// The closest counts: one of a partnership or a committee goes before one of all, and then the name of an event before all events of a kind. Of several
/// that are as close the one that tells soonest counts, so that nobody misses what they asked for once.
#[must_use]
pub fn wants<'a>(
    subscriptions: impl IntoIterator<Item = &'a Subscription>,
    facts: &CauseFacts<'_>,
) -> Option<(Rhythm, Why)> {
    let speaking =
        subscriptions.into_iter().filter_map(|it| Some((it.closeness(facts)?, it.rhythm, it.id, it)));
    let closest =
        speaking.max_by_key(|(closeness, rhythm, id, _)| (*closeness, std::cmp::Reverse((*rhythm, *id))));
    closest.map(|(_, rhythm, _, it)| (rhythm, Why::Subscription { subscription: it.id.into() }))
}

/// Whether and how often one person is told of a cause, and why: by the default of the product, if there is one, and by what their subscriptions say.
///
/// Who is told by default is told as often as they wish, and for the reason of the default. [`Rhythm::Never`] leaves it in their inbox and sends nothing;
/// but what is theirs and has come to its day, and what escalates to them, reaches them all the same, as the work would stay undone without anybody knowing.
/// Who is told by a subscription alone is not told of escalations, which are for those whom the policy names, and if they want it never, of nothing.
#[must_use]
pub fn rhythm_told(
    by_default: Option<(Rhythm, Why)>,
    wanted: Option<(Rhythm, Why)>,
    cause: &Cause,
) -> Option<(Rhythm, Why)> {
    match (by_default, wanted) {
        (Some((standard, why)), Some((rhythm, _))) => {
            let rhythm = if rhythm == Rhythm::Never && must_reach(&why, cause) { standard } else { rhythm };
            Some((rhythm, why))
        }
        (None, Some(wanted)) => {
            let told = wanted.0 != Rhythm::Never && !escalated(cause);
            told.then_some(wanted)
        }
        (by_default, None) => by_default,
    }
}

/// Whether somebody is told whatever they wish: it is theirs and its day has come, or it escalated to them, a receiver that they answer
/// for fails, or somebody invited them: what they had is not true any more.
pub(super) const fn must_reach(why: &Why, cause: &Cause) -> bool {
    match (why, cause) {
        (Why::Owner | Why::Holder, Cause::Reminder { stage, .. }) => {
            matches!(stage, ReminderStage::Due | ReminderStage::Escalated(_))
        }
        (Why::Escalation | Why::Invited, _) | (Why::Owner | Why::Holder, Cause::ReceiverFailing { .. }) => {
            true
        }
        (Why::Owner | Why::Holder, Cause::Event { .. } | Cause::AddressRefused { .. })
        | (Why::Desk | Why::Subscription { .. }, _) => false,
    }
}

const fn escalated(cause: &Cause) -> bool {
    matches!(cause, Cause::Reminder { stage: ReminderStage::Escalated(_), .. })
}

#[cfg(test)]
mod tests;
