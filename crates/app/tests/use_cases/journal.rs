//! Stories of the journal: who may read it, and in which order it tells.

use sister_cities_domain::access::Scope;
use sister_cities_storage::{JournalQuery, Sequence};

use crate::harness::{Office, system};
use crate::stories;

stories! {
    every_change_is_told_in_order_with_its_actor;
    the_journal_is_read_on_from_where_it_was_left_and_by_subject;
}

const ALL: JournalQuery = JournalQuery { after: Sequence::START, subject: None, limit: 100 };

async fn every_change_is_told_in_order_with_its_actor(office: Office) {
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    office.visit(bond, "2008").await;
    let page = office.app.read_journal(&system(), office.programme, ALL).await.expect("a page");
    let names: Vec<_> = page.items.iter().map(|event| event.body.name()).collect();
    assert_eq!(
        names,
        ["programme.created", "place.created", "place.created", "partnership.agreed", "engagement.recorded"]
    );
    assert!(page.items.iter().all(|event| event.actor == system().actor));
    assert!(page.items.windows(2).all(|pair| pair[0].sequence.next() == pair[1].sequence));
}

async fn the_journal_is_read_on_from_where_it_was_left_and_by_subject(office: Office) {
    let reader = office.caller(&[Scope::JournalRead]);
    let first = JournalQuery { limit: 1, ..ALL };
    let first = office.app.read_journal(&reader, office.programme, first).await.expect("a page");
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let rest = JournalQuery { after: first.next_after, ..ALL };
    let rest = office.app.read_journal(&reader, office.programme, rest).await.expect("a page");
    assert_eq!(rest.items.len(), 3);
    let about = JournalQuery { subject: Some(bond.into()), ..ALL };
    let about = office.app.read_journal(&reader, office.programme, about).await.expect("a page");
    assert_eq!(about.items.len(), 1);
    let nothing_new = JournalQuery { after: rest.next_after, ..ALL };
    let end = office.app.read_journal(&reader, office.programme, nothing_new).await.expect("a page");
    assert_eq!((end.items.len(), end.next_after), (0, rest.next_after));
}
