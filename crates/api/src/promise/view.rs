//! What the wire shows of action plans and action points, and how it is made of the domain.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{ActionPlanId, ActionPointId, AgreementId, PartnershipId};
use sister_cities_domain::promise::{
    Acceptance, ActionPlan, ActionPlanKind, ActionPoint, PlanProgress, PointAct, PointOwner, TakenStep,
};
use sister_cities_domain::value::{FreeText, PartialDate, Source, Title};

use super::{
    AcceptedBody, ActionPointStateWord, ActionPointStepWord, CheckRhythmBody, PointOwnerBody, PromisedByWord,
    PublicityWord,
};
use crate::note::NoteBody;
use crate::{FieldError, ResponsibleBody};

/// What two cities promised each other in points.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionPlanView {
    /// Its id.
    pub id: ActionPlanId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it hangs under.
    pub partnership: PartnershipId,
    /// The agreement it belongs to, if there is one.
    pub agreement: Option<AgreementId>,
    /// What it is called.
    pub title: Title,
    /// What sort of plan it is.
    pub kind: ActionPlanKind,
    /// When it was agreed or signed.
    pub agreed_on: Option<PartialDate>,
    /// Its last day.
    pub ends_on: Option<PartialDate>,
    /// How often it is to be checked.
    pub check: Option<CheckRhythmBody>,
    /// When it was checked last, and what was found.
    pub last_check: Option<PlanCheckView>,
    /// The day by which it is to be checked next.
    pub next_check: Option<NaiveDate>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// A check of a plan.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanCheckView {
    /// When somebody looked.
    pub on: NaiveDate,
    /// What was found.
    pub remark: Option<FreeText>,
}

/// How far a plan is on a day.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanProgressView {
    /// The day.
    pub on: NaiveDate,
    /// The plan.
    pub plan: ActionPlanView,
    /// How many of its points are done.
    pub done: u32,
    /// How many were dropped.
    pub dropped: u32,
    /// How many do not go on for now.
    pub stalled: u32,
    /// Those that are late, the longest first.
    #[serde(default)]
    pub late: Vec<ActionPointId>,
    /// What is to be done next.
    pub next: Option<ActionPointId>,
    /// All its points, by their numbers.
    #[serde(default)]
    pub points: Vec<ActionPointView>,
}

/// What came of the lines of a meeting.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanLinesView {
    /// Whether their points were entered; not after a dry run.
    pub entered: bool,
    /// What each line becomes, in their order.
    #[serde(default)]
    pub lines: Vec<PlanLineView>,
}

/// What one line becomes: a point, or nothing as long as there are problems.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanLineView {
    /// Which line, from 1.
    pub line: u32,
    /// The id of its point, once that is entered.
    pub point: Option<ActionPointId>,
    /// The number of its point in the plan.
    pub number: Option<u32>,
    /// What is promised, in a line.
    pub title: Option<Title>,
    /// What is promised, in full.
    pub text: Option<FreeText>,
    /// Whose promise it is.
    pub promised_by: Option<PromisedByWord>,
    /// Who is to see to it in the city whose programme it is.
    pub host: Option<PointOwnerBody>,
    /// Who is to see to it in the other city.
    pub counterpart: Option<PointOwnerBody>,
    /// Until when.
    pub due: Option<PartialDate>,
    /// What is wrong with it, each with a pointer such as `/lines/2/due`.
    #[serde(default)]
    pub problems: Vec<FieldError>,
}

/// One thing that was promised.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionPointView {
    /// Its id.
    pub id: ActionPointId,
    /// The revision to name in `If-Match` when changing it or taking a step.
    pub revision: u32,
    /// The plan it is a point of.
    pub plan: ActionPlanId,
    /// The partnership of that plan.
    pub partnership: PartnershipId,
    /// Its number in the plan.
    pub number: u32,
    /// What was promised, in a line.
    pub title: Title,
    /// What was promised, in full.
    pub text: Option<FreeText>,
    /// Whose promise it is.
    pub promised_by: PromisedByWord,
    /// Who is to see to it in the city whose programme it is.
    pub host: Option<PointOwnerBody>,
    /// Who is to see to it in the other city.
    pub counterpart: Option<PointOwnerBody>,
    /// Until when it is due.
    pub due: Option<PartialDate>,
    /// How far it is.
    pub state: ActionPointStateWord,
    /// What was done about it, the first step first.
    #[serde(default)]
    pub steps: Vec<TakenStepView>,
    /// How far it is, in a sentence that the office lets be shown.
    pub public_status: Option<Title>,
    /// Whether that sentence may be shown to anybody.
    pub publicity: PublicityWord,
}

