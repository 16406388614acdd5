//! One sentence in one language: with its arguments as that language writes them.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeZone as _};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentValue};
use sister_cities_domain::value::{PartialDate, Precision, ZonedTime};

use super::catalogue::{Catalogue, Catalogues, marked};
use super::phrase::Phrase;
use crate::message::{Argument, Part, Sentence};

/// A language, and the clock of a reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speaker<'a> {
    pub(super) catalogue: &'a Catalogue,
    source: &'a Catalogue,
    zone: Tz,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(catalogues: &'a Catalogues, catalogue: &'a Catalogue, zone: Tz) -> Self {
        Self { catalogue, source: catalogues.source(), zone }
    }

    /// A part of a sentence; in English if the catalogue lacks it, dates and numbers and all.
    pub(super) fn say(self, sentence: &impl Sentence, part: Part) -> String {
        let speakers = [self, Self { catalogue: self.source, ..self }];
        let said = speakers
            .into_iter()
            .find_map(|speaker| speaker.catalogue.format(sentence.key(), part, &speaker.arguments(sentence)));
        said.unwrap_or_default()
    }

    /// A phrase.
    pub(super) fn phrase(self, phrase: &Phrase) -> String {
        self.say(phrase, Part::Value)
    }

    fn arguments(self, sentence: &impl Sentence) -> FluentArgs<'static> {
        let mut arguments = FluentArgs::new();
        for (name, argument) in sentence.arguments() {
            arguments.set(name, self.value(argument));
        }
        arguments
    }

    fn value(self, argument: Argument) -> FluentValue<'static> {
        let words = match argument {
            Argument::Number(number) => return FluentValue::from(number),
            Argument::Text(text) => marked(&text),
            Argument::Plain(words) => words,
            Argument::Day(day) => self.date(day),
            Argument::Date(date) => self.partial_date(date),
            Argument::Time(time) => self.time(time),
            Argument::Instant(instant) => self.clock(instant.with_timezone(&self.zone)),
            Argument::Word(word) => word.to_owned(),
        };
        FluentValue::from(words)
    }

    /// A day: "4 June 2008".
    pub(super) fn date(self, day: NaiveDate) -> String {
        let month = self.phrase(&Phrase::Month { month: day.month() });
        self.phrase(&Phrase::Date { day: day.day(), month, year: day.year().to_string() })
    }

    /// A day with its name: "Wednesday, 4 June 2008".
    pub(super) fn date_with_weekday(self, day: NaiveDate) -> String {
        let weekday = day.weekday().number_from_monday();
        let weekday = self.phrase(&Phrase::Weekday { weekday });
        self.phrase(&Phrase::DateWithWeekday { weekday, date: self.date(day) })
    }

    /// A date as exact as it is known: "June 2008".
    pub(super) fn partial_date(self, date: PartialDate) -> String {
        let first = date.earliest();
        let year = first.year().to_string();
        match date.precision() {
            Precision::Day => self.date(first),
            Precision::Month => {
                let month = self.phrase(&Phrase::MonthAlone { month: first.month() });
                self.phrase(&Phrase::MonthOfYear { month, year })
            }
            Precision::Year => self.phrase(&Phrase::YearAlone { year }),
        }
    }

    /// A time by the clock of the event, and beside it by the reader's own if that says something else.
    fn time(self, time: ZonedTime) -> String {
        let there = self.clock(time.zone().from_utc_datetime(&time.instant().naive_utc()));
        let own = time.instant().with_timezone(&self.zone);
        if own.naive_local() == time.local() {
            return there;
        }
        self.phrase(&Phrase::TimeBeside { time: there, own: self.clock(own) })
    }

    fn clock(self, time: DateTime<Tz>) -> String {
        let day = self.date_with_weekday(time.date_naive());
        let clock = time.format("%H:%M").to_string();
        self.phrase(&Phrase::Time { day, clock, zone: time.timezone() })
    }
}
