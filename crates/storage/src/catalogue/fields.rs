//! How private each field is, by where it stands in the body of a record, of an event, or of an actor.
//!
//! Free text is personal wherever people write it, as it may name somebody. A test walks bodies with every field filled in and
//! fails for one that is not listed here; until then such a field counts as personal.

use super::DataClass::{self, Internal, Personal, Public, Sensitive};

/// One or more fields of a body and how private they are.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Where: a JSON pointer in which `*` stands for any one step, and `**` at the end for one or more.
    pub path: &'static str,
    /// How private.
    pub class: DataClass,
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

/// The class that the first field that covers `pointer` has; none if nobody classified it.
pub(super) fn class_of(fields: &[Field], pointer: &str) -> Option<DataClass> {
    fields.iter().find(|field| field.covers(pointer)).map(|field| field.class)
}

macro_rules! fields {
    ($($path:literal $class:ident,)+) => {
        &[$(Field { path: $path, class: $class }),+]
    };
}

/// Of an actor, with every change and event.
pub(super) const ACTOR: &[Field] = fields! {
    "/kind" Internal,
    "/id" Internal,
    "/name" Personal,
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
    "/episodes/*/labels/*/source" Personal,
    "/episodes/*/began/claims/*/value" Public,
    "/episodes/*/began/claims/*/source" Personal,
    "/episodes/*/began/chosen" Internal,
    "/episodes/*/end" Public,
    "/episodes/*/end/ended/claims/*/value" Public,
    "/episodes/*/end/ended/claims/*/source" Personal,
    "/episodes/*/end/ended/chosen" Internal,
    "/episodes/*/sources/*" Personal,
    "/decisions/*/act" Internal,
    "/decisions/*/episode" Internal,
    "/decisions/*/deadline" Internal,
    "/decisions/*/measure" Internal,
    "/decisions/*/on" Internal,
    "/decisions/*/reason" Personal,
    "/decisions/*/plan" Personal,
    "/decisions/*/condition" Personal,
    "/decisions/*/grounds" Personal,
    "/decisions/*/statement" Personal,
    "/decisions/*/note" Personal,
    "/decisions/*/authority" Personal,
    "/decisions/*/source" Personal,
    "/record/*/period/*" Internal,
    "/record/*/source" Personal,
    "/record/*/stated_by" Personal,
    "/notes/*/text" Personal,
    "/notes/*/source" Personal,
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
    "/decision/reason" Personal,
    "/decision/plan" Personal,
    "/decision/condition" Personal,
    "/decision/grounds" Personal,
    "/decision/statement" Personal,
    "/decision/note" Personal,
    "/decision/authority" Personal,
    "/decision/source" Personal,
    "/episode" Internal,
    "/episode/kind" Public,
    "/episode/labels/*/place" Public,
    "/episode/labels/*/label" Public,
    "/episode/labels/*/source" Personal,
    "/episode/began/claims/*/value" Public,
    "/episode/began/claims/*/source" Personal,
    "/episode/began/chosen" Internal,
    "/episode/end" Public,
    "/episode/end/ended/claims/*/value" Public,
    "/episode/end/ended/claims/*/source" Personal,
    "/episode/end/ended/chosen" Internal,
    "/episode/sources/*" Personal,
    "/claim/value" Internal,
    "/claim/source" Personal,
    "/label/place" Public,
    "/label/label" Public,
    "/label/source" Personal,
    "/source" Personal,
    "/record/*/period/*" Internal,
    "/record/*/source" Personal,
    "/record/*/stated_by" Personal,
    "/note/text" Personal,
    "/note/source" Personal,
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
    "/versions/*/reason" Personal,
    "/versions/*/approvals/*/by" Internal,
    "/versions/*/approvals/*/basis" Internal,
    "/versions/*/approvals/*/on" Internal,
    "/versions/*/approvals/*/body" Personal,
    "/versions/*/approvals/*/reference" Personal,
    "/versions/*/approvals/*/reason" Personal,
    "/versions/*/approvals/*/authority" Personal,
    "/versions/*/approvals/*/source" Personal,
    "/versions/*/signatures/*/by" Internal,
    "/versions/*/signatures/*/person" Personal,
    "/versions/*/signatures/*/office/title" Internal,
    "/versions/*/signatures/*/office/rank" Internal,
    "/versions/*/signatures/*/on" Internal,
    "/versions/*/signatures/*/at" Internal,
    "/versions/*/signatures/*/source" Personal,
    "/notice/by/*" Internal,
    "/notice/on" Internal,
    "/notice/authority" Personal,
    "/notice/reason" Personal,
    "/notice/source" Personal,
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
    "/reason" Personal,
    "/outstanding/*" Internal,
    "/approval/by" Internal,
    "/approval/basis" Internal,
    "/approval/on" Internal,
    "/approval/body" Personal,
    "/approval/reference" Personal,
    "/approval/reason" Personal,
    "/approval/authority" Personal,
    "/approval/source" Personal,
    "/signature/by" Internal,
    "/signature/person" Personal,
    "/signature/office/title" Internal,
    "/signature/office/rank" Internal,
    "/signature/on" Internal,
    "/signature/at" Internal,
    "/signature/source" Personal,
    "/signatures/*/by" Internal,
    "/signatures/*/person" Personal,
    "/signatures/*/office/title" Internal,
    "/signatures/*/office/rank" Internal,
    "/signatures/*/on" Internal,
    "/signatures/*/at" Internal,
    "/signatures/*/source" Personal,
    "/notice/by/*" Internal,
    "/notice/on" Internal,
    "/notice/authority" Personal,
    "/notice/reason" Personal,
    "/notice/source" Personal,
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
    "/title" Personal,
    "/foci/*" Internal,
    "/direction" Internal,
    "/dates/*" Internal,
    "/happening" Internal,
    "/participants/*/side" Internal,
    "/participants/*/role" Internal,
    "/participants/*/people" Internal,
    "/organisations/*/name" Personal,
    "/organisations/*/side" Internal,
    "/organisations/*/representatives/*" Personal,
    "/costs/*/party" Personal,
    "/costs/*/amount" Internal,
    "/costs/*/amount/*" Internal,
    "/outcomes/*" Personal,
    "/evidence" Internal,
    "/source" Personal,
    "/notes/*/text" Personal,
    "/notes/*/source" Personal,
};

pub(super) const ENGAGEMENT_EVENT: &[Field] = fields! {
    "/name" Public,
    "/partnership" Internal,
    "/title" Personal,
    "/dates/*" Internal,
    "/fields/*" Internal,
};

pub(super) const IMPORT: &[Field] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/content" Internal,
    "/file" Internal,
    "/file_name" Personal,
    "/mapping/columns/*" Internal,
    "/mapping/values/*/*" Internal,
    "/mapping/day_order" Internal,
    "/mapping/sheet" Internal,
    "/mapping/source" Personal,
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
    "/hash" Sensitive,
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
