//! Subscriptions: who is told of what, and how often.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{CommitteeId, PartnershipId, PersonId, SubscriptionId};
use sister_cities_domain::notification::{Rhythm, Subscription};
use sister_cities_domain::value::FreeText;
use sister_cities_domain::webhook::EventPattern;

use crate::due::DueKindWord;
use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists subscriptions, in the order of creation.
    ///
    /// Nobody needs one to be reminded of what is theirs: a subscription adds to what people are told by default, or changes how often.
    GET "/v1/programmes/{programme}/subscriptions" for ProgrammeRead
    list_subscriptions: ListSubscriptions(ProgrammePath, query: ListSubscriptionsQuery) -> Page<SubscriptionView>;

    /// Makes a subscription.
    ///
    /// Of several that speak of one thing the closest counts: one of a partnership or committee goes before one of all, the name of an event before
    /// all events of a kind. `never` sends no message, but for what is the person's own and has come to its day, or was escalated to them.
    POST "/v1/programmes/{programme}/subscriptions" for NotificationWrite
    create_subscription: CreateSubscription(ProgrammePath, body: SubscriptionBody) -> 201 SubscriptionView | Conflict, ETag;

    /// Reads one subscription.
    GET "/v1/programmes/{programme}/subscriptions/{subscription}" for ProgrammeRead
    get_subscription: GetSubscription(SubscriptionPath, query: RecordedQuery) -> SubscriptionView, ETag;

    /// Replaces a subscription.
    PUT "/v1/programmes/{programme}/subscriptions/{subscription}" for NotificationWrite
    replace_subscription: ReplaceSubscription(SubscriptionPath, body: SubscriptionBody) -> SubscriptionView | Conflict, IfMatch;

    /// Removes a subscription: what is told by default holds again.
    DELETE "/v1/programmes/{programme}/subscriptions/{subscription}" for NotificationWrite
    delete_subscription: DeleteSubscription(SubscriptionPath) -> 204 NoContent | Conflict, IfMatch;
}

crate::parameters! {
    /// Names a subscription in a path.
    pub struct SubscriptionPath in programme {
        /// The subscription.
        pub subscription: SubscriptionId,
    }

    /// Which subscriptions to list.
    #[derive(Default)]
    pub struct ListSubscriptionsQuery in pages {
        /// Only those of this person.
        pub person: Option<PersonId>,
        /// Only those that are about this partnership alone.
        pub partnership: Option<PartnershipId>,
        /// Only those that are about this committee alone.
        pub committee: Option<CommitteeId>,
        /// Only those of this rhythm.
        pub rhythm: Option<Rhythm>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

crate::words! {
    /// How often somebody is told.
    RhythmWord = Rhythm;
}

/// A subscription, as created or replaced. It names events, reminders or both.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionBody {
    /// Who is told.
    pub person: PersonId,
    /// Of which events, such as `partnership.suspended` or `partnership.*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventPattern>,
    /// Of what that is due, such as `agreement_ending`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<DueKind>,
    /// Only what belongs to this partnership; that of all if not given.
    pub partnership: Option<PartnershipId>,
    /// Only what belongs to this committee.
    pub committee: Option<CommitteeId>,
    /// How often; `never` sends no message.
    pub rhythm: Rhythm,
    /// Why.
    pub remark: Option<FreeText>,
}

/// A subscription.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionView {
    /// Its id.
    pub id: SubscriptionId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// Who is told.
    pub person: PersonId,
    /// Of which events.
    #[serde(default)]
    pub events: Vec<EventPattern>,
    /// Of what that is due.
    #[serde(default)]
    pub reminders: Vec<DueKindWord>,
    /// Only what belongs to this partnership.
    pub partnership: Option<PartnershipId>,
    /// Only what belongs to this committee.
    pub committee: Option<CommitteeId>,
    /// How often.
    pub rhythm: RhythmWord,
    /// Why.
    pub remark: Option<FreeText>,
}

impl SubscriptionView {
    /// Shows a subscription at a revision.
    #[must_use]
    pub fn of(subscription: &Subscription, revision: u32) -> Self {
        let Subscription {
            id,
            programme: _,
            person,
            events,
            reminders,
            partnership,
            committee,
            rhythm,
            remark,
        } = subscription;
        Self {
            id: *id,
            revision,
            person: *person,
            events: events.iter().cloned().collect(),
            reminders: reminders.iter().map(|kind| (*kind).into()).collect(),
            partnership: *partnership,
            committee: *committee,
            rhythm: (*rhythm).into(),
            remark: remark.clone(),
        }
    }
}
