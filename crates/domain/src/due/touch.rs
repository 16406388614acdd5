//! The next touch of a partnership: what comes first of all that is planned, due or promised; never nothing.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::item::DueKind;
use super::policy::Span;
use super::reckon::{PartnershipUnit, Proposals};
use crate::engagement::Happening;
use crate::id::{DueId, EngagementId};
use crate::responsible::Responsible;

/// When a partnership is to be touched next, why, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTouch {
    /// The day; one that has passed says since when somebody is waited for.
    pub on: NaiveDate,
    /// What makes it that day.
    #[serde(flatten)]
    pub because: TouchReason,
    /// Who is to do it; `None` if nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Responsible>,
}

/// What makes a day the next touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TouchReason {
    /// An engagement is planned for it.
    Planned {
        /// Which.
        engagement: EngagementId,
    },
    /// Something is due by it.
    Due {
        /// The rule.
        kind: DueKind,
        /// The id that the item has, or will have when it is listed.
        item: DueId,
    },
    /// Nothing is planned so soon; the policy proposes it.
    Proposed,
}

/// What may be the next touch.
#[derive(Default)]
pub(super) struct Touches {
    pub(super) last_contact: Option<NaiveDate>,
    is_wanted: bool,
    first: Option<NextTouch>,
}

impl Touches {
    /// Says that the partnership is one that is to be touched at all.
    pub(super) const fn begin(&mut self) {
        self.is_wanted = true;
    }

    /// Something that is due.
    pub(super) fn due(&mut self, on: NaiveDate, kind: DueKind, item: DueId, owner: Option<&Responsible>) {
        self.offer(on, TouchReason::Due { kind, item }, owner);
    }

    /// The first of all; none, if the unit is nothing to be touched.
    pub(super) fn take(&mut self) -> Option<NextTouch> {
        self.first.take().filter(|_| self.is_wanted)
    }

    fn offer(&mut self, on: NaiveDate, because: TouchReason, owner: Option<&Responsible>) {
        if self.first.as_ref().is_none_or(|first| on < first.on) {
            self.first = Some(NextTouch { on, because, owner: owner.cloned() });
        }
    }
}

impl Proposals<'_> {
    /// Adds what is planned, and what the policy proposes if nothing comes before that.
    pub(super) fn next_touch(&mut self, unit: &PartnershipUnit<'_>) {
        if !self.touches.is_wanted {
            return;
        }
        let owner = self.usual_owner();
        let mut planned: Option<(NaiveDate, EngagementId)> = None;
        for engagement in unit.file.engagements.values() {
            let Some(start) = engagement.dates.start().map(|start| start.earliest()) else { continue };
            match engagement.happening {
                Happening::CalledOff => continue,
                Happening::Held | Happening::AnnouncedOnly => {}
            }
            if start >= self.day && planned.is_none_or(|first| (start, engagement.id) < first) {
                planned = Some((start, engagement.id));
            }
        }
        if let Some((on, engagement)) = planned {
            if let Some(after) = on.succ_opt() {
                self.turns_on(after);
            }
            self.touches.offer(on, TouchReason::Planned { engagement }, owner.as_ref());
        }
        let proposed = self.proposed();
        if let Some(after) = proposed.succ_opt() {
            self.turns_on(after);
        }
        self.touches.offer(proposed, TouchReason::Proposed, owner.as_ref());
    }

    /// So long after the last contact; if that is past, the last day of the quarter.
    fn proposed(&self) -> NaiveDate {
        let every = Span::Months(self.policy().touch_every_months.get());
        let due = self.touches.last_contact.map(|last| every.after(last));
        due.filter(|due| *due >= self.day).unwrap_or_else(|| {
            let months_left = 2 - self.day.month0() % 3;
            let begins = self.day.with_day(1).unwrap_or(self.day);
            let next = Span::Months(1).times_after(months_left + 1, begins);
            next.pred_opt().unwrap_or(self.day)
        })
    }
}
