//! Counts: how many bonds there were on a day, and how many exchanges in a year, with the list behind each number.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::count::{Count, CountedAs, CountedPartnership};
use sister_cities_domain::engagement::{
    Direction, Engagement, ExchangeCounts, Flow, Uncounted, exchange_entry,
};
use sister_cities_domain::id::{EngagementId, PartnershipId};
use sister_cities_domain::partnership::StatusKind;
use sister_cities_domain::value::{KindKey, PartialDate, Title};

use crate::engagement::DirectionWord;
use crate::partnership::{MemberView, StatusWord};
use crate::programme::ProgrammePath;
use crate::{Moment, Page, Shape, TextForm};

crate::endpoints! {
    /// Counts the bonds as of a day, with the beginning of the lists behind the number.
    ///
    /// A count is a question, never a stored number. Bonds whose dates are too coarse to tell are counted as
    /// possible. A hundred of each list are told here; all of them are listed one by one.
    GET "/v1/programmes/{programme}/counts" for ProgrammeRead
    count_partnerships: CountPartnerships(ProgrammePath, query: CountQuery) -> CountView;

    /// Lists the bonds behind a count, those that certainly were first.
    ///
    /// The same question has the same answer here and there.
    GET "/v1/programmes/{programme}/counts/partnerships" for ProgrammeRead
    list_counted_partnerships: ListCountedPartnerships(ProgrammePath, query: ListCountedPartnershipsQuery) -> Page<CountedPartnershipView>;

    /// Counts the exchanges of one year: visits in and out, and the people who made them.
    ///
    /// The four counts are kept apart, by the first day of each visit, and what could not be counted is told by
    /// its reason. The reply names the latest year before it with engagements, to ask for next: each call reads
    /// one year.
    GET "/v1/programmes/{programme}/counts/exchanges" for ProgrammeRead
    count_exchanges: CountExchanges(ProgrammePath, query: CountExchangesQuery) -> ExchangeCountsView;

    /// Lists the engagements behind the counts of exchanges, each with what it adds or why it adds nothing.
    GET "/v1/programmes/{programme}/counts/exchanges/engagements" for ProgrammeRead
    list_counted_engagements: ListCountedEngagements(ProgrammePath, query: ListCountedEngagementsQuery) -> Page<CountedEngagementView>;
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

crate::parameters! {
    /// Which bonds to list as they are counted.
    #[derive(Default)]
    pub struct ListCountedPartnershipsQuery in pages {
        /// As of which day; today if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
        /// Which kinds; those of the headline count if not given.
        pub kind: Vec<KindKey>,
        /// Which statuses; those in force (agreed, under review, reawakening) if not given.
        pub status: Vec<StatusKind>,
    }

    /// Which exchanges to count.
    #[derive(Default)]
    pub struct CountExchangesQuery {
        /// Of which year; the latest with an engagement if not given.
        pub year: Option<Year>,
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
    }

    /// Which engagements to list as they are counted.
    #[derive(Default)]
    pub struct ListCountedEngagementsQuery in pages {
        /// Of which year; those without a date, which are of none, if not given.
        pub year: Option<Year>,
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those that went this way: `inbound` and `outbound` are counted.
        pub direction: Option<Direction>,
    }
}

/// A year, from 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year(pub u16);

impl TextForm for Year {
    const SHAPE: Shape = Shape::integer("a year from 1 to 9999, such as 2008", 1, 9_999, "2008");

    fn parse(text: &str) -> Result<Self, String> {
        let number = u32::parse(text).ok().and_then(|year| u16::try_from(year).ok());
        number.filter(|year| (1..=9_999).contains(year)).map(Self).ok_or_else(|| "is not a year".to_owned())
    }

    fn render(&self) -> String {
        self.0.to_string()
    }
}

crate::words! {
    /// Why an engagement, or the people in it, could not be counted.
    UncountedWord = Uncounted;
    /// How surely a bond counts.
    CountedAsWord = CountedAs;
}

/// The four counts of the exchanges of one year, and what they leave out.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExchangeCountsView {
    /// The year; absent if there is no engagement with a date.
    pub year: Option<u16>,
    /// Visits to us.
    pub inbound: FlowView,
    /// Visits by us.
    pub outbound: FlowView,
    /// What of the year could not be counted, or not whole, by the reason.
    pub uncounted: Vec<UncountedView>,
    /// Engagements without a date, which are of no year.
    pub undated: u64,
    /// The latest year before it with engagements.
    pub earlier: Option<u16>,
}

