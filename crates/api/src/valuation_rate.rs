//! Rates by which hours, days and gifts are valued, and valuing by them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{PlaceId, ValuationRateId};
use sister_cities_domain::named_enum;
use sister_cities_domain::valuation::{ValuationKind, ValuationRate};
use sister_cities_domain::value::{Country, Decimal, Money, Source};

use crate::programme::ProgrammePath;
use crate::{AsText, Moment, NoteBody, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists valuation rates, those that begin latest first.
    GET "/v1/programmes/{programme}/valuation-rates" for ProgrammeRead
    list_valuation_rates: ListValuationRates(ProgrammePath, query: ListValuationRatesQuery) -> Page<ValuationRateView>;

    /// Enters a valuation rate.
    POST "/v1/programmes/{programme}/valuation-rates" for OutcomeWrite
    create_valuation_rate: CreateValuationRate(ProgrammePath, body: ValuationRateBody) -> 201 ValuationRateView | Conflict, ETag;

    /// Values hours, days or gifts by the rate of their day and place, and says which rate and source that is.
    ///
    /// A rate of the place goes before one of its country, that before one of everywhere. Where no rate holds, or
    /// several that contradict each other, the answer says so and gives no value.
    GET "/v1/programmes/{programme}/valuation-rates/valuation" for ProgrammeRead
    value_quantity: ValueQuantity(ProgrammePath, query: ValueQuantityQuery) -> ValuationView;

    /// Reads one valuation rate.
    GET "/v1/programmes/{programme}/valuation-rates/{valuation_rate}" for ProgrammeRead
    get_valuation_rate: GetValuationRate(ValuationRatePath, query: RecordedQuery) -> ValuationRateView, ETag;

    /// Replaces what is known of a valuation rate.
    PUT "/v1/programmes/{programme}/valuation-rates/{valuation_rate}" for OutcomeWrite
    replace_valuation_rate: ReplaceValuationRate(ValuationRatePath, body: ValuationRateBody) -> ValuationRateView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names a valuation rate in a path.
    pub struct ValuationRatePath in programme {
        /// The valuation rate.
        pub valuation_rate: ValuationRateId,
    }

    /// Which valuation rates to list.
    #[derive(Default)]
    pub struct ListValuationRatesQuery in pages {
        /// Only those of this kind, such as `volunteer_hour`.
        pub kind: Option<ValuationKind>,
        /// Only those of this country.
        pub country: Option<Country>,
        /// Only those of this place.
        pub place: Option<PlaceId>,
        /// Only those that begin on or before this day.
        pub to: Option<NaiveDate>,
        /// The order.
        pub sort: Option<ValuationRateSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// What to value.
    pub struct ValueQuantityQuery {
        /// What it is, such as `volunteer_hour`.
        pub kind: ValuationKind,
        /// How many units of it, such as `120.5`.
        pub quantity: Decimal,
        /// On which day.
        pub on: NaiveDate,
        /// In which country; that of the place if not given.
        pub country: Option<Country>,
        /// At which place.
        pub place: Option<PlaceId>,
    }
}

named_enum! {
    /// The order of a list of valuation rates.
    #[non_exhaustive]
    pub enum ValuationRateSort ("an order") {
        /// By the day from which they hold; the default.
        Valid = "valid",
        /// As they were entered.
        Entered = "entered",
    }
}

named_enum! {
    /// What came of valuing something.
    #[non_exhaustive]
    pub enum ValuationResult ("what came of valuing") {
        /// It has a value.
        Valued = "valued",
        /// No rate holds for that day and place.
        NoRate = "no_rate",
        /// Several rates hold, none of which is closer than the others.
        Contradictory = "contradictory",
        /// The value is more than can be kept.
        TooLarge = "too_large",
    }
}

crate::words! {
    /// What came of valuing something.
    ValuationResultWord = ValuationResult;
}

/// A valuation rate, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValuationRateBody {
    /// What it values: `volunteer_hour`, `visitor_day`, `student_year`, `in_kind` …
    pub kind: ValuationKind,
    /// The country where it holds; everywhere if neither a country nor a place is given.
    pub country: Option<Country>,
    /// The one place where it holds.
    pub place: Option<PlaceId>,
    /// What one unit is worth, such as `23.07 USD`.
    pub amount: AsText<Money>,
    /// The first day on which it holds.
    pub from: NaiveDate,
    /// The last day; until further notice if not given.
    pub to: Option<NaiveDate>,
    /// Who says so.
    pub source: Source,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
}

/// What one unit of something is worth, somewhere and for some time.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValuationRateView {
    /// Its id.
    pub id: ValuationRateId,
    /// The revision to name in `If-Match` when changing it; absent where a rate is named by a valuation.
    pub revision: Option<u32>,
    /// What it values.
    pub kind: ValuationKind,
    /// The country where it holds.
    pub country: Option<Country>,
    /// The one place where it holds.
    pub place: Option<PlaceId>,
    /// What one unit is worth.
    pub amount: AsText<Money>,
    /// The first day on which it holds.
    pub from: NaiveDate,
    /// The last day; until further notice if absent.
    pub to: Option<NaiveDate>,
    /// Who says so.
    pub source: Source,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// What something is worth, by which rate and source; or why nobody can say.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValuationView {
    /// What came of it.
    pub result: ValuationResultWord,
    /// The value, rounded to the minor unit; absent unless it is `valued`.
    pub value: Option<AsText<Money>>,
    /// The rate it is valued by; those that contradict each other; none if there is none.
    pub rates: Vec<ValuationRateView>,
}

impl ValuationRateView {
    /// Shows a valuation rate, at a revision if it is the record itself.
    #[must_use]
    pub fn of(rate: &ValuationRate, revision: Option<u32>) -> Self {
        let ValuationRate { id, programme: _, kind, country, place, amount, valid, source, notes } = rate;
        Self {
            id: *id,
            revision,
            kind: kind.clone(),
            country: *country,
            place: *place,
            amount: AsText(*amount),
            from: valid.from(),
            to: valid.to(),
            source: source.clone(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}
