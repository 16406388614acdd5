//! What the lines of a file came to, in numbers.

use serde::{Deserialize, Serialize};

/// How many lines of a file came to what. Every row of the file is in exactly one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Lines that make a record which was not there.
    pub create: u32,
    /// Known already, nothing to add.
    pub same: u32,
    /// Known already, with something to add.
    pub merge: u32,
    /// Waiting for a person.
    pub needs_person: u32,
    /// New, with a place that is kept by its name and not resolved.
    pub kept_unresolved: u32,
    /// Lines that are wrong in themselves, such as a date that cannot be.
    pub invalid: u32,
    /// Left out by a person.
    pub skipped: u32,
    /// Left for later by a person.
    #[serde(skip_serializing_if = "is_none")]
    pub later: u32,
}

/// Not written where there is none: what was stored before there was any stays as it is.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

impl Tally {
    /// The number of all lines of the file that hold data or were left out.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.create
            + self.same
            + self.merge
            + self.needs_person
            + self.kept_unresolved
            + self.invalid
            + self.skipped
            + self.later
    }

    /// Rows that stand in the way of applying: questions nobody answered and mistakes nobody mended.
    #[must_use]
    pub const fn open(&self) -> u32 {
        self.needs_person + self.invalid
    }
}
