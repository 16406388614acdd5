//! Outcomes: what came of what the cities did, how well it is shown, and totals that count each once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{
    ActionPointId, AgreementId, EngagementId, OutcomeId, PartnershipId, PracticeId, ProgrammeId,
};
use sister_cities_domain::named_enum;
use sister_cities_domain::outcome::{
    Attribution, Evidence, EvidenceChange, EvidenceStep, Outcome, OutcomeKind, OutcomeTotal, OutcomeTotals,
    OutcomeValue, SameOutcome,
};
use sister_cities_domain::value::{FreeText, PartialDate, Source, Title};

use crate::programme::ProgrammePath;
use crate::{Moment, NoteBody, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists outcomes, the latest first; those without a date come last.
    ///
    /// Disputed and withdrawn ones are listed too; they are in no total.
    GET "/v1/programmes/{programme}/outcomes" for ProgrammeRead
    list_outcomes: ListOutcomes(ProgrammePath, query: ListOutcomesQuery) -> Page<OutcomeView>;

    /// Enters an outcome, as a claim.
    POST "/v1/programmes/{programme}/outcomes" for OutcomeWrite
    create_outcome: CreateOutcome(ProgrammePath, body: OutcomeBody) -> 201 OutcomeView | Conflict, ETag;

    /// Totals outcomes by currency or unit, evidence and attribution, each total with the list behind it.
    ///
    /// Each outcome is counted once, however many records it cites. Different currencies and units are never
    /// summed; what is disputed or withdrawn is told apart. At most 5,000 outcomes are totalled at once; where
    /// there are more, the answer is 400, as a total of some of them would be wrong.
    GET "/v1/programmes/{programme}/outcomes/totals" for ProgrammeRead
    total_outcomes: TotalOutcomes(ProgrammePath, query: TotalOutcomesQuery) -> OutcomeTotalsView;

    /// Reads one outcome.
    GET "/v1/programmes/{programme}/outcomes/{outcome}" for ProgrammeRead
    get_outcome: GetOutcome(OutcomePath, query: RecordedQuery) -> OutcomeView, ETag;

    /// Replaces what is known of an outcome, but for its evidence.
    PUT "/v1/programmes/{programme}/outcomes/{outcome}" for OutcomeWrite
    replace_outcome: ReplaceOutcome(OutcomePath, body: OutcomeBody) -> OutcomeView | Conflict, IfMatch;

    /// Documents, verifies, disputes or withdraws an outcome.
    ///
    /// A claim is documented by a paper, a documented outcome verified by somebody who looked into it. Any of
    /// them can be disputed, which a paper or a verification settles; what is withdrawn stays so. The days of the
    /// steps never go back.
    POST "/v1/programmes/{programme}/outcomes/{outcome}/evidence" for OutcomeWrite
    grade_outcome: GradeOutcome(OutcomePath, body: EvidenceChangeBody) -> 201 OutcomeView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names an outcome in a path.
    pub struct OutcomePath in programme {
        /// The outcome.
        pub outcome: OutcomeId,
    }

    /// Which outcomes to list.
    #[derive(Default)]
    pub struct ListOutcomesQuery in pages {
        /// Only those that cite this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those that cite this engagement.
        pub engagement: Option<EngagementId>,
        /// Only those that cite this agreement.
        pub agreement: Option<AgreementId>,
        /// Only those that cite this point of an action plan.
        pub action_point: Option<ActionPointId>,
        /// Only those that cite this practice.
        pub practice: Option<PracticeId>,
        /// Only those of this kind, such as `jobs`.
        pub kind: Option<OutcomeKind>,
        /// Only those that are shown so well now.
        pub evidence: Option<Evidence>,
        /// Only those with this attribution.
        pub attribution: Option<Attribution>,
        /// Only those that may have come on or after this day.
        pub from: Option<NaiveDate>,
        /// Only those that may have come on or before this day.
        pub to: Option<NaiveDate>,
        /// The order.
        pub sort: Option<OutcomeSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// Which outcomes to total.
    #[derive(Default)]
    pub struct TotalOutcomesQuery {
        /// By which day, and how well they were shown on it; today if not given.
        pub as_of: Option<NaiveDate>,
        /// Only what came on or after this day.
        pub from: Option<NaiveDate>,
        /// Only what came on or before this day.
        pub to: Option<NaiveDate>,
        /// Only what cites this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only what is of this kind, such as `jobs`.
        pub kind: Option<OutcomeKind>,
    }
}

named_enum! {
    /// The order of a list of outcomes.
    #[non_exhaustive]
    pub enum OutcomeSort ("an order") {
        /// By when they came; the default.
        Date = "date",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// How well an outcome is shown.
    EvidenceLevelWord = Evidence;
    /// A step of an outcome's evidence.
    EvidenceStepWord = EvidenceStep;
    /// Whether an outcome is the partnership's doing.
    AttributionWord = Attribution;
}

/// An outcome, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeBody {
    /// What sort of outcome it is: `jobs`, `deal`, `volunteer_hours` …
    pub kind: OutcomeKind,
    /// What came of it, in a line.
    pub title: Title,
    /// What it is worth, in money or in number: `25000.00 USD`, `12.5 jobs`.
    pub value: Option<OutcomeValue>,
    /// When it was there, as precisely as is known.
    pub date: Option<PartialDate>,
    /// Whether it is the partnership's doing; `unknown` if not given.
    pub attribution: Option<Attribution>,
    /// The partnerships it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub partnerships: BTreeSet<PartnershipId>,
    /// The engagements it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub engagements: BTreeSet<EngagementId>,
    /// The agreements it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub agreements: BTreeSet<AgreementId>,
    /// The points of action plans it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub action_points: BTreeSet<ActionPointId>,
    /// The practices it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub practices: BTreeSet<PracticeId>,
    /// The outcome of a partner programme that is the same, as its office has told; so that it is counted once.
    pub same_as: Option<SameOutcomeBody>,
    /// Who claims it.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// An outcome as a partner programme keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameOutcomeBody {
    /// The partner programme.
    pub programme: ProgrammeId,
    /// Its outcome.
    pub outcome: OutcomeId,
}

/// A step of an outcome's evidence.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceChangeBody {
    /// What is done.
    pub step: EvidenceStep,
    /// On which day; today if not given.
    pub on: Option<NaiveDate>,
    /// Who says so, and why; needed to dispute or withdraw.
    pub remark: Option<FreeText>,
    /// The paper, audit or letter it rests on; needed to document or verify.
    pub evidence: Option<Source>,
}

