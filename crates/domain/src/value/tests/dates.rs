//! Tests of dates of which not all is known, and of periods.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::value::{Certainty, DateOrder, InvalidValue, PartialDate, Period, Precision};

fn date(text: &str) -> PartialDate {
    text.parse().expect(text)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

#[test]
fn a_year_is_an_interval_and_not_its_first_day() {
    let year = date("1991");
    assert_eq!((year.earliest(), year.latest()), (day("1991-01-01"), day("1991-12-31")));
    assert_eq!(year.precision(), Precision::Year);
    assert_eq!(year.day(), None);
    assert_eq!(date("1992-02").latest(), day("1992-02-29"));
    assert_eq!(date("9999").latest(), day("9999-12-31"));
}

#[test]
fn whether_1991_is_before_august_1991_has_no_answer() {
    assert_eq!(date("1991").compare(&date("1991-08")), DateOrder::Overlapping);
    assert_eq!(date("1991").compare(&date("1991")), DateOrder::Overlapping);
    assert_eq!(date("1990").compare(&date("1991-08")), DateOrder::Before);
    assert_eq!(date("1991-09").compare(&date("1991-08-31")), DateOrder::After);
    assert_eq!(date("1991-08-20").compare(&date("1991-08-20")), DateOrder::Same);
}

#[test]
fn a_list_puts_the_coarser_date_first() {
    let mut dates: Vec<_> = ["1991-01-01", "1991", "1990-12", "1991-01"].map(date).into();
    dates.sort_by_key(PartialDate::sort_key);
    assert_eq!(dates, ["1990-12", "1991", "1991-01", "1991-01-01"].map(date));
}

#[test]
fn dates_are_said_as_people_say_them() {
    assert_eq!(date("1991").in_words(), "1991");
    assert_eq!(date("1991-08").in_words(), "August 1991");
    assert_eq!(date("1991-08-02").in_words(), "2 August 1991");
}

#[test]
fn only_iso_dates_of_the_calendar_are_read() {
    for text in [
        "",
        "91",
        "1991-8",
        "1991-08-2",
        "1991-13",
        "1991-00",
        "1991-02-29",
        "0000",
        "+1991",
        "1991-08-20T",
        "1991-08-20-01",
        "est. 1968",
        "１９９１",
    ] {
        let refusal = text.parse::<PartialDate>().expect_err(text);
        assert!(!refusal.expected().is_empty());
    }
    assert!(matches!("1991-02-29".parse::<PartialDate>(), Err(InvalidValue::OutOfRange { .. })));
}

#[test]
fn a_partial_date_is_on_or_before_a_day_for_certain_possibly_or_not() {
    let year = date("2008");
    assert_eq!(year.is_on_or_before(day("2008-12-31")), Certainty::Yes);
    assert_eq!(year.is_on_or_before(day("2008-06-04")), Certainty::Possibly);
    assert_eq!(year.is_on_or_before(day("2007-12-31")), Certainty::No);
    assert_eq!(year.is_on_or_after(day("2008-01-01")), Certainty::Yes);
    assert_eq!(year.is_on_or_after(day("2008-06-04")), Certainty::Possibly);
    assert_eq!(year.is_on_or_after(day("2009-01-01")), Certainty::No);
}

#[test]
fn a_finer_date_refines_a_coarser_one_that_holds_it() {
    assert!(date("1991-08-20").refines(&date("1991")));
    assert!(date("1991").refines(&date("1991")));
    assert!(!date("1991").refines(&date("1991-08")));
    assert!(!date("1992-08").refines(&date("1991")));
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused_unless_it_may_be_right() {
    assert!(Period::new(Some(date("1991-08")), Some(date("1991"))).is_ok());
    let refusal = Period::new(Some(date("1992")), Some(date("1991-12-31"))).expect_err("reversed");
    assert_eq!(refusal.to_string(), "ends (1991-12-31) before it begins (1992)");
}

#[test]
fn a_period_with_a_vague_beginning_possibly_holds_the_days_within_it() {
    let period = Period::new(Some(date("1991")), Some(date("1995-06"))).expect("a period");
    assert_eq!(period.contains(day("1990-12-31")), Certainty::No);
    assert_eq!(period.contains(day("1991-07-01")), Certainty::Possibly);
    assert_eq!(period.contains(day("1991-12-31")), Certainty::Yes);
    assert_eq!(period.contains(day("1995-06-01")), Certainty::Yes);
    assert_eq!(period.contains(day("1995-06-15")), Certainty::Possibly);
    assert_eq!(period.contains(day("1995-07-01")), Certainty::No);
    assert_eq!(Period::ALWAYS.contains(day("0001-01-01")), Certainty::Yes);
}

#[test]
fn periods_overlap_for_certain_possibly_or_not() {
    let period = |from: &str, to: &str| Period::new(Some(date(from)), Some(date(to))).expect("a period");
    assert_eq!(period("1982", "1990").overlaps(&Period::since(date("1989"))), Certainty::Yes);
    assert_eq!(period("1982", "1990").overlaps(&Period::since(date("1990"))), Certainty::Possibly);
    assert_eq!(period("1982", "1990").overlaps(&Period::since(date("1991"))), Certainty::No);
    assert_eq!(period("1982", "1990").to_string(), "1982 to 1990");
}

#[test]
fn certainty_joins_like_the_truth_it_is() {
    use Certainty::{No, Possibly, Yes};
    assert_eq!((Yes.and(Possibly), Possibly.and(No), Possibly.or(Yes)), (Possibly, No, Yes));
    assert_eq!((Yes.negate(), Possibly.negate(), No.negate()), (No, Possibly, Yes));
}

/// Any partial date, as its own strategy, evenly over precisions.
pub(crate) fn any_date() -> impl Strategy<Value = PartialDate> {
    (1..=9999_i32, 1..=12_u32, 0..28_u64, 0..3_u8).prop_map(
        |(year, month, days, precision)| match precision {
            0 => PartialDate::from_year(year).expect("a year"),
            1 => PartialDate::from_month(year, month).expect("a month"),
            _ => {
                let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a day");
                PartialDate::from_day(first + Days::new(days)).expect("a day")
            }
        },
    )
}

proptest! {
    #[test]
    fn every_date_reads_back_as_itself(date in any_date()) {
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        let stored = serde_json::to_string(&date).expect("serialises");
        prop_assert_eq!(serde_json::from_str::<PartialDate>(&stored).expect("reads"), date);
        prop_assert!(date.may_be(date.middle()));
    }

    #[test]
    fn the_order_of_two_dates_is_the_order_of_all_the_days_they_can_be(a in any_date(), b in any_date()) {
        let expected = match (a.latest() < b.earliest(), b.latest() < a.earliest()) {
            (true, _) => DateOrder::Before,
            (_, true) => DateOrder::After,
            _ if a == b && a.day().is_some() => DateOrder::Same,
            _ => DateOrder::Overlapping,
        };
        prop_assert_eq!(a.compare(&b), expected);
        if expected == DateOrder::Before {
            prop_assert!(a.sort_key() < b.sort_key());
        }
    }

    #[test]
    fn on_or_before_agrees_with_every_day_the_date_can_be(date in any_date(), offset in -400_i64..400) {
        let day = date.earliest() + chrono::Duration::days(offset);
        let all = date.latest() <= day;
        let any = date.earliest() <= day;
        let expected = if all { Certainty::Yes } else { Certainty::Possibly.and(any.into()) };
        prop_assert_eq!(date.is_on_or_before(day), expected);
    }

    #[test]
    fn overlap_is_symmetric_and_a_period_overlaps_itself(a in any_date(), b in any_date(), c in any_date(), d in any_date()) {
        if let (Ok(x), Ok(y)) = (Period::new(Some(a), Some(b)), Period::new(Some(c), Some(d))) {
            prop_assert_eq!(x.overlaps(&y), y.overlaps(&x));
            prop_assert!(x.overlaps(&x).is_possible());
        }
    }

    #[test]
    fn no_text_makes_reading_a_date_panic(text in "[0-9-]{0,12}|\\PC{0,12}") {
        let _ = text.parse::<PartialDate>();
    }
}
