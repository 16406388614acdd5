//! Calendar feeds: what a calendar program fetches by a private link, and of what.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::access::TokenHash;
use crate::event::events;
use crate::id::{CalendarFeedId, CommitteeId, PartnershipId, PersonId, ProgrammeId};
use crate::named_enum;
use crate::value::Name;

named_enum! {
    /// Of what a feed is.
    #[non_exhaustive]
    pub enum FeedSubjectKind ("a subject of a calendar feed") {
        /// The engagements of the whole programme.
        Programme = "programme",
        /// The engagements of one partnership.
        Partnership = "partnership",
        /// What one committee is to do, and the engagements of the partnership or theme that it sees to.
        Committee = "committee",
        /// What one person is to do, by name or through what they hold, and the engagements in which they stood for somebody.
        Person = "person",
        /// All that is due.
        DueWork = "due_work",
    }
}

/// Of what a feed is, with the record that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FeedSubject {
    /// The engagements of the whole programme.
    Programme,
    /// The engagements of one partnership.
    Partnership(PartnershipId),
    /// What one committee is to do, and the engagements of the partnership or theme that it sees to.
    Committee(CommitteeId),
    /// What one person is to do, and the engagements in which they stood for somebody.
    Person(PersonId),
    /// All that is due.
    DueWork,
}

impl FeedSubject {
    /// The subject of this kind, if just the record is named that a subject of the kind has.
    #[must_use]
    pub fn of(
        kind: FeedSubjectKind,
        partnership: Option<PartnershipId>,
        committee: Option<CommitteeId>,
        person: Option<PersonId>,
    ) -> Option<Self> {
        match (kind, partnership, committee, person) {
            (FeedSubjectKind::Programme, None, None, None) => Some(Self::Programme),
            (FeedSubjectKind::Partnership, Some(partnership), None, None) => {
                Some(Self::Partnership(partnership))
            }
            (FeedSubjectKind::Committee, None, Some(committee), None) => Some(Self::Committee(committee)),
            (FeedSubjectKind::Person, None, None, Some(person)) => Some(Self::Person(person)),
            (FeedSubjectKind::DueWork, None, None, None) => Some(Self::DueWork),
            _ => None,
        }
    }

    /// Of which kind it is.
    #[must_use]
    pub const fn kind(&self) -> FeedSubjectKind {
        match self {
            Self::Programme => FeedSubjectKind::Programme,
            Self::Partnership(_) => FeedSubjectKind::Partnership,
            Self::Committee(_) => FeedSubjectKind::Committee,
            Self::Person(_) => FeedSubjectKind::Person,
            Self::DueWork => FeedSubjectKind::DueWork,
        }
    }

    /// The partnership that it is about, if it is about one.
    #[must_use]
    pub const fn partnership(&self) -> Option<PartnershipId> {
        match self {
            Self::Partnership(partnership) => Some(*partnership),
            Self::Programme | Self::Committee(_) | Self::Person(_) | Self::DueWork => None,
        }
    }

    /// The committee that it is about, if it is about one.
    #[must_use]
    pub const fn committee(&self) -> Option<CommitteeId> {
        match self {
            Self::Committee(committee) => Some(*committee),
            Self::Programme | Self::Partnership(_) | Self::Person(_) | Self::DueWork => None,
        }
    }

    /// The person that it is about, if it is about one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Programme | Self::Partnership(_) | Self::Committee(_) | Self::DueWork => None,
        }
    }

    /// Whether what is due is in it, so that it changes with the day.
    #[must_use]
    pub const fn has_due_work(&self) -> bool {
        match self {
            Self::Committee(_) | Self::Person(_) | Self::DueWork => true,
            Self::Programme | Self::Partnership(_) => false,
        }
    }
}

/// The link of a feed, of which only the hash is kept: whoever has the link needs no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedLink {
    /// The SHA-256 of what is secret in the link.
    pub hash: TokenHash,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// A calendar that programs fetch by a private link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct CalendarFeed {
    /// Its id.
    pub id: CalendarFeedId,
    /// Of whose records it is.
    pub programme: ProgrammeId,
    /// Of what.
    pub subject: FeedSubject,
    /// What the calendar is called, for programs that show several.
    pub name: Name,
    /// The link by which it is fetched; none until one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<FeedLink>,
}

impl CalendarFeed {
    /// Has it fetched by another link from now on, and no more by the one before.
    #[must_use]
    pub fn linked(mut self, hash: TokenHash, now: DateTime<Utc>) -> (Self, CalendarFeedEvent) {
        self.link = Some(FeedLink { hash, made_at: now });
        (self, CalendarFeedEvent::LinkMade {})
    }

    /// The event that it was set up.
    #[must_use]
    pub const fn created(&self) -> CalendarFeedEvent {
        CalendarFeedEvent::Created { subject: self.subject.kind() }
    }

    /// The event that it was removed.
    #[must_use]
    pub const fn deleted(&self) -> CalendarFeedEvent {
        CalendarFeedEvent::Deleted { subject: self.subject.kind() }
    }
}

events! {
    /// What happened to a calendar feed. The names are stable: subscribers match on them.
    pub enum CalendarFeedEvent {
        /// It was set up.
        Created = "calendar_feed.created" {
            /// Of what it is.
            subject: FeedSubjectKind,
        },
        /// It has a new link; the one before leads nowhere.
        LinkMade = "calendar_feed.link_made" {},
        /// It was removed: its link leads nowhere.
        Deleted = "calendar_feed.deleted" {
            /// Of what it was.
            subject: FeedSubjectKind,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededIds;

    #[test]
    fn a_subject_names_the_one_record_that_it_is_about_and_no_other() {
        let ids = SeededIds::new(1);
        let (partnership, committee) = (PartnershipId::next(&ids), CommitteeId::next(&ids));
        let person = PersonId::next(&ids);
        for kind in FeedSubjectKind::ALL {
            let mut fitting = Vec::new();
            for given in 0_u8..8 {
                let subject = FeedSubject::of(
                    kind,
                    (given & 1 != 0).then_some(partnership),
                    (given & 2 != 0).then_some(committee),
                    (given & 4 != 0).then_some(person),
                );
                if let Some(subject) = subject {
                    assert_eq!(subject.kind(), kind);
                    let named = [
                        subject.partnership().is_some(),
                        subject.committee().is_some(),
                        subject.person().is_some(),
                    ];
                    assert_eq!(named, [given & 1 != 0, given & 2 != 0, given & 4 != 0], "{kind}");
                    fitting.push(given);
                }
            }
            assert_eq!(fitting.len(), 1, "{kind} fits {fitting:?}");
        }
    }

    #[test]
    fn a_new_link_takes_the_place_of_the_one_before() {
        let ids = SeededIds::new(2);
        let feed = CalendarFeed {
            id: CalendarFeedId::next(&ids),
            programme: ProgrammeId::next(&ids),
            subject: FeedSubject::DueWork,
            name: Name::new("Due").expect("a name"),
            link: None,
        };
        let now: DateTime<Utc> = "2026-11-30T09:00:00Z".parse().expect("a moment");
        let (feed, _) = feed.linked(TokenHash::from_bytes([1; 32]), now);
        let (feed, event) = feed.linked(TokenHash::from_bytes([2; 32]), now);
        assert_eq!(feed.link.map(|link| link.hash), Some(TokenHash::from_bytes([2; 32])));
        assert_eq!(event.name(), "calendar_feed.link_made");
    }
}