/// A step that was taken with an action point.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TakenStepView {
    /// Which.
    pub step: ActionPointStepWord,
    /// When, as precisely as is known.
    pub on: PartialDate,
    /// The state it led to.
    pub to: ActionPointStateWord,
    /// What there was to say about it.
    pub remark: Option<FreeText>,
    /// The side that accepted, if it was one alone.
    pub side: Option<PromisedByWord>,
    /// What shows that it is done.
    pub evidence: Option<FreeText>,
    /// Why it was given up.
    pub reason: Option<FreeText>,
}

impl ActionPlanView {
    /// Shows a plan at a revision.
    #[must_use]
    pub fn of(plan: &ActionPlan, revision: u32) -> Self {
        let &ActionPlan {
            id,
            partnership,
            agreement,
            runs,
            check,
            ref title,
            ref kind,
            ref last_check,
            ref source,
            ref notes,
            programme: _,
        } = plan;
        Self {
            id,
            revision,
            partnership,
            agreement,
            title: title.clone(),
            kind: kind.clone(),
            agreed_on: runs.from(),
            ends_on: runs.to(),
            check: check
                .map(|rhythm| CheckRhythmBody { every_months: rhythm.every_months(), from: rhythm.from() }),
            last_check: last_check
                .as_ref()
                .map(|check| PlanCheckView { on: check.on, remark: check.remark.clone() }),
            next_check: plan.next_check(),
            source: source.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl PlanProgressView {
    /// Shows how far a plan is on a day.
    #[must_use]
    pub fn of(
        on: NaiveDate,
        plan: ActionPlanView,
        progress: PlanProgress,
        points: Vec<ActionPointView>,
    ) -> Self {
        let PlanProgress { done, dropped, stalled, late, next, .. } = progress;
        Self { on, plan, done, dropped, stalled, late, next, points }
    }
}

impl PlanLineView {
    /// Shows the point that a line becomes, `point` once it is entered.
    #[must_use]
    pub fn becoming(line: u32, point: Option<ActionPointId>, becomes: &ActionPoint) -> Self {
        Self {
            line,
            point,
            number: Some(becomes.number.get()),
            title: Some(becomes.title.clone()),
            text: becomes.text.clone(),
            promised_by: Some(becomes.promised_by.into()),
            host: becomes.host.as_ref().map(PointOwnerBody::of),
            counterpart: becomes.counterpart.as_ref().map(PointOwnerBody::of),
            due: becomes.due,
            problems: Vec::new(),
        }
    }

    /// Shows what is wrong with a line.
    #[must_use]
    pub const fn wrong(line: u32, problems: Vec<FieldError>) -> Self {
        Self {
            line,
            point: None,
            number: None,
            title: None,
            text: None,
            promised_by: None,
            host: None,
            counterpart: None,
            due: None,
            problems,
        }
    }
}

impl ActionPointView {
    /// Shows a point at a revision.
    #[must_use]
    pub fn of(point: &ActionPoint, revision: u32) -> Self {
        let &ActionPoint {
            id,
            plan,
            partnership,
            number,
            promised_by,
            due,
            publicity,
            ref title,
            ref text,
            ref host,
            ref counterpart,
            ref public_status,
            ref course,
            programme: _,
        } = point;
        Self {
            id,
            revision,
            plan,
            partnership,
            number: number.get(),
            title: title.clone(),
            text: text.clone(),
            promised_by: promised_by.into(),
            host: host.as_ref().map(PointOwnerBody::of),
            counterpart: counterpart.as_ref().map(PointOwnerBody::of),
            due,
            state: course.state().into(),
            steps: course.steps().iter().map(TakenStepView::of).collect(),
            public_status: public_status.clone(),
            publicity: publicity.into(),
        }
    }
}

impl PointOwnerBody {
    fn of(owner: &PointOwner) -> Self {
        let accepted = match owner.acceptance {
            Acceptance::NotYet => None,
            Acceptance::Accepted { on } => Some(AcceptedBody { on }),
        };
        Self { responsible: ResponsibleBody::of(&owner.responsible), accepted }
    }
}

impl TakenStepView {
    fn of(taken: &TakenStep) -> Self {
        let TakenStep { act, on, remark, to } = taken;
        let (side, evidence, reason) = match act {
            PointAct::Accept { side } => (side.map(Into::into), None, None),
            PointAct::Complete { evidence } => (None, Some(evidence.clone()), None),
            PointAct::Drop { reason } => (None, None, Some(reason.clone())),
            PointAct::Start | PointAct::Stall | PointAct::GoOn | _ => (None, None, None),
        };
        Self {
            step: act.kind().into(),
            on: *on,
            to: (*to).into(),
            remark: remark.clone(),
            side,
            evidence,
            reason,
        }
    }
}
