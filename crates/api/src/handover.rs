//! Handover: what whoever takes over a partnership or a role has to know, in one document.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::handover::{Contact, ContactReason, Reason, ReasonKind, Unsaid, UnsaidKind};
use sister_cities_domain::id::{ActionPointId, AgreementId, RoleId};
use sister_cities_domain::named_enum;
use sister_cities_domain::role::RoleFunction;
use sister_cities_domain::value::{Name, PartialDate, Source};

use crate::ResponsibleBody;
use crate::due::NextTouchView;
use crate::engagement::{EngagementView, SideWord};
use crate::partnership::{DecisionWord, PartnershipPath, PartnershipView};
use crate::person::PersonView;
use crate::promise::ActionPointView;
use crate::role::{RolePath, RoleView};

crate::endpoints! {
    /// Tells what whoever takes over a partnership has to know.
    ///
    /// What is promised and open, whom to write to, the last twelve months, why this city at all, what comes
    /// next, and what the file does not say. Of each kind at most 40 records are told, and how many more
    /// there are. How people are reached is told to tokens with `person:read`; others see what members may.
    GET "/v1/programmes/{programme}/partnerships/{partnership}/handover" for ProgrammeRead
    get_partnership_handover: GetPartnershipHandover(PartnershipPath, query: HandoverQuery) -> HandoverView;

    /// Tells what whoever takes over a role has to know.
    ///
    /// The same as of a partnership, with the promises of whoever holds the role; of a role in a committee of
    /// one partnership, or in the administration of a partner city, with that partnership.
    GET "/v1/programmes/{programme}/roles/{role}/handover" for ProgrammeRead
    get_role_handover: GetRoleHandover(RolePath, query: HandoverQuery) -> HandoverView;
}

crate::parameters! {
    /// As of which day something is handed over.
    #[derive(Default)]
    pub struct HandoverQuery {
        /// As of this day; today if not given.
        pub as_of: Option<NaiveDate>,
    }
}

/// What whoever takes over has to know, on a day.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HandoverView {
    /// The day.
    pub as_of: NaiveDate,
    /// The partnership that is handed over; absent for a role that belongs to no single one.
    pub partnership: Option<PartnershipView>,
    /// The role that is handed over; absent if the partnership as such is.
    pub role: Option<RoleView>,
    /// The promises that are open, the one that is due first before the others.
    #[serde(default)]
    pub promises: Vec<ActionPointView>,
    /// To whom to write, those of the other side first.
    #[serde(default)]
    pub contacts: Vec<ContactView>,
    /// What took place in the last twelve months, the latest first.
    #[serde(default)]
    pub engagements: Vec<EngagementView>,
    /// Why this city at all, in the order of time.
    #[serde(default)]
    pub reasons: Vec<ReasonView>,
    /// What comes next; absent for a role that belongs to no single partnership, or a partnership that is over.
    pub next_touch: Option<NextTouchView>,
    /// What the file does not say.
    #[serde(default)]
    pub unsaid: Vec<UnsaidView>,
    /// How many more there are of what is told in part.
    #[serde(default)]
    pub more: Vec<MoreView>,
    /// What those are called that are named by their ids alone.
    #[serde(default)]
    pub names: Vec<CalledView>,
}

/// Somebody to write to.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContactView {
    /// On which side they are.
    pub side: SideWord,
    /// Who it is, as precisely as is known.
    pub who: ResponsibleBody,
    /// The person, as far as the caller may see them.
    pub person: Option<PersonView>,
    /// Why one writes to them.
    pub because: ContactBecauseWord,
    /// The role that they hold.
    pub role: Option<RoleId>,
    /// What they are there.
    pub function: Option<RoleFunction>,
    /// Since when, if that is known.
    pub since: Option<PartialDate>,
    /// The first that is due of what they owe.
    pub promise: Option<ActionPointId>,
}

named_enum! {
    /// Why somebody stands among those to write to.
    #[non_exhaustive]
    pub enum ContactBecause ("why one writes to somebody") {
        /// They hold a role.
        Role = "role",
        /// They owe something and hold no role that is on record.
        Promise = "promise",
    }
}

/// Something that says why the cities are partners.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonView {
    /// When that was.
    pub on: Option<PartialDate>,
    /// What was decided, if it is a decision.
    pub decision: Option<DecisionWord>,
    /// The agreement, if it is one.
    pub agreement: Option<AgreementId>,
    /// What was said or signed.
    pub text: Option<String>,
    /// Who decided it.
    pub authority: Option<Name>,
    /// Where it can be read.
    pub source: Option<Source>,
}

/// Something that the file does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnsaidView {
    /// What sort of thing.
    pub kind: UnsaidKindWord,
    /// The id of the record that lacks it.
    pub about: String,
    /// What is lacking, in a sentence.
    pub sentence: String,
}

/// How many more records there are of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MoreView {
    /// What of: the field in which the others stand.
    pub of: String,
    /// How many are not told.
    pub number: u64,
}

/// What somebody or something is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalledView {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

crate::words! {
    /// Why somebody stands among those to write to.
    ContactBecauseWord = ContactBecause;
    /// What sort of thing a file does not say.
    UnsaidKindWord = UnsaidKind;
}

impl ContactView {
    /// Shows somebody to write to, with the person as far as the caller may see them.
    #[must_use]
    pub fn of(contact: &Contact, person: Option<PersonView>) -> Self {
        let Contact { side, who, because } = contact;
        let view = Self {
            side: (*side).into(),
            who: ResponsibleBody::of(who),
            person,
            because: ContactBecause::Role.into(),
            role: None,
            function: None,
            since: None,
            promise: None,
        };
        match because {
            ContactReason::Role { role, function, since } => {
                Self { role: Some(*role), function: Some(function.clone()), since: *since, ..view }
            }
            ContactReason::Promise { point } => {
                Self { because: ContactBecause::Promise.into(), promise: Some(*point), ..view }
            }
            _ => view,
        }
    }
}

impl ReasonView {
    /// Shows a reason.
    #[must_use]
    pub fn of(reason: &Reason<'_>) -> Self {
        let &Reason { on, kind, text, authority, source } = reason;
        let (decision, agreement) = match kind {
            ReasonKind::Decision(act) => (Some(act.into()), None),
            ReasonKind::Agreement(agreement) => (None, Some(agreement)),
            ReasonKind::Note | _ => (None, None),
        };
        Self {
            on,
            decision,
            agreement,
            text: text.map(ToOwned::to_owned),
            authority: authority.cloned(),
            source: source.cloned(),
        }
    }
}

impl UnsaidView {
    /// Shows what is not said.
    #[must_use]
    pub fn of(Unsaid { kind, about, sentence }: &Unsaid) -> Self {
        Self { kind: (*kind).into(), about: about.to_string(), sentence: sentence.clone() }
    }
}
