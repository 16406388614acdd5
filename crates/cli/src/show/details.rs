//! One record in full.

use sister_cities_client::api::NoteBody;
use sister_cities_client::api::Word;
use sister_cities_client::api::engagement::{
    CareView, EngagementView, FollowUpQuestionView, FollowUpView, InvitedView, OrganisationBody,
    OutcomeAnswerView,
};
use sister_cities_client::api::partnership::ClaimStanding;
use sister_cities_client::api::partnership::{
    CoverageBody, DateClaimBody, DecisionView, EpisodeBody, LabelBody, MemberView, PartnershipView,
    StatusView,
};

use super::responsible::Names;
use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style};
use super::wording::{Perspective, coverage, date, grouped, in_full, status, words};

/// A partnership with its episodes, decisions, record and notes.
pub(crate) fn partnership(
    perspective: &Perspective,
    names: &Names,
    partnership: &PartnershipView,
    out: &mut Renderer,
) {
    // Each field is named, here and below: one that is added must be shown, or be left out on purpose.
    let PartnershipView {
        id,
        revision,
        members,
        as_of,
        status,
        since: _,
        episodes,
        decisions,
        record,
        notes,
    } = partnership;
    out.heading(&perspective.partners_in_full(members));
    out.fact("id", &id.to_string());
    if let Some(day) = as_of {
        out.fact("as of", &day.to_string());
    }
    standing(status, out);
    out.fact("revision", &revision.to_string());
    for episode in episodes {
        out.end_line();
        self::episode(perspective, members, episode, out);
    }
    if !decisions.is_empty() {
        out.end_line();
        out.heading("Decisions");
        for decision in decisions {
            self::decision(decision, out);
        }
    }
    out.end_line();
    let complete = match record.as_slice() {
        [] => "not stated to be complete for any period".to_owned(),
        periods => format!("believed complete {}", coverage(periods)),
    };
    out.fact("record", &complete);
    for CoverageBody { from: _, to: _, source, stated_by, stated_by_person } in record {
        let who = names.linked(stated_by.as_ref(), *stated_by_person);
        let who = who.map_or_else(String::new, |who| format!(", says {who}"));
        out.fact("", &format!("by {source}{who}"));
    }
    self::notes(notes, out);
}

fn standing(view: &StatusView, out: &mut Renderer) {
    let StatusView { status: now, since, deadline: _, authority, note, source: _, or, or_not_begun } = view;
    let since = since.as_ref().map_or_else(String::new, |since| format!(" since {since}"));
    let mut standing = format!("{}{since}", status(now));
    for other in or {
        standing.push_str(", or ");
        standing.push_str(&status(other));
    }
    if *or_not_begun {
        standing.push_str(", or not begun yet");
    }
    out.fact("status", &standing);
    if let Some(authority) = authority {
        out.fact("by", authority.as_str());
    }
    if let Some(note) = note {
        out.fact("why", note.as_str());
    }
}

fn decision(view: &DecisionView, out: &mut Renderer) {
    let DecisionView { decision, on, authority, source, episode: _, deadline, measure, note } = view;
    let head = format!("  {:<12}", date(on.as_ref()));
    let mut text = words(decision.as_str());
    let facts = [
        measure.as_ref().map(|m| words(m)),
        deadline.map(|d| format!("decide by {d}")),
        authority.as_ref().map(|a| format!("by {a}")),
        note.as_ref().map(ToString::to_string),
        source.as_ref().map(|s| format!("[{s}]")),
    ];
    for fact in facts.into_iter().flatten() {
        text.push_str("; ");
        text.push_str(&fact);
    }
    out.hanging((Style::Plain, &head), Style::Plain, &text);
}

fn episode(perspective: &Perspective, members: &[MemberView], episode: &EpisodeBody, out: &mut Renderer) {
    let EpisodeBody { kind, labels, began, ended, end: _, sources } = episode;
    out.heading(perspective.kind(kind));
    for claim in began {
        claimed(out, "began", claim);
    }
    for claim in ended {
        claimed(out, "ended", claim);
    }
    for LabelBody { place, label, source } in labels {
        let member = members.iter().find(|member| member.place == *place);
        let side = member.map_or_else(|| place.to_string(), in_full);
        out.fact("called", &format!("\"{label}\" by {side} [{source}]"));
    }
    for source in sources {
        out.fact("source", source.as_str());
    }
}

