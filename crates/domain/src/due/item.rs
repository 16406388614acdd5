//! Due items: what is to be done, by when, by whom and why, each with an id that is the same whenever it is reckoned.

use chrono::{Datelike as _, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::id::{CommitteeId, DueId, PartnershipId, RecordRef, uuid_of_text};
use crate::named_enum;
use crate::responsible::Responsible;

named_enum! {
    /// Why something is due: the rule that says so.
    #[non_exhaustive]
    pub enum DueKind ("a kind of due item") {
        /// An agreement of fixed term ends: renew it, let it run out or give notice, before the day by which that has to be decided.
        AgreementEnding = "agreement_ending",
        /// A version was put to the sides, and not all have approved and signed it.
        AgreementPending = "agreement_pending",
        /// A round anniversary comes, for which a delegation is prepared.
        Anniversary = "anniversary",
        /// A partnership will be called cooling or dormant if nothing happens.
        PartnershipFading = "partnership_fading" | "bond_fading",
        /// A partnership has stepped down the ladder (R37).
        PartnershipSteppedDown = "partnership_stepped_down" | "bond_stepped_down",
        /// Somebody asked to become a partner and has no answer, or no decision.
        RequestUnanswered = "request_unanswered",
        /// A partnership is under review up to a day.
        ReviewDeadline = "review_deadline",
        /// A suspension: whether its condition is met (R13).
        SuspensionCheck = "suspension_check",
        /// A partnership is to be reawakened: whether the plan has borne fruit.
        ReawakeningResult = "reawakening_result",
        /// A committee has no chair; after 60 days it is an alert (R24).
        NoChair = "no_chair",
        /// A seat of a committee is vacant, or a function that it must have (R24).
        Vacancy = "vacancy",
        /// The term of a role in a committee ends.
        RoleExpiring = "role_expiring",
        /// Something was promised by a day, and is not over.
        PromiseDue = "promise_due",
        /// Somebody is to look how far a plan is.
        PlanCheck = "plan_check",
        /// An engagement is over for a while: what came of it is asked of both sides.
        OutcomeQuestion = "outcome_question",
    }
}

named_enum! {
    /// When something is due, as an office plans: seen from a day.
    #[non_exhaustive]
    pub enum DueWhen ("a time by which something is due") {
        /// It should be done already.
        Overdue = "overdue",
        /// Up to the Sunday that comes, or today.
        ThisWeek = "this_week",
        /// Up to the end of the month.
        ThisMonth = "this_month",
        /// After that.
        Later = "later",
    }
}

impl DueWhen {
    /// When a day is, seen from another.
    #[must_use]
    pub fn of(due_on: NaiveDate, as_of: NaiveDate) -> Self {
        let to_sunday = Days::new(u64::from(6 - as_of.weekday().num_days_from_monday()));
        if due_on < as_of {
            Self::Overdue
        } else if as_of.checked_add_days(to_sunday).is_none_or(|sunday| due_on <= sunday) {
            Self::ThisWeek
        } else if (due_on.year(), due_on.month()) == (as_of.year(), as_of.month()) {
            Self::ThisMonth
        } else {
            Self::Later
        }
    }
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueItem {
    /// Its id, which follows from the rule, the subject and the day: the same in every reckoning.
    pub id: DueId,
    /// The rule that says so.
    pub kind: DueKind,
    /// The record it is about.
    pub subject: RecordRef,
    /// The partnership that the record belongs to, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// The committee that the record is or belongs to, if it is one that sees to no one partnership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeId>,
    /// The day by which it is to be done, in the calendar of the host's zone.
    pub due_on: NaiveDate,
    /// Who is to do it; `None` if nobody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Responsible>,
    /// Why, in a sentence.
    pub reason: String,
    /// What to do, in a sentence.
    pub what_to_do: String,
}

impl DueItem {
    /// What items are ordered by: the day, then the id.
    #[must_use]
    pub const fn sort_key(&self) -> (NaiveDate, DueId) {
        (self.due_on, self.id)
    }
}

impl DueId {
    /// The id of what a rule says of a record for a day.
    ///
    /// A UUID of version 8: the FNV-1a hash of 128 bits of rule, record and day as text, so that whoever knows the three can reckon
    /// it in any language.
    #[must_use]
    pub fn of(kind: DueKind, subject: RecordRef, due_on: NaiveDate) -> Self {
        Self::from_uuid(uuid_of_text(&format!("{kind} {subject} {due_on}")))
    }
}
