//! Calendar feeds: what calendar programs fetch by a private link.

use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubjectKind};
use sister_cities_domain::id::{CalendarFeedId, CommitteeId, PartnershipId, PersonId, RecordKind};

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// Of what it is.
pub const SUBJECT: ColumnOf<CalendarFeed, FeedSubjectKind> =
    ColumnOf::new("subject", |feed: &CalendarFeed| feed.subject.kind())
        .filtered("subject")
        .index_orders(&["id"]);

/// The one partnership that it is about, if it is about one.
pub const PARTNERSHIP: ColumnOf<CalendarFeed, Option<PartnershipId>> =
    ColumnOf::new("partnership", |feed: &CalendarFeed| feed.subject.partnership())
        .filtered("partnership")
        .index_orders(&["id"]);

/// The one committee that it is about, if it is about one.
pub const COMMITTEE: ColumnOf<CalendarFeed, Option<CommitteeId>> =
    ColumnOf::new("committee", |feed: &CalendarFeed| feed.subject.committee())
        .filtered("committee")
        .index_orders(&["id"]);

/// The one person that it is about, if it is about one.
pub const PERSON: ColumnOf<CalendarFeed, Option<PersonId>> =
    ColumnOf::new("person", |feed: &CalendarFeed| feed.subject.person())
        .filtered("person")
        .index_orders(&["id"]);

impl Record for CalendarFeed {
    const KIND: RecordKind = RecordKind::CalendarFeed;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![SUBJECT, PARTNERSHIP, COMMITTEE, PERSON];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        ..KindDescription::of::<Self>("calendar_feed")
    };
    type Id = CalendarFeedId;

    fn id(&self) -> CalendarFeedId {
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
    "/subject" Internal,
    "/subject/*" Internal,
    "/name" Prose,
    "/link/*" Internal,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/subject" Internal,
};

#[cfg(test)]
mod tests {
    use sister_cities_domain::calendar_feed::CalendarFeedEvent;

    use super::super::samples::{body, event, golden, golden_events, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let stored = sister_cities_domain::stored_forms::CALENDAR_FEED;
        body::<CalendarFeed>(&golden::<CalendarFeed>(stored));
        for told in golden_events(CalendarFeedEvent::NAMES) {
            event::<CalendarFeed>(&of::<CalendarFeedEvent>(&told));
        }
    }
}
