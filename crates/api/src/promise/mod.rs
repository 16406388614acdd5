//! Promises: plans that two cities agreed on, their points with an owner on each side, and what is done about them.

mod body;
mod view;

pub use body::{
    AcceptedBody, ActionPlanBody, ActionPointBody, CheckRhythmBody, PlanCheckBody, PlanLineBody,
    PlanLinesBody, PointOwnerBody, PointStepBody, ReawakeningBody,
};
pub use view::{
    ActionPlanView, ActionPointView, PlanCheckView, PlanLineView, PlanLinesView, PlanProgressView,
    TakenStepView,
};

use chrono::NaiveDate;
use sister_cities_domain::id::{ActionPlanId, ActionPointId, AgreementId, PartnershipId, PersonId};
use sister_cities_domain::named_enum;
use sister_cities_domain::promise::{
    ActionPlanKind, ActionPointState, ActionPointStep, PromisedBy, Publicity,
};

use crate::partnership::PartnershipPath;
use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, OrderWord, Page, RecordQuery, RecordedQuery};

crate::endpoints! {
    /// Lists action plans, the latest first; those without a date come last.
    GET "/v1/programmes/{programme}/action-plans" for ProgrammeRead
    list_action_plans: ListActionPlans(ProgrammePath, query: ListActionPlansQuery) -> Page<ActionPlanView>;

    /// Enters an action plan, without points.
    POST "/v1/programmes/{programme}/action-plans" for PromiseWrite
    create_action_plan: CreateActionPlan(ProgrammePath, body: ActionPlanBody) -> 201 ActionPlanView | Conflict, ETag;

    /// Reads one action plan.
    GET "/v1/programmes/{programme}/action-plans/{plan}" for ProgrammeRead
    get_action_plan: GetActionPlan(ActionPlanPath, query: RecordedQuery) -> ActionPlanView, ETag;

    /// Replaces what is known of an action plan; if it moves to another partnership, its points go with it.
    PUT "/v1/programmes/{programme}/action-plans/{plan}" for PromiseWrite
    replace_action_plan: ReplaceActionPlan(ActionPlanPath, body: ActionPlanBody) -> ActionPlanView | Conflict, IfMatch;

    /// Removes an action plan that was entered by mistake and has no points.
    DELETE "/v1/programmes/{programme}/action-plans/{plan}" for PromiseWrite
    delete_action_plan: DeleteActionPlan(ActionPlanPath) -> 204 NoContent | Conflict, IfMatch;

    /// Says how far a plan is, with its points: what is done, what is late, what comes next.
    ///
    /// As of a day, what was late then by the steps that are recorded.
    GET "/v1/programmes/{programme}/action-plans/{plan}/progress" for ProgrammeRead
    get_action_plan_progress: GetActionPlanProgress(ActionPlanPath, query: RecordQuery) -> PlanProgressView;

    /// Notes that somebody looked how far a plan is.
    POST "/v1/programmes/{programme}/action-plans/{plan}/checks" for PromiseWrite
    check_action_plan: CheckActionPlan(ActionPlanPath, body: PlanCheckBody) -> 201 ActionPlanView, IfMatch;

    /// Enters the decisions and to-dos of a meeting as points of a plan, one for each line, or only says what each would become.
    ///
    /// All of them are entered or none. What is wrong is told of all lines at once: by a dry run with each line, otherwise as one
    /// problem. A line with the title of another point of the plan is refused, so that nothing comes in twice.
    POST "/v1/programmes/{programme}/action-plans/{plan}/lines" for PromiseWrite
    add_action_plan_lines: AddActionPlanLines(ActionPlanPath, body: PlanLinesBody) -> PlanLinesView | Conflict;

    /// Enters the plan by which a partnership comes back to life, with its points.
    ///
    /// It runs for a year and is checked each quarter: a leader's visit, an agreed programme, a first result. One at a time.
    POST "/v1/programmes/{programme}/partnerships/{partnership}/reawakening" for PromiseWrite
    reawaken_partnership: ReawakenPartnership(PartnershipPath, body: ReawakeningBody) -> 201 PlanProgressView | Conflict, ETag;

    /// Lists action points, those that are due first; those without a date come last.
    GET "/v1/programmes/{programme}/action-points" for ProgrammeRead
    list_action_points: ListActionPoints(ProgrammePath, query: ListActionPointsQuery) -> Page<ActionPointView>;

    /// Enters a point of an action plan.
    POST "/v1/programmes/{programme}/action-points" for PromiseWrite
    create_action_point: CreateActionPoint(ProgrammePath, body: ActionPointBody) -> 201 ActionPointView | Conflict, ETag;

    /// Reads one action point, with the steps that were taken.
    GET "/v1/programmes/{programme}/action-points/{point}" for ProgrammeRead
    get_action_point: GetActionPoint(ActionPointPath, query: RecordedQuery) -> ActionPointView, ETag;

    /// Replaces what is said of an action point, but for the steps that were taken.
    PUT "/v1/programmes/{programme}/action-points/{point}" for PromiseWrite
    replace_action_point: ReplaceActionPoint(ActionPointPath, body: ActionPointBody) -> ActionPointView | Conflict, IfMatch;

    /// Removes an action point that was entered by mistake; what is given up is dropped instead, with a reason.
    DELETE "/v1/programmes/{programme}/action-points/{point}" for PromiseWrite
    delete_action_point: DeleteActionPoint(ActionPointPath) -> 204 NoContent | Conflict, IfMatch;

    /// Takes a step with an action point: accept, start, stall, go on, complete or drop.
    POST "/v1/programmes/{programme}/action-points/{point}/steps" for PromiseWrite
    step_action_point: StepActionPoint(ActionPointPath, body: PointStepBody) -> 201 ActionPointView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names an action plan in a path.
    pub struct ActionPlanPath in programme {
        /// The plan.
        pub plan: ActionPlanId,
    }

    /// Names an action point in a path.
    pub struct ActionPointPath in programme {
        /// The point.
        pub point: ActionPointId,
    }

    /// Which action plans to list.
    #[derive(Default)]
    pub struct ListActionPlansQuery in pages {
        /// Only those under this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those under this agreement.
        pub agreement: Option<AgreementId>,
        /// Only those of this sort, such as `reawakening`.
        pub kind: Option<ActionPlanKind>,
        /// Only those that are to be checked by this day.
        pub check_by: Option<NaiveDate>,
        /// The order.
        pub sort: Option<ActionPlanSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// Which action points to list.
    #[derive(Default)]
    pub struct ListActionPointsQuery in pages {
        /// Only those of this plan.
        pub plan: Option<ActionPlanId>,
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those that are so far.
        pub state: Option<ActionPointState>,
        /// Only those of which this person is named as owner, on either side.
        pub owner: Option<PersonId>,
        /// Only those that are due on or before this day.
        pub due_by: Option<NaiveDate>,
        /// The order.
        pub sort: Option<ActionPointSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of action plans.
    #[non_exhaustive]
    pub enum ActionPlanSort ("an order") {
        /// By when they were agreed; the default.
        Agreed = "agreed",
        /// As they were entered.
        Entered = "entered",
    }
}

named_enum! {
    /// The order of a list of action points.
    #[non_exhaustive]
    pub enum ActionPointSort ("an order") {
        /// By when they are due; the default.
        Due = "due",
        /// By their numbers in their plans.
        Number = "number",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// How far an action point is.
    ActionPointStateWord = ActionPointState;
    /// What is done with an action point.
    ActionPointStepWord = ActionPointStep;
    /// Whose promise an action point is, seen from the host of the programme.
    PromisedByWord = PromisedBy;
    /// Whether the office lets a point be shown to anybody.
    PublicityWord = Publicity;
}
