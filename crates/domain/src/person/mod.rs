//! People: what they are called, how to reach them, and who may see it.
//!
//! A person belongs to a programme: two programmes that both know somebody each have a record of their own. Which office a person
//! holds, and from when until when, is no field here but a role. What may be shown to whom is in [`consent`](Person::seen_by).

mod consent;
mod duplicates;
mod event;
mod merge;
mod reach;
mod reading;

use std::collections::BTreeSet;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use consent::{Audience, Consent, PersonFact, Unconsented};
pub use duplicates::{DuplicateCertainty, DuplicatePair, DuplicateReason, duplicates};
pub use event::PersonEvent;
pub use merge::{Absorbed, Given, MergeRefusal, TwoRecords, resolved};
pub use reach::{Affiliation, Email, Entry, Phone, Post};
pub use reading::Reading;

use crate::id::{PersonId, ProgrammeId};
use crate::named_enum;
use crate::value::{EmailAddress, InvalidValue, LanguageTag, Name, Note, Source};

/// A person as one programme knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Person {
    /// The id under which this programme keeps them.
    pub id: PersonId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What they are called, whole and in the order and the script they use themselves.
    pub name: Name,
    /// The same in Latin letters, where theirs are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latin_name: Option<Name>,
    /// What else they are or were called: a name at birth, a short form, another spelling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<Name>,
    /// How the name is said, for whoever has to greet them: "ee-WAH-nah".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronunciation: Option<Name>,
    /// How they are addressed: "Frau Dr. Muster", "Your Worship".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_of_address: Option<Name>,
    /// Their e-mail addresses, the first to be tried first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Entry<Email>>,
    /// Their telephone numbers, the first to be tried first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Entry<Phone>>,
    /// Where letters reach them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<Entry<Post>>,
    /// With whom they work, as a card or a list says it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<Entry<Affiliation>>,
    /// The languages in which they can be written to, the one they like best first, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageTag>,
    /// The IANA time zone of their day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Tz>,
    /// When and how often they want messages, if they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// Who besides the desk may see the names, languages and zone, so far as the person has consented.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub shown_to: BTreeSet<Audience>,
    /// To what they consented, and what they withdrew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// Remarks of the desk, which nobody else sees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Where all this is from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The record that stands for this one too, since both were found to be of one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<PersonId>,
    /// The records for which this one stands too, and what it has from each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbed: Vec<Absorbed>,
    /// The records of which somebody said that they are of somebody else, however much alike they look. An answer is kept by the record
    /// that was asked about first, and holds whichever of the two is looked at.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kept_apart: BTreeSet<PersonId>,
}

named_enum! {
    /// Whether a record of a person stands for itself.
    #[non_exhaustive]
    pub enum PersonStanding ("a standing of a person's record") {
        /// It does.
        Current = "current",
        /// Another stands for it: they were found to be of one person.
        Merged = "merged",
    }
}

impl Person {
    /// A person of whom only the name is known.
    #[must_use]
    pub const fn new(id: PersonId, programme: ProgrammeId, name: Name) -> Self {
        Self {
            id,
            programme,
            name,
            latin_name: None,
            other_names: Vec::new(),
            pronunciation: None,
            form_of_address: None,
            emails: Vec::new(),
            phones: Vec::new(),
            posts: Vec::new(),
            affiliations: Vec::new(),
            languages: Vec::new(),
            zone: None,
            reading: None,
            shown_to: BTreeSet::new(),
            consents: Vec::new(),
            notes: Vec::new(),
            source: None,
            merged_into: None,
            absorbed: Vec::new(),
            kept_apart: BTreeSet::new(),
        }
    }

    /// Whether the record stands for itself.
    #[must_use]
    pub const fn standing(&self) -> PersonStanding {
        if self.merged_into.is_some() { PersonStanding::Merged } else { PersonStanding::Current }
    }

    /// The ids of the records that it is the record of: its own first, then those for which it stands too.
    pub fn records(&self) -> impl Iterator<Item = PersonId> + '_ {
        std::iter::once(self.id).chain(self.absorbed.iter().map(|absorbed| absorbed.person))
    }

    /// Every name, their own first.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.name).chain(&self.latin_name).chain(&self.other_names)
    }

    /// Checks what no field by itself shows: no address, number or language stands there twice.
    ///
    /// # Errors
    ///
    /// Where the first repetition is, as a JSON pointer, and the refusal.
    pub fn check(&self) -> Result<(), (String, InvalidValue)> {
        once("emails", self.emails.iter().map(|it| it.fact.address.kept().map(EmailAddress::folded)))?;
        once("phones", self.phones.iter().map(|it| it.fact.number.kept().map(ToString::to_string)))?;
        once("languages", self.languages.iter().map(|language| Some(language.to_string())))
    }
}

/// Refuses a list that holds something twice; what was erased may look the same.
fn once(field: &str, values: impl Iterator<Item = Option<String>>) -> Result<(), (String, InvalidValue)> {
    let mut seen = BTreeSet::new();
    for (at, value) in values.enumerate() {
        if let Some(found) = value.filter(|value| !seen.insert(value.clone())) {
            return Err((format!("/{field}/{at}"), InvalidValue::Repeated { found }));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
