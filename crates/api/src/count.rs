//! Counts: how many bonds there were on a day, with the list behind the number.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::count::{Count, CountedPartnership};
use sister_cities_domain::id::PartnershipId;
use sister_cities_domain::partnership::StatusKind;
use sister_cities_domain::value::KindKey;
use sister_cities_domain::value::PartialDate;

use crate::Moment;
use crate::partnership::{MemberView, StatusWord};
use crate::programme::ProgrammePath;

crate::endpoints! {
    /// Counts the bonds as of a day, with the list behind the number.
    ///
    /// A count is a question, never a stored number. Bonds whose dates are too coarse to tell are listed as
    /// possible.
    GET "/v1/programmes/{programme}/counts" for ProgrammeRead
    count_partnerships: CountPartnerships(ProgrammePath, query: CountQuery) -> CountView;
}

crate::parameters! {
    /// What to count.
    #[derive(Default)]
    pub struct CountQuery {
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// Which kinds; those of the headline count if not given.
        pub kind: Vec<KindKey>,
        /// Which statuses; those in force (agreed, under review, reawakening) if not given.
        pub status: Vec<StatusKind>,
    }
}

/// How many bonds there were on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountView {
    /// The day.
    pub as_of: NaiveDate,
    /// The kinds that were counted.
    #[serde(default)]
    pub kinds: Vec<KindKey>,
    /// The statuses that were counted.
    pub statuses: Vec<StatusWord>,
    /// How many certainly were.
    pub number: u32,
    /// Those that certainly were: the list behind the number.
    pub counted: Vec<CountedView>,
    /// Those that may have been: their dates are too coarse to tell.
    pub possible: Vec<CountedView>,
    /// Those of which no source gives a date: they stand today, and may or may not have stood then.
    pub undated: Vec<CountedView>,
}

/// A bond in a count.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountedView {
    /// The partnership.
    pub partnership: PartnershipId,
    /// The places it binds.
    pub members: Vec<MemberView>,
    /// Its kind on that day.
    pub kind: KindKey,
    /// Where it stood on that day.
    pub status: StatusWord,
    /// Since when it was of that kind, if known.
    pub since: Option<PartialDate>,
}

impl CountView {
    /// Shows a count; `members` gives the places that a partnership binds.
    #[must_use]
    pub fn of(count: &Count, members: impl Fn(PartnershipId) -> Vec<MemberView>) -> Self {
        let shown = |partnerships: &[CountedPartnership]| {
            let one = |partnership: &CountedPartnership| CountedView {
                partnership: partnership.partnership,
                members: members(partnership.partnership),
                kind: partnership.kind.clone(),
                status: partnership.status.into(),
                since: partnership.since,
            };
            partnerships.iter().map(one).collect()
        };
        Self {
            as_of: count.as_of,
            kinds: count.kinds.iter().cloned().collect(),
            statuses: count.statuses.iter().copied().map(Into::into).collect(),
            number: u32::try_from(count.number()).unwrap_or(u32::MAX),
            counted: shown(&count.certain),
            possible: shown(&count.possible),
            undated: shown(&count.undated),
        }
    }
}
