//! What a sentence of the catalogues is: its key, its parts, and the arguments that it is filled with.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sister_cities_domain::promise::ActionPointState;
use sister_cities_domain::value::{Name, PartialDate, Title, ZonedTime};

/// What a sentence is filled with, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Argument {
    /// What something or somebody is called: it stays in its own script, and does not disturb the direction of what stands around it.
    Text(String),
    /// A text in the language of the sentence itself, such as a day that was put into words.
    Plain(String),
    /// A number of things, for which the language may have several forms.
    Number(u32),
    /// A day.
    Day(NaiveDate),
    /// A date of the precision that is known.
    Date(PartialDate),
    /// A time by the clock of the event, beside which the reader's own is said where the two differ.
    Time(ZonedTime),
    /// An instant, told by the reader's clock.
    Instant(DateTime<Utc>),
    /// A value of a closed vocabulary, for which the catalogue has a word each.
    Word(&'static str),
}

/// When something begins: on a day, or at a time of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "calendars have days and times")]
pub enum Begins {
    /// On that day, wherever the reader is.
    Day(NaiveDate),
    /// At that time.
    Time(ZonedTime),
}

/// What can fill a sentence.
pub(crate) trait IntoArgument {
    /// What the documentation calls it.
    const TYPE: &'static str;

    fn argument(&self) -> Argument;
}

macro_rules! arguments {
    ($($of:ty, $called:literal, $value:ident => $argument:expr;)+) => {
        $(
            impl IntoArgument for $of {
                const TYPE: &'static str = $called;

                fn argument(&self) -> Argument {
                    let $value = self;
                    $argument
                }
            }
        )+
    };
}

arguments! {
    Name, "text", name => Argument::Text(name.as_str().to_owned());
    Title, "text", title => Argument::Text(title.as_str().to_owned());
    Tz, "zone", zone => Argument::Text(zone.name().to_owned());
    String, "words", text => Argument::Plain(text.clone());
    u32, "number", number => Argument::Number(*number);
    NaiveDate, "day", day => Argument::Day(*day);
    Begins, "day or time", begins => match begins {
        Begins::Day(day) => Argument::Day(*day),
        Begins::Time(time) => Argument::Time(*time),
    };
    PartialDate, "date", date => Argument::Date(*date);
    ZonedTime, "time", time => Argument::Time(*time);
    DateTime<Utc>, "time", instant => Argument::Instant(*instant);
    ActionPointState, "word", state => Argument::Word(state.as_str());
}

/// A piece of a sentence of the catalogues: the subject line, what it says, what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "catalogues are written against these")]
pub enum Part {
    /// The message of the catalogue itself.
    Value,
    /// Its attribute `.subject`: one line, for the list of a mailbox.
    Subject,
    /// Its attribute `.text`: what happened, or what is due.
    Text,
    /// Its attribute `.todo`: what the reader is asked to do.
    ToDo,
}

impl Part {
    /// The name of the attribute; `None` for the message itself.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Value => None,
            Self::Subject => Some("subject"),
            Self::Text => Some("text"),
            Self::ToDo => Some("todo"),
        }
    }
}

/// One argument of a sentence, as translators are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeclaredArgument {
    /// Its name, which stands in the catalogue after `$`.
    pub name: &'static str,
    /// What it is: text, number, day, date, time or word.
    pub of: &'static str,
    /// What it says.
    pub doc: &'static str,
}

/// One sentence, as translators are told of it: what every catalogue is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declared {
    /// Its key in the catalogues.
    pub key: &'static str,
    /// The parts that it has.
    pub parts: &'static [Part],
    /// What it is filled with. Each stands in at least one part.
    pub arguments: &'static [DeclaredArgument],
    /// When it is said.
    pub doc: &'static str,
}

/// A sentence with what fills it.
pub(crate) trait Sentence {
    /// All sentences of this kind, in the order of their declaration.
    const DECLARED: &'static [Declared];

    fn key(&self) -> &'static str;

    fn arguments(&self) -> Vec<(&'static str, Argument)>;
}

/// Declares the sentences of one kind: an enum of which each value has a key in the catalogues, and fields that fill it.
macro_rules! sentences {
    (
        $(#[$meta:meta])*
        $visible:vis enum $sentences:ident under $group:literal with $parts:expr; {
            $(
                $(#[doc = $doc:literal])+
                $sentence:ident = $key:literal { $($(#[doc = $field_doc:literal])+ $field:ident: $of:ty),* $(,)? }
            ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        $visible enum $sentences {
            $(
                $(#[doc = $doc])+
                $sentence {
                    $($(#[doc = $field_doc])+ $field: $of,)*
                },
            )+
        }

        impl $crate::message::Sentence for $sentences {
            const DECLARED: &'static [$crate::message::Declared] = &[
                $($crate::message::Declared {
                    key: concat!($group, $key),
                    parts: $parts,
                    arguments: &[$($crate::message::DeclaredArgument {
                        name: stringify!($field),
                        of: <$of as $crate::message::IntoArgument>::TYPE,
                        doc: concat!($($field_doc),+),
                    }),*],
                    doc: concat!($($doc),+),
                }),+
            ];

            fn key(&self) -> &'static str {
                match self {
                    $(Self::$sentence { .. } => concat!($group, $key),)+
                }
            }

            fn arguments(&self) -> Vec<(&'static str, $crate::message::Argument)> {
                match self {
                    $(Self::$sentence { $($field),* } => {
                        vec![$((stringify!($field), $crate::message::IntoArgument::argument($field))),*]
                    })+
                }
            }
        }
    };
}
pub(crate) use sentences;
