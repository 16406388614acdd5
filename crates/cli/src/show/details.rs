//! One record in full.

use sister_cities_client::api::engagement::{CareView, EngagementView};
use sister_cities_client::api::partnership::{ClaimWord, DateClaimBody, EpisodeBody, PartnershipView};

use super::text::{Renderer, Style, safe};
use super::wording::{Perspective, coverage, date, in_full, status, words};

/// A partnership with its episodes, decisions, record and notes.
pub(crate) fn partnership(
    perspective: &Perspective,
    partnership: &PartnershipView,
    renderer: Renderer,
    out: &mut String,
) {
    renderer.heading(out, &safe(&perspective.partners_in_full(&partnership.members)));
    let since = partnership.status.since.as_ref().map_or_else(String::new, |since| format!(" since {since}"));
    line(renderer, out, "id", &partnership.id.to_string());
    if let Some(day) = partnership.as_of {
        line(renderer, out, "as of", &day.to_string());
    }
    let mut standing = format!("{}{since}", status(&partnership.status.status));
    for other in &partnership.status.or {
        standing.push_str(", or ");
        standing.push_str(&status(other));
    }
    if partnership.status.or_not_begun {
        standing.push_str(", or not begun yet");
    }
    line(renderer, out, "status", &standing);
    if let Some(authority) = &partnership.status.authority {
        line(renderer, out, "by", authority.as_str());
    }
    if let Some(note) = &partnership.status.note {
        line(renderer, out, "why", note.as_str());
    }
    line(renderer, out, "revision", &partnership.revision.to_string());
    for episode in &partnership.episodes {
        out.push('\n');
        self::episode(perspective, partnership, episode, renderer, out);
    }
    if !partnership.decisions.is_empty() {
        out.push('\n');
        renderer.heading(out, "Decisions");
        for decision in &partnership.decisions {
            let head = format!("  {:<12}", date(decision.on.as_ref()));
            let mut text = words(decision.decision.as_str());
            let facts = [
                decision.measure.as_ref().map(|m| words(m)),
                decision.deadline.map(|d| format!("decide by {d}")),
                decision.authority.as_ref().map(|a| format!("by {a}")),
                decision.note.as_ref().map(ToString::to_string),
                decision.source.as_ref().map(|s| format!("[{s}]")),
            ];
            for fact in facts.into_iter().flatten() {
                text.push_str("; ");
                text.push_str(&fact);
            }
            renderer.hanging(out, (Style::Plain, &head), Style::Plain, &safe(&text));
        }
    }
    out.push('\n');
    let record = match partnership.record.as_slice() {
        [] => "not stated to be complete for any period".to_owned(),
        periods => format!("believed complete {}", coverage(periods)),
    };
    line(renderer, out, "record", &record);
    for period in &partnership.record {
        line(renderer, out, "", &format!("by {}", period.source));
    }
    for note in &partnership.notes {
        line(renderer, out, "note", note.text.as_str());
    }
}

fn episode(
    perspective: &Perspective,
    partnership: &PartnershipView,
    episode: &EpisodeBody,
    renderer: Renderer,
    out: &mut String,
) {
    renderer.heading(out, &safe(perspective.kind(&episode.kind)));
    for claim in &episode.began {
        claimed(renderer, out, "began", claim);
    }
    for claim in &episode.ended {
        claimed(renderer, out, "ended", claim);
    }
    for label in &episode.labels {
        let member = partnership.members.iter().find(|member| member.place == label.place);
        let side = member.map_or_else(|| label.place.to_string(), in_full);
        line(renderer, out, "called", &format!("\"{}\" by {side} [{}]", label.label, label.source));
    }
    for source in &episode.sources {
        line(renderer, out, "source", source.as_str());
    }
}

fn claimed(renderer: Renderer, out: &mut String, word: &str, claim: &DateClaimBody) {
    let kept = matches!(claim.standing, Some(ClaimWord::Kept));
    let word = if kept { "or" } else { word };
    line(renderer, out, word, &format!("{} [{}]", claim.date, claim.source));
}

/// What those who take part in an engagement need.
pub(crate) fn care(it: &EngagementView, care: &CareView, renderer: Renderer, out: &mut String) {
    renderer.heading(out, &safe(it.title.as_str()));
    line(renderer, out, "id", &it.id.to_string());
    let needed = care.care.as_ref().map_or("nothing is recorded", |care| care.as_str());
    line(renderer, out, "needed", needed);
}

/// An engagement with all its facts.
pub(crate) fn engagement(partner: &str, it: &EngagementView, renderer: Renderer, out: &mut String) {
    renderer.heading(out, &safe(it.title.as_str()));
    line(renderer, out, "id", &it.id.to_string());
    line(renderer, out, "with", partner);
    let until = it.end.as_ref().map_or_else(String::new, |end| format!(" to {end}"));
    line(renderer, out, "when", &format!("{}{until}", date(it.start.as_ref())));
    let foci: Vec<String> = it.foci.iter().map(|focus| words(&focus.to_string())).collect();
    line(renderer, out, "focus", &foci.join(", "));
    line(renderer, out, "way", it.direction.as_str());
    line(renderer, out, "contact", &words(it.mutuality.as_str()));
    line(renderer, out, "evidence", &words(it.evidence.as_str()));
    line(renderer, out, "happening", &words(it.happening.as_str()));
    for group in &it.participants {
        line(renderer, out, "people", &format!("{} {} ({})", group.people, group.role, group.side));
    }
    for organisation in &it.organisations {
        line(renderer, out, "by", &format!("{} ({})", organisation.name, organisation.side));
    }
    for cost in &it.costs {
        line(renderer, out, "cost", &format!("{} by {}", cost.amount.0, cost.party));
    }
    for outcome in &it.outcomes {
        line(renderer, out, "outcome", outcome.as_str());
    }
    if let Some(source) = &it.source {
        line(renderer, out, "source", source.as_str());
    }
    for note in &it.notes {
        line(renderer, out, "note", note.text.as_str());
    }
}

/// A fact: its name in a column of its own, its value folded beside it.
pub(crate) fn line(renderer: Renderer, out: &mut String, name: &str, value: &str) {
    renderer.hanging(out, (Style::Faint, &format!("  {name:<10}")), Style::Plain, &safe(value));
}
