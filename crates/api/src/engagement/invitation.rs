//! Who is invited to an engagement, and what they answered.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::engagement::{Invitations, Invited};
use sister_cities_domain::id::PersonId;

use super::InvitationReplyWord;

/// Who is invited.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteBody {
    /// Who; all who stand for an organisation in the engagement if not given.
    #[schemars(length(min = 1, max = 1_000))]
    pub persons: Option<Vec<PersonId>>,
}

/// Somebody who is invited, and what they answered.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InvitedView {
    /// Who.
    pub person: PersonId,
    /// What they said last; absent if they said nothing.
    pub said: Option<InvitationReplyWord>,
    /// Whether that is an answer to the engagement as it is now; what was said before it moved is none.
    pub counts: Option<bool>,
    /// When the answer came.
    pub answered_at: Option<DateTime<Utc>>,
}

impl InvitedView {
    pub(super) fn of(invitations: &Invitations) -> Vec<Self> {
        let view = |invited: &Invited| Self {
            person: invited.person,
            said: invited.answer.map(|answer| answer.said.into()),
            counts: invited.answer.map(|answer| invitations.counts(&answer)),
            answered_at: invited.answer.map(|answer| answer.at),
        };
        invitations.invited().iter().map(view).collect()
    }
}
