//! One record in full.

use sister_cities_client::api::engagement::{CareView, EngagementView};
use sister_cities_client::api::partnership::{ClaimWord, DateClaimBody, EpisodeBody, PartnershipView};

use super::bond::{Lens, coverage, date, in_full, status, words};
use super::text::{Canvas, Ink, safe};

/// A partnership with its episodes, decisions, record and notes.
pub(crate) fn partnership(lens: &Lens, bond: &PartnershipView, canvas: Canvas, out: &mut String) {
    canvas.heading(out, &safe(&lens.partners_in_full(&bond.members)));
    let since = bond.status.since.as_ref().map_or_else(String::new, |since| format!(" since {since}"));
    line(canvas, out, "id", &bond.id.to_string());
    if let Some(day) = bond.as_of {
        line(canvas, out, "as of", &day.to_string());
    }
    let mut standing = format!("{}{since}", status(&bond.status.status));
    for other in &bond.status.or {
        standing.push_str(", or ");
        standing.push_str(&status(other));
    }
    if bond.status.or_not_begun {
        standing.push_str(", or not begun yet");
    }
    line(canvas, out, "status", &standing);
    if let Some(authority) = &bond.status.authority {
        line(canvas, out, "by", authority.as_str());
    }
    if let Some(note) = &bond.status.note {
        line(canvas, out, "why", note.as_str());
    }
    line(canvas, out, "revision", &bond.revision.to_string());
    for episode in &bond.episodes {
        out.push('\n');
        self::episode(lens, bond, episode, canvas, out);
    }
    if !bond.decisions.is_empty() {
        out.push('\n');
        canvas.heading(out, "Decisions");
        for decision in &bond.decisions {
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
            canvas.hanging(out, (Ink::Plain, &head), Ink::Plain, &safe(&text));
        }
    }
    out.push('\n');
    let record = match bond.record.as_slice() {
        [] => "not stated to be complete for any period".to_owned(),
        periods => format!("believed complete {}", coverage(periods)),
    };
    line(canvas, out, "record", &record);
    for period in &bond.record {
        line(canvas, out, "", &format!("by {}", period.source));
    }
    for note in &bond.notes {
        line(canvas, out, "note", note.text.as_str());
    }
}

fn episode(lens: &Lens, bond: &PartnershipView, episode: &EpisodeBody, canvas: Canvas, out: &mut String) {
    canvas.heading(out, &safe(lens.kind(&episode.kind)));
    for claim in &episode.began {
        claimed(canvas, out, "began", claim);
    }
    for claim in &episode.ended {
        claimed(canvas, out, "ended", claim);
    }
    for label in &episode.labels {
        let member = bond.members.iter().find(|member| member.place == label.place);
        let side = member.map_or_else(|| label.place.to_string(), in_full);
        line(canvas, out, "called", &format!("\"{}\" by {side} [{}]", label.label, label.source));
    }
    for source in &episode.sources {
        line(canvas, out, "source", source.as_str());
    }
}

fn claimed(canvas: Canvas, out: &mut String, word: &str, claim: &DateClaimBody) {
    let kept = matches!(claim.standing, Some(ClaimWord::Kept));
    let word = if kept { "or" } else { word };
    line(canvas, out, word, &format!("{} [{}]", claim.date, claim.source));
}

/// What those who take part in an engagement need.
pub(crate) fn care(it: &EngagementView, care: &CareView, canvas: Canvas, out: &mut String) {
    canvas.heading(out, &safe(it.title.as_str()));
    line(canvas, out, "id", &it.id.to_string());
    let needed = care.care.as_ref().map_or("nothing is recorded", |care| care.as_str());
    line(canvas, out, "needed", needed);
}

/// An engagement with all its facts.
pub(crate) fn engagement(partner: &str, it: &EngagementView, canvas: Canvas, out: &mut String) {
    canvas.heading(out, &safe(it.title.as_str()));
    line(canvas, out, "id", &it.id.to_string());
    line(canvas, out, "with", partner);
    let until = it.end.as_ref().map_or_else(String::new, |end| format!(" to {end}"));
    line(canvas, out, "when", &format!("{}{until}", date(it.start.as_ref())));
    let foci: Vec<String> = it.foci.iter().map(|focus| words(&focus.to_string())).collect();
    line(canvas, out, "focus", &foci.join(", "));
    line(canvas, out, "way", it.direction.as_str());
    line(canvas, out, "contact", &words(it.mutuality.as_str()));
    line(canvas, out, "evidence", &words(it.evidence.as_str()));
    line(canvas, out, "happening", &words(it.happening.as_str()));
    for group in &it.participants {
        line(canvas, out, "people", &format!("{} {} ({})", group.people, group.role, group.side));
    }
    for organisation in &it.organisations {
        line(canvas, out, "by", &format!("{} ({})", organisation.name, organisation.side));
    }
    for cost in &it.costs {
        line(canvas, out, "cost", &format!("{} by {}", cost.amount.0, cost.party));
    }
    for outcome in &it.outcomes {
        line(canvas, out, "outcome", outcome.as_str());
    }
    if let Some(source) = &it.source {
        line(canvas, out, "source", source.as_str());
    }
    for note in &it.notes {
        line(canvas, out, "note", note.text.as_str());
    }
}

/// A fact: its name in a column of its own, its value folded beside it.
pub(crate) fn line(canvas: Canvas, out: &mut String, name: &str, value: &str) {
    canvas.hanging(out, (Ink::Faint, &format!("  {name:<10}")), Ink::Plain, &safe(value));
}
