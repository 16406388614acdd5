//! From when until when a role is held, and when its term ends.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::value::{Certainty, InvalidValue, PartialDate, Period};

/// The days of a role, each as precisely as is known.
///
/// A missing beginning is one that nobody knows; a missing end means that the role is held until further notice, also if its term is
/// over: whoever holds an office goes on until somebody says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawTenure", into = "RawTenure")]
pub struct Tenure {
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    term_end: Option<PartialDate>,
}

#[derive(Serialize, Deserialize)]
struct RawTenure {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    term_end: Option<PartialDate>,
}

impl Tenure {
    /// The days of a role that began then, if that is known; was held until then, if it is over; and whose term ends then, if it has one.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Reversed`] if the end lies before the beginning whatever days they are, or the end of the term does.
    pub fn new(
        from: Option<PartialDate>,
        to: Option<PartialDate>,
        term_end: Option<PartialDate>,
    ) -> Result<Self, InvalidValue> {
        Period::new(from, to)?;
        Period::new(from, term_end)?;
        Ok(Self { from, to, term_end })
    }

    /// When it began; `None` if nobody knows.
    #[must_use]
    pub const fn from(&self) -> Option<PartialDate> {
        self.from
    }

    /// Its last day; `None` as long as it is held.
    #[must_use]
    pub const fn to(&self) -> Option<PartialDate> {
        self.to
    }

    /// The last day of its term, which need not be that of the role; `None` if none is told.
    #[must_use]
    pub const fn term_end(&self) -> Option<PartialDate> {
        self.term_end
    }

    /// The same with that last day.
    ///
    /// # Errors
    ///
    /// The beginning, if it lies after that day whatever days they are.
    pub fn until(self, to: PartialDate) -> Result<Self, PartialDate> {
        match self.from {
            Some(from) if to.latest() < from.earliest() => Err(from),
            Some(_) | None => Ok(Self { to: Some(to), ..self }),
        }
    }

    /// Whether the role is held on that day. Where the beginning is not known, nobody can be sure that it had begun.
    #[must_use]
    pub fn is_held_on(&self, day: NaiveDate) -> Certainty {
        let begun = self.from.map_or(Certainty::Possibly, |from| from.is_on_or_before(day));
        let not_over = self.to.map_or(Certainty::Yes, |to| to.is_on_or_after(day));
        begun.and(not_over)
    }

    /// The first and the last day on which it can have been held; `None` where there is no bound.
    #[must_use]
    pub fn span(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.from.map(|from| from.earliest()), self.to.map(|to| to.latest()))
    }
}

impl TryFrom<RawTenure> for Tenure {
    type Error = InvalidValue;

    fn try_from(raw: RawTenure) -> Result<Self, InvalidValue> {
        Self::new(raw.from, raw.to, raw.term_end)
    }
}

impl From<Tenure> for RawTenure {
    fn from(tenure: Tenure) -> Self {
        let Tenure { from, to, term_end } = tenure;
        Self { from, to, term_end }
    }
}
