//! One partnership's vitality: what it is called, why, what is to come, and every input.

use sister_cities_client::api::domain::vitality::StandingKind;
use std::collections::BTreeMap;

use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::vitality::{ForecastView, InputView, VitalityView};

use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style};
use super::wording::{Perspective, coverage, date, forecast_in_full, present_kind, score, standing, words};

/// Renders `vitality` of the partnership `partnership`.
pub(crate) fn render(
    perspective: &Perspective,
    partnership: &PartnershipView,
    vitality: &VitalityView,
    out: &mut Renderer,
) {
    // Each field is named: one that is added must be shown, or be left out on purpose.
    let VitalityView {
        partnership: _,
        members,
        as_of,
        standing: view,
        score: rating,
        components: _,
        last_mutual: _,
        forecast,
        inputs: rests_on,
    } = vitality;
    let name = perspective.partners_in_full(members);
    let kind = present_kind(partnership).map_or("bond", |kind| perspective.kind(kind));
    let since = partnership.since.as_ref().map_or_else(String::new, |since| format!(" since {since}"));
    out.heading(&format!("{name}: {kind}{since}, as of {as_of}"));

    let standing = standing(view);
    out.paint(standing.style(), standing.word());
    if let Some(s) = rating {
        let typical = format!("{:.0}", s.typical);
        let range = score(s);
        let doubt =
            if range == typical { String::new() } else { format!(" ({range}, as the dates are uncertain)") };
        out.paint(Style::Plain, &format!("  score {typical} of 100{doubt}"));
    }
    out.end_line();
    out.paragraph(2, Style::Plain, &view.sentence);
    if view.standing == StandingKind::Suspended {
        let facts = [
            partnership.status.authority.as_ref().map(|a| format!("By {a}.")),
            partnership.status.note.as_ref().map(ToString::to_string),
        ];
        for fact in facts.into_iter().flatten() {
            out.paragraph(2, Style::Plain, &fact);
        }
    }

    why(vitality, out);
    if let Some(forecast) = forecast {
        outlook(forecast, out);
    }
    record(partnership, out);
    inputs(rests_on, out);
}

fn why(vitality: &VitalityView, out: &mut Renderer) {
    if vitality.components.is_empty() {
        return;
    }
    out.end_line();
    out.heading("Why");
    for part in &vitality.components {
        out.hanging((Style::Strong, "  - "), Style::Plain, &part.sentence);
    }
    if let Some(contact) = &vitality.last_mutual {
        let origin = vitality.inputs.iter().find(|input| input.origin == contact.origin);
        let what = origin.map_or_else(String::new, |input| format!(": {}", input.title));
        out.paragraph(2, Style::Plain, &format!("Both cities last met {}{what}", contact.date));
    }
}

fn outlook(forecast: &ForecastView, out: &mut Renderer) {
    let ForecastView { cooling_on, dormant_on, footing, agreement_ends } = forecast;
    out.end_line();
    out.heading("If nothing happens");
    for (word, day) in [("cooling", cooling_on), ("dormant", dormant_on)] {
        if let Some(day) = day {
            out.paragraph(2, Style::Plain, &format!("called {word} {}", forecast_in_full(day)));
        }
    }
    if cooling_on.is_none() && dormant_on.is_none() {
        out.paragraph(2, Style::Plain, "it stays as it is: only a contact can lift it");
    }
    if footing == "incomplete_record" {
        let caution = "This rests on an incomplete record: contacts that are not written down may carry the bond longer.";
        out.paragraph(2, Style::Faint, caution);
    }
    if let Some(ends) = agreement_ends {
        out.paragraph(2, Style::Watch, &format!("The agreement ends before, on {ends}."));
    }
}

fn record(partnership: &PartnershipView, out: &mut Renderer) {
    out.end_line();
    out.heading("The record");
    if partnership.record.is_empty() {
        let text = "For no period is the log stated to be complete; so silence proves nothing.";
        out.paragraph(2, Style::Plain, text);
        return;
    }
    let text =
        format!("believed complete {}; outside, silence proves nothing", coverage(&partnership.record));
    out.paragraph(2, Style::Plain, &text);
    for period in &partnership.record {
        out.paragraph(2, Style::Faint, &format!("by {}", period.source.as_str()));
    }
}

/// The inputs that count, the weightiest first; then, by reason, those that do not.
fn inputs(all: &[InputView], out: &mut Renderer) {
    if all.is_empty() {
        return;
    }
    out.end_line();
    out.heading("What it rests on");
    let (mut counted, left_out): (Vec<&InputView>, Vec<&InputView>) =
        all.iter().partition(|input| input.left_out.is_none());
    counted.sort_by(|a, b| b.points.total_cmp(&a.points));
    let mut table = Table::new([
        Column::number("Points"),
        Column::fixed("When"),
        Column::words("What", 20),
        Column::words("Focus", 10),
    ])
    .indented(2);
    for input in counted {
        let foci: Vec<String> = input.foci.iter().map(|focus| words(&focus.to_string())).collect();
        table.row([
            format!("{:.1}", input.points).into(),
            date(input.date.as_ref()).into(),
            input.title.as_str().into(),
            Cell::styled(Style::Faint, foci.join(", ")),
        ]);
    }
    if !table.is_empty() {
        table.render(out);
    }
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for input in left_out {
        reasons.entry(input.left_out.as_deref().unwrap_or_default()).or_default().push(&input.title);
    }
    for (reason, titles) in reasons {
        let text = format!("{} not counted ({reason}): {}", titles.len(), some(&titles));
        out.paragraph(2, Style::Faint, &text);
    }
}

/// The first few titles, and how many more there are.
fn some(titles: &[&str]) -> String {
    const MOST: usize = 2;
    let shown = titles.iter().take(MOST).copied().collect::<Vec<_>>().join("; ");
    match titles.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}
