//! What an engagement was about.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::{InvalidValue, open_catalogue};

open_catalogue! {
    /// What an engagement was about: the Focus of Chicago's "History of Exchange", with three more from its activities.
    Focus ("a focus such as culture, education or business", "culture") {
        /// An agreement was signed.
        SigningAgreement = "signing_agreement",
        /// The partnership was affirmed anew, or steps were taken to revive it.
        Reaffirmation = "reaffirmation",
        /// Arts, music, cuisine, festivals.
        Culture = "culture",
        /// Schools and universities.
        Education = "education",
        /// Trade, investment, economic development.
        Business = "business",
        /// Mayors, councils, administration.
        Government = "government",
        /// Climate, water, waste, green roofs.
        Environment = "environment",
        /// Health and medicine.
        Medicine = "medicine",
        /// Sports.
        Sports = "sports",
        /// Social work and social services.
        SocialService = "social_service",
        /// Young people.
        Youth = "youth",
        /// Relief and gifts.
        Humanitarian = "humanitarian",
    }
}

/// One focus or several, each once, in the order in which they were named.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Focus>", into = "Vec<Focus>")]
pub struct Foci(Vec<Focus>);

impl Foci {
    /// The foci, without repetitions.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] if there is none (R26).
    pub fn new(foci: impl IntoIterator<Item = Focus>) -> Result<Self, InvalidValue> {
        let mut kept = Vec::new();
        for focus in foci {
            if !kept.contains(&focus) {
                kept.push(focus);
            }
        }
        if kept.is_empty() { Err(InvalidValue::Empty) } else { Ok(Self(kept)) }
    }

    /// What is about one thing only.
    #[must_use]
    pub fn one(focus: Focus) -> Self {
        Self(vec![focus])
    }

    /// The foci, in the order in which they were named.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Focus> {
        self.0.iter()
    }

    /// How many there are, at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always at least one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether that focus is one of them.
    #[must_use]
    pub fn contains(&self, focus: &Focus) -> bool {
        self.0.contains(focus)
    }
}

impl fmt::Display for Foci {
    /// `government, business`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, focus) in self.0.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}{focus}")?;
        }
        Ok(())
    }
}

impl TryFrom<Vec<Focus>> for Foci {
    type Error = InvalidValue;

    fn try_from(foci: Vec<Focus>) -> Result<Self, InvalidValue> {
        Self::new(foci)
    }
}

impl From<Foci> for Vec<Focus> {
    fn from(foci: Foci) -> Self {
        foci.0
    }
}
