//! A year over all zones there are: each reminder comes once, and at an hour at which its reader reads, whatever clocks and workers do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use sister_cities_app::IdempotentReply;
use sister_cities_app::clock::Clock as _;
use sister_cities_domain::access::Caller;
use sister_cities_domain::due::{DueKind, DuePolicy};
use sister_cities_domain::id::PersonId;
use sister_cities_domain::notification::{ChannelKind, ReadingHours};
use sister_cities_domain::person::{Email, Entry, Person, Reading};
use sister_cities_domain::privacy::Erasable;
use sister_cities_domain::value::Country;
use sister_cities_notification::pipeline::is_public_holiday;

use crate::office::{Office, instant, name};

/// Days by which something is to be done, most of them days on which clocks somewhere change, or beside one.
const DUE: [&str; 4] = ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"];
/// Where readers have their holidays, and when they read: the hours of an office, others, and days on which most others do not.
const READERS: [(Option<&str>, &str); 5] = [
    (Some("PL"), "Mo-Fr 09:00-17:00"),
    (Some("US"), "Mo-Fr 09:00-17:00"),
    (None, "Mo,Th 14:00-16:00"),
    (Some("DE"), "Mo-Fr 02:15-03:15"),
    (Some("JP"), "Mo-Th,Su 08:00-12:00"),
];
/// After so many steps the worker is another, and after so many it was away for some days.
const RESTARTED_AFTER: usize = 97;
const AWAY_AFTER: usize = 60;
const AWAY: TimeDelta = TimeDelta::hours(53);

struct Reader {
    zone: Tz,
    country: Option<Country>,
    hours: &'static str,
    due: NaiveDate,
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

impl Reader {
    /// Whether a mail at that time is one that they read at once.
    fn reads_at(&self, at: DateTime<Utc>) -> bool {
        let hours: ReadingHours = self.hours.parse().expect("hours");
        let is_holiday = |day| self.country.is_some_and(|country| is_public_holiday(country, day));
        hours.next_reading(at, self.zone, is_holiday) == at
    }
}

/// A reader in each zone, by their addresses; two of them promised the same.
async fn readers(office: &Office) -> BTreeMap<String, Reader> {
    let system = Caller::system();
    let (partnership, _) = office.sister("Berlin").await;
    let mut readers = BTreeMap::new();
    let zones: Vec<Tz> = chrono_tz::TZ_VARIANTS.to_vec();
    for (nth, pair) in zones.chunks(2).enumerate() {
        let due = DUE[nth % DUE.len()];
        let mut owners = Vec::new();
        for (of_two, zone) in pair.iter().enumerate() {
            let (country, hours) = READERS[(nth + of_two) % READERS.len()];
            let country: Option<Country> = country.map(|code| code.parse().expect("a country"));
            let address = format!("reader{}@example.org", 2 * nth + of_two);
            let id = PersonId::next(office.app.ids());
            let email = Email { address: Erasable::Kept(address.parse().expect("an address")) };
            let reading =
                Reading { hours: Some(hours.parse().expect("hours")), country, ..Reading::default() };
            let person = Person {
                emails: vec![Entry::desk_only(email)],
                languages: vec!["en".parse().expect("a language")],
                zone: Some(*zone),
                reading: Some(reading),
                ..Person::new(id, office.programme, name(&format!("Reader in {zone}")))
            };
            office.app.create_person(&system, person, IdempotentReply::NONE).await.expect("a person");
            owners.push(id);
            readers.insert(address, Reader { zone: *zone, country, hours, due: day(due) });
        }
        let owners = [owners[0], *owners.last().expect("somebody")];
        office.point(partnership, due, owners).await;
    }
    readers
}

/// The days on which a reminder comes, as the host's clock has them begin.
fn stages() -> BTreeSet<DateTime<Utc>> {
    let lead = DuePolicy::default().rule(DueKind::PromiseDue).lead;
    let days =
        DUE.iter().map(|due| day(due)).flat_map(|due| [lead.before(due), due - TimeDelta::days(7), due]);
    let midnight = |day: NaiveDate| {
        let local = day.and_hms_opt(0, 0, 0).expect("midnight");
        chrono_tz::Europe::Warsaw.from_local_datetime(&local).earliest().expect("a midnight").to_utc()
    };
    days.map(midnight).collect()
}

/// P22.
#[tokio::test]
async fn in_a_year_each_reminder_comes_once_in_every_zone_at_an_hour_at_which_its_reader_reads() {
    let (mut office, _) = Office::at("2026-01-02T10:00:00Z").await;
    let readers = readers(&office).await;
    assert!(readers.len() > 400, "{} zones", readers.len());
    let (stages, end) = (stages(), instant("2027-01-02T00:00:00Z"));
    let mut steps = 0;
    while office.clock.now() < end {
        office.work().await;
        steps += 1;
        if steps % RESTARTED_AFTER == 0 {
            let channel = std::sync::Arc::clone(&office.mails);
            office.mailing_by(channel);
        }
        let now = office.clock.now();
        let counts = office.app.database().notifications().delivery_counts(ChannelKind::Email).await;
        let waits = counts.expect("counts").oldest_due_at;
        assert!(waits.is_none_or(|at| at > now), "what is due was sent");
        let next = stages.iter().copied().find(|at| *at > now).into_iter().chain(waits).min().unwrap_or(end);
        let away = if steps % AWAY_AFTER == 0 { AWAY } else { TimeDelta::zero() };
        office.clock.set(next + away);
    }
    let mut told: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for mail in office.mails.sent().into_iter().filter(|mail| mail.message.text.contains("Share what works"))
    {
        told.entry(mail.message.to.address.to_string()).or_default().push(mail);
    }
    for (address, reader) in &readers {
        let mails = told.get(address).map(Vec::as_slice).unwrap_or_default();
        let ids: BTreeSet<_> = mails.iter().map(|mail| mail.delivery).collect();
        let times: Vec<_> =
            mails.iter().map(|mail| mail.at.with_timezone(&reader.zone).to_string()).collect();
        assert_eq!((mails.len(), ids.len()), (3, 3), "{} due {}: {times:?}", reader.zone, reader.due);
        for mail in mails {
            assert!(reader.reads_at(mail.at), "{} {:?} {times:?}", reader.zone, reader.country);
        }
        let last = mails[2].at.with_timezone(&chrono_tz::Europe::Warsaw).date_naive();
        let late = last - reader.due;
        assert!((0..=8).contains(&late.num_days()), "{} due {}: {times:?}", reader.zone, reader.due);
    }
}
