//! What follows from committees: who leads, no chair for 60 days, what else is vacant, and terms that end (R24).

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::super::item::DueKind;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals, in_words};
use super::super::state::CommitteeFile;
use crate::committee::{Committee, Vacancies, vacancies};
use crate::id::CommitteeId;
use crate::responsible::Responsible;
use crate::role::{Role, RoleFunction};
use crate::value::Certainty;

/// Takes who leads the committee of a partnership on our side for the owner of what has no other: its chair, else the committee itself.
pub(super) fn lead(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>) {
    let host = proposals.state.programme.host;
    for (id, file) in &unit.committees {
        let Some(committee) = &file.committee else { continue };
        for turn in turning_days(committee, file) {
            proposals.turns_on(turn);
        }
        let is_ours = committee.place.is_none_or(|place| place == host);
        if is_ours && committee.existed.contains(proposals.day) != Certainty::No && proposals.owner.is_none()
        {
            proposals.owner = Some(leader(*id, file, proposals.day));
        }
    }
}

/// The chair of a committee on a day, whose name or office may not be known; where there is none, the committee.
fn leader(id: CommitteeId, file: &CommitteeFile, day: NaiveDate) -> Responsible {
    let chairs =
        |role: &&Role| role.function.fills(&RoleFunction::Chair) && role.tenure.is_held_on(day).is_possible();
    // One that is surely held before one that may be; then the one that began last.
    let chair = file.roles.values().filter(chairs).max_by_key(|role| {
        (role.tenure.is_held_on(day), role.tenure.from().map(|from| from.sort_key()), role.id)
    });
    let (person, office) = chair.map_or((None, None), |chair| (chair.person, chair.office.clone()));
    Responsible::of_committee(id, person, office)
}

/// Proposes what is vacant, and the terms that end.
pub(super) fn propose(proposals: &mut Proposals<'_>, id: CommitteeId, file: &CommitteeFile) {
    let Some(committee) = &file.committee else { return };
    for turn in turning_days(committee, file) {
        proposals.turns_on(turn);
    }
    let roles: Vec<Role> = file.roles.values().cloned().collect();
    let vacant = vacancies(committee, &roles, proposals.day);
    let appoints = committee.appointed_by.clone().map(Responsible::office_alone);
    chairless(proposals, committee, &vacant, appoints.clone());
    others(proposals, committee, &vacant, appoints.as_ref());
    if committee.existed.contains(proposals.day) == Certainty::No {
        return;
    }
    let leads = leader(id, file, proposals.day);
    for role in file.roles.values() {
        term(proposals, committee, role, appoints.clone().unwrap_or_else(|| leads.clone()));
    }
}

/// No chair: the day is the one on which it becomes an alert. Where nobody knows since when, it is one since the beginning of the year.
fn chairless(
    proposals: &mut Proposals<'_>,
    committee: &Committee,
    vacant: &Vacancies,
    owner: Option<Responsible>,
) {
    let Some(chair) = vacant.chair() else { return };
    let kind = DueKind::NoChair;
    let (due_on, since) = match chair.since {
        Some(since) => {
            (proposals.policy().rule(kind).allowed.after(since), format!(" since {}", in_words(since)))
        }
        None => (first_of_year(proposals), ", as far as is known".to_owned()),
    };
    let rest = chair.rest_of.as_ref().map_or_else(String::new, |rest| {
        format!(" Whoever follows serves the rest of the term, until {}.", rest.until.in_words())
    });
    proposals.propose(Proposal {
        kind,
        subject: committee.id.into(),
        due_on,
        until: None,
        owner,
        reason: format!("{} has had no chair{since}.", committee.name.as_str()),
        what_to_do: format!("Have a chair appointed.{rest}"),
    });
}

