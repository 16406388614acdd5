//! In which states an action point is, and by which steps it goes from one to another.

use super::course::PointAct;
use crate::named_enum;
use crate::state_machine::{StateMachine, Transition};

named_enum! {
    /// How far an action point is.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum ActionPointState ("a state of an action point") {
        /// It was promised; not everybody whose promise it is has accepted it.
        #[default]
        Open = "open",
        /// All whose promise it is have accepted it; nothing was done yet.
        BothOwnersAccepted = "both_owners_accepted",
        /// Somebody is at it.
        InProgress = "in_progress",
        /// It does not go on for now.
        Stalled = "stalled",
        /// It was done, and there is evidence.
        Done = "done",
        /// It was given up, for a reason that is told.
        Dropped = "dropped",
    }
}

named_enum! {
    /// What can be done with an action point: a [`PointAct`] without its facts.
    #[non_exhaustive]
    pub enum ActionPointStep ("a step of an action point") of PointAct {
        Accept = "accept",
        Start = "start",
        Stall = "stall",
        GoOn = "go_on",
        Complete = "complete",
        Drop = "drop",
    }
}

impl StateMachine for ActionPointState {
    type Step = ActionPointStep;
    const SUBJECT: &'static str = "action point";
    const INITIAL: &'static [Self] = &[Self::Open];
    const TRANSITIONS: &'static [Transition<Self>] = &[
        (&[Self::Open], ActionPointStep::Accept, Self::BothOwnersAccepted),
        (&[Self::BothOwnersAccepted], ActionPointStep::Start, Self::InProgress),
        (&[Self::InProgress], ActionPointStep::Stall, Self::Stalled),
        (&[Self::Stalled], ActionPointStep::GoOn, Self::InProgress),
        (&[Self::InProgress], ActionPointStep::Complete, Self::Done),
        (
            &[Self::Open, Self::BothOwnersAccepted, Self::InProgress, Self::Stalled],
            ActionPointStep::Drop,
            Self::Dropped,
        ),
    ];

    fn needs(step: ActionPointStep) -> &'static str {
        match step {
            ActionPointStep::Accept => {
                "all whose promise it is are named and have accepted; it stays open while one has not"
            }
            ActionPointStep::Complete => "evidence",
            ActionPointStep::Drop => "a reason",
            ActionPointStep::Start | ActionPointStep::Stall | ActionPointStep::GoOn => "",
        }
    }
}

impl ActionPointState {
    /// Whether nothing is to be done about it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Done | Self::Dropped => true,
            Self::Open | Self::BothOwnersAccepted | Self::InProgress | Self::Stalled => false,
        }
    }
}
