//! Round anniversaries, in the calendars of both sides: each celebrates the day on which it signed, by its own clocks (R8).

use chrono::{Datelike as _, NaiveDate, TimeZone as _};
use chrono_tz::Tz;

use super::super::item::DueKind;
use super::super::policy::Span;
use super::super::reckon::{PartnershipUnit, Proposal, Proposals, in_words};
use crate::id::PlaceId;
use crate::value::PartialDate;

/// Proposes the next round anniversary of each day on which the partnership began.
pub(super) fn propose(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>) {
    for beginning in beginnings(unit) {
        next(proposals, unit, &beginning);
    }
}

/// A day on which a partnership began.
struct Beginning {
    date: PartialDate,
    /// The one side whose day it is; both, if `None`.
    of: Option<PlaceId>,
}

/// The beginning by the chosen sources, as precisely as a signature tells it, and the days of sides that signed on others.
fn beginnings(unit: &PartnershipUnit<'_>) -> Vec<Beginning> {
    let mut found: Vec<Beginning> =
        unit.partnership.since().into_iter().map(|date| Beginning { date, of: None }).collect();
    let signed = |agreement: &&crate::agreement::Agreement| {
        agreement.parent().is_none() && agreement.parties() == unit.partnership.members()
    };
    let first = unit
        .file
        .agreements
        .values()
        .filter(signed)
        .filter_map(|agreement| Some((agreement.signed_on()?.sort_key(), agreement)))
        .min_by_key(|(signed_on, agreement)| (*signed_on, agreement.id()));
    let Some((_, agreement)) = first else { return found };
    let version = agreement.versions().iter().find(|one| one.is_fully_signed(agreement.parties()));
    for signature in version.iter().flat_map(|version| version.signatures()) {
        let Some(date) = signature.on else { continue };
        match found
            .iter_mut()
            .find(|one| date == one.date || date.refines(&one.date) || one.date.refines(&date))
        {
            Some(known) => {
                if date.refines(&known.date) {
                    known.date = date;
                }
                if known.of.is_some_and(|of| of != signature.by) {
                    known.of = None;
                }
            }
            None => found.push(Beginning { date, of: Some(signature.by) }),
        }
    }
    found
}

fn next(proposals: &mut Proposals<'_>, unit: &PartnershipUnit<'_>, beginning: &Beginning) {
    let every = Span::Months(proposals.policy().anniversary_every_months.get());
    let months = u32::from(proposals.policy().anniversary_every_months.get());
    let (earliest, latest) = (beginning.date.earliest(), beginning.date.latest());
    let host = proposals.state.programme.host;
    let places: Vec<PlaceId> = match beginning.of {
        Some(place) => vec![place],
        None => unit.partnership.members().iter().collect(),
    };
    // The first that is not over yet, for whom it is over last; two are tried beyond the estimate, as a calendar is no ruler.
    let passed = (proposals.day.year() - latest.year()).max(0).cast_unsigned() * 12 / months;
    for times in passed.saturating_sub(1).max(1)..=passed + 2 {
        let (first, last) = (every.times_after(times, earliest), every.times_after(times, latest));
        let Some((due_on, until)) = host_days(proposals, &places, first, last) else { return };
        if until < proposals.day {
            continue;
        }
        let years = f64::from(times * months) / 12.0;
        let whose = match beginning.of {
            Some(place) if place != host => format!(", as {} counts", proposals.state.name_of(place)),
            Some(_) => ", by our own signature".to_owned(),
            None => String::new(),
        };
        let when = match beginning.date.day() {
            Some(_) => format!("On {}", in_words(first)),
            None if first.year() == last.year() && first.month() == last.month() => {
                format!("In {}", first.format("%B %Y"))
            }
            None => format!("In {}", first.year()),
        };
        let there = if due_on < first { " The day begins there before it does here." } else { "" };
        proposals.propose(Proposal {
            kind: DueKind::Anniversary,
            subject: unit.partnership.id().into(),
            due_on,
            until: Some(until),
            owner: None,
            reason: format!(
                "{when} the partnership with {} is {years} years old{whose}.{there}",
                unit.called
            ),
            what_to_do:
                "Agree with the other side how to keep it: a delegation, a reaffirmation, a festival."
                    .to_owned(),
        });
        return;
    }
}

/// The days of the host's calendar on which a stretch of days begins and ends at these places. Where only a month or a year is
/// known, it can be kept up to the last day, and is not overdue before.
fn host_days(
    proposals: &Proposals<'_>,
    places: &[PlaceId],
    first: NaiveDate,
    last: NaiveDate,
) -> Option<(NaiveDate, NaiveDate)> {
    if first != last {
        return Some((last, last));
    }
    let here = proposals.state.zone_of(proposals.state.programme.host);
    let at = |place: &PlaceId| match (here, proposals.state.zone_of(*place)) {
        (Some(here), Some(there)) => as_seen_from(here, there, first),
        (None, _) | (_, None) => (first, first),
    };
    let seen: Vec<(NaiveDate, NaiveDate)> = places.iter().map(at).collect();
    let begins = seen.iter().map(|(begins, _)| *begins).min()?;
    let ends = seen.iter().map(|(_, ends)| *ends).max()?;
    Some((begins, ends))
}

/// The days here on which a day there begins, and ends.
fn as_seen_from(here: Tz, there: Tz, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let begins = |day: NaiveDate| there.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest();
    let first = begins(day).map_or(day, |instant| instant.with_timezone(&here).date_naive());
    let last = day.succ_opt().and_then(begins).map_or(day, |instant| {
        let last_second = instant - chrono::TimeDelta::seconds(1);
        last_second.with_timezone(&here).date_naive()
    });
    (first, last)
}
