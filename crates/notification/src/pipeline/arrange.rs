//! What one person is told, arranged: at once, in a digest or in the inbox alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};
use sister_cities_domain::id::{CommitteeId, NotificationId, PartnershipId, PersonId};
use sister_cities_domain::notification::{
    Cause, CauseFacts, ChannelKind, Delivery, DeliveryContent, Notification, Rhythm, Why, rhythm_told,
};
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{ReadError, Realm};

use super::Pipeline;
use super::reader::Addressee;
use super::subscribers::Subscribers;

/// Who would get more messages than this at the same time gets them in one digest.
const MOST_AT_ONCE: usize = 5;
/// Who has so many messages in an hour gets what comes besides in the next digest.
const MOST_IN_AN_HOUR: u64 = 50;
const HOUR: TimeDelta = TimeDelta::hours(1);

/// One person is to be told of one cause.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Who: one of the records of a person.
    pub(super) person: PersonId,
    pub(super) cause: Cause,
    pub(super) why: Why,
    /// How often they are told who have said nothing of it.
    pub(super) standard: Rhythm,
    /// The partnership that it is about.
    pub(super) partnership: Option<PartnershipId>,
    /// The committee that it is about.
    pub(super) committee: Option<CommitteeId>,
}

impl Told {
    const fn facts(&self) -> CauseFacts<'_> {
        CauseFacts { cause: &self.cause, partnership: self.partnership, committee: self.committee }
    }

    /// How often they are told: by default, by what they asked for, and where they asked for nothing of the kind, as they want to be told at all.
    fn rhythm(&self, addressee: &Addressee, subscribers: &Subscribers) -> Rhythm {
        let asked_for = matches!(self.why, Why::Subscription { .. });
        let by_default = (!asked_for).then(|| (self.standard, self.why.clone()));
        let wanted = subscribers.wanted(addressee.person.id, &self.facts());
        let wanted = wanted.or_else(|| addressee.rhythm.map(|rhythm| (rhythm, self.why.clone())));
        let rhythm = rhythm_told(by_default, wanted, &self.cause).map_or(Rhythm::Never, |(rhythm, _)| rhythm);
        let in_digest = matches!(rhythm, Rhythm::Daily | Rhythm::Weekly);
        match in_digest && addressee.refuses_digests {
            true if self.why.is_own() => Rhythm::AtOnce,
            true => Rhythm::Never,
            false => rhythm,
        }
    }
}

/// All that a person is told, under whichever of their records.
pub(super) struct ToTell<'a> {
    pub(super) addressee: &'a Addressee,
    pub(super) told: Vec<Told>,
}

impl Pipeline {
    /// Makes of what people are told notifications, and the mails that carry them.
    pub(super) async fn arrange(
        &self,
        realm: Realm,
        to_tell: Vec<ToTell<'_>>,
        subscribers: &Subscribers,
        batch: &mut NotificationBatch,
    ) -> Result<(), ReadError> {
        let now = self.now.get();
        for one in to_tell.into_iter().filter(|one| !one.told.is_empty()) {
            let reached = one.addressee.next_reading(now);
            let hour = (reached - HOUR, reached + HOUR);
            let person = one.addressee.person.id.uuid();
            let before = self.store().count_deliveries(realm, person, hour).await?;
            arrange(batch, one, subscribers, (now, MOST_IN_AN_HOUR.saturating_sub(before)));
        }
        batch.deliveries.sort_by_key(|delivery| delivery.id);
        batch.deliveries.dedup_by_key(|delivery| delivery.id);
        Ok(())
    }
}

/// Puts together what is told to the same person. What is for nobody who is known is left out.
pub(super) fn by_person(addressees: &BTreeMap<PersonId, Addressee>, all: Vec<Told>) -> Vec<ToTell<'_>> {
    let mut of_person: BTreeMap<PersonId, ToTell<'_>> = BTreeMap::new();
    for told in all {
        if let Some(addressee) = addressees.get(&told.person) {
            let to_tell = of_person.entry(addressee.person.id);
            to_tell.or_insert_with(|| ToTell { addressee, told: Vec::new() }).told.push(told);
        }
    }
    of_person.into_values().collect()
}

/// The same for one person, to whom so many mails may go at once.
fn arrange(
    batch: &mut NotificationBatch,
    to_tell: ToTell<'_>,
    subscribers: &Subscribers,
    (now, room): (DateTime<Utc>, u64),
) {
    let ToTell { addressee, told } = to_tell;
    let person = addressee.person.id;
    let with_rhythm = |told: Told| (told.rhythm(addressee, subscribers), told);
    let told: Vec<(Rhythm, Told)> = told.into_iter().map(with_rhythm).collect();
    let at_once = told.iter().filter(|(rhythm, _)| *rhythm == Rhythm::AtOnce).count();
    // Who is told already because they are invited is not told once more because they follow it.
    let mut seen: BTreeSet<NotificationId> = batch.notifications.iter().map(|one| one.id).collect();
    for (mut rhythm, one) in told {
        let Told { cause, why, partnership, .. } = one;
        let id = NotificationId::of(&cause, person);
        if !seen.insert(id) {
            continue;
        }
        if rhythm == Rhythm::AtOnce && (at_once > MOST_AT_ONCE || at_once as u64 > room) {
            rhythm = if addressee.refuses_digests && !why.is_own() { Rhythm::Never } else { Rhythm::Daily };
        }
        let send = |content, partnership, due_at| {
            Delivery::new(ChannelKind::Email, person.into(), content, partnership, (now, due_at))
        };
        let delivery = match rhythm {
            Rhythm::AtOnce => {
                let content = DeliveryContent::Notification { notification: id };
                Some(send(content, partnership, addressee.next_reading(now)))
            }
            Rhythm::Daily | Rhythm::Weekly => {
                let (day, due_at) = addressee.next_digest(now, first_day(rhythm, addressee.today(now)));
                Some(send(DeliveryContent::Digest { rhythm, day }, None, due_at))
            }
            Rhythm::Never | _ => None,
        };
        let digest = delivery.as_ref().filter(|_| rhythm != Rhythm::AtOnce).map(|delivery| delivery.id);
        let made_at = now;
        batch.notifications.push(Notification {
            id,
            person,
            cause,
            why,
            partnership,
            digest,
            made_at,
            read_at: None,
        });
        // Without an address it stands in the inbox alone.
        batch.deliveries.extend(delivery.filter(|_| addressee.address().is_some()));
    }
}

/// The first day on which the next digest may come: any for a daily one, Monday for a weekly one.
fn first_day(rhythm: Rhythm, today: NaiveDate) -> NaiveDate {
    if rhythm == Rhythm::Weekly {
        let to_monday = 7 - today.weekday().num_days_from_monday();
        return today.checked_add_days(Days::new(to_monday.into())).unwrap_or(today);
    }
    today
}
