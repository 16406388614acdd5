//! Rates by which hours, days and gifts are valued: dated, of a place, and with their source (R36).
//!
//! What an hour of a volunteer is worth is somebody's word for a time and a place. Without such a word there is no value here,
//! and where two contradict each other neither is taken.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::event::{changed_fields, events};
use crate::id::{PlaceId, ProgrammeId, ValuationRateId};
use crate::value::{Country, Decimal, InvalidValue, Money, Note, Source, open_catalogue};

open_catalogue! {
    /// What a rate values: the categories that the studies of Sister Cities International used.
    ValuationKind ("a kind of rate such as volunteer_hour", "volunteer_hour") {
        /// An hour that a volunteer gave.
        VolunteerHour = "volunteer_hour",
        /// A day that a visitor stayed.
        VisitorDay = "visitor_day",
        /// A year that a student stayed.
        StudentYear = "student_year",
        /// A night in the house of a host.
        HomestayNight = "homestay_night",
        /// A unit of goods or services given.
        InKind = "in_kind",
    }
}

/// The days on which a rate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawDays", into = "RawDays")]
pub struct ValidDays {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

#[derive(Serialize, Deserialize)]
struct RawDays {
    from: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<NaiveDate>,
}

impl ValidDays {
    /// From a first to a last day; none if it holds until further notice.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Reversed`] if the last day lies before the first.
    pub fn new(from: NaiveDate, to: Option<NaiveDate>) -> Result<Self, InvalidValue> {
        match to {
            Some(to) if to < from => {
                Err(InvalidValue::Reversed { from: from.to_string(), to: to.to_string() })
            }
            Some(_) | None => Ok(Self { from, to }),
        }
    }

    /// The first day.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day; none if it holds until further notice.
    #[must_use]
    pub const fn to(&self) -> Option<NaiveDate> {
        self.to
    }

    /// Whether that day is one of them.
    #[must_use]
    pub fn contain(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl TryFrom<RawDays> for ValidDays {
    type Error = InvalidValue;

    fn try_from(raw: RawDays) -> Result<Self, InvalidValue> {
        Self::new(raw.from, raw.to)
    }
}

impl From<ValidDays> for RawDays {
    fn from(days: ValidDays) -> Self {
        Self { from: days.from, to: days.to }
    }
}

/// What one unit of something is worth, somewhere and for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct ValuationRate {
    /// The id under which it is kept.
    pub id: ValuationRateId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What it values.
    pub kind: ValuationKind,
    /// The country where it holds; everywhere if neither a country nor a place is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The one place where it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceId>,
    /// What one unit is worth.
    pub amount: Money,
    /// On which days.
    pub valid: ValidDays,
    /// Who says so: never the office's own guess.
    pub source: Source,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// How much of something is to be valued, when and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a question is put together by who asks it")]
pub struct ValuationQuestion {
    /// What is valued.
    pub kind: ValuationKind,
    /// How many units of it.
    pub quantity: Decimal,
    /// On which day.
    pub on: NaiveDate,
    /// In which country, if that is known.
    pub country: Option<Country>,
    /// At which place, if that is known.
    pub place: Option<PlaceId>,
}

/// What something is worth, or why nobody can say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Valuation<'a> {
    /// So much, by that rate. Rounded to the minor unit, halves away from nothing.
    Valued {
        /// The value.
        amount: Money,
        /// The rate, with its source.
        rate: &'a ValuationRate,
    },
    /// No rate holds for that day and place.
    NoRate,
    /// Several hold, none of which is closer than the others.
    Contradictory(Vec<&'a ValuationRate>),
    /// The value is more than can be kept.
    TooLarge(&'a ValuationRate),
}

/// Values a quantity by the rate that holds on the day, of the place before the country before everywhere.
#[must_use]
pub fn value_quantity<'a>(
    question: &ValuationQuestion,
    rates: impl IntoIterator<Item = &'a ValuationRate>,
) -> Valuation<'a> {
    let mut closest: Vec<&ValuationRate> = Vec::new();
    for rate in rates.into_iter().filter(|rate| rate.holds(question)) {
        match closest.first().map(|other| rate.closeness().cmp(&other.closeness())) {
            Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Equal) => closest.push(rate),
            Some(std::cmp::Ordering::Greater) | None => closest = vec![rate],
        }
    }
    match closest.as_slice() {
        [] => Valuation::NoRate,
        [rate] => match times(rate.amount, question.quantity) {
            Some(amount) => Valuation::Valued { amount, rate },
            None => Valuation::TooLarge(rate),
        },
        _ => {
            closest.sort_by_key(|rate| rate.id);
            Valuation::Contradictory(closest)
        }
    }
}

/// So many times an amount, rounded to its minor unit; none if that is too large to be kept.
fn times(amount: Money, quantity: Decimal) -> Option<Money> {
    let product = i128::from(amount.minor).checked_mul(quantity.millionths())?;
    let half = if product < 0 { -Decimal::SCALE / 2 } else { Decimal::SCALE / 2 };
    let minor = product.checked_add(half)? / Decimal::SCALE;
    Some(Money { minor: i64::try_from(minor).ok()?, currency: amount.currency })
}

events! {
    /// A change of a valuation rate. The names are stable: subscribers match on them.
    pub enum ValuationRateEvent {
        /// It was entered.
        Recorded = "valuation_rate.recorded" {
            /// What it values.
            kind: ValuationKind,
            /// What one unit is worth.
            amount: Money,
            /// Who says so.
            source: Source,
        },
        /// Facts about it were changed.
        Changed = "valuation_rate.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
    }
}

impl ValuationRate {
    fn holds(&self, question: &ValuationQuestion) -> bool {
        self.kind == question.kind
            && self.valid.contain(question.on)
            && self.place.is_none_or(|place| question.place == Some(place))
            && self.country.is_none_or(|country| question.country == Some(country))
    }

