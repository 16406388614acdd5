//! Organisations: the offices, schools, companies and associations with which and by which a programme works.

use serde::{Deserialize, Serialize};

use crate::event::{changed_fields, events};
use crate::id::{OrganisationId, PlaceId, ProgrammeId};
use crate::place::Qid;
use crate::value::{InvalidValue, Name, Note, Source, WebAddress, open_catalogue};

open_catalogue! {
    /// What sort of organisation it is.
    OrganisationKind("what sort of organisation it is, such as school", "school") {
        /// A city, town or county as an authority, or an office of it.
        Municipality = "municipality",
        /// Another authority of the state: a ministry, an embassy, an agency.
        Authority = "authority",
        /// The association or body that runs the partnerships of a city.
        PartnershipBody = "partnership_body",
        /// An association of people.
        Association = "association",
        /// A foundation or charity.
        Foundation = "foundation",
        /// A school.
        School = "school",
        /// A university or college.
        University = "university",
        /// A museum, theatre, orchestra, library or the like.
        Culture = "culture",
        /// A club or federation of sport.
        Sports = "sports",
        /// A hospital or another service of health.
        Health = "health",
        /// A company.
        Company = "company",
        /// A chamber of commerce or another body of the economy.
        Chamber = "chamber",
        /// A church, mosque, synagogue, temple or their bodies.
        Religious = "religious",
        /// A newspaper, a broadcaster.
        Media = "media",
    }
}

open_catalogue! {
    /// A register that gives organisations ids. The keys are those of org-id.guide in lower case, where it has one.
    RegisterScheme("a register of organisations, such as gb-chc", "gb-chc") {
        /// Wikidata: `Q1297`.
        Wikidata = "wikidata",
        /// The Legal Entity Identifier (ISO 17442).
        Lei = "xi-lei",
        /// The Research Organization Registry.
        Ror = "xi-ror",
        /// Companies House, United Kingdom.
        CompaniesHouse = "gb-coh",
        /// The Charity Commission for England and Wales.
        CharityCommission = "gb-chc",
        /// The Employer Identification Number of the United States.
        Ein = "us-ein",
        /// The Transparency Register of the European Union.
        TransparencyRegister = "xe-eutr",
    }
}

/// By what a public register knows an organisation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawRegisterId", into = "RawRegisterId")]
pub struct RegisterId {
    scheme: RegisterScheme,
    value: Name,
}

#[derive(Serialize, Deserialize)]
struct RawRegisterId {
    scheme: RegisterScheme,
    value: Name,
}

impl RegisterId {
    /// The id `value` of the register `scheme`.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if no id of that register looks so, as far as its form is known here.
    pub fn new(scheme: RegisterScheme, value: Name) -> Result<Self, InvalidValue> {
        match scheme {
            RegisterScheme::Wikidata => value.as_str().parse::<Qid>().map(drop)?,
            RegisterScheme::Lei if !is_lei(value.as_str()) => {
                let expected = "a Legal Entity Identifier of 20 letters and digits with a right check sum";
                return Err(InvalidValue::malformed(value.as_str(), expected));
            }
            RegisterScheme::Lei
            | RegisterScheme::Ror
            | RegisterScheme::CompaniesHouse
            | RegisterScheme::CharityCommission
            | RegisterScheme::Ein
            | RegisterScheme::TransparencyRegister
            | RegisterScheme::Other(_) => {}
        }
        Ok(Self { scheme, value })
    }

    /// The register.
    #[must_use]
    pub const fn scheme(&self) -> &RegisterScheme {
        &self.scheme
    }

    /// The id.
    #[must_use]
    pub const fn value(&self) -> &Name {
        &self.value
    }
}

