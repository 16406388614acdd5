//! What a client says of people.

use chrono::NaiveDate;
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{OrganisationId, PersonId};
use sister_cities_domain::notification::{ReadingHours, Rhythm};
use sister_cities_domain::person::{Audience, PersonFact};
use sister_cities_domain::privacy::Erasable;
use sister_cities_domain::value::{
    Country, EmailAddress, LanguageTag, Name, PartialDate, PhoneNumber, Source,
};

use super::{AudienceWord, PersonFactWord};
use crate::AsText;
use crate::note::NoteBody;
use crate::subscription::RhythmWord;

/// A person, as entered or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonBody {
    /// What they are called, whole and in the order and the script they use themselves.
    pub name: Name,
    /// The same in Latin letters, where theirs are others.
    pub latin_name: Option<Name>,
    /// What else they are or were called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<Name>,
    /// How the name is said.
    pub pronunciation: Option<Name>,
    /// How they are addressed, such as "Frau Dr. Muster".
    pub form_of_address: Option<Name>,
    /// Their e-mail addresses, the first to be tried first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<EmailBody>,
    /// Their telephone numbers, the first to be tried first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<PhoneBody>,
    /// Where letters reach them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<PostBody>,
    /// With whom they work, as a card or a list says it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<AffiliationBody>,
    /// The languages in which they can be written to, the one they like best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageTag>,
    /// The IANA time zone of their day, such as `Europe/Kyiv`.
    pub zone: Option<AsText<Tz>>,
    /// When and how often they want messages, as far as they said.
    pub reading: Option<ReadingBody>,
    /// Who besides the desk may see the names, languages and zone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Audience>")]
    pub shown_to: Vec<AudienceWord>,
    /// To what they consented, and what they withdrew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<ConsentBody>,
    /// Remarks of the desk, which nobody else sees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
    /// Where all this is from.
    pub source: Option<Source>,
}

/// When and how often a person wants messages; what is not given is as for everybody.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingBody {
    /// The days and hours in which messages reach them, by the clock of their own zone; `Mo-Fr 09:00-17:00` if not given.
    pub hours: Option<ReadingHours>,
    /// How often, where no subscription says it.
    #[schemars(with = "Option<Rhythm>")]
    pub rhythm: Option<RhythmWord>,
    /// The country whose public holidays are theirs; that of their letters, else of the host, if not given.
    pub country: Option<Country>,
    /// Whether they want no digests; what is theirs comes all the same.
    pub digests_refused: Option<bool>,
}

/// An e-mail address of a person.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailBody {
    /// The address, also of an own script; or the words in its place since it was erased.
    pub address: AsText<Erasable<EmailAddress>>,
    /// What it is for or when.
    pub label: Option<Name>,
    /// Who besides the desk may see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Audience>")]
    pub shown_to: Vec<AudienceWord>,
}

/// A telephone number of a person.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneBody {
    /// The number with its country (E.164); or the words in its place since it was erased.
    pub number: AsText<Erasable<PhoneNumber>>,
    /// What it is for or when.
    pub label: Option<Name>,
    /// Who besides the desk may see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Audience>")]
    pub shown_to: Vec<AudienceWord>,
}

/// Where letters reach a person.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostBody {
    /// The lines as they stand on the envelope, below the name; 1 to 10.
    pub lines: Vec<Name>,
    /// The country.
    pub country: Option<Country>,
    /// What it is for or when.
    pub label: Option<Name>,
    /// Who besides the desk may see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Audience>")]
    pub shown_to: Vec<AudienceWord>,
}

/// With which organisation a person works. At least one of organisation, name and position is said.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AffiliationBody {
    /// The organisation, if it has a record.
    pub organisation: Option<OrganisationId>,
    /// What it was called where this is from.
    pub name: Option<Name>,
    /// What the person is there.
    pub position: Option<Name>,
    /// What it is for or when.
    pub label: Option<Name>,
    /// Who besides the desk may see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Audience>")]
    pub shown_to: Vec<AudienceWord>,
}

/// That a person agreed to being shown.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentBody {
    /// To whom something may be shown, at least one; `public` is for all.
    #[schemars(with = "Vec<Audience>")]
    pub audiences: Vec<AudienceWord>,
    /// What may be shown, at least one thing.
    #[schemars(with = "Vec<PersonFact>", length(min = 1))]
    pub facts: Vec<PersonFactWord>,
    /// What for.
    pub purpose: Name,
    /// When it was given.
    pub given_on: PartialDate,
    /// The first day on which it no longer holds.
    pub withdrawn_on: Option<NaiveDate>,
    /// How it is known: a form, a letter.
    pub source: Source,
    /// The record in which it was given, if that was merged into this one: it covers what came from there.
    pub given_in: Option<PersonId>,
}

/// Which record to merge into another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// The record whose id leads to the other from then on.
    pub person: PersonId,
}

/// Which record is of somebody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepApartBody {
    /// The record that looks alike and is of another person.
    pub person: PersonId,
}

/// Which record to take out of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmergeBody {
    /// The record that is to stand for itself again.
    pub person: PersonId,
}
