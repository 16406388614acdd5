//! Tests of ids: their text, their order, their uuids.

use proptest::prelude::*;

use super::*;

#[test]
fn the_example_of_the_typeid_specification_reads_and_writes_back() {
    let uuid: Uuid = "01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("a UUID");
    let id = PartnershipId::from_uuid(uuid);
    assert_eq!(id.to_string(), "prt_01h455vb4pex5vsknk084sn02q");
    assert_eq!("prt_01h455vb4pex5vsknk084sn02q".parse(), Ok(id));
}

#[test]
fn an_id_of_another_kind_is_refused_by_its_prefix() {
    let refusal = "plc_01h455vb4pex5vsknk084sn02q".parse::<PartnershipId>();
    assert_eq!(refusal, Err(InvalidId::Prefix { expected: "prt" }));
}

#[test]
fn capitals_wrong_letters_wrong_length_and_overflow_are_refused() {
    for text in [
        "prt_01H455VB4PEX5VSKNK084SN02Q",
        "prt_01h455vb4pex5vsknk084sn02",
        "prt_01h455vb4pex5vsknk084sn02qq",
        "prt_81h455vb4pex5vsknk084sn02q",
        "prt_01h455vb4pex5vsknk084sn0lu",
        "prt_",
        "prt_é1h455vb4pex5vsknk084sn02",
    ] {
        assert_eq!(text.parse::<PartnershipId>(), Err(InvalidId::Suffix { expected: "prt" }), "{text}");
    }
}

#[test]
fn no_two_kinds_share_a_prefix() {
    let prefixes = RecordKind::ALL.map(RecordKind::prefix).into_iter().chain([EventId::PREFIX]);
    let distinct: std::collections::BTreeSet<_> = prefixes.collect();
    assert_eq!(distinct.len(), RecordKind::ALL.len() + 1);
}

#[test]
fn seeded_ids_are_distinct_rise_and_follow_from_the_seed() {
    let (a, b) = (SeededIds::new(7), SeededIds::new(7));
    let first: Vec<_> = (0..100).map(|_| a.next_uuid()).collect();
    let again: Vec<_> = (0..100).map(|_| b.next_uuid()).collect();
    assert_eq!(first, again);
    assert!(first.windows(2).all(|pair| pair[0] < pair[1]));
    assert_ne!(SeededIds::new(8).next_uuid(), first[0]);
    assert_eq!(first[0].get_version_num(), 7);
    assert_eq!(first[0].as_u128() >> 80, u128::from(SeededIds::FIRST_UNIX_MS));
}

#[test]
fn a_record_reference_is_written_as_the_id_and_read_back_with_its_kind() {
    let id = EngagementId::next(&SeededIds::new(1));
    let record = RecordRef::from(id);
    assert_eq!(record.to_string(), id.to_string());
    assert_eq!(record.to_string().parse(), Ok(record));
    assert_eq!(serde_json::to_string(&record).expect("serialises"), format!("\"{id}\""));
}

proptest! {
    #[test]
    fn every_id_reads_back_as_itself_and_text_order_is_id_order(a: u128, b: u128) {
        let (x, y) = (PlaceId::from_uuid(Uuid::from_u128(a)), PlaceId::from_uuid(Uuid::from_u128(b)));
        prop_assert_eq!(x.to_string().parse(), Ok(x));
        prop_assert_eq!(x.cmp(&y), x.to_string().cmp(&y.to_string()));
    }

    #[test]
    fn no_text_makes_reading_an_id_panic(text in "\\PC{0,40}") {
        let _ = text.parse::<PlaceId>();
        let _ = format!("plc_{text}").parse::<PlaceId>();
    }
}
