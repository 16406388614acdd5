//! What is found by words, and what is not. The order of hits is each back end's own; what is found is not.

use std::collections::BTreeSet;

use sister_cities_domain::access::Actor;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId, RecordKind, RecordRef, SeededIds};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::{NameRole, Place, PlaceName};
use sister_cities_domain::value::{FreeText, Name, Title};

use super::erasure::{CANARY, add_note, erase_canary, record_the_canary};
use super::sample::{World, changes, engagement, later, now, revision};
use super::typed::Office;
use crate::search::{Hit, Search, SearchCursor, Words};
use crate::{ChangeSet, CommitError, Database, ReadError, Value};

/// Accents, case, scripts and spelling do not matter.
pub async fn names_titles_and_notes_are_found_in_any_spelling(database: Database) {
    let office = Office::open(&database).await;
    add_note(&database, &office.visits[0], "Weißbier in der Straße; Ναυτική εβδομάδα, 大阪市立大学").await;
    let visit = vec![office.visits[0].id.into()];
    for asked in
        ["weissbier STRASSE", "ναυτικη", "nautike", "大阪", "大阪市", "学", "立大学", "εβδομαδα 大阪"]
    {
        assert_eq!(office.hits(asked).await, visit, "{asked}");
    }
    assert_eq!(office.hits("orchestra").await.len(), 2);
    assert_eq!(office.hits("sister city agreement").await, [office.agreement.id().into()]);
    assert_eq!(office.hits("阪大").await, vec![]);
    let hit = office.search("strasse").await.remove(0);
    assert_eq!(hit.title, "Visit of an orchestra");
    let marked: Vec<_> = hit.excerpt.iter().filter(|piece| piece.is_match).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].text, "Straße");
}

/// In every language and script that the record of the place has; the bond says whom it joins.
pub async fn a_place_is_found_by_any_of_its_names_and_so_is_its_bond(database: Database) {
    let office = Office::open(&database).await;
    let place: RecordRef = office.city.id.into();
    let both = vec![place, office.bond.id().into()];
    for asked in ["krakow", "KRAKÓW", "cracow", "Crac"] {
        assert_eq!(office.hits(asked).await, both, "{asked}");
    }
    assert_eq!(office.hits("Крако").await, both, "as it is spelled in another alphabet");
    let hits = office.search("cracow").await;
    assert_eq!(hits[0].title, "Kraków");
    assert!(hits[1].title.contains("Kraków") && hits[1].title.contains("Chicago"), "{}", hits[1].title);
    assert!(hits[1].excerpt.iter().any(|piece| piece.is_match && piece.text == "Cracow"), "{:?}", hits[1]);

    let stored = office.records().get::<Place>(office.city.id).await.expect("a read").expect("a place");
    let mut renamed = stored.value.clone();
    for other in ["크라쿠프", "كراكوف"] {
        renamed.add_name(PlaceName::new(Name::new(other).expect("a name"), NameRole::Alias));
    }
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(1));
    changes.update(&renamed, stored.revision).event(renamed.created(), renamed.id);
    database.commit(changes).await.expect("a commit");
    assert_eq!(office.hits("크라쿠프").await, both);
    assert_eq!(office.hits("كراكوف").await, both);
    let bonds = office.search_in("kraków", &[RecordKind::Partnership]).await;
    assert_eq!(refs(&bonds), both[1..]);
    assert_eq!(refs(&office.search_in("kraków", &[RecordKind::Token]).await), vec![]);
}

/// Wherever in the record they stand.
pub async fn all_words_must_occur_and_the_last_may_go_on(database: Database) {
    let office = Office::open(&database).await;
    add_note(&database, &office.visits[0], "A banquet after the concert").await;
    let (first, both) =
        (vec![office.visits[0].id.into()], office.visits.each_ref().map(|visit| visit.id.into()));
    assert_eq!(sorted(office.hits("orchestra visit").await), sorted(both.to_vec()));
    assert_eq!(office.hits("orchestra banq").await, first);
    assert_eq!(office.hits("banq orchestra").await, vec![], "only the last word may go on");
    assert_eq!(office.hits("concert banquet visit").await, first);
    assert_eq!(office.hits("concert picnic").await, vec![]);
    assert_eq!(office.hits("oncert").await, vec![]);
}

