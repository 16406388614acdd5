//! The walls between programmes: every endpoint, asked by somebody who may not, on every back end.
//!
//! Two programmes tell the same story, so each request of the one has its like with the other. Before each request of the second
//! story, which is about to succeed, it is sent with one id at a time out of the first, wherever an id stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

use sister_cities_api::delivery::ReceiveMail;
use sister_cities_api::journal::{JournalQuery, ReadJournal};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::sharing::MakeLink;
use sister_cities_api::{Access, Endpoint as _, EndpointInfo, NoBody, PageLimit, registry};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::{IdSource as _, ProgrammeId, SeededIds};
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;
use tokio::sync::OnceCell;

use super::site::{Got, Sent, Site};
use super::story::{self, Story};

#[tokio::test]
async fn on_sqlite_no_endpoint_tells_anything_to_whoever_may_not_know_it() {
    walk(Database::new(SqliteStore::temporary().expect("a database"))).await;
}

#[cfg(unix)]
#[tokio::test]
async fn on_postgresql_no_endpoint_tells_anything_to_whoever_may_not_know_it() {
    let Some(found) = sister_cities_storage::testing::database().await else { return };
    walk(Database::new(found.open().await)).await;
}

async fn walk(database: Database) {
    let site = Site::on(database).await;
    let ours = story::tell(&site).await;
    let before = journal(&site, ours.programme).await;
    without_a_good_token(&site, &ours).await;
    without_the_scope(&site, &ours).await;

    let ids = SeededIds::new(99);
    let intruder = Intruder { ours: &ours, token: OnceCell::new(), ids, tried: Tried::default() };
    let theirs = story::tell_watched(&site, Some(&intruder)).await;
    intruder.reads_nothing_of_ours(&site, &theirs).await;
    intruder.asks_for_what_is_ours(&site, &theirs).await;
    let tried = |counter: &AtomicU32| counter.load(Ordering::Relaxed);
    let Tried { paths, bodies, queries } = &intruder.tried;
    let tried = (tried(paths), tried(bodies), tried(queries));
    assert!(tried >= (60, 0, 0) && tried.1 >= 12 && tried.2 >= 8, "only {tried:?}");
    assert_eq!(journal(&site, ours.programme).await, before, "nothing was done to us");
}

async fn journal(site: &Site, programme: ProgrammeId) -> Vec<String> {
    let all = JournalQuery { limit: Some(PageLimit::MOST), ..JournalQuery::default() };
    let page = site.ask::<ReadJournal>(&ProgrammePath { programme }, &all, &NoBody).await;
    // A walk makes tokens for us.
    let names = page.items.into_iter().map(|event| event.name);
    names.filter(|name| !name.starts_with("token.")).collect()
}

/// Somebody who may do everything in another programme, and tries it with our ids.
pub(super) struct Intruder<'a> {
    /// What we did.
    ours: &'a Story,
    token: OnceCell<String>,
    /// Of records that do not exist.
    ids: SeededIds,
    tried: Tried,
}

/// How many of our ids were tried, and where.
#[derive(Default)]
struct Tried {
    paths: AtomicU32,
    bodies: AtomicU32,
    queries: AtomicU32,
}

fn endpoint(sent: &Sent) -> EndpointInfo {
    registry().into_iter().find(|endpoint| endpoint.name == sent.endpoint).expect("an endpoint")
}

/// The requests of a story that are not open to everybody, and the scope that each needs.
fn guarded(story: &Story) -> impl Iterator<Item = (&Sent, Scope)> {
    story.sent.iter().filter_map(|sent| match endpoint(sent).access {
        Access::Public => None,
        Access::Scope(scope) => Some((sent, scope)),
    })
}

fn body(sent: &Sent) -> String {
    sent.body.as_ref().map(|body| String::from_utf8_lossy(&body.bytes).into_owned()).unwrap_or_default()
}

/// The ids that stand in a request, in their order.
fn ids_in(sent: &Sent) -> Vec<String> {
    let text = format!("{} {}", sent.url, body(sent));
    let mut ids: Vec<String> = Vec::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        let is_id = word.len() == 30 && word.as_bytes()[3] == b'_';
        if is_id && !ids.iter().any(|known| known == word) {
            ids.push(word.to_owned());
        }
    }
    ids
}

/// The request with another id for one of its own.
fn replaced(sent: &Sent, id: &str, by: &str) -> Sent {
    let mut other = Sent { url: sent.url.replace(id, by), ..sent.clone() };
    let text = body(sent);
    if let Some(body) = other.body.as_mut().filter(|_| text.contains(id)) {
        body.bytes = text.replace(id, by).into_bytes();
    }
    other
}

async fn without_a_good_token(site: &Site, ours: &Story) {
    let forged = format!("scp_{}", "A".repeat(49));
    for (sent, _) in guarded(ours) {
        for token in [None, Some(""), Some("scp_"), Some(forged.as_str()), Some("x y")] {
            let got = site.send_as(sent, token).await;
            assert_eq!(got.status, 401, "{} {token:?}: {}", sent.endpoint, got.text());
            assert!(got.header("www-authenticate").is_some_and(|value| value.starts_with("Bearer")));
            let mut errors = got.problem().errors.into_iter();
            assert!(errors.any(|error| error.header.as_deref() == Some("Authorization")));
        }
    }
}

