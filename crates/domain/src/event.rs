//! The journal: every change leaves an event in the same commit.
//!
//! An event says what happened to one record, who did it and when. The journal of events is the audit trail, and what others
//! are told. Each kind of record has its own enum of events; [`EventBody`] joins them. The names, such as `partnership.suspended`,
//! are stable: their first word is the kind of record, or what was done with personal data of one, and subscribers match on them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::access::{Actor, TokenEvent};
use crate::agreement::AgreementEvent;
use crate::calendar_feed::CalendarFeedEvent;
use crate::committee::CommitteeEvent;
use crate::due::DueResponseEvent;
use crate::engagement::EngagementEvent;
use crate::id::{EventId, ProgrammeId, RecordRef};
use crate::import_run::ImportEvent;
use crate::indicator::IndicatorEvent;
use crate::notification::SubscriptionEvent;
use crate::organisation::OrganisationEvent;
use crate::outcome::OutcomeEvent;
use crate::partnership::PartnershipEvent;
use crate::person::PersonEvent;
use crate::place::PlaceEvent;
use crate::practice::{AdoptionEvent, PracticeEvent};
use crate::privacy::PrivacyEvent;
use crate::programme::ProgrammeEvent;
use crate::promise::{ActionPlanEvent, ActionPointEvent};
use crate::role::RoleEvent;
use crate::sharing::{LinkEvent, ShareEvent};
use crate::valuation::ValuationRateEvent;
use crate::webhook::WebhookEndpointEvent;

/// Something that happened to one record, who did it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The id that the journal gave it.
    pub id: EventId,
    /// Whose journal it stands in; `None` for that of the installation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// When it was committed.
    pub at: DateTime<Utc>,
    /// Who did it; never a guess: what the program does by itself says so.
    pub actor: Actor,
    /// The record it happened to.
    pub subject: RecordRef,
    /// What happened, with the facts that a reader of the journal needs.
    pub body: EventBody,
}

/// Declares the events of one kind of record, each with its facts and its stable name.
///
/// The JSON of an event is an object with its facts and its name in the field `name`.
macro_rules! events {
    (
        $(#[$doc:meta])*
        pub enum $event:ident { $($(#[$happened_doc:meta])* $happened:ident = $name:literal $facts:tt),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "name")]
        #[non_exhaustive]
        pub enum $event {
            $(
                $(#[$happened_doc])*
                #[serde(rename = $name)]
                $happened $facts,
            )+
        }

        impl $event {
            /// The names of all events of this kind, in the order of the declaration.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Its stable name, such as `partnership.suspended`.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$happened { .. } => $name,)+
                }
            }
        }
    };
}
pub(crate) use events;

/// Joins the enums of events to the body of an event.
macro_rules! event_bodies {
    ($($(#[$doc:meta])* $subject:ident($event:ident),)+) => {
        /// What happened, to any kind of record. Its JSON is that of the inner enum, told apart by `name`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum EventBody {
            $($(#[$doc])* $subject($event),)+
        }

        impl EventBody {
            /// The names of all events there are.
            pub const NAMES: &'static [&'static [&'static str]] = &[$($event::NAMES),+];

            /// Its stable name: `partnership.suspended`.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$subject(event) => event.name(),)+
                }
            }
        }

        $(
            impl From<$event> for EventBody {
                fn from(event: $event) -> Self {
                    Self::$subject(event)
                }
            }
        )+
    };
}

/// The names of the fields in which a record differs from what it was before: `changed_fields!(before -> self: Self { … })`.
///
/// The pattern names every field; one that never changes stands as `id: _`. A field that is forgotten does not compile, so that
/// no edit of it is thrown away as "nothing changed". The pattern is taken word by word, as only then the compiler names the field.
macro_rules! changed_fields {
    ($before:ident -> $after:ident: $($pattern:tt)+) => {{
        let $($pattern)+ = $after;
        let mut changed = Vec::new();
        changed_fields!(@each changed, $before, $($pattern)+);
        changed
    }};
    (@each $changed:ident, $before:ident, $record:ident { $($field:ident $(: $never:tt)?),+ $(,)? }) => {
        $(changed_fields!(@one $changed, $before, $field $($never)?);)+
    };
    (@one $changed:ident, $before:ident, $field:ident _) => {};
    (@one $changed:ident, $before:ident, $field:ident) => {
        if *$field != $before.$field {
            $changed.push(stringify!($field).to_owned());
        }
    };
}
pub(crate) use changed_fields;

event_bodies! {
    /// To a programme.
    Programme(ProgrammeEvent),
    /// To a place.
    Place(PlaceEvent),
    /// To a partnership.
    Partnership(PartnershipEvent),
    /// To an agreement.
    Agreement(AgreementEvent),
    /// To the record of an engagement.
    Engagement(EngagementEvent),
    /// To an import.
    Import(ImportEvent),
    /// To an access token.
    Token(TokenEvent),
    /// To personal data of any record.
    Privacy(PrivacyEvent),
    /// To a link to another programme.
    Link(LinkEvent),
    /// To what is shared with another programme.
    Share(ShareEvent),
    /// To a committee.
    Committee(CommitteeEvent),
    /// To a role.
    Role(RoleEvent),
    /// To an outcome.
    Outcome(OutcomeEvent),
    /// To an action plan.
    ActionPlan(ActionPlanEvent),
    /// To an action point.
    ActionPoint(ActionPointEvent),
    /// To an organisation.
    Organisation(OrganisationEvent),
    /// To what is known of a person.
    Person(PersonEvent),
    /// To the record of a practice.
    Practice(PracticeEvent),
    /// To the record of an adoption.
    Adoption(AdoptionEvent),
    /// To a due item: what was said to it.
    DueResponse(DueResponseEvent),
    /// To an indicator.
    Indicator(IndicatorEvent),
    /// To a valuation rate.
    ValuationRate(ValuationRateEvent),
    /// To a webhook endpoint.
    WebhookEndpoint(WebhookEndpointEvent),
    /// To a subscription.
    Subscription(SubscriptionEvent),
    /// To a calendar feed.
    CalendarFeed(CalendarFeedEvent),
}

impl EventBody {
    /// The version of the shape of the bodies. Raised with every change that an older reader would not understand.
    pub const VERSION: u16 = 1;
}

#[cfg(test)]
mod tests;
