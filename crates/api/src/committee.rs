//! Committees: who sees to a partnership or a theme, and what is vacant.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::committee::{Committee, UnexpiredTerm, Vacancies, VacantFunction, VacantSeats};
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{CommitteeId, PartnershipId, PlaceId, RoleId};
use sister_cities_domain::named_enum;
use sister_cities_domain::role::RoleFunction;
use sister_cities_domain::value::{Name, PartialDate, Source};

use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, NoteBody, OrderWord, Page, RecordQuery, RecordedQuery};

crate::endpoints! {
    /// Lists the committees of a programme, by name.
    GET "/v1/programmes/{programme}/committees" for ProgrammeRead
    list_committees: ListCommittees(ProgrammePath, query: ListCommitteesQuery) -> Page<CommitteeView>;

    /// Enters a committee.
    POST "/v1/programmes/{programme}/committees" for PersonWrite
    create_committee: CreateCommittee(ProgrammePath, body: CommitteeBody) -> 201 CommitteeView | Conflict, ETag;

    /// Reads one committee.
    GET "/v1/programmes/{programme}/committees/{committee}" for ProgrammeRead
    get_committee: GetCommittee(CommitteePath, query: RecordedQuery) -> CommitteeView, ETag;

    /// Replaces what is known of a committee.
    PUT "/v1/programmes/{programme}/committees/{committee}" for PersonWrite
    replace_committee: ReplaceCommittee(CommitteePath, body: CommitteeBody) -> CommitteeView | Conflict, IfMatch;

    /// Deletes a committee that was entered by mistake; refused with 409 if a role is or was held in it.
    DELETE "/v1/programmes/{programme}/committees/{committee}" for PersonWrite
    delete_committee: DeleteCommittee(CommitteePath) -> 204 NoContent | Conflict, IfMatch;

    /// Tells what is vacant in a committee on a day: seats, functions, and the terms to be served to their end.
    ///
    /// A seat or function counts as taken as long as somebody may hold it.
    GET "/v1/programmes/{programme}/committees/{committee}/vacancies" for ProgrammeRead
    get_vacancies: GetVacancies(CommitteePath, query: RecordQuery) -> VacanciesView;
}

crate::parameters! {
    /// Names a committee in a path.
    pub struct CommitteePath in programme {
        /// The committee.
        pub committee: CommitteeId,
    }

    /// Which committees to list.
    #[derive(Default)]
    pub struct ListCommitteesQuery in pages {
        /// Only those that see to this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those that see to this theme, such as `medicine`.
        pub theme: Option<Focus>,
        /// Only those of this city.
        pub place: Option<PlaceId>,
        /// The order.
        pub sort: Option<CommitteeSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// Only those that existed, or may have, on this day.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of committees.
    #[non_exhaustive]
    pub enum CommitteeSort ("an order") {
        /// By name; the default.
        Name = "name",
        /// As they were entered.
        Entered = "entered",
    }
}

/// A committee, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeBody {
    /// What it is called.
    pub name: Name,
    /// The partnership that it sees to; either this or `theme`.
    pub partnership: Option<PartnershipId>,
    /// The theme that it sees to across all partnerships, such as `medicine`.
    pub theme: Option<Focus>,
    /// The city whose committee it is, if it is not that of both.
    pub place: Option<PlaceId>,
    /// Who appoints its members.
    pub appointed_by: Option<Name>,
    /// How many seats it has, if that is laid down.
    pub seats: Option<NonZeroU32>,
    /// For how many months its members are appointed, if there is a term.
    pub term_months: Option<NonZeroU32>,
    /// Which functions it must have, `chair` among them; a chair if not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<RoleFunction>,
    /// From when it existed, as precisely as is known.
    pub from: Option<PartialDate>,
    /// Until when it existed.
    pub to: Option<PartialDate>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// A committee that sees to a partnership or a theme.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommitteeView {
    /// Its id.
    pub id: CommitteeId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// What it is called.
    pub name: Name,
    /// The partnership that it sees to.
    pub partnership: Option<PartnershipId>,
    /// The theme that it sees to across all partnerships.
    pub theme: Option<Focus>,
    /// The city whose committee it is.
    pub place: Option<PlaceId>,
    /// Who appoints its members.
    pub appointed_by: Option<Name>,
    /// How many seats it has.
    pub seats: Option<u32>,
    /// For how many months its members are appointed.
    pub term_months: Option<u32>,
    /// Which functions it must have.
    #[serde(default)]
    pub functions: Vec<RoleFunction>,
    /// From when it existed, as precisely as is known.
    pub from: Option<PartialDate>,
    /// Until when it existed.
    pub to: Option<PartialDate>,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// What is vacant in a committee.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VacanciesView {
    /// The day.
    pub as_of: NaiveDate,
    /// How many seats nobody holds; absent if all are taken, or their number is not laid down.
    pub vacant_seats: Option<u32>,
    /// Since when at least one seat has been vacant; absent if it cannot be told.
    pub seats_since: Option<NaiveDate>,
    /// The functions that nobody has.
    #[serde(default)]
    pub functions: Vec<VacantFunctionView>,
    /// The terms whose rest nobody serves, the one that ends first before the others.
    #[serde(default)]
    pub unexpired_terms: Vec<UnexpiredTermView>,
    /// Whether there has been no chair for 60 days, or nobody knows of any.
    pub chair_overdue: bool,
}