/// What came of something that the cities did.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeView {
    /// Its id.
    pub id: OutcomeId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// What sort of outcome it is.
    pub kind: OutcomeKind,
    /// What came of it, in a line.
    pub title: Title,
    /// What it is worth, in money or in number.
    pub value: Option<OutcomeValue>,
    /// When it was there, as precisely as is known.
    pub date: Option<PartialDate>,
    /// How well it is shown, after all steps.
    pub evidence: EvidenceLevelWord,
    /// The steps of its evidence, in order.
    #[serde(default)]
    pub steps: Vec<EvidenceChangeView>,
    /// Whether it is the partnership's doing.
    pub attribution: AttributionWord,
    /// The partnerships it came of.
    #[serde(default)]
    pub partnerships: BTreeSet<PartnershipId>,
    /// The engagements it came of.
    #[serde(default)]
    pub engagements: BTreeSet<EngagementId>,
    /// The agreements it came of.
    #[serde(default)]
    pub agreements: BTreeSet<AgreementId>,
    /// The points of action plans it came of.
    #[serde(default)]
    pub action_points: BTreeSet<ActionPointId>,
    /// The practices it came of.
    #[serde(default)]
    pub practices: BTreeSet<PracticeId>,
    /// The outcome of a partner programme that is the same.
    pub same_as: Option<SameOutcomeBody>,
    /// Who claims it.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// A step that the evidence of an outcome took.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceChangeView {
    /// What was done.
    pub step: EvidenceStepWord,
    /// On which day.
    pub on: NaiveDate,
    /// Who says so, and why.
    pub remark: Option<FreeText>,
    /// What it rests on.
    pub evidence: Option<Source>,
}

