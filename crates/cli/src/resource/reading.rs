//! When and how often a person wants messages.

use clap::Args;
use sister_cities_client::api::domain::notification::{ReadingHours, Rhythm};
use sister_cities_client::api::domain::value::Country;
use sister_cities_client::api::person::{PersonBody, PersonView, ReadingBody};

use crate::args::parameter;

/// What is said of it; what is not said stays as it is.
#[derive(Args, Debug, Default)]
pub(crate) struct ReadingArgs {
    /// The days and hours in which messages reach them, by their own clock: "Mo-Fr 09:00-17:00"
    #[arg(long, value_name = "DAYS AND HOURS", value_parser = parameter::<ReadingHours>)]
    reading_hours: Option<ReadingHours>,
    /// How often they are told, where no subscription says it: `at_once`, `daily`, `weekly`, `never`
    #[arg(long, value_parser = parameter::<Rhythm>)]
    rhythm: Option<Rhythm>,
    /// The country whose public holidays are theirs, such as DE
    #[arg(long, value_name = "COUNTRY", value_parser = parameter::<Country>)]
    holidays: Option<Country>,
    /// Whether they get digests; without them what is theirs comes by itself, and the rest stands in their inbox
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    digests: Option<bool>,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("expected yes or no".to_owned()),
    }
}

impl ReadingArgs {
    /// With what was said before.
    pub(crate) fn onto(self, before: Option<ReadingBody>) -> Option<ReadingBody> {
        let before = before.unwrap_or_default();
        let now = ReadingBody {
            hours: self.reading_hours.or(before.hours),
            rhythm: self.rhythm.map(Into::into).or(before.rhythm),
            country: self.holidays.or(before.country),
            digests_refused: self.digests.map(|wanted| !wanted).or(before.digests_refused),
        };
        (now != ReadingBody::default()).then_some(now)
    }

    /// The same person, but for what is said here.
    pub(crate) fn replacing(self, person: PersonView) -> PersonBody {
        let body = PersonBody::from(person);
        PersonBody { reading: self.onto(body.reading), ..body }
    }
}

/// What a person said of it, in a line.
pub(crate) fn in_words(reading: &ReadingBody) -> String {
    let ReadingBody { hours, rhythm, country, digests_refused } = reading;
    let hours = hours.as_ref().map(ToString::to_string);
    let rhythm = rhythm.as_ref().map(|rhythm| rhythm.to_string().replace('_', " "));
    let country = country.as_ref().map(|country| format!("holidays of {country}"));
    let digests = digests_refused.unwrap_or_default().then(|| "no digests".to_owned());
    [hours, rhythm, country, digests].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
