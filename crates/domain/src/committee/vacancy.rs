//! What is vacant in a committee on a day: seats, functions, and the terms that somebody is to serve to their end (R24).
//!
//! A seat or function counts as taken as long as somebody may hold it: what is reported as vacant surely is, and has been at least since
//! the day that is told.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::Committee;
use crate::id::{PersonId, RoleId};
use crate::role::{HeldIn, Role, RoleFunction};
use crate::value::{Certainty, PartialDate, Precision};

/// After so many days without a chair somebody must act (R24). Source: design.
pub const CHAIRLESS_ALERT_DAYS: u32 = 60;

/// What is vacant in a committee on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacancies {
    /// The day.
    pub as_of: NaiveDate,
    /// How many seats nobody holds; none if the committee has no number of seats, or all are taken.
    pub seats: Option<VacantSeats>,
    /// The functions that it must have and nobody has, in the order of the committee.
    pub functions: Vec<VacantFunction>,
    /// The terms whose rest nobody serves, the one that ends first before the others. None if all seats are taken.
    pub unexpired: Vec<UnexpiredTerm>,
}

/// Seats that nobody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VacantSeats {
    /// How many.
    pub vacant: u32,
    /// Since when at least one has been vacant; none if it cannot be told.
    pub since: Option<NaiveDate>,
}

/// A function that nobody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacantFunction {
    /// Which.
    pub function: RoleFunction,
    /// Since when; none if it cannot be told.
    pub since: Option<NaiveDate>,
    /// The term whose rest a new holder would serve; none if a term of its own would begin.
    pub rest_of: Option<UnexpiredTerm>,
}

/// A term that its holder did not serve to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnexpiredTerm {
    /// The role that ended early.
    pub role: RoleId,
    /// What its holder was.
    pub function: RoleFunction,
    /// The first day after it.
    pub since: NaiveDate,
    /// The last day of the term.
    pub until: PartialDate,
}

impl Vacancies {
    /// Whether nothing is vacant.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.seats.is_none() && self.functions.is_empty() && self.unexpired.is_empty()
    }

    /// The missing chair, if there is none.
    #[must_use]
    pub fn chair(&self) -> Option<&VacantFunction> {
        self.functions.iter().find(|vacant| vacant.function == RoleFunction::Chair)
    }

    /// The missing chair, if there has been none for [`CHAIRLESS_ALERT_DAYS`] or nobody knows of any (R24).
    #[must_use]
    pub fn chair_overdue(&self) -> Option<&VacantFunction> {
        let is_overdue = |vacant: &&VacantFunction| {
            vacant
                .since
                .is_none_or(|since| (self.as_of - since).num_days() >= i64::from(CHAIRLESS_ALERT_DAYS))
        };
        self.chair().filter(is_overdue)
    }
}

/// What is vacant in a committee on a day, by the roles that are on record; roles held elsewhere may be among them. Nothing is, if the
/// committee surely did not exist then.
#[must_use]
pub fn vacancies(committee: &Committee, roles: &[Role], day: NaiveDate) -> Vacancies {
    let nothing = Vacancies { as_of: day, seats: None, functions: Vec::new(), unexpired: Vec::new() };
    if committee.existed.contains(day) == Certainty::No {
        return nothing;
    }
    let here = HeldIn::Committee(committee.id);
    let looked_at =
        Looked { committee, roles: roles.iter().filter(|role| role.held_in == here).collect(), day };
    let seats = looked_at.seats();
    let functions = looked_at.functions();
    let all_taken = committee.seats.is_some() && seats.is_none();
    let unexpired = if all_taken { Vec::new() } else { looked_at.unexpired(|_| true) };
    Vacancies { seats, functions, unexpired, ..nothing }
}

/// A committee with the roles held in it, looked at on a day.
struct Looked<'a> {
    committee: &'a Committee,
    roles: Vec<&'a Role>,
    day: NaiveDate,
}

