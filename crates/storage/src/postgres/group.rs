//! Decides a group of change sets one after the other, each on what those before it leave behind. No database here.

use std::borrow::Cow;
use std::collections::HashMap;

use sister_cities_domain::id::{RecordKind, RecordRef};

use super::decide::decide;
use super::look::Look;
use super::queue::Waiting;
use crate::audit::{Draft, Head, Link, Replaced, links};
use crate::{ChangeSet, CommitError, Committed, Conflict, IdempotencyRecord, Outcome, RawBody, Revision};

/// What is to be decided.
pub(super) struct Group<'a> {
    pub(super) waiting: &'a [Waiting],
    /// If the programme is not there: the kind of which records would be left in it.
    pub(super) orphan: Option<RecordKind>,
}

/// What was decided.
pub(super) struct Decided<'a> {
    /// What is to be written, in the order of the group.
    pub(super) accepted: Vec<Accepted<'a>>,
    /// What is known already of each of the group.
    pub(super) answers: Vec<Option<Result<Outcome, CommitError>>>,
}

/// A change set that is to be written, with everything that follows from its place.
pub(super) struct Accepted<'a> {
    /// Its place in the group.
    pub(super) place: usize,
    pub(super) changes: &'a ChangeSet,
    /// The number of the commit.
    pub(super) change: i64,
    /// The revisions that the written records will be at: updates, then creations.
    pub(super) revisions: Vec<(RecordRef, Revision)>,
    pub(super) drafts: Cow<'a, [Draft]>,
    pub(super) links: Vec<Link>,
    /// Where the journal ends after it.
    pub(super) head: Head,
}

impl Accepted<'_> {
    /// What is answered once it is written.
    pub(super) fn outcome(&self) -> Outcome {
        let first_event = self.links.first().map(|link| link.sequence);
        Outcome::Committed(Committed { revisions: self.revisions.clone(), first_event })
    }
}

impl<'a> Group<'a> {
    /// Decides in order. The first is always decided. One that is refused for what another of the group does is left for the next
    /// time, with all after it: the group may yet come to nothing.
    pub(super) fn decide(self, look: &mut Look) -> Decided<'a> {
        let mut decided =
            Decided { accepted: Vec::new(), answers: self.waiting.iter().map(|_| None).collect() };
        let mut end = (look.change, look.head);
        for (place, waiting) in self.waiting.iter().enumerate() {
            let changes = waiting.prepared.changes();
            if let Some(answer) = replayed(changes, look.replies.get(&place)) {
                decided.answers[place] = Some(answer);
                continue;
            }
            if let Some(stale) = look.seen.stale(changes) {
                decided.answers[place] = Some(Err(stale));
                continue;
            }
            let is_first = decided.accepted.is_empty();
            let refusal = match decide(changes, &mut look.seen) {
                Ok(_) if self.orphan.is_some() && place > 0 => break,
                Ok(revisions) => {
                    match (self.orphan, accept(waiting, place, revisions, &mut look.before, end)) {
                        (Some(kind), _) => Conflict::NoProgramme(kind).into(),
                        (None, Ok(accepted)) => {
                            end = (accepted.change, accepted.head);
                            decided.accepted.push(accepted);
                            continue;
                        }
                        (None, Err(refusal)) => refusal,
                    }
                }
                Err(refusal) => refusal,
            };
            if is_first {
                decided.answers[place] = Some(Err(refusal));
            }
            break;
        }
        decided
    }
}

/// The answer to a request that was made before.
fn replayed(changes: &ChangeSet, stored: Option<&IdempotencyRecord>) -> Option<Result<Outcome, CommitError>> {
    let (stored, asked) = (stored?, changes.reply()?);
    if stored.expires_at <= changes.at() {
        return None;
    }
    Some(if stored.fingerprint == asked.fingerprint {
        Ok(Outcome::Replayed(stored.clone()))
    } else {
        Err(CommitError::KeyReused)
    })
}

fn accept<'a>(
    waiting: &'a Waiting,
    place: usize,
    revisions: Vec<(RecordRef, Revision)>,
    before: &mut HashMap<RecordRef, RawBody>,
    (last, head): (i64, Head),
) -> Result<Accepted<'a>, CommitError> {
    let changes = waiting.prepared.changes();
    let replaced = |(record, revision): &(RecordRef, Revision)| {
        Some(Replaced { record: *record, revision: *revision, before: before.remove(record)? })
    };
    let replaced: Vec<_> = revisions.iter().filter_map(replaced).collect();
    let drafts = waiting.prepared.drafts(&replaced)?;
    let links = links(changes, &drafts, head);
    let head = links.last().map_or(head, |last| Head { sequence: last.sequence, hash: last.hash });
    Ok(Accepted { place, changes, change: last + 1, revisions, drafts, links, head })
}