/// Whatever a back end's own language of queries makes of it.
pub async fn a_question_is_words_and_nothing_else(database: Database) {
    let office = Office::open(&database).await;
    for asked in ["orchestra OR nothing", "orchestra NOT visit", "\"of orchestra\" x", "or*a"] {
        assert_eq!(office.hits(asked).await, vec![], "{asked}");
    }
    let asked = [
        "orchestra'",
        "\"orchestra\"",
        "orchestra:*",
        "* orchestra -visit",
        "(orchestra)",
        "{orchestra} !",
        "orchestra %",
        "orchestra\\",
    ];
    for asked in asked {
        assert_eq!(office.hits(asked).await.len(), 2, "{asked}");
    }
    let scope = format!("\u{e000}{}engagement", office.programme.id.uuid().simple());
    assert_eq!(office.hits(&scope).await, vec![]);
}

/// At once.
pub async fn what_is_changed_or_deleted_is_found_as_it_is_now(database: Database) {
    let office = Office::open(&database).await;
    let [first, second] = &office.visits;
    let retitled = Engagement { title: title("Regatta on the lake"), ..first.clone() };
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(1));
    changes.update(&retitled, revision(1)).event(retitled.recorded(), retitled.id);
    changes.delete::<Engagement>(second.id, revision(1)).event(second.deleted(), second.id);
    database.commit(changes).await.expect("a commit");
    assert_eq!(office.hits("orchestra").await, vec![]);
    assert_eq!(office.hits("regatta").await, [first.id.into()]);

    // A new record under the old id.
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(2));
    changes.create(second).event(second.recorded(), second.id);
    database.commit(changes).await.expect("a commit");
    assert_eq!(office.hits("orchestra").await, [second.id.into()]);

    let bond = office.records().get::<Partnership>(office.bond.id()).await.expect("a read").expect("a bond");
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(3));
    changes.update(&retitled, revision(2)).event(retitled.recorded(), retitled.id);
    changes.update(&bond.value, bond.revision).event(retitled.recorded(), retitled.id);
    database.commit(changes).await.expect("a commit");
    assert_eq!(office.hits("regatta").await, [first.id.into()], "what stays the same is found once");
}

/// However few fit on a page, and whichever kinds they are of.
pub async fn hits_come_page_by_page_each_once(database: Database) {
    let office = Office::open(&database).await;
    let ids = SeededIds::new(9);
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, now());
    for number in 0..23 {
        let id = EngagementId::next(&ids);
        let visit =
            Engagement { id, title: title(&format!("Kraków day {number}")), ..office.visits[0].clone() };
        changes.create(&visit).event(visit.recorded(), id);
    }
    database.commit(changes).await.expect("a commit");
    for asked in ["krakow", "day krakow", "krakow day", "krak"] {
        let whole = refs(&office.search(asked).await);
        assert!(whole.len() >= 23, "{asked}: {}", whole.len());
        for limit in [1, 2, 7, 24, 25] {
            let mut search = search(asked, limit);
            let mut seen = Vec::new();
            loop {
                let page = office.records().search(&search).await.expect("hits");
                assert!(page.hits.len() <= limit as usize && !page.hits.is_empty());
                seen.extend(refs(&page.hits));
                match page.next {
                    Some(next) => search.after = Some(next),
                    None => break,
                }
            }
            assert_eq!(seen, whole, "{asked} {limit}");
        }
    }
    let foreign = SearchCursor { kind: RecordKind::Place, after: Some(Value::from("text")) };
    let refused = office.records().search(&Search { after: Some(foreign), ..search("krakow", 5) }).await;
    assert_eq!(refused, Err(ReadError::Cursor));
    let other = SearchCursor { kind: RecordKind::Token, after: None };
    let refused = office.records().search(&Search { after: Some(other), ..search("krakow", 5) }).await;
    assert_eq!(refused, Err(ReadError::Cursor));
}

/// Not even that there is something.
pub async fn another_programme_finds_nothing_by_words(database: Database) {
    let office = Office::open(&database).await;
    let other = World::seeded(&database, 2).await;
    for asked in ["orchestra", "kra", "sister"] {
        for records in [database.programme(other.programme), database.installation()] {
            let found = records.search(&search(asked, 10)).await.expect("hits");
            assert_eq!((found.hits, found.next), (vec![], None), "{asked}");
        }
        assert!(!office.hits(asked).await.is_empty(), "{asked}");
    }
    let nowhere = database.programme(ProgrammeId::from_uuid(other.host));
    assert_eq!(nowhere.search(&search("orchestra", 10)).await.expect("hits").hits, vec![]);
}