impl Looked<'_> {
    fn seats(&self) -> Option<VacantSeats> {
        let seats = self.committee.seats?.get();
        let taken = self.taken_on(self.day);
        let vacant = seats.checked_sub(taken).filter(|vacant| *vacant > 0)?;
        Some(VacantSeats { vacant, since: self.since(|day| self.taken_on(day) >= seats) })
    }

    /// How many seats are taken: a person with two functions sits once.
    fn taken_on(&self, day: NaiveDate) -> u32 {
        let held = || self.roles.iter().filter(|role| role.tenure.is_held_on(day).is_possible());
        let known: BTreeSet<PersonId> = held().filter_map(|role| role.person).collect();
        let unknown = held().filter(|role| role.person.is_none()).count();
        u32::try_from(known.len() + unknown).unwrap_or(u32::MAX)
    }

    fn functions(&self) -> Vec<VacantFunction> {
        let held_on = |function: &RoleFunction, day| {
            let mut roles = self.roles.iter().filter(|role| role.function.fills(function));
            roles.any(|role| role.tenure.is_held_on(day).is_possible())
        };
        let vacant = self.committee.functions.iter().filter(|function| !held_on(function, self.day));
        vacant
            .map(|function| VacantFunction {
                function: function.clone(),
                since: self.since(|day| held_on(function, day)),
                rest_of: self.unexpired(|role| role.function.fills(function)).pop(),
            })
            .collect()
    }

    /// The first day of the stretch up to today on which it was not so: after the last day on which it was, or since the committee began.
    fn since(&self, was_so: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
        let ends = self.roles.iter().filter_map(|role| role.tenure.span().1);
        let last = ends.filter(|end| *end < self.day && was_so(*end)).max();
        let after = last.and_then(|last| last.succ_opt());
        after.or_else(|| self.committee.existed.from().map(|from| from.latest().min(self.day)))
    }

    /// The terms of those roles that go on beyond today while the role is over and nobody serves the rest, in the order in which they end.
    fn unexpired(&self, of: impl Fn(&Role) -> bool) -> Vec<UnexpiredTerm> {
        let is_served = |id| {
            let mut fillers = self.roles.iter().filter(|role| role.fills_term_of == Some(id));
            fillers.any(|role| role.tenure.span().1.is_none_or(|last| last >= self.day))
        };
        let mut found: Vec<_> = self
            .roles
            .iter()
            .filter(|role| of(role) && !is_served(role.id))
            .filter_map(|role| {
                let last = role.tenure.span().1.filter(|last| *last < self.day)?;
                let until = self.term_end(role).filter(|until| until.latest() > self.day)?;
                Some(UnexpiredTerm {
                    role: role.id,
                    function: role.function.clone(),
                    since: last.succ_opt()?,
                    until,
                })
            })
            .collect();
        found.sort_by_key(|term| (term.until.latest(), term.since));
        found
    }

    /// When the term of a role ends: as it is told, or with the term that it fills, or so many months after it began.
    fn term_end(&self, role: &Role) -> Option<PartialDate> {
        let mut role = role;
        // At most once through all of them, should they fill each other's in a circle.
        for _ in 0..=self.roles.len() {
            if let Some(told) = role.tenure.term_end() {
                return Some(told);
            }
            let Some(filled) = role.fills_term_of else { break };
            role = self.roles.iter().find(|one| one.id == filled)?;
        }
        let months = self.committee.term_months?.get();
        role.tenure.from().and_then(|from| last_of_months(from, months))
    }
}

/// The last day of so many months, as precisely as the first is known.
fn last_of_months(first: PartialDate, months: u32) -> Option<PartialDate> {
    use chrono::Datelike as _;

    let after = first.latest().checked_add_months(Months::new(months))?;
    match first.precision() {
        Precision::Day => PartialDate::from_day(after.pred_opt()?).ok(),
        Precision::Month => PartialDate::from_month(after.year(), after.month()).ok(),
        Precision::Year => PartialDate::from_year(after.year()).ok(),
    }
}
