//! How private each field is, by where it stands in the body of a record, of an event, or of an actor.
//!
//! Free text is personal wherever people write it, as it may name somebody. A test walks bodies with every field filled in and
//! fails for one that is not listed here; until then such a field counts as personal.

use super::DataClass;

/// One or more fields of a body and how private they are.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Where: a JSON pointer in which `*` stands for any one step, and `**` at the end for one or more.
    pub path: &'static str,
    /// How private.
    pub class: DataClass,
    /// What of: a value or a text.
    pub holds: Holds,
}

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One thing: if it is personal, the name of a person. Retention removes it.
    Value,
    /// Whatever people write, which may name somebody among other things. It outlives retention; erasure looks into it.
    Prose,
}

/// How private a value is, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// How private.
    pub class: DataClass,
    /// What of.
    pub holds: Holds,
}

impl Nature {
    /// Of what nobody classified.
    pub(super) const UNKNOWN: Self = Self { class: DataClass::Personal, holds: Holds::Prose };
}

impl Field {
    /// Whether this is about the value at `pointer`.
    #[must_use]
    pub fn covers(&self, pointer: &str) -> bool {
        let mut steps = pointer.split('/');
        for wanted in self.path.split('/') {
            match (wanted, steps.next()) {
                ("**", Some(_)) => return true,
                (wanted, Some(step)) if wanted == "*" || wanted == step => {}
                (_, Some(_) | None) => return false,
            }
        }
        steps.next().is_none()
    }
}

/// The nature of the first field that covers `pointer`; none if nobody classified it.
pub(super) fn nature_of(fields: &[Field], pointer: &str) -> Option<Nature> {
    let field = fields.iter().find(|field| field.covers(pointer))?;
    Some(Nature { class: field.class, holds: field.holds })
}

macro_rules! fields {
    ($($path:literal $nature:ident,)+) => {
        &[$(fields!(@ $path $nature)),+]
    };
    (@ $path:literal Prose) => {
        Field { path: $path, class: DataClass::Personal, holds: Holds::Prose }
    };
    (@ $path:literal $class:ident) => {
        Field { path: $path, class: DataClass::$class, holds: Holds::Value }
    };
}

/// Of an actor, with every change and event.
pub(super) const ACTOR: &[Field] = fields! {
    "/kind" Internal,
    "/id" Internal,
    "/name" Personal,
};

/// Of an event about personal data, whichever record it is about.
pub(super) const PRIVACY_EVENT: &[Field] = fields! {
    "/name" Public,
    "/pseudonym" Internal,
    "/values" Internal,
    "/journal" Internal,
    "/key" Internal,
    "/keys" Internal,
    "/fields/*" Internal,
};

pub(super) const PROGRAMME: &[Field] = fields! {
    "/v" Public,
    "/id" Public,
    "/name" Public,
    "/host" Public,
    "/kinds/**" Public,
    "/policies/**" Internal,
    "/language" Public,
    "/currency" Public,
};

pub(super) const PROGRAMME_EVENT: &[Field] = fields! {
    "/name" Public,
    "/called" Public,
    "/fields/*" Internal,
};

pub(super) const PLACE: &[Field] = fields! {
    "/v" Public,
    "/id" Public,
    "/programme" Public,
    "/level" Public,
    "/names/**" Public,
    "/country" Public,
    "/admin1" Public,
    "/point/**" Public,
    "/zone" Public,
    "/population/**" Public,
    "/external/**" Public,
    "/identity" Public,
};

pub(super) const PLACE_EVENT: &[Field] = fields! {
    "/name" Public,
    "/called" Public,
    "/fields/*" Internal,
};

pub(super) const PARTNERSHIP: &[Field] = fields! {
    "/v" Public,
    "/id" Public,
    "/programme" Public,
    "/members/*" Public,
    "/episodes/*/kind" Public,
    "/episodes/*/labels/*/place" Public,
    "/episodes/*/labels/*/label" Public,
    "/episodes/*/labels/*/source" Prose,
    "/episodes/*/began/claims/*/value" Public,
    "/episodes/*/began/claims/*/source" Prose,
    "/episodes/*/began/chosen" Internal,
    "/episodes/*/end" Public,
    "/episodes/*/end/ended/claims/*/value" Public,
    "/episodes/*/end/ended/claims/*/source" Prose,
    "/episodes/*/end/ended/chosen" Internal,
    "/episodes/*/sources/*" Prose,
    "/decisions/*/act" Internal,
    "/decisions/*/episode" Internal,
    "/decisions/*/deadline" Internal,
    "/decisions/*/measure" Internal,
    "/decisions/*/on" Internal,
    "/decisions/*/reason" Prose,
    "/decisions/*/plan" Prose,
    "/decisions/*/condition" Prose,
    "/decisions/*/grounds" Prose,
    "/decisions/*/statement" Prose,
    "/decisions/*/note" Prose,
    "/decisions/*/authority" Prose,
    "/decisions/*/source" Prose,
    "/record/*/period/*" Internal,
    "/record/*/source" Prose,
    "/record/*/stated_by" Personal,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
};

