//! Tests of events: their names, and that each reads back.

use super::*;
use crate::id::{PlaceId, SeededIds};
use crate::place::{NameRole, Place, PlaceLevel, PlaceName};
use crate::value::Name;

fn chicago() -> Place {
    let ids = SeededIds::new(1);
    let name = PlaceName::new(Name::new("Chicago").expect("a name"), NameRole::Official);
    Place::new(PlaceId::next(&ids), ProgrammeId::next(&ids), PlaceLevel::City, name)
}

#[test]
fn an_event_reads_back_as_itself_and_says_its_name_in_its_json() {
    let body = EventBody::from(chicago().created());
    let stored = serde_json::to_string(&body).expect("serialises");
    assert_eq!(stored, r#"{"name":"place.created","called":"Chicago"}"#);
    assert_eq!(serde_json::from_str::<EventBody>(&stored).expect("reads back"), body);
    assert_eq!(body.name(), "place.created");
}

#[test]
fn a_change_names_the_fields_that_differ_and_no_change_is_no_event() {
    let before = chicago();
    assert_eq!(before.changed_from(&before), None);
    let mut after = before.clone();
    after.country = "US".parse().ok();
    after.level = PlaceLevel::County;
    let changed = after.changed_from(&before).expect("two fields differ");
    assert_eq!(changed, PlaceEvent::Changed { fields: vec!["level".to_owned(), "country".to_owned()] });
}

#[test]
fn an_event_of_an_unknown_name_is_not_read_as_another() {
    assert!(serde_json::from_str::<EventBody>(r#"{"name":"place.moved","called":"Chicago"}"#).is_err());
}
