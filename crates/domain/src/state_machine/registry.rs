//! Every state machine that is a table, without its types: for the documentation, and for one test over all of them.

use super::{RefusedStep, StateMachine};
use crate::id::RecordRef;
use crate::value::NamedEnum;

/// A state machine without its types.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescribedMachine {
    /// What is in these states, without an article: `action point`.
    pub subject: &'static str,
    /// The names of all states.
    pub states: &'static [&'static str],
    /// Those in which it can begin.
    pub initial: Vec<&'static str>,
    /// The names of all steps.
    pub steps: &'static [&'static str],
    /// Every transition, one from each state: from where, by which step, to where.
    pub transitions: Vec<(&'static str, &'static str, &'static str)>,
    /// What a step needs beside the state it starts from; empty if nothing.
    pub needs: fn(step: &str) -> &'static str,
    /// Takes a step with a record in a state; `None` if there is no such state or step.
    pub take: fn(from: &str, step: &str, record: RecordRef) -> Option<Result<&'static str, RefusedStep>>,
}

impl DescribedMachine {
    fn of<M: StateMachine>() -> Self {
        let rows = M::TRANSITIONS.iter();
        let transitions = rows.flat_map(|&(from, by, to)| {
            from.iter().map(move |from| (from.as_str(), by.as_str(), to.as_str()))
        });
        Self {
            subject: M::SUBJECT,
            states: M::NAMES,
            initial: M::INITIAL.iter().map(|state| state.as_str()).collect(),
            steps: M::Step::NAMES,
            transitions: transitions.collect(),
            needs: |step| M::Step::from_name(step).map_or("", M::needs),
            take: |from, step, record| {
                let (from, step) = (M::from_name(from)?, M::Step::from_name(step)?);
                Some(from.after(step, record).map(NamedEnum::as_str))
            },
        }
    }
}

/// Lists the machines. `cargo xtask tidy` finds one that is not in the list.
macro_rules! machines {
    ($($machine:ty),+ $(,)?) => {
        /// Every state machine that is a table.
        #[must_use]
        pub fn machines() -> Vec<DescribedMachine> {
            vec![$(DescribedMachine::of::<$machine>()),+]
        }
    };
}

machines! {
    crate::promise::ActionPointState,
    crate::practice::AdoptionState,
    crate::outcome::Evidence,
    crate::due::DueStage,
    crate::webhook::WebhookState,
}
