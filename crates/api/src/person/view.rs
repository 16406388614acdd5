//! What the wire shows of people, and how it is made of the domain.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::PersonId;
use sister_cities_domain::person::{
    Affiliation, Audience, Consent, Email, Entry, Person, Phone, Post, Reading,
};
use sister_cities_domain::value::{LanguageTag, Name, Source};

use super::{
    AffiliationBody, AudienceWord, ConsentBody, DuplicateCertaintyWord, DuplicateReasonWord, EmailBody,
    PersonBody, PersonFactWord, PhoneBody, PostBody, ReadingBody,
};
use crate::AsText;
use crate::note::NoteBody;

/// A person of a programme, as somebody sees them.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PersonView {
    /// Their id.
    pub id: PersonId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// With whose eyes they are seen; what is not shown to them is left out.
    pub seen_by: AudienceWord,
    /// What they are called, whole and in the order and the script they use themselves.
    pub name: Name,
    /// The same in Latin letters, where theirs are others.
    pub latin_name: Option<Name>,
    /// What else they are or were called.
    #[serde(default)]
    pub other_names: Vec<Name>,
    /// How the name is said.
    pub pronunciation: Option<Name>,
    /// How they are addressed.
    pub form_of_address: Option<Name>,
    /// Their e-mail addresses, the first to be tried first.
    #[serde(default)]
    pub emails: Vec<EmailBody>,
    /// Their telephone numbers, the first to be tried first.
    #[serde(default)]
    pub phones: Vec<PhoneBody>,
    /// Where letters reach them.
    #[serde(default)]
    pub posts: Vec<PostBody>,
    /// With whom they work, as a card or a list says it.
    #[serde(default)]
    pub affiliations: Vec<AffiliationBody>,
    /// The languages in which they can be written to, the one they like best first.
    #[serde(default)]
    pub languages: Vec<LanguageTag>,
    /// The IANA time zone of their day.
    pub zone: Option<AsText<Tz>>,
    /// When and how often they want messages, as far as they said; to the desk alone.
    pub reading: Option<ReadingBody>,
    /// Who besides the desk may see the names, languages and zone.
    #[serde(default)]
    pub shown_to: Vec<AudienceWord>,
    /// To what they consented, and what they withdrew.
    #[serde(default)]
    pub consents: Vec<ConsentBody>,
    /// Remarks of the desk.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
    /// Where all this is from.
    pub source: Option<Source>,
    /// The record that stands for this one too, since both were found to be of one person.
    pub merged_into: Option<PersonId>,
    /// The records for which this one stands too.
    #[serde(default)]
    pub absorbed: Vec<PersonId>,
    /// The records that look alike and of which it was said here that they are of somebody else.
    #[serde(default)]
    pub kept_apart: Vec<PersonId>,
}

/// Two records that may be of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DuplicateView {
    /// How sure it is.
    pub certainty: DuplicateCertaintyWord,
    /// Why.
    pub reasons: Vec<DuplicateReasonWord>,
    /// The record that was made first.
    pub first: PersonId,
    /// What that one is called.
    pub first_name: Name,
    /// The other.
    pub second: PersonId,
    /// What the other is called.
    pub second_name: Name,
}

/// The person as seen, as a body that changes nothing: what is to be changed is changed in it. Only what the desk sees is whole; what others
/// see lacks what is not shown to them, and would take it away.
impl From<PersonView> for PersonBody {
    fn from(view: PersonView) -> Self {
        let PersonView {
            id: _,
            revision: _,
            seen_by: _,
            name,
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            emails,
            phones,
            posts,
            affiliations,
            languages,
            zone,
            reading,
            shown_to,
            consents,
            notes,
            source,
            merged_into: _,
            absorbed: _,
            kept_apart: _,
        } = view;
        Self {
            name,
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            emails,
            phones,
            posts,
            affiliations,
            languages,
            zone,
            reading,
            shown_to,
            consents,
            notes,
            source,
        }
    }
}

impl PersonView {
    /// Shows a person at a revision as this audience sees them, which is all that `person` holds.
    #[must_use]
    pub fn of(person: &Person, revision: u32, seen_by: Audience) -> Self {
        let Person {
            id,
            name,
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            emails,
            phones,
            posts,
            affiliations,
            languages,
            zone,
            reading,
            shown_to,
            consents,
            notes,
            source,
            merged_into,
            absorbed,
            kept_apart,
            programme: _,
        } = person.clone();
        Self {
            id,
            revision,
            seen_by: seen_by.into(),
            name,
            latin_name,
            other_names,
            pronunciation,
            form_of_address,
            emails: emails.into_iter().map(EmailBody::of).collect(),
            phones: phones.into_iter().map(PhoneBody::of).collect(),
            posts: posts.into_iter().map(PostBody::of).collect(),
            affiliations: affiliations.into_iter().map(AffiliationBody::of).collect(),
            languages,
            zone: zone.map(AsText),
            reading: reading.map(ReadingBody::of),
            shown_to: words(&shown_to),
            consents: consents.iter().map(ConsentBody::of).collect(),
            notes: notes.iter().map(NoteBody::of).collect(),
            source,
            merged_into,
            absorbed: absorbed.iter().map(|other| other.person).collect(),
            kept_apart: kept_apart.into_iter().collect(),
        }
    }
}

fn words(audiences: &BTreeSet<Audience>) -> Vec<AudienceWord> {
    audiences.iter().map(|audience| (*audience).into()).collect()
}

impl ReadingBody {
    fn of(reading: Reading) -> Self {
        let Reading { hours, rhythm, country, digests_refused } = reading;
        Self { hours, rhythm: rhythm.map(Into::into), country, digests_refused: Some(digests_refused) }
    }
}

impl EmailBody {
    fn of(entry: Entry<Email>) -> Self {
        let Entry { fact: Email { address }, label, shown_to } = entry;
        Self { address: AsText(address), label, shown_to: words(&shown_to) }
    }
}

impl PhoneBody {
    fn of(entry: Entry<Phone>) -> Self {
        let Entry { fact: Phone { number }, label, shown_to } = entry;
        Self { number: AsText(number), label, shown_to: words(&shown_to) }
    }
}

impl PostBody {
    fn of(entry: Entry<Post>) -> Self {
        let Entry { fact, label, shown_to } = entry;
        Self { lines: fact.lines().to_vec(), country: fact.country(), label, shown_to: words(&shown_to) }
    }
}

impl AffiliationBody {
    fn of(entry: Entry<Affiliation>) -> Self {
        let Entry { fact, label, shown_to } = entry;
        Self {
            organisation: fact.organisation(),
            name: fact.name().cloned(),
            position: fact.position().cloned(),
            label,
            shown_to: words(&shown_to),
        }
    }
}

impl ConsentBody {
    fn of(consent: &Consent) -> Self {
        let facts: Vec<PersonFactWord> = consent.facts().iter().map(|fact| (*fact).into()).collect();
        Self {
            audiences: words(consent.audiences()),
            facts,
            purpose: consent.purpose().clone(),
            given_on: consent.given_on(),
            withdrawn_on: consent.withdrawn_on(),
            source: consent.source().clone(),
            given_in: consent.given_in(),
        }
    }
}