pub(super) const PARTNERSHIP_EVENT: &[Field] = fields! {
    "/name" Public,
    "/from" Internal,
    "/to" Internal,
    "/decision/act" Internal,
    "/decision/episode" Internal,
    "/decision/deadline" Internal,
    "/decision/measure" Internal,
    "/decision/on" Internal,
    "/decision/reason" Prose,
    "/decision/plan" Prose,
    "/decision/condition" Prose,
    "/decision/grounds" Prose,
    "/decision/statement" Prose,
    "/decision/note" Prose,
    "/decision/authority" Prose,
    "/decision/source" Prose,
    "/episode" Internal,
    "/episode/kind" Public,
    "/episode/labels/*/place" Public,
    "/episode/labels/*/label" Public,
    "/episode/labels/*/source" Prose,
    "/episode/began/claims/*/value" Public,
    "/episode/began/claims/*/source" Prose,
    "/episode/began/chosen" Internal,
    "/episode/end" Public,
    "/episode/end/ended/claims/*/value" Public,
    "/episode/end/ended/claims/*/source" Prose,
    "/episode/end/ended/chosen" Internal,
    "/episode/sources/*" Prose,
    "/claim/value" Internal,
    "/claim/source" Prose,
    "/label/place" Public,
    "/label/label" Public,
    "/label/source" Prose,
    "/source" Prose,
    "/record/*/period/*" Internal,
    "/record/*/source" Prose,
    "/record/*/stated_by" Personal,
    "/note/text" Prose,
    "/note/source" Prose,
    "/members/*" Public,
};

pub(super) const AGREEMENT: &[Field] = fields! {
    "/v" Public,
    "/id" Public,
    "/programme" Public,
    "/partnership" Public,
    "/parent" Internal,
    "/title" Internal,
    "/parties/*" Internal,
    "/versions/*/number" Internal,
    "/versions/*/base" Internal,
    "/versions/*/of" Internal,
    "/versions/*/text" Internal,
    "/versions/*/hash" Internal,
    "/versions/*/terms/term/*" Internal,
    "/versions/*/terms/notice" Internal,
    "/versions/*/terms/in_force_from" Internal,
    "/versions/*/stage" Internal,
    "/versions/*/proposed_on" Internal,
    "/versions/*/withdrawn_on" Internal,
    "/versions/*/reason" Prose,
    "/versions/*/approvals/*/by" Internal,
    "/versions/*/approvals/*/basis" Internal,
    "/versions/*/approvals/*/on" Internal,
    "/versions/*/approvals/*/body" Prose,
    "/versions/*/approvals/*/reference" Prose,
    "/versions/*/approvals/*/reason" Prose,
    "/versions/*/approvals/*/authority" Prose,
    "/versions/*/approvals/*/source" Prose,
    "/versions/*/signatures/*/by" Internal,
    "/versions/*/signatures/*/person" Personal,
    "/versions/*/signatures/*/office/title" Internal,
    "/versions/*/signatures/*/office/rank" Internal,
    "/versions/*/signatures/*/on" Internal,
    "/versions/*/signatures/*/at" Internal,
    "/versions/*/signatures/*/source" Prose,
    "/notice/by/*" Internal,
    "/notice/on" Internal,
    "/notice/authority" Prose,
    "/notice/reason" Prose,
    "/notice/source" Prose,
    "/display_year" Internal,
    "/display_year/**" Internal,
};

