//! What a client says of action plans and action points.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{ActionPlanId, AgreementId, PartnershipId};
use sister_cities_domain::promise::{ActionPlanKind, ActionPointStep, PromisedBy, Publicity};
use sister_cities_domain::value::{FreeText, PartialDate, Source, Title};

use crate::ResponsibleBody;
use crate::note::NoteBody;

/// An action plan, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionPlanBody {
    /// The partnership it hangs under.
    pub partnership: PartnershipId,
    /// The agreement of that partnership that it belongs to, if it was signed with or under one.
    pub agreement: Option<AgreementId>,
    /// What it is called.
    pub title: Title,
    /// What sort of plan it is, such as `meeting`; `action_plan` if not given.
    pub kind: Option<ActionPlanKind>,
    /// When it was agreed or signed, as precisely as is known.
    pub agreed_on: Option<PartialDate>,
    /// Its last day, as precisely as is known.
    pub ends_on: Option<PartialDate>,
    /// How often somebody is to look how far it is; nobody has to if not given.
    pub check: Option<CheckRhythmBody>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// How often a plan is to be checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRhythmBody {
    /// Every so many months, 1 to 60; 3 is each quarter.
    #[schemars(range(min = 1, max = 60))]
    pub every_months: u32,
    /// The day from which the first interval is counted.
    pub from: NaiveDate,
}

/// A check of a plan, to be noted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanCheckBody {
    /// When somebody looked; today if not given.
    pub on: Option<NaiveDate>,
    /// What was found.
    pub remark: Option<FreeText>,
}

/// An action point, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionPointBody {
    /// The plan it is a point of.
    pub plan: ActionPlanId,
    /// Its number in the plan, 1 to 999; a new point without one gets the next.
    #[schemars(range(min = 1, max = 999))]
    pub number: Option<u32>,
    /// What was promised, in a line.
    pub title: Title,
    /// What was promised, in full.
    pub text: Option<FreeText>,
    /// Whose promise it is; `both` if not given.
    pub promised_by: Option<PromisedBy>,
    /// Who is to see to it in the city whose programme it is.
    pub host: Option<PointOwnerBody>,
    /// Who is to see to it in the other city.
    pub counterpart: Option<PointOwnerBody>,
    /// Until when it is due, as precisely as was said: a month is over on its last day.
    pub due: Option<PartialDate>,
    /// How far it is, in a sentence that the office lets be shown.
    pub public_status: Option<Title>,
    /// Whether that sentence may be shown to anybody; `internal` if not given.
    pub publicity: Option<Publicity>,
}

/// Who is to see to an action point on one side.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointOwnerBody {
    /// Who it is.
    pub responsible: ResponsibleBody,
    /// That they have accepted; absent as long as they have not.
    pub accepted: Option<AcceptedBody>,
}

/// That an owner has accepted.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptedBody {
    /// When, as precisely as is known.
    pub on: Option<PartialDate>,
}

/// A step to be taken with an action point.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointStepBody {
    /// Which.
    pub step: ActionPointStep,
    /// When, as precisely as is known; today if not given.
    pub on: Option<PartialDate>,
    /// What there is to say about it.
    pub remark: Option<FreeText>,
    /// With `accept`: the side that accepts; everybody whose promise it is if not given.
    pub side: Option<PromisedBy>,
    /// With `complete`, which needs it: what shows that it is done.
    pub evidence: Option<FreeText>,
    /// With `drop`, which needs it: why it is given up.
    pub reason: Option<FreeText>,
}

/// The decisions and to-dos of a meeting, one point each line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanLinesBody {
    /// The lines, in the order in which the points are numbered; at least one.
    pub lines: Vec<PlanLineBody>,
    /// Whether only to say what each line would become; nothing is entered then.
    #[serde(default)]
    pub dry_run: bool,
}

/// One line of the minutes of a meeting. Its fields are text as it was written, so that all that is wrong in all lines is told at
/// once; one that holds nothing visible is not said.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanLineBody {
    /// What is promised, in a line; no other point of the plan has the same.
    pub title: String,
    /// What is promised, in full.
    pub text: Option<String>,
    /// Whose promise it is, seen from the programme's city: `both`, `host` or `counterpart`; `both` if not said.
    pub promised_by: Option<String>,
    /// Who is to see to it in the programme's city: the id of a person, a committee or an organisation, or an office in words.
    pub host: Option<String>,
    /// Who is to see to it in the other city, in the same way.
    pub counterpart: Option<String>,
    /// Until when: `2009`, `2009-03` or `2009-03-31`.
    pub due: Option<String>,
}

/// How a reawakening begins.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReawakeningBody {
    /// The first day of its year; today if not given.
    pub from: Option<NaiveDate>,
    /// What the plan is called; after its first day if not given.
    pub title: Option<Title>,
}
