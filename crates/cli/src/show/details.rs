//! One record in full.

use sister_cities_client::api::NoteBody;
use sister_cities_client::api::Word;
use sister_cities_client::api::engagement::{CareView, EngagementView};
use sister_cities_client::api::partnership::ClaimStanding;
use sister_cities_client::api::partnership::{
    CoverageBody, DateClaimBody, DecisionView, EpisodeBody, LabelBody, MemberView, PartnershipView,
    StatusView,
};

use super::text::{Renderer, Style, safe};
use super::wording::{Perspective, coverage, date, in_full, status, words};

/// A partnership with its episodes, decisions, record and notes.
pub(crate) fn partnership(
    perspective: &Perspective,
    partnership: &PartnershipView,
    renderer: Renderer,
    out: &mut String,
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
    renderer.heading(out, &safe(&perspective.partners_in_full(members)));
    line(renderer, out, "id", &id.to_string());
    if let Some(day) = as_of {
        line(renderer, out, "as of", &day.to_string());
    }
    standing(status, renderer, out);
    line(renderer, out, "revision", &revision.to_string());
    for episode in episodes {
        out.push('\n');
        self::episode(perspective, members, episode, renderer, out);
    }
    if !decisions.is_empty() {
        out.push('\n');
        renderer.heading(out, "Decisions");
        for decision in decisions {
            self::decision(decision, renderer, out);
        }
    }
    out.push('\n');
    let complete = match record.as_slice() {
        [] => "not stated to be complete for any period".to_owned(),
        periods => format!("believed complete {}", coverage(periods)),
    };
    line(renderer, out, "record", &complete);
    for CoverageBody { from: _, to: _, source, stated_by: _ } in record {
        line(renderer, out, "", &format!("by {source}"));
    }
    self::notes(notes, renderer, out);
}

fn standing(view: &StatusView, renderer: Renderer, out: &mut String) {
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
    line(renderer, out, "status", &standing);
    if let Some(authority) = authority {
        line(renderer, out, "by", authority.as_str());
    }
    if let Some(note) = note {
        line(renderer, out, "why", note.as_str());
    }
}

fn decision(view: &DecisionView, renderer: Renderer, out: &mut String) {
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
    renderer.hanging(out, (Style::Plain, &head), Style::Plain, &safe(&text));
}

fn episode(
    perspective: &Perspective,
    members: &[MemberView],
    episode: &EpisodeBody,
    renderer: Renderer,
    out: &mut String,
) {
    let EpisodeBody { kind, labels, began, ended, end: _, sources } = episode;
    renderer.heading(out, &safe(perspective.kind(kind)));
    for claim in began {
        claimed(renderer, out, "began", claim);
    }
    for claim in ended {
        claimed(renderer, out, "ended", claim);
    }
    for LabelBody { place, label, source } in labels {
        let member = members.iter().find(|member| member.place == *place);
        let side = member.map_or_else(|| place.to_string(), in_full);
        line(renderer, out, "called", &format!("\"{label}\" by {side} [{source}]"));
    }
    for source in sources {
        line(renderer, out, "source", source.as_str());
    }
}

fn claimed(renderer: Renderer, out: &mut String, word: &str, claim: &DateClaimBody) {
    let DateClaimBody { date, source, standing } = claim;
    let kept = matches!(standing, Some(Word::Known(ClaimStanding::Kept)));
    let word = if kept { "or" } else { word };
    line(renderer, out, word, &format!("{date} [{source}]"));
}

fn notes(notes: &[NoteBody], renderer: Renderer, out: &mut String) {
    for note in notes {
        line(renderer, out, "note", note.text.as_str());
    }
}

/// What those who take part in an engagement need.
pub(crate) fn care(it: &EngagementView, care: &CareView, renderer: Renderer, out: &mut String) {
    let CareView { revision: _, care } = care;
    renderer.heading(out, &safe(it.title.as_str()));
    line(renderer, out, "id", &it.id.to_string());
    let needed = care.as_ref().map_or("nothing is recorded", |care| care.as_str());
    line(renderer, out, "needed", needed);
}

/// An engagement with all its facts.
pub(crate) fn engagement(partner: &str, it: &EngagementView, renderer: Renderer, out: &mut String) {
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
        evidence,
        mutuality,
        source,
        happening,
        notes,
    } = it;
    renderer.heading(out, &safe(title.as_str()));
    line(renderer, out, "id", &id.to_string());
    line(renderer, out, "with", partner);
    let until = end.as_ref().map_or_else(String::new, |end| format!(" to {end}"));
    line(renderer, out, "when", &format!("{}{until}", date(start.as_ref())));
    let foci: Vec<String> = foci.iter().map(|focus| words(&focus.to_string())).collect();
    line(renderer, out, "focus", &foci.join(", "));
    line(renderer, out, "way", direction.as_str());
    line(renderer, out, "contact", &words(mutuality.as_str()));
    line(renderer, out, "evidence", &words(evidence.as_str()));
    line(renderer, out, "happening", &words(happening.as_str()));
    for group in participants {
        line(renderer, out, "people", &format!("{} {} ({})", group.people, group.role, group.side));
    }
    for organisation in organisations {
        line(renderer, out, "by", &format!("{} ({})", organisation.name, organisation.side));
    }
    for cost in costs {
        line(renderer, out, "cost", &format!("{} by {}", cost.amount.0, cost.party));
    }
    for outcome in outcomes {
        line(renderer, out, "outcome", outcome.as_str());
    }
    if let Some(source) = source {
        line(renderer, out, "source", source.as_str());
    }
    self::notes(notes, renderer, out);
}

/// A fact: its name in a column of its own, its value folded beside it.
pub(crate) fn line(renderer: Renderer, out: &mut String, name: &str, value: &str) {
    renderer.hanging(out, (Style::Faint, &format!("  {name:<10}")), Style::Plain, &safe(value));
}
