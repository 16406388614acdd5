//! Tests of money and of points on the globe.

use proptest::prelude::*;

use crate::value::{Currency, Decimal, GeoPoint, Money, MoneyError};

fn money(text: &str) -> Money {
    text.parse().expect(text)
}

#[test]
fn amounts_are_read_in_the_decimals_of_their_currency() {
    assert_eq!(money("25000.00 USD").minor, 2_500_000);
    assert_eq!(money("25000 USD").minor, 2_500_000);
    assert_eq!(money("5 JPY").minor, 5);
    assert_eq!(money("1.250 KWD").minor, 1250);
    assert_eq!(money("-0.05 eur").to_string(), "-0.05 EUR");
    assert_eq!(money("-9223372036854775808 JPY").minor, i64::MIN);
}

#[test]
fn amounts_that_could_mean_two_things_are_refused() {
    for text in [
        "25,000 USD",
        "25.0 USD",
        "5.00 JPY",
        "USD 5",
        "5",
        "5 XXZ",
        ".50 USD",
        "1e3 USD",
        "--5 USD",
        "5. USD",
        "92233720368547758.08 USD",
    ] {
        assert!(text.parse::<Money>().is_err(), "{text}");
    }
}

#[test]
fn amounts_in_different_currencies_stay_apart() {
    assert_eq!(money("1.50 USD").checked_add(money("2.25 USD")), Ok(money("3.75 USD")));
    let refusal = money("1 USD").checked_add(money("1 EUR")).expect_err("two currencies");
    assert!(matches!(refusal, MoneyError::Currencies { .. }));
    assert_eq!(money("92233720368547758.07 USD").checked_add(money("0.01 USD")), Err(MoneyError::TooLarge));
}

#[test]
fn the_distance_of_chicago_and_birmingham_is_about_6199_kilometres() {
    let chicago = GeoPoint::new(41.85, -87.65).expect("a point");
    let birmingham = GeoPoint::new(52.481_42, -1.899_83).expect("a point");
    let distance = chicago.distance_km(&birmingham);
    // 6199.177 by the spherical law of cosines, reckoned apart; the WGS 84 geodesic differs by at most 0.6 %.
    assert!((distance - 6_199.177).abs() < 0.001, "{distance}");
    let quarter =
        GeoPoint::new(0.0, 0.0).expect("a point").distance_km(&GeoPoint::new(90.0, 0.0).expect("the pole"));
    assert!((quarter - 6371.0088 * std::f64::consts::FRAC_PI_2).abs() < 1e-6, "{quarter}");
}

#[test]
fn points_off_the_globe_are_refused() {
    for (latitude, longitude) in
        [(90.1, 0.0), (-90.1, 0.0), (0.0, 180.1), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)]
    {
        assert!(GeoPoint::new(latitude, longitude).is_err());
    }
    assert!(serde_json::from_str::<GeoPoint>(r#"{"latitude":91,"longitude":0}"#).is_err());
}

proptest! {
    #[test]
    fn every_amount_reads_back_as_itself(minor: i64, currency in 0..181_usize) {
        let currency = Currency::all().nth(currency).expect("a currency");
        let amount = Money { minor, currency };
        prop_assert_eq!(amount.to_string().parse(), Ok(amount));
    }

    #[test]
    fn distance_is_symmetric_and_never_more_than_half_way_round(
        a in (-90.0..=90.0, -180.0..=180.0), b in (-90.0..=90.0, -180.0..=180.0)
    ) {
        let (x, y) = (GeoPoint::new(a.0, a.1).expect("a point"), GeoPoint::new(b.0, b.1).expect("a point"));
        prop_assert!((x.distance_km(&y) - y.distance_km(&x)).abs() < 1e-6);
        prop_assert!((0.0..=20_015.2).contains(&x.distance_km(&y)));
        prop_assert!(x.distance_km(&x) < 1e-6);
    }
}

#[test]
fn decimals_are_exact_and_one_number_has_one_text() {
    for (text, written) in
        [("12.50", "12.5"), ("007", "7"), ("-0.000001", "-0.000001"), ("0.0", "0"), ("-0", "0")]
    {
        assert_eq!(text.parse::<Decimal>().expect(text).to_string(), written);
    }
    let tenth: Decimal = "0.1".parse().expect("a tenth");
    let sum = (0..10).try_fold(Decimal::ZERO, |sum, _| sum.checked_add(tenth));
    assert_eq!(sum, Some(Decimal::whole(1)));
    for text in
        ["", ".5", "5.", "1,000", "1e3", "+1", "--1", "1.0000001", "1234567890123456", "१२", " 1", "1 "]
    {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn every_decimal_reads_back_as_itself(millionths in -999_999_999_999_999_999_999_i128..=999_999_999_999_999_999_999) {
        let (whole, part) = (millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
        let sign = if millionths < 0 { "-" } else { "" };
        let number: Decimal = format!("{sign}{whole}.{part:06}").parse().expect("a number");
        prop_assert_eq!(number.millionths(), millionths);
        prop_assert_eq!(number.to_string().parse(), Ok(number));
    }
}