/// Exchanges in one direction and the people who travelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowView {
    /// How many exchanges.
    pub exchanges: u64,
    /// How many people are known to have travelled.
    pub people: u64,
    /// People of whom no source says whether they travelled or were guests; they are in no count.
    pub people_unclear: u64,
    /// Exchanges of which no source gives a number of people.
    pub without_number: u64,
}

/// How many engagements could not be counted, or not whole, for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UncountedView {
    /// The reason.
    pub reason: UncountedWord,
    /// How many engagements.
    pub engagements: u64,
}

/// How one engagement is counted.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountedEngagementView {
    /// The engagement.
    pub engagement: EngagementId,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it was.
    pub title: Title,
    /// When it began, or ended where only that is known.
    pub date: Option<PartialDate>,
    /// The way it went.
    pub direction: DirectionWord,
    /// What it adds to the counts of its direction.
    pub adds: FlowView,
    /// What could not be counted, and why.
    #[serde(default)]
    pub uncounted: Vec<UncountedWord>,
}

impl FlowView {
    fn of(flow: Flow) -> Self {
        let Flow { exchanges, people, people_unclear, without_number } = flow;
        Self { exchanges, people, people_unclear, without_number }
    }
}

impl ExchangeCountsView {
    /// Shows the counts of a year.
    #[must_use]
    pub fn of(year: Option<u16>, counts: &ExchangeCounts, undated: u64, earlier: Option<u16>) -> Self {
        let uncounted = counts.uncounted.iter();
        Self {
            year,
            inbound: FlowView::of(counts.inbound),
            outbound: FlowView::of(counts.outbound),
            uncounted: uncounted
                .map(|(reason, engagements)| UncountedView {
                    reason: (*reason).into(),
                    engagements: *engagements,
                })
                .collect(),
            undated,
            earlier,
        }
    }
}

impl CountedEngagementView {
    /// Shows how an engagement is counted.
    #[must_use]
    pub fn of(engagement: &Engagement) -> Self {
        let entry = exchange_entry(engagement);
        Self {
            engagement: engagement.id,
            partnership: engagement.partnership,
            title: engagement.title.clone(),
            date: engagement.dates.start().or(engagement.dates.end()),
            direction: entry.direction.into(),
            adds: FlowView::of(entry.flow),
            uncounted: entry.uncounted.into_iter().map(Into::into).collect(),
        }
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
    /// Those that certainly were: the beginning of the list behind the number.
    pub counted: Vec<CountedPartnershipView>,
    /// How many may have been: their dates are too coarse to tell.
    #[serde(default)]
    pub possible_number: u32,
    /// The first of them.
    pub possible: Vec<CountedPartnershipView>,
    /// Of how many no source gives a date: they stand today, and may or may not have stood then.
    #[serde(default)]
    pub undated_number: u32,
    /// The first of them.
    pub undated: Vec<CountedPartnershipView>,
}

/// A bond in a count.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountedPartnershipView {
    /// How surely it counts.
    pub counted_as: CountedAsWord,
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
    /// Shows a count, with so many of each list; `members` gives the places that a partnership binds.
    #[must_use]
    pub fn of(count: &Count, most: usize, members: impl Fn(PartnershipId) -> Vec<MemberView>) -> Self {
        let number = |number| u32::try_from(number).unwrap_or(u32::MAX);
        let shown = |how, list: &[CountedPartnership]| {
            let view = |one| CountedPartnershipView::of(how, one, members(one.partnership));
            list.iter().take(most).map(view).collect()
        };
        Self {
            as_of: count.as_of,
            kinds: count.kinds.iter().cloned().collect(),
            statuses: count.statuses.iter().copied().map(Into::into).collect(),
            number: number(count.number()),
            counted: shown(CountedAs::Certain, &count.certain),
            possible_number: number(count.possible.len()),
            possible: shown(CountedAs::Possible, &count.possible),
            undated_number: number(count.undated.len()),
            undated: shown(CountedAs::Undated, &count.undated),
        }
    }
}

impl CountedPartnershipView {
    /// Shows how a bond is counted, and the places that it binds.
    #[must_use]
    pub fn of(counted_as: CountedAs, counted: &CountedPartnership, members: Vec<MemberView>) -> Self {
        let CountedPartnership { partnership, kind, status, since } = counted;
        Self {
            counted_as: counted_as.into(),
            partnership: *partnership,
            members,
            kind: kind.clone(),
            status: (*status).into(),
            since: *since,
        }
    }
}
