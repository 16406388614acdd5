//! What one programme shows another is seen by that one and nobody else, and nothing beside it.

use std::collections::BTreeSet;

use sister_cities_domain::access::Actor;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{LinkId, ProgrammeId, RecordKind, SeededIds, ShareId};
use sister_cities_domain::sharing::{Link, Share, SharedContent, SharedEngagement};
use sister_cities_domain::value::{Name, Title};
use uuid::Uuid;

use super::sample::{World, engagement, link, now, reference, revision, share};
use super::typed::Office;
use crate::catalogue::{link, share};
use crate::erasure::{Erasure, Person, ReadDocument, erase, realms};
use crate::{
    ChangeSet, CommitError, Conflict, Database, HistoryPart, JournalQuery, PeerVisible, PeerVisibleQuery,
    Query, ReadError, Realm, Sequence,
};

/// Two programmes and a third; the first shows the second a link and a share.
struct Neighbours {
    ours: World,
    theirs: World,
    third: World,
    visit: Uuid,
    link: Uuid,
    share: Uuid,
}

impl Neighbours {
    async fn new(database: &Database) -> Self {
        let (ours, theirs) = (World::new(database).await, World::seeded(database, 2).await);
        let third = World::seeded(database, 3).await;
        let all = Self { visit: ours.id(), link: ours.id(), share: ours.id(), ours, theirs, third };
        let mut changes = all.ours.told();
        changes
            .create_raw(engagement(all.visit, all.ours.bond, None))
            .create_raw(link(all.link, all.theirs.programme, all.ours.bond))
            .create_raw(share(all.share, all.theirs.programme, all.link, all.visit));
        all.ours.store(changes).await;
        all
    }

    async fn visible_to(
        &self,
        to: &World,
        kind: RecordKind,
        from: Option<ProgrammeId>,
    ) -> Result<Vec<PeerVisible>, ReadError> {
        let query = PeerVisibleQuery { kind, from, after: None, limit: 10 };
        self.ours.database.store().visible_to(to.realm(), query).await
    }
}

/// And with its body, from one programme or from all, page by page.
pub async fn what_names_a_reader_is_shown_to_that_reader_and_to_nobody_else(database: Database) {
    let all = Neighbours::new(&database).await;
    for (kind, id) in [(RecordKind::Link, all.link), (RecordKind::Share, all.share)] {
        let own = database.store().get(all.ours.realm(), reference(kind, id)).await.expect("a read");
        let expected = PeerVisible { programme: all.ours.programme, stored: own.expect("it is ours") };
        for from in [None, Some(all.ours.programme)] {
            assert_eq!(all.visible_to(&all.theirs, kind, from).await, Ok(vec![expected.clone()]));
        }
        for from in [all.theirs.programme, all.third.programme] {
            assert_eq!(all.visible_to(&all.theirs, kind, Some(from)).await, Ok(vec![]));
        }
        for other in [&all.ours, &all.third] {
            assert_eq!(all.visible_to(other, kind, None).await, Ok(vec![]));
            assert_eq!(all.visible_to(other, kind, Some(all.ours.programme)).await, Ok(vec![]));
        }
    }
    let more: Vec<Uuid> = (0..5).map(|_| all.third.id()).collect();
    let mut changes = all.third.told();
    for (peer, id) in [all.theirs.programme, all.ours.programme].into_iter().zip(&more) {
        changes.create_raw(link(*id, peer, all.third.bond));
    }
    all.third.store(changes).await;
    let mut expected = vec![all.link, more[0]];
    expected.sort();
    let mut found = Vec::new();
    loop {
        let query =
            PeerVisibleQuery { kind: RecordKind::Link, from: None, after: found.last().copied(), limit: 1 };
        let page = database.store().visible_to(all.theirs.realm(), query).await.expect("a page");
        match page.as_slice() {
            [] => break,
            [one] => found.push(one.stored.id),
            more => panic!("more than was asked for: {more:?}"),
        }
    }
    assert_eq!(found, expected);
}

