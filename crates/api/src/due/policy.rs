//! The numbers by which due work is reckoned, as the wire tells them.

use std::num::NonZeroU16;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::due::{DueKind, DuePolicy, DueRule, Span};

use super::DueKindWord;
use crate::IncompleteView;
use crate::responsible::ResponsibleBody;

/// The numbers by which due work is reckoned, all of them.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuePolicyBody {
    /// Who does what has no owner otherwise; nobody if absent.
    pub owner: Option<ResponsibleBody>,
    /// The numbers of rules that do not go by the standard ones.
    #[serde(default)]
    pub rules: Vec<DueRuleBody>,
    /// Who is told when an item stays undone.
    #[serde(default)]
    pub escalation: Vec<EscalationStepBody>,
    /// Every how many months an anniversary is kept.
    pub anniversary_every_months: NonZeroU16,
    /// A partnership is to be touched every so many months.
    pub touch_every_months: NonZeroU16,
}

/// The numbers of one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DueRuleBody {
    /// The rule.
    pub kind: DueKind,
    /// How long before its day an item is listed.
    pub lead: Span,
    /// How long there is from the cause to that day, or from one check to the next.
    pub allowed: Span,
}

/// Who is told when an item stays undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationStepBody {
    /// How long after the day it was due.
    pub after: Span,
    /// Who is told.
    pub to: ResponsibleBody,
}

/// The numbers by which due work is reckoned.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DuePolicyView {
    /// Who does what has no owner otherwise; absent if nobody.
    pub owner: Option<ResponsibleBody>,
    /// The numbers of the rules that do not go by the standard ones.
    pub rules: Vec<DueRuleView>,
    /// Who is told when an item stays undone.
    pub escalation: Vec<EscalationStepBody>,
    /// Every how many months an anniversary is kept.
    pub anniversary_every_months: NonZeroU16,
    /// A partnership is to be touched every so many months.
    pub touch_every_months: NonZeroU16,
}

/// The numbers of one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DueRuleView {
    /// The rule.
    pub kind: DueKindWord,
    /// How long before its day an item is listed.
    pub lead: Span,
    /// How long there is from the cause to that day, or from one check to the next.
    pub allowed: Span,
}

impl DuePolicyView {
    /// Shows a policy.
    #[must_use]
    pub fn of(policy: &DuePolicy) -> Self {
        let DuePolicy { owner, rules, escalation, anniversary_every_months, touch_every_months } = policy;
        let rule = |(kind, rule): (&DueKind, &DueRule)| DueRuleView {
            kind: (*kind).into(),
            lead: rule.lead,
            allowed: rule.allowed,
        };
        let steps = escalation
            .iter()
            .map(|step| EscalationStepBody { after: step.after, to: ResponsibleBody::of(&step.to) });
        Self {
            owner: owner.as_ref().map(ResponsibleBody::of),
            rules: rules.iter().map(rule).collect(),
            escalation: steps.collect(),
            anniversary_every_months: *anniversary_every_months,
            touch_every_months: *touch_every_months,
        }
    }
}

/// The numbers as a body that changes nothing: what is to be changed is changed in it.
impl TryFrom<DuePolicyView> for DuePolicyBody {
    type Error = IncompleteView;

    fn try_from(view: DuePolicyView) -> Result<Self, IncompleteView> {
        let DuePolicyView { owner, rules, escalation, anniversary_every_months, touch_every_months } = view;
        let rule = |DueRuleView { kind, lead, allowed }| {
            Ok(DueRuleBody { kind: kind.recognised("kind of a rule")?, lead, allowed })
        };
        let rules = rules.into_iter().map(rule).collect::<Result<_, IncompleteView>>()?;
        Ok(Self { owner, rules, escalation, anniversary_every_months, touch_every_months })
    }
}
