//! Changing what is known of a person.

use chrono_tz::Tz;
use clap::Args;
use sister_cities_client::api::AsText;
use sister_cities_client::api::domain::privacy::Erasable;
use sister_cities_client::api::domain::value::{
    EmailAddress, FreeText, LanguageTag, Name, PhoneNumber, Source,
};
use sister_cities_client::api::person::{EmailBody, PersonBody, PhoneBody};

use crate::args::parameter;
use crate::resource::editing::Cleared;

#[derive(Args, Debug)]
pub(crate) struct PersonEdit {
    /// The id, per_…, or a part of a name
    pub(super) person: String,
    /// The name, whole and in the person's own script
    #[arg(long, value_parser = parameter::<Name>)]
    name: Option<Name>,
    /// The same in Latin letters
    #[arg(long, value_parser = parameter::<Name>)]
    latin_name: Option<Name>,
    /// How the name is said
    #[arg(long, value_parser = parameter::<Name>)]
    pronunciation: Option<Name>,
    /// How they are addressed, such as "Frau Dr. Muster"
    #[arg(long, value_parser = parameter::<Name>)]
    form_of_address: Option<Name>,
    /// A further e-mail address
    #[arg(long = "email", value_name = "ADDRESS", value_parser = parameter::<EmailAddress>)]
    emails: Vec<EmailAddress>,
    /// An e-mail address that reaches them no more
    #[arg(long = "remove-email", value_name = "ADDRESS", value_parser = parameter::<EmailAddress>)]
    wrong_emails: Vec<EmailAddress>,
    /// A further telephone number with its country
    #[arg(long = "phone", value_name = "NUMBER", value_parser = parameter::<PhoneNumber>)]
    phones: Vec<PhoneNumber>,
    /// A telephone number that reaches them no more
    #[arg(long = "remove-phone", value_name = "NUMBER", value_parser = parameter::<PhoneNumber>)]
    wrong_phones: Vec<PhoneNumber>,
    /// A language they can be written to in, in place of those known; give it several times, the best first
    #[arg(long = "language", value_name = "TAG", value_parser = parameter::<LanguageTag>)]
    languages: Vec<LanguageTag>,
    /// The time zone of their day, such as Europe/Kyiv
    #[arg(long, value_parser = parameter::<Tz>)]
    zone: Option<Tz>,
    /// Where all this is from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
    /// A further remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    note: Option<FreeText>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["latin-name", "pronunciation", "form-of-address", "language", "zone", "source", "note"])]
    clear: Vec<String>,
}

impl PersonEdit {
    /// The person with what is given.
    pub(super) fn onto(self, before: PersonBody) -> PersonBody {
        let Self {
            person: _,
            name,
            latin_name,
            pronunciation,
            form_of_address,
            emails: further_emails,
            wrong_emails,
            phones: further_phones,
            wrong_phones,
            languages,
            zone,
            source,
            note,
            clear,
        } = self;
        let cleared = Cleared(clear);
        let mut emails = before.emails;
        emails.retain(|one| !matches!(&one.address.0, Erasable::Kept(known) if wrong_emails.contains(known)));
        emails.extend(further_emails.into_iter().map(|address| EmailBody {
            address: AsText(Erasable::Kept(address)),
            label: None,
            shown_to: Vec::new(),
        }));
        let mut phones = before.phones;
        phones.retain(|one| !matches!(&one.number.0, Erasable::Kept(known) if wrong_phones.contains(known)));
        phones.extend(further_phones.into_iter().map(|number| PhoneBody {
            number: AsText(Erasable::Kept(number)),
            label: None,
            shown_to: Vec::new(),
        }));
        PersonBody {
            name: name.unwrap_or(before.name),
            latin_name: cleared.fact("latin-name", latin_name, before.latin_name),
            pronunciation: cleared.fact("pronunciation", pronunciation, before.pronunciation),
            form_of_address: cleared.fact("form-of-address", form_of_address, before.form_of_address),
            emails,
            phones,
            languages: cleared.facts("language", languages, before.languages),
            zone: cleared.fact("zone", zone.map(AsText), before.zone),
            notes: cleared.notes(note, before.notes),
            source: cleared.fact("source", source, before.source),
            other_names: before.other_names,
            posts: before.posts,
            affiliations: before.affiliations,
            reading: before.reading,
            shown_to: before.shown_to,
            consents: before.consents,
        }
    }
}
