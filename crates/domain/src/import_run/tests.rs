//! The way of a run, and what is refused on it.

use uuid::Uuid;

use super::*;
use crate::id::RecordKind;

fn hash() -> ContentHash {
    ContentHash::from_bytes([7; 32])
}

fn run() -> ImportRun {
    let (id, programme) =
        (ImportId::from_uuid(Uuid::from_u128(1)), ProgrammeId::from_uuid(Uuid::from_u128(2)));
    ImportRun::upload(id, programme, ImportContent::Partnerships, hash(), None).0
}

fn tried(tally: Tally) -> ImportRun {
    run().dry_run(hash(), tally).unwrap().0
}

#[test]
fn a_run_goes_from_upload_to_undo_and_reads_back_at_every_step() {
    let touched = Touched {
        record: RecordRef { kind: RecordKind::Place, id: Uuid::from_u128(3) },
        before: None,
        after: 1,
    };
    let kept = Kept { record: touched.record, because: KeptBecause::TouchedSince };
    let tally = Tally { create: 2, same: 1, ..Tally::default() };
    let mapped = run().map(Mapping { day_order: Some(DayOrder::DayFirst), ..Mapping::default() }).unwrap().0;
    let tried = mapped.clone().dry_run(hash(), tally).unwrap().0;
    let approved = tried.clone().approve(vec![], tally).unwrap().0;
    let (applied, event) = approved.clone().apply(hash(), tally, vec![touched]).unwrap();
    assert_eq!(event.name(), "import.applied");
    let undone = applied.clone().undo(vec![kept]).unwrap().0;
    for run in [run(), mapped, tried, approved, applied, undone] {
        let json = serde_json::to_string(&run).unwrap();
        assert!(json.starts_with(r#"{"v":"1","#), "{json}");
        assert_eq!(serde_json::from_str::<ImportRun>(&json).unwrap(), run);
    }
}

#[test]
fn nothing_is_approved_while_a_line_waits_or_is_wrong() {
    for tally in [Tally { needs_person: 1, ..Tally::default() }, Tally { invalid: 1, ..Tally::default() }] {
        let refused = tried(tally).approve(vec![], tally).unwrap_err();
        assert!(matches!(refused, ImportTransitionError::OpenQuestions { open: 1, .. }));
    }
}

#[test]
fn steps_out_of_order_are_refused_and_name_the_state() {
    let refused = run().apply(hash(), Tally::default(), vec![]).unwrap_err();
    assert!(refused.to_string().ends_with("cannot be applied while uploaded"), "{refused}");
    assert!(run().undo(vec![]).is_err());
    assert!(run().approve(vec![], Tally::default()).is_err());
    let approved = tried(Tally::default()).approve(vec![], Tally::default()).unwrap().0;
    let applied = approved.apply(hash(), Tally::default(), vec![]).unwrap().0;
    assert!(applied.clone().map(Mapping::default()).is_err());
    assert!(applied.clone().dry_run(hash(), Tally::default()).is_err());
    assert!(applied.undo(vec![]).unwrap().0.undo(vec![]).is_err());
}

#[test]
fn the_counts_of_a_tally_add_up() {
    let tally = Tally {
        create: 1,
        same: 2,
        merge: 3,
        needs_person: 4,
        kept_unresolved: 5,
        invalid: 6,
        skipped: 7,
        later: 8,
    };
    assert_eq!((tally.total(), tally.open()), (36, 10));
}