/// 18 letters and digits and two digits; as a number with A = 10 it leaves 1 when divided by 97 (ISO 17442, ISO 7064).
fn is_lei(text: &str) -> bool {
    let digit = |byte: u8| char::from(byte).to_digit(36).filter(|_| !byte.is_ascii_lowercase());
    let remainder = text.bytes().try_fold(0_u32, |rest, byte| {
        digit(byte).map(|digit| (rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
    });
    text.len() == 20 && text.bytes().skip(18).all(|byte| byte.is_ascii_digit()) && remainder == Some(1)
}

impl TryFrom<RawRegisterId> for RegisterId {
    type Error = InvalidValue;

    fn try_from(RawRegisterId { scheme, value }: RawRegisterId) -> Result<Self, InvalidValue> {
        Self::new(scheme, value)
    }
}

impl From<RegisterId> for RawRegisterId {
    fn from(RegisterId { scheme, value }: RegisterId) -> Self {
        Self { scheme, value }
    }
}

/// An organisation as one programme knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Organisation {
    /// The id under which this programme keeps it.
    pub id: OrganisationId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What it calls itself, in its own script.
    pub name: Name,
    /// The same in Latin letters, where they are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latin_name: Option<Name>,
    /// What sort of organisation it is.
    pub kind: OrganisationKind,
    /// Where it has its seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceId>,
    /// The organisation that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganisationId>,
    /// By what public registers know it, each register once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub register_ids: Vec<RegisterId>,
    /// Its own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<WebAddress>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Where all this is from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Why an organisation cannot be part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParentRefusal {
    /// It would be part of itself, directly or through others.
    #[error("{parent} is, directly or through others, part of {organisation}")]
    Cycle {
        /// The organisation that was to get a parent.
        organisation: OrganisationId,
        /// The parent it was to get.
        parent: OrganisationId,
    },
    /// It would lie deeper than anybody keeps in mind.
    #[error("{organisation} would be part of more than {most} others, one above the other", most = Organisation::MOST_ABOVE)]
    TooDeep {
        /// The organisation that was to get a parent.
        organisation: OrganisationId,
    },
}

events! {
    /// A change of an organisation. The names are stable: subscribers match on them.
    pub enum OrganisationEvent {
        /// It was entered.
        Created = "organisation.created" {
            /// What it is called.
            called: Name,
        },
        /// Facts about it were changed.
        Changed = "organisation.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// It was removed; nothing referred to it.
        Deleted = "organisation.deleted" {
            /// What it was called.
            called: Name,
        },
    }
}

impl Organisation {
    /// So many may stand one above the other over an organisation.
    pub const MOST_ABOVE: usize = 16;

    /// An organisation of which only the name and the sort are known.
    #[must_use]
    pub const fn new(id: OrganisationId, programme: ProgrammeId, name: Name, kind: OrganisationKind) -> Self {
        Self {
            id,
            programme,
            name,
            latin_name: None,
            kind,
            place: None,
            parent: None,
            register_ids: Vec::new(),
            website: None,
            notes: Vec::new(),
            source: None,
        }
    }

    /// Checks what no field by itself shows: each register is named once.
    ///
    /// # Errors
    ///
    /// Where the first register is named again, and the refusal.
    pub fn check(&self) -> Result<(), (usize, InvalidValue)> {
        for (at, id) in self.register_ids.iter().enumerate() {
            if self.register_ids[..at].iter().any(|before| before.scheme == id.scheme) {
                return Err((at, InvalidValue::Repeated { found: id.scheme.to_string() }));
            }
        }
        Ok(())
    }

    /// Whether it may be part of its parent, over which `above` stand, the nearest first, as they are stored now.
    ///
    /// # Errors
    ///
    /// [`ParentRefusal`] if it stands among them itself, or they are more than [`MOST_ABOVE`](Self::MOST_ABOVE).
    pub fn check_parent(&self, above: &[OrganisationId]) -> Result<(), ParentRefusal> {
        let Some(parent) = self.parent else { return Ok(()) };
        if parent == self.id || above.contains(&self.id) {
            return Err(ParentRefusal::Cycle { organisation: self.id, parent });
        }
        if above.len() >= Self::MOST_ABOVE {
            return Err(ParentRefusal::TooDeep { organisation: self.id });
        }
        Ok(())
    }

    /// The event that it was entered.
    #[must_use]
    pub fn created(&self) -> OrganisationEvent {
        OrganisationEvent::Created { called: self.name.clone() }
    }

    /// The event that it was removed.
    #[must_use]
    pub fn deleted(&self) -> OrganisationEvent {
        OrganisationEvent::Deleted { called: self.name.clone() }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<OrganisationEvent> {
        let fields = changed_fields!(before -> self: Self {
            name, latin_name, kind, place, parent, register_ids, website, notes, source,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(OrganisationEvent::Changed { fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededIds;

    fn name(text: &str) -> Name {
        Name::new(text).expect(text)
    }

    #[test]
    fn no_organisation_is_part_of_itself_however_many_stand_between() {
        let ids = SeededIds::new(1);
        let [own, office, city] = [(); 3].map(|()| OrganisationId::next(&ids));
        let bare =
            Organisation::new(own, ProgrammeId::next(&ids), name("Desk"), OrganisationKind::Municipality);
        let under = |parent| Organisation { parent: Some(parent), ..bare.clone() };
        assert_eq!(bare.check_parent(&[]), Ok(()));
        assert_eq!(under(office).check_parent(&[city]), Ok(()));
        assert_eq!(
            under(own).check_parent(&[]),
            Err(ParentRefusal::Cycle { organisation: own, parent: own })
        );
        let cycle = under(office).check_parent(&[city, own]).expect_err("a cycle");
        assert_eq!(cycle.to_string(), format!("{office} is, directly or through others, part of {own}"));
        let deep = under(office).check_parent(&[city; Organisation::MOST_ABOVE]);
        assert_eq!(deep, Err(ParentRefusal::TooDeep { organisation: own }));
    }

    #[test]
    fn ids_of_registers_whose_form_is_known_are_checked_and_others_kept_as_they_are() {
        let id = |scheme: &str, value| RegisterId::new(scheme.parse().expect(scheme), name(value));
        assert!(id("wikidata", "Q2256").is_ok());
        assert!(id("wikidata", "2256").is_err());
        assert!(id("xi-lei", "5493001KJTIIGC8Y1R12").is_ok());
        for wrong in
            ["5493001KJTIIGC8Y1R13", "5493001kjtiigc8y1r12", "5493001KJTIIGC8Y1R1", "5493001KJTIIGC8Y1RAB"]
        {
            assert!(id("xi-lei", wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            id("de-hrb", "HRB 4711 Bonn").map(|id| id.value().to_string()),
            Ok("HRB 4711 Bonn".to_owned())
        );
    }

    #[test]
    fn a_register_is_named_once() {
        let ids = SeededIds::new(2);
        let own = RegisterId::new(RegisterScheme::Wikidata, name("Q1")).expect("an item");
        let mut twice = Organisation::new(
            OrganisationId::next(&ids),
            ProgrammeId::next(&ids),
            name("Desk"),
            OrganisationKind::Association,
        );
        twice.register_ids = vec![own.clone(), own];
        assert_eq!(twice.check(), Err((1, InvalidValue::Repeated { found: "wikidata".to_owned() })));
    }
}
