//! What an outcome is worth: money, or a number of something.

use std::fmt;
use std::str::FromStr;

use crate::value::text_form::text_form;
use crate::value::{Currency, Decimal, InvalidValue, Money, Shape, open_catalogue};

open_catalogue! {
    /// What a number counts.
    Unit ("a unit such as jobs or hours", "jobs") {
        /// Jobs made or kept, in full posts.
        Jobs = "jobs",
        /// People who had it.
        People = "people",
        /// Hours of work.
        Hours = "hours",
        /// Days that guests stayed.
        VisitorDays = "visitor_days",
        /// Years that students spent, in whole years of study.
        StudentYears = "student_years",
        /// Deals, contracts, orders.
        Deals = "deals",
        /// Publications.
        Publications = "publications",
    }
}

/// What an outcome is worth: an amount of money, or a number with its unit. One text: `25000.00 USD`, `12.5 jobs`.
///
/// Nothing here makes the one into the other: what an hour is worth is said by a rate, with its day, place and source.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OutcomeValue {
    /// An amount in the currency it was in.
    Money(Money),
    /// A number of something.
    Number {
        /// How many.
        number: Decimal,
        /// Of what.
        unit: Unit,
    },
}

/// In what a value is: values are summed with those in the same, and with no others.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Money in that currency.
    Currency(Currency),
    /// A number of that.
    Unit(Unit),
}

impl OutcomeValue {
    /// In what it is.
    #[must_use]
    pub fn measure(&self) -> Measure {
        match self {
            Self::Money(money) => Measure::Currency(money.currency),
            Self::Number { unit, .. } => Measure::Unit(unit.clone()),
        }
    }

    /// The sum of two values in the same; none if they are not, or the sum is too large to be kept.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Money(one), Self::Money(other)) => one.checked_add(*other).ok().map(Self::Money),
            (Self::Number { number, unit }, Self::Number { number: more, unit: of }) if unit == of => {
                Some(Self::Number { number: number.checked_add(*more)?, unit: unit.clone() })
            }
            (Self::Money(_) | Self::Number { .. }, _) => None,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(currency) => currency.fmt(f),
            Self::Unit(unit) => unit.fmt(f),
        }
    }
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for OutcomeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(f),
            Self::Number { number, unit } => f.pad(&format!("{number} {unit}")),
        }
    }
}

impl fmt::Debug for OutcomeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for OutcomeValue {
    type Err = InvalidValue;

    /// Reads an amount and a currency in capitals, or a number and a unit in small letters.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let (number, of) =
            text.split_once(' ').ok_or_else(|| InvalidValue::malformed(text, OUTCOME_VALUE.expected))?;
        if of.bytes().any(|letter| letter.is_ascii_uppercase()) {
            return text.parse().map(Self::Money);
        }
        Ok(Self::Number { number: number.parse()?, unit: of.parse()? })
    }
}

const OUTCOME_VALUE: Shape = Shape::pattern(
    "an amount of money or a number with its unit, such as 25000.00 USD or 12.5 jobs",
    "^-?[0-9]+([.][0-9]+)? ([A-Z]{3}|[a-z0-9]+([-_][a-z0-9]+)*)$",
    "25000.00 USD",
);

text_form!(OutcomeValue, OUTCOME_VALUE);
