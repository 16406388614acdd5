//! Dangers that a database is refused for, unless they are accepted by name.

use std::fmt;
use std::str::FromStr;

/// A danger that a database is refused for unless whoever runs it accepts it by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Risk {
    /// `privileged-role`: the role may bypass the row-level security between programmes: superuser, `BYPASSRLS` or owner of the tables.
    PrivilegedRole,
    /// `no-fsync`: the server does not wait for the disk, so a power cut can destroy everything.
    NoFsync,
    /// `late-commits`: a commit is acknowledged before it is on the disk, so a power cut loses the latest ones. Faster; for what
    /// can be made again, and for the drill that proves that the others lose none. Accepted, it is made use of.
    LateCommits,
}

/// There is no risk of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected privileged-role, no-fsync or late-commits, found {0:?}")]
pub struct UnknownRisk(String);

impl Risk {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::PrivilegedRole, Self::NoFsync, Self::LateCommits];

    /// Its name, as in `privileged-role`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PrivilegedRole => "privileged-role",
            Self::NoFsync => "no-fsync",
            Self::LateCommits => "late-commits",
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Risk {
    type Err = UnknownRisk;

    fn from_str(text: &str) -> Result<Self, UnknownRisk> {
        Self::ALL.into_iter().find(|risk| risk.as_str() == text).ok_or_else(|| UnknownRisk(text.to_owned()))
    }
}