async fn without_the_scope(site: &Site, ours: &Story) {
    let mut tokens = BTreeMap::new();
    for (sent, needed) in guarded(ours) {
        if !tokens.contains_key(needed.as_str()) {
            let others = Scope::ALL.into_iter().filter(|scope| *scope != needed && *scope != Scope::Admin);
            let others: Vec<Scope> = others.collect();
            tokens.insert(needed.as_str(), site.token(Some(ours.programme), &others).await);
        }
        let got = site.send_as(sent, tokens.get(needed.as_str()).map(String::as_str)).await;
        assert_eq!(got.status, 403, "{}: {}", sent.endpoint, got.text());
        assert!(got.problem().detail.is_some_and(|detail| detail.contains(needed.as_str())));
    }
}

impl Intruder<'_> {
    /// Before a request of theirs is sent: the same with one id at a time out of our request that is like it. What is ours looks exactly
    /// as what does not exist.
    pub(super) async fn try_before(&self, site: &Site, sent: &Sent, place: usize) {
        let like = &self.ours.sent[place];
        let (own, foreign) = (ids_in(sent), ids_in(like));
        assert_eq!((sent.endpoint, own.len()), (like.endpoint, foreign.len()));
        let Some(programme) = own.first() else { return };
        let programme: ProgrammeId = programme.parse().expect("the programme comes first");
        let make_token = || site.token(Some(programme), &Scope::ALL);
        let token = Some(self.token.get_or_init(make_token).await.as_str());
        for (own, foreign) in own.iter().zip(&foreign) {
            let absent = self.made_up(own);
            let got = site.send_as(&replaced(sent, own, foreign), token).await;
            let none = site.send_as(&replaced(sent, own, &absent), token).await;
            let about = format!("{} with {foreign} for {own}: {}", sent.endpoint, got.text());
            assert_eq!(got.status, none.status, "{about}");
            let (path, query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
            if path.contains(own) {
                assert_eq!(got.status, 404, "{about}");
                self.tried.paths.fetch_add(1, Ordering::Relaxed);
            } else if query.contains(own) {
                // A list of what belongs to something that is not there is empty.
                assert_eq!(got.status, 200, "{about}");
                self.tried.queries.fetch_add(1, Ordering::Relaxed);
            } else if sent.endpoint == MakeLink::NAME && got.status == MakeLink::SUCCESS {
                // A link is one side's word, whether there is somebody to hear it or not.
                let [got, none] = [got, none].map(|got| got.reply::<MakeLink>());
                assert_eq!((got.state, got.peer_name), (none.state, none.peer_name));
                continue;
            } else if sent.endpoint == ReceiveMail::NAME {
                // A mail may name what it likes: it is said that nothing was done.
                assert!(got.status == 200 && got.text().contains("\"taken\":\"nothing\""), "{about}");
            } else {
                assert!([409, 422].contains(&got.status), "{about}");
                self.tried.bodies.fetch_add(1, Ordering::Relaxed);
            }
            assert_eq!(got.text().replace(foreign, &absent), none.text(), "{about}");
        }
    }

    /// Every id that we named, but for that of our peer, to which they linked as well.
    fn ours_only(&self) -> BTreeSet<String> {
        let own = self.ours.programme.to_string();
        let all = self.ours.sent.iter().flat_map(ids_in);
        all.filter(|id| !id.starts_with(ProgrammeId::PREFIX) || *id == own).collect()
    }

    /// An id of that kind that nobody has.
    fn made_up(&self, like: &str) -> String {
        let prefix = like.split('_').next().expect("a prefix");
        ProgrammeId::from_uuid(self.ids.next_uuid()).to_string().replace("prg", prefix)
    }

    async fn send(&self, site: &Site, sent: &Sent) -> Got {
        site.send_as(sent, self.token.get().map(String::as_str)).await
    }

    /// Whatever they read of their own holds nothing of ours.
    async fn reads_nothing_of_ours(&self, site: &Site, theirs: &Story) {
        let ours = self.ours_only();
        for (sent, _) in guarded(theirs).filter(|(sent, _)| sent.method == http::Method::GET) {
            let got = self.send(site, sent).await;
            assert!(ours.iter().all(|id| !got.text().contains(id)), "{}: {}", sent.endpoint, got.text());
        }
    }

    /// A list of theirs that is asked for what belongs to a record of ours is as one asked for a record that does not exist.
    async fn asks_for_what_is_ours(&self, site: &Site, theirs: &Story) {
        let ours = self.ours_only();
        for (sent, _) in guarded(theirs) {
            for parameter in endpoint(sent).query_parameters {
                if !parameter.shape.pattern.is_some_and(|pattern| pattern.contains("_[0-7]")) {
                    continue;
                }
                let prefix = parameter.shape.example.split('_').next().unwrap_or_default();
                for foreign in ours.iter().filter(|id| id.starts_with(prefix)) {
                    let joint = if sent.url.contains('?') { '&' } else { '?' };
                    let with = |id: &str| Sent {
                        url: format!("{}{joint}{}={id}", sent.url, parameter.name),
                        ..sent.clone()
                    };
                    let absent = self.made_up(foreign);
                    let got = self.send(site, &with(foreign)).await;
                    let none = self.send(site, &with(&absent)).await;
                    let about = format!("{}?{}: {}", sent.endpoint, parameter.name, got.text());
                    assert_eq!(got.status, none.status, "{about}");
                    assert_eq!(got.text().replace(foreign, &absent), none.text(), "{about}");
                    self.tried.queries.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}
