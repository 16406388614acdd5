//! How a person is reached, and with whom they work: each by itself shown to some and not to others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Audience;
use crate::id::OrganisationId;
use crate::privacy::Erasable;
use crate::value::{Country, EmailAddress, InvalidValue, Name, PhoneNumber};

/// One way to reach a person, or another fact that is shown by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entry<T> {
    /// The fact.
    #[serde(flatten)]
    pub fact: T,
    /// What it is for or when: "office", "at home, evenings only".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// Who besides the desk may see it, so far as the person has consented. Nobody, unless somebody says so.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub shown_to: BTreeSet<Audience>,
}

impl<T> Entry<T> {
    /// A fact that only the desk sees.
    #[must_use]
    pub const fn desk_only(fact: T) -> Self {
        Self { fact, label: None, shown_to: BTreeSet::new() }
    }
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Email {
    /// The address.
    pub address: Erasable<EmailAddress>,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Phone {
    /// The number.
    pub number: Erasable<PhoneNumber>,
}

/// Where letters go: the lines of an address as they stand on the envelope, below the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawPost", into = "RawPost")]
pub struct Post {
    lines: Vec<Name>,
    country: Option<Country>,
}

#[derive(Serialize, Deserialize)]
struct RawPost {
    lines: Vec<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    country: Option<Country>,
}

impl Post {
    /// The most lines that an address may have.
    pub const MOST: usize = 10;

    /// An address of these lines.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if there is no line, or more than [`MOST`](Self::MOST).
    pub fn new(lines: Vec<Name>, country: Option<Country>) -> Result<Self, InvalidValue> {
        match lines.len() {
            0 => Err(InvalidValue::Empty),
            1..=Self::MOST => Ok(Self { lines, country }),
            more => Err(InvalidValue::out_of_range(&format!("{more} lines"), "an address of 1 to 10 lines")),
        }
    }

    /// Its lines, at least one.
    #[must_use]
    pub fn lines(&self) -> &[Name] {
        &self.lines
    }

    /// The country, if it is said.
    #[must_use]
    pub const fn country(&self) -> Option<Country> {
        self.country
    }
}

impl TryFrom<RawPost> for Post {
    type Error = InvalidValue;

    fn try_from(RawPost { lines, country }: RawPost) -> Result<Self, InvalidValue> {
        Self::new(lines, country)
    }
}

impl From<Post> for RawPost {
    fn from(Post { lines, country }: Post) -> Self {
        Self { lines, country }
    }
}

/// With which organisation a person works, as a card or a list says it. Who held which office when, a role says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawAffiliation", into = "RawAffiliation")]
pub struct Affiliation {
    organisation: Option<OrganisationId>,
    name: Option<Name>,
    position: Option<Name>,
}

#[derive(Serialize, Deserialize)]
struct RawAffiliation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    position: Option<Name>,
}

impl Affiliation {
    /// An affiliation, of which at least one thing is known: the organisation's record, its name as it was written, the position.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Empty`] if nothing is known.
    pub fn new(
        organisation: Option<OrganisationId>,
        name: Option<Name>,
        position: Option<Name>,
    ) -> Result<Self, InvalidValue> {
        if organisation.is_none() && name.is_none() && position.is_none() {
            return Err(InvalidValue::Empty);
        }
        Ok(Self { organisation, name, position })
    }

    /// The organisation, if it has a record.
    #[must_use]
    pub const fn organisation(&self) -> Option<OrganisationId> {
        self.organisation
    }

    /// What the organisation was called there.
    #[must_use]
    pub const fn name(&self) -> Option<&Name> {
        self.name.as_ref()
    }

    /// What the person is there.
    #[must_use]
    pub const fn position(&self) -> Option<&Name> {
        self.position.as_ref()
    }
}

impl TryFrom<RawAffiliation> for Affiliation {
    type Error = InvalidValue;

    fn try_from(
        RawAffiliation { organisation, name, position }: RawAffiliation,
    ) -> Result<Self, InvalidValue> {
        Self::new(organisation, name, position)
    }
}

impl From<Affiliation> for RawAffiliation {
    fn from(Affiliation { organisation, name, position }: Affiliation) -> Self {
        Self { organisation, name, position }
    }
}
