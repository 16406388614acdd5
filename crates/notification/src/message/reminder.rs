//! Reminders of due work: one sentence for each rule that makes something due.

use chrono::NaiveDate;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::value::{Name, Title};

use super::sentence::{Part, sentences};

sentences! {
    /// What is due, and of what. One for each [`DueKind`].
    pub enum DueFacts under "due-" with &[Part::Subject, Part::Text, Part::ToDo]; {
        /// An agreement of fixed term ends, and somebody has to decide before it does.
        AgreementEnding = "agreement-ending" {
            /// What the agreement is called.
            agreement: Title,
            /// The partner city.
            partner: Name,
            /// The last day of the agreement.
            ends: NaiveDate,
        },
        /// A version was put to the sides, and not all have approved and signed it.
        AgreementPending = "agreement-pending" {
            /// What the agreement is called.
            agreement: Title,
            /// The partner city.
            partner: Name,
        },
        /// A round anniversary comes.
        Anniversary = "anniversary" {
            /// The partner city.
            partner: Name,
            /// How many years it will be.
            years: u32,
        },
        /// A partnership will be called cooling or dormant if nothing happens.
        PartnershipFading = "partnership-fading" {
            /// The partner city.
            partner: Name,
        },
        /// A partnership has stepped down the ladder of vitality.
        PartnershipSteppedDown = "partnership-stepped-down" {
            /// The partner city.
            partner: Name,
        },
        /// Somebody asked to become a partner, and has no answer or no decision.
        RequestUnanswered = "request-unanswered" {
            /// The city that asked.
            partner: Name,
        },
        /// A partnership is under review up to a day.
        ReviewDeadline = "review-deadline" {
            /// The partner city.
            partner: Name,
        },
        /// A partnership is suspended: whether the condition for resuming it is met.
        SuspensionCheck = "suspension-check" {
            /// The partner city.
            partner: Name,
        },
        /// A partnership is to be reawakened: whether the plan has borne fruit.
        ReawakeningResult = "reawakening-result" {
            /// The partner city.
            partner: Name,
        },
        /// A committee has no chair.
        NoChair = "no-chair" {
            /// What the committee is called.
            committee: Name,
        },
        /// A seat of a committee is vacant, or a function that it must have.
        Vacancy = "vacancy" {
            /// What the committee is called.
            committee: Name,
        },
        /// The term of a role ends.
        RoleExpiring = "role-expiring" {
            /// What the role is called there.
            office: Name,
            /// The committee or organisation in which it is held.
            committee: Name,
        },
        /// Something was promised by a day, and is not over.
        PromiseDue = "promise-due" {
            /// What was promised, in a line.
            promise: Title,
            /// The partner city.
            partner: Name,
        },
        /// Both sides are asked what came of an engagement.
        OutcomeQuestion = "outcome-question" {
            /// What it was, in a line.
            engagement: Title,
            /// The partner city.
            partner: Name,
        },
        /// Somebody is to look how far a plan is.
        PlanCheck = "plan-check" {
            /// What the plan is called.
            plan: Title,
            /// The partner city.
            partner: Name,
        },
    }
}

impl DueFacts {
    /// The rule that says it is due.
    #[must_use]
    pub const fn kind(&self) -> DueKind {
        match self {
            Self::AgreementEnding { .. } => DueKind::AgreementEnding,
            Self::AgreementPending { .. } => DueKind::AgreementPending,
            Self::Anniversary { .. } => DueKind::Anniversary,
            Self::PartnershipFading { .. } => DueKind::PartnershipFading,
            Self::PartnershipSteppedDown { .. } => DueKind::PartnershipSteppedDown,
            Self::RequestUnanswered { .. } => DueKind::RequestUnanswered,
            Self::ReviewDeadline { .. } => DueKind::ReviewDeadline,
            Self::SuspensionCheck { .. } => DueKind::SuspensionCheck,
            Self::ReawakeningResult { .. } => DueKind::ReawakeningResult,
            Self::NoChair { .. } => DueKind::NoChair,
            Self::Vacancy { .. } => DueKind::Vacancy,
            Self::RoleExpiring { .. } => DueKind::RoleExpiring,
            Self::PromiseDue { .. } => DueKind::PromiseDue,
            Self::OutcomeQuestion { .. } => DueKind::OutcomeQuestion,
            Self::PlanCheck { .. } => DueKind::PlanCheck,
        }
    }
}

/// How a reminder comes to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReminderStage {
    /// It is theirs to do.
    Reminded,
    /// Whoever is to do it was reminded and has not answered.
    Escalated {
        /// Who was to do it; `None` if nobody is.
        owner: Option<Name>,
        /// For how many days nobody has answered.
        days: u32,
    },
    /// Somebody handed it to them.
    Handed {
        /// Who did; `None` if the reader may not know.
        by: Option<Name>,
    },
}

/// That something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct Reminder {
    /// What is due.
    pub facts: DueFacts,
    /// The day by which it is to be done.
    pub due_on: NaiveDate,
    /// The day on which it is told, in the reader's zone: what the days that are left are counted from.
    pub today: NaiveDate,
    /// How it comes to the reader.
    pub stage: ReminderStage,
}