/// Totals of outcomes, and what is in none of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeTotalsView {
    /// By which day, and how well they were shown on it.
    pub as_of: NaiveDate,
    /// The totals of what is claimed, documented or verified.
    pub totals: Vec<OutcomeTotalView>,
    /// What is disputed or withdrawn: told, and in no total.
    pub left_out: Vec<OutcomeTotalView>,
    /// Outcomes that say no value.
    pub without_value: Vec<OutcomeId>,
    /// Outcomes whose date is not known well enough to say whether they are of the days that were asked about.
    pub possible: Vec<OutcomeId>,
    /// Outcomes that are the same as another one, which is counted for both.
    pub counted_as: Vec<CountedAsView>,
}

/// One total with the list behind it.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeTotalView {
    /// The currency or unit: `USD`, `jobs`.
    pub measure: String,
    /// How well these are shown.
    pub evidence: EvidenceLevelWord,
    /// Whose doing they are.
    pub attribution: AttributionWord,
    /// Their sum; absent if it is too large to be kept.
    pub sum: Option<OutcomeValue>,
    /// The outcomes it is the sum of.
    pub outcomes: Vec<OutcomeId>,
}

/// An outcome that another one is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountedAsView {
    /// The outcome that is not counted.
    pub outcome: OutcomeId,
    /// The one that is.
    pub counted: OutcomeId,
}

impl OutcomeView {
    /// Shows an outcome at a revision.
    #[must_use]
    pub fn of(outcome: &Outcome, revision: u32) -> Self {
        let Outcome {
            id,
            programme: _,
            kind,
            title,
            value,
            date,
            attribution,
            evidence,
            partnerships,
            engagements,
            agreements,
            action_points,
            practices,
            same_as,
            source,
            notes,
        } = outcome;
        Self {
            id: *id,
            revision,
            kind: kind.clone(),
            title: title.clone(),
            value: value.clone(),
            date: *date,
            evidence: outcome.level().into(),
            steps: evidence.steps().iter().map(EvidenceChangeView::of).collect(),
            attribution: (*attribution).into(),
            partnerships: partnerships.clone(),
            engagements: engagements.clone(),
            agreements: agreements.clone(),
            action_points: action_points.clone(),
            practices: practices.clone(),
            same_as: same_as.map(|SameOutcome { programme, outcome }| SameOutcomeBody { programme, outcome }),
            source: source.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl EvidenceChangeView {
    fn of(change: &EvidenceChange) -> Self {
        let EvidenceChange { step, on, remark, evidence } = change;
        Self { step: (*step).into(), on: *on, remark: remark.clone(), evidence: evidence.clone() }
    }
}

impl OutcomeTotalsView {
    /// Shows totals as of a day.
    #[must_use]
    pub fn of(as_of: NaiveDate, totals: OutcomeTotals) -> Self {
        let shown = |totals: Vec<OutcomeTotal>| totals.into_iter().map(OutcomeTotalView::of).collect();
        let counted_as = |(outcome, counted)| CountedAsView { outcome, counted };
        Self {
            as_of,
            totals: shown(totals.totals),
            left_out: shown(totals.left_out),
            without_value: totals.without_value,
            possible: totals.possible,
            counted_as: totals.counted_as.into_iter().map(counted_as).collect(),
        }
    }
}

impl OutcomeTotalView {
    fn of(total: OutcomeTotal) -> Self {
        Self {
            measure: total.measure.to_string(),
            evidence: total.evidence.into(),
            attribution: total.attribution.into(),
            sum: total.sum,
            outcomes: total.outcomes,
        }
    }
}
