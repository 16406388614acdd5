//! What the wire shows of due work, and how it is made of the domain.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::due::{DueItem, DueResponse, DueWhen, EscalationStep, NextTouch, TouchReason};
use sister_cities_domain::id::{CommitteeId, DueId, EngagementId, PartnershipId};
use sister_cities_domain::value::FreeText;

use super::{DueKindWord, DueWhenWord, TouchBecause, TouchBecauseWord};
use crate::partnership::MemberView;
use crate::responsible::ResponsibleBody;

/// Something that is due.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DueItemView {
    /// Its id, the same whenever it is reckoned.
    pub id: DueId,
    /// The rule that says so.
    pub kind: DueKindWord,
    /// The id of the record it is about, with its prefix.
    pub subject: String,
    /// The partnership that the record belongs to, if it belongs to one.
    pub partnership: Option<PartnershipId>,
    /// The committee that the record is or belongs to, if it is one that sees to no one partnership.
    pub committee: Option<CommitteeId>,
    /// The day by which it is to be done, in the host's calendar.
    pub due_on: NaiveDate,
    /// When that is, seen from the day asked about.
    pub when: DueWhenWord,
    /// Who is to do it; absent if nobody is.
    pub owner: Option<ResponsibleBody>,
    /// Why, in a sentence.
    pub reason: String,
    /// What to do, in a sentence.
    pub what_to_do: String,
    /// Who is told besides, as it stayed undone.
    pub escalated: Option<EscalationView>,
}

/// Who is told as an item stayed undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EscalationView {
    /// Since when, in the host's calendar.
    pub since: NaiveDate,
    /// Who.
    pub to: ResponsibleBody,
}

/// What was said to a due item.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DueResponseView {
    /// The id of the item.
    pub id: DueId,
    /// Counts the changes, from 1.
    pub revision: u32,
    /// The rule that said it was due.
    pub kind: DueKindWord,
    /// The id of the record it is about, with its prefix.
    pub subject: String,
    /// The partnership that the record belongs to, if it belongs to one.
    pub partnership: Option<PartnershipId>,
    /// The committee, if the item belongs to one that sees to no one partnership.
    pub committee: Option<CommitteeId>,
    /// The day by which it was to be done.
    pub due_on: NaiveDate,
    /// Not listed before this day.
    pub snoozed_until: Option<NaiveDate>,
    /// Who is to do it instead.
    pub handed_to: Option<ResponsibleBody>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// What came of it.
    pub remark: Option<FreeText>,
}

/// The next touch of a partnership.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NextTouchView {
    /// The partnership.
    pub partnership: PartnershipId,
    /// The places it binds.
    pub members: Vec<MemberView>,
    /// The day; one that has passed says since when somebody is waited for.
    pub on: NaiveDate,
    /// What makes it that day.
    pub because: TouchBecauseWord,
    /// The engagement that is planned, if one is.
    pub engagement: Option<EngagementId>,
    /// The rule by which something is due, if something is.
    pub kind: Option<DueKindWord>,
    /// The id of what is due; it may not be listed yet.
    pub item: Option<DueId>,
    /// Who is to do it; absent if nobody is.
    pub owner: Option<ResponsibleBody>,
}

impl DueItemView {
    /// Shows an item as of a day, with the step of the escalation that it has reached.
    #[must_use]
    pub fn of(item: &DueItem, escalated: Option<&EscalationStep>, as_of: NaiveDate) -> Self {
        let DueItem { id, kind, subject, partnership, committee, due_on, owner, reason, what_to_do } = item;
        let escalated = escalated.map(|step| EscalationView {
            since: step.after.after(*due_on),
            to: ResponsibleBody::of(&step.to),
        });
        Self {
            id: *id,
            kind: (*kind).into(),
            subject: subject.to_string(),
            partnership: *partnership,
            committee: *committee,
            due_on: *due_on,
            when: DueWhen::of(*due_on, as_of).into(),
            owner: owner.as_ref().map(ResponsibleBody::of),
            reason: reason.clone(),
            what_to_do: what_to_do.clone(),
            escalated,
        }
    }
}

impl DueResponseView {
    /// Shows what was said, at a revision.
    #[must_use]
    pub fn of(response: &DueResponse, revision: u32) -> Self {
        let DueResponse {
            id,
            programme: _,
            kind,
            subject,
            partnership,
            committee,
            due_on,
            snoozed_until,
            handed_to,
            done,
        } = response;
        Self {
            id: *id,
            revision,
            kind: (*kind).into(),
            subject: subject.to_string(),
            partnership: *partnership,
            committee: *committee,
            due_on: *due_on,
            snoozed_until: *snoozed_until,
            handed_to: handed_to.as_ref().map(ResponsibleBody::of),
            done_on: done.as_ref().map(|done| done.on),
            remark: done.as_ref().and_then(|done| done.remark.clone()),
        }
    }
}

impl NextTouchView {
    /// Shows the next touch of a partnership of these places.
    #[must_use]
    pub fn of(partnership: PartnershipId, members: Vec<MemberView>, touch: &NextTouch) -> Self {
        let NextTouch { on, because, owner } = touch;
        let (word, engagement, due) = match because {
            TouchReason::Planned { engagement } => (TouchBecause::Planned, Some(*engagement), None),
            TouchReason::Due { kind, item } => (TouchBecause::Due, None, Some((*kind, *item))),
            TouchReason::Proposed | _ => (TouchBecause::Proposed, None, None),
        };
        Self {
            partnership,
            members,
            on: *on,
            because: word.into(),
            engagement,
            kind: due.map(|(kind, _)| kind.into()),
            item: due.map(|(_, item)| item),
            owner: owner.as_ref().map(ResponsibleBody::of),
        }
    }
}