/// Not by id, list, count, history or journal; and the reader can neither change nor refer to it.
pub async fn what_is_shown_is_found_in_no_other_way(database: Database) {
    let all = Neighbours::new(&database).await;
    let store = database.store();
    let reader = all.theirs.realm();
    for (kind, id) in
        [(RecordKind::Link, all.link), (RecordKind::Share, all.share), (RecordKind::Engagement, all.visit)]
    {
        let record = reference(kind, id);
        assert_eq!(store.get(reader, record).await, Ok(None));
        assert_eq!(store.get_many(reader, kind, vec![id]).await, Ok(vec![]));
        assert_eq!(store.history(reader, record, HistoryPart::ALL).await, Ok(vec![]));
        assert_eq!(store.count(reader, Query::all(kind, 10)).await, Ok(0));
        assert_eq!(store.query(reader, Query::all(kind, 10)).await.expect("a page").records, vec![]);
        let about = JournalQuery::after(Sequence::START, 100).about(record);
        assert_eq!(store.journal(reader, about).await, Ok(vec![]));
        let mut changes = all.theirs.told();
        changes.delete_raw(record, revision(1));
        let stale = CommitError::Stale { record, expected: revision(1), found: None };
        assert_eq!(database.commit(changes).await, Err(stale));
    }
    let mut changes = all.theirs.told();
    changes.update_raw(link(all.link, all.theirs.programme, all.theirs.bond), revision(1));
    assert!(matches!(database.commit(changes).await, Err(CommitError::Stale { found: None, .. })));
    let visit = all.theirs.id();
    let astray = share(all.theirs.id(), all.ours.programme, all.link, visit);
    let from = astray.record;
    let mut changes = all.theirs.told();
    changes.create_raw(engagement(visit, all.theirs.bond, None)).create_raw(astray);
    let to = reference(RecordKind::Link, all.link);
    let missing = Conflict::MissingReference { from, column: "link", to };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(missing)));
    assert_eq!(all.visible_to(&all.theirs, RecordKind::Link, None).await.map(|visible| visible.len()), Ok(1));
}

/// The own history keeps it; the reader sees none of it.
pub async fn what_is_withdrawn_is_out_of_sight_at_once(database: Database) {
    let all = Neighbours::new(&database).await;
    let told = reference(RecordKind::Share, all.share);
    let mut changes = all.ours.told();
    changes.delete_raw(told, revision(1));
    all.ours.store(changes).await;
    assert_eq!(all.visible_to(&all.theirs, RecordKind::Share, None).await, Ok(vec![]));
    assert_eq!(database.store().history(all.theirs.realm(), told, HistoryPart::ALL).await, Ok(vec![]));
    let past = database.store().history(all.ours.realm(), told, HistoryPart::ALL).await.expect("a history");
    assert_eq!(past.len(), 2, "what was told, and that it was taken back");
    assert_eq!(all.visible_to(&all.theirs, RecordKind::Link, None).await.map(|visible| visible.len()), Ok(1));
}

/// Whoever asks.
pub async fn a_kind_that_names_no_reader_is_never_shown(database: Database) {
    let all = Neighbours::new(&database).await;
    for kind in RecordKind::ALL {
        if crate::catalogue::describe(kind).audience_column.is_none() {
            assert!(
                matches!(all.visible_to(&all.theirs, kind, None).await, Err(ReadError::Condition(_))),
                "{kind}"
            );
        }
    }
}

/// By peer, link and record.
pub async fn links_and_shares_of_the_domain_read_back_and_are_found(database: Database) {
    let (office, peer) = (Office::open(&database).await, World::seeded(&database, 3).await);
    let (link, share) = told(&office, peer.programme, "A visit");
    commit(&database, &office, |changes| {
        changes.create(&link).event(link.made(), link.id).create(&share).event(share.made(), share.id);
    })
    .await
    .expect("a commit");
    let records = database.programme(office.programme.id);
    assert_eq!(records.get::<Link>(link.id).await.expect("a read").expect("a link").value, link);
    assert_eq!(records.get::<Share>(share.id).await.expect("a read").expect("a share").value, share);
    let links = records.all::<Link>(vec![link::PEER.is(peer.programme)]).await.expect("links");
    assert_eq!(links.len(), 1);
    assert_eq!(records.count::<Link>(vec![link::PEER.is(office.programme.id)]).await, Ok(0));
    let of_bond = link::PARTNERSHIP.is(office.bond.id());
    assert_eq!(records.count::<Link>(vec![of_bond]).await, Ok(1));
    let visit = office.visits[0].id;
    for (filter, number) in [
        (share::PEER.is(peer.programme), 1),
        (share::PEER.is(office.programme.id), 0),
        (share::LINK.is(link.id), 1),
        (share::ENGAGEMENT.is(visit), 1),
        (share::ENGAGEMENT.is(office.visits[1].id), 0),
        (share::AGREEMENT.is(office.agreement.id()), 0),
    ] {
        assert_eq!(records.count::<Share>(vec![filter.clone()]).await, Ok(number), "{filter:?}");
    }
    let theirs = database.programme(peer.programme);
    let visible =
        theirs.peer_visible::<Share>(Some(office.programme.id), None, 10).await.expect("what is shown");
    assert_eq!(visible.into_iter().map(|found| found.value).collect::<Vec<_>>(), [share]);
    assert_eq!(
        database.installation().peer_visible::<Link>(None, None, 10).await.map(|visible| visible.len()),
        Ok(0)
    );
}