    /// How close it is to what it holds for: a place before a country before everywhere.
    const fn closeness(&self) -> u8 {
        match (self.place, self.country) {
            (Some(_), _) => 2,
            (None, Some(_)) => 1,
            (None, None) => 0,
        }
    }

    /// The event that it was entered.
    #[must_use]
    pub fn recorded(&self) -> ValuationRateEvent {
        ValuationRateEvent::Recorded {
            kind: self.kind.clone(),
            amount: self.amount,
            source: self.source.clone(),
        }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<ValuationRateEvent> {
        let fields = changed_fields!(before -> self: Self {
            kind, country, place, amount, valid, source, notes,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(ValuationRateEvent::Changed { fields })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::{IdSource as _, SeededIds};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn place(number: u64) -> PlaceId {
        PlaceId::from_uuid(SeededIds::new(number).next_uuid())
    }

    fn rate(number: u64, amount: &str, from: &str, to: &str) -> ValuationRate {
        ValuationRate {
            id: ValuationRateId::from_uuid(SeededIds::new(number).next_uuid()),
            programme: ProgrammeId::next(&SeededIds::new(99)),
            kind: ValuationKind::VolunteerHour,
            country: None,
            place: None,
            amount: amount.parse().expect(amount),
            valid: ValidDays::new(day(from), to.parse().ok()).expect("days"),
            source: Source::new("Independent Sector").expect("a source"),
            notes: Vec::new(),
        }
    }

    fn hours(quantity: &str, on: &str) -> ValuationQuestion {
        ValuationQuestion {
            kind: ValuationKind::VolunteerHour,
            quantity: quantity.parse().expect(quantity),
            on: day(on),
            country: "US".parse().ok(),
            place: Some(place(50)),
        }
    }

    fn shown(question: &ValuationQuestion, rates: &[ValuationRate]) -> String {
        match value_quantity(question, rates) {
            Valuation::Valued { amount, rate } => format!("{amount} by {}", rate.source),
            Valuation::NoRate => "no rate".to_owned(),
            Valuation::Contradictory(rates) => format!("{} rates", rates.len()),
            Valuation::TooLarge(_) => "too large".to_owned(),
        }
    }

    #[test]
    fn r36_hours_are_valued_by_the_rate_of_their_day_and_without_one_not_at_all() {
        let rates =
            [rate(1, "22.55 USD", "2013-01-01", "2013-12-31"), rate(2, "23.07 USD", "2014-01-01", "")];
        assert_eq!(shown(&hours("120", "2013-12-31"), &rates), "2706.00 USD by Independent Sector");
        assert_eq!(shown(&hours("120.5", "2014-01-01"), &rates), "2779.94 USD by Independent Sector");
        assert_eq!(shown(&hours("120", "2012-12-31"), &rates), "no rate");
        let days = ValuationQuestion { kind: ValuationKind::VisitorDay, ..hours("1", "2014-01-01") };
        assert_eq!(shown(&days, &rates), "no rate");
    }

    #[test]
    fn a_place_goes_before_its_country_and_what_contradicts_itself_is_told() {
        let everywhere = rate(1, "10.00 USD", "2013-01-01", "");
        let country = ValuationRate { country: "US".parse().ok(), ..rate(2, "22.00 USD", "2013-01-01", "") };
        let other = ValuationRate { country: "GB".parse().ok(), ..rate(3, "12.00 GBP", "2013-01-01", "") };
        let city = ValuationRate { place: Some(place(50)), ..rate(4, "25.00 USD", "2013-01-01", "") };
        let elsewhere = ValuationRate { place: Some(place(51)), ..rate(5, "30.00 USD", "2013-01-01", "") };
        let all = [everywhere, country.clone(), other, city, elsewhere];
        assert!(shown(&hours("1", "2014-01-01"), &all).starts_with("25.00 USD"));
        let nowhere = ValuationQuestion { place: None, ..hours("1", "2014-01-01") };
        assert!(shown(&nowhere, &all).starts_with("22.00 USD"));
        assert!(
            shown(&ValuationQuestion { country: None, ..nowhere.clone() }, &all).starts_with("10.00 USD")
        );
        let twice = [country.clone(), ValuationRate { id: place_free(9), ..country }];
        assert_eq!(shown(&nowhere, &twice), "2 rates");
    }

    fn place_free(number: u64) -> ValuationRateId {
        ValuationRateId::from_uuid(SeededIds::new(number).next_uuid())
    }

    #[test]
    fn halves_are_rounded_away_from_nothing_and_what_is_too_large_is_told() {
        let rates = [rate(1, "0.01 USD", "2013-01-01", "")];
        for (quantity, worth) in [("0.5", "0.01"), ("0.499999", "0.00"), ("-0.5", "-0.01"), ("1.5", "0.02")] {
            assert!(
                shown(&hours(quantity, "2014-01-01"), &rates).starts_with(&format!("{worth} USD ")),
                "{quantity}"
            );
        }
        let rates = [rate(1, "92233720368547758.07 USD", "2013-01-01", "")];
        assert_eq!(shown(&hours("1.1", "2014-01-01"), &rates), "too large");
        assert!(ValidDays::new(day("2014-01-02"), Some(day("2014-01-01"))).is_err());
    }

    proptest! {
        #[test]
        fn a_value_is_within_half_a_cent_of_the_product(minor in -1_000_000_i64..1_000_000, millionths in -9_000_000_i64..9_000_000) {
            let text = format!("{}{}.{:06}", if millionths < 0 { "-" } else { "" }, millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
            let quantity: Decimal = text.parse().expect("a number");
            let amount = Money { minor, currency: "USD".parse().expect("dollars") };
            let value = times(amount, quantity).expect("not too large");
            let exact = i128::from(minor) * i128::from(millionths);
            prop_assert!((i128::from(value.minor) * Decimal::SCALE - exact).abs() * 2 <= Decimal::SCALE);
        }
    }
}
