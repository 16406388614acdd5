//! State machines that are tables: which step leads from which states to which state.
//!
//! The table is the rule: [`StateMachine::after`] refuses whatever stands in no row, and the documentation prints the rows of all
//! [`machines`].

mod registry;

pub use registry::{DescribedMachine, machines};

use crate::id::RecordRef;
use crate::value::NamedEnum;

/// A row of the table: from any of these states, this step leads to that state.
pub type Transition<S> = (&'static [S], <S as StateMachine>::Step, S);

/// The states of something, with the steps between them. A step may stand in several rows, a pair of state and step in one.
pub trait StateMachine: NamedEnum {
    /// What can be done.
    type Step: NamedEnum;

    /// What is in these states, without an article: `action point`.
    const SUBJECT: &'static str;

    /// The states in which it can begin.
    const INITIAL: &'static [Self];

    /// Every transition there is.
    const TRANSITIONS: &'static [Transition<Self>];

    /// What a step needs beside the state it starts from, for people; empty if nothing.
    #[must_use]
    fn needs(step: Self::Step) -> &'static str {
        let _ = step;
        ""
    }

    /// The state after a step.
    ///
    /// # Errors
    ///
    /// [`RefusedStep`] if no row of the table has that step from this state.
    fn after(self, step: Self::Step, record: RecordRef) -> Result<Self, RefusedStep> {
        Self::TRANSITIONS
            .iter()
            .find(|(from, by, _)| *by == step && from.contains(&self))
            .map(|&(_, _, to)| to)
            .ok_or_else(|| self.refused(step, record))
    }

    /// The refusal of a step from this state, also for reasons beyond the table.
    #[must_use]
    fn refused(self, step: Self::Step, record: RecordRef) -> RefusedStep {
        let needs = Self::TRANSITIONS
            .iter()
            .filter(|(_, by, _)| *by == step)
            .flat_map(|(from, _, _)| from.iter().map(|state| state.as_str()))
            .collect();
        RefusedStep { subject: Self::SUBJECT, record, step: step.as_str(), from: self.as_str(), needs }
    }
}

/// A step that the table does not have from that state: says who, what, from where, and from where it would be possible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{subject} {record} is {from}: the step {step} is not possible from there, only from {}", .needs.join(", "))]
#[non_exhaustive]
pub struct RefusedStep {
    /// What stays as it is: `action point`.
    pub subject: &'static str,
    /// Which.
    pub record: RecordRef,
    /// The step that was asked for.
    pub step: &'static str,
    /// The state it is in.
    pub from: &'static str,
    /// The states from which the step would be possible.
    pub needs: Vec<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PlaceId;

    crate::named_enum! {
        enum Door ("a state of a door") {
            Open = "open",
            Shut = "shut",
            Locked = "locked",
        }
    }

    crate::named_enum! {
        enum Push ("a step of a door") {
            Close = "close",
            Lock = "lock",
        }
    }

    impl StateMachine for Door {
        type Step = Push;
        const SUBJECT: &'static str = "door";
        const INITIAL: &'static [Self] = &[Self::Open];
        const TRANSITIONS: &'static [Transition<Self>] =
            &[(&[Self::Open], Push::Close, Self::Shut), (&[Self::Shut], Push::Lock, Self::Locked)];
    }

    #[test]
    fn what_stands_in_no_row_is_refused_with_who_what_and_from_where() {
        let door = RecordRef::from(PlaceId::from_uuid(uuid::Uuid::nil()));
        assert_eq!(Door::Open.after(Push::Close, door), Ok(Door::Shut));
        assert_eq!(Door::Shut.after(Push::Lock, door), Ok(Door::Locked));
        let refused = Door::Open.after(Push::Lock, door).expect_err("an open door cannot be locked");
        assert_eq!(
            refused.to_string(),
            "door plc_00000000000000000000000000 is open: the step lock is not possible from there, only from shut"
        );
        assert!(Door::Locked.after(Push::Lock, door).is_err());
    }
}
