//! Shows how far a plan is, with its points and what was done about them.

use std::fmt::Write as _;

use sister_cities_client::api::domain::promise::PromisedBy;
use sister_cities_client::api::domain::value::FreeText;
use sister_cities_client::api::promise::{
    ActionPlanView, ActionPointView, CheckRhythmBody, PlanProgressView, PointOwnerBody,
};

use crate::show::responsible::Names;
use crate::show::text::{Renderer, Style};
use crate::show::wording::{date, words};

/// How far a plan is, with all its points.
pub(super) fn progress_of_plan(
    partner: &str,
    progress: &PlanProgressView,
    names: &Names,
    out: &mut Renderer,
) {
    // Each field is named, here and below: one that is added must be shown, or be left out on purpose.
    let PlanProgressView { on, plan, done, dropped, stalled, late, next, points } = progress;
    let ActionPlanView {
        id,
        revision: _,
        partnership: _,
        agreement,
        title,
        kind,
        agreed_on,
        ends_on,
        check,
        last_check,
        next_check,
        source,
        notes,
    } = plan;
    out.heading(title.as_str());
    out.fact("id", &id.to_string());
    out.fact("with", partner);
    out.fact("kind", &words(kind.as_str()));
    if let Some(agreement) = agreement {
        out.fact("agreement", &agreement.to_string());
    }
    let until = ends_on.map_or_else(String::new, |end| format!(", runs to {end}"));
    out.fact("agreed", &format!("{}{until}", date(agreed_on.as_ref())));
    if let Some(CheckRhythmBody { every_months, from: _ }) = check {
        let next = next_check.map_or_else(String::new, |day| format!(", next by {day}"));
        out.fact("check", &format!("every {every_months} months{next}"));
    }
    if let Some(last) = last_check {
        let remark = last.remark.as_ref().map_or_else(String::new, |remark| format!(": {remark}"));
        out.fact("checked", &format!("{}{remark}", last.on));
    }
    if let Some(source) = source {
        out.fact("source", source.as_str());
    }
    for note in notes {
        out.fact("note", note.text.as_str());
    }
    let mut said = format!("{on}: {done} of {} done", points.len());
    for (number, word) in [(*dropped, "dropped"), (*stalled, "stalled"), (late_number(late), "late")] {
        if number > 0 {
            // Writing to a `String` does not fail.
            let _ = write!(said, ", {number} {word}");
        }
    }
    out.fact("progress", &said);
    for point in points {
        out.end_line();
        let mark = if late.contains(&point.id) {
            (Style::Bad, "late")
        } else if *next == Some(point.id) {
            (Style::Watch, "next")
        } else {
            (Style::Plain, "")
        };
        self::point(point, mark, names, out);
    }
}

fn late_number<T>(late: &[T]) -> u32 {
    u32::try_from(late.len()).unwrap_or(u32::MAX)
}

fn point(it: &ActionPointView, (style, mark): (Style, &str), names: &Names, out: &mut Renderer) {
    let ActionPointView {
        id: _,
        revision: _,
        plan: _,
        partnership: _,
        number,
        title,
        text,
        promised_by,
        host,
        counterpart,
        due,
        state,
        steps,
        public_status,
        publicity,
    } = it;
    out.hanging((Style::Strong, &format!("{number:>3}  ")), Style::Strong, title.as_str());
    let due = due.map_or_else(String::new, |due| format!(", due {due}"));
    let mark = if mark.is_empty() { String::new() } else { format!(", {mark}") };
    out.hanging((Style::Plain, "     "), style, &format!("{}{due}{mark}", words(state.as_str())));
    if let Some(text) = text {
        out.hanging((Style::Plain, "     "), Style::Plain, text.as_str());
    }
    for (side, owner) in [(PromisedBy::Host, host), (PromisedBy::Counterpart, counterpart)] {
        let other = if side == PromisedBy::Host { PromisedBy::Counterpart } else { PromisedBy::Host };
        if owner.is_none() && *promised_by == other {
            continue;
        }
        let who = owner.as_ref().map_or_else(|| "nobody is named".to_owned(), |owner| in_words(owner, names));
        out.hanging((Style::Faint, &format!("     {side}: ")), Style::Plain, &who);
    }
    for step in steps {
        let mut said = words(step.step.as_str());
        let side = step.side.as_ref().map(|side| format!("by {side}"));
        let facts = [
            side,
            text_of(step.evidence.as_ref()),
            text_of(step.reason.as_ref()),
            text_of(step.remark.as_ref()),
        ];
        for fact in facts.into_iter().flatten() {
            said.push_str("; ");
            said.push_str(&fact);
        }
        out.hanging((Style::Faint, &format!("     {:<11} ", step.on)), Style::Plain, &said);
    }
    if let Some(status) = public_status {
        out.hanging((Style::Faint, &format!("     {publicity}: ")), Style::Plain, status.as_str());
    }
}

fn text_of(text: Option<&FreeText>) -> Option<String> {
    text.map(ToString::to_string)
}

fn in_words(owner: &PointOwnerBody, names: &Names) -> String {
    let accepted = match &owner.accepted {
        None => " (not accepted yet)".to_owned(),
        Some(accepted) => accepted.on.map_or_else(String::new, |on| format!(" (accepted {on})")),
    };
    format!("{}{accepted}", names.responsible(Some(&owner.responsible)))
}