pub(super) const AGREEMENT_EVENT: &[Field] = fields! {
    "/name" Public,
    "/partnership" Internal,
    "/parent" Internal,
    "/title" Internal,
    "/version" Internal,
    "/base" Internal,
    "/of" Internal,
    "/text" Internal,
    "/hash" Internal,
    "/on" Internal,
    "/reason" Prose,
    "/outstanding/*" Internal,
    "/approval/by" Internal,
    "/approval/basis" Internal,
    "/approval/on" Internal,
    "/approval/body" Prose,
    "/approval/reference" Prose,
    "/approval/reason" Prose,
    "/approval/authority" Prose,
    "/approval/source" Prose,
    "/signature/by" Internal,
    "/signature/person" Personal,
    "/signature/office/title" Internal,
    "/signature/office/rank" Internal,
    "/signature/on" Internal,
    "/signature/at" Internal,
    "/signature/source" Prose,
    "/signatures/*/by" Internal,
    "/signatures/*/person" Personal,
    "/signatures/*/office/title" Internal,
    "/signatures/*/office/rank" Internal,
    "/signatures/*/on" Internal,
    "/signatures/*/at" Internal,
    "/signatures/*/source" Prose,
    "/notice/by/*" Internal,
    "/notice/on" Internal,
    "/notice/authority" Prose,
    "/notice/reason" Prose,
    "/notice/source" Prose,
    "/ends_earliest" Internal,
    "/ends_latest" Internal,
    "/choice" Internal,
    "/choice/**" Internal,
};

pub(super) const ENGAGEMENT: &[Field] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/partnership" Internal,
    "/title" Prose,
    "/foci/*" Internal,
    "/direction" Internal,
    "/dates/*" Internal,
    "/happening" Internal,
    "/participants/*/side" Internal,
    "/participants/*/role" Internal,
    "/participants/*/people" Internal,
    "/organisations/*/name" Prose,
    "/organisations/*/side" Internal,
    "/organisations/*/representatives/*" Personal,
    "/costs/*/party" Prose,
    "/costs/*/amount" Internal,
    "/costs/*/amount/*" Internal,
    "/outcomes/*" Prose,
    "/evidence" Internal,
    "/source" Prose,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
    "/care" Sensitive,
};

pub(super) const ENGAGEMENT_EVENT: &[Field] = fields! {
    "/name" Public,
    "/partnership" Internal,
    "/title" Prose,
    "/dates/*" Internal,
    "/fields/*" Internal,
};

pub(super) const IMPORT: &[Field] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/content" Internal,
    "/file" Internal,
    "/file_name" Prose,
    "/mapping/columns/*" Internal,
    "/mapping/values/*/*" Internal,
    "/mapping/day_order" Internal,
    "/mapping/sheet" Internal,
    "/mapping/source" Prose,
    "/mapping/complete_for/*" Internal,
    "/answers/*/line" Internal,
    "/answers/*/about" Internal,
    "/answers/*/choice" Internal,
    "/answers/*/choice/*" Internal,
    "/state/state" Internal,
    "/state/report" Internal,
    "/state/tally/*" Internal,
    "/state/touched/*/*" Internal,
    "/state/kept/*/*" Internal,
};

pub(super) const IMPORT_EVENT: &[Field] = fields! {
    "/name" Public,
    "/content" Internal,
    "/file" Internal,
    "/state" Internal,
    "/tally/*" Internal,
    "/kept" Internal,
};

pub(super) const TOKEN: &[Field] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/name" Personal,
    // The SHA-256 of 256 random bits: there is nothing to guess.
    "/hash" Internal,
    "/scopes/*" Internal,
    "/created_at" Internal,
    "/expires_at" Internal,
    "/revoked_at" Internal,
};

pub(super) const TOKEN_EVENT: &[Field] = fields! {
    "/name" Public,
    "/called" Personal,
    "/scopes/*" Internal,
};

pub(super) const LINK: &[Field] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/peer" Internal,
    "/partnership" Internal,
    "/name" Public,
};

pub(super) const LINK_EVENT: &[Field] = fields! {
    "/name" Public,
    "/peer" Internal,
    "/partnership" Internal,
};

pub(super) const SHARE: &[Field] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/peer" Internal,
    "/link" Internal,
    "/subject" Internal,
    "/revision" Internal,
    "/content/engagement/title" Prose,
    "/content/engagement/foci/*" Internal,
    "/content/engagement/direction" Internal,
    "/content/engagement/dates/*" Internal,
    "/content/engagement/happening" Internal,
    "/content/engagement/participants/*/side" Internal,
    "/content/engagement/participants/*/role" Internal,
    "/content/engagement/participants/*/people" Internal,
    "/content/engagement/evidence" Internal,
    "/content/agreement/title" Internal,
    "/content/agreement/signed_on" Internal,
    "/content/agreement/in_force_from" Internal,
    "/content/agreement/versions/*/number" Internal,
    "/content/agreement/versions/*/hash" Internal,
    "/content/agreement/versions/*/approved" Internal,
    "/content/agreement/versions/*/signed" Internal,
};

pub(super) const SHARE_EVENT: &[Field] = fields! {
    "/name" Public,
    "/peer" Internal,
    "/record" Internal,
    "/revision" Internal,
};
