//! Engagements: the entries of the log of exchanges.

use chrono::NaiveDate;
use sister_cities_domain::engagement::{Direction, Engagement, Focus};
use sister_cities_domain::id::{EngagementId, OrganisationId, PartnershipId, PersonId, RecordKind};

use super::column::stored;
use super::column_value::{date_key, each_once};
use super::fields::fields;
use super::search::{name, text};
use super::{ColumnOf, Comparison, FieldGroup, KindDescription, SearchText, SetOf, Span, Stored};
use crate::{Order, Realm, Record};

/// The partnership whose log it is in.
pub const PARTNERSHIP: ColumnOf<Engagement, PartnershipId> =
    ColumnOf::new("partnership", |engagement: &Engagement| engagement.partnership)
        .filtered("partnership")
        .index_orders(&["began_key", "id"]);

/// Who went to whom, as in `inbound`.
pub const DIRECTION: ColumnOf<Engagement, Direction> =
    ColumnOf::new("direction", |engagement: &Engagement| engagement.direction).filtered("direction");

/// The first day it can have taken place on; none if undated.
pub const FIRST_DAY: ColumnOf<Engagement, Option<NaiveDate>> =
    ColumnOf::new("first_day", |engagement: &Engagement| engagement.dates.span().map(|(first, _)| first))
        .compared("to", Comparison::AtMost);

/// The last day it can have taken place on; none if undated.
pub const LAST_DAY: ColumnOf<Engagement, Option<NaiveDate>> =
    ColumnOf::new("last_day", |engagement: &Engagement| engagement.dates.span().map(|(_, last)| last))
        .compared("from", Comparison::AtLeast);

/// When it began, as text that sorts; empty if undated.
pub const BEGAN_KEY: ColumnOf<Engagement, String> = ColumnOf::new("began_key", |engagement: &Engagement| {
    date_key(engagement.dates.start().or(engagement.dates.end()))
})
.ordered("began");

/// What it is about. Each repeats when the engagement began.
pub const FOCI: SetOf<Engagement, Focus> =
    SetOf::new("engagement_focus", "engagement", "focus", |engagement: &Engagement| {
        engagement.foci.iter().cloned().collect()
    })
    .filtered("focus")
    .denormalised_key(&BEGAN_KEY.column);

/// The organisations with a record that were behind it. Each repeats when it began.
pub const ORGANISATIONS: SetOf<Engagement, OrganisationId> =
    SetOf::new("engagement_organisation", "engagement", "organisation", |engagement: &Engagement| {
        each_once(engagement.organisations.iter().filter_map(|behind| behind.organisation))
    })
    .filtered("organisation")
    .denormalised_key(&BEGAN_KEY.column);

/// The people with a record who stood for one of them.
pub const REPRESENTATIVES: SetOf<Engagement, PersonId> =
    SetOf::new("engagement_representative", "engagement", "person", |engagement: &Engagement| {
        each_once(engagement.organisations.iter().flat_map(|behind| behind.represented_by.iter().copied()))
    });

impl Record for Engagement {
    const KIND: RecordKind = RecordKind::Engagement;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PARTNERSHIP, DIRECTION, FIRST_DAY, LAST_DAY, BEGAN_KEY;
        FOCI, ORGANISATIONS, REPRESENTATIVES];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&BEGAN_KEY.column).reversed(),
        span: Some(Span {
            first_day: &FIRST_DAY.column,
            last_day: &LAST_DAY.column,
            key: &BEGAN_KEY.column,
            index_of_long: Some("engagement_lasting_long"),
        }),
        search: SearchText {
            fields: &[
                name("/title"),
                text("/organisations/*/name"),
                text("/organisations/*/representatives/*"),
                text("/outcomes/*"),
                text("/notes/*/text"),
            ],
            through: None,
        },
        ..KindDescription::of::<Self>("engagement")
    };
    type Id = EngagementId;

    fn id(&self) -> EngagementId {
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
    "/partnership" Internal,
    "/title" Prose,
    "/foci/*" Internal,
    "/direction" Internal,
    "/dates/*" Internal,
    "/happening" Internal,
    "/participants/*/side" Internal,
    "/participants/*/role" Internal,
    "/participants/*/people" Internal,
    "/organisations/*/name" Prose,
    "/organisations/*/side" Internal,
    "/organisations/*/representatives/*" Personal,
    "/organisations/*/organisation" Internal,
    "/organisations/*/represented_by/*" Internal,
    "/costs/*/party" Prose,
    "/costs/*/amount" Internal,
    "/costs/*/amount/*" Internal,
    "/outcomes/*" Prose,
    "/follow_up" Internal,
    "/outcome_answers/*/*" Internal,
    "/invitations/*" Internal,
    "/invitations/invited/*/person" Internal,
    "/invitations/invited/*/answer/*" Internal,
    "/evidence" Internal,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
    "/care" Sensitive,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/partnership" Internal,
    "/title" Prose,
    "/dates/*" Internal,
    "/fields/*" Internal,
    "/answer/*" Internal,
    "/person" Internal,
    "/sequence" Internal,
    "/said" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::engagement::EngagementEvent;
    use sister_cities_domain::sharing::SharedEngagement;

    use super::super::samples::{PRT, body, event, golden, of};
    use super::super::{DataClass, describe};
    use super::*;

    const GOLDEN: &str = sister_cities_domain::stored_forms::ENGAGEMENT;

    #[test]
    fn every_field_is_classified() {
        let mut visit = golden::<Engagement>(GOLDEN);
        visit["care"] = json!("no nuts");
        body::<Engagement>(&of::<Engagement>(&visit));
        for told in [
            json!({"name": "engagement.recorded", "partnership": PRT, "title": "x", "dates": {"start": "1991", "end": "1991"}}),
            json!({"name": "engagement.changed", "partnership": PRT, "fields": ["title"]}),
        ] {
            event::<Engagement>(&of::<EngagementEvent>(&told));
        }
    }

    /// But for the title, which somebody chose for the peer.
    #[test]
    fn what_is_told_of_an_engagement_is_nowhere_personal() {
        let mut visit = golden::<Engagement>(GOLDEN);
        visit["care"] = json!("no nuts");
        let visit: Engagement = serde_json::from_value(visit).expect("an engagement");
        let told = serde_json::to_value(SharedEngagement::of(&visit, None)).expect("JSON");
        let mut fields = 0;
        let look = &mut |_: &serde_json::Value, pointer: &str| -> Result<(), std::convert::Infallible> {
            fields += 1;
            let class = describe(RecordKind::Engagement).nature_in_body(pointer).class;
            assert!(class < DataClass::Personal, "{pointer}");
            Ok(())
        };
        let Ok(()) = crate::json::walk(&told, &mut String::new(), look);
        assert!(fields > 5, "{told}");
    }
}
