//! All state machines that are tables: every pair of a state and a step stands in the table, or is refused with who, what, from where.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sister_cities_domain::id::{ActionPointId, RecordRef};
use sister_cities_domain::state_machine::{DescribedMachine, RefusedStep, machines};
use uuid::Uuid;

fn machine() -> impl Strategy<Value = DescribedMachine> {
    prop::sample::select(machines())
}

fn record(id: u128) -> RecordRef {
    ActionPointId::from_uuid(Uuid::from_u128(id)).into()
}

proptest! {
    /// The refusal names the record, the step, the state it is in, and those from which the step would be possible.
    #[test]
    fn every_step_stands_in_the_table_or_is_refused_with_who_what_and_from_where(
        machine in machine(), at in any::<prop::sample::Index>(), by in any::<prop::sample::Index>(), id: u128,
    ) {
        let (from, step) = (*at.get(machine.states), *by.get(machine.steps));
        let rows = machine.transitions.iter().filter(|(start, with, _)| (*start, *with) == (from, step));
        let to: Vec<&str> = rows.map(|(_, _, to)| *to).collect();
        match ((machine.take)(from, step, record(id)), to.as_slice()) {
            (Some(Ok(reached)), [expected]) => prop_assert_eq!(reached, *expected),
            (Some(Err(refused)), []) => {
                let RefusedStep { subject, record: who, step: what, from: whence, ref needs, .. } = refused;
                prop_assert_eq!((subject, who, what, whence), (machine.subject, record(id), step, from));
                let possible = machine.transitions.iter().filter(|(_, with, _)| *with == step);
                let possible: BTreeSet<&str> = possible.map(|(start, _, _)| *start).collect();
                prop_assert_eq!(needs.iter().copied().collect::<BTreeSet<_>>(), possible);
                let said = refused.to_string();
                for word in [subject, &who.to_string(), step, from] {
                    prop_assert!(said.contains(word), "{} does not say {}", said, word);
                }
            }
            (answer, rows) => prop_assert!(false, "{} {from} {step}: {answer:?}, in the table {rows:?}", machine.subject),
        }
    }

    /// What is no state or no step of a machine is neither taken nor refused.
    #[test]
    fn what_is_no_state_or_step_of_a_machine_has_no_answer(machine in machine(), word in "[a-z]{1,6}_x") {
        let (state, step) = (machine.states[0], machine.steps[0]);
        prop_assert!((machine.take)(&word, step, record(1)).is_none());
        prop_assert!((machine.take)(state, &word, record(1)).is_none());
    }
}

#[test]
fn every_state_is_reached_and_every_step_is_possible_from_somewhere() {
    let mut subjects = BTreeSet::new();
    for machine in machines() {
        assert!(subjects.insert(machine.subject), "{} twice", machine.subject);
        assert!(!machine.initial.is_empty(), "{} cannot begin", machine.subject);
        let mut reached: BTreeSet<&str> = machine.initial.iter().copied().collect();
        while let Some((_, _, to)) =
            machine.transitions.iter().find(|(from, _, to)| reached.contains(from) && !reached.contains(to))
        {
            reached.insert(to);
        }
        let all: BTreeSet<&str> = machine.states.iter().copied().collect();
        assert_eq!(reached, all, "{}", machine.subject);
        let taken: BTreeSet<&str> = machine.transitions.iter().map(|(_, step, _)| *step).collect();
        let all: BTreeSet<&str> = machine.steps.iter().copied().collect();
        assert_eq!(taken, all, "{}", machine.subject);
    }
    assert!(subjects.len() >= 2, "{subjects:?}");
}
