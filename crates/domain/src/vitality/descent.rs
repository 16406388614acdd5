//! The way down the ladder: the last step taken, and the next one that silence will bring, each on its day (R37).

use chrono::{Days, NaiveDate};

use super::assess::rate;
use super::contact::{Contact, DateReading};
use super::forecast::Footing;
use super::input::VitalityInputs;
use super::ladder::Rung;
use super::policy::VitalityPolicy;
use super::standing::{Standing, Support};
use super::track::{Lens, Track};

/// A step down the ladder, on the first day on which the partnership is called less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepDown {
    /// The first day on the lower rung.
    pub on: NaiveDate,
    /// The rung it leads to.
    pub to: Rung,
    /// What the claim rests on.
    pub footing: Footing,
}

/// Where a partnership is on its way down the ladder on a day, and how long that answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descent {
    /// What may be claimed of it.
    pub standing: Standing,
    /// The last step down, if it stands on that rung still and the record supports it.
    pub taken: Option<StepDown>,
    /// The next step down, if nothing happens.
    pub coming: Option<StepDown>,
    /// The last contact that counts, uncertain dates in their middle.
    pub last_contact: Option<NaiveDate>,
    /// The first day on which the same records may lead to another answer; `None` if none will.
    pub holds_until: Option<NaiveDate>,
}

/// So far ahead is looked for the day from which on the record supports what is not known yet (days; a century).
const FAR: u64 = 36_525;

/// The way down the ladder as seen on a day.
///
/// Until [`Descent::holds_until`] the same records give the same answer on every day, so it need not be asked for again.
#[must_use]
pub fn descent(inputs: &VitalityInputs<'_>, as_of: NaiveDate) -> Descent {
    let mut turns = Turns { as_of, next: None };
    for day in inputs.partnership().turning_days() {
        turns.note(day);
    }
    for contact in inputs.contacts() {
        for day in [contact.earliest(), contact.middle(), contact.latest()] {
            turns.note(day);
        }
        // Read late, a contact that may have been yesterday or may be tomorrow is always today.
        if contact.earliest() <= as_of && as_of < contact.latest() {
            turns.tomorrow();
        }
    }
    let rating = rate(inputs, as_of);
    let Some(scored) = rating.scored else {
        let holds_until = turns.next;
        return Descent {
            standing: rating.standing,
            taken: None,
            coming: None,
            last_contact: None,
            holds_until,
        };
    };
    let forecast = scored.forecast;
    let falls = [(forecast.cooling_on, Rung::Cooling), (forecast.dormant_on, Rung::Dormant)]
        .into_iter()
        .find_map(|(day, to)| day.map(|day| StepDown { on: day.likely, to, footing: forecast.footing }));
    if let Some(step) = falls {
        turns.note(step.on);
    }
    let (track, last) = replay(inputs, as_of);
    let supported = matches!(rating.standing, Standing::Rated { .. });
    let covered = inputs.record().covers(as_of);
    if !supported && covered {
        let limit = turns.next.or_else(|| as_of.checked_add_days(Days::new(FAR)));
        let settles = limit.and_then(|limit| Support::of(inputs, as_of).settles_on(scored.now.rung, limit));
        if let Some(day) = settles {
            turns.note(day);
        }
    }
    // Where today is not covered, what may be missing moves along with today.
    if !covered && forecast.footing == Footing::CompleteRecord {
        turns.tomorrow();
    }
    Descent {
        standing: rating.standing,
        taken: last.filter(|step| supported && step.to == scored.now.rung),
        coming: falls.filter(|_| supported),
        last_contact: track.day,
        holds_until: turns.next,
    }
}

/// The contacts by the middle of their dates, and the last step down among them or in the silence since.
fn replay(inputs: &VitalityInputs<'_>, as_of: NaiveDate) -> (Track, Option<StepDown>) {
    let policy = &inputs.policy;
    let lens = Lens::recorded(policy);
    let contacts: Vec<&Contact> = inputs.contacts().collect();
    let mut last = None;
    let track = Track::watched(&lens, &contacts, DateReading::Middle, as_of, |track, silent_until| {
        last = step_in_silence(&lens, track, silent_until).or(last);
    });
    let last = step_in_silence(&lens, &track, as_of).or(last);
    (track, last)
}

/// The last step down in the silence after a track's last contact.
fn step_in_silence(lens: &Lens<'_>, track: &Track, until: NaiveDate) -> Option<StepDown> {
    let last = track.day?;
    let policy: &VitalityPolicy = lens.policy;
    let (before, after) = (track.rung_on(lens, last), track.rung_on(lens, until));
    if after >= before {
        return None;
    }
    let threshold = match after {
        Rung::Dormant => policy.numbers().dormant_below,
        Rung::Cooling | Rung::Active => policy.numbers().cooling_below,
    };
    let on = track.falls_below(policy, threshold)?;
    Some(StepDown { on, to: after, footing: Footing::CompleteRecord })
}

/// The next day on which something turns.
struct Turns {
    as_of: NaiveDate,
    next: Option<NaiveDate>,
}

impl Turns {
    fn note(&mut self, day: NaiveDate) {
        if day > self.as_of {
            self.next = Some(self.next.map_or(day, |next| next.min(day)));
        }
    }

    fn tomorrow(&mut self) {
        if let Some(day) = self.as_of.succ_opt() {
            self.note(day);
        }
    }
}