fn claimed(out: &mut Renderer, word: &str, claim: &DateClaimBody) {
    let DateClaimBody { date, source, standing } = claim;
    let kept = matches!(standing, Some(Word::Known(ClaimStanding::Kept)));
    let word = if kept { "or" } else { word };
    out.fact(word, &format!("{date} [{source}]"));
}

pub(crate) fn notes(notes: &[NoteBody], out: &mut Renderer) {
    for note in notes {
        out.fact("note", note.text.as_str());
    }
}

/// What those who take part in an engagement need.
pub(crate) fn care(it: &EngagementView, care: &CareView, out: &mut Renderer) {
    let CareView { revision: _, care } = care;
    out.heading(it.title.as_str());
    out.fact("id", &it.id.to_string());
    let needed = care.as_ref().map_or("nothing is recorded", |care| care.as_str());
    out.fact("needed", needed);
}

/// The questions on what came of an engagement.
pub(crate) fn follow_up(it: &EngagementView, found: &FollowUpView, out: &mut Renderer) {
    out.heading(it.title.as_str());
    let mut table = Table::new([
        Column::fixed("Asked from"),
        Column::fixed("After"),
        Column::fixed("Side"),
        Column::words("Known to have come", 20),
    ]);
    for FollowUpQuestionView { engagement: _, side, after, due_on, known } in &found.questions {
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        table.row([
            due_on.to_string().into(),
            words(after.as_str()).into(),
            side.as_str().into(),
            if known.is_empty() { Cell::none() } else { known.join(", ").into() },
        ]);
    }
    table.render_or("Nobody is asked: it is not marked, not held, not dated, or all is answered.", out);
}

/// An engagement with all its facts.
pub(crate) fn engagement(partner: &str, names: &Names, it: &EngagementView, out: &mut Renderer) {
    let EngagementView {
        id,
        revision: _,
        partnership: _,
        title,
        foci,
        direction,
        start,
        end,
        participants,
        organisations,
        costs,
        outcomes,
        follow_up,
        outcome_answers,
        invited,
        evidence,
        mutuality,
        source,
        happening,
        notes,
    } = it;
    out.heading(title.as_str());
    out.fact("id", &id.to_string());
    out.fact("with", partner);
    let until = end.as_ref().map_or_else(String::new, |end| format!(" to {end}"));
    out.fact("when", &format!("{}{until}", date(start.as_ref())));
    let foci: Vec<String> = foci.iter().map(|focus| words(&focus.to_string())).collect();
    out.fact("focus", &foci.join(", "));
    out.fact("way", direction.as_str());
    out.fact("contact", &words(mutuality.as_str()));
    out.fact("evidence", &words(evidence.as_str()));
    out.fact("happening", &words(happening.as_str()));
    for group in participants {
        out.fact("people", &format!("{} {} ({})", group.people, group.role, group.side));
    }
    for OrganisationBody { name, side, representatives, organisation, represented_by } in organisations {
        let by = names.linked(Some(name), *organisation).unwrap_or_default();
        out.fact("by", &format!("{by} ({side})"));
        let recorded: Vec<String> = represented_by.iter().map(|id| names.named(id)).collect();
        let written = representatives.iter().map(ToString::to_string);
        let written = written.filter(|name| !recorded.contains(name));
        let who: Vec<String> = written.chain(recorded.iter().cloned()).collect();
        if !who.is_empty() {
            out.fact("", &format!("represented by {}", who.join(", ")));
        }
    }
    for cost in costs {
        out.fact("cost", &format!("{} by {}", grouped(&cost.amount.0.to_string()), cost.party));
    }
    for outcome in outcomes {
        out.fact("outcome", outcome.as_str());
    }
    if *follow_up {
        out.fact("follow-up", "both sides are asked what came of it");
    }
    for OutcomeAnswerView { side, after, said, outcome, on } in outcome_answers {
        let which = outcome.map_or_else(String::new, |outcome| format!(" {outcome}"));
        let (after, said) = (words(after.as_str()), words(said.as_str()));
        out.fact("", &format!("{on}  {side}, after {after}: {said}{which}"));
    }
    for InvitedView { person, said, counts, answered_at } in invited {
        let answer = match (said, answered_at) {
            (Some(said), Some(at)) => {
                let before = if *counts == Some(false) { ", before it changed" } else { "" };
                format!("{} on {}{before}", words(said.as_str()), at.format("%Y-%m-%d"))
            }
            _ => "no answer yet".to_owned(),
        };
        out.fact("invited", &format!("{}: {answer}", names.named(person)));
    }
    if let Some(source) = source {
        out.fact("source", source.as_str());
    }
    self::notes(notes, out);
}
