//! One bond's vitality: what it is called, why, what is to come, and every input.

use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::vitality::{ForecastView, InputView, StandingWord, VitalityView};

use super::bond::{Lens, coverage, date, forecast_in_full, present_kind, score, stand};
use super::table::{Cell, Column, Table};
use super::text::{Canvas, Ink, safe};

/// Renders `vitality` of the bond `partnership`.
pub(crate) fn render(
    lens: &Lens,
    partnership: &PartnershipView,
    vitality: &VitalityView,
    canvas: Canvas,
    out: &mut String,
) {
    let name = lens.partners_in_full(&vitality.members);
    let kind = present_kind(partnership).map_or("bond", |kind| lens.kind(kind));
    let since = partnership.since.as_ref().map_or_else(String::new, |since| format!(" since {since}"));
    canvas.heading(out, &format!("{}: {}{since}, as of {}", safe(&name), safe(kind), vitality.as_of));

    let stand = stand(&vitality.standing);
    canvas.paint(out, stand.ink(), stand.word());
    if let Some(s) = &vitality.score {
        let typical = format!("{:.0}", s.typical);
        let range = score(s);
        out.push_str(&format!("  score {typical} of 100"));
        if range != typical {
            out.push_str(&format!(" ({range}, as the dates are uncertain)"));
        }
    }
    out.push('\n');
    canvas.paragraph(out, 2, Ink::Plain, &safe(&vitality.standing.sentence));
    if vitality.standing.standing == StandingWord::Suspended {
        let facts = [
            partnership.status.authority.as_ref().map(|a| format!("By {a}.")),
            partnership.status.note.as_ref().map(ToString::to_string),
        ];
        for fact in facts.into_iter().flatten() {
            canvas.paragraph(out, 2, Ink::Plain, &safe(&fact));
        }
    }

    why(vitality, canvas, out);
    if let Some(forecast) = &vitality.forecast {
        outlook(forecast, canvas, out);
    }
    record(partnership, canvas, out);
    inputs(&vitality.inputs, canvas, out);
}

fn why(vitality: &VitalityView, canvas: Canvas, out: &mut String) {
    if vitality.components.is_empty() {
        return;
    }
    out.push('\n');
    canvas.heading(out, "Why");
    for part in &vitality.components {
        let head = format!("  {:>+5.1}  ", part.points);
        canvas.hanging(out, (Ink::Strong, &head), Ink::Plain, &safe(&part.sentence));
    }
    if let Some(contact) = &vitality.last_mutual {
        let origin = vitality.inputs.iter().find(|input| input.origin == contact.origin);
        let what = origin.map_or_else(String::new, |input| format!(": {}", safe(&input.title)));
        canvas.paragraph(out, 2, Ink::Plain, &format!("Both cities last met {}{what}", contact.date));
    }
}

fn outlook(forecast: &ForecastView, canvas: Canvas, out: &mut String) {
    out.push('\n');
    canvas.heading(out, "If nothing happens");
    let falls = [("cooling", &forecast.cooling_on), ("dormant", &forecast.dormant_on)];
    for (word, day) in falls {
        if let Some(day) = day {
            canvas.paragraph(out, 2, Ink::Plain, &format!("called {word} {}", forecast_in_full(day)));
        }
    }
    if forecast.cooling_on.is_none() && forecast.dormant_on.is_none() {
        canvas.paragraph(out, 2, Ink::Plain, "it stays as it is: only a contact can lift it");
    }
    if forecast.footing == "incomplete_record" {
        let caution = "This rests on an incomplete record: contacts that are not written down may carry the bond longer.";
        canvas.paragraph(out, 2, Ink::Faint, caution);
    }
    if let Some(ends) = forecast.agreement_ends {
        canvas.paragraph(out, 2, Ink::Watch, &format!("The agreement ends before, on {ends}."));
    }
}

fn record(partnership: &PartnershipView, canvas: Canvas, out: &mut String) {
    out.push('\n');
    canvas.heading(out, "The record");
    if partnership.record.is_empty() {
        let text = "For no period is the log stated to be complete; so silence proves nothing.";
        canvas.paragraph(out, 2, Ink::Plain, text);
        return;
    }
    let text =
        format!("believed complete {}; outside, silence proves nothing", coverage(&partnership.record));
    canvas.paragraph(out, 2, Ink::Plain, &text);
    for period in &partnership.record {
        canvas.paragraph(out, 2, Ink::Faint, &format!("by {}", safe(&period.source.to_string())));
    }
}

/// The inputs, the weightiest first; those that do not count, and why, at the end.
fn inputs(all: &[InputView], canvas: Canvas, out: &mut String) {
    if all.is_empty() {
        return;
    }
    out.push('\n');
    canvas.heading(out, "What it rests on");
    let mut sorted: Vec<&InputView> = all.iter().collect();
    sorted.sort_by(|a, b| b.points.total_cmp(&a.points));
    let mut table = Table::new([
        Column::number("Points"),
        Column::firm("When"),
        Column::words("What", 20),
        Column::words("Note", 10),
    ])
    .indented(2);
    for contact in sorted {
        let note = contact.left_out.clone().unwrap_or_else(|| {
            contact
                .foci
                .iter()
                .map(|focus| super::bond::words(&focus.to_string()))
                .collect::<Vec<_>>()
                .join(", ")
        });
        let ink = if contact.left_out.is_some() { Ink::Faint } else { Ink::Plain };
        table.row([
            format!("{:.1}", contact.points).into(),
            date(contact.date.as_ref()).into(),
            Cell::inked(ink, &contact.title),
            Cell::inked(Ink::Faint, note),
        ]);
    }
    table.render(canvas, out);
}
