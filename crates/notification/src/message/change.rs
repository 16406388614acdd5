//! Changes that somebody follows: one sentence for each event of the journal that people are told of.

use chrono::NaiveDate;
use sister_cities_domain::promise::ActionPointState;
use sister_cities_domain::value::{Name, PartialDate, Title};

use super::sentence::{Part, Sentence as _, sentences};

sentences! {
    /// What happened, and to what. The key follows from the name of the event: `agreement.signed` is told as `change-agreement-signed`.
    pub enum ChangeFacts under "change-" with &[Part::Subject, Part::Text]; {
        /// All sides have signed an agreement.
        AgreementSigned = "agreement-signed" {
            /// What the agreement is called.
            agreement: Title,
            /// The partner city.
            partner: Name,
        },
        /// Notice was given, and so an agreement ends.
        AgreementNoticeGiven = "agreement-notice-given" {
            /// What the agreement is called.
            agreement: Title,
            /// The partner city.
            partner: Name,
            /// The day on which it ends, as far as that can be told.
            ends: NaiveDate,
        },
        /// A city asked to become a partner.
        PartnershipEnquired = "partnership-enquired" {
            /// The city that asked.
            partner: Name,
        },
        /// A partnership was agreed.
        PartnershipAgreed = "partnership-agreed" {
            /// The partner city.
            partner: Name,
        },
        /// A request to become a partner was declined.
        PartnershipDeclined = "partnership-declined" {
            /// The city that asked.
            partner: Name,
        },
        /// A partnership was put under review.
        PartnershipReviewOpened = "partnership-review-opened" {
            /// The partner city.
            partner: Name,
        },
        /// A plan to reawaken a partnership was taken up.
        PartnershipReawakening = "partnership-reawakening" {
            /// The partner city.
            partner: Name,
        },
        /// A partnership is alive again.
        PartnershipReawakened = "partnership-reawakened" {
            /// The partner city.
            partner: Name,
        },
        /// A partnership was suspended.
        PartnershipSuspended = "partnership-suspended" {
            /// The partner city.
            partner: Name,
        },
        /// A suspension was lifted.
        PartnershipResumed = "partnership-resumed" {
            /// The partner city.
            partner: Name,
        },
        /// A partnership was ended.
        PartnershipConcluded = "partnership-concluded" {
            /// The partner city.
            partner: Name,
        },
        /// Both sides said again that they stand by a partnership.
        PartnershipReaffirmed = "partnership-reaffirmed" {
            /// The partner city.
            partner: Name,
        },
        /// An engagement was entered into the log.
        EngagementRecorded = "engagement-recorded" {
            /// What it is, in a line.
            engagement: Title,
            /// The partner city.
            partner: Name,
        },
        /// Facts about an engagement were changed.
        EngagementChanged = "engagement-changed" {
            /// What it is, in a line.
            engagement: Title,
            /// The partner city.
            partner: Name,
        },
        /// An engagement was cancelled: its record was removed.
        EngagementDeleted = "engagement-deleted" {
            /// What it was, in a line.
            engagement: Title,
            /// The partner city.
            partner: Name,
        },
        /// Something was promised.
        ActionPointPromised = "action-point-promised" {
            /// What was promised, in a line.
            promise: Title,
            /// The partner city.
            partner: Name,
        },
        /// A step was taken with what was promised.
        ActionPointStepTaken = "action-point-step-taken" {
            /// What was promised, in a line.
            promise: Title,
            /// The partner city.
            partner: Name,
            /// How far it is after the step.
            state: ActionPointState,
        },
        /// An outcome was looked into and found so.
        OutcomeVerified = "outcome-verified" {
            /// What came of it, in a line.
            outcome: Title,
            /// The partner city.
            partner: Name,
        },
        /// Somebody says that an outcome is not so.
        OutcomeDisputed = "outcome-disputed" {
            /// What came of it, in a line.
            outcome: Title,
            /// The partner city.
            partner: Name,
        },
        /// Somebody took up a role.
        RoleCreated = "role-created" {
            /// Who holds it.
            person: Name,
            /// What the role is called there.
            office: Name,
            /// The committee or organisation in which it is held.
            committee: Name,
        },
        /// Somebody laid down a role.
        RoleEnded = "role-ended" {
            /// Who held it.
            person: Name,
            /// What the role is called there.
            office: Name,
            /// The committee or organisation in which it was held.
            committee: Name,
        },
        /// Another programme shows the reader's programme a record.
        ShareMade = "share-made" {
            /// What is shared, in a line.
            record: Title,
            /// The partner city that shares it.
            partner: Name,
        },
        /// Another programme shows a record that it shares as it stands now.
        ShareRenewed = "share-renewed" {
            /// What is shared, in a line.
            record: Title,
            /// The partner city that shares it.
            partner: Name,
        },
    }
}

impl ChangeFacts {
    /// Whether people are told of the event of that name, such as `agreement.signed`.
    #[must_use]
    pub fn is_told(event: &str) -> bool {
        Self::DECLARED.iter().any(|declared| declared.key == key_of(event))
    }
}

/// The key in the catalogues of the event of that name.
pub(crate) fn key_of(event: &str) -> String {
    format!("change-{}", event.replace(['.', '_'], "-"))
}

/// That something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct Change {
    /// What happened.
    pub facts: ChangeFacts,
    /// When it happened or will, as the record says; `None` if it does not say so.
    pub on: Option<PartialDate>,
    /// Who entered it; `None` if the reader may not know.
    pub by: Option<Name>,
}
