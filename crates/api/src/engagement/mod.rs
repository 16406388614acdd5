//! Engagements: what two cities did with each other, as an office's log has it.

mod body;
mod follow_up;
mod invitation;
mod view;

pub use body::{CareBody, CostBody, EngagementBody, OrganisationBody, ParticipantsBody};
pub use follow_up::{FollowUpQuestionView, FollowUpView, OutcomeAnswerBody, OutcomeAnswerView};
pub use invitation::{InviteBody, InvitedView};
pub use view::{CareView, EngagementView};

use chrono::NaiveDate;
use sister_cities_domain::engagement::{
    AskedSide, Direction, Focus, FollowUp, Happening, InvitationReply, Mutuality, OtherSideEvidence, Side,
    WhatCameKind,
};
use sister_cities_domain::id::{EngagementId, OrganisationId, PartnershipId};
use sister_cities_domain::named_enum;

use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page, RecordQuery};

crate::endpoints! {
    /// Lists engagements, the latest first; those without a date come last.
    GET "/v1/programmes/{programme}/engagements" for ProgrammeRead
    list_engagements: ListEngagements(ProgrammePath, query: ListEngagementsQuery) -> Page<EngagementView>;

    /// Logs an engagement.
    POST "/v1/programmes/{programme}/engagements" for EngagementWrite
    create_engagement: CreateEngagement(ProgrammePath, body: EngagementBody) -> 201 EngagementView | Conflict, ETag;

    /// Reads one engagement.
    ///
    /// As of a day, it is not found if it surely had not begun by then.
    GET "/v1/programmes/{programme}/engagements/{engagement}" for ProgrammeRead
    get_engagement: GetEngagement(EngagementPath, query: RecordQuery) -> EngagementView, ETag;

    /// Replaces what is known of an engagement.
    PUT "/v1/programmes/{programme}/engagements/{engagement}" for EngagementWrite
    replace_engagement: ReplaceEngagement(EngagementPath, body: EngagementBody) -> EngagementView | Conflict, IfMatch;

    /// Reads what those who take part in an engagement need: diet, health, access.
    ///
    /// Sensitive, and so stored encrypted only, shown nowhere else, and each reading is told in the journal
    /// with who read it.
    GET "/v1/programmes/{programme}/engagements/{engagement}/care" for CareRead
    read_care: ReadCare(EngagementPath) -> CareView, ETag;

    /// Says what those who take part in an engagement need, or that nothing is needed any more.
    ///
    /// The revision is that of the engagement. An installation without a master key stores nothing sensitive
    /// and answers 503.
    PUT "/v1/programmes/{programme}/engagements/{engagement}/care" for CareWrite
    set_care: SetCare(EngagementPath, body: CareBody) -> CareView, IfMatch;

    /// Asks which questions on what came of an engagement are open, and which will be.
    ///
    /// Both sides are asked 3, 6, 12 and 24 months after an engagement that was held and is marked to be
    /// followed up. A question that nobody answered is not asked beside a later one.
    GET "/v1/programmes/{programme}/engagements/{engagement}/outcome-questions" for ProgrammeRead
    get_outcome_questions: GetOutcomeQuestions(EngagementPath, query: OutcomeQuestionsQuery) -> FollowUpView;

    /// Says for one side what came of an engagement: nothing yet, nothing ever, or an outcome.
    ///
    /// Each side answers each question once; a later answer takes the place of an earlier one. The revision is
    /// that of the engagement. A question that is not open on the day of the answer is refused with 409.
    POST "/v1/programmes/{programme}/engagements/{engagement}/outcome-answers" for OutcomeWrite
    answer_outcome_question: AnswerOutcomeQuestion(EngagementPath, body: OutcomeAnswerBody) -> 201 EngagementView | Conflict, IfMatch;

    /// Invites people to an engagement that is still to come: those who stand for an organisation in it.
    ///
    /// They get a mail with the engagement for their calendar, and another when it moves, is called off, or they are
    /// taken off it. Nobody is invited by being named in it. Who is invited already is not asked again. The revision is
    /// that of the engagement. What is over, called off or on no known day is refused with 409, and so is somebody
    /// who is not named in it.
    POST "/v1/programmes/{programme}/engagements/{engagement}/invitations" for NotificationWrite
    invite_to_engagement: InviteToEngagement(EngagementPath, body: InviteBody) -> 201 EngagementView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names an engagement in a path.
    pub struct EngagementPath in programme {
        /// The engagement.
        pub engagement: EngagementId,
    }

    /// As of when to ask what came of an engagement.
    #[derive(Default)]
    pub struct OutcomeQuestionsQuery {
        /// On which day; today if not given.
        pub as_of: Option<NaiveDate>,
    }

    /// Which engagements to list.
    #[derive(Default)]
    pub struct ListEngagementsQuery in pages {
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those behind which this organisation stood, by its record.
        pub organisation: Option<OrganisationId>,
        /// Only those with this focus, such as `culture`.
        pub focus: Option<Focus>,
        /// Only those that went this way.
        pub direction: Option<Direction>,
        /// Only those that may have taken place on or after this day.
        pub from: Option<NaiveDate>,
        /// Only those that may have taken place on or before this day.
        pub to: Option<NaiveDate>,
        /// The order.
        pub sort: Option<EngagementSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// Only those that had, or may have, begun by this day; undated ones are left out.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of engagements.
    #[non_exhaustive]
    pub enum EngagementSort ("an order") {
        /// By when they began; the default.
        Began = "began",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// The way an engagement went, seen from the host of the programme.
    DirectionWord = Direction;
    /// What is known of the other side's part.
    EvidenceWord = OtherSideEvidence;
    /// Whether a contact went both ways.
    MutualityWord = Mutuality;
    /// Which side people or an organisation belong to.
    SideWord = Side;
    /// Whether an engagement took place.
    HappeningWord = Happening;
    /// Which side is asked what came of an engagement.
    AskedSideWord = AskedSide;
    /// How long after an engagement is asked what came of it.
    FollowUpWord = FollowUp;
    /// What a side says came of an engagement.
    WhatCameWord = WhatCameKind;
    /// What somebody said to an invitation.
    InvitationReplyWord = InvitationReply;
}
