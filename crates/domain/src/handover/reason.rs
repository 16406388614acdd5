//! Why this city at all: what was decided and signed, and what the file remarks.

use super::HandoverFile;
use crate::id::AgreementId;
use crate::partnership::{Act, ActKind, Partnership};
use crate::value::{FreeText, Name, PartialDate, Source};

/// Something that says why the cities are partners.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason<'a> {
    /// When that was, as precisely as is known.
    pub on: Option<PartialDate>,
    /// What sort of reason it is.
    pub kind: ReasonKind,
    /// What was said or signed, in words.
    pub text: Option<&'a str>,
    /// Who decided it.
    pub authority: Option<&'a Name>,
    /// Where it can be read.
    pub source: Option<&'a Source>,
}

/// What sort of reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReasonKind {
    /// A decision.
    Decision(ActKind),
    /// An agreement.
    Agreement(AgreementId),
    /// A remark.
    Note,
}

pub(super) fn reasons<'a>(file: &HandoverFile<'a>) -> Vec<Reason<'a>> {
    let Some(partnership) = file.partnership else { return Vec::new() };
    let mut reasons = decisions(partnership);
    reasons.extend(file.agreements.iter().map(|agreement| Reason {
        on: agreement.signed_on(),
        kind: ReasonKind::Agreement(agreement.id()),
        text: Some(agreement.title().as_str()),
        authority: None,
        source: None,
    }));
    reasons.extend(partnership.notes().iter().map(|note| Reason {
        on: None,
        kind: ReasonKind::Note,
        text: Some(note.text.as_str()),
        authority: None,
        source: note.source.as_ref(),
    }));
    reasons.sort_by_key(|reason| (reason.on.is_none(), reason.on.map(|on| on.sort_key())));
    reasons
}

/// The decisions that say why: those that led to the partnership, and those that stood by it.
fn decisions(partnership: &Partnership) -> Vec<Reason<'_>> {
    let told = partnership.decisions().iter().filter_map(|decision| {
        let (text, of_episode) = match &decision.act {
            Act::Agree { episode } => {
                let episode = partnership.episodes().get(*episode)?;
                let began = episode.began.as_ref().map(|began| &began.chosen().source);
                (Some(episode.kind.as_str()), began.or(episode.sources.first()))
            }
            Act::Reawaken { plan: words } | Act::Reaffirm { statement: words } => {
                (words.as_ref().map(FreeText::as_str), None)
            }
            Act::Enquire | Act::Assess | Act::Explore | Act::Reawakened => (None, None),
            Act::Decline { .. }
            | Act::Review { .. }
            | Act::Suspend { .. }
            | Act::Resume { .. }
            | Act::Conclude { .. }
            | Act::Honour
            | Act::Measure { .. } => return None,
        };
        Some(Reason {
            on: partnership.date_of(decision),
            kind: ReasonKind::Decision(decision.act.kind()),
            text,
            authority: decision.authority.as_ref(),
            source: decision.source.as_ref().or(of_episode),
        })
    });
    told.collect()
}
