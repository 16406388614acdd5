//! Yes, no, or it cannot be told from what is known.

use crate::named_enum;

named_enum! {
    /// An honest answer to a question about dates that are only partly known. Ordered: no < possibly < yes.
    #[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
    pub enum Certainty ("a certainty") {
        /// Whatever the unknown part is, the answer is no.
        No = "no",
        /// It depends on what is not known.
        Possibly = "possibly",
        /// Whatever the unknown part is, the answer is yes.
        Yes = "yes",
    }
}

impl Certainty {
    /// Both hold. Assumes that the unknown parts are independent.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one holds. Assumes that the unknown parts are independent.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// It does not hold.
    #[must_use]
    pub const fn negate(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Possibly => Self::Possibly,
            Self::Yes => Self::No,
        }
    }

    /// The answer is yes for certain.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        matches!(self, Self::Yes)
    }

    /// The answer may be yes.
    #[must_use]
    pub const fn is_possible(self) -> bool {
        matches!(self, Self::Yes | Self::Possibly)
    }
}

impl From<bool> for Certainty {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}
