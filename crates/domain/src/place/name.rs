//! Names of places: in which language and script, during which period, and in what role.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::value::{Certainty, LanguageTag, Name, Period, Script};

named_enum! {
    /// What a name is to its place.
    #[non_exhaustive]
    pub enum NameRole ("a role of a name") {
        /// What the place calls itself, or is officially called in that language.
        Official = "official",
        /// Another way to write or say it.
        Alias = "alias",
        /// What it was called before.
        Former = "former",
        /// As it stood in a list that was imported; kept word for word.
        AsListed = "as_listed",
    }
}

/// A name of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlaceName {
    /// The name as it is written.
    pub text: Name,
    /// Its language, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageTag>,
    /// Its script, if it is worth saying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<Script>,
    /// When it was in use; `None` if always, as far as we know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What it is to the place.
    pub role: NameRole,
}

impl PlaceName {
    /// A name of which only the role is known.
    #[must_use]
    pub const fn new(text: Name, role: NameRole) -> Self {
        Self { text, language: None, script: None, period: None, role }
    }

    /// A name in a language.
    #[must_use]
    pub const fn in_language(text: Name, role: NameRole, language: LanguageTag) -> Self {
        Self { text, language: Some(language), script: None, period: None, role }
    }

    /// Whether it was in use on that day.
    #[must_use]
    pub fn in_use_on(&self, day: NaiveDate) -> Certainty {
        self.period.map_or(Certainty::Yes, |period| period.contains(day))
    }

    /// Whether its period has an end.
    pub(super) fn has_ended(&self) -> bool {
        self.period.is_some_and(|period| period.to().is_some())
    }

    /// How well it answers "in that language, on that day": `None` if not at all, larger is better.
    pub(super) fn fitness(&self, language: &LanguageTag, on: NaiveDate) -> Option<(bool, Certainty, u8)> {
        let own = self.language.as_ref().filter(|own| own.same_language(language))?;
        let in_use = self.in_use_on(on);
        let possible = in_use.is_possible() && !self.is_undated_former();
        possible.then_some((own == language, in_use, self.rank()))
    }

    /// Whether it is a name of before, and nobody knows until when.
    pub(super) fn is_undated_former(&self) -> bool {
        self.role == NameRole::Former && self.period.is_none()
    }

    /// How well it answers "on that day", for one that may have been in use then; larger is better.
    pub(super) fn fitness_on(&self, day: NaiveDate) -> (bool, Certainty, bool, u8) {
        (self.role != NameRole::Alias, self.in_use_on(day), self.period.is_some(), self.rank())
    }

    fn rank(&self) -> u8 {
        match self.role {
            NameRole::Official => 3,
            NameRole::AsListed => 2,
            NameRole::Alias => 1,
            NameRole::Former => 0,
        }
    }
}
