//! Calendar feeds: setting them up, giving them a link, and what is in them for whoever has the link. They are read and listed as all records are, by
//! [`App::get`] and [`App::list`].
//!
//! Whoever has the link needs no token and may pass it on, so there is in a feed what everybody in the office may know: titles of engagements with their
//! days, and what is due. Making one takes the right to let what happens flow out, and the right to read what flows.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};
use sister_cities_domain::access::{Caller, Scope, TokenHash, may};
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubject};
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::DueItem;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{CalendarFeedId, CommitteeId, PartnershipId, PersonId, ProgrammeId};
use sister_cities_domain::notification::RoleHolders;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::person::{MergeRefusal, Person};
use sister_cities_domain::place::Place;
use sister_cities_domain::privacy::ERASED;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::Role;
use sister_cities_storage::catalogue::engagement;
use sister_cities_storage::due::DueQuery;
use sister_cities_storage::{JournalQuery, Listing, Revision, Sequence, Versioned, record_ref};
use subtle::ConstantTimeEq as _;

use crate::app::ProgrammeContext;
use crate::command::Command;
use crate::person::ids_of_person;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// The most entries of a feed: the latest engagements, and what is due first.
pub const MOST_ENTRIES: usize = 10_000;
/// So many records are read at a time.
const PAGE: u32 = 1_000;
/// The form of what is in a feed: raised when the same records are shown otherwise, so that what was fetched before is fetched again.
const FORM: u32 = 1;

/// A feed with its new link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedFeed {
    /// The feed.
    pub feed: Versioned<CalendarFeed>,
    /// What is secret in the link, to be shown now or never.
    pub secret: LinkSecret,
}

/// What is secret in the link of a feed: 43 characters that stand for 32 random bytes. Stored nowhere, never in a log: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(String);

impl LinkSecret {
    /// The secret that stands for these bytes.
    #[must_use]
    pub fn from_random(random: &[u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(random))
    }

    /// The text, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn hash(text: &str) -> TokenHash {
        TokenHash::from_bytes(Sha256::digest(text.as_bytes()).into())
    }
}

impl std::fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkSecret(***)")
    }
}

/// A feed that was opened by its link.
#[derive(Clone, Debug)]
pub struct OpenFeed {
    feed: Versioned<CalendarFeed>,
    context: ProgrammeContext,
    journal: Sequence,
    today: Option<NaiveDate>,
}

/// What is in a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedContent {
    /// What the calendar is called.
    pub name: String,
    /// When something of the programme was last changed.
    pub changed: DateTime<Utc>,
    /// Engagements, the latest first.
    pub engagements: Vec<Versioned<Engagement>>,
    /// What the partner of each partnership is called of which there are engagements.
    pub partners: BTreeMap<PartnershipId, String>,
    /// What is due, by day.
    pub due: Vec<DueItem>,
}

impl App {
    /// Sets up a feed in the programme that it names, under a new id; it is fetched once it has a link.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for a partnership, committee or person that the programme does not have; [`AppError::Refused`] if another record stands for
    /// the person; [`AppError::Forbidden`] without `notification:write` and `programme:read`.
    pub async fn create_calendar_feed(
        &self,
        caller: &Caller,
        feed: CalendarFeed,
        reply: IdempotentReply<'_, Versioned<CalendarFeed>>,
    ) -> Result<CommandOutcome<Versioned<CalendarFeed>>, AppError> {
        let mut command = self.feed_command(caller, feed.programme)?;
        checked(&command, feed.subject).await?;
        let event = feed.created();
        let created = command.create(feed, event);
        command.commit(created, reply).await
    }

