//! The phrases that stand around what is told: greeting, days that are left, dates, links.

use chrono_tz::Tz;
use sister_cities_domain::value::Name;

use crate::message::{Part, sentences};

sentences! {
    /// What is said around a message, whatever it tells.
    pub(crate) enum Phrase under "" with &[Part::Value]; {
        /// The first line, to somebody.
        Greeting = "greeting" {
            /// What the reader is called.
            name: Name,
        },
        /// The first line, to an office.
        GreetingAnyone = "greeting-anyone" {},
        /// Something is due in days to come.
        DueLeft = "due-left" {
            /// The day, with its name.
            day: String,
            /// How many days are left, at least one.
            days: u32,
        },
        /// Something is due today.
        DueToday = "due-today" {
            /// The day, with its name.
            day: String,
        },
        /// Something is late.
        DueLate = "due-late" {
            /// The day, with its name.
            day: String,
            /// How many days ago it was, at least one.
            days: u32,
        },
        /// Whoever was to do it has not answered.
        Escalated = "escalated" {
            /// Who was to do it.
            owner: Name,
            /// For how many days nobody has answered, at least one.
            days: u32,
        },
        /// Nobody is to do it, and so nobody has answered.
        EscalatedNobody = "escalated-nobody" {
            /// For how many days nobody has answered, at least one.
            days: u32,
        },
        /// The subject line of a reminder that nobody has answered.
        EscalatedSubject = "escalated-subject" {
            /// The subject line of the reminder itself.
            subject: String,
        },
        /// Somebody handed it to the reader.
        Handed = "handed" {
            /// Who did.
            name: Name,
        },
        /// It was handed to the reader, and they may not know by whom.
        HandedBySomebody = "handed-by-somebody" {},
        /// When something happened or will, as the record says.
        ChangeOn = "change-on" {
            /// When that is.
            date: String,
        },
        /// Who entered it.
        ChangeBy = "change-by" {
            /// What they are called.
            name: Name,
        },
        /// Where something takes place.
        Place = "place" {
            /// What the place is called.
            place: Name,
        },
        /// The heading over what is due.
        DigestDue = "digest-due" {},
        /// The heading over what changed.
        DigestChanges = "digest-changes" {},
        /// The heading over what belongs to no partnership.
        DigestGeneral = "digest-general" {},
        /// That a digest does not tell everything.
        DigestMore = "digest-more" {
            /// How many more things there are, at least one.
            count: u32,
        },
        /// The words of the link to what the message is about.
        LinkOpen = "link-open" {},
        /// The words of the link by which the reader refuses such messages.
        LinkUnsubscribe = "link-unsubscribe" {},
        /// That no more such messages come.
        RefusalDone = "refusal-done" {},
        /// That no more digests come, and what comes still.
        RefusalDigests = "refusal-digests" {},
        /// That a link by which messages are refused holds no longer.
        RefusalUnknown = "refusal-unknown" {},
        /// Who tells.
        SignOff = "sign-off" {
            /// What the programme is called.
            programme: Name,
        },
        /// The name of a month, as it stands in a date.
        Month = "month" {
            /// Its number, from 1.
            month: u32,
        },
        /// The name of a month, as it stands without a day.
        MonthAlone = "month-alone" {
            /// Its number, from 1.
            month: u32,
        },
        /// The name of a day of the week.
        Weekday = "weekday" {
            /// Its number, from 1 for Monday.
            weekday: u32,
        },
        /// A day.
        Date = "date" {
            /// The day of the month.
            day: u32,
            /// The name of the month.
            month: String,
            /// The year.
            year: String,
        },
        /// A day with its name.
        DateWithWeekday = "date-with-weekday" {
            /// The name of the day.
            weekday: String,
            /// The day, without it.
            date: String,
        },
        /// A month of a year, where the day is not known.
        MonthOfYear = "month-of-year" {
            /// The name of the month.
            month: String,
            /// The year.
            year: String,
        },
        /// A year, where nothing more is known.
        YearAlone = "year-alone" {
            /// The year.
            year: String,
        },
        /// A time.
        Time = "time" {
            /// The day, with its name.
            day: String,
            /// What the clock says: 14:30.
            clock: String,
            /// Whose clock.
            zone: Tz,
        },
        /// A time by two clocks.
        TimeBeside = "time-beside" {
            /// By the clock of the event.
            time: String,
            /// By the reader's own.
            own: String,
        },
    }
}