/// A function that nobody has.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VacantFunctionView {
    /// Which.
    pub function: RoleFunction,
    /// Since when; absent if it cannot be told.
    pub since: Option<NaiveDate>,
    /// The term whose rest a new holder would serve; absent if a term of its own would begin.
    pub rest_of: Option<UnexpiredTermView>,
}

/// A term that its holder did not serve to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnexpiredTermView {
    /// The role that ended early.
    pub role: RoleId,
    /// What its holder was.
    pub function: RoleFunction,
    /// The first day after it.
    pub since: NaiveDate,
    /// The last day of the term.
    pub until: PartialDate,
}

impl CommitteeView {
    /// Shows a committee at a revision.
    #[must_use]
    pub fn of(committee: &Committee, revision: u32) -> Self {
        let &Committee {
            id,
            place,
            seats,
            term_months,
            existed,
            ref name,
            ref task,
            ref appointed_by,
            ref functions,
            ref source,
            ref notes,
            programme: _,
        } = committee;
        Self {
            id,
            revision,
            name: name.clone(),
            partnership: task.partnership(),
            theme: task.theme().cloned(),
            place,
            appointed_by: appointed_by.clone(),
            seats: seats.map(NonZeroU32::get),
            term_months: term_months.map(NonZeroU32::get),
            functions: functions.iter().cloned().collect(),
            from: existed.from(),
            to: existed.to(),
            source: source.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl VacanciesView {
    /// Shows what is vacant.
    #[must_use]
    pub fn of(vacancies: &Vacancies) -> Self {
        let Vacancies { as_of, seats, functions, unexpired } = vacancies;
        let function = |VacantFunction { function, since, rest_of }: &VacantFunction| VacantFunctionView {
            function: function.clone(),
            since: *since,
            rest_of: rest_of.as_ref().map(UnexpiredTermView::of),
        };
        let (vacant_seats, since) = seats.map(|VacantSeats { vacant, since }| (vacant, since)).unzip();
        Self {
            as_of: *as_of,
            vacant_seats,
            seats_since: since.flatten(),
            functions: functions.iter().map(function).collect(),
            unexpired_terms: unexpired.iter().map(UnexpiredTermView::of).collect(),
            chair_overdue: vacancies.chair_overdue().is_some(),
        }
    }
}

impl UnexpiredTermView {
    fn of(UnexpiredTerm { role, function, since, until }: &UnexpiredTerm) -> Self {
        Self { role: *role, function: function.clone(), since: *since, until: *until }
    }
}

/// The committee as a body that changes nothing: what is to be changed is changed in it.
impl From<CommitteeView> for CommitteeBody {
    fn from(view: CommitteeView) -> Self {
        let CommitteeView {
            id: _,
            revision: _,
            name,
            partnership,
            theme,
            place,
            appointed_by,
            seats,
            term_months,
            functions,
            from,
            to,
            source,
            notes,
        } = view;
        Self {
            name,
            partnership,
            theme,
            place,
            appointed_by,
            seats: seats.and_then(NonZeroU32::new),
            term_months: term_months.and_then(NonZeroU32::new),
            functions,
            from,
            to,
            source,
            notes,
        }
    }
}
