//! Engagements.

use chrono::NaiveDate;
use sister_cities_domain::engagement::{Direction, Engagement, Focus};
use sister_cities_domain::id::{EngagementId, PartnershipId, RecordKind};

use super::key::date_key;
use super::{column, is};
use crate::catalogue::ENGAGEMENT;
use crate::{Columns, Condition, Filter, Order, Realm, Record, Sort, Value};

/// What a list of engagements can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngagementFilter {
    /// Of this partnership.
    Partnership(PartnershipId),
    /// About this, among other things.
    Focus(Focus),
    /// In this direction.
    Direction(Direction),
    /// Possibly on this day or later. Undated ones are left out.
    From(NaiveDate),
    /// Possibly on this day or earlier. Undated ones are left out.
    To(NaiveDate),
}

/// How a list of engagements can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EngagementSort {
    /// By the beginning; undated ones come first.
    Began,
}

impl Record for Engagement {
    const KIND: RecordKind = RecordKind::Engagement;
    const VERSION: u16 = 1;
    type Id = EngagementId;
    type Filter = EngagementFilter;
    type Sort = EngagementSort;

    fn id(&self) -> EngagementId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }

    fn columns(&self) -> Columns {
        let span = self.dates.span();
        let foci = self.foci.iter().map(|focus| Value::from(focus.as_str())).collect();
        Columns {
            values: vec![
                self.partnership.uuid().into(),
                self.direction.as_str().into(),
                span.map(|(first, _)| first).into(),
                span.map(|(_, last)| last).into(),
                date_key(self.dates.start().or(self.dates.end())).into(),
            ],
            sets: vec![foci],
        }
    }
}

impl Filter for EngagementFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Partnership(partnership) => is(column(&ENGAGEMENT, 0), partnership.uuid()),
            Self::Direction(direction) => is(column(&ENGAGEMENT, 1), direction.as_str()),
            Self::Focus(focus) => vec![Condition::Has(&ENGAGEMENT.sets[0], focus.as_str().into())],
            Self::From(day) => vec![Condition::AtLeast(column(&ENGAGEMENT, 3), (*day).into())],
            Self::To(day) => vec![Condition::AtMost(column(&ENGAGEMENT, 2), (*day).into())],
        }
    }
}

impl Sort for EngagementSort {
    fn order(self) -> Order {
        match self {
            Self::Began => Order::by(column(&ENGAGEMENT, 4)),
        }
    }
}
