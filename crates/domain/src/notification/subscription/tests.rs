//! Tests of what subscriptions say of a cause.

use proptest::prelude::*;

use super::*;
use crate::id::{AgreementId, DueId, RecordRef, SeededIds};

struct Desk {
    ids: SeededIds,
    person: PersonId,
    gdansk: PartnershipId,
    youth: CommitteeId,
    agreement: RecordRef,
}

impl Desk {
    fn new() -> Self {
        let ids = SeededIds::new(42);
        Self {
            person: PersonId::next(&ids),
            gdansk: PartnershipId::next(&ids),
            youth: CommitteeId::next(&ids),
            agreement: AgreementId::next(&ids).into(),
            ids,
        }
    }

    fn subscription(&self, what: &[&str], rhythm: Rhythm) -> Subscription {
        let events = what.iter().filter_map(|text| text.parse().ok()).collect();
        let reminders = what.iter().filter_map(|text| text.parse().ok()).collect();
        Subscription {
            id: SubscriptionId::next(&self.ids),
            programme: ProgrammeId::next(&self.ids),
            person: self.person,
            events,
            reminders,
            partnership: None,
            committee: None,
            rhythm,
            remark: None,
        }
    }

    fn event(&self, name: &str) -> Cause {
        Cause::Event { sequence: 7, name: name.to_owned(), subject: self.agreement }
    }

    fn reminder(&self, rule: DueKind, stage: ReminderStage) -> Cause {
        let due_on = "2026-12-31".parse().expect("a day");
        Cause::Reminder {
            item: DueId::of(rule, self.agreement, due_on),
            rule,
            subject: self.agreement,
            due_on,
            stage,
        }
    }

    /// What is said of a cause that belongs to the partnership with Gdańsk and to the committee for youth.
    fn said(&self, of: &[&Subscription], cause: &Cause) -> Option<Rhythm> {
        let facts = CauseFacts { cause, partnership: Some(self.gdansk), committee: Some(self.youth) };
        wants(of.iter().copied(), &facts).map(|(rhythm, _)| rhythm)
    }
}

#[test]
fn the_closest_subscription_counts_whatever_the_order() {
    let desk = Desk::new();
    let all_events = desk.subscription(&["agreement.*"], Rhythm::Weekly);
    let one_event = desk.subscription(&["agreement.signed"], Rhythm::Daily);
    let of_gdansk =
        Subscription { partnership: Some(desk.gdansk), ..desk.subscription(&["agreement.*"], Rhythm::Never) };
    let of_youth = Subscription { committee: Some(desk.youth), rhythm: Rhythm::AtOnce, ..of_gdansk.clone() };
    let elsewhere = Subscription {
        partnership: Some(PartnershipId::next(&desk.ids)),
        ..desk.subscription(&["agreement.signed"], Rhythm::AtOnce)
    };
    let signed = desk.event("agreement.signed");
    for (subscriptions, expected) in [
        (vec![], None),
        (vec![&elsewhere], None),
        (vec![&all_events], Some(Rhythm::Weekly)),
        (vec![&all_events, &one_event], Some(Rhythm::Daily)),
        (vec![&all_events, &one_event, &of_gdansk, &elsewhere], Some(Rhythm::Never)),
        (vec![&of_gdansk, &of_youth], Some(Rhythm::AtOnce)),
    ] {
        let backwards: Vec<_> = subscriptions.iter().rev().copied().collect();
        assert_eq!(desk.said(&subscriptions, &signed), expected);
        assert_eq!(desk.said(&backwards, &signed), expected);
    }
    assert_eq!(desk.said(&[&one_event], &desk.event("agreement.ended")), None);
    assert_eq!(desk.said(&[&all_events], &desk.event("agreement_party.added")), None);
}

#[test]
fn of_several_as_close_the_one_that_tells_soonest_counts() {
    let desk = Desk::new();
    let never = desk.subscription(&["partnership.suspended"], Rhythm::Never);
    let weekly = desk.subscription(&["partnership.suspended"], Rhythm::Weekly);
    let suspended = desk.event("partnership.suspended");
    assert_eq!(desk.said(&[&never, &weekly], &suspended), Some(Rhythm::Weekly));
    assert_eq!(desk.said(&[&weekly, &never], &suspended), Some(Rhythm::Weekly));
}