/// Twice is a conflict; and nothing that was told loses what it tells of.
pub async fn a_record_is_shared_over_a_link_once_and_cannot_go_before_its_share(database: Database) {
    let all = Neighbours::new(&database).await;
    let again = share(all.ours.id(), all.theirs.programme, all.link, all.visit);
    let (record, holder) = (again.record, reference(RecordKind::Share, all.share));
    let mut changes = all.ours.told();
    changes.create_raw(again);
    let conflict = Conflict::Unique { record, column: "told", holder };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
    let visit = reference(RecordKind::Engagement, all.visit);
    let mut changes = all.ours.told();
    changes.delete_raw(visit, revision(1));
    let conflict = Conflict::StillReferenced { record: visit, by: holder, column: "engagement" };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
    let mut changes = all.ours.told();
    changes
        .delete_raw(visit, revision(1))
        .delete_raw(holder, revision(1))
        .delete_raw(reference(RecordKind::Link, all.link), revision(1));
    all.ours.store(changes).await;
}

struct NoDocuments;

impl ReadDocument for NoDocuments {
    fn texts(&self, _: &[u8]) -> Option<Vec<String>> {
        None
    }
}

/// What the peer sees too, and the past of it.
pub async fn erasing_a_person_reaches_what_is_shared(database: Database) {
    const CANARY: &str = "Kanaria Wróbel";
    let (office, peer) = (Office::open(&database).await, World::seeded(&database, 3).await);
    let (link, share) = told(&office, peer.programme, "A reading by Kanaria Wróbel");
    commit(&database, &office, |changes| {
        changes.create(&link).event(link.made(), link.id).create(&share).event(share.made(), share.id);
    })
    .await
    .expect("a commit");
    let seen = async || {
        let theirs = database.programme(peer.programme);
        theirs.peer_visible::<Share>(None, None, 10).await.expect("what is shown").remove(0).value
    };
    assert_eq!(seen().await, share);
    let person = Person::named(&Name::new(CANARY).expect("a name"));
    let realms = realms(&database).await.expect("realms");
    let untouched = BTreeSet::new();
    let erasure =
        Erasure { person: &person, realms: &realms, untouched: &untouched, documents: &NoDocuments };
    erase(&database, erasure, &Actor::System, now()).await.expect("erased");
    let SharedContent::Engagement(after) = seen().await.content else { panic!("an engagement") };
    let title = after.title.expect("a title").to_string();
    assert_eq!(title, "A reading by person erased 2026-01-01 #1");
    for realm in [Realm::Programme(office.programme.id), peer.realm()] {
        database.realm(realm).verify_journal().await.expect("a whole journal");
    }
}

/// A link to that peer, and the first visit shared over it under that title.
fn told(office: &Office, peer: ProgrammeId, title: &str) -> (Link, Share) {
    let ids = SeededIds::new(55);
    let visit: &Engagement = &office.visits[0];
    let link = Link {
        id: LinkId::next(&ids),
        programme: office.programme.id,
        peer,
        partnership: visit.partnership,
        name: office.programme.name.clone(),
    };
    let content = SharedEngagement::of(visit, Title::new(title).ok());
    let share = Share {
        id: ShareId::next(&ids),
        programme: link.programme,
        peer,
        link: link.id,
        subject: visit.id.into(),
        revision: 1,
        content: SharedContent::Engagement(content),
    };
    (link, share)
}

async fn commit(
    database: &Database,
    office: &Office,
    change: impl FnOnce(&mut ChangeSet),
) -> Result<(), CommitError> {
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, now());
    change(&mut changes);
    database.commit(changes).await.map(drop)
}
