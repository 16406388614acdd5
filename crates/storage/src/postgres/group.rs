//! Decides a group of change sets one after the other, each on what those before it leave behind. No database here.

use super::prefetch::Prefetched;
use super::waiting::Waiting;
use crate::decide::{Accepted, Decision, Undecided, decide};
use crate::{CommitError, Outcome};

/// What became of each change set of a group; none if it has to be tried again with the next.
pub(super) type Answers = Vec<Option<Result<Outcome, CommitError>>>;

/// Decides in order: answers what is to be written, and what is known of each of the group if that is written. One that may have been
/// refused for what another of the group does is left for the next time, with all after it: the group may yet come to nothing.
pub(super) fn decide_all<'a>(
    group: &'a [Waiting],
    prefetched: &mut Prefetched,
) -> (Vec<Accepted<'a>>, Answers) {
    let (mut all, mut tail) = (Vec::new(), prefetched.tail);
    let mut answers: Answers = group.iter().map(|_| None).collect();
    for (waiting, answer) in group.iter().zip(&mut answers) {
        match decide(&waiting.prepared, tail, &mut prefetched.seen) {
            Ok(Decision::Replayed(reply)) => *answer = Some(Ok(Outcome::Replayed(reply))),
            Ok(Decision::Accepted(accepted)) => {
                *answer = Some(Ok(accepted.outcome()));
                prefetched.seen.accepted(&accepted);
                tail = accepted.tail;
                all.push(accepted);
            }
            // No two of a group change the same record or are the same request.
            Err(Undecided::Refused(refusal @ (CommitError::Stale { .. } | CommitError::KeyReused))) => {
                *answer = Some(Err(refusal));
            }
            Err(Undecided::Refused(refusal)) if all.is_empty() => *answer = Some(Err(refusal)),
            Err(Undecided::Refused(_)) => break,
            Err(Undecided::Unread(never)) => match never {},
        }
    }
    (all, answers)
}
