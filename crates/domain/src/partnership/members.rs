//! Who is bound together: two or more distinct places, in no order (R1).

use serde::{Deserialize, Serialize};

use crate::id::PlaceId;

/// The places of a partnership, or the parties of an agreement: at least two, all different, unordered.
///
/// Kept sorted by id, so that Chicago–Birmingham and Birmingham–Chicago are the same value. Three-party links are real
/// and allowed.
///
/// Source: R1; Wikidata lists "twinned administrative body" (P190) as symmetric.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<PlaceId>", into = "Vec<PlaceId>")]
pub struct Members(Vec<PlaceId>);

/// Why a set of places cannot be the members of a partnership.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMembers {
    /// Fewer than two places were given.
    #[error("a partnership is between two or more places; {found} given")]
    TooFew {
        /// How many places were given.
        found: usize,
    },
    /// The same place was given twice: no place is its own sister.
    #[error("the place {place} is named twice; a partnership is between distinct places")]
    Repeated {
        /// The place that was named twice.
        place: PlaceId,
    },
}

impl Members {
    /// Binds the given places, in whatever order they come.
    ///
    /// # Errors
    ///
    /// [`InvalidMembers`] if there are fewer than two, or one is named twice.
    pub fn new(places: impl IntoIterator<Item = PlaceId>) -> Result<Self, InvalidMembers> {
        let mut places: Vec<PlaceId> = places.into_iter().collect();
        places.sort_unstable();
        if let Some(pair) = places.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(InvalidMembers::Repeated { place: pair[0] });
        }
        if places.len() < 2 {
            return Err(InvalidMembers::TooFew { found: places.len() });
        }
        Ok(Self(places))
    }

    /// The places, sorted by id.
    #[must_use]
    pub fn as_slice(&self) -> &[PlaceId] {
        &self.0
    }

    /// The places, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = PlaceId> + '_ {
        self.0.iter().copied()
    }

    /// Whether the place is one of them.
    #[must_use]
    pub fn contains(&self, place: PlaceId) -> bool {
        self.0.binary_search(&place).is_ok()
    }

    /// The others, seen from one of them; everybody, if `from` is not among them.
    pub fn others(&self, from: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        self.iter().filter(move |place| *place != from)
    }

    /// One text for the same set of places in whatever order they were named: their ids, sorted, joined by `+`.
    ///
    /// Storage keeps it in a column, to find the partnerships of a pair and to refuse a second open one.
    #[must_use]
    pub fn pair_key(&self) -> String {
        let ids: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        ids.join("+")
    }
}

impl TryFrom<Vec<PlaceId>> for Members {
    type Error = InvalidMembers;

    fn try_from(places: Vec<PlaceId>) -> Result<Self, Self::Error> {
        Self::new(places)
    }
}

impl From<Members> for Vec<PlaceId> {
    fn from(members: Members) -> Self {
        members.0
    }
}