/// Only the street that is named after them.
pub async fn nothing_of_an_erased_person_is_found(database: Database) {
    let office = Office::open(&database).await;
    record_the_canary(&database, &office).await;
    let found: BTreeSet<_> = office.hits(CANARY).await.into_iter().map(|record| record.kind).collect();
    let kinds = [RecordKind::Place, RecordKind::Partnership, RecordKind::Agreement, RecordKind::Engagement];
    assert_eq!(found, BTreeSet::from(kinds));
    erase_canary(&database, later(30)).await;
    for asked in [CANARY, "kanaria", "wrobel"] {
        let found: BTreeSet<_> = office.hits(asked).await.into_iter().map(|record| record.kind).collect();
        assert_eq!(found, BTreeSet::from([RecordKind::Place, RecordKind::Partnership]), "{asked}");
    }
    assert_eq!(office.hits("person erased").await.len(), 2, "the visit and the agreement");
}

/// Sealed or not.
pub async fn nothing_sensitive_is_found(plain: Database) {
    let office = Office::open(&plain).await;
    let sealed = plain.clone().sealed_by(super::vault::key(3));
    let care = FreeText::new("Allergic to peanuts").expect("a text");
    let visit = Engagement { care: Some(care), ..office.visits[0].clone() };
    let mut changes = ChangeSet::new(office.programme.id, &Actor::System, later(1));
    changes.update(&visit, revision(1)).event(visit.recorded(), visit.id);
    sealed.commit(changes).await.expect("a commit");
    let records = sealed.programme(office.programme.id);
    assert_eq!(records.search(&search("peanuts", 10)).await.expect("hits").hits, vec![]);
    assert_eq!(records.search(&search("orchestra", 10)).await.expect("hits").hits.len(), 2);
}

/// Nor do its neighbours suffer.
pub async fn a_refused_change_set_is_not_found(database: Database) {
    let office = Office::open(&database).await;
    let ids = SeededIds::new(10);
    let commits: Vec<_> = (0..20)
        .map(|number| {
            let id = EngagementId::next(&ids);
            let visit =
                Engagement { id, title: title(&format!("Lantern {number}")), ..office.visits[0].clone() };
            let mut changes = ChangeSet::new(office.programme.id, &Actor::System, now());
            changes.create(&visit).event(visit.recorded(), id);
            if number % 2 == 1 {
                let stale = Engagement { title: title("Stale lantern"), ..office.visits[1].clone() };
                changes.update(&stale, revision(7));
            }
            database.commit(changes)
        })
        .collect();
    let outcomes = futures_util::future::join_all(commits).await;
    let refused = outcomes.iter().filter(|outcome| matches!(outcome, Err(CommitError::Stale { .. }))).count();
    assert_eq!((outcomes.len(), refused), (20, 10));
    assert_eq!(office.hits("lantern").await.len(), 10);
    assert_eq!(office.hits("stale").await, vec![]);
    // A record whose body nobody understands is found by nothing and in nobody's way.
    let mut odd = changes(office.programme.id);
    let odd_visit = engagement(office.agreement.id().uuid(), office.bond.id().uuid(), None);
    odd.create_raw(odd_visit).event(office.visits[0].recorded(), office.visits[0].id);
    database.commit(odd).await.expect("a commit");
    assert_eq!(office.hits("café").await, vec![]);
}

impl Office {
    async fn search_in(&self, asked: &str, kinds: &[RecordKind]) -> Vec<Hit> {
        let search = Search { kinds: kinds.to_vec(), ..search(asked, 100) };
        let found = self.records().search(&search).await.expect("hits");
        assert_eq!(found.next, None);
        found.hits
    }

    async fn search(&self, asked: &str) -> Vec<Hit> {
        self.search_in(asked, &[]).await
    }

    async fn hits(&self, asked: &str) -> Vec<RecordRef> {
        refs(&self.search(asked).await)
    }
}

fn refs(hits: &[Hit]) -> Vec<RecordRef> {
    hits.iter().map(|hit| hit.record).collect()
}

fn sorted(mut records: Vec<RecordRef>) -> Vec<RecordRef> {
    records.sort();
    records
}

pub(crate) fn search(asked: &str, limit: u32) -> Search {
    Search { words: Words::new(asked).expect("words"), kinds: Vec::new(), after: None, limit }
}

fn title(text: &str) -> Title {
    Title::new(text).expect("a title")
}