/// Everything else that is vacant, one item for each day since when it is.
fn others(
    proposals: &mut Proposals<'_>,
    committee: &Committee,
    vacant: &Vacancies,
    owner: Option<&Responsible>,
) {
    let mut by_day: BTreeMap<Option<NaiveDate>, Vec<String>> = BTreeMap::new();
    for function in vacant.functions.iter().filter(|vacant| vacant.function != RoleFunction::Chair) {
        by_day.entry(function.since).or_default().push(function.function.in_words());
    }
    if let Some(seats) = vacant.seats {
        let seats_in_words =
            if seats.vacant == 1 { "one seat".to_owned() } else { format!("{} seats", seats.vacant) };
        by_day.entry(seats.since).or_default().push(seats_in_words);
    }
    let kind = DueKind::Vacancy;
    for (since, what) in by_day {
        let (due_on, since) = match since {
            Some(since) => {
                (proposals.policy().rule(kind).allowed.after(since), format!(" since {}", in_words(since)))
            }
            None => (first_of_year(proposals), String::new()),
        };
        let name = committee.name.as_str();
        proposals.propose(Proposal {
            kind,
            subject: committee.id.into(),
            due_on,
            until: None,
            owner: owner.cloned(),
            reason: format!("Vacant in {name}{since}: {}.", what.join(", ")),
            what_to_do: "Have somebody appointed; the rest of a term is served to its end.".to_owned(),
        });
    }
}

/// A role whose term ends goes on until somebody says otherwise, so it stays listed until then.
fn term(proposals: &mut Proposals<'_>, committee: &Committee, role: &Role, owner: Responsible) {
    let Some(ends) = role.tenure.term_end() else { return };
    if role.tenure.to().is_some() || !role.tenure.is_held_on(proposals.day).is_possible() {
        return;
    }
    let function = role.function.in_words();
    proposals.propose(Proposal {
        kind: DueKind::RoleExpiring,
        subject: role.id.into(),
        due_on: ends.latest(),
        until: None,
        owner: Some(owner),
        reason: format!(
            "The term of a {function} of {} ends on {}.",
            committee.name.as_str(),
            ends.in_words()
        ),
        what_to_do: "Reappoint, or find a successor and hand over.".to_owned(),
    });
}

/// A day that holds for the year, where nobody knows a better one.
fn first_of_year(proposals: &mut Proposals<'_>) -> NaiveDate {
    let (this, next) = (proposals.day.year(), proposals.day.year() + 1);
    if let Some(next) = NaiveDate::from_ymd_opt(next, 1, 1) {
        proposals.turns_on(next);
    }
    NaiveDate::from_ymd_opt(this, 1, 1).unwrap_or(proposals.day)
}

/// The days on which another may hold a role, or none.
fn turning_days(committee: &Committee, file: &CommitteeFile) -> Vec<NaiveDate> {
    let existed = committee.existed.from().into_iter().chain(committee.existed.to());
    let roles = file.roles.values().flat_map(|role| {
        [role.tenure.from(), role.tenure.to(), role.tenure.term_end()].into_iter().flatten()
    });
    let mut days = Vec::new();
    for date in existed.chain(roles) {
        days.extend([date.earliest(), date.latest()]);
        days.extend(date.earliest().succ_opt());
        days.extend(date.latest().succ_opt());
    }
    // The term of a committee counts from when a role began; the days before its end are no others than those of its day.
    if let Some(months) = committee.term_months {
        for from in file.roles.values().filter_map(|role| role.tenure.from()) {
            let end = from.latest().checked_add_months(chrono::Months::new(months.get()));
            if let Some(end) = end {
                days.push(end);
                days.extend(end.pred_opt());
                days.extend(NaiveDate::from_ymd_opt(end.year(), end.month(), 1));
                days.extend(NaiveDate::from_ymd_opt(end.year(), 12, 31));
                let next_month = chrono::Months::new(1);
                let first = NaiveDate::from_ymd_opt(end.year(), end.month(), 1);
                days.extend(first.and_then(|first| first.checked_add_months(next_month)?.pred_opt()));
            }
        }
    }
    days
}