    /// Gives a feed that was read at `revision` a new link; that of before leads nowhere from now on. Its reply cannot be kept: the link is stored
    /// nowhere.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] as for [`App::create_calendar_feed`]; [`AppError::NoRandomness`].
    pub async fn link_calendar_feed(
        &self,
        caller: &Caller,
        (programme, feed): (ProgrammeId, CalendarFeedId),
        revision: Revision,
    ) -> Result<LinkedFeed, AppError> {
        let mut command = self.feed_command(caller, programme)?;
        let before = command.load_at::<CalendarFeed>(feed, revision).await?;
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| AppError::NoRandomness)?;
        let secret = LinkSecret::from_random(&random);
        let (linked, event) = before.value.linked(LinkSecret::hash(&secret.0), self.clock().now());
        let feed = command.update(linked, revision, event);
        Ok(LinkedFeed { feed: command.commit_once(feed).await?, secret })
    }

    /// Removes a feed: its link leads nowhere from now on.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `notification:write`.
    pub async fn delete_calendar_feed(
        &self,
        caller: &Caller,
        (programme, feed): (ProgrammeId, CalendarFeedId),
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::NotificationWrite, programme)?;
        let before = command.load_at::<CalendarFeed>(feed, revision).await?;
        command.delete::<CalendarFeed>(feed, revision, before.value.deleted());
        command.commit_once(()).await
    }

    /// Opens a feed by its link: some reads of single records, whatever is in it.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if no feed has that link, or the person that it is about was erased; it is not said which.
    pub async fn open_calendar_feed(
        &self,
        (programme, feed): (ProgrammeId, CalendarFeedId),
        secret: &str,
    ) -> Result<OpenFeed, AppError> {
        let unknown = || AppError::NotFound(record_ref::<CalendarFeed>(feed));
        let store = self.database().programme(programme);
        let feed = store.get::<CalendarFeed>(feed).await?.ok_or_else(unknown)?;
        let link = feed.value.link.ok_or_else(unknown)?;
        if !bool::from(LinkSecret::hash(secret).as_bytes().ct_eq(link.hash.as_bytes())) {
            return Err(unknown());
        }
        if let Some(person) = feed.value.subject.person() {
            let found = store.get::<Person>(person).await?.ok_or_else(unknown)?;
            if found.value.name.as_str().starts_with(ERASED) {
                return Err(unknown());
            }
        }
        // Before anything else is read: what is committed meanwhile may be in what is read, and the next who asks is told so.
        let journal = store.journal_end().await?;
        let programme = store.get::<Programme>(programme).await?.ok_or_else(unknown)?;
        let context = ProgrammeContext { programme, store };
        let today =
            if feed.value.subject.has_due_work() { Some(self.today_in(&context).await?) } else { None };
        Ok(OpenFeed { feed, context, journal, today })
    }

    /// Reads what is in a feed, [`MOST_ENTRIES`] at most.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`].
    pub async fn read_calendar_feed(&self, open: &OpenFeed) -> Result<FeedContent, AppError> {
        let OpenFeed { feed, context, journal, today } = open;
        let subject = feed.value.subject;
        let persons = match subject.person() {
            Some(person) => ids_of_person(&context.store, person).await?,
            None => Vec::new(),
        };
        let engagements = engagements(context, subject, &persons).await?;
        let due = match today {
            Some(today) => self.due_of(context, *today, subject, &persons).await?,
            None => Vec::new(),
        };
        let last = JournalQuery::after(Sequence(journal.0.saturating_sub(1)), 1);
        let changed = context.store.journal(last).await?.first().map(|entry| entry.event.at);
        let partners = partners(context, &engagements).await?;
        let name = feed.value.name.to_string();
        Ok(FeedContent { name, changed: changed.unwrap_or_default(), engagements, partners, due })
    }

    /// What is due of the subject of a feed.
    async fn due_of(
        &self,
        context: &ProgrammeContext,
        today: NaiveDate,
        subject: FeedSubject,
        persons: &[PersonId],
    ) -> Result<Vec<DueItem>, AppError> {
        context.store.reckon_due(today).await?;
        let roles: Vec<Role> = if subject.person().is_some() {
            context.store.all::<Role>([]).await?.into_iter().map(|role| role.value).collect()
        } else {
            Vec::new()
        };
        let holders = RoleHolders::on(today, context.programme.value.host, &roles);
        let is_theirs = |item: &DueItem| match (subject.committee(), subject.person()) {
            (Some(committee), _) => {
                let owner = item.owner.as_ref().and_then(Responsible::committee);
                item.committee == Some(committee) || owner == Some(committee)
            }
            (None, Some(_)) => {
                let told = item.owner.as_ref().map(|owner| holders.of(owner)).unwrap_or_default();
                persons.iter().any(|person| told.contains(person))
            }
            (None, None) => true,
        };
        let mut query = DueQuery { limit: PAGE, ..DueQuery::default() };
        let mut due = Vec::new();
        loop {
            let page = context.store.due_items(query.clone()).await?;
            due.extend(page.items.into_iter().filter(is_theirs));
            query.after = page.next;
            if query.after.is_none() || due.len() >= MOST_ENTRIES {
                due.truncate(MOST_ENTRIES);
                return Ok(due);
            }
        }
    }

    /// Begins a command that lets what can be read flow out: it takes both rights.
    fn feed_command(&self, caller: &Caller, programme: ProgrammeId) -> Result<Command<'_>, AppError> {
        let command = self.command(caller, Scope::NotificationWrite, programme)?;
        may(&caller.grant, Scope::ProgrammeRead, Some(programme))
            .map_err(|denied| AppError::denied(denied, record_ref::<Programme>(programme)))?;
        Ok(command)
    }
}

