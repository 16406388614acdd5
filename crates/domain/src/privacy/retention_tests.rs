//! Nothing is removed a day too early, and nothing kept for good is ever due.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn three_years() -> RetentionPolicy {
    RetentionPolicy { personal: days(1_095), ..RetentionPolicy::default() }
}

#[test]
fn by_default_names_are_kept_and_what_could_harm_goes_after_thirty_days() {
    let policy = RetentionPolicy::default();
    let purpose = Purpose::EndedOn(day("2020-01-31"));
    let today = day("2026-11-23");
    assert_eq!(due_for_removal(&policy, DataClass::Personal, purpose, today), Due::Kept);
    assert_eq!(due_for_removal(&policy, DataClass::Sensitive, purpose, today), Due::Since(day("2020-03-02")));
    assert_eq!(due_for_removal(&policy, DataClass::Public, purpose, today), Due::Kept);
}

#[test]
fn what_is_kept_for_three_years_goes_on_the_day_after_the_last() {
    let purpose = Purpose::EndedOn(day("2023-11-23"));
    let due = |today| due_for_removal(&three_years(), DataClass::Personal, purpose, day(today));
    assert_eq!(due("2026-11-22"), Due::From(day("2026-11-23")));
    assert_eq!(due("2026-11-23"), Due::Since(day("2026-11-23")));
}

#[test]
fn while_something_is_needed_nothing_of_it_is_removed() {
    let today = day("2026-11-23");
    assert_eq!(due_for_removal(&three_years(), DataClass::Personal, Purpose::Lasts, today), Due::Kept);
}

#[test]
fn who_signed_may_be_erased_once_the_duty_to_know_it_is_over() {
    let ten_years = SignatureDuty::MonthsAfterEnd(NonZeroU32::new(120).expect("not 0"));
    let ended = Purpose::EndedOn(day("2020-06-30"));
    let today = day("2026-11-23");
    assert_eq!(erasable_from(ten_years, ended, today), Some(Due::From(day("2030-07-01"))));
    assert_eq!(erasable_from(ten_years, Purpose::Lasts, today), Some(Due::Kept));
    assert_eq!(erasable_from(SignatureDuty::None, Purpose::Lasts, today), None);
}

#[test]
fn a_policy_is_written_as_people_would_say_it() {
    let policy = RetentionPolicy {
        signatures: SignatureDuty::MonthsAfterEnd(NonZeroU32::new(120).expect("not 0")),
        ..three_years()
    };
    let text = serde_json::to_string(&policy).expect("JSON");
    assert_eq!(
        text,
        r#"{"personal":{"days":1095},"sensitive":{"days":30},"signatures":{"months_after_end":120}}"#
    );
    assert_eq!(serde_json::from_str::<RetentionPolicy>(&text).ok(), Some(policy));
    assert_eq!(serde_json::from_str::<RetentionPolicy>("{}").ok(), Some(RetentionPolicy::default()));
    assert!(serde_json::from_str::<RetentionPolicy>(r#"{"personal":{"days":0}}"#).is_err());
}

proptest! {
    /// What is due today is due on every later day, and since the same day.
    #[test]
    fn what_is_due_stays_due(keep in 1..40_000_u32, ended in 0..80_000_u64, today in 0..80_000_u64, later in 0..1_000_u64) {
        let from = |number| day("1900-01-01") + Days::new(number);
        let policy = RetentionPolicy { personal: days(keep), ..RetentionPolicy::default() };
        let due = |today| due_for_removal(&policy, DataClass::Personal, Purpose::EndedOn(from(ended)), today);
        match due(from(today)) {
            Due::Since(since) => {
                prop_assert!(since <= from(today));
                prop_assert_eq!(due(from(today + later)), Due::Since(since));
            }
            Due::From(day) => {
                prop_assert!(day > from(today));
                prop_assert_eq!(due(day), Due::Since(day));
                prop_assert_eq!(due(day.pred_opt().expect("a day before")), Due::From(day));
            }
            Due::Kept => prop_assert!(false, "a policy in days keeps nothing for good"),
        }
    }
}
