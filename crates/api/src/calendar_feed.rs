//! Calendar feeds: what calendar programs fetch by a private link.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubjectKind};
use sister_cities_domain::id::{CalendarFeedId, CommitteeId, PartnershipId, PersonId, ProgrammeId};
use sister_cities_domain::value::Name;

use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, OrderWord, Page, RecordedQuery};

/// Where a feed is fetched: its programme, its id, and what is secret with `.ics` behind it. It takes no token and answers `text/calendar`.
pub const FEED_ROUTE: &str = "/v1/calendars/{programme}/{feed}/{file}";

/// The path of the private link of a feed.
#[must_use]
pub fn feed_path(programme: ProgrammeId, feed: CalendarFeedId, secret: &str) -> String {
    format!("/v1/calendars/{programme}/{feed}/{secret}.ics")
}

crate::endpoints! {
    /// Lists calendar feeds, in the order of creation.
    GET "/v1/programmes/{programme}/calendar-feeds" for ProgrammeRead
    list_calendar_feeds: ListCalendarFeeds(ProgrammePath, query: ListCalendarFeedsQuery) -> Page<CalendarFeedView>;

    /// Sets up a calendar feed.
    ///
    /// Calendar programs fetch it by a private link, which is made by another request. Besides `notification:write` it takes `programme:read`, as whoever
    /// has the link reads what is in the feed: titles and days of engagements, and what is due. People, costs and notes are never in it.
    POST "/v1/programmes/{programme}/calendar-feeds" for NotificationWrite
    create_calendar_feed: CreateCalendarFeed(ProgrammePath, body: CalendarFeedBody) -> 201 CalendarFeedView | Conflict, ETag;

    /// Reads one calendar feed.
    GET "/v1/programmes/{programme}/calendar-feeds/{feed}" for ProgrammeRead
    get_calendar_feed: GetCalendarFeed(CalendarFeedPath, query: RecordedQuery) -> CalendarFeedView, ETag;

    /// Gives a calendar feed a new link, and shows it this once.
    ///
    /// The link of before leads nowhere from now on. Besides `notification:write` it takes `programme:read`. What the link answers: the calendar
    /// (`text/calendar`) with a strong `ETag`, so that it need not be sent again while nothing has changed; 404 once the feed was removed.
    PUT "/v1/programmes/{programme}/calendar-feeds/{feed}/link" for NotificationWrite
    link_calendar_feed: LinkCalendarFeed(CalendarFeedPath) -> CalendarFeedLinkView | Conflict, IfMatch;

    /// Removes a calendar feed: its link leads nowhere from now on.
    DELETE "/v1/programmes/{programme}/calendar-feeds/{feed}" for NotificationWrite
    delete_calendar_feed: DeleteCalendarFeed(CalendarFeedPath) -> 204 NoContent | Conflict, IfMatch;
}

crate::parameters! {
    /// Names a calendar feed in a path.
    pub struct CalendarFeedPath in programme {
        /// The feed.
        pub feed: CalendarFeedId,
    }

    /// Which calendar feeds to list.
    #[derive(Default)]
    pub struct ListCalendarFeedsQuery in pages {
        /// Only those of this kind of subject.
        pub subject: Option<FeedSubjectKind>,
        /// Only those of this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those of this committee.
        pub committee: Option<CommitteeId>,
        /// Only those of this person.
        pub person: Option<PersonId>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

crate::words! {
    /// Of what a feed is.
    FeedSubjectWord = FeedSubjectKind;
}

/// A calendar feed, as created. It names the record that its subject is about, and no other.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFeedBody {
    /// Of what it is.
    pub subject: FeedSubjectKind,
    /// The partnership, of a feed of one.
    pub partnership: Option<PartnershipId>,
    /// The committee, of a feed of one.
    pub committee: Option<CommitteeId>,
    /// The person, of a feed of one.
    pub person: Option<PersonId>,
    /// What the calendar is called.
    pub name: Name,
}

/// A calendar feed.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarFeedView {
    /// Its id.
    pub id: CalendarFeedId,
    /// The revision to name in `If-Match` when giving it a link or removing it.
    pub revision: u32,
    /// Of what it is.
    pub subject: FeedSubjectWord,
    /// The partnership that it is about.
    pub partnership: Option<PartnershipId>,
    /// The committee that it is about.
    pub committee: Option<CommitteeId>,
    /// The person that it is about.
    pub person: Option<PersonId>,
    /// What the calendar is called.
    pub name: Name,
    /// When its link was made; not given while it has none.
    pub linked_at: Option<DateTime<Utc>>,
}

/// A calendar feed with its new link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarFeedLinkView {
    /// The id of the feed.
    pub id: CalendarFeedId,
    /// The revision of the feed.
    pub revision: u32,
    /// The path of the link at this server. Whoever has it reads the calendar, so it is to be kept like a password; it is shown this once.
    pub path: String,
}

impl CalendarFeedView {
    /// Shows a feed at a revision.
    #[must_use]
    pub fn of(feed: &CalendarFeed, revision: u32) -> Self {
        let CalendarFeed { id, programme: _, subject, name, link } = feed;
        Self {
            id: *id,
            revision,
            subject: subject.kind().into(),
            partnership: subject.partnership(),
            committee: subject.committee(),
            person: subject.person(),
            name: name.clone(),
            linked_at: link.map(|link| link.made_at),
        }
    }
}
