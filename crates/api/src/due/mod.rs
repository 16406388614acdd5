//! Due work: what is to be done next, by whom, by when and why; and what is said to it.

mod body;
mod policy;
mod view;

pub use body::{FinishBody, HandBody, SnoozeBody};
pub use policy::{DuePolicyBody, DuePolicyView, DueRuleBody, DueRuleView, EscalationStepBody};
pub use view::{DueItemView, DueResponseView, EscalationView, NextTouchView};

use chrono::NaiveDate;
use sister_cities_domain::due::{DueKind, DueWhen};
use sister_cities_domain::id::{DueId, PartnershipId, PersonId};
use sister_cities_domain::named_enum;

use crate::Page;
use crate::programme::ProgrammePath;

crate::endpoints! {
    /// Lists what is due, by day: overdue first.
    ///
    /// As of today unless another day is named, for which everything is reckoned from the records of now. Days are those of the host's
    /// calendar.
    GET "/v1/programmes/{programme}/due" for ProgrammeRead
    list_due: ListDue(ProgrammePath, query: ListDueQuery) -> Page<DueItemView>;

    /// Puts a due item off: it comes back on the day that is named.
    ///
    /// A second request puts it off to another day.
    POST "/v1/programmes/{programme}/due/{item}/snooze" for DueWrite
    snooze_due_item: SnoozeDueItem(DueItemPath, body: SnoozeBody) -> DueResponseView | Conflict, ETag;

    /// Hands a due item to somebody else.
    POST "/v1/programmes/{programme}/due/{item}/hand" for DueWrite
    hand_due_item: HandDueItem(DueItemPath, body: HandBody) -> DueResponseView | Conflict, ETag;

    /// Says that a due item was done, or needs not be done.
    ///
    /// For the same day it is not listed again. Refused with 409 if that was said before.
    POST "/v1/programmes/{programme}/due/{item}/done" for DueWrite
    finish_due_item: FinishDueItem(DueItemPath, body: FinishBody) -> DueResponseView | Conflict, ETag;

    /// Lists the next touch of every partnership that is not over, the earliest first.
    ///
    /// It comes first of all that is planned, due or promised. Where nothing is, the policy of the programme proposes a day.
    GET "/v1/programmes/{programme}/next-touches" for ProgrammeRead
    list_next_touches: ListNextTouches(ProgrammePath, query: ListNextTouchesQuery) -> Page<NextTouchView>;
}

crate::parameters! {
    /// Names a due item in a path.
    pub struct DueItemPath in programme {
        /// The item.
        pub item: DueId,
    }

    /// Which items to list.
    #[derive(Default)]
    pub struct ListDueQuery in pages {
        /// Only what this person is to do.
        pub person: Option<PersonId>,
        /// Only of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only by this rule.
        pub kind: Option<DueKind>,
        /// Only what is due within so many days, 0 to 9999; what is overdue always is.
        pub horizon: Option<HorizonDays>,
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
    }

    /// From where to list next touches.
    #[derive(Default)]
    pub struct ListNextTouchesQuery in pages {}
}

/// How many days ahead to look: 0 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HorizonDays(pub u16);

impl crate::TextForm for HorizonDays {
    const SHAPE: crate::Shape =
        crate::Shape::integer("a whole number of days from 0 to 9999", 0, 9_999, "30");

    fn parse(text: &str) -> Result<Self, String> {
        let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).map(Self).ok_or_else(|| "is no number of days".to_owned())
    }

    fn render(&self) -> String {
        self.0.to_string()
    }
}

named_enum! {
    /// What makes a day the next touch.
    #[non_exhaustive]
    pub enum TouchBecause ("a reason for a touch") {
        /// An engagement is planned for it.
        Planned = "planned",
        /// Something is due by it.
        Due = "due",
        /// Nothing is planned so soon; the policy of the programme proposes it.
        Proposed = "proposed",
    }
}

crate::words! {
    /// The rule by which something is due.
    DueKindWord = DueKind;
    /// When something is due, seen from the day asked about.
    DueWhenWord = DueWhen;
    /// What makes a day the next touch.
    TouchBecauseWord = TouchBecause;
}
