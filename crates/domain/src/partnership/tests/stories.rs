//! Stories of single bonds.

use super::fixtures::*;
use crate::partnership::*;

#[test]
fn the_stored_form_of_moscow_reads_back_equal_and_stays_as_it_is_v1() {
    let suspension = Decision::new(Act::Suspend {
        condition: Some(words("until hostilities end and those responsible are held to account")),
    })
    .on(date("2022-03-01"))
    .by(name("Mayor of Chicago"))
    .according_to(source("Chicago Sun-Times 2022-03-01"));
    let gifts = Decision::new(Act::Measure { measure: Measure::ReturnGifts, note: None });
    let moscow = after(sisters_since("1997"), [suspension, gifts]);
    let json = serde_json::to_string_pretty(&moscow).unwrap();
    assert_eq!(serde_json::from_str::<Partnership>(&json).unwrap(), moscow);
    insta::assert_snapshot!(json);
}
