//! Roles: who is what in a committee, an organisation or an administration, from when until when.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{CommitteeId, OrganisationId, PersonId, PlaceId, RoleId};
use sister_cities_domain::named_enum;
use sister_cities_domain::role::{Role, RoleFunction};
use sister_cities_domain::value::{Certainty, FreeText, Name, PartialDate, Source};

use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, NoteBody, OrderWord, Page, RecordQuery};

crate::endpoints! {
    /// Lists roles, those that began last first; those whose beginning nobody knows come last.
    GET "/v1/programmes/{programme}/roles" for ProgrammeRead
    list_roles: ListRoles(ProgrammePath, query: ListRolesQuery) -> Page<RoleView>;

    /// Enters a role, also one that is over.
    POST "/v1/programmes/{programme}/roles" for PersonWrite
    create_role: CreateRole(ProgrammePath, body: RoleBody) -> 201 RoleView | Conflict, ETag;

    /// Reads one role.
    ///
    /// As of a day, it is told whether it was held then.
    GET "/v1/programmes/{programme}/roles/{role}" for ProgrammeRead
    get_role: GetRole(RolePath, query: RecordQuery) -> RoleView, ETag;

    /// Replaces what is known of a role.
    PUT "/v1/programmes/{programme}/roles/{role}" for PersonWrite
    replace_role: ReplaceRole(RolePath, body: RoleBody) -> RoleView | Conflict, IfMatch;

    /// Deletes a role that was entered by mistake; refused with 409 if another role fills its term or took over from it.
    DELETE "/v1/programmes/{programme}/roles/{role}" for PersonWrite
    delete_role: DeleteRole(RolePath) -> 204 NoContent | Conflict, IfMatch;

    /// Ends a role, and says who takes over.
    ///
    /// What its holder has promised and is not over goes to whoever holds the successor, in the same step. Without a
    /// successor it is refused with 409 as long as something is open, unless it is said why that is orphaned.
    POST "/v1/programmes/{programme}/roles/{role}/end" for PersonWrite
    end_role: EndRole(RolePath, body: EndRoleBody) -> RoleView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names a role in a path.
    pub struct RolePath in programme {
        /// The role.
        pub role: RoleId,
    }

    /// Which roles to list.
    #[derive(Default)]
    pub struct ListRolesQuery in pages {
        /// Only those that this person holds or held.
        pub person: Option<PersonId>,
        /// Only those held in this committee.
        pub committee: Option<CommitteeId>,
        /// Only those held in this organisation.
        pub organisation: Option<OrganisationId>,
        /// Only those held in the administration of this place.
        pub place: Option<PlaceId>,
        /// Only those with this function, such as `chair`.
        pub function: Option<RoleFunction>,
        /// The order.
        pub sort: Option<RoleSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// Only those that were held, or may have been, on this day.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of roles.
    #[non_exhaustive]
    pub enum RoleSort ("an order") {
        /// By when they began; the default.
        Began = "began",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// Whether something was so on a day, as far as the dates tell.
    CertaintyWord = Certainty;
}

/// A role, as created or replaced. It is held in a committee, in an organisation or in the administration of a place: one of the three.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleBody {
    /// Who holds it, if that is known.
    pub person: Option<PersonId>,
    /// The committee in which it is held.
    pub committee: Option<CommitteeId>,
    /// The organisation in which it is held.
    pub organisation: Option<OrganisationId>,
    /// The place in whose administration it is held.
    pub place: Option<PlaceId>,
    /// What its holder is there: `chair`, `member`, `mayor` …
    pub function: RoleFunction,
    /// What it is called, such as `Lord Mayor of Birmingham`.
    pub office: Option<Name>,
    /// Since when it is held, as precisely as is known.
    pub from: Option<PartialDate>,
    /// Its last day; as long as it is held, none.
    pub to: Option<PartialDate>,
    /// The last day of its term, if it has one.
    pub term_end: Option<PartialDate>,
    /// Who appointed its holder.
    pub appointed_by: Option<Name>,
    /// The role whose unexpired term it fills.
    pub fills_term_of: Option<RoleId>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// How a role ends.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndRoleBody {
    /// Its last day, as precisely as is known.
    pub on: PartialDate,
    /// The role that takes over what is still open; either this or `orphaned`, or none of both if nothing is.
    pub successor: Option<RoleId>,
    /// Why nobody takes over what is still open.
    pub orphaned: Option<FreeText>,
}

/// A role that somebody holds, or held.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoleView {
    /// Its id.
    pub id: RoleId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// Who holds it, if that is known.
    pub person: Option<PersonId>,
    /// The committee in which it is held.
    pub committee: Option<CommitteeId>,
    /// The organisation in which it is held.
    pub organisation: Option<OrganisationId>,
    /// The place in whose administration it is held.
    pub place: Option<PlaceId>,
    /// What its holder is there.
    pub function: RoleFunction,
    /// What it is called.
    pub office: Option<Name>,
    /// Since when it is held, as precisely as is known.
    pub from: Option<PartialDate>,
    /// Its last day.
    pub to: Option<PartialDate>,
    /// The last day of its term.
    pub term_end: Option<PartialDate>,
    /// Who appointed its holder.
    pub appointed_by: Option<Name>,
    /// The role whose unexpired term it fills.
    pub fills_term_of: Option<RoleId>,
    /// The role that took over when it ended.
    pub successor: Option<RoleId>,
    /// Why nobody took over when it ended.
    pub orphaned: Option<FreeText>,
    /// The day that was asked about.
    pub as_of: Option<NaiveDate>,
    /// Whether it was held on that day.
    pub held: Option<CertaintyWord>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

impl RoleView {
    /// Shows a role at a revision, and whether it was held on a day if one is asked about.
    #[must_use]
    pub fn on(role: &Role, revision: u32, day: Option<NaiveDate>) -> Self {
        let &Role {
            id,
            person,
            held_in,
            tenure,
            fills_term_of,
            successor,
            ref function,
            ref office,
            ref appointed_by,
            ref orphaned,
            ref source,
            ref notes,
            programme: _,
        } = role;
        Self {
            id,
            revision,
            person,
            committee: held_in.committee(),
            organisation: held_in.organisation(),
            place: held_in.place(),
            function: function.clone(),
            office: office.clone(),
            from: tenure.from(),
            to: tenure.to(),
            term_end: tenure.term_end(),
            appointed_by: appointed_by.clone(),
            fills_term_of,
            successor,
            orphaned: orphaned.clone(),
            as_of: day,
            held: day.map(|day| tenure.is_held_on(day).into()),
            source: source.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

/// The role as a body that changes nothing: what is to be changed is changed in it. Who took over stays, as it is said when a role ends.
impl From<RoleView> for RoleBody {
    fn from(view: RoleView) -> Self {
        let RoleView {
            id: _,
            revision: _,
            person,
            committee,
            organisation,
            place,
            function,
            office,
            from,
            to,
            term_end,
            appointed_by,
            fills_term_of,
            successor: _,
            orphaned: _,
            as_of: _,
            held: _,
            source,
            notes,
        } = view;
        Self {
            person,
            committee,
            organisation,
            place,
            function,
            office,
            from,
            to,
            term_end,
            appointed_by,
            fills_term_of,
            source,
            notes,
        }
    }
}