impl OpenFeed {
    /// Names what is in the feed: the same text for the same content, another when something of the programme was changed, the link is another, or what
    /// is due may be otherwise as it is another day.
    #[must_use]
    pub fn tag(&self) -> String {
        let day = self.today.map(|day| format!("-{}", day.format("%Y%m%d"))).unwrap_or_default();
        format!("c{FORM}-{}-{}{day}", self.feed.revision, self.journal.0)
    }

    /// Which feed it is.
    #[must_use]
    pub const fn id(&self) -> CalendarFeedId {
        self.feed.value.id
    }
}

/// Refuses a subject whose record the programme does not have.
async fn checked(command: &Command<'_>, subject: FeedSubject) -> Result<(), AppError> {
    if let Some(partnership) = subject.partnership()
        && command.store.get::<Partnership>(partnership).await?.is_none()
    {
        return Err(command.missing("/partnership", partnership.into()).await);
    }
    if let Some(committee) = subject.committee()
        && command.store.get::<Committee>(committee).await?.is_none()
    {
        return Err(command.missing("/committee", committee.into()).await);
    }
    if let Some(person) = subject.person() {
        let Some(found) = command.store.get::<Person>(person).await? else {
            return Err(command.missing("/person", person.into()).await);
        };
        if let Some(into) = found.value.merged_into {
            return Err(MergeRefusal::Merged { person, into }.into());
        }
    }
    Ok(())
}

/// The engagements of a subject, the latest first.
async fn engagements(
    context: &ProgrammeContext,
    subject: FeedSubject,
    persons: &[PersonId],
) -> Result<Vec<Versioned<Engagement>>, AppError> {
    let all = Listing::<Engagement>::by_default(PAGE);
    let mut listing = match subject {
        FeedSubject::Programme => all,
        FeedSubject::Partnership(partnership) => all.filter(engagement::PARTNERSHIP.is(partnership)),
        FeedSubject::Committee(committee) => match of_committee(context, committee, all).await? {
            Some(listing) => listing,
            None => return Ok(Vec::new()),
        },
        FeedSubject::Person(_) => {
            let mut found =
                context.store.all([engagement::REPRESENTATIVES.has_any(persons.iter().copied())]).await?;
            found.reverse();
            found.truncate(MOST_ENTRIES);
            return Ok(found);
        }
        FeedSubject::DueWork | _ => return Ok(Vec::new()),
    };
    let mut found = Vec::new();
    loop {
        let page = context.store.list(&listing).await?;
        found.extend(page.items);
        listing.after = page.next;
        if listing.after.is_none() || found.len() >= MOST_ENTRIES {
            found.truncate(MOST_ENTRIES);
            return Ok(found);
        }
    }
}

/// The list of the engagements that a committee sees to; `None` if there is no such committee any more.
async fn of_committee(
    context: &ProgrammeContext,
    committee: CommitteeId,
    all: Listing<Engagement>,
) -> Result<Option<Listing<Engagement>>, AppError> {
    let Some(committee) = context.store.get::<Committee>(committee).await? else { return Ok(None) };
    let task = committee.value.task;
    Ok(match (task.partnership(), task.theme()) {
        (Some(partnership), _) => Some(all.filter(engagement::PARTNERSHIP.is(partnership))),
        (None, Some(theme)) => Some(all.filter(engagement::FOCI.has(theme.clone()))),
        (None, None) => None,
    })
}

/// What the partners are called with whom these engagements were.
async fn partners(
    context: &ProgrammeContext,
    engagements: &[Versioned<Engagement>],
) -> Result<BTreeMap<PartnershipId, String>, AppError> {
    let ids: BTreeSet<PartnershipId> = engagements.iter().map(|found| found.value.partnership).collect();
    let ids: Vec<PartnershipId> = ids.into_iter().collect();
    let found = context.with_places(context.store.get_many::<Partnership>(&ids).await?).await?;
    let host = context.programme.value.host;
    let name = |place: &Place| place.display_name().to_string();
    let named = found.into_iter().map(|found| {
        let others = found.places.iter().filter(|place| place.id != host).map(name);
        (found.partnership.value.id(), others.collect::<Vec<_>>().join(" · "))
    });
    Ok(named.collect())
}
