//! The storage form of a [`VitalityState`], and the checks it must pass on its way back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::engagement::Focus;

use super::energy::{FocusEnergy, Stores};
use super::ladder::Rung;
use super::policy::VitalityPolicy;
use super::state::VitalityState;
use super::track::Track;

/// Versioned with the formula: a state of another version is not read but reckoned anew from the contacts.
#[derive(Serialize, Deserialize)]
#[serde(tag = "v")]
pub(super) enum StoredState {
    #[serde(rename = "1")]
    V1(StoredTracks),
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredTracks {
    policy: VitalityPolicy,
    early: StoredTrack,
    middle: StoredTrack,
    late: StoredTrack,
}

#[derive(Serialize, Deserialize)]
struct StoredTrack {
    day: Option<NaiveDate>,
    rung_before: Rung,
    concentrated: f64,
    foci: Vec<StoredFocus>,
}

#[derive(Serialize, Deserialize)]
struct StoredFocus {
    focus: Focus,
    mutual: f64,
    all: f64,
}

/// A stored state that this formula cannot have written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidState {
    /// An energy that is negative, not a number, or more than a focus area can hold.
    #[error("the stored energies are out of range: reckon the state anew from the contacts")]
    ImpossibleEnergy,
}

impl From<VitalityState> for StoredState {
    fn from(state: VitalityState) -> Self {
        Self::V1(StoredTracks {
            policy: state.policy,
            early: state.early.into(),
            middle: state.middle.into(),
            late: state.late.into(),
        })
    }
}

impl TryFrom<StoredState> for VitalityState {
    type Error = InvalidState;

    fn try_from(stored: StoredState) -> Result<Self, InvalidState> {
        let StoredState::V1(stored) = stored;
        let capacity = stored.policy.numbers().capacity;
        Ok(Self {
            policy: stored.policy,
            early: stored.early.checked(capacity)?,
            middle: stored.middle.checked(capacity)?,
            late: stored.late.checked(capacity)?,
        })
    }
}

impl From<Track> for StoredTrack {
    fn from(track: Track) -> Self {
        let foci = track.stores.foci.into_iter();
        Self {
            day: track.day,
            rung_before: track.rung_before,
            concentrated: track.stores.concentrated,
            foci: foci
                .map(|(focus, held)| StoredFocus { focus, mutual: held.mutual, all: held.all })
                .collect(),
        }
    }
}

impl StoredTrack {
    fn checked(self, capacity: f64) -> Result<Track, InvalidState> {
        // Rounding, here or in the text, may exceed the capacity by a hair.
        let possible = |energy: f64| (0.0..=capacity + 1e-9).contains(&energy);
        let all_possible = possible(self.concentrated)
            && self.foci.iter().all(|held| possible(held.mutual) && possible(held.all));
        if !all_possible {
            return Err(InvalidState::ImpossibleEnergy);
        }
        let foci = self.foci.into_iter();
        Ok(Track {
            day: self.day,
            rung_before: self.rung_before,
            stores: Stores {
                foci: foci
                    .map(|held| (held.focus, FocusEnergy { mutual: held.mutual, all: held.all }))
                    .collect(),
                concentrated: self.concentrated,
            },
        })
    }
}