#[test]
fn events_and_reminders_are_asked_for_apart() {
    let desk = Desk::new();
    let both = desk.subscription(&["agreement.*", "agreement_ending"], Rhythm::Daily);
    let ending = desk.reminder(DueKind::AgreementEnding, ReminderStage::Listed);
    assert_eq!(desk.said(&[&both], &ending), Some(Rhythm::Daily));
    assert_eq!(desk.said(&[&both], &desk.reminder(DueKind::NoChair, ReminderStage::Listed)), None);
    let events_alone = Subscription { reminders: BTreeSet::new(), ..both.clone() };
    assert_eq!(desk.said(&[&events_alone], &ending), None);
    let nothing = Subscription { events: BTreeSet::new(), ..events_alone.clone() };
    assert!(both.check().is_ok() && events_alone.check().is_ok() && nothing.check().is_err());
}

#[test]
fn never_mutes_what_can_wait_and_nothing_that_is_theirs_and_has_come_to_its_day() {
    let desk = Desk::new();
    let never = Some((Rhythm::Never, Why::Subscription { subscription: desk.agreement }));
    let told = |why: Why, stage| {
        let cause = desk.reminder(DueKind::AgreementEnding, stage);
        rhythm_told(Some((Rhythm::AtOnce, why)), never.clone(), &cause).map(|(rhythm, _)| rhythm)
    };
    for (why, stage, expected) in [
        (Why::Owner, ReminderStage::Listed, Rhythm::Never),
        (Why::Owner, ReminderStage::WeekBefore, Rhythm::Never),
        (Why::Owner, ReminderStage::Due, Rhythm::AtOnce),
        (Why::Holder, ReminderStage::Due, Rhythm::AtOnce),
        (Why::Desk, ReminderStage::Due, Rhythm::Never),
        (Why::Escalation, ReminderStage::Escalated(1), Rhythm::AtOnce),
    ] {
        assert_eq!(told(why.clone(), stage), Some(expected), "{why:?} {stage}");
    }
}

#[test]
fn who_only_subscribed_hears_of_the_work_and_not_of_its_escalation() {
    let desk = Desk::new();
    let wanted = |rhythm| Some((rhythm, Why::Subscription { subscription: desk.agreement }));
    let due = desk.reminder(DueKind::AgreementEnding, ReminderStage::Due);
    let escalated = desk.reminder(DueKind::AgreementEnding, ReminderStage::Escalated(1));
    assert_eq!(rhythm_told(None, wanted(Rhythm::Daily), &due), wanted(Rhythm::Daily));
    assert_eq!(rhythm_told(None, wanted(Rhythm::Daily), &escalated), None);
    assert_eq!(rhythm_told(None, wanted(Rhythm::Never), &due), None);
    let owner = Some((Rhythm::AtOnce, Why::Owner));
    assert_eq!(rhythm_told(owner.clone(), wanted(Rhythm::Weekly), &due), Some((Rhythm::Weekly, Why::Owner)));
    assert_eq!(rhythm_told(owner.clone(), None, &due), owner);
}

proptest! {
    /// Whatever somebody subscribed to, and in whatever order it is read: what they are told by default is told, and what is overdue by a message.
    #[test]
    fn no_subscription_takes_away_what_is_told_by_default(
        rhythms in proptest::collection::vec((0_usize..4, any::<bool>(), any::<bool>(), any::<bool>()), 0..6),
        stage in 0_u8..5,
        turned in 0_usize..6,
    ) {
        let desk = Desk::new();
        let mut subscriptions: Vec<Subscription> = rhythms.into_iter().map(|(rhythm, partnership, committee, other)| {
            let what = if other { "no_chair" } else { "agreement_ending" };
            Subscription {
                partnership: partnership.then_some(desk.gdansk),
                committee: committee.then_some(desk.youth),
                ..desk.subscription(&[what], Rhythm::ALL[rhythm])
            }
        }).collect();
        let stage = match stage {
            0 => ReminderStage::Listed,
            1 => ReminderStage::WeekBefore,
            2 => ReminderStage::Due,
            step => ReminderStage::Escalated(step),
        };
        let cause = desk.reminder(DueKind::AgreementEnding, stage);
        let facts = CauseFacts { cause: &cause, partnership: Some(desk.gdansk), committee: Some(desk.youth) };
        let wanted = wants(&subscriptions, &facts);
        let told = rhythm_told(Some((Rhythm::AtOnce, Why::Owner)), wanted.clone(), &cause);
        let (rhythm, why) = told.expect("it is theirs");
        prop_assert_eq!(why, Why::Owner);
        if matches!(stage, ReminderStage::Due | ReminderStage::Escalated(_)) {
            prop_assert_ne!(rhythm, Rhythm::Never);
        }
        if !subscriptions.is_empty() {
            let by = turned % subscriptions.len();
            subscriptions.rotate_left(by);
        }
        prop_assert_eq!(wants(&subscriptions, &facts), wanted, "the order does not matter");
    }
}
