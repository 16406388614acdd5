//! Subscriptions: what somebody wants to be told of.

use sister_cities_domain::id::{CommitteeId, PartnershipId, PersonId, RecordKind, SubscriptionId};
use sister_cities_domain::notification::{Rhythm, Subscription};

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// Who is told.
pub const PERSON: ColumnOf<Subscription, PersonId> =
    ColumnOf::new("person", |subscription: &Subscription| subscription.person)
        .filtered("person")
        .index_orders(&["id"]);

/// The one partnership that it is about, if it is about one.
pub const PARTNERSHIP: ColumnOf<Subscription, Option<PartnershipId>> =
    ColumnOf::new("partnership", |subscription: &Subscription| subscription.partnership)
        .filtered("partnership")
        .index_orders(&["id"]);

/// The one committee that it is about, if it is about one.
pub const COMMITTEE: ColumnOf<Subscription, Option<CommitteeId>> =
    ColumnOf::new("committee", |subscription: &Subscription| subscription.committee)
        .filtered("committee")
        .index_orders(&["id"]);

/// How often they are told.
pub const RHYTHM: ColumnOf<Subscription, Rhythm> =
    ColumnOf::new("rhythm", |subscription: &Subscription| subscription.rhythm)
        .filtered("rhythm")
        .index_orders(&["id"]);

impl Record for Subscription {
    const KIND: RecordKind = RecordKind::Subscription;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PERSON, PARTNERSHIP, COMMITTEE, RHYTHM];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        ..KindDescription::of::<Self>("subscription")
    };
    type Id = SubscriptionId;

    fn id(&self) -> SubscriptionId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/person" Internal,
    "/events/*" Internal,
    "/reminders/*" Internal,
    "/partnership" Internal,
    "/committee" Internal,
    "/rhythm" Internal,
    "/remark" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/person" Internal,
    "/rhythm" Internal,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use sister_cities_domain::notification::SubscriptionEvent;

    use super::super::samples::{body, event, golden, golden_events, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let stored = sister_cities_domain::stored_forms::SUBSCRIPTION;
        body::<Subscription>(&golden::<Subscription>(stored));
        for told in golden_events(SubscriptionEvent::NAMES) {
            event::<Subscription>(&of::<SubscriptionEvent>(&told));
        }
    }
}
